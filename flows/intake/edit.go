package intake

import (
	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/locales"
)

// edited takes a message the customer changed: a revision. The old words
// stay. Platforms also announce changes that nobody can see; those are
// ignored.
func (t talk) edited() {
	// A part of an album that is edited begins no new one.
	t.S.Input.Group = ""
	in := t.S.Input
	text := locales.Clean(in.Text)
	if text == "" {
		return
	}
	if d := t.Customer.Draft; d != nil {
		for id, a := range d.Answers {
			if _, ok := revise(a.Parts, in.MessageID, text); ok {
				d.Answers[id] = a
				t.touch()
				t.ask(t.T(locales.EditTaken))
				return
			}
		}
	}
	if f := t.Customer.Flood; f != nil {
		if _, ok := revise(f.Parts, in.MessageID, text); ok {
			return // answered with all the others
		}
	}
	if h := t.Customer.Held; h != nil {
		if _, ok := revise(h.Parts, in.MessageID, text); ok {
			if t.Customer.Language == "" {
				t.askLanguage()
				return
			}
			t.takeHeld()
			return
		}
	}
	if t.rewritten(text) {
		return
	}
	for _, c := range t.Complaints() {
		for id, a := range c.Answers {
			was, ok := revise(a.Parts, in.MessageID, text)
			if !ok {
				continue
			}
			c.Answers[id] = a
			t.Event(c, bot.EvRevised, "customer", text, map[string]string{"answer": id})
			t.Wrote(c, t.D(locales.StaffCustomerEditedWas), was)
			t.Wrote(c, t.D(locales.StaffCustomerEdited), text)
			t.confirm(c, t.T(locales.EditPassed, "Ref", string(c.Ref)), "", nil)
			return
		}
	}
	if !t.captioned(text) {
		t.revisedElsewhere(text)
	}
}

// captioned takes words that were put under a file after it was sent. It is
// false where there is no such file.
func (t talk) captioned(text string) bool {
	for _, e := range t.S.Evidence {
		if e.Message == "" || e.Message != t.S.Input.MessageID {
			continue
		}
		if c := t.Complaint(e.Complaint); c != nil {
			t.add(c, text)
		} else if t.Customer.Draft != nil {
			t.put("summary", func(a *bot.Answer) { a.Parts = append(a.Parts, t.part(text)) })
			t.touch()
			t.ask(t.T(locales.EditTaken))
		}
		return true
	}
	return false
}

// revise puts the new text in the place of the message's old one, which is
// remembered and given back. It is false where the message is not there or
// says the same.
func revise(parts []bot.Part, message, text string) (was string, ok bool) {
	for i := range parts {
		p := &parts[i]
		if message != "" && p.Message == message {
			if p.Text == text {
				return "", false
			}
			was = p.Text
			p.Was = append(p.Was, was)
			p.Text = text
			return was, true
		}
	}
	return "", false
}
