// Package delivery carries words out: it leases the head of an outgoing lane,
// sends it through its door, and settles it; the next one waits for it.
//
// Whether a message went out is known, known not, or not known. Known not is
// tried again with growing pauses, for three days; what the desk is to know, for
// ever, unless the trouble is a file's own. Not known is looked up where the
// platform can be asked; else short notices of ours are sent again, and a
// person's words wait for staff, who decide whether to repeat themselves.
package delivery

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"sync"
	"time"

	"github.com/heedbot/heed/bot"
)

// Door sends to one platform.
type Door interface {
	// Send hands the message to the platform and gives its id there. An error
	// carries a verdict of bot (Undeliverable, Blocked, TryAfter, WindowClosed,
	// Ambiguous); one without means: surely not sent.
	Send(ctx context.Context, s bot.Sending) (platformID string, err error)
}

// Finder is a Door that can look up whether a message in doubt arrived.
type Finder interface {
	Find(ctx context.Context, s bot.Sending) (platformID string, found bool, err error)
}

// Why a message failed, as settlements say it; the desk has words for each.
const (
	WhyBlocked = "blocked"
	WhyRefused = "refused" // by the platform
	WhyClosed  = "closed"  // the platform's reply window
	WhyExpired = "expired"
	WhyGaveUp  = "gave_up"
	WhyNotSent = "not_sent" // a fleeting one that could not be sent at once
	WhyUnknown = "unknown"  // a fleeting one: nobody knows whether it arrived
	WhyNoCard  = "no_card"  // what it belongs to never arrived; never of the desk's

	// WhyWatched: a walled message; where it was to go, someone was it is hidden from.
	WhyWatched = bot.WhyWatched
	// WhyTakenBack: it was removed before it was sent.
	WhyTakenBack = "taken_back"
)

const (
	// A lease outlasts a look-up and a send, so no two couriers have one
	// message.
	lease       = 60 * time.Second
	sendTimeout = 20 * time.Second
	findTimeout = 10 * time.Second
	// settleTimeout bounds the settling of a message that has been sent,
	// which happens even while the program is stopping.
	settleTimeout = 5 * time.Second
	// uploadTimeout bounds the sending of a file: 50 MB at about 170 kB/s.
	// uploadLease outlasts it, and the look-up before it.
	uploadTimeout = 5 * time.Minute
	uploadLease   = 6 * time.Minute
	// doubtsMost is how often a notice is sent while in doubt, and how many
	// troubles of its own a message must have had before it is given up as spent.
	doubtsMost = 3
)

// Courier delivers. Store, Doors and Now are required.
type Courier struct {
	Store Store
	Doors map[bot.Channel]Door
	// Features of a channel, for its Rate; nil: no limits.
	Features func(bot.Channel) bot.Features
	Now      func() time.Time
	// Chance gives numbers in [0,1) for the spread of retries; nil: random.
	Chance func() float64
	Log    *slog.Logger

	pace   pace
	mu     sync.Mutex
	doubts map[string]int // troubles of a message's own, by outbox id; see again and spent
}

// Step sends the head of the lane and goes on until the lane is empty or must
// wait. Next is when it may go on, zero where the store knows. An error is the
// store's, or that ctx ended.
func (c *Courier) Step(ctx context.Context, lane bot.Lane) (next time.Time, err error) {
	rate := c.features(channelOf(lane)).Rate
	for first := true; ; first = false {
		if err := ctx.Err(); err != nil {
			return time.Time{}, err
		}
		now := c.Now()
		// Asked before the claim: a claim counts as an attempt. Only the first
		// round keeps a slot; after that the lane may well be empty.
		if at := c.pace.take(lane, rate, now, first); at.After(now) {
			return at, nil
		}
		s, ok, err := c.Store.Claim(ctx, lane, now, now.Add(lease))
		if err != nil || !ok {
			c.pace.giveBack(lane, rate)
			if err != nil {
				err = fmt.Errorf("claim the next message: %w", err)
			}
			return time.Time{}, err
		}
		d := delivery{Courier: c, lane: lane, s: s, door: c.Doors[s.To.Channel]}
		next, err := d.carry(ctx)
		if !d.sent || s.Toast != nil {
			c.pace.giveBack(lane, rate) // a toast is no message in the chat
		}
		if err != nil || !next.IsZero() {
			return next, err
		}
	}
}

