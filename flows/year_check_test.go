package flows_test

import (
	"slices"
	"time"

	"github.com/heedbot/heed/bot"
)

// yearAtOnce is how long a message may take where nothing is out of service: a
// line that breaks once is tried again after a second or two. yearAfter is how
// long after a platform's return what waited for it may take.
const (
	yearAtOnce = time.Minute
	yearAfter  = 5 * time.Minute
)

// check holds the record of one complaint against the recount.
func (w *yearWorld) check(ref bot.Ref, sum yearSum) {
	w.t.Helper()
	evs, err := w.store.EventsOf(w.ctx, ref)
	if err != nil {
		w.t.Fatal(err)
	}
	if err := bot.Verify(evs); err != nil {
		w.wrong(ref, nil, "%v", err)
	}
	y := &yearCount{pol: w.pol}
	y.happened(evs)
	y.pass(w.end.Add(-time.Millisecond))
	for _, f := range y.faults {
		w.wrong(ref, evs, "%s", f)
	}
	c, _, ok, err := w.store.Complaint(w.ctx, ref)
	if err != nil || !ok {
		w.t.Fatal(ok, err)
	}
	if len(c.Promises) != len(y.promises) {
		w.wrong(ref, evs, "it has %d promises and ought to have %d", len(c.Promises), len(y.promises))
	}
	for _, p := range y.promises {
		if p.settled.IsZero() != (p.said == 0) {
			w.wrong(ref, evs, "%s ought to be %s, with %d verdicts", p.name(), p.verdict, p.said)
		}
		for _, q := range c.Promises {
			if q.ID == p.rule.ID && q.Round == p.round && (q.Verdict != p.verdict || q.Verdict == bot.Open && !q.Due.Equal(p.due) || q.Paused() != y.stands(p) && q.Verdict == bot.Open) {
				w.wrong(ref, evs, "%s is %s, due %s, and ought to be %s, due %s", p.name(), q.Verdict, q.Due.In(w.pol.Zone), p.verdict, p.due.In(w.pol.Zone))
			}
		}
		if p.verdict == bot.Open && !y.open {
			if !y.onItsWay(p) {
				w.wrong(ref, evs, "%s has no verdict, and the complaint is over", p.name())
			}
		}
		sum["promises "+string(p.verdict)]++
		if len(p.waits) > 0 {
			sum["promises that stood still"]++
		}
		w.checkTold(ref, evs, y, p, sum)
	}
}

// checkTold sees to it that nobody was left without a word: whoever was not
// given what was promised in time had been told so by then, or had it on its way.
func (w *yearWorld) checkTold(ref bot.Ref, evs []bot.Event, y *yearCount, p *yearPromise, sum yearSum) {
	w.t.Helper()
	late := p.verdict == bot.Late || p.verdict == bot.Missed && p.settled.After(p.due) && p.past ||
		p.verdict == bot.Open && p.due.Before(w.end) && !y.stands(p)
	lost := 0
	for _, e := range evs {
		if e.Kind == bot.EvFailed && (e.Data["about"] == "status_update" || e.Data["about"] == "receipt") {
			lost++
		}
	}
	if len(p.told) > 1+lost || len(p.overdue) > 1 {
		w.wrong(ref, evs, "%s: the customer was told %d times, managers %d times", p.name(), len(p.told), len(p.overdue))
	} else if len(p.told) > 1 {
		sum["promises whose customer was told again, as the first words did not arrive"]++
	}
	if !late {
		return
	}
	by := "by chat"
	if !y.chat {
		by = "on paper"
	}
	sum["promises not kept in time "+by]++
	if p.past && p.due.Add(time.Second).Before(w.end) && y.openAt(evs, p.due.Add(time.Second)) {
		// A date that became known when it had passed is overdue at once.
		if at := yearLater(p.due.Add(time.Second), p.known); len(p.overdue) != 1 || p.overdue[0].After(at.Add(time.Second)) {
			w.wrong(ref, evs, "%s was due %s: managers were told at %v", p.name(), p.due.In(w.pol.Zone), p.overdue)
		}
	}
	// What was promised was under way: told at the latest when it was due.
	for _, e := range evs {
		if about := yearAbout[e.Kind]; about != "" && slices.Contains(y.keeps(about), p.rule.Until) && !e.Noted.Before(p.known) && !e.Noted.After(p.due) && !failedAfter(evs, e, about) {
			sum["… what was promised was on its way by then, "+by]++
			return
		}
	}
	at := yearLater(p.known, p.due)
	if len(p.told) == 0 {
		switch {
		case p.known.After(p.due) && p.verdict == bot.Late && !p.settled.After(w.pol.Calendar.NextContact(w.pol.Contact, p.known)):
			sum["… overdue when it became known, and given at once, "+by]++
		case !y.reachedAt(evs, p.due):
			sum["… could not be reached then, "+by]++
		case !y.openAt(evs, w.pol.Calendar.NextContact(w.pol.Contact, at)):
			sum["… over before they could be told, "+by]++
		case !w.pol.Calendar.NextContact(w.pol.Contact, at).Before(w.end):
			sum["… the year ended first, "+by]++
		default:
			w.wrong(ref, evs, "%s was due %s, known %s, and the customer was never told", p.name(), p.due.In(w.pol.Zone), p.known.In(w.pol.Zone))
		}
		return
	}
	told := p.told[0]
	switch {
	case !told.After(p.due):
		sum["… told by then, "+by]++
	case p.known.After(p.due) && !told.After(w.pol.Calendar.NextContact(w.pol.Contact, p.known)):
		// A letter typed in late, a message that a platform held back, what a
		// record made known.
		sum["… overdue when it became known, told at the next moment, "+by]++
	case !y.reachedAt(evs, p.due):
		sum["… could not be reached then, told after, "+by]++
	default:
		w.wrong(ref, evs, "%s was due %s, known %s, and the customer was told at %s", p.name(), p.due.In(w.pol.Zone), p.known.In(w.pol.Zone), told.In(w.pol.Zone))
	}
	w.checkArrived(ref, evs, y, p, told, sum)
}

