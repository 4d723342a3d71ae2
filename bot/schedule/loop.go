// Package schedule runs lanes when they have something to do.
//
// The store is the one authority on that: nothing that is due is kept in
// memory, so a crash forgets nothing, and a lost wake costs one sweep. What a
// Step returns as next only holds its lane back until then.
package schedule

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/heedbot/heed/bot"
)

// Step does what a lane has to do now. Next is the instant before which there
// is no point in coming back; zero when the store knows best.
type Step func(ctx context.Context, lane bot.Lane) (next time.Time, err error)

const (
	workersDefault = 8
	sweepDefault   = 30 * time.Second
	graceDefault   = 5 * time.Second

	// batch is how many lanes are asked for beyond those already known.
	batch = 256
	// A lane whose step failed is left alone for this long, and twice as long
	// each further time.
	failFirst = time.Second
	failMost  = time.Minute
	// After asking the store for a while, this many times as long is spent
	// working, at most gapMost: a long backlog must not be read all the time.
	gapTimes = 4
	gapMost  = 250 * time.Millisecond
)

// Loop runs lanes in one process. A lane is never run twice at once.
type Loop struct {
	Store Store
	Clock Clock
	Step  Step
	// Workers is how many lanes of one kind run at once: turns are a kind,
	// files are, and the messages of each account are, so that one platform's
	// silence never holds up another. 0: 8.
	Workers int
	// Sweep is how long a lost wake can go unnoticed. 0: 30 s.
	Sweep time.Duration
	// Grace is how long steps may go on once Run's context has ended, before
	// theirs ends too. 0: 5 s.
	Grace time.Duration
	Log   *slog.Logger

	once    sync.Once
	nudge   chan struct{}
	mu      sync.Mutex
	running map[bot.Lane]bool // false while queued
	busy    map[string]int    // steps running, by kind
	queues  map[string][]bot.Lane
	held    map[bot.Lane]time.Time
	fails   map[bot.Lane]int
	started int           // steps ever started
	changed chan struct{} // closed when a step has ended
}

func (l *Loop) ready() {
	l.once.Do(func() {
		l.nudge = make(chan struct{}, 1)
		l.running = map[bot.Lane]bool{}
		l.busy = map[string]int{}
		l.queues = map[string][]bot.Lane{}
		l.held = map[bot.Lane]time.Time{}
		l.fails = map[bot.Lane]int{}
		l.changed = make(chan struct{})
	})
}

// Run runs lanes until ctx ends and the steps then under way have ended. It
// returns nil then, and is to be called once.
func (l *Loop) Run(ctx context.Context) error {
	l.ready()
	steps, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	var group sync.WaitGroup
	group.Go(func() {
		// Two sources of wakes become the one channel a Clock can wait for.
		for {
			select {
			case <-ctx.Done():
				return
			case <-l.Store.Woken():
				l.wake()
			}
		}
	})
	for ctx.Err() == nil {
		until, err := l.look(ctx, steps, &group)
		if err != nil {
			if ctx.Err() != nil {
				break
			}
			l.log().Error("looking for lanes failed", "err", err)
			pause(ctx, failFirst)
			continue
		}
		// The only error is that ctx has ended.
		_ = l.Clock.Wait(ctx, until, l.nudge)
	}
	grace := time.AfterFunc(or(l.Grace, graceDefault), stop)
	defer grace.Stop()
	group.Wait()
	return nil
}

// look asks for the lanes that are due and starts what can be started. It
// tells when to look again.
func (l *Loop) look(ctx, steps context.Context, group *sync.WaitGroup) (time.Time, error) {
	now := l.Clock.Now()
	began := time.Now()
	l.mu.Lock()
	until := now.Add(or(l.Sweep, sweepDefault))
	for lane, at := range l.held {
		if !at.After(now) {
			delete(l.held, lane)
		} else if at.Before(until) {
			until = at
		}
	}
	limit := batch + len(l.running) + len(l.held)
	l.mu.Unlock()

	lanes, next, err := l.Store.Due(ctx, now, limit)
	if err != nil {
		return time.Time{}, fmt.Errorf("list the lanes that are due: %w", err)
	}
	if !next.IsZero() && next.Before(until) {
		until = next
	}
	l.mu.Lock()
	for _, lane := range lanes {
		_, known := l.running[lane]
		if _, held := l.held[lane]; known || held {
			continue
		}
		k := kind(lane)
		l.running[lane] = false
		l.queues[k] = append(l.queues[k], lane)
	}
	for k := range l.queues {
		l.start(ctx, steps, group, k)
	}
	l.mu.Unlock()
	if gap := min(gapTimes*time.Since(began), gapMost); gap > time.Millisecond {
		pause(ctx, gap)
	}
	return until, nil
}

