package storage

import (
	"context"
	"fmt"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/storage/db"
)

// rankRow is the row of a wall that keeps a whole rank out. No person's id
// begins with a star.
func rankRow(r bot.Rank) string { return "*" + string(r) }

// wallRows are the rows of a wall; none where there is none.
func wallRows(w *bot.Wall) map[string]bool {
	if w == nil {
		return nil
	}
	rows := map[string]bool{rankRow(bot.RankAgent): true}
	if !w.Managers {
		rows[rankRow(bot.RankManager)] = true
	}
	for _, id := range w.Names() {
		rows[plain(string(id))] = true
	}
	return rows
}

// saveWall keeps the rows in step with the complaint: the gate reads by them.
func saveWall(ctx context.Context, q *db.Queries, c bot.Complaint) error {
	was, err := q.WallOf(ctx, string(c.Ref))
	if err != nil {
		return err
	}
	rows := wallRows(c.Wall)
	for _, staff := range was {
		if rows[staff] {
			delete(rows, staff)
		} else if err := q.DropWall(ctx, string(c.Ref), staff); err != nil {
			return err
		}
	}
	for staff := range rows {
		if err := q.SaveWall(ctx, string(c.Ref), staff); err != nil {
			return err
		}
	}
	return nil
}

// Home is a place where walled complaints are shown, with everyone whom one of
// them is kept from.
type Home struct {
	Chat   string // as bot.Complaint.Home: a Slack channel, people, or nowhere
	Hidden []bot.StaffID
}

// Homes lists where complaints are that are kept from someone, at whatever
// stage those are; bot.Nowhere too where nobody is hidden yet.
func (s *Store) Homes(ctx context.Context) ([]Home, error) {
	rows, err := s.read.WalledHomes(ctx, bot.Nowhere)
	if err != nil {
		return nil, fmt.Errorf("list where walled complaints are: %w", err)
	}
	var homes []Home
	for _, r := range rows {
		if err := restore(&r.Home, &r.Staff); err != nil {
			return nil, fmt.Errorf("list where walled complaints are: %w", err)
		}
		if n := len(homes); n == 0 || homes[n-1].Chat != r.Home {
			homes = append(homes, Home{Chat: r.Home})
		}
		if last := &homes[len(homes)-1]; r.Staff != "" {
			last.Hidden = append(last.Hidden, bot.StaffID(r.Staff))
		}
	}
	return homes, nil
}

// joined makes of one input, that someone is in a channel, an input for each
// complaint that is shown there and kept from them, and keeps those.
func joined(ctx context.Context, q *db.Queries, a bot.Arrival) (kept bool, err error) {
	rows, err := q.WalledIn(ctx, plain(a.Input.Person.ID), plain(a.Input.Chat))
	if err != nil {
		return false, err
	}
	for _, r := range rows {
		one := a
		one.Input.Ref = bot.Ref(r.Ref)
		one.Input.Key += "/" + r.Ref
		new, err := arrive(ctx, q, bot.TurnLane(bot.CustomerID(r.Customer)), one)
		if err != nil {
			return false, err
		}
		kept = kept || new
	}
	return kept, nil
}

// pass keeps the turn's inputs for the lanes of other complaints.
func pass(ctx context.Context, q *db.Queries, turn string, now time.Time, inputs []bot.Input) error {
	for i, in := range inputs {
		lane, err := ownerLane(q.CustomerOfComplaint(ctx, plain(string(in.Ref))))
		if err != nil {
			return err
		}
		if lane == bot.DeskLane {
			continue // there is no such complaint
		}
		in.Key = fmt.Sprint(turn, "/p", i)
		if in.Channel == "" {
			in.Channel = passedChannel
		}
		if in.At.IsZero() {
			in.At = now
		}
		if err := keep(ctx, q, lane, bot.Arrival{Input: in}, kept{}); err != nil {
			return err
		}
	}
	return nil
}
