package storage

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/storage/db"
)

// Measure is a step of the ladder that restricts a customer now, with what a
// list of them shows of the complaint it was taken about.
type Measure struct {
	Customer bot.CustomerID
	Language string // of the customer; else of the complaint
	Step     bot.Step
	Topic    string
	Stage    bot.Stage
	Home     string // the complaint's
	// CardChat is the Slack channel of the card, Card its timestamp there; empty
	// while it is not posted.
	CardChat, Card string
}

// Measures lists the steps in force at the instant, the one that lapses first
// first.
func (v *Seen) Measures(ctx context.Context, now time.Time) ([]Measure, error) {
	rows, err := v.store.read.SeenMeasures(ctx, ms(now), v.viewer, v.rank)
	if err != nil {
		return nil, fmt.Errorf("read the measures in force: %w", err)
	}
	var list []Measure
	for _, r := range rows {
		if v.blind {
			break
		}
		c, err := decode[bot.Customer](r.State)
		if err == nil {
			err = restore(&r.Topic, &r.Home)
		}
		if err != nil {
			return nil, fmt.Errorf("read the measures of a customer: %w", err)
		}
		i := slices.IndexFunc(c.Steps, func(m bot.Step) bool { return int64(m.N) == r.N })
		if i < 0 || !c.Steps[i].InForce(now) {
			continue
		}
		if r.Card == "" {
			r.CardChat = ""
		}
		list = append(list, Measure{
			Customer: c.ID, Language: cmp.Or(c.Language, r.Language), Step: c.Steps[i], Topic: r.Topic, Stage: bot.Stage(r.Stage),
			Home: r.Home, CardChat: r.CardChat, Card: r.Card,
		})
	}
	return list, nil
}

// ConductFigure counts what shows whether customers are treated alike: how many
// complaints of one language and topic came to one member of staff, and what
// that one found abusive and decided.
type ConductFigure struct {
	Language, Topic string
	// Agent is who flagged a message or took a step; of what was received, who
	// is assigned to it now, or empty.
	Agent    bot.StaffID
	Received int
	Flags    int            // all of them
	Dropped  int            // of those: a manager found that it is no abuse
	Steps    map[string]int // that were taken, by step of the ladder
	// Overturned counts the steps that a review found should not have been;
	// Stepped the complaints in which any was taken, with an empty Agent.
	Overturned, Stepped int
}

// Conduct counts what happened from one instant on and before another, by
// language, topic and member of staff. Language and topic are the complaint's.
func (v *Seen) Conduct(ctx context.Context, from, to time.Time) ([]ConductFigure, error) {
	type group struct{ language, topic, agent string }
	figures, stepped := map[group]*ConductFigure{}, map[string]bool{}
	of := func(g group) *ConductFigure {
		if figures[g] == nil {
			figures[g] = &ConductFigure{Language: g.language, Topic: g.topic, Agent: bot.StaffID(g.agent), Steps: map[string]int{}}
		}
		return figures[g]
	}
	err := v.store.snapshot(ctx, func(q *db.Queries) error {
		received, err := q.SeenReceived(ctx, db.SeenReceivedParams{Since: ms(from), Before: ms(to), Viewer: v.viewer, Rank: v.rank})
		if err != nil {
			return err
		}
		rows, err := q.SeenConduct(ctx, db.SeenConductParams{Since: ms(from), Before: ms(to), Viewer: v.viewer, Rank: v.rank})
		if err != nil || v.blind {
			return err
		}
		for _, r := range received {
			if err := restore(&r.Topic, &r.Assignee); err != nil {
				return err
			}
			of(group{r.Language, r.Topic, r.Assignee}).Received += int(r.Many)
		}
		for _, r := range rows {
			if err := restore(&r.Topic, &r.ByWhom, &r.What); err != nil {
				return err
			}
			of(group{r.Language, r.Topic, r.ByWhom}).count(r.What, r.Dropped, int(r.Many))
			if r.What != classFlag && !stepped[r.Complaint] {
				stepped[r.Complaint] = true
				of(group{language: r.Language, topic: r.Topic}).Stepped++
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("count how customers were treated: %w", err)
	}
	var fs []ConductFigure
	for _, f := range figures {
		fs = append(fs, *f)
	}
	slices.SortFunc(fs, func(a, b ConductFigure) int {
		return cmp.Or(cmp.Compare(a.Language, b.Language), cmp.Compare(a.Topic, b.Topic), cmp.Compare(a.Agent, b.Agent))
	})
	return fs, nil
}

func (f *ConductFigure) count(what string, dropped bool, many int) {
	if what != classFlag {
		f.Steps[what] += many
		if dropped {
			f.Overturned += many
		}
		return
	}
	f.Flags += many
	if dropped {
		f.Dropped += many
	}
}
