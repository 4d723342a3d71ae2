package slack

import (
	"context"
	"errors"
	"slices"

	"github.com/slack-go/slack"

	"github.com/heedbot/heed/bot"
)

func watched(why string) error { return bot.Watched(errors.New("slack: not sent: " + why)) }

func walled(s bot.Sending) bool { return s.Walled || len(s.Hidden) > 0 }

// look asks who would see something that is walled, right before it is shown,
// and answers Watched where someone would from whom it is kept: in a channel
// that is not private, that another company is in too, or that one of Hidden is
// in. A channel that we cannot use is one too: nothing can be shown there.
// Nothing is taken from memory. Where Slack cannot be asked, the error is
// Slack's, and nothing may be sent.
func (d *Door) look(ctx context.Context, s bot.Sending, to target) error {
	switch {
	case !walled(s):
		return nil
	case to.direct() && len(to.people) == 1:
		return nil // nobody else can ever be in it; target has compared who that is
	}
	var c *slack.Channel
	err := d.askIn(ctx, "conversations.info", to.channel, func(ctx context.Context) error {
		var err error
		c, err = d.client().GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: to.channel})
		return err
	})
	switch {
	case err != nil:
		return unusable(err, to)
	case !c.IsPrivate && !c.IsGroup:
		return watched("the channel is not private")
	case c.IsExtShared || c.IsShared || c.IsPendingExtShared || c.IsGlobalShared:
		return watched("the channel is shared with others")
	case c.IsArchived:
		return watched("the channel is archived")
	}
	inside, err := d.members(ctx, to.channel)
	if err != nil {
		return unusable(err, to)
	}
	if slices.ContainsFunc(inside, func(id bot.StaffID) bool { return slices.Contains(s.Hidden, id) }) {
		return watched("someone it is kept from is in the channel")
	}
	return nil
}

// unusable gives the error of a channel that we are not in, or that is gone,
// the verdict that nothing can be shown there. A conversation with people can
// be opened anew.
func unusable(err error, to target) error {
	if channelGone(code(err)) && !to.direct() {
		return bot.Watched(err)
	}
	return err
}
