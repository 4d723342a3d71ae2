package main

import (
	"context"
	"fmt"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/policy"
)

// horizon is an error where the policy's calendar ends before the last day
// that a complaint received now could need.
func horizon(p *policy.Policy, now time.Time) error {
	if !p.EndsTooSoon(now) {
		return nil
	}
	return fmt.Errorf("policy %s: its holidays are known until %s, and a complaint received today may need them until %s: take a newer heed, or a pack over a newer calendar; until then name the days off with HEED_CALENDAR_CLOSE or HEED_CALENDAR_ICS, or due dates will be guesses",
		p.Name, p.Horizon().Format(time.DateOnly), p.Reach(now).In(p.Zone).Format(time.DateOnly))
}

// watchHorizon has the desk told, once a day, while the policy's calendar ends
// too soon.
func (y *system) watchHorizon(ctx context.Context) {
	for ctx.Err() == nil {
		now := y.clock.Now()
		if in, soon := horizonWarning(y.house.Policy, now); soon {
			if err := y.store.Receive(ctx, bot.Arrival{Input: in}); err != nil && ctx.Err() == nil {
				y.log.Error("the desk is not told that the calendar ends too soon", "err", err)
			}
		}
		_ = y.clock.Wait(ctx, now.Add(24*time.Hour), nil) // its error is that of ctx
	}
}

// horizonWarning is what the desk is told if the calendar ends too soon. Its
// key has the company's date: there is one a day, however often heed starts.
func horizonWarning(p *policy.Policy, now time.Time) (bot.Input, bool) {
	return bot.Input{Key: "horizon:" + now.In(p.Zone).Format(time.DateOnly), Kind: bot.InWarning, At: now,
		Text: "horizon", Argument: p.Horizon().Format(time.DateOnly)}, p.EndsTooSoon(now)
}
