package slack

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"
)

func signed(secret, body string, at time.Time) *http.Request {
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = io.WriteString(mac, "v0:"+stamp+":"+body)
	r := httptest.NewRequest(http.MethodPost, "/slack", strings.NewReader(body))
	r.Header.Set("X-Slack-Request-Timestamp", stamp)
	r.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	return r
}

func TestRequestsThatAreNotSlacks(t *testing.T) {
	w := newWorld(t)
	w.slack.EventsURL = "http://127.0.0.1/" // unused; the requests are made here
	secret := w.slack.SigningSecret
	event := `{"type":"event_callback","event":{"type":"message","text":"hi"}}`
	now := time.Now()
	for _, h := range []http.Handler{w.door.Events(), w.door.Interactive(), w.door.Commands()} {
		status := func(r *http.Request) int {
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, r)
			return rec.Code
		}
		unsigned := signed(secret, event, now)
		unsigned.Header.Del("X-Slack-Signature")
		altered := signed(secret, event, now)
		altered.Body = io.NopCloser(strings.NewReader(event + " "))
		for name, c := range map[string]struct {
			r    *http.Request
			want int
		}{
			"unsigned":     {unsigned, 401},
			"altered":      {altered, 401},
			"other secret": {signed("other", event, now), 401},
			"old":          {signed(secret, event, now.Add(-6*time.Minute)), 401},
			"from ahead":   {signed(secret, event, now.Add(6*time.Minute)), 401},
			"too large":    {signed(secret, strings.Repeat("x", bodyMax+1), now), 413},
			"not JSON":     {signed(secret, `payload={`, now), 400},
			"empty":        {signed(secret, "", now), 400},
			"bad form":     {signed(secret, "payload=%zz&command=%zz", now), 400},
			"GET":          {httptest.NewRequest(http.MethodGet, "/slack", nil), 405},
		} {
			if got := status(c.r); got != c.want {
				t.Errorf("%s: %d, want %d", name, got, c.want)
			}
		}
	}
	if len(w.kept.all()) != 0 {
		t.Error("something was kept")
	}
	closed := &Door{Keep: w.kept, Desk: w.desk}
	rec := httptest.NewRecorder()
	closed.Events().ServeHTTP(rec, signed("", event, now))
	if rec.Code != 401 {
		t.Errorf("without a secret: %d", rec.Code)
	}
}

func TestURLVerification(t *testing.T) {
	w := newWorld(t)
	app := httptest.NewServer(w.door.Events())
	t.Cleanup(app.Close)
	w.slack.EventsURL = app.URL
	if err := w.slack.VerifyURL(); err != nil {
		t.Error(err)
	}
}

func TestSignedButStrange(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		h    http.Handler
		body string
	}{
		{w.door.Events(), `[1]`},
		{w.door.Events(), `{"type":"event_callback_2"}`},
		{w.door.Interactive(), url.Values{"payload": {`{"type":"new"}`}}.Encode()},
	} {
		rec := httptest.NewRecorder()
		c.h.ServeHTTP(rec, signed(w.slack.SigningSecret, c.body, time.Now()))
		if rec.Code != 200 {
			t.Errorf("%s: %d", c.body, rec.Code)
		}
	}
	if n := len(w.kept.all()); n != 3 {
		t.Errorf("%d of 3 were kept", n)
	}
	rec := httptest.NewRecorder()
	w.door.Commands().ServeHTTP(rec, signed(w.slack.SigningSecret, "ssl_check=1&token=x", time.Now()))
	if rec.Code != 200 || len(w.kept.all()) != 3 {
		t.Errorf("Slack's check of the certificate: %d", rec.Code)
	}
}
