// Package desk is the staff's side: what a press does, what the dialogs show,
// when staff are reminded, and what /sla and /complaint answer.
package desk

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/flows/intake"
	"github.com/heedbot/heed/locales"
)

// hand is one act of one member of staff.
type hand struct {
	*casework.Work
	act bot.Act
	c   *bot.Complaint
	// other are the words at hand in the language of the person represented.
	other string
}

// Act takes what a member of staff did.
func Act(w *casework.Work) {
	a := w.S.Input.Act
	if a == nil {
		return
	}
	h := hand{Work: w, act: *a}
	if c := w.Complaint(a.Complaint); c != nil && c.Wall != nil {
		w.S.Staff = w.AmongKeepers(c, w.S.Staff, w.S.Directory)
	}
	if k := Refused(w.S.Staff); k != "" {
		w.Private(w.Aside().D(k), a.Fields["words"])
		return
	}
	switch a.Verb {
	case casework.TakeOver, casework.Log:
		if k := Permitted(w.House, nil, w.S.Staff, a.Verb); k != "" {
			w.Private(w.Aside().D(k), a.Fields["words"])
			return
		}
	}
	switch a.Verb {
	case casework.TakeOver:
		h.takeOver()
		return
	case casework.Log:
		h.take()
		return
	}
	h.c = w.Complaint(a.Complaint)
	if h.c != nil && a.Verb == casework.Look {
		// They looked, whoever may see it by now.
		h.Event(h.c, bot.EvLooked, string(a.By), "", nil)
		return
	}
	if h.c == nil {
		w.Private(w.Aside().D(locales.StaffNoComplaint), a.Fields["words"])
		return
	}
	if k := Permitted(w.House, h.c, w.S.Staff, a.Verb); k != "" {
		w.Private(w.Aside().D(k), a.Fields["words"])
		return
	}
	h.do()
}

// Refused says why a person may do nothing at all here; "" if they have a role.
func Refused(s bot.Staff) locales.Key {
	switch {
	case s.Trouble == "unchecked":
		return locales.StaffNotUnchecked
	case s.Trouble != "":
		return locales.StaffNotAllowed
	case len(s.Roles) == 0:
		return locales.StaffNotAllowed
	}
	return ""
}

func (h hand) do() {
	if why, who := unfit(h.reader(), h.S.Staff, h.act.Verb); why != "" {
		h.Private(why, h.act.Fields["words"], who)
		return
	}
	switch h.act.Verb {
	case casework.Acknowledge:
		h.acknowledge()
	case casework.Reply, casework.Update, casework.Ask, casework.Decide, casework.Decline:
		h.write()
	case casework.HandOver:
		if to := h.act.Fields["to"]; to != "" && to != h.NextRole(h.c) {
			h.Private(h.Aside().D(locales.StaffHandedBefore, "Role", h.Role(h.c, h.Aside().Language, h.c.With)), "")
			return
		}
		h.Handed(h.c, h.act.By)
	case casework.Record:
		h.record()
	case casework.Heard, casework.Code:
		switch {
		case h.Customer.HasChat():
			h.Private(h.Aside().D(locales.StaffHasChat), h.act.Fields["words"])
		case h.act.Verb == casework.Heard:
			h.heard()
		default:
			h.code()
		}
	case casework.Refer:
		h.refer()
	case casework.Reopen:
		h.Work.Disputes(h.c, string(h.act.By), casework.Reopened)
	case casework.Assign:
		h.assign()
	case casework.Note:
		h.note()
	case casework.Escalate:
		h.escalate()
	case casework.Close:
		h.close()
	case casework.Arrived, casework.Resend:
		h.doubt()
	default:
		if !h.conduct() && !h.mandate() && !h.wall() {
			h.Private(h.Aside().D(locales.StaffNoSuchAct), "")
		}
	}
}

// verbEvent is the event an act makes of itself.
var verbEvent = map[string]bot.EventKind{
	casework.Acknowledge: bot.EvAcknowledged, casework.Reply: bot.EvReplied, casework.Update: bot.EvUpdated,
	casework.Ask: bot.EvAsked, casework.Decide: bot.EvResponse, casework.Assign: bot.EvAssigned,
	casework.Escalate: bot.EvEscalated, casework.Close: bot.EvClosed, casework.Decline: bot.EvResponse,
	casework.HandOver: bot.EvHanded,
}

