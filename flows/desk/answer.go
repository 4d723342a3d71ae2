package desk

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/locales"
)

// Answer is what a press, a dialog sent off, or a command comes to at once. At
// most one of Keep, View, Push, Update, Private and Errors is set.
type Answer struct {
	Keep    *bot.Act          // an act for the inbox
	View    *bot.View         // a dialog to open
	Push    *bot.View         // a dialog on top of the one sent off
	Update  *bot.View         // a dialog in its place
	Private *bot.Post         // words only this person sees
	Errors  map[string]string // what the dialog sent off lacks, by field
	// Words go with Push: they are to be kept under the dialog's id before it
	// is shown, so that what is sent is what was shown.
	Words string
}

// Open answers a button. k is the complaint it is about; nil if there is none.
func Open(h *casework.House, who bot.Staff, now time.Time, k *Case, act bot.Act) Answer {
	if r := Refused(who); r != "" {
		return private(h, r)
	}
	if k != nil || act.Verb == casework.TakeOver || act.Verb == casework.Log {
		var c *bot.Complaint
		if k != nil {
			c = k.C
		}
		if r := Permitted(h, c, who, act.Verb); r != "" {
			return private(h, r)
		}
	}
	switch act.Verb {
	case casework.TakeOver:
		return Answer{Keep: &act}
	case casework.Log:
		v := LogDialog(h, now, Meta{Chat: act.Chat, Thread: act.Thread})
		return Answer{View: &v}
	}
	if k == nil {
		return private(h, locales.StaffNoComplaint)
	}
	who = k.asKeeper(who)
	if why, by := unfit(*k, who, act.Verb); why != "" {
		return Answer{Private: &bot.Post{Text: strings.ReplaceAll(why, casework.Someone, "@"+string(by)),
			Blocks: []bot.Block{{Kind: bot.Rich, Spans: casework.Spans(why, by)}}}}
	}
	if !NeedsDialog(act.Verb) {
		return Answer{Keep: &act}
	}
	v := k.Dialog(act.Verb, Meta{Chat: act.Chat, Thread: act.Thread, Out: act.Out, More: act.Fields})
	return Answer{View: &v}
}

// asKeeper is a person as a walled complaint has them: see AmongKeepers.
func (k Case) asKeeper(s bot.Staff) bot.Staff {
	if k.C.Wall == nil {
		return s
	}
	return k.House.AmongKeepers(k.C, s, k.Directory)
}

func private(h *casework.House, k locales.Key) Answer {
	p := Line(h, k)
	return Answer{Private: &p}
}

// Sent is a dialog sent off.
type Sent struct {
	View   string
	Meta   Meta
	Values map[string]string
	// Dialog is a fresh id for a preview's words; Kept are the words that were
	// kept under Meta.Dialog by this person for this complaint, if any.
	Dialog, Kept string
	// Person is who was chosen, where someone was.
	Person bot.Staff
	// By is who sent it off.
	By bot.Staff
}

// Submit answers a dialog sent off. k is the complaint it is about; nil if
// there is none.
func Submit(h *casework.House, who bot.Staff, now time.Time, k *Case, s Sent) Answer {
	if r := Refused(who); r != "" {
		return stop(h, r)
	}
	m := s.Meta
	s.By = who
	if k != nil || s.View == ViewLog {
		var c *bot.Complaint
		if k != nil {
			c = k.C
		}
		if r := Permitted(h, c, who, m.Verb); r != "" {
			return stop(h, r)
		}
	}
	act := bot.Act{Verb: m.Verb, Complaint: m.Ref, Out: m.Out, By: who.ID, Version: m.Version, Fields: map[string]string{}, Chat: m.Chat, Thread: m.Thread}
	maps.Copy(act.Fields, m.More)
	if s.View == ViewLog {
		return logged(h, s, now, act)
	}
	if k == nil {
		return stop(h, locales.StaffNoComplaint)
	}
	who, s.Person = k.asKeeper(who), k.asKeeper(s.Person)
	switch s.View {
	case ViewCompose:
		return k.preview(who, s)
	case ViewMeasure:
		return k.measured(s)
	case ViewRecord:
		at, errs := k.recorded(m.Out, s.Values)
		if len(errs) > 0 {
			return Answer{Errors: errs}
		}
		act.Fields["how"], act.Fields["at"] = s.Values["how"], at.UTC().Format(time.RFC3339)
	case ViewHeard:
		at, errs := k.said(s.Values)
		if len(errs) > 0 {
			return Answer{Errors: errs}
		}
		act.Fields["what"], act.Fields["words"], act.Fields["at"] = s.Values["what"], s.Values["words"], at.UTC().Format(time.RFC3339)
	case ViewPreview:
		if s.Kept == "" {
			return stop(h, locales.StaffNoWords)
		}
		act.Fields["words"], act.Fields["other"], _ = strings.Cut(s.Kept, wordsApart)
		act.Fields["outcome"], act.Fields["reason"] = m.Outcome, m.Reason
	default:
		if errs := k.lacking(s); len(errs) > 0 {
			return Answer{Errors: errs}
		}
		for id, v := range s.Values {
			act.Fields[id] = v
		}
	}
	return Answer{Keep: &act}
}

