package flows_test

import (
	"container/heap"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/fnv"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/delivery"
	"github.com/heedbot/heed/bot/schedule"
	"github.com/heedbot/heed/bot/telegram"
	"github.com/heedbot/heed/bot/turn"
	"github.com/heedbot/heed/flows"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
	"github.com/heedbot/heed/storage"
)

// yearWorld is the program below its doors, the people on either side, and the
// clock. One goroutine does everything.
type yearWorld struct {
	t          *testing.T
	ctx        context.Context
	pol        *policy.Policy
	house      *casework.House
	store      *storage.Store
	engine     *turn.Engine
	courier    *delivery.Courier
	seed       int
	now        time.Time
	begin, end time.Time
	outages    []yearOutage
	agenda     yearAgenda

	people  []*yearPerson
	byChat  map[string]*yearPerson
	cases   map[bot.Ref]*yearCase
	actions map[string]bot.Action // by the token of a button
	dialogs int
	// deserted: nobody is at the desk.
	deserted bool

	sent       map[string]time.Time // outbox ids that customers' phones took
	notices    map[string]int       // what the program told a customer on its own
	repeated   []string
	turns      int
	arrivedAll int
	posts      atomic.Int64
	spoken     map[bot.Lane]bool // customers' lanes with something new
	desk       map[bot.Lane]bool // the desk's
	posted     sync.Map          // those of them that are done
	faults     int
}

// yearOutage is a time in which a platform answers nobody.
type yearOutage struct {
	channel  bot.Channel
	from, to time.Time
}

// yearDeed is something that a person is going to do.
type yearDeed struct {
	at  time.Time
	who int // whose: deeds of one instant go by this, then by their order
	n   int
	do  func()
}

type yearAgenda []yearDeed

func (a yearAgenda) Len() int { return len(a) }
func (a yearAgenda) Less(i, j int) bool {
	switch {
	case !a[i].at.Equal(a[j].at):
		return a[i].at.Before(a[j].at)
	case a[i].who != a[j].who:
		return a[i].who < a[j].who
	}
	return a[i].n < a[j].n
}
func (a yearAgenda) Swap(i, j int) { a[i], a[j] = a[j], a[i] }
func (a *yearAgenda) Push(x any)   { *a = append(*a, x.(yearDeed)) }
func (a *yearAgenda) Pop() any {
	last := (*a)[len(*a)-1]
	*a = (*a)[:len(*a)-1]
	return last
}

const yearDesk = "C0DESK"

