package flows_test

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/calendar"
	"github.com/heedbot/heed/flows/policy"
)

// yearCount recounts a complaint's promises from its events alone. It knows the
// pack's rules as they are written and asks the calendar how long a rule lasts
// from an instant (which has a table of its own to agree with); all else is
// written here anew.
type yearCount struct {
	pol      *policy.Policy
	topic    string
	promises []*yearPromise
	round    int
	open     bool // the complaint
	reached  bool // the customer can be
	waiting  bool // the ball is with the customer
	under    map[string]int
	chat     bool
	faults   []string
}

// yearPromise is a promise as it ought to be.
type yearPromise struct {
	rule  policy.Promise
	round int
	start time.Time
	due   time.Time
	// begun is false while the start is only the latest one possible.
	begun bool
	// known is when the due instant became what it is.
	known   time.Time
	verdict bot.Verdict
	met     time.Time
	settled time.Time
	past    bool // its due instant came while it was open
	waits   []calendar.Span
	stands  time.Time // since when it stands still; zero if it does not
	said    int       // settled events
	told    []time.Time
	words   bool // those told had a message of their own: else the receipt said so
	overdue []time.Time
}

func (p *yearPromise) name() string { return fmt.Sprintf("%s (round %d)", p.rule.ID, p.round) }

// yearKeeps is what each message stands for, by what it is about: an update
// tells more than an acknowledgement, an answer more than both.
var yearKeeps = map[string][]bot.EventKind{
	"acknowledged": {"acknowledged", "replied"},
	"update":       {"acknowledged", "first_update", "replied"},
	"reply":        {"replied"},
	"ask":          {"replied"},
}

var yearAbout = map[bot.EventKind]string{
	"acknowledged": "acknowledged", "first_update": "update", "replied": "reply", "asked": "ask", "response": "response", "second_response": "response",
}

func (y *yearCount) keeps(about string) []bot.EventKind {
	if about != "response" {
		return yearKeeps[about]
	}
	if y.round > 1 {
		return []bot.EventKind{"acknowledged", "first_update", "replied", "second_response"}
	}
	return []bot.EventKind{"acknowledged", "first_update", "replied", "response"}
}

// begin adds the promises that run from an event in this round, and those that
// follow on them at the latest.
func (y *yearCount) begin(event bot.EventKind, at, known time.Time) {
	for _, r := range y.pol.Promises {
		if r.From == event && y.made(r) {
			at := at.Truncate(time.Second)
			y.promises = append(y.promises, &yearPromise{rule: r, round: y.round, start: at, due: y.last(r, at, nil), begun: true, known: known, verdict: bot.Open})
		}
	}
	for more := true; more; {
		more = false
		for _, r := range y.pol.Promises {
			at, ok := y.promised(r.From)
			if !ok || !y.made(r) || slices.ContainsFunc(y.promises, func(p *yearPromise) bool { return p.rule.ID == r.ID && p.round == y.round }) {
				continue
			}
			y.promises = append(y.promises, &yearPromise{rule: r, round: y.round, start: at, due: y.last(r, at, nil), known: known, verdict: bot.Open})
			more = true
		}
	}
	slices.SortStableFunc(y.promises, func(a, b *yearPromise) int {
		if a.round != b.round {
			return a.round - b.round
		}
		if c := a.start.Compare(b.start); c != 0 {
			return c
		}
		return a.due.Compare(b.due)
	})
}

// made tells whether the policy makes the promise to this complaint in this
// round: what belongs to the first answer is not promised again.
func (y *yearCount) made(r policy.Promise) bool {
	if want := r.When["topic"]; want != "" && want != y.topic {
		return false
	}
	return (r.Until == "second_response") == (y.round > 1)
}

// promised is the earliest instant by which an event is promised in this round.
func (y *yearCount) promised(event bot.EventKind) (at time.Time, ok bool) {
	for _, p := range y.promises {
		if p.round == y.round && p.rule.Until == event && p.verdict != bot.Void && (!ok || p.due.Before(at)) {
			at, ok = p.due, true
		}
	}
	return at, ok
}

