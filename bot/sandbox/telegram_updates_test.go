package sandbox_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"github.com/heedbot/heed/bot/sandbox"
)

func TestTelegramOffsetConfirmsAndDeletes(t *testing.T) {
	w := newTGWorld(t)
	w.phone.Text("one")
	w.phone.Text("two")
	first := w.updates(0)
	if len(first) != 3 || first[1].Message.Text != "one" || first[1].ID != first[0].ID+1 {
		t.Fatalf("first poll: %+v", first)
	}
	if again := w.updates(0); len(again) != 3 {
		t.Errorf("an unconfirmed update must come again, got %d", len(again))
	}
	rest := w.updates(first[1].ID + 1)
	if len(rest) != 1 || rest[0].Message.Text != "two" {
		t.Fatalf("after the offset: %+v", rest)
	}
	if back := w.updates(first[0].ID); len(back) != 1 {
		t.Errorf("confirmed updates came back: %+v", back)
	}
	w.phone.Text("three")
	w.phone.Text("four")
	if end := w.updates(-1); len(end) != 1 || end[0].Message.Text != "four" || w.tg.Pending() != 1 {
		t.Errorf("negative offset: %+v, %d pending", end, w.tg.Pending())
	}
	var limited tgUpdates
	w.phone.Text("five")
	w.must("getUpdates", map[string]any{"limit": 1}, &limited)
	if len(limited) != 1 || limited[0].Message.Text != "four" {
		t.Errorf("limit 1: %+v", limited)
	}
}

func TestTelegramLongPollEndsWhenSomethingComes(t *testing.T) {
	w := newTGWorld(t)
	w.confirmAll()
	got := make(chan tgAnswer, 1)
	go func() { got <- w.call("getUpdates", map[string]any{"timeout": 50}) }()
	tgEventually(t, "the poll started", func() bool {
		return len(w.tg.Calls()) > 0 && w.tg.Calls()[len(w.tg.Calls())-1].Params["timeout"] == "50"
	})
	w.phone.Text("hello")
	if a := <-got; !a.OK || !strings.Contains(string(a.Result), `"hello"`) {
		t.Errorf("long poll: %+v", a)
	}
}

func TestTelegramSecondPollerEndsTheFirst(t *testing.T) {
	w := newTGWorld(t)
	w.confirmAll()
	first := make(chan tgAnswer, 1)
	go func() { first <- w.call("getUpdates", map[string]any{"timeout": 50}) }()
	var a tgAnswer
	second := make(chan tgAnswer, 1)
	tgEventually(t, "first poll waits", func() bool { return w.tg.Calls()[len(w.tg.Calls())-1].Params["timeout"] == "50" })
	for done := false; !done; {
		go func() { second <- w.call("getUpdates", map[string]any{"timeout": 1}) }()
		select {
		case a = <-first:
			done = true
		case <-second:
		}
	}
	if a.Code != 409 || !strings.Contains(a.Description, "terminated by other getUpdates") {
		t.Errorf("first poller: %+v", a)
	}
}

func TestTelegramAllowedUpdatesAreRemembered(t *testing.T) {
	w := newTGWorld(t)
	w.confirmAll()
	w.must("getUpdates", map[string]any{"allowed_updates": []string{"message"}}, nil)
	m := w.phone.Text("wrng")
	w.phone.Edit(m.ID, "wrong")
	w.must("getUpdates", nil, nil)
	w.phone.Block()
	if got := w.updates(0); len(got) != 1 || got[0].Message == nil {
		t.Errorf("only messages were asked for: %+v", got)
	}
	w.must("getUpdates", map[string]any{"allowed_updates": []string{}}, nil)
	w.phone.Unblock()
	if got := w.updates(0); len(got) != 2 || got[1].Member == nil || got[1].Member.New.Status != "member" {
		t.Errorf("an empty list means the default: %+v", got)
	}
}

func TestTelegramUpdatesWaitADay(t *testing.T) {
	w := newTGWorld(t)
	w.clock.Advance(25 * time.Hour)
	w.phone.Text("late")
	if got := w.updates(0); len(got) != 1 || got[0].Message.Text != "late" {
		t.Errorf("an update older than a day is lost: %+v", got)
	}
	before := w.updates(0)[0].ID
	w.confirmAll()
	w.clock.Advance(8 * 24 * time.Hour)
	w.phone.Text("after a week")
	got := w.updates(before + 1)
	if len(got) != 1 || got[0].ID == before+1 {
		t.Errorf("after a quiet week the ids start somewhere else: %+v (before %d)", got, before)
	}
}

