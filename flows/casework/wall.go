package casework

import (
	"slices"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/policy"
)

// SeniorRoles are the roles whose people may see what is walled: senior
// management where somebody is named for it, else those that the policy's
// walled topics go to.
func (h *House) SeniorRoles() []string {
	if len(h.Roles[string(bot.Senior)]) > 0 {
		return []string{string(bot.Senior)}
	}
	var roles []string
	for _, t := range h.Policy.Topics {
		for _, r := range t.Route {
			if t.HideFromNamed && len(h.Roles[r]) > 0 && !slices.Contains(roles, r) {
				roles = append(roles, r)
			}
		}
	}
	return roles
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

// walls tells whether complaints about a topic are hidden from the staff they
// are about.
func walls(p *policy.Policy, topic string) bool {
	t, _ := p.Topic(topic)
	return t.HideFromNamed
}

// wallButtons are what can be done about the wall.
func (w *Work) wallButtons(c *bot.Complaint) []bot.Button { return nil }

// wallLines are what the card says of it.
func (w *Work) wallLines(c *bot.Complaint) []string { return nil }
