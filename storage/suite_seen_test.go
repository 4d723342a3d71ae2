package storage

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
)

// reads are all reads of the gate, by the names of its methods.
var reads = map[string]func(ctx context.Context, v *Seen, ref bot.Ref) []any{
	"Complaint": func(ctx context.Context, v *Seen, ref bot.Ref) []any {
		c, owner, ok, err := v.Complaint(ctx, ref)
		return []any{c, owner, ok, err}
	},
	"EvidenceOf": func(ctx context.Context, v *Seen, ref bot.Ref) []any { return two(v.EvidenceOf(ctx, ref)) },
	"LastWords":  func(ctx context.Context, v *Seen, ref bot.Ref) []any { return two(v.LastWords(ctx, ref)) },
	"CardOf": func(ctx context.Context, v *Seen, ref bot.Ref) []any {
		channel, ts, err := v.CardOf(ctx, ref)
		return []any{channel, ts, err}
	},
	"Mine":        func(ctx context.Context, v *Seen, _ bot.Ref) []any { return two(v.Mine(ctx)) },
	"OpenByStage": func(ctx context.Context, v *Seen, _ bot.Ref) []any { return two(v.OpenByStage(ctx)) },
	"DueNext":     func(ctx context.Context, v *Seen, _ bot.Ref) []any { return two(v.DueNext(ctx, t0, 5)) },
	"Overdue":     func(ctx context.Context, v *Seen, _ bot.Ref) []any { return two(v.Overdue(ctx, t0, 5)) },
	"KeptIn": func(ctx context.Context, v *Seen, _ bot.Ref) []any {
		return two(v.KeptIn(ctx, t0.AddDate(0, 0, -2), t0.AddDate(0, 0, 2), t0))
	},
	"Surveys": func(ctx context.Context, v *Seen, _ bot.Ref) []any {
		return two(v.Surveys(ctx, t0.AddDate(0, -1, 0), t0.AddDate(0, 1, 0)))
	},
	"Measures": func(ctx context.Context, v *Seen, _ bot.Ref) []any { return two(v.Measures(ctx, t0)) },
	"Conduct": func(ctx context.Context, v *Seen, _ bot.Ref) []any {
		return two(v.Conduct(ctx, t0.AddDate(0, -1, 0), t0.AddDate(0, 1, 0)))
	},
}

func two[T any](v T, err error) []any { return []any{v, err} }

// aWorld is complaints with all that hangs on them.
type aWorld struct {
	complaints []bot.Complaint
	flags      map[bot.CustomerID][]bot.Flag
	steps      map[bot.CustomerID][]bot.Step
}

var theStaff = []bot.StaffID{"U0", "U1", "U2", "U3"}

func randomWorld(r *rand.Rand) aWorld {
	w := aWorld{flags: map[bot.CustomerID][]bot.Flag{}, steps: map[bot.CustomerID][]bot.Step{}}
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	staff := func() bot.StaffID { return theStaff[r.IntN(len(theStaff))] }
	for i := range 4 + r.IntN(8) {
		id := bot.CustomerID(fmt.Sprint("customer", r.IntN(3)))
		ref := bot.Ref(fmt.Sprint("R", i))
		c := newComplaint(ref, bot.TurnLane(id))
		c.Stage = bot.Stage(pick("received", "examined", "decided", "closed"))
		c.Topic, c.Language, c.Assignee = pick("delivery", "staff"), pick("en", "fr"), staff()
		c.Card, c.Received = "card"+string(ref), t0.Add(time.Duration(i)*time.Minute)
		p := &c.Promises[0]
		p.Due = t0.Add(time.Duration(r.IntN(48)-24) * time.Hour)
		if r.IntN(3) == 0 {
			p.Verdict, p.Settled = bot.Kept, p.Due
		}
		if r.IntN(2) == 0 {
			c.Home, c.Wall = "C0SENIOR", &bot.Wall{Since: t0, Managers: r.IntN(3) == 0}
			for _, u := range theStaff {
				if r.IntN(3) == 0 {
					c.Wall.Hidden = append(c.Wall.Hidden, bot.Hidden{Staff: u, Unsure: r.IntN(2) == 0})
				}
			}
		}
		w.complaints = append(w.complaints, c)
		// Numbers are given here, so that they do not tell of what is left out.
		w.flags[id] = append(w.flags[id], bot.Flag{N: i + 1, Complaint: ref, Kind: "insult", By: staff(), At: t0, Words: "w"})
		w.steps[id] = append(w.steps[id], bot.Step{
			N: i + 1, Complaint: ref, Flag: i + 1, Do: pick(bot.StepWarn, bot.StepStop, bot.StepBlock), Kind: "insult", By: staff(), At: t0,
			Until: t0.Add(time.Duration(r.IntN(9)-2) * time.Hour), Reason: "r",
		})
	}
	return w
}

