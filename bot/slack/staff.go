package slack

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"github.com/heedbot/heed/bot"
)

const (
	groupsFresh = time.Minute // members of the desk's channel and of user groups
	usersFresh  = 5 * time.Minute
	askTimeout  = 4 * time.Second
	usersMax    = 10_000
	// membersPage is the most that conversations.members should be asked for.
	membersPage = 200
)

// crew is what Slack said about people.
type crew struct {
	mu      sync.Mutex
	members *memo[map[string]bool]
	named   *memo[roster]
	users   map[bot.StaffID]*memo[bot.Staff]
}

// roster is the roles of those named in the configuration, by user id.
type roster map[string][]bot.Role

func (r roster) add(id string, role bot.Role) {
	if !slices.Contains(r[id], role) {
		r[id] = append(r[id], role)
	}
}

func (c *crew) memos(id bot.StaffID) (members *memo[map[string]bool], named *memo[roster], user *memo[bot.Staff]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.members == nil {
		c.members, c.named = newMemo[map[string]bool](), newMemo[roster]()
	}
	if c.users == nil || len(c.users) >= usersMax {
		c.users = map[bot.StaffID]*memo[bot.Staff]{}
	}
	if id != "" && c.users[id] == nil {
		c.users[id] = newMemo[bot.Staff]()
	}
	return c.members, c.named, c.users[id]
}

// Staff tells who a person is and what they may be, as Slack says: the members
// of the desk's channel are agents, those named in Managers or in a user group
// named there are managers and agents, and those named for a role in Roles have
// it too. Answers are kept for a minute (people: five), less where Slack
// reports a change. When Slack cannot be asked, what it said within the last
// hour holds; with nothing known Trouble is "unchecked" and there are no roles.
// Alone is told of those who have a role, and false where it is not known.
func (d *Door) Staff(ctx context.Context, id bot.StaffID) bot.Staff {
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	if id == "" {
		return bot.Staff{Trouble: "unknown"}
	}
	membersMemo, namedMemo, userMemo := d.crew.memos(id)
	s, ok := userMemo.get(ctx, d.now, usersFresh, func(ctx context.Context) (bot.Staff, error) { return d.user(ctx, id) })
	if !ok {
		return bot.Staff{ID: id, Trouble: "unchecked"}
	}
	s.Roles, s.Alone = nil, false
	if s.Trouble != "" {
		return s
	}
	members, ok := membersMemo.get(ctx, d.now, groupsFresh, d.members)
	named, known := namedMemo.get(ctx, d.now, groupsFresh, d.roster)
	if !ok || !known {
		s.Trouble = "unchecked"
		return s
	}
	roles := named[string(id)]
	if (members[string(id)] || slices.Contains(roles, bot.Manager)) && !slices.Contains(roles, bot.Agent) {
		s.Roles = append(s.Roles, bot.Agent)
	}
	s.Roles = append(s.Roles, roles...)
	s.Alone = len(s.Roles) > 0 && d.alone(ctx, id, members)
	return s
}

// alone tells whether no other member of the desk's channel is a person who
// may act. Those Slack was asked about lately are looked at first; the rest
// only until one is found.
func (d *Door) alone(ctx context.Context, id bot.StaffID, members map[string]bool) bool {
	var unsure []bot.StaffID
	for _, m := range slices.Sorted(maps.Keys(members)) {
		other := bot.StaffID(m)
		if other == id {
			continue
		}
		_, _, memo := d.crew.memos(other)
		switch s := memo.fresh(d.now(), usersFresh); {
		case s == nil:
			unsure = append(unsure, other)
		case s.value.Trouble == "":
			return false
		}
	}
	for _, other := range unsure {
		_, _, memo := d.crew.memos(other)
		s, ok := memo.get(ctx, d.now, usersFresh, func(ctx context.Context) (bot.Staff, error) { return d.user(ctx, other) })
		if !ok || s.Trouble == "" {
			return false
		}
	}
	return true
}

func (d *Door) user(ctx context.Context, id bot.StaffID) (bot.Staff, error) {
	var u *slack.User
	err := d.ask(ctx, "users.info", func(ctx context.Context) error {
		var err error
		u, err = d.client().GetUserInfoContext(ctx, string(id))
		return err
	})
	switch c := code(err); {
	case c == "user_not_found" || c == "user_not_visible":
		return bot.Staff{ID: id, Trouble: "unknown"}, nil
	case err != nil:
		d.log().Warn("slack could not be asked about a person", "err", err)
		return bot.Staff{}, err
	}
	s := bot.Staff{ID: id, Name: cmp.Or(u.Profile.DisplayName, u.Profile.RealName, u.RealName, u.Name), Locale: u.Locale}
	switch {
	case u.Deleted:
		s.Trouble = "deactivated"
	case u.IsBot || u.IsWorkflowBot || u.ID == "USLACKBOT":
		s.Trouble = "bot"
	case u.IsRestricted || u.IsUltraRestricted || u.IsStranger:
		s.Trouble = "guest"
	}
	return s, nil
}

func (d *Door) members(ctx context.Context) (map[string]bool, error) {
	out := map[string]bool{}
	cursor := ""
	for {
		var ids []string
		err := d.ask(ctx, "conversations.members", func(ctx context.Context) error {
			var err error
			ids, cursor, err = d.client().GetUsersInConversationContext(ctx, &slack.GetUsersInConversationParameters{
				ChannelID: d.Channel, Cursor: cursor, Limit: membersPage,
			})
			return err
		})
		if err != nil {
			d.log().Warn("slack could not be asked about the desk's members", "err", err)
			return nil, err
		}
		for _, id := range ids {
			out[id] = true
		}
		if cursor == "" {
			return out, nil
		}
	}
}

// roster asks who has which role: the managers first, then the roles by name.
func (d *Door) roster(ctx context.Context) (roster, error) {
	out, groups := roster{}, map[string][]string{}
	name := func(role bot.Role, setting string, ids []string) error {
		for _, id := range ids {
			users := []string{id}
			switch {
			case strings.HasPrefix(id, "C") || strings.HasPrefix(id, "G") || strings.HasPrefix(id, "D"):
				continue // a channel
			case strings.HasPrefix(id, "S"):
				var err error
				if users, err = d.group(ctx, id, setting, groups); err != nil {
					return err
				}
			}
			for _, u := range users {
				out.add(u, role)
			}
		}
		return nil
	}
	if err := name(bot.Manager, "HEED_SLACK_MANAGERS", d.Managers); err != nil {
		return nil, err
	}
	for _, role := range slices.Sorted(maps.Keys(d.Roles)) {
		if err := name(bot.Role(role), "HEED_SLACK_ROLES "+role, d.Roles[role]); err != nil {
			return nil, err
		}
	}
	return out, nil
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

// heard drops what an event shows to be out of date.
func (d *Door) heard(kind string, user bot.StaffID, channel string) {
	members, named, who := d.crew.memos(user)
	switch kind {
	case "member_joined_channel", "member_left_channel":
		if channel == d.Channel {
			members.forget()
		}
	case "subteam_members_changed", "subteam_updated", "subteam_created":
		named.forget()
	case "user_change":
		if who != nil {
			who.forget()
		}
	}
}

// Directory implements turn.People.
func (d *Door) Directory(ctx context.Context, wait bool) bot.Directory { return bot.Directory{} }
