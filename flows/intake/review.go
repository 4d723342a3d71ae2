package intake

import (
	"strings"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/locales"
)

// reviewWords is how much of an answer the review repeats, in letters.
const reviewWords = 500

// review shows the whole account before it is submitted; any answer can be
// changed from here.
func (t talk) review(before string) {
	d := t.Customer.Draft
	t.Customer.Prompts++
	pol := t.Pack(d.Policy)
	var b strings.Builder
	if before != "" {
		b.WriteString(before + "\n\n")
	}
	b.WriteString(t.T(locales.ReviewHead) + "\n")
	cs := []bot.Choice{t.Button(t.T(locales.ButtonSubmit), bot.Action{Verb: "submit"})}
	for _, q := range t.flow() {
		if !q.Applies(d.Answers) {
			continue
		}
		label := t.Label(pol, t.Lang(), q.ID)
		b.WriteString("\n" + t.T(locales.ReviewLine, "What", label, "Value", t.short(q, d.Answers[q.ID])))
		cs = append(cs, t.Button(t.T(locales.ButtonChange, "What", label), bot.Action{Verb: "change", Question: q.ID}))
	}
	b.WriteString("\n\n" + t.T(locales.ReviewFoot))
	cs = append(cs, t.Button(t.T(locales.ButtonCancel), bot.Action{Verb: "cancel_ask"}))
	t.Say(b.String(), cs, casework.Said{About: "question", Wide: true})
}

func (t talk) short(q bot.Question, a bot.Answer) string {
	pol := t.Pack(t.Customer.Draft.Policy)
	switch {
	case a.Option != "":
		return t.Option(pol, t.Lang(), q.ID, a.Option)
	case len(a.Parts) > 0 && len(a.Files) > 0:
		return t.T(locales.ReviewAlso, "A", bot.Cut(a.Text(), reviewWords), "B", t.TN(locales.ReviewFiles, len(a.Files)))
	case len(a.Parts) > 0:
		return bot.Cut(a.Text(), reviewWords)
	case len(a.Files) > 0:
		return t.TN(locales.ReviewFiles, len(a.Files))
	}
	return t.T(locales.ReviewNothing)
}

// submit makes a complaint of the draft.
func (t talk) submit() {
	d := t.Customer.Draft
	if d == nil {
		t.status("")
		return
	}
	if _, more := t.flow().Next(d.Answers); more {
		t.ask(t.T(locales.ReviewNotYet))
		return
	}
	t.Lodge(t.S.Input.At, "", "")
}