// keepWorld saves the complaints that are left in.
func keepWorld(t *testing.T, s *Store, w aWorld, in func(*bot.Complaint) bool) {
	t.Helper()
	left := map[bot.Ref]bool{}
	for i := range w.complaints {
		left[w.complaints[i].Ref] = in(&w.complaints[i])
	}
	for _, id := range []bot.CustomerID{"customer0", "customer1", "customer2"} {
		must(t, s.Receive(bg, act("log"+string(id), bot.Act{Customer: id, New: true})))
		turn := bot.Turn{Customer: &bot.Customer{ID: id, Name: "N", Language: "pl", Unshown: map[bot.Ref]bot.Held{}}}
		for _, c := range w.complaints {
			if c.Customer != id || !left[c.Ref] {
				continue
			}
			turn.Customer.Unshown[c.Ref] = bot.Held{Files: []string{string(c.Ref)}}
			for _, e := range []bot.Event{
				{Kind: bot.EvReceived, By: "customer", Words: "words of " + string(c.Ref)},
				{Kind: bot.EvDelivered, Data: map[string]string{"about": "survey"}},
				{Kind: bot.EvRated, Data: map[string]string{"answer": "satisfied"}},
			} {
				e.Complaint, e.At, e.Noted = c.Ref, t0, t0
				e = e.Seal(c.Events+1, c.Hash)
				c.Events, c.Hash = e.N, e.Hash
				turn.Events = append(turn.Events, e)
			}
			turn.Complaints = append(turn.Complaints, c)
			turn.Evidence = append(turn.Evidence, bot.Evidence{ID: "file" + string(c.Ref), Customer: id, Complaint: c.Ref, At: t0, State: bot.FileKept})
			card, said := post(c.Card), words("out"+string(c.Ref), "to the customer", bot.Address{Channel: bot.Telegram, Chat: string(c.Ref)})
			card.Complaint, said.Complaint = c.Ref, c.Ref
			turn.Say = append(turn.Say, card, said)
		}
		for _, f := range w.flags[id] {
			if left[f.Complaint] {
				turn.Customer.Flags = append(turn.Customer.Flags, f)
			}
		}
		for _, m := range w.steps[id] {
			if left[m.Complaint] {
				turn.Customer.Steps = append(turn.Customer.Steps, m)
			}
		}
		take(t, s, bot.TurnLane(id), t0, turn)
	}
	for _, c := range w.complaints {
		if left[c.Ref] {
			claim(t, s, post(c.Card).Lane(), t0)
			sent(t, s, post(c.Card).Lane(), c.Card, "ts."+string(c.Ref))
		}
	}
}

// listener gathers the statements of reads.
type listener struct {
	mu   sync.Mutex
	said []string
}

func (l *listener) hear(sql string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.said = append(l.said, sql)
}

func (l *listener) drain() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	said := l.said
	l.said = nil
	return said
}

