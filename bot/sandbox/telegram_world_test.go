package sandbox_test

import (
	"bytes"
	"encoding/json"
	"image"
	"image/jpeg"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-telegram/bot"

	"github.com/heedbot/heed/bot/sandbox"
)

const tgToken = "7000001:sandbox-secret"

var linh = sandbox.User{ID: 5_000_000_001, FirstName: "Linh", LastName: "Tran", Username: "linh", LanguageCode: "vi"}

// tgClock is set by hand.
type tgClock struct {
	mu  sync.Mutex
	now time.Time
}

func newTGClock() *tgClock {
	return &tgClock{now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
}

func (c *tgClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *tgClock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// tgWorld is a running sandbox with one customer, who has started the bot.
type tgWorld struct {
	t     *testing.T
	tg    *sandbox.Telegram
	clock *tgClock
	url   string
	phone *sandbox.Phone
}

func newTGWorld(t *testing.T) *tgWorld {
	t.Helper()
	clock := newTGClock()
	tg := sandbox.NewTelegram(clock, tgToken)
	server := httptest.NewServer(tg)
	t.Cleanup(func() {
		tg.Close()
		server.Close()
	})
	w := &tgWorld{t: t, tg: tg, clock: clock, url: server.URL, phone: tg.Phone(linh)}
	w.phone.Start("")
	return w
}

// sdk is the bot's side through the real library.
func (w *tgWorld) sdk() *bot.Bot {
	w.t.Helper()
	b, err := bot.New(tgToken, bot.WithServerURL(w.url))
	if err != nil {
		w.t.Fatalf("bot.New: %v", err)
	}
	return b
}

// tgAnswer is an answer of the server.
type tgAnswer struct {
	OK          bool
	Result      json.RawMessage
	Description string
	Code        int `json:"error_code"`
	Parameters  struct {
		RetryAfter int `json:"retry_after"`
	}
}

// call calls a method with a JSON body.
func (w *tgWorld) call(method string, params map[string]any) tgAnswer {
	w.t.Helper()
	var body []byte
	if params != nil {
		var err error
		if body, err = json.Marshal(params); err != nil {
			w.t.Fatal(err)
		}
	}
	return w.post(w.url+"/bot"+tgToken+"/"+method, "application/json", body)
}

func (w *tgWorld) post(url, contentType string, body []byte) tgAnswer {
	w.t.Helper()
	resp, err := http.Post(url, contentType, bytes.NewReader(body))
	if err != nil {
		w.t.Fatalf("post: %v", err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	var a tgAnswer
	if err := json.Unmarshal(raw, &a); err != nil {
		w.t.Fatalf("answer %q: %v", raw, err)
	}
	if a.OK != (resp.StatusCode == 200) || !a.OK && a.Code != resp.StatusCode {
		w.t.Errorf("status %d does not fit %s", resp.StatusCode, raw)
	}
	return a
}

// must calls a method that has to succeed and decodes its result.
func (w *tgWorld) must(method string, params map[string]any, into any) {
	w.t.Helper()
	a := w.call(method, params)
	if !a.OK {
		w.t.Fatalf("%s: %d %s", method, a.Code, a.Description)
	}
	if into != nil {
		if err := json.Unmarshal(a.Result, into); err != nil {
			w.t.Fatalf("%s result: %v", method, err)
		}
	}
}

// refuse calls a method that has to fail with this code and a description that contains the words.
func (w *tgWorld) refuse(code int, words, method string, params map[string]any) {
	w.t.Helper()
	a := w.call(method, params)
	if a.OK || a.Code != code || !strings.Contains(a.Description, words) {
		w.t.Errorf("%s: got %v %d %q, want %d with %q", method, a.OK, a.Code, a.Description, code, words)
	}
}

type tgUpdates []struct {
	ID      int64 `json:"update_id"`
	Message *struct {
		ID       int64 `json:"message_id"`
		Text     string
		Group    string `json:"media_group_id"`
		Caption  string
		Entities []struct {
			Type           string
			Offset, Length int
		}
		Photo []struct {
			ID    string `json:"file_id"`
			Width int
			Size  int `json:"file_size"`
		}
		From struct {
			Language string `json:"language_code"`
		}
	}
	Edited *struct {
		Text     string
		EditDate int64 `json:"edit_date"`
	} `json:"edited_message"`
	Callback *struct {
		ID      string
		Data    string
		Message struct {
			Date int64
			ID   int64 `json:"message_id"`
			Text string
		}
	} `json:"callback_query"`
	Member *struct {
		New struct{ Status string } `json:"new_chat_member"`
	} `json:"my_chat_member"`
}

// updates asks for updates without waiting.
func (w *tgWorld) updates(offset int64) tgUpdates {
	w.t.Helper()
	var u tgUpdates
	w.must("getUpdates", map[string]any{"offset": offset}, &u)
	return u
}

// confirmAll empties the queue.
func (w *tgWorld) confirmAll() {
	w.t.Helper()
	offset := int64(0)
	for range 100 {
		u := w.updates(offset)
		if len(u) == 0 {
			return
		}
		offset = u[len(u)-1].ID + 1
	}
	w.t.Fatal("the updates never end")
}

// last is the newest message the customer sees.
func (w *tgWorld) last() sandbox.Message {
	w.t.Helper()
	all := w.phone.Messages()
	if len(all) == 0 {
		w.t.Fatal("the chat is empty")
	}
	return all[len(all)-1]
}

func tgPicture(t *testing.T, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, width, height)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func tgEventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for range 2000 {
		if ok() {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("never happened: %s", what)
}
