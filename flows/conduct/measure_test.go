package conduct_test

import (
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/conduct"
)

// TestANewComplaintIsFree: a measure restricts the complaints that were there
// when it was decided, and no later one.
func TestANewComplaintIsFree(t *testing.T) {
	block := restricted(2, bot.StepBlock, 1, 4, 30)
	for _, row := range []struct {
		of       bot.Ref
		received time.Time
		blocked  bool
	}{
		{"A", day(1), true}, {"A", day(5), true}, {"B", day(3), true}, {"B", day(4), true}, {"B", day(5), false}, {"", time.Time{}, true},
	} {
		l := conduct.Ladder{Policy: rules, Complaint: row.of, Received: row.received, Steps: []bot.Step{block}, Now: now}
		if _, blocked := l.Blocked(); blocked != row.blocked {
			t.Errorf("complaint %q of %s: blocked %v", row.of, row.received.Format(time.DateOnly), blocked)
		}
		if no := l.Lift(actor(mia), 2); no != conduct.OK {
			t.Errorf("complaint %q: the block cannot be lifted: %s", row.of, no)
		}
	}
	// Should it go on there, a step in that one is not in force already.
	f := flag(2, 6, ann)
	f.Complaint = "B"
	l := conduct.Ladder{Policy: rules, Complaint: "B", Received: day(5), Now: now, Flags: []bot.Flag{flag(1, 1, ann), f}, Steps: []bot.Step{warned(1, 1, 2), block}}
	if no := l.Take(actor(eva), bot.StepBlock, 2); no != conduct.OK {
		t.Errorf("a block in the new complaint: %s", no)
	}
}

// TestAWallKeepsToItself: in a walled complaint only what was found in it
// counts, and it counts nowhere else.
func TestAWallKeepsToItself(t *testing.T) {
	inside := restricted(1001, bot.StepStop, 1001, 5, 30)
	inside.Complaint, inside.Walled = "W", true
	outside := restricted(2, bot.StepBlock, 1, 4, 30)
	steps := []bot.Step{warned(1, 1, 2), outside, inside}
	flags := []bot.Flag{flag(1, 1, ann)}
	for _, row := range []struct {
		of                     bot.Ref
		walled, stops, blocked bool
		sees                   int
	}{{"A", false, true, true, 2}, {"B", false, true, true, 2}, {"W", true, true, false, 1}, {"X", true, false, false, 0}} {
		l := conduct.Ladder{Policy: rules, Flags: flags, Steps: steps, Complaint: row.of, Walled: row.walled, Now: now}.Seen()
		_, stops := l.Stopped()
		if _, blocked := l.Blocked(); blocked != row.blocked || stops != row.stops || len(l.Steps) != row.sees {
			t.Errorf("%s: blocked %v, stopped %v, %d steps", row.of, blocked, stops, len(l.Steps))
		}
	}
}

// TestNumbersTellNothing: whoever sees the numbers of what is not walled sees
// no gap where something is.
func TestNumbersTellNothing(t *testing.T) {
	var given []int
	for _, row := range []struct {
		walled bool
		want   int
	}{{false, 1}, {true, 1001}, {false, 2}, {true, 1002}, {true, 1003}, {false, 3}} {
		n := conduct.Next(given, row.walled)
		if n != row.want {
			t.Errorf("after %v, walled %v: %d, not %d", given, row.walled, n, row.want)
		}
		given = append(given, n)
	}
}

// TestWhoReviews: neither who flagged the message, nor who decided, nor who
// renewed, unless nobody else is left; the flagger not even then.
func TestWhoReviews(t *testing.T) {
	const zoe = "zoe"
	m := restricted(1, bot.StepBlock, 1, 4, 30)
	m.By, m.RenewedBy, m.Asked = mia, []bot.StaffID{zoe}, day(6)
	l := conduct.Ladder{Policy: rules, Complaint: "A", Now: now, Flags: []bot.Flag{flag(1, 3, eva)}, Steps: []bot.Step{m}}
	for _, row := range []struct {
		who    bot.StaffID
		others []bot.StaffID
		known  bool
		alone  bool
		want   string
	}{
		{mia, []bot.StaffID{"bob"}, true, false, "own_measure"},
		{mia, []bot.StaffID{"bob"}, true, true, "own_measure"}, // the desk may be theirs alone; the company is not
		{mia, []bot.StaffID{eva, zoe}, true, false, "ok"},
		{mia, nil, true, false, "ok"},
		{zoe, []bot.StaffID{mia, "bob"}, true, false, "own_measure"},
		{zoe, []bot.StaffID{mia, eva}, true, false, "ok"},
		{eva, []bot.StaffID{mia, zoe}, true, false, "same_person"},
		{eva, nil, true, true, "same_person"},
		{"bob", []bot.StaffID{mia, zoe}, true, false, "ok"},
		{mia, nil, false, false, "own_measure"},
		{mia, nil, false, true, "ok"},
	} {
		who := conduct.Actor{ID: row.who, Manager: true, Alone: row.alone, Known: row.known, Others: row.others}
		if no := l.Review(who, 1, false); or(no) != row.want {
			t.Errorf("%s among %q (alone %v): %s, not %s", row.who, row.others, row.alone, or(no), row.want)
		}
	}
	if no := l.Renew(conduct.Actor{ID: eva, Manager: true}, 1); no != conduct.SamePerson {
		t.Errorf("who flagged the message renews: %s", or(no))
	}
	if no := l.Renew(conduct.Actor{ID: mia, Manager: true}, 1); no != conduct.OK {
		t.Errorf("who decided renews: %s", or(no))
	}
}

