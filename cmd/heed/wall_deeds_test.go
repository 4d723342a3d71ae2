package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
)

// wallCustomer is a customer.
type wallCustomer struct {
	id        bot.CustomerID
	chat, tag string
	// hidden: all of their complaints are about the person complained of. twin:
	// the second one is, and the first, which has nothing to do with it, is not.
	hidden, twin bool
	paper        bool // they write letters
	n            int  // messages so far
}

// wallSlot is a complaint that was made, or tried to be.
type wallSlot struct {
	of     *wallCustomer
	key    string // of the input that made it
	hidden bool
	name   string
}

// wallPair is two worlds: in the second one, what is about one member of staff
// does not exist.
type wallPair struct {
	r         *rand.Rand
	a, b      *wallWorld
	town      *wallTown
	who       bot.StaffID // complained of
	now       time.Time
	customers []*wallCustomer
	slots     []*wallSlot
	keys      int
	story     []string
	err       error // the first trouble of the test itself
}

func (p *wallPair) say(format string, args ...any) {
	p.story = append(p.story, p.now.UTC().Format("2 Jan 15:04 ")+fmt.Sprintf(format, args...))
}

func (p *wallPair) key() string {
	p.keys++
	return "in" + strconv.Itoa(p.keys)
}

// in has something done in both worlds; of what is hidden, in the first only.
func (p *wallPair) in(hidden bool, do func(w *wallWorld) error) {
	for _, w := range []*wallWorld{p.a, p.b} {
		if hidden && w == p.b {
			continue
		}
		if err := do(w); err != nil && p.err == nil {
			p.err = fmt.Errorf("world %s: %w", w.name, err)
		}
	}
}

// pass lets time go by in both worlds at once.
func (p *wallPair) pass(d time.Duration) {
	for until := p.now.Add(d); ; {
		var next time.Time
		p.in(false, func(w *wallWorld) error {
			at, err := w.drain(p.now)
			if !at.IsZero() && (next.IsZero() || at.Before(next)) {
				next = at
			}
			return err
		})
		switch {
		case p.err != nil || p.now.Equal(until):
			return
		case next.IsZero() || next.After(until):
			next = until
		}
		p.now = next
	}
}

func wallPick[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }

func (p *wallPair) chance(percent int) bool { return p.r.IntN(100) < percent }

// message makes an input of a customer's.
func (p *wallPair) message(c *wallCustomer, in bot.Input) bot.Input {
	c.n++
	in.Key, in.Channel, in.Account, in.Chat, in.MessageID = p.key(), bot.Telegram, "4242", c.chat, strconv.Itoa(c.n)
	in.At, in.Person = p.now, bot.Person{ID: c.chat, Name: "Customer " + c.chat, Language: c.tag}
	return in
}

// wallCalled are ways in which a customer writes a name.
func (p *wallPair) called(name string) string {
	plain := strings.NewReplacer("ë", "e", "ø", "o", "å", "a", "Å", "A", "ñ", "n", "ú", "u", "Ł", "L", "Дмитрий", "Dmitry", "Волков", "Volkov").Replace(name)
	first, family, _ := strings.Cut(name, " ")
	return wallPick(p.r, name, name, plain, strings.ToUpper(plain), family+" "+first, "it was "+name+", I think", family)
}

