package desk

import (
	"slices"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/locales"
)

// who is a set of those who may do something.
type who uint8

const (
	agents   who = 1 << iota // members of the desk's channel, and guests named as agents
	holders                  // of a role that the complaint is with, goes on to, or is copied to
	managers                 // named in HEED_SLACK_MANAGERS
	seniors                  // senior management
)

const (
	anyone = agents | holders | managers | seniors
	above  = managers | seniors
)

// Permit is a row of the table of who may do what.
type Permit struct {
	Act string // a staff verb, or a command
	who who
}

// Permits is the one table of who may do what. What a complaint's stage allows
// is Unfit's; on what is walled only those who may see it may do anything. The
// ladder's steps may be narrowed by the policy.
var Permits = []Permit{
	{casework.Acknowledge, anyone},
	{casework.Reply, anyone},
	{casework.Update, anyone},
	{casework.Ask, anyone},
	{casework.Decide, anyone},
	{casework.Decline, anyone},
	{casework.Assign, anyone},
	{casework.HandOver, anyone},
	{casework.Note, anyone},
	{casework.Escalate, anyone},
	{casework.Close, anyone},
	{casework.Reopen, anyone},
	{casework.Record, anyone},
	{casework.Heard, anyone},
	{casework.Code, anyone},
	{casework.Refer, anyone},
	{casework.Guidance, anyone},
	{casework.Arrived, anyone},
	{casework.Resend, anyone},
	{casework.Mandate, anyone},
	{casework.Invite, anyone},
	{casework.Flag, anyone},
	{casework.Warn, anyone},
	{casework.Unflag, above},
	{casework.StopReplying, above},
	{casework.Block, above},
	{casework.ReportAuthority, above},
	{casework.Renew, above},
	{casework.Lift, above},
	{casework.Review, above},
	{casework.Unshown, above},
	{casework.WallUp, anyone},
	{casework.NamePerson, seniors},
	{casework.Release, seniors},
	{casework.Log, agents | above},
	{casework.TakeOver, agents | above},
	{"/complaint", anyone},
	{"/complaint mine", anyone},
	{"/complaint conduct", above},
	{"/sla", above},
}

// May lists who may do it, of agents, holders, managers and seniors, in this
// order.
func (p Permit) May() [4]bool {
	return [4]bool{p.who&agents != 0, p.who&holders != 0, p.who&managers != 0, p.who&seniors != 0}
}

// standing is what a person is to a complaint; to the desk as a whole where c
// is nil.
func standing(h *casework.House, c *bot.Complaint, s bot.Staff) who {
	var is who
	if s.Trouble != "" {
		return 0
	}
	if s.Is(bot.Agent) {
		is |= agents
	}
	if s.Is(bot.Manager) {
		is |= managers
	}
	if h.Rank(s) == bot.RankSenior {
		is |= seniors
	}
	if c == nil && len(s.Roles) > 0 || c != nil && h.Concerns(c, s) {
		is |= holders
	}
	return is
}

// Permitted says why a person may not do something, whatever the complaint's
// stage; "" if they may. c is nil for what is about no complaint. Someone who
// may not see the complaint learns what everyone learns of one that does not
// exist.
func Permitted(h *casework.House, c *bot.Complaint, s bot.Staff, act string) locales.Key {
	if k := Refused(s); k != "" {
		return k
	}
	is := standing(h, c, s)
	if c != nil && (!h.Sight(s).Sees(c) || is == 0) {
		return locales.StaffNoComplaint
	}
	i := slices.IndexFunc(Permits, func(p Permit) bool { return p.Act == act })
	switch {
	case i < 0:
		return locales.StaffNoSuchAct
	case c != nil && c.Wall != nil:
		return "" // seen, so theirs
	case Permits[i].who&is != 0:
		return ""
	case Permits[i].who == seniors:
		return locales.StaffNotSeniors
	case Permits[i].who == above:
		return locales.StaffNotManagers
	}
	return locales.StaffNotAllowed
}
