package calendar

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Span is a stretch of time; To is not inside.
type Span struct{ From, To time.Time }

const waitingDay = "waiting for the customer"

// DueWith is Due for a promise that stood still for some time, waiting for the customer. Seconds, minutes and hours move
// by the time waited, business hours by those inside the wait. Of days, working days and weeks, the days after the one on
// which the wait began, up to and including the one on which it ended, do not count; a due instant that would lie inside
// a wait moves to the end of the day on which it ended, or for working days and roll to the next one worked. What was waited before
// from or from the due instant on changes nothing. Overlapping spans count once, and one that does not end after it
// begins not at all. A wait never makes a due instant earlier. Errors are those of Due.
func (c Calendar) DueWith(from time.Time, r Rule, waits []Span) (Due, error) {
	due, err := c.due(from, r, waits)
	if err != nil {
		return Due{}, fmt.Errorf("count %s: %w", r, err)
	}
	return due, nil
}

// Moved gives the due instant of a rule after one wait: what DueWith does, for a due instant that was promised rather than
// counted. Errors are those of Due.
func (c Calendar) Moved(due time.Time, r Rule, wait Span) (time.Time, error) {
	if err := c.check(r); err != nil {
		return time.Time{}, fmt.Errorf("move %s: %w", r, err)
	}
	due = due.Truncate(time.Second).In(c.Zone)
	waits := orderly([]Span{wait}, time.Time{}, c.Zone)
	if len(waits) == 0 || !waits[0].From.Before(due) {
		return due, nil
	}
	w := walk{calendar: c, day: dateOf(due), waits: waits}
	first, last := dateOf(waits[0].From)+1, dateOf(waits[0].To)
	switch r.Unit {
	case UnitBusinessHour:
		inside := c.openBetween(waits[0])
		if inside == 0 {
			return due, nil
		}
		w.waits = nil
		at, err := w.business(due, int64(inside/time.Second))
		if err != nil {
			return time.Time{}, fmt.Errorf("move %s: %w", r, err)
		}
		return at, nil
	case UnitDay, UnitWeek:
		w.day += max(0, last-first+1)
	case UnitWorkingDay:
		n := 0
		for d := first; d <= last; d++ {
			if works, _ := c.look(d); works {
				n++
			}
		}
		for start := w.day; n > 0; {
			w.day++
			if works, _ := c.look(w.day); works {
				n--
			}
			if w.far(start) {
				return time.Time{}, fmt.Errorf("move %s: %w", r, errEndless)
			}
		}
	default:
		return due.Add(waits[0].To.Sub(waits[0].From)), nil
	}
	at, err := w.leave(r)
	if err != nil {
		return time.Time{}, fmt.Errorf("move %s: %w", r, err)
	}
	return at, nil
}

// openBetween is how many of the business hours lie in a span.
func (c Calendar) openBetween(s Span) time.Duration {
	var sum time.Duration
	for d := dateOf(s.From); d <= dateOf(s.To); d++ {
		for _, o := range c.open(c.Hours, d) {
			from, to := later(o.from, s.From), o.to
			if s.To.Before(to) {
				to = s.To
			}
			sum += max(0, to.Sub(from))
		}
	}
	return sum
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// orderly gives the waits in whole seconds and in order, apart from each other, without what lies before from.
func orderly(waits []Span, from time.Time, zone *time.Location) []Span {
	var list []Span
	for _, w := range waits {
		w = Span{later(w.From.Truncate(time.Second), from).In(zone), w.To.Truncate(time.Second).In(zone)}
		if w.From.Before(w.To) {
			list = append(list, w)
		}
	}
	slices.SortFunc(list, func(a, b Span) int { return cmp.Or(a.From.Compare(b.From), a.To.Compare(b.To)) })
	var apart []Span
	for _, w := range list {
		if n := len(apart); n > 0 && !w.From.After(apart[n-1].To) {
			apart[n-1].To = later(apart[n-1].To, w.To)
			continue
		}
		apart = append(apart, w)
	}
	return apart
}

// waited says whether the present day does not count, as the customer was waited for.
func (w *walk) waited() bool {
	for _, s := range w.waits {
		if dateOf(s.From) < w.day && w.day <= dateOf(s.To) {
			return true
		}
	}
	return false
}

// leave moves the present day, the last of a rule, out of the waits in which it ends: to the day on which such a wait
// ended if that still ends after it, else to the next day that counts.
func (w *walk) leave(r Rule) (time.Time, error) {
	for start := w.day; !w.far(start); {
		at, err := w.last(r)
		if err != nil {
			return time.Time{}, err
		}
		i := slices.IndexFunc(w.waits, func(s Span) bool { return s.From.Before(at) && at.Before(s.To) })
		ends := w.mayEnd(r)
		switch {
		case ends && i >= 0 && dateOf(w.waits[i].To) > w.day:
			for last := dateOf(w.waits[i].To); w.day < last; {
				w.day++
				w.note(false, waitingDay)
			}
		case i >= 0, !ends:
			for w.day++; !w.far(start) && (w.waited() || !w.mayEnd(r)); w.day++ {
				_, why := w.judge()
				if w.waited() {
					why = waitingDay
				}
				w.note(false, why)
			}
			w.note(false, "next day that counts")
		default:
			return at, nil
		}
	}
	return time.Time{}, errEndless
}

// mayEnd says whether a rule may end on the present day.
func (w *walk) mayEnd(r Rule) bool {
	if r.Unit != UnitWorkingDay && !r.Roll {
		return true
	}
	works, _ := w.judge()
	return works
}

// far says that the walk has gone on for more than the horizon, not counting the days waited.
func (w *walk) far(start date) bool {
	limit := start + horizon
	for _, s := range w.waits {
		limit += dateOf(s.To) - dateOf(s.From)
	}
	return w.day > limit
}

// without gives what is left of a stretch of one day when the waits are taken out.
func (w *walk) without(s span) []span {
	list := []span{s}
	for _, wait := range w.waits {
		last := list[len(list)-1]
		if !wait.From.Before(last.to) || !wait.To.After(last.from) {
			continue
		}
		list = list[:len(list)-1]
		if last.from.Before(wait.From) {
			list = append(list, span{last.from, wait.From})
		}
		if !wait.To.Before(last.to) {
			break
		}
		list = append(list, span{wait.To, last.to})
	}
	return list
}

// through gives the instant at which a stretch of elapsed time ends, and notes the waits in it.
func (w *walk) through(from time.Time, length time.Duration) (time.Time, []Step) {
	at := from.Add(length)
	var steps []Step
	for _, s := range w.waits {
		if !s.From.Before(at) {
			break
		}
		at = at.Add(s.To.Sub(s.From))
		steps = append(steps, Step{
			Date: dateOf(s.To).String(), Why: fmt.Sprintf("%s from %s %s to %s, %s not counted", waitingDay,
				dateOf(s.From), s.From.Format(time.TimeOnly), s.To.Format(time.TimeOnly), short(s.To.Sub(s.From))),
		})
	}
	return at, steps
}
