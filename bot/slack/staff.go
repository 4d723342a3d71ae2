package slack

import (
	"cmp"
	"context"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"github.com/heedbot/heed/bot"
)

const (
	groupsFresh = time.Minute // members of the desk's channel and of managers' groups
	usersFresh  = 5 * time.Minute
	askTimeout  = 4 * time.Second
	usersMax    = 10_000
	// membersPage is the most that conversations.members should be asked for.
	membersPage = 200
)

// crew is what Slack said about people.
type crew struct {
	mu       sync.Mutex
	members  *memo[map[string]bool]
	managers *memo[map[string]bool]
	users    map[bot.StaffID]*memo[bot.Staff]
}

func (c *crew) memos(id bot.StaffID) (members, managers *memo[map[string]bool], user *memo[bot.Staff]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.members == nil {
		c.members, c.managers = newMemo[map[string]bool](), newMemo[map[string]bool]()
	}
	if c.users == nil || len(c.users) >= usersMax {
		c.users = map[bot.StaffID]*memo[bot.Staff]{}
	}
	if id != "" && c.users[id] == nil {
		c.users[id] = newMemo[bot.Staff]()
	}
	return c.members, c.managers, c.users[id]
}

// Staff tells who a person is and what they may be, as Slack says: the members
// of the desk's channel are agents, those named in Managers or in a user group
// named there are managers and agents. Answers are kept for a minute (people:
// five), less where Slack reports a change. When Slack cannot be asked, what
// it said within the last hour holds; with nothing known Trouble is
// "unchecked" and there are no roles.
func (d *Door) Staff(ctx context.Context, id bot.StaffID) bot.Staff {
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	if id == "" {
		return bot.Staff{Trouble: "unknown"}
	}
	membersMemo, managersMemo, userMemo := d.crew.memos(id)
	s, ok := userMemo.get(ctx, d.now, usersFresh, func(ctx context.Context) (bot.Staff, error) { return d.user(ctx, id) })
	if !ok {
		return bot.Staff{ID: id, Trouble: "unchecked"}
	}
	s.Roles = nil
	if s.Trouble != "" {
		return s
	}
	members, ok := membersMemo.get(ctx, d.now, groupsFresh, d.members)
	managers, known := managersMemo.get(ctx, d.now, groupsFresh, d.managers)
	if !ok || !known {
		s.Trouble = "unchecked"
		return s
	}
	switch {
	case managers[string(id)]:
		s.Roles = []bot.Role{bot.Agent, bot.Manager}
	case members[string(id)]:
		s.Roles = []bot.Role{bot.Agent}
	}
	return s
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

func (d *Door) managers(ctx context.Context) (map[string]bool, error) {
	out := map[string]bool{}
	for _, m := range d.Managers {
		if !strings.HasPrefix(m, "S") {
			out[m] = true
			continue
		}
		var ids []string
		err := d.ask(ctx, "usergroups.users.list", func(ctx context.Context) error {
			var err error
			ids, err = d.client().GetUserGroupMembersContext(ctx, m)
			return err
		})
		switch c := code(err); {
		case c == "no_such_subteam" || c == "subteam_not_found":
			d.log().Error("a user group of HEED_SLACK_MANAGERS does not exist", "group", m)
		case err != nil:
			d.log().Warn("slack could not be asked about a user group", "group", m, "err", err)
			return nil, err
		}
		for _, id := range ids {
			out[id] = true
		}
	}
	return out, nil
}

// heard drops what an event shows to be out of date.
func (d *Door) heard(kind string, user bot.StaffID, channel string) {
	members, managers, who := d.crew.memos(user)
	switch kind {
	case "member_joined_channel", "member_left_channel":
		if channel == d.Channel {
			members.forget()
		}
	case "subteam_members_changed", "subteam_updated", "subteam_created":
		managers.forget()
	case "user_change":
		if who != nil {
			who.forget()
		}
	}
}
