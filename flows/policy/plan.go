package policy

import (
	"fmt"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
)

// Plan is what a policy would promise to a complaint, and why. Its instants are in the company's zone.
type Plan struct {
	Policy   string    `json:"policy"`
	Version  string    `json:"version"`
	Hash     string    `json:"hash"`
	Topic    string    `json:"topic,omitempty"`
	From     time.Time `json:"from"`
	Zone     string    `json:"zone"`
	Calendar string    `json:"calendar"`
	// Until is the last second whose holidays are known.
	Until    time.Time       `json:"calendar_until"`
	Promises []Planned       `json:"promises"`
	Letters  []PlannedLetter `json:"letters,omitempty"`
}

// PlannedLetter is when the ADR letter about an outside body is due, if the complaint
// is not settled before.
type PlannedLetter struct {
	External string    `json:"external"`
	Due      time.Time `json:"due"` // the last instant for it
}

// Planned is one promise of a plan.
type Planned struct {
	ID        string        `json:"id"`
	From      bot.EventKind `json:"from"`
	Until     bot.EventKind `json:"until"`
	Within    string        `json:"within"`
	Source    string        `json:"source,omitempty"`
	Start     time.Time     `json:"start"`
	Due       time.Time     `json:"due"`
	Firm      bool          `json:"firm"` // false: due at the latest, earlier if the promise before it is kept early
	Reminders []time.Time   `json:"reminders"`
	StatusAt  time.Time     `json:"status_at"`
	// Beyond says that the dates rest on years whose holidays are not known.
	Beyond bool          `json:"beyond_calendar,omitempty"`
	Steps  []PlannedStep `json:"steps"`
}

// PlannedStep is one day on the way to a due instant.
type PlannedStep struct {
	Date    string `json:"date"`
	Counted bool   `json:"counted"`
	Why     string `json:"why"`
}

// Plan shows what the policy would promise to a complaint about a topic that is received at an instant.
func (p *Policy) Plan(from time.Time, topic string) Plan {
	plan := p.planned(from, topic, p.Start(topic, from))
	for _, id := range p.External {
		if due, ok := p.LetterDue(id, from); ok {
			plan.Letters = append(plan.Letters, PlannedLetter{id, due.In(p.Zone)})
		}
	}
	return plan
}

// PlanDispute shows what the policy would promise to a customer who disagrees at an instant.
func (p *Policy) PlanDispute(at time.Time, topic string) Plan {
	return p.planned(at, topic, p.Dispute(topic, at))
}

func (p *Policy) planned(from time.Time, topic string, ps []bot.Promise) Plan {
	if t, ok := p.Topic(topic); ok {
		topic = t.ID
	}
	plan := Plan{
		Policy: p.Name, Version: p.Version, Hash: p.Hash, Topic: topic,
		From: from.Truncate(time.Second).In(p.Zone), Zone: p.Zone.String(),
		Calendar: p.source.calendar, Until: p.Horizon(), Promises: []Planned{},
	}
	for _, pr := range ps {
		known, _ := p.Promise(pr.ID)
		one := Planned{
			ID: pr.ID, From: pr.From, Until: pr.Until, Within: known.Rule.String(), Source: known.Source,
			Start: pr.Start.In(p.Zone), Due: pr.Due.In(p.Zone), Firm: pr.Firm,
			Reminders: []time.Time{}, StatusAt: p.StatusAt(pr).In(p.Zone), Steps: []PlannedStep{},
		}
		half, most, okHalf, okMost := p.Reminders(pr)
		if okHalf {
			one.Reminders = append(one.Reminders, half.In(p.Zone))
		}
		if okMost && !(okHalf && most.Equal(half)) {
			one.Reminders = append(one.Reminders, most.In(p.Zone))
		}
		due, err := p.Due(pr)
		if err == nil {
			one.Beyond = due.BeyondCalendar
			for _, s := range due.Steps {
				one.Steps = append(one.Steps, PlannedStep(s))
			}
		}
		plan.Promises = append(plan.Promises, one)
	}
	return plan
}

// String gives the plan as a table to be read.
func (pl Plan) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, version %s", pl.Policy, pl.Version)
	if pl.Topic != "" {
		fmt.Fprintf(&b, ", topic %s", pl.Topic)
	}
	fmt.Fprintf(&b, "\nfrom      %s (%s)\n", when(pl.From), pl.Zone)
	fmt.Fprintf(&b, "calendar  %s, holidays known until %s\n", pl.Calendar, pl.Until.Format(time.DateOnly))
	if len(pl.Promises) == 0 {
		b.WriteString("\nNothing is promised.\n")
	}
	for _, p := range pl.Promises {
		fmt.Fprintf(&b, "\n%s: %s from %s until %s", p.ID, p.Within, p.From, p.Until)
		switch p.Source {
		case "operator":
			b.WriteString(" (the operator's number)")
		case "law":
			b.WriteString(" (the law's number)")
		}
		latest := ""
		if !p.Firm {
			latest = "  at the latest"
		}
		fmt.Fprintf(&b, "\n  start     %s%s\n  due       %s%s\n", when(p.Start), latest, when(p.Due), latest)
		for i, r := range p.Reminders {
			label := "reminders"
			if i > 0 {
				label = ""
			}
			fmt.Fprintf(&b, "  %-9s %s\n", label, when(r))
		}
		fmt.Fprintf(&b, "  status    %s\n", when(p.StatusAt))
		for _, s := range p.Steps {
			tick := "   "
			if s.Counted {
				tick = " + "
			}
			day := s.Date
			if t, err := time.Parse(time.DateOnly, s.Date); err == nil {
				day = t.Format("Mon 2006-01-02")
			}
			fmt.Fprintf(&b, "   %s %s  %s\n", tick, day, s.Why)
		}
		if p.Beyond {
			b.WriteString("  Some of these days lie in years whose holidays are not known.\n")
		}
	}
	for _, l := range pl.Letters {
		fmt.Fprintf(&b, "\nADR letter about %s, unless the complaint is settled before\n  due       %s\n", l.External, when(l.Due))
	}
	return b.String()
}

func when(t time.Time) string { return t.Format("Mon 2006-01-02 15:04:05 MST") }
