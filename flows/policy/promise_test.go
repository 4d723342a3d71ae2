package policy

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
)

func at(t *testing.T, s string) time.Time {
	t.Helper()
	x, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func builtin(t *testing.T, name string) *Policy {
	t.Helper()
	p, err := Builtin(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func parsed(t *testing.T, text string) *Policy {
	t.Helper()
	p, err := Parse("test.yaml", text, "")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// show writes promises as a test does: id, start, due, firm, verdict.
func show(ps []bot.Promise) string {
	var lines []string
	for _, p := range ps {
		firm := "latest"
		if p.Firm {
			firm = "firm"
		}
		lines = append(lines, strings.Join([]string{
			p.ID, p.Start.Format(time.RFC3339), p.Due.Format(time.RFC3339), firm, string(p.Verdict),
		}, " "))
	}
	return strings.Join(lines, "\n")
}

func same(t *testing.T, what string, ps []bot.Promise, want ...string) {
	t.Helper()
	if got := show(ps); got != strings.Join(want, "\n") {
		t.Errorf("%s:\n%s\nwant:\n%s", what, got, strings.Join(want, "\n"))
	}
}

// Worked out by hand over England's bank holidays.
func TestTheChainOfASK4(t *testing.T) {
	p := builtin(t, "ask4")
	for _, c := range []struct{ name, received, ack, update, respond string }{
		// Update: 29, 30, 31 December (25 Christmas, 26-27 weekend, 28 in lieu of the 26th).
		// Response: 4, 5, 6, 7, 8, 11, 12 January (1 New Year, 2-3 weekend, 9-10 weekend).
		{"over Christmas", "2026-12-23T16:00:00Z", "2026-12-24T16:00:00Z", "2026-12-31T23:59:59Z", "2027-01-12T23:59:59Z"},
		// Thursday before Easter: 24 h end on Good Friday. Update: 7, 8, 9 April (Monday the 6th is off).
		// Response: 10, 13, 14, 15, 16, 17, 20 April. Summer time: an hour ahead of UTC.
		{"over Easter", "2026-04-02T14:30:00Z", "2026-04-03T14:30:00Z", "2026-04-09T22:59:59Z", "2026-04-20T22:59:59Z"},
		// Saturday noon before the clocks go back: 24 elapsed hours end at 11:00 GMT. Update: 26, 27, 28 October.
		// Response: 29, 30 October, 2, 3, 4, 5, 6 November.
		{"clocks go back", "2026-10-24T11:00:00Z", "2026-10-25T11:00:00Z", "2026-10-28T23:59:59Z", "2026-11-06T23:59:59Z"},
		// Just past midnight in London, still the day before in UTC: Friday 1 May ends the 24 hours at 00:30 BST.
		// Update: 5, 6, 7 May (4 May is the bank holiday). Response: 8, 11, 12, 13, 14, 15, 18 May.
		{"after midnight", "2026-04-29T23:30:00Z", "2026-04-30T23:30:00Z", "2026-05-07T22:59:59Z", "2026-05-18T22:59:59Z"},
		// A plain Monday. Ack Tuesday 10 November; update 11, 12, 13; response 16, 17, 18, 19, 20, 23, 24.
		{"plain", "2026-11-09T09:00:00Z", "2026-11-10T09:00:00Z", "2026-11-13T23:59:59Z", "2026-11-24T23:59:59Z"},
	} {
		same(t, c.name, p.Start("service", at(t, c.received)),
			"acknowledge "+c.received+" "+c.ack+" firm open",
			"update "+c.ack+" "+c.update+" latest open",
			"respond "+c.update+" "+c.respond+" latest open")
	}
}

func TestSettlingEarlyMakesTheNextEarlier(t *testing.T) {
	p := builtin(t, "ask4")
	ps := p.Start("staff", at(t, "2026-12-23T16:00:00Z"))
	before := show(ps)
	got := p.Settle(ps, "acknowledge", 1, at(t, "2026-12-23T16:20:00Z"))
	// Update from the 23rd: 24, 29, 30 December. Response from the 30th: 31 December, 4, 5, 6, 7, 8, 11 January.
	same(t, "acknowledged on the 23rd", got,
		"acknowledge 2026-12-23T16:00:00Z 2026-12-24T16:00:00Z firm kept",
		"update 2026-12-23T16:20:00Z 2026-12-30T23:59:59Z firm open",
		"respond 2026-12-30T23:59:59Z 2027-01-11T23:59:59Z latest open")
	if show(ps) != before {
		t.Error("the list given was changed")
	}
	got = p.Settle(got, "update", 1, at(t, "2026-12-24T10:00:00Z"))
	// Response from the 24th: 29, 30, 31 December, 4, 5, 6, 7 January.
	same(t, "updated on the 24th", got[2:],
		"respond 2026-12-24T10:00:00Z 2027-01-07T23:59:59Z firm open")
	got = p.Settle(got, "respond", 1, at(t, "2027-01-08T00:00:00Z"))
	same(t, "answered a second late", got[2:],
		"respond 2026-12-24T10:00:00Z 2027-01-07T23:59:59Z firm late")
	if met := got[2].Met; !met.Equal(at(t, "2027-01-08T00:00:00Z")) {
		t.Errorf("met %s", met)
	}
}

func TestTheDueSecondStillKeeps(t *testing.T) {
	p := builtin(t, "ask4")
	ps := p.Start("service", at(t, "2026-12-23T16:00:00.9Z"))
	within := p.Settle(ps, "acknowledge", 1, at(t, "2026-12-24T16:00:00.999Z"))
	if within[0].Verdict != bot.Kept {
		t.Errorf("in the due second: %s", within[0].Verdict)
	}
	after := p.Settle(ps, "acknowledge", 1, at(t, "2026-12-24T16:00:01Z"))
	if after[0].Verdict != bot.Late {
		t.Errorf("a second later: %s", after[0].Verdict)
	}
}

func TestALateStepDoesNotMoveTheNext(t *testing.T) {
	chain, err := BuiltinText("ask4")
	if err != nil {
		t.Fatal(err)
	}
	for late, start := range map[string]string{"chain": "2026-12-24T16:00:00Z", "literal": "2026-12-29T09:00:00Z"} {
		p := parsed(t, strings.Replace(chain, "late: chain", "late: "+late, 1))
		ps := p.Settle(p.Start("service", at(t, "2026-12-23T16:00:00Z")), "acknowledge", 1, at(t, "2026-12-29T09:00:00Z"))
		same(t, late, ps,
			"acknowledge 2026-12-23T16:00:00Z 2026-12-24T16:00:00Z firm late",
			"update "+start+" 2026-12-31T23:59:59Z firm open",
			"respond 2026-12-31T23:59:59Z 2027-01-12T23:59:59Z latest open")
		due, err := p.Due(ps[1])
		if err != nil {
			t.Fatal(err)
		}
		if !due.At.Equal(ps[1].Due) {
			t.Errorf("%s: explained as %s, promised %s", late, due.At, ps[1].Due)
		}
		last := due.Steps[len(due.Steps)-1]
		if took := strings.Contains(last.Why, "not taken back"); took != (late == "literal") {
			t.Errorf("%s: last step %+v", late, last)
		}
	}
}

func TestAVerdictNeverChanges(t *testing.T) {
	p := builtin(t, "ask4")
	ps := p.Settle(p.Start("service", at(t, "2026-12-23T16:00:00Z")), "acknowledge", 1, at(t, "2026-12-28T09:00:00Z"))
	for _, again := range [][]bot.Promise{
		p.Settle(ps, "acknowledge", 1, at(t, "2026-12-23T17:00:00Z")),
		p.Settle(ps, "acknowledge", 2, at(t, "2026-12-23T17:00:00Z")),
		p.Settle(ps, "nothing", 1, at(t, "2026-12-23T17:00:00Z")),
	} {
		same(t, "settled again", again, strings.Split(show(ps), "\n")...)
	}
}

func TestAnUpdateBeforeTheAcknowledgement(t *testing.T) {
	p := builtin(t, "ask4")
	ps := p.Settle(p.Start("service", at(t, "2026-11-09T09:00:00Z")), "update", 1, at(t, "2026-11-09T10:00:00Z"))
	// Response from the 9th: 10, 11, 12, 13, 16, 17, 18 November. The acknowledgement stays owed.
	same(t, "updated first", ps,
		"acknowledge 2026-11-09T09:00:00Z 2026-11-10T09:00:00Z firm open",
		"update 2026-11-10T09:00:00Z 2026-11-13T23:59:59Z latest kept",
		"respond 2026-11-09T10:00:00Z 2026-11-18T23:59:59Z firm open")
	later := p.Settle(ps, "acknowledge", 1, at(t, "2026-11-09T11:00:00Z"))
	same(t, "then acknowledged", later[1:], strings.Split(show(ps[1:]), "\n")...)
}

func TestWhatPassedBecomesFirm(t *testing.T) {
	p := builtin(t, "ask4")
	ps := p.Start("service", at(t, "2026-12-23T16:00:00Z"))
	for now, firm := range map[string]string{
		"2026-12-24T15:59:59Z": "firm latest latest",
		"2026-12-24T16:00:00Z": "firm firm latest",
		"2026-12-31T23:59:59Z": "firm firm firm",
	} {
		var got []string
		for i, pr := range p.Passed(ps, at(t, now)) {
			got = append(got, map[bool]string{true: "firm", false: "latest"}[pr.Firm])
			if !pr.Start.Equal(ps[i].Start) || !pr.Due.Equal(ps[i].Due) {
				t.Errorf("%s: the dates of %s moved", now, pr.ID)
			}
		}
		if strings.Join(got, " ") != firm {
			t.Errorf("%s: %v, want %s", now, got, firm)
		}
	}
}

const branching = small + `  - {id: topic, type: choice}
hours: mon-fri 09:00-17:00
topics: {bill: {}, fault: {}}
after_response: {dispute: [appeal]}
promises:
  - {id: follow,  from: replied,      within: 2wd, until: response}
  - {id: quick,   from: received,     within: 3bh, until: replied, when: {topic: fault}}
  - {id: reply,   from: received,     within: 1wd, until: replied, at: "17:30"}
  - {id: report,  from: acknowledged, within: 3d,  until: first_update, roll: next}
  - {id: confirm, from: disputed,     within: 24h, until: acknowledged}
  - {id: second,  from: acknowledged, within: 5wd, until: second_response}
texts: {en: {topic.bill: My bill, topic.fault: A fault}}
`

func TestPromisesByTopicEventAndRound(t *testing.T) {
	p := parsed(t, branching)
	monday := at(t, "2026-11-09T09:30:00Z")
	same(t, "bill", p.Start("bill", monday),
		"reply 2026-11-09T09:30:00Z 2026-11-10T17:30:00Z firm open",
		"follow 2026-11-10T17:30:00Z 2026-11-12T23:59:59Z latest open")
	same(t, "fault: the earlier of two leads on", p.Start("fault", monday),
		"quick 2026-11-09T09:30:00Z 2026-11-09T12:30:00Z firm open",
		"reply 2026-11-09T09:30:00Z 2026-11-10T17:30:00Z firm open",
		"follow 2026-11-09T12:30:00Z 2026-11-11T23:59:59Z latest open")

	ps := p.Start("bill", monday)
	// Acknowledged on a Wednesday: the third day is a Saturday, which moves on to Monday.
	on := p.On("bill", bot.EvAcknowledged, at(t, "2026-11-11T10:00:00Z"), ps)
	same(t, "nobody had promised the acknowledgement", on[2:],
		"report 2026-11-11T10:00:00Z 2026-11-16T23:59:59Z firm open")
	if again := p.On("bill", bot.EvAcknowledged, at(t, "2026-11-12T10:00:00Z"), on); len(again) != len(on) {
		t.Errorf("started twice:\n%s", show(again))
	}

	second := p.Dispute("bill", at(t, "2026-11-20T10:00:00Z"))
	// The second answer from Saturday the 21st: 23, 24, 25, 26, 27 November; the report: 24 November.
	same(t, "round 2", second,
		"confirm 2026-11-20T10:00:00Z 2026-11-21T10:00:00Z firm open",
		"report 2026-11-21T10:00:00Z 2026-11-24T23:59:59Z latest open",
		"second 2026-11-21T10:00:00Z 2026-11-27T23:59:59Z latest open")
	for _, pr := range second {
		if pr.Round != 2 {
			t.Errorf("%s is of round %d", pr.ID, pr.Round)
		}
	}
	all := p.Settle(append(p.Start("bill", monday), second...), "confirm", 2, at(t, "2026-11-20T11:00:00Z"))
	same(t, "settling round 2 leaves round 1 alone", all[:2], strings.Split(show(p.Start("bill", monday)), "\n")...)
	if !all[4].Firm {
		t.Error("what follows in round 2 is not firm")
	}
}

func TestRemindersAndStatus(t *testing.T) {
	p := builtin(t, "ask4")
	// Monday 9 November, 09:00: half of 24 h is 21:00, four fifths 04:12, and next morning 09:00 is when it is due: one
	// reminder is left, in the last staff hours before.
	ps := p.Start("service", at(t, "2026-11-09T09:00:00Z"))
	for _, c := range []struct {
		i            int
		half, most   string
		status, what string
	}{
		{0, "", "2026-11-09T16:30:00Z", "2026-11-10T09:00:00Z", "inside contact hours at the due instant"},
		{1, "2026-11-12T13:00:00Z", "2026-11-13T12:12:00Z", "2026-11-13T20:00:00Z", "half of 3wd is the middle of the second day"},
	} {
		half, most, okHalf, okMost := p.Reminders(ps[c.i])
		if okHalf != (c.half != "") || !okMost || okHalf && !half.Equal(at(t, c.half)) || !most.Equal(at(t, c.most)) {
			t.Errorf("%s: %s %v, %s %v", c.what, half, okHalf, most, okMost)
		}
		if s := p.StatusAt(ps[c.i]); !s.Equal(at(t, c.status)) {
			t.Errorf("%s: status at %s", c.what, s)
		}
	}
	// Received at 23:00 with three hours to go: the contact hours before it is due ended before it began.
	night := builtin(t, "alphatech").Start("service", at(t, "2026-12-23T16:00:00Z"))[0]
	v := builtin(t, "alphatech")
	if s := v.StatusAt(night); !s.Equal(night.Due.Add(-5 * time.Minute)) {
		t.Errorf("status of the night promise at %s, which is due at %s", s, night.Due)
	}
	short := bot.Promise{Start: night.Start, Due: night.Start.Add(3 * time.Minute)}
	if s := v.StatusAt(short); !s.Equal(short.Start) {
		t.Errorf("status of a promise of three minutes at %s, it starts at %s", s, short.Start)
	}
	if _, _, half, most := v.Reminders(night); half || most {
		t.Error("staff are reminded after the promise was due")
	}
}

// For any pack and any instant: a later receipt never has an earlier date, each step follows the one before, reminders
// and status come in time, and no settling makes anything later.
func TestDatesAreMonotone(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	first := at(t, "2026-01-01T00:00:00Z").Unix()
	span := at(t, "2028-11-01T00:00:00Z").Unix() - first
	policies := []*Policy{parsed(t, branching)}
	for _, name := range Names() {
		policies = append(policies, builtin(t, name))
	}
	for range 300 {
		a := time.Unix(first+r.Int64N(span), 0)
		b := a.Add(time.Duration(r.Int64N(int64(200 * time.Hour))))
		for _, p := range policies {
			topic := p.Topics[r.IntN(len(p.Topics))].ID
			early, late := p.Start(topic, a), p.Start(topic, b)
			for _, pr := range early {
				i := slices.IndexFunc(late, func(l bot.Promise) bool { return l.ID == pr.ID })
				if late[i].Start.Before(pr.Start) || late[i].Due.Before(pr.Due) {
					t.Fatalf("%s %s: received %s due %s, received %s due %s", p.Name, pr.ID, a, pr.Due, b, late[i].Due)
				}
				if pr.Due.Before(pr.Start) || pr.Start.Before(a) {
					t.Fatalf("%s %s: starts %s, due %s", p.Name, pr.ID, pr.Start, pr.Due)
				}
				half, most, okHalf, okMost := p.Reminders(pr)
				if okHalf && (half.After(pr.Due) || half.Before(pr.Start)) || okMost && (most.After(pr.Due) || okHalf && most.Before(half)) {
					t.Fatalf("%s %s: due %s, reminded %s %s", p.Name, pr.ID, pr.Due, half, most)
				}
				if s := p.StatusAt(pr); s.Before(pr.Start) || s.After(pr.Due) {
					t.Fatalf("%s %s: status %s, it starts %s and is due %s", p.Name, pr.ID, s, pr.Start, pr.Due)
				}
				due, err := p.Due(pr)
				if err != nil || !due.At.Equal(pr.Due) || len(due.Steps) == 0 {
					t.Fatalf("%s %s: due %s explained as %s, %v", p.Name, pr.ID, pr.Due, due.At, err)
				}
			}
			ps := early
			for range early {
				id := early[r.IntN(len(early))].ID
				next := p.Settle(ps, id, 1, a.Add(time.Duration(r.Int64N(int64(600*time.Hour)))))
				for i := range next {
					if next[i].Due.After(ps[i].Due) {
						t.Fatalf("%s: settling %s moved %s from %s to %s", p.Name, id, next[i].ID, ps[i].Due, next[i].Due)
					}
					if ps[i].Verdict != bot.Open && !reflect.DeepEqual(next[i], ps[i]) {
						t.Fatalf("%s: settling %s changed %s, which had its verdict", p.Name, id, next[i].ID)
					}
				}
				ps = next
			}
		}
	}
}

// A reminder at the due instant comes too late: one in the last staff hours
// before it is given instead.
func TestAReminderComesBeforeItIsDue(t *testing.T) {
	p := builtin(t, "ask4")
	for received, want := range map[string]string{
		"2026-03-09T09:00:00Z": "2026-03-09T16:30:00Z", // Monday at opening: due Tuesday at opening
		"2026-03-06T16:00:00Z": "2026-03-06T16:30:00Z", // Friday afternoon: due on Saturday
	} {
		_, most, half, ok := p.Reminders(p.Start("service", at(t, received))[0])
		if half || !ok || !most.Equal(at(t, want)) {
			t.Errorf("received %s: reminded at %v (%v), half too: %v; want %s alone", received, most, ok, half, want)
		}
	}
	// Nobody is at work between the two.
	if _, _, half, most := p.Reminders(p.Start("service", at(t, "2026-03-07T10:00:00Z"))[0]); half || most {
		t.Error("reminded on a Sunday")
	}
}
