package locales

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// mutation breaks one text of a language; false where it cannot be broken so.
type mutation struct {
	name  string
	apply func(f file, id string) bool
	want  []string // one of these is said of it
}

var mutations = []mutation{
	{"a key deleted", func(f file, id string) bool {
		delete(f, id)
		return true
	}, []string{"missing"}},
	{"a placeholder renamed", func(f file, id string) bool {
		names := fieldsOf(f[id]["other"])
		for form, s := range f[id] {
			if len(names) > 0 {
				f[id][form] = strings.ReplaceAll(s, "{{."+names[0]+"}}", "{{.X"+names[0]+"}}")
			}
		}
		return len(names) > 0
	}, []string{"has the fields"}},
	{"a placeholder lost", func(f file, id string) bool {
		names := fieldsOf(f[id]["other"])
		for form, s := range f[id] {
			if len(names) > 0 {
				f[id][form] = strings.ReplaceAll(s, "{{."+names[0]+"}}", "?")
			}
		}
		return len(names) > 0
	}, []string{"has the fields"}},
	{"a plural form dropped", func(f file, id string) bool {
		forms := slices.Sorted(maps.Keys(f[id]))
		if len(forms) < 2 {
			return false
		}
		delete(f[id], forms[0])
		return true
	}, []string{"no plural form", "counted, but not in English"}},
	{"made too long", func(f file, id string) bool {
		f[id]["other"] += strings.Repeat(" ຄຳ", limit(id))
		return limit(id) > 0
	}, []string{"at most"}},
	{"no text at all", func(f file, id string) bool {
		f[id]["other"] = ""
		return true
	}, []string{"empty"}},
	{"decomposed", func(f file, id string) bool {
		f[id]["other"] += "e\u0301"
		return true
	}, []string{"not in normal form"}},
}

// TestMutationsAreCaught breaks texts of every language, here and there and in
// every way: each is told, at the key that was broken.
func TestMutationsAreCaught(t *testing.T) {
	all := map[string]file{}
	for lang, s := range source(t) {
		f, bad := parse(lang, s)
		if len(bad) > 0 {
			t.Fatal(bad)
		}
		all[lang] = f
	}
	for _, l := range languages {
		t.Run(l.tag, func(t *testing.T) {
			t.Parallel()
			for _, m := range mutations {
				if l.tag == english && m.name != "made too long" && m.name != "decomposed" && m.name != "no text at all" {
					continue // English is what the others are compared with
				}
				broken := 0
				for i, id := range sampled(all[english], m) {
					f := clone(all[l.tag])
					if f[id] == nil || !m.apply(f, id) {
						continue
					}
					broken++
					if !says(languages.check(map[string]file{english: all[english], l.tag: f}), l.tag+" "+id+": ", m.want) {
						t.Errorf("%s: %s (%d): nobody says so", m.name, id, i)
					}
				}
				if broken == 0 && (m.name != "a plural form dropped" || strings.Contains(l.plurals, " ")) {
					t.Errorf("%s: no text could be broken so", m.name)
				}
			}
		})
	}
}

// sampled are some of the texts that a mutation can break.
func sampled(en file, m mutation) []string {
	var ids []string
	for _, id := range slices.Sorted(maps.Keys(en)) {
		f := clone(file{id: en[id]})
		if m.apply(f, id) {
			ids = append(ids, id)
		}
	}
	const most = 6
	step := max(len(ids)/most, 1)
	var some []string
	for i := 0; i < len(ids); i += step {
		some = append(some, ids[i])
	}
	return some
}

func clone(f file) file {
	c := file{}
	for id, t := range f {
		c[id] = maps.Clone(t)
	}
	return c
}

func says(problems []string, at string, any []string) bool {
	return slices.ContainsFunc(problems, func(p string) bool {
		return strings.HasPrefix(p, at) && slices.ContainsFunc(any, func(w string) bool { return strings.Contains(p, w) })
	})
}
