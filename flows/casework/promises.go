package casework

import (
	"slices"
	"strconv"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/locales"
)

// Kinds of timers that keep watch over a promise.
const (
	TimerHalf   = "promise_half"   // remind staff: half the time has run
	TimerMost   = "promise_most"   // remind staff: four fifths have run
	TimerStatus = "promise_status" // tell the customer honestly where it stands
	TimerDue    = "promise_due"    // tell managers
)

func promiseKey(kind string, c *bot.Complaint, p bot.Promise) string {
	return kind + ":" + string(c.Ref) + ":" + p.ID + ":" + strconv.Itoa(p.Round)
}

// Watch sets the timers of every open promise of the complaint, replacing
// those set for earlier dates.
func (w *Work) Watch(c *bot.Complaint) {
	if !c.Stage.Open() {
		return
	}
	pol := w.PolicyOf(c)
	w.watchLetters(c)
	for _, p := range c.Promises {
		if p.Verdict != bot.Open || p.Paused() {
			continue
		}
		set := func(kind string, at time.Time) {
			if !at.After(w.S.Now) && kind != TimerDue && kind != TimerStatus {
				w.Stop(promiseKey(kind, c, p))
				return
			}
			w.Set(bot.Timer{Key: promiseKey(kind, c, p), Kind: kind, Due: at, Complaint: c.Ref, Promise: p.ID, Round: p.Round})
		}
		half, most, okHalf, okMost := pol.Reminders(p)
		if okHalf {
			set(TimerHalf, half)
		}
		if okMost {
			set(TimerMost, most)
		}
		if !told(c, p, bot.EvTold) {
			set(TimerStatus, pol.StatusAt(p))
		}
		if !told(c, p, bot.EvOverdue) {
			// A promise due at a whole second is overdue in the second after.
			set(TimerDue, p.Due.Add(time.Second))
		}
	}
}

// Unwatch stops the timers of a promise that has its verdict.
func (w *Work) Unwatch(c *bot.Complaint, p bot.Promise) {
	for _, k := range []string{TimerHalf, TimerMost, TimerStatus, TimerDue} {
		w.Stop(promiseKey(k, c, p))
	}
}

// told tells whether the customer (EvTold) or the managers (EvOverdue) have
// heard already that this promise is late.
func told(c *bot.Complaint, p bot.Promise, kind bot.EventKind) bool {
	s, ok := c.Said[markOf(kind, p)]
	return ok && s.State != string(bot.Failed)
}

func markOf(kind bot.EventKind, p bot.Promise) bot.EventKind {
	return kind + ":" + bot.EventKind(p.ID) + ":" + bot.EventKind(strconv.Itoa(p.Round))
}

// Mark remembers that the managers have heard of a promise.
func (w *Work) Mark(c *bot.Complaint, p bot.Promise, kind bot.EventKind) {
	w.say(c, markOf(kind, p), bot.Saying{At: w.S.Now, State: string(bot.Sent)})
}

// MarkTold remembers by which message the customer is told of a promise; of
// one that tells more than that, out is empty.
func (w *Work) MarkTold(c *bot.Complaint, p bot.Promise, out string) {
	w.Spoke(c, markOf(bot.EvTold, p), out, "")
}

// SurelyTold tells whether the customer surely has been told of a promise.
func SurelyTold(c *bot.Complaint, p bot.Promise) bool {
	return c.Said[markOf(bot.EvTold, p)].State == string(bot.Sent)
}

// Pending tells whether a message that keeps the promise is on its way, or
// may have arrived.
func Pending(c *bot.Complaint, p bot.Promise) bool {
	for k, s := range c.Said {
		if (s.State == string(bot.Queued) || s.State == string(bot.Possibly)) && slices.Contains(Counts(k), p.Until) {
			return true
		}
	}
	return false
}

// Written tells whether a message that keeps the promise was on its way by the
// time it was due, and has not arrived.
func Written(c *bot.Complaint, p bot.Promise) bool {
	for k, s := range c.Said {
		if s.State == string(bot.Queued) && !s.At.After(p.Due) && slices.Contains(Counts(k), p.Until) {
			return true
		}
	}
	return false
}

