package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/storage/db"
)

// saveEvidence saves a file's row. One that is newly wanted is due now; one
// that was wanted already keeps its next attempt.
func saveEvidence(ctx context.Context, q *db.Queries, e bot.Evidence, place int, now time.Time) error {
	if e.ID == "" {
		return errNoID
	}
	body, err := encode(e)
	if err != nil {
		return err
	}
	row := db.SaveEvidenceParams{
		ID: e.ID, Customer: string(e.Customer), Complaint: string(e.Complaint), State: e.State,
		At: ms(e.At), Place: int64(place), Body: body,
	}
	if e.State == bot.FileWanted {
		row.DueAt = max(ms(now), 1)
	}
	return q.SaveEvidence(ctx, row)
}

// Wanted implements evidence.Store. A file whose fetch has ended is not wanted
// any more, though the turn that records it may still wait.
func (s *Store) Wanted(ctx context.Context, id string) (bot.Evidence, int, bool, error) {
	row, err := s.read.WantedEvidence(ctx, id)
	if errors.Is(err, sql.ErrNoRows) {
		return bot.Evidence{}, 0, false, nil
	}
	if err == nil {
		var e bot.Evidence
		if e, err = decode[bot.Evidence](row.Body); err == nil {
			return e, int(row.Tries), true, nil
		}
	}
	return bot.Evidence{}, 0, false, fmt.Errorf("read evidence %s: %w", id, err)
}

// Fetched implements evidence.Store. It does nothing for a file that is not
// wanted any more.
func (s *Store) Fetched(ctx context.Context, f bot.Fetched, at time.Time) error {
	err := s.w.inTx(ctx, func(ctx context.Context, q *db.Queries) (bool, error) {
		row, err := q.WantedEvidence(ctx, f.Evidence)
		if errors.Is(err, sql.ErrNoRows) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if err := q.EvidenceFetched(ctx, f.Evidence); err != nil {
			return false, err
		}
		lane := bot.DeskLane
		if row.Customer != "" {
			lane = bot.TurnLane(bot.CustomerID(row.Customer))
		}
		return true, keep(ctx, q, lane, bot.Arrival{Input: bot.Input{
			Key: f.Evidence + "/" + strconv.FormatInt(ms(at), 10), Channel: fetchedChannel, Kind: bot.InFetched, At: at, Fetched: &f,
		}}, kept{})
	})
	if err != nil {
		return fmt.Errorf("end the fetch of evidence %s: %w", f.Evidence, err)
	}
	return nil
}

// FetchLater implements evidence.Store.
func (s *Store) FetchLater(ctx context.Context, id string, at time.Time) error {
	err := s.w.inTx(ctx, func(ctx context.Context, q *db.Queries) (bool, error) {
		_, err := q.EvidenceLater(ctx, dueMS(at), id)
		return true, err
	})
	if err != nil {
		return fmt.Errorf("put off the fetch of evidence %s: %w", id, err)
	}
	return nil
}
