package calendar

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// longestEvent is how many days one event may last; more is a mistake in the feed.
const longestEvent = 366

// ParseICS reads the all-day events of an iCalendar file (RFC 5545) as a holiday table. An event is a day off; with
// CATEGORIES:WORKING-DAY it is a day that is worked, which is this project's own convention as there is no standard.
// Events marked as an observance, as public holiday feeds do, and the days on which clocks change are listed but
// not counted. Cancelled events are left out. Repeating events, events with a time of day, a file that breaks off and
// one without any event are errors, so a bad feed never replaces a good table; errors name the line, not the event.
func ParseICS(name, text string) (Days, error) {
	d, err := parseICS(name, text)
	if err != nil {
		return Days{}, fmt.Errorf("calendar %q: %w", name, err)
	}
	return d, nil
}

func parseICS(name, text string) (Days, error) {
	var rows []Day
	var open []string // components begun and not ended
	var event *icsEvent
	seen := false
	for _, line := range unfold(text) {
		key, params, value := icsProperty(line.text)
		switch key {
		case "":
			if strings.TrimSpace(line.text) != "" {
				return Days{}, fmt.Errorf("line %d: not an iCalendar line", line.number)
			}
			continue
		case "BEGIN":
			part := strings.ToUpper(strings.TrimSpace(value))
			if len(open) == 0 && part != "VCALENDAR" {
				return Days{}, fmt.Errorf("line %d: not an iCalendar file", line.number)
			}
			open, seen = append(open, part), true
			if part == "VEVENT" && len(open) == 2 {
				event = &icsEvent{line: line.number}
			}
			continue
		case "END":
			part := strings.ToUpper(strings.TrimSpace(value))
			if len(open) == 0 || open[len(open)-1] != part {
				return Days{}, fmt.Errorf("line %d: the end of a part that was not begun", line.number)
			}
			open = open[:len(open)-1]
			if event != nil && len(open) == 1 {
				more, err := event.rows()
				if err != nil {
					return Days{}, fmt.Errorf("event at line %d: %w", event.line, err)
				}
				rows, event = append(rows, more...), nil
			}
			if len(rows) > mostRows {
				return Days{}, fmt.Errorf("more than %d days", mostRows)
			}
			continue
		}
		if len(open) == 0 {
			return Days{}, fmt.Errorf("line %d: not an iCalendar file", line.number)
		}
		// Reminders inside an event and the zones' own rules have properties of the same names.
		if event == nil || len(open) != 2 {
			continue
		}
		if err := event.set(key, params, value); err != nil {
			return Days{}, fmt.Errorf("line %d: %w", line.number, err)
		}
	}
	switch {
	case !seen:
		return Days{}, errors.New("not an iCalendar file")
	case len(open) > 0:
		return Days{}, fmt.Errorf("the file breaks off: END:%s is missing", open[len(open)-1])
	case len(rows) == 0:
		return Days{}, errors.New("it has no all-day events")
	}
	return newDays(name, rows)
}

type icsLine struct {
	number int
	text   string
}

// unfold joins continued lines (RFC 5545, 3.1). It works on bytes: a fold may fall inside a letter.
func unfold(text string) []icsLine {
	var lines []icsLine
	var long strings.Builder
	flush := func() {
		if long.Len() > 0 {
			lines[len(lines)-1].text += long.String()
			long.Reset()
		}
	}
	for i, raw := range strings.Split(strings.TrimPrefix(text, "\ufeff"), "\n") {
		raw = strings.TrimSuffix(raw, "\r")
		if len(lines) > 0 && raw != "" && (raw[0] == ' ' || raw[0] == '\t') {
			long.WriteString(raw[1:])
			continue
		}
		flush()
		lines = append(lines, icsLine{i + 1, raw})
	}
	flush()
	return lines
}

// icsProperty splits NAME;PARAM=x;PARAM="a:b":value. Key is empty when the line is no property.
func icsProperty(line string) (key string, params map[string]string, value string) {
	quoted := false
	var parts []string
	start := 0
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == ';':
			parts, start = append(parts, line[start:i]), i+1
		case c == ':':
			parts = append(parts, line[start:i])
			params = make(map[string]string)
			for _, p := range parts[1:] {
				k, v, _ := strings.Cut(p, "=")
				params[strings.ToUpper(k)] = strings.Trim(v, `"`)
			}
			return strings.ToUpper(strings.TrimSpace(parts[0])), params, line[i+1:]
		}
	}
	return "", nil, ""
}

type icsEvent struct {
	line                 int
	start, end           date
	hasStart, hasEnd     bool
	days                 int // from DURATION
	summary, description string
	categories           []string
	cancelled            bool
}

