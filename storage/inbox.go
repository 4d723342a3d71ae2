package storage

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/storage/db"
)

// Inputs of our own making have channels that no platform has.
const (
	settledChannel bot.Channel = "settled"
	fetchedChannel bot.Channel = "fetched"
	passedChannel  bot.Channel = "passed" // by another lane's turn
	timerChannel   bot.Channel = "timer"  // timers set aside
)

// pauses are the waits after the first failures of a turn; one failure more
// sets its input aside.
var pauses = [...]time.Duration{time.Second, 5 * time.Second, 30 * time.Second, 2 * time.Minute}

// Receive keeps arrivals, in order and in one transaction. One whose channel,
// account and key are known already is dropped. Each goes to the lane of its
// customer, who is created at the first word, or by an act that says New; what
// belongs to nobody goes to bot.DeskLane. That someone joined a channel goes to
// each complaint shown there and kept from them, with its Ref and a key of its own; to
// nobody where there is none. After Receive returns nil they may be acknowledged.
func (s *Store) Receive(ctx context.Context, arrivals ...bot.Arrival) error {
	if len(arrivals) == 0 {
		return nil
	}
	err := s.w.inTx(ctx, func(ctx context.Context, q *db.Queries) (bool, error) {
		wakes := false
		for _, a := range arrivals {
			new, err := receive(ctx, q, a)
			if err != nil {
				return false, err
			}
			wakes = wakes || new
		}
		return wakes, nil
	})
	if err != nil {
		return fmt.Errorf("keep %d arrivals: %w", len(arrivals), err)
	}
	return nil
}

// receive tells whether the arrival was news to anyone.
func receive(ctx context.Context, q *db.Queries, a bot.Arrival) (kept bool, err error) {
	if a.Input.Kind == bot.InJoined {
		return joined(ctx, q, a)
	}
	if known, err := knows(ctx, q, a); known || err != nil {
		return false, err
	}
	lane, err := laneOf(ctx, q, a.Input)
	if err != nil {
		return false, err
	}
	return arrive(ctx, q, lane, a)
}

func knows(ctx context.Context, q *db.Queries, a bot.Arrival) (bool, error) {
	return q.Known(ctx, plain(string(a.Input.Channel)), plain(a.Input.Account), plain(a.Input.Key))
}

// arrive keeps what is not known yet.
func arrive(ctx context.Context, q *db.Queries, lane bot.Lane, a bot.Arrival) (bool, error) {
	if known, err := knows(ctx, q, a); known || err != nil {
		return false, err
	}
	return true, keep(ctx, q, lane, a, kept{})
}

// kept is what an inbox row has besides its arrival.
type kept struct {
	tries int64
	aside int64
	why   string
}

func keep(ctx context.Context, q *db.Queries, lane bot.Lane, a bot.Arrival, k kept) error {
	n, err := q.Number(ctx, string(lane))
	if err != nil {
		return err
	}
	body, err := encode(a.Input)
	if err != nil {
		return err
	}
	_, err = q.Keep(ctx, db.KeepParams{
		Channel: plain(string(a.Input.Channel)), Account: plain(a.Input.Account), Key: plain(a.Input.Key),
		Lane: string(lane), N: n, Kind: string(a.Input.Kind), KeptAt: ms(a.Input.At),
		Raw: plain(string(a.Raw)), Input: body, Tries: k.tries, AsideAt: k.aside, Why: k.why,
	})
	return err
}

func laneOf(ctx context.Context, q *db.Queries, in bot.Input) (bot.Lane, error) {
	switch {
	case in.Kind == bot.InUnread, in.Act == nil && (in.Chat == "" || in.Channel == bot.Slack || in.Kind == bot.InAct):
		return bot.DeskLane, nil
	case in.Act != nil && in.Act.Complaint != "":
		return ownerLane(q.CustomerOfComplaint(ctx, plain(string(in.Act.Complaint))))
	case in.Act != nil && in.Act.Customer != "":
		return namedLane(ctx, q, *in.Act)
	case in.Act != nil:
		return bot.DeskLane, nil
	}
	id, err := customerOf(ctx, q, in)
	return bot.TurnLane(id), err
}

// namedLane is the lane of the customer an act names, who is created where the
// act says New. No id made by the program is another than plain, or the desk's.
func namedLane(ctx context.Context, q *db.Queries, a bot.Act) (bot.Lane, error) {
	id := string(a.Customer)
	_, err := q.Customer(ctx, plain(id))
	if errors.Is(err, sql.ErrNoRows) && a.New && plain(id) == id && bot.TurnLane(a.Customer) != bot.DeskLane {
		err = saveCustomer(ctx, q, bot.Customer{ID: a.Customer})
	}
	return ownerLane(id, err)
}

// ownerLane is the lane of a customer looked for; the desk's if there is none.
func ownerLane(id string, err error) (bot.Lane, error) {
	if errors.Is(err, sql.ErrNoRows) {
		return bot.DeskLane, nil
	}
	return bot.TurnLane(bot.CustomerID(id)), err
}

