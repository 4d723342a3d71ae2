package bot

import "time"

// Verdict is how a promise ended. Overdue is not a verdict: it is an open
// promise whose due instant has passed.
type Verdict string

const (
	Open   Verdict = "open"
	Kept   Verdict = "kept"   // delivered at or before the due instant
	Late   Verdict = "late"   // delivered after it
	Missed Verdict = "missed" // closed without it
	Void   Verdict = "void"   // the customer could not be reached, or withdrew
)

// Promise is one dated obligation of a policy towards one complaint.
type Promise struct {
	ID     string    `json:"id"`    // of the policy: "acknowledge"
	Round  int       `json:"round"` // of the complaint
	From   EventKind `json:"from"`
	Until  EventKind `json:"until"` // what keeps it
	Within string    `json:"within"`
	ByBot  bool      `json:"by_bot,omitempty"` // the program alone may keep it
	Start  time.Time `json:"start"`
	Due    time.Time `json:"due"`
	// Firm is false while the start is only the latest possible one, because
	// the promise before it in the chain has not ended.
	Firm    bool    `json:"firm"`
	Verdict Verdict `json:"verdict"`
	// Met is when the customer's platform accepted the message that kept it,
	// late or not; zero otherwise.
	Met     time.Time `json:"met,omitzero"`
	Settled time.Time `json:"settled,omitzero"` // when the verdict fell
	// Waits are when it stood still, waiting for the customer, where the
	// policy says so; Due counts the finished ones.
	Waits []Wait `json:"waits,omitempty"`
}

// Wait is a stretch in which a promise stands still; To is zero while it
// lasts.
type Wait struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to,omitzero"`
	// Held says that it stands still only because the one before it does.
	Held bool `json:"held,omitempty"`
}

// Paused tells whether the promise stands still now.
func (p Promise) Paused() bool {
	return len(p.Waits) > 0 && p.Waits[len(p.Waits)-1].To.IsZero()
}

// Overdue tells whether the promise is open past its due instant: in whole
// seconds, so what is not overdue can still be kept.
func (p Promise) Overdue(now time.Time) bool {
	return p.Verdict == Open && !p.Paused() && p.Judge(now) == Late
}

// Judge gives the verdict on a message accepted at the instant met: in whole
// seconds, as promises are counted.
func (p Promise) Judge(met time.Time) Verdict {
	if p.Paused() && !met.Before(p.Waits[len(p.Waits)-1].From) {
		return Kept // time stood still
	}
	if met.Unix() <= p.Due.Unix() {
		return Kept
	}
	return Late
}
