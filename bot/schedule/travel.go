package schedule

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/heedbot/heed/bot"
)

// Dues knows which lanes are due, and when the next one will be: a Store, or a
// Loop, which also knows the lanes it holds back.
type Dues interface {
	Due(ctx context.Context, now time.Time, limit int) (lanes []bot.Lane, next time.Time, err error)
}

// stall is how long Travel lets the clock run by itself where a lane is due
// that nobody runs yet: one that is being paced, seen by the bare store.
const stall = 10 * time.Millisecond

// Travel moves the clock through every due instant up to to, and waits for
// idle at each, so that nothing on the way is late. Idle is to return once
// nothing that is due is left undone, as Loop.WaitIdle does.
func Travel(ctx context.Context, clock *MovableClock, due Dues, idle func(context.Context) error, to time.Time) error {
	for {
		if err := idle(ctx); err != nil {
			return fmt.Errorf("travel: wait until all is done: %w", err)
		}
		now := clock.Now()
		if !now.Before(to) {
			return nil
		}
		lanes, next, err := due.Due(ctx, now, 1)
		if err != nil {
			return fmt.Errorf("travel: ask what is next: %w", err)
		}
		if len(lanes) > 0 {
			if err := clock.Wait(ctx, now.Add(stall), nil); err != nil {
				return fmt.Errorf("travel: %w", err)
			}
			continue
		}
		if next.IsZero() || next.After(to) {
			next = to
		}
		clock.Set(next)
	}
}

const (
	drainBatch = 1000
	drainMost  = 100_000 // steps; more never come to rest
)

// Drain runs every lane that is due at now on the calling goroutine, turns
// before files before messages and then by name, until none is left. A lane
// whose step asks for a later instant is left for that. Next is the earliest
// instant after now at which something will be due; zero if nothing will. The
// first error of a step ends it.
func Drain(ctx context.Context, due Dues, step Step, now time.Time) (next time.Time, err error) {
	held := map[bot.Lane]time.Time{}
	for steps := 0; ; {
		lanes, after, err := due.Due(ctx, now, drainBatch+len(held))
		if err != nil {
			return time.Time{}, fmt.Errorf("drain: list the lanes that are due: %w", err)
		}
		lanes = slices.DeleteFunc(slices.Clone(lanes), func(l bot.Lane) bool { _, ok := held[l]; return ok })
		if len(lanes) == 0 {
			for _, at := range held {
				if after.IsZero() || at.Before(after) {
					after = at
				}
			}
			return after, nil
		}
		slices.Sort(lanes) // "c:" before "e:" before "o:"
		for _, lane := range lanes {
			if err := ctx.Err(); err != nil {
				return time.Time{}, err
			}
			if steps++; steps > drainMost {
				return time.Time{}, fmt.Errorf("drain: lane %s never comes to rest", lane.Hidden())
			}
			at, err := step(ctx, lane)
			if err != nil {
				return time.Time{}, fmt.Errorf("drain: step lane %s: %w", lane.Hidden(), err)
			}
			if at.After(now) {
				held[lane] = at
			}
		}
	}
}
