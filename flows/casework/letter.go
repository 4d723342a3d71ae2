package casework

import (
	"slices"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

// TimerLetter sends the ADR letter of an outside body (Timer.Group) at the date
// from which the customer may go there.
const TimerLetter = "adr_letter"

// Why an ADR letter is sent: the company will not look at the complaint again,
// or the time is over (Ofcom, Approved Complaints Code).
const (
	Deadlock = "deadlock"
	TimeOver = "time"
)

func letterKey(c *bot.Complaint, external string) string {
	return TimerLetter + ":" + string(c.Ref) + ":" + external
}

func letterMark(external string) bot.EventKind { return "letter:" + bot.EventKind(external) }

// lettered tells whether the letter is out or on its way.
func lettered(c *bot.Complaint, external string) bool {
	s, ok := c.Said[letterMark(external)]
	return ok && s.State != string(bot.Failed)
}

// schemes are the outside bodies that the policy promises a letter about, in
// its order.
func schemes(pol *policy.Policy) []string {
	var ids []string
	for _, id := range pol.External {
		if len(pol.Externals[id].Letter) > 0 {
			ids = append(ids, id)
		}
	}
	return ids
}

// LetterDue is the instant from which the customer may go to the outside body
// and is told so, unless the complaint is settled before; false if the policy
// has no rule for it.
func (h *House) LetterDue(c *bot.Complaint, external string) (time.Time, bool) {
	pol := h.Pack(c.Policy)
	due, ok := pol.LetterDue(external, c.Received)
	if !ok {
		return time.Time{}, false
	}
	due = due.In(pol.Zone)
	day := time.Date(due.Year(), due.Month(), due.Day(), 0, 0, 0, 0, pol.Zone)
	return pol.Calendar.NextContact(pol.Contact, day), true
}

// watchLetters sets the timers of the letters still to be sent.
func (w *Work) watchLetters(c *bot.Complaint) {
	for _, id := range schemes(w.PolicyOf(c)) {
		if lettered(c, id) {
			continue
		}
		if at, ok := w.LetterDue(c, id); ok {
			w.Set(bot.Timer{Key: letterKey(c, id), Kind: TimerLetter, Due: at, Complaint: c.Ref, Group: id})
		}
	}
}

// Settled tells whether nothing is left that an outside body could be asked
// about: it was withdrawn, or closed with an answer.
func Settled(c *bot.Complaint) bool {
	return !c.Stage.Open() && (c.Stage != bot.Closed || c.Outcome != "")
}

// Letter tells the customer, once, that they may go to the outside body now.
func (w *Work) Letter(c *bot.Complaint, external, why string) {
	pol := w.PolicyOf(c)
	if lettered(c, external) || !w.Reaches(c) || !slices.Contains(schemes(pol), external) {
		return
	}
	if _, content := c.Said[bot.EvSatisfied]; content && c.Stage == bot.Decided {
		return
	}
	compose := func() string { return w.letter(c, external, why) }
	text := compose()
	w.Stop(letterKey(c, external))
	out := w.Say(text, nil, Said{About: "adr_letter", Complaint: c, Other: w.Other(c, compose)})
	w.Spoke(c, letterMark(external), out, "")
	if w.OnPaper(c) {
		call := w.standIn(c.With)
		if c.Assignee != "" {
			call = []string{string(c.Assignee)}
		}
		w.Escalated(c, "", w.D(locales.StaffLetterPrepared), call)
	}
	w.EventAt(c, bot.EvLetter, w.S.Now, "bot", text, map[string]string{"external": external, "why": why})
	w.Record(c, out, w.D(locales.StaffToldByProgram, "What", w.D(locales.SaidAdrLetter)), text)
	w.Touch(c)
}

func (w *Work) letter(c *bot.Complaint, external, why string) string {
	pol := w.PolicyOf(c)
	if own, ok := pol.Say(w.Lang(), "letter."+external); ok {
		return strings.NewReplacer("{ref}", string(c.Ref), "{date}", locales.Date(w.Lang(), c.Received.In(pol.Zone))).Replace(own)
	}
	e := pol.Externals[external]
	first := w.T(locales.AdrTime, "Ref", string(c.Ref), "Date", w.When(pol, w.Lang(), c.Received))
	if why == Deadlock {
		first = w.T(locales.AdrDeadlock, "Ref", string(c.Ref))
	}
	name, ok := pol.Say(w.Lang(), "external."+external)
	if !ok {
		name = e.Name
	}
	parts := []string{first, strings.TrimSpace(w.T(locales.AdrBody, "Name", name) + "\n" + e.URL)}
	if e.Binding {
		parts = append(parts, w.T(locales.AdrBinding))
	}
	if c.Stage.Open() && c.Stage != bot.Decided {
		parts = append(parts, w.T(locales.AdrGoesOn))
	}
	return strings.Join(parts, "\n\n")
}

// Deadlocked sends the letters once the last word is with the customer: the
// policy foresees no further look, and the complaint was not upheld.
func (w *Work) Deadlocked(c *bot.Complaint) {
	pol := w.PolicyOf(c)
	if c.Stage != bot.Decided && c.Stage != bot.Closed || c.Outcome == bot.Upheld || len(pol.Disputes) > 0 && c.Round < pol.Rounds {
		return
	}
	for _, id := range schemes(pol) {
		w.Letter(c, id, Deadlock)
	}
}
