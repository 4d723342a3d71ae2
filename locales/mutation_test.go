package locales

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// mutation breaks one text of a language.
type mutation struct {
	name string
	// breaks gives the text broken in every way, none where it cannot be broken
	// so. English is what the others are compared with.
	breaks func(id string, text, en forms) []broken
	// english says that a text can be broken so in English too.
	english bool
}

// broken is a text that is wrong, nil if it is gone, and what is said of it.
type broken struct {
	text forms
	want string
}

var mutations = []mutation{
	{"a key deleted", func(string, forms, forms) []broken {
		return []broken{{nil, "missing"}}
	}, false},
	{"a placeholder renamed", func(_ string, text, en forms) []broken {
		return inTurn(text, en, func(name string) string { return "{{.X" + name + "}}" })
	}, false},
	{"a placeholder lost", func(_ string, text, en forms) []broken {
		return inTurn(text, en, func(string) string { return "?" })
	}, false},
	{"a plural form dropped", func(_ string, text, en forms) []broken {
		var all []broken
		for _, form := range slices.Sorted(maps.Keys(text)) {
			if en.counted() {
				less := maps.Clone(text)
				delete(less, form)
				all = append(all, broken{less, fmt.Sprintf("no plural form %q", form)})
			}
		}
		return all
	}, false},
	{"as in English", func(id string, text, en forms) []broken {
		section, rest, _ := strings.Cut(id, ".")
		names := slices.Contains([]string{"weekdays", "months", "alone"}, rest)
		patterns := slices.Contains([]string{"calendar", "number", "list"}, section) && !names
		words := strings.ContainsFunc(bare(en["other"], ""), unicode.IsLetter)
		if patterns || !words {
			return nil
		}
		return changed(text, func(string) string { return en["other"] }, stillEnglish)
	}, false},
	{"made too long", func(id string, text, _ forms) []broken {
		most := limit(id)
		if most == 0 {
			return nil
		}
		return changed(text, func(s string) string {
			return s + strings.Repeat("x", max(most+1-shown(s), 1))
		}, fmt.Sprintf("at most %d fit", most))
	}, true},
	{"no text at all", func(_ string, text, _ forms) []broken {
		return changed(text, func(string) string { return "" }, "empty")
	}, true},
	{"decomposed", func(_ string, text, _ forms) []broken {
		return changed(text, func(s string) string { return s + "e\u0301" }, "not in normal form")
	}, true},
}

// inTurn puts something else in the place of each field in turn.
func inTurn(text, en forms, other func(name string) string) []broken {
	var all []broken
	for _, name := range fieldsOf(en["other"]) {
		less := maps.Clone(text)
		for form, s := range less {
			less[form] = strings.ReplaceAll(s, "{{."+name+"}}", other(name))
		}
		all = append(all, broken{less, "has the fields"})
	}
	return all
}

// changed changes each plural form in turn.
func changed(text forms, change func(string) string, want string) []broken {
	var all []broken
	for _, form := range slices.Sorted(maps.Keys(text)) {
		other := maps.Clone(text)
		other[form] = change(other[form])
		all = append(all, broken{other, want})
	}
	return all
}

// TestMutationsAreCaught breaks every text of every language in every way: each
// is told, at the key that was broken. Texts are looked at one by one, so all of
// a file are broken at the same time.
func TestMutationsAreCaught(t *testing.T) {
	all := map[string]file{}
	for lang, s := range source(t) {
		f, bad := parse(lang, s)
		if len(bad) > 0 {
			t.Fatal(bad)
		}
		all[lang] = f
	}
	en := all[english]
	for _, l := range languages {
		t.Run(l.tag, func(t *testing.T) {
			t.Parallel()
			for _, m := range mutations {
				if l.tag == english && !m.english {
					continue
				}
				times := map[string]int{}
				for n, more := 0, true; more; n++ {
					more = false
					f, with, want := file{}, file{}, map[string]string{} // of the broken ones alone
					for id, text := range all[l.tag] {
						if en[id] == nil {
							continue // that is said elsewhere
						}
						ways := m.breaks(id, text, en[id])
						if n >= len(ways) {
							continue
						}
						more = true
						times[id]++
						with[id], want[id] = en[id], ways[n].want
						if ways[n].text != nil {
							f[id] = ways[n].text
						}
					}
					if !more {
						break
					}
					if l.tag == english {
						with = f
					}
					said := map[string]string{}
					for _, p := range languages.compare(l.tag, f, with) {
						said[where(p)] += p + "\n"
					}
					for id, w := range want {
						if !strings.Contains(said[l.tag+" "+id], w) {
							t.Errorf("%s: %s (%d): nobody says so", m.name, id, n)
						}
					}
				}
				if len(times) < 5 {
					t.Errorf("%s: only %d texts could be broken so", m.name, len(times))
				}
				expectAll(t, m, l, en, times)
			}
		})
	}
}

// expectAll looks whether a mutation was tried on all texts it is for.
func expectAll(t *testing.T, m mutation, l line, en file, times map[string]int) {
	t.Helper()
	for id, text := range en {
		label := slices.Contains(answers, id) || slices.ContainsFunc([]string{"button.", "option.", "command.", "staff.button.", "staff.title."},
			func(family string) bool { return strings.HasPrefix(id, family) })
		switch {
		case m.name == "made too long" && label && times[id] == 0:
			t.Errorf("%s can be of any length", id)
		case m.name == "a plural form dropped" && text.counted() && times[id] != len(strings.Fields(l.plurals)):
			t.Errorf("%s: %d plural forms were dropped, %s has %s", id, times[id], l.tag, l.plurals)
		}
	}
}

func clone(f file) file {
	c := file{}
	for id, t := range f {
		c[id] = maps.Clone(t)
	}
	return c
}
