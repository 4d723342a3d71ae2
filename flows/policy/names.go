package policy

import (
	"fmt"
	"slices"

	"github.com/heedbot/heed/locales"
)

// checkNames reports topics and options of which customers would see the bare id, as no language has words for them.
// Words that only some languages lack are found by Gaps.
func (p *Policy) checkNames(f fields) {
	if len(p.Topics) > 1 {
		for _, t := range f.get("topics").quiet().pairs() {
			p.checkName(f.r, t.name, "topic."+t.key)
		}
	}
	for _, item := range f.get("ask").quiet().list() {
		if q := item.fields(); q.get("type").text() == "choice" && q.get("id").text() != "topic" {
			for _, o := range q.get("options").list() {
				p.checkName(f.r, o, "option."+q.get("id").text()+"."+o.text())
			}
		}
	}
}

func (p *Policy) checkName(r *reader, at value, key string) {
	if _, ok := p.Say(p.first(), key); ok || slices.Contains(locales.Keys, locales.Key(key)) || !keyForm.MatchString(key) {
		return
	}
	at.r = r
	at.wrong(fmt.Sprintf("write texts: {%s: {%s: …}}", p.first(), key), "customers would see the bare id: it has no words in any language")
}

// first is the language that is used when nothing else fits.
func (p *Policy) first() string {
	if len(p.Languages) == 0 {
		return "en"
	}
	return p.Languages[0]
}

// quiet is the value read a second time, which reports nothing.
func (v value) quiet() value {
	if v.there() {
		v.r = &reader{}
	}
	return v
}
