package sandbox

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

type slackChannel struct {
	id, name          string
	private, archived bool
	shared            bool
	im, mpim          bool
	members           []string
	messages          []*slackMessage
	byTS              map[string]*slackMessage
}

// kind is the channel_type of events.
func (c *slackChannel) kind() string {
	switch {
	case c.im:
		return "im"
	case c.mpim:
		return "mpim"
	case c.private:
		return "group"
	}
	return "channel"
}

// AddChannel adds a channel or replaces what is known about it; its messages stay.
func (s *Slack) AddChannel(c Channel) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.channels[c.ID]
	if ch == nil {
		ch = &slackChannel{id: c.ID, byTS: map[string]*slackMessage{}}
		s.channels[c.ID] = ch
		s.chanOrder = append(s.chanOrder, c.ID)
	}
	ch.name, ch.private, ch.shared, ch.members = c.Name, c.Private, c.Shared, slices.Clone(c.Members)
	s.changed()
}

// Channels returns the channels that are not direct messages, in the order they were added.
func (s *Slack) Channels() []Channel {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Channel
	for _, id := range s.chanOrder {
		if ch := s.channels[id]; !ch.im && !ch.mpim {
			out = append(out, ch.public())
		}
	}
	return out
}

func (c *slackChannel) public() Channel {
	direct := c.im || c.mpim
	return Channel{ID: c.id, Name: c.name, Private: c.private || direct, Shared: c.shared, Direct: direct, Members: slices.Clone(c.members)}
}

// Join makes a person (or the bot) a member; the app hears of it if it is in the channel.
func (s *Slack) Join(channelID, userID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.join(channelID, userID)
}

func (s *Slack) join(channelID, userID string) {
	ch := s.channels[channelID]
	if ch == nil || slices.Contains(ch.members, userID) {
		return
	}
	ch.members = append(ch.members, userID)
	s.moved("member_joined_channel", ch, userID)
}

// moved tells the app that a membership began or ended, if it is in the channel. The caller holds
// the lock.
func (s *Slack) moved(kind string, ch *slackChannel, userID string) {
	s.changed()
	if slices.Contains(ch.members, s.BotUserID) {
		s.emit(slackJSON{"type": kind, "user": userID, "channel": ch.id, "channel_type": ch.id[:1], "team": s.TeamID, "event_ts": s.stamp()})
	}
}

// Leave ends a membership; the app hears of it if it is in the channel still. Nobody leaves a
// direct conversation of two.
func (s *Slack) Leave(channelID, userID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ch := s.channels[channelID]; ch != nil && !ch.im && slices.Contains(ch.members, userID) {
		ch.members = slices.DeleteFunc(ch.members, func(id string) bool { return id == userID })
		s.moved("member_left_channel", ch, userID)
	}
}

// Archive closes a channel for new messages.
func (s *Slack) Archive(channelID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.channels[channelID]
	if ch == nil || ch.archived {
		return
	}
	ch.archived = true
	s.changed()
	if slices.Contains(ch.members, s.BotUserID) {
		kind := "channel_archive"
		if ch.private {
			kind = "group_archive"
		}
		s.emit(slackJSON{"type": kind, "channel": ch.id, "user": "USLACKBOT", "event_ts": s.stamp()})
	}
}

// visible returns a channel the bot can see: a public one, or one it is in.
func (s *Slack) visible(id string) (*slackChannel, error) {
	ch := s.channels[id]
	if ch == nil || ch.kind() != "channel" && !slices.Contains(ch.members, s.BotUserID) {
		return nil, refuse("channel_not_found")
	}
	return ch, nil
}

// readable returns a channel whose messages the bot can read.
func (s *Slack) readable(id string) (*slackChannel, error) {
	ch, err := s.visible(id)
	if err == nil && !slices.Contains(ch.members, s.BotUserID) {
		err = refuse("not_in_channel")
	}
	return ch, err
}

