package sandbox

import (
	"encoding/json"
	"slices"
)

// slackMessage is a message of a channel, or one that a single person sees.
type slackMessage struct {
	channel, ts, thread         string
	user, botID, subtype, label string
	text                        string
	blocks, attachments         []any
	files                       []string
	metadata                    json.RawMessage
	edited                      string
	deleted, broadcast, pinned  bool
	onlyFor                     string // the person who sees an ephemeral message
	clientID                    string
	reactions                   []slackReaction
	replies                     []*slackMessage
	pings                       map[string]bool
	entered                     slackEntered
}

type slackReaction struct {
	name  string
	users []string
}

// parent tells whether the message can hold a thread.
func (m *slackMessage) parent() bool { return m.thread == "" || m.thread == m.ts }

// reply tells whether the message stands in a thread and not in the channel.
func (m *slackMessage) reply() bool { return !m.parent() }

// message returns the message as the API gives it. The caller holds the lock.
func (s *Slack) message(m *slackMessage, withMetadata bool) slackJSON {
	if m.deleted {
		return slackJSON{"type": "message", "subtype": "tombstone", "user": "USLACKBOT", "text": "This message was deleted.", "hidden": true, "ts": m.ts, "thread_ts": m.ts}
	}
	out := slackJSON{"type": "message", "user": m.user, "text": m.text, "ts": m.ts, "team": s.TeamID}
	set := func(name, value string) {
		if value != "" {
			out[name] = value
		}
	}
	set("subtype", m.subtype)
	set("client_msg_id", m.clientID)
	set("username", m.label)
	if m.botID != "" {
		out["bot_id"], out["app_id"] = m.botID, s.AppID
		out["bot_profile"] = slackJSON{"id": m.botID, "app_id": s.AppID, "name": "heed", "deleted": false, "team_id": s.TeamID, "updated": 0}
	}
	if m.blocks != nil {
		out["blocks"] = m.blocks
	}
	if len(m.attachments) > 0 {
		out["attachments"] = m.attachments
	}
	if m.files != nil {
		files := []any{}
		for _, id := range m.files {
			files = append(files, s.files[id].object(s))
		}
		out["files"], out["upload"] = files, true
	}
	if m.edited != "" {
		out["edited"] = slackJSON{"user": m.user, "ts": m.edited}
	}
	if withMetadata && m.metadata != nil {
		out["metadata"] = m.metadata
	}
	if m.pinned {
		out["pinned_to"] = []string{m.channel}
	}
	if len(m.reactions) > 0 {
		out["reactions"] = slackReactions(m)
	}
	if m.reply() {
		out["thread_ts"] = m.thread
		if p := s.find(m.channel, m.thread); p != nil {
			out["parent_user_id"] = p.user
		}
	} else if replies := m.live(); len(replies) > 0 {
		users := []string{}
		for _, r := range replies {
			if !slices.Contains(users, r.user) {
				users = append(users, r.user)
			}
		}
		out["thread_ts"], out["reply_count"], out["reply_users"] = m.ts, len(replies), users
		out["reply_users_count"], out["latest_reply"] = len(users), replies[len(replies)-1].ts
	}
	return out
}

// find returns a message of a channel, deleted ones included, or nil.
func (s *Slack) find(channel, ts string) *slackMessage {
	if ch := s.channels[channel]; ch != nil {
		return ch.byTS[ts]
	}
	return nil
}

// live returns the replies that still exist, oldest first.
func (parent *slackMessage) live() []*slackMessage {
	var out []*slackMessage
	for _, m := range parent.replies {
		if !m.deleted {
			out = append(out, m)
		}
	}
	return out
}

// add puts a new message into its channel and tells the app. The caller holds the lock.
func (s *Slack) add(m *slackMessage) {
	if m.ts == "" {
		m.ts = s.stamp()
	}
	ch := s.channels[m.channel]
	ch.messages = append(ch.messages, m)
	ch.byTS[m.ts] = m
	if m.reply() {
		p := ch.byTS[m.thread]
		p.replies = append(p.replies, m)
	}
	m.pings = s.notified(m)
	s.changed()
	if !slices.Contains(ch.members, s.BotUserID) {
		return
	}
	event := s.message(m, true)
	event["channel"], event["channel_type"], event["event_ts"] = ch.id, ch.kind(), m.ts
	s.emit(event)
	if m.botID == "" && ch.kind() != "im" && slices.Contains(s.mentioned(m), s.BotUserID) {
		mention := s.message(m, false)
		mention["type"], mention["channel"], mention["event_ts"] = "app_mention", ch.id, m.ts
		s.emit(mention)
	}
}

