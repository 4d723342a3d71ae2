package policy

import (
	"slices"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/calendar"
)

// mostPromises is far above any policy and keeps the checks of a hostile pack short.
const mostPromises = 40

func event(v value) bot.EventKind {
	s := v.text()
	if s != "" && !slices.Contains(starts, s) {
		v.wrong(meant(s, starts), "unknown event %s", quoted(s))
		return ""
	}
	return bot.EventKind(s)
}

func (p *Policy) readPromises(v value) {
	var at []fields
	items := v.list()
	if len(items) > mostPromises {
		v.wrong("", "makes more than %d promises", mostPromises)
		return
	}
	for _, item := range items {
		f := item.fields()
		pr := Promise{
			ID:     id(f.need("id")),
			From:   event(f.need("from")),
			ByBot:  f.get("by").one() == "bot",
			Pause:  f.get("pause").flag(),
			Source: f.get("source").one(),
		}
		u := f.need("until")
		if s := u.text(); s != "" && !slices.Contains(starts, s) {
			u.wrong(meant(s, ends), "unknown event %s", quoted(s))
		} else {
			pr.Until = bot.EventKind(s)
		}
		pr.Rule, pr.Within = f.need("within").rule()
		if a := f.get("at"); a.there() {
			pr.Rule.At = a.text()
		}
		pr.Rule.Roll = f.get("roll").one() == "next"
		p.countable(f.get("within"), pr.Rule)
		for _, w := range f.get("when").pairs() {
			if w.key != "topic" {
				w.name.wrong("a promise may depend on the topic only", "%s cannot decide about a promise", quoted(w.key))
				continue
			}
			if t := w.text(); t != "" && !slices.Contains(p.topicIDs(), t) {
				w.wrong(meant(t, p.topicIDs()), "unknown topic %s", quoted(t))
			} else if t != "" {
				pr.When = map[string]string{"topic": t}
			}
		}
		if _, twice := p.Promise(pr.ID); twice && pr.ID != "" {
			f.get("id").wrong("", "promise %q is made twice", pr.ID)
			continue
		}
		if pr.From != "" && pr.Until != "" {
			pr.rounds = [2]bool{keepable(1, pr.From, pr.Until), len(p.Disputes) > 0 && keepable(2, pr.From, pr.Until)}
			p.checkKeepable(f, pr)
		}
		p.Promises = append(p.Promises, pr)
		at = append(at, f)
	}
	for i := range p.Promises {
		p.checkCircle(at[i], i)
	}
}

// countable reports a rule that this calendar cannot count.
func (p *Policy) countable(v value, r calendar.Rule) {
	if !v.there() || r.N == 0 {
		return
	}
	hint := ""
	if r.Unit == calendar.UnitBusinessHour && p.Calendar.Hours.Empty() {
		hint = `add hours, such as hours: "mon-fri 09:00-17:00"`
	}
	if _, err := p.Calendar.Due(time.Unix(0, 0), r); err != nil {
		v.wrong(hint, "%s", err)
	}
}

// checkKeepable reports a promise that nobody could keep.
func (p *Policy) checkKeepable(f fields, pr Promise) {
	until := f.get("until")
	switch {
	case !slices.Contains(ends, string(pr.Until)):
		until.wrong("a promise is kept by a message to the customer: "+strings.Join(ends, ", "),
			"nobody can keep it: %s is no answer of ours", pr.Until)
	case pr.ByBot && !slices.Contains(alone, string(pr.Until)):
		f.get("by").wrong("leave by out: a person keeps it", "the program alone cannot give a %s", pr.Until)
	case len(p.Disputes) == 0 && (pr.From == bot.EvDisputed || pr.From == bot.EvSecond || pr.Until == bot.EvSecond):
		until.wrong("write after_response: {dispute: [escalate]}", "nobody can keep it: the pack lets nobody disagree")
	case pr.rounds == [2]bool{}:
		hint := ""
		if pr.From == bot.EvDisputed && pr.Until == bot.EvResponse {
			hint = "the answer after a dispute is second_response"
		}
		until.wrong(hint, "nobody can keep it: %s cannot come after %s", pr.Until, pr.From)
	}
}

// checkCircle reports a circle of promises at the first of those in it.
func (p *Policy) checkCircle(f fields, i int) {
	circle := p.way(p.Promises[i].Until, p.Promises[i].From)
	if p.Promises[i].From == "" || circle == nil || slices.Min(append(circle, i)) < i {
		return
	}
	names := []string{p.Promises[i].ID}
	for _, j := range append(circle[:len(circle)-1], i) {
		names = append(names, p.Promises[j].ID)
	}
	f.wrong("a promise cannot wait for itself", "the promises go round in a circle: %s", strings.Join(names, " -> "))
}

// way gives the fewest promises that lead from one event to another, followed by the number of promises; nil if none do.
func (p *Policy) way(from, to bot.EventKind) []int {
	ways := map[bot.EventKind][]int{from: {}}
	for queue := []bot.EventKind{from}; len(queue) > 0; queue = queue[1:] {
		if queue[0] == to {
			return append(ways[to], len(p.Promises))
		}
		for j, pr := range p.Promises {
			if _, seen := ways[pr.Until]; pr.From == queue[0] && !seen {
				ways[pr.Until] = append(slices.Clone(ways[pr.From]), j)
				queue = append(queue, pr.Until)
			}
		}
	}
	return nil
}

// keepable says whether, within a round, an event can be followed by another that staff bring about. It asks the one
// table of moves.
func keepable(round int, from, until bot.EventKind) bool {
	first := bot.Received
	begin := bot.EvReceived
	if round > 1 {
		first, begin = bot.Disputed, bot.EvDisputed
	}
	for _, s := range reach([]bot.Stage{first}) {
		after, ok := s, from == begin && s == first
		if !ok && from != bot.EvReceived && from != bot.EvDisputed {
			after, ok = move(s, from)
		}
		if !ok {
			continue
		}
		for _, t := range reach([]bot.Stage{after}) {
			if t.Allows(until) {
				return true
			}
		}
	}
	return false
}

// reach gives the stages that staff can lead to from some, those included.
func reach(list []bot.Stage) []bot.Stage {
	for i := 0; i < len(list); i++ {
		for _, e := range append([]string{string(bot.EvClosed)}, ends...) {
			if s, ok := move(list[i], bot.EventKind(e)); ok && !slices.Contains(list, s) {
				list = append(list, s)
			}
		}
	}
	return list
}

// move gives the stage after an event.
func move(s bot.Stage, e bot.EventKind) (bot.Stage, bool) {
	c := bot.Complaint{Stage: s}
	_, err := c.Apply(bot.Event{Kind: e})
	return c.Stage, err == nil
}
