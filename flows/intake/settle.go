package intake

import (
	"slices"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/locales"
)

// Fetched takes the end of fetching a file: staff get it, or the customer is
// told which one could not be taken and why.
func Fetched(w *casework.Work) {
	t := talk{Work: w}
	f := w.S.Input.Fetched
	e := w.File(f.Evidence)
	if e == nil || e.State != bot.FileWanted {
		return
	}
	e.State, e.Why, e.SHA256, e.MIME, e.Size, e.Blob = f.State, f.Why, f.SHA256, f.MIME, f.Size, f.Blob
	w.Changed(e)
	c := w.Complaint(e.Complaint)
	if c != nil {
		w.Event(c, bot.EvFile, "bot", "", map[string]string{"file": e.ID, "state": e.State, "why": e.Why, "sha256": e.SHA256})
		if e.State == bot.FileKept && !w.IsUnshown(e.ID) {
			w.Upload(c, e)
		}
	}
	if e.State == bot.FileKept {
		return
	}
	if t.lostInFlood(e.ID) {
		return
	}
	if c != nil {
		w.Line(c, w.D(locales.StaffFileNot, "Why", w.D(locales.Key("staff.file."+e.Why))))
		if e.From != nil {
			w.Tell(c, *e.From, func() string { return w.Refusal(e) })
			return
		}
		w.Say(w.Refusal(e), nil, casework.Said{About: "notice", Complaint: c})
		return
	}
	if d := w.Customer.Draft; d != nil {
		for id, a := range d.Answers {
			a.Files = slices.DeleteFunc(a.Files, func(x string) bool { return x == e.ID })
			if !has(a) && a.Done {
				a.Done = false
			}
			d.Answers[id] = a
		}
	}
	t.say(w.Refusal(e), nil, "notice")
}
