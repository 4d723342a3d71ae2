package calendar

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Unit says what a rule counts.
type Unit string

// The units of a rule. Seconds, minutes and hours run by the clock, at night and on holidays too. Business hours run only
// inside the calendar's hours on working days. Days, working days and weeks do not count the day of the event and end with
// the last second of a local day.
const (
	UnitSecond       Unit = "s"
	UnitMinute       Unit = "m"
	UnitHour         Unit = "h"
	UnitBusinessHour Unit = "bh"
	UnitDay          Unit = "d"
	UnitWorkingDay   Unit = "wd"
	UnitWeek         Unit = "w"
)

// horizon is how many days a walk may take before it is called endless: a little over ten years.
const horizon = 3660

// most holds the largest count of each unit that can end within the horizon.
func (u Unit) most() int {
	switch u {
	case UnitSecond:
		return horizon * secondsPerDay
	case UnitMinute:
		return horizon * 24 * 60
	case UnitHour, UnitBusinessHour:
		return horizon * 24
	case UnitDay, UnitWorkingDay:
		return horizon
	case UnitWeek:
		return horizon / 7
	}
	return 0
}

// elapsed is the length of one unit in seconds for the units that run by the clock, else 0.
func (u Unit) elapsed() int64 {
	switch u {
	case UnitSecond:
		return 1
	case UnitMinute:
		return 60
	case UnitHour:
		return 3600
	}
	return 0
}

// whole says whether the unit ends with a day rather than at an instant.
func (u Unit) whole() bool { return u == UnitDay || u == UnitWorkingDay || u == UnitWeek }

// Rule is how long a promise has: N units.
type Rule struct {
	N    int
	Unit Unit
	At   string // "17:30": ends then on the last day, instead of 23:59:59; d, w and wd only
	Roll bool   // roll: next: a last day that is not worked moves to the next working day; d only
}

const unitHelp = `units are s, m, h (by the clock), bh (business hours), d (days), wd (working days), w (weeks)`

// ParseRule reads a duration such as "24h", "3bh", "3d", "7wd" or "8w". The error says what to write instead.
// Counts below one and those that could not end within ten years are refused.
func ParseRule(within string) (Rule, error) {
	digits := 0
	for digits < len(within) && within[digits] >= '0' && within[digits] <= '9' {
		digits++
	}
	number, rest := within[:digits], within[digits:]
	if number == "" {
		if strings.HasPrefix(rest, "-") {
			return Rule{}, fmt.Errorf("duration %q: must be at least 1", within)
		}
		return Rule{}, fmt.Errorf(`duration %q: write a whole number and a unit, such as "24h" or "7wd"; %s`, within, unitHelp)
	}
	if strings.HasPrefix(rest, ".") || strings.HasPrefix(rest, ",") {
		return Rule{}, fmt.Errorf(`duration %q: only whole numbers; take a smaller unit, such as "90m"`, within)
	}
	if rest == "" {
		return Rule{}, fmt.Errorf(`duration %q: the unit is missing, such as "%sh" or "%swd"; %s`, within, number, number, unitHelp)
	}
	unit := Unit(rest)
	if unit.most() == 0 {
		if meant := meantUnit(rest); meant != "" {
			return Rule{}, fmt.Errorf("duration %q: write %q; %s", within, number+string(meant), unitHelp)
		}
		return Rule{}, fmt.Errorf("duration %q: unknown unit %q; %s", within, rest, unitHelp)
	}
	n, err := strconv.Atoi(number)
	if err != nil {
		return Rule{}, fmt.Errorf("duration %q: longer than ten years", within)
	}
	r := Rule{N: n, Unit: unit}
	return r, r.Check()
}

// meantUnit guesses the unit behind a spelled-out one.
func meantUnit(s string) Unit {
	words := strings.ToLower(strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '-' || r == '_' }), ""))
	for _, u := range []Unit{UnitSecond, UnitMinute, UnitHour, UnitBusinessHour, UnitDay, UnitWorkingDay, UnitWeek} {
		if words == string(u) {
			return u
		}
	}
	switch strings.TrimSuffix(words, "s") {
	case "sec", "second":
		return UnitSecond
	case "min", "minute":
		return UnitMinute
	case "hr", "hour":
		return UnitHour
	case "bhour", "businesshour", "workinghour", "workhour", "officehour":
		return UnitBusinessHour
	case "day", "calendarday":
		return UnitDay
	case "bd", "workday", "workingday", "businessday", "weekday":
		return UnitWorkingDay
	case "wk", "week":
		return UnitWeek
	}
	return ""
}

// Check reports what is contradictory in a rule put together by hand: an unknown unit, a count that is not between one
// and ten years' worth, At with a unit that ends at an instant, At that is no time of day, Roll with anything but d.
func (r Rule) Check() error {
	most := r.Unit.most()
	switch {
	case most == 0:
		return fmt.Errorf("duration %q: unknown unit %q; %s", r, string(r.Unit), unitHelp)
	case r.N < 1:
		return fmt.Errorf("duration %q: must be at least 1", r)
	case r.N > most:
		return fmt.Errorf("duration %q: longer than ten years", r)
	case r.Roll && r.Unit != UnitDay:
		return fmt.Errorf("duration %q: roll is for days (d) only", r)
	case r.At != "" && !r.Unit.whole():
		return fmt.Errorf("duration %q: at is for d, wd and w only", r)
	}
	if r.At != "" {
		if _, err := parseClock(r.At, false); err != nil {
			return fmt.Errorf("duration %q: at: %w", r, err)
		}
	}
	return nil
}

// String gives the rule as ParseRule reads it, followed by " at 17:30" and " roll next" where those are set.
func (r Rule) String() string {
	s := strconv.Itoa(r.N) + string(r.Unit)
	if r.At != "" {
		s += " at " + r.At
	}
	if r.Roll {
		s += " roll next"
	}
	return s
}

// errEndless is wrapped by every walk that finds no end within the horizon.
var errEndless = errors.New("no end within ten years")
