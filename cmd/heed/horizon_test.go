package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/schedule"
)

// While the calendar ends too soon the desk is told: at every start and every
// day, and still only once a day.
func TestSettingsHorizonAlarm(t *testing.T) {
	clock := &schedule.MovableClock{}
	// Ten working days from here lie beyond the holidays that are known.
	clock.Set(time.Date(2028, 12, 20, 9, 0, 0, 0, time.UTC))
	d, err := newDemo(t.Context(), clock, t.TempDir(), "ask4", "", logger("error"))
	if err != nil {
		t.Fatal(err)
	}
	defer d.close()
	y := d.system
	kept := func(want int) {
		t.Helper()
		for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(time.Millisecond) {
			n, err := y.store.Waiting(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if n == want {
				return
			}
			if n > want || time.Now().After(deadline) {
				t.Fatalf("%d warnings are kept, want %d", n, want)
			}
		}
	}
	watch := func() (stop func()) {
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); y.watchHorizon(ctx) }()
		return func() { cancel(); <-done }
	}
	stop := watch()
	kept(1)
	in, ok, err := y.store.Peek(t.Context(), bot.DeskLane, clock.Now())
	if err != nil || !ok || in.Kind != bot.InWarning || in.Text != "horizon" || in.Argument != "2028-12-31" || in.Key != "horizon:2028-12-20" {
		t.Fatalf("the desk has %+v (%v, %v)", in, ok, err)
	}
	stop()
	stop = watch() // another start on the same day
	clock.Move(time.Hour)
	kept(1)
	clock.Move(24 * time.Hour)
	kept(2)
	clock.Move(24 * time.Hour)
	kept(3)
	stop()

	p := y.house.Policy
	if err := horizon(p, clock.Now()); err == nil || !strings.Contains(err.Error(), "2028-12-31") || !strings.Contains(err.Error(), "until 2029-") {
		t.Errorf("it says %v", err)
	}
	early := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	if _, soon := horizonWarning(p, early); soon || horizon(p, early) != nil {
		t.Error("the alarm is given although the calendar reaches far enough")
	}
}
