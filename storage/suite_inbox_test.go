package storage

import (
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
)

func repetition(t *testing.T, open opener) {
	s, _ := open(t)
	m := message("k", "1", "once", t0)
	other := m
	other.Input.Account = "b"
	must(t, s.Receive(bg, m, m))
	must(t, s.Receive(bg, m, other))
	n, err := s.Waiting(bg)
	must(t, err)
	equal(t, "inputs kept", n, 2)
}

func lanes(t *testing.T, open opener) {
	s, _ := open(t)
	lane := customer(t, s, "1")
	sit := take(t, s, lane, t0, bot.Turn{Complaints: []bot.Complaint{newComplaint("R", lane)}})
	equal(t, "length of the id", len(sit.Customer.ID), 16)
	equal(t, "chat", sit.Customer.Chat, bot.Address{Channel: bot.Telegram, Account: "a", Chat: "1"})
	equal(t, "name", sit.Customer.Name, "Name of 1")

	unread := message("u", "1", "?", t0)
	unread.Input.Kind = bot.InUnread
	for _, c := range []struct {
		in   bot.Arrival
		want bot.Lane
	}{
		{message("again", "1", "same chat", t0), lane},
		{unread, bot.DeskLane},
		{act("of the complaint", bot.Act{Complaint: "R"}), lane},
		{act("of the customer", bot.Act{Customer: lane.Customer()}), lane},
		{act("unknown complaint", bot.Act{Complaint: "nope"}), bot.DeskLane},
		{act("unknown customer", bot.Act{Customer: "nope"}), bot.DeskLane},
		{act("of nobody", bot.Act{}), bot.DeskLane},
		{bot.Arrival{Input: bot.Input{Key: "nothing to go by", Channel: bot.Telegram, Kind: bot.InMessage}}, bot.DeskLane},
	} {
		must(t, s.Receive(bg, c.in))
		sit := take(t, s, c.want, t0, bot.Turn{})
		equal(t, "input in "+string(c.want), sit.Input.Key, c.in.Input.Key)
	}
	if l := dueAt(t, s, t0); len(l) != 0 {
		t.Fatalf("due after all were taken: %v", l)
	}
}

func order(t *testing.T, open opener) {
	s, _ := open(t)
	lane := customer(t, s, "1")
	take(t, s, lane, t0, bot.Turn{})
	var many []bot.Arrival
	for i := range 20 {
		// The platform's clock may run backwards; the order is that of keeping.
		many = append(many, message(key(i), "1", "x", t0.Add(-time.Duration(i)*time.Second)))
	}
	must(t, s.Receive(bg, many[:7]...))
	must(t, s.Receive(bg, many[7:]...))
	for i := range many {
		in, ok, err := s.Peek(bg, lane, t0)
		must(t, err)
		equal(t, "peeked", ok, true)
		sit := take(t, s, lane, t0, bot.Turn{})
		equal(t, "input", sit.Input.Key, key(i))
		equal(t, "peeked input", in.Key, key(i))
		equal(t, "number of the turn", sit.N, int64(i+2))
	}
	idle(t, s, lane, t0)
}

func rawBodies(t *testing.T, open opener) {
	s, _ := open(t)
	for i, raw := range []string{"", "plain ü", "nul \x00 and \xff\xfe", "base64:not really", "a\r\nb"} {
		m := message(key(i)+raw, "chat"+raw, "x", t0)
		m.Raw = []byte(raw)
		must(t, s.Receive(bg, m))
		lane := dueAt(t, s, t0)[0]
		row, err := s.read.NextInput(bg, string(lane))
		must(t, err)
		if strings.IndexByte(row.Raw+row.Key+row.Input, 0) >= 0 || strings.ToValidUTF8(row.Raw+row.Key, "") != row.Raw+row.Key {
			t.Fatalf("the row of %q holds what PostgreSQL refuses", raw)
		}
		back, err := exact(row.Raw)
		must(t, err)
		equal(t, "raw body", back, raw)
		sit := take(t, s, lane, t0, bot.Turn{})
		equal(t, "key", sit.Input.Key, m.Input.Key)
		idle(t, s, lane, t0)
	}
}

func timersFirst(t *testing.T, open opener) {
	s, _ := open(t)
	lane := customer(t, s, "1")
	at := func(sec int) time.Time { return t0.Add(time.Duration(sec) * time.Second) }
	take(t, s, lane, t0, bot.Turn{Set: []bot.Timer{
		{Key: "late", Kind: "x", Due: at(30)}, {Key: "early", Kind: "x", Due: at(10), Complaint: "R", Draft: 3}, {Key: "future", Due: at(99)},
	}})
	must(t, s.Receive(bg, message("m", "1", "between", at(20))))
	idle(t, s, "c:other", at(50))
	var got []string
	for range 3 {
		sit := take(t, s, lane, at(50), bot.Turn{})
		got = append(got, sit.Input.Key)
		if sit.Input.Key == "early" {
			want := bot.Timer{Key: "early", Kind: "x", Due: at(10), Complaint: "R", Draft: 3}
			if sit.Input.Kind != bot.InTimer || !sit.Input.At.Equal(at(10)) || *sit.Input.Timer != want {
				t.Fatalf("a timer's input: %+v, timer %+v", sit.Input, sit.Input.Timer)
			}
		}
	}
	equal(t, "order", strings.Join(got, " "), "early m late")
	idle(t, s, lane, at(98))
	equal(t, "the last timer", take(t, s, lane, at(99), bot.Turn{}).Input.Key, "future")
}

