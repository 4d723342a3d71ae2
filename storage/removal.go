package storage

import (
	"cmp"
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

// removing takes the posts of complaints out of their channels, in one turn.
type removing struct {
	q    *db.Queries
	lane bot.Lane
	turn string
	now  time.Time
	n    int // deletions queued so far
}

// remove takes complaints' posts out of channels. What nobody has begun to
// send is taken back; what is there, or may come to be there, is deleted once
// its sending has ended. Doing it twice is doing it once. It gives what is to be
// posted anew. Of several removals of one complaint the last counts.
func remove(ctx context.Context, q *db.Queries, lane bot.Lane, turn string, now time.Time, removals []bot.Removal) ([]anew, error) {
	r := removing{q: q, lane: lane, turn: turn, now: now}
	var moved []anew
	for i, x := range removals {
		if slices.ContainsFunc(removals[i+1:], func(y bot.Removal) bool { return y.Complaint == x.Complaint }) {
			continue
		}
		posts, err := r.take(ctx, x)
		if err != nil {
			return nil, err
		}
		if x.Again != nil {
			moved = append(moved, anew{card: x.Again.Thread, posts: posts})
		}
	}
	return moved, nil
}

// take takes out all rows of one complaint.
func (r *removing) take(ctx context.Context, x bot.Removal) ([]bot.Outbound, error) {
	rows, err := r.q.Posted(ctx, plain(string(x.Complaint)))
	if err != nil {
		return nil, err
	}
	inOrder(rows)
	var posts []bot.Outbound
	if x.Again != nil {
		if posts, err = r.again(ctx, rows, *x.Again); err != nil {
			return nil, err
		}
	}
	if err := r.rename(ctx, rows); err != nil {
		return nil, err
	}
	byID := make(map[string]db.Outbox, len(rows))
	for _, row := range rows {
		byID[row.ID] = row
	}
	// What is still being sent may take long, and holds up those behind it.
	var later []db.Outbox
	for _, row := range rows {
		switch {
		case row.SettledAt > 0 && (row.PlatformID == "" && row.State == string(bot.Failed) || onlyEdit(row, byID[row.Edits])):
		case row.SettledAt > 0:
			err = r.remover(ctx, row)
		case inDoubt(row):
			later = append(later, row)
		default:
			err = takeBack(ctx, r.q, row, r.now)
		}
		if err != nil {
			return nil, err
		}
	}
	for _, row := range later {
		if err := r.remover(ctx, row); err != nil {
			return nil, err
		}
	}
	return posts, nil
}

// onlyEdit tells whether a settled row has changed the one it names, and is not
// a post of its own.
func onlyEdit(row, named db.Outbox) bool {
	return row.Edits != "" && named.PlatformID != "" && named.Chat == row.Chat && (row.PlatformID == "" || row.PlatformID == named.PlatformID)
}

// rename frees the ids under which the posts were said, here and in rows: what
// names them means these ones.
func (r *removing) rename(ctx context.Context, rows []db.Outbox) error {
	names := map[string]string{}
	for i := range rows {
		row := &rows[i]
		if row.Edits != "" || row.Was != "" {
			continue
		}
		id, name := row.ID, row.ID+"~"+r.turn
		for _, err := range []error{
			r.q.RenameOut(ctx, name, id), r.q.RenameEdits(ctx, name, row.Complaint, id), r.q.RenameDeletes(ctx, name, id),
			r.q.RenameThread(ctx, name, row.Complaint, id), r.q.RenameWaits(ctx, name, id),
		} {
			if err != nil {
				return err
			}
		}
		row.ID, row.Was, names[id] = name, id, name
	}
	for i := range rows {
		row := &rows[i]
		row.Edits, row.Thread = cmp.Or(names[row.Edits], row.Edits), cmp.Or(names[row.Thread], row.Thread)
	}
	return nil
}

// inDoubt tells whether an unsettled row may be in its channel already.
func inDoubt(row db.Outbox) bool { return row.State == string(bot.InFlight) || row.Doubtful }

// remover queues the deletion of a row, unless there is one.
func (r *removing) remover(ctx context.Context, row db.Outbox) error {
	deleting, err := r.q.Deleting(ctx, row.ID)
	if err != nil || deleting {
		return err
	}
	o, err := decode[bot.Outbound](row.Body)
	if err != nil {
		return err
	}
	r.n++
	return say(ctx, r.q, r.lane, r.now, bot.Outbound{
		ID: fmt.Sprint(r.turn, "/r", r.n), To: o.To, Class: bot.Notice, Complaint: o.Complaint, Edits: row.ID, Delete: true, About: removal,
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
