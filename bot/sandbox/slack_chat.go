package sandbox

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// writable returns the channel if the bot may post there.
func (s *Slack) writable(id string) (*slackChannel, error) {
	ch, err := s.visible(id)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(ch.members, s.BotUserID) {
		return nil, refuse("not_in_channel")
	}
	if ch.archived {
		return nil, refuse("is_archived")
	}
	return ch, nil
}

// content reads what a message shows. given tells whether blocks or attachments were among the
// arguments, even empty: an update keeps those that were not.
func (s *Slack) content(args slackArgs) (m slackMessage, err error) {
	m.text = args["text"]
	if markdown := args["markdown_text"]; markdown != "" {
		if m.text != "" || args["blocks"] != "" {
			return m, refuse("markdown_text_conflict")
		}
		if utf8.RuneCountInString(markdown) > slackMarkdownText {
			return m, refuse("msg_too_long")
		}
		m.text = markdown
	}
	if utf8.RuneCountInString(m.text) > slackMessageText {
		return m, refuse("msg_too_long")
	}
	if args.is("link_names") || args["parse"] == "full" {
		m.text = s.nameHandles(m.text, false)
	}
	if raw := args["blocks"]; raw != "" {
		if m.blocks, err = s.readBlocks(raw); err != nil {
			return m, err
		}
	}
	if raw := args["attachments"]; raw != "" {
		if m.attachments, err = s.readAttachments(raw); err != nil {
			return m, err
		}
	}
	if raw := args["metadata"]; raw != "" {
		if m.metadata, err = readSlackMetadata(raw); err != nil {
			return m, err
		}
	}
	return m, nil
}

func (s *Slack) readAttachments(raw string) ([]any, error) {
	var list []any
	if err := json.Unmarshal([]byte(raw), &list); err != nil {
		return nil, refuse("invalid_attachments")
	}
	if len(list) > slackAttachmentsMax {
		return nil, refuse("too_many_attachments")
	}
	for i, v := range list {
		a, ok := v.(slackJSON)
		if !ok {
			return nil, refuse("invalid_attachments")
		}
		a["id"] = i + 1
		blocks, ok := a["blocks"].([]any)
		if !ok {
			delete(a, "blocks")
			continue
		}
		if wrong := s.checkBlocks(blocks, "message", fmt.Sprintf("/attachments/%d/blocks", i)); len(wrong) > 0 {
			return nil, refuse("invalid_blocks", wrong...)
		}
		completeSlackBlocks(blocks)
	}
	return list, nil
}

func readSlackMetadata(raw string) (json.RawMessage, error) {
	if len(raw) > slackMetadataBytes {
		return nil, refuse("metadata_too_large")
	}
	var form struct {
		Type    string    `json:"event_type"`
		Payload slackJSON `json:"event_payload"`
	}
	if err := json.Unmarshal([]byte(raw), &form); err != nil {
		return nil, refuse("invalid_metadata_format")
	}
	if form.Type == "" && len(form.Payload) == 0 {
		return json.RawMessage{}, nil
	}
	if form.Type == "" || form.Payload == nil {
		return nil, refuse("invalid_metadata_schema")
	}
	return slackMarshal(form), nil
}

// threadOf checks a thread_ts. Slack may post beside the thread if the parent is gone; here that is
// an error, since the words would land where nobody expects them.
func (s *Slack) threadOf(ch *slackChannel, ts string) error {
	if ts == "" {
		return nil
	}
	if m := s.find(ch.id, ts); m == nil || !m.parent() || m.deleted {
		return refuse("thread_not_found")
	}
	return nil
}

