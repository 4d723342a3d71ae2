// Package casework is what the customer's side and the staff's side share: a
// turn in the making. It opens complaints, adds their events, keeps their
// promises' timers, says things to customers and shows things to staff.
package casework

import (
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

// House is what stays the same from turn to turn.
type House struct {
	Words *locales.Catalog
	// Policy is the pack that new complaints come in under; Packs holds it and
	// every earlier one that a complaint still lives under, by hash.
	Policy *policy.Policy
	Packs  map[string]*policy.Policy
	// Desk is the channel where complaints appear; Managers are the user or
	// user group ids called when a promise is overdue.
	Desk     bot.Address
	Managers []string
	// Roles gives the Slack users, user groups and channels behind each of the
	// policy's roles; those of a role nobody was named for are the managers.
	Roles map[string][]string
	// Language is the desk's.
	Language string

	// AlbumQuiet is how long an album must be quiet to be complete.
	AlbumQuiet time.Duration
	// DraftReminder is how long a draft lies untouched before its owner is
	// reminded; DraftListed how much longer before staff are shown it.
	DraftReminder time.Duration
	DraftListed   time.Duration

	// FloodMax is how many messages a minute one customer is answered; 0 means
	// any number.
	FloodMax int
}

// Pack gives the policy a complaint came in under.
func (h *House) Pack(hash string) *policy.Policy {
	if p, ok := h.Packs[hash]; ok {
		return p
	}
	return h.Policy
}

// D is a text in the desk's language.
func (h *House) D(k locales.Key, args ...any) string { return h.Words.Text(h.Language, k, args...) }

// In is the house as a member of staff reads it: their answers are in the language
// of their Slack account, where that is surely one of ours; else in the desk's.
func (h *House) In(locale string) *House {
	lang, sure := locales.Match(locale, h.Words.Languages())
	if !sure || lang == h.Language {
		return h
	}
	theirs := *h
	theirs.Language = lang
	return &theirs
}

// TongueKey names a language's name in the others.
func TongueKey(lang string) locales.Key {
	return locales.Key("staff.tongue." + strings.ReplaceAll(strings.ToLower(lang), "-", "_"))
}

// Tongue is a language as staff read it: its own name, and its name in theirs.
func (h *House) Tongue(lang string) string {
	name := locales.Name(lang)
	k := TongueKey(lang)
	if lang == h.Language || !h.Words.Has(k) {
		return name
	}
	return name + " – " + h.D(k)
}

// Heading is a question's short name as staff read it.
func (h *House) Heading(p *policy.Policy, question string) string {
	if s, ok := p.SayIn(h.Language, "label."+question); ok {
		return s
	}
	if k := locales.Key("staff.label." + question); h.Words.Has(k) {
		return h.Words.Text(h.Language, k)
	}
	return h.Label(p, h.Language, question)
}

// Topic is a topic's name in a language.
func (h *House) Topic(p *policy.Policy, lang, id string) string {
	if id == "" {
		return ""
	}
	return h.named(p, lang, "topic", id)
}

// Option is the name of a choice's option in a language.
func (h *House) Option(p *policy.Policy, lang, question, id string) string {
	if question == "topic" {
		return h.Topic(p, lang, id)
	}
	return h.named(p, lang, "option."+question, id)
}

// Picked is the name of an option that a customer chose, as staff read it.
func (h *House) Picked(p *policy.Policy, question, id string) string {
	if _, own := p.SayIn(h.Language, "option."+question+"."+id); !own {
		if k := locales.Key("staff.option." + question + "." + id); h.Words.Has(k) {
			return h.Words.Text(h.Language, k)
		}
	}
	return h.Option(p, h.Language, question, id)
}

// Label is a question's short name in a language.
func (h *House) Label(p *policy.Policy, lang, question string) string {
	return h.named(p, lang, "label", question)
}

// Reason is a reason for not taking a complaint up, in a language.
func (h *House) Reason(c *bot.Complaint, lang, id string) string {
	return h.named(h.Pack(c.Policy), lang, "reason", id)
}

// named looks a name up in the pack's own texts, then in the program's.
func (h *House) named(p *policy.Policy, lang, kind, id string) string {
	if s, ok := p.Say(lang, kind+"."+id); ok {
		return s
	}
	if k := locales.Key(kind + "." + id); h.Words.Has(k) {
		return h.Words.Text(lang, k)
	}
	return id
}

// Promised is a promise's name in a language, in the pack's words or the
// program's: what the customer gets.
func (h *House) Promised(p *policy.Policy, lang string, pr bot.Promise) string {
	if s, ok := p.Say(lang, "promise."+pr.ID); ok {
		return s
	}
	if pr.ByBot {
		return h.Words.Text(lang, locales.PromiseByBot)
	}
	if k := locales.Key("promise." + string(pr.Until)); h.Words.Has(k) {
		return h.Words.Text(lang, k)
	}
	return pr.ID
}

// When writes an instant as a person reads it, in the policy's zone. The last
// second of a day is written as the day alone.
func (h *House) When(p *policy.Policy, lang string, t time.Time) string {
	t = t.In(p.Zone)
	if t.Hour() == 23 && t.Minute() == 59 {
		return locales.Date(lang, t)
	}
	s := locales.DateTime(lang, t)
	if z, ok := p.SayIn(lang, "zone"); ok {
		return h.Words.Note(lang, s, z)
	}
	if _, ok := p.Say(lang, "zone"); ok {
		return h.Words.Note(lang, s, t.Format("UTC-07:00"))
	}
	return s
}

// Short writes an instant for staff, in the policy's zone and the desk's
// language; the last second of a day as the day alone.
func (h *House) Short(p *policy.Policy, t time.Time) string {
	t = t.In(p.Zone)
	if t.Hour() == 23 && t.Minute() == 59 {
		return locales.Medium(h.Language, t)
	}
	return locales.Brief(h.Language, t)
}
