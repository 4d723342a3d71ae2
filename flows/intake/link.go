package intake

import (
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
	if p == nil || p.Action.Verb != "link" {
		// Words that happen to read like a code are words; one written as codes
		// are written is a slip of the finger.
		code, typed := bot.ParseCode(in.Text)
		_, given := bot.ParseCode(in.Argument)
		if p != nil || !given && (!typed || !strings.EqualFold(strings.TrimSpace(in.Text), code)) {
			return false
		}
		t.speakAnyway()
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
	t.Customer.Greeted = true
	t.Event(c, bot.EvLinked, "customer", "", map[string]string{"channel": string(t.Customer.Chat.Channel)})
	t.Line(c, t.D(locales.StaffLinked))
	t.Watch(c)
	t.Say(t.T(locales.CodeLinked, "Ref", string(ref)), nil, casework.Said{About: "linked", Complaint: c})
	t.status(ref)
}