// delivery is one leased message on its way.
type delivery struct {
	*Courier
	lane bot.Lane
	s    bot.Sending
	door Door
	sent bool // the platform was asked to take it
}

// carry brings the message to its end or gives it back. Next is when to come
// back to the lane; zero: at once.
func (d *delivery) carry(ctx context.Context) (next time.Time, err error) {
	if d.s.Upload != nil {
		if _, err := d.hold(ctx, d.Now().Add(uploadLease)); err != nil {
			return time.Time{}, err
		}
	}
	switch {
	case d.s.Doubtful && d.s.Delete:
		// It is simply made again.
		if d.spent() {
			return d.fail(ctx, WhyGaveUp)
		}
	case d.s.Doubtful:
		if done, next, err := d.doubt(ctx); done || err != nil {
			return next, err
		}
	}
	switch {
	case d.s.TakenBack:
		return d.fail(ctx, WhyTakenBack)
	case d.s.Delete && d.s.EditID == "":
		// What never arrived need not be deleted.
		return d.settle(ctx, bot.Settlement{State: bot.Sent, At: d.Now()})
	case !d.s.Expires.IsZero() && d.Now().After(d.s.Expires):
		return d.fail(ctx, WhyExpired)
	case !d.desk() && (d.s.Edits != "" && d.s.EditID == "" || d.s.Thread != "" && d.s.ThreadID == ""):
		// What it belongs to has ended without arriving. The desk is shown it all
		// the same: as a new post, or in the channel itself.
		return d.fail(ctx, WhyNoCard)
	case d.s.Class == bot.Fleeting && d.s.Attempts > 1:
		return d.fail(ctx, WhyNotSent)
	case d.door == nil:
		return d.later(ctx, errors.New("no door for this channel"))
	}
	id, err := d.send(ctx)
	switch {
	case err == nil:
		return d.settle(ctx, bot.Settlement{State: bot.Sent, At: d.Now(), Platform: ids(id)})
	case bot.IsWatched(err):
		d.note("message held back", err)
		return d.fail(ctx, WhyWatched)
	case bot.IsWindowClosed(err):
		return d.fail(ctx, WhyClosed)
	case bot.IsBlocked(err):
		d.note("customer cannot be written to", err)
		return d.settle(ctx, bot.Settlement{State: bot.Failed, At: d.Now(), Why: WhyBlocked, Blocked: true})
	case bot.IsUndeliverable(err):
		d.note("message refused", err)
		return d.fail(ctx, WhyRefused)
	case ctx.Err() != nil:
		// Nobody knows how far it came. It stays leased and comes back as
		// doubtful.
		return time.Time{}, ctx.Err()
	case bot.IsAmbiguous(err):
		d.note("message in doubt", err)
		if _, ok := d.door.(Finder); ok && d.s.Class != bot.Fleeting {
			// It comes back as doubtful and is looked up then: a platform may list
			// a message a little later than it took it.
			return d.stay(ctx, 0)
		}
		return d.unknown(ctx, true)
	}
	return d.later(ctx, err)
}

