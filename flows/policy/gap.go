package policy

import (
	"slices"
	"strings"
)

// Gap is a text that customers would see and that nobody has written in a language.
type Gap struct {
	Language string `json:"language"`
	Key      string `json:"key"` // of texts: "topic.service"; or "title"
	// Instead is the language in which the pack's own words are shown in its place; empty if they are not.
	Instead string `json:"instead,omitempty"`
	// Program says that the program's own words are shown in its place, in the gap's language. Without these either, it is
	// left out, or a bare id is shown.
	Program bool `json:"program,omitempty"`
}

// Coverage is how much of what a pack says to customers is there in one language.
type Coverage struct {
	Language string `json:"language"`
	Texts    int    `json:"texts"` // that are to be there: those that the pack gives in any language, and those it needs
	Gaps     []Gap  `json:"gaps"`  // the ones that are not, by key
}

// Coverage tells which texts customers would miss in a language, be it one of the pack's or another that they can choose:
// names of topics, options, questions and answers, reasons for declining, notices, that neither the pack nor the program
// gives; and all that the pack gives in another language only. has tells whether the program has words for a key in a language.
// The company's name may be the same in all languages and need be given once, so it is only missing in the first.
func (p *Policy) Coverage(lang string, has func(lang, key string) bool) Coverage {
	c := Coverage{Language: lang, Texts: 1}
	if p.Title[lang] == "" {
		instead := "en"
		if p.Title[instead] == "" {
			instead = p.first()
		}
		c.Gaps = append(c.Gaps, Gap{Language: lang, Key: "title", Instead: instead})
	}
	keys := p.given()
	for _, key := range p.needed() {
		if !has(lang, key) { // else the program's words are as good
			keys = add(keys, key)
		}
	}
	for _, key := range keys {
		c.Texts++
		if !p.says(lang, key) {
			c.Gaps = append(c.Gaps, p.gap(lang, key, has))
		}
	}
	if lang == p.first() && p.company(has) {
		c.Texts++
		c.Gaps = append(c.Gaps, Gap{Language: lang, Key: "company"})
	}
	slices.SortFunc(c.Gaps, func(a, b Gap) int { return strings.Compare(a.Key, b.Key) })
	return c
}

// company tells whether the company has no name.
func (p *Policy) company(has func(lang, key string) bool) bool {
	_, ok := p.Say(p.first(), "company")
	return !ok && !has(p.first(), "company")
}

// gap is what is seen where a language lacks a text.
func (p *Policy) gap(lang, key string, has func(lang, key string) bool) Gap {
	g := Gap{Language: lang, Key: key}
	of, _ := textKeyOf(key)
	if of.own || key == "urgent" && p.Hotline != "" {
		g.Program = true
		return g
	}
	for _, other := range p.Languages {
		if p.Texts[other][key] != "" {
			g.Instead = other
			return g
		}
	}
	g.Program = of.program == yes || has(lang, key)
	return g
}

// Gaps lists the texts that customers would miss in the pack's own languages, by language, then by key. A title need be
// given in the first only.
func (p *Policy) Gaps(has func(lang, key string) bool) []Gap {
	var gaps []Gap
	for _, lang := range p.Languages {
		for _, g := range p.Coverage(lang, has).Gaps {
			if g.Key != "title" {
				gaps = append(gaps, g)
			}
		}
	}
	return gaps
}

// says tells whether the pack has words of its own for a key in a language.
func (p *Policy) says(lang, key string) bool {
	base, _, _ := strings.Cut(lang, "-")
	return p.Texts[lang][key] != "" || p.Texts[base][key] != ""
}

// given are the keys of texts for customers that the pack gives in any language. The name of an only topic is never shown.
func (p *Policy) given() []string {
	var list []string
	for _, lang := range sortedKeys(p.Texts) {
		for _, key := range sortedKeys(p.Texts[lang]) {
			family, _, _ := strings.Cut(key, ".")
			if key == "company" || family == "topic" && len(p.Topics) == 1 {
				continue
			}
			if of, ok := textKeyOf(key); !ok || !of.staff {
				list = add(list, key)
			}
		}
	}
	return list
}

// textKeyOf gives the row of a key of texts, be it one alone or one of a family.
func textKeyOf(key string) (textKey, bool) {
	family, _, dotted := strings.Cut(key, ".")
	for _, k := range textKeys {
		name, _, of := strings.Cut(k.key, ".")
		if k.key == key || dotted && of && name == family && strings.Contains(k.key, "<") {
			return k, true
		}
	}
	return textKey{}, false
}

// needed are the keys of texts without which customers would see a bare id.
func (p *Policy) needed() []string {
	var list []string
	if len(p.Topics) > 1 {
		for _, id := range p.topicIDs() {
			list = append(list, "topic."+id)
		}
	}
	for _, q := range p.Ask {
		if q.Type == "choice" && len(q.Options) == 0 {
			continue // not asked
		}
		list = append(list, "ask."+q.ID, "label."+q.ID)
		for _, o := range q.Options {
			if q.ID != "topic" {
				list = append(list, "option."+q.ID+"."+o)
			}
		}
	}
	for _, t := range p.Topics {
		if t.Notice != "" {
			list = add(list, "notice."+t.Notice)
		}
	}
	for _, r := range p.RefuseReasons {
		list = append(list, "reason."+r)
	}
	if p.Survey != nil {
		for _, a := range p.Survey.Scale {
			list = append(list, "survey."+a)
		}
	}
	return list
}
