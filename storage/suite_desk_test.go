package storage

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
)

func due(t *testing.T, open opener) {
	s, _ := open(t)
	quiet, err := s.Quiet(bg, t0)
	must(t, err)
	equal(t, "quiet when empty", quiet, true)
	lane := saying(t, s, words("1", "a", chat9), words("2", "b", chat9))
	out := bot.OutLane(chat9, "")
	must(t, s.Receive(bg, message("m", "9", "x", t0)))
	take(t, s, lane, t0, bot.Turn{Set: []bot.Timer{{Key: "t", Due: t0.Add(time.Hour + time.Microsecond)}}})
	claim(t, s, out, t0)
	must(t, s.Later(bg, out, "1", t0.Add(2*time.Hour)))
	lanes, next, err := s.Due(bg, t0.Add(time.Hour), 10)
	must(t, err)
	if len(lanes) != 0 || !next.Equal(t0.Add(time.Hour+time.Millisecond)) {
		t.Fatalf("due %v, next %v: a row behind its head must not be due, nor a timer before its instant", lanes, next)
	}
	lanes, next, err = s.Due(bg, next, 10)
	must(t, err)
	if !slices.Equal(lanes, []bot.Lane{lane}) || !next.Equal(t0.Add(2*time.Hour)) {
		t.Fatalf("due %v, next %v", lanes, next)
	}
	lanes, next, err = s.Due(bg, t0.Add(2*time.Hour), 10)
	must(t, err)
	if len(lanes) != 2 || !slices.Contains(lanes, out) || !next.IsZero() {
		t.Fatalf("due %v, next %v", lanes, next)
	}
	lanes, _, err = s.Due(bg, t0.Add(2*time.Hour), 1)
	must(t, err)
	equal(t, "limited to one", len(lanes), 1)
}

func woken(t *testing.T, open opener) {
	s, _ := open(t)
	signalled := func() bool {
		select {
		case <-s.Woken():
			return true
		default:
			return false
		}
	}
	lane := customer(t, s, "1")
	equal(t, "after an arrival", signalled(), true)
	must(t, s.Receive(bg, message("hello-1", "1", "again", t0)))
	equal(t, "after a repetition", signalled(), false)
	_, err := s.Turn(bg, lane, t0, fails)
	equal(t, "a failed turn", err != nil, true)
	equal(t, "after a failed turn", signalled(), false)
	take(t, s, lane, t0, bot.Turn{Set: []bot.Timer{{Key: "t", Due: t0.Add(time.Hour)}}})
	must(t, s.Receive(bg, message("m", "1", "x", t0)))
	equal(t, "after two commits", signalled(), true)
	equal(t, "one signal for both", signalled(), false)
	noClaim(t, s, "o:none", t0)
	equal(t, "after a claim of nothing", signalled(), false)
}

