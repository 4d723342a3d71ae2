package intake

import (
	"maps"
	"slices"
	"strings"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

// policy tells of the policy itself: what it is called, which version, what
// happens next and by when, what can be done about a decision, and where to
// read it.
func (t talk) policy() {
	pol, lang := t.Policy, t.Lang()
	parts := []string{t.T(locales.AboutPolicyHead, "Title", pol.Called(lang), "Version", pol.Version)}
	for _, k := range []string{"who", "policy"} {
		if s, ok := pol.Say(lang, k); ok {
			parts = append(parts, s)
		}
	}
	parts = append(parts, t.steps(pol))
	if len(pol.Disputes) > 0 {
		own, ok := pol.SayIn(lang, "dispute")
		if !ok {
			own = t.T(locales.AboutPolicyDispute)
		}
		parts = append(parts, own)
	}
	parts = append(parts, strings.Join(pol.Channels(t.Words, lang), "\n"))
	if lines := t.reach(pol); len(lines) > 0 {
		parts = append(parts, strings.Join(lines, "\n"))
	}
	var cs []bot.Choice
	if t.Customer.Draft == nil {
		cs = []bot.Choice{t.Button(t.T(locales.ButtonComplain), bot.Action{Verb: "complain"})}
	}
	t.say(strings.Join(parts, "\n\n"), cs, "policy")
	for _, c := range t.OpenComplaints() {
		if ps := t.PromiseLines(c, false); len(ps) > 0 {
			t.Say(t.T(locales.StatusHead, "Ref", string(c.Ref))+"\n• "+strings.Join(ps, "\n• "), nil, casework.Said{About: "status", Complaint: c})
		}
	}
	t.again()
}

// steps are the promises in words, each said once; a policy without any says
// so.
func (t talk) steps(pol *policy.Policy) string {
	var lines []string
	for i, topic := range pol.Topics {
		name := t.Topic(pol, t.Lang(), topic.ID)
		for _, l := range pol.Steps(t.Words, t.Lang(), topic.ID) {
			switch {
			case slices.Contains(lines, l):
			case i == 0, strings.Contains(l, name):
				lines = append(lines, l) // of every topic, or says itself of which
			default:
				lines = append(lines, t.Words.Note(t.Lang(), l, name))
			}
		}
	}
	if len(lines) == 0 {
		return t.T(locales.AboutPolicyNoDates)
	}
	return t.T(locales.AboutPolicyNext) + "\n• " + strings.Join(lines, "\n• ")
}

// reach lists where else the company can be reached, and where to read more.
func (t talk) reach(pol *policy.Policy) []string {
	var lines []string
	if pol.Hotline != "" {
		lines = append(lines, t.T(locales.AboutPolicyHotline, "Number", pol.Hotline))
	}
	for _, c := range pol.Contacts {
		lines = append(lines, t.T(locales.AboutPolicyContact, "Contact", c))
	}
	for _, id := range slices.Sorted(maps.Keys(pol.Links)) {
		if pol.Links[id] == "" {
			continue
		}
		label, ok := pol.Say(t.Lang(), "link."+id)
		if !ok {
			label = t.T(locales.AboutPolicyLink)
		}
		lines = append(lines, t.Words.Colon(t.Lang(), label, pol.Links[id]))
	}
	return lines
}
