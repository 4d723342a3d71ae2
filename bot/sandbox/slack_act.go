package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// interaction starts the payload of an interaction. The caller holds the lock.
func (s *Slack) interaction(kind, userID string) slackJSON {
	u := s.users[userID]
	return slackJSON{
		"type": kind, "token": "verification-token", "api_app_id": s.AppID, "is_enterprise_install": false, "enterprise": nil,
		"team": slackJSON{"id": s.TeamID, "domain": s.TeamDomain},
		"user": slackJSON{"id": u.ID, "username": u.Name, "name": u.Name, "team_id": s.TeamID},
	}
}

// person returns an error unless the user is someone who can act.
func (s *Slack) person(userID string) error {
	if u := s.users[userID]; u == nil || u.Deleted || u.Bot {
		return fmt.Errorf("user %q cannot act in this workspace", userID)
	}
	return nil
}

// shown returns a message that the person sees in the channel.
func (s *Slack) shown(userID, channelID, ts string) (*slackMessage, error) {
	if err := s.person(userID); err != nil {
		return nil, err
	}
	for _, m := range s.ephemerals[userID] {
		if m.channel == channelID && m.ts == ts && !m.deleted {
			return m, nil
		}
	}
	ch := s.channels[channelID]
	if ch == nil || !slices.Contains(ch.members, userID) && ch.kind() != "channel" {
		return nil, fmt.Errorf("user %q does not see channel %q", userID, channelID)
	}
	m := s.find(channelID, ts)
	if m == nil || m.deleted {
		return nil, fmt.Errorf("there is no message %q in channel %q", ts, channelID)
	}
	return m, nil
}

// Press makes a person use a button or menu of a message, ephemeral ones included. For a menu, value
// is the chosen option's value or the chosen ID; for a button it may be given to tell apart buttons
// with one action_id (so does actionID "block_id/action_id"). An error means that the person could
// not have done it.
func (s *Slack) Press(userID, channelID, ts, actionID, value string) (Answer, error) {
	body, err := s.pressed(userID, channelID, ts, actionID, value)
	if err != nil {
		return Answer{}, fmt.Errorf("press: %w", err)
	}
	return s.told(userID, s.deliver("interactive", body, slackTry{})), nil
}

func (s *Slack) pressed(userID, channelID, ts, actionID, value string) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, err := s.shown(userID, channelID, ts)
	if err != nil {
		return nil, err
	}
	if m.botID != s.BotID {
		return nil, errors.New("the message is not the app's")
	}
	blocks := slices.Clone(m.blocks)
	for _, a := range m.attachments {
		nested, _ := a.(slackJSON)["blocks"].([]any)
		blocks = append(blocks, nested...)
	}
	if m.entered == nil {
		m.entered = slackEntered{}
	}
	action, err := s.act(blocks, m.entered, actionID, value)
	if err != nil {
		return nil, err
	}
	container := slackJSON{"type": "message", "message_ts": m.ts, "channel_id": m.channel, "is_ephemeral": m.onlyFor != ""}
	if m.reply() {
		container["thread_ts"] = m.thread
	}
	payload := s.interaction("block_actions", userID)
	payload["container"], payload["actions"], payload["state"] = container, []any{action}, m.entered.state(blocks)
	payload["trigger_id"] = s.trigger(userID)
	payload["channel"] = slackJSON{"id": m.channel, "name": s.channelName(m.channel)}
	payload["response_url"] = s.replyURL(userID, m)
	if m.onlyFor == "" { // Slack does not send the content of an ephemeral message
		payload["message"] = s.message(m, true)
	}
	return slackMarshal(payload), nil
}

func (s *Slack) channelName(id string) string {
	switch ch := s.channels[id]; {
	case ch == nil || ch.im:
		return "directmessage"
	case ch.private:
		return "privategroup"
	default:
		return ch.name
	}
}

// told turns an acknowledgement into the answer the person gets.
func (s *Slack) told(userID string, ack slackAck) Answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.top(userID, Answer{Error: ack.err, Payload: ack.payload})
}

