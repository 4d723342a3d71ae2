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

// Complaint gives a complaint and its customer; false if there is none of
// that reference.
func (s *Store) Complaint(ctx context.Context, ref bot.Ref) (c bot.Complaint, owner bot.Customer, ok bool, err error) {
	err = s.snapshot(ctx, func(q *db.Queries) error {
		row, err := q.Complaint(ctx, plain(string(ref)))
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		promises, err := q.PromisesOf(ctx, row.Ref)
		if err != nil {
			return err
		}
		cs, err := assemble([]db.Complaint{row}, promises)
		if err != nil {
			return err
		}
		c, ok = cs[0], true
		owner, _, err = loadCustomer(ctx, q, c.Customer)
		return err
	})
	if err != nil {
		return bot.Complaint{}, bot.Customer{}, false, fmt.Errorf("read complaint %s: %w", ref, err)
	}
	return c, owner, ok, nil
}

// EventsOf gives a complaint's whole history, in order, with the words that
// have not been erased.
func (s *Store) EventsOf(ctx context.Context, ref bot.Ref) ([]bot.Event, error) {
	rows, err := s.read.EventsOf(ctx, string(ref))
	if err != nil {
		return nil, fmt.Errorf("read the events of complaint %s: %w", ref, err)
	}
	var es []bot.Event
	for _, r := range rows {
		e, err := eventOf(r)
		if err != nil {
			return nil, err
		}
		es = append(es, e)
	}
	return es, nil
}

func eventOf(r db.EventsOfRow) (bot.Event, error) {
	data, err := decode[map[string]string](r.Data)
	if err == nil {
		err = restore(&r.ByWhom, &r.Words)
	}
	if err != nil {
		return bot.Event{}, fmt.Errorf("read event %d of complaint %s: %w", r.N, r.Complaint, err)
	}
	return bot.Event{
		Complaint: bot.Ref(r.Complaint), N: int(r.N), At: time.UnixMilli(r.At).UTC(), Noted: time.UnixMilli(r.Noted).UTC(),
		Kind: bot.EventKind(r.Kind), By: r.ByWhom, Data: data, Words: r.Words, Digest: r.Digest, Prev: r.Prev, Hash: r.Hash,
	}, nil
}