// complain has a customer type a whole account. staff are the names it gives;
// left unfinished, it is not sent off.
func (p *wallPair) complain(c *wallCustomer, topic, named string, about, prose, unfinished bool) {
	ins := []bot.Input{p.message(c, bot.Input{Kind: bot.InMessage, Text: "/complain", Command: "complain"})}
	type_ := func(s string) { ins = append(ins, p.message(c, bot.Input{Kind: bot.InMessage, Text: s})) }
	answers := map[string]bot.Answer{}
	pol := p.a.house.Policy
	words := "My line is dead since Monday, says " + c.chat + "."
	if prose {
		words += " " + named + " told me to wait."
	}
	for {
		q, more := pol.Ask.Next(answers)
		if !more {
			break
		}
		a := bot.Answer{Skipped: true}
		switch {
		case q.ID == "topic":
			a = bot.Answer{Option: topic}
		case q.Type == "choice":
			a = bot.Answer{Option: "no"}
			if about {
				a.Option = "yes"
			}
		case q.Names != "" && named != "" && !prose:
			a = bot.Answer{Parts: []bot.Part{{Text: named}}, Done: true}
			type_(named)
		case q.Required:
			a = bot.Answer{Parts: []bot.Part{{Text: words}}, Done: true}
			type_(words)
			type_("done")
		case q.Type == "files" && p.chance(40):
			a = bot.Answer{Files: []string{"x"}, Done: true}
			ins = append(ins, p.message(c, bot.Input{Kind: bot.InMessage, Files: []bot.File{{Kind: "document", Name: "letter " + c.chat + ".jpg", Size: 900, Handle: c.chat}}}))
			type_("done")
		}
		if i := slices.Index(q.Options, a.Option); i >= 0 {
			type_(strconv.Itoa(i + 1))
		} else if a.Skipped {
			type_("skip")
		}
		answers[q.ID] = a
	}
	slot := &wallSlot{of: c, hidden: c.hidden || c.twin && p.has(c)}
	slot.name = fmt.Sprintf("%s's complaint %d", c.chat, len(p.slots)+1)
	what := "complains"
	if unfinished {
		what = "begins to complain"
		if !slot.hidden {
			ins = ins[:len(ins)/2+p.r.IntN(len(ins)/2)]
		}
	} else {
		type_("Send my complaint")
	}
	slot.key = ins[len(ins)-1].Key
	if !unfinished {
		p.slots = append(p.slots, slot)
	}
	p.say("%s %s (%s), topic %s, names %q, about them %t, in the account %t", c.chat, what, slot.name, topic, named, about, prose)
	p.in(slot.hidden, func(w *wallWorld) error { return w.receive(ins...) })
}

// has tells whether a customer has complained.
func (p *wallPair) has(c *wallCustomer) bool {
	return slices.ContainsFunc(p.slots, func(s *wallSlot) bool { return s.of == c })
}

// log has a colleague write down a letter.
func (p *wallPair) log(c *wallCustomer, by bot.StaffID, topic, named string) {
	f := map[string]string{"at": p.now.Add(-time.Hour).UTC().Format(time.RFC3339), "channel": "letter", "language": c.tag, "name": "Customer " + c.chat,
		"contact": "1 High Street", "ask_topic": topic, "ask_summary": "A letter of " + c.chat + ".", "ask_staff": named, "ask_failing": "They were rude."}
	act := bot.Act{Verb: casework.Log, Customer: c.id, New: true, By: by, Fields: f, Chat: wallDesk}
	slot := &wallSlot{of: c, key: p.key(), hidden: c.hidden}
	slot.name = fmt.Sprintf("%s's complaint %d", c.chat, len(p.slots)+1)
	p.slots = append(p.slots, slot)
	p.say("%s logs %s, topic %s, names %q", p.town.name(by), slot.name, topic, named)
	p.in(slot.hidden, func(w *wallWorld) error {
		return w.receive(bot.Input{Key: slot.key, Channel: bot.Slack, Kind: bot.InAct, At: p.now, Act: &act})
	})
}

// writes has a customer add words, or a file, to a complaint.
func (p *wallPair) writes(s *wallSlot, words string) {
	if s.of.twin {
		p.pass(0)
	}
	if c := p.a.cases[p.a.refs[s.key]]; s.of.paper || s.of.twin && !c.Stage.Open() {
		return // what somebody writes about one that is closed goes to the one that is not
	}
	add := p.message(s.of, bot.Input{Kind: bot.InMessage, Text: "/add", Command: "add"})
	then := p.message(s.of, bot.Input{Kind: bot.InMessage, Text: words})
	if p.chance(25) {
		then.Files = []bot.File{{Kind: "document", Name: "more of " + s.of.chat + ".jpg", Size: 900, Handle: then.Key}}
	}
	p.say("%s adds to %s: %s", s.of.chat, s.name, words)
	p.in(s.hidden, func(w *wallWorld) error {
		add.Argument = string(w.refs[s.key])
		if add.Argument == "" {
			return nil
		}
		return w.receive(add, then)
	})
}

