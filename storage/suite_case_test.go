package storage

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
)

func pausedPromise(t *testing.T, open opener) {
	s, again := open(t)
	lane := customer(t, s, "1")
	c := newComplaint("R", lane)
	c.Promises[0].Waits = []bot.Wait{{From: t0.Add(-2 * time.Hour), To: t0.Add(-time.Hour)}}
	take(t, s, lane, t0, bot.Turn{Complaints: []bot.Complaint{c}})
	listed := func(now time.Time) (next, over []PromiseRow) {
		t.Helper()
		next, err := s.DueNext(bg, now, 10)
		must(t, err)
		over, err = s.As(eyes).Overdue(bg, now, 10)
		must(t, err)
		return next, over
	}
	save := func(name string, waits ...bot.Wait) {
		t.Helper()
		c.Promises[0].Waits = waits
		must(t, s.Receive(bg, message(name, "1", "x", t0)))
		sit := take(t, s, lane, t0, bot.Turn{Complaints: []bot.Complaint{c}})
		if name != "pause" && !sit.Complaints[0].Promises[0].Paused() {
			t.Fatal("the turn does not know that its promise stands still")
		}
	}
	late := c.Promises[0].Due.Add(time.Hour)
	next, over := listed(t0)
	if len(next) != 1 || len(over) != 0 || !reflect.DeepEqual(next[0].Promise, c.Promises[0]) {
		t.Fatalf("after a wait that ended: %+v, %+v", next, over)
	}
	save("pause", append(c.Promises[0].Waits, bot.Wait{From: t0})...)
	s = again()
	for _, now := range []time.Time{t0, late} {
		if next, over := listed(now); len(next)+len(over) != 0 {
			t.Fatalf("at %v a promise that stands still is listed: %+v, %+v", now, next, over)
		}
	}
	got, _, _, err := s.Complaint(bg, "R")
	must(t, err)
	if !reflect.DeepEqual(got.Promises, c.Promises) || got.Promises[0].Overdue(late) {
		t.Fatalf("promises: %+v", got.Promises)
	}
	waits := c.Promises[0].Waits
	waits[1].To = t0.Add(time.Hour)
	save("resume", waits...)
	if next, over := listed(late); len(next) != 0 || len(over) != 1 || !reflect.DeepEqual(over[0].Promise, c.Promises[0]) {
		t.Fatalf("after it runs again: %+v, %+v", next, over)
	}
}

// fill sets every field of a value to something that is not its zero.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(t0.Add(time.Duration(*n) * time.Minute)))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprint("v", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i), n)
		}
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key, n)
		fill(value, n)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	default:
		panic("a kind of field that this test does not know: " + v.Kind().String())
	}
}

func filled[T any](n int) (v T) {
	fill(reflect.ValueOf(&v).Elem(), &n)
	return v
}

func nothingLost(t *testing.T, open opener) {
	s, again := open(t)
	lane := customer(t, s, "1")
	who, c, e, timer := filled[bot.Customer](0), filled[bot.Complaint](100), filled[bot.Evidence](200), filled[bot.Timer](300)
	k := filled[bot.Token](400)
	who.ID, c.Customer, e.Customer = lane.Customer(), lane.Customer(), lane.Customer()
	c.Stage = bot.Decided
	e.State = bot.FileKept
	timer.Due = t0.Add(time.Hour)
	take(t, s, lane, t0, bot.Turn{
		Customer: &who, Complaints: []bot.Complaint{c}, Evidence: []bot.Evidence{e}, Set: []bot.Timer{timer}, Tokens: []bot.Token{k},
	})
	s = again()
	arrival := bot.Arrival{Input: filled[bot.Input](500)}
	arrival.Input.Token, arrival.Input.Act.Complaint = k.Token, c.Ref
	must(t, s.Receive(bg, arrival))
	sit := take(t, s, lane, t0, bot.Turn{})
	for what, x := range map[string][2]any{
		"customer": {sit.Customer, who}, "complaints": {sit.Complaints, []bot.Complaint{c}},
		"evidence": {sit.Evidence, []bot.Evidence{e}}, "pressed": {sit.Pressed, &k}, "input": {sit.Input, arrival.Input},
		"timer": {take(t, s, lane, timer.Due, bot.Turn{}).Input.Timer, &timer},
	} {
		if !reflect.DeepEqual(x[0], x[1]) {
			t.Errorf("%s:\n got %+v\nwant %+v", what, x[0], x[1])
		}
	}
	got, owner, ok, err := s.Complaint(bg, c.Ref)
	must(t, err)
	if !ok || !reflect.DeepEqual(got, c) || !reflect.DeepEqual(owner, who) {
		t.Errorf("read for the desk:\n got %+v\nwant %+v", got, c)
	}
}

