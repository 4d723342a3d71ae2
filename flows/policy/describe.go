package policy

import (
	"github.com/heedbot/heed/bot/calendar"
	"github.com/heedbot/heed/locales"
)

// Describe gives the policy in plain words, in a language the program speaks.
func (p *Policy) Describe(words *locales.Catalog, lang string) string { return p.Called(lang) }

// Steps gives what is promised to complaints about a topic, a sentence a promise, for customers.
func (p *Policy) Steps(words *locales.Catalog, lang, topic string) []string { return nil }

// Within gives a duration in words: "3 working days".
func Within(words *locales.Catalog, lang string, r calendar.Rule) string { return r.String() }
