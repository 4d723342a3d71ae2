package calendar_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/heedbot/heed/bot/calendar"
)

func FuzzParseRule(f *testing.F) {
	for _, s := range []string{"24h", "3bh", "3d", "7wd", "8w", "30s", "007m", "3 days", "-1h", "0d", "3wdd", "1.5h", "٣d", "99999999999999999999s", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, err := calendar.ParseRule(s)
		if err != nil {
			return
		}
		if again, err := calendar.ParseRule(r.String()); err != nil || again != r {
			t.Errorf("%q: %s comes back as %s, %v", s, r, again, err)
		}
		if err := r.Check(); err != nil {
			t.Errorf("%q: parsed, then refused: %v", s, err)
		}
	})
}

func FuzzParseHours(f *testing.F) {
	for _, s := range []string{
		"mon-fri 08:00-12:00+13:00-17:00,sat 08:00-12:00", "mon,wed 09:00-17:00", "sun-thu 00:00-24:00", "mon 12:00-17:00+08:00-12:00",
		"mon 17:00-08:00", "mon", ",", "mon 08:00-12:00,mon 11:00-13:00", "",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		h, err := calendar.ParseHours(s)
		if err != nil {
			return
		}
		if again, err := calendar.ParseHours(h.String()); err != nil || !reflect.DeepEqual(again, h) {
			t.Errorf("%q: %q comes back as %q, %v", s, h, again, err)
		}
	})
}

func FuzzParseWindow(f *testing.F) {
	for _, s := range []string{"08:00-20:00", "00:00-24:00", "20:00-08:00", "8-20", "", "24:00-24:00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		w, err := calendar.ParseWindow(s)
		if err != nil {
			return
		}
		if again, err := calendar.ParseWindow(w.String()); err != nil || again != w || w.From >= w.To {
			t.Errorf("%q: %q comes back as %q, %v", s, w, again, err)
		}
	})
}

// sameDays fails unless a table's text gives the table back.
func sameDays(t *testing.T, d calendar.Days) {
	t.Helper()
	again, err := calendar.ParseTSV(d.Name(), d.Text())
	if err != nil || !reflect.DeepEqual(again, d) {
		t.Errorf("another table comes back (%v):\n%q\nwas\n%q", err, again.Text(), d.Text())
	}
}

func FuzzParseTSV(f *testing.F) {
	for _, name := range calendar.Names() {
		d, err := calendar.Builtin(name)
		if err != nil {
			f.Fatal(err)
		}
		// Short seeds: the fuzzer spends its time making long ones shorter.
		f.Add(strings.Join(strings.SplitAfter(d.Text(), "\n")[:6], ""))
	}
	f.Add("# covers 2026..2028\nkind\tdate\noff\t2026-12-25\nwork\t2026-12-26\n")
	f.Add("date\tkind\tstatus\tname_en\n2026-12-25\tinfo\toperator\ta\u0085b\n2026-12-25\toff\t\t\x00\n")
	f.Fuzz(func(t *testing.T, s string) {
		d, err := calendar.ParseTSV("fuzz", s)
		if err != nil {
			return
		}
		sameDays(t, d)
	})
}

func FuzzParseICS(f *testing.F) {
	for _, name := range []string{"cn", "vn"} {
		text, err := feeds.ReadFile("testdata/" + name + ".ics")
		if err != nil {
			f.Fatal(err)
		}
		whole, _, _ := strings.Cut(string(text), "END:VEVENT")
		f.Add(whole + "END:VEVENT\r\nEND:VCALENDAR\r\n")
	}
	f.Add(feed(event("DTSTART;VALUE=DATE:20260810", "DTEND;VALUE=DATE:20260813", "SUMMARY:a\\tb\\\\n\\;", "CATEGORIES:WORKING-DAY")))
	f.Add(feed(event("DTSTART;VALUE=DATE:22001231", "DURATION:P1W", "DESCRIPTION:x\\; law\\; y")))
	f.Add(feed(event("DTSTART;VALUE=DATE:20260501", "DESCRIPTION:New Year\x19; announced")))
	f.Add(feed(event("DTSTART;VALUE=DATE:20260501", "RRULE:FREQ=YEARLY")))
	f.Fuzz(func(t *testing.T, s string) {
		d, err := calendar.ParseICS("fuzz", s)
		if err != nil {
			return
		}
		sameDays(t, d)
	})
}
