package slack

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"github.com/heedbot/heed/bot"
)

const (
	rosterFresh = time.Minute // members of channels and of user groups
	usersFresh  = 5 * time.Minute
	askTimeout  = 4 * time.Second
	usersMax    = 10_000
)

// The values of bot.Staff.Trouble.
const (
	deactivated = "deactivated"
	isBot       = "bot"
	guest       = "guest"
	unknown     = "unknown"
	unchecked   = "unchecked"
)

// crew is what Slack said about people.
type crew struct {
	mu    sync.Mutex
	named *memo[roster]
	users map[bot.StaffID]*memo[bot.Staff]
	everyone
}

// memos are what is known of the roles, and of a person; nil for nobody.
func (c *crew) memos(id bot.StaffID) (named *memo[roster], user *memo[bot.Staff]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.named == nil {
		c.named, c.people = newMemo[roster](), newMemo[people]()
	}
	if c.users == nil || len(c.users) >= usersMax {
		c.users = map[bot.StaffID]*memo[bot.Staff]{}
	}
	if id != "" && c.users[id] == nil {
		c.users[id] = newMemo[bot.Staff]()
	}
	return c.named, c.users[id]
}

// Staff tells who a person is and what they may be, as Slack says: the members
// of the desk's channel are agents, those named in Managers are managers and
// agents, and those named for a role in Roles have it too: by their id, or as
// members of a user group or a channel. A guest (Slack docs, User object:
// is_restricted, is_ultra_restricted, is_stranger) has only what they are named
// for otherwise than by the desk's channel; with nothing their Trouble is
// "guest". Answers are kept for a minute (people: five), less where Slack
// reports a change. When Slack cannot be asked, what it said within the last
// hour holds; with nothing known Trouble is "unchecked" and there are no roles.
// Alone is told of those who have a role, and false where it is not known.
func (d *Door) Staff(ctx context.Context, id bot.StaffID) bot.Staff {
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	if id == "" {
		return bot.Staff{Trouble: unknown}
	}
	namedMemo, userMemo := d.crew.memos(id)
	s, ok := userMemo.get(ctx, d.now, usersFresh, func(ctx context.Context) (bot.Staff, error) { return d.user(ctx, id) })
	if !ok {
		return bot.Staff{ID: id, Trouble: unchecked}
	}
	s.Roles, s.Alone = nil, false
	if s.Trouble != "" && s.Trouble != guest {
		return s
	}
	named, ok := namedMemo.get(ctx, d.now, rosterFresh, d.roster)
	if !ok {
		s.Trouble = unchecked
		return s
	}
	s = named.give(s)
	s.Alone = len(s.Roles) > 0 && d.alone(ctx, id, named)
	return s
}

// alone tells whether no other member of the desk's channel is a person who
// may act. Those Slack was asked about lately are looked at first; the rest
// only until one is found.
func (d *Door) alone(ctx context.Context, id bot.StaffID, named roster) bool {
	var unsure []bot.StaffID
	for _, other := range named.rooms[d.Channel] {
		if other == id {
			continue
		}
		_, memo := d.crew.memos(other)
		switch s := memo.fresh(d.now(), usersFresh); {
		case s == nil:
			unsure = append(unsure, other)
		case named.serves(s.value):
			return false
		}
	}
	slices.Sort(unsure)
	for _, other := range unsure {
		_, memo := d.crew.memos(other)
		s, ok := memo.get(ctx, d.now, usersFresh, func(ctx context.Context) (bot.Staff, error) { return d.user(ctx, other) })
		if !ok || named.serves(s) {
			return false
		}
	}
	return true
}

// user asks who somebody is, whatever they are named for.
func (d *Door) user(ctx context.Context, id bot.StaffID) (bot.Staff, error) {
	u, err := d.userInfo(ctx, id)
	switch {
	case err != nil:
		return bot.Staff{}, err
	case u == nil:
		return bot.Staff{ID: id, Trouble: unknown}, nil
	}
	s := person(u)
	s.ID = id
	return s, nil
}

// userInfo gives what Slack knows of somebody; nil if nothing.
func (d *Door) userInfo(ctx context.Context, id bot.StaffID) (*slack.User, error) {
	var u *slack.User
	err := d.ask(ctx, "users.info", func(ctx context.Context) error {
		var err error
		u, err = d.client().GetUserInfoContext(ctx, string(id))
		return err
	})
	switch c := code(err); {
	case c == "user_not_found" || c == "user_not_visible":
		return nil, nil
	case err != nil:
		d.log().Warn("slack could not be asked about a person", "err", err)
		return nil, err
	}
	return u, nil
}

func person(u *slack.User) bot.Staff {
	s := bot.Staff{ID: bot.StaffID(u.ID), Name: cmp.Or(u.Profile.DisplayName, u.Profile.RealName, u.RealName, u.Name), Locale: u.Locale}
	switch {
	case u.Deleted:
		s.Trouble = deactivated
	case u.IsBot || u.IsWorkflowBot || u.IsConnectorBot || u.ID == "USLACKBOT":
		s.Trouble = isBot
	case u.IsRestricted || u.IsUltraRestricted || u.IsStranger:
		s.Trouble = guest
	}
	return s
}

// heard drops what an event shows to be out of date.
func (d *Door) heard(kind string, user bot.StaffID, channel string) {
	named, who := d.crew.memos(user)
	switch kind {
	case "member_joined_channel", "member_left_channel":
		if channel == d.Channel || d.roleChannel(channel) {
			named.forget()
		}
	case "subteam_members_changed", "subteam_updated", "subteam_created":
		named.forget()
	case "user_change", "team_join":
		if who != nil {
			who.forget()
			d.crew.changed(user)
		}
	}
}
