package casework

import (
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/locales"
)

// TimerSurvey asks the customer whether they are satisfied, or reminds them.
const TimerSurvey = "survey"

func surveyKey(c *bot.Complaint) string { return TimerSurvey + ":" + string(c.Ref) }

// surveyAfter sets the time of the survey where the policy has one after such
// an event. Only a chat can be asked by a tap.
func (w *Work) surveyAfter(c *bot.Complaint, kind bot.EventKind) {
	pol := w.PolicyOf(c)
	if kind == bot.EvSecond {
		kind = bot.EvResponse // the answer, again
	}
	if pol.Survey == nil || pol.Survey.After != kind || c.Survey != nil || !w.Customer.HasChat() {
		return
	}
	at := w.S.Now
	if pol.Survey.Delay.N > 0 {
		if due, err := pol.Calendar.Due(at, pol.Survey.Delay); err == nil {
			at = due.At
		}
	}
	w.Set(bot.Timer{Key: surveyKey(c), Kind: TimerSurvey, Due: pol.Calendar.NextContact(pol.Contact, at), Complaint: c.Ref})
}

// Survey asks, or asks once more where there was no answer.
func (w *Work) Survey(c *bot.Complaint) {
	pol := w.PolicyOf(c)
	s := pol.Survey
	// A complaint that goes on is no time to ask how it went.
	if s == nil || Diverted(c) || !w.Customer.Reachable() || !w.Customer.HasChat() || c.Stage == bot.Withdrawn || c.Stage == bot.Disputed ||
		s.After == bot.EvClosed && c.Stage != bot.Closed || c.Survey != nil && (c.Survey.Answer != "" || c.Survey.Reminded) {
		return
	}
	if at := pol.Calendar.NextContact(pol.Contact, w.S.Now); at.After(w.S.Now) {
		w.Later(at)
		return
	}
	text, about := "", "survey"
	if own, ok := pol.Say(w.Lang(), "survey.ask"); ok {
		text = strings.ReplaceAll(own, "{ref}", string(c.Ref))
	} else {
		text = w.T(locales.SurveyAsk, "Ref", string(c.Ref))
	}
	if c.Survey != nil {
		text, about = w.T(locales.SurveyAgain, "Ref", string(c.Ref)), "survey_reminder"
	}
	var cs []bot.Choice
	for _, a := range s.Scale {
		cs = append(cs, w.Button(w.Rating(c, w.Lang(), a), bot.Action{Verb: "rate", Ref: c.Ref, Option: a}))
	}
	cs = append(cs, w.Button(w.T(locales.SurveyRatherNot), bot.Action{Verb: "rate", Ref: c.Ref, Option: bot.RatherNot}))
	out := w.Say(text, cs, Said{About: about, Complaint: c, Wide: true})
	if c.Survey == nil {
		c.Survey = &bot.Survey{Out: out, At: w.S.Now}
		w.EventAt(c, bot.EvSurveyed, w.S.Now, "bot", "", map[string]string{"out": out})
		if due, err := pol.Calendar.Due(w.S.Now, s.Remind); err == nil {
			w.Later(pol.Calendar.NextContact(pol.Contact, due.At))
		}
	} else {
		c.Survey.Out, c.Survey.Reminded = out, true
		w.EventAt(c, bot.EvSurveyed, w.S.Now, "bot", "", map[string]string{"out": out, "again": "yes"})
	}
	w.Save(c)
}

// Rating is an answer of the policy's scale in a language.
func (h *House) Rating(c *bot.Complaint, lang, answer string) string {
	if answer == bot.RatherNot {
		return h.Words.Text(lang, locales.SurveyRatherNot)
	}
	return h.named(h.Pack(c.Policy), lang, "survey", answer)
}

// Rated notes the customer's answer. It is false where there is one already,
// or nothing was asked.
func (w *Work) Rated(c *bot.Complaint, answer string) bool {
	if c.Survey == nil || c.Survey.Answer != "" {
		return false
	}
	c.Survey.Answer, c.Survey.At = answer, w.S.Now
	w.Stop(surveyKey(c))
	w.Event(c, bot.EvRated, "customer", "", map[string]string{"answer": answer})
	w.Line(c, w.D(locales.StaffRated, "Answer", w.Rating(c, w.Language, answer)))
	return true
}

// commentFor is how long after the answer words may be its comment.
const commentFor = 14 * 24 * time.Hour

// Commented takes a comment on the rating. It is false where none was asked
// for, or that was long ago.
func (w *Work) Commented(c *bot.Complaint, words string) bool {
	if c == nil || c.Survey == nil || c.Survey.Commented || w.S.Now.Sub(c.Survey.At) > commentFor {
		return false
	}
	c.Survey.Commented = true
	w.Event(c, bot.EvCommented, "customer", words, nil)
	w.Quote(c, w.D(locales.StaffCommented), words)
	return true
}
