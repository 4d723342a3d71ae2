package desk

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/flows/conduct"
	"github.com/heedbot/heed/locales"
)

// conduct takes an act of its own; false for another's.
func (h hand) conduct() bool {
	switch h.act.Verb {
	case casework.Flag:
		h.flag()
	case casework.Unflag:
		h.unflag()
	case casework.Warn, casework.StopReplying, casework.Block, casework.ReportAuthority:
		h.step()
	case casework.Renew:
		h.renew()
	case casework.Lift:
		h.lift()
	case casework.Review:
		h.review()
	default:
		return false
	}
	return true
}

// tongue composes words to the customer of this turn.
func (h hand) tongue() Case {
	return Case{House: h.House, Now: h.S.Now, C: h.c, Customer: h.Customer, Directory: h.S.Directory}
}

// reader is the case as the member of staff who acts reads it.
func (h hand) reader() Case {
	k := h.tongue()
	k.House = h.Aside()
	return k
}

func (h hand) reason() string { return strings.TrimSpace(locales.Clean(h.act.Fields["reason"])) }

// refused answers privately why not; it is false where nothing stands against
// it. What the person wrote is not lost.
func (h hand) refused(no conduct.No) bool {
	if no == conduct.OK {
		return false
	}
	h.Private(refusal(h.Aside(), h.c, h.tongue().ladder(), no), h.reason())
	return true
}

// reasonless answers privately that a reason is needed; it is false where one
// is given.
func (h hand) reasonless() bool {
	if h.reason() != "" {
		return false
	}
	h.Private(h.Aside().D(locales.StaffConductNoReason), "")
	return true
}

// flag notes that a message is found abusive, in one of the policy's ways.
func (h hand) flag() {
	k, kind := h.tongue(), h.act.Fields["kind"]
	s, ok := k.spoken(h.act.Fields["message"])
	if !ok {
		h.Private(h.Aside().D(locales.StaffConductNoMessage), h.reason())
		return
	}
	if kind == "" || h.refused(k.ladder().Flag(h.tongue().actor(h.S.Staff), kind)) {
		return
	}
	f := k.flagOf(s)
	for _, g := range h.Customer.Flags {
		if g.Complaint == f.Complaint && g.Dropped == "" && g.Said.Equal(f.Said) && g.Message == f.Message && g.Words == f.Words && k.ladder().FlagAgain(f) == conduct.OK {
			h.Private(h.Aside().D(locales.StaffConductFlagged, "Who", casework.Someone), h.reason(), g.By)
			return
		}
	}
	if h.refused(k.ladder().FlagAgain(f)) {
		return
	}
	var given []int
	for _, g := range h.Customer.Flags {
		given = append(given, g.N)
	}
	f.N, f.Kind, f.By, f.At, f.Reason = conduct.Next(given, f.Walled), kind, h.act.By, h.S.Now, h.reason()
	h.Customer.Flags = append(h.Customer.Flags, f)
	h.Event(h.c, bot.EvFlagged, string(h.act.By), f.Reason, map[string]string{"flag": strconv.Itoa(f.N), "kind": kind})
	head := h.D(locales.StaffConductFlag, "Kind", h.Kind(h.PolicyOf(h.c), h.Language, kind))
	p := h.post(head, f.Reason)
	quote := []bot.Block{{Kind: bot.Rich, Spans: []bot.Span{{Text: h.D(locales.StaffConductFlagSaid, "At", h.Short(h.PolicyOf(h.c), f.Said))}}},
		{Kind: bot.Plain, Text: f.Words}}
	p.Blocks = slices.Insert(p.Blocks, 1, quote...)
	p.Blocks = append(p.Blocks, bot.Block{Kind: bot.Buttons, ID: "conduct", Buttons: h.rungs(f)})
	h.Thread(h.c, p)
}

