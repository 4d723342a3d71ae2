// Package conduct is the rules of the ladder for abusive behaviour: what may be
// done next, by whom, resting on which message, and why not. They are pure
// functions over what is known of a customer and what the policy says.
//
// A person flags a message, nothing else does. The first step is a request. A
// restriction follows only on what the customer wrote after that request had
// reached them, is decided by someone other than who flagged the message, and
// lapses at its date. It restricts talk; what was promised goes on.
package conduct

import (
	"slices"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/policy"
)

// Actor is who wants to do something.
type Actor struct {
	ID bot.StaffID
	// Manager is true for managers and for senior management.
	Manager bool
	// Alone is true where nobody else could act in their place, as far as it is
	// known who works here. It excuses only from reviewing a measure of one's own.
	Alone bool
	// Known is true where Others are all the other managers and senior people who
	// may see the complaint; then they count, and Alone does not.
	Known  bool
	Others []bot.StaffID
}

// alone tells whether nobody else could review a measure: who flagged the
// message, decided on it or renewed it could not.
func (a Actor) alone(m bot.Step, f bot.Flag) bool {
	if !a.Known {
		return a.Alone
	}
	return !slices.ContainsFunc(a.Others, func(id bot.StaffID) bool {
		return id != a.ID && id != f.By && !took(m, id)
	})
}

// took tells whether a measure is someone's own: they decided on it, or that it
// goes on.
func took(m bot.Step, id bot.StaffID) bool {
	return m.By == id || slices.Contains(m.RenewedBy, id)
}

// No is why something may not be done.
type No string

// The reasons. OK is none.
const (
	OK         No = ""
	NoLadder   No = "no_ladder"   // the policy says nothing of conduct
	NoStep     No = "no_step"     // it has no such step
	NoKind     No = "no_kind"     // it has no such kind, or says that this is no abuse
	NoFlag     No = "no_flag"     // nothing is flagged that it could rest on
	NoMeasure  No = "no_measure"  // there is no such measure
	NotManager No = "not_manager" // only managers may
	SamePerson No = "same_person" // who flagged the message may not decide on it
	OwnMeasure No = "own_measure" // who took the measure may not review it
	Dropped    No = "dropped"     // a manager found that the message is no abuse
	Unwarned   No = "unwarned"    // the step before has not been taken, or was taken back
	Untold     No = "untold"      // the step before has not reached the customer yet
	Stale      No = "stale"       // the step before is too old to count
	Before     No = "before"      // they wrote the message before the step before had reached them
	Warned     No = "warned"      // they have been asked to stop since they wrote it
	InForce    No = "in_force"    // as much is in force already
	Rested     No = "rested"      // a measure rests on the message already
	Bears      No = "bears"       // a measure rests on the message, which is to be taken back first
	Over       No = "over"        // the measure has ended
	Timeless   No = "timeless"    // the measure has no date that could be moved
	Unasked    No = "unasked"     // nobody asked for a review
	Asked      No = "asked"       // a review was asked for already
	Reviewed   No = "reviewed"    // it has been reviewed
)

// Ladder is what the rules look at.
type Ladder struct {
	Policy *policy.Conduct // nil where the policy says nothing
	Flags  []bot.Flag
	Steps  []bot.Step
	// Complaint is the one at hand: a step rests on a message of that one. It
	// was received at Received; Walled is true where it is walled.
	Complaint bot.Ref
	Received  time.Time
	Walled    bool
	Now       time.Time
}

// Kinds are those that a message may be flagged as, in the policy's order.
// What the policy says is no abuse is none of them.
func (l Ladder) Kinds() []string {
	if l.Policy == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(l.Policy.Kinds), func(k string) bool { return slices.Contains(l.Policy.NotAbuse, k) })
}

// Flag tells whether someone may flag a message as of this kind; an empty kind
// asks whether they may flag at all.
func (l Ladder) Flag(who Actor, kind string) No {
	switch {
	case l.Policy == nil:
		return NoLadder
	case l.Policy.FlaggedBy == byManager && !who.Manager:
		return NotManager
	case len(l.Kinds()) == 0, kind != "" && !slices.Contains(l.Kinds(), kind):
		return NoKind
	}
	return OK
}

// FlagAgain tells whether a message may be flagged once more: not where it was
// found to be no abuse, or that a step on it should not have been.
func (l Ladder) FlagAgain(f bot.Flag) No {
	for _, g := range l.Flags {
		if same(f, g) && (g.Dropped != "" || slices.ContainsFunc(l.Steps, func(m bot.Step) bool { return m.Flag == g.N && overturned(m) })) {
			return Dropped
		}
	}
	return OK
}

// same tells whether two flags are of one message, as the platform names it;
// where it has no name for it, the words tell.
func same(f, g bot.Flag) bool {
	return f.Complaint == g.Complaint && f.Message == g.Message && f.Said.Equal(g.Said) && (f.Message != "" || f.Words == g.Words)
}

