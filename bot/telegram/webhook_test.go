package telegram

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/sandbox"
)

const hookSecret = "hook-secret_1"

func TestWebhookAnswers(t *testing.T) {
	text := `{"update_id":7,"message":{"message_id":1,"date":1767960000,"chat":{"id":5,"type":"private"},"text":"private words"}}`
	for name, c := range map[string]struct {
		method, secret, body string
		fail                 error
		status               int
		kept                 []string
	}{
		"a message":             {secret: hookSecret, body: text, status: 200, kept: []string{"message private words"}},
		"wrong secret":          {secret: "guess", body: text, status: 401},
		"no secret":             {body: text, status: 401},
		"longer secret":         {secret: hookSecret + "x", body: text, status: 401},
		"GET":                   {method: http.MethodGet, secret: hookSecret, body: text, status: 405},
		"GET without secret":    {method: http.MethodGet, status: 405},
		"too long":              {secret: hookSecret, body: `{"update_id":7,"x":"` + strings.Repeat("x", maxBody) + `"}`, status: 413},
		"as long as may be":     {secret: hookSecret, body: text + strings.Repeat(" ", maxBody-len(text)), status: 200, kept: []string{"message private words"}},
		"not JSON":              {secret: hookSecret, body: "private words", status: 400},
		"half":                  {secret: hookSecret, body: text[:40], status: 400},
		"two":                   {secret: hookSecret, body: text + text, status: 400},
		"nothing":               {secret: hookSecret, status: 400},
		"no number":             {secret: hookSecret, body: `{"private":"words"}`, status: 200, kept: []string{"unread "}},
		"a list":                {secret: hookSecret, body: `["private words"]`, status: 200, kept: []string{"unread "}},
		"unknown kind":          {secret: hookSecret, body: `{"update_id":7,"private words":1}`, status: 200, kept: []string{"unread "}},
		"a group":               {secret: hookSecret, body: strings.Replace(text, "private", "group", 1), status: 200},
		"cannot be kept":        {secret: hookSecret, body: text, fail: errDisk, status: 500},
		"unread cannot be kept": {secret: hookSecret, body: "[]", fail: errDisk, status: 500},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.desk.failWith(c.fail)
			if c.method == "" {
				c.method = http.MethodPost
			}
			r := httptest.NewRequest(c.method, "/telegram", strings.NewReader(c.body))
			if c.secret != "" {
				r.Header.Set("X-Telegram-Bot-Api-Secret-Token", c.secret)
			}
			rec := httptest.NewRecorder()
			w.door.Webhook(hookSecret).ServeHTTP(rec, r)
			if rec.Code != c.status || rec.Body.Len() > 0 {
				t.Errorf("status %d, want %d; body %q", rec.Code, c.status, rec.Body)
			}
			if got := w.desk.texts(); !slices.Equal(got, c.kept) {
				t.Errorf("kept %q, want %q", got, c.kept)
			}
			if log := w.log.String(); strings.Contains(log, "words") || strings.Contains(log, hookSecret) || strings.Contains(log, "guess") {
				t.Errorf("the log says too much: %s", log)
			} else if lines := strings.Count(log, "\n"); c.status != 200 && c.status != 405 && lines != 1 {
				t.Errorf("%d lines in the log, want 1: %s", lines, log)
			}
		})
	}
}

func TestWebhookWithoutSecretLetsNobodyIn(t *testing.T) {
	w := newWorld(t)
	rec := httptest.NewRecorder()
	w.door.Webhook("").ServeHTTP(rec, httptest.NewRequest(http.MethodPost, "/telegram", strings.NewReader(`{"update_id":1}`)))
	if rec.Code != http.StatusUnauthorized {
		t.Errorf("status %d", rec.Code)
	}
}

func TestWebhookInOrderAndAgainAfterFailure(t *testing.T) {
	w := newWorld(t)
	server := httptest.NewServer(w.door.Webhook(hookSecret))
	t.Cleanup(server.Close)
	w.desk.failWith(errDisk)
	w.tg.Duplicate(1)
	var want []string
	for i := range 20 {
		w.tg.Phone(sandbox.User{ID: int64(100 + i%4), FirstName: "P"}).Text(fmt.Sprint(i))
		want = append(want, fmt.Sprint("message ", i))
	}
	if err := w.door.SetWebhook(context.Background(), server.URL+"/telegram", hookSecret); err != nil {
		t.Fatal(err)
	}
	w.until("a failure", func() bool { return strings.Contains(w.log.String(), "disk is full") })
	w.desk.failWith(nil)
	w.until("all", func() bool { return len(w.desk.texts()) == 20 && w.tg.Pending() == 0 })
	slices.Sort(want)
	got := w.desk.texts()
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("kept %q", got)
	}
	call := w.callsOf("setWebhook")[0].Params
	if call["max_connections"] != "1" || call["secret_token"] != hookSecret || call["allowed_updates"] != `["message","edited_message","callback_query","my_chat_member"]` {
		t.Errorf("set with %v", call)
	}
}

func TestSetWebhookErrorsNameTheSetting(t *testing.T) {
	ctx := context.Background()
	w := newWorld(t)
	for _, secret := range []string{"", "with space", "ż", strings.Repeat("x", 257)} {
		if err := w.door.SetWebhook(ctx, "https://heed.example/telegram", secret); err == nil || !strings.Contains(err.Error(), "HEED_TELEGRAM_WEBHOOK_SECRET") {
			t.Errorf("%q: %v", secret, err)
		}
	}
	if err := w.door.SetWebhook(ctx, "http://heed.example/telegram", hookSecret); err == nil || !strings.Contains(err.Error(), "HEED_PUBLIC_URL") {
		t.Errorf("plain http: %v", err)
	}
	w.tg.Fail(sandbox.Fault{Method: "setWebhook", Status: 401})
	if err := w.door.SetWebhook(ctx, "https://heed.example/telegram", hookSecret); err == nil || !strings.Contains(err.Error(), "HEED_TELEGRAM_TOKEN") {
		t.Errorf("401: %v", err)
	}
	w.tg.Fail(sandbox.Fault{Method: "setWebhook", Status: 429, RetryAfter: 3})
	if err := w.door.SetWebhook(ctx, "https://heed.example/telegram", hookSecret); bot.Pause(err) == 0 {
		t.Errorf("429: %v", err)
	}
}
