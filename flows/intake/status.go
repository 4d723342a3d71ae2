package intake

import (
	"strings"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/locales"
)

// status shows where the complaint stands; without a reference, all that are
// open (or the newest that is not).
func (t talk) status(ref bot.Ref) {
	if t.informedStatus(ref) && (len(t.Complaints()) == 0 || ref != "") {
		t.again()
		return
	}
	cs := t.OpenComplaints()
	if c := t.Complaint(ref); c != nil {
		cs = []*bot.Complaint{c}
	} else if all := t.Complaints(); len(cs) == 0 && len(all) > 0 {
		cs = all[len(all)-1:]
	}
	if len(cs) == 0 && t.Customer.Draft != nil {
		t.ask(t.T(locales.StatusUnsent))
		return
	}
	if len(cs) == 0 {
		t.say(t.T(locales.StatusNone), []bot.Choice{t.Button(t.T(locales.ButtonComplain), bot.Action{Verb: "complain"})}, "status")
		t.again()
		return
	}
	for _, c := range cs {
		t.statusOf(c)
	}
	t.again()
}

func (t talk) statusOf(c *bot.Complaint) {
	if casework.Diverted(c) {
		t.Say(t.T(locales.MandateUntold, "Ref", string(c.Ref)), []bot.Choice{t.Button(t.T(locales.ButtonAdd), bot.Action{Verb: "add", Ref: c.Ref})},
			casework.Said{About: "status", Complaint: c})
		return
	}
	pol := t.PolicyOf(c)
	lines := []string{
		t.T(locales.StatusHead, "Ref", string(c.Ref)),
		t.T(locales.StatusStage, "Stage", t.T(casework.StageKey(c))),
		t.T(locales.StatusReceived, "Date", t.When(pol, t.Lang(), c.Received)),
	}
	if c.Outcome != "" && c.Stage != bot.Disputed && casework.Responded(c) {
		lines = append(lines, t.T(locales.StatusOutcome, "Outcome", t.T(locales.Key("decision."+c.Outcome))))
	}
	if !c.Waiting.IsZero() && c.Stage.Open() {
		lines = append(lines, t.T(locales.StatusWaiting))
	}
	if ps := t.PromiseLines(c, true); len(ps) > 0 {
		lines = append(lines, "", t.T(locales.StatusPromises), "• "+strings.Join(ps, "\n• "))
	}
	if c.Stage == bot.Disputed && len(t.PromiseLines(c, false)) == 0 {
		lines = append(lines, "", t.Words.Next(t.Lang(), t.T(locales.DisputeTaken, "Ref", string(c.Ref)), t.T(locales.DisputeNoDate)))
	}
	line, buttons := t.measured(c)
	if line != "" {
		lines = append(lines, "", line)
	}
	if c.Stage.Open() {
		buttons = append(buttons, t.Button(t.T(locales.ButtonAdd), bot.Action{Verb: "add", Ref: c.Ref}))
		buttons = append(buttons, t.InviteChoice(c)...)
	}
	switch {
	case !casework.Responded(c):
	case c.Stage == bot.Decided:
		buttons = append(buttons, Rights(t.Work, c)...)
	case c.Stage == bot.Closed && c.Outcome != "":
		buttons = append(buttons, Disputes(t.Work, c)...)
	}
	t.Say(strings.Join(lines, "\n"), buttons, casework.Said{About: "status", Complaint: c})
}