// mentioned returns the users named in a message, whether that pings them or not.
func (s *Slack) mentioned(m *slackMessage) []string {
	var marks, out []string
	collectSlackMarks(m.text, &marks)
	for _, mark := range marks {
		if mark[0] == '@' {
			out = append(out, mark[1:])
		}
	}
	return out
}

// change runs edit on a message and tells the app what it was before and is now.
func (s *Slack) change(m *slackMessage, edit func()) {
	ch := s.channels[m.channel]
	before := s.message(m, true)
	edit()
	m.edited = s.stamp()
	s.changed()
	if slices.Contains(ch.members, s.BotUserID) {
		s.emit(slackJSON{
			"type": "message", "subtype": "message_changed", "hidden": true, "channel": ch.id, "channel_type": ch.kind(),
			"ts": m.edited, "event_ts": m.edited, "message": s.message(m, true), "previous_message": before,
		})
	}
}

// remove deletes a message. A parent with replies leaves a tombstone.
func (s *Slack) remove(m *slackMessage) {
	ch := s.channels[m.channel]
	before := s.message(m, true)
	m.deleted = true
	m.text, m.blocks, m.attachments, m.files, m.metadata, m.reactions = "", nil, nil, nil, nil, nil
	m.pinned, m.pings = false, nil
	ts := s.stamp()
	s.changed()
	if slices.Contains(ch.members, s.BotUserID) {
		s.emit(slackJSON{
			"type": "message", "subtype": "message_deleted", "hidden": true, "channel": ch.id, "channel_type": ch.kind(),
			"ts": ts, "event_ts": ts, "deleted_ts": m.ts, "previous_message": before,
		})
	}
}

func (s *Slack) post(m *slackMessage) Post {
	p := Post{
		TS: m.ts, User: m.user, Text: m.text, Edited: m.edited != "", Deleted: m.deleted, Metadata: m.metadata,
		Channel: m.channel, Subtype: m.subtype, Username: m.label, Ephemeral: m.onlyFor != "", Broadcast: m.broadcast, Pinned: m.pinned,
	}
	if m.reply() {
		p.ThreadTS = m.thread
	}
	if m.blocks != nil {
		p.Blocks = slackMarshal(m.blocks)
	}
	if len(m.attachments) > 0 {
		p.Attachments = slackMarshal(m.attachments)
	}
	for _, id := range m.files {
		p.Files = append(p.Files, s.files[id].public(s))
	}
	if m.onlyFor == "" && m.parent() {
		p.Replies = len(m.live())
	}
	for _, r := range m.reactions {
		if p.Reactions == nil {
			p.Reactions = map[string][]string{}
		}
		p.Reactions[r.name] = slices.Clone(r.users)
	}
	return p
}

// Posts returns what stands in a channel itself, oldest first: all but the replies of threads
// (replies also sent to the channel are there). Ephemeral messages are not included.
func (s *Slack) Posts(channelID string) []Post {
	return s.posts(channelID, func(m *slackMessage) bool { return m.parent() || m.broadcast })
}

// Thread returns a thread's first message and its replies, oldest first.
func (s *Slack) Thread(channelID, ts string) []Post {
	return s.posts(channelID, func(m *slackMessage) bool { return m.ts == ts || m.thread == ts })
}

// Mentions returns the posts that pinged a person, over all channels, oldest first in each. Only
// what was written when the message was first posted counts: Slack tells nobody about a mention
// added by an edit, nor people who are not in the channel.
func (s *Slack) Mentions(userID string) []Post {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Post
	for _, id := range s.chanOrder {
		for _, m := range s.channels[id].messages {
			if m.pings[userID] {
				out = append(out, s.post(m))
			}
		}
	}
	return out
}

// Ephemerals returns what only this person saw, oldest first: chat.postEphemeral, answers to slash
// commands, response_url posts, and Slack's own complaints about a command.
func (s *Slack) Ephemerals(userID string) []Post {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Post
	for _, m := range s.ephemerals[userID] {
		out = append(out, s.post(m))
	}
	return out
}

func (s *Slack) posts(channelID string, wanted func(*slackMessage) bool) []Post {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.channels[channelID]
	if ch == nil {
		return nil
	}
	var out []Post
	for _, m := range ch.messages {
		if wanted(m) {
			out = append(out, s.post(m))
		}
	}
	return out
}