// Counts says what a message of each kind counts as once it is delivered. A
// progress update tells more than a receipt and stands for it too; the answer
// itself stands for every step before it.
func Counts(k bot.EventKind) []bot.EventKind {
	switch k {
	case bot.EvAcknowledged:
		return []bot.EventKind{bot.EvAcknowledged, bot.EvReplied}
	case bot.EvUpdated:
		return []bot.EventKind{bot.EvAcknowledged, bot.EvUpdated, bot.EvReplied}
	case bot.EvReplied, bot.EvAsked:
		return []bot.EventKind{bot.EvReplied}
	case bot.EvResponse, bot.EvSecond:
		return []bot.EventKind{bot.EvAcknowledged, bot.EvUpdated, bot.EvReplied, k}
	}
	return nil
}

// Told tells whether that was so.
func (w *Work) Told(c *bot.Complaint, p bot.Promise, kind bot.EventKind) bool {
	return told(c, p, kind)
}

func (w *Work) say(c *bot.Complaint, k bot.EventKind, s bot.Saying) {
	if c.Said == nil {
		c.Said = map[bot.EventKind]bot.Saying{}
	}
	c.Said[k] = s
	w.Save(c)
}

// Spoke remembers that something with a meaning was sent on its way.
func (w *Work) Spoke(c *bot.Complaint, k bot.EventKind, out string, by bot.StaffID) {
	state := bot.Queued
	if _, prepared := c.Said[unsent(out)]; prepared || !w.Customer.HasChat() {
		state = bot.Prepared
	}
	w.say(c, k, bot.Saying{Out: out, By: by, At: w.S.Now, State: string(state)})
}

// Promise finds one of the complaint's promises; nil if it has none such.
func Promise(c *bot.Complaint, id string, round int) *bot.Promise {
	for i := range c.Promises {
		if c.Promises[i].ID == id && c.Promises[i].Round == round {
			return &c.Promises[i]
		}
	}
	return nil
}

// Keep settles the open promises that the events keep, by a message accepted
// at the instant met.
func (w *Work) Keep(c *bot.Complaint, counts []bot.EventKind, met time.Time) {
	w.keep(c, counts, met, false)
}

// KeepAlone settles the open promises that the program itself may keep, by its
// receipt accepted at the instant met. A person's stay open.
func (w *Work) KeepAlone(c *bot.Complaint, met time.Time) {
	w.keep(c, []bot.EventKind{bot.EvAcknowledged, bot.EvReplied}, met, true)
}

func (w *Work) keep(c *bot.Complaint, counts []bot.EventKind, met time.Time, alone bool) {
	pol := w.PolicyOf(c)
	for _, k := range counts {
		happened := !alone
		for _, p := range append([]bot.Promise(nil), c.Promises...) {
			// What was sent before the customer disagreed is no answer to that.
			before := p.From == bot.EvDisputed && met.Before(p.Start)
			if p.Verdict != bot.Open || p.Until != k || alone && !p.ByBot || before {
				continue
			}
			c.Promises, happened = pol.Settle(c.Promises, p.ID, p.Round, met), true
			w.settled(c, *Promise(c, p.ID, p.Round))
		}
		// A pack may promise something from an event that nobody had promised.
		if happened {
			c.Promises = pol.On(c.Topic, k, met, c.Promises)
		}
	}
	w.Watch(c)
}

// End gives every open promise the same verdict: missed when the complaint is
// closed, void when the customer cannot be reached or withdrew.
func (w *Work) End(c *bot.Complaint, v bot.Verdict, which func(bot.Promise) bool) {
	for i := range c.Promises {
		p := &c.Promises[i]
		if p.Verdict != bot.Open || which != nil && !which(*p) {
			continue
		}
		p.Verdict, p.Settled = v, w.S.Now
		w.settled(c, *p)
	}
}

func (w *Work) settled(c *bot.Complaint, p bot.Promise) {
	w.Unwatch(c, p)
	data := map[string]string{"promise": p.ID, "round": strconv.Itoa(p.Round), "verdict": string(p.Verdict),
		"due": p.Due.UTC().Format(time.RFC3339)}
	if !p.Met.IsZero() {
		data["met"] = p.Met.UTC().Format(time.RFC3339)
	}
	w.EventAt(c, bot.EvSettled, w.S.Now, "bot", "", data)
}