// direct returns the direct conversation of the bot with these people, opened if need be.
func (s *Slack) direct(users []string) (*slackChannel, error) {
	for _, id := range users {
		switch u := s.users[id]; {
		case u == nil:
			return nil, refuse("user_not_found")
		case u.Deleted:
			return nil, refuse("user_disabled")
		case u.Bot || id == "USLACKBOT":
			return nil, refuse("cannot_dm_bot")
		}
	}
	members := append([]string{s.BotUserID}, users...)
	for _, id := range s.chanOrder {
		ch := s.channels[id]
		if (ch.im || ch.mpim) && len(ch.members) == len(members) && !slices.ContainsFunc(members, func(m string) bool { return !slices.Contains(ch.members, m) }) {
			return ch, nil
		}
	}
	ch := &slackChannel{id: fmt.Sprintf("D0SANDBOX%02d", len(s.chanOrder)), im: true, members: members, byTS: map[string]*slackMessage{}}
	if len(users) > 1 {
		ch.id, ch.im, ch.mpim, ch.name = fmt.Sprintf("G0SANDBOX%02d", len(s.chanOrder)), false, true, "mpdm"
	}
	s.channels[ch.id] = ch
	s.chanOrder = append(s.chanOrder, ch.id)
	return ch, nil
}

// DirectMessages returns the channel ID of a person's conversation with the app, opened if need be;
// empty if there can be none.
func (s *Slack) DirectMessages(userID string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.direct([]string{userID})
	if err != nil {
		return ""
	}
	return ch.id
}

func (s *Slack) channelObject(ch *slackChannel) slackJSON {
	out := slackJSON{
		"id": ch.id, "created": 0, "is_archived": ch.archived, "is_im": ch.im, "is_mpim": ch.mpim,
		"is_private": ch.private || ch.im || ch.mpim, "is_member": slices.Contains(ch.members, s.BotUserID),
		"context_team_id": s.TeamID,
	}
	if ch.im {
		out["user"], out["is_open"] = ch.members[1], true
		return out
	}
	out["name"], out["name_normalized"] = ch.name, ch.name
	// Slack docs, Conversation object: is_group is told of private channels made before March 2021,
	// whose ids begin with G.
	old := ch.private && strings.HasPrefix(ch.id, "G")
	out["is_channel"], out["is_group"] = !old && !ch.mpim, old
	out["is_shared"], out["is_ext_shared"], out["is_org_shared"], out["is_pending_ext_shared"] = ch.shared, ch.shared, false, false
	out["topic"], out["purpose"] = slackJSON{"value": ""}, slackJSON{"value": ""}
	return out
}

func (s *Slack) conversationsInfo(args slackArgs) (slackJSON, error) {
	ch, err := s.visible(args["channel"])
	if err != nil {
		return nil, err
	}
	out := s.channelObject(ch)
	if args.is("include_num_members") {
		out["num_members"] = len(ch.members)
	}
	if args.is("include_locale") {
		out["locale"] = "en-US"
	}
	return slackJSON{"channel": out}, nil
}

func (s *Slack) conversationsMembers(args slackArgs) (slackJSON, error) {
	ch, err := s.visible(args["channel"])
	if err != nil {
		return nil, err
	}
	members, cursor, err := slackPaged(ch.members, args, 100)
	return slackJSON{"members": members, "response_metadata": slackJSON{"next_cursor": cursor}}, err
}

func (s *Slack) conversationsList(args slackArgs) (slackJSON, error) {
	kinds := strings.Split(args["types"], ",")
	if args["types"] == "" {
		kinds = []string{"public_channel"}
	}
	names := map[string]string{"channel": "public_channel", "group": "private_channel", "im": "im", "mpim": "mpim"}
	for _, k := range kinds {
		if k != "public_channel" && k != "private_channel" && k != "im" && k != "mpim" {
			return nil, refuse("invalid_types")
		}
	}
	all := []any{}
	for _, id := range s.chanOrder {
		ch, err := s.visible(id)
		if err == nil && slices.Contains(kinds, names[ch.kind()]) && !(ch.archived && args.is("exclude_archived")) {
			all = append(all, s.channelObject(ch))
		}
	}
	page, cursor, err := slackPaged(all, args, 100)
	return slackJSON{"channels": page, "response_metadata": slackJSON{"next_cursor": cursor}}, err
}

func (s *Slack) conversationsJoin(args slackArgs) (slackJSON, error) {
	ch, err := s.visible(args["channel"])
	switch {
	case err != nil:
		return nil, err
	case ch.kind() != "channel":
		return nil, refuse("method_not_supported_for_channel_type")
	case ch.archived:
		return nil, refuse("is_archived")
	}
	out := slackJSON{}
	if slices.Contains(ch.members, s.BotUserID) {
		out["warning"], out["response_metadata"] = "already_in_channel", slackJSON{"warnings": []string{"already_in_channel"}}
	}
	s.join(ch.id, s.BotUserID)
	out["channel"] = s.channelObject(ch)
	return out, nil
}

