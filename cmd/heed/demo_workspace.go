package main

import (
	"slices"
	"strings"

	"github.com/heedbot/heed/bot/sandbox"
	"github.com/heedbot/heed/cmd/heed/page"
	"github.com/heedbot/heed/flows/policy"
)

// boss is in the channels of the demo's roles that see everything.
var boss = sandbox.Member{ID: "U0EVA", Name: "eva", RealName: "Eva Executive"}

// workspace makes the demo's Slack for a policy: a role that gets a copy of
// every complaint has a private channel, the one that disagreements go to is
// the manager, and the desk does the rest.
func workspace(p *policy.Policy, bot string) (people []sandbox.Member, channels []sandbox.Channel, roles string) {
	people = slices.Clone(page.Staff)
	desk := sandbox.Channel{ID: demoChannel, Name: "complaints", Members: []string{bot}}
	for _, m := range people {
		desk.Members = append(desk.Members, m.ID)
	}
	channels = []sandbox.Channel{desk}
	var held []string
	for _, r := range p.CopyTo {
		id := "C0" + strings.ToUpper(strings.ReplaceAll(r, "_", ""))
		channels = append(channels, sandbox.Channel{ID: id, Name: strings.ReplaceAll(r, "_", "-"), Private: true, Members: []string{bot, boss.ID, page.Manager}})
		held = append(held, r+"="+id)
	}
	if len(p.CopyTo) > 0 {
		people = append(people, boss)
	}
	for _, r := range p.DisputeRoute {
		if !slices.Contains(p.CopyTo, r) {
			held = append(held, r+"="+page.Manager)
		}
	}
	for _, r := range p.AllRoles() {
		if !slices.Contains(p.CopyTo, r) && !slices.Contains(p.DisputeRoute, r) {
			held = append(held, r+"="+demoChannel)
		}
	}
	return people, channels, strings.Join(held, "; ")
}
