package calendar_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot/calendar"
)

func TestBuiltin(t *testing.T) {
	if got, want := calendar.Names(), []string{"cn", "fr", "gb-eng", "it", "la", "pl", "vn"}; !slices.Equal(got, want) {
		t.Errorf("names %v, want %v", got, want)
	}
	for _, name := range calendar.Names() {
		d := must(calendar.Builtin(name))(t)
		if d.Name() != name || len(d.Rows()) < 20 {
			t.Errorf("%s: named %q, %d rows", name, d.Name(), len(d.Rows()))
		}
		wantAt(t, name+" since", d.Since(), "2026-01-01T00:00:00Z")
		wantAt(t, name+" until", d.Until(), "2028-12-31T23:59:59Z")
	}
	for _, name := range []string{"gb-sct", "", "../tsv"} {
		if _, err := calendar.Builtin(name); err == nil || !strings.Contains(err.Error(), "cn, fr, gb-eng, it, la, pl, vn") {
			t.Errorf("%q: error %v, want one naming the known ones", name, err)
		}
	}
}

func TestTextGivesTheSameDaysBack(t *testing.T) {
	for _, name := range calendar.Names() {
		d := must(calendar.Builtin(name))(t)
		changed := must(d.Override([]string{"2028-12-25..2028-12-31", "2026-05-25"}, []string{"2031-01-02", "2026-08-10..2026-08-21"}))(t)
		if changed.Hash() == d.Hash() {
			t.Errorf("%s: an override does not change the hash", name)
		}
		for _, d := range []calendar.Days{d, changed, {}} {
			again := must(calendar.ParseTSV(d.Name(), d.Text()))(t)
			if !reflect.DeepEqual(again, d) || again.Hash() != d.Hash() {
				t.Errorf("%s: another table comes back:\n%s\nwas\n%s", name, again.Text(), d.Text())
			}
		}
		wantAt(t, name+" overridden until", changed.Until(), "2028-12-31T23:59:59Z")
	}
}

func TestOverridePrecedence(t *testing.T) {
	c := company(t, "cn", "Asia/Shanghai", "mon-fri", "")
	c.Days = must(c.Days.Override(
		[]string{"2026-08-12", "2026-10-01", "2026-08-16"},
		[]string{"2026-08-10..2026-08-21", "2026-10-10", "2026-12-25"}))(t)
	for day, works := range map[string]bool{
		"2026-08-10": false, "2026-08-21": false, // close over weekday, both ends
		"2026-08-22": false, "2026-08-24": true,
		"2026-08-12": true, // open over close
		"2026-08-16": true, // open over Sunday
		"2026-10-01": true, // open over file
		"2026-10-02": false,
		"2026-10-10": false, // close over a make-up day
		"2026-12-25": false,
		"2026-01-04": true, // the file over Sunday
	} {
		if got := c.WorkingDay(must(time.ParseInLocation(time.DateOnly, day, c.Zone))(t)); got != works {
			t.Errorf("%s worked: %v, want %v", day, got, works)
		}
	}
	for _, bad := range []string{"2026-13-01", "2026-08-21..2026-08-10", "tomorrow", "2026-08-10..", "1026-01-01", "2026-01-01..2099-01-01"} {
		if _, err := c.Days.Override(nil, []string{bad}); err == nil || !strings.Contains(err.Error(), "close") {
			t.Errorf("close %q: error %v", bad, err)
		}
		if _, err := c.Days.Override([]string{bad}, nil); err == nil || !strings.Contains(err.Error(), "open") {
			t.Errorf("open %q: error %v", bad, err)
		}
	}
}

func TestOverrideLeavesTheOriginalAlone(t *testing.T) {
	d := must(calendar.Builtin("vn"))(t)
	before := d.Text()
	must(d.Override([]string{"2026-01-01"}, []string{"2026-11-24"}))(t)
	d.Rows()[0].Name = "changed"
	if d.Text() != before {
		t.Error("the table changed")
	}
}

func TestConfirmedDaysKeepTheirNames(t *testing.T) {
	c := company(t, "vn", vn, "mon-fri", "")
	c.Days = must(c.Days.Override(nil, []string{"2026-11-24", "2027-02-04"}))(t)
	if got := show(due(t, c, "2026-11-23T10:00:00+07:00", "1wd")); !strings.Contains(got, "2026-11-24 Vietnam Culture Day\n") {
		t.Errorf("got\n%s", got)
	}
	if got := show(due(t, c, "2027-02-03T10:00:00+07:00", "1wd")); !strings.Contains(got, "2027-02-04 Tet holiday\n") {
		t.Errorf("an estimate the operator closed is still called one:\n%s", got)
	}
}

func TestParseTSV(t *testing.T) {
	d := must(calendar.ParseTSV("ours", "# our own\r\ndate\tkind\tname_en\r\n2027-05-01\toff\tLabour Day\r\n2026-12-25\toff\r\n2027-05-01\toff\tUnion Day\r\n"))(t)
	rows := d.Rows()
	if len(rows) != 2 || rows[0].Date != "2026-12-25" || rows[1].Name != "Labour Day; Union Day" {
		t.Errorf("rows %+v", rows)
	}
	wantAt(t, "until", d.Until(), "2027-12-31T23:59:59Z")
	head := "date\tweekday\tkind\tstatus\n"
	for text, says := range map[string]string{
		"":                                  "columns",
		"day\tkind\n":                       `"date" is missing`,
		head + "2026-02-30\t\toff\t\n":      "line 2",
		head + "2026-12-25\tThu\toff\t\n":   "is a Friday",
		head + "2026-12-25\t\tholiday\t\n":  "off, work or info",
		head + "2026-12-25\t\toff\tmaybe\n": "law, announced",
		head + "2026-12-25\n":               "off, work or info",
		head + "2026-12-25\t\toff\n2026-12-25\t\twork\n": "both",
		"# covers 2028..2026\n" + head:                   "years",
		head + "2026-12-25\t\toff\t\xff\n":               "UTF-8",
	} {
		if _, err := calendar.ParseTSV("ours", text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: error %v, want one with %q", text, err, says)
		}
	}
}

func TestCoveredYearsOutliveTheirRows(t *testing.T) {
	d := must(calendar.ParseTSV("ours", "date\tkind\n2026-12-25\toff\n2027-12-25\toff\n"))(t)
	opened := must(d.Override([]string{"2027-12-25"}, []string{"2029-01-02"}))(t)
	for _, d := range []calendar.Days{opened, must(calendar.ParseTSV("ours", opened.Text()))(t)} {
		wantAt(t, "until", d.Until(), "2027-12-31T23:59:59Z")
	}
}