// Unfit says why an act of this person does not fit the complaint as it
// stands, and who came first where someone did (casework.Someone in the text);
// "" if it fits.
func Unfit(h *casework.House, c *bot.Complaint, cust bot.Customer, who bot.Staff, verb string, now time.Time) (string, bot.StaffID) {
	return unfit(Case{House: h, Now: now, C: c, Customer: cust}, who, verb)
}

func unfit(k Case, who bot.Staff, verb string) (string, bot.StaffID) {
	h, c := k.House, k.C
	stage := func() string { return h.D(locales.StaffNotNow, "Stage", h.D(locales.Key("stage."+string(c.Stage)))) }
	if verb == casework.Acknowledge {
		if s, ok := casework.Acknowledged(c); ok {
			return h.D(locales.StaffAlreadyAcknowledged, "Who", casework.Someone), s.By
		}
	}
	decides := verb == casework.Decide || verb == casework.Decline
	event, ok := verbEvent[verb]
	if decides && c.Stage == bot.Disputed {
		event = bot.EvSecond
	}
	if ok && !c.Stage.Allows(event) {
		return stage(), ""
	}
	switch {
	case verb == casework.Escalate && !c.Escalated.IsZero():
		return h.D(locales.StaffAlreadyEscalated), ""
	case decides && decidedLast(c, who):
		return h.D(locales.StaffDecidedBefore), ""
	case verb == casework.Decline && len(h.Pack(c.Policy).RefuseReasons) == 0:
		return h.D(locales.StaffNoDeclining), ""
	case verb == casework.Close && casework.Owed(c):
		return h.D(locales.StaffRecordFirst), ""
	case verb == casework.HandOver && h.NextRole(c) == "":
		return h.D(locales.StaffNobodyNext), ""
	case verb == casework.Reopen && c.Stage != bot.Closed && c.Stage != bot.Decided:
		return stage(), ""
	case verb == casework.Heard && c.Stage == bot.Withdrawn:
		return stage(), ""
	}
	if why := k.conductUnfit(who, verb); why != "" {
		return why, ""
	}
	for _, unfit := range []func(*casework.House, *bot.Complaint, bot.Customer, bot.Staff, string, time.Time) string{mandateUnfit, wallUnfit} {
		if why := unfit(h, c, k.Customer, who, verb, k.Now); why != "" {
			return why, ""
		}
	}
	return "", ""
}

// decidedLast tells whether a person gave the decision that is being looked at
// again, and someone else at the desk could do so.
func decidedLast(c *bot.Complaint, who bot.Staff) bool {
	n := len(c.Deciders)
	return c.Round > 1 && n > 0 && n < c.Round && !who.Alone && c.Deciders[n-1] == who.ID
}

func (h hand) acknowledge() {
	// One that failed before need not be sent again besides this one.
	delete(h.c.Doubt, h.c.Said[bot.EvAcknowledged].Out)
	compose := func() string {
		head := h.T(locales.LetterReply, "Ref", string(h.c.Ref)) + "\n\n"
		return head + h.T(locales.ReadyAcknowledge) + h.FirmerLine(h.c, h.Lang(), bot.EvAcknowledged, h.S.Now)
	}
	h.other = h.Other(h.c, compose)
	h.send(compose(), nil, bot.EvAcknowledged, "acknowledged", nil)
	h.takes(h.c)
}

// send says something with a meaning to the customer, records it and shows it
// in the thread.
func (h hand) send(text string, choices []bot.Choice, event bot.EventKind, about string, data map[string]string) {
	h.Stale(h.c)
	h.Tighten(h.c, event)
	out := h.Say(text, choices, casework.Said{About: about, Complaint: h.c, Counts: casework.Counts(event), By: h.act.By, Wide: len(choices) > 2, Other: h.other})
	h.Spoke(h.c, event, out, h.act.By)
	h.Event(h.c, event, string(h.act.By), text, data)
	h.Record(h.c, out, h.D(locales.StaffToldByPerson, "What", h.D(locales.Key("said."+about))), text)
}

