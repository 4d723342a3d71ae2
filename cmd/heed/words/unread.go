package words

import (
	"slices"

	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

// languages is the order in which proofreaders are wanted: those first whose
// texts are the furthest from what their writers know.
var languages = []string{"lo", "vi", "zh-Hans", "it", "pl", "fr", "en"}

// Unread is what nobody native has read in one language.
type Unread struct {
	Language  string
	Customers []locales.Reading // each as it would stand in the record once it is read
	Staff     []locales.Reading
}

// List gives, language by language, Lao first, what no native speaker has read
// yet of the program's texts and those of some policies. Texts that a language
// lacks are not in it.
func List(words *locales.Catalog, record locales.Record, pols []*policy.Policy) []Unread {
	order := words.Languages()
	slices.SortStableFunc(order, func(a, b string) int { return wanted(a) - wanted(b) })
	var list []Unread
	for _, lang := range order {
		list = append(list, Of(words, record, pols, lang))
	}
	return list
}

func wanted(lang string) int {
	if i := slices.Index(languages, lang); i >= 0 {
		return i
	}
	return len(languages)
}

// Of is List for one language.
func Of(words *locales.Catalog, record locales.Record, pols []*policy.Policy, lang string) Unread {
	u := Unread{Language: lang}
	seen := map[string]bool{}
	take := func(to *[]locales.Reading, texts []Text) {
		for _, x := range texts {
			if x.Unread() && !seen[x.Key] {
				seen[x.Key] = true
				*to = append(*to, locales.Reading{Language: lang, Key: x.Key, Digest: locales.Digest(x.Source)})
			}
		}
	}
	for _, pol := range pols {
		b := Open(words, record, pol, lang)
		take(&u.Customers, Texts(b.Customers))
		take(&u.Staff, Texts(b.Staff))
	}
	return u
}
