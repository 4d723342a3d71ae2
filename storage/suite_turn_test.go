package storage

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
)

func failingTurn(t *testing.T, open opener) {
	s, _ := open(t)
	lane := customer(t, s, "1")
	e := bot.Event{Complaint: "R", Kind: bot.EvReceived, At: t0, Noted: t0, Words: "w"}.Seal(1, "")
	bad := bot.Turn{
		Customer:   &bot.Customer{ID: lane.Customer(), Name: "changed"},
		Complaints: []bot.Complaint{newComplaint("R", lane)},
		Events:     []bot.Event{e, e}, // the second has the number of the first
		Set:        []bot.Timer{{Key: "t", Due: t0}},
	}
	for _, decide := range []func(bot.Situation) (bot.Turn, error){
		fails,
		func(bot.Situation) (bot.Turn, error) { return bad, nil },
		func(bot.Situation) (bot.Turn, error) { panic("a customer's words") },
		func(s bot.Situation) (bot.Turn, error) { _ = s.Complaints[7]; return bot.Turn{}, nil },
	} {
		if ok, err := s.Turn(bg, lane, t0, decide); err == nil || ok {
			t.Fatalf("a failing turn: %v, %v", ok, err)
		} else if strings.Contains(err.Error(), "a customer's words") {
			t.Fatalf("an error tells a customer's words: %v", err)
		}
	}
	sit := take(t, s, lane, t0, bot.Turn{})
	equal(t, "number", sit.N, int64(1))
	equal(t, "name", sit.Customer.Name, "Name of 1")
	equal(t, "complaints", len(sit.Complaints), 0)
	idle(t, s, lane, t0.Add(time.Hour))
	events, err := s.EventsOf(bg, "R")
	must(t, err)
	equal(t, "events", len(events), 0)
}

func situationLoads(t *testing.T, open opener) {
	s, again := open(t)
	lane := customer(t, s, "1")
	id := lane.Customer()
	c := bot.Customer{ID: id, Chat: bot.Address{Channel: bot.Telegram, Account: "a", Chat: "1"}, Name: "N", Language: "vi", Greeted: true,
		Draft: &bot.Draft{N: 1, Policy: "p", Started: t0, Touched: t0, Answers: map[string]bot.Answer{"q": {Option: "o"}}}}
	older, newer := newComplaint("OLD", lane), newComplaint("NEW", lane)
	older.Received = t0.Add(-time.Hour)
	older.Promises = append(older.Promises, bot.Promise{ID: "respond", Round: 1, Start: t0, Due: t0.Add(time.Hour), Verdict: bot.Open, ByBot: true})
	older.Said = map[bot.EventKind]bot.Saying{bot.EvReplied: {Out: "o", At: t0, State: "queued"}}
	files := []bot.Evidence{
		{ID: "f2", Customer: id, At: t0, State: bot.FileKept}, {ID: "f1", Customer: id, At: t0, State: bot.FileWanted},
		{ID: "f0", Customer: id, Complaint: "OLD", At: t0.Add(-time.Hour), State: bot.FileWanted, File: bot.File{Kind: "photo", Size: -1}},
	}
	k := bot.Token{Token: "tok", Customer: "someone else", Action: bot.Action{Verb: "v", Draft: 2}}
	first := take(t, s, lane, t0, bot.Turn{Customer: &c, Complaints: []bot.Complaint{newer, older}, Evidence: files, Tokens: []bot.Token{k}})
	s = again()
	m := message("press", "1", "", t0)
	m.Input.Kind, m.Input.Token = bot.InPress, "tok"
	must(t, s.Receive(bg, m))
	sit := take(t, s, lane, t0, bot.Turn{})
	if !reflect.DeepEqual(sit.Customer, c) {
		t.Fatalf("customer:\n got %+v\nwant %+v", sit.Customer, c)
	}
	if want := []bot.Complaint{older, newer}; !reflect.DeepEqual(sit.Complaints, want) {
		t.Fatalf("complaints:\n got %+v\nwant %+v", sit.Complaints, want)
	}
	if want := []bot.Evidence{files[2], files[0], files[1]}; !reflect.DeepEqual(sit.Evidence, want) {
		t.Fatalf("evidence:\n got %+v\nwant %+v", sit.Evidence, want)
	}
	if sit.Pressed == nil || *sit.Pressed != k {
		t.Fatalf("pressed: %+v", sit.Pressed)
	}
	if sit.Seed == first.Seed || sit.N != 2 || sit.Lane != lane || !sit.Now.Equal(t0) {
		t.Fatalf("situation: %d %s %s", sit.N, sit.Lane, sit.Now)
	}
	m.Input.Key, m.Input.Token = "press2", "unknown\x00\xff"
	must(t, s.Receive(bg, m))
	if sit = take(t, s, lane, t0, bot.Turn{}); sit.Pressed != nil {
		t.Fatal("an unknown token was found")
	}
	must(t, s.Receive(bg, act("desk", bot.Act{})))
	if sit = take(t, s, bot.DeskLane, t0, bot.Turn{}); !reflect.DeepEqual(sit.Customer, bot.Customer{}) || sit.Complaints != nil {
		t.Fatalf("the desk's situation has %+v", sit.Customer)
	}
}

