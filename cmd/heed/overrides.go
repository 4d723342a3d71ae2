package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/heedbot/heed/bot/calendar"
	"github.com/heedbot/heed/flows/policy"
)

// Overrides are the operator's own days, over the calendar that a pack names:
// a date opened goes before one closed, a date closed before the ICS file, the
// file before the pack's holidays, and those before the weekday. They become
// part of the policy as it is kept.
type Overrides struct {
	Close []string `name:"calendar-close" env:"HEED_CALENDAR_CLOSE" help:"Dates on which you are closed, with commas: 2026-08-10..2026-08-21,2026-12-24. They are no working days for complaints received from now on."`
	Open  []string `name:"calendar-open" env:"HEED_CALENDAR_OPEN" help:"Dates on which you work although the calendar says otherwise, in the same form. They win over dates closed."`
	ICS   string   `name:"calendar-ics" env:"HEED_CALENDAR_ICS" help:"Path of an iCalendar file with your own days off, each a whole-day event; CATEGORIES:WORKING-DAY makes one a day worked."`
}

// mostICS is the longest ICS file that is read, in bytes.
const mostICS = 4 << 20

// check says which of the dates cannot be read. Like Settings.check it holds
// no value.
func (o Overrides) check() error {
	var errs []error
	for _, l := range []struct {
		name  string
		dates []string
	}{{"HEED_CALENDAR_CLOSE", o.Close}, {"HEED_CALENDAR_OPEN", o.Open}} {
		for i, d := range dates(l.dates) {
			if _, err := (calendar.Days{}).Override([]string{d}, nil); err != nil {
				errs = append(errs, fmt.Errorf("%s: entry %d is no date: write 2026-08-10, or 2026-08-10..2026-08-21 for all days from the first to the last (ten years at most)", l.name, i+1))
			}
		}
	}
	if strings.Contains(o.ICS, "://") {
		errs = append(errs, errors.New("HEED_CALENDAR_ICS is an address: heed reads a file, so fetch it and set its path"))
	}
	return errors.Join(errs...)
}

// dates are the entries that are not blank.
func dates(list []string) []string {
	var all []string
	for _, d := range list {
		if d = strings.TrimSpace(d); d != "" {
			all = append(all, d)
		}
	}
	return all
}

// over gives the policy with the operator's days over its calendar. Its errors
// name no path and no event.
func (o Overrides) over(p *policy.Policy) (*policy.Policy, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	change := calendar.Change{Open: dates(o.Open), Close: dates(o.Close)}
	if o.ICS != "" {
		var err error
		if change.ICS, err = readICS(o.ICS); err != nil {
			return nil, fmt.Errorf("HEED_CALENDAR_ICS: %w", err)
		}
	}
	if len(change.Open) == 0 && len(change.Close) == 0 && change.ICS == "" {
		return p, nil
	}
	return p.Over(change.Apply)
}

// readICS gives the text of an operator's calendar file that can be used. Its
// errors name the line and not the path, which may be a secret set in the
// wrong place.
func readICS(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("the file cannot be read: %w", pathless(err))
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, mostICS+1))
	if err != nil {
		return "", fmt.Errorf("the file cannot be read: %w", pathless(err))
	}
	if len(text) > mostICS {
		return "", fmt.Errorf("the file is longer than %d MiB: keep only days off in it", mostICS>>20)
	}
	_, err = calendar.ParseICS("ics", string(text))
	if why := errors.Unwrap(err); why != nil {
		err = why // without the table's name, which is of our making
	}
	if err != nil {
		return "", fmt.Errorf("the file is refused: %w", err)
	}
	return string(text), nil
}

// pathless is why a file cannot be read, without its path.
func pathless(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

// policy reads a pack by its name or path, with the operator's days over its
// calendar.
func (o Overrides) policy(name string) (*policy.Policy, error) {
	p, err := readPolicy(name)
	if err != nil {
		return nil, err
	}
	return o.over(p)
}

// readPolicy reads a pack by the name of one that comes with heed, or by its
// path, over its calendar as it is.
func readPolicy(name string) (*policy.Policy, error) {
	if slices.Contains(policy.Names(), name) {
		return policy.Builtin(name)
	}
	f, err := os.Open(name)
	if errors.Is(err, os.ErrNotExist) {
		hint := ""
		if n := policy.Nearest(name, policy.Names()); n != "" {
			hint = fmt.Sprintf("did you mean %q? ", n)
		}
		return nil, fmt.Errorf("%q is neither a policy that comes with heed nor a file: %sknown are %s", name, hint, strings.Join(policy.Names(), ", "))
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, 1<<20))
	if err != nil {
		return nil, err
	}
	return policy.Parse(name, string(text), "")
}
