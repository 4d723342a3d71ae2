package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"gocloud.dev/blob"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/delivery"
	"github.com/heedbot/heed/bot/evidence"
	"github.com/heedbot/heed/bot/schedule"
	"github.com/heedbot/heed/bot/telegram"
	"github.com/heedbot/heed/bot/turn"
	"github.com/heedbot/heed/flows"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
	"github.com/heedbot/heed/storage"
)

// wallWorld is the program between doors of paper, with the real answers to
// staff. One goroutine does everything. All chance comes from the seed and from
// what a turn is about, so that what one customer does changes nothing in the
// turns of another.
type wallWorld struct {
	ctx     context.Context
	name    string
	seed    uint64
	town    *wallTown
	house   *casework.House
	store   *storage.Store
	engine  *turn.Engine
	courier *delivery.Courier
	fetcher *evidence.Fetcher
	bucket  *blob.Bucket
	views   *views
	now     time.Time
	rough   bool // Slack fails now and then

	refs    map[string]bot.Ref        // by the key of the input that made the complaint
	cases   map[bot.Ref]bot.Complaint // as the turns left them
	actions map[string]bot.Action     // by the token of a button
	drafts  map[bot.CustomerID]int    // the number of the newest one
	flags   map[bot.Ref]int           // likewise
	steps   map[bot.Ref]int           // likewise
	buttons map[string]string         // tokens on customers' phones, by chat and what they do
	posts   map[string]*wallPost      // by Slack's id
	order   []string
	shown   int   // posts so far
	fault   error // something was shown to someone whom it is hidden from
	private []wallPrivate

	mu         sync.Mutex
	tracing    bool
	statements []string
}

// wallPost is what a channel holds: a post with its last edit, or a file.
type wallPost struct {
	out, chat, thread, about string
	complaint                bot.Ref
	post                     bot.Post
	file                     *bot.Upload
	at                       time.Time
}

// wallPrivate is an answer that one person saw.
type wallPrivate struct {
	user       bot.StaffID
	chat, text string
}

// wallEmpty is a new database. Every world begins with a copy: to make one
// takes longer than to live in it.
var wallEmpty = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "heed-walls-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "empty.db")
	store, err := storage.Open(context.Background(), path, storage.Options{Readers: 1})
	if err != nil {
		return nil, err
	}
	if err := store.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

var wallWords = sync.OnceValues(func() (*locales.Catalog, error) { return locales.Open(nil) })

// wallPolicies are the packs that hide complaints from those they are about.
var wallPolicies = sync.OnceValues(func() ([]*policy.Policy, error) {
	var all []*policy.Policy
	for _, name := range []string{"ask4", "respect-for-agents"} {
		p, err := readPolicy(name)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
})

func newWallWorld(ctx context.Context, name, dir string, seed uint64, pol *policy.Policy, town *wallTown, now time.Time, rough bool) (*wallWorld, error) {
	w := &wallWorld{ctx: ctx, name: name, seed: seed, town: town, now: now, rough: rough, refs: map[string]bot.Ref{}, cases: map[bot.Ref]bot.Complaint{},
		actions: map[string]bot.Action{}, buttons: map[string]string{}, drafts: map[bot.CustomerID]int{},
		flags: map[bot.Ref]int{}, steps: map[bot.Ref]int{}, posts: map[string]*wallPost{}}
	fresh, err := wallEmpty()
	if err != nil {
		return nil, err
	}
	words, err := wallWords()
	if err != nil {
		return nil, err
	}
	path := filepath.Join(dir, name+".db")
	if err := os.WriteFile(path, fresh, 0o600); err != nil {
		return nil, err
	}
	if w.store, err = storage.Open(ctx, path, storage.Options{Readers: 2, Trace: w.trace}); err != nil {
		return nil, err
	}
	if err := w.store.SavePack(ctx, pol.Hash, pol.Name, pol.Version, pol.Text()); err != nil {
		return nil, err
	}
	if w.bucket, err = evidence.OpenBucket(ctx, "mem://"); err != nil {
		return nil, err
	}
	w.house = &casework.House{Words: words, Policy: pol, Packs: map[string]*policy.Policy{pol.Hash: pol}, Managers: town.managers, Roles: town.roles,
		Language: "en", Desk: bot.Address{Channel: bot.Slack, Chat: wallDesk},
		AlbumQuiet: albumQuiet, DraftReminder: 24 * time.Hour, DraftListed: 48 * time.Hour}
	features := func(c bot.Channel) bot.Features {
		if c == bot.Slack {
			return bot.Features{Channel: bot.Slack}
		}
		f := telegram.Features()
		f.Rate = bot.Rate{} // nobody waits on paper
		return f
	}
	clock := func() time.Time { return w.now }
	w.engine = &turn.Engine{Store: w.store, Flows: wallFlows{w, flows.Flows{House: w.house}}, People: town, Features: features}
	w.courier = &delivery.Courier{Store: w.store, Features: features, Now: clock, Chance: func() float64 { return 1 },
		Doors: map[bot.Channel]delivery.Door{bot.Telegram: wallPhones{w}, bot.Slack: wallSlack{w}}}
	w.fetcher = &evidence.Fetcher{Store: w.store, Bucket: w.bucket, Now: clock, Sources: map[bot.Channel]evidence.Source{bot.Telegram: wallFiles{}}}
	w.views = &views{store: w.store, house: w.house, people: town, links: wallLinks{w}, now: clock}
	return w, nil
}

func (w *wallWorld) close() error { return errors.Join(w.store.Close(), w.bucket.Close()) }

// trace notes a statement that a read ran.
func (w *wallWorld) trace(sql string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.tracing {
		w.statements = append(w.statements, sql)
	}
}

// traced gives the statements that are run meanwhile.
func (w *wallWorld) traced(do func()) []string {
	set := func(on bool) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.tracing = on
	}
	w.statements = nil
	set(true)
	do()
	set(false)
	return w.statements
}

