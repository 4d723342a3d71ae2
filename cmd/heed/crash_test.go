package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/heedbot/heed/bot/sandbox"
	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

// How often the program is killed, and how long it may run at most until then:
// it needs some tenths of a second to start.
const (
	kills    = 100
	longLife = 1600 * time.Millisecond
)

const agentCat = "U0CAT"

// crash is the real program as a child process, between platforms that live in
// this one. They stay when it is killed.
type crash struct {
	t        *testing.T
	telegram *sandbox.Telegram
	slack    *sandbox.Slack
	words    *locales.Catalog
	policy   *policy.Policy
	env      []string
	bin      string
	dir      string
	metrics  string // address
	wait     time.Duration

	mu    sync.Mutex
	kills []time.Time
	drops int // answers of Telegram's that were lost
	// What look found, to see that the kills hit something.
	repeats, doubts int
	ends            []ending
	stderr          lines
}

// ending is how one customer's story ended.
type ending struct {
	customer  int64
	ref       string
	neglected bool
	files     map[string]int // SHA-256 of what was sent, and how often
	resent    map[string]int // a person's words that staff sent again, by the words
	human     []string       // the words of people that must have arrived
	slip      []string       // and the program's, once or (after a kill) twice
}

// TestKilledAtAnyMoment kills the program a hundred times while customers
// complain and staff answer. In the end everybody was answered, and nothing is
// lost or, but for what a kill may leave in doubt, said twice.
//
// CRASH_SEED plays the moments of an earlier run again as far as two
// processes allow; CRASH_KILLS sets another number of kills.
func TestKilledAtAnyMoment(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	if s, err := strconv.ParseUint(os.Getenv("CRASH_SEED"), 10, 64); err == nil {
		seed = s
	}
	many := kills
	if n, err := strconv.Atoi(os.Getenv("CRASH_KILLS")); err == nil && n > 0 {
		many = n
	}
	t.Logf("CRASH_SEED=%d", seed)
	chance := rand.New(rand.NewPCG(seed, 0))
	c := newCrash(t)

	ctx, cancel := context.WithTimeout(t.Context(), 8*time.Minute)
	defer cancel()
	// Half of the stories begin at once, half later. More would only queue up:
	// Slack takes about one post a second.
	later := make(chan struct{})
	var stories sync.WaitGroup
	for n, agent := range []string{"", agentAnn, agentBen, agentCat} {
		stories.Go(func() {
			for _, id := range []int64{int64(1001 + n), int64(2001 + n)} {
				e, err := c.play(ctx, id, agent)
				if err != nil {
					t.Errorf("customer %d: %v", id, err)
					cancel()
					return
				}
				c.mu.Lock()
				c.ends = append(c.ends, e)
				c.mu.Unlock()
				<-later
			}
		})
	}
	began := time.Now()
	for n := range many {
		if n == many*2/5 {
			close(later)
		}
		if ctx.Err() != nil {
			continue
		}
		// A lost answer of Slack's is looked into after a minute only.
		c.live(ctx, chance, n < many*7/10)
	}
	c.mu.Lock()
	t.Logf("%d kills in %v; %d stories ended meanwhile", len(c.kills), time.Since(began).Round(time.Second), len(c.ends))
	c.mu.Unlock()
	// A promise may come due between the last look and the stop: then it is
	// started once more.
	for again := true; again && !t.Failed(); again = c.left() && ctx.Err() == nil {
		child := c.start()
		stories.Wait()
		if !t.Failed() {
			c.rest(ctx)
		}
		if err := child.stop(); err != nil {
			t.Errorf("the program does not stop in order: %v", err)
		}
	}
	t.Logf("%d stories in %v", len(c.ends), time.Since(began).Round(time.Second))
	if t.Failed() {
		t.Logf("the program's last words:\n%s", c.stderr.tail(60))
		return
	}
	c.look()
	t.Logf("kills made the program say %d things twice and ask staff about %d", c.repeats, c.doubts)
}

