package calendar

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Kind says what a row of a holiday table does.
type Kind string

// The kinds of rows. Off is not worked, Work is worked although it may be a weekend day, Info is listed but counts for
// nothing.
const (
	Off  Kind = "off"
	Work Kind = "work"
	Info Kind = "info"
)

// Status says what a row rests on.
type Status string

// The statuses of rows. A row from an override or an overlay has ByOperator.
const (
	Law        Status = "law"
	Announced  Status = "announced"
	Estimate   Status = "estimate"
	ByOperator Status = "operator"
)

// Day is one row of a holiday table.
type Day struct {
	Date   string // 2026-12-25
	Kind   Kind
	Status Status // may be empty
	Name   string // in English, may be empty
	Local  string // in the country's language, may be empty
	Note   string
}

// Days is a holiday table. It is never changed; Override and Overlay give another. The zero value has no rows and covers
// no year.
type Days struct {
	name        string
	rows        []Day // by date, one each
	first, last int   // years covered
}

//go:embed holidays/*.tsv
var holidays embed.FS

// Names lists the tables that are built in.
func Names() []string {
	entries, err := holidays.ReadDir("holidays")
	if err != nil {
		return nil // cannot be: the folder is part of the program
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".tsv"))
	}
	return names
}

// Builtin gives a table that is part of the program, such as "gb-eng". The error names the known ones.
func Builtin(name string) (Days, error) {
	if !slices.Contains(Names(), name) {
		return Days{}, fmt.Errorf("calendar %q is not built in; there are: %s", name, strings.Join(Names(), ", "))
	}
	text, err := holidays.ReadFile("holidays/" + name + ".tsv")
	if err != nil {
		return Days{}, fmt.Errorf("read calendar %q: %w", name, err)
	}
	return ParseTSV(name, string(text))
}

// mostRows keeps a damaged or hostile file from filling the memory.
const mostRows = 20000

// newDays sorts rows, makes one row of several on one date, and takes the covered years from them. Rows by the operator
// cover nothing: a closure in a far year says nothing about that year's holidays.
func newDays(name string, rows []Day) (Days, error) {
	d := Days{name: name}
	if len(rows) > mostRows {
		return d, fmt.Errorf("more than %d rows", mostRows)
	}
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b Day) int { return strings.Compare(a.Date, b.Date) })
	for _, row := range rows {
		if n := len(d.rows); n > 0 && d.rows[n-1].Date == row.Date {
			one, err := merged(d.rows[n-1], row)
			if err != nil {
				return Days{}, err
			}
			d.rows[n-1] = one
			continue
		}
		d.rows = append(d.rows, row)
	}
	for _, row := range d.rows {
		if row.Status == ByOperator {
			continue
		}
		on, err := parseDate(row.Date)
		if err != nil {
			return Days{}, err
		}
		if d.first == 0 {
			d.first = on.year()
		}
		d.last = on.year()
	}
	return d, nil
}

// merged makes one row of two on the same date: two feasts on one day are one day off.
func merged(a, b Day) (Day, error) {
	switch {
	case a.Kind == b.Kind:
		a.Name, a.Local, a.Note = both(a.Name, b.Name), both(a.Local, b.Local), both(a.Note, b.Note)
		return a, nil
	case a.Kind == Info:
		return b, nil
	case b.Kind == Info:
		return a, nil
	}
	return Day{}, fmt.Errorf("%s is listed both as a day off and as a working day", a.Date)
}

func both(a, b string) string {
	if a == "" || b == "" || a == b {
		return either(a, b)
	}
	return a + "; " + b
}

// Name is the name the table was made with.
func (d Days) Name() string { return d.name }

// Rows lists the table by date, one row a date.
func (d Days) Rows() []Day { return slices.Clone(d.rows) }

// find gives the row of a date.
func (d Days) find(on date) (Day, bool) {
	i, ok := slices.BinarySearchFunc(d.rows, on.String(), func(row Day, date string) int { return strings.Compare(row.Date, date) })
	if !ok {
		return Day{}, false
	}
	return d.rows[i], true
}

