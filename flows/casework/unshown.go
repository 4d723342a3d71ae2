package casework

import (
	"maps"
	"slices"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/locales"
)

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
		delete(w.Customer.Unshown, ref)
	}
}
