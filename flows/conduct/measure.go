package conduct

import (
	"slices"
	"time"

	"github.com/heedbot/heed/bot"
)

// Restricts tells whether a step restricts the customer until a date.
func Restricts(do string) bool { return do == bot.StepStop || do == bot.StepBlock }

// WarningMonths is how long a request to stop counts, in months. Nobody is to
// be measured by a bad day of long ago; a year is long enough to see whether it
// goes on, and the customer is told so.
const WarningMonths = 12

// Expired tells whether a request to stop is too old to count at an instant.
func Expired(m bot.Step, at time.Time) bool {
	return m.Do == bot.StepWarn && !m.Told.IsZero() && !at.Before(m.Told.AddDate(0, WarningMonths, 0))
}

// InForce are the measures that restrict the customer now, oldest first. One
// that was decided before the complaint at hand was received restricts nothing
// in that: a new complaint is worked on its merits.
func (l Ladder) InForce() []bot.Step {
	var list []bot.Step
	for _, m := range l.Steps {
		if m.InForce(l.Now) && (m.Complaint == l.Complaint || !m.At.Before(l.Received)) {
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

// Ended tells whether a measure is over: lifted, taken back, lapsed, noticed or
// not, or too old to count.
func (l Ladder) Ended(m bot.Step) bool {
	return !m.Ended.IsZero() || Restricts(m.Do) && !m.InForce(l.Now) || Expired(m, l.Now)
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
	case l.flagger(m) == who.ID:
		return SamePerson
	}
	return OK
}

// flagger is who flagged the message that a measure rests on.
func (l Ladder) flagger(m bot.Step) bot.StaffID {
	f, _ := l.flag(m.Flag)
	return f.By
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

// Review tells whether someone may answer a customer who asked for a review,
// even after the measure has ended: they asked while it lasted. unasked is true where the customer cannot press a button, so that staff take
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
	case m.Asked.IsZero() && l.Ended(m):
		return Over
	case m.Asked.IsZero() && !unasked:
		return Unasked
	case l.flagger(m) == who.ID:
		return SamePerson
	}
	if f, _ := l.flag(m.Flag); took(m, who.ID) && !who.alone(m, f) {
		return OwnMeasure
	}
	return OK
}

// Rests are the restrictions in force that cannot stand without a measure,
// because a step must come before them and no other such step does.
func (l Ladder) Rests(on int) []bot.Step {
	before := l
	gone := map[int]bool{on: true}
	var list []bot.Step
	for more := true; more; {
		more = false
		after := l
		after.Steps = slices.DeleteFunc(slices.Clone(l.Steps), func(m bot.Step) bool { return gone[m.N] })
		for _, m := range after.Steps {
			rung, _ := l.Rung(m.Do)
			f, _ := l.flag(m.Flag)
			if rung.Needs == "" || !m.InForce(l.Now) || before.followed(rung.Needs, f.Said) != OK || after.followed(rung.Needs, f.Said) == OK {
				continue
			}
			gone[m.N], more = true, true
			list = append(list, m)
		}
	}
	return list
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

// Seen leaves out what was found in other complaints that are walled; and where
// the one at hand is, what was found in any other: those it is kept from may
// have found it.
func (l Ladder) Seen() Ladder {
	away := func(of bot.Ref, walled bool) bool { return of != l.Complaint && (walled || l.Walled) }
	l.Flags = slices.DeleteFunc(slices.Clone(l.Flags), func(f bot.Flag) bool { return away(f.Complaint, f.Walled) })
	l.Steps = slices.DeleteFunc(slices.Clone(l.Steps), func(m bot.Step) bool { return away(m.Complaint, m.Walled) })
	return l
}

// walledFirst is the first number of what is found in a walled complaint.
const walledFirst = 1001

// Next is the number of the next flag or step of a customer who has some.
// Those of walled complaints are numbered apart, so that no gap between the
// others betrays them.
func Next(numbers []int, walled bool) int {
	next := 1
	if walled {
		next = walledFirst
	}
	for _, n := range numbers {
		if walled == (n >= walledFirst) {
			next = max(next, n+1)
		}
	}
	return next
}