func TestTelegramUpdateShapes(t *testing.T) {
	w := newTGWorld(t)
	w.confirmAll()
	w.phone.Text("xin chào 🎉 /help me")
	m := w.phone.Text("old")
	w.clock.Advance(time.Minute)
	w.phone.Edit(m.ID, "new")
	w.phone.Press(m.ID, "forged")
	w.phone.Press(999, "gone")
	w.phone.Block()
	w.phone.Raw(map[string]any{"poison": map[string]any{"x": 1}})
	raw := w.call("getUpdates", nil).Result
	var got tgUpdates
	if err := json.Unmarshal(raw, &got); err != nil {
		t.Fatal(err)
	}
	if len(got) != 7 {
		t.Fatalf("got %s", raw)
	}
	if e := got[0].Message.Entities; len(e) != 1 || e[0].Type != "bot_command" || e[0].Offset != 12 || e[0].Length != 5 {
		t.Errorf("command entity in UTF-16 units: %+v", e)
	}
	if got[0].Message.From.Language != "vi" {
		t.Errorf("language: %+v", got[0].Message.From)
	}
	if got[2].Edited == nil || got[2].Edited.Text != "new" || got[2].Edited.EditDate != w.clock.Now().Unix() {
		t.Errorf("edit: %+v", got[2].Edited)
	}
	if c := got[3].Callback; c.Data != "forged" || c.Message.Text != "new" {
		t.Errorf("press: %+v", c)
	}
	if c := got[4].Callback; c.Message.Date != 0 || c.Message.ID != 999 {
		t.Errorf("press on a message that is gone: %+v", c)
	}
	if got[5].Member.New.Status != "kicked" {
		t.Errorf("block: %+v", got[5].Member)
	}
	// What the real library makes of them.
	var parsed []*models.Update
	if err := json.Unmarshal(raw, &parsed); err != nil {
		t.Fatalf("go-telegram/bot can't read the updates: %v", err)
	}
	if parsed[0].Message.Chat.Type != models.ChatTypePrivate || parsed[0].Message.Chat.ID != linh.ID || parsed[0].Message.Date != int(newTGClock().Now().Unix()) {
		t.Errorf("message: %+v", parsed[0].Message)
	}
	if parsed[4].CallbackQuery.Message.Type != models.MaybeInaccessibleMessageTypeInaccessibleMessage {
		t.Errorf("inaccessible message: %+v", parsed[4].CallbackQuery.Message)
	}
	if parsed[6].ID != parsed[5].ID+1 {
		t.Errorf("raw update id: %d after %d", parsed[6].ID, parsed[5].ID)
	}
}

func TestTelegramThroughTheLibrarysPoller(t *testing.T) {
	w := newTGWorld(t)
	heard := make(chan string, 10)
	b, err := bot.New(tgToken, bot.WithServerURL(w.url), bot.WithNotAsyncHandlers(), bot.WithDefaultHandler(
		func(ctx context.Context, b *bot.Bot, u *models.Update) {
			heard <- u.Message.Text
			if _, err := b.SendMessage(ctx, &bot.SendMessageParams{ChatID: u.Message.Chat.ID, Text: "echo " + u.Message.Text}); err != nil {
				t.Errorf("send: %v", err)
			}
		}))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() { b.Start(ctx) })
	w.phone.Text("a")
	w.phone.Text("b")
	if got := []string{<-heard, <-heard, <-heard}; !slices.Equal(got, []string{"/start", "a", "b"}) {
		t.Errorf("heard %v", got)
	}
	tgEventually(t, "the answers", func() bool { return w.last().Text == "echo b" })
	tgEventually(t, "all is confirmed", func() bool { return w.tg.Pending() == 0 })
	cancel()
	wg.Wait()
}

// tgHook is a webhook that records and can fail.
type tgHook struct {
	mu      sync.Mutex
	bodies  []string
	secrets []string
	status  []int
}

func (h *tgHook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	h.mu.Lock()
	defer h.mu.Unlock()
	status := 200
	if len(h.status) > 0 {
		status, h.status = h.status[0], h.status[1:]
	}
	if status == 200 {
		var u tgUpdates
		_ = json.Unmarshal([]byte("["+string(body)+"]"), &u)
		h.bodies = append(h.bodies, u[0].Message.Text)
	}
	h.secrets = append(h.secrets, r.Header.Get("X-Telegram-Bot-Api-Secret-Token"))
	w.WriteHeader(status)
}

func (h *tgHook) heard() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.bodies)
}

