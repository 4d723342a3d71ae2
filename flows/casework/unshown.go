package casework

import (
	"maps"
	"slices"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/locales"
)

// heardFor is how long a blocked customer is heard once they were asked
// something, or disagreed with an answer: one says what there is to say in more
// than one message.
const heardFor = time.Hour

// Marks of a complaint, by which the program remembers what it did.
const (
	markHeard   bot.EventKind = "heard"   // a blocked customer began to say what they were asked
	markUnshown bot.EventKind = "unshown" // managers were called to what is kept
)

// Shut gives the block by which what the customer adds to a complaint now is
// kept and not shown; false where it is shown. A blocked customer is heard where
// staff asked them for something, or they say what is wrong with an answer.
func (w *Work) Shut(c *bot.Complaint) (bot.Step, bool) {
	m, blocked := w.Blocked(c)
	return m, blocked && !w.asked(c) && !w.hearing(c)
}

// asked tells whether it is the customer's turn to say something in a complaint.
func (w *Work) asked(c *bot.Complaint) bool {
	return c != nil && c.Stage.Open() && (!c.Waiting.IsZero() || c.Stage == bot.Disputed && w.Customer.Focus == c.Ref)
}

// hearing tells whether they have begun to, or are sending an album of which a
// part was shown.
func (w *Work) hearing(c *bot.Complaint) bool {
	if c == nil || !c.Stage.Open() {
		return false
	}
	if g := w.S.Input.Group; g != "" && w.Customer.Albums[g].Ref == c.Ref {
		return true
	}
	s, begun := c.Said[markHeard]
	return begun && w.S.Now.Before(s.At.Add(heardFor))
}

// Hears notes that a blocked customer begins to say what they were asked: for a
// time they are heard. It does nothing for others.
func (w *Work) Hears(c *bot.Complaint) {
	if _, blocked := w.Blocked(c); blocked && w.asked(c) {
		w.say(c, markHeard, bot.Saying{At: w.S.Now, State: string(bot.Sent)})
	}
}

// TimerUnshown calls managers to what is kept, once a day.
const TimerUnshown = "unshown"

// unshownPause is how long managers are not called again to what is kept.
const unshownPause = 24 * time.Hour

// callToUnshown calls managers to what was just kept, at most once a day: what
// someone needs may be among it, and nobody else sees it.
func (w *Work) callToUnshown(c *bot.Complaint) {
	if s, called := c.Said[markUnshown]; called && w.S.Now.Before(s.At.Add(unshownPause)) {
		w.Set(bot.Timer{Key: TimerUnshown + ":" + string(c.Ref), Kind: TimerUnshown, Due: s.At.Add(unshownPause), Complaint: c.Ref})
		return
	}
	w.CallToUnshown(c)
}

// CallToUnshown calls managers to what is kept of a complaint, if anything is.
func (w *Work) CallToUnshown(c *bot.Complaint) {
	n := kept(w.Customer, c.Ref)
	if n == 0 {
		return
	}
	w.say(c, markUnshown, bot.Saying{At: w.S.Now, State: string(bot.Sent)})
	text := w.Words.Count(w.Language, locales.StaffConductNNew, n)
	w.Thread(c, bot.Post{Text: text, Mention: w.Managers, Blocks: []bot.Block{
		{Kind: bot.Rich, Spans: []bot.Span{{Text: text}}},
		{Kind: bot.Buttons, ID: "unshown", Buttons: []bot.Button{{Action: Unshown, Value: Value(c), Label: w.D(locales.StaffButtonUnshown)}}}}})
}

// Unshow keeps what a blocked customer wrote and sent, without showing it to
// staff. It gives the words about dates that run again, as Added does.
func (w *Work) Unshow(c *bot.Complaint, parts []bot.Part, files []string) string {
	if len(parts)+len(files) == 0 {
		return ""
	}
	h := w.Customer.Unshown[c.Ref]
	h.Parts, h.Files = append(h.Parts, parts...), append(h.Files, files...)
	w.unshown(c.Ref, h)
	for _, id := range files {
		e := w.File(id)
		e.Complaint = c.Ref
		w.Changed(e)
	}
	w.Event(c, bot.EvAdded, "customer", bot.Answer{Parts: parts}.Text(), map[string]string{"shown": "no"})
	w.callToUnshown(c)
	return w.Answered(c, w.S.Input.At)
}

// UnshowChange keeps what a blocked customer changed a message to, without
// showing it: what staff have seen stays as they saw it.
func (w *Work) UnshowChange(c *bot.Complaint, answer string, p bot.Part) {
	h := w.Customer.Unshown[c.Ref]
	h.Parts = append(h.Parts, p)
	w.unshown(c.Ref, h)
	w.Event(c, bot.EvRevised, "customer", p.Text, map[string]string{"answer": answer, "shown": "no"})
}

// unshown puts what is kept of a complaint; a map that came with the situation
// is not ours to change.
func (w *Work) unshown(ref bot.Ref, h bot.Held) {
	m := maps.Clone(w.Customer.Unshown)
	if m == nil {
		m = map[bot.Ref]bot.Held{}
	}
	m[ref] = h
	w.Customer.Unshown = m
}

// IsUnshown tells whether a file is kept and not shown to staff.
func (w *Work) IsUnshown(id string) bool {
	for _, h := range w.Customer.Unshown {
		if slices.Contains(h.Files, id) {
			return true
		}
	}
	return false
}

// ShowUnshown puts all that was kept into its complaints, once nothing blocks
// the customer any more.
func (w *Work) ShowUnshown() {
	for _, ref := range slices.Sorted(maps.Keys(w.Customer.Unshown)) {
		c, h := w.Complaint(ref), w.Customer.Unshown[ref]
		if c == nil {
			continue
		}
		if _, blocked := w.Blocked(c); blocked {
			continue
		}
		w.Line(c, w.Words.Count(w.Language, locales.StaffConductNShown, len(h.Parts)+len(h.Files)))
		for _, p := range h.Parts {
			if c.Answers == nil {
				c.Answers = map[string]bot.Answer{}
			}
			a := c.Answers[Later]
			a.Parts = append(a.Parts, p)
			c.Answers[Later] = a
			for _, was := range p.Was {
				w.Wrote(c, w.D(locales.StaffCustomerEditedWas), was)
			}
			w.Wrote(c, w.D(locales.StaffConductKeptHead, "At", w.Short(w.PolicyOf(c), p.At)), p.Text)
		}
		c.Files = append(c.Files, h.Files...)
		for _, id := range h.Files {
			if e := w.File(id); e != nil && e.State == bot.FileKept {
				w.Upload(c, e)
			}
		}
		w.Touch(c)
		rest := maps.Clone(w.Customer.Unshown)
		delete(rest, ref)
		w.Customer.Unshown = rest
		w.Stop(TimerUnshown + ":" + string(ref))
		delete(c.Said, markUnshown)
	}
}
