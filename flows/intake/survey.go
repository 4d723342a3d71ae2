package intake

import (
	"slices"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/locales"
)

// rate takes the one tap that answers a survey.
func (t talk) rate(ref bot.Ref, answer string) {
	c := t.Complaint(ref)
	if c == nil {
		t.present()
		return
	}
	s := t.PolicyOf(c).Survey
	if s == nil || answer != bot.RatherNot && !slices.Contains(s.Scale, answer) || !t.Rated(c, answer) {
		t.Say(t.T(locales.SurveyAlready), nil, casework.Said{About: casework.SurveyThanks, Complaint: c})
		return
	}
	if answer == bot.RatherNot {
		t.Say(t.T(locales.SurveyFine), nil, casework.Said{About: casework.SurveyThanks, Complaint: c})
		return
	}
	text := t.T(locales.SurveyThanks)
	var cs []bot.Choice
	if s.Comment {
		t.Customer.Comment = ref
		text += "\n\n" + t.T(locales.SurveyComment)
	}
	if answer == s.Scale[len(s.Scale)-1] && t.MayDispute(c) {
		// Who is not content may not know that there is more they can do.
		text += "\n\n" + t.T(locales.SurveyDispute)
		cs = Disputes(t.Work, c)
	}
	t.Say(text, cs, casework.Said{About: casework.SurveyThanks, Complaint: c})
}

// comments takes the words that follow a rating.
func (t talk) comments(text string) bool {
	ref := t.Customer.Comment
	t.Customer.Comment = ""
	if ref == "" || text == "" || len(t.S.Input.Files) > 0 || t.Customer.Draft != nil || !t.Commented(t.Complaint(ref), text) {
		return false
	}
	t.Say(t.T(locales.SurveyCommented), nil, casework.Said{About: casework.SurveyThanks, Complaint: t.Complaint(ref)})
	return true
}