// doubt decides about a message that an earlier attempt may have sent. Done
// is false where it is to be sent again.
func (d *delivery) doubt(ctx context.Context) (done bool, next time.Time, err error) {
	if f, ok := d.door.(Finder); ok && d.s.Class != bot.Fleeting {
		id, found, err := d.find(ctx, f)
		switch {
		case err == nil && found:
			next, err = d.settle(ctx, bot.Settlement{State: bot.Sent, At: d.Now(), Platform: ids(id)})
			return true, next, err
		case err == nil && d.s.TakenBack && d.s.Upload != nil:
			// A file is only found by the process that uploaded it.
			next, err = d.possibly(ctx)
			return true, next, err
		case err == nil && d.s.TakenBack:
			return false, time.Time{}, nil
		case err == nil && d.spent():
			next, err = d.fail(ctx, WhyGaveUp)
			return true, next, err
		case err == nil:
			return false, time.Time{}, nil
		case ctx.Err() != nil:
			return true, time.Time{}, ctx.Err()
		}
		d.note("looking up a message failed", err)
		p := bot.Pause(err)
		if p > 0 {
			d.pace.pause(d.lane, d.Now().Add(p))
		}
		if !waited(d.s.Attempts, giveUpDoubt) || p > 0 && d.lasting() {
			next, err = d.stay(ctx, p)
			return true, next, err
		}
		next, err = d.possibly(ctx)
		return true, next, err
	}
	expired := !d.s.Expires.IsZero() && d.Now().After(d.s.Expires)
	if d.s.Class == bot.Notice && !expired && !d.s.TakenBack && d.again() {
		return false, time.Time{}, nil
	}
	next, err = d.unknown(ctx, false)
	return true, next, err
}

// unknown is what becomes of a message of which nobody can tell whether it
// arrived; again allows a notice another attempt.
func (d *delivery) unknown(ctx context.Context, again bool) (time.Time, error) {
	switch {
	case d.s.Class == bot.Fleeting:
		return d.fail(ctx, WhyUnknown)
	case d.s.Class == bot.Notice && again && d.again():
		// Not after its attempts: those that a crash cut off count there too,
		// and the customer would wait minutes for an answer.
		return d.back(ctx, d.Now().Add(backoff(d.doubted(), d.chance())))
	}
	return d.possibly(ctx)
}

// again counts a doubt about a notice and tells whether it may be sent once
// more.
func (d *delivery) again() bool { return d.count() < doubtsMost }

// spent counts a trouble that is the message's own, and tells whether it is to
// be given up. The attempts of a long outage are not held against it alone:
// the platform must have failed it several times itself.
func (d *delivery) spent() bool { return d.count() >= doubtsMost && waited(d.s.Attempts, giveUpDoubt) }

func (d *delivery) count() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.doubts == nil {
		d.doubts = map[string]int{}
	}
	d.doubts[d.s.ID]++
	return d.doubts[d.s.ID]
}

// desk tells whether the message is for the desk.
func (d *delivery) desk() bool { return d.s.To.Channel == bot.Slack }

// lasting tells whether the message is worth sending however late: what the
// desk is to know may find its channel repaired only after a weekend.
func (d *delivery) lasting() bool { return d.desk() && d.s.Class == bot.Notice }

// doubted is how often this process was in doubt about the notice.
func (d *delivery) doubted() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.doubts[d.s.ID]
}

// send calls the door. A panic, or our own time limit, leaves the message in
// doubt.
func (d *delivery) send(ctx context.Context) (id string, err error) {
	limit := sendTimeout
	if d.s.Upload != nil {
		limit = uploadTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	defer func() {
		if recover() != nil {
			d.log().Error("door panicked", "lane", d.lane.Hidden(), "stack", string(debug.Stack()))
			err = bot.Ambiguous(errPanic)
		} else if err != nil && ctx.Err() != nil && !bot.IsUndeliverable(err) && bot.Pause(err) == 0 {
			err = bot.Ambiguous(err)
		}
	}()
	d.sent = true
	return d.door.Send(ctx, d.s)
}

func (d *delivery) find(ctx context.Context, f Finder) (id string, found bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, findTimeout)
	defer cancel()
	defer func() {
		if recover() != nil {
			d.log().Error("door panicked", "lane", d.lane.Hidden(), "stack", string(debug.Stack()))
			err = errPanic
		}
	}()
	return f.Find(ctx, d.s)
}

