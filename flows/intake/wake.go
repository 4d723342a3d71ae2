package intake

import (
	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/locales"
)

// Wake takes a timer of the conversation. It is false for timers of other
// kinds.
func Wake(w *casework.Work) bool {
	t := talk{Work: w}
	switch tm := w.S.Input.Timer; tm.Kind {
	case timerAlbum:
		t.album(tm.Group)
	case timerHeld:
		t.held()
	case timerFlood:
		t.calm()
	case timerAttends:
		t.attended()
	case timerLinked:
		t.linked(tm.Complaint)
	case casework.DraftReminder:
		t.remind(tm)
	case casework.DraftListed:
		t.list(tm)
	default:
		return false
	}
	return true
}

// remind tells the customer once of an account they left unfinished.
func (t talk) remind(tm *bot.Timer) {
	d := t.Customer.Draft
	if d == nil || d.N != tm.Draft || !d.Reminded.IsZero() {
		return
	}
	pol := t.Pack(d.Policy)
	// After downtime the moment may lie in the night.
	if at := pol.Calendar.NextContact(pol.Contact, t.S.Now); t.Belated() && at.After(t.S.Now) {
		t.Later(at)
		return
	}
	d.Reminded = t.S.Now
	t.Set(bot.Timer{Key: casework.DraftListed, Kind: casework.DraftListed, Due: t.S.Now.Add(t.House.DraftListed), Draft: d.N})
	t.say(t.T(locales.DraftReminder), []bot.Choice{
		t.Button(t.T(locales.ButtonContinue), bot.Action{Verb: "continue"}),
		t.Button(t.T(locales.ButtonCancel), bot.Action{Verb: "cancel_ask"}),
	}, "reminder")
}

// list shows staff an account left unfinished after the reminder, unless the
// customer has been at it since or it holds nothing yet.
func (t talk) list(tm *bot.Timer) {
	d := t.Customer.Draft
	if d == nil || d.N != tm.Draft || d.Listed.After(d.Touched) {
		return
	}
	if again := d.Touched.Add(t.House.DraftListed); again.After(t.S.Now) {
		t.Set(bot.Timer{Key: casework.DraftListed, Kind: casework.DraftListed, Due: again, Draft: d.N})
		return
	}
	t.Unfinished(d)
}
