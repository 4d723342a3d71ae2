package casework

import (
	"cmp"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/locales"
)

// Reopened is the way of a second look that staff begin themselves.
const Reopened = "reopened"

// Disputes begins another round: the customer disagrees in one of the policy's
// ways, or staff reopen the complaint. The policy's promises for it start at
// the input. It is false where the complaint's stage forbids it. The customer
// is told what happens now.
func (w *Work) Disputes(c *bot.Complaint, by, way string) bool {
	if !w.Event(c, bot.EvDisputed, by, "", map[string]string{"way": way, "with": w.again(c, way)}) {
		return false
	}
	delete(c.Said, bot.EvSatisfied)
	pol := w.PolicyOf(c)
	for _, p := range pol.Dispute(c.Topic, w.S.Input.At) {
		p.Round = c.Round
		c.Promises = append(c.Promises, p)
	}
	w.Watch(c)
	if c.Assignee != "" {
		// Someone else is to look at it again.
		w.Event(c, bot.EvAssigned, "bot", "", map[string]string{"to": ""})
	}
	w.copyTo(c, c.With)
	call := w.Higher(c)
	if people := w.standIn(c.With); way == "restart" && len(people) > 0 {
		call = people
	}
	if way != Reopened {
		w.copyLine(c, w.D(locales.StaffDisputed, "Way", w.D(locales.Key("dispute."+way))))
	}
	if way == Reopened {
		w.Escalated(c, bot.StaffID(by), w.D(locales.StaffReopened), call)
	} else {
		w.Escalated(c, "", w.D(locales.StaffDisputed, "Way", w.D(locales.Key("dispute."+way))), call)
	}
	compose := func() string { return w.disputed(c, way) }
	text := compose()
	out := w.Say(text, nil, Said{About: "disputed", Complaint: c, Other: w.Other(c, compose)})
	w.Record(c, out, w.D(locales.StaffToldByProgram, "What", w.D(locales.SaidDisputed)), text)
	return true
}

// disputed tells the customer that it is looked at again, and by when.
func (w *Work) disputed(c *bot.Complaint, way string) string {
	text := w.T(locales.DisputeTaken, "Ref", string(c.Ref))
	if way == Reopened {
		text = w.T(locales.DisputeReopened, "Ref", string(c.Ref))
	}
	lines := w.PromiseLines(c, false)
	for _, l := range lines {
		text += "\n• " + l
	}
	if len(lines) == 0 {
		text = w.Words.Next(w.Lang(), text, w.T(locales.DisputeNoDate))
	}
	if way != Reopened && w.Customer.HasChat() {
		text += "\n\n" + w.T(locales.DisputeWhy)
	}
	return text
}

// again is the role that looks at the complaint now: the first of its route
// where it starts from the beginning, else the one that the policy names for
// disagreements.
func (h *House) again(c *bot.Complaint, way string) string {
	pol := h.Pack(c.Policy)
	switch {
	case way == "restart":
		return cmp.Or(first(pol, c.Topic), c.With)
	case way != Reopened && len(pol.DisputeRoute) > 0:
		return pol.DisputeRoute[0]
	}
	return c.With
}

// MayDispute tells whether the customer may still disagree with the outcome.
func (h *House) MayDispute(c *bot.Complaint) bool {
	pol := h.Pack(c.Policy)
	return c.Outcome != "" && c.Stage.Allows(bot.EvDisputed) && len(pol.Disputes) > 0 && c.Round < pol.Rounds
}
