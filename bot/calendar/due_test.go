package calendar_test

import (
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot/calendar"
)

const (
	gb = "Europe/London"
	vn = "Asia/Ho_Chi_Minh"
)

func due(t *testing.T, c calendar.Calendar, from, rule string) calendar.Due {
	t.Helper()
	return must(c.Due(instant(t, from), must(calendar.ParseRule(rule))(t)))(t)
}

func wantAt(t *testing.T, what string, got time.Time, want string) {
	t.Helper()
	if s := got.Format(time.RFC3339); s != want {
		t.Errorf("%s: %s, want %s", what, s, want)
	}
}

func TestDueExplainsEveryDay(t *testing.T) {
	office := "mon-fri 08:00-12:00+13:00-17:00"
	for _, test := range []struct{ days, zone, from, rule, want string }{
		{"gb-eng", gb, "2026-12-23T16:00:00Z", "3wd", `
  2026-12-23 day of the event, not counted
+ 2026-12-24 working day 1
  2026-12-25 Christmas Day
  2026-12-26 Boxing Day
  2026-12-27 Sunday
  2026-12-28 Boxing Day (substitute day)
+ 2026-12-29 working day 2
+ 2026-12-30 working day 3`},
		{"cn", "Asia/Shanghai", "2026-01-02T10:00:00+08:00", "1wd", `
  2026-01-02 day of the event, not counted
  2026-01-03 New Year
+ 2026-01-04 working day 1, Make-up working day`},
		{"vn", vn, "2027-02-03T10:00:00+07:00", "1wd", `
  2027-02-03 day of the event, not counted
  2027-02-04 Tet holiday (estimate)
  2027-02-05 Tet holiday (estimate)
  2027-02-06 Tet holiday (estimate)
  2027-02-07 Tet holiday (estimate)
  2027-02-08 Tet holiday (estimate)
  2027-02-09 Tet holiday (estimate)
  2027-02-10 Tet holiday (estimate)
+ 2027-02-11 working day 1`},
		{"gb-eng", gb, "2026-12-04T10:00:00Z", "2w", `
  2026-12-04 day of the event, not counted
+ 2026-12-11 week 1
+ 2026-12-18 week 2`},
		{"vn", vn, "2026-12-04T15:30:00+07:00", "3bh", `
+ 2026-12-04 1h30m counted, 1h30m of 3h
  2026-12-05 Saturday
  2026-12-06 Sunday
+ 2026-12-07 1h30m counted, 3h of 3h`},
		{"gb-eng", gb, "2026-11-27T23:59:00Z", "24h", `
  2026-11-27 starts 23:59:00
+ 2026-11-28 24h elapsed at 23:59:00`},
		{"gb-eng", gb, "2026-11-27T10:00:00Z", "90m", `
+ 2026-11-27 90m elapsed from 10:00:00 to 11:30:00`},
	} {
		got := show(due(t, company(t, test.days, test.zone, "mon-fri", office), test.from, test.rule))
		if want := strings.TrimPrefix(test.want, "\n"); got != want {
			t.Errorf("%s from %s:\n%s\nwant\n%s", test.rule, test.from, got, want)
		}
	}
}

func TestRolledDaysAreShownButNotCounted(t *testing.T) {
	c := company(t, "gb-eng", gb, "mon-fri", "")
	got := must(c.Due(instant(t, "2026-12-22T10:00:00Z"), calendar.Rule{N: 3, Unit: "d", Roll: true, At: "17:30"}))(t)
	wantAt(t, "due", got.At, "2026-12-29T17:30:00Z")
	want := `  2026-12-22 day of the event, not counted
+ 2026-12-23 day 1
+ 2026-12-24 day 2
+ 2026-12-25 day 3, Christmas Day: moved on
  2026-12-26 Boxing Day
  2026-12-27 Sunday
  2026-12-28 Boxing Day (substitute day)
  2026-12-29 next working day`
	if show(got) != want {
		t.Errorf("got\n%s\nwant\n%s", show(got), want)
	}
}