// happened goes over the events in order.
func (y *yearCount) happened(evs []bot.Event) {
	y.under = map[string]int{}
	for _, e := range evs {
		y.pass(e.Noted)
		if e.By == "customer" && e.Kind != bot.EvUnreachable {
			y.reached = true
		}
		switch e.Kind {
		case bot.EvReceived:
			y.topic, y.round, y.open, y.reached = e.Data["topic"], 1, true, true
			y.chat = e.Data["channel"] == string(bot.Telegram)
			y.begin("received", e.At, e.Noted)
			for _, p := range y.promises {
				if p.rule.ByBot && !y.chat {
					// Without a messenger the program alone can keep nothing.
					p.verdict, p.settled = bot.Void, e.Noted
				}
			}
		case bot.EvDisputed:
			y.round, y.open = y.round+1, true
			y.begin("disputed", e.At, e.Noted)
		case bot.EvAcknowledged, bot.EvUpdated, bot.EvReplied, bot.EvAsked, bot.EvResponse, bot.EvSecond:
			y.tells(e)
		case bot.EvDelivered:
			y.delivered(e)
		case bot.EvFailed:
			y.fails(e)
		case bot.EvAdded:
			y.waiting = false
			for _, p := range y.promises {
				y.resume(p, e.At, e.Noted)
			}
		case bot.EvClosed:
			y.open = false
			y.endAll(e.Noted, func(p *yearPromise) bool { return !y.onItsWay(p) })
		case bot.EvWithdrawn:
			y.open = false
			for _, p := range y.promises {
				if p.verdict == bot.Open {
					p.verdict, p.settled = bot.Void, e.Noted
				}
			}
		case bot.EvUnreachable:
			y.reached = false
		case bot.EvReachable:
			y.reached = true
		case bot.EvSettled:
			y.verdict(e)
		case bot.EvTold, bot.EvOverdue:
			if p := y.of(e); p != nil && e.Kind == bot.EvTold {
				p.told = append(p.told, e.Noted)
				p.words = e.Digest != "" && (len(p.told) == 1 || p.words)
			} else if p != nil {
				p.overdue = append(p.overdue, e.Noted)
			}
		}
	}
}

// pass lets time go by: whoever cannot be reached when a promise is due cannot
// be failed.
func (y *yearCount) pass(now time.Time) {
	for _, p := range y.promises {
		at := p.due.Add(time.Second)
		if p.verdict != bot.Open || p.past || y.stands(p) || !y.open || now.Before(at) {
			continue
		}
		p.past = true
		if !y.reached {
			p.verdict, p.settled = bot.Void, at
			if p.known.After(at) {
				p.settled = p.known
			}
		}
	}
}

// stands tells whether a promise stands still, itself or because the one before
// it does.
func (y *yearCount) stands(p *yearPromise) bool {
	return !p.stands.IsZero() || !p.begun && slices.ContainsFunc(y.promises, func(q *yearPromise) bool {
		return q.round == p.round && q.rule.Until == p.rule.From && q.verdict == bot.Open && y.stands(q)
	})
}

// tells is a message of a person to the customer. The date of what follows on
// it is told with it, and holds however late the message itself arrives.
func (y *yearCount) tells(e bot.Event) {
	about := yearAbout[e.Kind]
	if y.chat {
		y.under[about]++
	}
	switch e.Kind {
	case bot.EvAsked:
		y.waiting = true
	case bot.EvResponse, bot.EvSecond:
		y.waiting = false
	}
	ends := map[bot.EventKind]bool{}
	keeps := y.keeps(about)
	for _, p := range y.promises {
		if p.verdict == bot.Open && slices.Contains(keeps, p.rule.Until) {
			ends[p.rule.Until] = true
		}
	}
	for _, p := range y.promises {
		if p.verdict != bot.Open || p.round != y.round || ends[p.rule.Until] || !ends[p.rule.From] {
			continue
		}
		if !p.begun {
			y.sooner(p, y.last(p.rule, yearEarlier(p.start, e.Noted.Truncate(time.Second)), p.waits), e.Noted)
		}
		return // one date is told: the next
	}
}

