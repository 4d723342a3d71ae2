package telegram

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/sandbox"
)

const testToken = "7000001:AAsecret-of-the-test_bot"

var (
	zoe   = sandbox.User{ID: 5_000_000_001, FirstName: "Zoe", LastName: "Nowak", LanguageCode: "pl"}
	start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
)

// clock is set by hand.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// desk keeps what arrives, and settings, in memory: by key, as storage does.
type desk struct {
	mu       sync.Mutex
	kept     []bot.Arrival
	batches  []int
	repeats  int
	fail     error
	settings map[string]string
	came     chan struct{}
}

func newDesk() *desk {
	return &desk{settings: map[string]string{}, came: make(chan struct{}, 1000)}
}

func (k *desk) Receive(_ context.Context, in ...bot.Arrival) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	defer func() { k.came <- struct{}{} }()
	if k.fail != nil {
		return k.fail
	}
	k.batches = append(k.batches, len(in))
	for _, a := range in {
		if k.has(a.Input.Key) {
			k.repeats++
			continue
		}
		k.kept = append(k.kept, a)
	}
	return nil
}

func (k *desk) has(key string) bool {
	for _, a := range k.kept {
		if a.Input.Key == key {
			return true
		}
	}
	return false
}

func (k *desk) failWith(err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.fail = err
}

func (k *desk) texts() []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	var all []string
	for _, a := range k.kept {
		all = append(all, string(a.Input.Kind)+" "+a.Input.Text)
	}
	return all
}

func (k *desk) inputs() []bot.Input {
	k.mu.Lock()
	defer k.mu.Unlock()
	var all []bot.Input
	for _, a := range k.kept {
		all = append(all, a.Input)
	}
	return all
}

func (k *desk) Setting(_ context.Context, name string) (string, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.settings[name], nil
}

func (k *desk) SetSetting(_ context.Context, name, value string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.settings[name] = value
	return nil
}

// logbook is a log that can be read while it is written.
type logbook struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// world is a sandbox server, a door to it and what it keeps.
type world struct {
	t      *testing.T
	tg     *sandbox.Telegram
	server *httptest.Server
	clock  *clock
	desk   *desk
	log    *logbook
	door   *Door
	phone  *sandbox.Phone
}

func newWorld(t *testing.T) *world {
	t.Helper()
	c := &clock{now: start}
	server := sandbox.NewTelegram(c, testToken)
	server.Username = "heed_bot"
	http := httptest.NewServer(server)
	t.Cleanup(func() {
		server.Close()
		http.Close()
	})
	w := &world{t: t, tg: server, server: http, clock: c, desk: newDesk(), log: &logbook{}, phone: server.Phone(zoe)}
	w.door = w.newDoor()
	t.Cleanup(func() {
		if strings.Contains(w.log.String(), "AAsecret") {
			t.Error("the log holds the token")
		}
	})
	return w
}

// newDoor is a door as after a restart of the program.
func (w *world) newDoor() *Door {
	return &Door{
		Token: testToken, APIURL: w.server.URL, Keep: w.desk, Settings: w.desk, Now: w.clock.Now,
		Log: slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		// Failed polls are tried again at once.
		sleep: func(context.Context, time.Duration) {},
	}
}

// polling runs Poll until stop is called, which returns what Poll returned.
func (w *world) polling(d *Door) (stop func() error) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- d.Poll(ctx) }()
	var once sync.Once
	var err error
	stop = func() error {
		once.Do(func() {
			cancel()
			err = <-done
		})
		return err
	}
	w.t.Cleanup(func() { _ = stop() })
	return stop
}

// until waits for a condition, looking again whenever something may have
// changed.
func (w *world) until(what string, ok func() bool) {
	w.t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for !ok() {
		if time.Now().After(deadline) {
			w.t.Fatalf("waited in vain for: %s; kept %q; log:\n%s", what, w.desk.texts(), w.log)
		}
		select {
		case <-w.desk.came:
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func (w *world) to(m bot.Message) bot.Sending {
	return bot.Sending{Outbound: bot.Outbound{To: bot.Address{Channel: bot.Telegram, Account: "7000001", Chat: "5000000001"}, Message: &m}}
}

// callsOf are the calls of a method so far.
func (w *world) callsOf(method string) []sandbox.Call {
	var out []sandbox.Call
	for _, c := range w.tg.Calls() {
		if c.Method == method {
			out = append(out, c)
		}
	}
	return out
}

var errDisk = errors.New("disk is full")
