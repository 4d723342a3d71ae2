package bot

import (
	"testing"
	"time"
)

func TestOverdueIsWhatWouldBeLate(t *testing.T) {
	due := time.Date(2026, 3, 2, 9, 0, 0, 200e6, time.UTC)
	p := Promise{Due: due, Verdict: Open}
	for _, d := range []time.Duration{-time.Second, 0, time.Millisecond, 799 * time.Millisecond, 800 * time.Millisecond, time.Second, time.Hour} {
		now := due.Add(d)
		if late := p.Judge(now) == Late; p.Overdue(now) != late {
			t.Errorf("%v after the due instant: overdue %v, and kept then it would be late: %v", d, p.Overdue(now), late)
		}
	}
	if p.Verdict = Kept; p.Overdue(due.Add(time.Hour)) {
		t.Error("a promise that was kept is overdue")
	}
}
