package desk

import (
	"slices"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/locales"
)

// recorded are the program's own messages that staff see in the thread;
// people's are always shown.
var recorded = []string{"receipt", "status_update", "closed", "disputed", "adr_letter", "waiting", "mandate", "lapsed"}

// Settled takes how a delivery ended: promises are kept by delivery, and
// staff see it.
func Settled(w *casework.Work) {
	s := *w.S.Input.Settled
	if !theirs(w, s) && s.Blocked && w.Customer.Reachable() {
		unreachable(w, s)
	}
	c := w.Complaint(s.Complaint)
	if c == nil {
		return
	}
	switch {
	case s.Why == bot.WhyWatched:
		if o := w.S.Out; o != nil && c.Wall != nil && o.To.Chat == c.Home {
			w.Move(c, casework.WhyWatched, "")
		}
		return
	case s.About == "removal":
		w.Line(c, w.D(locales.StaffWallLeft, "Ref", string(c.Ref)))
		return
	}
	switch s.About {
	case "evidence":
		w.Line(c, w.D(locales.StaffUploadFailed))
		return
	case casework.Copy:
		w.Line(c, w.D(locales.StaffCopyFailed))
		return
	}
	if !whole(w, c, &s) {
		return
	}
	conductSettled(w, c, s)
	kind, _, meant := saying(c, s.Out)
	for k, said := range c.Said {
		// One message may say that several promises are late.
		if said.Out == s.Out {
			said.State, said.At = string(s.State), s.At
			c.Said[k] = said
			w.Save(c)
		}
	}
	shown := s.By != "" || slices.Contains(recorded, s.About)
	if shown {
		doubt(w, c, s)
	}
	data := map[string]string{"out": s.Out, "about": s.About}
	switch s.State {
	case bot.Sent:
		w.EventAt(c, bot.EvDelivered, s.At, "bot", "", data)
		w.Keep(c, s.Counts, s.At)
		if s.About == "receipt" {
			w.KeepAlone(c, s.At)
		}
		if meant {
			arrived(w, c, kind, s.At)
		}
	case bot.Possibly:
		w.EventAt(c, bot.EvPossibly, s.At, "bot", "", data)
	case bot.Failed:
		data["why"] = s.Why
		w.EventAt(c, bot.EvFailed, s.At, "bot", "", data)
		failed(w, c, s)
	}
	if shown {
		w.Recorded(c, &s, doubtButtons(w, c, s))
	}
}

// arrived does what follows once a message with a meaning is with the
// customer.
func arrived(w *casework.Work, c *bot.Complaint, kind bot.EventKind, at time.Time) {
	switch kind {
	case bot.EvAsked:
		w.Asked(c, at)
	case bot.EvResponse, bot.EvSecond:
		w.Deadlocked(c)
	}
}

// unreachable notes that the customer cannot be written to, and tells staff.
func unreachable(w *casework.Work, s bot.Settlement) {
	w.Customer.Unreachable = s.At
	for _, c := range w.OpenComplaints() {
		w.EventAt(c, bot.EvUnreachable, s.At, "bot", "", nil)
		w.Line(c, w.D(locales.StaffUnreachable))
	}
}

// whole waits for the last part of a message that had to be cut: it arrived
// only if every part did. The parts of a message end in their order.
func whole(w *casework.Work, c *bot.Complaint, s *bot.Settlement) bool {
	o := w.S.Out
	if o == nil || o.Whole == "" {
		return true
	}
	if o.Whole != o.ID {
		if s.State != bot.Sent && c.Broken[o.Whole] != bot.Failed {
			if c.Broken == nil {
				c.Broken = map[string]bot.State{}
			}
			c.Broken[o.Whole] = s.State
			w.Save(c)
		}
		return false
	}
	if state, ok := c.Broken[o.ID]; ok {
		delete(c.Broken, o.ID)
		w.Save(c)
		if s.State != bot.Failed {
			s.State = state
		}
		if s.Why == "" {
			s.Why = "part"
		}
	}
	return true
}

// failed tells the person whose words did not arrive, and settles what was
// left open for them when the complaint was closed.
func failed(w *casework.Work, c *bot.Complaint, s bot.Settlement) {
	if !c.Stage.Open() {
		v := bot.Missed
		if !w.Customer.Reachable() {
			v = bot.Void
		}
		w.End(c, v, func(p bot.Promise) bool { return !casework.Pending(c, p) })
	}
	if s.By != "" {
		w.Thread(c, bot.Post{Text: w.D(locales.StaffNotDelivered), Mention: []string{string(s.By)}, Blocks: []bot.Block{
			{Kind: bot.Rich, Spans: []bot.Span{{Text: w.D(locales.StaffNotDelivered), Bold: true}}}}})
	}
}

// doubt remembers a message that did not surely arrive.
func doubt(w *casework.Work, c *bot.Complaint, s bot.Settlement) {
	if s.State == bot.Sent {
		delete(c.Doubt, s.Out)
		return
	}
	if c.Doubt == nil {
		c.Doubt = map[string]bot.State{}
	}
	c.Doubt[s.Out] = s.State
	w.Save(c)
}

// doubtButtons let staff deal with a message that did not surely arrive.
func doubtButtons(w *casework.Work, c *bot.Complaint, s bot.Settlement) []bot.Button {
	state, ok := c.Doubt[s.Out]
	if !ok {
		return nil
	}
	v := casework.Value(c, "out", s.Out)
	again := bot.Button{Action: casework.Resend, Value: v, Label: w.D(locales.StaffButtonResend)}
	if state == bot.Failed {
		return []bot.Button{again}
	}
	return []bot.Button{{Action: casework.Arrived, Value: v, Label: w.D(locales.StaffButtonArrived)}, again}
}
