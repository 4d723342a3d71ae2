package storage

import (
	"cmp"
	"context"
	"slices"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/delivery"
	"github.com/heedbot/heed/storage/db"
)

// pendingActions are the buttons (Button.Action in flows/casework) of posts that
// wait for staff: a prepared message to be recorded, and one of which nobody
// knows whether it arrived.
var pendingActions = []string{"record", "arrived", "resend"}

// anew is what was removed of a complaint and is posted once more, below its
// card.
type anew struct {
	card  string // outbox id
	posts []bot.Outbound
}

// inOrder sorts rows that are sorted by their lanes: those of a lane stay in
// their order, whatever the clock said, and lanes go by when each was said.
func inOrder(rows []db.Outbox) {
	said := make(map[string]int64, len(rows))
	for i, row := range rows {
		said[row.ID] = row.SaidAt
		if i > 0 && rows[i-1].Lane == row.Lane {
			said[row.ID] = max(row.SaidAt, said[rows[i-1].ID])
		}
	}
	slices.SortStableFunc(rows, func(a, b db.Outbox) int { return cmp.Compare(said[a.ID], said[b.ID]) })
}

// again makes of a complaint's rows what is posted anew: the posts and files
// that were not removed before, but for the card, its copies and what is below
// those.
func (r *removing) again(ctx context.Context, rows []db.Outbox, to bot.Again) ([]bot.Outbound, error) {
	newest := map[string]*bot.Post{}
	copies := map[string]bool{}
	said := make([]bot.Outbound, len(rows))
	for i, row := range rows {
		o, err := decode[bot.Outbound](row.Body)
		if err != nil {
			return nil, err
		}
		said[i] = o
		switch {
		case row.Edits == "" && o.About == copied:
			copies[row.ID] = true
		case row.Edits != "" && o.Post != nil && (row.State != string(bot.Failed) || row.Why != delivery.WhyRefused):
			newest[row.Edits] = o.Post
		}
	}
	var posts []bot.Outbound
	for i, row := range rows {
		o := said[i]
		if row.Edits != "" || row.Was != "" || row.ID == to.Thread || copies[row.ID] || copies[row.Thread] ||
			!o.Expires.IsZero() && o.Expires.Before(r.now) {
			continue
		}
		if deleted, err := r.q.Deleting(ctx, row.ID); err != nil {
			return nil, err
		} else if deleted {
			continue
		}
		if o.Post != nil {
			p := *cmp.Or(newest[row.ID], o.Post)
			p.Mention = nil
			o.Post = &p
		}
		if to.Pending && !pending(o.Post) {
			continue
		}
		o.To, o.Thread, o.Walled, o.Hidden = to.To, to.Thread, to.Walled, to.Hidden
		posts = append(posts, o)
	}
	return posts, nil
}

// pending tells whether a post waits for staff.
func pending(p *bot.Post) bool {
	return p != nil && slices.ContainsFunc(p.Blocks, func(b bot.Block) bool {
		return slices.ContainsFunc(b.Buttons, func(x bot.Button) bool { return slices.Contains(pendingActions, x.Action) })
	})
}

// among puts what is posted anew behind its card, or behind all where the card
// is not said, in no thread then. What is said of it before goes behind it; what is said under one
// of its ids takes its place.
func among(says []bot.Outbound, moved []anew) []bot.Outbound {
	said := map[string]bool{}
	for _, o := range says {
		said[o.ID] = true
	}
	waits := map[string]int{} // which of moved an id belongs to, until that is queued
	for i, m := range moved {
		moved[i].posts = slices.DeleteFunc(m.posts, func(o bot.Outbound) bool { return said[o.ID] })
		waits[m.card] = i
		for _, o := range moved[i].posts {
			waits[o.ID] = i
		}
	}
	var all []bot.Outbound
	done := make([]bool, len(moved))
	for _, o := range says {
		behind, ok := waits[cmp.Or(o.Edits, o.Thread)]
		if ok && o.To.Channel == bot.Slack && !done[behind] {
			moved[behind].posts = append(moved[behind].posts, o)
			continue
		}
		all = append(all, o)
		if i, ok := waits[o.ID]; ok && !done[i] && moved[i].card == o.ID {
			all, done[i] = append(all, moved[i].posts...), true
		}
	}
	for i, m := range moved {
		if done[i] {
			continue
		}
		for _, o := range m.posts {
			if _, ours := waits[o.ID]; ours {
				o.Thread = "" // there is none
			}
			all = append(all, o)
		}
	}
	return all
}

// claimed is the row that a courier of the lane means by an id: one that was
// removed while it was being sent goes by its old one.
func claimed(ctx context.Context, q *db.Queries, lane bot.Lane, id string) (db.Outbox, error) {
	was, err := q.OutWas(ctx, id, string(lane))
	if err != nil {
		return db.Outbox{}, err
	}
	for _, row := range was {
		if row.SettledAt == 0 {
			return row, nil
		}
	}
	row, err := q.Out(ctx, id)
	if len(was) > 0 && (err != nil || row.Lane != string(lane) || row.Attempts == 0) {
		return was[len(was)-1], nil
	}
	return row, err
}

// void deletes the codes by which someone links a messenger to a complaint, or
// is kept informed of it.
func void(ctx context.Context, q *db.Queries, ref bot.Ref) error {
	named, err := encode(ref)
	if err != nil {
		return err
	}
	rows, err := q.TokensLike(ctx, `%"ref":`+named+`%`)
	if err != nil {
		return err
	}
	for _, row := range rows {
		action, err := decode[bot.Action](row.Action)
		if err != nil {
			return err
		}
		if action.Ref != ref || action.Verb != linkVerb && action.Verb != informVerb {
			continue
		}
		if err := q.DropToken(ctx, row.Token); err != nil {
			return err
		}
	}
	return nil
}
