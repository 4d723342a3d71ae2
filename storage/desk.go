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

// EvidenceOf lists a complaint's files, oldest first.
func (s *Store) EvidenceOf(ctx context.Context, ref bot.Ref) ([]bot.Evidence, error) {
	rows, err := s.read.EvidenceOfComplaint(ctx, string(ref))
	if err != nil {
		return nil, fmt.Errorf("read the evidence of complaint %s: %w", ref, err)
	}
	return decodeAll[bot.Evidence](rows)
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
		data, err := decode[map[string]string](r.Data)
		if err == nil {
			err = restore(&r.ByWhom, &r.Words)
		}
		if err != nil {
			return nil, fmt.Errorf("read event %d of complaint %s: %w", r.N, ref, err)
		}
		es = append(es, bot.Event{
			Complaint: bot.Ref(r.Complaint), N: int(r.N), At: time.UnixMilli(r.At).UTC(), Noted: time.UnixMilli(r.Noted).UTC(),
			Kind: bot.EventKind(r.Kind), By: r.ByWhom, Data: data, Words: r.Words, Digest: r.Digest, Prev: r.Prev, Hash: r.Hash,
		})
	}
	return es, nil
}

// LastWords gives the customer's newest words in a complaint; empty if there
// are none.
func (s *Store) LastWords(ctx context.Context, ref bot.Ref) (string, error) {
	w, err := s.read.LastWords(ctx, string(ref))
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err == nil {
		w, err = exact(w)
	}
	if err != nil {
		return "", fmt.Errorf("read the last words of complaint %s: %w", ref, err)
	}
	return w, nil
}

// Mine lists the open complaints assigned to a member of staff, oldest first.
func (s *Store) Mine(ctx context.Context, staff bot.StaffID) (cs []bot.Complaint, err error) {
	err = s.snapshot(ctx, func(q *db.Queries) error {
		rows, err := q.ComplaintsOfStaff(ctx, plain(string(staff)))
		if err != nil {
			return err
		}
		promises, err := q.PromisesOfStaff(ctx, plain(string(staff)))
		if err != nil {
			return err
		}
		cs, err = assemble(rows, promises)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the complaints of %s: %w", staff, err)
	}
	return cs, nil
}

// OpenByStage counts the open complaints at each stage.
func (s *Store) OpenByStage(ctx context.Context) (map[bot.Stage]int, error) {
	rows, err := s.read.PendingByStage(ctx)
	if err != nil {
		return nil, fmt.Errorf("count the open complaints: %w", err)
	}
	stages := make(map[bot.Stage]int, len(rows))
	for _, r := range rows {
		stages[bot.Stage(r.Stage)] = int(r.Many)
	}
	return stages, nil
}

// Out is a message to a customer and what became of it.
type Out struct {
	ID       string
	At       time.Time // when it was written
	State    bot.State
	Accepted time.Time // when the platform took it; zero if it has not
	Why      string    // of failed
	Text     string
	By       bot.StaffID // empty for the program
	About    string
}

// OutOf lists all messages to the customer about a complaint, oldest first.
func (s *Store) OutOf(ctx context.Context, ref bot.Ref) ([]Out, error) {
	rows, err := s.read.OutOf(ctx, string(ref))
	if err != nil {
		return nil, fmt.Errorf("read the messages of complaint %s: %w", ref, err)
	}
	var outs []Out
	for _, r := range rows {
		o, err := decode[bot.Outbound](r.Body)
		if err == nil {
			err = restore(&r.Why)
		}
		if err != nil {
			return nil, fmt.Errorf("read message %s: %w", r.ID, err)
		}
		outs = append(outs, Out{
			ID: r.ID, At: instant(r.SaidAt), State: bot.State(r.State), Accepted: instant(r.AcceptedAt), Why: r.Why,
			Text: o.Message.Text, By: o.By, About: o.About,
		})
	}
	return outs, nil
}

// CardOf gives the Slack channel and timestamp of a complaint's card; empty
// while it is not posted.
func (s *Store) CardOf(ctx context.Context, ref bot.Ref) (channel, ts string, err error) {
	row, err := s.read.CardOf(ctx, plain(string(ref)))
	if errors.Is(err, sql.ErrNoRows) || err == nil && row.PlatformID == "" {
		return "", "", nil
	}
	if err != nil {
		return "", "", fmt.Errorf("find the card of complaint %s: %w", ref, err)
	}
	return row.Chat, row.PlatformID, nil
}
