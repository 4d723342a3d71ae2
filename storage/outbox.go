package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/delivery"
	"github.com/heedbot/heed/storage/db"
)

const (
	atOnce  = 1 // due_at of a row that can be sent now
	waiting = 0 // due_at of a row that waits for another
)

const (
	kindMessage = "message"
	kindUpload  = "upload"
	kindPost    = "post"
	kindDelete  = "delete"
	// copied is what a message is about that must reach another channel than
	// the desk's: whoever is to see it there would not know what they miss.
	copied = "copy"
)

func kindOf(o bot.Outbound) (string, error) {
	kind, n := "", 0
	for name, set := range map[string]bool{
		kindMessage: o.Message != nil, "toast": o.Toast != nil, kindPost: o.Post != nil,
		kindUpload: o.Upload != nil, "private": o.Private != nil, kindDelete: o.Delete,
	} {
		if set {
			kind = name
			n++
		}
	}
	if n != 1 {
		return "", fmt.Errorf("it holds %d things to send, not one", n)
	}
	return kind, nil
}

// say queues a message at the end of its lane. An edit takes the place of an
// earlier one of the same message that nobody has begun to send. One of a
// message that has been removed is dropped.
func say(ctx context.Context, q *db.Queries, lane bot.Lane, now time.Time, o bot.Outbound) error {
	if o.ID == "" {
		return errNoID
	}
	kind, err := kindOf(o)
	if err != nil {
		return err
	}
	body, err := encode(o)
	if err != nil {
		return err
	}
	owner, err := settleLane(ctx, q, lane, o)
	if err != nil {
		return err
	}
	if o.Edits != "" && !o.Delete && o.To.Channel == bot.Slack {
		if removed, err := q.Removed(ctx, o.Edits); removed || err != nil {
			return err
		}
	}
	if o.Edits != "" {
		if err := dropEdits(ctx, q, o.Edits); err != nil {
			return err
		}
	}
	busy, err := q.LaneBusy(ctx, string(o.Lane()))
	if err != nil {
		return err
	}
	n, err := q.Number(ctx, string(o.Lane()))
	if err != nil {
		return err
	}
	row := db.SayParams{
		ID: o.ID, Lane: string(o.Lane()), N: n, TurnLane: string(owner), Complaint: string(o.Complaint),
		Channel: string(o.To.Channel), Chat: o.To.Chat, Kind: kind, Class: string(o.Class), Thread: o.Thread, Edits: o.Edits,
		SaidAt: ms(now), DueAt: atOnce, Body: body,
	}
	if busy {
		row.DueAt = waiting
	}
	if !o.Expires.IsZero() {
		row.ExpiresAt = dueMS(o.Expires)
	}
	return q.Say(ctx, row)
}

// settleLane is the lane that is to know how the message's delivery ended.
func settleLane(ctx context.Context, q *db.Queries, lane bot.Lane, o bot.Outbound) (bot.Lane, error) {
	told := o.Walled || o.Delete || len(o.Hidden) > 0 // whose complaint it is, whoever posts it
	switch {
	case told && o.Complaint != "":
		if owner, err := ownerLane(q.CustomerOfComplaint(ctx, string(o.Complaint))); owner != bot.DeskLane || err != nil {
			return owner, err
		}
		return lane, nil
	case lane.Customer() != "" || o.To.Channel == bot.Slack && o.Upload == nil:
		return lane, nil
	case o.Complaint != "":
		return ownerLane(q.CustomerOfComplaint(ctx, string(o.Complaint)))
	}
	return ownerLane(q.CustomerOfChat(ctx, string(o.To.Channel), plain(o.To.Account), plain(o.To.Chat)))
}

func dropEdits(ctx context.Context, q *db.Queries, edits string) error {
	dropped, err := q.DropEdits(ctx, edits)
	if err != nil {
		return err
	}
	for _, d := range dropped {
		if err := release(ctx, q, d.ID, d.Lane); err != nil {
			return err
		}
	}
	return nil
}