func customerOf(ctx context.Context, q *db.Queries, in bot.Input) (bot.CustomerID, error) {
	id, err := q.CustomerOfChat(ctx, string(in.Channel), plain(in.Account), plain(in.Chat))
	if !errors.Is(err, sql.ErrNoRows) {
		return bot.CustomerID(id), err
	}
	var b [8]byte
	if _, err := rand.Read(b[:]); err != nil {
		return "", err
	}
	c := bot.Customer{
		ID:   bot.CustomerID(hex.EncodeToString(b[:])),
		Chat: bot.Address{Channel: in.Channel, Account: in.Account, Chat: in.Chat},
		Name: in.Person.Name,
	}
	return c.ID, saveCustomer(ctx, q, c)
}

// Peek implements turn.Store.
func (s *Store) Peek(ctx context.Context, lane bot.Lane, now time.Time) (in bot.Input, ok bool, err error) {
	err = s.snapshot(ctx, func(q *db.Queries) error {
		in, ok, err = next(ctx, q, lane, now)
		return err
	})
	if err != nil {
		return bot.Input{}, false, fmt.Errorf("look into lane %s: %w", lane.Hidden(), err)
	}
	return in, ok, nil
}

// next is the lane's next due input. A timer that was due before the oldest
// waiting input happened, by the platform's clock, goes before it. An input that waits for a retry
// holds up the inputs behind it, not the timers.
func next(ctx context.Context, q *db.Queries, lane bot.Lane, now time.Time) (bot.Input, bool, error) {
	t, err := q.NextTimer(ctx, string(lane), ms(now))
	timer := err == nil
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return bot.Input{}, false, err
	}
	row, err := q.NextInput(ctx, string(lane))
	due := err == nil && row.DueAt <= ms(now)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return bot.Input{}, false, err
	}
	switch {
	case timer && (!due || t.DueAt < row.KeptAt):
		in, err := timerInput(t)
		return in, err == nil, err
	case due:
		in, err := rowInput(row)
		return in, err == nil, err
	}
	return bot.Input{}, false, nil
}

func timerInput(t db.Timer) (bot.Input, error) {
	timer, err := decode[bot.Timer](t.Body)
	return bot.Input{Kind: bot.InTimer, Key: timer.Key, At: timer.Due, Timer: &timer}, err
}

func rowInput(row db.Inbox) (bot.Input, error) {
	in, err := decode[bot.Input](row.Input)
	if err != nil {
		return in, err
	}
	// JSON may have replaced a letter in these; they name the row.
	channel, err := exact(row.Channel)
	if err != nil {
		return in, err
	}
	in.Channel = bot.Channel(channel)
	if in.Account, err = exact(row.Account); err != nil {
		return in, err
	}
	in.Key, err = exact(row.Key)
	return in, err
}

// Falter implements turn.Store: the input waits 1 s, 5 s, 30 s, 2 min, and is
// set aside at the fifth failure. A timer set aside becomes an inbox row.
func (s *Store) Falter(ctx context.Context, lane bot.Lane, in bot.Input, now time.Time, why string) (aside bool, err error) {
	err = s.w.inTx(ctx, func(ctx context.Context, q *db.Queries) (bool, error) {
		if in.Kind == bot.InTimer && in.Timer != nil {
			aside, err = falterTimer(ctx, q, lane, in, now, why)
		} else {
			aside, err = falterInput(ctx, q, in, now, why)
		}
		return true, err
	})
	if err != nil {
		return false, fmt.Errorf("note a failed turn in lane %s: %w", lane.Hidden(), err)
	}
	return aside, nil
}

// falterInput goes by the lane the input is in now: another may have adopted it
// since it was taken up.
func falterInput(ctx context.Context, q *db.Queries, in bot.Input, now time.Time, why string) (bool, error) {
	key := db.InputTriedParams{Why: plain(why), Channel: plain(string(in.Channel)), Account: plain(in.Account), Key: plain(in.Key)}
	row, err := q.InputTried(ctx, key)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if row.Tries <= int64(len(pauses)) {
		return false, q.PostponeInputs(ctx, dueMS(now.Add(pauses[row.Tries-1])), row.Lane)
	}
	err = q.InputAside(ctx, db.InputAsideParams{AsideAt: dueMS(now), Channel: key.Channel, Account: key.Account, Key: key.Key})
	if err != nil {
		return false, err
	}
	return true, q.HastenInputs(ctx, row.Lane)
}

func falterTimer(ctx context.Context, q *db.Queries, lane bot.Lane, in bot.Input, now time.Time, why string) (bool, error) {
	due := dueMS(in.Timer.Due)
	tries, err := q.TimerTried(ctx, string(lane), in.Timer.Key, due)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if tries <= int64(len(pauses)) {
		return false, q.PostponeTimer(ctx, dueMS(now.Add(pauses[tries-1])), string(lane), in.Timer.Key)
	}
	if err := q.StopTimer(ctx, string(lane), in.Timer.Key); err != nil {
		return false, err
	}
	in.Channel, in.Account = timerChannel, string(lane)
	in.Key += "@" + strconv.FormatInt(due, 10)
	return true, keep(ctx, q, lane, bot.Arrival{Input: in}, kept{tries: tries, aside: dueMS(now), why: plain(why)})
}
