// Package calendar counts the time a promise has: elapsed time, business hours, days, working days and weeks, over a
// company's week, hours and public holidays. It is pure: it never asks for the time, and reads nothing but the holiday
// tables that are part of the program.
//
// The day of the event is never counted, so a message on Friday at 23:59:59 and one on Saturday at 00:00:00 give the same
// date and no cut-off hour is needed. Days are dates in the company's zone, never multiples of 24 hours and never UTC
// dates. Hours are exact: 24h over a clock change ends an hour earlier or later on the wall clock. A doubtful holiday is
// a working day, so that the promise falls earlier and is kept whichever way the day turns out.
package calendar

import (
	"time"
)

// Calendar is a company's working time.
type Calendar struct {
	Zone  *time.Location // required by Due and Part; elsewhere nil is UTC
	Days  Days
	Week  Week
	Hours Hours // for bh; may be empty
}

func (c Calendar) zone() *time.Location {
	if c.Zone == nil {
		return time.UTC
	}
	return c.Zone
}

// Until is the last second of the last year the holiday table covers, in the calendar's zone; zero if it covers none.
func (c Calendar) Until() time.Time {
	if c.Days.last == 0 {
		return time.Time{}
	}
	return newDate(c.Days.last, time.December, 31).end(c.zone())
}

// WorkingDay says whether the date of t in the calendar's zone is worked.
func (c Calendar) WorkingDay(t time.Time) bool {
	works, _ := c.look(dateOf(t.In(c.zone())))
	return works
}

// look says whether a date is worked and, where that is not plain from the weekday or if it is not, why.
func (c Calendar) look(d date) (works bool, why string) {
	row, listed := c.Days.find(d)
	if !listed || row.Kind == Info {
		if c.Week[d.weekday()] {
			return true, ""
		}
		return false, d.weekday().String()
	}
	why = either(row.Name, row.Local)
	if why == "" {
		why = map[Kind]string{Off: "holiday", Work: "make-up working day"}[row.Kind]
	}
	if row.Status == Estimate {
		why += " (estimate)"
	}
	return row.Kind == Work, why
}

// span is a stretch of time; to is not inside.
type span struct{ from, to time.Time }

// open gives the stretches of a date inside the hours; none if the date is not worked.
func (c Calendar) open(h Hours, d date) []span {
	if works, _ := c.look(d); !works {
		return nil
	}
	times := h.days[d.weekday()]
	// A make-up working day has no hours of its own. A date the operator opened has, if its weekday is worked.
	if row, listed := c.Days.find(d); listed && row.Kind == Work {
		if row.Status != ByOperator || !c.Week[d.weekday()] || len(times) == 0 {
			times = h.makeUp()
		}
	}
	var spans []span
	var end time.Time
	for _, i := range times {
		from, _ := d.at(i.from, c.zone())
		to := (d + 1).begin(c.zone())
		if i.to != secondsPerDay {
			_, to = d.at(i.to, c.zone())
		}
		// In the repeated hour of autumn one interval may end after the next has begun.
		if from.Before(end) {
			from = end
		}
		if from.Before(to) {
			spans, end = append(spans, span{from, to}), to
		}
	}
	return spans
}

// NextOpen gives t if it lies inside the hours on a working day, else the next opening. A closing instant is outside.
// It is zero if there is no opening within ten years.
func (c Calendar) NextOpen(h Hours, t time.Time) time.Time {
	t = t.In(c.zone())
	today := dateOf(t)
	for d := today; d <= today+horizon; d++ {
		for _, s := range c.open(h, d) {
			switch {
			case t.Before(s.from):
				return s.from
			case t.Before(s.to):
				return t
			}
		}
	}
	return time.Time{}
}
