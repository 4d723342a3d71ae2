package page

import (
	"context"
	"slices"

	"github.com/heedbot/heed/bot/sandbox"
	"github.com/heedbot/heed/locales"
)

// locales are the languages that a Slack account may have on the page: those
// of the program, written as Slack does.
func (s *site) locales() []spoken {
	var out []spoken
	for _, tag := range s.Words.Languages() {
		out = append(out, spoken{locales.InCountry(tag), locales.Name(tag), true})
	}
	return out
}

type account struct {
	Actor  string `json:"actor"`
	Locale string `json:"locale"`
}

// slackLocale changes the language of a person's Slack account, of which Slack
// tells the app.
func (s *site) slackLocale(_ context.Context, in account) (any, error) {
	if err := s.played(in.Actor); err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(s.locales(), func(l spoken) bool { return l.Tag == in.Locale }) {
		return nil, refuse("Slack accounts cannot have this language here.")
	}
	people := s.Slack.Users()
	m := people[slices.IndexFunc(people, func(m sandbox.Member) bool { return m.ID == in.Actor })]
	m.Locale = in.Locale
	s.Slack.AddUser(m)
	return struct{}{}, nil
}
