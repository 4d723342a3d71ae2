// Package turn takes what happened to a customer, one input at a time, and
// has the flows decide what to make of it.
//
// A turn that fails is tried again later and never blocks its lane for good:
// the store sets its input aside after five failures. What is noted about a
// failure says where it happened, never what a customer wrote.
package turn

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/heedbot/heed/bot"
)

// Flows decides. Each verb is a pure function of the situation.
type Flows interface {
	// Hear answers what a customer did: message, edit, press, blocked,
	// unblocked.
	Hear(bot.Situation) (bot.Turn, error)
	// Act answers what staff did, what nobody can decode, who joined a channel,
	// and what another lane's turn passed on.
	Act(bot.Situation) (bot.Turn, error)
	// Wake answers a timer.
	Wake(bot.Situation) (bot.Turn, error)
	// Settle answers the end of a delivery or of a fetch.
	Settle(bot.Situation) (bot.Turn, error)
}

// People knows who works here.
type People interface {
	// Staff looks the person up. It never fails: Trouble is "unchecked" where
	// nobody could be asked.
	Staff(ctx context.Context, id bot.StaffID) bot.Staff
	// Directory gives what is known of everyone. Where wait is true it may take
	// a few seconds to ask; else it answers at once.
	Directory(ctx context.Context, wait bool) bot.Directory
}

// Engine takes turns. Store and Flows are required; Acts need People.
type Engine struct {
	Store  Store
	Flows  Flows
	People People
	// Features of a channel; nil: none are known.
	Features func(bot.Channel) bot.Features
	// Seed is fresh chance for one turn, where the store's is not wanted.
	Seed func() [32]byte
	// Aside is told of each input that was set aside, so that people hear of
	// it; nil: only the log does.
	Aside func(ctx context.Context, in bot.Input)
	Log   *slog.Logger
}

// errMoved: between looking at the lane and locking it, another took the input
// we looked at, so the staff we asked about may be the wrong one.
var errMoved = errors.New("the lane moved on")

// Step takes all inputs of the lane that are due, one turn each, until there
// are none. An error means that the store could not be asked or that ctx
// ended; a failing turn is none of the two.
func (e *Engine) Step(ctx context.Context, lane bot.Lane, now func() time.Time) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		at := now()
		in, ok, err := e.Store.Peek(ctx, lane, at)
		if err != nil {
			return fmt.Errorf("look at the lane's next input: %w", err)
		}
		if !ok {
			return nil
		}
		var staff bot.Staff
		if in.Act != nil {
			// Slack is asked here, so that no transaction waits for it.
			staff = e.staff(ctx, in.Act.By)
		}
		everyone := e.directory(ctx, waits(in))
		seen := in
		took, err := e.take(ctx, lane, at, &seen, staff, everyone)
		switch {
		case err == nil && !took:
			return nil
		case err == nil, errors.Is(err, errMoved):
			continue
		case ctx.Err() != nil:
			return ctx.Err()
		}
		why := account(err)
		aside, ferr := e.Store.Falter(ctx, lane, seen, now(), why)
		if ferr != nil {
			return fmt.Errorf("note a failed turn (%s): %w", why, ferr)
		}
		e.log().Error("turn failed", "lane", lane.Hidden(), "kind", seen.Kind, "aside", aside, "err", why)
		if aside && e.Aside != nil {
			e.Aside(ctx, seen)
		}
	}
}

// take has one turn taken. It leaves in seen the input that the turn was
// about.
func (e *Engine) take(ctx context.Context, lane bot.Lane, at time.Time, seen *bot.Input, staff bot.Staff, everyone bot.Directory) (took bool, err error) {
	defer func() {
		if recover() != nil {
			took, err = false, panicked()
		}
	}()
	peeked := seen.Key
	return e.Store.Turn(ctx, lane, at, func(s bot.Situation) (t bot.Turn, err error) {
		// Recovered here too: a panic must not run through the transaction.
		defer func() {
			if recover() != nil {
				t, err = bot.Turn{}, panicked()
			}
		}()
		if s.Input.Act != nil {
			if s.Input.Key != peeked {
				return bot.Turn{}, errMoved
			}
			s.Staff = staff
		}
		s.Directory = everyone
		*seen = s.Input
		s.Features = e.features(s)
		if e.Seed != nil {
			s.Seed = e.Seed()
		}
		if s.Now.IsZero() {
			s.Now = at
		}
		return e.decide(s)
	})
}

func (e *Engine) decide(s bot.Situation) (bot.Turn, error) {
	switch s.Input.Kind {
	case bot.InMessage, bot.InEdit, bot.InPress, bot.InBlocked, bot.InUnblocked:
		return e.Flows.Hear(s)
	case bot.InAct, bot.InUnread, bot.InWarning, bot.InJoined, bot.InPassed:
		return e.Flows.Act(s)
	case bot.InTimer:
		return e.Flows.Wake(s)
	case bot.InSettled, bot.InFetched:
		return e.Flows.Settle(s)
	}
	return bot.Turn{}, errors.New("an input of an unknown kind")
}

func (e *Engine) staff(ctx context.Context, id bot.StaffID) (who bot.Staff) {
	unchecked := bot.Staff{ID: id, Trouble: "unchecked"}
	if e.People == nil {
		return unchecked
	}
	defer func() {
		if recover() != nil {
			e.log().Error("looking up staff failed", "err", panicked())
			who = unchecked
		}
	}()
	return e.People.Staff(ctx, id)
}

// waits tells whether a turn may take a few seconds more to know who works
// here: nobody at a telephone waits for what staff did or for a timer, and what
// is kept from someone who is there needs to know who else is. A customer waits
// for nobody.
func waits(in bot.Input) bool {
	return in.Act != nil || in.Timer != nil || in.Kind == bot.InJoined || in.Settled != nil && in.Settled.Why == bot.WhyWatched
}

func (e *Engine) directory(ctx context.Context, wait bool) (d bot.Directory) {
	if e.People == nil {
		return bot.Directory{}
	}
	defer func() {
		if recover() != nil {
			e.log().Error("looking up the directory failed", "err", panicked())
			d = bot.Directory{}
		}
	}()
	return e.People.Directory(ctx, wait)
}

func (e *Engine) features(s bot.Situation) bot.Features {
	channel := s.Customer.Chat.Channel
	if channel == "" {
		channel = s.Input.Channel
	}
	if e.Features == nil || channel == "" {
		return bot.Features{Channel: channel}
	}
	return e.Features(channel)
}

func (e *Engine) log() *slog.Logger {
	if e.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return e.Log
}
