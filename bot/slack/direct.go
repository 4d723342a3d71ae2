package slack

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/slack-go/slack"

	"github.com/heedbot/heed/bot"
)

// directMax is how many people a conversation can be opened with (Slack docs,
// conversations.open: 1 to 8).
const directMax = 8

// target is where something goes.
type target struct {
	channel string
	// people are in it besides us, where it is a conversation with people;
	// fewer than were named where some of those are gone.
	people  []bot.StaffID
	missing bool
}

func (t target) direct() bool { return len(t.people) > 0 }

// directs remembers which channel a conversation with people is. Slack gives
// the same one each time.
type directs struct {
	mu sync.Mutex
	to map[string]target
}

const directsMax = 1000

func (x *directs) known(chat string) (target, bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	t, ok := x.to[chat]
	return t, ok
}

func (x *directs) remember(chat string, t target) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.to == nil || len(x.to) >= directsMax {
		x.to = map[string]target{}
	}
	x.to[chat] = t
}

func (x *directs) forget(chat string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	delete(x.to, chat)
}

// named lists the people of a conversation: each once, in one order, so that a
// list and the same list turned round are one conversation.
func named(chat string) []bot.StaffID {
	var ids []bot.StaffID
	for _, id := range strings.Split(strings.TrimPrefix(chat, bot.Direct), ",") {
		if id = strings.TrimSpace(id); id != "" {
			ids = append(ids, bot.StaffID(id))
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// key is the name under which the conversation is remembered.
func key(people []bot.StaffID) string {
	var b strings.Builder
	for _, p := range people {
		b.WriteString(string(p) + ",")
	}
	return b.String()
}

// target finds where something goes: a channel as it is named, the desk's
// where none is, and for bot.Direct the conversation with these people.
func (d *Door) target(ctx context.Context, s bot.Sending) (target, error) {
	if !strings.HasPrefix(s.To.Chat, bot.Direct) {
		return target{channel: d.at(s)}, nil
	}
	people := named(s.To.Chat)
	for _, id := range people {
		if slices.Contains(s.Hidden, id) && !s.Delete {
			return target{}, watched("someone it is kept from is named for the conversation")
		}
	}
	switch {
	case len(people) == 0:
		return target{}, bot.Undeliverable(errors.New("send slack: a conversation with nobody"))
	case len(people) > directMax:
		return target{}, bot.Undeliverable(fmt.Errorf("send slack: a conversation with %d people: %w", len(people), errLimit))
	}
	if t, ok := d.directs.known(key(people)); ok {
		return t, nil
	}
	t, err := d.open(ctx, people)
	if err != nil {
		return target{}, err
	}
	d.directs.remember(key(people), t)
	return t, nil
}

// open opens a conversation, without those who are gone.
func (d *Door) open(ctx context.Context, people []bot.StaffID) (target, error) {
	channel, err := d.openWith(ctx, people)
	if err == nil {
		return target{channel: channel, people: people}, nil
	}
	if !personGone(code(err)) {
		return target{}, err
	}
	var left []bot.StaffID
	for _, id := range people {
		s, err := d.user(ctx, id)
		switch {
		case err != nil:
			return target{}, err
		case s.Trouble == "" || s.Trouble == guest:
			left = append(left, id)
		}
	}
	if len(left) == 0 || len(left) == len(people) {
		return target{}, bot.Undeliverable(err)
	}
	channel, err = d.openWith(ctx, left)
	switch {
	case personGone(code(err)):
		return target{}, bot.Undeliverable(err)
	case err != nil:
		return target{}, err
	}
	return target{channel: channel, people: left, missing: true}, nil
}

func (d *Door) openWith(ctx context.Context, people []bot.StaffID) (string, error) {
	var users []string
	for _, p := range people {
		users = append(users, string(p))
	}
	channel := ""
	err := d.ask(ctx, "conversations.open", func(ctx context.Context) error {
		c, _, _, err := d.client().OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: users})
		switch {
		case err != nil:
			return err
		case c == nil || c.ID == "":
			return io.ErrUnexpectedEOF // an answer without the channel is none
		}
		channel = c.ID
		return nil
	})
	switch code(err) {
	case "too_many_users", "not_enough_users", "users_list_not_supplied", "invalid_user_combination", "method_not_supported_for_channel_type":
		return "", bot.Undeliverable(err)
	}
	return channel, err
}

// personGone tells whether a code of conversations.open is about one of the
// people (Slack docs, conversations.open, Errors).
func personGone(c string) bool {
	return c == "user_not_found" || c == "user_disabled" || c == "user_not_visible" || c == "cannot_dm_bot"
}