// presses has a customer press a button of a complaint, if they have it.
func (p *wallPair) presses(s *wallSlot, verb string) {
	if s.of.paper {
		return
	}
	press, yes := p.message(s.of, bot.Input{Kind: bot.InPress}), p.message(s.of, bot.Input{Kind: bot.InMessage, Text: "Yes"})
	p.say("%s presses %s of %s", s.of.chat, verb, s.name)
	p.in(s.hidden, func(w *wallWorld) error {
		in := press
		if in.Token = w.buttons[s.of.chat+" "+verb+" "+string(w.refs[s.key])]; in.Token == "" {
			return nil
		}
		in.PressID = "p" + in.Key
		if verb == "withdraw" || verb == "dispute" {
			return w.receive(in, yes)
		}
		return w.receive(in)
	})
}

// acts has a member of staff do something about a complaint, as the dialogs
// would hand it over.
func (p *wallPair) acts(by bot.StaffID, s *wallSlot, verb string, more map[string]string) {
	key, day := p.key(), p.now.AddDate(0, 0, 20).Format(time.DateOnly)
	f := map[string]string{"words": "Words of " + key + ".", "outcome": bot.Upheld, "reason": "rude", "reference": "R1", "external": "ombudsman", "done": "Paid.",
		"lesson": "None.", "person": string(by), "until": day, "authority": "The police", "how": "letter", "what": "words",
		"at": p.now.UTC().Format(time.RFC3339), "kind": "threatening"}
	maps.Copy(f, more)
	p.say("%s does %s %v to %s", p.town.name(by), verb, more, s.name)
	// What the person complained of tries reaches the program in both worlds,
	// unless they still see the complaint.
	seen := by == p.who && s.hidden && !p.a.hides(p.a.refs[s.key], by)
	if seen {
		defer p.forget()
	}
	p.in(s.hidden && by != p.who || seen, func(w *wallWorld) error {
		c := p.a.cases[p.a.refs[s.key]]
		if c.Ref == "" {
			return nil
		}
		fields := maps.Clone(f)
		fields["flag"], fields["measure"] = strconv.Itoa(w.flags[c.Ref]), strconv.Itoa(w.steps[c.Ref])
		if words := casework.Words(&c); len(words) > 0 {
			fields["message"] = words[0].Key
		}
		for _, out := range slices.Sorted(maps.Keys(c.Doubt)) {
			fields["out"] = out
		}
		if verb == casework.Record {
			for _, saying := range c.Said {
				if saying.State == string(bot.Prepared) {
					fields["out"] = max(fields["out"], saying.Out)
				}
			}
		}
		act := bot.Act{Verb: verb, Complaint: c.Ref, By: by, Version: c.Version, Fields: fields, Out: fields["out"], Chat: wallDesk}
		return w.receive(bot.Input{Key: key, Channel: bot.Slack, Kind: bot.InAct, At: p.now, Act: &act})
	})
}

// forget leaves out the answers that staff were given so far.
func (p *wallPair) forget() {
	p.pass(0)
	p.a.private, p.b.private = nil, nil
}

// joins has someone join a channel or leave it. Where it is unnoticed, Slack
// tells the program only when it is asked the next time.
func (p *wallPair) joins(who bot.StaffID, chat string, unnoticed bool) {
	joined := p.town.moves(who, chat)
	p.say("%s is in %s: %t, unnoticed %t", p.town.name(who), chat, joined, unnoticed)
	if !unnoticed {
		p.notice()
	}
}

// notice has the program told who is in which channel.
func (p *wallPair) notice() {
	for _, chat := range slices.Sorted(maps.Keys(p.town.inside)) {
		for _, who := range p.town.inside[chat] {
			if slices.Contains(p.town.told[chat], who) {
				continue
			}
			in := bot.Input{Key: p.key(), Channel: bot.Slack, Kind: bot.InJoined, Chat: chat, Person: bot.Person{ID: string(who)}, At: p.now}
			p.in(false, func(w *wallWorld) error { return w.receive(in) })
		}
	}
	p.town.told = maps.Clone(p.town.inside)
}

// blocks has a customer shut the bot out, or let it in again.
func (p *wallPair) blocks(c *wallCustomer, kind bot.InputKind) {
	if c.paper {
		return
	}
	in := p.message(c, bot.Input{Kind: kind})
	p.say("%s: %s", c.chat, kind)
	p.in(c.hidden, func(w *wallWorld) error { return w.receive(in) })
}