var errPanic = errors.New("the door panicked")

// later gives a message back that was surely not sent.
func (d *delivery) later(ctx context.Context, why error) (time.Time, error) {
	now := d.Now()
	wait := backoff(d.s.Attempts, d.chance())
	if p := bot.Pause(why); p > 0 {
		d.pace.pause(d.lane, now.Add(p))
		// Never sooner than the pause of its attempts, which count the hours.
		wait = max(wait, p)
	}
	d.note("message not sent", why)
	switch {
	case d.s.Class == bot.Fleeting:
		return d.fail(ctx, WhyNotSent)
	case d.lasting() && d.s.Upload == nil && !d.s.Delete:
	case d.lasting():
		// Trouble of the whole account passes; a file that never gets through
		// must not hold up its thread for ever, and staff must know what cannot be
		// deleted.
		if bot.Pause(why) == 0 && d.spent() {
			return d.fail(ctx, WhyGaveUp)
		}
	case waited(d.s.Attempts, giveUp):
		return d.fail(ctx, WhyGaveUp)
	}
	return d.back(ctx, now.Add(wait))
}

// stay leaves a message in doubt for as long as the pause of its attempts, and
// no less than the given one.
func (d *delivery) stay(ctx context.Context, least time.Duration) (time.Time, error) {
	return d.hold(ctx, d.Now().Add(max(lease, least, backoff(d.s.Attempts, d.chance()))))
}

// hold keeps the lease: giving the message back would lose the doubt.
func (d *delivery) hold(ctx context.Context, until time.Time) (time.Time, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTimeout)
	defer cancel()
	if err := d.Store.Hold(ctx, d.lane, d.s.ID, until); err != nil {
		return time.Time{}, fmt.Errorf("hold on to a message: %w", err)
	}
	return until, nil
}

func (d *delivery) back(ctx context.Context, at time.Time) (time.Time, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTimeout)
	defer cancel()
	if err := d.Store.Later(ctx, d.lane, d.s.ID, at); err != nil {
		return time.Time{}, fmt.Errorf("put a message off: %w", err)
	}
	return at, nil
}

func (d *delivery) fail(ctx context.Context, why string) (time.Time, error) {
	return d.settle(ctx, bot.Settlement{State: bot.Failed, At: d.Now(), Why: why})
}

func (d *delivery) possibly(ctx context.Context) (time.Time, error) {
	return d.settle(ctx, bot.Settlement{State: bot.Possibly, At: d.Now()})
}

// settle ends the message. It does so even while the program is stopping: what
// is known about a message must not be forgotten.
func (d *delivery) settle(ctx context.Context, end bot.Settlement) (time.Time, error) {
	end.Out, end.Complaint, end.Class = d.s.ID, d.s.Complaint, d.s.Class
	end.Counts, end.By, end.About = d.s.Counts, d.s.By, d.s.About
	d.mu.Lock()
	delete(d.doubts, d.s.ID)
	d.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTimeout)
	defer cancel()
	if err := d.Store.Settle(ctx, d.lane, end); err != nil {
		return time.Time{}, fmt.Errorf("settle a message: %w", err)
	}
	return time.Time{}, nil
}

func (d *delivery) note(what string, err error) {
	d.log().Warn(what, "channel", d.s.To.Channel, "complaint", d.s.Complaint, "out", d.s.ID, "attempt", d.s.Attempts, "err", err)
}

func (c *Courier) features(ch bot.Channel) bot.Features {
	if c.Features == nil {
		return bot.Features{Channel: ch}
	}
	return c.Features(ch)
}

func (c *Courier) chance() float64 {
	if c.Chance == nil {
		return rand.Float64()
	}
	return c.Chance()
}

func (c *Courier) log() *slog.Logger {
	if c.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return c.Log
}

func ids(id string) []string {
	if id == "" {
		return nil
	}
	return []string{id}
}