// For everyone, whatever is walled from them, each read gives what it would
// give in a world without it, by the same statements.
func seenWorlds(t *testing.T, open opener) {
	gate := reflect.TypeFor[*Seen]()
	for i := range gate.NumMethod() {
		if reads[gate.Method(i).Name] == nil {
			t.Errorf("the gate's read %s is not looked at", gate.Method(i).Name)
		}
	}
	hidden, visible := 0, 0
	for range 2 {
		seed := rand.Uint64()
		r := rand.New(rand.NewPCG(seed, 0))
		w := randomWorld(r)
		whole := &listener{}
		s, _ := open(t, Options{Trace: whole.hear})
		keepWorld(t, s, w, func(*bot.Complaint) bool { return true })
		for _, rank := range []bot.Rank{bot.RankAgent, bot.RankManager, bot.RankSenior} {
			viewer := bot.Sight{Staff: theStaff[r.IntN(len(theStaff))], Rank: rank}
			lesser := &listener{}
			without, _ := open(t, Options{Trace: lesser.hear})
			keepWorld(t, without, w, viewer.Sees)
			for _, name := range slices.Sorted(maps.Keys(reads)) {
				for i, c := range append(w.complaints, bot.Complaint{Ref: "NONE"}, bot.Complaint{Ref: "nul\x00"}) {
					whole.drain()
					lesser.drain()
					got := reads[name](bg, s.As(viewer), c.Ref)
					want := reads[name](bg, without.As(viewer), c.Ref)
					if !reflect.DeepEqual(got, want) {
						t.Fatalf("seed %d: %s of %s by %+v:\n got %+v\nwant %+v", seed, name, c.Ref, viewer, got, want)
					}
					if a, b := whole.drain(), lesser.drain(); !slices.Equal(a, b) || len(a) == 0 {
						t.Fatalf("seed %d: %s of %s by %+v asks\n%s\nnot\n%s", seed, name, c.Ref, viewer, strings.Join(a, "\n"), strings.Join(b, "\n"))
					}
					if name != "Complaint" || i >= len(w.complaints) {
						continue
					}
					if got[2] != viewer.Sees(&c) {
						t.Fatalf("seed %d: %+v is shown %s: %v", seed, viewer, c.Ref, got[2])
					}
					if got[2] == true {
						visible++
					} else {
						hidden++
					}
				}
			}
			must(t, without.Close())
		}
	}
	if hidden == 0 || visible == 0 {
		t.Fatalf("%d hidden, %d visible", hidden, visible)
	}
}

func noRank(t *testing.T, open opener) {
	heard := &listener{}
	s, _ := open(t, Options{Trace: heard.hear})
	w := randomWorld(rand.New(rand.NewPCG(1, 1)))
	for i := range w.complaints {
		w.complaints[i].Wall = nil
	}
	keepWorld(t, s, w, func(*bot.Complaint) bool { return true })
	for _, rank := range []bot.Rank{"", "owner"} {
		for _, name := range slices.Sorted(maps.Keys(reads)) {
			for _, u := range theStaff {
				heard.drain()
				got := reads[name](bg, s.As(bot.Sight{Staff: u, Rank: rank}), "R0")
				asked := heard.drain()
				none := reads[name](bg, s.As(bot.Sight{Staff: "U9", Rank: rank}), "NONE")
				if !reflect.DeepEqual(got, none) || got[len(got)-1] != nil || len(asked) == 0 {
					t.Fatalf("%s by someone of rank %q after %d queries: %+v", name, rank, len(asked), got)
				}
				for _, x := range got[:len(got)-1] {
					if v := reflect.ValueOf(x); !v.IsZero() && v.Kind() != reflect.Struct && v.Len() > 0 {
						t.Fatalf("%s by someone of rank %q shows %+v", name, rank, x)
					}
				}
			}
		}
	}
	_, _, ok, err := s.As(bot.Sight{Staff: "U0", Rank: bot.RankAgent}).Complaint(bg, "R0")
	must(t, err)
	equal(t, "an agent sees it", ok, true)
}