// TestNoSecondFlag: of one message it is found once whether it is abuse.
func TestNoSecondFlag(t *testing.T) {
	one, two := flag(1, 3, ann), flag(2, 3, ben)
	one.Message, two.Message = "m7", "m7"
	wrong := overturned(restricted(1, bot.StepBlock, 1, 4, 30))
	for what, l := range map[string]conduct.Ladder{
		"ok nothing found":       {Flags: []bot.Flag{one}},
		"dropped no abuse":       {Flags: []bot.Flag{dropped(one)}},
		"dropped wrong":          {Flags: []bot.Flag{one}, Steps: []bot.Step{wrong}},
		"ok of another message":  {Flags: []bot.Flag{dropped(flag(1, 2, ann))}},
		"ok of another one here": {Flags: []bot.Flag{dropped(bot.Flag{N: 1, Complaint: "A", Message: "m6", Said: day(3)})}},
	} {
		if got, want := or(l.FlagAgain(two)), what[:len(or(l.FlagAgain(two)))]; got != want {
			t.Errorf("%s: %s", what, got)
		}
	}
	// Flagged twice, it carries one measure all the same.
	l := conduct.Ladder{Policy: rules, Complaint: "A", Now: now, Flags: []bot.Flag{flag(9, 1, ann), one, two},
		Steps: []bot.Step{warned(1, 9, 2), restricted(2, bot.StepStop, 1, 4, 10)}}
	if no := l.Take(actor(eva), bot.StepStop, 2); no != conduct.Rested {
		t.Errorf("a second stop on one message: %s", or(no))
	}
}

// TestAWarningGrowsOld: it counts for twelve months.
func TestAWarningGrowsOld(t *testing.T) {
	l := conduct.Ladder{Policy: rules, Complaint: "A", Flags: []bot.Flag{flag(1, 1, ann), flag(2, 3, ann)}, Steps: []bot.Step{warned(1, 1, 2)}}
	for _, row := range []struct {
		said                 time.Time
		stop, warn, liftable string
	}{
		{day(2).AddDate(0, 11, 0), "ok", "ok", "ok"},
		{day(2).AddDate(0, 12, 0).Add(-time.Second), "ok", "ok", "ok"},
		{day(2).AddDate(0, 12, 0), "stale", "ok", "over"},
	} {
		l.Flags[1].Said, l.Now = row.said, row.said
		if stop, warn, lift := or(l.Take(actor(eva), bot.StepStop, 2)), or(l.Take(actor(ben), bot.StepWarn, 2)), or(l.Lift(actor(mia), 1)); stop != row.stop || warn != row.warn || lift != row.liftable {
			t.Errorf("on %s: stop %s, warn %s, lift %s", row.said, stop, warn, lift)
		}
	}
}

// TestWhatRestsFalls: without the request to stop, nothing that came after it
// stands, unless another request bears it.
func TestWhatRestsFalls(t *testing.T) {
	stop, block := restricted(2, bot.StepStop, 2, 4, 30), restricted(3, bot.StepBlock, 3, 7, 30)
	flags := []bot.Flag{flag(1, 1, ann), flag(2, 3, ann), flag(3, 6, ann), flag(4, 5, ann)}
	rests := func(on int, steps ...bot.Step) (ns []int) {
		l := conduct.Ladder{Policy: rules, Complaint: "A", Now: now, Flags: flags, Steps: steps}
		for _, m := range l.Rests(on) {
			ns = append(ns, m.N)
		}
		return ns
	}
	if got := rests(1, warned(1, 1, 2), stop, block); len(got) != 2 || got[0] != 2 || got[1] != 3 {
		t.Errorf("on the only request rest %v", got)
	}
	again := warned(4, 4, 5)
	if got := rests(1, warned(1, 1, 2), stop, again, block); len(got) != 1 || got[0] != 2 {
		t.Errorf("on the first of two requests rest %v", got)
	}
	if got := rests(4, warned(1, 1, 2), stop, again, block); len(got) != 0 {
		t.Errorf("on the second of two requests rest %v", got)
	}
	if got := rests(1, warned(1, 1, 2), overturned(stop), restricted(3, bot.StepBlock, 3, 7, 10)); len(got) != 0 {
		t.Errorf("what has ended rests on it: %v", got)
	}
}
