package calendar_test

import (
	"strings"
	"testing"

	"github.com/heedbot/heed/bot/calendar"
)

func TestPart(t *testing.T) {
	for _, test := range []struct {
		from, rule string
		num, den   int
		staff      string
		want       string // "" where it would come after the promise is due
	}{
		// Tuesday 1 December 2026.
		{"2026-12-01T10:00:00Z", "3wd", 1, 2, "mon-fri 09:00-17:00", "2026-12-03T13:00:00Z"},
		{"2026-12-01T10:00:00Z", "3wd", 4, 5, "mon-fri 09:00-17:00", "2026-12-04T12:12:00Z"},
		{"2026-12-01T10:00:00Z", "3wd", 1, 2, "mon-fri 09:00-12:00+13:00-17:00", "2026-12-03T13:30:00Z"},
		{"2026-12-01T10:00:00Z", "3wd", 1, 2, "mon-fri 08:00-12:00+13:00-17:00", "2026-12-03T13:00:00Z"},
		{"2026-12-01T10:00:00Z", "4wd", 1, 2, "mon-fri 09:00-17:00", "2026-12-04T09:00:00Z"}, // two whole days have run
		{"2026-12-23T16:00:00Z", "7wd", 1, 2, "mon-fri 09:00-17:00", "2026-12-31T13:00:00Z"},
		{"2026-12-01T10:00:00Z", "1wd", 4, 5, "mon-fri 09:00-17:00", "2026-12-02T15:24:00Z"},
		{"2026-12-01T10:00:00Z", "3wd", 1, 1, "mon-fri 09:00-17:00", ""},
		// The elapsed share is moved into the staff's hours, over night and weekend, or not made at all.
		{"2026-12-01T10:00:00Z", "24h", 1, 2, "mon-fri 09:00-17:00", "2026-12-02T09:00:00Z"},
		{"2026-12-01T10:00:00Z", "24h", 4, 5, "mon-fri 09:00-17:00", "2026-12-02T09:00:00Z"},
		{"2026-12-01T10:00:00Z", "6h", 1, 2, "mon-fri 09:00-17:00", "2026-12-01T13:00:00Z"},
		{"2026-12-04T16:00:00Z", "24h", 1, 2, "mon-fri 09:00-17:00", ""},
		{"2026-12-04T09:00:00Z", "72h", 1, 2, "mon-fri 09:00-17:00", "2026-12-07T09:00:00Z"}, // exactly when due
		{"2026-12-01T10:00:00Z", "10s", 1, 2, "mon-fri 09:00-17:00", "2026-12-01T10:00:05Z"},
		// Days: Saturday's share waits for Monday.
		{"2026-12-01T10:00:00Z", "3d", 1, 2, "mon-fri 09:00-17:00", "2026-12-03T13:00:00Z"},
		{"2026-12-03T10:00:00Z", "8d", 1, 5, "mon-fri 09:00-17:00", "2026-12-07T09:00:00Z"},
		{"2026-12-03T10:00:00Z", "2d", 4, 5, "mon-fri 09:00-17:00", ""},
		{"2026-12-01T10:00:00Z", "1w", 1, 2, "mon-fri 09:00-17:00", "2026-12-07T09:00:00Z"}, // 3.5 days: Saturday
		{"2026-12-01T10:00:00Z", "8w", 1, 2, "mon-fri 09:00-17:00", "2026-12-30T09:00:00Z"},
		// Business hours (09:00-18:00) are the company's, not the staff's.
		{"2026-12-01T10:00:00Z", "4bh", 1, 2, "mon-fri 09:00-17:00", "2026-12-01T12:00:00Z"},
		{"2026-12-01T16:00:00Z", "4bh", 1, 2, "mon-fri 09:00-17:00", "2026-12-02T09:00:00Z"}, // 18:00, after the staff left
	} {
		c := company(t, "gb-eng", gb, "mon-fri", "mon-fri 09:00-18:00")
		at, ok, err := c.Part(instant(t, test.from), must(calendar.ParseRule(test.rule))(t), test.num, test.den,
			must(calendar.ParseHours(test.staff))(t))
		if err != nil {
			t.Fatal(err)
		}
		what := test.rule + " from " + test.from
		switch {
		case !ok && test.want != "":
			t.Errorf("%s: no reminder, want one at %s", what, test.want)
		case ok && test.want == "":
			t.Errorf("%s: reminder at %s, after it is due", what, at)
		case ok:
			wantAt(t, what, at, test.want)
		}
	}
}

func TestPartBeforeAnEarlierEndOfDay(t *testing.T) {
	c := company(t, "gb-eng", gb, "mon-fri", "")
	staff := must(calendar.ParseHours("mon-fri 09:00-17:00"))(t)
	rule := calendar.Rule{N: 1, Unit: "wd", At: "12:00"}
	if _, ok, err := c.Part(instant(t, "2026-12-01T10:00:00Z"), rule, 4, 5, staff); err != nil || ok {
		t.Errorf("reminder at 15:24 for noon: ok %v, error %v", ok, err)
	}
}

func TestPartRefuses(t *testing.T) {
	c := company(t, "gb-eng", gb, "mon-fri", "")
	staff := must(calendar.ParseHours("mon-fri 09:00-17:00"))(t)
	for _, test := range []struct {
		unit     calendar.Unit
		num, den int
		staff    calendar.Hours
		says     string
	}{
		{"wd", 1, 2, calendar.Hours{}, "never open"},
		{"wd", 3, 2, staff, "share"},
		{"wd", 1, 0, staff, "share"},
		{"wd", -1, 2, staff, "share"},
		{"bh", 1, 2, staff, "hours"},
	} {
		_, _, err := c.Part(instant(t, "2026-12-01T10:00:00Z"), calendar.Rule{N: 1, Unit: test.unit}, test.num, test.den, test.staff)
		if err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%d/%d of 1%s: error %v, want one with %q", test.num, test.den, test.unit, err, test.says)
		}
	}
}