// write sends the words of a dialog, as they were previewed.
func (h hand) write() {
	text := strings.TrimSpace(h.act.Fields["words"])
	if text == "" {
		h.Private(h.Aside().D(locales.StaffNoWords), "")
		return
	}
	if h.act.Version != h.c.Version {
		h.Private(h.Aside().D(locales.StaffChanged), text)
		return
	}
	h.other = strings.TrimSpace(h.act.Fields["other"])
	switch h.act.Verb {
	case casework.Reply:
		h.send(text, nil, bot.EvReplied, "reply", nil)
	case casework.Update:
		h.send(text, nil, bot.EvUpdated, "update", nil)
	case casework.Ask:
		h.send(text, nil, bot.EvAsked, "ask", nil)
	case casework.Decide, casework.Decline:
		h.decide(text)
	}
}

// decide sends the formal response: a decision, or that the complaint is not
// taken up, which no policy allows without one of its reasons.
func (h hand) decide(text string) {
	kind, data := bot.EvResponse, map[string]string{"outcome": h.act.Fields["outcome"]}
	if h.c.Stage == bot.Disputed {
		kind = bot.EvSecond
	}
	if h.act.Verb == casework.Decline {
		data = map[string]string{"outcome": bot.Declined, "reason": h.act.Fields["reason"]}
		if !slices.Contains(h.PolicyOf(h.c).RefuseReasons, data["reason"]) {
			h.Private(h.Aside().D(locales.StaffErrorReason), text)
			return
		}
	}
	if h.act.Verb == casework.Decide && !slices.Contains(bot.Decisions, data["outcome"]) {
		h.Private(h.Aside().D(locales.StaffErrorOutcome), text)
		return
	}
	h.takes(h.c)
	h.send(text, intake.Rights(h.Work, h.c), kind, "response", data)
}

// refer notes what an outside body was given or said.
func (h hand) refer() {
	f := h.act.Fields
	id := f["external"]
	if _, ok := h.PolicyOf(h.c).Externals[id]; !ok {
		h.Private(h.Aside().D(locales.StaffNoSuchAct), f["outcome"])
		return
	}
	r := bot.Referral{Reference: strings.TrimSpace(f["reference"]), Outcome: strings.TrimSpace(f["outcome"]), Done: strings.TrimSpace(f["done"])}
	// What is left out stays as it was.
	was := h.c.Referrals[id]
	r = bot.Referral{Reference: cmp.Or(r.Reference, was.Reference), Outcome: cmp.Or(r.Outcome, was.Outcome), Done: cmp.Or(r.Done, was.Done)}
	if h.c.Referrals == nil {
		h.c.Referrals = map[string]bot.Referral{}
	}
	h.c.Referrals[id] = r
	h.Event(h.c, bot.EvReferred, string(h.act.By), strings.Join([]string{r.Reference, r.Outcome, r.Done}, "\n"), map[string]string{"external": id})
	text := h.D(locales.StaffReferNoted)
	h.Thread(h.c, bot.Post{Text: text, Blocks: []bot.Block{{Kind: bot.Rich, Spans: []bot.Span{{User: string(h.act.By)}, {Text: " " + text}}}}})
	h.Touch(h.c)
}

func (h hand) assign() {
	to := h.act.Fields["person"]
	if to == "" {
		to = string(h.act.By)
	}
	if h.c.Assignee == bot.StaffID(to) {
		h.Private(h.Aside().D(locales.StaffAlreadyAssigned), "")
		return
	}
	switch who := bot.StaffID(to); {
	case slices.Contains(h.c.Met, who):
		h.Private(h.Aside().D(locales.StaffErrorMet), "")
		return
	case h.c.Wall != nil && !slices.Contains(h.Keepers(h.c), who):
		h.Private(h.Aside().D(locales.StaffNotKeeper), "")
		return
	}
	h.Event(h.c, bot.EvAssigned, string(h.act.By), "", map[string]string{"to": to})
	if to == string(h.act.By) {
		h.Thread(h.c, bot.Post{Text: h.D(locales.StaffTook), Blocks: []bot.Block{{Kind: bot.Rich, Spans: []bot.Span{
			{User: to}, {Text: " " + h.D(locales.StaffTook)}}}}})
		return
	}
	h.Thread(h.c, bot.Post{Text: h.D(locales.StaffAssigned), Blocks: []bot.Block{{Kind: bot.Rich, Spans: []bot.Span{
		{User: string(h.act.By)}, {Text: " " + casework.Apart(h.D(locales.StaffAssigned))}, {User: to}}}}})
}

