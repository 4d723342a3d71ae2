package sandbox

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// slackTries is how often an event is sent at most. Source: Slack docs, Events API, error handling.
const slackTries = 4

type slackEvent struct{ body []byte }

// slackTry describes one delivery: the number of the retry (0 the first time), why it is one, and
// what is called as soon as the message has left, or has to wait for a connection.
type slackTry struct {
	attempt      int
	reason       string
	sent, parked func()
}

// slackAck is how a delivery ended. Err is empty if the app acknowledged. Final means that trying
// again is pointless.
type slackAck struct {
	payload json.RawMessage
	err     string
	final   bool
}

// emit queues an event for the app. The caller holds the lock.
func (s *Slack) emit(event slackJSON) {
	if s.closed || !s.connected && s.EventsURL == "" {
		return
	}
	body := slackMarshal(slackJSON{
		"token": "verification-token", "team_id": s.TeamID, "api_app_id": s.AppID, "type": "event_callback", "event": event,
		"event_id": "Ev0" + slackRandom(5), "event_time": s.Clock.Now().Unix(), "is_ext_shared_channel": false,
		"event_context":  slackRandom(8),
		"authorizations": []any{slackJSON{"enterprise_id": nil, "team_id": s.TeamID, "user_id": s.BotUserID, "is_bot": true, "is_enterprise_install": false}},
	})
	s.queue = append(s.queue, &slackEvent{body})
	select {
	case s.queued <- struct{}{}:
	default:
	}
}

// runEvents sends events in the order they happened and waits for none of them.
func (s *Slack) runEvents() {
	for {
		s.mu.Lock()
		var next *slackEvent
		if len(s.queue) > 0 && !s.closed {
			next, s.queue = s.queue[0], s.queue[1:]
		}
		twice := next != nil && s.redeliver > 0
		if twice {
			s.redeliver--
		}
		sent := make(chan struct{}, 2)
		if next != nil {
			s.run(func() { s.persist(next, twice, func() { sent <- struct{}{} }) })
		}
		s.mu.Unlock()
		wait := sent
		if next == nil {
			wait = s.queued
		}
		select {
		case <-wait:
		case <-s.done:
			return
		}
	}
}

// persist delivers an event until it is acknowledged or the tries are used up. sent is called once,
// when the first try has left or could not.
func (s *Slack) persist(e *slackEvent, twice bool, sent func()) {
	released := false
	release := func() {
		if !released {
			released = true
			sent()
		}
	}
	defer release()
	wait, reason := s.RetryWait, ""
	for n := range slackTries {
		out := release
		if n == 0 && twice {
			out = func() {
				release()
				s.mu.Lock()
				defer s.mu.Unlock()
				s.run(func() { s.deliver("events_api", e.body, slackTry{attempt: 1, reason: "timeout"}) })
			}
		}
		ack := s.deliver("events_api", e.body, slackTry{attempt: n, reason: reason, sent: out, parked: release})
		release()
		if ack.err == "" || ack.final || n == slackTries-1 || !s.pause(wait) {
			return
		}
		wait *= 2
		reason = map[string]string{"operation_timeout": "http_timeout", "http_service_error": "http_error"}[ack.err]
		if reason == "" {
			reason = "connection_failed"
		}
	}
}

// deliver sends one message to the app and waits for the acknowledgement: over a socket if one is
// open, else to the request URL, else over the first socket that opens in time.
func (s *Slack) deliver(kind string, body []byte, try slackTry) slackAck {
	if try.sent == nil {
		try.sent = func() {}
	}
	if try.parked == nil {
		try.parked = func() {}
	}
	target := map[string]string{"events_api": s.EventsURL, "interactive": s.InteractiveURL, "slash_commands": s.CommandsURL}[kind]
	deadline := time.NewTimer(s.AckTimeout)
	defer deadline.Stop()
	for {
		s.mu.Lock()
		c, ever, arrived := s.pickSocket(), s.connected, s.arrived
		s.mu.Unlock()
		switch {
		case c != nil:
			if ack, ok := s.deliverSocket(c, kind, body, try, deadline.C); ok {
				return ack
			}
			continue
		case target != "":
			try.sent()
			return s.deliverHTTP(kind, target, body, try)
		case !ever:
			return slackAck{err: "dispatch_failed", final: true}
		}
		try.parked()
		select {
		case <-arrived:
		case <-deadline.C:
			return slackAck{err: "dispatch_failed"}
		case <-s.done:
			return slackAck{err: "dispatch_failed", final: true}
		}
	}
}

