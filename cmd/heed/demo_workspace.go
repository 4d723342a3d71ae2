package main

import (
	"slices"
	"strings"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/sandbox"
	"github.com/heedbot/heed/cmd/heed/page"
	"github.com/heedbot/heed/flows/policy"
)

// boss and director are the demo's senior management. Neither is at the desk;
// boss is also in the channels of the roles that get a copy of everything.
var (
	boss     = sandbox.Member{ID: "U0EVA", Name: "eva", RealName: "Eva Executive", DisplayName: "Eva Executive"}
	director = sandbox.Member{ID: "U0DAN", Name: "dan", RealName: "Dan Director", DisplayName: "Dan Director"}
)

// seniors is the private channel for complaints about members of staff.
const seniors = "C0SENIOR"

const senior = string(bot.Senior)

// workspace makes the demo's Slack for a policy: two agents and a manager at
// the desk, and senior management in its private channel. A role that gets a
// copy of every complaint has a private channel too, the one that
// disagreements go to is the manager, and the desk does the rest.
func workspace(p *policy.Policy, app string) (people []sandbox.Member, channels []sandbox.Channel, roles string) {
	desk := sandbox.Channel{ID: demoChannel, Name: "complaints", Members: []string{app}}
	for _, m := range page.Staff {
		desk.Members = append(desk.Members, m.ID)
	}
	people = append(slices.Clone(page.Staff), boss, director)
	channels = []sandbox.Channel{desk}
	held := []string{senior + "=" + seniors}
	hold := func(role, by string) { held = append(held, role+"="+by) }
	for _, r := range p.AllRoles() {
		switch {
		case r == senior:
		case slices.Contains(p.CopyTo, r):
			id := "C0" + strings.ToUpper(strings.ReplaceAll(r, "_", ""))
			channels = append(channels, sandbox.Channel{ID: id, Name: strings.ReplaceAll(r, "_", "-"), Private: true, Members: []string{app, boss.ID, page.Manager}})
			hold(r, id)
		case slices.Contains(p.DisputeRoute, r):
			hold(r, page.Manager)
		default:
			hold(r, demoChannel)
		}
	}
	channels = append(channels, sandbox.Channel{ID: seniors, Name: "senior-management", Private: true, Members: []string{app, boss.ID, director.ID}})
	return people, channels, strings.Join(held, "; ")
}
