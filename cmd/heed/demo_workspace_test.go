package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/heedbot/heed/bot/sandbox"
	"github.com/heedbot/heed/flows/policy"
)

// Whatever the policy: senior management has a private channel that nobody of
// the desk is in, every role is somebody's, and everyone is somewhere.
func TestDemoWorkspace(t *testing.T) {
	for _, name := range policy.Names() {
		p, err := policy.Builtin(name)
		if err != nil {
			t.Fatal(err)
		}
		people, channels, text := workspace(p, "U0BOT")
		roles, err := rolesOf(text, p)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, r := range append(slices.Clone(p.Roles), p.AllRoles()...) {
			if !holds(roles)(r) {
				t.Errorf("%s: nobody is %s", name, r)
			}
		}
		if !slices.Equal(roles[senior], []string{seniors}) {
			t.Errorf("%s: senior management is %v", name, roles[senior])
		}
		i := slices.IndexFunc(channels, func(c sandbox.Channel) bool { return c.ID == seniors })
		if i < 0 || !channels[i].Private || channels[i].Name != "senior-management" || !slices.Equal(channels[i].Members, []string{"U0BOT", boss.ID, director.ID}) {
			t.Errorf("%s: the channels are %+v", name, channels)
		}
		for _, c := range channels {
			if !strings.HasPrefix(c.ID, "C0") || c.ID == demoChannel && (slices.Contains(c.Members, boss.ID) || slices.Contains(c.Members, director.ID)) {
				t.Errorf("%s: a channel is %+v", name, c)
			}
		}
		for _, m := range people {
			if !slices.ContainsFunc(channels, func(c sandbox.Channel) bool { return slices.Contains(c.Members, m.ID) }) {
				t.Errorf("%s: %s is nowhere", name, m.RealName)
			}
		}
		if len(people) != 5 {
			t.Errorf("%s: %d people", name, len(people))
		}
	}
}
