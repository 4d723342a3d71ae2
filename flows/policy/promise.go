package policy

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/calendar"
)

// Start gives the promises of a new complaint: those that start when it is received, and those that are sure to start
// after them, dated at the latest (Firm is false). A promise that starts at an event nobody has promised is left out; On
// adds it. They come in the order of their starts, then of their due instants, all in UTC and whole seconds.
func (p *Policy) Start(topic string, received time.Time) []bot.Promise {
	return p.begin(topic, 1, bot.EvReceived, received, nil)
}

// Dispute gives the promises that start when the customer disagrees, for round 2. In a later round the caller sets Round.
func (p *Policy) Dispute(topic string, at time.Time) []bot.Promise {
	return p.begin(topic, 2, bot.EvDisputed, at, nil)
}

// On gives ps with the promises added that start at an event and are not there yet in any round, and with those that are
// sure to follow them. It is for events that no promise of ps was waiting for. Their round is the highest in ps.
func (p *Policy) On(topic string, event bot.EventKind, at time.Time, ps []bot.Promise) []bot.Promise {
	round := 1
	for _, pr := range ps {
		round = max(round, pr.Round)
	}
	return p.begin(topic, round, event, at, slices.Clone(ps))
}

// begin adds to ps the promises that start at an event, then again and again those chained on what was added.
func (p *Policy) begin(topic string, round int, event bot.EventKind, at time.Time, ps []bot.Promise) []bot.Promise {
	t, ok := p.Topic(topic)
	if ok {
		topic = t.ID
	}
	have := map[string]bool{}
	for _, pr := range ps {
		have[pr.ID] = true
	}
	var added []bot.Promise
	for more := true; more; {
		more = false
		for _, rule := range p.Promises {
			if have[rule.ID] || !rule.holds(topic, round) {
				continue
			}
			pr := bot.Promise{
				ID: rule.ID, Round: round, From: rule.From, Until: rule.Until, Within: rule.Within, ByBot: rule.ByBot,
				Start: whole(at), Firm: true, Verdict: bot.Open,
			}
			if rule.From != event {
				start, ok := latest(added, rule.From)
				// Two promises of one event: the start may yet turn out earlier, once both are known.
				if !ok || p.waits(added, have, topic, round, rule.From) {
					continue
				}
				pr.Start, pr.Firm = start, false
			}
			due, err := p.Calendar.Due(pr.Start, rule.Rule)
			if err != nil {
				continue // cannot be: Parse has counted the rule
			}
			pr.Due = due.At.UTC()
			added, have[rule.ID], more = append(added, pr), true, true
		}
	}
	slices.SortStableFunc(added, func(a, b bot.Promise) int {
		return cmp.Or(a.Start.Compare(b.Start), a.Due.Compare(b.Due))
	})
	return append(ps, added...)
}

// waits says whether a promise of the event can still be added.
func (p *Policy) waits(added []bot.Promise, have map[string]bool, topic string, round int, event bot.EventKind) bool {
	for _, other := range p.Promises {
		if other.Until != event || have[other.ID] || !other.holds(topic, round) {
			continue
		}
		if _, ok := latest(added, other.From); ok {
			return true
		}
	}
	return false
}

// holds tells whether the promise is made to complaints about the topic, and can be kept in the round.
func (pr Promise) holds(topic string, round int) bool {
	want, limited := pr.When["topic"]
	return (!limited || want == topic) && pr.rounds[min(round, 2)-1]
}

// latest is the instant by which an event is promised: the earliest due of the promises that it keeps.
func latest(ps []bot.Promise, event bot.EventKind) (time.Time, bool) {
	var at time.Time
	for _, pr := range ps {
		if pr.Until == event && pr.Verdict != bot.Void && (at.IsZero() || pr.Due.Before(at)) {
			at = pr.Due
		}
	}
	return at, !at.IsZero()
}

func whole(t time.Time) time.Time { return t.UTC().Truncate(time.Second) }

