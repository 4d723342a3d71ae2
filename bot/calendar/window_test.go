package calendar_test

import (
	"testing"

	"github.com/heedbot/heed/bot/calendar"
)

func TestContact(t *testing.T) {
	c := company(t, "gb-eng", gb, "mon-fri", "")
	for _, test := range []struct{ window, at, last, next string }{
		{"08:00-20:00", "2026-12-25T12:00:00Z", "2026-12-25T12:00:00Z", "2026-12-25T12:00:00Z"}, // holidays too
		{"08:00-20:00", "2026-12-25T23:59:59Z", "2026-12-25T20:00:00Z", "2026-12-26T08:00:00Z"},
		{"08:00-20:00", "2026-12-25T07:59:59Z", "2026-12-24T20:00:00Z", "2026-12-25T08:00:00Z"},
		{"08:00-20:00", "2026-12-25T08:00:00Z", "2026-12-25T08:00:00Z", "2026-12-25T08:00:00Z"},
		{"08:00-20:00", "2026-12-25T20:00:00Z", "2026-12-25T20:00:00Z", "2026-12-25T20:00:00Z"},
		{"08:00-20:00", "2026-12-25T20:00:01Z", "2026-12-25T20:00:00Z", "2026-12-26T08:00:00Z"},
		{"08:00-20:00", "2026-07-01T22:30:00Z", "2026-07-01T20:00:00+01:00", "2026-07-02T08:00:00+01:00"},
		{"08:00-20:00", "2026-03-29T00:30:00Z", "2026-03-28T20:00:00Z", "2026-03-29T08:00:00+01:00"},
		{"00:00-24:00", "2026-12-25T23:59:59Z", "2026-12-25T23:59:59Z", "2026-12-25T23:59:59Z"},
	} {
		w := must(calendar.ParseWindow(test.window))(t)
		wantAt(t, "last contact by "+test.at, c.LastContact(w, instant(t, test.at)), test.last)
		wantAt(t, "next contact from "+test.at, c.NextContact(w, instant(t, test.at)), test.next)
	}
	night := instant(t, "2026-12-25T03:00:00Z")
	if got := c.LastContact(calendar.Window{}, night); !got.Equal(night) {
		t.Errorf("no window: last contact %s, want any time", got)
	}
}

func TestNextOpen(t *testing.T) {
	c := company(t, "gb-eng", gb, "mon-fri", "")
	h := must(calendar.ParseHours("mon-fri 09:00-12:00+13:00-17:00"))(t)
	for _, test := range []struct{ at, want string }{
		{"2026-12-23T10:00:00Z", "2026-12-23T10:00:00Z"},
		{"2026-12-23T09:00:00Z", "2026-12-23T09:00:00Z"},
		{"2026-12-23T12:00:00Z", "2026-12-23T13:00:00Z"},
		{"2026-12-24T17:00:00Z", "2026-12-29T09:00:00Z"}, // Christmas, weekend, Boxing Day's substitute
		{"2026-03-28T12:00:00Z", "2026-03-30T09:00:00+01:00"},
	} {
		wantAt(t, "next opening from "+test.at, c.NextOpen(h, instant(t, test.at)), test.want)
	}
	if at := c.NextOpen(calendar.Hours{}, instant(t, "2026-12-23T10:00:00Z")); !at.IsZero() {
		t.Errorf("empty hours open at %s", at)
	}
}
