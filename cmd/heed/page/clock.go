package page

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// clock is the present instant. Next is when the next promise is due; null if
// none is open.
type clock struct {
	Now    time.Time  `json:"now"`
	Zone   string     `json:"zone"`
	Place  string     `json:"place"`
	Moving bool       `json:"moving"`
	Day    time.Time  `json:"day"` // where "+1 working day" leads
	Next   *time.Time `json:"next"`
}

// past is how far the clock is moved beyond a promise's due instant: its last
// second still keeps it, and in the one after it is overdue.
const past = time.Second

// settle is the longest wait for the program to take what was sent last.
const settle = 5 * time.Second

func (s *site) clock(ctx context.Context) (clock, error) {
	now := s.Clock.Now().In(s.Policy.Zone)
	c := clock{Now: now, Zone: s.Policy.Zone.String(), Day: s.workingDay(now)}
	c.Place, _ = s.Policy.Say("en", "zone")
	next, err := s.Next(ctx)
	if err != nil {
		return clock{}, fmt.Errorf("ask for the next promise: %w", err)
	}
	if !next.IsZero() {
		next = next.In(s.Policy.Zone)
		c.Next = &next
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c.Moving = s.moving
	return c, nil
}

// workingDay is the same time of day on the next day that is worked. Where no
// day is ever worked, it is the next one.
func (s *site) workingDay(now time.Time) time.Time {
	for n := 1; n <= 31; n++ {
		if t := now.AddDate(0, 0, n); s.Policy.Calendar.WorkingDay(t) {
			return t
		}
	}
	return now.AddDate(0, 0, 1)
}

type move struct {
	By string `json:"by"` // hour, day or promise
}

// clockMove moves the clock and answers once all that was due on the way is
// done. It ends early, at a later instant than before, if the page goes away.
func (s *site) clockMove(ctx context.Context, in move) (any, error) {
	if !s.travel.TryLock() {
		return nil, refusal{http.StatusConflict, "The clock is being moved already."}
	}
	defer s.travel.Unlock()
	s.move(true)
	defer s.move(false)
	// What was sent a moment ago belongs to the time before.
	for end := time.Now().Add(settle); s.Telegram.Pending() > 0 && time.Now().Before(end); {
		if !sleep(ctx, 10*time.Millisecond) {
			return nil, fmt.Errorf("move the clock: %w", ctx.Err())
		}
	}
	to, err := s.goal(ctx, in.By)
	if err != nil {
		return nil, err
	}
	if err := s.Travel(ctx, to); err != nil {
		return nil, fmt.Errorf("move the clock: %w", err)
	}
	return struct{}{}, nil
}

func (s *site) goal(ctx context.Context, by string) (time.Time, error) {
	now := s.Clock.Now().In(s.Policy.Zone)
	switch by {
	case "hour":
		return now.Add(time.Hour), nil
	case "day":
		return s.workingDay(now), nil
	case "promise":
		next, err := s.Next(ctx)
		if err != nil {
			return time.Time{}, fmt.Errorf("ask for the next promise: %w", err)
		}
		if next.IsZero() {
			return time.Time{}, refusal{http.StatusConflict, "No promise is open."}
		}
		return next.Add(past), nil
	}
	return time.Time{}, refuse("The clock moves by an hour, a day, or to the next promise.")
}

func (s *site) move(moving bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.moving = moving
	s.changed()
}
