package storage

import (
	"context"
	"fmt"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/storage/db"
)

// Due implements schedule.Store. A lane is listed once. The kinds of work
// take turns in the list, so that much of one does not crowd out another.
func (s *Store) Due(ctx context.Context, now time.Time, limit int) (lanes []bot.Lane, next time.Time, err error) {
	err = s.snapshot(ctx, func(q *db.Queries) error {
		kinds, err := dueLanes(ctx, q, ms(now), limit)
		if err != nil {
			return err
		}
		lanes = interleave(kinds, limit)
		soonest, err := dueNext(ctx, q, ms(now))
		next = instant(soonest)
		return err
	})
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("look for lanes with something to do: %w", err)
	}
	return lanes, next, nil
}

// Woken implements schedule.Store.
func (s *Store) Woken() <-chan struct{} { return s.w.woken }

// Quiet tells whether nothing at all is due at now, and nothing is being sent.
func (s *Store) Quiet(ctx context.Context, now time.Time) (quiet bool, err error) {
	err = s.snapshot(ctx, func(q *db.Queries) error {
		kinds, err := dueLanes(ctx, q, ms(now), 1)
		if err != nil {
			return err
		}
		leased, err := q.OutLeased(ctx)
		quiet = !leased && len(interleave(kinds, 1)) == 0
		return err
	})
	if err != nil {
		return false, fmt.Errorf("look whether all is quiet: %w", err)
	}
	return quiet, nil
}

func dueLanes(ctx context.Context, q *db.Queries, now int64, limit int) (kinds [4][]bot.Lane, err error) {
	most := int32(min(max(limit, 0), 1<<20))
	inputs, err := q.InputsDue(ctx, now, most)
	if err != nil {
		return kinds, err
	}
	outs, err := q.OutDue(ctx, now, most)
	if err != nil {
		return kinds, err
	}
	timers, err := q.TimersDue(ctx, now, most)
	if err != nil {
		return kinds, err
	}
	files, err := q.EvidenceDue(ctx, now, most)
	if err != nil {
		return kinds, err
	}
	for _, r := range inputs {
		kinds[0] = append(kinds[0], bot.Lane(r.Lane))
	}
	for _, r := range outs {
		kinds[1] = append(kinds[1], bot.Lane(r.Lane))
	}
	for _, r := range timers {
		kinds[2] = append(kinds[2], bot.Lane(r.Lane))
	}
	for _, id := range files {
		kinds[3] = append(kinds[3], bot.EvidenceLane(id))
	}
	return kinds, nil
}

func interleave(kinds [4][]bot.Lane, limit int) []bot.Lane {
	var lanes []bot.Lane
	seen := make(map[bot.Lane]bool)
	for i, more := 0, true; more; i++ {
		more = false
		for _, k := range kinds {
			if i >= len(k) {
				continue
			}
			more = true
			if !seen[k[i]] && len(lanes) < limit {
				seen[k[i]] = true
				lanes = append(lanes, k[i])
			}
		}
	}
	return lanes
}

func dueNext(ctx context.Context, q *db.Queries, now int64) (int64, error) {
	soonest := int64(0)
	for _, after := range []func(context.Context, int64) (int64, error){q.InputsAfter, q.OutAfter, q.TimersAfter, q.EvidenceAfter} {
		at, err := after(ctx, now)
		if err != nil {
			return 0, err
		}
		if at > 0 && (soonest == 0 || at < soonest) {
			soonest = at
		}
	}
	return soonest, nil
}
