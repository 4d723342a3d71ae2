package slack

import (
	"context"
	"sync"

	"github.com/slack-go/slack"

	"github.com/heedbot/heed/bot"
)

// Find is bounded: in a thread of more than pages x pageSize messages, or
// after that many newer cards, a message counts as not found.
const (
	pages    = 10
	pageSize = 200
)

// Find looks for a message whose sending ended in doubt, by the outbox id in
// its metadata (conversations.replies and conversations.history), and gives
// its ts. An edit is looked for at the message it edits. A file is found, with
// its id, only by the process that uploaded it; a private answer never.
func (d *Door) Find(ctx context.Context, s bot.Sending) (ts string, found bool, err error) {
	if s.Upload == nil && s.Post == nil {
		return "", false, nil
	}
	to, err := d.target(ctx, s)
	switch {
	case bot.IsWatched(err):
		return "", false, nil // it was never sent there
	case err != nil:
		return "", false, err
	}
	s.To.Chat = to.channel
	switch {
	case s.Upload != nil:
		return d.findFile(ctx, s)
	case s.EditID != "":
		return d.findEdit(ctx, s)
	case s.ThreadID != "":
		ts, err = d.findIn(ctx, s, d.replies)
		if ts != "" || err != nil && !threadGone(err) {
			return ts, ts != "", err
		}
	}
	ts, err = d.findIn(ctx, s, d.history)
	return ts, ts != "", err
}

type lister func(ctx context.Context, s bot.Sending, cursor string) ([]slack.Message, string, error)

func (d *Door) findIn(ctx context.Context, s bot.Sending, list lister) (string, error) {
	cursor := ""
	for range pages {
		messages, next, err := list(ctx, s, cursor)
		if err != nil {
			return "", err
		}
		for _, m := range messages {
			if ours(m, s.ID) {
				return m.Timestamp, nil
			}
		}
		if next == "" {
			break
		}
		cursor = next
	}
	return "", nil
}

func ours(m slack.Message, out string) bool {
	return out != "" && m.Metadata.EventType == eventType && m.Metadata.EventPayload["out"] == out
}

func (d *Door) replies(ctx context.Context, s bot.Sending, cursor string) (out []slack.Message, next string, err error) {
	err = d.askIn(ctx, "conversations.replies", d.at(s), func(ctx context.Context) error {
		out, _, next, err = d.client().GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
			ChannelID: d.at(s), Timestamp: s.ThreadID, Cursor: cursor, Limit: pageSize, IncludeAllMetadata: true,
		})
		return err
	})
	return out, next, err
}

func (d *Door) history(ctx context.Context, s bot.Sending, cursor string) (out []slack.Message, next string, err error) {
	err = d.askIn(ctx, "conversations.history", d.at(s), func(ctx context.Context) error {
		page, err := d.client().GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{
			ChannelID: d.at(s), Cursor: cursor, Limit: pageSize, IncludeAllMetadata: true,
		})
		if err != nil {
			return err
		}
		out = page.Messages
		if page.HasMore {
			next = page.ResponseMetaData.NextCursor
		}
		return nil
	})
	return out, next, err
}

func (d *Door) findEdit(ctx context.Context, s bot.Sending) (string, bool, error) {
	var messages []slack.Message
	err := d.askIn(ctx, "conversations.replies", d.at(s), func(ctx context.Context) error {
		// A message that has no thread is a thread of one.
		var err error
		messages, _, _, err = d.client().GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
			ChannelID: d.at(s), Timestamp: s.EditID, Oldest: s.EditID, Latest: s.EditID, Inclusive: true,
			Limit: pageSize, IncludeAllMetadata: true,
		})
		return err
	})
	if threadGone(err) {
		return "", false, nil
	}
	for _, m := range messages {
		if m.Timestamp == s.EditID && ours(m, s.ID) {
			return s.EditID, true, nil
		}
	}
	return "", false, err
}

func (d *Door) findFile(ctx context.Context, s bot.Sending) (string, bool, error) {
	id := d.shared.file(s.ID)
	if id == "" {
		return "", false, nil
	}
	var file *slack.File
	err := d.ask(ctx, "files.info", func(ctx context.Context) error {
		var err error
		file, _, _, err = d.client().GetFileInfoContext(ctx, id, 1, 1)
		return err
	})
	switch {
	case code(err) == "file_not_found":
		return "", false, nil
	case err != nil:
		return "", false, err
	}
	if len(file.Shares.Public[d.at(s)])+len(file.Shares.Private[d.at(s)]) == 0 {
		return "", false, nil
	}
	return id, true, nil
}

// links remembers the addresses of messages: they never change.
type links struct {
	mu sync.Mutex
	to map[[2]string]string
}

const linksMax = 10_000

// Permalink is the address of a message for people (chat.getPermalink).
func (d *Door) Permalink(ctx context.Context, channel, ts string) (string, error) {
	key := [2]string{channel, ts}
	d.links.mu.Lock()
	url, ok := d.links.to[key]
	d.links.mu.Unlock()
	if ok {
		return url, nil
	}
	err := d.askIn(ctx, "chat.getPermalink", channel, func(ctx context.Context) error {
		var err error
		url, err = d.client().GetPermalinkContext(ctx, &slack.PermalinkParameters{Channel: channel, Ts: ts})
		return err
	})
	if err != nil {
		return "", err
	}
	d.links.mu.Lock()
	defer d.links.mu.Unlock()
	if d.links.to == nil || len(d.links.to) >= linksMax {
		d.links.to = map[[2]string]string{}
	}
	d.links.to[key] = url
	return url, nil
}
