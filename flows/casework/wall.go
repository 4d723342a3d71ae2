package casework

import (
	"slices"
	"strings"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

// Look is what the program notes where someone reads a walled complaint; nobody
// presses it.
const Look = "look"

// SeniorRoles are the roles whose people may see what is walled: senior
// management where somebody is named for it, else those that the policy's
// walled topics go to.
func (h *House) SeniorRoles() []string {
	if h.apart(string(bot.Senior)) {
		return []string{string(bot.Senior)}
	}
	var roles []string
	for _, t := range h.Policy.Topics {
		for _, r := range t.Route {
			if t.HideFromNamed && h.apart(r) && !slices.Contains(roles, r) {
				roles = append(roles, r)
			}
		}
	}
	return roles
}

// apart tells whether a role is held by others than the desk itself.
func (h *House) apart(role string) bool {
	return len(h.Roles[role]) > 0 && !slices.Contains(h.Roles[role], h.Desk.Chat)
}

// Rank is how much of what is walled a person may see; "" for someone who may
// see nothing at all. Where nobody is named for a senior role, managers are.
func (h *House) Rank(s bot.Staff) bot.Rank {
	senior := h.SeniorRoles()
	switch {
	case s.Trouble != "":
		return ""
	case slices.ContainsFunc(senior, func(r string) bool { return s.Is(bot.Role(r)) }):
		return bot.RankSenior
	case s.Is(bot.Manager) && len(senior) == 0:
		return bot.RankSenior
	case s.Is(bot.Manager):
		return bot.RankManager
	}
	return bot.RankAgent
}

// Sight is what a person may see.
func (h *House) Sight(s bot.Staff) bot.Sight { return bot.Sight{Staff: s.ID, Rank: h.Rank(s)} }

// Concerns tells whether a person holds a role that the complaint is with, may
// go on to, or is copied to.
func (h *House) Concerns(c *bot.Complaint, s bot.Staff) bool {
	pol := h.Pack(c.Policy)
	t, _ := pol.Topic(c.Topic)
	return slices.ContainsFunc(s.Roles, func(r bot.Role) bool {
		return slices.Contains(t.Route, string(r)) || slices.Contains(pol.CopyTo, string(r)) || slices.Contains(pol.DisputeRoute, string(r))
	})
}

// SeniorName is what those who look into a walled complaint are called, in a
// language.
func (h *House) SeniorName(c *bot.Complaint, lang string) string {
	switch {
	case c.Wall != nil && c.Wall.Managers:
		return h.named(h.Pack(c.Policy), lang, "role", string(bot.Manager))
	case c.With == "" || h.apart(string(bot.Senior)):
		return h.named(h.Pack(c.Policy), lang, "role", string(bot.Senior))
	}
	return h.Role(c, lang, c.With)
}

// walls tells whether complaints about a topic are hidden from the staff they
// are about.
func walls(p *policy.Policy, topic string) bool {
	t, _ := p.Topic(topic)
	return t.HideFromNamed
}

// keepers are those who may see a walled complaint, as far as it is known who
// works here.
func (w *Work) keepers(wall *bot.Wall) []bot.StaffID {
	var ids []bot.StaffID
	for _, s := range w.S.Directory.People {
		c := bot.Complaint{Wall: wall}
		if r := w.Rank(s); (r == bot.RankSenior || r == bot.RankManager) && w.Sight(s).Sees(&c) {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

// Keepers are those who may see a walled complaint.
func (w *Work) Keepers(c *bot.Complaint) []bot.StaffID { return w.keepers(c.Wall) }

// AmongKeepers is a person as the others who may see a walled complaint leave
// them: alone where none of these could act in their place.
func (h *House) AmongKeepers(c *bot.Complaint, s bot.Staff, d bot.Directory) bot.Staff {
	s.Alone = !slices.ContainsFunc(d.People, func(o bot.Staff) bool {
		return o.ID != s.ID && !slices.Contains(c.Met, o.ID) && h.Rank(o) != bot.RankAgent && h.Sight(o).Sees(c)
	})
	return s
}

// closeWall decides for a wall who looks into the complaint: senior management, or
// managers where nobody of it may.
func (w *Work) closeWall(wall *bot.Wall) {
	wall.Managers = false
	if len(w.keepers(wall)) > 0 {
		return
	}
	// Where senior management is named and Slack knows none of it, something is
	// wrong with its channel: that is no reason to show managers.
	wall.Managers = slices.ContainsFunc(w.S.Directory.People, func(s bot.Staff) bool { return w.Rank(s) == bot.RankSenior })
}

// homeOf is where a walled complaint is shown: senior management's channel; the
// people themselves where there is none, or where someone who may not see it is
// in it; nowhere while it is not known who works here.
func (w *Work) homeOf(wall *bot.Wall) string {
	d := w.S.Directory
	keepers := w.keepers(wall)
	if !d.Known || len(keepers) == 0 {
		return bot.Nowhere
	}
	if !wall.Managers {
		for _, role := range w.SeniorRoles() {
			for _, room := range w.Rooms(role) {
				if !slices.ContainsFunc(d.Rooms[room], wall.Hides) {
					return room
				}
			}
		}
	}
	return direct(keepers)
}

// roomed tells whether senior management has a channel.
func (w *Work) roomed() bool {
	return slices.ContainsFunc(w.SeniorRoles(), func(r string) bool {
		return len(w.Rooms(r)) > 0
	})
}

// mostDirect is how many people a direct conversation takes (Slack docs,
// conversations.open).
const mostDirect = 8

func direct(ids []bot.StaffID) string {
	var list []string
	for _, id := range ids {
		list = append(list, string(id))
	}
	slices.Sort(list)
	return bot.Direct + strings.Join(list[:min(len(list), mostDirect)], ",")
}

// place is where the complaint's card and thread are.
func (w *Work) place(c *bot.Complaint) bot.Address {
	if c.Home == "" {
		return w.Desk
	}
	return w.room(c.Home)
}

// guard sees to it that nothing about a walled complaint is posted but where it
// lives, and that nobody is called there who may not see it. It is the one
// place through which all posts go.
func (w *Work) guard() {
	for i := range w.turn.Say {
		o := &w.turn.Say[i]
		c := w.Complaint(o.Complaint)
		if c == nil || c.Wall == nil || o.To.Channel != bot.Slack || o.Private != nil || o.Delete {
			continue
		}
		o.To, o.Walled, o.Hidden = w.place(c), true, c.Wall.Names()
		if o.Post != nil && len(o.Post.Mention) > 0 {
			p := *o.Post
			p.Mention = w.called(c, p.Mention)
			o.Post = &p
		}
	}
}

// called are those of a list who may see a walled complaint; all who may where
// the list has none of them.
func (w *Work) called(c *bot.Complaint, list []string) []string {
	var some, all []string
	for _, id := range w.Keepers(c) {
		if all = append(all, string(id)); slices.Contains(list, string(id)) {
			some = append(some, string(id))
		}
	}
	if len(some) == 0 {
		return all
	}
	return some
}

// nameOf is what a member of staff is called.
func (w *Work) NameOf(id bot.StaffID) string {
	if s, ok := w.S.Directory.Person(id); ok && s.Name != "" {
		return s.Name
	}
	return string(id)
}

// wallButtons are what can be done about the wall.
func (w *Work) wallButtons(c *bot.Complaint) []bot.Button {
	v := Value(c)
	if c.Wall == nil {
		return []bot.Button{{Action: WallUp, Value: v, Label: w.D(locales.StaffButtonWall)}}
	}
	b := []bot.Button{{Action: NamePerson, Value: v, Label: w.D(locales.StaffButtonName)}}
	if len(c.Wall.Hidden) > 0 {
		b = append(b, bot.Button{Action: Release, Value: v, Label: w.D(locales.StaffButtonRelease)})
	}
	return b
}

// wallLines are what the card says of it.
func (w *Work) wallLines(c *bot.Complaint) []string {
	var lines []string
	if c.Wall != nil {
		switch names := w.hiddenNames(c); {
		case len(names) > 0:
			lines = append(lines, w.D(locales.StaffWallHidden, "Names", w.Words.List(w.Language, names)))
		default:
			lines = append(lines, w.D(locales.StaffWallNobody))
		}
	}
	if len(c.Met) > 0 {
		var names []string
		for _, id := range c.Met {
			names = append(names, w.NameOf(id))
		}
		lines = append(lines, w.D(locales.StaffWallMet, "Names", w.Words.List(w.Language, names)))
	}
	return lines
}

// hiddenNames are those a complaint is kept from, by name.
func (w *Work) hiddenNames(c *bot.Complaint) []string {
	var names []string
	for _, h := range c.Wall.Hidden {
		n := w.NameOf(h.Staff)
		if h.Unsure {
			n = w.D(locales.StaffWallUnsure, "Name", n)
		}
		names = append(names, n)
	}
	return names
}
