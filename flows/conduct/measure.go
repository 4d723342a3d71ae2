package conduct

import (
	"slices"
	"time"

	"github.com/heedbot/heed/bot"
)

// Restricts tells whether a step restricts the customer until a date.
func Restricts(do string) bool { return do == bot.StepStop || do == bot.StepBlock }

// InForce are the measures that restrict the customer now, oldest first.
func (l Ladder) InForce() []bot.Step {
	var list []bot.Step
	for _, m := range l.Steps {
		if m.InForce(l.Now) {
			list = append(list, m)
		}
	}
	return list
}

// Stopped gives the measure by which the customer is not replied to now, the
// one that lasts longest; false if they are.
func (l Ladder) Stopped() (bot.Step, bool) {
	return longest(l.InForce())
}

// Blocked gives the measure by which the customer's messages are not passed on
// now, the one that lasts longest; false if they are.
func (l Ladder) Blocked() (bot.Step, bool) {
	return longest(slices.DeleteFunc(l.InForce(), func(m bot.Step) bool { return m.Do != bot.StepBlock }))
}

func longest(list []bot.Step) (bot.Step, bool) {
	var last bot.Step
	for _, m := range list {
		if m.Until.After(last.Until) {
			last = m
		}
	}
	return last, len(list) > 0
}

// Ended tells whether a measure is over: lifted, taken back or lapsed, noticed
// or not.
func (l Ladder) Ended(m bot.Step) bool {
	return !m.Ended.IsZero() || Restricts(m.Do) && !m.InForce(l.Now)
}

// Measure gives a measure by its number; false if there is none.
func (l Ladder) Measure(n int) (bot.Step, bool) {
	i := slices.IndexFunc(l.Steps, func(m bot.Step) bool { return m.N == n })
	if i < 0 {
		return bot.Step{}, false
	}
	return l.Steps[i], true
}

// Renew tells whether someone may give a restriction a later date.
func (l Ladder) Renew(who Actor, n int) No {
	m, ok := l.Measure(n)
	switch {
	case !who.Manager:
		return NotManager
	case !ok:
		return NoMeasure
	case !Restricts(m.Do):
		return Timeless
	case l.Ended(m):
		return Over
	}
	return OK
}

// Lift tells whether someone may end a restriction, or take a request to stop
// back.
func (l Ladder) Lift(who Actor, n int) No {
	m, ok := l.Measure(n)
	switch {
	case !who.Manager:
		return NotManager
	case !ok || m.Do == bot.StepReport:
		return NoMeasure
	case l.Ended(m):
		return Over
	}
	return OK
}

// Appeal tells whether the customer may ask for a review of a measure: once,
// while it lasts.
func (l Ladder) Appeal(n int) No {
	m, ok := l.Measure(n)
	switch {
	case !ok || m.Do == bot.StepReport:
		return NoMeasure
	case !m.Reviewed.IsZero():
		return Reviewed
	case !m.Asked.IsZero():
		return Asked
	case l.Ended(m):
		return Over
	}
	return OK
}

// Review tells whether someone may answer a customer who asked for a review.
// unasked is true where the customer cannot press a button, so that staff take
// their asking down with the answer.
func (l Ladder) Review(who Actor, n int, unasked bool) No {
	m, ok := l.Measure(n)
	switch {
	case !who.Manager:
		return NotManager
	case !ok || m.Do == bot.StepReport:
		return NoMeasure
	case !m.Reviewed.IsZero():
		return Reviewed
	case l.Ended(m):
		return Over
	case m.Asked.IsZero() && !unasked:
		return Unasked
	case m.By == who.ID && !who.Alone:
		return OwnMeasure
	}
	return OK
}

// AnyOf tells whether a rule allows someone to do something about any of the
// measures; else why not, of the newest one.
func (l Ladder) AnyOf(rule func(n int) No) No {
	why := NoMeasure
	for _, m := range slices.Backward(l.Steps) {
		switch no := rule(m.N); {
		case no == OK:
			return OK
		case why == NoMeasure:
			why = no
		}
	}
	return why
}

// How long a restriction lasts: in days, the usual and the longest.
const (
	UsualDays = 30
	MostDays  = 180
)

// Day is the end of a day, as restrictions end: the last second of a date
// (2026-12-24) in a zone. False for what is no date, is not after now's day,
// is not after the day of a later instant than that, or is further off than a
// restriction may last.
func Day(date string, zone *time.Location, now, after time.Time) (time.Time, bool) {
	d, err := time.ParseInLocation(time.DateOnly, date, zone)
	if err != nil {
		return time.Time{}, false
	}
	end := lastSecond(d)
	ok := end.After(lastSecond(now.In(zone))) && end.After(after) && !end.After(lastSecond(now.In(zone).AddDate(0, 0, MostDays)))
	return end, ok
}

// Usual is the date offered for a restriction that begins now.
func Usual(zone *time.Location, now time.Time) string {
	return now.In(zone).AddDate(0, 0, UsualDays).Format(time.DateOnly)
}

func lastSecond(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 23, 59, 59, 0, t.Location())
}

// Remind is when managers are reminded that a restriction is about to lapse: a
// week before, or half way where it lasts less than two weeks from the instant.
func Remind(from, until time.Time) time.Time {
	const week = 7 * 24 * time.Hour
	if d := until.Sub(from); d < 2*week {
		return from.Add(d / 2)
	}
	return until.Add(-week)
}

// Seen leaves out what was found in other complaints that are walled.
func (l Ladder) Seen() Ladder {
	l.Flags = slices.DeleteFunc(slices.Clone(l.Flags), func(f bot.Flag) bool { return f.Walled && f.Complaint != l.Complaint })
	l.Steps = slices.DeleteFunc(slices.Clone(l.Steps), func(m bot.Step) bool { return m.Walled && m.Complaint != l.Complaint })
	return l
}
