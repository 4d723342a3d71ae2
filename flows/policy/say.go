package policy

import (
	"regexp"
	"strings"
)

// Say gives the pack's own words for a key in a language: "zh-Hans" also finds "zh". Where the language lacks them, those
// of the first of the pack's languages that has them. False if the pack says nothing there.
func (p *Policy) Say(lang, key string) (string, bool) {
	if words, ok := p.SayIn(lang, key); ok {
		return words, true
	}
	for _, l := range p.Languages {
		if words, ok := p.Texts[l][key]; ok {
			return words, true
		}
	}
	return "", false
}

// SayIn gives the pack's own words in that language alone: where the program has words of its own, those in the
// customer's language are better than the pack's in another.
func (p *Policy) SayIn(lang, key string) (string, bool) {
	if words, ok := p.Texts[lang][key]; ok {
		return words, true
	}
	base, _, _ := strings.Cut(lang, "-")
	words, ok := p.Texts[base][key]
	return words, ok
}

// Called is the policy's title in a language, else in English, else in the pack's first.
func (p *Policy) Called(lang string) string {
	for _, l := range []string{lang, "en"} {
		if t, ok := p.Title[l]; ok {
			return t
		}
	}
	return p.Title[p.Languages[0]]
}

var placeholder = regexp.MustCompile(`\{[^{}\n]*\}`)

// places gives what the placeholders in words stand for.
func (p *Policy) places() map[string]string {
	m := map[string]string{}
	if p.Hotline != "" {
		m["{hotline}"] = p.Hotline
	}
	for id, e := range p.Externals {
		m["{"+id+".name}"], m["{"+id+".url}"] = e.Name, e.URL
	}
	for id, url := range p.Links {
		m["{links."+id+"}"] = url
	}
	return m
}
