package storage

import (
	"context"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/storage/db"
)

// Classes of the rows of conduct.
const (
	classFlag = "flag"
	classStep = "step"
)

func conductRows(c bot.Customer) []db.Conduct {
	var rows []db.Conduct
	for _, f := range c.Flags {
		rows = append(rows, db.Conduct{
			Customer: string(c.ID), Class: classFlag, N: int64(f.N), What: classFlag, Complaint: plain(string(f.Complaint)),
			Kind: plain(f.Kind), ByWhom: plain(string(f.By)), At: ms(f.At), Dropped: f.Dropped != "",
		})
	}
	for _, m := range c.Steps {
		row := db.Conduct{
			Customer: string(c.ID), Class: classStep, N: int64(m.N), What: plain(m.Do), Complaint: plain(string(m.Complaint)),
			Kind: plain(m.Kind), ByWhom: plain(string(m.By)), At: ms(m.At), EndedAt: ms(m.Ended), ToldAt: ms(m.Told), Dropped: m.Overturned,
		}
		if !m.Until.IsZero() {
			row.UntilAt = dueMS(m.Until)
		}
		rows = append(rows, row)
	}
	return rows
}

// saveConduct keeps the rows in step with the customer's flags and steps.
func saveConduct(ctx context.Context, q *db.Queries, c bot.Customer) error {
	type key struct {
		class string
		n     int64
	}
	rows, err := q.ConductOf(ctx, string(c.ID))
	if err != nil {
		return err
	}
	was := make(map[key]db.Conduct, len(rows))
	for _, r := range rows {
		was[key{r.Class, r.N}] = r
	}
	for _, r := range conductRows(c) {
		k := key{r.Class, r.N}
		old, ok := was[k]
		delete(was, k)
		if ok && old == r {
			continue
		}
		if err := q.SaveConduct(ctx, db.SaveConductParams(r)); err != nil {
			return err
		}
	}
	for k := range was {
		if err := q.DropConduct(ctx, string(c.ID), k.class, k.n); err != nil {
			return err
		}
	}
	return nil
}
