package intake

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/locales"
)

// timerFlood ends a flood: it goes off when the customer has paused.
const timerFlood = "flood"

const (
	floodSpan  = time.Minute      // within which messages are counted
	floodPause = time.Minute      // without a message, and it is over
	floodMost  = 10 * time.Minute // and over it is after so long in any case
)

// floods keeps a message that comes faster than anyone could read: it is
// answered with all the others once the customer pauses. It is false for one
// that is to be answered now.
func (t talk) floods() bool {
	in := t.S.Input
	if t.FloodMax <= 0 || t.S.Pressed != nil {
		return false
	}
	f := t.Customer.Flood
	if f == nil {
		f = &bot.Flood{}
		t.Customer.Flood = f
	}
	begins := false
	if later := t.laterPart(); !later {
		begins = t.counts(f)
	} else if _, gathered := t.Customer.Albums[in.Group]; gathered {
		return false // it goes where the album's first part went
	}
	if f.Since.IsZero() {
		return false
	}
	due := t.S.Now.Add(floodPause)
	if last := f.Since.Add(floodMost); due.After(last) {
		due = last
	}
	t.Set(bot.Timer{Key: timerFlood, Kind: timerFlood, Due: due})
	t.touch()
	if begins {
		// What was asked before was not asked with the last message any more.
		t.Customer.Confirm, t.Customer.Comment = nil, ""
		if _, stopped := t.Stopped(t.newest()); !stopped || t.Customer.Draft != nil {
			t.say(t.slower(), nil, "notice")
		}
	}
	if in.Command != "" {
		if slices.Contains(f.Commands, in.Command) {
			return true
		}
		f.Commands = append(f.Commands, in.Command)
		return false
	}
	if text := locales.Clean(in.Text); text != "" {
		f.Parts = append(f.Parts, t.part(text))
	}
	n := len(t.S.Evidence)
	t.take("")
	for _, e := range t.S.Evidence[n:] {
		f.Files = append(f.Files, e.ID) // refused ones too: the customer is told of them at the end
	}
	return true
}

// laterPart tells whether the message belongs to an album that began before: an
// album counts as one message.
func (t talk) laterPart() bool {
	g := t.S.Input.Group
	return g != "" && slices.ContainsFunc(t.S.Evidence, func(e bot.Evidence) bool { return e.Group == g })
}

// counts notes that a message came, by the platform's clock. It tells whether
// the message begins a flood.
func (t talk) counts(f *bot.Flood) bool {
	at := t.S.Input.At
	f.Recent = slices.DeleteFunc(f.Recent, func(x time.Time) bool { return !x.After(at.Add(-floodSpan)) })
	over := len(f.Recent) >= t.FloodMax
	if over {
		f.Recent = slices.Delete(f.Recent, 0, len(f.Recent)-t.FloodMax+1)
	}
	f.Recent = append(f.Recent, at)
	if !over || !f.Since.IsZero() {
		return false
	}
	f.Since = t.S.Now
	return true
}

// slower asks for a pause: in every language where nobody knows theirs yet.
func (t talk) slower() string {
	if t.Customer.Language != "" {
		return t.T(locales.FloodBegun)
	}
	var all []string
	for _, l := range t.languages() {
		all = append(all, t.Words.Text(l, locales.FloodBegun))
	}
	return strings.Join(all, "\n\n")
}

// lostInFlood notes that a file of a flood could not be fetched: the customer
// hears of it with the answer to all.
func (t talk) lostInFlood(id string) bool {
	f := t.Customer.Flood
	return f != nil && slices.Contains(f.Files, id)
}

