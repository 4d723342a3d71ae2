package bottest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
)

// What a script can expect, of the newest complaint or of the one named last
// in the line (#2):
//
//	verdict update late           open kept late missed void; of the newest round
//	due update 2026-12-29         the last day, in the company's zone; due update 2026-12-29T17:30 the minute
//	promise respond paused        or running, or none: it was not promised
//	promises 3                    so many in all rounds
//	stage decided · round 2 · outcome upheld · reason no_grounds · channel letter
//	received 2026-12-24T10:00     in the company's zone
//	with customer_care            the role that has it
//	assignee ann · assignee none
//	waiting yes · waiting no      the ball is with the customer
//	walled ben,eva                from whom it is hidden; nobody: only from the desk; no: from no one
//	rated satisfied               what they answered to the survey; none
//	event handed                  it happened; event handed to=technical: with this in it; event handed twice: so often
//	no event surveyed             it did not happen
//	overdue-told once · never · 2     how often managers were told; "overdue-told update once" of one promise
//	history verified              the chain of events is whole and gives the complaint as it is kept
//	complaints 2                  so many have cards
//	silence                       the line before had no customer told anything
//	nothing to anna               the same of one customer; nothing to desk, nothing to #ceo: nothing was posted there
func (p *Player) expect(s string) error {
	words := strings.Fields(s)
	switch words[0] {
	case "silence":
		if n := p.answers - p.quiet.answers; n != 0 {
			return fmt.Errorf("the customer was sent %d messages", n)
		}
		return nil
	case "nothing":
		return p.nothing(words[len(words)-1])
	}
	name := ""
	if n := len(words); n > 1 && strings.HasPrefix(words[n-1], "#") {
		name, words = words[n-1], words[:n-1]
	}
	if words[0] == "complaints" {
		if n, _ := strconv.Atoi(words[1]); n != len(p.refs) {
			return fmt.Errorf("there are %d", len(p.refs))
		}
		return nil
	}
	ref, err := p.ref(name)
	if err != nil {
		return err
	}
	c, _, ok, err := p.program.Store.Complaint(p.ctx, ref)
	if err != nil || !ok {
		return fmt.Errorf("complaint %s is not kept: %w", ref, err)
	}
	es, err := p.program.Store.EventsOf(p.ctx, ref)
	if err != nil {
		return err
	}
	if len(words) < 2 {
		return errors.New("expect what of it?")
	}
	switch what, want := words[0], words[1]; what {
	case "history":
		return replay(c, es)
	case "verdict", "due", "promise":
		return p.promised(c, words)
	case "event":
		return happened(es, words[1:])
	case "no":
		return happened(es, append(words[2:], "never"))
	case "overdue-told":
		return told(es, words[1:])
	default:
		got, ok := p.facts(c)[what]
		if !ok {
			return errors.New("nothing of that name can be expected")
		}
		return is(what, got, want)
	}
}

func is(what, got, want string) error {
	if got != want {
		return fmt.Errorf("%s: it is %s", what, got)
	}
	return nil
}

// facts is what can be said of a complaint in a word.
func (p *Player) facts(c bot.Complaint) map[string]string {
	or := func(s, other string) string {
		if s == "" {
			return other
		}
		return s
	}
	f := map[string]string{
		"stage": string(c.Stage), "round": strconv.Itoa(c.Round), "outcome": or(c.Outcome, "none"), "reason": or(c.Reason, "none"),
		"channel": string(c.Channel), "received": p.minute(c.Received), "with": or(c.With, "none"), "assignee": "none",
		"promises": strconv.Itoa(len(c.Promises)), "waiting": "no", "rated": "none", "walled": "no",
	}
	if c.Wall != nil {
		names := []string{}
		for _, id := range c.Wall.Names() {
			names = append(names, nameOf(id))
		}
		slices.Sort(names)
		f["walled"] = or(strings.Join(names, ","), "nobody")
	}
	if c.Assignee != "" {
		f["assignee"] = nameOf(c.Assignee)
	}
	if !c.Waiting.IsZero() {
		f["waiting"] = "yes"
	}
	if c.Survey != nil {
		f["rated"] = or(c.Survey.Answer, "none")
	}
	return f
}

func (p *Player) minute(t time.Time) string { return t.In(p.Zone).Format("2006-01-02T15:04") }