// covers says whether the date lies in a year the table covers.
func (d Days) covers(on date) bool { return d.first <= on.year() && on.year() <= d.last }

// Since is the first second, in UTC, of the first year the table covers; zero if it covers none.
func (d Days) Since() time.Time {
	if d.first == 0 {
		return time.Time{}
	}
	return time.Date(d.first, time.January, 1, 0, 0, 0, 0, time.UTC)
}

// Until is the last second, in UTC, of the last year the table covers; zero if it covers none. Calendar.Until gives the
// same in the company's zone.
func (d Days) Until() time.Time {
	if d.last == 0 {
		return time.Time{}
	}
	return time.Date(d.last, time.December, 31, 23, 59, 59, 0, time.UTC)
}

// Override gives the table with dates closed and opened by the operator: "2026-08-10" or "2026-08-10..2026-08-21". Open
// wins over close, close over the file, the file over the weekday. The years covered stay the same.
func (d Days) Override(opened, closed []string) (Days, error) {
	var rows []Day
	for _, list := range []struct {
		key   string
		dates []string
		row   Day
	}{
		{"close", closed, Day{Kind: Off, Name: "closed by the operator"}},
		{"open", opened, Day{Kind: Work, Name: "opened by the operator"}},
	} {
		for _, text := range list.dates {
			first, last, err := parseRange(text)
			if err != nil {
				return Days{}, fmt.Errorf("%s: %w", list.key, err)
			}
			for on := first; on <= last; on++ {
				row := list.row
				row.Date, row.Local = on.String(), row.Name
				rows = append(rows, row)
			}
			if len(rows) > mostRows {
				return Days{}, fmt.Errorf("%s: more than %d days", list.key, mostRows)
			}
		}
	}
	return d.with(rows), nil
}

// Overlay gives the table with the days off and working days of another on top, such as a company's own ICS file. They
// count as the operator's: the years covered stay the same.
func (d Days) Overlay(over Days) Days { return d.with(over.rows) }

func (d Days) with(over []Day) Days {
	at := make(map[string]Day, len(d.rows)+len(over))
	for _, row := range d.rows {
		at[row.Date] = row
	}
	for _, row := range over {
		old, known := at[row.Date]
		if row.Kind == Info {
			continue
		}
		if known && old.Kind == row.Kind {
			// The row says the same and has the better name. A day off is an estimate no longer.
			if old.Status == Estimate && old.Kind == Off {
				old.Status = ByOperator
				at[row.Date] = old
			}
			continue
		}
		row.Status = ByOperator
		if known && row.Kind == Work {
			row.Note = "instead of " + either(old.Name, old.Local)
		}
		if known && row.Kind == Off && old.Kind == Info {
			row.Name, row.Local, row.Note = old.Name, old.Local, old.Note
		}
		at[row.Date] = row
	}
	var rows []Day
	for _, row := range at {
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b Day) int { return strings.Compare(a.Date, b.Date) })
	d.rows = rows
	return d
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// parseRange reads "2026-08-10" or "2026-08-10..2026-08-21", both ends included.
func parseRange(s string) (first, last date, err error) {
	from, to, isRange := strings.Cut(strings.TrimSpace(s), "..")
	if first, err = parseDate(strings.TrimSpace(from)); err != nil || !isRange {
		return first, first, err
	}
	if last, err = parseDate(strings.TrimSpace(to)); err != nil {
		return 0, 0, err
	}
	if last < first {
		return 0, 0, fmt.Errorf("%q ends before it begins", s)
	}
	if last-first > horizon {
		return 0, 0, fmt.Errorf("%q is longer than ten years", s)
	}
	return first, last, nil
}

// Hash is the SHA-256, in hex, of Text: tables that promise the same dates for the same reasons share it, whatever their
// name.
func (d Days) Hash() string {
	sum := sha256.Sum256([]byte(d.Text()))
	return hex.EncodeToString(sum[:])
}
