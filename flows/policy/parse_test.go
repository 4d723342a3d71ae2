package policy

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// Each file in testdata/problems is a pack with mistakes; the file .txt beside it is what its author is told.
func TestEveryMistakeIsNamedWithItsPlace(t *testing.T) {
	files, err := filepath.Glob("testdata/problems/*.yaml")
	if err != nil || len(files) < 10 {
		t.Fatalf("found %d packs: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			p, err := Parse(filepath.Base(file), string(text), "")
			var problems Problems
			if p != nil || !errors.As(err, &problems) {
				t.Fatalf("got %v, %v; want problems", p, err)
			}
			golden := strings.TrimSuffix(file, ".yaml") + ".txt"
			if *update {
				if err := os.WriteFile(golden, []byte(err.Error()+"\n"), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got := problems.Error() + "\n"; got != string(want) {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
			if base := filepath.Base(file); base != "empty.yaml" {
				for _, one := range problems {
					if one.Line == 0 || one.Column == 0 {
						t.Errorf("no place: %s", one)
					}
				}
			}
		})
	}
}

const small = `pack: small
version: "1"
title: {en: Small}
languages: [en]
timezone: Europe/London
calendar: gb-eng
ask:
  - {id: summary, type: text, required: true}
`

func TestWhatAPackLeavesOutHasADefault(t *testing.T) {
	p, err := Parse("small.yaml", small, "")
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Calendar.Week.String(); got != "mon-fri" {
		t.Errorf("week %s", got)
	}
	if got := p.Staff.String(); got != "mon-fri 09:00-17:00" {
		t.Errorf("staff hours %s", got)
	}
	if got := p.Contact.String(); got != "08:00-20:00" {
		t.Errorf("contact hours %s", got)
	}
	if len(p.Topics) != 1 || len(p.Promises) != 0 || !p.Chain || p.Rounds != 1 || p.Survey != nil || p.Conduct != nil {
		t.Errorf("got %+v", p)
	}
	if strings.Join(p.Accept, " ") != "chat" || strings.Join(p.Complainants, " ") != "customer" {
		t.Errorf("accepts %v from %v", p.Accept, p.Complainants)
	}
}

func TestALineEndingOfWindowsChangesNothing(t *testing.T) {
	a, err := Parse("a", small, "")
	if err != nil {
		t.Fatal(err)
	}
	b, err := Parse("b", "\ufeff"+strings.ReplaceAll(small, "\n", "\r\n"), "")
	if err != nil {
		t.Fatal(err)
	}
	if a.Hash != b.Hash {
		t.Error("the hash differs")
	}
}

func TestAnotherCalendarMakesAnotherPolicy(t *testing.T) {
	a, err := Parse("a", small, "")
	if err != nil {
		t.Fatal(err)
	}
	days, err := a.Calendar.Days.Override(nil, []string{"2026-08-10..2026-08-21"})
	if err != nil {
		t.Fatal(err)
	}
	b, err := Parse("a", strings.Replace(small, "gb-eng", "our-own", 1), days.Text())
	if err != nil {
		t.Fatal(err)
	}
	if a.Hash == b.Hash {
		t.Error("the hash is the same")
	}
	c, err := Load(b.Text())
	if err != nil {
		t.Fatal(err)
	}
	if c.Hash != b.Hash || c.Calendar.Days.Hash() != days.Hash() {
		t.Error("the operator's days were lost")
	}
	if _, err := Parse("a", small, "no table"); err == nil {
		t.Error("a broken calendar was taken")
	}
}

func TestLoadRefusesWhatTextDidNotMake(t *testing.T) {
	p, err := Builtin("ask4")
	if err != nil {
		t.Fatal(err)
	}
	text := p.Text()
	for name, bad := range map[string]string{
		"empty":   "",
		"cut":     text[:len(text)-1],
		"longer":  text + "x",
		"lengths": strings.Replace(text, "pack ", "pack 1", 1),
		"sign":    strings.Replace(text, "pack ", "pack -", 1),
		"form":    strings.Replace(text, "policy 1", "policy 2", 1),
		"pack":    strings.Replace(text, "version:", "vershun:", 1),
		"day":     strings.Replace(text, "2026-12-25\tFri", "2026-12-25\tThu", 1),
	} {
		if bad == text {
			t.Fatalf("%s: nothing was changed", name)
		}
		if _, err := Load(bad); err == nil {
			t.Errorf("%s: loaded", name)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, name := range Names() {
		text, err := BuiltinText(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	files, err := filepath.Glob("testdata/problems/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := Parse("fuzz", text, "")
		if err != nil {
			var problems Problems
			if !errors.As(err, &problems) || len(problems) == 0 || strings.TrimSpace(problems.Error()) == "" {
				t.Fatalf("not problems: %v", err)
			}
			return
		}
		again, err := Load(p.Text())
		if err != nil {
			t.Fatalf("a pack that was taken is not loaded: %v", err)
		}
		if again.Hash != p.Hash {
			t.Fatal("the hash changed")
		}
	})
}

func FuzzLoad(f *testing.F) {
	p, err := Parse("small", small, "")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(p.Text())
	f.Fuzz(func(t *testing.T, text string) {
		p, err := Load(text)
		if err == nil && p.Text() != text {
			t.Fatal("another text comes back")
		}
	})
}
