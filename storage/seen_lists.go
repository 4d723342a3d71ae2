package storage

import (
	"context"
	"fmt"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/storage/db"
)

// OpenByStage counts the open complaints at each stage.
func (v *Seen) OpenByStage(ctx context.Context) (map[bot.Stage]int, error) {
	rows, err := v.store.read.SeenByStage(ctx, v.viewer, v.rank)
	if err != nil {
		return nil, fmt.Errorf("count the open complaints: %w", err)
	}
	stages := make(map[bot.Stage]int, len(rows))
	for _, r := range rows {
		if !v.blind {
			stages[bot.Stage(r.Stage)] = int(r.Many)
		}
	}
	return stages, nil
}

// DueNext lists the open promises that are not overdue and do not stand still,
// the next first.
func (v *Seen) DueNext(ctx context.Context, now time.Time, limit int) ([]PromiseRow, error) {
	rows, err := v.store.read.SeenDueNext(ctx, db.SeenDueNextParams{
		Now: ms(now.Truncate(time.Second)), Viewer: v.viewer, Rank: v.rank, Most: int32(limit),
	})
	if err != nil {
		return nil, fmt.Errorf("read the promises due next: %w", err)
	}
	same := make([]db.DueNextRow, len(rows))
	for i, r := range rows {
		same[i] = db.DueNextRow(r)
	}
	return v.list(same)
}

// Overdue lists the open promises whose due second is before the one of now,
// as bot.Promise.Overdue counts, the oldest first.
func (v *Seen) Overdue(ctx context.Context, now time.Time, limit int) ([]PromiseRow, error) {
	rows, err := v.store.read.SeenOverdue(ctx, db.SeenOverdueParams{
		Now: ms(now.Truncate(time.Second)), Viewer: v.viewer, Rank: v.rank, Most: int32(limit),
	})
	if err != nil {
		return nil, fmt.Errorf("read the overdue promises: %w", err)
	}
	same := make([]db.DueNextRow, len(rows))
	for i, r := range rows {
		same[i] = db.DueNextRow(r)
	}
	return v.list(same)
}

func (v *Seen) list(rows []db.DueNextRow) ([]PromiseRow, error) {
	if v.blind {
		return nil, nil
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

// KeptIn counts the verdicts that fell from one instant on and before
// another, by promise and what keeps it; and what was due then and is overdue
// now, by the second.
func (v *Seen) KeptIn(ctx context.Context, from, to, now time.Time) ([]Figure, error) {
	rows, err := v.store.read.SeenKeptIn(ctx, db.SeenKeptInParams{
		Since: ms(from), Before: ms(to), Now: ms(now.Truncate(time.Second)), Viewer: v.viewer, Rank: v.rank,
	})
	if err != nil {
		return nil, fmt.Errorf("count the verdicts: %w", err)
	}
	var fs []Figure
	for _, r := range rows {
		if v.blind {
			break
		}
		fs = append(fs, Figure{
			Promise: r.ID, Until: bot.EventKind(r.Ending), Kept: int(r.Kept), Late: int(r.Late), Missed: int(r.Missed), Void: int(r.Void), Overdue: int(r.Overdue),
		})
	}
	return fs, nil
}

// Surveys counts the surveys that were delivered from one instant on and
// before another. It goes by the events alone: a complaint that is asked again
// stays in the period of its first asking, and its first answer other than
// bot.RatherNot is the one that counts.
func (v *Seen) Surveys(ctx context.Context, from, to time.Time) (SurveyFigure, error) {
	rows, err := v.store.read.SeenSurveys(ctx, db.SeenSurveysParams{Since: ms(from), Before: ms(to), Viewer: v.viewer, Rank: v.rank})
	if err != nil {
		return SurveyFigure{}, fmt.Errorf("count the surveys: %w", err)
	}
	if v.blind {
		rows = nil
	}
	return countSurveys(rows)
}
