package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/heedbot/heed/bot"
)

// maxAnswer bounds an answer that is read into memory: a hundred updates of
// the longest texts are far below it.
const maxAnswer = 32 << 20

// refusal is an answer that says no, or is not the Bot API's at all.
type refusal struct {
	method string
	code   int    // error_code, or the HTTP status where there is none
	text   string // description, without the token
	spoken bool   // the answer was the Bot API's JSON; otherwise some gateway's page
	after  time.Duration
}

func (r *refusal) Error() string {
	if !r.spoken {
		return fmt.Sprintf("%s: HTTP status %d and no answer of the Bot API", r.method, r.code)
	}
	return fmt.Sprintf("%s: %d %s", r.method, r.code, r.text)
}

// failure is a call without an answer.
type failure struct {
	method  string
	written bool // the request went out: it may have been done
	err     error
}

func (f *failure) Error() string { return f.method + ": " + f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

// refused tells whether Telegram refuses the token itself: 401, or 404 for one
// of a shape it does not take.
func refused(err error) bool {
	var r *refusal
	return errors.As(err, &r) && r.spoken && (r.code == http.StatusUnauthorized || r.code == http.StatusNotFound)
}

// api is the SDK's client. Its own look at getMe is skipped, so that it can be
// made while Telegram is down.
func (d *Door) api() (*tg.Bot, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.client != nil {
		return d.client, nil
	}
	c, err := tg.New(d.Token,
		tg.WithSkipGetMe(),
		tg.WithServerURL(d.base()),
		tg.WithHTTPClient(callFor, wire{d}),
		tg.WithErrorsHandler(func(err error) {
			d.log().Debug("telegram client", "channel", bot.Telegram, "err", d.plain(err))
		}))
	if err != nil {
		return nil, fmt.Errorf("make the telegram client: %w", d.plain(err))
	}
	d.client = c
	return c, nil
}

// call makes one call through the SDK and judges it by what was on the wire:
// the SDK's own errors do not tell whether a request was sent, and it takes a
// good answer for an error when it cannot decode a part that we do not need.
func (d *Door) call(ctx context.Context, method string, do func(context.Context, *tg.Bot) error) (json.RawMessage, error) {
	api, err := d.api()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, callFor)
	defer cancel()
	x := &exchange{}
	return x.outcome(d, method, do(context.WithValue(ctx, exchangeKey{}, x), api))
}

// post makes one call with JSON parameters, without the SDK.
func (d *Door) post(ctx context.Context, method string, params any, within time.Duration) (json.RawMessage, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	body, err := json.Marshal(params)
	if err != nil {
		return nil, fmt.Errorf("%s: encode the parameters: %w", method, err)
	}
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	x := &exchange{}
	ctx = context.WithValue(ctx, exchangeKey{}, x)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, d.base()+"/bot"+d.Token+"/"+method, bytes.NewReader(body))
	if err != nil {
		return nil, &failure{method: method, err: d.plain(err)}
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := wire{d}.Do(req)
	if err == nil {
		err = resp.Body.Close()
	}
	return x.outcome(d, method, err)
}

type exchangeKey struct{}

// exchange is what happened on the wire during one call.
type exchange struct {
	written  atomic.Bool
	answered bool
	status   int
	after    string // the header Retry-After
	body     []byte
	err      error
}

