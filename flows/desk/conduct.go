package desk

import (
	"slices"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/flows/conduct"
	"github.com/heedbot/heed/locales"
)

// stepOf is the step of the ladder that a verb takes; "" for another verb.
func stepOf(verb string) string {
	switch verb {
	case casework.Warn:
		return bot.StepWarn
	case casework.StopReplying:
		return bot.StepStop
	case casework.Block:
		return bot.StepBlock
	case casework.ReportAuthority:
		return bot.StepReport
	}
	return ""
}

// verbOf is the verb that takes a step of the ladder.
func verbOf(do string) string {
	for _, v := range []string{casework.Warn, casework.StopReplying, casework.Block, casework.ReportAuthority} {
		if stepOf(v) == do {
			return v
		}
	}
	return ""
}

// conductNeeds tells whether a press opens a dialog of its own.
func conductNeeds(verb string) bool {
	switch verb {
	case casework.Flag, casework.Unflag, casework.Renew, casework.Lift, casework.Review, casework.Unshown:
		return true
	}
	return stepOf(verb) != ""
}

// conductUnfit says why an act of its own does not fit now; "" if it fits.
func (k Case) conductUnfit(who bot.Staff, verb string) string {
	h, c, cust, l, actor := k.House, k.C, k.Customer, k.ladder(), k.actor(who)
	switch verb {
	case casework.Reply:
		return silenced(h, c, l)
	case casework.Flag:
		return refusal(h, c, l, l.Flag(actor, ""))
	case casework.Renew:
		return refusal(h, c, l, l.AnyOf(func(n int) conduct.No { return l.Renew(actor, n) }))
	case casework.Lift:
		return refusal(h, c, l, l.AnyOf(func(n int) conduct.No { return l.Lift(actor, n) }))
	case casework.Review:
		return refusal(h, c, l, l.AnyOf(func(n int) conduct.No { return l.Review(actor, n, !cust.HasChat()) }))
	case casework.Unshown:
		if len(cust.Unshown[c.Ref].Parts)+len(cust.Unshown[c.Ref].Files) == 0 {
			return h.D(locales.StaffConductNothingKept)
		}
	}
	if _, known := l.Rung(bot.StepBlock); known && verb == casework.Block && !cust.HasChat() {
		return h.D(locales.StaffConductNoChat)
	}
	if do := stepOf(verb); do != "" {
		return refusal(h, c, l, l.Any(actor, do))
	}
	return ""
}

// actor is a member of staff as the rules of the ladder see them.
func (k Case) actor(who bot.Staff) conduct.Actor { return k.House.Actor(k.C, who, k.Directory) }

// silenced says why a free answer is not sent while the customer is not replied
// to; "" where they are, or where a promise is still to be kept by it. What the
// answer to the complaint needs is asked for all the same.
func silenced(h *casework.House, c *bot.Complaint, l conduct.Ladder) string {
	m, ok := l.Stopped()
	if !ok || slices.ContainsFunc(c.Promises, func(p bot.Promise) bool {
		return p.Verdict == bot.Open && p.Until == bot.EvReplied
	}) {
		return ""
	}
	return h.D(locales.StaffConductSilenced, "Until", h.Short(h.Pack(c.Policy), m.Until), "Kind", h.Kind(h.Pack(c.Policy), h.Language, m.Kind))
}

// refusal says to a member of staff why not, and what to do next; "" for no
// reason.
func refusal(h *casework.House, c *bot.Complaint, l conduct.Ladder, no conduct.No) string {
	switch no {
	case conduct.OK:
		return ""
	case conduct.NotManager:
		return h.D(locales.StaffNotManagers)
	case conduct.InForce:
		m, _ := l.Stopped()
		return h.D(locales.StaffConductInForce, "Until", h.Short(h.Pack(c.Policy), m.Until))
	}
	return h.D(locales.Key("staff.conduct." + string(no)))
}
