package intake

import (
	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/locales"
)

// Rights are the buttons of what a customer may do about a formal response,
// by the policy: accept it, or dispute it in one of the policy's ways.
func Rights(w *casework.Work, c *bot.Complaint) []bot.Choice {
	cs := []bot.Choice{w.Button(w.T(locales.ButtonAccept), bot.Action{Verb: "accept", Ref: c.Ref})}
	return append(cs, Disputes(w, c)...)
}

// Disputes are the ways to disagree; none once the policy's rounds are over.
func Disputes(w *casework.Work, c *bot.Complaint) []bot.Choice {
	var cs []bot.Choice
	if c.Round >= w.PolicyOf(c).Rounds {
		return nil
	}
	for _, way := range w.PolicyOf(c).Disputes {
		cs = append(cs, w.Button(w.T(locales.Key("dispute."+way)), bot.Action{Verb: "dispute", Ref: c.Ref, Option: way}))
	}
	return cs
}

// dispute takes a customer's disagreement with the response, asked twice: a
// slip of the thumb is not a dispute.
func (t talk) dispute(ref bot.Ref, way string, sure bool) {
	c := t.Complaint(ref)
	if c == nil || !t.MayDispute(c) {
		t.status(ref)
		return
	}
	if !sure {
		t.sure(t.T(locales.DisputeAsk, "Ref", string(ref), "Way", t.T(locales.Key("dispute."+way))), t.T(locales.Key("dispute."+way)), t.T(locales.ButtonNo),
			bot.Action{Verb: "dispute_yes", Ref: ref, Option: way}, bot.Action{Verb: "status", Ref: ref})
		return
	}
	if !t.Work.Disputes(c, "customer", way) {
		t.status(ref)
		return
	}
	t.Customer.Focus = c.Ref
	t.Hears(c)
}

// accept notes that the customer is content with the response.
func (t talk) accept(ref bot.Ref) {
	c := t.Complaint(ref)
	if c == nil || c.Stage != bot.Decided {
		t.status(ref)
		return
	}
	t.Accepted(c)
	t.Say(t.T(locales.AcceptThanks), nil, casework.Said{About: "accepted", Complaint: c})
}
