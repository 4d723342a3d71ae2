package calendar_test

import (
	"strings"
	"testing"

	"github.com/heedbot/heed/bot/calendar"
)

func TestParseRule(t *testing.T) {
	for _, text := range []string{"30s", "90m", "24h", "3bh", "3d", "7wd", "8w"} {
		if got := must(calendar.ParseRule(text))(t).String(); got != text {
			t.Errorf("%q becomes %q", text, got)
		}
	}
	for text, says := range map[string]string{
		"3 days":                `write "3d"`,
		"3 working days":        `write "3wd"`,
		"24H":                   `write "24h"`,
		"2 weeks":               `write "2w"`,
		"3wdd":                  `unknown unit "wdd"`,
		"1month":                "units are s, m, h",
		"-1h":                   "at least 1",
		"0d":                    "at least 1",
		"1.5h":                  "90m",
		"7":                     "unit is missing",
		"":                      "whole number",
		"wd":                    "whole number",
		"4000d":                 "ten years",
		"99999999999999999999h": "ten years",
	} {
		if _, err := calendar.ParseRule(text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: error %v, want one with %q", text, err, says)
		}
	}
}

func TestParseWeek(t *testing.T) {
	for text, want := range map[string]string{
		"mon-fri": "mon-fri", "mon-sat": "mon-sat", "mon,wed-fri": "mon,wed-fri", "Mon, Tue": "mon-tue",
		"sun-thu": "mon-thu,sun", "sat-wed": "mon-wed,sat-sun", "mon-sun": "mon-sun",
	} {
		if got := must(calendar.ParseWeek(text))(t).String(); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
	for text, says := range map[string]string{
		"": "unknown day", "mon-": "unknown day", "monday": "write mon", "mon,mon-fri": "twice",
	} {
		if _, err := calendar.ParseWeek(text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: error %v, want one with %q", text, err, says)
		}
	}
}

func TestParseHours(t *testing.T) {
	for text, want := range map[string]string{
		"mon-fri 08:00-12:00+13:00-17:00,sat 08:00-12:00": "mon-fri 08:00-12:00+13:00-17:00,sat 08:00-12:00",
		"mon 13:00-17:00+08:00-12:00":                     "mon 08:00-12:00+13:00-17:00",
		"mon 08:00-12:00,mon 12:00-17:00":                 "mon 08:00-17:00",
		"mon,wed 09:00-17:00":                             "mon 09:00-17:00,wed 09:00-17:00",
		"sun-thu 00:00-24:00":                             "mon-thu 00:00-24:00,sun 00:00-24:00",
		"":                                                "",
	} {
		h := must(calendar.ParseHours(text))(t)
		if got := h.String(); got != want || h.Empty() != (want == "") {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
	for text, says := range map[string]string{
		"mon-fri 08:00-12:00+11:00-17:00":     "mon: 08:00-12:00 and 11:00-17:00 overlap",
		"mon-fri 08:00-12:00,fri 08:00-09:00": "fri: 08:00-12:00 and 08:00-09:00 overlap",
		"mon 17:00-08:00":                     "must end after it begins",
		"mon 08:00-08:00":                     "must end after it begins",
		"day 08:00-12:00":                     `unknown day "day"`,
		"mon 8:00-12:00":                      "08:00",
		"mon 08:00-25:00":                     "25:00",
		"mon 08:00":                           "stretch of time",
		"mon":                                 "mon has no times",
		"mon 08:00-12:00,":                    "between two commas",
		"mon 08:00-12:00 13:00-17:00":         "join the times",
		"mon 08:00-12:00+":                    "stretch of time",
	} {
		if _, err := calendar.ParseHours(text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: error %v, want one with %q", text, err, says)
		}
	}
}

func TestParseWindow(t *testing.T) {
	if got := must(calendar.ParseWindow("08:00-20:00"))(t); got != (calendar.Window{From: "08:00", To: "20:00"}) {
		t.Errorf("got %+v", got)
	}
	for _, text := range []string{"", "08:00", "20:00-08:00", "8-20", "08:00-20:00-22:00"} {
		if w, err := calendar.ParseWindow(text); err == nil {
			t.Errorf("%q accepted as %s", text, w)
		}
	}
}