// deliverHTTP posts to a request URL, signed as Slack signs (version v0, with the real time).
func (s *Slack) deliverHTTP(kind, target string, body []byte, try slackTry) slackAck {
	contentType := "application/json"
	switch kind {
	case "interactive":
		contentType = "application/x-www-form-urlencoded"
		body = []byte(url.Values{"payload": {string(body)}}.Encode())
	case "slash_commands":
		contentType = "application/x-www-form-urlencoded"
		var fields map[string]string
		_ = json.Unmarshal(body, &fields)
		form := url.Values{}
		for name, value := range fields {
			form.Set(name, value)
		}
		body = []byte(form.Encode())
	}
	ctx, cancel := context.WithTimeout(context.Background(), s.AckTimeout)
	defer cancel()
	go func() {
		select {
		case <-s.done:
			cancel()
		case <-ctx.Done():
		}
	}()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, target, bytes.NewReader(body))
	if err != nil {
		return slackAck{err: "dispatch_failed", final: true}
	}
	stamp := strconv.FormatInt(time.Now().Unix(), 10)
	req.Header.Set("Content-Type", contentType)
	req.Header.Set("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
	req.Header.Set("X-Slack-Request-Timestamp", stamp)
	req.Header.Set("X-Slack-Signature", s.sign(stamp, body))
	if try.attempt > 0 {
		req.Header.Set("X-Slack-Retry-Num", strconv.Itoa(try.attempt))
		req.Header.Set("X-Slack-Retry-Reason", try.reason)
	}
	res, err := s.client.Do(req)
	if err != nil {
		return slackAck{err: httpFailure(err)}
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(res.Body, slackBodyMax))
	if err != nil {
		return slackAck{err: httpFailure(err)}
	}
	if res.StatusCode/100 != 2 {
		return slackAck{err: "http_service_error", final: res.Header.Get("X-Slack-No-Retry") == "1"}
	}
	answer = bytes.TrimSpace(answer)
	if kind == "slash_commands" && len(answer) > 0 && !json.Valid(answer) {
		answer = slackMarshal(slackJSON{"text": string(answer)})
	}
	return slackAck{payload: answer}
}

func httpFailure(err error) string {
	var slow interface{ Timeout() bool }
	if errors.Is(err, context.DeadlineExceeded) || errors.As(err, &slow) && slow.Timeout() {
		return "operation_timeout"
	}
	return "dispatch_failed"
}

func (s *Slack) sign(stamp string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(s.SigningSecret))
	_, _ = fmt.Fprintf(mac, "v0:%s:%s", stamp, body)
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}

// VerifyURL sends the request URL for events the challenge that Slack sends when the URL is entered
// in the app's settings, and returns an error if the app does not echo it.
func (s *Slack) VerifyURL() error {
	challenge := slackRandom(16)
	ack := s.deliverHTTP("events_api", s.EventsURL, slackMarshal(slackJSON{"token": "verification-token", "challenge": challenge, "type": "url_verification"}), slackTry{})
	if ack.err != "" {
		return fmt.Errorf("verify events URL: %s", ack.err)
	}
	var echo struct{ Challenge string }
	if string(ack.payload) != challenge && (json.Unmarshal(ack.payload, &echo) != nil || echo.Challenge != challenge) {
		return errors.New("verify events URL: the challenge was not echoed")
	}
	return nil
}
