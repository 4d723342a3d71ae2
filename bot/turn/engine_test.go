package turn_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/turn"
	"github.com/heedbot/heed/storage"
)

// spy notes which verb was asked, and answers what it is told to.
type spy struct {
	asked  []string
	sits   []bot.Situation
	answer func(bot.Situation) (bot.Turn, error)
}

func (s *spy) verb(name string, sit bot.Situation) (bot.Turn, error) {
	s.asked = append(s.asked, name+" "+string(sit.Input.Kind))
	s.sits = append(s.sits, sit)
	if s.answer == nil {
		return bot.Turn{}, nil
	}
	return s.answer(sit)
}

func (s *spy) Hear(sit bot.Situation) (bot.Turn, error)   { return s.verb("Hear", sit) }
func (s *spy) Act(sit bot.Situation) (bot.Turn, error)    { return s.verb("Act", sit) }
func (s *spy) Wake(sit bot.Situation) (bot.Turn, error)   { return s.verb("Wake", sit) }
func (s *spy) Settle(sit bot.Situation) (bot.Turn, error) { return s.verb("Settle", sit) }

type people func(bot.StaffID) bot.Staff

func (p people) Staff(_ context.Context, id bot.StaffID) bot.Staff { return p(id) }

func (people) Directory(context.Context, bool) bot.Directory { return bot.Directory{} }

var start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

type house struct {
	*testing.T
	store  *storage.Store
	flows  *spy
	engine *turn.Engine
	now    time.Time
	logged bytes.Buffer
	n      int
}

func newHouse(t *testing.T) *house {
	t.Helper()
	store, err := storage.Open(t.Context(), filepath.Join(t.TempDir(), "heed.db"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	h := &house{T: t, store: store, flows: &spy{}, now: start}
	h.engine = &turn.Engine{
		Store: store, Flows: h.flows,
		People:   people(func(id bot.StaffID) bot.Staff { return bot.Staff{ID: id, Name: "Kim"} }),
		Features: func(c bot.Channel) bot.Features { return bot.Features{Channel: c, TextMax: 4096} },
		Seed:     func() [32]byte { return [32]byte{7} },
		Log:      slog.New(slog.NewTextHandler(&h.logged, nil)),
	}
	return h
}

func (h *house) receive(in bot.Input) {
	h.Helper()
	h.n++
	in.Key, in.At = fmt.Sprint("k", h.n), h.now
	if in.Channel == "" {
		in.Channel = bot.Telegram
	}
	if err := h.store.Receive(h.Context(), bot.Arrival{Input: in}); err != nil {
		h.Fatal(err)
	}
}

// run takes all turns that are due.
func (h *house) run() {
	h.Helper()
	lanes, _, err := h.store.Due(h.Context(), h.now, 10)
	if err != nil {
		h.Fatal(err)
	}
	for _, l := range lanes {
		if l.Kind() != 'c' {
			continue
		}
		if err := h.engine.Step(h.Context(), l, func() time.Time { return h.now }); err != nil {
			h.Fatal(err)
		}
	}
}

func TestEachInputHasItsVerb(t *testing.T) {
	h := newHouse(t)
	h.flows.answer = func(s bot.Situation) (bot.Turn, error) {
		if s.Input.Text != "first" {
			return bot.Turn{}, nil
		}
		return bot.Turn{
			Set: []bot.Timer{{Key: "later", Kind: "nudge", Due: h.now.Add(time.Minute)}},
			Say: []bot.Outbound{{
				ID: bot.NewID(s.Lane, s.N, 0), To: s.Customer.Chat, Class: bot.Notice, Message: &bot.Message{Text: "hello"},
			}},
			Complaints: []bot.Complaint{{
				Ref: "R", Customer: s.Customer.ID, Stage: bot.Received, Home: "C9", Wall: &bot.Wall{Hidden: []bot.Hidden{{Staff: "U9"}}},
			}},
			Pass: []bot.Input{{Kind: bot.InPassed, Ref: "R", Command: "told"}},
			Evidence: []bot.Evidence{{
				ID: bot.NewID(s.Lane, s.N, 1), Customer: s.Customer.ID, Channel: bot.Telegram, State: bot.FileWanted,
			}},
		}, nil
	}
	h.receive(bot.Input{Kind: bot.InMessage, Chat: "1", Text: "first"})
	h.run()
	first := h.flows.sits[0]
	out := bot.OutLane(first.Customer.Chat, "")
	s, ok, err := h.store.Claim(t.Context(), out, h.now, h.now.Add(time.Minute))
	if err != nil || !ok {
		t.Fatal("nothing to deliver", err)
	}
	if err := h.store.Settle(t.Context(), out, bot.Settlement{Out: s.ID, State: bot.Sent, At: h.now}); err != nil {
		t.Fatal(err)
	}
	err = h.store.Fetched(t.Context(), bot.Fetched{Evidence: bot.NewID(first.Lane, first.N, 1), State: bot.FileKept}, h.now)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range []bot.InputKind{bot.InEdit, bot.InPress, bot.InBlocked, bot.InUnblocked} {
		h.receive(bot.Input{Kind: k, Chat: "1"})
	}
	h.receive(bot.Input{Kind: bot.InAct, Channel: bot.Slack, Act: &bot.Act{Verb: "note", By: "U1", Customer: first.Customer.ID}})
	h.receive(bot.Input{Kind: bot.InUnread})
	h.receive(bot.Input{Kind: bot.InWarning})
	h.receive(bot.Input{Kind: bot.InJoined, Channel: bot.Slack, Chat: "C9", Person: bot.Person{ID: "U9"}})
	h.run()
	h.now = h.now.Add(time.Minute)
	h.run()
	want := []string{
		"Hear message", "Settle settled", "Settle fetched", "Hear edit", "Hear press", "Hear blocked", "Hear unblocked",
		"Act act", "Act unread", "Act warning", "Act joined", "Act passed", "Wake timer",
	}
	// The desk's lane and the customer's are two; their order is the store's.
	slices.Sort(want)
	got := slices.Sorted(slices.Values(h.flows.asked))
	if !slices.Equal(got, want) {
		t.Errorf("asked %q, want %q", got, want)
	}
	for _, s := range h.flows.sits {
		if s.Seed != [32]byte{7} || s.Now.IsZero() || s.N == 0 {
			t.Errorf("%s: the situation is not complete: seed %v now %v turn %d", s.Input.Kind, s.Seed[0], s.Now, s.N)
		}
		if s.Customer.ID != "" && s.Features.TextMax != 4096 {
			t.Errorf("%s: the flows are not told what the customer's platform can do", s.Input.Kind)
		}
		if (s.Input.Kind == bot.InAct) != (s.Staff.Name == "Kim") {
			t.Errorf("%s: acted by %q", s.Input.Kind, s.Staff.Name)
		}
	}
}

func TestStaffAreUncheckedWhereNobodyCanBeAsked(t *testing.T) {
	for name, p := range map[string]turn.People{
		"nobody to ask": nil,
		"panic":         people(func(bot.StaffID) bot.Staff { panic("lost") }),
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.engine.People = p
			h.receive(bot.Input{Kind: bot.InAct, Channel: bot.Slack, Act: &bot.Act{Verb: "note", By: "U1"}})
			h.run()
			if len(h.flows.sits) != 1 || h.flows.sits[0].Staff.Trouble != "unchecked" {
				t.Errorf("the flows saw %d turns, staff %+v", len(h.flows.sits), h.flows.sits)
			}
		})
	}
}