// lacking says what a dialog that acts at once lacks, by field.
func (k Case) lacking(s Sent) map[string]string {
	h := k.House
	errs := map[string]string{}
	empty := func(id string) bool { return strings.TrimSpace(locales.Clean(s.Values[id])) == "" }
	switch s.View {
	case ViewAssign:
		switch {
		case Refused(s.Person) != "":
			errs["person"] = h.D(locales.StaffErrorPerson)
		case decidedLast(k.C, s.Person):
			errs["person"] = h.D(locales.StaffErrorDecided)
		}
	case ViewClose:
		for _, id := range k.pol().AskStaff {
			if empty(id) {
				errs[id] = h.D(locales.StaffErrorLesson)
			}
		}
	case ViewRefer:
		if empty("reference") && empty("outcome") && empty("done") {
			errs["reference"] = h.D(locales.StaffErrorReferral)
		}
	}
	for _, lacking := range []func(Sent) map[string]string{k.conductLacking, k.mandateLacking, k.wallLacking} {
		maps.Copy(errs, lacking(s))
	}
	return errs
}

func (k Case) preview(who bot.Staff, s Sent) Answer {
	words, errs := k.Compose(s.Meta.Verb, s.Values)
	if len(errs) > 0 {
		return Answer{Errors: errs}
	}
	if why, by := unfit(k, who, s.Meta.Verb); why != "" {
		return told(k.House, casework.Spans(why, by), words)
	}
	m := s.Meta
	m.Dialog, m.Outcome, m.Reason = s.Dialog, s.Values["outcome"], s.Values["reason"]
	p := k.Preview(m, words)
	p.Blocks = slices.Concat(k.Changed(m), k.mandateWarning(m.Verb), p.Blocks, k.toward(m.Verb).meaning(func(k Case) string {
		words, _ := k.compose(m.Verb, s.Values)
		return words
	}))
	return Answer{Push: &p, Words: k.alsoIn(m.Verb, s.Values, words)}
}

// stop puts a dialog in the place of the one sent off that says why nothing
// was done; told does so with the words, so that they are not lost.
func stop(h *casework.House, k locales.Key) Answer {
	return told(h, []bot.Span{{Text: h.D(k)}}, "")
}

func told(h *casework.House, why []bot.Span, words string) Answer {
	b := []bot.Block{{Kind: bot.Rich, Spans: why}}
	if words != "" {
		b = append(b, bot.Block{Kind: bot.Plain, Text: words})
	}
	return Answer{Update: &bot.View{ID: "told", Title: "heed", Close: h.D(locales.StaffDialogDone), Blocks: b}}
}

// Query is what a command asks for: the figures of a month, a person's own
// complaints, one complaint, or the dialog for a new one.
type Query struct {
	Month time.Time // its first instant
	Mine  bool
	Ref   bot.Ref
	Log   bool // the dialog for a complaint that came without a messenger
	// Conduct is what is in force about conduct, and the figures of the quarter
	// that begins at Quarter.
	Conduct bool
	Quarter time.Time
}

// Command reads a slash command. Where it asks for nothing that this person
// may have, the post says so; it is nil otherwise.
func Command(h *casework.House, who bot.Staff, now time.Time, command, text string) (Query, *bot.Post) {
	say := func(k locales.Key) (Query, *bot.Post) {
		p := Line(h, k)
		return Query{}, &p
	}
	if r := Refused(who); r != "" {
		return say(r)
	}
	text = strings.TrimSpace(text)
	switch command {
	case "/sla":
		if r := Permitted(h, nil, who, "/sla"); r != "" {
			return say(r)
		}
		month, ok := month(text, now.In(h.Policy.Zone))
		if !ok {
			return say(locales.StaffUsageSla)
		}
		return Query{Month: month}, nil
	case "/complaint":
		switch ref, ok := bot.ParseRef(text); {
		case ok:
			return Query{Ref: ref}, nil
		case strings.EqualFold(text, "mine"):
			return Query{Mine: true}, nil
		case strings.EqualFold(text, "log"):
			if r := Permitted(h, nil, who, casework.Log); r != "" {
				return say(r)
			}
			return Query{Log: true}, nil
		case strings.EqualFold(firstWord(text), "conduct"):
			if r := Permitted(h, nil, who, "/complaint conduct"); r != "" {
				return say(r)
			}
			q, ok := quarter(strings.TrimSpace(text[len("conduct"):]), now.In(h.Policy.Zone))
			if !ok {
				return say(locales.StaffUsageConduct)
			}
			return Query{Conduct: true, Quarter: q}, nil
		case text != "" && text != "help":
			return say(locales.StaffNotARef)
		}
	}
	return say(locales.StaffUsageComplaint)
}

// month reads "", "now" or "month 2026-10" as the first instant of a month.
func month(text string, now time.Time) (time.Time, bool) {
	words := strings.Fields(text)
	switch {
	case len(words) == 0 || len(words) == 1 && words[0] == "now":
		return time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, now.Location()), true
	case len(words) == 2 && words[0] == "month":
		t, err := time.ParseInLocation("2006-01", words[1], now.Location())
		return t, err == nil
	}
	return time.Time{}, false
}