func deskReads(t *testing.T, open opener) {
	s, _ := open(t)
	lane := customer(t, s, "9")
	c := newComplaint("R", lane)
	c.Assignee, c.Card, c.Topic = "U1", "card", "delivery"
	closed := newComplaint("S", lane)
	closed.Assignee, closed.Stage, closed.ClosedAt, closed.Promises = "U1", bot.Closed, t0, nil
	card, said := post("card"), words("said", "the reply", chat9)
	card.Complaint, said.Complaint, said.By, said.About = "R", "R", "U1", "reply"
	take(t, s, lane, t0, bot.Turn{Complaints: []bot.Complaint{c, closed}, Say: []bot.Outbound{card, said}})

	got, owner, ok, err := s.Complaint(bg, "R")
	must(t, err)
	if !ok || !reflect.DeepEqual(got, c) || owner.ID != lane.Customer() || owner.Name != "Name of 9" {
		t.Fatalf("complaint: %+v of %s", got, owner.ID)
	}
	_, _, ok, err = s.Complaint(bg, "none\x00")
	must(t, err)
	equal(t, "unknown complaint", ok, false)
	mine, err := s.As(bot.Sight{Staff: "U1", Rank: bot.RankAgent}).Mine(bg)
	must(t, err)
	if !reflect.DeepEqual(mine, []bot.Complaint{c}) {
		t.Fatalf("mine: %+v", mine)
	}
	stages, err := s.As(eyes).OpenByStage(bg)
	must(t, err)
	if !reflect.DeepEqual(stages, map[bot.Stage]int{bot.Received: 1}) {
		t.Fatalf("stages: %v", stages)
	}

	channel, ts, err := s.As(eyes).CardOf(bg, "R")
	must(t, err)
	equal(t, "card not posted", channel+ts, "")
	queue, err := s.Queue(bg)
	must(t, err)
	equal(t, "queued", queue[bot.Queued], 2)
	claim(t, s, card.Lane(), t0)
	sent(t, s, card.Lane(), "card", "11.22")
	claim(t, s, said.Lane(), t0)
	sent(t, s, said.Lane(), "said", "5")
	for _, cardOf := range []func(context.Context, bot.Ref) (string, string, error){s.As(eyes).CardOf} {
		channel, ts, err = cardOf(bg, "R")
		must(t, err)
		equal(t, "card", channel+" "+ts, "C1 11.22")
	}

	due := c.Promises[0].Due
	second := due.Truncate(time.Second)
	for _, x := range []struct {
		now           time.Time
		next, overdue int
	}{{second.Add(-time.Millisecond), 1, 0}, {second, 1, 0}, {due, 1, 0}, {second.Add(999 * time.Millisecond), 1, 0}, {second.Add(time.Second), 0, 1}} {
		equal(t, "overdue as a promise says it", c.Promises[0].Overdue(x.now), x.overdue == 1)
		next, err := s.As(eyes).DueNext(bg, x.now, 10)
		must(t, err)
		own, err := s.DueNext(bg, x.now, 10)
		must(t, err)
		if !reflect.DeepEqual(own, next) {
			t.Fatalf("the program's own list: %+v", own)
		}
		over, err := s.As(eyes).Overdue(bg, x.now, 10)
		must(t, err)
		if len(next) != x.next || len(over) != x.overdue {
			t.Fatalf("at %v: %d next, %d overdue", x.now, len(next), len(over))
		}
		row := append(next, over...)[0]
		if row.Complaint != "R" || row.Topic != "delivery" || row.Stage != bot.Received || row.CardChat != "C1" || row.Card != "11.22" ||
			!reflect.DeepEqual(row.Promise, c.Promises[0]) {
			t.Fatalf("row: %+v", row)
		}
	}
}

func figures(t *testing.T, open opener) {
	s, _ := open(t)
	lane := customer(t, s, "1")
	var cs []bot.Complaint
	for i, v := range []bot.Verdict{bot.Kept, bot.Kept, bot.Late, bot.Missed, bot.Void, bot.Open, bot.Kept} {
		c := newComplaint(bot.Ref(key(i)), lane)
		c.Promises[0].Verdict = v
		if v != bot.Open {
			c.Promises[0].Settled = t0.Add(time.Duration(i) * time.Hour)
		}
		cs = append(cs, c)
	}
	other := newComplaint("OTHER", lane)
	other.Promises[0].Until, other.Promises[0].Verdict, other.Promises[0].Settled = bot.EvReplied, bot.Kept, t0
	take(t, s, lane, t0, bot.Turn{Complaints: append(cs, other)})
	until := t0.Add(6 * time.Hour)
	got, err := s.As(eyes).KeptIn(bg, t0, until, t0) // the last settled at its end: not in it
	must(t, err)
	want := []Figure{
		{Promise: "acknowledge", Until: bot.EvAcknowledged, Kept: 2, Late: 1, Missed: 1, Void: 1},
		{Promise: "acknowledge", Until: bot.EvReplied, Kept: 1}, // of another policy
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("figures: %+v", got)
	}
	// What is open counts once it is overdue, in the period in which it was due.
	due := cs[5].Promises[0].Due
	for now, overdue := range map[time.Time]int{due: 0, due.Add(time.Second): 1, due.Add(time.Hour): 1} {
		got, err := s.As(eyes).KeptIn(bg, due, due.Add(time.Minute), now)
		must(t, err)
		n := 0
		for _, f := range got {
			n += f.Overdue
		}
		equal(t, "overdue", n, overdue)
	}
}

func keepsakes(t *testing.T, open opener) {
	s, again := open(t)
	must(t, s.SetSetting(bg, "offset", "1"))
	must(t, s.SetSetting(bg, "offset", "2"))
	must(t, s.SavePack(bg, "h", "ask4", "1", "text"))
	must(t, s.SavePack(bg, "h", "ask4", "1", "another text under the same hash"))
	must(t, s.SaveDialog(bg, "d", "U1", "R", "words \x00", t0))
	s = again()
	v, err := s.Setting(bg, "offset")
	must(t, err)
	equal(t, "setting", v, "2")
	v, err = s.Setting(bg, "other")
	must(t, err)
	equal(t, "no setting", v, "")
	packs, err := s.Packs(bg)
	must(t, err)
	if !reflect.DeepEqual(packs, map[string]string{"h": "text"}) {
		t.Fatalf("packs: %v", packs)
	}
	by, ref, body, ok, err := s.Dialog(bg, "d")
	must(t, err)
	equal(t, "dialog", fmt.Sprint(by, ref, body, ok), "U1Rwords \x00true")
	_, _, _, ok, err = s.Dialog(bg, "none")
	must(t, err)
	equal(t, "no dialog", ok, false)
}

