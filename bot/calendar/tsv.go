package calendar

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// columns of a holiday table as Text writes them.
var columns = [...]string{"date", "weekday", "kind", "status", "name_en", "name_local", "note"}

// coversMark begins the line with the covered years, which rows alone cannot tell once an override replaced one.
const coversMark = "# covers "

// ParseTSV reads a holiday table: tab-separated, UTF-8, with a line naming the columns date, weekday, kind, status,
// name_en, name_local and note; only date and kind are required. There may be no rows. Kind is off, work or info. A weekday must be right. A
// line "# covers 2026..2028" sets the years covered, which else run from the first row's to the last row's; other
// lines beginning with # are skipped. Several rows on one date become one. Errors name the line.
func ParseTSV(name, text string) (Days, error) {
	d, err := parseTSV(name, text)
	if err != nil {
		return Days{}, fmt.Errorf("calendar %q: %w", name, err)
	}
	return d, nil
}

func parseTSV(name, text string) (Days, error) {
	if !utf8.ValidString(text) {
		return Days{}, errors.New("the text is not UTF-8")
	}
	var rows []Day
	var place map[string]int // column to its position
	var first, last int
	for i, line := range strings.Split(strings.TrimPrefix(text, "\ufeff"), "\n") {
		var err error
		switch {
		case strings.TrimSpace(line) == "":
		case strings.HasPrefix(line, coversMark):
			first, last, err = parseYears(strings.TrimSpace(strings.TrimPrefix(line, coversMark)))
		case strings.HasPrefix(line, "#"):
		case place == nil:
			place, err = parseHeader(line)
		default:
			var row Day
			row, err = parseRow(line, place)
			rows = append(rows, row)
		}
		if err != nil {
			return Days{}, fmt.Errorf("line %d: %w", i+1, err)
		}
		if len(rows) > mostRows {
			return Days{}, fmt.Errorf("more than %d rows", mostRows)
		}
	}
	if place == nil {
		return Days{}, errors.New("it has no line naming the columns")
	}
	d, err := newDays(name, rows)
	if err == nil && first != 0 {
		d.first, d.last = first, last
	}
	return d, err
}

func parseYears(s string) (first, last int, err error) {
	from, to, _ := strings.Cut(s, "..")
	if first, err = strconv.Atoi(from); err == nil {
		last, err = strconv.Atoi(to)
	}
	if err != nil || first < 1900 || last < first || last > 2200 {
		return 0, 0, fmt.Errorf("%q are not years such as 2026..2028", s)
	}
	return first, last, nil
}

func parseHeader(line string) (map[string]int, error) {
	place := make(map[string]int)
	for i, cell := range strings.Split(line, "\t") {
		place[strings.TrimSpace(cell)] = i
	}
	for _, needed := range []string{"date", "kind"} {
		if _, ok := place[needed]; !ok {
			return nil, fmt.Errorf("the column %q is missing; columns are: %s", needed, strings.Join(columns[:], ", "))
		}
	}
	return place, nil
}

func parseRow(line string, place map[string]int) (Day, error) {
	cells := strings.Split(line, "\t")
	cell := func(column string) string {
		i, ok := place[column]
		if !ok || i >= len(cells) {
			return ""
		}
		return oneLine(cells[i])
	}
	on, err := parseDate(cell("date"))
	if err != nil {
		return Day{}, err
	}
	if w := strings.ToLower(cell("weekday")); w != "" && !strings.HasPrefix(w, weekdayNames[on.weekday()]) {
		return Day{}, fmt.Errorf("%s is a %s, not %q", on, on.weekday(), w)
	}
	row := Day{
		Date: on.String(), Kind: Kind(cell("kind")), Status: Status(cell("status")),
		Name: cell("name_en"), Local: cell("name_local"), Note: cell("note"),
	}
	switch row.Kind {
	case Off, Work, Info:
	default:
		return Day{}, fmt.Errorf("kind %q: write off, work or info", row.Kind)
	}
	switch row.Status {
	case "", Law, Announced, Estimate, ByOperator:
	default:
		return Day{}, fmt.Errorf("status %q: write law, announced, estimate, operator or nothing", row.Status)
	}
	return row, nil
}

// oneLine makes every run of white space and control characters one space, so a name fits a cell and a log.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

// Text gives the table, overrides included, in the one form from which ParseTSV makes the same Days.
func (d Days) Text() string {
	var b strings.Builder
	if d.first != 0 {
		fmt.Fprintf(&b, "%s%d..%d\n", coversMark, d.first, d.last)
	}
	b.WriteString(strings.Join(columns[:], "\t") + "\n")
	for _, row := range d.rows {
		weekday := ""
		if on, err := parseDate(row.Date); err == nil {
			weekday = on.weekday().String()[:3]
		}
		b.WriteString(strings.Join([]string{
			row.Date, weekday, string(row.Kind), string(row.Status), row.Name, row.Local, row.Note,
		}, "\t") + "\n")
	}
	return b.String()
}