// promised looks at the newest round of a promise: verdict, due or promise,
// then its id, then what is expected.
func (p *Player) promised(c bot.Complaint, words []string) error {
	if len(words) < 3 {
		return errors.New("write which promise, and what of it")
	}
	pr := newest(c, words[1])
	if words[0] == "promise" && words[2] == "none" {
		if pr != nil {
			return fmt.Errorf("%s was promised", words[1])
		}
		return nil
	}
	if pr == nil {
		return fmt.Errorf("there is no promise %s", words[1])
	}
	switch {
	case words[0] == "verdict":
		return is("verdict", string(pr.Verdict), words[2])
	case words[0] == "due" && strings.Contains(words[2], "T"):
		return is("minute it is due", p.minute(pr.Due), words[2])
	case words[0] == "due":
		return is("last day", pr.Due.In(p.Zone).Format(time.DateOnly), words[2])
	case pr.Paused():
		return is("promise", "paused", words[2])
	}
	return is("promise", "running", words[2])
}

// counts are the words for how often.
var counts = map[string]int{"never": 0, "once": 1, "twice": 2}

// happened looks for events: their kind, then what they hold, then how often;
// at least once where that is not said.
func happened(es []bot.Event, words []string) error {
	kind, n, often := bot.EventKind(words[0]), 0, -1
	data := map[string]string{}
	for _, w := range words[1:] {
		k, v, ok := strings.Cut(w, "=")
		if ok {
			data[k] = v
			continue
		}
		if often, ok = counts[w]; !ok {
			var err error
			if often, err = strconv.Atoi(w); err != nil {
				return fmt.Errorf("%q is neither name=value nor how often", w)
			}
		}
	}
	kinds := map[bot.EventKind]bool{}
	for _, e := range es {
		kinds[e.Kind] = true
		fits := e.Kind == kind
		for k, v := range data {
			fits = fits && e.Data[k] == v
		}
		if fits {
			n++
		}
	}
	if often < 0 && n == 0 {
		return fmt.Errorf("it did not happen; what did: %v", slices.Sorted(maps.Keys(kinds)))
	}
	if often >= 0 && n != often {
		return fmt.Errorf("it happened %d times", n)
	}
	return nil
}

// told counts how often managers were told that a promise is overdue.
func told(es []bot.Event, words []string) error {
	find := []string{string(bot.EvOverdue), words[len(words)-1]}
	if len(words) > 1 {
		find = append(find, "promise="+words[0])
	}
	return happened(es, find)
}

// nothing expects that the line before had nothing sent to somebody: a
// customer, the desk, a channel.
func (p *Player) nothing(to string) error {
	now, was := 0, 0
	switch ph, ok := p.phones[to]; {
	case to == "desk":
		now, was = p.posts[""], p.quiet.posts[""]
	case strings.HasPrefix(to, "#"):
		now, was = p.posts[to], p.quiet.posts[to]
	case ok:
		now, was = len(ph.got), p.quiet.got[to]
	default:
		return fmt.Errorf("there is nobody called %q", to)
	}
	if now != was {
		return fmt.Errorf("there were %d messages", now-was)
	}
	return nil
}

// before is how much there was before the line that was played last.
type before struct {
	answers int
	got     map[string]int // messages on each phone
	posts   map[string]int // and in each channel
}

func (p *Player) sofar() before {
	b := before{answers: p.answers, got: map[string]int{}, posts: maps.Clone(p.posts)}
	for name, ph := range p.phones {
		b.got[name] = len(ph.got)
	}
	return b
}

func newest(c bot.Complaint, id string) *bot.Promise {
	var found *bot.Promise
	for i := range c.Promises {
		if p := &c.Promises[i]; p.ID == id && (found == nil || p.Round > found.Round) {
			found = p
		}
	}
	return found
}

// replay checks that the complaint is what its events make of it.
func replay(c bot.Complaint, es []bot.Event) error {
	if err := bot.Verify(es); err != nil {
		return err
	}
	again := bot.Complaint{Ref: c.Ref, Round: 1}
	for i, e := range es {
		got, err := again.Apply(e)
		if err != nil {
			return fmt.Errorf("event %d: %w", i+1, err)
		}
		if got.Hash != e.Hash {
			return fmt.Errorf("event %d (%s) comes out differently when it is applied again", i+1, e.Kind)
		}
	}
	type state struct {
		stage                 bot.Stage
		round, n, v           int
		hash, outcome, reason string
		assignee              bot.StaffID
		waiting, closed       string
	}
	of := func(c bot.Complaint) state {
		return state{c.Stage, c.Round, c.Events, c.Version, c.Hash, c.Outcome, c.Reason, c.Assignee, stamp(c.Waiting), stamp(c.ClosedAt)}
	}
	if of(again) != of(c) {
		return fmt.Errorf("its events make it %+v, and it is kept as %+v", of(again), of(c))
	}
	return nil
}
