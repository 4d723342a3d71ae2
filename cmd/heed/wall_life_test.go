package main

import (
	"fmt"
	"strconv"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/flows/desk"
)

// wallVerbs are what staff do, the commonest more than once.
var wallVerbs = []string{casework.Acknowledge, casework.Acknowledge, casework.Reply, casework.Reply, casework.Update, casework.Ask, casework.Decide,
	casework.Decide, casework.Decline, casework.Assign, casework.HandOver, casework.Note, casework.Escalate, casework.Close, casework.Close, casework.Reopen,
	casework.Record, casework.Heard, casework.Code, casework.Refer, casework.Arrived, casework.Resend, casework.Mandate, casework.Invite,
	casework.Flag, casework.Flag, casework.Warn, casework.Warn, casework.StopReplying, casework.Block, casework.ReportAuthority, casework.Unflag,
	casework.Renew, casework.Lift, casework.Review, casework.Unshown, casework.WallUp, casework.NamePerson, casework.Release}

// wallSteps are the steps of the ladder.
var wallSteps = []string{casework.Warn, casework.StopReplying, casework.Block, casework.ReportAuthority}

// someone picks anybody; one of the board more often than others.
func (p *wallPair) someone() bot.StaffID {
	if p.chance(30) && len(p.town.inside[wallBoard]) > 0 {
		return wallPick(p.r, p.town.inside[wallBoard]...)
	}
	return wallPick(p.r, p.town.people...).ID
}

// but picks anybody else than the person complained of.
func (p *wallPair) but() bot.StaffID {
	for {
		if id := p.someone(); id != p.who {
			return id
		}
	}
}

// topics are the policy's that are not about staff.
func (p *wallPair) topic() string {
	for {
		q, _ := p.a.house.Policy.Ask.Find("topic")
		if o := wallPick(p.r, q.Options...); o != "staff" {
			return o
		}
	}
}

// live does one thing at random.
func (p *wallPair) live() {
	c := wallPick(p.r, p.customers...)
	var s *wallSlot
	if len(p.slots) > 0 {
		s = wallPick(p.r, p.slots...)
	}
	switch x := p.r.IntN(100); {
	case s == nil || x < 10:
		p.arrives(c)
	case x < 17:
		if c.twin && !p.has(c) {
			return // they would not come back to it in one world
		}
		if p.begins(c); p.chance(50) {
			p.pass(4 * 24 * time.Hour)
			p.takesOver(c)
		}
	case x < 28:
		words := wallPick(p.r, "One more thing that I forgot.", "I am still waiting.", "You are all useless, and I know where you live.")
		if p.chance(25) && (s.hidden || s.of.twin) == s.hidden {
			words = "It was " + p.called(p.town.name(p.someone())) + ", by the way."
		}
		p.writes(s, words)
	case x < 34:
		p.presses(s, wallPick(p.r, "withdraw", "dispute", "accept", "rate", "conduct_review", "status"))
	case x < 42:
		p.joins(wallPick(p.r, p.who, p.who, p.someone()), wallPick(p.r, wallBoard, wallBoard, wallBoard, wallDesk, wallOther), p.chance(60))
	case x < 44 && !c.twin: // whether somebody can be reached is so wherever they complain
		p.blocks(c, wallPick(p.r, bot.InBlocked, bot.InUnblocked))
	case x < 50 && s.hidden:
		p.raises(s)
	case x < 56 && s.hidden: // a button on a post that was deleted, or made up
		p.acts(p.who, s, wallPick(p.r, wallVerbs...), nil)
	case x < 64:
		p.pass(wallPick(p.r, time.Minute, time.Hour, 8*time.Hour, 26*time.Hour, 26*time.Hour, 3*24*time.Hour, 10*24*time.Hour))
		p.say("time has passed")
	case x < 71:
		p.climbs(s)
	case x < 77:
		p.ends(s)
	default:
		p.works(s)
	}
}

// raises has a colleague say whom a complaint is about.
func (p *wallPair) raises(s *wallSlot) {
	verb := casework.WallUp
	if p.a.cases[p.a.refs[s.key]].Wall != nil {
		verb = casework.NamePerson
	}
	if ids := p.keepers(s); len(ids) > 0 {
		p.acts(wallPick(p.r, ids...), s, verb, map[string]string{"person": string(p.who)})
	}
}