// checkArrived sees to it that the words were with the customer at once, or
// soon after their platform was back.
func (w *yearWorld) checkArrived(ref bot.Ref, evs []bot.Event, y *yearCount, p *yearPromise, told time.Time, sum yearSum) {
	w.t.Helper()
	// The n-th word of its kind is the n-th to end.
	n, ends, about := 0, 0, "status_update"
	switch {
	case p.words:
	case told.Equal(evs[0].Noted):
		n, about = 1, "receipt"
	case slices.ContainsFunc(y.promises, func(q *yearPromise) bool {
		return q != p && q.due.Equal(p.due) && q.rule.Until == p.rule.Until && len(q.told) > 0 && !q.told[0].After(told)
	}):
		sum["… with what was said of the other promise due then"]++
		return
	default:
		w.wrong(ref, evs, "%s: the customer is said to have been told at %s, and there are no words", p.name(), told.In(w.pol.Zone))
		return
	}
	for _, e := range evs {
		if p.words && e.Kind == bot.EvTold && e.Data["promise"] != "" && e.Digest != "" {
			n++
			if e.Data["promise"] == p.rule.ID && y.of(e) == p {
				break
			}
		}
	}
	latest := told.Add(yearAtOnce)
	if back := w.stays(told); back.After(told) {
		latest = back.Add(yearAfter)
	}
	for _, e := range evs {
		if e.Data["about"] != about || e.Kind != bot.EvDelivered && e.Kind != bot.EvFailed && e.Kind != bot.EvPrepared {
			continue
		}
		if !y.chat {
			if e.Kind != bot.EvPrepared {
				continue
			}
		} else if e.Kind == bot.EvPrepared {
			continue
		}
		if ends++; ends < n {
			continue
		}
		switch {
		case !y.chat:
			if e.At.After(told) {
				w.wrong(ref, evs, "%s: words were prepared at %s, not at %s", p.name(), e.At, told)
			}
			sum["… words prepared"]++
		case e.Kind == bot.EvFailed && e.Data["why"] == "blocked":
			sum["… the customer had shut us out"]++
		case e.Kind == bot.EvFailed || e.At.After(latest):
			w.wrong(ref, evs, "%s: the customer's words of %s: %s at %s %s, ought to be by %s", p.name(), told.In(w.pol.Zone), e.Kind, e.At.In(w.pol.Zone), e.Data["why"], latest.In(w.pol.Zone))
		case latest.Sub(told) > yearAtOnce:
			sum["… with the customer within 5 minutes of the platform's return"]++
		default:
			sum["… with the customer at once"]++
		}
		return
	}
	if latest.Before(w.end) {
		w.wrong(ref, evs, "%s: the words of %s never came to an end", p.name(), told.In(w.pol.Zone))
	}
}

// stays is when the customers' platform answers again, and goes on to.
func (w *yearWorld) stays(at time.Time) time.Time {
	for _, o := range w.outages {
		if o.channel == bot.Telegram && !at.Add(yearAfter).Before(o.from) && at.Before(o.to) && (at.After(o.from) || at.Equal(o.from) || at.Add(yearAtOnce).After(o.from)) {
			at = o.to
		}
	}
	return at
}

func yearLater(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// failedAfter tells whether the message of an event did not arrive.
func failedAfter(evs []bot.Event, said bot.Event, about string) bool {
	n := 0
	for _, e := range evs {
		switch {
		case yearAbout[e.Kind] == about && e.N <= said.N:
			n++
		case (e.Kind == bot.EvFailed || e.Kind == bot.EvDelivered) && e.Data["about"] == about:
			if n--; n == 0 && e.N > said.N {
				return e.Kind == bot.EvFailed
			}
		}
	}
	return false
}

// openAt and reachedAt tell how things stood at an instant.
func (y *yearCount) openAt(evs []bot.Event, at time.Time) bool {
	open := true
	for _, e := range evs {
		if e.Noted.After(at) {
			break
		}
		switch e.Kind {
		case bot.EvClosed, bot.EvWithdrawn:
			open = false
		case bot.EvDisputed:
			open = true
		}
	}
	return open
}

func (y *yearCount) reachedAt(evs []bot.Event, at time.Time) bool {
	reached := true
	for _, e := range evs {
		if e.Noted.After(at) {
			break
		}
		switch e.Kind {
		case bot.EvUnreachable:
			reached = false
		case bot.EvReachable:
			reached = true
		}
	}
	return reached
}

// checkWhole looks at what is left in the store, and at what was sent twice.
func (w *yearWorld) checkWhole() {
	w.t.Helper()
	if n, err := w.store.Aside(w.ctx); err != nil || n != 0 {
		w.t.Errorf("%d inputs were set aside, %v", n, err)
	}
	states, err := w.store.Queue(w.ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	if n := states[bot.Queued] + states[bot.InFlight]; n != 0 {
		w.t.Errorf("%d messages wait in the outbox: %v", n, states)
	}
	for i, s := range w.repeated {
		if i == 5 {
			w.t.Errorf("… and %d more", len(w.repeated)-i)
			break
		}
		w.t.Error(s)
	}
}
