package calendar_test

import (
	"embed"
	"slices"
	"strings"
	"testing"

	"github.com/heedbot/heed/bot/calendar"
)

//go:embed testdata/*.ics
var feeds embed.FS

func TestICSEqualsTheTable(t *testing.T) {
	files := must(feeds.ReadDir("testdata"))(t)
	for _, f := range files {
		name := strings.TrimSuffix(f.Name(), ".ics")
		text := must(feeds.ReadFile("testdata/" + f.Name()))(t)
		got := must(calendar.ParseICS(name, string(text)))(t)
		table := must(calendar.Builtin(name))(t)
		// A feed holds no rows that count for nothing.
		want := slices.DeleteFunc(table.Rows(), func(d calendar.Day) bool { return d.Kind == calendar.Info })
		if !slices.Equal(got.Rows(), want) {
			t.Errorf("%s: the feed gives\n%+v\nthe table\n%+v", name, got.Rows(), want)
		}
		if !got.Until().Equal(table.Until()) || !got.Since().Equal(table.Since()) {
			t.Errorf("%s: covers %s to %s", name, got.Since(), got.Until())
		}
	}
}

func feed(lines ...string) string {
	return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VCALENDAR\r\n"
}

func event(lines ...string) string {
	return "BEGIN:VEVENT\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VEVENT"
}