func TestDueOverClockChanges(t *testing.T) {
	for _, test := range []struct{ zone, from, rule, hours, want string }{
		// 23 and 25 hours of elapsed time between two equal times on the wall clock.
		{gb, "2026-03-28T12:00:00Z", "24h", "", "2026-03-29T13:00:00+01:00"},
		{gb, "2026-10-24T12:00:00+01:00", "24h", "", "2026-10-25T11:00:00Z"},
		{gb, "2026-03-28T12:00:00Z", "1d", "", "2026-03-29T23:59:59+01:00"},
		{gb, "2026-10-24T12:00:00+01:00", "1d", "", "2026-10-25T23:59:59Z"},
		// A Sunday of round-the-clock hours has 23 in spring and 25 in autumn.
		{gb, "2026-03-29T00:00:00Z", "24bh", "mon-sun 00:00-24:00", "2026-03-30T01:00:00+01:00"},
		{gb, "2026-10-25T00:00:00+01:00", "25bh", "mon-sun 00:00-24:00", "2026-10-26T00:00:00Z"},
		// Opening is by the wall clock, not midnight plus ten hours.
		{gb, "2026-03-29T00:30:00Z", "1bh", "sun 10:00-12:00", "2026-03-29T11:00:00+01:00"},
		{gb, "2026-10-25T00:30:00+01:00", "1bh", "sun 10:00-12:00", "2026-10-25T11:00:00Z"},
		// 01:30 is missing in spring (opening at 02:00) and comes twice in autumn (opening at the first).
		{gb, "2026-03-29T00:30:00Z", "1bh", "sun 01:30-04:00", "2026-03-29T03:00:00+01:00"},
		{gb, "2026-10-25T00:30:00+01:00", "2bh", "sun 01:30-04:00", "2026-10-25T02:30:00Z"},
		{gb, "2026-10-25T00:30:00+01:00", "2bh", "sun 00:30-01:30+01:40-04:00", "2026-10-25T01:30:00Z"},
		{gb, "2026-10-25T00:30:00+01:00", "3bh", "sun 00:30-01:30+01:40-04:00", "2026-10-25T02:30:00Z"},
		// Midnight is missing in Cairo and comes twice in Havana; the day still ends with its last second.
		{"Africa/Cairo", "2026-04-22T12:00:00+02:00", "1d", "", "2026-04-23T23:59:59+02:00"},
		{"Africa/Cairo", "2026-04-23T12:00:00+02:00", "1d", "", "2026-04-24T23:59:59+03:00"},
		{"America/Havana", "2026-10-30T12:00:00-04:00", "1d", "", "2026-10-31T23:59:59-04:00"},
		{"America/Havana", "2026-10-31T12:00:00-04:00", "1d", "", "2026-11-01T23:59:59-05:00"},
	} {
		c := company(t, "gb-eng", test.zone, "mon-sun", test.hours)
		wantAt(t, test.zone+" "+test.rule+" from "+test.from, due(t, c, test.from, test.rule).At, test.want)
	}
}

func TestDueUsesTheLocalDate(t *testing.T) {
	// Midnight to 07:00 in Vietnam is still yesterday in UTC.
	c := company(t, "vn", vn, "mon-fri", "mon-fri 08:00-17:00")
	wantAt(t, "1wd", due(t, c, "2026-12-02T18:00:00Z", "1wd").At, "2026-12-04T23:59:59+07:00")
	wantAt(t, "1bh", due(t, c, "2026-12-02T18:00:00Z", "1bh").At, "2026-12-03T09:00:00+07:00")
	if c.WorkingDay(instant(t, "2026-12-04T18:00:00Z")) {
		t.Error("Saturday 01:00 in Vietnam counts as Friday")
	}
}

func TestMakeUpDayHasMondaysHours(t *testing.T) {
	c := company(t, "cn", "Asia/Shanghai", "mon-fri", "mon 10:00-12:00,tue-fri 09:00-18:00")
	wantAt(t, "make-up Sunday", due(t, c, "2026-01-04T08:00:00+08:00", "1bh").At, "2026-01-04T11:00:00+08:00")
	c = company(t, "cn", "Asia/Shanghai", "mon-sat", "mon-fri 09:00-18:00,sat 08:00-10:00")
	wantAt(t, "make-up Saturday", due(t, c, "2026-10-10T08:00:00+08:00", "1bh").At, "2026-10-10T10:00:00+08:00")

	c = company(t, "fr", "Europe/Paris", "mon-fri", "mon-wed 10:00-12:00,thu 15:00-17:00")
	c.Days = must(c.Days.Override([]string{"2026-05-14", "2026-05-16"}, nil))(t)
	wantAt(t, "holiday Thursday opened", due(t, c, "2026-05-14T08:00:00+02:00", "1bh").At, "2026-05-14T16:00:00+02:00")
	wantAt(t, "Saturday opened", due(t, c, "2026-05-16T08:00:00+02:00", "1bh").At, "2026-05-16T11:00:00+02:00")
}

