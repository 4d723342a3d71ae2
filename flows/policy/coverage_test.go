package policy

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/heedbot/heed/locales"
)

// TestPacksAreWhole: the packs that come with the program say everything in each of its languages.
func TestPacksAreWhole(t *testing.T) {
	words, err := locales.Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range Names() {
		p, err := Builtin(name)
		if err != nil {
			t.Fatal(err)
		}
		first := p.Coverage(words.Languages()[0], spoken(words)).Texts
		for _, lang := range words.Languages() {
			c := p.Coverage(lang, spoken(words))
			for _, g := range c.Gaps {
				t.Errorf("%s: %s lacks %s", name, lang, g.Key)
			}
			if c.Language != lang || c.Texts != first || c.Texts < 5 {
				t.Errorf("%s: %s has %d texts, another language %d", name, c.Language, c.Texts, first)
			}
		}
	}
}

// TestDeletedTextsAreFound takes each text for customers out of each of the packs in each language: it is missed there,
// and nothing else is anywhere.
func TestDeletedTextsAreFound(t *testing.T) {
	words, err := locales.Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			whole, err := Builtin(name)
			if err != nil {
				t.Fatal(err)
			}
			deleted, before := 0, map[string][]Gap{} // none, but for a language to come
			for _, lang := range words.Languages() {
				before[lang] = whole.Coverage(lang, spoken(words)).Gaps
			}
			for _, lang := range words.Languages() {
				for _, key := range append(sortedKeys(whole.Texts[lang]), "title") {
					family, _, _ := strings.Cut(key, ".")
					if family == "guidance" || key == "company" || key == "topic.any" {
						continue // staff alone see the first; the second need be there once; an only topic has no name
					}
					if slices.ContainsFunc(before[lang], func(g Gap) bool { return g.Key == key }) {
						continue // the pack has not been written in this language yet
					}
					deleted++
					p := without(whole, lang, key)
					for _, other := range words.Languages() {
						gaps := slices.DeleteFunc(p.Coverage(other, spoken(words)).Gaps, func(g Gap) bool {
							return slices.ContainsFunc(before[other], func(b Gap) bool { return b.Key == g.Key })
						})
						if found := len(gaps) == 1 && gaps[0].Language == lang && gaps[0].Key == key; found != (other == lang) || !found && len(gaps) > 0 {
							t.Errorf("%s taken out of %s: %s has the gaps %v", key, lang, other, gaps)
						}
					}
					wrong := slices.ContainsFunc(p.Gaps(spoken(words)), func(g Gap) bool { return g.Language == lang && g.Key == key })
					if want := slices.Contains(p.Languages, lang) && key != "title"; wrong != want {
						t.Errorf("%s taken out of %s: it is wrong, %v", key, lang, wrong)
					}
				}
			}
			if deleted < 50 {
				t.Errorf("%d texts were taken out", deleted)
			}
		})
	}
}

// without is a pack that lacks one text.
func without(p *Policy, lang, key string) *Policy {
	q := *p
	if key == "title" {
		q.Title = maps.Clone(p.Title)
		delete(q.Title, lang)
		return &q
	}
	q.Texts = maps.Clone(p.Texts)
	q.Texts[lang] = maps.Clone(p.Texts[lang])
	delete(q.Texts[lang], key)
	return &q
}

// TestCoverageTellsWhatIsSeenInstead of a text that a language lacks.
func TestCoverageTellsWhatIsSeenInstead(t *testing.T) {
	text := strings.Replace(small, "languages: [en]", "languages: [en, fr]", 1)
	text = strings.Replace(text, "ask:\n", `hotline: "+44 20 7946 0000"
topics: {bill: {}, fault: {}}
externals: {ico: {name: ICO}}
refuse_reasons: [no_grounds, settled]
ask:
  - {id: topic, type: choice}
`, 1)
	p := parsed(t, text+`texts:
  en: {company: Us, topic.bill: Bill, topic.fault: Fault, reason.settled: Settled, dispute: Say so, zone: our time, urgent: Call us, privacy: Kept, guidance: Be kind, external.ico: the ICO}
  fr: {topic.bill: Facture, policy: La nôtre}
  vi: {topic.bill: Hóa đơn, who: Ai cũng được}
`)
	words, err := locales.Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[string]string{
		"en": "policy < fr; who",
		"fr": "dispute = fr; external.ico < en; privacy < en; reason.settled < en; title < en; topic.fault < en; urgent = fr; who; zone = fr",
		"vi": "dispute = vi; external.ico < en; policy < fr; privacy < en; reason.settled < en; title < en; topic.fault < en; urgent = vi; zone = vi",
		"de": "ask.summary",
	} {
		c := p.Coverage(lang, spoken(words))
		var got []string
		for _, g := range c.Gaps {
			s := g.Key
			if g.Instead != "" {
				s += " < " + g.Instead
			}
			if g.Program {
				s += " = " + g.Language
			}
			got = append(got, s)
		}
		if lang == "de" { // the program does not speak it
			if !slices.Contains(got, want) {
				t.Errorf("de: got %v", got)
			}
			continue
		}
		if s := strings.Join(got, "; "); s != want {
			t.Errorf("%s: got\n%s\nwant\n%s", lang, s, want)
		}
		if c.Texts != 11 {
			t.Errorf("%s: %d texts", lang, c.Texts)
		}
	}
}