func (s *Slack) conversationsOpen(args slackArgs) (slackJSON, error) {
	var ch *slackChannel
	var err error
	before := len(s.chanOrder)
	switch {
	case (args["channel"] == "") == (args["users"] == ""):
		return nil, refuse("users_list_not_supplied")
	case args["channel"] != "":
		if ch, err = s.visible(args["channel"]); err == nil && !ch.im && !ch.mpim {
			err = refuse("method_not_supported_for_channel_type")
		}
	case args.is("prevent_creation"):
		return nil, refuse("channel_not_found")
	default:
		users := strings.Split(args["users"], ",")
		slices.Sort(users)
		if users = slices.Compact(users); len(users) > 8 {
			return nil, refuse("too_many_users")
		}
		ch, err = s.direct(users)
	}
	if err != nil {
		return nil, err
	}
	object := slackJSON{"id": ch.id}
	if args.is("return_im") {
		object = s.channelObject(ch)
	}
	old := before == len(s.chanOrder)
	return slackJSON{"channel": object, "already_open": old, "no_op": old}, nil
}

func (s *Slack) conversationsHistory(args slackArgs) (slackJSON, error) {
	ch, err := s.readable(args["channel"])
	if err != nil {
		return nil, err
	}
	list := []*slackMessage{}
	for _, m := range slices.Backward(ch.messages) {
		if (m.parent() || m.broadcast) && (!m.deleted || len(m.live()) > 0) && args.within(m.ts) {
			list = append(list, m)
		}
	}
	return s.page(list, args, 100)
}

func (s *Slack) conversationsReplies(args slackArgs) (slackJSON, error) {
	ch, err := s.readable(args["channel"])
	if err != nil {
		return nil, err
	}
	m := s.find(ch.id, args["ts"])
	if m != nil && m.reply() {
		m = s.find(ch.id, m.thread)
	}
	if m == nil {
		return nil, refuse("thread_not_found")
	}
	replies := m.live()
	if m.deleted && len(replies) == 0 {
		return nil, refuse("thread_not_found")
	}
	list := []*slackMessage{m}
	for _, r := range replies {
		if args.within(r.ts) {
			list = append(list, r)
		}
	}
	return s.page(list, args, 1000)
}

func (s *Slack) page(list []*slackMessage, args slackArgs, usual int) (slackJSON, error) {
	page, cursor, err := slackPaged(list, args, usual)
	if err != nil {
		return nil, err
	}
	messages := []any{}
	for _, m := range page {
		messages = append(messages, s.message(m, args.is("include_all_metadata")))
	}
	return slackJSON{"messages": messages, "has_more": cursor != "", "pin_count": 0, "response_metadata": slackJSON{"next_cursor": cursor}}, nil
}

// within compares a ts with the arguments oldest, latest and inclusive.
func (a slackArgs) within(ts string) bool {
	if o := a["oldest"]; o != "" && o != "0" && (slackTSLess(ts, o) || ts == o && !a.is("inclusive")) {
		return false
	}
	if l := a["latest"]; l != "" && (slackTSLess(l, ts) || ts == l && !a.is("inclusive")) {
		return false
	}
	return true
}

func slackTSLess(a, b string) bool {
	x, _, _ := strings.Cut(a, ".")
	y, _, _ := strings.Cut(b, ".")
	if len(x) != len(y) {
		return len(x) < len(y)
	}
	return a < b
}

// slackPaged cuts a page by the arguments limit (at most 1000) and cursor.
func slackPaged[T any](all []T, args slackArgs, usual int) ([]T, string, error) {
	start, limit := 0, usual
	if raw := args["limit"]; raw != "" && raw != "0" {
		n, err := strconv.Atoi(raw)
		if err != nil || n < 1 || n > 1000 {
			return nil, "", refuse("invalid_limit")
		}
		limit = n
	}
	if raw := args["cursor"]; raw != "" {
		n, err := strconv.Atoi(strings.TrimPrefix(raw, "next:"))
		if err != nil || n < 0 || n > len(all) {
			return nil, "", refuse("invalid_cursor")
		}
		start = n
	}
	end := min(start+limit, len(all))
	cursor := ""
	if end < len(all) {
		cursor = "next:" + strconv.Itoa(end)
	}
	if start == end {
		return []T{}, cursor, nil
	}
	return slices.Clone(all[start:end]), cursor, nil
}
