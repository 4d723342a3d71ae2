package calendar_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/heedbot/heed/bot/calendar"
)

// somewhere is a random company, with an instant of its years that is often near midnight or a clock change.
func somewhere(t *testing.T, r *rand.Rand) (calendar.Calendar, time.Time) {
	t.Helper()
	places := [][2]string{
		{"gb-eng", gb}, {"fr", "Europe/Paris"}, {"it", "Europe/Rome"}, {"pl", "Europe/Warsaw"}, {"vn", vn},
		{"la", "Asia/Vientiane"}, {"cn", "Asia/Shanghai"}, {"gb-eng", "America/Havana"}, {"gb-eng", "Africa/Cairo"},
	}
	weeks := []string{"mon-fri", "mon-sat", "sun-thu", "mon,wed"}
	hours := []string{"mon-fri 09:00-17:00", "mon-fri 08:00-12:00+13:00-17:00,sat 08:00-12:00", "mon-sun 00:00-24:00", "sun-sat 01:30-02:30+22:00-24:00"}
	place := places[r.IntN(len(places))]
	c := company(t, place[0], place[1], weeks[r.IntN(len(weeks))], hours[r.IntN(len(hours))])
	from := time.Date(2026, 1, 1+r.IntN(2*365), 0, 0, r.IntN(86400), 0, c.Zone)
	switch r.IntN(4) {
	case 0:
		from = time.Date(2026, 1, 1+r.IntN(2*365), 0, 0, r.IntN(3)-1, 0, c.Zone)
	case 1:
		if _, change := from.ZoneBounds(); !change.IsZero() && change.Year() < 2028 {
			from = change.Add(time.Duration(r.IntN(2*86400)-86400) * time.Second).In(c.Zone)
		}
	}
	return c, from
}

func someRule(r *rand.Rand) calendar.Rule {
	units := []calendar.Unit{"s", "m", "h", "bh", "d", "wd", "w"}
	rule := calendar.Rule{N: 1 + r.IntN(15), Unit: units[r.IntN(len(units))]}
	rule.Roll = rule.Unit == "d" && r.IntN(2) == 0
	if (rule.Unit == "d" || rule.Unit == "wd" || rule.Unit == "w") && r.IntN(4) == 0 {
		rule.At = fmt.Sprintf("%02d:30", r.IntN(24))
	}
	return rule
}

func TestDueProperties(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2026))
	for range 3000 {
		c, from := somewhere(t, r)
		rule := someRule(r)
		what := fmt.Sprintf("%s from %s in %s, week %s, hours %s", rule, from.Format(time.RFC3339), c.Zone, c.Week, c.Hours)
		due := must(c.Due(from, rule))(t)
		if !due.At.After(from) {
			t.Fatalf("%s: due at %s, before it starts", what, due.At)
		}
		later := must(c.Due(from.Add(time.Duration(r.IntN(3*86400))*time.Second), rule))(t)
		if later.At.Before(due.At) {
			t.Fatalf("%s: due at %s, but at %s when received later", what, due.At, later.At)
		}
		counted := 0
		for i, s := range due.Steps {
			if s.Counted {
				counted++
			}
			if i > 0 && s.Date <= due.Steps[i-1].Date {
				t.Fatalf("%s: steps go back:\n%s", what, show(due))
			}
		}
		if end := due.Steps[len(due.Steps)-1].Date; end != due.At.Format(time.DateOnly) {
			// A business day ends at 24:00, which is already the next date.
			if rule.Unit != "bh" || due.At.Format("15:04") != "00:00" {
				t.Fatalf("%s: due at %s, but the steps end on %s", what, due.At, end)
			}
		}
		switch rule.Unit {
		case "d", "wd", "w":
			if counted != rule.N {
				t.Fatalf("%s: %d days counted:\n%s", what, counted, show(due))
			}
			if got := due.At.Format(time.TimeOnly); rule.At == "" && got != "23:59:59" {
				t.Fatalf("%s: ends at %s", what, got)
			}
		}
		if rule.Unit == "wd" || rule.Roll {
			if !c.WorkingDay(due.At) {
				t.Fatalf("%s: due on %s, which is not worked", what, due.At)
			}
		}
	}
}

