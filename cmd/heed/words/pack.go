package words

import (
	"maps"
	"slices"
	"strings"

	"github.com/heedbot/heed/locales"
)

// families is the order in which customers meet what a pack says: the first
// part of a key, or all of it.
var families = strings.Fields("company urgent zone topic ask label option notice policy promise role refused reason who dispute external letter survey privacy link")

// questions are the families that stand together, question by question.
var questions = []string{"topic", "ask", "label", "option"}

// own is what the pack says itself, and its advice to staff.
func (t teller) own(record locales.Record) (own, advice Chapter) {
	own = Chapter{Name: "The company’s own words", About: "From the policy “" + t.pol.Called("en") + "” (" + t.pol.Name + "). Where they are about the same thing, they are said instead of heed’s."}
	advice = Chapter{Name: "The company’s advice to staff", About: "From the policy; staff read it while they write to a customer."}
	own.Texts = []Text{t.packText(record, "title", t.pol.Title[t.lang], t.pol.Called(t.lang), t.pol.Called("en"))}
	keys := map[string]bool{}
	for _, l := range append(slices.Clone(t.pol.Languages), t.lang) {
		for k := range t.pol.Texts[l] {
			keys[k] = true
		}
	}
	order := slices.Sorted(maps.Keys(keys))
	slices.SortStableFunc(order, func(a, b string) int { return slices.Compare(t.place(a), t.place(b)) })
	for _, k := range order {
		said, _ := t.pol.SayIn(t.lang, k)
		shown, _ := t.pol.Say(t.lang, k)
		english, _ := t.pol.Say("en", k)
		x := t.packText(record, k, said, shown, english)
		if k == "guidance" || strings.HasPrefix(k, "guidance.") {
			advice.Texts = append(advice.Texts, x)
			continue
		}
		own.Texts = append(own.Texts, x)
	}
	return own, advice
}

// packText is one of the pack's texts; said is "" where the pack lacks it in
// this language, and shown is then said in its stead.
func (t teller) packText(record locales.Record, key, said, shown, english string) Text {
	x := Text{Key: t.pol.Name + "/" + key, Kind: packKind(key), Source: said}
	x.Read = said != "" && record.Has(t.lang, x.Key, said)
	x.Forms = []Form{{Words: t.later(t.lang, shown), English: plain(t.later("en", english))}}
	return x
}

// later puts sample values where a letter gets its date and reference when it
// is sent.
func (t teller) later(lang, raw string) []Span {
	raw = strings.NewReplacer("{ref}", "{{.Ref}}", "{date}", "{{.Date}}").Replace(raw)
	return t.in(lang).fill("", raw, "")
}

// place is where a key stands in the order of a conversation.
func (t teller) place(key string) []int {
	family, name, _ := strings.Cut(key, ".")
	at := slices.Index(families, family)
	if at < 0 {
		at = len(families)
	}
	within := slices.Index(questions, family)
	if within < 0 {
		return []int{at}
	}
	question := "topic"
	if family != "topic" {
		question, _, _ = strings.Cut(name, ".")
	}
	first := slices.Index(families, questions[0])
	for i, q := range t.pol.Ask {
		if q.ID == question {
			return []int{first, i, (within + len(questions) - 1) % len(questions)} // the question before its options
		}
	}
	return []int{first, len(t.pol.Ask), within}
}

// packKind tells how a text of a pack is met.
func packKind(key string) Kind {
	family, _, _ := strings.Cut(key, ".")
	switch {
	case family == "topic", family == "option", family == "link", family == "survey" && key != "survey.ask":
		return Button
	case key == "company", key == "zone", key == "title", family == "label", family == "promise", family == "role", family == "external":
		return Piece
	}
	return Message
}
