package casework

import (
	"slices"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

// Work is a turn in the making. Its methods change the customer and the
// complaints it holds; Turn gathers what is to be saved.
type Work struct {
	*House
	S        bot.Situation
	Chance   *bot.Chance
	Customer bot.Customer

	complaints []*bot.Complaint
	touched    map[bot.Ref]bool
	evidence   map[string]*bot.Evidence
	fresh      map[string]bool
	turn       bot.Turn
	ids        int
	cards      []bot.Ref
	posted     map[string]bool // cards that this turn posts, by outbox id
	// moved are complaints whose posts go elsewhere; true where only what waits
	// for staff does.
	moved  map[bot.Ref]bool
	tongue string // spoken for a moment in the place of the customer's language
}

// New begins the work on one situation.
func New(h *House, s bot.Situation) *Work {
	w := &Work{House: h, S: s, Chance: bot.NewChance(s.Seed), Customer: s.Customer,
		touched: map[bot.Ref]bool{}, evidence: map[string]*bot.Evidence{}, fresh: map[string]bool{}, posted: map[string]bool{}, moved: map[bot.Ref]bool{}}
	for i := range s.Complaints {
		c := s.Complaints[i]
		w.complaints = append(w.complaints, &c)
	}
	for i := range s.Evidence {
		e := s.Evidence[i]
		w.evidence[e.ID] = &e
	}
	return w
}

// Turn gives what the work comes to.
func (w *Work) Turn() bot.Turn {
	w.accuse()
	w.regroup()
	for _, ref := range w.cards {
		w.showCard(w.Complaint(ref))
	}
	w.guard()
	w.removals()
	t := w.turn
	if w.Customer.ID != "" {
		c := w.Customer
		t.Customer = &c
	}
	for _, c := range w.complaints {
		if w.touched[c.Ref] {
			t.Complaints = append(t.Complaints, *c)
		}
	}
	for _, e := range w.S.Evidence {
		if w.fresh[e.ID] {
			t.Evidence = append(t.Evidence, *w.evidence[e.ID])
		}
	}
	return t
}

// Complaint gives the customer's complaint with this reference; nil if there
// is none.
func (w *Work) Complaint(ref bot.Ref) *bot.Complaint {
	for _, c := range w.complaints {
		if c.Ref == ref {
			return c
		}
	}
	return nil
}

// Complaints are all of the customer's, oldest first.
func (w *Work) Complaints() []*bot.Complaint { return w.complaints }

// OpenComplaints are those that still need the company, oldest first.
func (w *Work) OpenComplaints() []*bot.Complaint {
	var open []*bot.Complaint
	for _, c := range w.complaints {
		if c.Stage.Open() {
			open = append(open, c)
		}
	}
	return open
}

// Save has the complaint saved.
func (w *Work) Save(c *bot.Complaint) { w.touched[c.Ref] = true }

// Touch has the complaint saved, and its card shown anew.
func (w *Work) Touch(c *bot.Complaint) {
	w.Save(c)
	for _, r := range w.cards {
		if r == c.Ref {
			return
		}
	}
	w.cards = append(w.cards, c.Ref)
}

// Event adds an event to the complaint. It is false, and nothing is added,
// where the complaint's stage forbids it.
func (w *Work) Event(c *bot.Complaint, kind bot.EventKind, by, words string, data map[string]string) bool {
	return w.EventAt(c, kind, w.S.Input.At, by, words, data)
}

// EventAt is Event for something that happened at another instant than the
// input.
func (w *Work) EventAt(c *bot.Complaint, kind bot.EventKind, at time.Time, by, words string, data map[string]string) bool {
	if at.IsZero() {
		at = w.S.Now
	}
	e, err := c.Apply(bot.Event{At: at, Noted: w.S.Now, Kind: kind, By: by, Words: words, Data: data})
	if err != nil {
		return false
	}
	w.turn.Events = append(w.turn.Events, e)
	w.surveyAfter(c, kind)
	switch kind {
	case bot.EvDelivered, bot.EvTold, bot.EvReminded, bot.EvNoted, bot.EvPrepared, bot.EvLooked:
		w.Save(c) // the card does not show these
	default:
		w.Touch(c)
	}
	return true
}

// Set sets or replaces a timer of the customer's lane.
func (w *Work) Set(t bot.Timer) {
	w.turn.Stop = slices.DeleteFunc(w.turn.Stop, func(k string) bool { return k == t.Key })
	w.turn.Set = append(w.turn.Set, t)
}

// Stop takes a timer back.
func (w *Work) Stop(key string) {
	w.turn.Set = slices.DeleteFunc(w.turn.Set, func(t bot.Timer) bool { return t.Key == key })
	w.turn.Stop = append(w.turn.Stop, key)
}

// belated is how long after its instant a timer is not on time any more.
const belated = 15 * time.Minute

// Belated tells whether the timer that woke this turn should have done so a
// while ago: the program was down. What it is about may be untimely now.
func (w *Work) Belated() bool { return w.S.Now.Sub(w.S.Input.Timer.Due) > belated }

// Later sets the timer that woke this turn once more, for another instant.
func (w *Work) Later(at time.Time) {
	t := *w.S.Input.Timer
	t.Due = at
	w.Set(t)
}

// Adopt makes everything of another customer, who is the same person, this
// one's: a complaint that came without a messenger has one now.
func (w *Work) Adopt(id bot.CustomerID) { w.turn.Adopt = id }

// Pass tells the lane of another customer's complaint something.
func (w *Work) Pass(in bot.Input) { w.turn.Pass = append(w.turn.Pass, in) }

// Lang is the customer's language.
func (w *Work) Lang() string {
	if w.tongue != "" {
		return w.tongue
	}
	if w.Customer.Language != "" {
		return w.Customer.Language
	}
	return w.Policy.Languages[0]
}

// T is a text in the customer's language.
func (w *Work) T(k locales.Key, args ...any) string { return w.Words.Text(w.Lang(), k, args...) }

// TN is a text in the customer's language that depends on a number.
func (w *Work) TN(k locales.Key, n int, args ...any) string {
	return w.Words.Count(w.Lang(), k, n, args...)
}

// PolicyOf gives the policy a complaint came in under.
func (w *Work) PolicyOf(c *bot.Complaint) *policy.Policy { return w.Pack(c.Policy) }

func (w *Work) id() string {
	w.ids++
	return bot.NewID(w.S.Lane, w.S.N, w.ids)
}

// Wanted makes a row for a file that the customer sent, to be fetched.
func (w *Work) Wanted(f bot.File, ref bot.Ref) *bot.Evidence {
	return w.addFile(bot.Evidence{File: f, Complaint: ref, State: bot.FileWanted})
}

// Refused makes a row for a file that is not taken, for the record.
func (w *Work) Refused(f bot.File, ref bot.Ref, why string) *bot.Evidence {
	return w.addFile(bot.Evidence{File: f, Complaint: ref, State: bot.FileRefused, Why: why})
}

func (w *Work) addFile(e bot.Evidence) *bot.Evidence {
	e.ID, e.Customer, e.Channel, e.Account = w.id(), w.Customer.ID, w.S.Input.Channel, w.S.Input.Account
	e.At, e.Group, e.Message = w.S.Input.At, w.S.Input.Group, w.S.Input.MessageID
	w.evidence[e.ID] = &e
	w.S.Evidence = append(w.S.Evidence, e)
	w.fresh[e.ID] = true
	return &e
}

// File gives a file's row for reading and changing; nil if there is none.
func (w *Work) File(id string) *bot.Evidence { return w.evidence[id] }

// Changed has a file row saved.
func (w *Work) Changed(e *bot.Evidence) { w.fresh[e.ID] = true }
