package policy

import (
	"slices"
	"strings"
	"testing"

	"github.com/heedbot/heed/locales"
)

// spoken tells what the program says in its languages.
func spoken(words *locales.Catalog) func(lang, key string) bool {
	return func(lang, key string) bool {
		return slices.Contains(words.Languages(), lang) && words.Has(locales.Key(key))
	}
}

func TestGapsAreWhatCustomersWouldMiss(t *testing.T) {
	text := strings.Replace(small, "languages: [en]", "languages: [en, fr, vi]", 1)
	text = strings.Replace(text, "ask:\n", `topics: {bill: {notice: ico}, fault: {}}
externals: {ico: {name: ICO}}
refuse_reasons: [no_grounds, settled]
ask:
  - {id: topic, type: choice}
  - {id: colour, type: choice, options: [red]}
  - {id: empty, type: choice}
`, 1)
	p := parsed(t, text+`survey: {after: closed, scale: [satisfied, unsure]}
texts:
  en: {company: Us, topic.bill: Bill, topic.fault: Fault, ask.colour: Which?, guidance: Be kind, survey.unsure: Unsure, policy: Ours}
  fr: {topic.bill: Facture, label.colour: Couleur, option.colour.red: Rouge, reason.settled: Réglé, notice.ico: Voyez l’ICO}
`)
	// The program speaks English and French and knows topic, summary, no_grounds and satisfied.
	has := func(lang, key string) bool {
		return lang != "vi" && slices.Contains([]string{"ask.topic", "label.topic", "ask.summary", "label.summary", "reason.no_grounds", "survey.satisfied", "policy"}, key)
	}
	var got []string
	for _, g := range p.Gaps(has) {
		got = append(got, strings.TrimSpace(g.Language+" "+g.Key+" "+g.Instead))
	}
	want := []string{
		"en label.colour fr", "en notice.ico fr", "en option.colour.red fr", "en reason.settled fr",
		"fr ask.colour en", "fr policy en", "fr survey.unsure en", "fr topic.fault en",
		"vi ask.colour en", "vi ask.summary", "vi ask.topic", "vi label.colour fr", "vi label.summary", "vi label.topic",
		"vi notice.ico fr", "vi option.colour.red fr", "vi policy en", "vi reason.no_grounds", "vi reason.settled fr", "vi survey.satisfied",
		"vi survey.unsure en", "vi topic.bill en", "vi topic.fault en",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	bare := parsed(t, small)
	if g := bare.Gaps(has); len(g) != 1 || g[0].Key != "company" {
		t.Errorf("a company without a name: %v", g)
	}
}
