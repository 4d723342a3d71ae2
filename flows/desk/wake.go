package desk

import (
	"strconv"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/locales"
)

// Wake takes a timer that watches over a promise.
func Wake(w *casework.Work) bool {
	t := w.S.Input.Timer
	c := w.Complaint(t.Complaint)
	if c == nil {
		return true
	}
	switch t.Kind {
	case casework.TimerSurvey:
		w.Survey(c)
		return true
	case casework.TimerLetter:
		letter(w, c, t.Group)
		return true
	case casework.TimerWaiting:
		waiting(w, c)
		return true
	case casework.TimerWall:
		w.Rewall(c)
		return true
	}
	if conductWake(w, c) || !c.Stage.Open() {
		return true
	}
	p := casework.Promise(c, t.Promise, t.Round)
	if p == nil || p.Verdict != bot.Open || p.Paused() {
		return true
	}
	switch t.Kind {
	case casework.TimerHalf, casework.TimerMost:
		remind(w, c, *p, t.Kind)
	case casework.TimerStatus:
		status(w, c, *p)
	case casework.TimerDue:
		overdue(w, c, *p)
	default:
		return false
	}
	return true
}

// pendingPause is how long to wait for a message on its way.
const pendingPause = 5 * time.Minute

// lastWord is how long before a promise is due the customer is told, where
// they may not be written to in between.
const lastWord = 5 * time.Minute

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// remind calls staff to a promise. After downtime only the newest reminder is
// given, and none once it is due.
func remind(w *casework.Work, c *bot.Complaint, p bot.Promise, kind string) {
	pol := w.PolicyOf(c)
	if !w.S.Now.Before(p.Due) {
		return
	}
	// After downtime the moment may lie outside staff hours.
	if at := pol.Calendar.NextOpen(pol.Staff, w.S.Now); w.Belated() && at.After(w.S.Now) {
		if at.Before(p.Due) {
			w.Later(at)
		}
		return
	}
	if _, most, _, ok := pol.Reminders(p); kind == casework.TimerHalf && ok && !most.After(w.S.Now) {
		return
	}
	k := locales.StaffRemindHalf
	if kind == casework.TimerMost {
		k = locales.StaffRemindMost
	}
	text := w.D(k, "What", w.D(locales.Key("staff.promise."+string(p.Until))), "Due", w.Short(pol, p.Due))
	post := bot.Post{Text: text, Blocks: []bot.Block{{Kind: bot.Rich, Spans: []bot.Span{{Text: text}}}}}
	post.Mention = w.Holders(c)
	if c.Assignee != "" {
		post.Mention = []string{string(c.Assignee)}
	}
	w.Thread(c, post)
	w.EventAt(c, bot.EvReminded, w.S.Now, "bot", "", map[string]string{"promise": p.ID, "round": strconv.Itoa(p.Round), "at": kind})
}

// status tells the customer honestly, in time, that a promise is or is about
// to be late, and what happens next.
func status(w *casework.Work, c *bot.Complaint, p bot.Promise) {
	if w.Told(c, p, bot.EvTold) || !w.Reaches(c) {
		return
	}
	held := casework.Pending(c, p)
	if held && w.S.Now.Before(p.Due) {
		// What was promised is on its way: a word about its being late would
		// arrive right behind it.
		w.Later(earlier(w.S.Now.Add(pendingPause), p.Due))
		return
	}
	pol := w.PolicyOf(c)
	// After downtime the moment may lie in the night.
	at := pol.Calendar.NextContact(pol.Contact, w.S.Now)
	if at.After(p.Due) && !w.S.Now.After(p.Due) {
		at = p.Due.Add(-lastWord) // nobody is left without a word, at night either
	}
	if w.Belated() && at.After(w.S.Now) {
		w.Later(at)
		return
	}
	what := w.Promised(pol, w.Lang(), p)
	for _, q := range c.Promises {
		if q.ID != p.ID && q.Round == p.Round && q.Due.Equal(p.Due) && w.Told(c, q, bot.EvTold) && w.Promised(pol, w.Lang(), q) == what {
			// The same words about the same date: said once.
			w.Mark(c, p, bot.EvTold)
			w.EventAt(c, bot.EvTold, w.S.Now, "bot", "", map[string]string{"promise": p.ID, "round": strconv.Itoa(p.Round)})
			return
		}
	}
	k := locales.StatusUpdateSoon
	switch {
	case casework.Written(c, p):
		// It was written, and something between us and the customer is out.
		k = locales.StatusUpdateHeld
	case w.S.Now.After(p.Due):
		k = locales.StatusUpdateLate
	}
	compose := func() string { return statusWords(w, c, p, k) }
	text := compose()
	out := w.Say(text, []bot.Choice{
		w.Button(w.T(locales.ButtonStatus), bot.Action{Verb: "status", Ref: c.Ref}),
		w.Button(w.T(locales.ButtonAdd), bot.Action{Verb: "add", Ref: c.Ref}),
	}, casework.Said{About: "status_update", Complaint: c, Other: w.Other(c, compose)})
	w.MarkTold(c, p, out)
	w.EventAt(c, bot.EvTold, w.S.Now, "bot", text, map[string]string{"promise": p.ID, "round": strconv.Itoa(p.Round)})
	w.Record(c, out, w.D(locales.StaffToldByProgram, "What", w.D(locales.SaidStatusUpdate)), text)
}