func TestAFailingTurnIsSetAsideAndTheLaneGoesOn(t *testing.T) {
	const words = "they never answered Olga"
	for name, fail := range map[string]func() (bot.Turn, error){
		"error": func() (bot.Turn, error) { return bot.Turn{}, fmt.Errorf("decide: %w", errors.New("no policy")) },
		"panic": func() (bot.Turn, error) { panic(words) },
		"a turn that cannot be saved": func() (bot.Turn, error) {
			return bot.Turn{Say: []bot.Outbound{{ID: "x", Class: bot.Notice}}}, nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			tries, told := 0, 0
			h.engine.Aside = func(_ context.Context, in bot.Input) {
				if in.Text == words {
					told++
				}
			}
			h.flows.answer = func(s bot.Situation) (bot.Turn, error) {
				if s.Input.Text == words {
					tries++
					return fail()
				}
				return bot.Turn{}, nil
			}
			h.receive(bot.Input{Kind: bot.InMessage, Chat: "1", Text: words})
			h.receive(bot.Input{Kind: bot.InMessage, Chat: "1", Text: "hello?"})
			for range 20 {
				h.run()
				h.now = h.now.Add(time.Minute)
			}
			if tries != 5 {
				t.Errorf("the turn was tried %d times, want 5", tries)
			}
			if last := h.flows.sits[len(h.flows.sits)-1]; last.Input.Text != "hello?" {
				t.Error("the lane did not go on")
			}
			if n, err := h.store.Aside(t.Context()); n != 1 || err != nil {
				t.Errorf("%d inputs are set aside, want 1 (%v)", n, err)
			}
			if told != 1 {
				t.Errorf("told of it %d times, want once", told)
			}
			log := h.logged.String()
			if n := strings.Count(log, "turn failed"); n != 5 {
				t.Errorf("logged %d times, want once a failure", n)
			}
			if strings.Contains(log, "Olga") {
				t.Errorf("the log repeats a customer's words: %s", log)
			}
			if name == "panic" && !strings.Contains(log, "panic at turn_test.Test") {
				t.Errorf("the log does not say where it panicked: %s", log)
			}
		})
	}
}

