package bottest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/heedbot/heed/bot"
)

// crew are the people of every script.
var crew = map[string]bot.Staff{
	"ann": {ID: "U0ANN", Name: "Ann Oakhurst", Roles: []bot.Role{bot.Agent}},
	"ben": {ID: "U0BEN", Name: "Ben Thornbury", Roles: []bot.Role{bot.Agent}},
	"mia": {ID: "U0MIA", Name: "Mia Kettering", Roles: []bot.Role{bot.Agent, bot.Manager}},
	"oli": {ID: "U0OLI", Name: "Oli Farnworth"},
	"eva": {ID: "U0EVA", Name: "Eva Whitcombe"},
	// Of the same family as ben, so that a family name alone is uncertain.
	"sam": {ID: "U0SAM", Name: "Sam Thornbury"},
}

// ManagerID is the manager that every script has.
const ManagerID = "U0MIA"

// here are those in the desk's channel where a script does not say.
var here = []string{"ann", "ben", "mia"}

func nameOf(id bot.StaffID) string {
	for name, s := range crew {
		if s.ID == id {
			return name
		}
	}
	return string(id)
}

// namesOf are the people of a direct conversation.
func namesOf(chat string) []string {
	var names []string
	for _, id := range strings.Split(strings.TrimPrefix(chat, bot.Direct), ",") {
		names = append(names, nameOf(bot.StaffID(id)))
	}
	return names
}

// members are those in a channel now, by their names in scripts.
func (p *Player) members(chat string) []string {
	in, moved := p.inside[chat]
	switch {
	case strings.HasPrefix(chat, bot.Direct), strings.HasPrefix(chat, "U"):
		return namesOf(chat)
	case moved:
		return in
	case chat != DeskID:
		return p.Setup.Rooms[chat]
	case len(p.Setup.Crew) > 0:
		return p.Setup.Crew
	}
	return here
}

// sees tells whether someone can find what is in a channel.
func (p *Player) sees(id bot.StaffID, chat string) bool {
	// In a script that says nothing of rooms the desk's channel is an open one.
	anybody := chat == DeskID && len(p.Setup.Rooms) == 0 && len(p.Setup.Guests) == 0 && p.inside[chat] == nil
	return anybody || p.public(chat) || slices.Contains(p.members(chat), nameOf(id))
}

func (p *Player) public(chat string) bool { return slices.Contains(p.Setup.Public, chat) }

// moves has someone join a channel or leave it.
func (p *Player) moves(verb string, words []string) error {
	if len(words) != 2 {
		return fmt.Errorf("write: %s eva C0BOARD", verb)
	}
	name, chat := words[0], words[1]
	who, ok := crew[name]
	in := slices.Clone(p.members(chat))
	switch {
	case !ok:
		return fmt.Errorf("nobody is called %q", name)
	case slices.Contains(in, name) == (verb == "joins"):
		return fmt.Errorf("%s has done so already", name)
	case verb == "joins":
		in = append(in, name)
	default:
		in = slices.DeleteFunc(in, func(s string) bool { return s == name })
	}
	p.inside[chat] = in
	p.write("~~ " + name + " " + verb + " " + strings.TrimSpace("desk "+room(chat)))
	if verb == "joins" {
		if err := p.receive(bot.Input{Channel: bot.Slack, Kind: bot.InJoined, Chat: chat, Person: bot.Person{ID: string(who.ID)}}); err != nil {
			return err
		}
	}
	return p.drained()
}

// Who gives the member of staff with an id, as the script has them.
func (p *Player) Who(id bot.StaffID) bot.Staff {
	name := nameOf(id)
	s, ok := crew[name]
	if !ok {
		return bot.Staff{ID: id, Trouble: "unknown"}
	}
	if l := p.Setup.Locales[name]; len(l) > 0 {
		s.Locale = l[0]
	}
	desk := p.members(DeskID)
	s.Roles = slices.Clone(s.Roles)
	switch guest := slices.Contains(p.Setup.Guests, name); {
	case guest:
		s.Roles = nil // whatever channel they are in
	case !slices.Contains(desk, name):
		s.Roles = slices.DeleteFunc(s.Roles, func(r bot.Role) bool { return r == bot.Agent })
	case len(s.Roles) == 0:
		s.Roles = []bot.Role{bot.Agent}
	}
	for _, role := range slices.Sorted(maps.Keys(p.Setup.Roles)) {
		if p.holds(name, p.Setup.Roles[role]) && !s.Is(bot.Role(role)) {
			s.Roles = append(s.Roles, bot.Role(role))
		}
	}
	if slices.Contains(p.Setup.Guests, name) && len(s.Roles) == 0 {
		s.Trouble = "guest"
	}
	s.Alone = len(desk) == 1 && desk[0] == name
	return s
}

// holds tells whether someone is among those named, or in a channel that is. A
// guest has to be named.
func (p *Player) holds(name string, ids []string) bool {
	guest := slices.Contains(p.Setup.Guests, name)
	return slices.ContainsFunc(ids, func(id string) bool {
		if strings.HasPrefix(id, "C") {
			return !guest && slices.Contains(p.members(id), name)
		}
		return id == string(crew[name].ID)
	})
}

type people struct{ p *Player }

// Staff implements turn.People.
func (d people) Staff(_ context.Context, id bot.StaffID) bot.Staff { return d.p.Who(id) }

// Directory implements turn.People.
func (d people) Directory(context.Context, bool) bot.Directory { return d.p.Directory() }

// Directory is everyone of the script, and who is in which channel.
func (p *Player) Directory() bot.Directory {
	d := bot.Directory{Known: true, Rooms: map[string][]bot.StaffID{}}
	for _, name := range slices.Sorted(maps.Keys(crew)) {
		s := p.Who(crew[name].ID)
		s.Names = append([]string{s.Name}, p.Setup.Nicknames[name]...)
		d.People = append(d.People, s)
	}
	for _, chat := range p.rooms() {
		d.Rooms[chat] = []bot.StaffID{}
		for _, name := range p.members(chat) {
			d.Rooms[chat] = append(d.Rooms[chat], crew[name].ID)
		}
	}
	return d
}

// rooms are the desk's channel, those that the script has people in, and those
// named for a role.
func (p *Player) rooms() []string {
	all := slices.Concat([]string{DeskID}, slices.Collect(maps.Keys(p.Setup.Rooms)), slices.Collect(maps.Keys(p.inside)))
	for _, ids := range p.Setup.Roles {
		for _, id := range ids {
			if strings.HasPrefix(id, "C") {
				all = append(all, id)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
