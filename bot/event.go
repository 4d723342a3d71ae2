package bot

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// EventKind names something that happened to a complaint.
type EventKind string

const (
	EvReceived     EventKind = "received"
	EvAcknowledged EventKind = "acknowledged"
	EvReplied      EventKind = "replied"
	EvUpdated      EventKind = "first_update" // a progress update; the first one keeps the promise
	EvAsked        EventKind = "asked"        // staff asked the customer for more
	EvResponse     EventKind = "response"
	EvSecond       EventKind = "second_response"
	EvDisputed     EventKind = "disputed"
	EvEscalated    EventKind = "escalated"
	EvClosed       EventKind = "closed"
	EvWithdrawn    EventKind = "withdrawn"
	EvAdded        EventKind = "added"   // the customer wrote or sent more
	EvRevised      EventKind = "revised" // the customer edited a message
	EvAssigned     EventKind = "assigned"
	EvNoted        EventKind = "noted"
	EvFile         EventKind = "file"      // a file was kept, refused or found gone
	EvTold         EventKind = "told"      // the program wrote on its own
	EvDelivered    EventKind = "delivered" // the platform accepted a message; Data names it
	EvPossibly     EventKind = "possibly"  // nobody knows whether it arrived
	EvFailed       EventKind = "failed"    // it did not arrive
	EvSettled      EventKind = "settled"   // a promise got its verdict
	EvUnreachable  EventKind = "unreachable"
	EvReachable    EventKind = "reachable"
	EvReminded     EventKind = "reminded"  // staff were reminded of a promise
	EvOverdue      EventKind = "overdue"   // managers were told
	EvSatisfied    EventKind = "satisfied" // the customer accepted the response
	EvHanded       EventKind = "handed"    // over to the next role of the topic's route; Data "to"
	EvPaused       EventKind = "paused"    // a promise waits for the customer; Data "promise", "round"
	EvResumed      EventKind = "resumed"   // it runs again; Data "due" too
	EvPrepared     EventKind = "prepared"  // words for a customer without a chat; Data "out", "about"
	EvLetter       EventKind = "letter"    // the ADR letter; Data "external", "why": deadlock or time
	EvReferred     EventKind = "referred"  // what an outside body was given or said; Data "external"
	EvSurveyed     EventKind = "surveyed"  // the customer was asked whether they are satisfied
	EvRated        EventKind = "rated"     // Data "answer": of the scale, or RatherNot
	EvCommented    EventKind = "commented" // on their rating
	EvLinked       EventKind = "linked"    // a complaint that came without a chat has one now; Data "channel"

	// Of the wall. Each has Data "hidden", "unsure", "cleared" (ids with commas), "home",
	// "managers" and "searched" (yes), as they are from then on.
	EvWalled   EventKind = "walled"   // Data "present": who was in the channel it was in; "unassigned": yes
	EvReleased EventKind = "released" // Data "staff": not about them; "down": the wall is gone
	EvMoved    EventKind = "moved"    // where it is shown; Data "why": watched joined nobody changed
	EvLooked   EventKind = "looked"   // someone read a walled complaint
	EvMet      EventKind = "met"      // Data "staff": the customer dealt with them

	EvFlagged    EventKind = "flagged"    // Data "flag", "kind"; Words: the reason
	EvUnflagged  EventKind = "unflagged"  // a manager found no abuse; Data "flag"
	EvWarned     EventKind = "warned"     // Data "measure", "flag", "kind"
	EvRestricted EventKind = "restricted" // Data "measure", "do", "flag", "kind", "until"
	EvRenewed    EventKind = "renewed"    // Data "measure", "until"
	EvLifted     EventKind = "lifted"     // Data "measure"; By "bot" where it lapsed
	EvAppealed   EventKind = "appealed"   // the customer asked for a review of a measure; Data "measure"
	EvReviewed   EventKind = "reviewed"   // a manager answered; Data "measure", "outcome": stands lifted
	EvReported   EventKind = "reported"   // to an authority, outside the program; Data "measure", "flag", "kind"

	EvMandate  EventKind = "mandate"  // a representative's authority; Data "state": a MandateState
	EvInformed EventKind = "informed" // the represented person is kept informed from now on; no more with Data "state": stopped, gone
)

// Event is one line of a complaint's history. Events are only ever added.
type Event struct {
	Complaint Ref       `json:"complaint"`
	N         int       `json:"n"`  // 1, 2, 3 … within the complaint
	At        time.Time `json:"at"` // when it happened
	Noted     time.Time `json:"noted"`
	Kind      EventKind `json:"kind"`
	By        string    `json:"by,omitempty"` // "customer", "represented", "bot", or a StaffID
	// Data are facts without personal detail: ids, dates, outcomes.
	Data map[string]string `json:"data,omitempty"`
	// Words is what was said. It is kept apart from the event, where it can be
	// erased; the event keeps its digest.
	Words  string `json:"-"`
	Digest string `json:"digest,omitempty"` // SHA-256 of Words, hex
	Prev   string `json:"prev,omitempty"`   // Hash of the event before
	Hash   string `json:"hash"`
}