// release lets go on what waited for a row: the next of its lane, and those
// that name it.
func release(ctx context.Context, q *db.Queries, id, lane string) error {
	if err := q.WakeWaiting(ctx, id); err != nil {
		return err
	}
	return q.WakeHead(ctx, lane)
}

// Claim implements delivery.Store. A message that names another, in whose
// thread it goes or which it edits, waits until that one is settled.
func (s *Store) Claim(ctx context.Context, lane bot.Lane, now, until time.Time) (out bot.Sending, ok bool, err error) {
	err = s.w.inTx(ctx, func(ctx context.Context, q *db.Queries) (bool, error) {
		wakes := false
		for {
			row, err := q.Head(ctx, string(lane))
			if errors.Is(err, sql.ErrNoRows) || err == nil && row.DueAt > ms(now) {
				return wakes, nil
			}
			if err != nil {
				return false, err
			}
			if row.Class == string(bot.Fleeting) && row.ExpiresAt > 0 && row.ExpiresAt <= ms(now) {
				err := settle(ctx, q, row, bot.Settlement{Out: row.ID, State: bot.Failed, At: now, Why: "expired"})
				if err != nil {
					return false, err
				}
				wakes = true
				continue
			}
			end, back, err := condemned(ctx, q, row)
			switch {
			case err != nil:
				return false, err
			case end != nil:
				end.At = now
				if err := settle(ctx, q, row, *end); err != nil {
					return false, err
				}
				wakes = true
				continue
			}
			out, ok, err = lease(ctx, q, row, until)
			out.TakenBack = back
			return wakes, err
		}
	})
	if err != nil {
		return bot.Sending{}, false, fmt.Errorf("claim the head of lane %s: %w", lane.Hidden(), err)
	}
	return out, ok, nil
}

func lease(ctx context.Context, q *db.Queries, row db.Outbox, until time.Time) (bot.Sending, bool, error) {
	thread, settled, err := platformID(ctx, q, row, row.Thread)
	if err != nil {
		return bot.Sending{}, false, err
	}
	if !settled {
		return bot.Sending{}, false, q.Await(ctx, row.Thread, row.ID)
	}
	edit, settled, err := platformID(ctx, q, row, row.Edits)
	if err != nil {
		return bot.Sending{}, false, err
	}
	if !settled {
		return bot.Sending{}, false, q.Await(ctx, row.Edits, row.ID)
	}
	o, err := decode[bot.Outbound](row.Body)
	if err != nil {
		return bot.Sending{}, false, err
	}
	doubt := row.Doubtful || row.State == string(bot.InFlight)
	if err := q.Lease(ctx, dueMS(until), doubt, row.ID); err != nil {
		return bot.Sending{}, false, err
	}
	return bot.Sending{
		Outbound: o, Attempts: int(row.Attempts) + 1, Doubtful: doubt, ThreadID: thread, EditID: edit,
	}, true, nil
}

// platformID is the platform's id of the message a row names. It is empty
// where that one never arrived, and false while it is not settled. A row that
// names itself or one behind it in its own lane would wait for ever: it does
// not wait.
func platformID(ctx context.Context, q *db.Queries, row db.Outbox, named string) (id string, settled bool, err error) {
	if named == "" {
		return "", true, nil
	}
	n, err := q.Out(ctx, named)
	if errors.Is(err, sql.ErrNoRows) {
		return "", true, nil
	}
	if err != nil {
		return "", false, err
	}
	ahead := n.Lane != row.Lane || n.N < row.N
	return n.PlatformID, n.SettledAt > 0 || !ahead, nil
}

// Settle implements delivery.Store. It does nothing to a row that is settled,
// but for one: what was possibly sent may be found to be sent or failed.
func (s *Store) Settle(ctx context.Context, lane bot.Lane, st bot.Settlement) error {
	err := s.w.inTx(ctx, func(ctx context.Context, q *db.Queries) (bool, error) {
		if st.State != bot.Sent && st.State != bot.Possibly && st.State != bot.Failed {
			return false, fmt.Errorf("%q is not the end of a delivery", st.State)
		}
		row, err := claimed(ctx, q, lane, st.Out)
		if err != nil {
			return false, err
		}
		if row.Lane != string(lane) {
			return false, errors.New("it is in another lane")
		}
		if row.SettledAt > 0 && (row.State != string(bot.Possibly) || st.State == bot.Possibly) {
			return false, nil
		}
		return true, settle(ctx, q, row, st)
	})
	if err != nil {
		return fmt.Errorf("settle message %s: %w", st.Out, err)
	}
	return nil
}