func aboutActs(t *testing.T, open opener) {
	s, _ := open(t)
	lane := customer(t, s, "9")
	o := words("o1", "final words", chat9)
	o.Complaint = "R"
	take(t, s, lane, t0, bot.Turn{Complaints: []bot.Complaint{newComplaint("R", lane), newComplaint("S", lane)}, Say: []bot.Outbound{o}})
	for ref, want := range map[bot.Ref]bool{"R": true, "S": false} {
		must(t, s.Receive(bg, act("about "+string(ref), bot.Act{Complaint: ref, Out: "o1"})))
		sit := take(t, s, lane, t0, bot.Turn{})
		equal(t, "shown to "+string(ref), sit.Out != nil && sit.Out.Message.Text == "final words", want)
	}
	must(t, s.Receive(bg, act("about nothing", bot.Act{Complaint: "R", Out: "nope"})))
	if sit := take(t, s, lane, t0, bot.Turn{}); sit.Out != nil {
		t.Fatal("a message nobody said was found")
	}
}

func frozenVerdict(t *testing.T, open opener) {
	s, again := open(t)
	lane := customer(t, s, "1")
	c := newComplaint("R", lane)
	p := c.Promises[0]
	extra := p
	extra.ID = "dropped"
	c.Promises = []bot.Promise{p, extra}
	take(t, s, lane, t0, bot.Turn{Complaints: []bot.Complaint{c}})

	step := func(name string, ps ...bot.Promise) []bot.Promise {
		c.Promises = ps
		must(t, s.Receive(bg, message(name, "1", "x", t0)))
		take(t, s, lane, t0, bot.Turn{Complaints: []bot.Complaint{c}})
		got, _, ok, err := s.Complaint(bg, "R")
		must(t, err)
		equal(t, "found", ok, true)
		return got.Promises
	}
	p.Due = p.Due.Add(time.Hour)
	if got := step("an open one moves", p); !reflect.DeepEqual(got, []bot.Promise{p}) {
		t.Fatalf("open: %+v", got)
	}
	p.Verdict, p.Met, p.Settled = bot.Late, t0.Add(time.Hour), t0.Add(time.Hour)
	step("it settles", p)
	s = again()
	changed := p
	changed.Verdict, changed.Due, changed.Within = bot.Kept, p.Due.Add(99*time.Hour), "99h"
	if got := step("it is changed", changed); !reflect.DeepEqual(got, []bot.Promise{p}) {
		t.Fatalf("a settled verdict changed: %+v", got)
	}
	if got := step("it is left out"); !reflect.DeepEqual(got, []bot.Promise{p}) {
		t.Fatalf("a settled verdict vanished: %+v", got)
	}
}

func history(t *testing.T, s *Store) bot.Lane {
	t.Helper()
	lane := customer(t, s, "1")
	c := bot.Complaint{Ref: "R", Customer: lane.Customer()}
	var es []bot.Event
	for i, e := range []bot.Event{
		{Kind: bot.EvReceived, By: "customer", Words: "it \x00 broke \xff", Data: map[string]string{"a": "1", "b": "<&>"}},
		{Kind: bot.EvAcknowledged, By: "U1"},
		{Kind: bot.EvAdded, By: "customer", Words: "and again"},
		{Kind: bot.EvNoted, By: "U1", Words: "staff only", Data: map[string]string{}},
	} {
		e.At = t0.Add(time.Duration(i)*time.Second + 987654).In(time.FixedZone("x", 7*3600))
		e.Noted = time.Time{}
		if i%2 == 0 {
			e.Noted = t0.Add(time.Hour)
		}
		sealed, err := c.Apply(e)
		must(t, err)
		es = append(es, sealed)
	}
	take(t, s, lane, t0, bot.Turn{Complaints: []bot.Complaint{c}, Events: es[:2]})
	must(t, s.Receive(bg, message("more", "1", "x", t0)))
	take(t, s, lane, t0, bot.Turn{Events: es[2:]})
	return lane
}

func chain(t *testing.T, open opener) {
	s, again := open(t)
	lane := history(t, s)
	s = again()
	es, err := s.EventsOf(bg, "R")
	must(t, err)
	must(t, bot.Verify(es))
	equal(t, "events", len(es), 4)
	equal(t, "words", es[0].Words, "it \x00 broke \xff")
	w, err := s.As(eyes).LastWords(bg, "R")
	must(t, err)
	equal(t, "the customer's last words", w, "and again")

	again2 := bot.Event{Complaint: "R", Kind: bot.EvNoted, At: t0, Noted: t0, Words: "instead"}.Seal(2, es[0].Hash)
	must(t, s.Receive(bg, message("forger", "1", "x", t0)))
	if _, err := s.Turn(bg, lane, t0, func(bot.Situation) (bot.Turn, error) {
		return bot.Turn{Events: []bot.Event{again2}}, nil
	}); err == nil {
		t.Fatal("an event was written over")
	}
	after, err := s.EventsOf(bg, "R")
	must(t, err)
	if !reflect.DeepEqual(after, es) {
		t.Fatalf("events changed: %+v", after)
	}
	es[1].Kind = bot.EvClosed
	if bot.Verify(es) == nil {
		t.Fatal("a changed event passes")
	}
}

func erasure(t *testing.T, open opener) {
	s, _ := open(t)
	history(t, s)
	must(t, s.EraseWords(bg, "R"))
	es, err := s.EventsOf(bg, "R")
	must(t, err)
	must(t, bot.Verify(es))
	equal(t, "events", len(es), 4)
	for _, e := range es {
		equal(t, "words left", e.Words, "")
	}
	if es[0].Digest == "" {
		t.Fatal("the digest went with the words")
	}
	w, err := s.As(eyes).LastWords(bg, "R")
	must(t, err)
	equal(t, "last words", w, "")
}
