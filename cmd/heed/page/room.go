package page

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/heedbot/heed/bot/sandbox"
)

// room is a channel or a direct conversation, with those of its members whom
// one can play.
type room struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"` // of a direct conversation, the others in it
	Private bool     `json:"private"`
	Direct  bool     `json:"direct"`
	Desk    bool     `json:"desk"`
	Members []string `json:"members"`
}

// rooms are what a person has in their sidebar: channels, then direct
// conversations.
func (s *site) rooms(actor string) []room {
	channels, direct := []room{}, []room{}
	for _, c := range s.Slack.Conversations(actor) {
		r := room{ID: c.ID, Name: c.Name, Private: c.Private, Direct: c.Direct, Desk: c.ID == s.Desk, Members: []string{}}
		for _, m := range s.People {
			if slices.Contains(c.Members, m.ID) {
				r.Members = append(r.Members, m.ID)
			}
		}
		if c.Direct {
			r.Name = s.others(actor, c.Members)
			direct = append(direct, r)
		} else {
			channels = append(channels, r)
		}
	}
	return append(channels, direct...)
}

// others names a direct conversation as Slack does: by the people in it but
// the one who looks, and by the app where there are none.
func (s *site) others(actor string, members []string) string {
	var names []string
	app := ""
	for _, m := range s.Slack.Users() {
		switch {
		case m.ID == s.Slack.BotUserID:
			app = m.RealName
		case m.ID != actor && slices.Contains(members, m.ID):
			names = append(names, m.RealName)
		}
	}
	return cmp.Or(strings.Join(names, ", "), app)
}

// within gives the conversation in which a person acts: the desk's channel if
// none is named.
func (s *site) within(actor, channel string) (string, error) {
	if err := s.played(actor); err != nil {
		return "", err
	}
	channel = cmp.Or(channel, s.Desk)
	if !slices.ContainsFunc(s.Slack.Conversations(actor), func(c sandbox.Channel) bool { return c.ID == channel }) {
		return "", refuse("This person is not in that channel.")
	}
	return channel, nil
}

type invitation struct {
	Actor   string `json:"actor"`
	Channel string `json:"channel"`
	User    string `json:"user"`
}

// slackJoin makes someone a member of a channel, added by one who is in it.
func (s *site) slackJoin(_ context.Context, in invitation) (any, error) {
	channel, err := s.within(in.Actor, in.Channel)
	if err != nil {
		return nil, err
	}
	if err := s.played(in.User); err != nil {
		return nil, err
	}
	for _, r := range s.rooms(in.Actor) {
		switch {
		case r.ID != channel:
		case r.Direct:
			return nil, refuse("Slack adds nobody to a direct conversation.")
		case slices.Contains(r.Members, in.User):
			return nil, refuse("This person is in the channel already.")
		}
	}
	s.Slack.Join(channel, in.User)
	return struct{}{}, nil
}
