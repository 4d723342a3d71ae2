package page

import (
	"context"
	"slices"

	"golang.org/x/text/language"

	"github.com/heedbot/heed/bot/sandbox"
	"github.com/heedbot/heed/locales"
)

// locales are the languages that a Slack account may have on the page: those
// of the program.
func (s *site) locales() []spoken {
	var out []spoken
	for _, tag := range s.Words.Languages() {
		out = append(out, spoken{accountLocale(tag), locales.Name(tag), true})
	}
	return out
}

// accountLocale writes a language as Slack does, with the country where most
// of its speakers live, such as "vi-VN" (Slack docs, users.info, locale).
func accountLocale(tag string) string {
	t := language.Make(tag)
	base, _ := t.Base()
	region, _ := t.Region()
	return base.String() + "-" + region.String()
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
