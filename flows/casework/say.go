package casework

import (
	"github.com/heedbot/heed/bot"
)

// SurveyThanks is what the words after a rating are about; a comment may follow
// them.
const SurveyThanks = "survey_thanks"

// Said describes a message to the customer.
type Said struct {
	About     string // for the record: "receipt", "question", "status"
	Complaint *bot.Complaint
	Counts    []bot.EventKind // what its delivery means
	By        bot.StaffID
	Wide      bool // one button a row
	// Other is the same in the language of the person represented, where they
	// are kept informed in another one.
	Other string
	Again bool // it was said before, and did not surely arrive
}

// Say queues words to the customer, fitted to the platform; for one without a
// chat it has staff prepare them. It returns the id of the message (of its
// last part, whose delivery counts).
func (w *Work) Say(text string, choices []bot.Choice, d Said) string {
	to := w.audience(d.Complaint, d.About)
	if to.theirs {
		choices = nil // they are the customer's
		if d.Other != "" && !to.paper {
			text = d.Other
		}
	} else {
		defer w.alsoTell(text, d)
	}
	if to.paper {
		return w.prepare(text, d)
	}
	if d.About != SurveyThanks {
		w.Customer.Comment = "" // what comes now answers this message
	}
	var ref bot.Ref
	if d.Complaint != nil {
		ref = d.Complaint.Ref
	}
	class := bot.Notice
	if d.By != "" {
		class = bot.Human
	}
	parts := bot.Fit(bot.Message{Text: text, Choices: choices, Wide: d.Wide}, w.featuresOf(to.chat))
	outs := make([]bot.Outbound, len(parts))
	for i := range parts {
		outs[i] = bot.Outbound{ID: w.id(), To: to.chat, Class: class, Complaint: ref, By: d.By, About: d.About, Message: &parts[i]}
	}
	last := &outs[len(outs)-1]
	last.Counts = d.Counts
	if len(outs) > 1 {
		last.Words = text
		for i := range outs {
			outs[i].Whole = last.ID
		}
	}
	w.turn.Say = append(w.turn.Say, outs...)
	return last.ID
}

// Toast answers a press, so that the button stops spinning.
func (w *Work) Toast(text string) {
	if w.S.Input.PressID == "" {
		return
	}
	w.turn.Say = append(w.turn.Say, bot.Outbound{ID: w.id(), To: w.Customer.Chat, Class: bot.Fleeting,
		Expires: w.S.Input.At.Add(toastLives), About: "toast",
		Toast: &bot.Toast{PressID: w.S.Input.PressID, Text: bot.Cut(text, 190)}})
}

// Button makes a choice that stands for an action.
func (w *Work) Button(label string, a bot.Action) bot.Choice {
	a.Prompt = w.Customer.Prompts
	if w.Customer.Draft != nil {
		a.Draft = w.Customer.Draft.N
	}
	return w.ButtonFor(w.Customer.ID, label, a)
}

// ButtonFor makes a choice that stands for an action, for someone who may be
// another than the customer.
func (w *Work) ButtonFor(who bot.CustomerID, label string, a bot.Action) bot.Choice {
	t := bot.Token{Token: w.Chance.Token(), Customer: who, Action: a}
	w.turn.Tokens = append(w.turn.Tokens, t)
	return bot.Choice{Token: t.Token, Label: label}
}
