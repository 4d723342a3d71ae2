package intake

import (
	"slices"
	"unicode"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/locales"
)

// hint takes the client's language where the person has not chosen one and
// the hint is sure.
func (t talk) hint(tag string) {
	if t.Customer.Chosen || t.Customer.Language != "" {
		return
	}
	if l, sure := locales.Match(tag, t.languages()); sure {
		t.Customer.Language = l
	}
}

// languages are those offered: the policy's first, then the others that the
// program speaks.
func (t talk) languages() []string {
	var ls []string
	have := t.Words.Languages()
	for _, l := range append(slices.Clone(t.Policy.Languages), have...) {
		if slices.Contains(have, l) && !slices.Contains(ls, l) {
			ls = append(ls, l)
		}
	}
	return ls
}

// nearest are the languages offered, first the one in whose letters they write,
// or that of the person's platform where it is near one of ours without surely being it: readers of Traditional Chinese
// see the Simplified on top.
func (t talk) nearest() []string {
	ls := t.languages()
	if i := slices.Index(ls, locales.Written(t.S.Input.Text)); i > 0 {
		return slices.Insert(slices.Delete(slices.Clone(ls), i, i+1), 0, ls[i])
	}
	if l, sure := locales.Match(t.S.Input.Person.Language, ls); l != "" && !sure && locales.Akin(t.S.Input.Person.Language, l) {
		i := slices.Index(ls, l)
		ls = slices.Insert(slices.Delete(ls, i, i+1), 0, l)
	}
	return ls
}

// offer asks, once for each language, whether to go on in that of the letters
// someone writes in. It never switches by itself: they may quote, or write a name.
func (t talk) offer(text string) {
	l := locales.Written(text)
	if l == "" || l == t.Lang() || !slices.Contains(t.languages(), l) || slices.Contains(t.Customer.Offered, l) {
		return
	}
	t.Customer.Offered = append(t.Customer.Offered, l)
	t.say(t.Words.Text(l, locales.LanguageOffer), []bot.Choice{
		t.Button(locales.Name(l), bot.Action{Verb: "language", Option: l}),
		t.Button(locales.Name(t.Lang()), bot.Action{Verb: "language", Option: t.Lang()}),
	}, "question")
}

// askLanguage asks for the language in all of them.
func (t talk) askLanguage() {
	text := ""
	var cs []bot.Choice
	for _, l := range t.nearest() {
		if text != "" {
			text += "\n"
		}
		text += t.Words.Text(l, locales.LanguageAsk)
		cs = append(cs, t.Button(locales.Name(l), bot.Action{Verb: "language", Option: l}))
	}
	t.say(text, cs, "question")
}

// meant is the language someone named behind /language: by its own name, or as
// a tag; "" where it is none of ours.
func (t talk) meant(arg string) string {
	for _, l := range t.languages() {
		if f := locales.Fold(arg); f != "" && (f == locales.Fold(locales.Name(l)) || f == locales.Fold(l)) {
			return l
		}
	}
	if l, sure := locales.Match(arg, t.languages()); sure {
		return l
	}
	return ""
}

// speak changes the language and goes on where the conversation was.
func (t talk) speak(lang string) {
	if !slices.Contains(t.languages(), lang) {
		t.askLanguage()
		return
	}
	t.Customer.Language, t.Customer.Chosen = lang, true
	for _, ref := range t.Customer.Informs {
		t.pass(ref, passLanguage)
	}
	if !t.Customer.Greeted && len(t.Customer.Informs) == 0 {
		t.greet()
		if t.Customer.Held != nil || t.Customer.Draft != nil {
			t.takeHeld()
		}
		return
	}
	t.say(t.T(locales.LanguageChanged), nil, "notice")
	t.again()
}

// greet says who we are, what will happen and how data is used, once.
func (t talk) greet() {
	t.Customer.Greeted = true
	var cs []bot.Choice
	if t.Customer.Draft == nil && t.Customer.Held == nil {
		cs = []bot.Choice{
			t.Button(t.T(locales.ButtonComplain), bot.Action{Verb: "complain"}),
			t.Button(t.T(locales.ButtonLanguage), bot.Action{Verb: "languages"}),
			t.Button(t.T(locales.ButtonPolicy), bot.Action{Verb: "policy"}),
			t.Button(t.T(locales.ButtonPrivacy), bot.Action{Verb: "privacy"}),
		}
	}
	hello := t.T(locales.GreetHelloPlain)
	if company := t.Company(); company != "" {
		hello = t.T(locales.GreetHello, "Company", company)
	}
	if u := t.urgent(); u != "" {
		hello = u + "\n\n" + hello
	}
	how := t.T(locales.GreetHow)
	if len(t.Policy.Promises) == 0 {
		how = t.T(locales.GreetHowUndated)
	}
	t.say(hello+"\n\n"+how+"\n\n"+t.T(locales.GreetPrivacy), cs, "greeting")
}

// Company is the company's name as it stands in a greeting: the pack's in the
// customer's language, or in another one unless it is a word of that one.
func (t talk) Company() string {
	own, ok := t.Policy.SayIn(t.Lang(), "company")
	if r := []rune(own); ok && len(r) > 0 && !unicode.IsLower(r[0]) {
		return own
	}
	s, _ := t.Policy.Say(t.Lang(), "company")
	if r := []rune(s); len(r) == 0 || !unicode.IsUpper(r[0]) {
		return "" // "our team"
	}
	return s
}

// urgent is what comes first of all: whom to call when it cannot wait; "" where
// the policy names nobody.
func (t talk) urgent() string {
	if s, ok := t.Policy.SayIn(t.Lang(), "urgent"); ok {
		return s
	}
	if t.Policy.Hotline != "" {
		return t.T(locales.GreetUrgent, "Number", t.Policy.Hotline)
	}
	s, _ := t.Policy.Say(t.Lang(), "urgent")
	return s
}
