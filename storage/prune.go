package storage

import (
	"context"
	"fmt"
	"time"

	"github.com/heedbot/heed/storage/db"
)

// pruned is how many inputs are blanked in one transaction.
const pruned = 500

// Prune forgets what was kept only to get work done: dialogs saved before the
// instant, and the bodies of inputs whose turn was done before it. Their keys
// stay, so that a repetition is still known; what waits or was set aside stays
// whole.
func (s *Store) Prune(ctx context.Context, before time.Time) error {
	err := s.exec(ctx, "forget old dialogs", func(ctx context.Context, q *db.Queries) error {
		return q.ForgetDialogs(ctx, ms(before))
	})
	if err != nil {
		return err
	}
	from := db.InputsToBlankParams{Before: ms(before), Most: pruned}
	for {
		rows, err := s.read.InputsToBlank(ctx, from)
		if err != nil {
			return fmt.Errorf("look for old inputs: %w", err)
		}
		if len(rows) == 0 {
			return nil
		}
		err = s.exec(ctx, "blank old inputs", func(ctx context.Context, q *db.Queries) error {
			for _, r := range rows {
				if err := q.BlankInput(ctx, r.Channel, r.Account, r.Key); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		last := rows[len(rows)-1]
		from.Channel, from.Account, from.Key = last.Channel, last.Account, last.Key
	}
}
