package bottest

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/heedbot/heed/bot"
)

// What a script can expect, of the newest complaint or of the one named last
// in the line (#2):
//
//	verdict update late           open kept late missed void; of the newest round
//	due update 2026-12-29         the last day, in the company's zone
//	stage decided · round 2 · outcome upheld
//	overdue-told once · never · 2     how often managers were told; "overdue-told update once" of one promise
//	history verified              the chain of events is whole and gives the complaint as it is kept
//	complaints 2                  so many have cards
//	silence                       the line before had the customer told nothing
func (p *Player) expect(s string) error {
	words := strings.Fields(s)
	name := ""
	if n := len(words); n > 1 && strings.HasPrefix(words[n-1], "#") {
		name, words = words[n-1], words[:n-1]
	}
	switch words[0] {
	case "silence":
		if p.answers != p.quiet {
			return fmt.Errorf("the customer was sent %d messages", p.answers-p.quiet)
		}
		return nil
	case "complaints":
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
	is := func(what, got, want string) error {
		if got != want {
			return fmt.Errorf("the %s is %s", what, got)
		}
		return nil
	}
	switch words[0] {
	case "stage":
		return is("stage", string(c.Stage), words[1])
	case "round":
		return is("round", strconv.Itoa(c.Round), words[1])
	case "outcome":
		return is("outcome", c.Outcome, words[1])
	case "history":
		return replay(c, es)
	case "verdict", "due":
		pr := newest(c, words[1])
		switch {
		case pr == nil:
			return fmt.Errorf("there is no promise %s", words[1])
		case words[0] == "due":
			return is("last day", pr.Due.In(p.Zone).Format("2006-01-02"), words[2])
		}
		return is("verdict", string(pr.Verdict), words[2])
	case "overdue-told":
		id := ""
		if len(words) > 2 {
			id = words[1]
		}
		n := 0
		for _, e := range es {
			if e.Kind == bot.EvOverdue && (id == "" || e.Data["promise"] == id) {
				n++
			}
		}
		want := map[string]string{"never": "0", "once": "1", "twice": "2"}[words[len(words)-1]]
		if want == "" {
			want = words[len(words)-1]
		}
		return is("number of times", strconv.Itoa(n), want)
	}
	return errors.New("nothing of that name can be expected")
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
		stage           bot.Stage
		round, n, v     int
		hash, outcome   string
		assignee        bot.StaffID
		waiting, closed string
	}
	of := func(c bot.Complaint) state {
		return state{c.Stage, c.Round, c.Events, c.Version, c.Hash, c.Outcome, c.Assignee, stamp(c.Waiting), stamp(c.ClosedAt)}
	}
	if of(again) != of(c) {
		return fmt.Errorf("its events make it %+v, and it is kept as %+v", of(again), of(c))
	}
	return nil
}