// Unflag tells whether someone may find that a flagged message is no abuse.
func (l Ladder) Unflag(who Actor, flag int) No {
	f, ok := l.flag(flag)
	switch {
	case !who.Manager:
		return NotManager
	case !ok || f.Complaint != l.Complaint:
		return NoFlag
	case f.Dropped != "":
		return Dropped
	case slices.ContainsFunc(l.Steps, func(m bot.Step) bool { return m.Flag == flag && m.Do != bot.StepReport && !l.Ended(m) }):
		return Bears
	}
	return OK
}

const byManager = "manager"

// Rung is a step of the policy's ladder; false if it has none such.
func (l Ladder) Rung(do string) (policy.ConductStep, bool) {
	if l.Policy == nil {
		return policy.ConductStep{}, false
	}
	i := slices.IndexFunc(l.Policy.Steps, func(s policy.ConductStep) bool { return s.Do == do })
	if i < 0 {
		return policy.ConductStep{}, false
	}
	return l.Policy.Steps[i], true
}

// Take tells whether someone may take a step that rests on a flagged message.
func (l Ladder) Take(who Actor, do string, flag int) No {
	if no := l.rank(who, do); no != OK {
		return no
	}
	rung, _ := l.Rung(do)
	f, ok := l.flag(flag)
	switch {
	case !ok || f.Complaint != l.Complaint:
		return NoFlag
	case f.Dropped != "":
		return Dropped
	}
	if rung.Needs != "" {
		if no := l.followed(rung.Needs, f.Said); no != OK {
			return no
		}
	}
	if no := l.fresh(do, f); no != OK {
		return no
	}
	if do != bot.StepWarn && f.By == who.ID {
		return SamePerson
	}
	return OK
}

// rank tells whether someone may take a step at all, whatever it rests on.
func (l Ladder) rank(who Actor, do string) No {
	if l.Policy == nil {
		return NoLadder
	}
	rung, ok := l.Rung(do)
	switch {
	case !ok:
		return NoStep
	case (rung.By == byManager || do != bot.StepWarn) && !who.Manager:
		return NotManager
	}
	for _, m := range l.InForce() {
		if Restricts(do) && (m.Do == do || m.Do == bot.StepBlock) {
			return InForce
		}
	}
	return OK
}

// followed tells whether the customer wrote something after a step had reached
// them.
func (l Ladder) followed(needed string, said time.Time) No {
	no := Unwarned
	for _, m := range l.Steps {
		if m.Do != needed || overturned(m) {
			continue
		}
		if f, ok := l.flag(m.Flag); ok && f.Dropped != "" {
			continue
		}
		switch {
		case m.Told.IsZero():
			if no == Unwarned {
				no = Untold
			}
		case said.After(m.Told) && !Expired(m, said):
			return OK
		case said.After(m.Told):
			if no != Before {
				no = Stale
			}
		default:
			no = Before
		}
	}
	return no
}

// fresh tells whether a message carries no such step yet. One on which a step
// rested that should not have been carries none again.
func (l Ladder) fresh(do string, f bot.Flag) No {
	for _, m := range l.Steps {
		base, _ := l.flag(m.Flag)
		rests := (m.Flag == f.N || same(base, f)) && (m.Do == do || Restricts(do) && Restricts(m.Do))
		switch {
		case do == bot.StepWarn && m.Do == do && !overturned(m) && (rests || !m.Told.IsZero() && !f.Said.After(m.Told)):
			return Warned
		case rests:
			return Rested
		case do == bot.StepWarn && m.Do == do && !overturned(m) && m.Told.IsZero():
			return Untold
		}
	}
	return OK
}

// overturned tells whether it was found that a measure should not have been.
func overturned(m bot.Step) bool {
	return m.Overturned || m.Do == bot.StepWarn && !m.Ended.IsZero()
}

// Bases are the flags that a step may rest on, whoever takes it, newest first.
func (l Ladder) Bases(do string) []bot.Flag {
	var list []bot.Flag
	for _, f := range l.newest() {
		if l.Take(Actor{Manager: true}, do, f.N) == OK {
			list = append(list, f)
		}
	}
	return list
}

// Any tells whether there is a flagged message on which someone may base a
// step; else why not, of the newest one.
func (l Ladder) Any(who Actor, do string) No {
	if no := l.rank(who, do); no != OK {
		return no
	}
	why := NoFlag
	for _, f := range l.newest() {
		switch no := l.Take(who, do, f.N); {
		case no == OK:
			return OK
		case no != NoFlag && (why == NoFlag || why == Dropped):
			why = no
		}
	}
	return why
}

func (l Ladder) newest() []bot.Flag {
	fs := slices.Clone(l.Flags)
	slices.Reverse(fs)
	return fs
}

func (l Ladder) flag(n int) (bot.Flag, bool) {
	i := slices.IndexFunc(l.Flags, func(f bot.Flag) bool { return f.N == n })
	if i < 0 {
		return bot.Flag{}, false
	}
	return l.Flags[i], true
}
