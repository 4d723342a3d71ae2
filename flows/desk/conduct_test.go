package desk_test

import (
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/flows/desk"
	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

var now = time.Date(2026, 3, 16, 12, 0, 0, 0, time.UTC)

func house(t *testing.T, pack string) *casework.House {
	t.Helper()
	words, err := locales.Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	text, err := policy.BuiltinText(pack)
	if err != nil {
		t.Fatal(err)
	}
	pol, err := policy.Parse(pack+".yaml", text, "")
	if err != nil {
		t.Fatal(err)
	}
	return &casework.House{Words: words, Policy: pol, Packs: map[string]*policy.Policy{pol.Hash: pol}, Language: "en", Managers: []string{"U0MIA"}}
}

var (
	ann = bot.Staff{ID: "U0ANN", Roles: []bot.Role{bot.Agent}}
	mia = bot.Staff{ID: "U0MIA", Roles: []bot.Role{bot.Agent, bot.Manager}}
)

// said is a post in plain letters.
func said(p bot.Post) string {
	s := ""
	for _, b := range p.Blocks {
		s += b.Text
		for _, x := range b.Spans {
			s += x.Text
			if x.User != "" {
				s += "@" + x.User
			}
		}
		s += "\n"
	}
	return s
}

// TestNoLadderNoSteps: where the policy says nothing of conduct, nothing can be
// flagged and no step taken, and everyone is told so.
func TestNoLadderNoSteps(t *testing.T) {
	h := house(t, "altyor")
	c := bot.Complaint{Ref: "KXM-4FQ-7TA", Stage: bot.Received, Round: 1, Policy: h.Policy.Hash,
		Answers: map[string]bot.Answer{"summary": {Parts: []bot.Part{{Text: "Idiots.", At: now}}}}}
	for _, verb := range []string{casework.Flag, casework.Warn, casework.StopReplying, casework.Block, casework.ReportAuthority} {
		a := desk.Open(h, mia, now, &desk.Case{House: h, Now: now, C: &c}, bot.Act{Verb: verb, Complaint: c.Ref})
		if a.View != nil || a.Keep != nil || a.Private == nil || !strings.Contains(a.Private.Text, "says nothing about conduct") {
			t.Errorf("%s: %+v", verb, a)
		}
	}
	card := casework.New(h, bot.Situation{Now: now, Complaints: []bot.Complaint{c}}).Card(&c)
	for _, b := range card.Blocks {
		for _, x := range b.Buttons {
			if x.Action == casework.Flag {
				t.Error("a button that can do nothing")
			}
		}
	}
}

// TestWhatIsKeptStaysFromAgents: the newest words a dialog shows are never those
// that are kept back.
func TestWhatIsKeptStaysFromAgents(t *testing.T) {
	h := house(t, "ask4")
	c := bot.Complaint{Ref: "KXM-4FQ-7TA", Stage: bot.Received, Round: 1, Policy: h.Policy.Hash,
		Answers: map[string]bot.Answer{"summary": {Parts: []bot.Part{{Text: "No internet.", At: now}}}}}
	cust := bot.Customer{Language: "en", Chat: bot.Address{Channel: bot.Telegram, Chat: "1"},
		Steps:   []bot.Step{{N: 1, Complaint: c.Ref, Do: bot.StepBlock, Until: now.Add(time.Hour)}},
		Unshown: map[bot.Ref]bot.Held{c.Ref: {Parts: []bot.Part{{Text: "Rot in hell.", At: now}}}}}
	k := &desk.Case{House: h, Now: now, C: &c, Customer: cust, Last: "Rot in hell."}
	shows := func(who bot.Staff, verb string) string {
		a := desk.Open(h, who, now, k, bot.Act{Verb: verb, Complaint: c.Ref})
		switch {
		case a.View != nil:
			return said(bot.Post{Blocks: a.View.Blocks})
		case a.Private != nil:
			return said(*a.Private)
		}
		return ""
	}
	if s := shows(ann, casework.Update); strings.Contains(s, "hell") || !strings.Contains(s, "No internet.") {
		t.Errorf("an agent writing an update sees:\n%s", s)
	}
	if s := shows(ann, casework.Unshown); strings.Contains(s, "hell") || !strings.Contains(s, "Only managers") {
		t.Errorf("an agent sees what is kept:\n%s", s)
	}
	if s := shows(mia, casework.Unshown); !strings.Contains(s, "Rot in hell.") {
		t.Errorf("a manager does not see what is kept:\n%s", s)
	}
}

// R25: managers see all that is in force, and whether it is used evenly.
func TestConductIsListed(t *testing.T) {
	h := house(t, "ask4")
	for text, want := range map[string]time.Time{
		"conduct":         time.Date(2026, 1, 1, 0, 0, 0, 0, h.Policy.Zone),
		"Conduct 2025-q3": time.Date(2025, 7, 1, 0, 0, 0, 0, h.Policy.Zone),
		"conduct 2026-Q4": time.Date(2026, 10, 1, 0, 0, 0, 0, h.Policy.Zone),
	} {
		q, p := desk.Command(h, mia, now, "/complaint", text)
		if p != nil || !q.Conduct || !q.Quarter.Equal(want) {
			t.Errorf("/complaint %s asks for %+v, %v", text, q, p)
		}
	}
	for _, text := range []string{"conduct 2026-Q5", "conduct today", "conduct 2026-Q", "conduct 2026-Q12"} {
		if q, p := desk.Command(h, mia, now, "/complaint", text); p == nil || q.Conduct || !strings.Contains(p.Text, "2026-Q3") {
			t.Errorf("/complaint %s asks for %+v", text, q)
		}
	}
	if _, p := desk.Command(h, ann, now, "/complaint", "conduct"); p == nil || !strings.Contains(p.Text, "Only managers") {
		t.Errorf("an agent is answered %v", p)
	}
	got := said(desk.Conduct(h, []desk.MeasureRow{{Measure: bot.Step{N: 2, Complaint: "KXM-4FQ-7TA", Do: bot.StepBlock, Kind: "threatening",
		By: "U0MIA", At: now, Until: now.AddDate(0, 0, 30), Asked: now}}},
		[]desk.ConductFigure{
			{By: desk.ByLanguage, Of: "fr", Received: 40, Stepped: 2, Steps: map[string]int{bot.StepWarn: 2, bot.StepBlock: 1}},
			{By: desk.ByLanguage, Of: "en", Received: 200, Stepped: 4, Steps: map[string]int{bot.StepWarn: 4}},
			{By: desk.ByLanguage, Of: "pl", Received: 19, Stepped: 1, Steps: map[string]int{bot.StepWarn: 1}},
			{By: desk.ByTopic, Of: "service", Received: 0, Stepped: 1, Steps: map[string]int{bot.StepWarn: 1}},
			{By: desk.ByAgent, Of: "U0ANN", Received: 12, Flags: 5, Dropped: 2, Overturned: 1, Steps: map[string]int{bot.StepWarn: 3}},
			{By: desk.ByAgent, Of: "U0BEN", Received: 90},
		}, now))
	for _, want := range []string{
		"KXM-4FQ-7TA · Block: threats, since 16 Mar 2026, 12:00, until 15 Apr 2026, 13:00 The customer has not been told yet. A review is asked for. · @U0MIA",
		"2026, quarter 1", "Français – French: complaints with a step 2 of 40 (5%) (Request to stop: 2 · Block: 1)",
		"English: complaints with a step 4 of 200 (2%) (Request to stop: 4)", "Polski – Polish: complaints with a step 1 of 19 (Request to stop: 1)",
		"The service I received: complaints with a step 1 of 0 (Request to stop: 1)",
		"@U0ANN: flags 5, found to be none 2, steps 3, overturned 1 (Request to stop: 3)", "under 20 complaints",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not say %q:\n%s", want, got)
		}
	}
	if strings.Contains(got, "U0BEN") {
		t.Errorf("it counts someone who did nothing:\n%s", got)
	}
	none := said(desk.Conduct(h, nil, nil, now))
	if !strings.Contains(none, "Nobody is restricted.") || !strings.Contains(none, "no step was taken") {
		t.Errorf("nothing at all: %s", none)
	}
}

