package storage

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/storage/db"
)

// How flows/casework names a measure of a customer: Timer.Round is its number
// where the kind begins so, and the key is the kind and the number; Option is
// it in the action of the button by which a customer asks for a review.
const (
	measureTimer = "measure_"
	reviewVerb   = "conduct_review"
)

// renumbered is what became of the numbers of an adopted customer's measures.
type renumbered map[int]int

// adopted is the customer that a turn saves which adopts the one of this state:
// the one it saves anyway, or as they were, with what must outlive the other.
func adopted(ctx context.Context, q *db.Queries, state string, to bot.CustomerID, saves *bot.Customer) (bot.Customer, renumbered, error) {
	theirs, err := decode[bot.Customer](state)
	if err != nil {
		return bot.Customer{}, nil, err
	}
	var ours bot.Customer
	if saves != nil {
		ours = *saves
	} else if ours, _, err = loadCustomer(ctx, q, to); err != nil {
		return bot.Customer{}, nil, err
	}
	ours.ID = to
	merged, numbers := merge(ours, theirs)
	return merged, numbers, adoptInforms(ctx, q, theirs, to)
}

// merge gives the customer with the other's flags and steps, what staff have
// not been shown of theirs, and what they are informed of. A number that both
// have given stays the customer's; the other's becomes the next that is free.
func merge(c, other bot.Customer) (bot.Customer, renumbered) {
	flags := renumber(c.Flags, other.Flags, func(f bot.Flag) int { return f.N })
	steps := renumber(c.Steps, other.Steps, func(m bot.Step) int { return m.N })
	c.Flags, c.Steps, c.Informs, c.Unshown = slices.Clone(c.Flags), slices.Clone(c.Steps), slices.Clone(c.Informs), maps.Clone(c.Unshown)
	for _, f := range other.Flags {
		f.N = flags[f.N]
		c.Flags = append(c.Flags, f)
	}
	for _, m := range other.Steps {
		m.N = steps[m.N]
		if n, ok := flags[m.Flag]; ok {
			m.Flag = n
		}
		c.Steps = append(c.Steps, m)
	}
	slices.SortStableFunc(c.Flags, func(a, b bot.Flag) int { return cmp.Or(a.At.Compare(b.At), a.N-b.N) })
	slices.SortStableFunc(c.Steps, func(a, b bot.Step) int { return cmp.Or(a.At.Compare(b.At), a.N-b.N) })
	for ref, held := range other.Unshown {
		if c.Unshown == nil {
			c.Unshown = map[bot.Ref]bot.Held{}
		}
		ours := c.Unshown[ref]
		c.Unshown[ref] = bot.Held{Parts: slices.Concat(held.Parts, ours.Parts), Files: slices.Concat(held.Files, ours.Files)}
	}
	for _, ref := range other.Informs {
		if !slices.Contains(c.Informs, ref) {
			c.Informs = append(c.Informs, ref)
		}
	}
	return c, steps
}

// walledFirst is the first number of what is walled: those are counted apart,
// as flows/conduct does.
const walledFirst = 1001

// renumber finds numbers for theirs that neither they nor ours have, in the same
// of the two ranges.
func renumber[T any](ours, theirs []T, number func(T) int) renumbered {
	top, taken := [2]int{0, walledFirst - 1}, map[int]bool{}
	in := func(n int) int {
		if n >= walledFirst {
			return 1
		}
		return 0
	}
	for _, x := range slices.Concat(ours, theirs) {
		n := number(x)
		top[in(n)] = max(top[in(n)], n)
	}
	for _, x := range ours {
		taken[number(x)] = true
	}
	now := renumbered{}
	for _, x := range theirs {
		n := number(x)
		now[n] = n
		if taken[n] {
			top[in(n)]++
			now[n] = top[in(n)]
		}
	}
	return now
}

// adoptInforms names the adopter in the complaints of others that the adopted
// is kept informed of.
func adoptInforms(ctx context.Context, q *db.Queries, adopted bot.Customer, to bot.CustomerID) error {
	for _, ref := range adopted.Informs {
		row, err := q.Complaint(ctx, plain(string(ref)))
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return err
		}
		c, err := decode[bot.Complaint](row.State)
		if err != nil {
			return err
		}
		if c.Mandate == nil || c.Mandate.Informed == nil || c.Mandate.Informed.Customer != adopted.ID {
			continue
		}
		c.Mandate.Informed.Customer = to
		state, err := encode(c)
		if err != nil {
			return err
		}
		if err := q.MoveComplaint(ctx, row.Customer, state, row.Ref); err != nil {
			return err
		}
	}
	return nil
}

// moveToken gives a button to the adopter, for the measure it was made for.
func (n renumbered) moveToken(ctx context.Context, q *db.Queries, row db.TokensToMoveRow, a bot.Action, to bot.CustomerID) error {
	was, err := strconv.Atoi(a.Option)
	if now, ok := n[was]; err == nil && ok && now != was && a.Verb == reviewVerb {
		a.Option = strconv.Itoa(now)
	}
	action, err := encode(a)
	if err != nil {
		return err
	}
	return q.MoveToken(ctx, string(to), action, row.Token)
}

// renameTimers gives the timers of measures their new numbers.
func (n renumbered) renameTimers(ctx context.Context, q *db.Queries, from bot.Lane) error {
	rows, err := q.TimersOf(ctx, string(from))
	if err != nil {
		return err
	}
	for _, r := range rows {
		t, err := decode[bot.Timer](r.Body)
		if err != nil {
			return err
		}
		now, ok := n[t.Round]
		if !ok || now == t.Round || !strings.HasPrefix(t.Kind, measureTimer) || t.Key != t.Kind+":"+strconv.Itoa(t.Round) {
			continue
		}
		t.Round, t.Key = now, t.Kind+":"+strconv.Itoa(now)
		body, err := encode(t)
		if err != nil {
			return err
		}
		if err := q.StopTimer(ctx, string(from), r.Key); err != nil {
			return err
		}
		if err := q.SetTimer(ctx, db.SetTimerParams{Lane: string(from), Key: t.Key, DueAt: r.DueAt, Body: body}); err != nil {
			return err
		}
	}
	return nil
}