func TestHolidayNeverMakesAPromiseEarlier(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 2026))
	for range 1000 {
		c, from := somewhere(t, r)
		rule := someRule(r)
		before := must(c.Due(from, rule))(t)
		closed := from.AddDate(0, 0, r.IntN(20)).Format(time.DateOnly)
		c.Days = must(c.Days.Override(nil, []string{closed}))(t)
		if after := must(c.Due(from, rule))(t); after.At.Before(before.At) {
			t.Fatalf("%s from %s: due at %s, with %s closed at %s", rule, from, before.At, closed, after.At)
		}
	}
}

func TestPartLiesBetween(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 2026))
	made := 0
	for range 2000 {
		c, from := somewhere(t, r)
		rule := someRule(r)
		due := must(c.Due(from, rule))(t)
		staff := must(calendar.ParseHours("mon-sun 09:00-12:00+13:00-17:00"))(t)
		half, okHalf, err := c.Part(from, rule, 1, 2, staff)
		if err != nil {
			t.Fatal(err)
		}
		most, okMost, err := c.Part(from, rule, 4, 5, staff)
		if err != nil {
			t.Fatal(err)
		}
		what := fmt.Sprintf("%s from %s in %s", rule, from.Format(time.RFC3339), c.Zone)
		for at, ok := range map[time.Time]bool{half: okHalf, most: okMost} {
			if ok != !at.After(due.At) {
				t.Fatalf("%s: reminder at %s said to be in time: %v, due at %s", what, at, ok, due.At)
			}
			if ok {
				made++
				wall := at.Format("15:04:05")
				inside := wall >= "09:00:00" && wall < "12:00:00" || wall >= "13:00:00" && wall < "17:00:00"
				if at.Before(from) || !inside || !c.WorkingDay(at) {
					t.Fatalf("%s: reminder at %s", what, at)
				}
			}
		}
		if most.Before(half) {
			t.Fatalf("%s: 4/5 at %s, before 1/2 at %s", what, most, half)
		}
	}
	if made < 1000 {
		t.Errorf("only %d reminders made", made)
	}
}

// TestBusinessHoursMinuteByMinute counts the minutes at which the clock on the wall shows a business hour.
func TestBusinessHoursMinuteByMinute(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 2026))
	for range 150 {
		c, from := somewhere(t, r)
		c.Week = must(calendar.ParseWeek("mon-sun"))(t)
		c.Hours = must(calendar.ParseHours("mon-sun 00:00-04:00+09:00-12:00+13:00-17:00"))(t)
		from = from.Truncate(time.Minute)
		n := 1 + r.IntN(30)
		at := from
		for left := n * 60; left > 0; at = at.Add(time.Minute) {
			wall := at.Format("15:04")
			if c.WorkingDay(at) && (wall < "04:00" || wall >= "09:00" && wall < "12:00" || wall >= "13:00" && wall < "17:00") {
				left--
			}
		}
		if due := must(c.Due(from, calendar.Rule{N: n, Unit: "bh"}))(t); !due.At.Equal(at) {
			t.Fatalf("%dbh from %s in %s: due at %s, minute by minute at %s", n, from, c.Zone, due.At, at)
		}
	}
}

func TestContactProperties(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 2026))
	for range 2000 {
		c, at := somewhere(t, r)
		w := must(calendar.ParseWindow("08:00-20:00"))(t)
		last, next := c.LastContact(w, at), c.NextContact(w, at)
		if last.After(at) || next.Before(at) || next.Sub(last) > 14*time.Hour {
			t.Fatalf("%s in %s: last contact %s, next %s", at, c.Zone, last, next)
		}
		for _, contact := range []time.Time{last, next} {
			if wall := contact.Format("15:04:05"); wall < "08:00:00" || wall > "20:00:00" {
				t.Fatalf("%s in %s: contact at %s", at, c.Zone, contact)
			}
		}
	}
}
