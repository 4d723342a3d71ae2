package policy

import (
	"slices"
	"time"

	"github.com/heedbot/heed/bot"
)

// Reach is the last instant that a complaint received at now could need the calendar for, about whichever topic: the end
// of its last promise, of all rounds after it, each begun when the one before was due, and the last date of a letter
// about an outside body. A promise that starts at an event nobody has promised is counted from now.
func (p *Policy) Reach(now time.Time) time.Time {
	last := now
	for _, t := range p.Topics {
		end := later(now, lastDue(p.Start(t.ID, now)))
		for _, rule := range p.Promises {
			if due, err := p.Calendar.Due(now, rule.Rule); err == nil && rule.holds(t.ID, 1) {
				end = later(end, due.At)
			}
		}
		for range p.Rounds - 1 {
			end = later(end, lastDue(p.Dispute(t.ID, end)))
		}
		last = later(last, end)
	}
	for id := range p.Externals {
		if due, ok := p.LetterDue(id, now); ok {
			last = later(last, due)
		}
	}
	return last.UTC()
}

// EndsTooSoon says that the holidays are not known for all the days until Reach: due dates counted now would be guesses.
func (p *Policy) EndsTooSoon(now time.Time) bool { return !p.Covers(now) || !p.Covers(p.Reach(now)) }

// lastDue is the latest due instant of promises; zero if there are none.
func lastDue(ps []bot.Promise) time.Time {
	if len(ps) == 0 {
		return time.Time{}
	}
	return slices.MaxFunc(ps, func(a, b bot.Promise) int { return a.Due.Compare(b.Due) }).Due
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