// statusWords say which promise is late, where the complaint stands, and what
// comes next.
func statusWords(w *casework.Work, c *bot.Complaint, p bot.Promise, k locales.Key) string {
	pol := w.PolicyOf(c)
	text := w.T(k, "Ref", string(c.Ref), "What", w.Promised(pol, w.Lang(), p), "Date", w.When(pol, w.Lang(), p.Due)) + "\n\n" +
		w.T(locales.StatusStage, "Stage", w.T(casework.StageKey(c)))
	for _, q := range c.Promises {
		if q.Verdict == bot.Open && q.Until != p.Until && q.Due.After(p.Due) && !q.Paused() && !q.Overdue(w.S.Now) {
			text += "\n" + w.T(locales.PromiseLineOpen, "What", w.Promised(pol, w.Lang(), q), "Date", w.When(pol, w.Lang(), q.Due))
		}
	}
	next := locales.StatusUpdateNext
	if w.OnPaper(c) {
		next = locales.StatusUpdateNextPaper
	}
	return text + "\n\n" + w.T(next)
}

// letter sends the ADR letter whose time has come, by day.
func letter(w *casework.Work, c *bot.Complaint, external string) {
	if casework.Settled(c) {
		return
	}
	pol := w.PolicyOf(c)
	if at := pol.Calendar.NextContact(pol.Contact, w.S.Now); at.After(w.S.Now) && w.Customer.HasChat() {
		w.Later(at)
		return
	}
	w.Letter(c, external, casework.TimeOver)
}

// waiting reminds, once, a customer who was asked for more.
func waiting(w *casework.Work, c *bot.Complaint) {
	if c.Waiting.IsZero() || !c.Stage.Open() || !w.Customer.Reachable() {
		return
	}
	pol := w.PolicyOf(c)
	if at := pol.Calendar.NextContact(pol.Contact, w.S.Now); at.After(w.S.Now) {
		w.Later(at)
		return
	}
	k := locales.StatusReminder
	if !w.Customer.HasChat() {
		k = locales.StatusReminderPaper
	}
	text := w.T(k, "Ref", string(c.Ref), "Date", w.When(pol, w.Lang(), c.Waiting))
	out := w.Say(text, []bot.Choice{w.Button(w.T(locales.ButtonAdd), bot.Action{Verb: "add", Ref: c.Ref})},
		casework.Said{About: "waiting", Complaint: c})
	w.EventAt(c, bot.EvTold, w.S.Now, "bot", text, map[string]string{"about": "waiting"})
	w.Record(c, out, w.D(locales.StaffToldByProgram, "What", w.D(locales.SaidWaiting)), text)
}

// overdue tells managers, once, by mention. A customer who cannot be reached
// cannot be failed: the promise is void.
func overdue(w *casework.Work, c *bot.Complaint, p bot.Promise) {
	if !w.Reaches(c) {
		w.End(c, bot.Void, func(q bot.Promise) bool { return q.ID == p.ID && q.Round == p.Round })
		return
	}
	if w.Told(c, p, bot.EvOverdue) {
		return
	}
	pol := w.PolicyOf(c)
	// What is chained on it starts now at the latest.
	c.Promises = pol.Passed(c.Promises, w.S.Now)
	w.Mark(c, p, bot.EvOverdue)
	w.EventAt(c, bot.EvOverdue, w.S.Now, "bot", "", map[string]string{"promise": p.ID, "round": strconv.Itoa(p.Round)})
	k := locales.StaffOverdue
	if casework.SurelyTold(c, p) {
		k = locales.StaffOverdueTold
	}
	text := w.D(k, "What", w.D(locales.Key("staff.promise."+string(p.Until))), "Due", w.Short(pol, p.Due))
	w.Escalated(c, "", text, w.Managers)
	w.Touch(c)
}