// TestAPromisedReplyIsNotStopped: while the customer is not replied to, a reply
// goes out only where it keeps a promise.
func TestAPromisedReplyIsNotStopped(t *testing.T) {
	h := house(t, "ask4")
	for _, do := range []string{bot.StepStop, bot.StepBlock} {
		cust := bot.Customer{Language: "en", Steps: []bot.Step{{N: 1, Do: do, Kind: "threatening", Until: now.Add(time.Hour)}}}
		for _, try := range []struct {
			verb     string
			promised bot.Verdict
			at       time.Time
			goes     bool
		}{
			{casework.Reply, "", now, false}, {casework.Reply, bot.Open, now, true}, {casework.Reply, bot.Kept, now, false},
			{casework.Ask, "", now, true}, {casework.Ask, bot.Open, now, true}, {casework.Reply, "", now.Add(time.Hour), true}, {casework.Ask, "", now.Add(time.Hour), true},
			{casework.Acknowledge, "", now, true}, {casework.Update, "", now, true}, {casework.Decide, "", now, true}, {casework.Close, "", now, true},
		} {
			c := bot.Complaint{Ref: "KXM-4FQ-7TA", Stage: bot.Received, Round: 1, Policy: h.Policy.Hash}
			if try.promised != "" {
				c.Promises = []bot.Promise{{ID: "reply", Until: bot.EvReplied, Verdict: try.promised}}
			}
			why, _ := desk.Unfit(h, &c, cust, ann, try.verb, try.at)
			if goes := why == ""; goes != try.goes {
				t.Errorf("%s: %s with the promise %q: %q", do, try.verb, try.promised, why)
			}
		}
	}
}

