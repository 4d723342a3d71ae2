package calendar

import (
	"fmt"
	"time"
)

// secondsPerDay is the length of a day on the wall clock; a real day may be an hour shorter or longer.
const secondsPerDay = 24 * 60 * 60

// date is a calendar date without a zone, as days since 1 January 1970.
type date int

func newDate(year int, month time.Month, day int) date {
	return date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}

// dateOf is the date that t's own zone shows.
func dateOf(t time.Time) date {
	return newDate(t.Date())
}

// parseDate reads "2026-08-10". Years outside 1900 to 2200 are typing mistakes.
func parseDate(s string) (date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("%q is not a date such as 2026-08-10", s)
	}
	if t.Year() < 1900 || t.Year() > 2200 {
		return 0, fmt.Errorf("%q: year outside 1900 to 2200", s)
	}
	return dateOf(t), nil
}

func (d date) midnightUTC() time.Time { return time.Unix(int64(d)*secondsPerDay, 0).UTC() }

func (d date) weekday() time.Weekday { return d.midnightUTC().Weekday() }

func (d date) year() int { return d.midnightUTC().Year() }

// String gives 2026-08-10.
func (d date) String() string { return d.midnightUTC().Format(time.DateOnly) }

// at gives the first and the last instant at which clocks in zone show the given second of the date.
// They differ only in the repeated hour of autumn. In the missing hour of spring both are the instant of the change.
// time.Date alone does not promise which of two answers it picks.
func (d date) at(second int, zone *time.Location) (first, last time.Time) {
	want := d.midnightUTC().Unix() + int64(second)
	y, m, day := d.midnightUTC().Date()
	t := time.Date(y, m, day, 0, 0, second, 0, zone)
	start, end := t.ZoneBounds()
	_, offset := t.Zone()
	switch shown := t.Unix() + int64(offset); {
	case shown > want:
		return start.In(zone), start.In(zone)
	case shown < want:
		return end.In(zone), end.In(zone)
	}
	first, last = t, t
	if !start.IsZero() {
		_, before := start.Add(-time.Second).Zone()
		if other := t.Add(time.Duration(offset-before) * time.Second); other.Before(start) {
			first = other
		}
	}
	if !end.IsZero() {
		_, after := end.Zone()
		if other := t.Add(time.Duration(offset-after) * time.Second); !other.Before(end) {
			last = other
		}
	}
	return first, last
}

// begin is the first instant of the date.
func (d date) begin(zone *time.Location) time.Time {
	first, _ := d.at(0, zone)
	return first
}

// end is the last whole second of the date.
func (d date) end(zone *time.Location) time.Time {
	return (d + 1).begin(zone).Add(-time.Second)
}

// parseClock reads "17:30" as seconds since midnight; "24:00" is allowed where a day may end.
func parseClock(s string, closing bool) (int, error) {
	if closing && s == "24:00" {
		return secondsPerDay, nil
	}
	t, err := time.Parse("15:04", s)
	if err != nil || len(s) != len("15:04") {
		return 0, fmt.Errorf("%q is not a time of day such as 08:00 or 17:30", s)
	}
	return t.Hour()*3600 + t.Minute()*60, nil
}

func clock(second int) string {
	return fmt.Sprintf("%02d:%02d", second/3600, second/60%60)
}
