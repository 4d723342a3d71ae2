package main

import (
	"strings"
	"testing"
)

// wrongCalendar: a calendar file that cannot be used stops the start with one
// line, and the line repeats nothing of the file.
func wrongCalendar(t *testing.T, bin string) {
	event := func(lines string) string {
		return "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:" + webhookSecret + "\r\n" + lines + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	}
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"repeating":   {event("DTSTART;VALUE=DATE:20261225\r\nRRULE:FREQ=YEARLY"), []string{"line 5", "repeating events are not supported", "list each day"}},
		"with a time": {event("DTSTART:20261225T090000Z"), []string{"line 4", "all-day"}},
		"broken off":  {"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", []string{"breaks off"}},
		"a web page":  {"<html>" + webhookSecret + "</html>", []string{"line 1"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShell(t, bin)
			s.env["HEED_CALENDAR_ICS"] = s.write("own.ics", c.text)
			s.refuses([]string{"serve"}, append(c.want, "HEED_CALENDAR_ICS: the file is refused")...)
			if code, stdout, _ := s.run("check", "--offline"); code != 2 || !strings.Contains(stdout, "✗ calendar of ask4\n  HEED_CALENDAR_ICS") {
				t.Errorf("check: code %d: %s", code, stdout)
			}
		})
	}
}

// What an operator changes in the calendar shows in what is promised, in the
// policy as it is kept, and in what diff says; a policy kept before is not
// changed by it.
func TestPolicyOverrides(t *testing.T) {
	s := newShell(t, binary(t))
	_, before, _ := s.run("policy", "show", "ask4", "--source")
	s.write("before.txt", before)
	plan := []string{"policy", "plan", "--policy", "ask4", "--from", "2026-12-23T16:00:00Z"}
	s.write("heed.yaml", "calendar_close: [2026-12-30..2026-12-31]\ncalendar_ics: own.ics\n")
	s.write("own.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261229\nSUMMARY:Stocktaking\nEND:VEVENT\nEND:VCALENDAR\n")
	s.env["HEED_CALENDAR_OPEN"] = "2026-12-31"
	code, stdout, stderr := s.run(plan...)
	for _, want := range []string{"   Tue 2026-12-29  Stocktaking", "   Wed 2026-12-30  closed by the operator", " + Thu 2026-12-31  working day 1"} {
		if code != 0 || !strings.Contains(strings.ReplaceAll(stdout, " +  ", " + "), want) {
			t.Errorf("code %d, no %q in:\n%s%s", code, want, stdout, stderr)
		}
	}
	_, after, _ := s.run("policy", "show", "ask4", "--source")
	if !strings.Contains(after, "2026-12-29\tTue\toff\toperator\tStocktaking") || strings.Contains(before, "Stocktaking") {
		t.Error("the policy as it is kept does not hold the operator's days")
	}
	code, said, stderr := s.run("policy", "diff", "before.txt", "ask4", "--at", "2026-12-23T16:00:00Z")
	if code != 0 || !strings.Contains(said, "2026-12-29") {
		t.Errorf("diff: code %d: %s%s", code, said, stderr)
	}
	_, same, _ := s.run("policy", "diff", "before.txt", "before.txt")
	if same == said || strings.Contains(same, "2026-12-29") {
		t.Errorf("a policy kept before differs from itself: %s", same)
	}
	s.refuses([]string{"policy", "diff", "before.txt", "ask4", "--at", "Christmas"}, "--at", "2026-12-23T16:00:00Z")
	s.refuses([]string{"policy", "diff", "before.txt", "ask5"}, `did you mean "ask4"?`)
}