// top adds the view that is on top for this person. The caller holds the lock.
func (s *Slack) top(userID string, a Answer) Answer {
	if stack := s.stacks[userID]; len(stack) > 0 {
		v := s.publicView(stack[len(stack)-1])
		a.View = &v
	}
	return a
}

// Command makes a person type a slash command in a channel they are in. Handles and channel names in
// the text are replaced as Slack does for an app with should_escape. An acknowledgement with text or
// blocks is shown, to the person alone unless its response_type is in_channel.
func (s *Slack) Command(userID, channelID, command, text string) (Answer, error) {
	if !strings.HasPrefix(command, "/") {
		return Answer{}, fmt.Errorf("command %q does not begin with a slash", command)
	}
	body, err := s.typed(userID, channelID, command, text)
	if err != nil {
		return Answer{}, fmt.Errorf("command: %w", err)
	}
	ack := s.deliver("slash_commands", body, slackTry{})
	s.mu.Lock()
	defer s.mu.Unlock()
	a := Answer{Error: ack.err, Payload: ack.payload}
	var shown *slackMessage
	if a.Error == "" && len(ack.payload) > 0 {
		shown, a.Error, a.Messages = s.commandReply(userID, channelID, ack.payload)
	}
	if a.Error != "" {
		shown = &slackMessage{channel: channelID, user: "USLACKBOT", text: fmt.Sprintf("%s failed with the error %q", command, a.Error)}
		s.whisper(userID, shown)
	}
	if shown != nil {
		p := s.post(shown)
		a.Reply = &p
	}
	return s.top(userID, a), nil
}

func (s *Slack) typed(userID, channelID, command, text string) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.person(userID); err != nil {
		return nil, err
	}
	ch := s.channels[channelID]
	if ch == nil || !slices.Contains(ch.members, userID) {
		return nil, fmt.Errorf("user %q is not in channel %q", userID, channelID)
	}
	return slackMarshal(slackJSON{
		"token": "verification-token", "team_id": s.TeamID, "team_domain": s.TeamDomain, "api_app_id": s.AppID,
		"channel_id": ch.id, "channel_name": s.channelName(ch.id), "user_id": userID, "user_name": s.users[userID].Name,
		"command": command, "text": s.nameHandles(strings.TrimSpace(text), true), "is_enterprise_install": "false",
		"response_url": s.replyURL(userID, &slackMessage{channel: ch.id}), "trigger_id": s.trigger(userID),
	}), nil
}

func (s *Slack) commandReply(userID, channelID string, payload json.RawMessage) (*slackMessage, string, []string) {
	args, err := jsonSlackArgs(payload)
	if err != nil {
		return nil, err.Error(), nil
	}
	m, err := s.content(args)
	if err != nil {
		code, messages := slackRefusal(err)
		return nil, code, messages
	}
	if m.text == "" && len(m.blocks) == 0 && len(m.attachments) == 0 {
		return nil, "", nil
	}
	m.channel, m.user, m.botID, m.metadata = channelID, s.BotUserID, s.BotID, nil
	if args["response_type"] == "in_channel" {
		s.add(&m)
	} else {
		s.whisper(userID, &m)
	}
	return &m, "", nil
}

func slackRefusal(err error) (string, []string) {
	var refused *slackError
	if errors.As(err, &refused) {
		return refused.code, refused.messages
	}
	return err.Error(), nil
}

// Shortcut makes a person use a message shortcut, or a global one if channelID is empty: anyone in
// the workspace may, and the app is told of no channel.
func (s *Slack) Shortcut(userID, callbackID, channelID, ts string) (Answer, error) {
	body, err := s.shortcut(userID, callbackID, channelID, ts)
	if err != nil {
		return Answer{}, fmt.Errorf("shortcut: %w", err)
	}
	return s.told(userID, s.deliver("interactive", body, slackTry{})), nil
}

