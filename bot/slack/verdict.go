package slack

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"regexp"
	"strings"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"

	"github.com/heedbot/heed/bot"
)

// trouble is a call that Slack refused or that never came to an end. Its words
// are made here, of known parts: a URL, a token or a person's words never get
// into them.
type trouble struct {
	method  string
	channel string // where it was to be, if anywhere
	code    string // Slack's, where it gave one
	why     string
	cause   error // of the context, where it ended
}

func (t *trouble) Error() string { return "slack " + t.method + ": " + t.why }
func (t *trouble) Unwrap() error { return t.cause }

// code is Slack's own code of an error; empty where it gave none.
func code(err error) string {
	var t *trouble
	if errors.As(err, &t) {
		return t.code
	}
	return ""
}

// pauseFor is how long to leave Slack alone where a person must mend
// something first.
const pauseFor = time.Minute

// mend says what a person must do about codes that nobody can mend by trying
// again (Slack docs, chat.postMessage and others, Errors).
func mend(c string) string {
	switch c {
	case "missing_scope", "no_permission", "not_allowed_token_type":
		return "give the app the scopes of its manifest and install it again"
	case "invalid_auth", "account_inactive", "not_authed", "token_revoked", "token_expired":
		return "check HEED_SLACK_BOT_TOKEN; install the app again if it was removed"
	case "access_denied", "ekm_access_denied", "org_login_required", "team_access_not_granted", "accesslimited", "enterprise_is_restricted":
		return "ask the workspace's owners to let the app in"
	}
	return mendChannel(c)
}

// mendChannel is mend for the codes that are one channel's trouble.
func mendChannel(c string) string {
	switch c {
	case "not_in_channel", "channel_not_found":
		return "invite the app into the channel with /invite, and check its id: HEED_SLACK_CHANNEL for the desk's, HEED_SLACK_ROLES for another"
	case "is_archived":
		return "unarchive the channel, or set another: HEED_SLACK_CHANNEL for the desk's, HEED_SLACK_ROLES for another"
	case "restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel",
		"restricted_action_non_threadable_channel", "posting_to_channel_denied":
		return "ask the workspace's owners to let the app post in the channel"
	}
	return ""
}

// send makes a call that shows something to people in a channel, and gives its
// error a verdict.
func (d *Door) send(ctx context.Context, method, channel string, call func(context.Context) error) error {
	reached, err := d.try(ctx, method, channel, call)
	var t *trouble
	if !errors.As(err, &t) {
		return err
	}
	if err := d.pause(err, t); err != nil {
		return err
	}
	switch {
	case t.code == "fatal_error" || t.code == "internal_error":
		// "Some aspect of the operation may have succeeded" (Slack docs, Errors).
		return bot.Ambiguous(err)
	case t.code == "service_unavailable" || t.code == "request_timeout" || t.code == "team_added_to_org":
		return err
	case t.code != "":
		return bot.Undeliverable(err)
	case reached:
		return bot.Ambiguous(err)
	}
	return err
}

// ask makes a call that changes nothing that people see: it can always be
// made again.
func (d *Door) ask(ctx context.Context, method string, call func(context.Context) error) error {
	return d.askIn(ctx, method, "", call)
}

// askIn is ask about a channel.
func (d *Door) askIn(ctx context.Context, method, channel string, call func(context.Context) error) error {
	_, err := d.try(ctx, method, channel, call)
	var t *trouble
	if !errors.As(err, &t) {
		return err
	}
	if paused := d.pause(err, t); paused != nil {
		return paused
	}
	return err
}

// wallOnly tells whether only what is walled waits for a method. An app that
// was installed before it had the scopes must not hold up the desk.
func wallOnly(method string) bool {
	return method == "conversations.open" || method == "conversations.info" || method == "conversations.members"
}