func TestTelegramWebhook(t *testing.T) {
	w := newTGWorld(t)
	w.tg.WebhookBackoff = time.Millisecond
	h := &tgHook{status: []int{500, 302, 503}}
	server := httptest.NewServer(h)
	defer server.Close()
	if _, err := w.sdk().SetWebhook(context.Background(), &bot.SetWebhookParams{URL: server.URL + "/in", SecretToken: "s3cret_-", MaxConnections: 3}); err != nil {
		t.Fatal(err)
	}
	w.phone.Text("one")
	w.phone.Text("two")
	tgEventually(t, "delivery in order after failures", func() bool { return slices.Equal(h.heard(), []string{"/start", "one", "two"}) })
	tgEventually(t, "nothing pending", func() bool { return w.tg.Pending() == 0 })
	h.mu.Lock()
	if len(h.secrets) != 6 || slices.ContainsFunc(h.secrets, func(s string) bool { return s != "s3cret_-" }) {
		t.Errorf("secret header: %q", h.secrets)
	}
	h.mu.Unlock()
	info, err := w.sdk().GetWebhookInfo(context.Background())
	if err != nil || info.URL != server.URL+"/in" || info.MaxConnections != 3 || !strings.Contains(info.LastErrorMessage, "503") {
		t.Errorf("info: %+v %v", info, err)
	}
	w.refuse(409, "while webhook is active", "getUpdates", nil)
	w.tg.Duplicate(1)
	w.phone.Text("twice")
	tgEventually(t, "a duplicate", func() bool { return slices.Equal(h.heard()[3:], []string{"twice", "twice"}) })
	w.tg.Reorder(3)
	for _, s := range []string{"1", "2", "3"} {
		w.phone.Text(s)
	}
	tgEventually(t, "reversed order", func() bool { return slices.Equal(h.heard()[5:], []string{"3", "2", "1"}) })
	w.must("deleteWebhook", nil, nil)
	w.phone.Text("polled")
	if got := w.updates(0); len(got) != 1 || got[0].Message.Text != "polled" {
		t.Errorf("after deleteWebhook: %+v", got)
	}
}

func TestTelegramWebhookRefusals(t *testing.T) {
	w := newTGWorld(t)
	for url, words := range map[string]string{
		"http://example.com/x":       "HTTPS URL must be provided",
		"https://example.com:9000/x": "only on ports",
		"ftp://example.com":          "invalid webhook URL",
		"https://":                   "invalid webhook URL",
	} {
		w.refuse(400, words, "setWebhook", map[string]any{"url": url})
	}
	w.refuse(400, "unallowed characters", "setWebhook", map[string]any{"url": "http://127.0.0.1:1/", "secret_token": "a b"})
	w.refuse(400, "too long", "setWebhook", map[string]any{"url": "http://127.0.0.1:1/", "secret_token": strings.Repeat("a", 257)})
	w.refuse(400, "max_connections", "setWebhook", map[string]any{"url": "http://127.0.0.1:1/", "max_connections": 101})
	if w.updates(0) == nil {
		t.Error("a refused webhook must not stop polling")
	}
}

func TestTelegramDuplicateWhilePolling(t *testing.T) {
	w := newTGWorld(t)
	w.confirmAll()
	w.tg.Duplicate(1)
	w.phone.Text("once")
	first := w.updates(0)
	second := w.updates(first[0].ID + 1)
	if len(second) != 1 || second[0].ID != first[0].ID {
		t.Fatalf("the update must come again with its id: %+v", second)
	}
	if third := w.updates(first[0].ID + 1); len(third) != 0 || w.tg.Pending() != 0 {
		t.Errorf("only twice: %+v", third)
	}
}

func TestTelegramCloseLeavesNothingBehind(t *testing.T) {
	before := runtime.NumGoroutine()
	tg := sandbox.NewTelegram(nil, tgToken)
	phone := tg.Phone(linh)
	ask := func(method, body string) *httptest.ResponseRecorder {
		rec := httptest.NewRecorder()
		req := httptest.NewRequest("POST", "/bot"+tgToken+"/"+method, strings.NewReader(body))
		req.Header.Set("Content-Type", "application/json")
		tg.ServeHTTP(rec, req)
		return rec
	}
	polled := make(chan int, 1)
	go func() { polled <- ask("getUpdates", `{"timeout":50}`).Code }()
	tgEventually(t, "a poll waits", func() bool { return len(tg.Calls()) == 1 })
	if code := ask("setWebhook", `{"url":"http://127.0.0.1:1/"}`).Code; code != 200 {
		t.Fatalf("setWebhook: %d", code)
	}
	if code := <-polled; code != 409 {
		t.Errorf("the poll ends with 409 when a webhook is set, got %d", code)
	}
	phone.Text("never delivered")
	tg.Close()
	tg.Close()
	if rec := ask("getMe", ""); rec.Code != 500 {
		t.Errorf("after Close: %d", rec.Code)
	}
	tgEventually(t, "goroutines are gone", func() bool { return runtime.NumGoroutine() <= before })
}
