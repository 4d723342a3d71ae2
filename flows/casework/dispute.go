package casework

import (
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
	if !w.Event(c, bot.EvDisputed, by, "", map[string]string{"way": way}) {
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
	call := w.again(c, way)
	if way == Reopened {
		w.Escalated(c, bot.StaffID(by), w.D(locales.StaffReopened), call)
	} else {
		w.Escalated(c, "", w.D(locales.StaffDisputed, "Way", w.D(locales.Key("dispute."+way))), call)
	}
	text := w.T(locales.DisputeTaken, "Ref", string(c.Ref))
	if way == Reopened {
		text = w.T(locales.DisputeReopened, "Ref", string(c.Ref))
	}
	lines := w.PromiseLines(c, false)
	for _, l := range lines {
		text += "\n• " + l
	}
	if len(lines) == 0 {
		text += " " + w.T(locales.DisputeNoDate)
	}
	if way != Reopened && w.Customer.HasChat() {
		text += "\n\n" + w.T(locales.DisputeWhy)
	}
	out := w.Say(text, nil, Said{About: "disputed", Complaint: c})
	w.Record(c, out, w.D(locales.StaffToldByProgram, "What", w.D(locales.SaidDisputed)), text)
	return true
}

// again gives the complaint to whoever looks at it now: to the first of its
// route where it starts from the beginning, else to the role that the policy
// names for disagreements. It gives the people to call.
func (w *Work) again(c *bot.Complaint, way string) []string {
	pol := w.PolicyOf(c)
	t, _ := pol.Topic(c.Topic)
	switch {
	case way == "restart" && len(t.Route) > 0:
		c.With = t.Route[0]
		w.copyTo(c, c.With)
		return w.standIn(c.With)
	case way != Reopened && len(pol.DisputeRoute) > 0:
		c.With = pol.DisputeRoute[0]
		w.copyTo(c, c.With)
	}
	return w.Higher(c)
}

// MayDispute tells whether the customer may still disagree with the outcome.
func (h *House) MayDispute(c *bot.Complaint) bool {
	pol := h.Pack(c.Policy)
	return c.Outcome != "" && c.Stage.Allows(bot.EvDisputed) && len(pol.Disputes) > 0 && c.Round < pol.Rounds
}
