package calendar

import (
	"errors"
	"fmt"
	"time"
)

// Step is one day on the way to a due instant. Days are counted one by one; weeks show the day each one ends; elapsed
// time shows its first and last day.
type Step struct {
	Date    string // in the calendar's zone
	Counted bool
	Why     string // "working day 2", "Saturday", "Christmas Day", "day of the event, not counted"
}

// Due is when a promise must be kept, and why then.
type Due struct {
	At    time.Time // in the calendar's zone, whole seconds
	Rule  Rule
	Steps []Step
	// BeyondCalendar says that a date had to be judged that lies in no year the holiday table covers.
	BeyondCalendar bool
}

const eventDay = "day of the event, not counted"

// Due gives the latest instant that keeps a promise starting at from. Fractions of a second of from are dropped. Errors:
// a rule that Check refuses, no zone, bh without hours, working days without a working weekday, no end within ten years.
func (c Calendar) Due(from time.Time, r Rule) (Due, error) {
	return c.DueWith(from, r, nil)
}

func (c Calendar) due(from time.Time, r Rule, waits []Span) (Due, error) {
	if err := c.check(r); err != nil {
		return Due{}, err
	}
	from = from.Truncate(time.Second).In(c.Zone)
	w := walk{calendar: c, day: dateOf(from), waits: orderly(waits, from, c.Zone)}
	due := Due{Rule: r}
	var err error
	switch r.Unit {
	case UnitBusinessHour:
		due.At, err = w.business(from, int64(r.N)*3600)
	case UnitDay, UnitWorkingDay, UnitWeek:
		if err = w.days(r); err == nil {
			due.At, err = w.leave(r)
		}
	default:
		var waited []Step
		due.At, waited = w.through(from, time.Duration(int64(r.N)*r.Unit.elapsed())*time.Second)
		w.elapsed(from, due.At, r, waited)
	}
	due.Steps, due.BeyondCalendar = w.steps, w.beyond
	return due, err
}

func (c Calendar) check(r Rule) error {
	if err := r.Check(); err != nil {
		return err
	}
	if c.Zone == nil {
		return errors.New("the calendar has no time zone")
	}
	if r.Unit == UnitBusinessHour && c.Hours.Empty() {
		return errors.New("business hours (bh) need the calendar's hours")
	}
	if (r.Unit == UnitBusinessHour || r.Unit == UnitWorkingDay || r.Roll) && c.Week.Empty() {
		return errors.New("the calendar's week has no working day")
	}
	return nil
}

// walk goes over dates and notes each.
type walk struct {
	calendar Calendar
	day      date
	waits    []Span
	steps    []Step
	beyond   bool
}

func (w *walk) note(counted bool, why string) {
	w.steps = append(w.steps, Step{Date: w.day.String(), Counted: counted, Why: why})
}

// judge says whether the present day is worked.
func (w *walk) judge() (works bool, why string) {
	w.beyond = w.beyond || !w.calendar.Days.covers(w.day)
	return w.calendar.look(w.day)
}

// days walks to the last day of a rule in d, wd or w.
func (w *walk) days(r Rule) error {
	w.note(false, eventDay)
	start := w.day
	for n, week := 0, 0; n < r.N; {
		w.day++
		if w.far(start) {
			return errEndless
		}
		counts, why := true, ""
		if r.Unit == UnitWorkingDay {
			counts, why = w.judge()
		}
		switch {
		case counts && w.waited():
			w.note(false, waitingDay)
			continue
		case !counts:
			w.note(false, why)
			continue
		}
		switch r.Unit {
		case UnitWeek:
			if week++; week%7 == 0 {
				n++
				w.note(true, fmt.Sprintf("week %d", n))
			}
		case UnitDay:
			n++
			w.note(true, fmt.Sprintf("day %d", n))
		default:
			n++
			w.note(true, fmt.Sprintf("working day %d%s", n, suffix(why)))
		}
	}
	if r.Roll {
		return w.roll()
	}
	return nil
}

func suffix(why string) string {
	if why == "" {
		return ""
	}
	return ", " + why
}

// roll moves a last day that is not worked to the next working day.
func (w *walk) roll() error {
	works, why := w.judge()
	if works {
		return nil
	}
	w.steps[len(w.steps)-1].Why += suffix(why) + ": moved on"
	for start := w.day; w.day < start+horizon; {
		w.day++
		if works, why = w.judge(); works {
			w.note(false, "next working day"+suffix(why))
			return nil
		}
		w.note(false, why)
	}
	return errEndless
}

// last is the instant at which the present day ends for a rule.
func (w *walk) last(r Rule) (time.Time, error) {
	if r.At == "" {
		return w.day.end(w.calendar.Zone), nil
	}
	second, err := parseClock(r.At, false)
	if err != nil {
		return time.Time{}, err
	}
	at, _ := w.day.at(second, w.calendar.Zone)
	return at, nil
}

// business runs for that many seconds inside the calendar's hours. Ending exactly at a closing is ending then.
func (w *walk) business(from time.Time, seconds int64) (time.Time, error) {
	left := time.Duration(seconds) * time.Second
	total := left
	for start := w.day; !w.far(start); w.day++ {
		works, why := w.judge()
		var ran time.Duration
		waited := false
		for _, whole := range w.calendar.open(w.calendar.Hours, w.day) {
			whole.from = later(whole.from, from)
			if !whole.from.Before(whole.to) {
				continue
			}
			parts := w.without(whole)
			waited = waited || len(parts) != 1 || parts[0] != whole
			for _, s := range parts {
				length := s.to.Sub(s.from)
				if left <= length {
					w.note(true, fmt.Sprintf("%s counted, %s of %s%s", short(ran+left), short(total), short(total), suffix(why)))
					return s.from.Add(left), nil
				}
				left, ran = left-length, ran+length
			}
		}
		if waited {
			why = waitingDay
		}
		switch {
		case ran > 0:
			w.note(true, fmt.Sprintf("%s counted, %s of %s%s", short(ran), short(total-left), short(total), suffix(why)))
		case waited:
			w.note(false, waitingDay)
		case works:
			w.note(false, "outside business hours")
		default:
			w.note(false, why)
		}
	}
	return time.Time{}, errEndless
}

// elapsed notes the first and the last day of a stretch of elapsed time, and the waits in it.
func (w *walk) elapsed(from, to time.Time, r Rule, waited []Step) {
	w.note(false, "starts "+from.Format(time.TimeOnly))
	w.steps = append(w.steps, waited...)
	if d := dateOf(to); d != w.day || len(waited) > 0 {
		w.day = d
		w.note(true, fmt.Sprintf("%s elapsed at %s", r, to.Format(time.TimeOnly)))
		return
	}
	w.steps[0] = Step{w.steps[0].Date, true, fmt.Sprintf("%s elapsed from %s to %s", r, from.Format(time.TimeOnly), to.Format(time.TimeOnly))}
}

// short writes 2h30m rather than 2h30m0s.
func short(d time.Duration) string {
	h, m, s := int(d/time.Hour), int(d/time.Minute)%60, int(d/time.Second)%60
	text := ""
	if h > 0 {
		text = fmt.Sprintf("%dh", h)
	}
	if m > 0 {
		text += fmt.Sprintf("%dm", m)
	}
	if s > 0 || text == "" {
		text += fmt.Sprintf("%ds", s)
	}
	return text
}
