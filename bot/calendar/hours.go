package calendar

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// interval is a stretch of one day on the wall clock, in seconds since midnight; from is inside, to is not.
type interval struct{ from, to int }

// Hours is a weekly timetable with any number of intervals a day. The zero value has none.
type Hours struct {
	days [7][]interval // by time.Weekday, in order, apart from each other
}

// ParseHours reads "mon-fri 08:00-12:00+13:00-17:00,sat 08:00-12:00". Days may be listed ("mon,wed 09:00-17:00") and
// named again for more intervals; a day may end at 24:00. Blank text gives empty hours. Overlapping intervals, an
// interval that ends before it begins, and an unknown day are errors.
func ParseHours(s string) (Hours, error) {
	var h Hours
	if strings.TrimSpace(s) == "" {
		return h, nil
	}
	var waiting []time.Weekday // days listed so far whose times follow
	for _, part := range strings.Split(s, ",") {
		fields := strings.Fields(part)
		if len(fields) == 0 {
			return Hours{}, fmt.Errorf("hours %q: nothing between two commas", s)
		}
		days, err := parseDays(fields[0])
		if err != nil && strings.Contains(fields[0], ":") {
			return Hours{}, fmt.Errorf("hours %q: join the times of a day with +, such as 08:00-12:00+13:00-17:00", s)
		}
		if err != nil {
			return Hours{}, fmt.Errorf("hours %q: %w", s, err)
		}
		waiting = append(waiting, days...)
		if len(fields) == 1 {
			continue
		}
		if len(fields) > 2 {
			return Hours{}, fmt.Errorf("hours %q: join the times of a day with +, such as 08:00-12:00+13:00-17:00", s)
		}
		if err := h.add(waiting, fields[1]); err != nil {
			return Hours{}, fmt.Errorf("hours %q: %w", s, err)
		}
		waiting = nil
	}
	if len(waiting) > 0 {
		return Hours{}, fmt.Errorf("hours %q: %s has no times", s, weekdayNames[waiting[0]])
	}
	return h, nil
}

func (h *Hours) add(days []time.Weekday, times string) error {
	for _, text := range strings.Split(times, "+") {
		i, err := parseInterval(text)
		if err != nil {
			return err
		}
		for _, day := range days {
			for _, other := range h.days[day] {
				if i.from < other.to && other.from < i.to {
					return fmt.Errorf("%s: %s and %s overlap", weekdayNames[day], other, i)
				}
			}
			h.days[day] = append(h.days[day], i)
		}
	}
	for _, day := range days {
		h.days[day] = joined(h.days[day])
	}
	return nil
}

// joined sorts intervals and makes one of two that touch.
func joined(list []interval) []interval {
	slices.SortFunc(list, func(a, b interval) int { return a.from - b.from })
	out := list[:0]
	for _, i := range list {
		if n := len(out); n > 0 && out[n-1].to == i.from {
			out[n-1].to = i.to
			continue
		}
		out = append(out, i)
	}
	return out
}

// parseInterval reads "08:00-12:00".
func parseInterval(s string) (interval, error) {
	from, to, ok := strings.Cut(s, "-")
	if !ok {
		return interval{}, fmt.Errorf("%q is not a stretch of time such as 08:00-12:00", s)
	}
	first, err := parseClock(from, false)
	if err != nil {
		return interval{}, err
	}
	last, err := parseClock(to, true)
	if err != nil {
		return interval{}, err
	}
	if last <= first {
		return interval{}, fmt.Errorf("%s must end after it begins, on the same day (24:00 is the end of a day)", s)
	}
	return interval{first, last}, nil
}

// String gives 08:00-12:00.
func (i interval) String() string { return clock(i.from) + "-" + clock(i.to) }

// Empty says that no day has any hours.
func (h Hours) Empty() bool {
	for _, day := range h.days {
		if len(day) > 0 {
			return false
		}
	}
	return true
}

// makeUp is the timetable of a day that is worked by decree: Monday's, else that of the first day of the week with any.
func (h Hours) makeUp() []interval {
	for _, day := range mondayFirst {
		if len(h.days[day]) > 0 {
			return h.days[day]
		}
	}
	return nil
}

// String gives the hours as ParseHours reads them; empty hours give "".
func (h Hours) String() string {
	var parts []string
	for i := 0; i < 7; i++ {
		times := h.days[mondayFirst[i]]
		if len(times) == 0 {
			continue
		}
		j := i
		for j < 6 && slices.Equal(h.days[mondayFirst[j+1]], times) {
			j++
		}
		part := weekdayNames[mondayFirst[i]]
		if j > i {
			part += "-" + weekdayNames[mondayFirst[j]]
		}
		for k, t := range times {
			sep := "+"
			if k == 0 {
				sep = " "
			}
			part += sep + t.String()
		}
		parts = append(parts, part)
		i = j
	}
	return strings.Join(parts, ",")
}
