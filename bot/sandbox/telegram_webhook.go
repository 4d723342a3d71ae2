package sandbox

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"time"
)

var secretPattern = regexp.MustCompile(`^[A-Za-z0-9_-]*$`)

// tgWebhook delivers updates to one address.
type tgWebhook struct {
	url         string
	secret      string
	connections int
	certificate bool
	ip          string
	flights     int
	lastError   string
	lastErrorAt time.Time
	stop        context.CancelFunc
}

// setWebhook follows Telegram Bot API 10.1. An address on this machine may be http and have any port.
func (t *Telegram) setWebhook(c *tgCall) (any, *tgError) {
	address := c.text("url")
	if address == "" {
		return t.deleteWebhook(c)
	}
	if err := checkWebhookURL(address); err != nil {
		return nil, err
	}
	secret := c.text("secret_token")
	if len(secret) > 256 {
		return nil, badRequest("secret token is too long")
	}
	if !secretPattern.MatchString(secret) {
		return nil, badRequest("secret token contains unallowed characters")
	}
	if n := c.int("max_connections"); c.has("max_connections") && (n < 1 || n > 100) {
		return nil, badRequest("max_connections must be between 1 and 100")
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := t.remember(c); err != nil {
		return nil, err
	}
	select {
	case <-t.closed:
		return nil, &tgError{code: 500, text: "Internal Server Error: restart"}
	default:
	}
	t.abortPoll()
	t.stopHook()
	if c.bool("drop_pending_updates") {
		t.queue, t.again = nil, nil
	}
	_, uploaded := c.uploads["certificate"]
	ctx, cancel := context.WithCancel(context.Background())
	hook := &tgWebhook{url: address, secret: secret, connections: int(c.limited("max_connections", 40, 1, 100)),
		certificate: uploaded, ip: c.text("ip_address"), stop: cancel}
	t.hook = hook
	t.nudge()
	t.running.Add(1)
	go func() {
		defer t.running.Done()
		t.deliver(ctx, hook)
	}()
	return tgNoted{result: true, note: "Webhook was set"}, nil
}

// checkWebhookURL asks for https and one of the four ports, unless the host is this machine.
func checkWebhookURL(address string) *tgError {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http" {
		return badRequest("invalid webhook URL specified")
	}
	if ip := net.ParseIP(u.Hostname()); u.Hostname() == "localhost" || ip != nil && ip.IsLoopback() {
		return nil
	}
	if u.Scheme != "https" {
		return badRequest("bad webhook: An HTTPS URL must be provided for webhook")
	}
	if !slices.Contains([]string{"", "443", "80", "88", "8443"}, u.Port()) {
		return badRequest("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
	}
	return nil
}

func (t *Telegram) deleteWebhook(c *tgCall) (any, *tgError) {
	t.mu.Lock()
	defer t.mu.Unlock()
	note := "Webhook is already deleted"
	if t.hook != nil {
		note = "Webhook was deleted"
	}
	t.stopHook()
	if c.bool("drop_pending_updates") {
		t.queue, t.again = nil, nil
	}
	return tgNoted{result: true, note: note}, nil
}

// stopHook ends deliveries; those under way are given up and their updates stay. The caller holds mu.
func (t *Telegram) stopHook() {
	if t.hook == nil {
		return
	}
	t.hook.stop()
	t.hook = nil
	for _, u := range append(slices.Clone(t.queue), t.again...) {
		u.inFlight, u.wakeAt, u.failures = false, time.Time{}, 0
	}
}

func (t *Telegram) webhookInfo() map[string]any {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.expire()
	m := map[string]any{"url": "", "has_custom_certificate": false, "pending_update_count": len(t.queue) + len(t.again)}
	if t.allowed != nil {
		m["allowed_updates"] = t.allowed
	}
	if h := t.hook; h != nil {
		m["url"], m["has_custom_certificate"], m["max_connections"], m["ip_address"] = h.url, h.certificate, h.connections, "<unknown>"
		if h.ip != "" {
			m["ip_address"] = h.ip
		}
		if h.lastError != "" {
			m["last_error_date"], m["last_error_message"] = h.lastErrorAt.Unix(), h.lastError
		}
	}
	return m
}

// deliver starts a delivery for each update whose turn it is. Updates of one chat go one after the other;
// different chats go side by side, up to max_connections.
func (t *Telegram) deliver(ctx context.Context, hook *tgWebhook) {
	client := t.WebhookClient
	if client == nil {
		transport := &http.Transport{}
		defer transport.CloseIdleConnections()
		client = &http.Client{Timeout: time.Minute, Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		}}
	}
	for ctx.Err() == nil {
		t.mu.Lock()
		wake := t.wake
		u, wait := t.next(hook)
		t.mu.Unlock()
		if u != nil {
			t.running.Add(1)
			go func() {
				defer t.running.Done()
				t.settle(ctx, hook, u, t.postUpdate(ctx, client, hook, u))
			}()
			continue
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-wake:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// next takes the update to deliver now, or tells how long nothing will be due. The caller holds mu.
func (t *Telegram) next(hook *tgWebhook) (*tgUpdate, time.Duration) {
	t.expire()
	wait := time.Hour
	waiting := append(slices.Clone(t.queue), t.again...)
	if hook != t.hook || hook.flights >= hook.connections {
		return nil, wait
	}
	take := func(u *tgUpdate) (*tgUpdate, time.Duration) {
		u.inFlight = true
		hook.flights++
		return u, 0
	}
	if t.reorder > 0 && len(waiting) > 0 {
		if hook.flights > 0 || len(waiting) < t.reorder {
			return nil, wait
		}
		t.reorder--
		return take(waiting[t.reorder])
	}
	busy := map[int64]bool{}
	for _, u := range waiting {
		if u.inFlight {
			busy[u.chat] = true
		}
	}
	for _, u := range waiting {
		if busy[u.chat] {
			continue
		}
		if due := time.Until(u.wakeAt); due > 0 {
			wait = min(wait, due)
			busy[u.chat] = true
			continue
		}
		return take(u)
	}
	return nil, wait
}

// postUpdate returns what went wrong, or "".
func (t *Telegram) postUpdate(ctx context.Context, client *http.Client, hook *tgWebhook, u *tgUpdate) string {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, hook.url, bytes.NewReader(u.body))
	if err != nil {
		return "Wrong webhook URL"
	}
	req.Header.Set("Content-Type", "application/json")
	if hook.secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", hook.secret)
	}
	resp, err := client.Do(req)
	if err != nil {
		return "Connection failed"
	}
	defer func() { _ = resp.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<20))
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return fmt.Sprintf("Wrong response from the webhook: %d %s", resp.StatusCode, http.StatusText(resp.StatusCode))
	}
	return ""
}

// settle forgets a delivered update or plans its repetition.
func (t *Telegram) settle(ctx context.Context, hook *tgWebhook, u *tgUpdate, problem string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	defer t.nudge()
	hook.flights--
	if ctx.Err() != nil {
		return
	}
	u.inFlight = false
	if problem != "" {
		backoff := t.WebhookBackoff
		if backoff <= 0 {
			backoff = 100 * time.Millisecond
		}
		u.wakeAt = time.Now().Add(backoff << min(u.failures, 5))
		u.failures++
		hook.lastError, hook.lastErrorAt = problem, t.Clock.Now()
		return
	}
	drop := func(list []*tgUpdate) []*tgUpdate {
		return slices.DeleteFunc(list, func(o *tgUpdate) bool { return o == u })
	}
	t.queue, t.again = drop(t.queue), drop(t.again)
	if u.twice {
		u.twice = false
		t.again = append(t.again, u)
	}
}