// Seal numbers the event after the complaint's last one and closes the chain.
func (e Event) Seal(n int, prev string) Event {
	e.N, e.Prev = n, prev
	e.At, e.Noted = e.At.UTC().Truncate(time.Millisecond), e.Noted.UTC().Truncate(time.Millisecond)
	if e.Words != "" {
		d := sha256.Sum256([]byte(e.Words))
		e.Digest = hex.EncodeToString(d[:])
	}
	e.Hash = e.sum()
	return e
}

func (e Event) sum() string {
	e.Hash = ""
	b, err := json.Marshal(e)
	if err != nil {
		return ""
	}
	d := sha256.Sum256(b)
	return hex.EncodeToString(d[:])
}

// ErrChain is returned for a history that was changed after the fact.
var ErrChain = errors.New("the chain of events is broken")

// Verify checks a complaint's whole history, in order.
func Verify(events []Event) error {
	prev := ""
	for i, e := range events {
		if e.N != i+1 || e.Prev != prev || e.Hash != e.sum() {
			return fmt.Errorf("event %d: %w", i+1, ErrChain)
		}
		prev = e.Hash
	}
	return nil
}

// ErrMove is returned for an event that the complaint's stage does not allow.
var ErrMove = errors.New("this cannot happen at this stage")

// moves is the one table of what an event does to the stage of a complaint:
// from where it is allowed, and where it leads ("" stays).
var moves = map[EventKind]struct {
	from []Stage
	to   Stage
}{
	EvReceived:     {[]Stage{""}, Received},
	EvAcknowledged: {[]Stage{Received, Acknowledged, Disputed}, Acknowledged},
	EvUpdated:      {[]Stage{Received, Acknowledged, Examined, Disputed}, Examined},
	EvResponse:     {[]Stage{Received, Acknowledged, Examined}, Decided},
	EvDisputed:     {[]Stage{Decided, Closed}, Disputed},
	EvSecond:       {[]Stage{Disputed}, Decided},
	EvClosed:       {[]Stage{Received, Acknowledged, Examined, Decided, Disputed}, Closed},
	EvWithdrawn:    {[]Stage{Received, Acknowledged, Examined, Decided, Disputed}, Withdrawn},
	EvReplied:      {[]Stage{Received, Acknowledged, Examined, Decided, Disputed}, ""},
	EvAsked:        {[]Stage{Received, Acknowledged, Examined, Disputed}, ""},
	EvEscalated:    {[]Stage{Received, Acknowledged, Examined, Decided, Disputed}, ""},
	EvAssigned:     {[]Stage{Received, Acknowledged, Examined, Decided, Disputed}, ""},
	EvHanded:       {[]Stage{Received, Acknowledged, Examined, Decided, Disputed}, ""},
}

// Allows tells whether the event may happen at this stage. Events that the
// table does not name (notes, receipts) may happen at any stage but before the
// first.
func (s Stage) Allows(k EventKind) bool {
	m, ok := moves[k]
	if !ok {
		return s != ""
	}
	for _, f := range m.from {
		if f == s {
			return true
		}
	}
	return false
}

// Apply adds the event to the complaint: it moves the stage by the table,
// and returns the event numbered and chained. It leaves the complaint as it
// was and returns ErrMove where the table forbids it.
func (c *Complaint) Apply(e Event) (Event, error) {
	if !c.Stage.Allows(e.Kind) {
		return Event{}, fmt.Errorf("%s at stage %q: %w", e.Kind, c.Stage, ErrMove)
	}
	// In a second round a progress update or an acknowledgement informs; it
	// does not take the complaint back to the first.
	informs := c.Stage == Disputed && (e.Kind == EvUpdated || e.Kind == EvAcknowledged)
	if m, ok := moves[e.Kind]; ok && m.to != "" && !informs {
		c.Stage = m.to
	}
	e.Complaint = c.Ref
	e = e.Seal(c.Events+1, c.Hash)
	c.Events, c.Hash = e.N, e.Hash
	switch e.Kind {
	case EvReceived:
		c.With = e.Data["with"]
	case EvDisputed:
		c.With = e.Data["with"]
		c.Round++
		c.ClosedAt = time.Time{}
	case EvClosed, EvWithdrawn:
		c.ClosedAt = e.At
	case EvAsked:
		c.Waiting = e.At
	case EvAdded:
		c.Waiting = time.Time{}
	case EvAssigned:
		c.Assignee = StaffID(e.Data["to"])
	case EvEscalated:
		c.Escalated = e.At
	case EvResponse, EvSecond:
		c.Outcome, c.Reason = e.Data["outcome"], e.Data["reason"]
		c.Deciders = append(c.Deciders, StaffID(e.By))
		c.Waiting = time.Time{}
	case EvHanded:
		c.With = e.Data["to"]
	case EvWalled, EvReleased, EvMoved:
		c.walled(e)
	case EvMet:
		c.Met = staffIDs(e.Data["staff"])
	}
	switch e.Kind {
	case EvDelivered, EvPossibly, EvFailed, EvReminded, EvOverdue, EvTold, EvSettled, EvNoted, EvFile,
		EvPaused, EvResumed, EvPrepared, EvLetter, EvReferred, EvSurveyed, EvRated, EvCommented,
		EvLooked, EvMet, EvMoved, EvFlagged, EvUnflagged, EvWarned, EvRestricted, EvRenewed, EvLifted, EvAppealed,
		EvReviewed, EvReported, EvMandate, EvInformed:
	default:
		c.Version++
	}
	return e, nil
}