func TestParseICS(t *testing.T) {
	zone := "BEGIN:VTIMEZONE\r\nTZID:Europe/Paris\r\nBEGIN:DAYLIGHT\r\nDTSTART:19810329T020000\r\n" +
		"RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE"
	for name, test := range map[string]struct {
		text string
		want []string // date kind name
	}{
		"the end is the day after the last": {
			feed(event("DTSTART;VALUE=DATE:20260810", "DTEND;VALUE=DATE:20260813", "SUMMARY:Closed")),
			[]string{"2026-08-10 off Closed", "2026-08-11 off Closed", "2026-08-12 off Closed"}},
		"no end is one day": {
			feed(event("DTSTART;VALUE=DATE:20260810", "SUMMARY:Closed")), []string{"2026-08-10 off Closed"}},
		"an end equal to the start is one day": {
			feed(event("DTSTART;VALUE=DATE:20260810", "DTEND;VALUE=DATE:20260810", "SUMMARY:Closed")), []string{"2026-08-10 off Closed"}},
		"a length in days": {
			feed(event("DTSTART;VALUE=DATE:20261231", "DURATION:P2D", "SUMMARY:Closed")), []string{"2026-12-31 off Closed", "2027-01-01 off Closed"}},
		"folded inside a letter, escaped, quoted": {
			feed(event("DTSTART;X-A=\"b:c;d\";VALUE=DATE:20260501", "SUMMARY:F\xc3\r\n \xaate du Travail\\, m\\nai")),
			[]string{"2026-05-01 off Fête du Travail, m ai"}},
		"line ends and letter case of other programs": {
			"begin:VCALENDAR\nbegin:vevent\ndtstart;value=date:20260501\nsummary:May\nend:vevent\nend:VCALENDAR", []string{"2026-05-01 off May"}},
		"a working day": {
			feed(event("DTSTART;VALUE=DATE:20260104", "CATEGORIES:Office,WORKING-DAY", "SUMMARY:Make-up")), []string{"2026-01-04 work Make-up"}},
		"a zone's own rules and a reminder's own words": {
			feed(zone, event("DTSTART;VALUE=DATE:20260501", "SUMMARY:May", "BEGIN:VALARM", "TRIGGER:-PT5M", "DURATION:PT5M", "SUMMARY:Beep", "END:VALARM")),
			[]string{"2026-05-01 off May"}},
		"cancelled": {
			feed(event("DTSTART;VALUE=DATE:20260501", "STATUS:CANCELLED"), event("DTSTART;VALUE=DATE:20260502", "SUMMARY:May")),
			[]string{"2026-05-02 off May"}},
		"doubtful days count for nothing": {
			feed(event("DTSTART;VALUE=DATE:20260329", "SUMMARY:Daylight Saving Time starts"),
				event("DTSTART;VALUE=DATE:20260214", "SUMMARY:Valentine's Day", "DESCRIPTION:Observance\\nTo hide observances\\, see the settings")),
			[]string{"2026-02-14 info Valentine's Day", "2026-03-29 info Daylight Saving Time starts"}},
	} {
		d, err := calendar.ParseICS("feed", test.text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []string
		for _, row := range d.Rows() {
			got = append(got, row.Date+" "+string(row.Kind)+" "+row.Name)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestParseICSRefuses(t *testing.T) {
	good := event("DTSTART;VALUE=DATE:20260501", "SUMMARY:May")
	for name, test := range map[string]struct{ text, says string }{
		"repeating":         {feed(event("DTSTART;VALUE=DATE:20260501", "RRULE:FREQ=YEARLY", "SUMMARY:secret")), "line 5: RRULE: repeating events are not supported"},
		"more dates":        {feed(event("DTSTART;VALUE=DATE:20260501", "RDATE;VALUE=DATE:20270501")), "repeating"},
		"a time of day":     {feed(event("DTSTART;TZID=Europe/Paris:20260501T090000", "SUMMARY:secret")), "all-day"},
		"ends before begin": {feed(event("DTSTART;VALUE=DATE:20260501", "DTEND;VALUE=DATE:20260430")), "before it begins"},
		"endless":           {feed(event("DTSTART;VALUE=DATE:20260501", "DTEND;VALUE=DATE:20990430")), "366 days"},
		"no start":          {feed(event("SUMMARY:secret")), "event at line 3: DTSTART is missing"},
		"no date":           {feed(event("DTSTART;VALUE=DATE:20261301")), "not a date"},
		"hours long":        {feed(event("DTSTART;VALUE=DATE:20260501", "DURATION:PT3H")), "whole days"},
		"two kinds":         {feed(event("DTSTART;VALUE=DATE:20260501", "CATEGORIES:HOLIDAY,WORKING-DAY")), "both"},
		"two kinds, twice":  {feed(good, event("DTSTART;VALUE=DATE:20260501", "CATEGORIES:WORKING-DAY")), "both"},
		"broken off":        {strings.TrimSuffix(feed(good), "END:VCALENDAR\r\n"), "breaks off"},
		"broken off inside": {"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260501\r\n", "END:VEVENT is missing"},
		"no events":         {feed(), "no all-day events"},
		"a web page":        {"<!doctype html>\n<title>Sign in: secret</title>", "not an iCalendar"},
		"nothing":           {"", "not an iCalendar file"},
		"wrong end":         {"BEGIN:VCALENDAR\nEND:VEVENT\n", "not begun"},
	} {
		_, err := calendar.ParseICS("feed", test.text)
		if err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: error %v, want one with %q", name, err, test.says)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the error repeats the feed's words: %v", name, err)
		}
	}
}

func TestOverlay(t *testing.T) {
	c := company(t, "gb-eng", gb, "mon-fri", "")
	own := must(calendar.ParseICS("own", feed(
		event("DTSTART;VALUE=DATE:20301224", "SUMMARY:Closed"),
		event("DTSTART;VALUE=DATE:20261224", "SUMMARY:Office party"),
		event("DTSTART;VALUE=DATE:20261228", "SUMMARY:Stock-taking", "CATEGORIES:WORKING-DAY"))))(t)
	c.Days = c.Days.Overlay(own)
	got := due(t, c, "2026-12-23T10:00:00Z", "1wd")
	want := `  2026-12-23 day of the event, not counted
  2026-12-24 Office party
  2026-12-25 Christmas Day
  2026-12-26 Boxing Day
  2026-12-27 Sunday
+ 2026-12-28 working day 1, Stock-taking`
	if show(got) != want {
		t.Errorf("got\n%s\nwant\n%s", show(got), want)
	}
	wantAt(t, "until", c.Days.Until(), "2028-12-31T23:59:59Z")
}
