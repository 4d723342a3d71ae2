// Package bottest plays transcripts: conversations written down as scripts,
// played against the real turns, deliveries and storage with a clock that
// jumps and channels on paper. One goroutine does everything, so a script of
// weeks takes milliseconds and comes out the same every time.
//
// What the program says is written below the script's lines and compared with
// the file of its language beside the script. After the last line the player
// looks at what must hold in every conversation: see Player.checks.
package bottest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/delivery"
	"github.com/heedbot/heed/bot/schedule"
	"github.com/heedbot/heed/bot/turn"
)

// Store is what the player asks of a store.
type Store interface {
	turn.Store
	delivery.Store
	schedule.Store
	Receive(ctx context.Context, arrivals ...bot.Arrival) error
	Complaint(ctx context.Context, ref bot.Ref) (bot.Complaint, bot.Customer, bool, error)
	EventsOf(ctx context.Context, ref bot.Ref) ([]bot.Event, error)
	// Aside counts the inputs set aside after failing.
	Aside(ctx context.Context) (int, error)
}

// Desk answers what staff cannot wait for: presses, dialogs, slash commands.
type Desk interface {
	Open(ctx context.Context, who bot.Staff, act bot.Act) (Answer, error)
	Submit(ctx context.Context, who bot.Staff, view, meta string, values map[string]string) (Answer, error)
	Command(ctx context.Context, who bot.Staff, command, text string) (Answer, error)
}

// Answer is what a Desk answers: exactly one of its fields is set, or none.
type Answer struct {
	Keep    *bot.Act          // an act to be kept
	View    *bot.View         // a dialog, on top of or in place of the present one
	Private *bot.Post         // words only this person sees
	Errors  map[string]string // what a dialog lacks, by field
}

// Program is the program under test, opened on its file.
type Program struct {
	Store Store
	Flows turn.Flows
	Fetch schedule.Step // of the lanes of files
	Desk  Desk
	Close func() error
}

// Change is what a deploy changes in the text of the pack.
type Change struct{ From, To string }

// World is what a transcript is played in: all that bottest does not know.
type World struct {
	// Open opens the program on its file: at the start, after a crash, and at
	// a deploy with the changes so far.
	Open func(ctx context.Context, p *Player, changes []Change) (*Program, error)
	// Text gives the words of a key in a language, of the program or of its
	// pack; the arguments are names and values in turn. "" for no such key.
	Text func(lang, key string, args ...string) string
	// After counts an amount such as 3wd from an instant; the time of day
	// stays.
	After func(from time.Time, amount string) (time.Time, error)
	// Setup is what the script says before it starts.
	Setup Setup
	// Zone is where times are shown.
	Zone *time.Location
	// Languages are those played; Foreign lists sentences in English that no
	// customer of another language may be sent, ForeignDesk those that nobody at a
	// desk of another language may read.
	Languages   []string
	Foreign     []string
	ForeignDesk []string
	Features    bot.Features
	// Words are texts that every script may use, written as in a script.
	Words string
}

// Player plays one script in one language.
type Player struct {
	World
	Language string

	ctx     context.Context
	program *Program
	engine  *turn.Engine
	courier *delivery.Courier
	changes []Change
	now     time.Time
	texts   map[string]map[string]string // by key, then language

	out     bytes.Buffer
	entries []entry   // shown at the end of the drain
	shown   time.Time // the last time written

	phones  map[string]*phone
	desk    deskPaper
	dialogs map[bot.StaffID]*dialog
	refs    []bot.Ref      // in the order their cards came
	keys    int            // arrivals made so far
	answers int            // messages the customers were sent, or would have been
	mute    bool           // what is said is not shown
	posts   map[string]int // messages in each channel
	quiet   before         // how much there was before the line that was played last

	inside map[string][]string       // who is in a channel, where that has changed
	cases  map[bot.Ref]bot.Complaint // as their last turns left them

	outages  map[bot.Channel]time.Time // until when a platform is out of service
	chatless map[bot.CustomerID]int    // customers without a chat, numbered

	spoken map[bot.Lane]bool // where the turns just taken had something to say

	crash   crash
	cancel  context.CancelFunc // ends what is under way at a crash
	log     bytes.Buffer
	typed   []string // what customers wrote
	quoted  []string // the same, all of it, and what staff took down of it
	secrets []string // what staff wrote for colleagues only
	settled map[string]bot.Verdict
	faults  []string // what went wrong against a rule
}

// errCrash ends what is under way when the program dies.
var errCrash = errors.New("the program dies here")

// Play plays the script and gives the transcript. The error names the line of
// the script and what went wrong there.
func (p *Player) Play(ctx context.Context, script string) (transcript string, err error) {
	p.ctx = ctx
	p.begin()
	defer func() {
		if p.program != nil {
			err = errors.Join(err, p.program.Close())
		}
	}()
	if _, err := p.read(p.Words); err != nil {
		return "", fmt.Errorf("common words: %w", err)
	}
	lines, err := p.read(script)
	if err != nil {
		return "", err
	}
	for _, l := range lines {
		if err := p.line(l.text); err != nil {
			return p.out.String(), fmt.Errorf("line %d: %s: %w", l.n, l.text, err)
		}
	}
	if p.program == nil {
		return p.out.String(), errors.New("the script does not start")
	}
	if err := p.checks(); err != nil {
		return p.out.String(), fmt.Errorf("at the end: %w", err)
	}
	return p.out.String(), nil
}