func (s *Slack) chatPostMessage(args slackArgs) (slackJSON, error) {
	id := args["channel"]
	if s.users[id] != nil {
		ch, err := s.direct([]string{id})
		if err != nil {
			return nil, err
		}
		id = ch.id
	}
	ch, err := s.writable(id)
	if err != nil {
		return nil, err
	}
	m, err := s.content(args)
	if err != nil {
		return nil, err
	}
	if m.text == "" && len(m.blocks) == 0 && len(m.attachments) == 0 {
		return nil, refuse("no_text")
	}
	if err := s.threadOf(ch, args["thread_ts"]); err != nil {
		return nil, err
	}
	if len(m.metadata) == 0 {
		m.metadata = nil
	}
	m.channel, m.thread, m.label = ch.id, args["thread_ts"], args["username"]
	m.user, m.botID = s.BotUserID, s.BotID
	if args.is("reply_broadcast") {
		if m.thread == "" {
			return nil, refuse("invalid_arguments", "reply_broadcast needs thread_ts")
		}
		m.broadcast, m.subtype = true, "thread_broadcast"
	}
	s.add(&m)
	return slackJSON{"channel": ch.id, "ts": m.ts, "message": s.message(&m, true)}, nil
}

func (s *Slack) chatPostEphemeral(args slackArgs) (slackJSON, error) {
	ch, err := s.writable(args["channel"])
	if err != nil {
		return nil, err
	}
	user := s.users[args["user"]]
	if user == nil || user.Deleted || !slices.Contains(ch.members, user.ID) {
		return nil, refuse("user_not_in_channel")
	}
	m, err := s.content(args)
	if err != nil {
		return nil, err
	}
	if m.text == "" && len(m.blocks) == 0 && len(m.attachments) == 0 {
		return nil, refuse("no_text")
	}
	if err := s.threadOf(ch, args["thread_ts"]); err != nil {
		return nil, err
	}
	m.channel, m.thread, m.user, m.botID = ch.id, args["thread_ts"], s.BotUserID, s.BotID
	s.whisper(user.ID, &m)
	return slackJSON{"message_ts": m.ts}, nil
}

// whisper shows a message to one person.
func (s *Slack) whisper(userID string, m *slackMessage) {
	m.ts, m.onlyFor = s.stamp(), userID
	s.ephemerals[userID] = append(s.ephemerals[userID], m)
	s.changed()
}

// own returns a message of the bot that can still be changed.
func (s *Slack) own(args slackArgs, otherwise string) (*slackMessage, error) {
	ch, err := s.visible(args["channel"])
	if err != nil {
		return nil, err
	}
	m := s.find(ch.id, args["ts"])
	switch {
	case m == nil || m.deleted:
		return nil, refuse("message_not_found")
	case m.botID != s.BotID:
		return nil, refuse(otherwise)
	case ch.archived:
		return nil, refuse("is_archived")
	}
	return m, nil
}

func (s *Slack) chatUpdate(args slackArgs) (slackJSON, error) {
	m, err := s.own(args, "cant_update_message")
	if err != nil {
		return nil, err
	}
	now, err := s.content(args)
	if err != nil {
		return nil, err
	}
	blocks, attachments := m.blocks, m.attachments
	if args["blocks"] != "" {
		blocks = now.blocks
	}
	if args["attachments"] != "" {
		attachments = now.attachments
	}
	given := args["text"] != "" || args["markdown_text"] != "" || len(now.blocks) > 0 || len(now.attachments) > 0
	if !given && (len(m.files) == 0 || len(blocks)+len(attachments) > 0) || now.text == "" && len(blocks)+len(attachments)+len(m.files) == 0 {
		return nil, refuse("no_text")
	}
	if args.has("file_ids") {
		return nil, refuse("invalid_arguments", "file_ids cannot be changed here")
	}
	s.change(m, func() {
		m.text, m.blocks, m.attachments = now.text, blocks, attachments
		if now.metadata != nil {
			m.metadata = now.metadata
		}
		if len(m.metadata) == 0 {
			m.metadata = nil
		}
	})
	return slackJSON{"channel": m.channel, "ts": m.ts, "text": m.text, "message": s.message(m, true)}, nil
}

func (s *Slack) chatDelete(args slackArgs) (slackJSON, error) {
	m, err := s.own(args, "cant_delete_message")
	if err != nil {
		return nil, err
	}
	s.remove(m)
	return slackJSON{"channel": m.channel, "ts": m.ts}, nil
}

