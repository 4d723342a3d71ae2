package main

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
)

// wallsEvery is how often it is looked who is in the channels of what is
// walled: Slack tells of each who joins, but not while we were away.
const wallsEvery = 10 * time.Minute

// watchWalls looks who is in the channels where walled complaints are, and has
// their turns taken where someone is whom they are kept from.
func (y *system) watchWalls(ctx context.Context) {
	for ctx.Err() == nil {
		y.lookAtWalls(ctx)
		rest(ctx, wallsEvery)
	}
}

func (y *system) lookAtWalls(ctx context.Context) {
	homes, err := y.store.Homes(ctx)
	if err != nil {
		y.log.Error("the channels of walled complaints are not known", "err", err)
		return
	}
	for _, h := range homes {
		switch {
		case h.Chat == bot.Nowhere:
			y.log.Error("nobody may see a complaint that is about staff: name more people for senior_management in HEED_SLACK_ROLES, or more managers")
			continue
		case strings.HasPrefix(h.Chat, bot.Direct):
			continue
		}
		members, err := y.slack.Members(ctx, h.Chat)
		if err != nil {
			y.log.Warn("slack could not be asked who is in a channel", "err", err)
			continue
		}
		for _, id := range h.Hidden {
			if !slices.Contains(members, id) {
				continue
			}
			now := y.clock.Now()
			in := bot.Input{Key: "joined:" + h.Chat + ":" + string(id) + ":" + strconv.FormatInt(now.UnixMilli(), 10), Channel: bot.Slack,
				Kind: bot.InJoined, Chat: h.Chat, Person: bot.Person{ID: string(id)}, At: now}
			if err := y.store.Receive(ctx, bot.Arrival{Input: in}); err != nil {
				y.log.Error("a joined channel is not kept", "err", err)
			}
		}
	}
}
