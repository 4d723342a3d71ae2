package policy

import (
	"os"
	"strings"
	"testing"

	"github.com/heedbot/heed/bot/calendar"
	"github.com/heedbot/heed/locales"
)

func catalog(t *testing.T) *locales.Catalog {
	t.Helper()
	words, err := locales.Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	return words
}

func TestDurationsInWords(t *testing.T) {
	words := catalog(t)
	for _, c := range []struct{ rule, en, fr, pl string }{
		{"1h", "within 1 hour", "dans un délai de 1 heure", "w ciągu 1 godziny"},
		{"24h", "within 24 hours", "dans un délai de 24 heures", "w ciągu 24 godzin"},
		{"5h", "within 5 hours", "dans un délai de 5 heures", "w ciągu 5 godzin"},
		{"90m", "within 90 minutes", "dans un délai de 90 minutes", "w ciągu 90 minut"},
		{"1m", "within 1 minute", "dans un délai de 1 minute", "w ciągu 1 minuty"},
		{"30s", "within 30 seconds", "dans un délai de 30 secondes", "w ciągu 30 sekund"},
		{"3bh", "within 3 business hours", "dans un délai de 3 heures ouvrées", "w ciągu 3 godzin pracy"},
		{"1d", "within 1 day", "dans un délai de 1 jour", "w ciągu 1 dnia"},
		{"3d", "within 3 days", "dans un délai de 3 jours", "w ciągu 3 dni"},
		{"1wd", "within 1 working day", "dans un délai de 1 jour ouvré", "w ciągu 1 dnia roboczego"},
		{"3wd", "within 3 working days", "dans un délai de 3 jours ouvrés", "w ciągu 3 dni roboczych"},
		{"22wd", "within 22 working days", "dans un délai de 22 jours ouvrés", "w ciągu 22 dni roboczych"},
		{"1w", "within 1 week", "dans un délai de 1 semaine", "w ciągu 1 tygodnia"},
		{"8w", "within 8 weeks", "dans un délai de 8 semaines", "w ciągu 8 tygodni"},
	} {
		r, err := calendar.ParseRule(c.rule)
		if err != nil {
			t.Fatal(err)
		}
		for lang, want := range map[string]string{"en": c.en, "fr": c.fr, "pl": c.pl} {
			if got := within(words, lang, r); got != want {
				t.Errorf("%s in %s: %q, want %q", c.rule, lang, got, want)
			}
		}
	}
	r := calendar.Rule{N: 2, Unit: calendar.UnitDay, At: "17:30", Roll: true}
	if got := within(words, "en", r); got != "within 2 days, by 17:30 on the last day, or on the next working day if the last day is not one" {
		t.Errorf("got %q", got)
	}
}

func TestPromisesAsSentences(t *testing.T) {
	words := catalog(t)
	p := parsed(t, strings.Replace(small, "ask:", "topics: {bill: {}, fault: {}}\nask:", 1)+`promises:
  - {id: hello, from: received, within: 1h, until: acknowledged, by: bot, source: operator}
  - {id: answer, from: acknowledged, within: 7wd, until: response, pause: true, source: law, at: "17:30"}
  - {id: fix, from: received, within: 3d, until: replied, when: {topic: fault}}
texts:
  en: {promise.answer: What we found, topic.fault: A fault, topic.bill: My bill}
`)
	want := []string{
		"A receipt for your complaint: within 1 hour of receiving your complaint (sent automatically) (our own target; the policy itself gives no number)",
		"What we found: within 7 working days of our confirmation, by 17:30 on the last day (the time stands still while we wait for your answer) (required by law)",
		"A reply from a person in our team: within 3 days of receiving your complaint (only for: A fault)",
	}
	if got := p.Steps(words, "en", "fault"); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	if got := p.Steps(words, "en", "bill"); len(got) != 2 {
		t.Errorf("got %q", got)
	}
	if got := builtin(t, "respect-for-agents").Steps(words, "pl", "staff"); len(got) != 0 {
		t.Errorf("got %q", got)
	}
	for lang, want := range map[string]string{
		"en": "What we found: within 7 working days of our confirmation",
		"fr": "What we found\u00a0: dans un délai de 7 jours ouvrés à compter de notre confirmation",
		"pl": "What we found – w ciągu 7 dni roboczych od naszego potwierdzenia",
	} {
		if got := p.Steps(words, lang, "bill")[1]; !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q", lang, got)
		}
	}
}

// The golden files show a made-up policy that uses every part, in each language the program speaks.
func TestAPolicyInPlainWords(t *testing.T) {
	words := catalog(t)
	text, err := os.ReadFile("testdata/whole.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p := parsed(t, string(text))
	for _, lang := range words.Languages() {
		got, golden := p.Describe(words, lang), "testdata/whole."+lang+".txt"
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil || got != string(want) {
			t.Errorf("%s: %v\n%s", lang, err, got)
		}
		if strings.Contains(got, "{{") || strings.Contains(got, "  \n") || strings.Contains(got, "<no value>") {
			t.Errorf("%s: a hole in\n%s", lang, got)
		}
	}
	for _, name := range Names() {
		p := builtin(t, name)
		for _, lang := range words.Languages() {
			got := p.Describe(words, lang)
			for _, pr := range p.Promises {
				if !strings.Contains(got, within(words, lang, calendar.Rule{N: pr.Rule.N, Unit: pr.Rule.Unit})) {
					t.Errorf("%s %s: nothing about %s in\n%s", name, lang, pr.ID, got)
				}
			}
			if len(p.Promises) == 0 && !strings.Contains(got, words.Text(lang, locales.PolicyNoPromises)) {
				t.Errorf("%s %s: does not say that nothing is promised", name, lang)
			}
		}
	}
}

// within is a whole duration in words: its length, and when its last day ends.
func within(words *locales.Catalog, lang string, r calendar.Rule) string {
	return strings.Join(append([]string{span(words, lang, r)}, ending(words, lang, r)...), ", ")
}