func (y *yearCount) sooner(p *yearPromise, due, known time.Time) {
	if due.Before(p.due) {
		p.due, p.known = due, known
	}
}

func yearEarlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// delivered is a message that arrived: it keeps what it stands for, in time or
// late.
func (y *yearCount) delivered(e bot.Event) {
	about := e.Data["about"]
	if y.under[about] > 0 {
		y.under[about]--
	}
	keeps := y.keeps(about)
	met := e.At.Truncate(time.Second)
	for _, p := range slices.Clone(y.promises) {
		byBot := about == "receipt" && p.rule.ByBot
		if p.verdict != bot.Open || !byBot && !slices.Contains(keeps, p.rule.Until) {
			continue
		}
		y.resume(p, e.At, e.Noted)
		p.verdict, p.met, p.settled = bot.Kept, met, e.Noted
		if met.After(p.due) {
			p.verdict = bot.Late
		}
		for _, q := range y.promises {
			if q.verdict != bot.Open || q.begun || q.round != p.round || q.rule.From != p.rule.Until {
				continue
			}
			// It runs from the event; where a late one moves nothing, from when
			// that was due at the latest.
			from := met
			if y.pol.Chain {
				from = yearEarlier(yearEarlier(q.start, p.due), met)
			}
			q.start, q.begun = from, true
			y.sooner(q, y.last(q.rule, q.start, q.waits), e.Noted)
		}
		for range y.promises {
			for _, q := range y.promises {
				if at, ok := y.promised(q.rule.From); ok && q.verdict == bot.Open && !q.begun && q.round == y.round && at.Before(q.start) {
					q.start = at
					y.sooner(q, y.last(q.rule, at, q.waits), e.Noted)
				}
			}
		}
	}
	if about == "ask" && y.waiting && y.open {
		y.pause(e.At)
	}
}

// fails is a message that did not arrive. Of a closed complaint, what had
// waited for it is settled.
func (y *yearCount) fails(e bot.Event) {
	if e.Data["why"] == "blocked" {
		y.reached = false // of a complaint that is over nothing else says so
	}
	if about := e.Data["about"]; y.under[about] > 0 {
		y.under[about]--
	}
	if !y.open {
		y.endAll(e.Noted, func(p *yearPromise) bool { return !y.onItsWay(p) })
	}
}

func (y *yearCount) endAll(now time.Time, which func(*yearPromise) bool) {
	v := bot.Missed
	if !y.reached {
		v = bot.Void
	}
	for _, p := range y.promises {
		if p.verdict == bot.Open && which(p) {
			p.verdict, p.settled = v, now
		}
	}
}

// onItsWay tells whether a message that would keep the promise is.
func (y *yearCount) onItsWay(p *yearPromise) bool {
	for about, n := range y.under {
		if n > 0 && slices.Contains(y.keeps(about), p.rule.Until) {
			return true
		}
	}
	return false
}

func (y *yearCount) of(e bot.Event) *yearPromise {
	for _, p := range y.promises {
		if p.rule.ID == e.Data["promise"] && strconv.Itoa(p.round) == e.Data["round"] {
			return p
		}
	}
	return nil
}

// verdict compares what the program found with what ought to be.
func (y *yearCount) verdict(e bot.Event) {
	p := y.of(e)
	if p == nil {
		y.faults = append(y.faults, fmt.Sprintf("a verdict on %s in round %s, which was not promised", e.Data["promise"], e.Data["round"]))
		return
	}
	if p.said++; p.said > 1 {
		y.faults = append(y.faults, p.name()+": a second verdict")
		return
	}
	show := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.UTC().Format(time.RFC3339)
	}
	got := fmt.Sprintf("%s, due %s, met %s", e.Data["verdict"], e.Data["due"], e.Data["met"])
	want := fmt.Sprintf("%s, due %s, met %s", p.verdict, show(p.due), show(p.met))
	if got != want {
		y.faults = append(y.faults, fmt.Sprintf("%s: the verdict is %s\nit ought to be %s", p.name(), got, want))
	}
}
