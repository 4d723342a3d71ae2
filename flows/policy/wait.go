package policy

import (
	"fmt"
	"slices"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/calendar"
)

// Wait gives ps after the ball went to the customer at an instant: every open promise that has started and whose rule says
// pause stands still from then on. One that is overdue is late already and does not; one that stands still goes on to.
func (p *Policy) Wait(ps []bot.Promise, at time.Time) []bot.Promise {
	ps = slices.Clone(ps)
	at = whole(at)
	for i := range ps {
		pr := &ps[i]
		known, _ := p.Promise(pr.ID)
		if !known.Pause || pr.Verdict != bot.Open || pr.Paused() || at.Before(pr.Start) || !at.Before(pr.Due) || held(ps, *pr) {
			continue
		}
		pr.Waits = append(slices.Clone(pr.Waits), bot.Wait{From: at})
	}
	hold(ps)
	return ps
}

// hold makes those that are to follow one that stands still do so too.
func hold(ps []bot.Promise) {
	for range ps { // a chain is no longer than the list
		for i := range ps {
			pr := &ps[i]
			if pr.Firm || pr.Verdict != bot.Open || pr.Paused() {
				continue
			}
			if j := standsBefore(ps, *pr); j >= 0 {
				last := ps[j].Waits[len(ps[j].Waits)-1]
				pr.Waits = append(slices.Clone(pr.Waits), bot.Wait{From: last.From, Held: true})
			}
		}
	}
}

// release lets those go that stood still for one that does so no more. Their
// own dates come from push.
func release(ps []bot.Promise) {
	for range ps {
		for i := range ps {
			pr := &ps[i]
			if n := len(pr.Waits); pr.Paused() && pr.Waits[n-1].Held && standsBefore(ps, *pr) < 0 {
				pr.Waits = slices.Clone(pr.Waits[:n-1])
			}
		}
	}
}

// standsBefore is the place of the promise that one follows, if that stands
// still; -1 if none does.
func standsBefore(ps []bot.Promise, pr bot.Promise) int {
	return slices.IndexFunc(ps, func(before bot.Promise) bool {
		return before.Round == pr.Round && before.Until == pr.From && before.Verdict == bot.Open && before.Paused()
	})
}

// Resume gives ps after the customer answered: every promise that stands still runs again, with its due instant moved as
// calendar.DueWith says, and so do those that are to follow it, whose dates at the latest move with it. This alone makes a
// date later than it was.
func (p *Policy) Resume(ps []bot.Promise, at time.Time) []bot.Promise {
	ps = slices.Clone(ps)
	for i := range ps {
		if n := len(ps[i].Waits); ps[i].Verdict == bot.Open && ps[i].Paused() && !ps[i].Waits[n-1].Held {
			p.resume(&ps[i], at)
			release(ps)
			p.push(ps, ps[i].Round)
		}
	}
	return ps
}

// resume ends the wait of a promise and moves its due instant.
func (p *Policy) resume(pr *bot.Promise, at time.Time) {
	before := spans(pr.Waits)
	pr.Waits = slices.Clone(pr.Waits)
	last := &pr.Waits[len(pr.Waits)-1]
	last.To = whole(at)
	if last.To.Before(last.From) {
		last.To = last.From
	}
	rule := p.rule(*pr)
	was, err := p.Calendar.DueWith(pr.Start, rule, before)
	if err != nil {
		return
	}
	if pr.Due.Before(was.At) {
		// An earlier date had been promised: that one moves.
		if moved, err := p.Calendar.Moved(pr.Due, rule, calendar.Span{From: last.From, To: last.To}); err == nil {
			pr.Due = moved.UTC()
		}
		return
	}
	if due, err := p.Calendar.DueWith(pr.Start, rule, spans(pr.Waits)); err == nil {
		pr.Due = due.At.UTC()
	}
}

// push moves the promises that wait for others to where those now lead at the latest, where that is later.
func (p *Policy) push(ps []bot.Promise, round int) {
	for range ps { // a chain is no longer than the list
		same := slices.DeleteFunc(slices.Clone(ps), func(pr bot.Promise) bool { return pr.Round != round })
		for i := range ps {
			pr := &ps[i]
			start, ok := latest(same, pr.From)
			if !waiting(*pr, round) || !ok || !start.After(pr.Start) {
				continue
			}
			was, err1 := p.Calendar.DueWith(pr.Start, p.rule(*pr), spans(pr.Waits))
			due, err2 := p.Calendar.DueWith(start, p.rule(*pr), spans(pr.Waits))
			if err1 != nil || err2 != nil {
				continue // cannot be: Parse has counted the rule
			}
			early := max(0, was.At.Sub(pr.Due)) // an earlier date had been promised, by as much
			pr.Start, pr.Due = start, due.At.Add(-early).UTC()
		}
	}
}

// held tells whether a promise has not started although its start has passed, as the one before it stands still.
func held(ps []bot.Promise, pr bot.Promise) bool {
	return !pr.Firm && standsBefore(ps, pr) >= 0
}

// spans gives the waits that are over.
func spans(waits []bot.Wait) []calendar.Span {
	var list []calendar.Span
	for _, w := range waits {
		if !w.To.IsZero() {
			list = append(list, calendar.Span{From: w.From, To: w.To})
		}
	}
	return list
}

// standing explains a wait that goes on.
func (p *Policy) standing(w bot.Wait) calendar.Step {
	from := w.From.In(p.Zone)
	return calendar.Step{
		Date: from.Format(time.DateOnly),
		Why:  fmt.Sprintf("waiting for the customer since %s, the due instant will move", from.Format(time.TimeOnly)),
	}
}
