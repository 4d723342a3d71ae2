package slack

import (
	"context"
	"sync/atomic"
	"time"
)

// memo is one answer of Slack, kept for a while. One goroutine at a time asks;
// when Slack does not answer, what it last said is good for an hour.
type memo[T any] struct {
	turn   chan struct{}
	last   atomic.Pointer[said[T]]
	gen    atomic.Int64 // counts what made the answer doubtful
	failed atomic.Int64 // when asking last failed, ns; 0 if it did not
}

type said[T any] struct {
	value T
	at    time.Time
	gen   int64
}

const (
	lastFor  = time.Hour
	retryFor = 5 * time.Second
)

func newMemo[T any]() *memo[T] { return &memo[T]{turn: make(chan struct{}, 1)} }

// forget makes the next get ask anew.
func (m *memo[T]) forget() { m.gen.Add(1) }

func (m *memo[T]) get(ctx context.Context, now func() time.Time, fresh time.Duration, ask func(context.Context) (T, error)) (T, bool) {
	if s := m.fresh(now(), fresh); s != nil {
		return s.value, true
	}
	select {
	case m.turn <- struct{}{}:
		defer func() { <-m.turn }()
	case <-ctx.Done():
		return m.known(now())
	}
	at := now()
	if s := m.fresh(at, fresh); s != nil {
		return s.value, true
	}
	if f := m.failed.Load(); f != 0 && at.Sub(time.Unix(0, f)).Abs() < retryFor {
		return m.known(at)
	}
	gen := m.gen.Load()
	value, err := ask(ctx)
	if err != nil {
		m.failed.Store(at.UnixNano())
		return m.known(at)
	}
	m.failed.Store(0)
	m.last.Store(&said[T]{value, at, gen})
	return value, true
}

func (m *memo[T]) fresh(now time.Time, d time.Duration) *said[T] {
	if s := m.last.Load(); s != nil && s.gen == m.gen.Load() && now.Sub(s.at).Abs() < d {
		return s
	}
	return nil
}

func (m *memo[T]) known(now time.Time) (T, bool) {
	if s := m.last.Load(); s != nil && now.Sub(s.at).Abs() < lastFor {
		return s.value, true
	}
	var none T
	return none, false
}
