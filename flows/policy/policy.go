// Package policy holds a company's complaint policy as data: a pack is a YAML file that says what is asked, what is
// promised and by when, who looks into it, and what customers are told in which language. The package reads packs
// strictly, counts their promises over a calendar, and keeps the whole text of a pack with its calendar, so that a
// complaint is held to the policy it came in under. It asks neither for the time nor for chance.
//
// README.md tells whoever wrote a policy how to write it as a pack.
package policy

import (
	"slices"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/calendar"
)

// Policy is a pack that has been read and found whole. It is never changed.
type Policy struct {
	Name    string // of the pack: "ask4"
	Version string
	// Hash is the SHA-256, in hex, of Text: of the pack, its holidays, and the conduct it includes.
	Hash      string
	Title     map[string]string // by language
	Sources   []string          // where the policy was taken from
	Languages []string          // the order of the menu; the first is the fallback
	Register  map[string]string // form of address by language, for translators and tests

	Zone     *time.Location
	Calendar calendar.Calendar
	Staff    calendar.Hours  // when staff are reminded
	Contact  calendar.Window // when customers may be written to unasked

	Complainants []string // customer, representative, stakeholder
	Accept       []string // channels: chat, form, email, letter, phone, office, in_person
	Refuse       []string
	Hotline      string
	Links        map[string]string
	Contacts     []string

	Roles  []string // known roles; empty if the pack does not list them
	Topics []Topic
	// WaitingRemind is when a customer who was asked for more, and has not answered, is reminded.
	WaitingRemind calendar.Rule
	// Ask holds the questions in order. The question "topic" has the topics as options.
	Ask bot.Flow

	Promises []Promise
	// Chain says that a promise starts no later than the one before it was due (late: chain); else it starts at the
	// event itself (late: literal).
	Chain bool

	// Disputes says what a customer who disagrees may ask for: restart, escalate, appeal; empty if nothing.
	Disputes     []string
	Rounds       int      // 1, or 2 and more where the customer may disagree
	DisputeRoute []string // roles
	External     []string // ids of Externals, the last resort first
	Externals    map[string]External

	SameChannel   bool // reply: same_channel
	CopyTo        []string
	File          bool // closed complaints are filed
	AskStaff      []string
	RefuseReasons []string // staff may decline only with one of these; empty: never

	Conduct *Conduct // nil if the pack says nothing
	Survey  *Survey  // nil if there is none
	Texts   map[string]map[string]string
	Tone    []string
	KPIs    []string
	People  map[string]string
	Review  Review
	Publish Publish

	source source
	stored bool // while it is read: it was taken before
}

// Topic is one of the things a complaint may be about.
type Topic struct {
	ID            string
	Route         []string // roles in the order of the handing over
	Notice        string   // id of the external body that is named at intake; may be empty
	HideFromNamed bool     // staff complained of must not see it
	Reply         string   // "written", or empty
	AnyChannel    bool     // complaints about it are taken however they come
}

// Promise is one dated obligation, as the pack states it.
type Promise struct {
	ID          string
	From, Until bot.EventKind
	Rule        calendar.Rule
	Within      string // the duration as written: "7wd"
	ByBot       bool   // the program alone may keep it
	Pause       bool   // waiting for the customer stops it
	// When limits it to complaints whose topic is When["topic"]; nil: all.
	When map[string]string
	// Source says whose number it is: "operator" or "law"; empty if it is the policy's own.
	Source string

	rounds [2]bool // whether it can be kept in the first round, and in those after
}

// External is an ombudsman or a regulator.
type External struct {
	Name, URL string
	Binding   bool // the company follows its decisions
	// Letter says when a customer must be told that they may go there, by the date of the complaint.
	Letter []Letter
}

// Letter is a rule for complaints received on a date or later.
type Letter struct {
	ReceivedFrom string // 2026-04-08
	After        calendar.Rule
}

// Conduct is the ladder for abusive behaviour.
type Conduct struct {
	Include         string // the pack it was taken from; empty if it is the pack's own
	Kinds, NotAbuse []string
	FlaggedBy       string
	Steps           []ConductStep
	ReviewBy        string
	SupportStaff    string
}

// ConductStep is a rung of the ladder.
type ConductStep struct {
	Do    string // warn, stop_replying, block, report_authority
	By    string // staff, manager
	Needs string // an earlier step that must have been taken; may be empty
}

// Survey says when and how customers are asked whether they are satisfied.
type Survey struct {
	After   bot.EventKind
	Delay   calendar.Rule // N is 0 if it is asked at once
	Remind  calendar.Rule // when one who has not answered is asked again, once
	Scale   []string
	Comment bool
}

// Review says when the policy itself is looked at again.
type Review struct {
	Every  string // 12mo, 1y
	Last   string // a date
	AlsoOn []string
}

// Publish says to whom the policy is shown.
type Publish struct {
	Staff, NewStaff string
	Public          bool
}

// Topic gives a topic by id. Where there is only one, an empty id means it.
func (p *Policy) Topic(id string) (Topic, bool) {
	for _, t := range p.Topics {
		if t.ID == id || id == "" && len(p.Topics) == 1 {
			return t, true
		}
	}
	return Topic{}, false
}

// Accepts tells whether complaints about a topic are taken when they come by a channel: chat, form, email, letter, phone,
// office or in_person. A topic the pack does not have is judged by the channel alone.
func (p *Policy) Accepts(channel, topic string) bool {
	t, ok := p.Topic(topic)
	return slices.Contains(p.Accept, channel) || ok && t.AnyChannel && slices.Contains(channels, channel)
}

// Promise gives a promise by id.
func (p *Policy) Promise(id string) (Promise, bool) {
	for _, pr := range p.Promises {
		if pr.ID == id {
			return pr, true
		}
	}
	return Promise{}, false
}

// LetterDue is the instant by which a customer whose complaint is still open must be told of an external body; false if
// the pack has no rule for a complaint received then.
func (p *Policy) LetterDue(external string, received time.Time) (time.Time, bool) {
	on, best := received.In(p.Zone).Format(time.DateOnly), Letter{}
	for _, l := range p.Externals[external].Letter {
		if l.ReceivedFrom <= on && l.ReceivedFrom >= best.ReceivedFrom {
			best = l
		}
	}
	if best.After.N == 0 {
		return time.Time{}, false
	}
	due, err := p.Calendar.Due(received, best.After)
	return due.At.UTC(), err == nil
}

// Horizon is the last second of the last year whose holidays are known, in the company's zone.
func (p *Policy) Horizon() time.Time { return p.Calendar.Until() }

// Covers tells whether the holidays of t's year are known.
func (p *Policy) Covers(t time.Time) bool {
	year := t.In(p.Zone).Year()
	return p.Calendar.Days.Since().Year() <= year && year <= p.Calendar.Days.Until().Year()
}

// Unheld lists the roles of AllRoles that nobody holds.
func (p *Policy) Unheld(holds func(role string) bool) []string {
	return slices.DeleteFunc(p.AllRoles(), holds)
}

// AllRoles lists every role the pack names, each once: what the operator's configuration must give people to.
func (p *Policy) AllRoles() []string {
	var lists [][]string
	for _, t := range p.Topics {
		lists = append(lists, t.Route)
	}
	lists = append(lists, p.DisputeRoute, p.CopyTo)
	var all []string
	for _, l := range lists {
		for _, r := range l {
			all = add(all, r)
		}
	}
	return all
}

func add(list []string, s string) []string {
	for _, x := range list {
		if x == s {
			return list
		}
	}
	return append(list, s)
}
