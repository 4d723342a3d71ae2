package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/delivery"
	"github.com/heedbot/heed/bot/evidence"
	"github.com/heedbot/heed/bot/schedule"
	"github.com/heedbot/heed/bot/slack"
	"github.com/heedbot/heed/bot/telegram"
	"github.com/heedbot/heed/bot/turn"
	"github.com/heedbot/heed/flows"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/flows/intake"
	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
	"github.com/heedbot/heed/storage"
)

// albumQuiet is how long an album must be quiet to be complete: Telegram
// sends its parts as separate messages within a second or so.
const albumQuiet = 1500 * time.Millisecond

// system is the whole program, wired: what serve runs, and the demo too.
type system struct {
	settings Settings
	clock    schedule.Clock
	log      *slog.Logger
	store    *storage.Store
	house    *casework.House
	telegram *telegram.Door
	slack    *slack.Door
	loop     *schedule.Loop
	close    []func() error
}

// build wires the program. Nothing runs yet, and no platform is called.
func build(ctx context.Context, s Settings, clock schedule.Clock, log *slog.Logger) (_ *system, err error) {
	y := &system{settings: s, clock: clock, log: log}
	defer func() {
		if err != nil {
			err = errors.Join(err, y.Close())
		}
	}()
	if y.store, err = storage.Open(ctx, s.Database, storage.Options{}); err != nil {
		return nil, fmt.Errorf("HEED_DATABASE: %w", err)
	}
	y.close = append(y.close, y.store.Close)
	where, err := s.evidence()
	if err != nil {
		return nil, err
	}
	bucket, err := evidence.OpenBucket(ctx, where)
	if err != nil {
		return nil, fmt.Errorf("HEED_EVIDENCE: %w", err)
	}
	y.close = append(y.close, bucket.Close)
	if y.house, err = house(ctx, s, y.store, log); err != nil {
		return nil, err
	}
	features := features(s)
	y.telegram = &telegram.Door{Token: s.TelegramToken, APIURL: s.TelegramAPIURL, Keep: y.store, Settings: y.store, Log: log, Now: clock.Now}
	fetcher := &evidence.Fetcher{Store: y.store, Bucket: bucket, Now: clock.Now, Log: log,
		Sources: map[bot.Channel]evidence.Source{bot.Telegram: y.telegram},
		Max:     func(c bot.Channel) int64 { return features(c).FileMax }}
	nicknames, err := parseNicknames(s.StaffNames)
	if err != nil {
		return nil, err
	}
	y.slack = &slack.Door{Nicknames: nicknames, BotToken: s.SlackBotToken, AppToken: s.SlackAppToken, SigningSecret: s.SlackSigningSecret,
		APIURL: s.SlackAPIURL, Channel: s.SlackChannel, Managers: s.SlackManagers, Roles: y.house.Roles,
		Keep: y.store, Blobs: fetcher, Now: clock.Now, Log: log, Sorry: func(locale string) string { return y.house.In(locale).D(locales.StaffTrouble) }}
	y.slack.Desk = &views{store: y.store, house: y.house, people: y.slack, links: y.slack, now: clock.Now}
	engine := &turn.Engine{Store: y.store, Flows: flows.Flows{House: y.house}, People: y.slack, Features: features, Aside: y.aside, Log: log}
	courier := &delivery.Courier{Store: y.store, Features: features, Now: clock.Now, Log: log,
		Doors: map[bot.Channel]delivery.Door{bot.Telegram: y.telegram, bot.Slack: y.slack}}
	y.loop = &schedule.Loop{Store: y.store, Clock: clock, Log: log, Step: func(ctx context.Context, lane bot.Lane) (time.Time, error) {
		switch lane.Kind() {
		case 'c':
			return time.Time{}, engine.Step(ctx, lane, clock.Now)
		case 'o':
			return courier.Step(ctx, lane)
		case 'e':
			return fetcher.Step(ctx, lane)
		}
		return time.Time{}, fmt.Errorf("lane %s is of no known kind", lane.Hidden())
	}}
	return y, nil
}

// house reads the policy, and every earlier one that a complaint lives under.
func house(ctx context.Context, s Settings, store *storage.Store, log *slog.Logger) (*casework.House, error) {
	words, err := locales.Open(log)
	if err != nil {
		return nil, err
	}
	pol, err := readPolicy(s.Policy)
	if err != nil {
		return nil, fmt.Errorf("HEED_POLICY: %w", err)
	}
	if pol, err = s.Overrides.over(pol); err != nil {
		return nil, err
	}
	roles, err := rolesOf(s.SlackRoles, pol)
	if err != nil {
		return nil, err
	}
	if err := store.SavePack(ctx, pol.Hash, pol.Name, pol.Version, pol.Text()); err != nil {
		return nil, err
	}
	texts, err := store.Packs(ctx)
	if err != nil {
		return nil, err
	}
	packs := map[string]*policy.Policy{}
	for hash, text := range texts {
		p, err := policy.Load(text)
		if err != nil {
			return nil, fmt.Errorf("read the policy that earlier complaints came in under: %w", err)
		}
		packs[hash] = p
	}
	packs[pol.Hash] = pol
	reminder, _ := span(s.DraftReminder)
	listed, _ := span(s.DraftListed)
	return &casework.House{FloodMax: s.flood(), Words: words, Policy: pol, Packs: packs, Managers: s.SlackManagers, Roles: roles, Language: s.desk(pol),
		Desk:       bot.Address{Channel: bot.Slack, Chat: s.SlackChannel},
		AlbumQuiet: albumQuiet, DraftReminder: reminder, DraftListed: listed}, nil
}