func (s *Slack) shortcut(userID, callbackID, channelID, ts string) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.person(userID); err != nil {
		return nil, err
	}
	kind := "shortcut"
	if channelID != "" {
		kind = "message_action"
	}
	payload := s.interaction(kind, userID)
	payload["callback_id"], payload["action_ts"], payload["trigger_id"] = callbackID, s.stamp(), s.trigger(userID)
	if channelID == "" { // Slack docs, Shortcuts payload: a global one says less than other interactions
		delete(payload, "api_app_id")
		delete(payload["user"].(slackJSON), "name")
	}
	if channelID != "" {
		m, err := s.shown(userID, channelID, ts)
		if err != nil {
			return nil, err
		}
		payload["channel"] = slackJSON{"id": channelID, "name": s.channelName(channelID)}
		payload["message"], payload["message_ts"], payload["response_url"] = s.message(m, true), m.ts, s.replyURL(userID, m)
	}
	return slackMarshal(payload), nil
}

// Say makes a person write in a channel, or in a thread of it. The text is what they type: Slack
// encodes &, < and >, links, emoji and mentions ("@handle" or "<@U…>"). It panics if the person is
// not in the channel or the thread does not exist.
func (s *Slack) Say(userID, channelID, threadTS, text string) Post {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.mine("say", userID, channelID, threadTS)
	m.text, m.blocks = s.compose(text)
	s.add(m)
	return s.post(m)
}

// UploadAs makes a person share a file in a channel or thread. It panics as Say does.
func (s *Slack) UploadAs(userID, channelID, threadTS, name string, body []byte) Post {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.mine("upload", userID, channelID, threadTS)
	f := s.newFile(userID, name, "", body)
	s.share(m, []*slackFile{f})
	return s.post(m)
}

func (s *Slack) mine(what, userID, channelID, threadTS string) *slackMessage {
	ch := s.channels[channelID]
	err := s.person(userID)
	switch parent := s.find(channelID, threadTS); {
	case err != nil:
	case ch == nil || !slices.Contains(ch.members, userID) || ch.archived:
		err = fmt.Errorf("user %q cannot write in channel %q", userID, channelID)
	case threadTS != "" && (parent == nil || !parent.parent() || parent.deleted):
		err = fmt.Errorf("there is no thread %q", threadTS)
	}
	if err != nil {
		panic(fmt.Sprintf("slack sandbox: %s: %v", what, err))
	}
	return &slackMessage{channel: channelID, thread: threadTS, user: userID, clientID: slackRandom(8)}
}

// written returns a message that this person wrote.
func (s *Slack) written(userID, channelID, ts string) (*slackMessage, error) {
	m, err := s.shown(userID, channelID, ts)
	if err == nil && m.user != userID {
		err = errors.New("the message is someone else's")
	}
	return m, err
}

// Edit makes a person change a message of theirs.
func (s *Slack) Edit(userID, channelID, ts, text string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, err := s.written(userID, channelID, ts)
	if err != nil {
		return fmt.Errorf("edit: %w", err)
	}
	s.change(m, func() { m.text, m.blocks = s.compose(text) })
	return nil
}

// Delete makes a person delete a message of theirs.
func (s *Slack) Delete(userID, channelID, ts string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, err := s.written(userID, channelID, ts)
	if err != nil {
		return fmt.Errorf("delete: %w", err)
	}
	s.remove(m)
	return nil
}

// React makes a person add a reaction; name is without colons.
func (s *Slack) React(userID, channelID, ts, name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, err := s.shown(userID, channelID, ts)
	if err == nil {
		err = s.react(m, name, userID)
	}
	if err != nil {
		return fmt.Errorf("react: %w", err)
	}
	return nil
}

// OpenHome makes a person open the app's home tab; the app hears of it.
func (s *Slack) OpenHome(userID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.direct([]string{userID})
	if err != nil {
		return
	}
	event := slackJSON{"type": "app_home_opened", "user": userID, "channel": ch.id, "tab": "home", "event_ts": s.stamp()}
	if v := s.homes[userID]; v != nil {
		event["view"] = s.view(v)
	}
	s.emit(event)
}