// drain does all there is to do now. Next is when there will be more.
func (w *wallWorld) drain(now time.Time) (next time.Time, err error) {
	w.now = now
	next, err = schedule.Drain(w.ctx, w.store, func(ctx context.Context, lane bot.Lane) (time.Time, error) {
		switch lane.Kind() {
		case 'c':
			return time.Time{}, w.engine.Step(ctx, lane, func() time.Time { return now })
		case 'e':
			return w.fetcher.Step(ctx, lane)
		}
		return w.courier.Step(ctx, lane)
	}, now)
	return next, errors.Join(err, w.fault)
}

func (w *wallWorld) receive(ins ...bot.Input) error {
	var as []bot.Arrival
	for _, in := range ins {
		as = append(as, bot.Arrival{Input: in, Raw: []byte("{}")})
	}
	return w.store.Receive(w.ctx, as...)
}

// move brings a customer in under an id that is the same in every world: the
// store would draw one, and lanes are worked through in the order of their
// names.
func (w *wallWorld) move(c *wallCustomer) error {
	act := bot.Act{Verb: "none", Customer: c.id, New: true}
	if err := w.receive(bot.Input{Key: "moves " + c.chat, Channel: bot.Slack, Kind: bot.InAct, At: w.now, Act: &act}); err != nil {
		return err
	}
	_, err := w.store.Turn(w.ctx, bot.TurnLane(c.id), w.now, func(s bot.Situation) (bot.Turn, error) {
		s.Customer.Chat = bot.Address{Channel: bot.Telegram, Account: "4242", Chat: c.chat}
		return bot.Turn{Customer: &s.Customer}, nil
	})
	return err
}

// wallFlows are the flows with the chance of a world. It sees what each turn
// comes to, as the people do.
type wallFlows struct {
	w     *wallWorld
	flows turn.Flows
}

func (f wallFlows) Hear(s bot.Situation) (bot.Turn, error)   { return f.take(s, f.flows.Hear) }
func (f wallFlows) Act(s bot.Situation) (bot.Turn, error)    { return f.take(s, f.flows.Act) }
func (f wallFlows) Wake(s bot.Situation) (bot.Turn, error)   { return f.take(s, f.flows.Wake) }
func (f wallFlows) Settle(s bot.Situation) (bot.Turn, error) { return f.take(s, f.flows.Settle) }

func (f wallFlows) take(s bot.Situation, do func(bot.Situation) (bot.Turn, error)) (bot.Turn, error) {
	w := f.w
	s.Seed = sha256.Sum256(fmt.Appendf(nil, "%d %s %s %d", w.seed, s.Lane, s.Input.Key, s.Input.At.UnixMilli()))
	t, err := do(s)
	if err != nil {
		return t, err
	}
	for _, k := range t.Tokens {
		w.actions[k.Token] = k.Action
	}
	if t.Customer != nil {
		w.drafts[t.Customer.ID] = t.Customer.Drafts
		for _, x := range t.Customer.Flags {
			w.flags[x.Complaint] = x.N
		}
		for _, x := range t.Customer.Steps {
			w.steps[x.Complaint] = x.N
		}
	}
	for _, c := range t.Complaints {
		if _, known := w.cases[c.Ref]; !known {
			w.refs[s.Input.Key] = c.Ref
		}
		w.cases[c.Ref] = c
	}
	return t, nil
}

// wallPhones are the customers' phones.
type wallPhones struct{ w *wallWorld }

// Send implements delivery.Door.
func (d wallPhones) Send(_ context.Context, s bot.Sending) (string, error) {
	if s.Message != nil {
		for _, c := range s.Message.Choices {
			a := d.w.actions[c.Token]
			d.w.buttons[s.To.Chat+" "+a.Verb+" "+string(a.Ref)] = c.Token
		}
	}
	return s.ID, nil
}

// wallFiles gives the files that customers send.
type wallFiles struct{}

// Fetch implements evidence.Source.
func (wallFiles) Fetch(_ context.Context, f bot.File) (io.ReadCloser, error) {
	return io.NopCloser(bytes.NewReader([]byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + f.Handle))), nil
}

// wallLinks gives a thread's address as a person sees it: a link.
type wallLinks struct{ w *wallWorld }

var errNoSuchPost = fmt.Errorf("message_not_found")

// Permalink implements what views asks of Slack.
func (l wallLinks) Permalink(_ context.Context, channel, ts string) (string, error) {
	p := l.w.posts[ts]
	if p == nil || p.chat != channel {
		return "", errNoSuchPost
	}
	return "link to " + string(p.complaint) + " in " + channel, nil
}

// pending tells whether something for Slack is still on its way.
func (w *wallWorld) pending() (bool, error) {
	states, err := w.store.Queue(w.ctx)
	return states[bot.Queued]+states[bot.InFlight] > 0, err
}

// sees tells whether a person is one whom a complaint is hidden from.
func (w *wallWorld) hides(ref bot.Ref, who bot.StaffID) bool {
	c, ok := w.cases[ref]
	return ok && c.Wall.Hides(who)
}

// all are the references that were given, in their order of time.
func (w *wallWorld) all() []bot.Ref {
	var refs []bot.Ref
	for ref := range w.cases {
		refs = append(refs, ref)
	}
	slices.Sort(refs)
	return refs
}
