package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

// coverage says how much of a policy customers read in each language, a line a
// language: the policy's own, then the others that heed speaks. How much there
// is of heed's own texts is said where it is not all.
func coverage(p *policy.Policy, words *locales.Catalog) []string {
	known := words.Languages()
	order := slices.Clone(p.Languages)
	for _, lang := range known {
		if !slices.Contains(order, lang) {
			order = append(order, lang)
		}
	}
	var lines []string
	for _, lang := range order {
		c := p.Coverage(lang, says(words))
		line := fmt.Sprintf("%s: %d of %d of the pack's texts", inEnglish(words, lang), c.Texts-len(c.Gaps), c.Texts)
		if !slices.Contains(known, lang) {
			lines = append(lines, line+", none of heed's, so customers cannot choose it")
			continue
		}
		if n := there(words, lang); n < len(locales.Keys) {
			line += fmt.Sprintf(", %d of %d of heed's", n, len(locales.Keys))
		}
		for _, g := range seen(c.Gaps, words) {
			line += "; " + g
		}
		lines = append(lines, line)
	}
	return lines
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
