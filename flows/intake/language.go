package intake

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
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
// or that of the person's platform where it is near one of ours without surely
// being it: readers of Traditional Chinese see the Simplified on top.
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
	if _, silent := t.Stopped(t.newest()); silent && t.Customer.Draft == nil {
		return // who is not replied to is not asked either
	}
	t.Customer.Offered = append(t.Customer.Offered, l)
	if t.Customer.Confirm == nil {
		t.Customer.Confirm = &bot.Action{Verb: "language", Option: l}
	}
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
	t.Customer.Confirm = &bot.Action{Verb: "languages", Option: strings.Join(t.nearest(), " ")}
	t.say(text, cs, "question")
}

// picked is the language that someone typed in answer to which, or to an offer:
// by its name, by its number in the menu, by yes or no; "" where it is none.
func (t talk) picked(asked bot.Action, text string) string {
	if asked.Verb == "language" {
		switch {
		case t.Words.Typed(asked.Option, text, locales.ButtonYes), t.Words.Typed(t.Lang(), text, locales.ButtonYes):
			return asked.Option
		case t.Words.Typed(asked.Option, text, locales.ButtonNo), t.Words.Typed(t.Lang(), text, locales.ButtonNo):
			return t.Lang()
		}
		return t.named(text)
	}
	menu := strings.Fields(asked.Option)
	if n, err := strconv.Atoi(locales.Fold(text)); err == nil && n >= 1 && n <= len(menu) {
		return menu[n-1]
	}
	return t.named(text)
}

// named is the language with this name: its own, or what it is called in one of
// the others; "" where it is none of ours.
func (t talk) named(text string) string {
	f := locales.Fold(text)
	if f == "" {
		return ""
	}
	for _, l := range t.languages() {
		if f == locales.Fold(locales.Name(l)) {
			return l
		}
		for _, in := range t.Words.Languages() {
			if k := casework.TongueKey(l); t.Words.Has(k) && f == locales.Fold(t.Words.Text(in, k)) {
				return l
			}
		}
	}
	return ""
}

// meant is the language someone named behind /language, or gave as a tag; ""
// where it is none of ours.
func (t talk) meant(arg string) string {
	if l := t.named(arg); l != "" {
		return l
	}
	l, sure := locales.Match(arg, t.languages())
	if !sure {
		return ""
	}
	return l
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
	pending := t.pending
	t.say(t.T(locales.LanguageChanged), nil, "notice")
	switch {
	case pending != nil && pending.Verb != "language" && pending.Verb != "languages" && t.asksAnew(*pending):
	case t.Customer.Draft == nil && t.Customer.Held != nil && len(t.OpenComplaints()) > 0:
		t.askWhich("")
	default:
		t.again()
	}
}

// asksAnew puts a question once more that a yes or a no was to answer.
func (t talk) asksAnew(a bot.Action) bool {
	switch a.Verb {
	case "cancel":
		t.cancel()
	case "withdraw_yes":
		t.withdraw(a.Ref, false)
	case "dispute_yes":
		t.dispute(a.Ref, a.Option, false)
	default:
		return false
	}
	return true
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
