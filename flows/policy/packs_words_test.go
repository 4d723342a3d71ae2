package policy

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/heedbot/heed/locales"
)

// letters is the most that the label of a choice may have: more is cut, or hard to read on a button.
const letters = 60

// proper are the names that stay as they are in every language.
var proper = []string{
	"Alphatech Vietnam", "Altyor", "ASK4",
	"Communications Ombudsman", "Ombudsman Services: Communications", "Information Commissioner’s Office", "ICO",
}

// longLabels finds the labels of choices that are too long for a button.
func longLabels(p *Policy) []string {
	var found []string
	for _, lang := range sortedKeys(p.Texts) {
		for _, key := range sortedKeys(p.Texts[lang]) {
			family, _, _ := strings.Cut(key, ".")
			label := key != "survey.ask" && slices.Contains([]string{"topic", "option", "survey"}, family)
			if n := utf8.RuneCountInString(p.Texts[lang][key]); label && n > letters {
				found = append(found, fmt.Sprintf("%s %s: %d letters", lang, key, n))
			}
		}
	}
	return found
}

// leftInEnglish finds words of other languages that are the English ones, names apart.
func leftInEnglish(p *Policy) []string {
	var found []string
	look := func(lang, key, words, english string) {
		rest := words
		for _, name := range proper {
			rest = strings.ReplaceAll(rest, name, "")
		}
		if words == english && strings.ContainsFunc(rest, unicode.IsLetter) {
			found = append(found, lang+" "+key)
		}
	}
	for _, lang := range locales.Tags() {
		if lang == "en" {
			continue
		}
		look(lang, "title", p.Title[lang], p.Title["en"])
		for _, key := range sortedKeys(p.Texts["en"]) {
			look(lang, key, p.Texts[lang][key], p.Texts["en"][key])
		}
	}
	return found
}

func TestPacksLabelsFitTheirButtons(t *testing.T) {
	for _, name := range Names() {
		for _, long := range longLabels(builtin(t, name)) {
			t.Errorf("%s: %s, at most %d fit", name, long, letters)
		}
	}
}

func TestPacksAreNotLeftInEnglish(t *testing.T) {
	for _, name := range Names() {
		for _, what := range leftInEnglish(builtin(t, name)) {
			t.Errorf("%s: %s is the English text", name, what)
		}
	}
}

// TestBrokenPackWordsAreFound breaks each text of each pack in each language.
func TestBrokenPackWordsAreFound(t *testing.T) {
	for _, name := range Names() {
		p := builtin(t, name)
		for _, lang := range locales.Tags() {
			labels, copied := 0, 0
			for _, key := range sortedKeys(p.Texts[lang]) {
				was, at := p.Texts[lang][key], lang+" "+key
				if english := p.Texts["en"][key]; lang != "en" && !slices.Contains(proper, english) {
					p.Texts[lang][key] = english
					if got := leftInEnglish(p); !slices.Equal(got, []string{at}) {
						t.Errorf("%s: %s left in English: told of %v", name, at, got)
					}
					copied++
				}
				if strings.HasPrefix(key, "topic.") || strings.HasPrefix(key, "option.") || strings.HasPrefix(key, "survey.") && key != "survey.ask" {
					p.Texts[lang][key] = strings.Repeat("ຄ", letters)
					if got := longLabels(p); len(got) > 0 {
						t.Errorf("%s: %s is just short enough: told of %v", name, at, got)
					}
					p.Texts[lang][key] += "ຳ"
					if got := longLabels(p); len(got) != 1 || !strings.HasPrefix(got[0], at+": ") {
						t.Errorf("%s: %s is too long: told of %v", name, at, got)
					}
					labels++
				}
				p.Texts[lang][key] = was
			}
			if labels == 0 || lang != "en" && copied < 5 {
				t.Errorf("%s %s: %d labels, %d texts looked at", name, lang, labels, copied)
			}
		}
	}
}

// TestLostPlaceholderIsFound takes each placeholder out of the texts of each pack, in one language after another.
func TestLostPlaceholderIsFound(t *testing.T) {
	lost := 0
	for _, name := range Names() {
		text, err := BuiltinText(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range placeholder.FindAllStringIndex(text, -1) {
			place := text[at[0]:at[1]]
			if at[0] < strings.Index(text, "\ntexts:") || strings.Contains(place, " ") {
				continue // a table in one line
			}
			lost++
			_, err := Parse(name, text[:at[0]]+"?"+text[at[1]:], "")
			if err == nil || !strings.Contains(err.Error(), place+", which the text in ") {
				t.Errorf("%s: %s at byte %d is lost and nobody says so: %v", name, place, at[0], err)
			}
		}
	}
	if lost < 4*len(locales.Tags()) {
		t.Errorf("only %d placeholders were there to lose", lost)
	}
}

// TestBodysNameMayBeWrittenOut: a language may have its own, so only addresses are compared.
func TestBodysNameMayBeWrittenOut(t *testing.T) {
	const pack = small + "externals: {ico: {name: The ICO, url: \"https://example.org/\"}}\ntexts:\n" +
		"  en: {notice.ico: \"Tell {ico.name}: {ico.url}\"}\n  pl: {notice.ico: \"Urząd: {ico.url}\"}\n"
	if _, err := Parse("small.yaml", pack, ""); err != nil {
		t.Error(err)
	}
	if _, err := Parse("small.yaml", strings.Replace(pack, "Urząd: {ico.url}", "Urząd: {ico.name}", 1), ""); err == nil {
		t.Error("the address is lost and nobody says so")
	}
}

// TestPolicyInUseKeepsItsPlaceholders as they are: a complaint was taken under it, so it must be loaded.
func TestPolicyInUseKeepsItsPlaceholders(t *testing.T) {
	const whole = small + "hotline: \"0800 200 300\"\ntexts:\n  en: {urgent: \"Call {hotline}.\"}\n  fr: {urgent: \"Appelez le {hotline}.\"}\n"
	p, err := Parse("small.yaml", whole, "")
	if err != nil {
		t.Fatal(err)
	}
	older := strings.Replace(whole, "Appelez le {hotline}.", "Appelez vite, merci! ", 1)
	if _, err := Parse("small.yaml", older, ""); err == nil {
		t.Error("a new pack without its number is taken")
	}
	if len(older) != len(whole) {
		t.Fatal("the document tells lengths: the texts must be of one")
	}
	q, err := Load(strings.Replace(p.Text(), whole, older, 1))
	if err != nil {
		t.Fatal(err)
	}
	if s, _ := q.Say("fr", "urgent"); s != "Appelez vite, merci!" {
		t.Errorf("it says %q", s)
	}
}
