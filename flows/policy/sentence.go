package policy

import (
	"strings"

	"github.com/heedbot/heed/bot/calendar"
	"github.com/heedbot/heed/locales"
)

// tongue says things about a policy in one language: in the pack's words, else in the program's.
type tongue struct {
	p     *Policy
	words *locales.Catalog
	lang  string
}

func (t tongue) text(k locales.Key, args ...any) string { return t.words.Text(t.lang, k, args...) }

// named is the pack's name for something, else the program's, else its id in words.
func (t tongue) named(family, id string) string {
	if s, ok := t.p.Say(t.lang, family+"."+id); ok {
		return s
	}
	if k := locales.Key(family + "." + id); t.words.Has(k) {
		return t.text(k)
	}
	if id == "any" && family == "topic" {
		return ""
	}
	return strings.ReplaceAll(id, "_", " ")
}

// each names every one of a list.
func (t tongue) each(family string, ids []string) []string {
	var list []string
	for _, id := range ids {
		list = append(list, t.named(family, id))
	}
	return list
}

// one joins words as a choice: "a, b or c".
func (t tongue) one(list []string) string {
	return t.words.Choice(t.lang, list)
}

// inTurn joins words as a sequence: "a, then b".
func (t tongue) inTurn(list []string) string {
	s := list[0]
	for _, next := range list[1:] {
		s = t.text(locales.PolicyThen, "A", s, "B", next)
	}
	return s
}

// units are the words for a duration, by its unit.
var units = map[calendar.Unit]locales.Key{
	calendar.UnitSecond: locales.WithinSeconds, calendar.UnitMinute: locales.WithinMinutes, calendar.UnitHour: locales.WithinHours,
	calendar.UnitBusinessHour: locales.WithinBusinessHours, calendar.UnitDay: locales.WithinDays,
	calendar.UnitWorkingDay: locales.WithinWorkingDays, calendar.UnitWeek: locales.WithinWeeks,
}

// span gives a duration in words as it stands in a sentence, preposition and case included: "within 3 working days",
// "w ciągu 3 dni roboczych".
func span(words *locales.Catalog, lang string, r calendar.Rule) string {
	k, ok := units[r.Unit]
	if !ok {
		return ""
	}
	return words.Count(lang, k, r.N)
}

// ending says when the last day of a rule ends, where that is not its midnight.
func ending(words *locales.Catalog, lang string, r calendar.Rule) []string {
	var parts []string
	if r.At != "" {
		parts = append(parts, words.Text(lang, locales.WithinUntil, "Time", locales.Clock(lang, r.At)))
	}
	if r.Roll {
		parts = append(parts, words.Text(lang, locales.WithinRoll))
	}
	return parts
}

// Steps gives what is promised to complaints about a topic, a sentence a promise in the order of the pack, for customers:
// "Our formal response: within 7 working days of our confirmation". Empty if nothing is promised with a date. Where there
// is only one topic, an empty id means it.
func (p *Policy) Steps(words *locales.Catalog, lang, topic string) []string {
	if t, ok := p.Topic(topic); ok {
		topic = t.ID
	}
	t := tongue{p, words, lang}
	var lines []string
	for _, pr := range p.Promises {
		if want, limited := pr.When["topic"]; !limited || want == topic {
			lines = append(lines, t.step(pr))
		}
	}
	return lines
}

// step is a promise as a sentence.
func (t tongue) step(pr Promise) string {
	what, ok := t.p.Say(t.lang, "promise."+pr.ID)
	switch {
	case ok:
	case pr.ByBot:
		what = t.text(locales.PolicyStepReceipt)
	default:
		what = t.text(locales.Key("promise." + string(pr.Until)))
	}
	s := t.text(locales.PolicyStep, "What", what, "Within", span(t.words, t.lang, pr.Rule), "From", t.from(string(pr.From)))
	for _, more := range ending(t.words, t.lang, pr.Rule) {
		s = t.text(locales.ListClause, "A", s, "B", more)
	}
	note := func(holds bool, k locales.Key, args ...any) {
		if holds {
			s = t.words.Note(t.lang, s, t.text(k, args...))
		}
	}
	note(pr.When["topic"] != "" && len(t.p.Topics) > 1, locales.PolicyStepOnly, "Topic", t.named("topic", pr.When["topic"]))
	note(pr.ByBot, locales.PolicyStepBot)
	note(pr.Pause, locales.PolicyStepPause)
	note(pr.Source == "operator", locales.PolicyStepOperator)
	note(pr.Source == "law", locales.PolicyStepLaw)
	return s
}

func (t tongue) from(event string) string { return t.text(locales.Key("policy.from." + event)) }