func sooner(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// Settle gives ps after the customer's platform accepted, at the instant met, the message that keeps a promise of a
// round: its verdict is set (Settled is met too), and the promises chained on it become firm. They start at the earlier
// of met and the due instant (late: chain), or at met (late: literal). What is promised after them is counted again. No
// due instant ever becomes later than it was: an earlier promise is not taken back. Only one that stands still is resumed
// first, as in Resume, and so is kept. A promise that is not open, or not in ps, changes nothing.
func (p *Policy) Settle(ps []bot.Promise, id string, round int, met time.Time) []bot.Promise {
	ps = slices.Clone(ps)
	i := slices.IndexFunc(ps, func(pr bot.Promise) bool { return pr.ID == id && pr.Round == round })
	if i < 0 || ps[i].Verdict != bot.Open {
		return ps
	}
	if ps[i].Paused() {
		p.resume(&ps[i], met)
		release(ps)
		p.push(ps, round)
	}
	kept := &ps[i]
	kept.Verdict, kept.Met, kept.Settled = kept.Judge(met), whole(met), whole(met)
	for j := range ps {
		if next := &ps[j]; waiting(*next, round) && next.From == kept.Until {
			start := whole(met)
			if p.Chain {
				start = sooner(next.Start, start)
			}
			p.restart(next, start)
			next.Firm = true
		}
	}
	p.project(ps, round)
	return ps
}

// waiting says whether the promise is open with a start that is only the latest possible one.
func waiting(pr bot.Promise, round int) bool {
	return pr.Round == round && pr.Verdict == bot.Open && !pr.Firm
}

// restart moves a promise's start, and its due instant if that becomes earlier.
func (p *Policy) restart(pr *bot.Promise, start time.Time) {
	pr.Start = start
	if due, err := p.Calendar.DueWith(start, p.rule(*pr), spans(pr.Waits)); err == nil {
		pr.Due = sooner(pr.Due, due.At.UTC())
	}
}

// project moves the promises that still wait, each to where those before it now lead at the latest.
func (p *Policy) project(ps []bot.Promise, round int) {
	same := slices.DeleteFunc(slices.Clone(ps), func(pr bot.Promise) bool { return pr.Round != round })
	for range same { // a chain is no longer than the list
		for i := range ps {
			pr := &ps[i]
			if at, ok := latest(same, pr.From); waiting(*pr, round) && ok && at.Before(pr.Start) {
				p.restart(pr, at)
				k := slices.IndexFunc(same, func(s bot.Promise) bool { return s.ID == pr.ID })
				same[k] = *pr
			}
		}
	}
}

// Passed gives ps at the instant now: where late is chain, a promise that waits becomes firm once the one before it was
// due, its dates unchanged. While that one stands still, it does not.
func (p *Policy) Passed(ps []bot.Promise, now time.Time) []bot.Promise {
	ps = slices.Clone(ps)
	for i := range ps {
		if p.Chain && waiting(ps[i], ps[i].Round) && !now.Before(ps[i].Start) && !held(ps, ps[i]) {
			ps[i].Firm = true
		}
	}
	return ps
}

// rule is the rule of a promise; of one that the policy does not know, what its Within says.
func (p *Policy) rule(pr bot.Promise) calendar.Rule {
	if known, ok := p.Promise(pr.ID); ok {
		return known.Rule
	}
	r, err := calendar.ParseRule(pr.Within)
	if err != nil {
		return calendar.Rule{}
	}
	return r
}

// Due explains a promise's due instant day by day, the days waited for the customer among them. Where an earlier date had been promised before the start was known,
// that date stands and the last step says so. Errors: a promise of another policy whose Within cannot be counted.
func (p *Policy) Due(pr bot.Promise) (calendar.Due, error) {
	due, err := p.Calendar.DueWith(pr.Start, p.rule(pr), spans(pr.Waits))
	if err != nil {
		return calendar.Due{}, fmt.Errorf("explain promise %s: %w", pr.ID, err)
	}
	if due.At.After(pr.Due) {
		due.At = pr.Due.In(p.Zone)
		due.Steps = append(due.Steps, calendar.Step{
			Date: due.At.Format(time.DateOnly), Counted: true, Why: "promised before, and not taken back",
		})
	}
	if pr.Verdict == bot.Open && pr.Paused() {
		due.Steps = append(due.Steps, p.standing(pr.Waits[len(pr.Waits)-1]))
	}
	return due, nil
}

// Reminders gives when staff are reminded: when half and four fifths of the promise have run, counted in its own unit,
// moved to the next moment inside the staff's hours. Each is false where that is after the promise is due.
func (p *Policy) Reminders(pr bot.Promise) (half, most time.Time, okHalf, okMost bool) {
	half, okHalf = p.remind(pr, 1, 2)
	most, okMost = p.remind(pr, 4, 5)
	if !okHalf && !okMost {
		// Both fall after the last staff hours before it is due: one reminder
		// is given towards the end of those, rather than none.
		most, okMost = p.lastStaff(pr)
	}
	return half, most, okHalf, okMost
}

// lastStaff is a moment within half an hour of the end of the last staff hours
// before the promise is due; false if there are none since it started.
func (p *Policy) lastStaff(pr bot.Promise) (time.Time, bool) {
	const step, most = 30 * time.Minute, 14 * 48
	at := pr.Due.Truncate(step)
	for range most {
		if !at.After(pr.Start) {
			break
		}
		if at.Before(pr.Due) && p.Calendar.NextOpen(p.Staff, at).Equal(at) {
			return at.UTC(), true
		}
		at = at.Add(-step)
	}
	return time.Time{}, false
}

func (p *Policy) remind(pr bot.Promise, num, den int) (time.Time, bool) {
	at, ok, err := p.Calendar.PartWith(pr.Start, p.rule(pr), num, den, p.Staff, spans(pr.Waits))
	if err != nil || !ok || !at.Before(pr.Due) {
		return time.Time{}, false
	}
	return at.UTC(), true
}

// early is how long before a promise is due the customer is told how things stand, where no contact hours come before.
const early = 5 * time.Minute

// StatusAt is when the customer is told how things stand if the promise is still open: the last moment of the contact
// hours not after it is due. Where none lies between its start and then, it is five minutes before it is due, even at
// night, as the promise itself was made for the night; but never before its start.
func (p *Policy) StatusAt(pr bot.Promise) time.Time {
	at := p.Calendar.LastContact(p.Contact, pr.Due)
	if !at.After(pr.Start) {
		at = pr.Due.Add(-early)
	}
	if at.Before(pr.Start) {
		at = pr.Start
	}
	return at.UTC()
}