func newCrash(t *testing.T) *crash {
	t.Helper()
	c := &crash{t: t, bin: binary(t), dir: t.TempDir(), wait: 3 * time.Minute}
	c.telegram = sandbox.NewTelegram(nil, "4242:sandbox-token")
	c.slack = sandbox.NewSlack(sandbox.RealClock{})
	// A press whose program was killed tells its person so sooner than Slack would.
	c.slack.AckTimeout = 1500 * time.Millisecond
	people(c.slack)
	c.slack.AddUser(sandbox.Member{ID: agentCat, Name: "cat", RealName: "Cat Agent"})
	c.slack.Join(deskChannel, agentCat)
	tg, sl := httptest.NewServer(c.telegram), httptest.NewServer(c.slack)
	t.Cleanup(func() {
		c.telegram.Close()
		c.slack.Close()
		tg.Close()
		sl.Close()
	})
	var err error
	if c.words, err = locales.Open(slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	pack := hasty(t)
	if c.policy, err = readPolicy(pack); err != nil {
		t.Fatal(err)
	}
	c.metrics = freeAddress(t)
	c.env = []string{"HEED_POLICY=" + pack, "HEED_DATABASE=" + filepath.Join(c.dir, "heed.db"), "HEED_LISTEN=" + c.metrics,
		"HEED_TELEGRAM_TOKEN=4242:sandbox-token", "HEED_TELEGRAM_API_URL=" + tg.URL,
		"HEED_TELEGRAM_CHAT_PAUSE=0s", "HEED_TELEGRAM_PER_SECOND=1000",
		"HEED_SLACK_BOT_TOKEN=" + c.slack.BotToken, "HEED_SLACK_APP_TOKEN=" + c.slack.AppToken,
		"HEED_SLACK_API_URL=" + sl.URL + "/api/", "HEED_SLACK_CHANNEL=" + deskChannel, "HEED_SLACK_MANAGERS=" + managerMia}
	return c
}

// hasty is ask4's pack with promises of seconds, at any hour, so that they are
// reminded of, reported late and overdue while the program is being killed.
func hasty(t *testing.T) string {
	t.Helper()
	text, err := policy.BuiltinText("ask4")
	if err != nil {
		t.Fatal(err)
	}
	for from, to := range map[string]string{
		"within: 24h": "within: 40s", "within: 3wd": "within: 20s", "within: 7wd": "within: 20s",
		`contact_hours: "08:00-20:00"`: `contact_hours: "00:00-24:00"`, "staff_hours: mon-fri 09:00-17:00": `staff_hours: "mon-fri 00:00-24:00"`,
	} {
		if !strings.Contains(text, from) {
			t.Fatalf("the pack has no %q any more", from)
		}
		text = strings.ReplaceAll(text, from, to)
	}
	path := filepath.Join(t.TempDir(), "hasty.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// child is one life of the program.
type child struct {
	cmd  *exec.Cmd
	done chan error
}

func (c *crash) start() *child {
	cmd := exec.Command(c.bin, "serve")
	cmd.Env, cmd.Dir, cmd.Stderr = c.env, c.dir, &c.stderr
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	p := &child{cmd: cmd, done: make(chan error, 1)}
	go func() { p.done <- cmd.Wait() }()
	c.t.Cleanup(p.kill)
	return p
}

func (p *child) kill() {
	if p.cmd.Process.Kill() == nil {
		p.done <- <-p.done
	}
}

// stop asks the program to end and waits until it has.
func (p *child) stop() error {
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	select {
	case err := <-p.done:
		p.done <- err
		return err
	case <-time.After(15 * time.Second):
		return errors.New("it still runs")
	}
}

// live is one life: it ends at a random moment, half the time just after
// something became visible on a platform, where most can go wrong. Now and then
// a platform takes a message and does not say so, or is slow.
func (c *crash) live(ctx context.Context, chance *rand.Rand, trouble bool) {
	if trouble {
		c.trouble(chance)
	}
	seen, stop := c.telegram.Subscribe()
	if chance.IntN(2) == 0 {
		stop()
		seen, stop = c.slack.Subscribe()
	}
	defer stop()
	p := c.start()
	end := time.After(time.Duration(chance.Int64N(int64(longLife))))
	soon := time.Duration(chance.IntN(4000)) * time.Microsecond
	if chance.IntN(2) == 0 {
		seen = nil
	}
	for waiting := true; waiting; {
		select {
		case err := <-p.done:
			p.done <- err
			c.t.Errorf("the program ended by itself: %v\n%s", err, c.stderr.tail(20))
			return
		case <-ctx.Done():
			waiting = false
		case <-end:
			waiting = false
		case <-seen:
			if chance.IntN(6) == 0 {
				time.Sleep(soon)
				waiting = false
			}
		}
	}
	p.kill()
	c.mu.Lock()
	c.kills = append(c.kills, time.Now())
	c.mu.Unlock()
}

// trouble makes the platforms lose an answer or be slow for a moment.
func (c *crash) trouble(chance *rand.Rand) {
	switch chance.IntN(8) {
	case 0:
		c.telegram.Fail(sandbox.Fault{Method: "sendMessage", DropAfterAccept: true})
		c.mu.Lock()
		c.drops++
		c.mu.Unlock()
	case 1:
		c.slack.Fail(sandbox.SlackFault{Method: "chat.postMessage", DropAfterAccept: true})
	case 2:
		c.slack.Fail(sandbox.SlackFault{Method: "files.completeUploadExternal", DropAfterAccept: true})
	case 3:
		c.telegram.Fail(sandbox.Fault{Delay: time.Duration(chance.IntN(80)) * time.Millisecond, Times: 5})
	case 4:
		c.slack.Fail(sandbox.SlackFault{Delay: time.Duration(chance.IntN(80)) * time.Millisecond, Times: 5})
	}
}

// left tells whether the program was stopped with something still to be sent.
func (c *crash) left() bool {
	c.t.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(c.dir, "heed.db")+"?_query_only=1")
	if err != nil {
		c.t.Fatal(err)
	}
	defer db.Close()
	return len(c.rows(db, `SELECT id FROM outbox WHERE state IN ('queued', 'sending')`)) > 0
}

// rest waits until the program has nothing left to do.
func (c *crash) rest(ctx context.Context) {
	c.t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); ; {
		page := get(c.t, "http://"+c.metrics+"/metrics")
		busy := !strings.Contains(page, "heed_inbox_waiting 0\n") || strings.Contains(page, `state="queued"`) || strings.Contains(page, `state="sending"`)
		if !busy && c.telegram.Pending() == 0 {
			return
		}
		if ctx.Err() != nil || time.Now().After(deadline) {
			c.t.Errorf("the program does not come to rest:\n%s", page)
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// until waits for something, in a story that may fail.
func (c *crash) until(ctx context.Context, what string, ok func() bool) error {
	for deadline := time.Now().Add(c.wait); !ok(); time.Sleep(10 * time.Millisecond) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("never: %s", what)
		}
	}
	return nil
}
