package storage

import (
	"context"
	"database/sql"
	"errors"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/storage/db"
)

var errNoID = errors.New("it has no id")

func saveCustomer(ctx context.Context, q *db.Queries, c bot.Customer) error {
	if c.ID == "" {
		return errNoID
	}
	state, err := encode(c)
	if err != nil {
		return err
	}
	if err := q.SaveCustomer(ctx, string(c.ID), state); err != nil {
		return err
	}
	if err := saveConduct(ctx, q, c); err != nil {
		return err
	}
	if c.Chat.Chat == "" {
		return nil
	}
	return q.SaveChat(ctx, db.SaveChatParams{
		Channel: string(c.Chat.Channel), Account: plain(c.Chat.Account), Chat: plain(c.Chat.Chat), Customer: string(c.ID),
	})
}

func loadCustomer(ctx context.Context, q *db.Queries, id bot.CustomerID) (bot.Customer, bool, error) {
	state, err := q.Customer(ctx, string(id))
	if errors.Is(err, sql.ErrNoRows) {
		return bot.Customer{}, false, nil
	}
	if err != nil {
		return bot.Customer{}, false, err
	}
	c, err := decode[bot.Customer](state)
	return c, err == nil, err
}

// saveComplaint saves a complaint, its wall and its promises. Promises are kept
// in rows of their own, and only there; a row whose verdict has fallen stays as it is.
func saveComplaint(ctx context.Context, q *db.Queries, c bot.Complaint) error {
	if c.Ref == "" || c.Customer == "" {
		return errNoID
	}
	promises := c.Promises
	c.Promises = nil
	state, err := encode(c)
	if err != nil {
		return err
	}
	err = q.SaveComplaint(ctx, db.SaveComplaintParams{
		Ref: string(c.Ref), Customer: string(c.Customer), Stage: string(c.Stage), Pending: c.Stage.Open(),
		Topic: plain(c.Topic), Language: c.Language, Assignee: plain(string(c.Assignee)), ReceivedAt: ms(c.Received),
		ClosedAt: ms(c.ClosedAt), Policy: c.Policy, Card: c.Card, State: state, Home: plain(c.Home),
	})
	if err != nil {
		return err
	}
	if err := saveWall(ctx, q, c); err != nil {
		return err
	}
	return savePromises(ctx, q, c.Ref, promises)
}

func savePromises(ctx context.Context, q *db.Queries, ref bot.Ref, promises []bot.Promise) error {
	type key struct {
		id    string
		round int64
	}
	rows, err := q.PromisesOf(ctx, string(ref))
	if err != nil {
		return err
	}
	was := make(map[key]db.Promise, len(rows))
	for _, r := range rows {
		was[key{r.ID, r.Round}] = r
	}
	for i, p := range promises {
		row, err := promiseRow(ref, i, p)
		if err != nil {
			return err
		}
		k := key{row.ID, row.Round}
		old, ok := was[k]
		delete(was, k)
		if ok && old == row {
			continue
		}
		if err := q.SavePromise(ctx, db.SavePromiseParams(row)); err != nil {
			return err
		}
	}
	for k := range was {
		if err := q.DropPromise(ctx, string(ref), k.round, k.id); err != nil {
			return err
		}
	}
	return nil
}

func promiseRow(ref bot.Ref, place int, p bot.Promise) (db.Promise, error) {
	waits, err := encodeWaits(p.Waits)
	return db.Promise{
		Complaint: string(ref), ID: p.ID, Round: int64(p.Round), Place: int64(place),
		Source: string(p.From), Ending: string(p.Until), Within: p.Within, ByBot: p.ByBot,
		StartAt: ms(p.Start), DueAt: ms(p.Due), Firm: p.Firm, Verdict: string(p.Verdict),
		MetAt: ms(p.Met), SettledAt: ms(p.Settled), Paused: p.Paused(), Waits: waits,
	}, err
}

// encodeWaits keeps their instants as finely as all others; none are an empty
// text.
func encodeWaits(waits []bot.Wait) (string, error) {
	if len(waits) == 0 {
		return "", nil
	}
	kept := make([]bot.Wait, len(waits))
	for i, w := range waits {
		kept[i] = bot.Wait{From: instant(ms(w.From)), To: instant(ms(w.To)), Held: w.Held}
	}
	return encode(kept)
}

func promiseOf(r db.Promise) (bot.Promise, error) {
	var waits []bot.Wait
	if r.Waits != "" {
		var err error
		if waits, err = decode[[]bot.Wait](r.Waits); err != nil {
			return bot.Promise{}, err
		}
	}
	return bot.Promise{
		ID: r.ID, Round: int(r.Round), From: bot.EventKind(r.Source), Until: bot.EventKind(r.Ending), Within: r.Within,
		ByBot: r.ByBot, Start: instant(r.StartAt), Due: instant(r.DueAt), Firm: r.Firm, Verdict: bot.Verdict(r.Verdict),
		Met: instant(r.MetAt), Settled: instant(r.SettledAt), Waits: waits,
	}, nil
}

func complaintsOf(ctx context.Context, q *db.Queries, id bot.CustomerID) ([]bot.Complaint, error) {
	rows, err := q.ComplaintsOfCustomer(ctx, string(id))
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	promises, err := q.PromisesOfCustomer(ctx, string(id))
	if err != nil {
		return nil, err
	}
	return assemble(rows, promises)
}

func assemble(rows []db.Complaint, promises []db.Promise) ([]bot.Complaint, error) {
	of := make(map[string][]bot.Promise)
	for _, r := range promises {
		p, err := promiseOf(r)
		if err != nil {
			return nil, err
		}
		of[r.Complaint] = append(of[r.Complaint], p)
	}
	var cs []bot.Complaint
	for _, r := range rows {
		c, err := decode[bot.Complaint](r.State)
		if err != nil {
			return nil, err
		}
		c.Promises = of[r.Ref]
		cs = append(cs, c)
	}
	return cs, nil
}

// saveEvent adds an event; it fails where the complaint has one of this
// number. The words go into a row of their own.
func saveEvent(ctx context.Context, q *db.Queries, e bot.Event) error {
	data, err := encode(e.Data)
	if err != nil {
		return err
	}
	err = q.AddEvent(ctx, db.AddEventParams{
		Complaint: string(e.Complaint), N: int64(e.N), At: e.At.UnixMilli(), Noted: e.Noted.UnixMilli(), Kind: string(e.Kind),
		ByWhom: plain(e.By), Data: data, Digest: e.Digest, Prev: e.Prev, Hash: e.Hash,
		About: plain(e.Data["about"]),
	})
	if err != nil || e.Words == "" {
		return err
	}
	return q.AddWords(ctx, string(e.Complaint), int64(e.N), plain(e.Words))
}
