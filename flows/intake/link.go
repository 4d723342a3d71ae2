package intake

import (
	"slices"
	"strings"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/locales"
)

// timerLinked wakes the lane that a complaint has just come to by its code.
const timerLinked = "linked"

// links takes the code that links this chat to a complaint that came without
// one. It is false for anything else.
func (t talk) links() bool {
	in, p := t.S.Input, t.S.Pressed
	if in.Kind != bot.InMessage {
		return false
	}
	if p != nil && p.Action.Verb == "inform" {
		t.invited(p)
		return true
	}
	if p == nil || p.Action.Verb != "link" {
		// What is written like a code may as well be a serial number: it is a
		// slip of the finger only where nothing else can be meant.
		idle := t.Customer.Draft == nil && t.Customer.Focus == "" && len(in.Files) == 0 && len(t.OpenComplaints()) == 0
		if p != nil || !(in.Command == "start" && codeLike(in.Argument)) && !(idle && codeLike(in.Text)) {
			return false
		}
		t.speakAnyway()
		if slices.ContainsFunc(t.Complaints(), func(c *bot.Complaint) bool { return c.Name+c.Contact != "" || c.Channel != in.Channel }) {
			t.status("") // the code did what it was for
			return true
		}
		t.say(t.T(locales.CodeUnknown), nil, "notice")
		t.again()
		return true
	}
	t.speakAnyway()
	if p.Customer == t.Customer.ID {
		t.status(p.Action.Ref)
		return true
	}
	t.Adopt(p.Customer)
	t.Set(bot.Timer{Key: timerLinked + ":" + string(p.Action.Ref), Kind: timerLinked, Due: t.S.Now, Complaint: p.Action.Ref})
	return true
}

// codeLike tells whether something is written as codes are: XXXX-XXXX-XXXX.
func codeLike(s string) bool {
	s = strings.TrimSpace(s)
	if len(s) != 14 || s[4] != '-' || s[9] != '-' {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
}

// speakAnyway settles the language of someone who came with a code and was not
// asked yet.
func (t talk) speakAnyway() {
	if t.Customer.Language == "" {
		t.Customer.Language = t.Lang()
	}
}

// linked tells the customer and staff that they write to each other here from
// now on.
func (t talk) linked(ref bot.Ref) {
	c := t.Complaint(ref)
	if c == nil {
		return
	}
	if !t.Customer.Chosen {
		t.Customer.Language = c.Language
	}
	greeted := t.Customer.Greeted
	t.Customer.Greeted = true
	t.Event(c, bot.EvLinked, "customer", "", map[string]string{"channel": string(t.Customer.Chat.Channel)})
	t.Line(c, t.D(locales.StaffLinked))
	t.Watch(c)
	text := t.T(locales.CodeLinked, "Ref", string(ref))
	if !greeted {
		text += "\n\n" + t.T(locales.GreetPrivacy)
		if u := t.urgent(); u != "" {
			text = u + "\n\n" + text
		}
	}
	t.Say(text, nil, casework.Said{About: "linked", Complaint: c})
	t.status(ref)
}
