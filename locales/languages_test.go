package locales

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// checkLines tells what is wrong in the table itself: the forms in a line are
// those that whole numbers have in the language, and "other"; a name is there once.
func (t table) checkLines() []string {
	var problems []string
	names := map[string]bool{}
	for _, l := range t {
		say := func(format string, args ...any) {
			problems = append(problems, l.tag+": its line in languages.go "+fmt.Sprintf(format, args...))
		}
		need, used := t.need(l.tag), pluralsOf(l.tag)
		for _, form := range used {
			if !slices.Contains(need, form) {
				say("lacks the plural form %q", form)
			}
		}
		for _, form := range need {
			if !slices.Contains(used, form) {
				say("has the plural form %q, and no whole number does", form)
			}
		}
		if strings.TrimSpace(l.name) == "" || !norm.NFC.IsNormalString(l.name) || names[Fold(l.name)] {
			say("needs a name of its own, in normal form (NFC)")
		}
		names[Fold(l.name)] = true
	}
	return problems
}

// pluralsOf lists the forms of a language's whole numbers, "other" first.
func pluralsOf(lang string) []string {
	used := []string{"other"}
	tag, err := language.Parse(lang)
	if err != nil {
		return nil
	}
	b := i18n.NewBundle(tag)
	b.MustAddMessages(tag, &i18n.Message{ID: "form", Zero: "zero", One: "one", Two: "two", Few: "few", Many: "many", Other: "other"})
	speak := i18n.NewLocalizer(b, lang)
	for n := range 202 {
		if n == 201 {
			n = 1000000
		}
		if form := speak.MustLocalize(&i18n.LocalizeConfig{MessageID: "form", PluralCount: n}); !slices.Contains(used, form) {
			used = append(used, form)
		}
	}
	return used
}

func TestLinesAreRight(t *testing.T) {
	for _, p := range languages.checkLines() {
		t.Error(p)
	}
	for wrong, line := range map[string]table{
		`lacks the plural form "many"`:   {{"es", "Español", "one other"}},
		`has the plural form "few"`:      {{"es", "Español", "one few many other"}},
		`lacks the plural form "other"`:  {{"lo", "ລາວ", ""}},
		"needs a name of its own":        {{"es", "Français", "one many other"}, {"fr", "Français", "one many other"}},
		"es: its line in languages.go n": {{"es", " ", "one many other"}},
	} {
		if got := line.checkLines(); len(got) != 1 || !strings.Contains(got[0], wrong) {
			t.Errorf("%v: %q", line, got)
		}
	}
}
