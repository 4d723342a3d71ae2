package calendar

import (
	"errors"
	"fmt"
	"time"
)

var errNeverOpen = errors.New("the staff's hours never open")

// Part gives the instant when num/den of a rule has run, for reminding staff, moved to the next moment inside the staff's
// hours on a working day; ok is false when that is after the promise is due. The share is counted in the rule's own
// unit: elapsed time, business hours, or days. Of days, whole ones are counted as Due does, and the rest is that share
// of the staff's hours on the next counted day: half of 3wd with 09:00-17:00 is 13:00 on the second working day.
// Errors: what Due refuses, a share outside 0 to 1 or in more than a million parts, staff hours that never open.
func (c Calendar) Part(from time.Time, r Rule, num, den int, staff Hours) (at time.Time, ok bool, err error) {
	return c.PartWith(from, r, num, den, staff, nil)
}

// PartWith is Part for a promise that stood still for some time; see DueWith.
func (c Calendar) PartWith(from time.Time, r Rule, num, den int, staff Hours, waits []Span) (at time.Time, ok bool, err error) {
	due, err := c.DueWith(from, r, waits)
	if err != nil {
		return time.Time{}, false, err
	}
	if num < 0 || den <= 0 || num > den || den > 1_000_000 {
		return time.Time{}, false, fmt.Errorf("count %d/%d of %s: not a share between 0 and 1", num, den, r)
	}
	at, err = c.part(from.Truncate(time.Second).In(c.Zone), r, int64(num), int64(den), staff, waits)
	if err != nil {
		return time.Time{}, false, fmt.Errorf("count %d/%d of %s: %w", num, den, r, err)
	}
	if at = c.NextOpen(staff, at); at.IsZero() {
		return time.Time{}, false, fmt.Errorf("count %d/%d of %s: %w", num, den, r, errNeverOpen)
	}
	return at, !at.After(due.At), nil
}

// part is Part before the move into the staff's hours.
func (c Calendar) part(from time.Time, r Rule, num, den int64, staff Hours, waits []Span) (time.Time, error) {
	w := walk{calendar: c, day: dateOf(from), waits: orderly(waits, from, c.Zone)}
	n := int64(r.N)
	switch r.Unit {
	case UnitBusinessHour:
		return w.business(from, n*3600*num/den)
	case UnitWeek:
		n *= 7
	case UnitDay, UnitWorkingDay:
	default:
		at, _ := w.through(from, time.Duration(n*r.Unit.elapsed()*num/den)*time.Second)
		return at, nil
	}
	unit := r.Unit
	if unit == UnitWeek {
		unit = UnitDay
	}
	if err := w.days(Rule{N: int(n*num/den) + 1, Unit: unit}); err != nil {
		return time.Time{}, err
	}
	return c.share(w.day, staff, n*num%den, den), nil
}

// share is the instant at which num/den of the staff's hours of a date have run; the date's beginning if it has none.
func (c Calendar) share(d date, staff Hours, num, den int64) time.Time {
	spans := c.open(staff, d)
	var total time.Duration
	for _, s := range spans {
		total += s.to.Sub(s.from)
	}
	left := time.Duration(int64(total/time.Second)*num/den) * time.Second
	for _, s := range spans {
		length := s.to.Sub(s.from)
		if left < length {
			return s.from.Add(left)
		}
		left -= length
	}
	return d.begin(c.Zone)
}
