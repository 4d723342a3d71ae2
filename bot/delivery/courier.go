// Package delivery carries words out: it leases the head of an outgoing lane,
// sends it through its door, and settles it; the next one waits for it.
//
// Whether a message went out is known, known not, or not known. Known not is
// tried again with growing pauses. Not known is looked up where the platform
// can be asked; else short notices of ours are sent again, and a person's
// words wait for staff, who decide whether to repeat themselves.
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

// Why a message failed, as settlements say it.
const (
	WhyBlocked = "blocked"
	WhyRefused = "refused by the platform"
	WhyClosed  = "too late for the platform's reply window"
	WhyExpired = "expired"
	WhyGaveUp  = "gave up after 24 h"
	WhyNotSent = "not sent"                     // a fleeting one that could not be sent at once
	WhyUnknown = "not known whether it arrived" // a fleeting one
	WhyNoCard  = "what it belongs to never arrived"
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
	// doubtsMost is how often a notice is sent while in doubt.
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
	doubts map[string]int // how often a notice was found in doubt, by outbox id
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
		d := delivery{Courier: c, lane: lane, s: s, door: c.Doors[s.To.Channel], until: now.Add(lease)}
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
	lane  bot.Lane
	s     bot.Sending
	door  Door
	until time.Time // the lease's end
	sent  bool      // the platform was asked to take it
}

// carry brings the message to its end or gives it back. Next is when to come
// back to the lane; zero: at once.
func (d *delivery) carry(ctx context.Context) (next time.Time, err error) {
	if d.s.Doubtful {
		if done, next, err := d.doubt(ctx); done || err != nil {
			return next, err
		}
	}
	switch {
	case !d.s.Expires.IsZero() && d.Now().After(d.s.Expires):
		return d.fail(ctx, WhyExpired)
	case d.s.Edits != "" && d.s.EditID == "", d.s.Thread != "" && d.s.ThreadID == "":
		// What it belongs to went before it in the same lane, so it has ended.
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
			// A platform may list a message a little later than it took it.
			// The row comes back as doubtful when the lease is over.
			return d.until, nil
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
		case err == nil:
			return false, time.Time{}, nil
		case ctx.Err() != nil:
			return true, time.Time{}, ctx.Err()
		}
		d.note("looking up a message failed", err)
		if p := bot.Pause(err); p > 0 {
			d.pace.pause(d.lane, d.Now().Add(p))
		}
		if !waited(d.s.Attempts) {
			// Left in its lease: giving it back could lose the doubt.
			return true, d.until, nil
		}
		next, err = d.possibly(ctx)
		return true, next, err
	}
	expired := !d.s.Expires.IsZero() && d.Now().After(d.s.Expires)
	if d.s.Class == bot.Notice && !expired && d.again() {
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
		return d.back(ctx, d.Now().Add(backoff(d.s.Attempts, d.chance())))
	}
	return d.possibly(ctx)
}

// again counts a doubt about a notice and tells whether it may be sent once
// more.
func (d *delivery) again() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.doubts == nil {
		d.doubts = map[string]int{}
	}
	d.doubts[d.s.ID]++
	return d.doubts[d.s.ID] < doubtsMost
}

// send calls the door. A panic, or our own time limit, leaves the message in
// doubt.
func (d *delivery) send(ctx context.Context) (id string, err error) {
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	defer func() {
		if recover() != nil {
			d.log().Error("door panicked", "lane", d.lane, "stack", string(debug.Stack()))
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
			d.log().Error("door panicked", "lane", d.lane, "stack", string(debug.Stack()))
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
	case waited(d.s.Attempts):
		return d.fail(ctx, WhyGaveUp)
	}
	return d.back(ctx, now.Add(wait))
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
