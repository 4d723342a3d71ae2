package desk

import (
	"strconv"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/flows/conduct"
	"github.com/heedbot/heed/locales"
)

// conductWake takes a timer of a measure; false for another's.
func conductWake(w *casework.Work, c *bot.Complaint) bool {
	t := w.S.Input.Timer
	m := w.Measure(t.Round)
	switch t.Kind {
	case casework.TimerMeasureRemind, casework.TimerMeasureLapse, casework.TimerMeasureTell:
	case casework.TimerMeasureReview:
		reviewWaits(w, c, m)
		return true
	case casework.TimerUnshown:
		if _, blocked := w.Blocked(c); blocked {
			w.CallToUnshown(c)
		}
		return true
	default:
		return false
	}
	if m == nil || m.Complaint != c.Ref || !conduct.Restricts(m.Do) {
		return true
	}
	switch t.Kind {
	case casework.TimerMeasureRemind:
		measureRemind(w, c, *m)
	case casework.TimerMeasureLapse:
		measureLapses(w, c, m)
	case casework.TimerMeasureTell:
		measureTell(w, c, *m)
	}
	return true
}

// reviewWaits reminds managers once of a review that nobody has answered.
func reviewWaits(w *casework.Work, c *bot.Complaint, m *bot.Step) {
	if m == nil || m.Complaint != c.Ref || m.Asked.IsZero() || !m.Reviewed.IsZero() {
		return
	}
	w.ReviewWaits(c, *m)
	w.EventAt(c, bot.EvReminded, w.S.Now, "bot", "", map[string]string{"review": strconv.Itoa(m.N)})
}

// measureRemind calls managers before a restriction lapses.
func measureRemind(w *casework.Work, c *bot.Complaint, m bot.Step) {
	if !m.InForce(w.S.Now) {
		return
	}
	text := w.D(locales.StaffConductRemind, "What", w.D(locales.Key("staff.conduct.did_"+m.Do)), "Until", w.Short(w.PolicyOf(c), m.Until))
	v := casework.Value(c, "measure", strconv.Itoa(m.N))
	w.Thread(c, bot.Post{Text: text, Mention: w.Managers, Blocks: []bot.Block{
		{Kind: bot.Rich, Spans: []bot.Span{{Text: text}}},
		{Kind: bot.Buttons, ID: "measure", Buttons: []bot.Button{
			{Action: casework.Renew, Value: v, Label: w.D(locales.StaffButtonRenew)},
			{Action: casework.Lift, Value: v, Label: w.D(locales.StaffButtonLift)}}}}})
	w.EventAt(c, bot.EvReminded, w.S.Now, "bot", "", map[string]string{"measure": strconv.Itoa(m.N)})
}

// measureLapses ends a restriction at its date, however late that is noticed.
func measureLapses(w *casework.Work, c *bot.Complaint, m *bot.Step) {
	switch {
	case !m.Ended.IsZero():
		return
	case w.S.Now.Before(m.Until):
		w.Later(m.Until)
		return
	}
	m.Ended = m.Until
	w.EventAt(c, bot.EvLifted, m.Until, "bot", "", map[string]string{"measure": strconv.Itoa(m.N)})
	then := w.D(locales.StaffConductLapsedTold)
	if other, holds := w.Stopped(c); holds {
		then = w.D(locales.StaffConductLapsedStill, "Until", w.Short(w.PolicyOf(c), other.Until))
	}
	w.Line(c, w.Words.Next(w.Language, w.D(locales.Key("staff.conduct.lapsed_"+m.Do)), then))
	w.ShowUnshown()
	measureTell(w, c, *m)
}

// measureTell tells the customer, by day, that a restriction has lapsed, and
// what still holds.
func measureTell(w *casework.Work, c *bot.Complaint, m bot.Step) {
	if !w.Customer.Reachable() {
		return
	}
	pol := w.PolicyOf(c)
	if at := pol.Calendar.NextContact(pol.Contact, w.S.Now); at.After(w.S.Now) && w.Customer.HasChat() {
		t := *w.S.Input.Timer
		t.Kind, t.Key, t.Due = casework.TimerMeasureTell, casework.TimerMeasureTell+":"+strconv.Itoa(m.N), at
		w.Set(t)
		return
	}
	k := Case{House: w.House, Now: w.S.Now, C: c, Customer: w.Customer}
	text := k.became(wordsLapsed, m, nil, "")
	out := w.Say(text, nil, casework.Said{About: "lapsed", Complaint: c})
	w.EventAt(c, bot.EvTold, w.S.Now, "bot", text, map[string]string{"about": "lapsed", "measure": strconv.Itoa(m.N)})
	w.Record(c, out, w.D(locales.StaffToldByProgram, "What", w.D(locales.SaidLapsed)), text)
}
