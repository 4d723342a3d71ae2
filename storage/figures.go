package storage

import (
	"context"
	"fmt"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/storage/db"
)

// PromiseRow is a promise with what a list of promises shows of its
// complaint.
type PromiseRow struct {
	Complaint bot.Ref
	Topic     string
	Stage     bot.Stage
	Promise   bot.Promise
	// CardChat is the Slack channel of the card, Card its timestamp there; empty
	// while it is not posted.
	CardChat, Card string
}

// DueNext lists the open promises that are not overdue and do not stand still,
// the next first.
func (s *Store) DueNext(ctx context.Context, now time.Time, limit int) ([]PromiseRow, error) {
	rows, err := s.read.DueNext(ctx, ms(now.Truncate(time.Second)), int32(limit))
	if err != nil {
		return nil, fmt.Errorf("read the promises due next: %w", err)
	}
	var ps []PromiseRow
	for _, r := range rows {
		p, err := listed(r)
		if err != nil {
			return nil, err
		}
		ps = append(ps, p)
	}
	return ps, nil
}

func listed(r db.DueNextRow) (PromiseRow, error) {
	if err := restore(&r.Topic); err != nil {
		return PromiseRow{}, err
	}
	p, err := promiseOf(db.Promise{
		Complaint: r.Complaint, ID: r.ID, Round: r.Round, Place: r.Place, Source: r.Source, Ending: r.Ending,
		Within: r.Within, ByBot: r.ByBot, StartAt: r.StartAt, DueAt: r.DueAt, Firm: r.Firm, Verdict: r.Verdict,
		MetAt: r.MetAt, SettledAt: r.SettledAt, Paused: r.Paused, Waits: r.Waits,
	})
	if r.Card == "" {
		r.CardChat = ""
	}
	return PromiseRow{
		Complaint: bot.Ref(r.Complaint), Topic: r.Topic, Stage: bot.Stage(r.Stage), CardChat: r.CardChat, Card: r.Card, Promise: p,
	}, err
}

// Figure counts how the promises of one kind ended.
type Figure struct {
	Promise                  string        // id of the policy's promise
	Until                    bot.EventKind // what keeps it; policies may differ in it under one id
	Kept, Late, Missed, Void int
	Overdue                  int // due in the period, and open still
}

// SurveyFigure counts complaints whose customers were asked whether they are
// satisfied.
type SurveyFigure struct {
	Delivered int // the first asking was delivered in the period
	Answered  int // of those: rated at any time, other than bot.RatherNot
	Declined  int // of the delivered: only ever answered bot.RatherNot
	// Answers counts the answered, by answer.
	Answers map[string]int
}

func countSurveys(rows []db.SeenSurveysRow) (SurveyFigure, error) {
	f := SurveyFigure{Answers: make(map[string]int)}
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n].Complaint == rows[0].Complaint {
			n++
		}
		answer, err := rated(rows[:n])
		if err != nil {
			return SurveyFigure{}, fmt.Errorf("read a rating of complaint %s: %w", rows[0].Complaint, err)
		}
		f.count(answer)
		rows = rows[n:]
	}
	return f, nil
}

// rated is the answer that counts of one complaint's; empty without any.
func rated(rows []db.SeenSurveysRow) (answer string, err error) {
	for _, r := range rows {
		if r.Rating == "" {
			continue
		}
		data, err := decode[map[string]string](r.Rating)
		if err != nil {
			return "", err
		}
		if a := data["answer"]; a != "" && (answer == "" || answer == bot.RatherNot) {
			answer = a
		}
	}
	return answer, nil
}

func (f *SurveyFigure) count(answer string) {
	f.Delivered++
	switch answer {
	case "":
		return
	case bot.RatherNot:
		f.Declined++
		return
	}
	f.Answered++
	f.Answers[answer]++
}

// Aside counts the inputs that were set aside after five failed turns.
func (s *Store) Aside(ctx context.Context) (int, error) {
	n, err := s.read.InputsAside(ctx)
	if err != nil {
		return 0, fmt.Errorf("count the inputs set aside: %w", err)
	}
	return int(n), nil
}

// Queue counts the outgoing messages in each state but sent, without those that
// were taken back.
func (s *Store) Queue(ctx context.Context) (map[bot.State]int, error) {
	rows, err := s.read.OutStates(ctx)
	if err != nil {
		return nil, fmt.Errorf("count the outgoing messages: %w", err)
	}
	states := make(map[bot.State]int, len(rows))
	for _, r := range rows {
		states[bot.State(r.State)] = int(r.Many)
	}
	return states, nil
}

// Waiting counts the inputs that wait for their turn.
func (s *Store) Waiting(ctx context.Context) (int, error) {
	n, err := s.read.InputsWaiting(ctx)
	if err != nil {
		return 0, fmt.Errorf("count the waiting inputs: %w", err)
	}
	return int(n), nil
}