func newYear(t *testing.T, pol *policy.Policy, n, seed int) *yearWorld {
	t.Helper()
	w := &yearWorld{t: t, ctx: t.Context(), pol: pol, seed: seed,
		begin: time.Date(2026, 1, 1, 0, 0, 0, 0, pol.Zone), end: time.Date(2027, 1, 1, 0, 0, 0, 0, pol.Zone),
		byChat: map[string]*yearPerson{}, cases: map[bot.Ref]*yearCase{}, actions: map[string]bot.Action{},
		sent: map[string]time.Time{}, notices: map[string]int{}, spoken: map[bot.Lane]bool{}, desk: map[bot.Lane]bool{}}
	w.now = w.begin
	words, err := locales.Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	if w.store, err = storage.Open(w.ctx, filepath.Join(t.TempDir(), "heed.db"), storage.Options{Readers: 1}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.store.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := w.store.SavePack(w.ctx, pol.Hash, pol.Name, pol.Version, pol.Text()); err != nil {
		t.Fatal(err)
	}
	w.house = &casework.House{Words: words, Policy: pol, Packs: map[string]*policy.Policy{pol.Hash: pol}, Managers: []string{"U0BOSS"},
		Language: "en", Desk: bot.Address{Channel: bot.Slack, Chat: yearDesk},
		AlbumQuiet: 1500 * time.Millisecond, DraftReminder: 24 * time.Hour, DraftListed: 48 * time.Hour}
	features := func(c bot.Channel) bot.Features {
		if c == bot.Slack {
			return bot.Features{Channel: bot.Slack}
		}
		f := telegram.Features()
		f.Rate = bot.Rate{} // nobody waits on paper
		return f
	}
	now := func() time.Time { return w.now }
	w.engine = &turn.Engine{Store: w.store, Flows: yearFlows{w, flows.Flows{House: w.house}}, People: w, Features: features, Log: slog.New(slog.NewTextHandler(w.t.Output(), &slog.HandlerOptions{Level: slog.LevelError}))}
	w.courier = &delivery.Courier{Store: w.store, Features: features, Now: now, Chance: func() float64 { return 1 },
		Doors: map[bot.Channel]delivery.Door{bot.Telegram: yearPhones{w}, bot.Slack: yearSlack{w}}}
	r := w.chance("outages", 0)
	w.outages = yearOutages(r, w.begin, w.end)
	for i := range n {
		w.appear(i)
	}
	return w
}

// chance is the luck of one thing in one pack, whatever else happens.
func (w *yearWorld) chance(of string, i int) *rand.Rand {
	h := fnv.New64a()
	_, _ = h.Write([]byte(w.pol.Name + " " + of))
	return rand.New(rand.NewPCG(uint64(w.seed)<<20^uint64(i), h.Sum64()))
}

// yearOutages spreads outages over the year, from minutes to two days: of each
// platform alone, of both at once, and over the instants at which days end and
// customers may be written to for the last time.
func yearOutages(r *rand.Rand, begin, end time.Time) []yearOutage {
	lengths := map[bot.Channel][]time.Duration{
		bot.Telegram: {4 * time.Minute, 25 * time.Minute, time.Hour, 3 * time.Hour, 9 * time.Hour, 26 * time.Hour, 48 * time.Hour},
		bot.Slack:    {4 * time.Minute, 25 * time.Minute, time.Hour, 3 * time.Hour, 9 * time.Hour, 48 * time.Hour},
	}
	free := map[int]bool{}
	day := func() time.Time {
		for {
			// Three days each, none in the first days nor in the last.
			if d := 1 + r.IntN(117); !free[d] {
				free[d] = true
				return begin.AddDate(0, 0, 3*d)
			}
		}
	}
	var list []yearOutage
	add := func(from time.Time, length time.Duration, channels ...bot.Channel) {
		for _, c := range channels {
			list = append(list, yearOutage{c, from, from.Add(length)})
		}
	}
	clock := func(d time.Time, h, m int) time.Time {
		return time.Date(d.Year(), d.Month(), d.Day(), h, m, r.IntN(60), 0, d.Location())
	}
	for _, c := range []bot.Channel{bot.Telegram, bot.Slack} {
		for _, l := range lengths[c] {
			add(day().Add(time.Duration(r.IntN(86400))*time.Second), l, c)
		}
	}
	for range 4 {
		add(clock(day(), 23, 20+r.IntN(30)), 90*time.Minute, bot.Telegram) // over the end of a day
		add(clock(day(), 19, 30+r.IntN(25)), 75*time.Minute, bot.Telegram) // over the last moment to write
		add(clock(day(), 17, 30+r.IntN(25)), 45*time.Minute, bot.Slack)
		d := day()
		add(clock(d, 18, 0), 7*time.Hour, bot.Telegram, bot.Slack)
	}
	both := day()
	add(clock(both, 14, 0), 47*time.Hour, bot.Telegram)
	add(clock(both, 16, 0), 12*time.Hour, bot.Slack)
	slices.SortFunc(list, func(a, b yearOutage) int { return a.from.Compare(b.from) })
	return list
}

// back is when a platform answers again: now if it does.
func (w *yearWorld) back(c bot.Channel, at time.Time) time.Time {
	for _, o := range w.outages {
		if o.channel == c && !at.Before(o.from) && at.Before(o.to) {
			at = o.to
		}
	}
	return at
}

func (w *yearWorld) down(c bot.Channel) bool { return w.back(c, w.now).After(w.now) }

// plan has something done at an instant.
func (w *yearWorld) plan(who *yearPerson, at time.Time, do func()) {
	if at.Before(w.now) {
		at = w.now
	}
	who.deeds++
	heap.Push(&w.agenda, yearDeed{at, who.n, who.deeds, do})
}

// live goes through the year.
func (w *yearWorld) live() {
	var due time.Time // of the program's next work
	for {
		next := due
		if len(w.agenda) > 0 && (next.IsZero() || w.agenda[0].at.Before(next)) {
			next = w.agenda[0].at
		}
		if next.IsZero() || !next.Before(w.end) {
			w.now = w.end
			if err := w.postAll(w.ctx); err != nil {
				w.t.Fatal(err)
			}
			return
		}
		w.now = next
		for len(w.agenda) > 0 && !w.agenda[0].at.After(w.now) {
			heap.Pop(&w.agenda).(yearDeed).do()
		}
		var err error
		if due, err = schedule.Drain(w.ctx, w.store, w.step, w.now); err != nil {
			w.t.Fatalf("%s: %v", w.now, err)
		}
	}
}

func (w *yearWorld) step(ctx context.Context, lane bot.Lane) (time.Time, error) {
	switch {
	case lane.Kind() == 'c':
		return time.Time{}, w.takeTurns(ctx, lane)
	case lane.Kind() == 'o' && !yearDeskLane(lane):
		return w.courier.Step(ctx, lane)
	case lane.Kind() == 'o':
		if next := w.now.Truncate(yearDeskEvery).Add(yearDeskEvery); !w.now.Equal(next.Add(-yearDeskEvery)) {
			return next, nil
		}
		w.desk[lane] = true // one put off is due again
		return time.Time{}, w.postAll(ctx)
	}
	return time.Time{}, fmt.Errorf("nobody sends files this year, but there is lane %s", lane.Hidden())
}

// yearDeskEvery is how often the desk is posted to: all its threads at once,
// side by side, so that they share their commits. A post for each thread alone
// would take half of the time that a year takes, and nothing here looks at them.
const yearDeskEvery = time.Hour

func yearDeskLane(lane bot.Lane) bool { return strings.HasPrefix(string(lane), "o:slack:") }

// takeTurns takes the lane's turns and carries out what they say to the
// customer at once, until there is no more: most instants then need one look at
// the store.
func (w *yearWorld) takeTurns(ctx context.Context, lane bot.Lane) error {
	for {
		clear(w.spoken)
		if err := w.engine.Step(ctx, lane, func() time.Time { return w.now }); err != nil || len(w.spoken) == 0 {
			return err
		}
		for l := range w.spoken {
			if _, err := w.courier.Step(ctx, l); err != nil {
				return err
			}
		}
	}
}

// postAll carries out all there is for the desk.
func (w *yearWorld) postAll(ctx context.Context) error {
	var group sync.WaitGroup
	var failed atomic.Pointer[error]
	lanes := make(chan bot.Lane)
	for range min(len(w.desk), 32) {
		group.Go(func() {
			for l := range lanes {
				next, err := w.courier.Step(ctx, l)
				if err != nil {
					failed.Store(&err)
				}
				if next.IsZero() {
					w.posted.Store(l, true)
				}
			}
		})
	}
	for l := range w.desk {
		lanes <- l
	}
	close(lanes)
	group.Wait()
	w.posted.Range(func(l, _ any) bool {
		delete(w.desk, l.(bot.Lane))
		return true
	})
	w.posted.Clear()
	if err := failed.Load(); err != nil {
		return *err
	}
	return nil
}

func (w *yearWorld) receive(ins ...bot.Input) {
	var as []bot.Arrival
	for _, in := range ins {
		as = append(as, bot.Arrival{Input: in, Raw: []byte("{}")})
	}
	if err := w.store.Receive(w.ctx, as...); err != nil {
		w.t.Fatal(err)
	}
}

// yearFlows are the flows with the chance of the year. They see what each turn
// comes to, as people at the desk would.
type yearFlows struct {
	w     *yearWorld
	flows turn.Flows
}

func (f yearFlows) Hear(s bot.Situation) (bot.Turn, error)   { return f.take(s, f.flows.Hear) }
func (f yearFlows) Act(s bot.Situation) (bot.Turn, error)    { return f.take(s, f.flows.Act) }
func (f yearFlows) Wake(s bot.Situation) (bot.Turn, error)   { return f.take(s, f.flows.Wake) }
func (f yearFlows) Settle(s bot.Situation) (bot.Turn, error) { return f.take(s, f.flows.Settle) }

func (f yearFlows) take(s bot.Situation, do func(bot.Situation) (bot.Turn, error)) (bot.Turn, error) {
	name := s.Customer.Chat.Chat
	if name == "" {
		name = string(s.Lane)
	}
	s.Seed = sha256.Sum256(fmt.Appendf(nil, "%d %s %s %d", f.w.seed, f.w.pol.Name, name, s.N))
	t, err := do(s)
	if err == nil {
		f.w.turns++
		f.w.seen(t)
		for _, o := range t.Say {
			if l := o.Lane(); yearDeskLane(l) {
				f.w.desk[l] = true
			} else {
				f.w.spoken[l] = true
			}
		}
	}
	return t, err
}

// Staff implements turn.People.
func (w *yearWorld) Staff(_ context.Context, id bot.StaffID) bot.Staff {
	s := bot.Staff{ID: id, Name: strings.ToLower(string(id[2:])), Roles: []bot.Role{bot.Agent}}
	if id == "U0BOSS" {
		s.Roles = append(s.Roles, bot.Manager)
	}
	return s
}

var (
	errYearDown = errors.New("service unavailable")
	errYearGone = errors.New("forbidden: bot was blocked by the user")
)

// yearPhones are the customers' phones.
type yearPhones struct{ w *yearWorld }

// Send implements delivery.Door.
func (d yearPhones) Send(_ context.Context, s bot.Sending) (string, error) {
	w := d.w
	p := w.byChat[s.To.Chat]
	p.sends++
	switch {
	case w.down(bot.Telegram):
		return "", errYearDown
	case p.blocked:
		return "", bot.Blocked(errYearGone)
	case w.chance("line "+p.chat, p.sends).IntN(200) == 0 && s.Attempts == 1:
		return "", errYearDown // once, for no reason
	}
	if s.Message != nil {
		w.arrived(p, s.Outbound)
	}
	return fmt.Sprint(p.sends), nil
}

// yearSlack is the desk. It looks at nothing: what it posts is tested elsewhere.
type yearSlack struct{ w *yearWorld }

// Send implements delivery.Door.
func (d yearSlack) Send(_ context.Context, s bot.Sending) (string, error) {
	if d.w.down(bot.Slack) {
		return "", errYearDown
	}
	d.w.posts.Add(1)
	return s.ID, nil
}

// digest is the same for the same year.
func (w *yearWorld) digest() string {
	h := sha256.New()
	for _, ref := range slices.Sorted(mapsKeys(w.cases)) {
		evs, err := w.store.EventsOf(w.ctx, ref)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, e := range evs {
			// Ids of messages name the lane, which is made of the store's own chance.
			_, _ = fmt.Fprintln(h, ref, e.N, e.At.UnixMilli(), e.Noted.UnixMilli(), e.Kind, e.Digest, e.Data["promise"], e.Data["due"])
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
}

// Directory implements turn.People.
func (w *yearWorld) Directory(ctx context.Context, _ bool) bot.Directory {
	d := bot.Directory{Known: true}
	for _, id := range []bot.StaffID{"U0ANN", "U0BEN", "U0CYD", "U0BOSS"} {
		d.People = append(d.People, w.Staff(ctx, id))
	}
	return d
}
