package calendar_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot/calendar"
)

// waits reads "from to" a line.
func waits(t *testing.T, lines ...string) []calendar.Span {
	t.Helper()
	var list []calendar.Span
	for _, l := range lines {
		from, to, _ := strings.Cut(l, " ")
		list = append(list, calendar.Span{From: instant(t, from), To: instant(t, to)})
	}
	return list
}

// Worked out by hand. All start on Monday 2 November 2026 at 10:00 in London; Saturday and Sunday are the 7th and 8th.
func TestAWaitMovesADueInstant(t *testing.T) {
	c := company(t, "gb-eng", gb, "mon-fri", "mon-fri 09:00-17:00")
	for _, test := range []struct {
		rule, want string
		waits      []string
	}{
		{"24h", "2026-11-03T15:30:00Z", []string{"2026-11-02T11:00:00Z 2026-11-02T16:30:00Z"}},
		{"24h", "2026-11-06T10:00:00Z", []string{"2026-11-02T11:00:00Z 2026-11-03T11:00:00Z", "2026-11-04T00:00:00Z 2026-11-06T00:00:00Z"}},
		{"24h", "2026-11-03T10:00:00Z", []string{"2026-11-03T10:00:00Z 2026-11-04T11:00:00Z"}}, // it was due
		{"24h", "2026-11-03T10:00:00Z", []string{"2026-11-01T10:00:00Z 2026-11-02T10:00:00Z"}}, // it had not begun
		{"3bh", "2026-11-03T10:00:00Z", []string{"2026-11-02T11:00:00Z 2026-11-02T16:00:00Z"}}, // 1 + 1 + 1 the next day
		{"3bh", "2026-11-02T13:00:00Z", []string{"2026-11-02T17:30:00Z 2026-11-03T08:00:00Z"}},
		{"3d", "2026-11-05T23:59:59Z", []string{"2026-11-03T09:00:00Z 2026-11-03T20:00:00Z"}}, // within one day
		{"3d", "2026-11-07T23:59:59Z", []string{"2026-11-03T09:00:00Z 2026-11-05T08:00:00Z"}}, // not the 4th and 5th
		{"3d", "2026-11-09T23:59:59Z", []string{"2026-11-05T15:00:00Z 2026-11-09T12:00:00Z"}}, // from its last day on
		{"3wd", "2026-11-09T23:59:59Z", []string{"2026-11-03T09:00:00Z 2026-11-05T08:00:00Z"}},
		{"3wd", "2026-11-05T23:59:59Z", []string{"2026-11-03T09:00:00Z 2026-11-03T23:00:00Z"}},
		{"4wd", "2026-11-09T23:59:59Z", []string{"2026-11-06T09:00:00Z 2026-11-08T10:00:00Z"}},                                              // its last day, until a Sunday
		{"4wd", "2026-11-11T23:59:59Z", []string{"2026-11-06T09:00:00Z 2026-11-08T10:00:00Z", "2026-11-08T12:00:00Z 2026-11-10T10:00:00Z"}}, // then Monday and Tuesday too
		{"4wd", "2026-11-06T23:59:59Z", []string{"2026-11-07T09:00:00Z 2026-11-10T10:00:00Z"}},                                              // after it was due
		{"1w", "2026-11-11T23:59:59Z", []string{"2026-11-03T09:00:00Z 2026-11-05T08:00:00Z"}},
		{"3d", "2026-11-08T23:59:59Z", []string{"2026-11-03T09:00:00Z 2026-11-05T08:00:00Z", "2026-11-04T09:00:00Z 2026-11-06T08:00:00Z"}}, // one into the other
	} {
		d, err := c.DueWith(instant(t, "2026-11-02T10:00:00Z"), must(calendar.ParseRule(test.rule))(t), waits(t, test.waits...))
		if err != nil {
			t.Fatal(err)
		}
		wantAt(t, fmt.Sprint(test.rule, " ", test.waits), d.At, test.want)
	}

	roll := calendar.Rule{N: 3, Unit: calendar.UnitDay, Roll: true}
	d := must(c.DueWith(instant(t, "2026-11-02T10:00:00Z"), roll, waits(t, "2026-11-03T09:00:00Z 2026-11-05T08:00:00Z")))(t)
	wantAt(t, "rolled from Saturday", d.At, "2026-11-09T23:59:59Z")
	early := calendar.Rule{N: 3, Unit: calendar.UnitDay, At: "17:30"}
	d = must(c.DueWith(instant(t, "2026-11-02T10:00:00Z"), early, waits(t, "2026-11-05T15:00:00Z 2026-11-05T18:00:00Z")))(t)
	wantAt(t, "past the end of its last day", d.At, "2026-11-06T17:30:00Z")
}

