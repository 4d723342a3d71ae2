package intake

import (
	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/locales"
)

// complain begins a draft, or goes on with the one there is.
func (t talk) complain() {
	t.Customer.Focus = ""
	if t.Customer.Draft != nil {
		t.say(t.T(locales.DraftGoesOn), nil, "notice")
		t.ask("")
		return
	}
	if !t.Customer.Greeted {
		t.begin()
		t.greet()
	} else {
		t.begin()
	}
	t.ask(t.T(locales.AskOpening))
}

// begin opens a draft. Words and files that waited for a place are its first.
func (t talk) begin() {
	t.Customer.Drafts++
	t.Customer.Draft = &bot.Draft{N: t.Customer.Drafts, Policy: t.Policy.Hash, Started: t.S.Now, Touched: t.S.Now,
		Answers: map[string]bot.Answer{}}
	t.touch()
	h := t.Customer.Held
	t.release()
	if h == nil {
		return
	}
	if len(h.Parts) > 0 {
		t.put("summary", func(a *bot.Answer) { a.Parts = append(a.Parts, h.Parts...) })
	}
	if len(h.Files) > 0 {
		t.put("evidence", func(a *bot.Answer) { a.Files = append(a.Files, h.Files...) })
	}
}

// touch notes that the person is at it: nothing is timed out under their
// hands.
func (t talk) touch() {
	d := t.Customer.Draft
	if d == nil {
		return
	}
	d.Touched = t.S.Now
	if !d.Reminded.IsZero() {
		t.Set(bot.Timer{Key: casework.DraftListed, Kind: casework.DraftListed, Due: t.S.Now.Add(t.House.DraftListed), Draft: d.N})
		return
	}
	pol := t.Pack(d.Policy)
	at := pol.Calendar.NextContact(pol.Contact, t.S.Now.Add(t.House.DraftReminder))
	t.Set(bot.Timer{Key: casework.DraftReminder, Kind: casework.DraftReminder, Due: at, Draft: d.N})
}

func (t talk) flow() bot.Flow { return t.Pack(t.Customer.Draft.Policy).Ask }

// several tells whether an answer may come in several messages, until the
// person says that it is all. A name comes in one.
func several(q bot.Question) bool {
	return q.Type == "files" || q.Type == "text_or_files" || q.Type == "text" && q.Required && q.ID != casework.Represented
}

// ask asks the next question; before it stands what the last message came to.
func (t talk) ask(before string) {
	d := t.Customer.Draft
	q, more := t.flow().Next(d.Answers)
	if !more {
		t.review(before)
		return
	}
	t.Customer.Prompts++
	pol := t.Pack(d.Policy)
	text := t.prompt(q)
	if !q.Required {
		text += "\n" + t.T(locales.AskOptional)
	}
	a := d.Answers[q.ID]
	if has(a) {
		if t.fresh(a) {
			text = t.soFar(a)
		} else {
			// Nobody knows what "more" is without the question.
			text = t.prompt(q) + "\n\n" + t.soFar(a)
		}
	}
	if before != "" {
		text = before + "\n\n" + text
	}
	var cs []bot.Choice
	if q.Type == "choice" {
		for _, o := range q.Options {
			cs = append(cs, t.Button(t.Option(pol, t.Lang(), q.ID, o), bot.Action{Verb: "answer", Question: q.ID, Option: o}))
		}
	}
	wide := len(cs) > 0
	if several(q) && has(a) {
		cs = append(cs, t.Button(t.T(locales.ButtonDone), bot.Action{Verb: "done", Question: q.ID}))
		if len(a.Parts) > 0 {
			cs = append(cs, t.Button(t.T(locales.ButtonClear), bot.Action{Verb: "clear", Question: q.ID}))
		}
	} else if !q.Required {
		cs = append(cs, t.Button(t.T(locales.ButtonSkip), bot.Action{Verb: "skip", Question: q.ID}))
	}
	if t.after(q) {
		cs = append(cs, t.Button(t.T(locales.ButtonBack), bot.Action{Verb: "back"}))
	}
	cs = append(cs, t.Button(t.T(locales.ButtonCancel), bot.Action{Verb: "cancel_ask"}))
	t.Say(text, cs, casework.Said{About: "question", Wide: wide})
}

// after tells whether the question comes after the last one answered. One that
// is being changed does not: to go back from it would take another answer away.
func (t talk) after(q bot.Question) bool {
	d := t.Customer.Draft
	if len(d.Order) == 0 {
		return false
	}
	for _, x := range t.flow() {
		switch x.ID {
		case q.ID:
			return false
		case d.Order[len(d.Order)-1]:
			return true
		}
	}
	return true
}

// fresh tells whether this very message, or the album that is now complete,
// added to the answer.
func (t talk) fresh(a bot.Answer) bool {
	in := t.S.Input
	if in.Kind == bot.InTimer {
		return in.Timer.Kind == timerAlbum
	}
	for _, p := range a.Parts {
		if in.MessageID != "" && p.Message == in.MessageID {
			return true
		}
	}
	for _, id := range a.Files {
		if e := t.File(id); e != nil && in.MessageID != "" && e.Message == in.MessageID {
			return true
		}
	}
	return false
}

// prompt is the question's words: the pack's own, or the program's.
func (t talk) prompt(q bot.Question) string {
	pol := t.Pack(t.Customer.Draft.Policy)
	if s, ok := pol.Say(t.Lang(), "ask."+q.ID); ok {
		return s
	}
	if k := locales.Key("ask." + q.ID); t.Words.Has(k) {
		return t.T(k)
	}
	return t.Label(pol, t.Lang(), q.ID)
}

// soFar says what an unfinished answer holds already.
func (t talk) soFar(a bot.Answer) string {
	switch {
	case len(a.Parts) > 0 && len(a.Files) > 0:
		return t.Words.Next(t.Lang(), t.TN(locales.AskMoreWords, len(a.Parts)), t.TN(locales.AskMoreFiles, len(a.Files))) + "\n" + t.T(locales.AskMore)
	case len(a.Files) > 0:
		return t.TN(locales.AskMoreFiles, len(a.Files)) + "\n" + t.T(locales.AskMore)
	}
	return t.TN(locales.AskMoreWords, len(a.Parts)) + "\n" + t.T(locales.AskMore)
}

func has(a bot.Answer) bool { return len(a.Parts) > 0 || len(a.Files) > 0 }
