package intake

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/locales"
)

// answer takes words and files for the draft.
func (t talk) answer(text string) {
	t.touch()
	d := t.Customer.Draft
	q, more := t.flow().Next(d.Answers)
	if len(t.S.Input.Files) > 0 {
		t.answerFiles(q, more, text)
		return
	}
	if t.navigates(q, more, text) {
		return
	}
	if !more {
		// At the review, words add to the account.
		t.put("summary", func(a *bot.Answer) { a.Parts = append(a.Parts, t.part(text)) })
		t.review(t.T(locales.ReviewAdded))
		return
	}
	switch q.Type {
	case "choice":
		if o := t.chosen(q, text); o != "" {
			t.choose(q, o)
			return
		}
		// What does not choose is part of the account: nothing is lost.
		if s, ok := t.flow().Find("summary"); ok && s.ID != q.ID && tells(text) {
			t.put(s.ID, func(a *bot.Answer) { a.Parts = append(a.Parts, t.part(text)) })
			t.ask(t.T(locales.AskChoiceKept))
			return
		}
		t.ask(t.T(locales.AskChoice))
	case "phone":
		if digits(text) < 5 {
			k := locales.ErrorPhone
			if q.Required {
				k = locales.ErrorPhoneNeeded
			}
			t.ask(t.T(k))
			return
		}
		t.finish(q, locales.Digits(text))
	case "files":
		t.put(q.ID, func(a *bot.Answer) { a.Parts = append(a.Parts, t.part(text)) })
		t.ask(t.T(locales.AskWordsKept))
	default:
		if several(q) {
			t.put(q.ID, func(a *bot.Answer) { a.Parts = append(a.Parts, t.part(text)) })
			t.ask("")
			return
		}
		t.finish(q, text)
	}
}

// tells tells whether words are more than a try at an option.
func tells(text string) bool {
	return said(text) > 20 || said(text) > 12 && len(strings.Fields(text)) > 2
}

// said is how much someone says: a Chinese sign counts as three letters.
func said(s string) int {
	n := 0
	for _, r := range s {
		if n++; unicode.Is(unicode.Han, r) {
			n += 2
		}
	}
	return n
}

// finish takes a text that is a whole answer.
func (t talk) finish(q bot.Question, text string) {
	t.put(q.ID, func(a *bot.Answer) {
		a.Parts = append(a.Parts, t.part(text))
		a.Done, a.Skipped = true, false
	})
	t.answered(q.ID)
	t.ask("")
}

// navigates takes the words every question knows: back, skip, cancel, done,
// help, language, and submit at the review. No is enough where a question is
// optional.
func (t talk) navigates(q bot.Question, more bool, text string) bool {
	switch {
	case t.typed(text, locales.ButtonBack):
		t.back()
	case t.typed(text, locales.ButtonCancel):
		t.cancel()
	case t.typed(text, locales.ButtonHelp):
		t.help()
	case t.typed(text, locales.ButtonLanguage):
		t.askLanguage()
	case more && t.typed(text, locales.ButtonSkip), more && !q.Required && q.Type != "choice" && t.typed(text, locales.ButtonNo):
		t.skip(q)
	case more && several(q) && t.typed(text, locales.ButtonDone):
		t.done(q)
	case more && several(q) && t.typed(text, locales.ButtonClear):
		t.clear(q.ID)
	case !more && t.typed(text, locales.ButtonSubmit, locales.ButtonYes):
		t.submit()
	case !more && t.typed(text, locales.ButtonNo):
		t.review(t.T(locales.AskChoice))
	default:
		return false
	}
	return true
}

