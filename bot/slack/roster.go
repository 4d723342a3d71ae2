package slack

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/heedbot/heed/bot"
)

// membersPage is the most that conversations.members should be asked for
// (Slack docs, Pagination).
const membersPage = 200

// roster is who has which role, as the configuration and Slack say.
type roster struct {
	grants map[bot.StaffID][]grant
	// rooms are the members of the desk's channel and of those named for a role.
	rooms map[string][]bot.StaffID
}

// grant is a role somebody has.
type grant struct {
	role bot.Role
	desk bool // by being in the desk's channel, which gives a guest nothing
}

// roles lists what somebody may be: an agent first, then what they are named
// for. Managers are agents too.
func (r roster) roles(id bot.StaffID, asGuest bool) []bot.Role {
	var named []bot.Role
	agent := false
	for _, g := range r.grants[id] {
		if g.desk && asGuest {
			continue
		}
		agent = agent || g.role == bot.Agent || g.role == bot.Manager
		if g.role != bot.Agent && !slices.Contains(named, g.role) {
			named = append(named, g.role)
		}
	}
	if agent {
		return append([]bot.Role{bot.Agent}, named...)
	}
	return named
}

// give adds somebody's roles. A guest who has one may act.
func (r roster) give(s bot.Staff) bot.Staff {
	switch s.Trouble {
	case "":
		s.Roles = r.roles(s.ID, false)
	case guest:
		if s.Roles = r.roles(s.ID, true); len(s.Roles) > 0 {
			s.Trouble = ""
		}
	}
	return s
}

// serves tells whether a member of the desk's channel may act there: a guest
// only as an agent.
func (r roster) serves(s bot.Staff) bool {
	return s.Trouble == "" || s.Trouble == guest && slices.Contains(r.roles(s.ID, true), bot.Agent)
}

func isChannel(id string) bool { return strings.HasPrefix(id, "C") || strings.HasPrefix(id, "G") }

// roleChannel tells whether a channel is named for a role.
func (d *Door) roleChannel(id string) bool {
	if !isChannel(id) {
		return false
	}
	for _, ids := range d.Roles {
		if slices.Contains(ids, id) {
			return true
		}
	}
	return slices.Contains(d.Managers, id)
}

// roster asks who has which role: the desk's agents first, then the managers,
// then the roles by name.
func (d *Door) roster(ctx context.Context) (roster, error) {
	out := roster{map[bot.StaffID][]grant{}, map[string][]bot.StaffID{}}
	groups := map[string][]string{}
	grants := func(role bot.Role, setting string, ids []string) error {
		for _, id := range ids {
			users := []string{id}
			var err error
			switch {
			case isChannel(id):
				users, err = d.roomOf(ctx, id, out.rooms)
			case strings.HasPrefix(id, "D"):
				continue // a conversation with one person names nobody
			case strings.HasPrefix(id, "S"):
				users, err = d.group(ctx, id, setting, groups)
			}
			if err != nil {
				return err
			}
			for _, u := range users {
				out.grants[bot.StaffID(u)] = append(out.grants[bot.StaffID(u)], grant{role, id == d.Channel})
			}
		}
		return nil
	}
	if err := grants(bot.Agent, "HEED_SLACK_CHANNEL", []string{d.Channel}); err != nil {
		return roster{}, err
	}
	if err := grants(bot.Manager, "HEED_SLACK_MANAGERS", d.Managers); err != nil {
		return roster{}, err
	}
	for _, role := range slices.Sorted(maps.Keys(d.Roles)) {
		if err := grants(bot.Role(role), "HEED_SLACK_ROLES "+role, d.Roles[role]); err != nil {
			return roster{}, err
		}
	}
	return out, nil
}

// roomOf asks for the members of a channel, each channel once. One that is not
// there, or that the app is not in, names nobody; the desk's must be there.
func (d *Door) roomOf(ctx context.Context, channel string, known map[string][]bot.StaffID) (users []string, err error) {
	ids, ok := known[channel]
	if !ok {
		ids, err = d.members(ctx, channel)
		switch {
		case channel != d.Channel && channelGone(code(err)):
			ids = nil
		case err != nil:
			return nil, err
		}
		known[channel] = ids
	}
	for _, id := range ids {
		users = append(users, string(id))
	}
	return users, nil
}

// channelGone tells whether a code means that a channel cannot be used by us.
func channelGone(c string) bool {
	return c == "channel_not_found" || c == "not_in_channel" || c == "is_archived"
}

// members asks who is in a channel (conversations.members).
func (d *Door) members(ctx context.Context, channel string) ([]bot.StaffID, error) {
	out := []bot.StaffID{}
	cursor := ""
	for {
		var ids []string
		err := d.askIn(ctx, "conversations.members", channel, func(ctx context.Context) error {
			var err error
			ids, cursor, err = d.client().GetUsersInConversationContext(ctx, &slack.GetUsersInConversationParameters{
				ChannelID: channel, Cursor: cursor, Limit: membersPage,
			})
			return err
		})
		if err != nil {
			d.log().Warn("slack could not be asked about a channel's members", "channel", channel, "err", err)
			return nil, err
		}
		for _, id := range ids {
			out = append(out, bot.StaffID(id))
		}
		if cursor == "" {
			return out, nil
		}
	}
}

// Members asks Slack who is in a channel now, the app too if it is; nothing is
// taken from memory. Of a conversation with people (bot.Direct) it gives those
// who are in it.
func (d *Door) Members(ctx context.Context, channel string) ([]bot.StaffID, error) {
	to, err := d.target(ctx, bot.Sending{Outbound: bot.Outbound{To: bot.Address{Chat: channel}}})
	if err != nil {
		return nil, err
	}
	if to.direct() && len(to.people) == 1 {
		return to.people, nil
	}
	return d.members(ctx, to.channel)
}

// group asks for the members of a user group, each group once.
func (d *Door) group(ctx context.Context, id, setting string, known map[string][]string) ([]string, error) {
	if users, ok := known[id]; ok {
		return users, nil
	}
	var users []string
	err := d.ask(ctx, "usergroups.users.list", func(ctx context.Context) error {
		var err error
		users, err = d.client().GetUserGroupMembersContext(ctx, id)
		return err
	})
	switch c := code(err); {
	case c == "no_such_subteam" || c == "subteam_not_found":
		d.log().Error("a user group does not exist", "group", id, "of", setting)
	case err != nil:
		d.log().Warn("slack could not be asked about a user group", "group", id, "err", err)
		return nil, err
	}
	known[id] = users
	return users, nil
}
