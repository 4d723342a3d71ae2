package calendar_test

import (
	_ "embed"
	"fmt"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/heedbot/heed/bot/calendar"
)

//go:embed testdata/deadlines.tsv
var deadlines string

type deadline struct {
	id, expected, reasoning string
	start                   time.Time
	rule                    calendar.Rule
	calendar                calendar.Calendar
}

// readDeadlines reads the table with the parsers a policy pack goes through.
func readDeadlines(t *testing.T) []deadline {
	t.Helper()
	var out []deadline
	for i, line := range strings.Split(strings.TrimSpace(deadlines), "\n") {
		f := strings.Split(line, "\t")
		if i == 0 {
			continue
		}
		if len(f) != 9 {
			t.Fatalf("line %d: %d columns", i+1, len(f))
		}
		d := deadline{id: f[0], expected: f[7], reasoning: f[8]}
		d.start = instant(t, f[2])
		d.rule = must(calendar.ParseRule(f[3]))(t)
		d.calendar = company(t, f[4], f[5], "mon-fri", "")
		if err := d.options(f[6]); err != nil {
			t.Fatalf("%s: %v", d.id, err)
		}
		out = append(out, d)
	}
	return out
}

func (d *deadline) options(text string) error {
	var opened, closed []string
	for _, option := range strings.Split(text, ";") {
		key, value, _ := strings.Cut(option, "=")
		var err error
		switch key {
		case "", "start": // the start column already is the instant the reading chose
		case "at":
			d.rule.At = value
		case "roll":
			d.rule.Roll = value == "next"
		case "week":
			d.calendar.Week, err = calendar.ParseWeek(value)
		case "hours":
			d.calendar.Hours, err = calendar.ParseHours(value)
		case "close":
			closed = strings.Split(value, ",")
		case "open":
			opened = strings.Split(value, ",")
		default:
			err = fmt.Errorf("unknown option %q", key)
		}
		if err != nil {
			return err
		}
	}
	days, err := d.calendar.Days.Override(opened, closed)
	d.calendar.Days = days
	return err
}

func TestDeadlines(t *testing.T) {
	for _, d := range readDeadlines(t) {
		t.Run(d.id, func(t *testing.T) {
			due, err := d.calendar.Due(d.start, d.rule)
			if err != nil {
				t.Fatal(err)
			}
			if got := due.At.Format(time.RFC3339); got != d.expected {
				t.Errorf("due %s, want %s (%s)\n%s", got, d.expected, d.reasoning, show(due))
			}
			if due.BeyondCalendar {
				t.Error("said to lie beyond the calendar")
			}
		})
	}
}

// must makes a parser's answer fatal on error: must(f())(t).
func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func instant(t *testing.T, s string) time.Time {
	t.Helper()
	return must(time.Parse(time.RFC3339, s))(t)
}

func company(t *testing.T, days, zone, week, hours string) calendar.Calendar {
	t.Helper()
	return calendar.Calendar{
		Zone:  must(time.LoadLocation(zone))(t),
		Days:  must(calendar.Builtin(days))(t),
		Week:  must(calendar.ParseWeek(week))(t),
		Hours: must(calendar.ParseHours(hours))(t),
	}
}

func show(due calendar.Due) string {
	var b strings.Builder
	for _, s := range due.Steps {
		mark := " "
		if s.Counted {
			mark = "+"
		}
		fmt.Fprintf(&b, "%s %s %s\n", mark, s.Date, s.Why)
	}
	return strings.TrimSuffix(b.String(), "\n")
}