func settle(ctx context.Context, q *db.Queries, row db.Outbox, st bot.Settlement) error {
	end := db.SettleOutParams{ID: row.ID, State: string(st.State), SettledAt: dueMS(st.At), Why: plain(st.Why)}
	if st.State == bot.Sent {
		end.AcceptedAt = ms(st.At)
	}
	if len(st.Platform) > 0 {
		end.PlatformID = st.Platform[0]
	}
	var err error
	if end.Platform, err = encode(st.Platform); err != nil {
		return err
	}
	if err := q.SettleOut(ctx, end); err != nil {
		return err
	}
	if err := release(ctx, q, row.ID, row.Lane); err != nil {
		return err
	}
	if st.State == bot.Sent && row.Kind != kindDelete && row.Edits != "" && end.PlatformID != "" {
		if err := q.TakePlace(ctx, end.PlatformID, row.Edits); err != nil {
			return err
		}
	}
	said := row.Channel != string(bot.Slack) && row.Kind == kindMessage
	lost := row.Kind != kindMessage && st.State != bot.Sent
	if !said && !lost {
		return nil
	}
	o, err := decode[bot.Outbound](row.Body)
	if err != nil {
		return err
	}
	if lost {
		if told, err := tellsLoss(ctx, q, row, o, st.Why); !told || err != nil {
			return err
		}
	}
	again, err := q.Moves(ctx, row.ID)
	if err != nil {
		return err
	}
	key := row.ID + "/" + string(st.State)
	if again > 0 { // the id has had an end before
		key = fmt.Sprint(key, "/", again)
	}
	st.Complaint, st.Counts, st.By, st.About, st.Class = o.Complaint, o.Counts, o.By, o.About, o.Class
	if o.Upload != nil {
		st.Evidence = o.Upload.Evidence
	}
	return keep(ctx, q, bot.Lane(row.TurnLane), bot.Arrival{Input: bot.Input{
		Key: key, Channel: settledChannel, Kind: bot.InSettled, At: st.At, Settled: &st,
	}}, kept{})
}

// tellsLoss tells whether a turn is to know that something did not surely
// arrive that was not said to a customer: a file or a copy, a deletion, and what
// someone would have seen whom it is kept from.
func tellsLoss(ctx context.Context, q *db.Queries, row db.Outbox, o bot.Outbound, why string) (bool, error) {
	switch {
	case why == delivery.WhyTakenBack, row.Was != "": // it is elsewhere now
		return false, nil
	case why == delivery.WhyWatched, o.Delete:
		return true, nil
	case o.Upload == nil && (o.About != copied || o.Edits != ""):
		return false, nil
	}
	removed, err := gone(ctx, q, row)
	return !removed, err
}

// Hold implements delivery.Store.
func (s *Store) Hold(ctx context.Context, lane bot.Lane, out string, until time.Time) error {
	return s.exec(ctx, "hold message "+out, func(ctx context.Context, q *db.Queries) error {
		row, err := claimed(ctx, q, lane, out)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		return q.HoldOut(ctx, dueMS(until), row.ID, string(lane))
	})
}

// Later implements delivery.Store.
func (s *Store) Later(ctx context.Context, lane bot.Lane, out string, at time.Time) error {
	err := s.w.inTx(ctx, func(ctx context.Context, q *db.Queries) (bool, error) {
		row, err := claimed(ctx, q, lane, out)
		if errors.Is(err, sql.ErrNoRows) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		return true, q.OutLater(ctx, dueMS(at), row.ID, string(lane))
	})
	if err != nil {
		return fmt.Errorf("put off message %s: %w", out, err)
	}
	return nil
}