func wallFollows(t *testing.T, open opener) {
	s, again := open(t)
	lane := customer(t, s, "9")
	c := newComplaint("R", lane)
	take(t, s, lane, t0, bot.Turn{Complaints: []bot.Complaint{c}})
	saves := 0
	who := func(want string) {
		t.Helper()
		saves++
		must(t, s.Receive(bg, message(key(saves), "9", "x", t0)))
		take(t, s, lane, t0, bot.Turn{Complaints: []bot.Complaint{c}})
		s = again()
		var got []string
		for _, rank := range []bot.Rank{bot.RankAgent, bot.RankManager, bot.RankSenior} {
			for _, u := range []bot.StaffID{"U1", "U2"} {
				_, _, ok, err := s.As(bot.Sight{Staff: u, Rank: rank}).Complaint(bg, "R")
				must(t, err)
				if ok {
					got = append(got, string(rank)+" "+string(u))
				}
			}
		}
		equal(t, "seen by", strings.Join(got, ", "), want)
	}
	who("agent U1, agent U2, manager U1, manager U2, senior U1, senior U2")
	c.Wall = &bot.Wall{Hidden: []bot.Hidden{{Staff: "U1"}, {Staff: "U1", Unsure: true}}}
	who("senior U2")
	c.Wall.Managers = true
	who("manager U2, senior U2")
	c.Wall.Hidden = []bot.Hidden{{Staff: "U2"}}
	who("manager U1, senior U1")
	c.Wall = &bot.Wall{}
	who("senior U1, senior U2")
	c.Wall = nil
	who("agent U1, agent U2, manager U1, manager U2, senior U1, senior U2")
}

func measures(t *testing.T, open opener) {
	s, again := open(t)
	lane := customer(t, s, "9")
	a, b := newComplaint("A", lane), newComplaint("B", lane)
	a.Topic, a.Assignee, a.Card, a.Home = "delivery", "U1", "card", "C1"
	b.Topic, b.Language, b.Wall = "staff", "fr", &bot.Wall{Hidden: []bot.Hidden{{Staff: "U2"}}}
	step := func(n int, ref bot.Ref, do string, until time.Duration) bot.Step {
		m := bot.Step{N: n, Complaint: ref, Do: do, Flag: 1, Kind: "threat", By: "U2", At: t0.Add(time.Duration(n) * time.Minute), Reason: "r"}
		if until != 0 {
			m.Until = t0.Add(until)
		}
		return m
	}
	who := bot.Customer{
		ID: lane.Customer(), Language: "pl",
		Flags: []bot.Flag{
			{N: 1, Complaint: "A", Kind: "threat", By: "U1", At: t0, Words: "w"},
			{N: 2, Complaint: "A", Kind: "insult", By: "U1", At: t0, Dropped: "U2"},
			{N: 3, Complaint: "B", Kind: "insult", By: "U1", At: t0},
			{N: 4, Complaint: "A", Kind: "insult", By: "U1", At: t0.AddDate(0, 3, 0)},
		},
		Steps: []bot.Step{
			step(1, "A", bot.StepWarn, 0), step(2, "A", bot.StepBlock, 48*time.Hour), step(3, "A", bot.StepStop, 24*time.Hour),
			step(4, "A", bot.StepReport, 0), step(5, "B", bot.StepStop, 12*time.Hour), step(6, "A", bot.StepStop, time.Hour),
		},
	}
	card := post("card")
	card.Complaint = "A"
	take(t, s, lane, t0, bot.Turn{Customer: &who, Complaints: []bot.Complaint{a, b}, Say: []bot.Outbound{card}})
	claim(t, s, card.Lane(), t0)
	sent(t, s, card.Lane(), "card", "1.1")
	s = again()

	agent, senior := bot.Sight{Staff: "U1", Rank: bot.RankAgent}, bot.Sight{Staff: "U3", Rank: bot.RankSenior}
	inForce := func(v bot.Sight, now time.Time) string {
		t.Helper()
		list, err := s.As(v).Measures(bg, now)
		must(t, err)
		var got []string
		for _, m := range list {
			got = append(got, fmt.Sprint(m.Step.Complaint, m.Step.N))
		}
		return strings.Join(got, " ")
	}
	equal(t, "for an agent", inForce(agent, t0), "A6 A3 A2")
	equal(t, "for senior management", inForce(senior, t0), "A6 B5 A3 A2")
	equal(t, "at the instant it lapses", inForce(agent, t0.Add(time.Hour)), "A3 A2")
	equal(t, "after all", inForce(senior, t0.AddDate(1, 0, 0)), "")
	list, err := s.As(agent).Measures(bg, t0)
	must(t, err)
	want := Measure{Customer: who.ID, Language: "pl", Step: who.Steps[1], Topic: "delivery", Stage: bot.Received, Home: "C1", CardChat: "C1", Card: "1.1"}
	if !reflect.DeepEqual(list[2], want) {
		t.Fatalf("measure:\n got %+v\nwant %+v", list[2], want)
	}

	figures, err := s.As(agent).Conduct(bg, t0, t0.AddDate(0, 3, 0))
	must(t, err)
	if !reflect.DeepEqual(figures, []ConductFigure{
		{Language: "en", Topic: "delivery", Steps: map[string]int{}, Stepped: 1},
		{Language: "en", Topic: "delivery", Agent: "U1", Received: 1, Flags: 2, Dropped: 1, Steps: map[string]int{}},
		{Language: "en", Topic: "delivery", Agent: "U2", Steps: map[string]int{bot.StepWarn: 1, bot.StepStop: 2, bot.StepBlock: 1, bot.StepReport: 1}},
	}) {
		t.Fatalf("figures for an agent: %+v", figures)
	}
	figures, err = s.As(senior).Conduct(bg, t0, t0.AddDate(0, 3, 0))
	must(t, err)
	if len(figures) != 6 || figures[3].Received != 1 || figures[3].Stepped != 1 || figures[4].Flags != 1 || figures[5].Steps[bot.StepBlock]+figures[5].Steps[bot.StepStop] != 1 {
		t.Fatalf("figures for senior management: %+v", figures)
	}

	// What ends is no more in force, and what is taken away is not counted.
	who.Steps[1].Ended = t0.Add(time.Hour)
	who.Flags = who.Flags[:1]
	must(t, s.Receive(bg, message("m", "9", "x", t0)))
	take(t, s, lane, t0, bot.Turn{Customer: &who})
	equal(t, "after one was lifted", inForce(agent, t0), "A6 A3")
	figures, err = s.As(agent).Conduct(bg, t0, t0.AddDate(0, 3, 0))
	must(t, err)
	equal(t, "flags", figures[1].Flags, 1)
}

