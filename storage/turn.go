package storage

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/storage/db"
)

// Turn implements turn.Store. The situation comes with a fresh Seed and
// without Staff and Features, which decide fills in. Decide runs inside the
// one write transaction: it must not call the store, and others wait for it.
func (s *Store) Turn(ctx context.Context, lane bot.Lane, now time.Time, decide func(bot.Situation) (bot.Turn, error)) (bool, error) {
	took := false
	err := s.w.inTx(ctx, func(ctx context.Context, q *db.Queries) (bool, error) {
		in, ok, err := next(ctx, q, lane, now)
		if err != nil || !ok {
			return false, err
		}
		sit, err := situation(ctx, q, lane, in, now)
		if err != nil {
			return false, err
		}
		t, err := decide(sit)
		if err != nil {
			return false, err
		}
		if err := finish(ctx, q, lane, in, now); err != nil {
			return false, err
		}
		if err := save(ctx, q, sit, t); err != nil {
			return false, err
		}
		took = true
		return true, nil
	})
	if err != nil {
		return false, fmt.Errorf("turn in lane %s: %w", lane.Hidden(), err)
	}
	return took, nil
}

// finish marks the input done. It comes before the turn is saved, so that a
// timer may set itself anew.
func finish(ctx context.Context, q *db.Queries, lane bot.Lane, in bot.Input, now time.Time) error {
	if in.Kind == bot.InTimer {
		return q.StopTimer(ctx, string(lane), in.Timer.Key)
	}
	return q.InputDone(ctx, db.InputDoneParams{
		DoneAt: dueMS(now), Channel: plain(string(in.Channel)), Account: plain(in.Account), Key: plain(in.Key),
	})
}

func situation(ctx context.Context, q *db.Queries, lane bot.Lane, in bot.Input, now time.Time) (bot.Situation, error) {
	sit := bot.Situation{Input: in, Now: now, Lane: lane}
	if _, err := rand.Read(sit.Seed[:]); err != nil {
		return sit, err
	}
	var err error
	if sit.N, err = q.BeginTurn(ctx, string(lane)); err != nil {
		return sit, err
	}
	if id := lane.Customer(); id != "" {
		if sit.Customer, _, err = loadCustomer(ctx, q, id); err != nil {
			return sit, err
		}
		sit.Customer.ID = id
		if sit.Complaints, err = complaintsOf(ctx, q, id); err != nil {
			return sit, err
		}
		files, err := q.EvidenceOfCustomer(ctx, string(id))
		if err != nil {
			return sit, err
		}
		if sit.Evidence, err = decodeAll[bot.Evidence](files); err != nil {
			return sit, err
		}
	}
	if sit.Pressed, err = pressed(ctx, q, in); err != nil {
		return sit, err
	}
	sit.Out, err = about(ctx, q, lane, in)
	return sit, err
}

// pressed is the token in the input: a button's, or a link code in the words
// or behind the command of a message.
func pressed(ctx context.Context, q *db.Queries, in bot.Input) (*bot.Token, error) {
	if in.Token != "" || in.Kind != bot.InMessage {
		return tokenOf(ctx, q, in.Token)
	}
	for _, words := range []string{in.Argument, in.Text} {
		code, ok := bot.ParseCode(words)
		if !ok {
			continue
		}
		if k, err := tokenOf(ctx, q, code); k != nil || err != nil {
			return k, err
		}
	}
	return nil, nil
}

func tokenOf(ctx context.Context, q *db.Queries, token string) (*bot.Token, error) {
	if token == "" {
		return nil, nil
	}
	row, err := q.Token(ctx, plain(token))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	action, err := decode[bot.Action](row.Action)
	return &bot.Token{Token: token, Customer: bot.CustomerID(row.Customer), Action: action}, err
}

// about is the message that a settlement or an act is about. An act may only
// name one of its own complaint, or one without a complaint of its own
// customer.
func about(ctx context.Context, q *db.Queries, lane bot.Lane, in bot.Input) (*bot.Outbound, error) {
	var id string
	switch {
	case in.Settled != nil:
		id = in.Settled.Out
	case in.Act != nil:
		id = in.Act.Out
	}
	if id == "" {
		return nil, nil
	}
	row, err := q.Out(ctx, plain(id))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if act := in.Act; act != nil {
		theirs := row.Complaint != "" || lane != bot.DeskLane && row.TurnLane == string(lane)
		if row.Complaint != string(act.Complaint) || !theirs {
			return nil, nil
		}
	}
	o, err := decode[bot.Outbound](row.Body)
	return &o, err
}

// save adopts first, so that the turn's own rows stand above the adopted ones,
// voids link codes before it makes new ones, and removes before it says: what
// the turn says of what it removes is said of what is posted anew, or not at all.
func save(ctx context.Context, q *db.Queries, sit bot.Situation, t bot.Turn) error {
	lane, now := sit.Lane, sit.Now
	if err := adopt(ctx, q, lane, &t); err != nil {
		return err
	}
	if t.Customer != nil {
		if err := saveCustomer(ctx, q, *t.Customer); err != nil {
			return fmt.Errorf("save the customer: %w", err)
		}
	}
	for _, c := range t.Complaints {
		if err := saveComplaint(ctx, q, c); err != nil {
			return fmt.Errorf("save complaint %s: %w", c.Ref, err)
		}
	}
	for _, e := range t.Events {
		if err := saveEvent(ctx, q, e); err != nil {
			return fmt.Errorf("add event %d of complaint %s: %w", e.N, e.Complaint, err)
		}
	}
	for _, ref := range t.Void {
		if err := void(ctx, q, ref); err != nil {
			return fmt.Errorf("void the link codes of complaint %s: %w", ref, err)
		}
	}
	for _, k := range t.Tokens {
		action, err := encode(k.Action)
		if err != nil {
			return err
		}
		if err := q.SaveToken(ctx, k.Token, string(k.Customer), action); err != nil {
			return fmt.Errorf("save a token: %w", err)
		}
	}
	for i, e := range t.Evidence {
		if err := saveEvidence(ctx, q, e, i, now); err != nil {
			return fmt.Errorf("save evidence %s: %w", e.ID, err)
		}
	}
	if err := saveTimers(ctx, q, lane, t); err != nil {
		return err
	}
	turn := string(lane) + "/" + strconv.FormatInt(sit.N, 10)
	if err := pass(ctx, q, turn, now, t.Pass); err != nil {
		return fmt.Errorf("pass inputs on: %w", err)
	}
	moved, err := remove(ctx, q, lane, turn, now, t.Remove)
	if err != nil {
		return fmt.Errorf("take posts out of a channel: %w", err)
	}
	for _, o := range among(t.Say, moved) {
		if err := say(ctx, q, lane, now, o); err != nil {
			return fmt.Errorf("queue message %s: %w", o.ID, err)
		}
	}
	return nil
}

// saveTimers stops before it sets: a turn may do both to one key.
func saveTimers(ctx context.Context, q *db.Queries, lane bot.Lane, t bot.Turn) error {
	for _, key := range t.Stop {
		if err := q.StopTimer(ctx, string(lane), key); err != nil {
			return fmt.Errorf("stop timer %s: %w", key, err)
		}
	}
	for _, timer := range t.Set {
		body, err := encode(timer)
		if err == nil {
			err = q.SetTimer(ctx, db.SetTimerParams{Lane: string(lane), Key: timer.Key, DueAt: dueMS(timer.Due), Body: body})
		}
		if err != nil {
			return fmt.Errorf("set timer %s: %w", timer.Key, err)
		}
	}
	return nil
}