// Firmer gives the promise that will follow on a message of this kind
// delivered at the instant, with the date it will then have: earlier than the latest one told
// before, never later. It is false where none follows.
func (h *House) Firmer(c *bot.Complaint, said bot.EventKind, at time.Time) (bot.Promise, bool) {
	pol := h.Pack(c.Policy)
	after := append([]bot.Promise(nil), c.Promises...)
	kept := map[bot.EventKind]bool{}
	for _, k := range Counts(said) {
		for _, p := range c.Promises {
			if p.Verdict == bot.Open && p.Until == k {
				after, kept[k] = pol.Settle(after, p.ID, p.Round, at), true
			}
		}
	}
	for _, p := range after {
		if p.Verdict == bot.Open && p.Round == c.Round && kept[p.From] {
			return p, true
		}
	}
	return bot.Promise{}, false
}

// FirmerLine tells that date to the customer; "" where nothing follows.
func (h *House) FirmerLine(c *bot.Complaint, lang string, said bot.EventKind, at time.Time) string {
	p, ok := h.Firmer(c, said, at)
	if !ok {
		return ""
	}
	pol := h.Pack(c.Policy)
	k := locales.PromiseLineOpen
	if p.Overdue(at) {
		k = locales.PromiseLineOverdue
	}
	return "\n\n" + h.Words.Text(lang, k, "What", h.Promised(pol, lang, p), "Date", h.When(pol, lang, p.Due))
}

// Tighten holds the company to a date that the customer is being told now,
// however late the message itself arrives.
func (w *Work) Tighten(c *bot.Complaint, said bot.EventKind) {
	p, ok := w.Firmer(c, said, w.S.Now)
	if q := Promise(c, p.ID, p.Round); ok && q != nil && p.Due.Before(q.Due) {
		q.Due = p.Due
		w.Watch(c)
		w.Touch(c)
	}
}

// sooner tells whether another open promise of the same message is due before
// this one.
func sooner(c *bot.Complaint, p bot.Promise) bool {
	for _, q := range c.Promises {
		if q.ID != p.ID && q.Round == p.Round && q.Until == p.Until && q.Verdict == bot.Open && q.Due.Before(p.Due) {
			return true
		}
	}
	return false
}

// PromiseLines lists promises with their dates in the customer's language,
// one a line: those to come with "at the latest", those settled with how.
func (w *Work) PromiseLines(c *bot.Complaint, all bool) []string {
	pol := w.PolicyOf(c)
	var lines []string
	for _, p := range c.Promises {
		what := w.Promised(pol, w.Lang(), p)
		due := w.When(pol, w.Lang(), p.Due)
		switch {
		case p.Verdict == bot.Open && p.ByBot && !all:
			// What keeps it is this very message.
		case p.Verdict == bot.Open && sooner(c, p):
			// The customer hears of the nearer date; both are kept by one message.
		case p.Verdict == bot.Open && p.Paused():
			lines = append(lines, w.T(locales.PromiseLinePaused, "What", what))
		case p.Verdict == bot.Open && p.Overdue(w.S.Now):
			lines = append(lines, w.T(locales.PromiseLineOverdue, "What", what, "Date", due))
		case p.Verdict == bot.Open:
			lines = append(lines, w.T(locales.PromiseLineOpen, "What", what, "Date", due))
		case !all:
		case p.Verdict == bot.Kept:
			lines = append(lines, w.T(locales.PromiseLineKept, "What", what, "Date", w.When(pol, w.Lang(), p.Met)))
		case p.Verdict == bot.Late:
			lines = append(lines, w.T(locales.PromiseLineLate, "What", what, "Date", w.When(pol, w.Lang(), p.Met), "Due", due))
		case p.Verdict == bot.Missed && p.Due.After(p.Settled):
			lines = append(lines, w.T(locales.PromiseLineDropped, "What", what))
		case p.Verdict == bot.Missed:
			lines = append(lines, w.T(locales.PromiseLineMissed, "What", what, "Due", due))
		}
	}
	return lines
}