func shownOwner(t *testing.T, open opener) {
	s, _ := open(t)
	lane := customer(t, s, "9")
	who := filled[bot.Customer](0)
	who.ID, who.Chat = lane.Customer(), chat9
	who.Flags, who.Steps = []bot.Flag{{N: 1, Complaint: "A"}, {N: 2, Complaint: "B"}}, []bot.Step{{N: 1, Complaint: "B"}, {N: 2, Complaint: "A"}}
	who.Unshown = map[bot.Ref]bot.Held{"A": {Files: []string{"a"}}, "B": {Files: []string{"b"}}}
	who.Informs = []bot.Ref{"B"}
	b := newComplaint("B", lane)
	b.Wall = &bot.Wall{}
	take(t, s, lane, t0, bot.Turn{Customer: &who, Complaints: []bot.Complaint{newComplaint("A", lane), b}})
	_, got, ok, err := s.As(bot.Sight{Staff: "U1", Rank: bot.RankAgent}).Complaint(bg, "A")
	must(t, err)
	want := bot.Customer{
		ID: who.ID, Chat: who.Chat, Contact: who.Contact, Name: who.Name, Language: who.Language, Chosen: true, Unreachable: who.Unreachable,
		Flags: who.Flags[:1], Steps: who.Steps[1:], Unshown: map[bot.Ref]bot.Held{"A": {Files: []string{"a"}}},
	}
	if !ok || !reflect.DeepEqual(got, want) {
		t.Fatalf("shown:\n got %+v\nwant %+v", got, want)
	}
}
