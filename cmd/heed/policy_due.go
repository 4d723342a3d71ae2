package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/heedbot/heed/bot/calendar"
	"github.com/heedbot/heed/flows/policy"
)

type policyDue struct {
	From     string   `required:"" help:"When it starts, such as 2026-12-23T16:00:00Z or 2026-12-23T17:00:00+01:00."`
	Within   string   `required:"" help:"How long: 24h, 90m (by the clock), 3bh (business hours), 3d, 7wd (working days), 8w."`
	Calendar string   `required:"" help:"Whose public holidays, such as gb-eng, fr or vn."`
	TZ       string   `name:"tz" required:"" help:"The company's time zone, such as Europe/London."`
	At       string   `help:"The last day ends then, such as 17:30, instead of with its last second. For d, wd and w."`
	Hours    string   `help:"Business hours, for bh: mon-fri 08:00-12:00+13:00-17:00,sat 08:00-12:00."`
	Week     string   `default:"mon-fri" help:"Days worked, such as mon-sat or sun-thu."`
	Roll     string   `help:"next: a last day that is not worked moves to the next working day. For d."`
	Close    []string `help:"Dates not worked, with commas: 2026-08-10..2026-08-21,2026-12-24."`
	Open     []string `help:"Dates worked although the calendar says otherwise; they win over --close."`
	ICS      string   `name:"ics" help:"An iCalendar file with days off, over the calendar and under --close."`
	Explain  bool     `help:"Also each day, counted or not, and why."`
}

// Run prints the instant by which a promise must be kept: what the bot would
// promise.
func (c policyDue) Run() error { return c.print(os.Stdout, os.Stderr) }

func (c policyDue) print(out, notes io.Writer) error {
	company, wrong := c.company()
	from, err := instant(c.From)
	wrong = append(wrong, flagged("from", err)...)
	rule, more := c.rule()
	if wrong = append(wrong, more...); len(wrong) > 0 {
		return wrongError{errors.Join(wrong...)}
	}
	if rule.Unit == calendar.UnitBusinessHour && company.Hours.Empty() {
		return wrongError{errors.New(`--hours is missing: business hours (bh) need it, such as --hours "mon-fri 09:00-17:00"`)}
	}
	plain := calendar.Calendar{Zone: time.UTC, Week: company.Week}
	if rule.Unit == calendar.UnitBusinessHour && plain.NextOpen(company.Hours, time.Unix(0, 0)).IsZero() {
		return wrongError{fmt.Errorf("--hours lie on no day that --week %s works", company.Week)}
	}
	due, err := company.Due(from, rule)
	if err != nil {
		return wrongError{err}
	}
	fmt.Fprintln(out, due.At.Format(time.RFC3339))
	if c.Explain {
		for _, s := range due.Steps {
			mark := " "
			if s.Counted {
				mark = "+"
			}
			fmt.Fprintf(out, "  %s  %s  %s\n", mark, weekday(s.Date), s.Why)
		}
	}
	for day, works := range company.Week {
		alone := calendar.Calendar{Zone: time.UTC}
		alone.Week[day] = true
		if !works && !alone.NextOpen(company.Hours, time.Unix(0, 0)).IsZero() {
			fmt.Fprintf(notes, "heed: note: --hours has %s, on which --week %s does not work: these hours do not count\n", time.Weekday(day), company.Week)
		}
	}
	if due.BeyondCalendar {
		fmt.Fprintf(notes, "heed: note: calendar %s knows holidays from %s to %s only: of other days only the week is known\n",
			c.Calendar, company.Days.Since().Format(time.DateOnly), company.Days.Until().Format(time.DateOnly))
	}
	return nil
}

// rule is how long the flags give.
func (c policyDue) rule() (calendar.Rule, []error) {
	rule, err := calendar.ParseRule(strings.TrimSpace(c.Within))
	if err != nil {
		return rule, flagged("within", err)
	}
	rule.At, rule.Roll = strings.TrimSpace(c.At), c.Roll == "next"
	if c.Roll != "" && !rule.Roll {
		return rule, flagged("roll", fmt.Errorf("%q is unknown: the only word is next", c.Roll))
	}
	return rule, flagged("within", rule.Check())
}

// flagged is an error with the flag that it is about; nothing if there is none.
func flagged(flag string, err error) []error {
	if err == nil {
		return nil
	}
	return []error{fmt.Errorf("--%s: %w", flag, err)}
}

// company is the calendar that the flags describe.
func (c policyDue) company() (company calendar.Calendar, wrong []error) {
	var err error
	take := func(flag string) { wrong = append(wrong, flagged(flag, err)...) }
	company.Zone, err = zone(c.TZ)
	take("tz")
	company.Week, err = calendar.ParseWeek(c.Week)
	take("week")
	company.Hours, err = calendar.ParseHours(c.Hours)
	take("hours")
	company.Days, err = calendar.Builtin(c.Calendar)
	if n := policy.Nearest(c.Calendar, calendar.Names()); err != nil && n != "" {
		err = fmt.Errorf("%w; did you mean %s?", err, n)
	}
	take("calendar")
	change := calendar.Change{Open: dates(c.Open), Close: dates(c.Close)}
	if c.ICS != "" {
		change.ICS, err = readICS(c.ICS)
		take("ics")
	}
	_, err = calendar.Days{}.Override(change.Open, nil)
	err = bare(err)
	take("open")
	_, err = calendar.Days{}.Override(nil, change.Close)
	err = bare(err)
	take("close")
	if len(wrong) == 0 {
		if company.Days, err = change.Apply(company.Days); err != nil {
			wrong = append(wrong, err)
		}
	}
	return company, wrong
}

// bare is the error without the pack's key, where a flag's name goes before it.
func bare(err error) error {
	if why := errors.Unwrap(err); why != nil {
		return why
	}
	return err
}

// instant reads an instant as RFC 3339 has it. Without an offset it would not
// be one.
func instant(s string) (time.Time, error) {
	const hint = "write it like 2026-12-23T16:00:00Z or 2026-12-23T17:00:00+01:00"
	s = strings.TrimSpace(s)
	t, err := time.Parse(time.RFC3339, strings.ToUpper(s)) // RFC 3339, 5.6: t and z may be small
	if err != nil {
		for _, without := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", time.DateTime, "2006-01-02 15:04"} {
			if _, err := time.Parse(without, s); err == nil {
				return t, fmt.Errorf("%q does not say how far from UTC it is: %s", s, hint)
			}
		}
		if _, err := time.Parse(time.DateOnly, s); err == nil {
			return t, fmt.Errorf("%q is a whole day: %s", s, hint)
		}
		return t, fmt.Errorf("%q is not an instant: %s", s, hint)
	}
	if y := t.UTC().Year(); y < 1900 || y > 2200 {
		return t, fmt.Errorf("%q: year outside 1900 to 2200", s)
	}
	return t, nil
}

// place is how time zones are named.
var place = regexp.MustCompile(`^[A-Z][A-Za-z_]*(/[A-Za-z0-9_+-]+)*$`)

func zone(name string) (*time.Location, error) {
	const hint = "write a place such as Europe/London"
	name = strings.TrimSpace(name)
	if name == "Local" || !place.MatchString(name) {
		return nil, fmt.Errorf("%q is not a time zone: %s", name, hint)
	}
	z, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("unknown time zone %q: %s", name, hint)
	}
	return z, nil
}

// weekday writes a date with its day.
func weekday(date string) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return t.Format("Mon 2006-01-02")
}