// pause gives the verdicts that ask for one; nil for other errors. A pause is
// the whole account's, so the trouble of a channel that is not the desk's is
// no pause: it is tried again by itself, and the desk goes on.
func (d *Door) pause(err error, t *trouble) error {
	if bot.Pause(err) > 0 {
		return err
	}
	todo := mend(t.code)
	if todo == "" {
		return nil
	}
	d.log().Error("slack refuses us", "method", t.method, "channel", t.channel, "err", t.why, "todo", todo)
	if mendChannel(t.code) != "" && t.channel != "" && t.channel != d.Channel || t.code == "missing_scope" && wallOnly(t.method) {
		return err
	}
	return bot.TryAfter(err, pauseFor)
}

// try makes a call and tells whether its request may have reached Slack.
func (d *Door) try(ctx context.Context, method, channel string, call func(context.Context) error) (reached bool, err error) {
	var wrote atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { wrote.Store(true) }})
	err = call(ctx)
	if err == nil {
		return true, nil
	}
	t := &trouble{method: method, channel: channel}
	var after time.Duration
	reached = wrote.Load()
	var refused slack.SlackErrorResponse
	var status slack.StatusCodeError
	var limited *slack.RateLimitedError
	switch {
	case errors.As(err, &limited):
		t.why, after = "too many requests", max(limited.RetryAfter, time.Second)
	case errors.As(err, &refused):
		t.code = known(refused.Err)
		t.why = t.code + details(refused)
		if t.code == "ratelimited" || t.code == "rate_limited" || t.code == "message_limit_exceeded" {
			after = 30 * time.Second
		}
	case errors.As(err, &status):
		t.why = fmt.Sprintf("HTTP %d", status.Code)
		switch {
		case status.Code == http.StatusTooManyRequests:
			after = 5 * time.Second
		case status.Code == http.StatusRequestEntityTooLarge:
			t.code = "too_large"
		case status.Code < 500:
			// Something between us and Slack refuses, or the address is wrong.
			d.log().Error("slack refuses us", "method", method, "err", t.why, "todo", "check HEED_SLACK_API_URL and any proxy")
			after, reached = pauseFor, false
		}
	default:
		t.why, t.cause = describe(ctx, err)
	}
	if after > 0 {
		return reached, bot.TryAfter(t, after)
	}
	return reached, t
}

func describe(ctx context.Context, err error) (string, error) {
	var timeout net.Error
	var resolve *net.DNSError
	var cert *tls.CertificateVerificationError
	var op *net.OpError
	var syntax *json.SyntaxError
	var shape *json.UnmarshalTypeError
	switch {
	case ctx.Err() != nil:
		return ctx.Err().Error(), ctx.Err()
	case errors.As(err, &syntax), errors.As(err, &shape):
		return "the answer is not what Slack answers", nil
	case errors.As(err, &resolve):
		return "the host's name is not known", nil
	case errors.As(err, &cert):
		return "the host's certificate is not accepted", nil
	case errors.As(err, &timeout) && timeout.Timeout():
		return "no answer in time", nil
	case errors.As(err, &op):
		return op.Op + ": " + op.Err.Error(), nil
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "the connection was cut", nil
	}
	return "the request failed", nil
}

var (
	codeForm    = regexp.MustCompile(`^[a-z0-9_]{1,60}$`)
	pointerForm = regexp.MustCompile(`\[json-pointer:(/[A-Za-z0-9_/]{1,80})\]`)
	scopesForm  = regexp.MustCompile(`^[a-z:.,_ ]{1,200}$`)
)

func known(c string) string {
	if codeForm.MatchString(c) {
		return c
	}
	return "unknown_error"
}

// details says where in our blocks the fault is and which scope is missing.
func details(r slack.SlackErrorResponse) string {
	var at []string
	for _, m := range r.ResponseMetadata.Messages {
		if p := pointerForm.FindStringSubmatch(m); p != nil && len(at) < 3 {
			at = append(at, p[1])
		}
	}
	if scopesForm.MatchString(r.Needed) {
		at = append(at, "needs "+r.Needed)
	}
	if len(at) == 0 {
		return ""
	}
	return " (" + strings.Join(at, ", ") + ")"
}