// chosen finds the option a typed number or label means; empty if none.
func (t talk) chosen(q bot.Question, text string) string {
	f := locales.Fold(text)
	if n, err := strconv.Atoi(strings.TrimSuffix(f, ".")); err == nil && n >= 1 && n <= len(q.Options) {
		return q.Options[n-1]
	}
	switch {
	case slices.Contains(q.Options, "yes") && t.Words.Typed(t.Lang(), text, locales.ButtonYes):
		return "yes"
	case slices.Contains(q.Options, "no") && t.Words.Typed(t.Lang(), text, locales.ButtonNo):
		return "no"
	}
	pol := t.Pack(t.Customer.Draft.Policy)
	for _, o := range q.Options {
		for _, l := range t.languages() {
			label := t.Option(pol, l, q.ID, o)
			short, _, _ := strings.Cut(strings.ReplaceAll(label, "（", "("), "(")
			if f != "" && (f == locales.Fold(label) || f == locales.Fold(short)) {
				return o
			}
		}
	}
	return ""
}

func (t talk) choose(q bot.Question, option string) {
	if !slices.Contains(q.Options, option) {
		t.ask(t.T(locales.AskChoice))
		return
	}
	t.put(q.ID, func(a *bot.Answer) { *a = bot.Answer{Option: option} })
	t.answered(q.ID)
	t.ask("")
}

func (t talk) skip(q bot.Question) {
	if q.Required {
		t.ask(t.T(locales.ErrorRequired))
		return
	}
	t.put(q.ID, func(a *bot.Answer) {
		// Skipping after having sent something means that this is all.
		a.Skipped, a.Done = !has(*a), has(*a)
	})
	t.answered(q.ID)
	t.ask("")
}

func (t talk) done(q bot.Question) {
	a := t.Customer.Draft.Answers[q.ID]
	if !has(a) || q.Type == "text" && len(a.Parts) == 0 {
		if !q.Required {
			t.skip(q)
			return
		}
		t.ask(t.T(locales.ErrorRequired))
		return
	}
	t.put(q.ID, func(a *bot.Answer) { a.Done, a.Skipped = true, false })
	t.answered(q.ID)
	t.ask("")
}

// back forgets the last answer; of one in several messages, only that it was
// all.
func (t talk) back() {
	d := t.Customer.Draft
	if len(d.Order) == 0 {
		t.ask(t.T(locales.ErrorFirst))
		return
	}
	if q, more := t.flow().Next(d.Answers); more && !t.after(q) {
		t.ask("") // it is being changed: there is nothing to go back to
		return
	}
	id := d.Order[len(d.Order)-1]
	d.Order = d.Order[:len(d.Order)-1]
	t.forget(id)
	t.ask("")
}

// forget makes a question be asked again.
func (t talk) forget(id string) {
	d := t.Customer.Draft
	q, ok := t.flow().Find(id)
	if ok && several(q) {
		t.put(id, func(a *bot.Answer) { a.Done, a.Skipped = false, false })
		return
	}
	delete(d.Answers, id)
}

// clear throws away the words of an answer, to write it anew; its files stay.
func (t talk) clear(id string) {
	t.put(id, func(a *bot.Answer) { a.Parts, a.Done, a.Skipped = nil, false, false })
	t.ask("")
}

func (t talk) put(id string, change func(*bot.Answer)) {
	d := t.Customer.Draft
	if d.Answers == nil {
		d.Answers = map[string]bot.Answer{}
	}
	a := d.Answers[id]
	change(&a)
	d.Answers[id] = a
}

// answered notes the order for back. An answer that was changed keeps its
// place.
func (t talk) answered(id string) {
	if d := t.Customer.Draft; !slices.Contains(d.Order, id) {
		d.Order = append(d.Order, id)
	}
}

func (t talk) part(text string) bot.Part {
	return bot.Part{Message: t.S.Input.MessageID, Text: text, At: t.S.Input.At}
}

func digits(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// typed tells whether the words are one of these labels, or another word for
// it, in any language.
func (t talk) typed(text string, keys ...locales.Key) bool {
	if t.asksForNames() {
		return t.Words.Labelled(t.Lang(), text, keys...)
	}
	return t.Words.Typed(t.Lang(), text, keys...)
}
