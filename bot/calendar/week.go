package calendar

import (
	"fmt"
	"strings"
	"time"
)

// Week says which weekdays are worked, indexed by time.Weekday.
type Week [7]bool

var weekdayNames = [7]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// mondayFirst is the order in which weekdays are written.
var mondayFirst = [7]time.Weekday{
	time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday,
}

// ParseWeek reads the worked weekdays: "mon-fri", "mon-sat", "mon,wed-fri", "sun-thu". A range may run over the end of
// the week. A weekday named twice and an unknown one are errors.
func ParseWeek(s string) (Week, error) {
	var w Week
	for _, part := range strings.Split(s, ",") {
		days, err := parseDays(part)
		if err != nil {
			return Week{}, fmt.Errorf("week %q: %w", s, err)
		}
		for _, d := range days {
			if w[d] {
				return Week{}, fmt.Errorf("week %q: %s is named twice", s, weekdayNames[d])
			}
			w[d] = true
		}
	}
	return w, nil
}

// parseDays reads "mon" or "mon-fri".
func parseDays(s string) ([]time.Weekday, error) {
	from, to, isRange := strings.Cut(strings.TrimSpace(s), "-")
	first, err := parseWeekday(from)
	if err != nil || !isRange {
		return []time.Weekday{first}, err
	}
	last, err := parseWeekday(to)
	if err != nil {
		return nil, err
	}
	days := []time.Weekday{first}
	for d := first; d != last; {
		d = (d + 1) % 7
		days = append(days, d)
	}
	return days, nil
}

func parseWeekday(s string) (time.Weekday, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	for i, name := range weekdayNames {
		if s == name {
			return time.Weekday(i), nil
		}
	}
	return 0, fmt.Errorf("unknown day %q: write mon, tue, wed, thu, fri, sat or sun", s)
}

// Empty says that no weekday is worked.
func (w Week) Empty() bool { return w == Week{} }

// String gives the week as ParseWeek reads it, such as "mon-fri"; an empty week gives "".
func (w Week) String() string {
	var parts []string
	for i := 0; i < 7; i++ {
		if !w[mondayFirst[i]] {
			continue
		}
		j := i
		for j < 6 && w[mondayFirst[j+1]] {
			j++
		}
		part := weekdayNames[mondayFirst[i]]
		if j > i {
			part += "-" + weekdayNames[mondayFirst[j]]
		}
		parts = append(parts, part)
		i = j
	}
	return strings.Join(parts, ",")
}
