package policy

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
)

const pausing = small + `promises:
  - {id: confirm, from: received,     within: 24h, until: acknowledged}
  - {id: report,  from: acknowledged, within: 3wd, until: first_update, pause: true}
  - {id: answer,  from: first_update, within: 7wd, until: response, pause: true}
`

// Worked out by hand: Monday 9 November 2026; 14-15 and 21-22 are weekends.
func TestWaitingForTheCustomerMovesWhatMayWait(t *testing.T) {
	p := parsed(t, pausing)
	ps := p.Settle(p.Start("", at(t, "2026-11-09T10:00:00Z")), "confirm", 1, at(t, "2026-11-09T11:00:00Z"))
	same(t, "before", ps,
		"confirm 2026-11-09T10:00:00Z 2026-11-10T10:00:00Z firm kept",
		"report 2026-11-09T11:00:00Z 2026-11-12T23:59:59Z firm open",
		"answer 2026-11-12T23:59:59Z 2026-11-23T23:59:59Z latest open")
	before := show(ps)

	waiting := p.Wait(ps, at(t, "2026-11-10T15:00:00.7Z"))
	if waiting[0].Paused() || !waiting[1].Paused() || !waiting[2].Paused() {
		t.Fatalf("paused: %v %v %v", waiting[0].Paused(), waiting[1].Paused(), waiting[2].Paused())
	}
	if again := p.Wait(waiting, at(t, "2026-11-11T15:00:00Z")); !reflect.DeepEqual(again, waiting) {
		t.Error("a wait began twice")
	}
	if later := p.Passed(waiting, at(t, "2026-11-20T00:00:00Z")); later[2].Firm {
		t.Error("what follows a promise that stands still has begun")
	}
	due, err := p.Due(waiting[1])
	if last := due.Steps[len(due.Steps)-1]; err != nil || !due.At.Equal(waiting[1].Due) || !strings.Contains(last.Why, "waiting for the customer since 15:00:00") {
		t.Errorf("explained as %s, %+v, %v", due.At, last, err)
	}

	// The 11th, 12th and 13th do not count: 10, 16, 17 November. The answer: 18, 19, 20, 23, 24, 25, 26.
	resumed := p.Resume(waiting, at(t, "2026-11-13T09:00:00Z"))
	same(t, "resumed", resumed[1:],
		"report 2026-11-09T11:00:00Z 2026-11-17T23:59:59Z firm open",
		"answer 2026-11-17T23:59:59Z 2026-11-26T23:59:59Z latest open")
	if len(resumed[2].Waits) != 0 {
		t.Error("what has not begun was taken to have waited itself")
	}
	due, err = p.Due(resumed[1])
	if err != nil || !due.At.Equal(resumed[1].Due) || due.Steps[2].Why != "waiting for the customer" {
		t.Errorf("explained as %s, %+v, %v", due.At, due.Steps, err)
	}
	if show(ps) != before || !waiting[1].Paused() {
		t.Error("the list given was changed")
	}
	_, most, _, _ := p.Reminders(resumed[1])
	if !most.After(at(t, "2026-11-16T00:00:00Z")) {
		t.Errorf("reminded at %s, as if nothing had been waited", most)
	}

	// Kept while it stands still, past the old date; the answer starts then.
	kept := p.Settle(waiting, "report", 1, at(t, "2026-11-16T10:00:00Z"))
	same(t, "kept in a wait", kept[1:],
		"report 2026-11-09T11:00:00Z 2026-11-18T23:59:59Z firm kept",
		"answer 2026-11-16T10:00:00Z 2026-11-25T23:59:59Z firm open")
	if kept[1].Paused() {
		t.Error("it still stands still")
	}
	// Sent before the wait, accepted by the platform after.
	same(t, "kept before the wait", p.Settle(waiting, "report", 1, at(t, "2026-11-10T14:00:00Z"))[1:2],
		"report 2026-11-09T11:00:00Z 2026-11-12T23:59:59Z firm kept")

	overdue := p.Wait(ps, at(t, "2026-11-13T00:00:00Z"))
	if overdue[1].Paused() {
		t.Error("a promise that is late already stands still")
	}
	if !overdue[2].Paused() {
		t.Error("the next one has begun, and does not stand still")
	}
}

func TestAWaitDoesNotTakeAnEarlierDateBack(t *testing.T) {
	p := parsed(t, pausing)
	ps := p.Start("", at(t, "2026-11-09T10:00:00Z"))
	ps[1].Due = at(t, "2026-11-11T23:59:59Z") // told to the customer
	ps = p.Resume(p.Wait(ps, at(t, "2026-11-10T15:00:00Z")), at(t, "2026-11-11T15:00:00Z"))
	if want := at(t, "2026-11-12T23:59:59Z"); !ps[1].Due.Equal(want) {
		t.Errorf("due %s, want %s", ps[1].Due, want)
	}
}

// Whatever is asked and answered when: nothing stands still that may not, no due instant becomes earlier by a wait, each is
// explained, and one that stands still is kept.
func TestWaitsAreMonotone(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 2))
	text := strings.ReplaceAll(branching, "until: response}", "until: response, pause: true}")
	text = strings.ReplaceAll(text, `at: "17:30"}`, `at: "17:30", pause: true}`)
	policies := []*Policy{parsed(t, pausing), parsed(t, text)}
	first := at(t, "2026-01-01T00:00:00Z").Unix()
	waited, kept := 0, 0
	for range 2000 {
		p := policies[r.IntN(2)]
		now := time.Unix(first+r.Int64N(2*365*86400), 0)
		ps := p.Start(p.Topics[r.IntN(len(p.Topics))].ID, now)
		for range 8 {
			now = now.Add(time.Duration(r.Int64N(int64(50 * time.Hour))))
			var next []bot.Promise
			switch r.IntN(3) {
			case 0:
				next = p.Wait(p.Passed(ps, now), now)
			case 1:
				next = p.Resume(ps, now)
			default:
				i := r.IntN(len(ps))
				still := ps[i].Verdict == bot.Open && ps[i].Paused()
				next = p.Settle(ps, ps[i].ID, 1, now)
				if still {
					if kept++; next[i].Verdict != bot.Kept {
						t.Fatalf("%s was not kept while it stood still", show(next[i:i+1]))
					}
				}
				ps = next
				continue
			}
			for i, pr := range next {
				rule, _ := p.Promise(pr.ID)
				if pr.Paused() && !rule.Pause {
					t.Fatalf("%s stands still", pr.ID)
				}
				if pr.Due.Before(ps[i].Due) || pr.Due.Before(pr.Start) {
					t.Fatalf("a wait moved\n%s to\n%s", show(ps[i:i+1]), show(next[i:i+1]))
				}
				if pr.Due.After(ps[i].Due) {
					waited++
				}
				if due, err := p.Due(pr); err != nil || !due.At.Equal(pr.Due) {
					t.Fatalf("%s explained as %s, %v", show(next[i:i+1]), due.At, err)
				}
			}
			ps = next
		}
	}
	if waited < 500 || kept < 100 {
		t.Errorf("only %d dates moved, %d kept in a wait", waited, kept)
	}
}
