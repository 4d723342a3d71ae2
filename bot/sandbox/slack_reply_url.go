package sandbox

import (
	"encoding/json"
	"io"
	"net/http"
	"time"
)

// slackReplyURLLife is how long a response_url works. Source: Slack docs, handling user interaction.
const slackReplyURLLife = 30 * time.Minute

// slackReplyURL is a response_url: for one person, about one message or none.
type slackReplyURL struct {
	user, channel string
	message       *slackMessage
	expires       time.Time
	uses          int
}

// replyURL makes a response_url for what a person did to a message. A message without ts stands for
// a slash command in its channel. The caller holds the lock.
func (s *Slack) replyURL(userID string, m *slackMessage) string {
	r := &slackReplyURL{user: userID, channel: m.channel, expires: s.Clock.Now().Add(slackReplyURLLife)}
	if m.ts != "" {
		r.message = m
	}
	id := s.TeamID + "/" + slackRandom(6) + "/" + slackRandom(12)
	s.replies[id] = r
	return s.BaseURL + "/actions/" + id
}

func (s *Slack) serveReplyURL(w http.ResponseWriter, r *http.Request, id string) {
	raw, _ := io.ReadAll(io.LimitReader(r.Body, slackBodyMax))
	args, err := jsonSlackArgs(raw)
	call, fault := s.note("response_url", args)
	if s.faulted(w, call, fault) {
		return
	}
	status := http.StatusBadRequest
	if err == nil && r.Method == http.MethodPost {
		status, err = s.replyLater(id, args)
	}
	if err != nil {
		s.failed(call, err.Error())
	}
	switch {
	case fault != nil && fault.DropAfterAccept:
		dropSlackConn(w)
	case err != nil:
		writeSlackJSON(w, status, slackJSON{"ok": false, "error": err.Error()})
	default:
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(http.StatusOK)
		_, _ = io.WriteString(w, "ok")
	}
}

// replyLater carries out a post to a response_url.
func (s *Slack) replyLater(id string, args slackArgs) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.replies[id]
	switch {
	case r == nil:
		return http.StatusNotFound, refuse("no_active_hooks")
	case s.Clock.Now().After(r.expires):
		return http.StatusNotFound, refuse("expired_url")
	case r.uses >= slackReplyURLUses:
		return http.StatusNotFound, refuse("used_url")
	}
	if args.is("delete_original") {
		if r.message == nil {
			return http.StatusBadRequest, refuse("invalid_payload")
		}
		r.uses++
		s.rewrite(r.message, nil)
		return 0, nil
	}
	delete(args, "metadata")
	m, err := s.content(args)
	if err != nil {
		return http.StatusBadRequest, err
	}
	if m.text == "" && len(m.blocks) == 0 && len(m.attachments) == 0 {
		return http.StatusBadRequest, refuse("no_text")
	}
	m.channel, m.user, m.botID = r.channel, s.BotUserID, s.BotID
	ch := s.channels[r.channel]
	if thread := args["thread_ts"]; thread != "" {
		if err := s.threadOf(ch, thread); err != nil {
			return http.StatusBadRequest, err
		}
		m.thread = thread
	}
	r.uses++
	switch {
	case args.is("replace_original") && r.message != nil:
		s.rewrite(r.message, &m)
	case args["response_type"] == "in_channel":
		s.add(&m)
	default:
		s.whisper(r.user, &m)
	}
	return 0, nil
}

// rewrite replaces a message's content, or deletes the message.
func (s *Slack) rewrite(m, now *slackMessage) {
	switch {
	case m.deleted:
	case now == nil && m.onlyFor == "":
		s.remove(m)
	case now == nil:
		m.deleted, m.text, m.blocks, m.attachments = true, "", nil, nil
		s.changed()
	case m.onlyFor == "":
		s.change(m, func() { m.text, m.blocks, m.attachments = now.text, now.blocks, now.attachments })
	default:
		m.text, m.blocks, m.attachments, m.edited = now.text, now.blocks, now.attachments, s.stamp()
		s.changed()
	}
}

// jsonSlackArgs reads a JSON object as arguments.
func jsonSlackArgs(raw []byte) (slackArgs, error) {
	args := slackArgs{}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(raw, &object); err != nil {
		return args, refuse("invalid_payload")
	}
	for name, value := range object {
		var text string
		switch {
		case string(value) == "null":
		case json.Unmarshal(value, &text) == nil:
			args[name] = text
		default:
			args[name] = string(value)
		}
	}
	return args, nil
}
