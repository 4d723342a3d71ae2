package schedule_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/schedule"
)

func TestMovableClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c schedule.MovableClock
		start := c.Now()
		if !start.Equal(time.Now()) {
			t.Error("the zero clock does not show the machine's time")
		}
		time.Sleep(time.Second)
		c.Move(time.Hour)
		time.Sleep(time.Second)
		if got := c.Now().Sub(start); got != time.Hour+2*time.Second {
			t.Errorf("after two seconds and a move of an hour it shows %v", got)
		}
		c.Move(-time.Hour)
		c.Set(start)
		if got := c.Now().Sub(start); got != time.Hour+2*time.Second {
			t.Errorf("it went back to %v", got)
		}
		if got := c.Set(start.Add(48 * time.Hour)).Sub(start); got != 48*time.Hour {
			t.Errorf("set to 48 h it shows %v", got)
		}
	})
}

func TestClocksWait(t *testing.T) {
	for name, c := range map[string]schedule.Clock{"real": schedule.RealClock{}, "movable": &schedule.MovableClock{}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				if err := c.Wait(t.Context(), c.Now().Add(time.Minute), nil); err != nil || time.Since(start) != time.Minute {
					t.Errorf("waited %v, %v", time.Since(start), err)
				}
				woken := make(chan struct{}, 1)
				woken <- struct{}{}
				if err := c.Wait(t.Context(), time.Time{}, woken); err != nil || time.Since(start) != time.Minute {
					t.Errorf("a wake did not end the wait: %v", err)
				}
				ctx, stop := context.WithTimeout(t.Context(), time.Second)
				defer stop()
				if err := c.Wait(ctx, time.Time{}, woken); !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("Wait = %v", err)
				}
			})
		})
	}
}

func TestMovingEndsWaitsThatAreOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c schedule.MovableClock
		start := time.Now()
		ended := make(chan time.Duration, 2)
		for _, d := range []time.Duration{time.Hour, 3 * time.Hour} {
			go func() {
				_ = c.Wait(t.Context(), start.Add(d), nil)
				ended <- c.Now().Sub(start)
			}()
		}
		synctest.Wait()
		c.Move(2 * time.Hour)
		synctest.Wait()
		if len(ended) != 1 {
			t.Fatalf("%d waits ended, want the one of an hour", len(ended))
		}
		<-ended
		c.Move(2 * time.Hour)
		if got := <-ended; got != 4*time.Hour {
			t.Errorf("the other ended at %v", got)
		}
	})
}

// TestTravel moves the clock a week ahead while reminders are due each day:
// each must be run at its own hour, not at the end.
func TestTravel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, clock := newBook(), &schedule.MovableClock{}
		start := clock.Now()
		var ran []string
		step := func(_ context.Context, l bot.Lane) (time.Time, error) {
			late := clock.Now().Sub(start)
			ran = append(ran, fmt.Sprintf("%s %v", l, late.Round(time.Second)))
			b.done(l)
			if l == "c:1" && late < 5*24*time.Hour {
				b.put("o:telegram::1", clock.Now(), true)
				b.put("c:1", start.Add(late.Round(time.Second)+24*time.Hour), true)
			}
			if l == "o:telegram::1" && len(ran)%4 == 2 { // every other message is paced
				b.put(l, clock.Now(), false)
				return clock.Now().Add(3 * time.Second), nil
			}
			return time.Time{}, nil
		}
		loop := &schedule.Loop{Store: b, Clock: clock, Step: step}
		b.put("c:1", start.Add(24*time.Hour), false)
		play(t, loop, func(ctx context.Context) {
			real := time.Now()
			if err := schedule.Travel(ctx, clock, loop, loop.WaitIdle, start.Add(7*24*time.Hour)); err != nil {
				t.Error(err)
			}
			if took := time.Since(real); took > time.Minute {
				t.Errorf("a week took %v", took)
			}
		})
		if now := clock.Now().Sub(start); now < 7*24*time.Hour || now > 7*24*time.Hour+time.Minute {
			t.Errorf("arrived at %v", now)
		}
		for d := 24 * time.Hour; d <= 5*24*time.Hour; d += 24 * time.Hour {
			if !slices.Contains(ran, fmt.Sprintf("c:1 %v", d)) {
				t.Errorf("nothing was run at %v: %q", d, ran)
			}
		}
	})
}

func TestDrain(t *testing.T) {
	b := newBook()
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	var ran []bot.Lane
	step := func(_ context.Context, l bot.Lane) (time.Time, error) {
		ran = append(ran, l)
		switch {
		case l == "o:telegram::2":
			return now.Add(time.Second), nil // paced: the store still lists it
		case l == "c:1" && len(ran) == 1:
			b.put("o:telegram::1", now, false)
		}
		b.done(l)
		return time.Time{}, nil
	}
	for _, l := range []bot.Lane{"o:telegram::2", "e:1", "c:2", "c:1"} {
		b.put(l, now, false)
	}
	b.put("c:3", now.Add(time.Hour), false)
	next, err := schedule.Drain(t.Context(), b, step, now)
	if err != nil || !next.Equal(now.Add(time.Second)) {
		t.Errorf("Drain = %v, %v", next, err)
	}
	if want := []bot.Lane{"c:1", "c:2", "e:1", "o:telegram::2", "o:telegram::1"}; !slices.Equal(ran, want) {
		t.Errorf("ran %v, want %v", ran, want)
	}
	sad := errors.New("no luck")
	_, err = schedule.Drain(t.Context(), b, func(context.Context, bot.Lane) (time.Time, error) { return time.Time{}, sad }, now)
	if !errors.Is(err, sad) {
		t.Errorf("Drain = %v", err)
	}
}
