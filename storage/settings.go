package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/storage/db"
)

// Setting gives the value kept under the name; empty if there is none.
func (s *Store) Setting(ctx context.Context, name string) (string, error) {
	v, err := s.read.Setting(ctx, plain(name))
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err == nil {
		v, err = exact(v)
	}
	if err != nil {
		return "", fmt.Errorf("read setting %s: %w", name, err)
	}
	return v, nil
}

// SetSetting keeps a value under a name, in place of the one before.
func (s *Store) SetSetting(ctx context.Context, name, value string) error {
	return s.exec(ctx, "keep setting "+name, func(ctx context.Context, q *db.Queries) error {
		return q.SaveSetting(ctx, plain(name), plain(value))
	})
}

// SavePack keeps the text of a policy pack for good: complaints name it by
// its hash. A hash kept already is left as it is.
func (s *Store) SavePack(ctx context.Context, hash, name, version, text string) error {
	return s.exec(ctx, "keep pack "+hash, func(ctx context.Context, q *db.Queries) error {
		return q.SavePack(ctx, db.SavePackParams{Hash: hash, Name: plain(name), Version: plain(version), Body: plain(text)})
	})
}

// Packs gives the texts of all packs ever kept, by hash.
func (s *Store) Packs(ctx context.Context) (map[string]string, error) {
	rows, err := s.read.Packs(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the packs: %w", err)
	}
	packs := make(map[string]string, len(rows))
	for _, r := range rows {
		if packs[r.Hash], err = exact(r.Body); err != nil {
			return nil, fmt.Errorf("read pack %s: %w", r.Hash, err)
		}
	}
	return packs, nil
}

// SaveDialog keeps what a member of staff wrote in a dialog, between its
// preview and its sending. The same id again takes its place.
func (s *Store) SaveDialog(ctx context.Context, id string, by bot.StaffID, complaint bot.Ref, body string, at time.Time) error {
	return s.exec(ctx, "keep dialog "+id, func(ctx context.Context, q *db.Queries) error {
		return q.SaveDialog(ctx, db.SaveDialogParams{
			ID: plain(id), ByWhom: plain(string(by)), Complaint: plain(string(complaint)), Body: plain(body), At: ms(at),
		})
	})
}

// Dialog gives what SaveDialog kept; false if it kept nothing under the id.
func (s *Store) Dialog(ctx context.Context, id string) (by bot.StaffID, complaint bot.Ref, body string, ok bool, err error) {
	row, err := s.read.Dialog(ctx, plain(id))
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", "", false, nil
	}
	if err == nil {
		err = restore(&row.ByWhom, &row.Complaint, &row.Body)
	}
	if err != nil {
		return "", "", "", false, fmt.Errorf("read dialog %s: %w", id, err)
	}
	return bot.StaffID(row.ByWhom), bot.Ref(row.Complaint), row.Body, true, nil
}

// EraseWords erases what was said in the events of a complaint. The events
// stay, and so does the chain: it is made of the words' digests.
func (s *Store) EraseWords(ctx context.Context, ref bot.Ref) error {
	return s.exec(ctx, "erase the words of complaint "+string(ref), func(ctx context.Context, q *db.Queries) error {
		return q.EraseWords(ctx, string(ref))
	})
}

func (s *Store) exec(ctx context.Context, what string, do func(context.Context, *db.Queries) error) error {
	err := s.w.inTx(ctx, func(ctx context.Context, q *db.Queries) (bool, error) { return false, do(ctx, q) })
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// restore undoes plain in place.
func restore(texts ...*string) (err error) {
	for _, t := range texts {
		if *t, err = exact(*t); err != nil {
			return err
		}
	}
	return nil
}
