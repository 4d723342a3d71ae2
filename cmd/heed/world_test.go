package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/heedbot/heed/bot/sandbox"
	"github.com/heedbot/heed/bot/schedule"
)

// The people of the sandbox's workspace.
const (
	deskChannel = "C0COMPLAINTS"
	agentAnn    = "U0ANN"
	agentBen    = "U0BEN"
	managerMia  = "U0MIA"
	outsiderOli = "U0OLI"
)

// world is the platforms, played by the sandbox, with the program between
// them: the production wiring through the real SDKs.
type world struct {
	t        *testing.T
	clock    *schedule.MovableClock
	telegram *sandbox.Telegram
	slack    *sandbox.Slack
	settings Settings
	system   *system
	stop     func()
	logs     lines
	checks   int64 // customers of well so far
	rawID    int   // updates made by hand so far
}

// newWorld starts the platforms; change may turn the settings to another mode.
func newWorld(t *testing.T, change func(w *world)) *world {
	t.Helper()
	w := &world{t: t, clock: &schedule.MovableClock{}}
	w.telegram = sandbox.NewTelegram(w.clock, "4242:sandbox-token")
	w.slack = sandbox.NewSlack(w.clock)
	people(w.slack)
	tg, sl := httptest.NewServer(w.telegram), httptest.NewServer(w.slack)
	t.Cleanup(func() {
		w.halt()
		w.telegram.Close()
		w.slack.Close()
		tg.Close()
		sl.Close()
	})
	w.settings = Settings{Policy: "ask4", Database: filepath.Join(t.TempDir(), "heed.db"), Listen: "127.0.0.1:0",
		TelegramToken: "4242:sandbox-token", TelegramAPIURL: tg.URL,
		SlackBotToken: w.slack.BotToken, SlackAppToken: w.slack.AppToken, SlackAPIURL: sl.URL + "/api/",
		SlackChannel: deskChannel, SlackManagers: []string{managerMia},
		ChatPause: "0s", ChannelPause: "0s", PerSecond: "1000", DraftReminder: "24h", DraftListed: "48h", LogLevel: "warn"}
	if change != nil {
		change(w)
	}
	w.start()
	return w
}

func people(s *sandbox.Slack) {
	s.AddUser(sandbox.Member{ID: agentAnn, Name: "ann", RealName: "Ann Agent"})
	s.AddUser(sandbox.Member{ID: agentBen, Name: "ben", RealName: "Ben Agent"})
	s.AddUser(sandbox.Member{ID: managerMia, Name: "mia", RealName: "Mia Manager"})
	s.AddUser(sandbox.Member{ID: outsiderOli, Name: "oli", RealName: "Oli Outsider"})
	s.AddChannel(sandbox.Channel{ID: deskChannel, Name: "complaints", Members: []string{s.BotUserID, agentAnn, agentBen, managerMia}})
}

// start runs the program; halt stops it.
func (w *world) start() {
	w.t.Helper()
	if err := w.settings.check(); err != nil {
		w.t.Fatal(err)
	}
	y, err := build(context.Background(), w.settings, w.clock, w.logger())
	if err != nil {
		w.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- y.serve(ctx) }()
	w.system = y
	w.stop = func() {
		cancel()
		if err := <-done; err != nil {
			w.t.Errorf("the program ended: %v", err)
		}
		if err := y.Close(); err != nil {
			w.t.Errorf("close: %v", err)
		}
	}
	w.eventually("Slack is connected", func() bool {
		return w.settings.SlackAppToken == "" || w.slack.Connected() > 0
	})
}

// logger shows what a failed test needs, and keeps everything.
func (w *world) logger() *slog.Logger {
	return slog.New(slog.NewMultiHandler(
		slog.NewTextHandler(w.t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}),
		slog.NewTextHandler(&w.logs, &slog.HandlerOptions{Level: slog.LevelDebug})))
}

func (w *world) halt() {
	if w.stop != nil {
		w.stop()
		w.stop = nil
	}
}