func (h hand) note() {
	words := strings.TrimSpace(h.act.Fields["words"])
	if words == "" {
		h.Private(h.Aside().D(locales.StaffNoWords), "")
		return
	}
	h.Event(h.c, bot.EvNoted, string(h.act.By), words, nil)
	h.Thread(h.c, bot.Post{Text: h.D(locales.StaffNoteBy), Blocks: []bot.Block{
		{Kind: bot.Rich, Spans: []bot.Span{{Text: casework.Apart(h.D(locales.StaffNoteBy)), Bold: true}, {User: string(h.act.By)}}},
		{Kind: bot.Plain, Text: words},
	}})
}

func (h hand) escalate() {
	h.Event(h.c, bot.EvEscalated, string(h.act.By), "", nil)
	h.Escalated(h.c, h.act.By, h.D(locales.StaffEscalatedBy), h.Higher(h.c))
}

func (h hand) close() {
	var data map[string]string
	if h.PolicyOf(h.c).File {
		data = map[string]string{"filed": "yes"}
	}
	if !h.Event(h.c, bot.EvClosed, string(h.act.By), "", data) {
		return
	}
	// What is on its way settles when it arrives, or does not.
	v := bot.Missed
	if !h.Reaches(h.c) {
		v = bot.Void
	}
	h.End(h.c, v, func(p bot.Promise) bool { return !casework.Pending(h.c, p) })
	for _, id := range lessons(h.PolicyOf(h.c)) {
		if s := strings.TrimSpace(h.act.Fields[id]); s != "" {
			h.Event(h.c, bot.EvNoted, string(h.act.By), s, map[string]string{id: "yes"})
			h.Quote(h.c, h.closingLabel(id), s)
		}
	}
	k := locales.CloseTold
	switch chat := !h.OnPaper(h.c); {
	case h.c.Outcome == "" && chat:
		k = locales.CloseUndecided
	case h.c.Outcome == "":
		k = locales.CloseUndecidedPaper
	case !chat:
		k = locales.CloseToldPaper
	}
	h.Thread(h.c, bot.Post{Text: h.D(locales.StaffClosedBy), Blocks: []bot.Block{{Kind: bot.Rich, Spans: []bot.Span{
		{User: string(h.act.By)}, {Text: " " + h.D(locales.StaffClosedBy)}}}}})
	if h.PolicyOf(h.c).File {
		h.Line(h.c, h.D(locales.StaffFiled, "Events", h.c.Events, "Files", len(h.c.Files), "Hash", h.c.Hash[:12]))
	}
	compose := func() string { return h.T(k, "Ref", string(h.c.Ref)) }
	text := compose()
	var cs []bot.Choice
	if h.c.Outcome != "" && h.c.Outcome != bot.Upheld {
		if cs = intake.Disputes(h.Work, h.c); len(cs) > 0 && h.Customer.HasChat() && !casework.Diverted(h.c) {
			text += "\n\n" + h.T(locales.SurveyDispute)
		}
	}
	out := h.Say(text, cs, casework.Said{About: "closed", Complaint: h.c, Other: h.Other(h.c, compose)})
	h.Record(h.c, out, h.D(locales.StaffToldByProgram, "What", h.D(locales.SaidClosed)), text)
}

func (h hand) takeOver() {
	d := h.Customer.Draft
	n, _ := strconv.Atoi(h.act.Fields["draft"])
	if d == nil || d.N != n || d.Touched.After(d.Listed) {
		// Never under the customer's hands: they have come back to it.
		h.Private(h.Aside().D(locales.StaffDraftGone), "")
		return
	}
	if behind := h.DraftWall(d); behind != nil && !h.Sight(h.S.Staff).Sees(&bot.Complaint{Wall: behind}) {
		h.Private(h.Aside().D(locales.StaffDraftGone), "")
		return
	}
	h.takes(h.Lodge(h.S.Input.At, h.act.By, ""))
}

// takes gives a complaint that nobody has to whoever acts on it, unless it is
// not theirs to have.
func (h hand) takes(c *bot.Complaint) {
	if c.Assignee == "" && !slices.Contains(c.Met, h.act.By) && h.Sight(h.S.Staff).Sees(c) {
		h.Event(c, bot.EvAssigned, string(h.act.By), "", map[string]string{"to": string(h.act.By)})
	}
}