// rungs are the buttons of what can be done about a flagged message: the
// policy's steps, and that it is no abuse. Each says itself when it is too early.
func (h hand) rungs(f bot.Flag) []bot.Button {
	v := casework.Value(h.c, "flag", strconv.Itoa(f.N))
	var b []bot.Button
	for _, s := range h.PolicyOf(h.c).Conduct.Steps {
		if verb := verbOf(s.Do); verb != "" && (verb != casework.Block || h.Customer.HasChat()) {
			b = append(b, bot.Button{Action: verb, Value: v, Label: h.D(locales.Key("staff.button." + verb))})
		}
	}
	return append(b, bot.Button{Action: casework.Unflag, Value: v, Label: h.D(locales.StaffButtonUnflag)})
}

// post is one of the thread about conduct: what happened, by whom, and why.
func (h hand) post(head, reason string) bot.Post {
	b := []bot.Block{{Kind: bot.Rich, Spans: []bot.Span{{Text: head, Bold: true}, {Text: " · "}, {User: string(h.act.By)}}}}
	if reason != "" {
		b = append(b, bot.Block{Kind: bot.Rich, Spans: []bot.Span{{Text: h.D(locales.StaffConductBecause)}}}, bot.Block{Kind: bot.Plain, Text: reason})
	}
	return bot.Post{Text: head, Blocks: b}
}

// unflag notes that a manager finds no abuse in a flagged message.
func (h hand) unflag() {
	n := number(h.act.Fields["flag"])
	if h.refused(h.tongue().ladder().Unflag(h.tongue().actor(h.S.Staff), n)) || h.reasonless() {
		return
	}
	for i := range h.Customer.Flags {
		if f := &h.Customer.Flags[i]; f.N == n {
			f.Dropped = h.act.By
		}
	}
	h.Event(h.c, bot.EvUnflagged, string(h.act.By), h.reason(), map[string]string{"flag": strconv.Itoa(n)})
	h.Thread(h.c, h.post(h.D(locales.StaffConductNoAbuse), h.reason()))
}

// step takes a step of the ladder.
func (h hand) step() {
	do, k, f := stepOf(h.act.Verb), h.tongue(), h.act.Fields
	n := number(f["flag"])
	if h.refused(k.ladder().Take(h.tongue().actor(h.S.Staff), do, n)) {
		return
	}
	i := slices.IndexFunc(h.Customer.Flags, func(f bot.Flag) bool { return f.N == n })
	flag := h.Customer.Flags[i]
	m := bot.Step{Complaint: h.c.Ref, Walled: h.c.Wall != nil, Do: do, Flag: n, Kind: flag.Kind, By: h.act.By, At: h.S.Now, Reason: h.reason()}
	var given []int
	for _, s := range h.Customer.Steps {
		given = append(given, s.N)
	}
	m.N = conduct.Next(given, m.Walled)
	data := map[string]string{"measure": strconv.Itoa(m.N), "flag": strconv.Itoa(n), "kind": flag.Kind}
	if do != bot.StepWarn && h.reasonless() {
		return
	}
	if do == bot.StepReport {
		to := strings.TrimSpace(locales.Clean(f["authority"]))
		if to == "" {
			h.Private(h.Aside().D(locales.StaffConductNoAuthority), h.reason())
			return
		}
		h.Customer.Steps = append(h.Customer.Steps, m)
		h.Event(h.c, bot.EvReported, string(h.act.By), to+"\n"+m.Reason, data)
		h.Thread(h.c, h.post(h.D(locales.StaffConductReported, "To", to), m.Reason))
		return
	}
	words := strings.TrimSpace(f["words"])
	if words == "" {
		h.Private(h.Aside().D(locales.StaffNoWords), m.Reason)
		return
	}
	event := bot.EvWarned
	if conduct.Restricts(do) {
		until, ok := conduct.Day(f["until"], h.PolicyOf(h.c).Zone, h.S.Now, time.Time{})
		if !ok {
			h.Private(h.Aside().D(locales.StaffConductNoDay, "Most", conduct.MostDays), m.Reason)
			return
		}
		m.Until, event = until, bot.EvRestricted
		data["do"], data["until"] = do, until.UTC().Format(time.RFC3339)
	}
	m.Out = h.tell(do, words, m)
	if do == bot.StepBlock {
		h.Customer.Focus = ""
	}
	h.Customer.Steps = append(h.Customer.Steps, m)
	h.Event(h.c, event, string(h.act.By), m.Reason, data)
	if conduct.Restricts(do) {
		h.WatchMeasure(h.c, m)
	}
	h.Thread(h.c, h.taken(m))
}

