package slack

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/sandbox"
)

const (
	desk    = "C0DESK"
	ann     = "U0ANN"  // an agent
	boss    = "U0BOSS" // a manager by user group, not in the channel
	chief   = "U0CHIEF"
	outside = "U0OUT" // in the workspace, not in the channel
)

// world is a door between a workspace and a desk.
type world struct {
	t      *testing.T
	slack  *sandbox.Slack
	door   *Door
	server *httptest.Server
	desk   *paperDesk
	kept   *paperKeeper
	logs   *safeBuffer
	ahead  time.Duration
	mu     sync.Mutex
}

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// paperDesk answers as the test says.
type paperDesk struct {
	mu      sync.Mutex
	acts    []bot.Act
	seen    []map[string]string
	open    func(bot.Act) (Opening, error)
	submit  func(view, meta string, values map[string]string) (Submission, error)
	command func(command, text string) (Reply, error)
}

func (p *paperDesk) Open(_ context.Context, who bot.StaffID, act bot.Act) (Opening, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if who != act.By {
		return Opening{}, errors.New("two people in one press")
	}
	p.acts = append(p.acts, act)
	return p.open(act)
}

func (p *paperDesk) Submit(_ context.Context, _ bot.StaffID, view, meta string, values map[string]string) (Submission, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seen = append(p.seen, values)
	return p.submit(view, meta, values)
}

func (p *paperDesk) Command(_ context.Context, _ bot.StaffID, command, text, _ string) (Reply, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.command(command, text)
}

// paperKeeper drops repetitions by key, as storage does.
type paperKeeper struct {
	mu   sync.Mutex
	err  error
	keys map[string]bool
	in   []bot.Arrival
}

func (k *paperKeeper) Receive(_ context.Context, in ...bot.Arrival) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.err != nil {
		return k.err
	}
	for _, a := range in {
		if k.keys[a.Input.Key] {
			continue
		}
		if k.keys == nil {
			k.keys = map[string]bool{}
		}
		k.keys[a.Input.Key] = true
		k.in = append(k.in, a)
	}
	return nil
}

func (k *paperKeeper) all() []bot.Arrival {
	k.mu.Lock()
	defer k.mu.Unlock()
	return append([]bot.Arrival(nil), k.in...)
}

func (k *paperKeeper) fail(err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.err = err
}

type paperBlobs map[string]string

func (b paperBlobs) Open(_ context.Context, key string) (io.ReadCloser, int64, error) {
	s, ok := b[key]
	if !ok {
		return nil, 0, fs.ErrNotExist
	}
	return io.NopCloser(strings.NewReader(s)), int64(len(s)), nil
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, desk: &paperDesk{}, kept: &paperKeeper{}, logs: &safeBuffer{}}
	w.slack = sandbox.NewSlack(sandbox.RealClock{})
	w.server = httptest.NewServer(w.slack)
	for _, id := range []string{ann, boss, chief, outside} {
		w.slack.AddUser(sandbox.Member{ID: id, Name: strings.ToLower(id[2:]), RealName: "Real " + id[2:], Locale: "fr-FR"})
	}
	w.slack.AddUser(sandbox.Member{ID: "U0GUEST", Guest: true})
	w.slack.AddUser(sandbox.Member{ID: "U0GONE", Deleted: true})
	w.slack.AddUser(sandbox.Member{ID: "U0ROBOT", Bot: true})
	w.slack.AddGroup("S0LEADS", "leads", []string{boss})
	w.slack.AddChannel(sandbox.Channel{ID: desk, Name: "desk", Members: []string{w.slack.BotUserID, ann, "U0GUEST"}})
	w.door = &Door{
		BotToken: w.slack.BotToken, AppToken: w.slack.AppToken, SigningSecret: w.slack.SigningSecret,
		APIURL: w.server.URL + "/api", Channel: desk, Managers: []string{chief, "S0LEADS"},
		Keep: w.kept, Desk: w.desk, Blobs: paperBlobs{"photo": "\xff\xd8 a photo", "empty": ""},
		Now: w.now, Log: slog.New(slog.NewTextHandler(w.logs, nil)),
	}
	t.Cleanup(func() {
		w.slack.Close()
		w.server.Close()
		for _, secret := range []string{w.slack.BotToken, w.slack.AppToken, w.slack.SigningSecret} {
			if strings.Contains(w.logs.String(), secret) {
				t.Errorf("a secret is in the log:\n%s", w.logs)
			}
		}
	})
	return w
}