func pruning(t *testing.T, open opener) {
	s, _ := open(t)
	lane := customer(t, s, "9")
	day := 24 * time.Hour
	var many []bot.Arrival
	for i := range pruned + 20 { // more than one transaction's
		many = append(many, message(key(i), "9", "my secret", t0))
	}
	must(t, s.Receive(bg, many...))
	for range len(many) + 1 {
		take(t, s, lane, t0, bot.Turn{})
	}
	must(t, s.SaveDialog(bg, "old", "U1", "R", "words", t0))
	must(t, s.Receive(bg, message("young", "9", "secret too", t0)))
	take(t, s, lane, t0.Add(2*day), bot.Turn{})
	must(t, s.Receive(bg, message("waiting", "9", "secret as well", t0)))
	must(t, s.SaveDialog(bg, "young", "U1", "R", "words", t0.Add(2*day)))

	must(t, s.Prune(bg, t0.Add(day)))
	for id, want := range map[string]bool{"old": false, "young": true} {
		_, _, _, ok, err := s.Dialog(bg, id)
		must(t, err)
		equal(t, "dialog "+id, ok, want)
	}
	rows, err := s.readers.QueryContext(bg, "SELECT key FROM inbox WHERE raw <> '' OR input <> '' ORDER BY key")
	must(t, err)
	defer rows.Close()
	var left []string
	for rows.Next() {
		var k string
		must(t, rows.Scan(&k))
		left = append(left, k)
	}
	must(t, rows.Err())
	if !slices.Equal(left, []string{"waiting", "young"}) {
		t.Fatalf("%d inputs still have a body: %.5q", len(left), left)
	}
	must(t, s.Receive(bg, many[7]))
	equal(t, "what waits", take(t, s, lane, t0.Add(2*day), bot.Turn{}).Input.Text, "secret as well")
	idle(t, s, lane, t0.Add(2*day)) // a repetition of a pruned one is no news
	must(t, s.Prune(bg, t0.Add(day)))
}

// sixteen goroutines keep, decide and send for the same customers; each input
// must be answered once, and each customer's answers go out in order.
func sixteen(t *testing.T, open opener) {
	s, _ := open(t)
	const chats, each = 4, 15
	var group sync.WaitGroup
	for g := range 16 {
		group.Go(func() {
			for i := range each {
				// Four goroutines bring the same arrivals.
				a := message(key(i), fmt.Sprint("chat", g%chats), "x", t0)
				a.Input.Key += a.Input.Chat
				if err := s.Receive(bg, a); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	var mu sync.Mutex
	carried := map[bot.Lane][]string{}
	for range 16 {
		group.Go(func() {
			for {
				lanes, _, err := s.Due(bg, t0, 100)
				if err != nil {
					t.Error(err)
					return
				}
				if len(lanes) == 0 {
					if quiet, err := s.Quiet(bg, t0); quiet || err != nil {
						return
					}
					continue
				}
				for _, lane := range lanes {
					if lane.Kind() == 'c' {
						if _, err := s.Turn(bg, lane, t0, answer); err != nil {
							t.Error(err)
						}
						continue
					}
					x, ok, err := s.Claim(bg, lane, t0, t0.Add(time.Minute))
					if err != nil {
						t.Error(err)
					}
					if !ok {
						continue
					}
					mu.Lock() // held by the head's lease: the next comes after the settling
					carried[lane] = append(carried[lane], x.Message.Text)
					mu.Unlock()
					if err := s.Settle(bg, lane, bot.Settlement{Out: x.ID, State: bot.Sent, At: t0}); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	group.Wait()
	equal(t, "chats answered", len(carried), chats)
	for lane, texts := range carried {
		equal(t, "answers in "+string(lane), len(texts), each)
		if !slices.IsSorted(texts) {
			t.Fatalf("out of order in %s: %v", lane, texts)
		}
	}
}

// answer answers a message with the number of its turn.
func answer(s bot.Situation) (bot.Turn, error) {
	if s.Input.Kind != bot.InMessage {
		return bot.Turn{}, nil
	}
	return bot.Turn{Say: []bot.Outbound{words(bot.NewID(s.Lane, s.N, 0), fmt.Sprintf("%06d", s.N), s.Customer.Chat)}}, nil
}
