package calendar

import (
	"fmt"
	"strings"
	"time"
)

// Window is the part of every day, holidays included, in which customers may be written to unasked. The zero value is
// the whole day, as is one not made by ParseWindow whose times cannot be read: better at night than not at all.
type Window struct {
	From, To string // "08:00", "20:00"; both instants are inside
}

// ParseWindow reads "08:00-20:00". It must end after it begins, on the same day; "00:00-24:00" is the whole day.
func ParseWindow(s string) (Window, error) {
	i, err := parseInterval(strings.TrimSpace(s))
	if err != nil {
		return Window{}, fmt.Errorf("contact hours %q: %w", s, err)
	}
	return Window{From: clock(i.from), To: clock(i.to)}, nil
}

// String gives the window as ParseWindow reads it.
func (w Window) String() string { return w.interval().String() }

func (w Window) interval() interval {
	i, err := parseInterval(w.From + "-" + w.To)
	if err != nil {
		return interval{0, secondsPerDay}
	}
	return i
}

// contact gives the window's first and last instant on the date.
func (c Calendar) contact(w Window, d date) (opens, closes time.Time) {
	i := w.interval()
	opens, _ = d.at(i.from, c.zone())
	if i.to == secondsPerDay {
		return opens, (d + 1).begin(c.zone())
	}
	_, closes = d.at(i.to, c.zone())
	return opens, closes
}

// LastContact gives the latest whole second not after notAfter that lies in the window. The closing instant itself
// counts as inside.
func (c Calendar) LastContact(w Window, notAfter time.Time) time.Time {
	t := notAfter.Truncate(time.Second).In(c.zone())
	for d := dateOf(t); ; d-- {
		opens, closes := c.contact(w, d)
		switch {
		case t.Before(opens):
		case t.After(closes):
			return closes
		default:
			return t
		}
	}
}

// NextContact gives t if it lies in the window, the closing instant included, else the next opening.
func (c Calendar) NextContact(w Window, t time.Time) time.Time {
	t = t.In(c.zone())
	for d := dateOf(t); ; d++ {
		opens, closes := c.contact(w, d)
		switch {
		case t.Before(opens):
			return opens
		case !t.After(closes):
			return t
		}
	}
}