// outcome is the result of the call, a *refusal, or a *failure.
func (x *exchange) outcome(d *Door, method string, err error) (json.RawMessage, error) {
	if !x.answered {
		if x.err != nil {
			err = x.err
		}
		if err == nil {
			err = errors.New("no request was made")
		}
		return nil, &failure{method: method, written: x.written.Load(), err: d.plain(err)}
	}
	var answer struct {
		OK          *bool           `json:"ok"`
		Result      json.RawMessage `json:"result"`
		Code        int             `json:"error_code"`
		Description string          `json:"description"`
		Parameters  struct {
			RetryAfter int64 `json:"retry_after"`
		} `json:"parameters"`
	}
	if json.Unmarshal(x.body, &answer) != nil || answer.OK == nil {
		seconds, _ := strconv.ParseInt(x.after, 10, 64)
		return nil, &refusal{method: method, code: x.status, after: pauseOf(seconds)}
	}
	if *answer.OK {
		return answer.Result, nil
	}
	if answer.Code == 0 {
		answer.Code = x.status
	}
	return nil, &refusal{
		method: method,
		code:   answer.Code,
		text:   d.redact(bot.Cut(strings.ToValidUTF8(answer.Description, "?"), 200)),
		spoken: true,
		after:  pauseOf(answer.Parameters.RetryAfter),
	}
}

// pauseOf is a retry_after as a pause: at least a second, five where none was
// told, and a day at most, so that a wrong number does not end the channel.
func pauseOf(seconds int64) time.Duration {
	if seconds <= 0 {
		return 5 * time.Second
	}
	return time.Duration(min(seconds, 86400)) * time.Second
}

// wire is the HTTP client that the SDK uses. It sends a body whole, so that
// the connection can be retried safely before anything was written, follows no
// redirect, and notes what happened in the call's exchange.
type wire struct{ d *Door }

func (w wire) Do(req *http.Request) (*http.Response, error) {
	x, _ := req.Context().Value(exchangeKey{}).(*exchange)
	if x == nil {
		x = &exchange{}
	}
	resp, err := w.exchange(req, x)
	if err != nil {
		x.err = w.d.plain(err)
		return nil, x.err
	}
	return resp, nil
}

func (w wire) exchange(req *http.Request, x *exchange) (*http.Response, error) {
	var body []byte
	if req.Body != nil {
		var err error
		body, err = io.ReadAll(req.Body)
		_ = req.Body.Close()
		if err != nil {
			return nil, fmt.Errorf("write the request: %w", err)
		}
	}
	trace := &httptrace.ClientTrace{
		// Another connection is only taken when nothing was written on the
		// one before.
		GetConn:      func(string) { x.written.Store(false) },
		WroteHeaders: func() { x.written.Store(true) },
	}
	out := req.Clone(httptrace.WithClientTrace(req.Context(), trace))
	out.Body, out.GetBody, out.ContentLength = http.NoBody, nil, 0
	if len(body) > 0 {
		out.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
		out.Body, _ = out.GetBody()
		out.ContentLength = int64(len(body))
	}
	resp, err := w.d.http().Do(out)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	if err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	if len(answer) > maxAnswer {
		return nil, errors.New("read the answer: it is too long")
	}
	x.answered, x.status, x.after, x.body = true, resp.StatusCode, resp.Header.Get("Retry-After"), answer
	resp.Body = io.NopCloser(bytes.NewReader(answer))
	return resp, nil
}

// http is the client of the door: without a timeout of its own, because each
// call has one, and without redirects.
func (d *Door) http() *http.Client {
	c := http.Client{}
	if d.HTTP != nil {
		c = *d.HTTP
	}
	c.Timeout = 0
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &c
}

// plain is the error without the URL, and without the token wherever else it
// might stand.
func (d *Door) plain(err error) error {
	var u *url.Error
	for errors.As(err, &u) {
		err = u.Err
	}
	if text := err.Error(); d.redact(text) != text {
		return errors.New(d.redact(text))
	}
	return err
}

// redact takes the token out of a text.
func (d *Door) redact(s string) string {
	if d.Token == "" {
		return s
	}
	s = strings.ReplaceAll(s, d.Token, "***")
	s = strings.ReplaceAll(s, url.PathEscape(d.Token), "***")
	s = strings.ReplaceAll(s, url.QueryEscape(d.Token), "***")
	if _, secret, _ := strings.Cut(d.Token, ":"); len(secret) >= 8 {
		s = strings.ReplaceAll(s, secret, "***")
	}
	return s
}
