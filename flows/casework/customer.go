package casework

import (
	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/locales"
)

// Added puts words and files of the customer into the complaint and shows
// staff. It gives the words about dates that run again; "" where none do.
func (w *Work) Added(c *bot.Complaint, parts []bot.Part, files []string) string {
	if len(parts) == 0 && len(files) == 0 {
		return ""
	}
	words := bot.Answer{Parts: parts}.Text()
	w.Event(c, bot.EvAdded, "customer", words, nil)
	dates := w.Answered(c, w.S.Input.At)
	c.Files = append(c.Files, files...)
	for _, id := range files {
		e := w.File(id)
		e.Complaint = c.Ref
		w.Changed(e)
		if e.State == bot.FileKept {
			w.Upload(c, e)
		}
	}
	if len(parts) == 0 {
		return dates
	}
	if c.Answers == nil {
		c.Answers = map[string]bot.Answer{}
	}
	a := c.Answers[Later]
	a.Parts = append(a.Parts, parts...)
	c.Answers[Later] = a
	head := locales.StaffCustomerWrote
	if !w.Customer.HasChat() {
		head = locales.StaffCustomerTold
	}
	w.Wrote(c, w.D(head), words, c.Assignee)
	return dates
}

// Accepted notes that the customer is content with the response.
func (w *Work) Accepted(c *bot.Complaint) {
	if _, done := c.Said[bot.EvSatisfied]; done {
		return
	}
	w.Event(c, bot.EvSatisfied, "customer", "", nil)
	w.say(c, bot.EvSatisfied, bot.Saying{At: w.S.Now, State: string(bot.Sent)})
	w.Line(c, w.D(locales.StaffAccepted))
}

// Withdrawn ends the complaint at the customer's wish.
func (w *Work) Withdrawn(c *bot.Complaint) {
	if !w.Event(c, bot.EvWithdrawn, "customer", "", nil) {
		return
	}
	w.End(c, bot.Void, nil)
	w.Line(c, w.D(locales.StaffWithdrawn))
	w.Say(w.T(locales.WithdrawDone, "Ref", string(c.Ref)), nil, Said{About: "withdrawn", Complaint: c})
}

// Linking makes a code by which the customer links a messenger to the
// complaint.
func (w *Work) Linking(c *bot.Complaint) string {
	code := bot.NewCode(w.Chance)
	w.turn.Tokens = append(w.turn.Tokens, bot.Token{Token: code, Customer: w.Customer.ID,
		Action: bot.Action{Verb: "link", Ref: c.Ref}})
	return code
}
