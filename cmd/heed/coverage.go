package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

// coverage says how much of a policy customers read in each language, a line a
// language: the policy's own, then the others that heed speaks. Of those
// others, notes has the lines of the ones that lack something.
func coverage(p *policy.Policy, words *locales.Catalog) (lines, notes []string) {
	known := words.Languages()
	for _, lang := range append(slices.Clone(p.Languages), known...) {
		own := slices.Contains(p.Languages, lang)
		c := p.Coverage(lang, says(words))
		line := fmt.Sprintf("%s: %d of %d of the pack's texts, ", inEnglish(words, lang), c.Texts-len(c.Gaps), c.Texts)
		if slices.Contains(known, lang) {
			line += fmt.Sprintf("%d of %d of heed's", there(words, lang), len(locales.Keys))
			for _, g := range seen(c.Gaps, words) {
				line += "; " + g
			}
		} else {
			line += "none of heed's, so customers cannot choose it"
		}
		switch {
		case slices.Contains(lines, line):
		case !own && len(c.Gaps) > 0:
			notes = append(notes, line)
		default:
			lines = append(lines, line)
		}
	}
	return lines, notes
}

// seen says what customers see in place of texts that are missing: "topic.a,
// topic.b shown in English".
func seen(gaps []policy.Gap, words *locales.Catalog) []string {
	var order []string
	keys := map[string][]string{}
	for _, g := range gaps {
		how := "missing, and nothing is shown instead"
		switch {
		case g.Instead != "":
			how = "shown in " + inEnglish(words, g.Instead)
		case g.Program:
			how = "shown in heed's own words"
		}
		if keys[how] == nil {
			order = append(order, how)
		}
		keys[how] = append(keys[how], g.Key)
	}
	for i, how := range order {
		order[i] = strings.Join(keys[how], ", ") + " " + how
	}
	return order
}

// says tells whether heed has words of its own for a key in a language.
func says(words *locales.Catalog) func(lang, key string) bool {
	return func(lang, key string) bool { return len(words.Forms(lang, locales.Key(key))) > 0 }
}

// there counts the texts of heed's that a language has.
func there(words *locales.Catalog, lang string) int {
	n := 0
	for _, k := range locales.Keys {
		if len(words.Forms(lang, k)) > 0 {
			n++
		}
	}
	return n
}

// inEnglish names a language for an operator: Vietnamese (vi). One for which
// there is no English word has its own name.
func inEnglish(words *locales.Catalog, tag string) string {
	name := locales.Name(tag)
	if k := locales.Key("staff.tongue." + strings.ReplaceAll(strings.ToLower(tag), "-", "_")); words.Has(k) {
		name = words.Text("en", k)
	}
	if name == tag {
		return tag
	}
	return name + " (" + tag + ")"
}