func newCustomer(t *testing.T, open opener) {
	s, again := open(t)
	log := act("log", bot.Act{Verb: "log", Customer: "fresh", New: true})
	must(t, s.Receive(bg, log, log))
	must(t, s.Receive(bg, log))
	lane := bot.TurnLane("fresh")
	made := newComplaint("R", lane)
	named := bot.Customer{ID: "fresh", Name: "N", Contact: "5 High Street"}
	sit := take(t, s, lane, t0, bot.Turn{Customer: &named, Complaints: []bot.Complaint{made}})
	if !reflect.DeepEqual(sit.Customer, bot.Customer{ID: "fresh"}) || sit.N != 1 {
		t.Fatalf("turn %d of %+v", sit.N, sit.Customer)
	}
	idle(t, s, lane, t0)
	s = again()
	must(t, s.Receive(bg, log)) // once more, after a restart
	idle(t, s, lane, t0)
	must(t, s.Receive(bg, act("another", bot.Act{Customer: "fresh", New: true})))
	if sit = take(t, s, lane, t0, bot.Turn{}); !reflect.DeepEqual(sit.Customer, named) || len(sit.Complaints) != 1 {
		t.Fatalf("an act that says New once more changed the customer: %+v", sit.Customer)
	}
	_, owner, ok, err := s.Complaint(bg, "R")
	must(t, err)
	if !ok || !reflect.DeepEqual(owner, named) {
		t.Fatalf("owner: %+v", owner)
	}
	for i, a := range []bot.Act{
		{Customer: "unknown"}, {Customer: "desk", New: true}, {Customer: "nul\x00", New: true}, {New: true},
	} {
		must(t, s.Receive(bg, act(key(i), a)))
		equal(t, "in the desk's lane", take(t, s, bot.DeskLane, t0, bot.Turn{}).Input.Key, key(i))
	}
	if _, err := s.read.Customer(bg, "desk"); err == nil {
		t.Error("there is a customer whose lane is the desk's")
	}
	must(t, s.Receive(bg, act("still unknown", bot.Act{Customer: "unknown"})))
	take(t, s, bot.DeskLane, t0, bot.Turn{})
}

func linkCodes(t *testing.T, open opener) {
	s, _ := open(t)
	lane := customer(t, s, "1")
	chance := bot.NewChance([32]byte{1})
	code, unknown := bot.NewCode(chance), bot.NewCode(chance)
	k := bot.Token{Token: code, Customer: "a", Action: bot.Action{Verb: "link", Ref: "R"}}
	button := bot.Token{Token: "button", Customer: lane.Customer(), Action: bot.Action{Verb: "v"}}
	take(t, s, lane, t0, bot.Turn{Tokens: []bot.Token{k, button}})
	for i, c := range []struct {
		is                    string
		kind                  bot.InputKind
		argument, text, token string
		want                  *bot.Token
	}{
		{"typed by half", bot.InMessage, "", code[:9], "", nil},
		{"typed", bot.InMessage, "", code, "", &k},
		{"typed carelessly", bot.InMessage, "", strings.ToLower(" " + code[:4] + code[5:9] + " " + code[10:] + "."), "", &k},
		{"behind a command", bot.InMessage, code[:4] + code[5:9] + code[10:], "", "", &k},
		{"behind a command, and words", bot.InMessage, code, "hello", "", &k},
		{"unknown behind a command, known in the words", bot.InMessage, unknown, code, "", &k},
		{"unknown", bot.InMessage, unknown, "", "", nil},
		{"with a letter wrong", bot.InMessage, "", swapped(code), "", nil},
		{"within other words", bot.InMessage, "", "my code is " + code, "", nil},
		{"with a button", bot.InMessage, "", code, "button", &button},
		{"in an edit", bot.InEdit, "", code, "", nil},
		{"no words at all", bot.InMessage, "", "", "", nil},
	} {
		m := message(key(i), "1", c.text, t0)
		m.Input.Kind, m.Input.Argument, m.Input.Token = c.kind, c.argument, c.token
		must(t, s.Receive(bg, m))
		if got := take(t, s, lane, t0, bot.Turn{}).Pressed; !reflect.DeepEqual(got, c.want) {
			t.Errorf("a code %s: found %+v, want %+v", c.is, got, c.want)
		}
	}
}

// swapped is the code with its last two letters in the other order, or another
// last letter where they are the same.
func swapped(code string) string {
	n := len(code)
	if code[n-1] != code[n-2] {
		return code[:n-2] + code[n-1:] + code[n-2:n-1]
	}
	if code[n-1] == '3' {
		return code[:n-1] + "4"
	}
	return code[:n-1] + "3"
}
