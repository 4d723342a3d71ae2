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
	w.brought(c, files)
	for _, id := range files {
		e := w.File(id)
		e.Complaint = c.Ref
		w.Changed(e)
		if e.State == bot.FileKept {
			w.Upload(c, e)
		}
	}
	if len(parts) == 0 {
		if c.Stage == bot.Decided {
			// Nobody looks into an answered thread by themselves.
			w.Quote(c, w.D(locales.StaffCustomerSent), "", w.concerned(c)...)
		}
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
	text := w.D(head)
	if n := len(parts); n > 1 && w.Customer.HasChat() {
		text = w.Words.Count(w.Language, locales.StaffInARow, n)
	}
	w.Wrote(c, text, words, w.concerned(c)...)
	return dates
}

// concerned are the people to call when the customer writes: who has the
// complaint, else who decided it last, else those of its role.
func (w *Work) concerned(c *bot.Complaint) []bot.StaffID {
	if c.Assignee != "" {
		return []bot.StaffID{c.Assignee}
	}
	if n := len(c.Deciders); n > 0 && c.Stage == bot.Decided {
		return []bot.StaffID{c.Deciders[n-1]}
	}
	var ids []bot.StaffID
	for _, id := range w.Holders(c) {
		ids = append(ids, bot.StaffID(id))
	}
	return ids
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
	compose := func() string { return w.T(locales.WithdrawDone, "Ref", string(c.Ref)) }
	w.Say(compose(), nil, Said{About: "withdrawn", Complaint: c, Other: w.Other(c, compose)})
}

// Linking makes a code by which the customer links a messenger to the
// complaint.
func (w *Work) Linking(c *bot.Complaint) string {
	code := bot.NewCode(w.Chance)
	w.turn.Tokens = append(w.turn.Tokens, bot.Token{Token: code, Customer: w.Customer.ID,
		Action: bot.Action{Verb: "link", Ref: c.Ref}})
	return code
}

// AddedTo tells the customer that their words are in the complaint, and who
// reads them there.
func (w *Work) AddedTo(c *bot.Complaint) string {
	if c.Wall != nil {
		return w.T(locales.AddDoneWalled, "Ref", string(c.Ref))
	}
	return w.T(locales.AddDone, "Ref", string(c.Ref))
}

// Newest is where words go that nobody gave a place: the newest of these
// complaints; of those that are walled, if any is, since the words may be about
// a member of staff.
func Newest(open []*bot.Complaint) *bot.Complaint {
	c := open[len(open)-1]
	for _, x := range open {
		if x.Wall != nil {
			c = x
		}
	}
	return c
}
