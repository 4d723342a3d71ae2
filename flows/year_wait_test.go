package flows_test

import (
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/calendar"
	"github.com/heedbot/heed/flows/policy"
)

// last is the last instant of a promise that runs from at. Where it never stood
// still, the calendar counts; else the days and hours are counted here, one by
// one, without those that were waited.
func (y *yearCount) last(r policy.Promise, at time.Time, waits []calendar.Span) time.Time {
	if len(waits) == 0 {
		due, err := y.pol.Calendar.Due(at, r.Rule)
		if err != nil {
			y.faults = append(y.faults, err.Error())
		}
		return due.At
	}
	zone := y.pol.Zone
	at = at.In(zone)
	if r.Rule.Unit == calendar.UnitBusinessHour {
		left := time.Duration(r.Rule.N) * time.Hour
		for d := at; ; d = d.AddDate(0, 0, 1) {
			if !y.pol.Calendar.WorkingDay(d) {
				continue
			}
			from, to := time.Date(d.Year(), d.Month(), d.Day(), 9, 0, 0, 0, zone), time.Date(d.Year(), d.Month(), d.Day(), 17, 0, 0, 0, zone)
			for s := from; s.Before(to); s = s.Add(time.Second) {
				if s.Before(at) || yearWithin(waits, s) {
					continue
				}
				if left -= time.Second; left == 0 {
					return s.Add(time.Second)
				}
			}
		}
	}
	d := time.Date(at.Year(), at.Month(), at.Day(), 23, 59, 59, 0, zone)
	for n := 0; n < r.Rule.N; {
		d = time.Date(d.Year(), d.Month(), d.Day()+1, 23, 59, 59, 0, zone)
		if (r.Rule.Unit != calendar.UnitWorkingDay || y.pol.Calendar.WorkingDay(d)) && !yearWaited(waits, d) {
			n++
		}
	}
	return y.settleOn(r, d, waits)
}

// settleOn moves a last day that may not be one: not worked, where that is
// asked for, or in the middle of a wait.
func (y *yearCount) settleOn(r policy.Promise, d time.Time, waits []calendar.Span) time.Time {
	works := func() bool {
		return r.Rule.Unit != calendar.UnitWorkingDay && !r.Rule.Roll || y.pol.Calendar.WorkingDay(d)
	}
	next := func() { d = time.Date(d.Year(), d.Month(), d.Day()+1, 23, 59, 59, 0, y.pol.Zone) }
	for !works() {
		next()
	}
	for _, w := range waits {
		if to := w.To.In(y.pol.Zone); w.From.Before(d) && d.Before(to) {
			d = time.Date(to.Year(), to.Month(), to.Day(), 23, 59, 59, 0, y.pol.Zone)
			for !works() {
				next()
			}
		}
	}
	return d
}

// yearWithin tells whether an instant was waited.
func yearWithin(waits []calendar.Span, t time.Time) bool {
	for _, w := range waits {
		if !t.Before(w.From) && t.Before(w.To) {
			return true
		}
	}
	return false
}

// yearWaited tells whether a day does not count: it is after the one on which a
// wait began, and not after the one on which it ended.
func yearWaited(waits []calendar.Span, day time.Time) bool {
	for _, w := range waits {
		from, to := w.From.In(day.Location()), w.To.In(day.Location())
		begins := time.Date(from.Year(), from.Month(), from.Day()+1, 0, 0, 0, 0, day.Location())
		ends := time.Date(to.Year(), to.Month(), to.Day()+1, 0, 0, 0, 0, day.Location())
		if !day.Before(begins) && day.Before(ends) {
			return true
		}
	}
	return false
}

// pause has what may wait for the customer stand still.
func (y *yearCount) pause(at time.Time) {
	at = at.Truncate(time.Second)
	for _, p := range y.promises {
		if p.rule.Pause && p.verdict == bot.Open && !y.stands(p) && !at.Before(p.start) && at.Before(p.due) {
			p.stands = at
		}
	}
}

// resume has a promise run again, later by what was waited, and with it what is
// to follow it.
func (y *yearCount) resume(p *yearPromise, at, known time.Time) {
	if p.verdict != bot.Open || p.stands.IsZero() {
		return
	}
	at = at.Truncate(time.Second)
	if at.Before(p.stands) {
		at = p.stands
	}
	wait := calendar.Span{From: p.stands, To: at}
	p.stands = time.Time{}
	was := y.last(p.rule, p.start, p.waits)
	if wait.To.After(wait.From) {
		p.waits = append(p.waits, wait)
	}
	if due := y.last(p.rule, p.start, p.waits); p.due.Equal(was) {
		p.due = due
	} else {
		p.due = y.moved(p, wait)
	}
	p.known = known
	for range y.promises {
		for _, q := range y.promises {
			if q.verdict != bot.Open || q.begun || q.round != p.round {
				continue
			}
			at, ok := y.promised(q.rule.From)
			if !ok || !at.After(q.start) {
				continue
			}
			early := y.last(q.rule, q.start, q.waits).Sub(q.due)
			q.start = at
			q.due, q.known = y.last(q.rule, at, q.waits).Add(-early), known
		}
	}
}

// moved is an earlier date that had been told, later by what was waited.
func (y *yearCount) moved(p *yearPromise, wait calendar.Span) time.Time {
	if !wait.From.Before(p.due) || !wait.To.After(wait.From) {
		return p.due
	}
	zone := y.pol.Zone
	if p.rule.Rule.Unit == calendar.UnitBusinessHour {
		// Hours run from the receipt in this year's packs: no date of theirs is
		// ever told earlier.
		y.faults = append(y.faults, p.name()+": a date in hours was told earlier than counted")
	}
	from := wait.From.In(zone)
	days := 0
	for d := time.Date(from.Year(), from.Month(), from.Day()+1, 12, 0, 0, 0, zone); yearWaited([]calendar.Span{wait}, d); d = d.AddDate(0, 0, 1) {
		if p.rule.Rule.Unit != calendar.UnitWorkingDay || y.pol.Calendar.WorkingDay(d) {
			days++
		}
	}
	due := p.due.In(zone)
	for days > 0 {
		due = time.Date(due.Year(), due.Month(), due.Day()+1, 23, 59, 59, 0, zone)
		if p.rule.Rule.Unit != calendar.UnitWorkingDay || y.pol.Calendar.WorkingDay(due) {
			days--
		}
	}
	return y.settleOn(p.rule, due, []calendar.Span{wait})
}