func timerReplaced(t *testing.T, open opener) {
	s, _ := open(t)
	lane := customer(t, s, "1")
	take(t, s, lane, t0, bot.Turn{Set: []bot.Timer{{Key: "a", Due: t0.Add(time.Second)}, {Key: "b", Due: t0.Add(time.Second)}}})
	must(t, s.Receive(bg, message("m", "1", "x", t0)))
	take(t, s, lane, t0, bot.Turn{Stop: []string{"b", "a"}, Set: []bot.Timer{{Key: "a", Kind: "new", Due: t0.Add(time.Hour)}}})
	idle(t, s, lane, t0.Add(time.Hour-time.Millisecond))
	// A timer may set itself again in its own turn.
	sit := take(t, s, lane, t0.Add(time.Hour), bot.Turn{Set: []bot.Timer{{Key: "a", Due: t0.Add(2 * time.Hour)}}})
	equal(t, "kind", sit.Input.Timer.Kind, "new")
	idle(t, s, lane, t0.Add(time.Hour))
	take(t, s, lane, t0.Add(2*time.Hour), bot.Turn{})
	idle(t, s, lane, t0.Add(1000*time.Hour))
}

func aside(t *testing.T, open opener) {
	s, _ := open(t)
	lane := customer(t, s, "1")
	must(t, s.Receive(bg, message("behind", "1", "x", t0)))
	now := t0
	for i, wait := range []time.Duration{time.Second, 5 * time.Second, 30 * time.Second, 2 * time.Minute} {
		in, _, err := s.Peek(bg, lane, now)
		must(t, err)
		equal(t, "failing input", in.Key, "hello-1")
		gone, err := s.Falter(bg, lane, in, now, "why")
		must(t, err)
		equal(t, "set aside", gone, false)
		if i == 2 { // one that comes while the lane waits, waits too
			must(t, s.Receive(bg, message("during", "1", "x", now)))
		}
		idle(t, s, lane, now.Add(wait-time.Millisecond))
		lanes, next, err := s.Due(bg, now, 10)
		must(t, err)
		if len(lanes) != 0 || !next.Equal(now.Add(wait)) {
			t.Fatalf("failure %d: due %v, next %v, want nothing before %v", i+1, lanes, next, now.Add(wait))
		}
		now = now.Add(wait)
	}
	in, _, err := s.Peek(bg, lane, now)
	must(t, err)
	gone, err := s.Falter(bg, lane, in, now, "why")
	must(t, err)
	equal(t, "set aside", gone, true)
	n, err := s.Aside(bg)
	must(t, err)
	equal(t, "inputs aside", n, 1)
	equal(t, "next", take(t, s, lane, now, bot.Turn{}).Input.Key, "behind")
	equal(t, "next", take(t, s, lane, now, bot.Turn{}).Input.Key, "during")
	must(t, s.Receive(bg, message("hello-1", "1", "a repetition of the one aside", t0)))
	idle(t, s, lane, now.Add(time.Hour))
}

func timerAside(t *testing.T, open opener) {
	s, _ := open(t)
	lane := customer(t, s, "1")
	take(t, s, lane, t0, bot.Turn{Set: []bot.Timer{{Key: "bad", Due: t0}, {Key: "good", Due: t0.Add(time.Second)}}})
	now := t0.Add(time.Second)
	for i := range 5 {
		in, ok, err := s.Peek(bg, lane, now)
		must(t, err)
		if !ok || in.Key != "bad" {
			t.Fatalf("failure %d: next is %q", i+1, in.Key)
		}
		gone, err := s.Falter(bg, lane, in, now, "why")
		must(t, err)
		equal(t, "set aside", gone, i == 4)
		if i == 0 {
			equal(t, "while it waits", take(t, s, lane, now, bot.Turn{}).Input.Key, "good")
			idle(t, s, lane, now)
		}
		now = now.Add(2 * time.Minute)
	}
	idle(t, s, lane, now.Add(time.Hour))
	n, err := s.Aside(bg)
	must(t, err)
	equal(t, "aside", n, 1)
	quiet, err := s.Quiet(bg, now.Add(time.Hour))
	must(t, err)
	equal(t, "quiet", quiet, true)
}
