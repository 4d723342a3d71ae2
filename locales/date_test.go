package locales

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"
)

// TestDatesAsCLDR compares with what Unicode CLDR 48 prints.
func TestDatesAsCLDR(t *testing.T) {
	for _, f := range rows(t, "testdata/dates-golden.tsv", 6) {
		at, err := time.Parse("2006-01-02T15:04", f[1])
		if err != nil {
			t.Fatal(err)
		}
		for i, got := range []string{Date(f[0], at), DateTime(f[0], at), Long(f[0], at), Medium(f[0], at)} {
			if got != f[i+2] {
				t.Errorf("%s %s: %q, not %q", f[0], f[1], got, f[i+2])
			}
		}
	}
}

// TestMonthsAsCLDR has each month of a year, inside dates and alone.
func TestMonthsAsCLDR(t *testing.T) {
	for _, f := range rows(t, "testdata/months-golden.tsv", 5) {
		at, err := time.Parse(time.DateOnly, f[1])
		if err != nil {
			t.Fatal(err)
		}
		for i, got := range []string{Long(f[0], at), Medium(f[0], at), Month(f[0], at)} {
			if got != f[i+2] {
				t.Errorf("%s %s: %q, not %q", f[0], f[1], got, f[i+2])
			}
		}
	}
}

// TestEveryDayAsCLDR has each day of five years, against what ICU 78 (CLDR 48)
// printed for them: the full date, the same with the time, the long and the
// medium date, a tab between, a line a day.
func TestEveryDayAsCLDR(t *testing.T) {
	for lang, want := range map[string]string{
		"en":      "53c7ff626213a122c1154dbc164ee0331579eff408b461a1461570c5f98e0856",
		"fr":      "8a76422fb42dd5ed3223504ae15df5003793b5db84a4bd941a3951c96be1c59b",
		"pl":      "b17ff07252ecf62b99b3b64916fd0645cfee41a03da7ce9cdea495331e8436ea",
		"it":      "b4af2aa0b8cac6c6a4a51b227c003a79447f56e7e4a8f40246c8d8bfba62ec3b",
		"vi":      "5db7325b5088ffc8b0c6cdea2c7c4dc4b61eb3daf0ddccf4242a6d641e9f3e15",
		"zh-Hans": "fadc9f8eaf7616a064ff3189a7355f95fa99e9caa0f5bed4f14f03b9d3344a05",
		"lo":      "f53b071646dd36253fcb3900e851ab5c2ffa0e2686692710acd4e1e179e40544",
	} {
		sum := sha256.New()
		for at := time.Date(2026, 1, 1, 9, 5, 0, 0, time.UTC); at.Year() < 2031; at = at.AddDate(0, 0, 1) {
			fmt.Fprintf(sum, "%s\t%s\t%s\t%s\n", Date(lang, at), DateTime(lang, at), Long(lang, at), Medium(lang, at))
		}
		if got := hex.EncodeToString(sum.Sum(nil)); got != want {
			t.Errorf("%s: the dates of five years are not those of CLDR", lang)
		}
	}
}

// rows reads a table: twelve rows for each of the seven languages, and a head.
func rows(t *testing.T, path string, columns int) [][]string {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all [][]string
	for i, line := range strings.Split(strings.TrimSpace(string(src)), "\n")[1:] {
		f := strings.Split(line, "\t")
		if len(f) != columns {
			t.Fatalf("%s: line %d has %d columns", path, i+2, len(f))
		}
		all = append(all, f)
	}
	if len(all) != 84 {
		t.Fatalf("%s: %d rows", path, len(all))
	}
	return all
}

func TestMonthStandsAlone(t *testing.T) {
	at := time.Date(2026, time.December, 3, 9, 30, 0, 0, time.UTC)
	for lang, want := range map[string]string{
		"en": "December 2026", "fr": "décembre 2026", "pl": "grudzień 2026", "it": "dicembre 2026",
		"vi": "tháng 12 năm 2026", "zh-Hans": "2026年12月", "lo": "ທັນວາ 2026", "xx": "December 2026",
	} {
		if got := Month(lang, at); got != want {
			t.Errorf("%s: %q, not %q", lang, got, want)
		}
	}
}

// TestEveryDayIsTold writes each day of four years in each language: no two days
// look the same, nothing is left of a pattern, and all is in normal form.
func TestEveryDayIsTold(t *testing.T) {
	for _, l := range languages {
		lang := l.tag
		if _, err := readCalendar(files, lang); err != nil {
			t.Error(err)
		}
		seen := map[string]time.Time{}
		for at := time.Date(2026, 1, 1, 9, 5, 0, 0, time.UTC); at.Year() < 2030; at = at.AddDate(0, 0, 1) {
			for _, s := range []string{Date(lang, at), "l " + Long(lang, at), "m " + Medium(lang, at)} {
				if was, ok := seen[s]; ok {
					t.Errorf("%s: %q is both %s and %s", lang, s, was, at)
				}
				seen[s] = at
				if strings.ContainsAny(s, "{}_") || strings.Contains(s, "  ") || !norm.NFC.IsNormalString(s) || s != strings.TrimSpace(s) {
					t.Errorf("%s: %q", lang, s)
				}
			}
		}
		if len(seen) != 3*1461 {
			t.Errorf("%s: %d different dates of 4 years", lang, len(seen))
		}
	}
}

func TestDatesOfAnUnknownLanguageAreEnglish(t *testing.T) {
	at := time.Date(2026, time.May, 31, 9, 5, 0, 0, time.UTC)
	if got := DateTime("de", at); got != "Sunday, 31 May 2026 at 09:05" {
		t.Error(got)
	}
}

// TestZoneIsKept: the instant is written as the clock of its own zone shows it.
func TestZoneIsKept(t *testing.T) {
	at := time.Date(2026, time.December, 31, 23, 30, 0, 0, time.UTC).In(time.FixedZone("", 7*3600))
	if got := DateTime("pl", at); got != "piątek, 1 stycznia 2027 06:30" {
		t.Error(got)
	}
}
