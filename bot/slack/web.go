package slack

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"

	"github.com/slack-go/slack"
)

// bodyMax is the largest request taken; Slack's own are far smaller.
const bodyMax = 1 << 20

// Events takes the events of HTTP mode, url_verification too.
func (d *Door) Events() http.Handler {
	return d.web(kindEvents, func(body []byte) ([]byte, bool) { return body, json.Valid(body) })
}

// Interactive takes presses and dialogs in HTTP mode: a form whose field
// payload holds JSON.
func (d *Door) Interactive() http.Handler {
	return d.web(kindInteractive, func(body []byte) ([]byte, bool) {
		form, err := url.ParseQuery(string(body))
		payload := []byte(form.Get("payload"))
		return payload, err == nil && json.Valid(payload)
	})
}

// Commands takes slash commands in HTTP mode: a form.
func (d *Door) Commands() http.Handler {
	return d.web(kindSlashCommand, func(body []byte) ([]byte, bool) {
		form, err := url.ParseQuery(string(body))
		if err != nil || form.Get("ssl_check") == "" && (form.Get("command") == "" || form.Get("user_id") == "") {
			return nil, false
		}
		flat := map[string]string{}
		for k := range form {
			flat[k] = form.Get(k)
		}
		raw, err := json.Marshal(flat)
		return raw, err == nil
	})
}

// web checks a request of Slack's and answers it: 405 for another method than
// POST, 413 for a body over bodyMax, 401 for a wrong signature, 400 for a body
// that is not what it should be, 500 for one that could not be kept.
func (d *Door) web(kind string, payload func([]byte) ([]byte, bool)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", http.MethodPost)
			http.Error(w, "POST only", http.StatusMethodNotAllowed)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, bodyMax))
		var large *http.MaxBytesError
		switch {
		case errors.As(err, &large):
			d.log().Warn("slack: a request that is too large", "path", r.URL.Path)
			http.Error(w, "too large", http.StatusRequestEntityTooLarge)
			return
		case err != nil:
			d.log().Warn("slack: a request that broke off", "path", r.URL.Path)
			http.Error(w, "the body broke off", http.StatusBadRequest)
			return
		case !d.signed(r.Header, body):
			d.log().Warn("slack: a request without a right signature", "path", r.URL.Path)
			http.Error(w, "wrong signature", http.StatusUnauthorized)
			return
		}
		raw, ok := payload(body)
		if !ok {
			d.log().Warn("slack: a signed request that is not what Slack sends", "path", r.URL.Path)
			http.Error(w, "not what Slack sends", http.StatusBadRequest)
			return
		}
		d.respond(w, r, kind, raw)
	})
}

func (d *Door) respond(w http.ResponseWriter, r *http.Request, kind string, raw []byte) {
	// What has begun is finished, also if Slack hangs up.
	ctx := context.WithoutCancel(r.Context())
	a := d.take(ctx, kind, raw)
	if a.err != nil {
		d.log().Error("slack: a request is not acknowledged", "type", kind, "err", a.err)
		http.Error(w, "not kept", http.StatusInternalServerError)
		return
	}
	var body []byte
	if a.body != nil {
		var err error
		if body, err = json.Marshal(a.body); err != nil {
			d.log().Error("slack: an answer could not be written", "type", kind, "err", err)
			http.Error(w, "no answer", http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(body) // if Slack has hung up, it asks again or the person does
	if a.then == nil {
		return
	}
	// The whole answer is out before what follows it: Slack waits for 3 seconds.
	if err := http.NewResponseController(w).Flush(); err != nil {
		go d.finish(ctx, a)
		return
	}
	d.finish(ctx, a)
}

// signed checks Slack's signature and that it is at most five minutes old
// (Slack docs, Verifying requests from Slack). Without a secret nothing is.
func (d *Door) signed(h http.Header, body []byte) bool {
	if d.SigningSecret == "" {
		return false
	}
	v, err := slack.NewSecretsVerifier(h, d.SigningSecret)
	if err != nil {
		return false
	}
	_, _ = v.Write(body) // a hash takes everything
	return v.Ensure() == nil
}