func TestDueSaysWhenTheCalendarEnds(t *testing.T) {
	c := company(t, "gb-eng", gb, "mon-fri", "mon-fri 09:00-17:00")
	for _, test := range []struct {
		from, rule string
		beyond     bool
	}{
		{"2028-12-27T10:00:00Z", "2wd", false}, // Friday 29 December
		{"2028-12-27T10:00:00Z", "3wd", true},
		{"2028-12-29T16:00:00Z", "1bh", false},
		{"2028-12-29T16:00:00Z", "2bh", true},
		{"2028-12-29T16:00:00Z", "400h", false}, // asks no calendar
		{"2028-12-29T16:00:00Z", "9w", false},
		{"2025-12-31T10:00:00Z", "1wd", false},
		{"2025-12-30T10:00:00Z", "1wd", true},
	} {
		if got := due(t, c, test.from, test.rule).BeyondCalendar; got != test.beyond {
			t.Errorf("%s from %s: beyond %v", test.rule, test.from, got)
		}
	}
	wantAt(t, "calendar until", c.Until(), "2028-12-31T23:59:59Z")
	wantAt(t, "days until", c.Days.Until(), "2028-12-31T23:59:59Z")
	paris := company(t, "fr", "Europe/Paris", "mon-fri", "")
	wantAt(t, "calendar until, in Paris", paris.Until(), "2028-12-31T23:59:59+01:00")
}

func TestDueRefuses(t *testing.T) {
	full := company(t, "gb-eng", gb, "mon-fri", "mon-fri 09:00-17:00")
	with := func(change func(*calendar.Calendar)) calendar.Calendar {
		c := full
		change(&c)
		return c
	}
	closed := must(full.Days.Override(nil, []string{"2026-01-01..2035-12-31", "2036-01-01..2040-01-01"}))(t)
	for _, test := range []struct {
		c    calendar.Calendar
		rule calendar.Rule
		says string
	}{
		{with(func(c *calendar.Calendar) { c.Hours = calendar.Hours{} }), calendar.Rule{N: 1, Unit: "bh"}, "hours"},
		{with(func(c *calendar.Calendar) { c.Week = calendar.Week{} }), calendar.Rule{N: 1, Unit: "wd"}, "no working day"},
		{with(func(c *calendar.Calendar) { c.Week = calendar.Week{} }), calendar.Rule{N: 1, Unit: "d", Roll: true}, "no working day"},
		{with(func(c *calendar.Calendar) { c.Week = calendar.Week{time.Sunday: true} }), calendar.Rule{N: 1, Unit: "bh"}, "ten years"},
		{with(func(c *calendar.Calendar) { c.Zone = nil }), calendar.Rule{N: 1, Unit: "h"}, "time zone"},
		{with(func(c *calendar.Calendar) { c.Days = closed }), calendar.Rule{N: 1, Unit: "wd"}, "ten years"},
		{with(func(c *calendar.Calendar) { c.Days = closed }), calendar.Rule{N: 1, Unit: "bh"}, "ten years"},
		{with(func(c *calendar.Calendar) { c.Days = closed }), calendar.Rule{N: 1, Unit: "d", Roll: true}, "ten years"},
		{full, calendar.Rule{N: 1, Unit: "x"}, "unknown unit"},
		{full, calendar.Rule{N: 1, Unit: "wd", Roll: true}, "roll"},
		{full, calendar.Rule{N: 1, Unit: "h", At: "17:00"}, "at is for"},
		{full, calendar.Rule{N: 1, Unit: "wd", At: "25:00"}, "25:00"},
		{full, calendar.Rule{N: 1 << 40, Unit: "s"}, "ten years"},
	} {
		_, err := test.c.Due(instant(t, "2026-06-01T10:00:00Z"), test.rule)
		if err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: error %v, want one with %q", test.rule, err, test.says)
		}
	}
}

func TestFractionsOfASecondAreDropped(t *testing.T) {
	c := company(t, "gb-eng", gb, "mon-fri", "mon-fri 09:00-17:00")
	from := instant(t, "2026-12-01T10:00:00Z").Add(999 * time.Millisecond)
	for _, unit := range []calendar.Unit{"s", "m", "h", "bh", "d", "wd", "w"} {
		if at := must(c.Due(from, calendar.Rule{N: 1, Unit: unit}))(t).At; at.Nanosecond() != 0 {
			t.Errorf("1%s is due at %s", unit, at)
		}
	}
}
