package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/storage/db"
)

// linkVerb is the verb of a link code's action; informVerb of one for someone
// who is to be kept informed.
const (
	linkVerb   = "link"
	informVerb = "inform"
)

var errNoAdopter = errors.New("only a customer's lane can adopt another")

// adopt makes all that is another customer's this lane's customer's, and ends
// the other. What the other's state holds of measures and of what staff have
// not seen is added to the customer that the turn saves. It does nothing where
// there is no other. The other lane keeps its row: the ids of its messages hold
// its numbers, which must not come again.
func adopt(ctx context.Context, q *db.Queries, lane bot.Lane, t *bot.Turn) error {
	other, to := t.Adopt, lane.Customer()
	switch {
	case other == "" || other == to:
		return nil
	case to == "":
		return errNoAdopter
	}
	state, err := q.Customer(ctx, plain(string(other)))
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	merged, numbers, err := adopted(ctx, q, state, to, t.Customer)
	if err != nil {
		return err
	}
	t.Customer = &merged
	for _, step := range []struct {
		what string
		do   func(ctx context.Context, q *db.Queries, from, to bot.CustomerID) error
	}{
		{"inputs", adoptInputs}, // first: it locks the other lane
		{"complaints", adoptComplaints},
		{"evidence", adoptEvidence},
		{"tokens", numbers.adoptTokens},
		{"timers", numbers.adoptTimers},
		{"messages", func(ctx context.Context, q *db.Queries, from, to bot.CustomerID) error {
			return q.MoveOut(ctx, string(bot.TurnLane(to)), string(bot.TurnLane(from)))
		}},
		{"chats", func(ctx context.Context, q *db.Queries, from, to bot.CustomerID) error {
			return q.MoveChats(ctx, string(to), string(from))
		}},
		{"measures", func(ctx context.Context, q *db.Queries, from, _ bot.CustomerID) error {
			return saveConduct(ctx, q, bot.Customer{ID: from}) // none: the adopter's are saved with the turn
		}},
		{"place", func(ctx context.Context, q *db.Queries, from, _ bot.CustomerID) error {
			return q.DropCustomer(ctx, string(from))
		}},
	} {
		if err := step.do(ctx, q, other, to); err != nil {
			return fmt.Errorf("adopt a customer's %s: %w", step.what, err)
		}
	}
	return nil
}

// adoptInputs puts what waits behind the last of the adopter's, in its order.
func adoptInputs(ctx context.Context, q *db.Queries, from, to bot.CustomerID) error {
	theirs, err := q.Number(ctx, string(bot.TurnLane(from)))
	if err != nil {
		return err
	}
	last, err := q.NumberMore(ctx, string(bot.TurnLane(to)), theirs)
	if err != nil {
		return err
	}
	ours := last - theirs
	if err := q.MoveInputs(ctx, string(bot.TurnLane(to)), ours, string(bot.TurnLane(from))); err != nil {
		return err
	}
	return q.MoveInputsAside(ctx, string(bot.TurnLane(to)), ours, string(bot.TurnLane(from)))
}

func adoptComplaints(ctx context.Context, q *db.Queries, from, to bot.CustomerID) error {
	rows, err := q.ComplaintsOfCustomer(ctx, string(from))
	if err != nil {
		return err
	}
	for _, r := range rows {
		c, err := decode[bot.Complaint](r.State)
		if err != nil {
			return err
		}
		c.Customer = to
		state, err := encode(c)
		if err != nil {
			return err
		}
		if err := q.MoveComplaint(ctx, string(to), state, r.Ref); err != nil {
			return err
		}
	}
	return nil
}

func adoptEvidence(ctx context.Context, q *db.Queries, from, to bot.CustomerID) error {
	rows, err := q.EvidenceToMove(ctx, string(from))
	if err != nil {
		return err
	}
	for _, r := range rows {
		e, err := decode[bot.Evidence](r.Body)
		if err != nil {
			return err
		}
		e.Customer = to
		body, err := encode(e)
		if err != nil {
			return err
		}
		if err := q.MoveEvidence(ctx, string(to), body, r.ID); err != nil {
			return err
		}
	}
	return nil
}

// adoptTokens leaves out link codes: they have done their work.
func (n renumbered) adoptTokens(ctx context.Context, q *db.Queries, from, to bot.CustomerID) error {
	rows, err := q.TokensToMove(ctx, string(from))
	if err != nil {
		return err
	}
	for _, r := range rows {
		action, err := decode[bot.Action](r.Action)
		if err != nil {
			return err
		}
		if action.Verb == linkVerb {
			err = q.DropToken(ctx, r.Token)
		} else {
			err = n.moveToken(ctx, q, r, action, to)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// adoptTimers leaves out those whose key the adopter's lane has too.
func (n renumbered) adoptTimers(ctx context.Context, q *db.Queries, from, to bot.CustomerID) error {
	if err := n.renameTimers(ctx, q, bot.TurnLane(from)); err != nil {
		return err
	}
	if err := q.DropTimersInBoth(ctx, string(bot.TurnLane(from)), string(bot.TurnLane(to))); err != nil {
		return err
	}
	return q.MoveTimers(ctx, string(bot.TurnLane(to)), string(bot.TurnLane(from)))
}