// tell sends the customer words about a measure, with the button for a review
// while one can be asked for.
func (h hand) tell(about, words string, m bot.Step) string {
	var cs []bot.Choice
	if h.Customer.HasChat() && m.Asked.IsZero() && m.Ended.IsZero() {
		cs = []bot.Choice{h.Appeal(m)}
	}
	out := h.Say(words, cs, casework.Said{About: about, Complaint: h.c, By: h.act.By})
	h.Record(h.c, out, h.D(locales.StaffToldByPerson, "What", h.D(locales.Key("said."+about))), words)
	return out
}

// taken is the post about a measure that was just taken.
func (h hand) taken(m bot.Step) bot.Post {
	p := h.post(h.D(locales.Key("staff.conduct.took_"+m.Do), "Until", h.Short(h.PolicyOf(h.c), m.Until)), m.Reason)
	v := casework.Value(h.c, "measure", strconv.Itoa(m.N))
	var b []bot.Button
	if conduct.Restricts(m.Do) {
		b = append(b, bot.Button{Action: casework.Renew, Value: v, Label: h.D(locales.StaffButtonRenew)})
	}
	b = append(b, bot.Button{Action: casework.Lift, Value: v, Label: h.D(locales.StaffButtonLift)})
	if !h.Customer.HasChat() {
		b = append(b, bot.Button{Action: casework.Review, Value: v, Label: h.D(locales.StaffButtonReview)})
	}
	p.Blocks = append(p.Blocks, bot.Block{Kind: bot.Buttons, ID: "measure", Buttons: b})
	return p
}

// renew gives a restriction a later date.
func (h hand) renew() {
	n := number(h.act.Fields["measure"])
	if h.refused(h.tongue().ladder().Renew(h.tongue().actor(h.S.Staff), n)) || h.reasonless() {
		return
	}
	m := h.Measure(n)
	until, ok := conduct.Day(h.act.Fields["until"], h.PolicyOf(h.c).Zone, h.S.Now, m.Until)
	if !ok {
		h.Private(h.Aside().D(locales.StaffConductNoDay, "Most", conduct.MostDays), h.reason())
		return
	}
	m.Until = until
	m.Renewed++
	m.RenewedBy = append(slices.Clone(m.RenewedBy), h.act.By)
	h.tell("renewed", h.tongue().became(wordsRenewed, *m, nil, h.reason()), *m)
	h.Event(h.c, bot.EvRenewed, string(h.act.By), h.reason(), map[string]string{"measure": strconv.Itoa(n), "until": until.UTC().Format(time.RFC3339)})
	h.WatchMeasure(h.c, *m)
	h.Thread(h.c, h.post(h.D(locales.StaffConductRenewed, "Until", h.Short(h.PolicyOf(h.c), until)), h.reason()))
}

// lift ends a restriction, or takes a request to stop back.
func (h hand) lift() {
	n := number(h.act.Fields["measure"])
	if h.refused(h.tongue().ladder().Lift(h.tongue().actor(h.S.Staff), n)) || h.reasonless() {
		return
	}
	m := h.Measure(n)
	with := h.end(m)
	h.tell("lifted", h.tongue().became(wordsLifted, *m, with, ""), *m)
	h.Event(h.c, bot.EvLifted, string(h.act.By), h.reason(), map[string]string{"measure": strconv.Itoa(n)})
	h.Thread(h.c, h.post(h.D(locales.Key("staff.conduct.lifted_"+m.Do)), h.reason()))
	h.ended(with)
}