func TestAStoppedTurnIsNoFailure(t *testing.T) {
	h := newHouse(t)
	ctx, stop := context.WithCancel(t.Context())
	h.flows.answer = func(bot.Situation) (bot.Turn, error) {
		stop()
		return bot.Turn{}, ctx.Err()
	}
	h.receive(bot.Input{Kind: bot.InMessage, Chat: "1", Text: "hi"})
	lanes, _, err := h.store.Due(t.Context(), h.now, 1)
	if err != nil || len(lanes) != 1 {
		t.Fatal(lanes, err)
	}
	if err := h.engine.Step(ctx, lanes[0], func() time.Time { return h.now }); !errors.Is(err, context.Canceled) {
		t.Errorf("Step = %v, want that it was stopped", err)
	}
	h.flows.answer = nil
	h.run() // at the same instant: no failure was noted, so nothing waits
	if len(h.flows.asked) != 2 {
		t.Errorf("the input was taken %d times, want again at once", len(h.flows.asked))
	}
}

// desk notes for what it was asked to wait.
type desk struct{ waited []bool }

func (*desk) Staff(_ context.Context, id bot.StaffID) bot.Staff { return bot.Staff{ID: id} }

func (d *desk) Directory(_ context.Context, wait bool) bot.Directory {
	d.waited = append(d.waited, wait)
	return bot.Directory{Known: true, People: []bot.Staff{{ID: "U7"}}}
}

func TestACustomerWaitsForNobody(t *testing.T) {
	for _, c := range []struct {
		name string
		in   bot.Input
		wait bool
	}{
		{"message", bot.Input{Kind: bot.InMessage, Chat: "1"}, false},
		{"press", bot.Input{Kind: bot.InPress, Chat: "1"}, false},
		{"unread", bot.Input{Kind: bot.InUnread}, false},
		{"delivery", bot.Input{Kind: bot.InSettled, Chat: "1", Settled: &bot.Settlement{Out: "x", State: bot.Sent}}, false},
		{"held back", bot.Input{Kind: bot.InSettled, Chat: "1", Settled: &bot.Settlement{Out: "x", State: bot.Failed, Why: bot.WhyWatched}}, true},
		{"act", bot.Input{Kind: bot.InAct, Channel: bot.Slack, Act: &bot.Act{By: "U1"}}, true},
		{"passed", bot.Input{Kind: bot.InPassed, Chat: "1"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, d := newHouse(t), &desk{}
			h.engine.People = d
			h.receive(c.in)
			h.run()
			if !slices.Equal(d.waited, []bool{c.wait}) {
				t.Errorf("asked with wait %v", d.waited)
			}
			if s := h.flows.sits; len(s) != 1 || !s[0].Directory.Known || s[0].Directory.People[0].ID != "U7" {
				t.Errorf("the flows are told %+v", s)
			}
		})
	}
	h, d := newHouse(t), &desk{}
	h.engine.People = d
	h.flows.answer = func(s bot.Situation) (bot.Turn, error) {
		if s.Input.Kind != bot.InMessage {
			return bot.Turn{}, nil
		}
		c := bot.Complaint{Ref: "R", Customer: s.Customer.ID, Stage: bot.Received, Home: "C9", Wall: &bot.Wall{Hidden: []bot.Hidden{{Staff: "U9"}}}}
		return bot.Turn{Complaints: []bot.Complaint{c}, Set: []bot.Timer{{Key: "t", Due: h.now.Add(time.Minute)}}}, nil
	}
	h.receive(bot.Input{Kind: bot.InMessage, Chat: "1"})
	h.run()
	h.receive(bot.Input{Kind: bot.InJoined, Channel: bot.Slack, Chat: "C9", Person: bot.Person{ID: "U9"}})
	h.run()
	h.now = h.now.Add(time.Minute)
	h.run()
	if !slices.Equal(d.waited, []bool{false, true, true}) {
		t.Errorf("for a message, one who joined and a timer it was asked with wait %v", d.waited)
	}
}

func TestALostDirectoryIsNotKnown(t *testing.T) {
	h := newHouse(t)
	h.engine.People = lost{}
	h.receive(bot.Input{Kind: bot.InMessage, Chat: "1"})
	h.run()
	if len(h.flows.sits) != 1 || h.flows.sits[0].Directory.Known {
		t.Errorf("the flows saw %+v", h.flows.sits)
	}
}

type lost struct{}

func (lost) Staff(context.Context, bot.StaffID) bot.Staff  { panic("lost") }
func (lost) Directory(context.Context, bool) bot.Directory { panic("lost") }