// start takes lanes off the kind's queue while it has workers left. l.mu is
// held. A lane is given up on start when ctx has ended: the store has it.
func (l *Loop) start(ctx, steps context.Context, group *sync.WaitGroup, k string) {
	workers := or(l.Workers, workersDefault)
	for len(l.queues[k]) > 0 && l.busy[k] < workers && ctx.Err() == nil {
		lane := l.queues[k][0]
		l.queues[k] = l.queues[k][1:]
		l.busy[k]++
		l.started++
		l.running[lane] = true
		group.Go(func() {
			next, err := l.run(steps, lane)
			if steps.Err() != nil {
				err = nil // we ended it ourselves
			}
			l.end(lane, next, err)
			l.mu.Lock()
			defer l.mu.Unlock()
			l.start(ctx, steps, group, k)
		})
	}
	if len(l.queues[k]) == 0 {
		delete(l.queues, k)
	}
}

func (l *Loop) run(ctx context.Context, lane bot.Lane) (next time.Time, err error) {
	defer func() {
		if recover() != nil {
			// What the panic says may hold anyone's words; the stack holds none.
			l.log().Error("step panicked", "lane", lane.Hidden(), "stack", string(debug.Stack()))
			next, err = time.Time{}, errPanic
		}
	}()
	return l.Step(ctx, lane)
}

var errPanic = errors.New("the step panicked")

func (l *Loop) end(lane bot.Lane, next time.Time, err error) {
	now := l.Clock.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.running, lane)
	if k := kind(lane); l.busy[k] > 1 {
		l.busy[k]--
	} else {
		delete(l.busy, k)
	}
	if err == nil {
		delete(l.fails, lane)
	} else {
		l.log().Error("step failed", "lane", lane.Hidden(), "err", err)
		next = now.Add(min(failFirst<<min(l.fails[lane], 10), failMost))
		l.fails[lane]++
	}
	if next.After(now) {
		l.held[lane] = next
	}
	close(l.changed)
	l.changed = make(chan struct{})
	l.wakeup()
}

func (l *Loop) wake() {
	l.ready()
	l.wakeup()
}

func (l *Loop) wakeup() {
	select {
	case l.nudge <- struct{}{}:
	default:
	}
}

// Due lists the lanes that could be run at now. It is the store's Due without
// the lanes that are held back; next counts those.
func (l *Loop) Due(ctx context.Context, now time.Time, limit int) ([]bot.Lane, time.Time, error) {
	l.ready()
	l.mu.Lock()
	held := map[bot.Lane]time.Time{}
	for lane, at := range l.held {
		if at.After(now) {
			held[lane] = at
		}
	}
	l.mu.Unlock()
	due, next, err := l.Store.Due(ctx, now, limit+len(held))
	if err != nil {
		return nil, time.Time{}, err
	}
	lanes := due[:0:0]
	for _, lane := range due {
		at, ok := held[lane]
		switch {
		case !ok && len(lanes) < limit:
			lanes = append(lanes, lane)
		case ok && (next.IsZero() || at.Before(next)):
			next = at
		}
	}
	return lanes, next, nil
}

// Idle tells whether no step is under way and none could be started now.
func (l *Loop) Idle() bool {
	ok, err := l.idle(context.Background())
	return ok && err == nil
}

func (l *Loop) idle(ctx context.Context) (bool, error) {
	l.ready()
	l.mu.Lock()
	known, started := len(l.running), l.started
	l.mu.Unlock()
	if known > 0 {
		return false, nil
	}
	lanes, _, err := l.Due(ctx, l.Clock.Now(), 1)
	if err != nil {
		return false, fmt.Errorf("list the lanes that are due: %w", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	// A step that ran meanwhile may have given another lane something to do.
	return len(lanes) == 0 && len(l.running) == 0 && l.started == started, nil
}

// WaitIdle returns when Idle is true; with an error when ctx ends first or the
// store cannot be asked. It waits for ever where nobody calls Run.
func (l *Loop) WaitIdle(ctx context.Context) error {
	l.ready()
	for {
		l.mu.Lock()
		changed := l.changed
		l.mu.Unlock()
		ok, err := l.idle(ctx)
		if ok || err != nil {
			return err
		}
		// Run may be between two looks, or wait for an instant that the clock
		// has just passed: a look more does no harm.
		l.wake()
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-changed:
		case <-time.After(idleAgain):
		}
	}
}

// idleAgain is how long WaitIdle waits before it looks again, where no step
// ended meanwhile.
const idleAgain = 20 * time.Millisecond

// kind is what lanes share workers with: their letter and, of a message's
// lane, the channel and account.
func kind(lane bot.Lane) string {
	if lane.Kind() != 'o' {
		return string(lane[:min(2, len(lane))])
	}
	parts := strings.SplitN(string(lane), ":", 4)
	return strings.Join(parts[:min(3, len(parts))], ":")
}

func (l *Loop) log() *slog.Logger {
	if l.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return l.Log
}

func or[T int | time.Duration](x, otherwise T) T {
	if x > 0 {
		return x
	}
	return otherwise
}

func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
