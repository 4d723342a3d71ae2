package schedule

import (
	"context"
	"sync"
	"time"
)

// Clock tells the time and waits for it.
type Clock interface {
	Now() time.Time
	// Wait returns nil at the instant, or when woken receives; the error of
	// ctx when that ends first. A zero instant never comes.
	Wait(ctx context.Context, until time.Time, woken <-chan struct{}) error
}

// RealClock is the machine's clock.
type RealClock struct{}

// Now is the machine's time.
func (RealClock) Now() time.Time { return time.Now() }

// Wait waits by the machine's time.
func (c RealClock) Wait(ctx context.Context, until time.Time, woken <-chan struct{}) error {
	_, err := wait(ctx, c.Now(), until, woken, nil)
	return err
}

// wait is a Wait that also ends, with true, when moved is closed.
func wait(ctx context.Context, now, until time.Time, woken, moved <-chan struct{}) (bool, error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	var at <-chan time.Time
	if !until.IsZero() {
		d := until.Sub(now)
		if d <= 0 {
			return false, nil
		}
		t := time.NewTimer(d)
		defer t.Stop()
		at = t.C
	}
	select {
	case <-ctx.Done():
		return false, ctx.Err()
	case <-at:
	case <-woken:
	case <-moved:
		return true, nil
	}
	return false, nil
}

// MovableClock runs at the machine's speed and can be pushed forward. It never
// goes back, even where the machine's clock does. The zero MovableClock shows
// the machine's time.
type MovableClock struct {
	mu     sync.Mutex
	offset time.Duration
	last   time.Time
	moved  chan struct{} // closed by the next move; nil while nobody waits
}

// Now is the time this clock shows.
func (c *MovableClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now()
}

func (c *MovableClock) now() time.Time {
	// The monotonic reading is dropped: instants from a database have none,
	// and all are to be compared alike.
	t := time.Now().Round(0).Add(c.offset)
	if back := c.last.Sub(t); back > 0 {
		c.offset += back
		t = c.last
	}
	c.last = t
	return t
}

// Move pushes the clock forward and gives the time it then shows. Nothing
// moves for a negative duration.
func (c *MovableClock) Move(d time.Duration) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.push(d)
}

// Set pushes the clock forward to the instant and gives the time it then
// shows. Nothing moves if the instant has passed.
func (c *MovableClock) Set(to time.Time) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.push(to.Sub(c.now()))
}

func (c *MovableClock) push(d time.Duration) time.Time {
	if d > 0 {
		c.offset += d
		if c.moved != nil {
			close(c.moved)
			c.moved = nil
		}
	}
	return c.now()
}

// Wait waits by this clock, however it is moved.
func (c *MovableClock) Wait(ctx context.Context, until time.Time, woken <-chan struct{}) error {
	for {
		c.mu.Lock()
		now := c.now()
		if c.moved == nil {
			c.moved = make(chan struct{})
		}
		moved := c.moved
		c.mu.Unlock()
		if again, err := wait(ctx, now, until, woken, moved); err != nil || !again {
			return err
		}
	}
}