func (s *Slack) chatGetPermalink(args slackArgs) (slackJSON, error) {
	ch, err := s.visible(args["channel"])
	if err != nil {
		return nil, err
	}
	m := s.find(ch.id, args["message_ts"])
	if m == nil || m.deleted {
		return nil, refuse("message_not_found")
	}
	link := fmt.Sprintf("https://%s.slack.com/archives/%s/p%s", s.TeamDomain, ch.id, strings.ReplaceAll(m.ts, ".", ""))
	if m.reply() {
		link += "?thread_ts=" + m.thread + "&cid=" + ch.id
	}
	return slackJSON{"channel": ch.id, "permalink": link}, nil
}

// findMessage serves the methods that name a message by channel and timestamp.
func (s *Slack) findMessage(args slackArgs) (*slackMessage, error) {
	ch, err := s.visible(args["channel"])
	if err != nil {
		return nil, err
	}
	if !slices.Contains(ch.members, s.BotUserID) {
		return nil, refuse("not_in_channel")
	}
	m := s.find(ch.id, args["timestamp"])
	if m == nil || m.deleted {
		return nil, refuse("message_not_found")
	}
	return m, nil
}

func slackReactions(m *slackMessage) []any {
	out := []any{}
	for _, r := range m.reactions {
		out = append(out, slackJSON{"name": r.name, "users": slices.Clone(r.users), "count": len(r.users)})
	}
	return out
}

func (s *Slack) reactionsAdd(args slackArgs) (slackJSON, error) {
	m, err := s.findMessage(args)
	if err != nil {
		return nil, err
	}
	name := strings.Trim(args["name"], ":")
	if strings.ContainsFunc(name, func(r rune) bool { return r >= utf8.RuneSelf || r == ' ' }) {
		return nil, refuse("invalid_name")
	}
	return nil, s.react(m, name, s.BotUserID)
}

func (s *Slack) react(m *slackMessage, name, user string) error {
	at := slices.IndexFunc(m.reactions, func(r slackReaction) bool { return r.name == name })
	if at < 0 {
		m.reactions = append(m.reactions, slackReaction{name: name})
		at = len(m.reactions) - 1
	}
	if slices.Contains(m.reactions[at].users, user) {
		return refuse("already_reacted")
	}
	m.reactions[at].users = append(m.reactions[at].users, user)
	s.changed()
	if slices.Contains(s.channels[m.channel].members, s.BotUserID) {
		s.emit(slackJSON{
			"type": "reaction_added", "user": user, "reaction": name, "item_user": m.user, "event_ts": s.stamp(),
			"item": slackJSON{"type": "message", "channel": m.channel, "ts": m.ts},
		})
	}
	return nil
}

func (s *Slack) reactionsRemove(args slackArgs) (slackJSON, error) {
	if args["channel"] == "" || args["timestamp"] == "" {
		return nil, refuse("no_item_specified")
	}
	m, err := s.findMessage(args)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(m.reactions, func(r slackReaction) bool { return r.name == args["name"] })
	if at < 0 || !slices.Contains(m.reactions[at].users, s.BotUserID) {
		return nil, refuse("no_reaction")
	}
	r := &m.reactions[at]
	r.users = slices.DeleteFunc(r.users, func(id string) bool { return id == s.BotUserID })
	if len(r.users) == 0 {
		m.reactions = slices.Delete(m.reactions, at, at+1)
	}
	s.changed()
	return nil, nil
}

func (s *Slack) reactionsGet(args slackArgs) (slackJSON, error) {
	if args["channel"] == "" || args["timestamp"] == "" {
		return nil, refuse("no_item_specified")
	}
	m, err := s.findMessage(args)
	if err != nil {
		return nil, err
	}
	return slackJSON{"type": "message", "channel": m.channel, "message": s.message(m, false)}, nil
}

func (s *Slack) pinsAdd(args slackArgs) (slackJSON, error) {
	m, err := s.findMessage(args)
	if err != nil {
		return nil, err
	}
	if m.pinned {
		return nil, refuse("already_pinned")
	}
	m.pinned = true
	s.changed()
	return nil, nil
}
