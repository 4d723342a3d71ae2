package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/delivery"
	"github.com/heedbot/heed/storage/db"
)

// removal is what the deletion of a post is about.
const removal = "removal"

// remove takes complaints' posts out of channels. What nobody has begun to
// send is taken back; what is there, or may come to be there, is deleted once
// its sending has ended. Doing it twice is doing it once.
func remove(ctx context.Context, q *db.Queries, lane bot.Lane, turn string, now time.Time, removals []bot.Removal) error {
	n := 0
	for _, r := range removals {
		rows, err := q.Posted(ctx, plain(string(r.Complaint)), r.Chat)
		if err != nil {
			return err
		}
		// What is still being sent may take long, and holds up those behind it.
		var later []db.Outbox
		for _, row := range rows {
			switch {
			case slices.Contains(r.Keep, row.ID):
			case row.SettledAt > 0 && (row.Edits != "" || row.Kind != kindPost && row.Kind != kindUpload):
			case row.SettledAt > 0 && (row.PlatformID != "" || row.State != string(bot.Failed)):
				if err := remover(ctx, q, lane, &n, turn, now, row); err != nil {
					return err
				}
			case row.SettledAt > 0:
			case inDoubt(row) && row.Kind != kindPost && row.Kind != kindUpload: // seen by one person, for a moment
			case inDoubt(row):
				later = append(later, row)
			default:
				if err := takeBack(ctx, q, row, now); err != nil {
					return err
				}
			}
		}
		for _, row := range later {
			if err := remover(ctx, q, lane, &n, turn, now, row); err != nil {
				return err
			}
		}
	}
	return nil
}

// inDoubt tells whether an unsettled row may be in its channel already.
func inDoubt(row db.Outbox) bool { return row.State == string(bot.InFlight) || row.Doubtful }

// remover queues the deletion of a row, unless there is one.
func remover(ctx context.Context, q *db.Queries, lane bot.Lane, n *int, turn string, now time.Time, row db.Outbox) error {
	deleting, err := q.Deleting(ctx, row.ID)
	if err != nil || deleting {
		return err
	}
	o, err := decode[bot.Outbound](row.Body)
	if err != nil {
		return err
	}
	*n++
	return say(ctx, q, lane, now, bot.Outbound{
		ID: fmt.Sprint(turn, "/r", *n), To: o.To, Class: bot.Notice, Complaint: o.Complaint, Edits: row.ID, Delete: true, About: removal,
	})
}

// takeBack ends a row that will not be sent. Nobody is told.
func takeBack(ctx context.Context, q *db.Queries, row db.Outbox, now time.Time) error {
	err := q.SettleOut(ctx, db.SettleOutParams{
		ID: row.ID, State: string(bot.Failed), SettledAt: dueMS(now), Why: delivery.WhyTakenBack, Platform: "null",
	})
	if err != nil {
		return err
	}
	return release(ctx, q, row.ID, row.Lane)
}

// gone tells whether a row must not be sent any more: it, or what it edits or
// stands below, has been removed.
func gone(ctx context.Context, q *db.Queries, row db.Outbox) (bool, error) {
	if row.Channel != string(bot.Slack) || row.Kind == kindDelete {
		return false, nil
	}
	for _, id := range []string{row.ID, row.Edits, row.Thread} {
		if id == "" {
			continue
		}
		if removed, err := q.Removed(ctx, id); removed || err != nil {
			return removed, err
		}
	}
	return false, nil
}

// condemned gives the end of a row that cannot be sent any more; back is true
// for one that has been removed but may have been sent already, which has to be
// looked for.
func condemned(ctx context.Context, q *db.Queries, row db.Outbox) (end *bot.Settlement, back bool, err error) {
	if row.Kind == kindDelete {
		named, err := q.Out(ctx, row.Edits)
		if err == nil && named.State == string(bot.Possibly) && named.PlatformID == "" {
			// It may be there, and nobody can say under which id.
			return &bot.Settlement{Out: row.ID, State: bot.Failed, Why: delivery.WhyUnknown}, false, nil
		}
		if errors.Is(err, sql.ErrNoRows) {
			err = nil
		}
		return nil, false, err
	}
	removed, err := gone(ctx, q, row)
	if removed && !inDoubt(row) {
		return &bot.Settlement{Out: row.ID, State: bot.Failed, Why: delivery.WhyTakenBack}, false, err
	}
	return nil, removed, err
}
