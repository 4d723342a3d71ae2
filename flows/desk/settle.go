package desk

import (
	"slices"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/locales"
)

// Settled takes how a delivery to the customer ended: promises are kept by
// delivery, and staff see it.
func Settled(w *casework.Work) {
	s := w.S.Input.Settled
	if s.Blocked && w.Customer.Reachable() {
		w.Customer.Unreachable = s.At
		for _, c := range w.OpenComplaints() {
			w.EventAt(c, bot.EvUnreachable, s.At, "bot", "", nil)
			w.Line(c, w.D(locales.StaffUnreachable))
		}
	}
	c := w.Complaint(s.Complaint)
	if c == nil {
		return
	}
	kind, said, meant := saying(c, s.Out)
	if meant {
		said.State, said.At = string(s.State), s.At
		c.Said[kind] = said
	}
	if s.By != "" {
		doubt(c, s)
	}
	recorded := s.By != "" || slices.Contains([]string{"receipt", "status_update", "closed"}, s.About)
	switch s.State {
	case bot.Sent:
		w.EventAt(c, bot.EvDelivered, s.At, "bot", "", map[string]string{"out": s.Out, "about": s.About})
		w.Keep(c, keeps(c, s), s.At)
	case bot.Possibly:
		w.EventAt(c, bot.EvPossibly, s.At, "bot", "", map[string]string{"out": s.Out, "about": s.About})
	case bot.Failed:
		w.EventAt(c, bot.EvFailed, s.At, "bot", "", map[string]string{"out": s.Out, "about": s.About, "why": s.Why})
		if s.Blocked && len(s.Counts) > 0 {
			w.End(c, bot.Void, func(p bot.Promise) bool { return slices.Contains(s.Counts, p.Until) })
		}
		if s.By != "" {
			w.Thread(c, bot.Post{Text: w.D(locales.StaffNotDelivered), Mention: []string{string(s.By)}, Blocks: []bot.Block{
				{Kind: bot.Rich, Spans: []bot.Span{{Text: w.D(locales.StaffNotDelivered), Bold: true}}}}})
		}
	}
	if recorded {
		w.Recorded(c, s, doubtButtons(w, c, s))
	}
}

// keeps lists what the message keeps: what it counts as, and for the program's
// own words only where the promise is the program's to keep.
func keeps(c *bot.Complaint, s *bot.Settlement) []bot.EventKind {
	counts := slices.Clone(s.Counts)
	if s.About == "receipt" {
		for _, p := range c.Promises {
			if p.ByBot && p.Until == bot.EvAcknowledged {
				counts = append(counts, bot.EvAcknowledged)
			}
		}
	}
	return counts
}

// doubt remembers a message of staff's that did not surely arrive.
func doubt(c *bot.Complaint, s *bot.Settlement) {
	if s.State == bot.Sent {
		delete(c.Doubt, s.Out)
		return
	}
	if c.Doubt == nil {
		c.Doubt = map[string]bot.State{}
	}
	c.Doubt[s.Out] = s.State
}

// doubtButtons let staff deal with a message of theirs that did not surely
// arrive.
func doubtButtons(w *casework.Work, c *bot.Complaint, s *bot.Settlement) []bot.Button {
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