// TestLapsesByItsDate: after days of downtime a restriction has ended at its
// date, not when that was noticed, and the customer is told by day.
func TestLapsesByItsDate(t *testing.T) {
	h := house(t, "ask4")
	until := time.Date(2026, 3, 10, 23, 59, 59, 0, h.Policy.Zone)
	c := bot.Complaint{Ref: "KXM-4FQ-7TA", Stage: bot.Received, Round: 1, Policy: h.Policy.Hash, Events: 1}
	cust := bot.Customer{ID: "1", Language: "en", Chat: bot.Address{Channel: bot.Telegram, Chat: "1"},
		Steps: []bot.Step{{N: 3, Complaint: c.Ref, Do: bot.StepStop, At: until.AddDate(0, 0, -9), Until: until}}}
	tm := bot.Timer{Key: "measure_lapse:3", Kind: casework.TimerMeasureLapse, Due: until, Complaint: c.Ref, Round: 3}
	for what, noticed := range map[string]time.Time{"by day": now, "at night": time.Date(2026, 3, 14, 2, 0, 0, 0, h.Policy.Zone)} {
		cust.Steps[0].Ended = time.Time{}
		w := casework.New(h, bot.Situation{Now: noticed, Customer: cust, Complaints: []bot.Complaint{c},
			Input: bot.Input{Kind: bot.InTimer, At: noticed, Timer: &tm}, Features: bot.Features{TextMax: 4096, TextUnit: bot.Runes}})
		desk.Wake(w)
		turn := w.Turn()
		if got := turn.Customer.Steps[0].Ended; !got.Equal(until) {
			t.Errorf("%s: ended %s", what, got)
		}
		if len(turn.Events) == 0 || turn.Events[0].Kind != bot.EvLifted || !turn.Events[0].At.Equal(until) || turn.Events[0].By != "bot" {
			t.Errorf("%s: events %+v", what, turn.Events)
		}
		told := false
		for _, o := range turn.Say {
			told = told || o.About == "lapsed"
		}
		if told != (what == "by day") {
			t.Errorf("%s: the customer was told: %v", what, told)
		}
		if what == "at night" && (len(turn.Set) != 1 || turn.Set[0].Due.In(h.Policy.Zone).Hour() != 8) {
			t.Errorf("they are told later by %+v", turn.Set)
		}
	}
}
