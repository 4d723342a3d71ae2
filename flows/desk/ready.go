package desk

import (
	"strconv"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/locales"
)

// readyKey names the n-th ready sentence of a verb.
func readyKey(verb string, n int) locales.Key {
	return locales.Key("ready." + verb + "_" + strconv.Itoa(n))
}

// ready are the ready sentences of a verb.
func (k Case) ready(verb string) []bot.Option {
	var out []bot.Option
	for n := 1; k.House.Words.Has(readyKey(verb, n)); n++ {
		out = append(out, k.sentence(strconv.Itoa(n), readyKey(verb, n)))
	}
	return append(out, k.mandateReady(verb)...)
}

// sentence is a ready sentence as a choice: in the customer's language, with what
// it says in the reader's where that is another.
func (k Case) sentence(id string, key locales.Key) bot.Option {
	o := bot.Option{ID: id, Label: bot.Cut(k.t(key), labelMax)}
	if k.lang() != k.House.Language {
		o.About = bot.Cut(k.House.D(key), labelMax)
	}
	return o
}

// meaning shows what composed words say in the reader's language; nil where the
// customer's is the same. What someone typed stays as it is. say composes.
func (k Case) meaning(say func(Case) string) []bot.Block {
	h := k.House
	if k.lang() == h.Language {
		return nil
	}
	k.Customer.Language = h.Language
	return []bot.Block{{Kind: bot.Line}, {Kind: bot.Rich, Spans: []bot.Span{{Text: h.D(locales.StaffDialogMeaning, "Language", locales.Name(h.Language)), Bold: true}}},
		{Kind: bot.Plain, Text: say(k)}, {Kind: bot.Small, Text: h.D(locales.StaffDialogMeaningOwn)}}
}