// end ends a measure now, and the restrictions that rested on it.
func (h hand) end(m *bot.Step) (with []bot.Step) {
	with = h.tongue().ladder().Rests(m.N)
	for _, x := range append(with, *m) {
		s := h.Measure(x.N)
		s.Ended, s.EndedBy = h.S.Now, h.act.By
		h.UnwatchMeasure(x.N)
	}
	for i := range with {
		with[i] = *h.Measure(with[i].N)
	}
	return with
}

// ended notes what ended with a measure, and shows what was kept where nothing
// blocks the customer any more.
func (h hand) ended(with []bot.Step) {
	for _, m := range with {
		c := h.Complaint(m.Complaint)
		if c == nil {
			continue
		}
		h.Event(c, bot.EvLifted, string(h.act.By), "", map[string]string{"measure": strconv.Itoa(m.N)})
		h.Line(c, h.D(locales.StaffConductEndedWith, "What", h.D(locales.Key("staff.conduct.did_"+m.Do))))
	}
	h.ShowUnshown()
}

// review answers a customer who asked for a review.
func (h hand) review() {
	n, outcome := number(h.act.Fields["measure"]), h.act.Fields["outcome"]
	if h.refused(h.tongue().ladder().Review(h.tongue().actor(h.S.Staff), n, !h.Customer.HasChat())) || h.reasonless() {
		return
	}
	m := h.Measure(n)
	data := map[string]string{"measure": strconv.Itoa(n), "outcome": outcome}
	if m.Asked.IsZero() {
		// They asked by letter or on the telephone.
		m.Asked = h.S.Now
		h.Event(h.c, bot.EvAppealed, "customer", "", map[string]string{"measure": strconv.Itoa(n)})
	}
	m.Reviewed, m.ReviewedBy = h.S.Now, h.act.By
	h.UnwatchReview(n)
	right, over := outcome == outcomeLifted, h.tongue().ladder().Ended(*m)
	what, head := wordsStands, h.D(locales.StaffConductStood)
	var with []bot.Step
	if right {
		what, head = wordsRight, h.D(locales.Key("staff.conduct.lifted_"+m.Do))
		m.Overturned = true
	}
	switch {
	case over:
		what += wordsLate
		if right {
			head = h.D(locales.StaffConductWrong)
		}
	case right:
		with = h.end(m)
	}
	h.tell("reviewed", h.tongue().became(what, *m, with, h.reason()), *m)
	h.Event(h.c, bot.EvReviewed, string(h.act.By), h.reason(), data)
	if right && !over {
		h.Event(h.c, bot.EvLifted, string(h.act.By), "", map[string]string{"measure": strconv.Itoa(n)})
	}
	h.Thread(h.c, h.post(head, h.reason()))
	if right {
		h.ended(with)
	}
}

// conductTold notes that the customer has been told of a measure.
func conductTold(w *casework.Work, c *bot.Complaint, out string, at time.Time) {
	for i := range w.Customer.Steps {
		if m := &w.Customer.Steps[i]; m.Out == out && out != "" && m.Told.IsZero() {
			m.Told = at
			w.Touch(c)
		}
	}
}

// conductSettled notes that a delivery told the customer of a measure.
func conductSettled(w *casework.Work, c *bot.Complaint, s bot.Settlement) {
	if s.State == bot.Sent {
		conductTold(w, c, s.Out, s.At)
	}
}

// conductResent follows the telling of a measure that is sent once more.
func conductResent(w *casework.Work, was, out string) {
	for i := range w.Customer.Steps {
		if m := &w.Customer.Steps[i]; m.Out == was && was != "" {
			m.Out = out
		}
	}
}
