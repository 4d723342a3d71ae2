package schedule_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/schedule"
)

// book is a store that knows when lanes are due, and nothing else.
type book struct {
	mu    sync.Mutex
	due   map[bot.Lane]time.Time
	woken chan struct{}
	asked int
}

func newBook() *book { return &book{due: map[bot.Lane]time.Time{}, woken: make(chan struct{}, 1)} }

func (b *book) Due(_ context.Context, now time.Time, limit int) (lanes []bot.Lane, next time.Time, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.asked++
	for l, at := range b.due {
		if !at.After(now) {
			lanes = append(lanes, l)
		} else if next.IsZero() || at.Before(next) {
			next = at
		}
	}
	slices.Sort(lanes)
	return lanes[:min(limit, len(lanes))], next, nil
}

func (b *book) Woken() <-chan struct{} { return b.woken }

// put gives the lane something to do, and wakes unless quiet.
func (b *book) put(l bot.Lane, at time.Time, wake bool) {
	b.mu.Lock()
	b.due[l] = at
	b.mu.Unlock()
	if wake {
		select {
		case b.woken <- struct{}{}:
		default:
		}
	}
}

func (b *book) done(l bot.Lane) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.due, l)
}

// play runs the loop in a bubble of time of its own.
func play(t *testing.T, l *schedule.Loop, scene func(ctx context.Context)) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- l.Run(ctx) }()
	synctest.Wait()
	scene(ctx)
	stop()
	if err := <-ended; err != nil {
		t.Errorf("Run = %v", err)
	}
}

func TestLanesRunWhenDue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, start := newBook(), time.Now()
		ran := map[bot.Lane]time.Duration{}
		var mu sync.Mutex
		step := func(_ context.Context, l bot.Lane) (time.Time, error) {
			mu.Lock()
			defer mu.Unlock()
			ran[l] = time.Since(start)
			b.done(l)
			return time.Time{}, nil
		}
		b.put("c:now", start, false)
		b.put("c:hour", start.Add(time.Hour), false)
		play(t, &schedule.Loop{Store: b, Clock: schedule.RealClock{}, Step: step}, func(context.Context) {
			time.Sleep(time.Second)
			b.put("o:telegram::1", time.Now(), true)
			synctest.Wait()
			b.put("c:lost", time.Now(), false) // a wake that never comes
			time.Sleep(2 * time.Hour)
		})
		for l, want := range map[bot.Lane]time.Duration{"c:now": 0, "c:hour": time.Hour, "o:telegram::1": time.Second} {
			if got, ok := ran[l]; !ok || got != want {
				t.Errorf("%s ran after %v (%v), want %v", l, got, ok, want)
			}
		}
		if got, ok := ran["c:lost"]; !ok || got > 32*time.Second {
			t.Errorf("a lost wake was noticed after %v (%v)", got, ok)
		}
		if b.asked > 300 {
			t.Errorf("the store was asked %d times in two quiet hours", b.asked)
		}
	})
}

func TestOneLaneNeverRunsTwiceAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBook()
		var mu sync.Mutex
		at, most, total := map[bot.Lane]int{}, 0, 0
		step := func(_ context.Context, l bot.Lane) (time.Time, error) {
			b.done(l)
			mu.Lock()
			at[l]++
			total++
			most = max(most, total)
			if at[l] > 1 {
				t.Errorf("%s is run by two workers", l)
			}
			mu.Unlock()
			time.Sleep(time.Second)
			mu.Lock()
			at[l]--
			total--
			mu.Unlock()
			return time.Time{}, nil
		}
		play(t, &schedule.Loop{Store: b, Clock: schedule.RealClock{}, Step: step, Workers: 3}, func(context.Context) {
			for range 20 {
				for i := range 7 {
					b.put(bot.TurnLane(bot.CustomerID(fmt.Sprint(i))), time.Now(), true)
				}
				time.Sleep(300 * time.Millisecond)
			}
			time.Sleep(time.Minute)
		})
		if most != 3 {
			t.Errorf("at most %d lanes ran at once, want 3", most)
		}
		if lanes, _, _ := b.Due(t.Context(), time.Now(), 100); len(lanes) > 0 {
			t.Errorf("left undone: %v", lanes)
		}
	})
}

func TestAWakeDuringAStepLeadsToAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, runs := newBook(), 0
		step := func(_ context.Context, l bot.Lane) (time.Time, error) {
			b.done(l)
			if runs++; runs == 1 {
				b.put(l, time.Now(), true) // while it is being run
				time.Sleep(time.Second)
			}
			return time.Time{}, nil
		}
		b.put("c:1", time.Now(), false)
		play(t, &schedule.Loop{Store: b, Clock: schedule.RealClock{}, Step: step}, func(context.Context) { time.Sleep(2 * time.Second) })
		if runs != 2 {
			t.Errorf("ran %d times within two seconds, want 2", runs)
		}
	})
}

func TestOnePlatformsSilenceHoldsUpNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, start := newBook(), time.Now()
		var mu sync.Mutex
		ran := map[bot.Lane]time.Duration{}
		step := func(_ context.Context, l bot.Lane) (time.Time, error) {
			if l[:7] == "o:viber" {
				time.Sleep(20 * time.Second)
			}
			b.done(l)
			mu.Lock()
			defer mu.Unlock()
			ran[l] = time.Since(start)
			return time.Time{}, nil
		}
		for i := range 1000 {
			b.put(bot.Lane(fmt.Sprintf("o:viber::%04d", i)), start, false)
		}
		others := []bot.Lane{"c:customer", "e:c:customer/1/0", "o:telegram::1", "o:slack:T:C"}
		play(t, &schedule.Loop{Store: b, Clock: schedule.RealClock{}, Step: step}, func(context.Context) {
			time.Sleep(time.Second)
			for _, l := range others {
				b.put(l, time.Now(), true)
			}
			time.Sleep(10 * time.Second)
			mu.Lock()
			defer mu.Unlock()
			for _, l := range others {
				if at, ok := ran[l]; !ok || at > 2*time.Second {
					t.Errorf("%s ran after %v (%v)", l, at, ok)
				}
			}
		})
	})
}

func TestAFailingLaneBacksOff(t *testing.T) {
	for name, fail := range map[string]func(){"error": func() {}, "panic": func() { panic("lost") }} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBook()
				var mu sync.Mutex
				fails, others := []time.Time{}, 0
				step := func(_ context.Context, l bot.Lane) (time.Time, error) {
					mu.Lock()
					defer mu.Unlock()
					if l == "c:bad" {
						fails = append(fails, time.Now())
						fail()
						return time.Time{}, errors.New("no luck")
					}
					others++
					b.done(l)
					return time.Time{}, nil
				}
				b.put("c:bad", time.Now(), false)
				play(t, &schedule.Loop{Store: b, Clock: schedule.RealClock{}, Step: step, Workers: 1}, func(context.Context) {
					for range 100 {
						b.put("c:good", time.Now(), true)
						time.Sleep(10 * time.Second)
					}
				})
				if others != 100 {
					t.Errorf("the other lane ran %d times, want 100", others)
				}
				// 1+2+4+…+64 s and then once a minute, in 1,000 s.
				if len(fails) < 15 || len(fails) > 25 {
					t.Errorf("the failing lane was tried %d times", len(fails))
				}
			})
		})
	}
}

func TestNextHoldsALaneBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, start := newBook(), time.Now()
		var runs []time.Duration
		step := func(_ context.Context, l bot.Lane) (time.Time, error) {
			runs = append(runs, time.Since(start))
			if len(runs) == 1 {
				return time.Now().Add(5 * time.Second), nil // still due, by the store
			}
			b.done(l)
			return time.Time{}, nil
		}
		b.put("o:telegram::1", start, true)
		loop := &schedule.Loop{Store: b, Clock: schedule.RealClock{}, Step: step}
		play(t, loop, func(ctx context.Context) {
			time.Sleep(time.Second)
			if !loop.Idle() {
				t.Error("a lane that is held back is not idle")
			}
			if lanes, next, err := loop.Due(ctx, time.Now(), 10); err != nil || len(lanes) > 0 || !next.Equal(start.Add(5*time.Second)) {
				t.Errorf("Due = %v, %v, %v", lanes, next, err)
			}
			time.Sleep(10 * time.Second)
		})
		if want := []time.Duration{0, 5 * time.Second}; !slices.Equal(runs, want) {
			t.Errorf("ran after %v, want %v", runs, want)
		}
	})
}

func TestStepsMayEndWhenTheLoopIsStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, start := newBook(), time.Now()
		ended := map[bot.Lane]error{}
		var mu sync.Mutex
		step := func(ctx context.Context, l bot.Lane) (time.Time, error) {
			long := 2 * time.Second
			if l == "c:long" {
				long = time.Hour
			}
			var err error
			select {
			case <-time.After(long):
			case <-ctx.Done():
				err = ctx.Err()
			}
			mu.Lock()
			defer mu.Unlock()
			ended[l] = err
			return time.Time{}, err
		}
		b.put("c:short", start, false)
		b.put("c:long", start, false)
		play(t, &schedule.Loop{Store: b, Clock: schedule.RealClock{}, Step: step}, func(context.Context) { time.Sleep(time.Second) })
		if err, ok := ended["c:short"]; !ok || err != nil {
			t.Errorf("a step that needed a second more was ended: %v (%v)", err, ok)
		}
		if err := ended["c:long"]; err == nil {
			t.Error("a step went on after Run returned")
		}
	})
}

func TestWaitIdle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBook()
		var mu sync.Mutex
		var ran []bot.Lane
		step := func(_ context.Context, l bot.Lane) (time.Time, error) {
			time.Sleep(time.Second)
			b.done(l)
			if l == "c:1" { // a turn that says something
				b.put("o:telegram::1", time.Now(), true)
			}
			mu.Lock()
			defer mu.Unlock()
			ran = append(ran, l)
			return time.Time{}, nil
		}
		loop := &schedule.Loop{Store: b, Clock: schedule.RealClock{}, Step: step}
		play(t, loop, func(ctx context.Context) {
			b.put("c:1", time.Now(), true)
			if loop.Idle() {
				t.Error("idle with something to do")
			}
			if err := loop.WaitIdle(ctx); err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			if len(ran) != 2 || !loop.Idle() {
				t.Errorf("idle after %v", ran)
			}
		})
		ctx, stop := context.WithTimeout(t.Context(), time.Second)
		defer stop()
		b.put("c:2", time.Now(), false) // nobody runs it any more
		if err := loop.WaitIdle(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("WaitIdle = %v", err)
		}
	})
}