// keepers are those who may deal with a complaint, the person complained of
// left out.
func (p *wallPair) keepers(s *wallSlot) []bot.StaffID {
	c, ok := p.a.cases[p.a.refs[s.key]]
	var ids []bot.StaffID
	for _, x := range p.town.people {
		if who := p.town.Staff(p.a.ctx, x.ID); ok && x.ID != p.who && desk.Permitted(p.a.house, &c, who, casework.Note) == "" {
			ids = append(ids, x.ID)
		}
	}
	return ids
}

// climbs has a customer be abusive, and what that leads to.
func (p *wallPair) climbs(s *wallSlot) {
	p.writes(s, "I know where you live.")
	p.pass(time.Minute)
	ids := p.keepers(s)
	if len(ids) == 0 {
		return
	}
	p.acts(wallPick(p.r, ids...), s, casework.Flag, map[string]string{"kind": "threatening"})
	for _, verb := range []string{casework.Warn, wallPick(p.r, casework.StopReplying, casework.Block, casework.ReportAuthority), casework.Renew, casework.Lift} {
		p.pass(time.Hour)
		for _, id := range ids { // who may not is refused
			p.acts(id, s, verb, map[string]string{"until": p.now.AddDate(0, 0, 10+p.r.IntN(30)).Format(time.DateOnly)})
		}
		if p.chance(30) {
			return
		}
	}
}

// ends has a complaint decided and closed, and the customer asked how it was.
func (p *wallPair) ends(s *wallSlot) {
	ids := p.keepers(s)
	if len(ids) == 0 {
		return
	}
	p.acts(wallPick(p.r, ids...), s, casework.Decide, nil)
	p.pass(time.Hour)
	p.acts(wallPick(p.r, ids...), s, casework.Close, nil)
	p.pass(3 * 24 * time.Hour)
	p.presses(s, "rate")
}

// works has someone do something about a complaint.
func (p *wallPair) works(s *wallSlot) {
	by, verb, more := p.someone(), wallPick(p.r, wallVerbs...), map[string]string{}
	switch verb {
	case casework.WallUp, casework.NamePerson:
		if !s.hidden {
			more["person"] = string(p.someone())
			break
		}
		more["person"] = string(wallPick(p.r, p.who, p.someone()))
	case casework.Release:
		more["person"] = string(p.someone())
		if s.hidden && p.chance(70) {
			more["person"] = string(p.but())
		}
	case casework.Assign:
		more["person"] = string(p.someone())
	case casework.Flag:
		more["kind"] = wallPick(p.r, "threatening", "bullying")
	}
	p.acts(by, s, verb, more)
}

// arrives has a customer complain.
func (p *wallPair) arrives(c *wallCustomer) {
	about := c.hidden || c.twin && p.has(c)
	topic, named, yes, prose := p.topic(), "", false, false
	switch {
	case about:
		named = p.called(p.town.name(p.who))
		switch p.r.IntN(6) {
		case 0: // of which it turns out only later
			named = ""
		case 1:
			yes = true
		case 2:
			topic, prose = "staff", true
		case 3:
			topic = "staff"
		default:
			topic, yes = "staff", true
		}
	case p.chance(30):
		named, yes = p.called(p.town.name(p.someone())), p.chance(50)
		topic = wallPick(p.r, topic, "staff")
	}
	if c.paper { // once
		if !p.has(c) {
			p.log(c, p.but(), topic, named)
		}
		return
	}
	p.complain(c, topic, named, yes, prose, false)
}

// begins has a customer leave an account unfinished.
func (p *wallPair) begins(c *wallCustomer) {
	if c.paper {
		return
	}
	if c.hidden || c.twin {
		p.complain(c, "staff", p.called(p.town.name(p.who)), true, false, true)
		return
	}
	p.complain(c, wallPick(p.r, p.topic(), "staff"), p.called(p.town.name(p.someone())), true, false, true)
}

// takesOver has someone make a complaint of an account left unfinished.
func (p *wallPair) takesOver(c *wallCustomer) {
	slot := &wallSlot{of: c, key: p.key(), hidden: c.hidden || c.twin && p.has(c)}
	by := p.but()
	draft := p.a.drafts[c.id]
	act := bot.Act{Verb: casework.TakeOver, Customer: c.id, By: by, Fields: map[string]string{"draft": strconv.Itoa(draft)}, Chat: wallDesk}
	slot.name = fmt.Sprintf("%s's complaint %d", c.chat, len(p.slots)+1)
	p.slots = append(p.slots, slot)
	p.say("%s takes over %s", p.town.name(by), slot.name)
	p.in(slot.hidden, func(w *wallWorld) error {
		return w.receive(bot.Input{Key: slot.key, Channel: bot.Slack, Kind: bot.InAct, At: p.now, Act: &act})
	})
}
