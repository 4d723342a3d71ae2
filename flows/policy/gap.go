package policy

import (
	"cmp"
	"slices"
	"strings"
)

// Gap is a text that customers would see in one of the pack's languages and that nobody has written in it.
type Gap struct {
	Language string `json:"language"`
	Key      string `json:"key"` // of texts: "topic.service"
	// Instead is the language in which the pack's own words are shown in its place; empty if a bare id is.
	Instead string `json:"instead,omitempty"`
}

// Gaps lists the texts that customers would need in one of the pack's languages and that neither the pack nor the program
// gives in it: names of topics, options, questions and answers, reasons for declining, notices; and those that the pack gives in another
// of its languages only, for these are shown then. has tells whether the program has words for a key in a language.
// They come by language, then by key. The company's name may be the same in all languages and need be given once.
func (p *Policy) Gaps(has func(lang, key string) bool) []Gap {
	var gaps []Gap
	if _, ok := p.Say(p.Languages[0], "company"); !ok && !has(p.Languages[0], "company") {
		gaps = append(gaps, Gap{Language: p.Languages[0], Key: "company"})
	}
	for _, lang := range p.Languages {
		for _, key := range p.shown() {
			if p.says(lang, key) {
				continue
			}
			instead := ""
			for _, other := range p.Languages {
				if p.says(other, key) {
					instead = other
					break
				}
			}
			if instead != "" || !has(lang, key) && slices.Contains(p.needed(), key) {
				gaps = append(gaps, Gap{Language: lang, Key: key, Instead: instead})
			}
		}
	}
	slices.SortStableFunc(gaps, func(a, b Gap) int {
		return cmp.Or(cmp.Compare(slices.Index(p.Languages, a.Language), slices.Index(p.Languages, b.Language)), strings.Compare(a.Key, b.Key))
	})
	return gaps
}

// says tells whether the pack has words of its own for a key in a language.
func (p *Policy) says(lang, key string) bool {
	base, _, _ := strings.Cut(lang, "-")
	return p.Texts[lang][key] != "" || p.Texts[base][key] != ""
}

// shown are the keys of texts that customers see: those they need, and all that the pack gives.
func (p *Policy) shown() []string {
	list := p.needed()
	for _, lang := range p.Languages {
		for _, key := range sortedKeys(p.Texts[lang]) {
			family, _, _ := strings.Cut(key, ".")
			if key == "company" || family == "role" || family == "topic" && len(p.Topics) == 1 {
				continue
			}
			if !forStaff(key) {
				list = add(list, key)
			}
		}
	}
	return list
}

func forStaff(key string) bool {
	family, _, _ := strings.Cut(key, ".")
	return slices.ContainsFunc(textKeys, func(k textKey) bool {
		own, _, _ := strings.Cut(k.key, ".")
		return k.staff && own == family
	})
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