// begin forgets whatever was.
func (p *Player) begin() {
	p.phones, p.dialogs = map[string]*phone{}, map[bot.StaffID]*dialog{}
	p.texts, p.settled = map[string]map[string]string{}, map[string]bot.Verdict{}
	p.desk.posts, p.posts, p.outages = map[string]*posted{}, map[string]int{}, map[bot.Channel]time.Time{}
	p.chatless = map[bot.CustomerID]int{}
	p.inside, p.cases = map[string][]string{}, map[bot.Ref]bot.Complaint{}
}

// Now is the time of the clock.
func (p *Player) Now() time.Time { return p.now }

// open opens the program with nothing in memory from before.
func (p *Player) open() error {
	prog, err := p.Open(p.ctx, p, p.changes)
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(&p.log, &slog.HandlerOptions{Level: slog.LevelInfo}))
	features := func(c bot.Channel) bot.Features {
		if c == bot.Slack {
			return bot.Features{Channel: bot.Slack}
		}
		return p.Features
	}
	prog.Desk = overheard{p, prog.Desk}
	p.program = prog
	p.engine = &turn.Engine{Store: prog.Store, Flows: watched{p, prog.Flows}, People: people{p}, Features: features, Log: log}
	p.courier = &delivery.Courier{Store: prog.Store, Features: features, Now: p.Now, Log: log, Chance: func() float64 { return 0.5 },
		Doors: map[bot.Channel]delivery.Door{bot.Telegram: phones{p}, bot.Slack: slackPaper{p}}}
	return nil
}

// reopen is a restart: all that was in memory is gone.
func (p *Player) reopen() error {
	if err := p.program.Close(); err != nil {
		return err
	}
	p.program = nil
	p.crash = crash{}
	return p.open()
}

func (p *Player) step(ctx context.Context, lane bot.Lane) (time.Time, error) {
	switch lane.Kind() {
	case 'c':
		return time.Time{}, p.turns(ctx, lane)
	case 'o':
		return p.courier.Step(ctx, lane)
	case 'e':
		if p.crash.now(crashFetching) {
			return time.Time{}, p.die()
		}
		return p.program.Fetch(ctx, lane)
	}
	return time.Time{}, fmt.Errorf("lane %q is of no known kind", lane)
}

// turns takes the lane's turns and carries out what they say at once, until
// there is no more: most of what a script does needs one look at the store.
func (p *Player) turns(ctx context.Context, lane bot.Lane) error {
	for {
		p.spoken = map[bot.Lane]bool{}
		if err := p.engine.Step(ctx, lane, p.Now); err != nil {
			return err
		}
		if len(p.spoken) == 0 {
			return nil
		}
		for _, l := range slices.Sorted(maps.Keys(p.spoken)) {
			if _, err := p.courier.Step(ctx, l); err != nil {
				return err
			}
		}
	}
}

// drain does all there is to do at this instant; it tells when there will be
// more. It survives one crash.
func (p *Player) drain() (next time.Time, err error) {
	ctx, cancel := context.WithCancel(p.ctx)
	defer cancel()
	p.cancel = cancel
	next, err = schedule.Drain(ctx, p.program.Store, p.step, p.now)
	if err != nil && p.crash.died {
		died := p.crash.at
		if err := p.reopen(); err != nil {
			return time.Time{}, err
		}
		p.flush()
		p.write("~~ the program dies " + died + " and is started again")
		next, err = schedule.Drain(p.ctx, p.program.Store, p.step, p.now)
	}
	p.flush()
	return next, err
}

// travel moves the clock through every instant at which something is due.
func (p *Player) travel(to time.Time) error {
	if to.Before(p.now) {
		return fmt.Errorf("%s is in the past: it is %s", to.Format(time.RFC3339), p.now.Format(time.RFC3339))
	}
	for {
		next, err := p.drain()
		if err != nil {
			return err
		}
		if next.IsZero() || next.After(to) {
			p.now = to
			_, err := p.drain()
			return err
		}
		p.now = next
	}
}

// receive keeps an input as a door does.
func (p *Player) receive(in bot.Input) error {
	if in.Key == "" {
		p.keys++
		in.Key = "update:" + strconv.Itoa(p.keys)
	}
	if in.At.IsZero() {
		in.At = p.now.Truncate(time.Second)
	}
	return p.program.Store.Receive(p.ctx, bot.Arrival{Input: in, Raw: []byte("{}")})
}

func (p *Player) wrong(format string, args ...any) {
	p.faults = append(p.faults, fmt.Sprintf(format, args...))
}

func (p *Player) phoneOf(chat string) *phone {
	for _, ph := range p.phones {
		if ph.chat == chat {
			return ph
		}
	}
	return nil
}

// ref is the complaint meant by "#2", or the newest one.
func (p *Player) ref(name string) (bot.Ref, error) {
	n := len(p.refs)
	if name != "" {
		var err error
		if n, err = strconv.Atoi(strings.TrimPrefix(name, "#")); err != nil {
			return "", fmt.Errorf("%q is no complaint: write #1 for the first one", name)
		}
	}
	if n < 1 || n > len(p.refs) {
		return "", fmt.Errorf("there are %d complaints so far", len(p.refs))
	}
	return p.refs[n-1], nil
}