func (e *icsEvent) set(key string, params map[string]string, value string) (err error) {
	switch key {
	case "RRULE", "RDATE", "EXRULE", "EXDATE", "RECURRENCE-ID":
		return fmt.Errorf("%s: repeating events are not supported; list each day as an event of its own", key)
	case "DTSTART":
		e.start, err = icsDate(key, params, value)
		e.hasStart = true
	case "DTEND":
		e.end, err = icsDate(key, params, value)
		e.hasEnd = true
	case "DURATION":
		e.days, err = icsDays(value)
	case "SUMMARY":
		e.summary = icsText(value)
	case "DESCRIPTION":
		e.description = icsText(value)
	case "CATEGORIES":
		for _, c := range strings.Split(value, ",") {
			e.categories = append(e.categories, strings.ToUpper(strings.TrimSpace(c)))
		}
	case "STATUS":
		e.cancelled = strings.EqualFold(strings.TrimSpace(value), "CANCELLED")
	}
	return err
}

func icsDate(key string, params map[string]string, value string) (date, error) {
	value = strings.TrimSpace(value)
	if strings.Contains(value, "T") || strings.EqualFold(params["VALUE"], "DATE-TIME") {
		return 0, fmt.Errorf("%s has a time of day: only all-day events (VALUE=DATE) are supported", key)
	}
	t, err := time.Parse("20060102", value)
	if err != nil {
		return 0, fmt.Errorf("%s is not a date such as 20261225", key)
	}
	d, err := parseDate(t.Format(time.DateOnly))
	if err != nil {
		return 0, fmt.Errorf("%s: %w", key, err)
	}
	return d, nil
}

// icsDays reads P3D and P1W.
func icsDays(value string) (int, error) {
	value = strings.TrimPrefix(strings.TrimSpace(value), "+")
	number, isDays := strings.CutSuffix(value, "D")
	times := 1
	if !isDays {
		number, isDays = strings.CutSuffix(value, "W")
		times = 7
	}
	number, isPeriod := strings.CutPrefix(number, "P")
	n, err := strconv.ParseUint(number, 10, 16)
	if err != nil || !isDays || !isPeriod || n == 0 {
		return 0, errors.New("DURATION is not whole days such as P3D")
	}
	return int(n) * times, nil
}

// icsText undoes the escapes of a text value (RFC 5545, 3.3.11).
func icsText(value string) string {
	if !utf8.ValidString(value) {
		value = strings.ToValidUTF8(value, "\ufffd")
	}
	return oneLine(strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, " ", `\N`, " ").Replace(value))
}

// kind follows the rule for doubt: a doubtful day is a working day, so a promise falls earlier and holds either way.
func (e *icsEvent) kind() (Kind, error) {
	off := slices.Contains(e.categories, "HOLIDAY")
	work := slices.Contains(e.categories, "WORKING-DAY")
	switch {
	case off && work:
		return "", errors.New("CATEGORIES has both HOLIDAY and WORKING-DAY")
	case work:
		return Work, nil
	case off:
		return Off, nil
	}
	summary := strings.ToLower(e.summary)
	if slices.Contains(e.categories, "OBSERVANCE") || strings.HasPrefix(strings.ToLower(e.description), "observance") ||
		strings.Contains(summary, "daylight saving") || strings.HasPrefix(summary, "clocks ") {
		return Info, nil
	}
	return Off, nil
}

// rows gives one row a day. DTEND is the day after the last (RFC 5545, 3.6.1).
func (e *icsEvent) rows() ([]Day, error) {
	if e.cancelled {
		return nil, nil
	}
	if !e.hasStart {
		return nil, errors.New("DTSTART is missing")
	}
	days := max(e.days, 1)
	if e.hasEnd {
		// Some programs write an end equal to the start for one day.
		if days = max(int(e.end-e.start), 1); e.end < e.start {
			return nil, errors.New("it ends before it begins")
		}
	}
	if days > longestEvent {
		return nil, fmt.Errorf("it lasts more than %d days", longestEvent)
	}
	kind, err := e.kind()
	if err != nil {
		return nil, err
	}
	row := Day{Kind: kind, Name: e.summary, Local: e.summary}
	if name, status, note, ok := ownDescription(e.description); ok {
		row.Name, row.Status, row.Note = name, status, note
	}
	rows := make([]Day, days)
	for i := range rows {
		rows[i] = row
		rows[i].Date = (e.start + date(i)).String()
	}
	return rows, nil
}

// ownDescription reads "English name; law; note", as this project's own files have it.
func ownDescription(s string) (name string, status Status, note string, ok bool) {
	parts := strings.Split(s, "; ")
	for i, p := range parts[1:] {
		switch Status(p) {
		case Law, Announced, Estimate:
			return oneLine(strings.Join(parts[:i+1], "; ")), Status(p), oneLine(strings.Join(parts[i+2:], "; ")), true
		}
	}
	return "", "", "", false
}
