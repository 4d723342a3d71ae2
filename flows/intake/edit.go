package intake

import (
	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/locales"
)

// edited takes a message the customer changed: a revision. The old words
// stay. Platforms also announce changes that nobody can see; those are
// ignored.
func (t talk) edited() {
	in := t.S.Input
	text := locales.Clean(in.Text)
	if text == "" {
		return
	}
	if d := t.Customer.Draft; d != nil {
		for id, a := range d.Answers {
			if revise(a.Parts, in.MessageID, text) {
				d.Answers[id] = a
				t.touch()
				t.ask(t.T(locales.EditTaken))
				return
			}
		}
	}
	if h := t.Customer.Held; h != nil && revise(h.Parts, in.MessageID, text) {
		t.askWhich("")
		return
	}
	for _, c := range t.Complaints() {
		for id, a := range c.Answers {
			if !revise(a.Parts, in.MessageID, text) {
				continue
			}
			c.Answers[id] = a
			t.Event(c, bot.EvRevised, "customer", text, map[string]string{"answer": id})
			t.Quote(c, t.D(locales.StaffCustomerEdited), text)
			t.Say(t.T(locales.EditPassed, "Ref", string(c.Ref)), nil, casework.Said{About: "added", Complaint: c})
			return
		}
	}
}

// revise puts the new text in the place of the message's old one, which is
// remembered. It is false where the message is not there or says the same.
func revise(parts []bot.Part, message, text string) bool {
	for i := range parts {
		p := &parts[i]
		if message != "" && p.Message == message {
			if p.Text == text {
				return false
			}
			p.Was = append(p.Was, p.Text)
			p.Text = text
			return true
		}
	}
	return false
}