// calm ends a flood: all of it goes where words go now, and is answered once.
func (t talk) calm() {
	f := t.Customer.Flood
	if f == nil || f.Since.IsZero() {
		return
	}
	gone := t.S.Now.Add(-floodSpan)
	recent := slices.DeleteFunc(f.Recent, func(x time.Time) bool { return !x.After(gone) })
	t.Customer.Flood = nil
	if len(recent) > 0 {
		t.Customer.Flood = &bot.Flood{Recent: recent}
	}
	var files, refused []string
	for _, id := range f.Files {
		e := t.File(id)
		switch {
		case e == nil:
		case e.State == bot.FileWanted, e.State == bot.FileKept:
			files = append(files, id)
		default:
			if why := t.Refusal(e); !slices.Contains(refused, why) {
				refused = append(refused, why)
			}
		}
	}
	if len(f.Parts)+len(files) == 0 {
		_, stopped := t.Stopped(t.newest())
		switch {
		case len(refused) > 0:
			t.say(strings.Join(refused, "\n"), nil, "notice")
			t.again()
		case len(f.Commands) == 0 && !stopped:
			t.unsupported("") // neither words nor files came
		}
		return
	}
	before := t.floodKept(len(f.Parts), len(files), refused)
	h := cmp.Or(t.Customer.Held, &bot.Held{})
	h.Parts, h.Files = append(h.Parts, f.Parts...), append(h.Files, files...)
	t.Customer.Held = h
	t.Set(bot.Timer{Key: timerHeld, Kind: timerHeld, Due: t.S.Now.Add(heldFor)})
	t.settleHeld(before, refused)
}

// floodKept says how much was kept, and what was not.
func (t talk) floodKept(words, files int, refused []string) string {
	var lines []string
	switch {
	case words == 1:
		lines = append(lines, t.T(locales.FloodLast))
	case words > 1:
		lines = append(lines, t.TN(locales.FloodKept, words))
	}
	if s := t.filesTaken(files, refused); s != "" {
		lines = append(lines, s)
	}
	return strings.Join(lines, "\n")
}

// settleHeld finds a place for what is held, as for words that come now. before
// says what was kept, and what was refused.
func (t talk) settleHeld(before string, refused []string) {
	open := t.OpenComplaints()
	focus := t.Customer.Focus
	chosen := t.Complaint(focus)
	t.Hears(chosen)
	shut := chosen == nil && t.allShut(nil)
	if t.Customer.Language != "" {
		t.Customer.Focus = ""
	}
	switch {
	case t.Customer.Language == "":
		t.askLanguage()
	case chosen != nil && chosen.Stage.Open():
		t.addHeld(chosen, before, refused)
	case t.Customer.Draft != nil:
		t.draftHeld(before)
	case shut:
		t.addHeld(t.newest(), before, refused)
	case slices.Contains(t.Customer.Informs, focus) && len(open) == 0:
		t.passHeld(focus)
	case len(t.Customer.Informs) > 0:
		t.askWhich(before)
	case len(open) == 1:
		t.addHeld(open[0], before, refused)
	case len(open) > 1:
		t.askWhich(before)
	case t.lately() != nil:
		t.say(before, nil, "notice")
		t.askClosed(t.lately())
	default:
		t.begin()
		if !t.Customer.Greeted {
			t.greet()
		}
		t.ask(before)
	}
}

func (t talk) addHeld(c *bot.Complaint, before string, refused []string) {
	dates := t.giveTo(c)
	t.confirm(c, before+"\n"+t.AddedTo(c), dates, refused)
}

// draftHeld puts what is held into the account being given: into the answer at
// hand where that takes words or files, else into the account of what happened.
func (t talk) draftHeld(before string) {
	h := t.Customer.Held
	t.release()
	q, more := t.flow().Next(t.Customer.Draft.Answers)
	words, files := "summary", "evidence"
	if more && (several(q) || q.Type == "text") {
		words = q.ID
		if q.Type != "text" {
			files = q.ID
		}
	}
	if len(h.Parts) > 0 {
		t.put(words, func(a *bot.Answer) {
			a.Parts, a.Skipped = append(a.Parts, h.Parts...), false
			a.Done = a.Done || words == q.ID && !several(q)
		})
		if words == q.ID && !several(q) {
			t.answered(words)
		}
	}
	if len(h.Files) > 0 {
		t.put(files, func(a *bot.Answer) {
			a.Files, a.Skipped = append(a.Files, h.Files...), false
			a.Done = a.Done || files == "evidence" && !more
		})
	}
	t.touch()
	t.ask(before)
}
