package sandbox

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

type slackGroup struct {
	id, handle string
	users      []string
	updated    int64
}

// AddUser adds a person or bot, or replaces what is known about them; the app hears of either.
func (s *Slack) AddUser(u Member) {
	s.mu.Lock()
	defer s.mu.Unlock()
	u.Locale, u.TZ = cmp.Or(u.Locale, "en-US"), cmp.Or(u.TZ, "Etc/UTC")
	u.RealName, u.Name = cmp.Or(u.RealName, u.Name), cmp.Or(u.Name, strings.ToLower(u.ID))
	known := s.users[u.ID] != nil
	s.users[u.ID] = &u
	s.changed()
	object := s.userObject(&u, true)
	// The Web API gives an empty list where there are no custom fields; events leave it out, and the
	// SDK's event types cannot read it.
	delete(object["profile"].(slackJSON), "fields")
	if !known {
		s.userOrder = append(s.userOrder, u.ID)
		s.emit(slackJSON{"type": "team_join", "user": object, "cache_ts": s.Clock.Now().Unix(), "event_ts": s.stamp()})
		return
	}
	s.emit(slackJSON{"type": "user_change", "user": object, "cache_ts": s.Clock.Now().Unix(), "event_ts": s.stamp()})
}

// Users returns the members of the workspace in the order they were added, bots included.
func (s *Slack) Users() []Member {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Member
	for _, id := range s.userOrder {
		out = append(out, *s.users[id])
	}
	return out
}

// AddGroup adds a usergroup, or replaces its handle and members; the app hears of a change. The
// handle is without "@".
func (s *Slack) AddGroup(id, handle string, users []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.Clock.Now().Unix()
	old := s.groups[id]
	s.groups[id] = &slackGroup{id: id, handle: handle, users: slices.Clone(users), updated: now}
	if old == nil {
		s.groupOrder = append(s.groupOrder, id)
		return
	}
	added := slackMinus(users, old.users)
	removed := slackMinus(old.users, users)
	if len(added)+len(removed) > 0 {
		s.emit(slackJSON{
			"type": "subteam_members_changed", "subteam_id": id, "team_id": s.TeamID,
			"date_previous_update": old.updated, "date_update": now, "added_users": added, "added_users_count": len(added),
			"removed_users": removed, "removed_users_count": len(removed),
		})
	}
}

func slackMinus(a, b []string) []string {
	out := []string{}
	for _, v := range a {
		if !slices.Contains(b, v) {
			out = append(out, v)
		}
	}
	return out
}

func (s *Slack) userObject(u *Member, locale bool) slackJSON {
	zone, offset := "Coordinated Universal Time", 0
	if loc, err := time.LoadLocation(u.TZ); err == nil {
		zone, offset = s.Clock.Now().In(loc).Zone()
	}
	shown := cmp.Or(u.DisplayName, u.Name)
	profile := slackJSON{
		"real_name": u.RealName, "real_name_normalized": u.RealName, "display_name": shown, "display_name_normalized": shown,
		"team": s.TeamID, "fields": []any{},
	}
	if u.FirstName != "" || u.LastName != "" {
		profile["first_name"], profile["last_name"] = u.FirstName, u.LastName
	}
	out := slackJSON{
		"id": u.ID, "team_id": s.TeamID, "name": u.Name, "real_name": u.RealName, "deleted": u.Deleted,
		"profile": profile, "is_bot": u.Bot, "is_app_user": false, "updated": 0,
	}
	if u.Bot {
		profile["bot_id"], profile["api_app_id"] = s.BotID, s.AppID
	} else {
		profile["email"] = u.Name + "@sandbox.example"
	}
	if u.Deleted {
		return out
	}
	out["tz"], out["tz_label"], out["tz_offset"] = u.TZ, zone, offset
	for _, flag := range []string{"is_admin", "is_owner", "is_primary_owner"} {
		out[flag] = false
	}
	out["is_restricted"], out["is_ultra_restricted"] = u.Guest || u.UltraGuest, u.UltraGuest
	if u.Stranger {
		out["is_stranger"] = true
	}
	if locale {
		out["locale"] = u.Locale
	}
	return out
}

func (s *Slack) usersInfo(args slackArgs) (slackJSON, error) {
	u := s.users[args["user"]]
	if u == nil {
		return nil, refuse("user_not_found")
	}
	return slackJSON{"user": s.userObject(u, args.is("include_locale"))}, nil
}

func (s *Slack) usersList(args slackArgs) (slackJSON, error) {
	ids, cursor, err := slackPaged(s.userOrder, args, 1000)
	if err != nil {
		return nil, err
	}
	members := []any{}
	for _, id := range ids {
		members = append(members, s.userObject(s.users[id], args.is("include_locale")))
	}
	return slackJSON{"members": members, "cache_ts": s.Clock.Now().Unix(), "response_metadata": slackJSON{"next_cursor": cursor}}, nil
}

func (s *Slack) usersLookupByEmail(args slackArgs) (slackJSON, error) {
	for _, id := range s.userOrder {
		u := s.users[id]
		if !u.Bot && !u.Deleted && strings.EqualFold(u.Name+"@sandbox.example", args["email"]) {
			return slackJSON{"user": s.userObject(u, false)}, nil
		}
	}
	return nil, refuse("users_not_found")
}

func (s *Slack) usergroupsList(args slackArgs) (slackJSON, error) {
	groups := []any{}
	for _, id := range s.groupOrder {
		g := s.groups[id]
		out := slackJSON{
			"id": id, "team_id": s.TeamID, "is_usergroup": true, "name": g.handle, "handle": g.handle, "description": "",
			"is_external": false, "date_create": g.updated, "date_update": g.updated, "date_delete": 0,
			"prefs": slackJSON{"channels": []any{}, "groups": []any{}},
		}
		if args.is("include_users") {
			out["users"] = slices.Clone(g.users)
		}
		if args.is("include_count") {
			out["user_count"] = len(g.users)
		}
		groups = append(groups, out)
	}
	return slackJSON{"usergroups": groups}, nil
}

func (s *Slack) usergroupsUsersList(args slackArgs) (slackJSON, error) {
	g := s.groups[args["usergroup"]]
	if g == nil {
		return nil, refuse("no_such_subteam")
	}
	return slackJSON{"users": append([]string{}, g.users...)}, nil
}

func (s *Slack) authTest(slackArgs) (slackJSON, error) {
	return slackJSON{
		"url": fmt.Sprintf("https://%s.slack.com/", s.TeamDomain), "team": s.TeamName, "user": s.users[s.BotUserID].Name,
		"team_id": s.TeamID, "user_id": s.BotUserID, "bot_id": s.BotID, "is_enterprise_install": false,
	}, nil
}

func (s *Slack) teamInfo(args slackArgs) (slackJSON, error) {
	if id := args["team"]; id != "" && id != s.TeamID {
		return nil, refuse("team_not_found")
	}
	return slackJSON{"team": slackJSON{"id": s.TeamID, "name": s.TeamName, "domain": s.TeamDomain, "email_domain": "", "icon": slackJSON{}}}, nil
}

func (s *Slack) botsInfo(args slackArgs) (slackJSON, error) {
	if id := args["bot"]; id != "" && id != s.BotID {
		return nil, refuse("bot_not_found")
	}
	return slackJSON{"bot": slackJSON{"id": s.BotID, "app_id": s.AppID, "user_id": s.BotUserID, "name": s.users[s.BotUserID].Name, "deleted": false, "updated": 0, "icons": slackJSON{}}}, nil
}
