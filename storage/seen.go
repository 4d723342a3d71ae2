package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/storage/db"
)

// Seen reads for one member of staff. What is walled from them does not exist
// in any of its answers: a complaint kept from them is read by the same queries
// as one that there is none of, and gives the same answer.
type Seen struct {
	store        *Store
	viewer, rank string
	blind        bool
}

// As reads through someone's eyes: the one gate to what is read for a member of
// staff. Eyes of no rank see nothing at all.
func (s *Store) As(v bot.Sight) *Seen {
	known := v.Rank == bot.RankAgent || v.Rank == bot.RankManager || v.Rank == bot.RankSenior
	return &Seen{store: s, viewer: plain(string(v.Staff)), rank: rankRow(v.Rank), blind: !known}
}

// none tells whether there is nothing to see.
func (v *Seen) none(err error) bool {
	return errors.Is(err, sql.ErrNoRows) || err == nil && v.blind
}

// Complaint gives a complaint and its customer; false if there is none of that
// reference. The customer comes without their conversation, and without what is
// about a complaint that the viewer may not see.
func (v *Seen) Complaint(ctx context.Context, ref bot.Ref) (c bot.Complaint, owner bot.Customer, ok bool, err error) {
	err = v.store.snapshot(ctx, func(q *db.Queries) error {
		row, err := q.SeenComplaint(ctx, plain(string(ref)), v.viewer, v.rank)
		if v.none(err) {
			return nil
		}
		if err != nil {
			return err
		}
		promises, err := q.SeenPromises(ctx, row.Ref, v.viewer, v.rank)
		if err != nil {
			return err
		}
		cs, err := assemble([]db.Complaint{{Ref: row.Ref, State: row.State}}, promises)
		if err != nil {
			return err
		}
		state, err := q.SeenOwner(ctx, row.Ref, v.viewer, v.rank)
		if err != nil {
			return err
		}
		whole, err := decode[bot.Customer](state)
		if err != nil {
			return err
		}
		refs, err := q.SeenRefs(ctx, string(cs[0].Customer), v.viewer, v.rank)
		if err != nil {
			return err
		}
		c, owner, ok = cs[0], shown(whole, refs), true
		return nil
	})
	if err != nil {
		return bot.Complaint{}, bot.Customer{}, false, fmt.Errorf("read complaint %s: %w", ref, err)
	}
	return c, owner, ok, nil
}

// shown is what staff may know of a customer of whose complaints they see these.
func shown(c bot.Customer, refs []string) bot.Customer {
	seen := make(map[bot.Ref]bool, len(refs))
	for _, r := range refs {
		seen[bot.Ref(r)] = true
	}
	out := bot.Customer{
		ID: c.ID, Chat: c.Chat, Contact: c.Contact, Name: c.Name, Language: c.Language, Chosen: c.Chosen, Unreachable: c.Unreachable,
	}
	for _, f := range c.Flags {
		if seen[f.Complaint] {
			out.Flags = append(out.Flags, f)
		}
	}
	for _, m := range c.Steps {
		if seen[m.Complaint] {
			out.Steps = append(out.Steps, m)
		}
	}
	for ref, held := range c.Unshown {
		if !seen[ref] {
			continue
		}
		if out.Unshown == nil {
			out.Unshown = map[bot.Ref]bot.Held{}
		}
		out.Unshown[ref] = held
	}
	return out
}

// EvidenceOf lists a complaint's files, oldest first.
func (v *Seen) EvidenceOf(ctx context.Context, ref bot.Ref) ([]bot.Evidence, error) {
	rows, err := v.store.read.SeenEvidence(ctx, plain(string(ref)), v.viewer, v.rank)
	if err != nil {
		return nil, fmt.Errorf("read the evidence of complaint %s: %w", ref, err)
	}
	if v.blind {
		return nil, nil
	}
	return decodeAll[bot.Evidence](rows)
}

// LastWords gives the customer's newest words in a complaint; empty if there
// are none.
func (v *Seen) LastWords(ctx context.Context, ref bot.Ref) (string, error) {
	w, err := v.store.read.SeenLastWords(ctx, plain(string(ref)), v.viewer, v.rank)
	if v.none(err) {
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

// Mine lists the open complaints assigned to the viewer, oldest first.
func (v *Seen) Mine(ctx context.Context) (cs []bot.Complaint, err error) {
	err = v.store.snapshot(ctx, func(q *db.Queries) error {
		rows, err := q.SeenMine(ctx, v.viewer, v.viewer, v.rank)
		if err != nil {
			return err
		}
		promises, err := q.SeenPromisesOfMine(ctx, v.viewer, v.viewer, v.rank)
		if err != nil || v.blind {
			return err
		}
		mine := make([]db.Complaint, len(rows))
		for i, r := range rows {
			mine[i] = db.Complaint{Ref: r.Ref, State: r.State}
		}
		cs, err = assemble(mine, promises)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the complaints of a person: %w", err)
	}
	return cs, nil
}

// CardOf gives the Slack channel and timestamp of a complaint's card; empty
// while it is not posted.
func (v *Seen) CardOf(ctx context.Context, ref bot.Ref) (channel, ts string, err error) {
	row, err := v.store.read.SeenCard(ctx, plain(string(ref)), v.viewer, v.rank)
	if v.none(err) || err == nil && row.PlatformID == "" {
		return "", "", nil
	}
	if err != nil {
		return "", "", fmt.Errorf("find the card of complaint %s: %w", ref, err)
	}
	return row.Chat, row.PlatformID, nil
}