// eventually waits for something that another process is bringing about.
func (w *world) eventually(what string, ok func() bool) {
	w.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; {
		if ok() {
			return
		}
		if time.Now().After(deadline) {
			w.t.Fatalf("never: %s\n%s", what, w.scene())
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// scene shows what everyone sees, for a test that failed.
func (w *world) scene() string {
	var b strings.Builder
	for _, p := range w.slack.Posts(deskChannel) {
		b.WriteString("[" + p.TS + "<" + p.ThreadTS + "] " + p.Text + "\n" + string(p.Blocks) + "\n")
	}
	return b.String()
}

// settle waits until nothing is left to do at the present instant.
func (w *world) settle() {
	w.t.Helper()
	w.eventually("Telegram's updates are taken", func() bool { return w.telegram.Pending() == 0 })
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := w.system.loop.WaitIdle(ctx); err != nil {
		w.t.Fatalf("the program does not come to rest: %v\n%s", err, w.scene())
	}
}

// travel moves the clock through all that is due on the way.
func (w *world) travel(to time.Time) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	if err := schedule.Travel(ctx, w.clock, w.system.loop, w.system.loop.WaitIdle, to); err != nil {
		w.t.Fatal(err)
	}
	w.settle()
}

// customer is one phone.
type customer struct {
	*sandbox.Phone
	w *world
}

func (w *world) customer(id int64, name, language string) customer {
	return customer{w.telegram.Phone(sandbox.User{ID: id, FirstName: name, LanguageCode: language}), w}
}

// last is the bot's newest message to the customer.
func (c customer) last() sandbox.Message {
	ms := c.Messages()
	for i := len(ms) - 1; i >= 0; i-- {
		if ms[i].FromBot {
			return ms[i]
		}
	}
	return sandbox.Message{}
}

func (c customer) say(s string) {
	c.w.t.Helper()
	c.Text(s)
	c.w.settle()
}

func (c customer) press(label string) {
	c.w.t.Helper()
	if err := c.PressLabel(label); err != nil {
		c.w.t.Fatalf("press %q: %v; the last message is %q", label, err, c.last().Text)
	}
	c.w.settle()
}

// heard tells whether any of the bot's messages holds the words.
func (c customer) heard(words string) bool {
	for _, m := range c.Messages() {
		if m.FromBot && strings.Contains(m.Text, words) {
			return true
		}
	}
	return false
}

// card is the newest complaint's card.
func (w *world) card() sandbox.Post {
	w.t.Helper()
	ps := w.slack.Posts(deskChannel)
	for i := len(ps) - 1; i >= 0; i-- {
		if ps[i].ThreadTS == "" && strings.HasPrefix(ps[i].Text, "Complaint ") {
			return ps[i]
		}
	}
	w.t.Fatalf("there is no card\n%s", w.scene())
	return sandbox.Post{}
}

// awaitCard waits for a card that is newer than those given.
func (w *world) awaitCard(known ...string) sandbox.Post {
	w.t.Helper()
	var card sandbox.Post
	w.eventually("there is a card", func() bool {
		for _, p := range w.slack.Posts(deskChannel) {
			if p.ThreadTS == "" && strings.HasPrefix(p.Text, "Complaint ") && !slices.Contains(known, p.TS) {
				card = p
				return true
			}
		}
		return false
	})
	return card
}

// act presses a button on a post.
func (w *world) act(who, ts, action string) sandbox.Answer {
	w.t.Helper()
	a, err := w.slack.Press(who, deskChannel, ts, action, "")
	if err != nil || a.Error != "" {
		w.t.Fatalf("press %s: %v %s %v", action, err, a.Error, a.Messages)
	}
	w.settle()
	return a
}

// dialog waits for the dialog a press opened.
func (w *world) dialog(who string) sandbox.View {
	w.t.Helper()
	var v sandbox.View
	w.eventually("a dialog opens", func() bool {
		vs := w.slack.Views(who)
		if len(vs) == 0 {
			return false
		}
		v = vs[len(vs)-1]
		return true
	})
	return v
}

// send fills a dialog in, looks at the preview, and sends it.
func (w *world) send(who string, values map[string]any) (preview string) {
	w.t.Helper()
	a, err := w.slack.Submit(who, w.dialog(who).ID, values)
	if err != nil || a.Error != "" || a.Action != "push" {
		w.t.Fatalf("submit: %v %q %v %q %v", err, a.Error, a.Messages, a.Action, a.Errors)
	}
	v := w.dialog(who)
	preview = texts(v.Raw)
	if a, err = w.slack.Submit(who, v.ID, nil); err != nil || a.Error != "" {
		w.t.Fatalf("send: %v %s %v", err, a.Error, a.Messages)
	}
	w.settle()
	return preview
}

// texts gathers all words in a post's blocks or a view.
func texts(raw json.RawMessage) string {
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		return ""
	}
	var b strings.Builder
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, k := range []string{"title", "header", "text", "fields", "elements", "blocks", "label", "hint", "options", "submit", "close", "element", "placeholder"} {
				if k == "text" {
					if s, ok := v[k].(string); ok {
						b.WriteString(s + "\n")
						continue
					}
				}
				walk(v[k])
			}
		case []any:
			for _, x := range v {
				walk(x)
			}
		}
	}
	walk(v)
	return b.String()
}

// binary builds the program as it is shipped and gives its path.
func binary(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "heed")
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		t.Fatalf("build the program: %v\n%s", err, out)
	}
	return path
}

// freeAddress is an address of this machine where nobody listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// get reads a page; empty where nobody answers.
func get(t *testing.T, address string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return ""
	}
	defer resp.Body.Close()
	b, _ := io.ReadAll(resp.Body)
	return string(b)
}

// lines keeps what is logged.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func (l *lines) tail(n int) string {
	all := strings.Split(strings.TrimSpace(l.String()), "\n")
	return strings.Join(all[max(0, len(all)-n):], "\n")
}
