package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// due are the words of the command for a row of the table of deadlines.
func due(t *testing.T, row []string) []string {
	t.Helper()
	args := []string{"policy", "due", "--from", row[2], "--within", row[3], "--calendar", row[4], "--tz", row[5]}
	for _, option := range strings.Split(row[6], ";") {
		switch key, value, _ := strings.Cut(option, "="); key {
		case "", "start": // the start column already is the instant the reading chose
		case "at", "roll", "week", "hours", "close", "open":
			args = append(args, "--"+key, value)
		default:
			t.Fatalf("%s: unknown option %q", row[0], option)
		}
	}
	return args
}

// The command gives every answer of the table of deadlines, on one line.
func TestPolicyDueTable(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "bot", "calendar", "testdata", "deadlines.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	s := newShell(t, binary(t))
	rows := strings.Split(strings.TrimSpace(string(text)), "\n")[1:]
	if len(rows) < 40 {
		t.Errorf("only %d deadlines", len(rows))
	}
	for _, line := range rows {
		row := strings.Split(line, "\t")
		if len(row) != 9 {
			t.Fatalf("%d columns in %q", len(row), line)
		}
		code, stdout, stderr := s.run(due(t, row)...)
		if code != 0 || stdout != row[7]+"\n" || stderr != "" {
			t.Errorf("%s: code %d, %q, %q; want %s (%s)", row[0], code, stdout, stderr, row[7], row[8])
		}
	}
}