// features are what each platform can do, with the pace that is set.
func features(s Settings) func(bot.Channel) bot.Features {
	t := telegram.Features()
	if d, err := span(s.ChatPause); err == nil {
		t.Rate.PerChat = d
	}
	if n := s.perSecond(); n > 0 {
		t.Rate.PerAll = time.Second / time.Duration(n)
	}
	desk := slack.Features()
	if d, err := span(s.ChannelPause); err == nil {
		desk.Rate.PerChat = d
	}
	return func(c bot.Channel) bot.Features {
		if c == bot.Slack {
			return desk
		}
		return t
	}
}

// span reads a length of time such as 90s, 15m or 24h; it may be 0.
func span(v string) (time.Duration, error) {
	d, err := time.ParseDuration(v)
	if err == nil && d < 0 {
		err = errors.New("less than nothing")
	}
	return d, err
}

// run runs everything until ctx ends or a door says that it cannot go on.
func (y *system) run(ctx context.Context) error {
	if err := y.telegram.Connect(ctx); err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return y.loop.Run(ctx) })
	if y.settings.webhook() {
		g.Go(func() error { return y.webhook(ctx) })
	} else {
		g.Go(func() error { return y.telegram.Poll(ctx) })
	}
	g.Go(func() error {
		if err := y.reach(ctx); err != nil || y.settings.SlackAppToken == "" {
			return err
		}
		return y.slack.Run(ctx)
	})
	g.Go(func() error { y.publish(ctx); return nil })
	g.Go(func() error { y.prune(ctx); return nil })
	g.Go(func() error { y.watchHorizon(ctx); return nil })
	g.Go(func() error { y.watchWalls(ctx); return nil })
	err := g.Wait()
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// keepRaw is how long the platforms' own bytes of what has been dealt with are
// kept, to look into trouble; and a dialog's words after they were previewed.
const keepRaw = 30 * 24 * time.Hour

// prune takes away once a day what is not needed any more.
func (y *system) prune(ctx context.Context) {
	for ctx.Err() == nil {
		if err := y.store.Prune(ctx, y.clock.Now().Add(-keepRaw)); err != nil && ctx.Err() == nil {
			y.log.Error("pruning failed", "err", err)
		}
		rest(ctx, 24*time.Hour)
	}
}

// aside has the desk told of an input that nobody could take, as of one that
// nobody can read.
func (y *system) aside(ctx context.Context, in bot.Input) {
	if in.Kind == bot.InUnread {
		return // the desk's own notice; the log has it
	}
	note := bot.Input{Key: "aside:" + in.Key, Channel: in.Channel, Account: in.Account, Kind: bot.InUnread, At: y.clock.Now()}
	if err := y.store.Receive(ctx, bot.Arrival{Input: note}); err != nil {
		y.log.Error("the desk is not told of an input set aside", "err", err)
	}
}

// reach waits until Slack answers. Customers are heard meanwhile: only a token
// that is refused ends the program.
func (y *system) reach(ctx context.Context) error {
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		err := y.slack.Connect(ctx)
		if err == nil || bot.IsUndeliverable(err) || ctx.Err() != nil {
			return err
		}
		y.log.Warn("slack cannot be reached yet", "err", err)
		rest(ctx, wait)
	}
}

// webhook tells Telegram where to call, until it listens.
func (y *system) webhook(ctx context.Context) error {
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		err := y.telegram.SetWebhook(ctx, strings.TrimRight(y.settings.PublicURL, "/")+"/telegram", y.settings.TelegramWebhookSecret)
		if err == nil || bot.IsUndeliverable(err) || ctx.Err() != nil {
			return err
		}
		y.log.Warn("telegram does not take the webhook yet", "err", err)
		rest(ctx, wait)
	}
}

// publish makes the bot's menu what the words say, in each language.
func (y *system) publish(ctx context.Context) {
	var all []telegram.Commands
	for _, m := range append([]menu{{"", y.house.Policy.Languages[0]}}, menus(y.house.Words.Languages())...) {
		c := telegram.Commands{Language: m.code, Description: y.house.Words.Text(m.lang, locales.AboutLong), Short: y.house.Words.Text(m.lang, locales.AboutShort)}
		for _, name := range intake.Commands {
			c.List = append(c.List, telegram.Command{Name: name, About: y.house.Words.Text(m.lang, locales.Key("command."+name))})
		}
		all = append(all, c)
	}
	for wait := time.Second; ctx.Err() == nil; wait = min(2*wait, time.Hour) {
		err := y.telegram.Publish(ctx, all)
		if err == nil || bot.IsUndeliverable(err) {
			if err != nil {
				y.log.Warn("telegram does not take the menu", "err", err)
			}
			return
		}
		rest(ctx, max(wait, bot.Pause(err)))
	}
}

// menu is a language of ours that a menu is in, and the code that Telegram
// knows it by; "" for everybody who has no menu of their own.
type menu struct{ code, lang string }

// menus are those of some languages. Telegram knows a language by two letters,
// whatever its script (Bot API, setMyCommands, language_code): one without them
// has no menu, and of several with the same the first has it.
func menus(langs []string) []menu {
	var all []menu
	for _, lang := range langs {
		code, _, _ := strings.Cut(lang, "-")
		if len(code) == 2 && !slices.ContainsFunc(all, func(m menu) bool { return m.code == code }) {
			all = append(all, menu{code, lang})
		}
	}
	return all
}

func rest(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

// Close closes what build opened.
func (y *system) Close() error {
	var errs []error
	for i := len(y.close) - 1; i >= 0; i-- {
		errs = append(errs, y.close[i]())
	}
	y.close = nil
	return errors.Join(errs...)
}