func (w *world) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return time.Now().Add(w.ahead)
}

func (w *world) wait(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ahead += d
}

// eventually waits for something that another goroutine brings about.
func (w *world) eventually(what string, ok func() bool) {
	w.t.Helper()
	for range 1000 {
		if ok() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	w.t.Fatalf("%s: it did not happen\n%s", what, w.logs)
}

// both runs a test over the socket and over HTTP.
func both(t *testing.T, test func(t *testing.T, w *world)) {
	t.Run("socket", func(t *testing.T) {
		w := newWorld(t)
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- w.door.Run(ctx) }()
		t.Cleanup(func() {
			cancel()
			if err := <-ended; err != nil {
				t.Errorf("the socket ended with %v", err)
			}
		})
		w.eventually("the socket opens", func() bool { return w.slack.Connected() > 0 && w.door.Health() == nil })
		test(t, w)
	})
	t.Run("http", func(t *testing.T) {
		w := newWorld(t)
		mux := http.NewServeMux()
		mux.Handle("/slack/events", w.door.Events())
		mux.Handle("/slack/interactive", w.door.Interactive())
		mux.Handle("/slack/commands", w.door.Commands())
		app := httptest.NewServer(mux)
		t.Cleanup(app.Close)
		w.slack.EventsURL = app.URL + "/slack/events"
		w.slack.InteractiveURL = app.URL + "/slack/interactive"
		w.slack.CommandsURL = app.URL + "/slack/commands"
		test(t, w)
	})
}

// card posts a card with buttons and gives its ts.
func (w *world) card() string {
	w.t.Helper()
	ts, err := w.door.Send(w.t.Context(), post("card", bot.Post{Text: "New complaint KXM-4FQ-7TA", Blocks: []bot.Block{
		{Kind: bot.Heading, Text: "KXM-4FQ-7TA"},
		{Kind: bot.Buttons, Buttons: []bot.Button{
			{Action: "acknowledge", Value: "ref=KXM-4FQ-7TA&v=3&out=c%3A1%2F2%2F3&customer=cu1&tone=warm", Label: "Acknowledge", Style: "primary"},
			{Action: "reply", Value: "ref=KXM-4FQ-7TA&v=3", Label: "Reply"},
		}},
	}}))
	if err != nil {
		w.t.Fatalf("post the card: %v", err)
	}
	return ts
}

func post(id string, p bot.Post) bot.Sending {
	return bot.Sending{Outbound: bot.Outbound{ID: id, To: bot.Address{Channel: bot.Slack, Chat: desk}, Post: &p}}
}

func TestConnect(t *testing.T) {
	w := newWorld(t)
	if err := w.door.Connect(t.Context()); err != nil {
		t.Fatalf("connect: %v", err)
	}
	bad := &Door{BotToken: "xoxb-wrong-secret", AppToken: "xapp-x", APIURL: w.server.URL + "/api/", Channel: desk}
	err := bad.Connect(t.Context())
	if err == nil || !strings.Contains(err.Error(), "HEED_SLACK_BOT_TOKEN") || strings.Contains(err.Error(), "wrong-secret") {
		t.Errorf("a wrong token: %v", err)
	}
	gone := &Door{BotToken: "xoxb-x", AppToken: "xapp-x", APIURL: "http://127.0.0.1:1/api", Channel: desk}
	if err := gone.Connect(t.Context()); err == nil || !strings.Contains(err.Error(), "HEED_SLACK_API_URL") {
		t.Errorf("no server: %v", err)
	}
	for name, d := range map[string]*Door{
		"HEED_SLACK_BOT_TOKEN": {AppToken: "x", Channel: desk},
		"HEED_SLACK_APP_TOKEN": {BotToken: "x", Channel: desk},
		"HEED_SLACK_CHANNEL":   {BotToken: "x", AppToken: "x"},
	} {
		if err := d.Connect(t.Context()); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("without %s: %v", name, err)
		}
	}
}

func TestAWrongAppTokenEndsTheSocket(t *testing.T) {
	w := newWorld(t)
	w.door.AppToken = "xapp-not-ours-secret"
	err := w.door.Run(t.Context())
	if err == nil || !strings.Contains(err.Error(), "HEED_SLACK_APP_TOKEN") || strings.Contains(err.Error(), "not-ours") {
		t.Fatalf("got %v", err)
	}
	if w.door.Health() == nil {
		t.Error("the door counts as healthy")
	}
}