// What a person types, and what they are told.
func TestPolicyDue(t *testing.T) {
	s := newShell(t, binary(t))
	london := []string{"policy", "due", "--calendar", "gb-eng", "--tz", "Europe/London"}
	ics := s.write("own.ics", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261204\r\nSUMMARY:Stocktaking\r\nEND:VEVENT\r\n"+
		"BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261205\r\nCATEGORIES:WORKING-DAY\r\nSUMMARY:Open Saturday\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
	timed := s.write("timed.ics", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20261204T090000Z\r\nSUMMARY:dentist\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
	repeated := s.write("repeated.ics", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261204\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:dentist\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")

	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"fractions are dropped":       {[]string{"--from", "2026-12-03T09:30:00.999Z", "--within", "24h"}, "2026-12-04T09:30:00Z"},
		"an offset of another place":  {[]string{"--from", "2026-12-03T23:30:00-05:00", "--within", "1wd"}, "2026-12-07T23:59:59Z"},
		"small letters":               {[]string{"--from", "2026-12-03t09:30:00z", "--within", "90m"}, "2026-12-03T11:00:00Z"},
		"the ICS file goes before":    {[]string{"--from", "2026-12-03T09:30:00Z", "--within", "2wd", "--ics", ics}, "2026-12-07T23:59:59Z"},
		"close goes before the ICS":   {[]string{"--from", "2026-12-03T09:30:00Z", "--within", "2wd", "--ics", ics, "--close", "2026-12-05"}, "2026-12-08T23:59:59Z"},
		"open goes before close":      {[]string{"--from", "2026-12-03T09:30:00Z", "--within", "1wd", "--ics", ics, "--close", "2026-12-04..2026-12-11", "--open", "2026-12-04"}, "2026-12-04T23:59:59Z"},
		"lists have blanks and twice": {[]string{"--from", "2026-12-03T09:30:00Z", "--within", "1wd", "--close", "2026-12-04, 2026-12-07,", "--close", "2026-12-08"}, "2026-12-09T23:59:59Z"},
		"a week that begins on Sunday": {[]string{"--from", "2026-12-03T09:30:00Z", "--within", "2wd", "--week", "sun-thu"},
			"2026-12-07T23:59:59Z"},
	} {
		code, stdout, stderr := s.run(append(london[:len(london):len(london)], c.args...)...)
		if code != 0 || stdout != c.want+"\n" || stderr != "" {
			t.Errorf("%s: code %d, %q, %q; want %s", name, code, stdout, stderr, c.want)
		}
	}

	code, stdout, _ := s.run(append(london, "--from", "2026-12-03T09:30:00Z", "--within", "3wd", "--explain", "--ics", ics)...)
	want := `2026-12-08T23:59:59Z
     Thu 2026-12-03  day of the event, not counted
     Fri 2026-12-04  Stocktaking
  +  Sat 2026-12-05  working day 1, Open Saturday
     Sun 2026-12-06  Sunday
  +  Mon 2026-12-07  working day 2
  +  Tue 2026-12-08  working day 3
`
	if code != 0 || stdout != want {
		t.Errorf("code %d, explained as\n%swant\n%s", code, stdout, want)
	}

	for name, c := range map[string]struct{ change, want []string }{
		"no offset":           {[]string{"--from", "2026-12-03T09:30:00"}, []string{"--from", "how far from UTC", "2026-12-23T16:00:00Z"}},
		"a day":               {[]string{"--from", "2026-12-03"}, []string{"--from", "whole day"}},
		"no such day":         {[]string{"--from", "2026-02-30T09:30:00Z"}, []string{"--from", "not an instant"}},
		"another century":     {[]string{"--from", "0206-12-03T09:30:00Z"}, []string{"--from", "1900 to 2200"}},
		"words":               {[]string{"--from", "yesterday"}, []string{"--from", `"yesterday"`}},
		"no unit":             {[]string{"--within", "24"}, []string{"--within", `"24h"`}},
		"a spelled-out unit":  {[]string{"--within", "3 working days"}, []string{"--within", `"3wd"`}},
		"nothing":             {[]string{"--within", "0d"}, []string{"--within", "at least 1"}},
		"too long":            {[]string{"--within", "99999wd"}, []string{"--within", "ten years"}},
		"bh without hours":    {[]string{"--within", "3bh"}, []string{"--hours is missing", "mon-fri 09:00-17:00"}},
		"overlapping hours":   {[]string{"--within", "3bh", "--hours", "mon 08:00-12:00+11:00-17:00"}, []string{"--hours", "overlap"}},
		"hours on no day":     {[]string{"--within", "3bh", "--hours", "sat 08:00-12:00"}, []string{"--hours", "--week mon-fri"}},
		"at for hours":        {[]string{"--within", "24h", "--at", "17:30"}, []string{"at is for d, wd and w"}},
		"at no time":          {[]string{"--at", "25:00"}, []string{`"25:00" is not a time of day`}},
		"roll for wd":         {[]string{"--roll", "next"}, []string{"roll is for days (d) only"}},
		"roll where":          {[]string{"--within", "3d", "--roll", "back"}, []string{"--roll", "next"}},
		"a calendar misspelt": {[]string{"--calendar", "gb-egn"}, []string{"--calendar", "did you mean gb-eng?", "vn"}},
		"a calendar unknown":  {[]string{"--calendar", "atlantis"}, []string{"--calendar", "cn, fr, gb-eng, it, la, pl, vn"}},
		"no place":            {[]string{"--tz", "Europe/Atlantis"}, []string{"--tz", "Europe/London"}},
		"the machine's zone":  {[]string{"--tz", "Local"}, []string{"--tz", "Europe/London"}},
		"a path for a zone":   {[]string{"--tz", "../../etc/passwd"}, []string{"--tz", "not a time zone"}},
		"no weekday":          {[]string{"--week", "monday"}, []string{"--week", "mon, tue"}},
		"a date":              {[]string{"--close", "10.8.2026"}, []string{"--close", "2026-08-10"}},
		"ends before":         {[]string{"--open", "2026-08-21..2026-08-10"}, []string{"--open", "ends before it begins"}},
		"no file":             {[]string{"--ics", "nowhere.ics"}, []string{"--ics", "no such file"}},
		"events with a time":  {[]string{"--ics", timed}, []string{"--ics", "line 3", "all-day"}},
		"repeating events":    {[]string{"--ics", repeated}, []string{"--ics", "line 4", "RRULE", "list each day"}},
		"a flag misspelt":     {[]string{"--calender", "gb-eng"}, []string{"--calender", "--calendar"}},
	} {
		// The last of a flag wins.
		args := append([]string{"policy", "due", "--from", "2026-12-03T09:30:00Z", "--within", "3wd", "--calendar", "gb-eng", "--tz", "Europe/London"}, c.change...)
		t.Run(name, func(t *testing.T) {
			s := *s
			s.t = t
			s.refuses(args, c.want...)
		})
	}
	s.refuses([]string{"policy", "due", "--within", "3d"}, "--from", "--calendar", "--tz")

	for name, args := range map[string][]string{
		"only the week":  {"--from", "2029-12-24T09:30:00Z", "--within", "1wd"},
		"does not count": {"--from", "2026-12-04T16:00:00Z", "--within", "3bh", "--hours", "mon-fri 09:00-17:00,sat 08:00-12:00"},
	} {
		code, stdout, stderr := s.run(append(london[:len(london):len(london)], args...)...)
		if code != 0 || strings.Count(stdout, "\n") != 1 || !strings.HasPrefix(stderr, "heed: note: ") {
			t.Errorf("%s: code %d, %q, %q", name, code, stdout, stderr)
		}
	}
}