func TestAWaitIsExplained(t *testing.T) {
	c := company(t, "gb-eng", gb, "mon-fri", "mon-fri 09:00-17:00")
	for _, test := range []struct{ rule, want string }{
		{"3wd", `
  2026-11-05 day of the event, not counted
+ 2026-11-06 working day 1
  2026-11-07 Saturday
  2026-11-08 Sunday
  2026-11-09 waiting for the customer
  2026-11-10 waiting for the customer
+ 2026-11-11 working day 2
+ 2026-11-12 working day 3`},
		{"36h", `
  2026-11-05 starts 10:00:00
  2026-11-10 waiting for the customer from 2026-11-06 15:00:00 to 11:00:00, 92h not counted
+ 2026-11-10 36h elapsed at 18:00:00`},
		{"12bh", `
+ 2026-11-05 7h counted, 7h of 12h
+ 2026-11-06 4h counted, 11h of 12h, waiting for the customer
  2026-11-07 Saturday
  2026-11-08 Sunday
  2026-11-09 waiting for the customer
+ 2026-11-10 1h counted, 12h of 12h`},
	} {
		rule := must(calendar.ParseRule(test.rule))(t)
		from := instant(t, "2026-11-05T10:00:00Z")
		wait := "2026-11-06T15:00:00Z 2026-11-10T11:00:00Z"
		if test.rule == "12bh" {
			wait = "2026-11-06T13:00:00Z 2026-11-10T11:00:00Z"
		}
		d := must(c.DueWith(from, rule, waits(t, wait)))(t)
		if got := show(d); strings.TrimSpace(got) != strings.TrimSpace(test.want) {
			t.Errorf("%s:\n%s\nwant:%s", test.rule, got, test.want)
		}
	}
}

// Without waits DueWith is Due; a wait never makes anything earlier, a longer one nothing earlier than a shorter one; the
// due instant never lies inside a wait; and moving the due instant over one wait after the other gives the same.
func TestWaitProperties(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 2026))
	for range 3000 {
		c, from := somewhere(t, r)
		rule := someRule(r)
		plain := must(c.Due(from, rule))(t)
		if same := must(c.DueWith(from, rule, []calendar.Span{{From: from, To: from}}))(t); !same.At.Equal(plain.At) || len(same.Steps) != len(plain.Steps) {
			t.Fatalf("%s from %s: due %s, after no wait %s", rule, from, plain.At, same.At)
		}
		var list []calendar.Span
		at := from
		for range 1 + r.IntN(3) {
			begins := at.Add(time.Duration(r.IntN(5*86400)) * time.Second)
			ends := begins.Add(time.Duration(1+r.IntN(4*86400)) * time.Second)
			list, at = append(list, calendar.Span{From: begins, To: ends}), ends.Add(time.Second)
		}
		what := fmt.Sprintf("%s from %s in %s, week %s, hours %s, waits %v", rule, from.Format(time.RFC3339), c.Zone, c.Week, c.Hours, list)
		due := must(c.DueWith(from, rule, list))(t)
		if due.At.Before(plain.At) {
			t.Fatalf("%s: due %s, without the wait %s", what, due.At, plain.At)
		}
		longer := append([]calendar.Span{}, list...)
		longer[len(longer)-1].To = longer[len(longer)-1].To.Add(time.Duration(r.IntN(2*86400)) * time.Second)
		if l := must(c.DueWith(from, rule, longer))(t); l.At.Before(due.At) {
			t.Fatalf("%s: due %s, after a longer wait %s", what, due.At, l.At)
		}
		for _, s := range list {
			if s.From.Before(due.At) && due.At.Before(s.To) {
				t.Fatalf("%s: due %s, which lies in a wait:\n%s", what, due.At, show(due))
			}
		}
		if moved := must(c.Moved(plain.At, rule, list[0]))(t); list[0].From.Before(plain.At) == false && !moved.Equal(plain.At) {
			t.Fatalf("%s: a wait after it was due moved %s to %s", what, plain.At, moved)
		}
		if !rule.Roll {
			moved := plain.At
			for _, s := range list {
				moved = must(c.Moved(moved, rule, s))(t)
			}
			if !moved.Equal(due.At) {
				t.Fatalf("%s: due %s, moved wait by wait %s:\n%s", what, due.At, moved, show(due))
			}
		}
		staff := must(calendar.ParseHours("mon-sun 09:00-12:00+13:00-17:00"))(t)
		half, _, err := c.Part(from, rule, 1, 2, staff)
		if err != nil {
			t.Fatal(err)
		}
		if with, _, err := c.PartWith(from, rule, 1, 2, staff, list); err != nil || with.Before(half) {
			t.Fatalf("%s: half at %s, with the waits %s, %v", what, half, with, err)
		}
	}
}

func TestChangeApplies(t *testing.T) {
	days := must(calendar.Builtin("gb-eng"))(t)
	ics := "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260810\r\nDTEND;VALUE=DATE:20260812\r\nSUMMARY:Works holiday\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	changed := must(calendar.Change{Open: []string{"2026-08-11"}, Close: []string{"2026-08-13"}, ICS: ics}.Apply(days))(t)
	c := company(t, "gb-eng", gb, "mon-fri", "")
	c.Days = changed
	for day, works := range map[string]bool{"2026-08-10": false, "2026-08-11": true, "2026-08-12": true, "2026-08-13": false} {
		if c.WorkingDay(instant(t, day+"T12:00:00Z")) != works {
			t.Errorf("%s is worked: %v", day, !works)
		}
	}
	if !changed.Until().Equal(days.Until()) {
		t.Error("the years covered changed")
	}
	for name, bad := range map[string]calendar.Change{
		"open": {Open: []string{"soon"}}, "close": {Close: []string{"2026-13-01"}}, "calendar": {ICS: "BEGIN:VCALENDAR"},
	} {
		if _, err := bad.Apply(days); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
