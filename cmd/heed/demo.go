package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/heedbot/heed/bot/sandbox"
	"github.com/heedbot/heed/bot/schedule"
	"github.com/heedbot/heed/cmd/heed/page"
	"github.com/heedbot/heed/cmd/heed/words"
	"github.com/heedbot/heed/locales"
)

type demoCommand struct {
	Port int    `default:"8484" help:"Port of the page, on this machine only; 0 takes a free one."`
	From string `help:"Where the demo's clock starts, such as 2026-12-23T16:00:00Z; default: now."`

	Policy       string `env:"HEED_POLICY" default:"ask4" help:"The policy: a name or a path."`
	DeskLanguage string `env:"HEED_DESK_LANGUAGE" help:"Language of the desk, such as vi; default: the policy's first that heed speaks."`
}

// The workspace of the demo.
const demoChannel = "C0COMPLAINTS"

// Run plays both platforms in this process, with the production wiring
// between them.
func (c *demoCommand) Run(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "heed-demo-")
	if err != nil {
		return fmt.Errorf("make a folder for the demo: %w", err)
	}
	defer os.RemoveAll(dir)
	clock := &schedule.MovableClock{}
	if c.From != "" {
		t, err := time.Parse(time.RFC3339, c.From)
		if err != nil {
			return wrongError{fmt.Errorf("--from: write it like 2026-12-23T16:00:00Z")}
		}
		if t.Before(time.Now()) {
			return wrongError{errors.New("--from: the demo's clock can only be moved forward, so this must be in the future")}
		}
		clock.Set(t)
	}
	d, err := newDemo(ctx, clock, dir, c.Policy, c.DeskLanguage, logger("warn"))
	if err != nil {
		return wrongError{err}
	}
	defer d.close()
	l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", c.Port))
	if err != nil {
		return wrongError{fmt.Errorf("--port: cannot listen there, is another demo running? %w", err)}
	}
	fmt.Printf("heed demo: open http://%s in a browser. Stop with Ctrl-C.\n", l.Addr())
	return d.run(ctx, l)
}

// demo is both platforms, the program between them, and the page.
type demo struct {
	telegram *sandbox.Telegram
	slack    *sandbox.Slack
	system   *system
	clock    *schedule.MovableClock
	servers  []*http.Server
	lines    []net.Listener
	people   []sandbox.Member
}

func newDemo(ctx context.Context, clock *schedule.MovableClock, dir, pol, desk string, log *slog.Logger) (_ *demo, err error) {
	const token = "4242:demo"
	d := &demo{clock: clock, telegram: sandbox.NewTelegram(clock, token), slack: sandbox.NewSlack(clock)}
	defer func() {
		if err != nil {
			d.close()
		}
	}()
	d.telegram.FirstName, d.telegram.Username = "Complaint desk", "heed_demo_bot"
	rules, err := readPolicy(pol)
	if err != nil {
		return nil, err
	}
	people, channels, roles := workspace(rules, d.slack.BotUserID)
	d.people = people
	for _, m := range people {
		d.slack.AddUser(m)
	}
	for _, c := range channels {
		d.slack.AddChannel(c)
	}
	tg, err := d.serve(d.telegram)
	if err != nil {
		return nil, err
	}
	sl, err := d.serve(d.slack)
	if err != nil {
		return nil, err
	}
	s := Settings{Policy: pol, Database: filepath.Join(dir, "heed.db"),
		TelegramToken: token, TelegramAPIURL: tg,
		SlackBotToken: d.slack.BotToken, SlackAppToken: d.slack.AppToken, SlackAPIURL: sl + "/api/",
		SlackChannel: demoChannel, SlackManagers: []string{page.Manager}, SlackRoles: roles, DeskLanguage: desk,
		ChatPause: "0s", ChannelPause: "0s", PerSecond: "100", DraftReminder: "24h", DraftListed: "48h", LogLevel: "warn"}
	if err := s.check(); err != nil {
		return nil, err
	}
	d.system, err = build(ctx, s, clock, log)
	return d, err
}

// serve gives a platform an address of its own on this machine.
func (d *demo) serve(h http.Handler) (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("listen on this machine: %w", err)
	}
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	d.servers, d.lines = append(d.servers, srv), append(d.lines, l)
	go func() { _ = srv.Serve(l) }() // ends with close
	return "http://" + l.Addr().String(), nil
}

// run runs the program and the page until ctx ends.
func (d *demo) run(ctx context.Context, l net.Listener) error {
	record, err := locales.OpenRecord()
	if err != nil {
		return err
	}
	srv := &http.Server{ReadHeaderTimeout: 10 * time.Second, Handler: page.New(page.World{
		Telegram: d.telegram, Slack: d.slack, Clock: d.clock, Desk: demoChannel, People: d.people,
		Policy: d.system.house.Policy, Words: d.system.house.Words,
		Proofs: words.Handler(d.system.house.Words, record, d.system.house.Policy, d.system.settings.Policy),
		Travel: func(ctx context.Context, to time.Time) error {
			return schedule.Travel(ctx, d.clock, d.system.loop, d.system.loop.WaitIdle, to)
		},
		Next: func(ctx context.Context) (time.Time, error) {
			rows, err := d.system.store.DueNext(ctx, d.clock.Now(), 1)
			if err != nil || len(rows) == 0 {
				return time.Time{}, err
			}
			return rows[0].Promise.Due, nil
		},
	})}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return d.system.run(ctx) })
	g.Go(func() error {
		if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve the page: %w", err)
		}
		return nil
	})
	g.Go(func() error { <-ctx.Done(); return srv.Close() })
	return g.Wait()
}

func (d *demo) close() {
	if d.system != nil {
		_ = d.system.Close()
	}
	d.telegram.Close()
	d.slack.Close()
	for _, s := range d.servers {
		_ = s.Close()
	}
}
