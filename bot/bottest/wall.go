package bottest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/heedbot/heed/bot"
)

// wordsLeast is how long a customer's words are at least to be told from
// anybody's.
const wordsLeast = 12

// watched tells whether Slack is not to be given a message because someone whom
// it is hidden from would see it.
func (p *Player) watched(s bot.Sending) bool {
	if !s.Walled || s.Private != nil || s.Delete {
		return false
	}
	return p.public(s.To.Chat) || slices.ContainsFunc(p.members(s.To.Chat), func(name string) bool {
		return slices.Contains(s.Hidden, crew[name].ID)
	})
}

// readIn looks at what appears in a channel through the eyes of all who are
// there.
func (p *Player) readIn(s bot.Sending, post bot.Post) {
	if c := p.cases[s.Complaint]; c.Wall != nil && !s.Walled {
		p.wrong("a post about complaint %s, which is walled, that does not say so: %s", p.number(s.Complaint), s.About)
	}
	var ids []bot.StaffID
	for _, who := range crew {
		if p.public(s.To.Chat) || slices.Contains(p.members(s.To.Chat), nameOf(who.ID)) {
			ids = append(ids, who.ID)
		}
	}
	p.readBy(ids, s.Complaint, post, s.About)
	p.inspectDesk(everything(post), p.Language, s.About)
}

// readBy looks at what these people read: nothing of a complaint that is about
// one of them.
func (p *Player) readBy(ids []bot.StaffID, about bot.Ref, post bot.Post, what string) {
	for ref, c := range p.cases {
		for _, id := range ids {
			if c.Wall.Hides(id) && (ref == about || p.tells(c, id, post)) {
				p.wrong("%s could read something of complaint %s, which is about them: %s", nameOf(id), p.number(ref), what)
			}
		}
	}
}

// tells tells whether a post tells someone something of a complaint: its
// reference, or its customer's words, unless a complaint that is not hidden from
// them has the same.
func (p *Player) tells(c bot.Complaint, id bot.StaffID, post bot.Post) bool {
	text := everything(post)
	if strings.Contains(text, string(c.Ref)) {
		return true
	}
	for _, w := range said(c) {
		elsewhere := func() bool {
			for _, x := range p.cases {
				if !x.Wall.Hides(id) && slices.Contains(said(x), w) {
					return true
				}
			}
			return false
		}
		if strings.Contains(text, w) && !elsewhere() {
			return true
		}
	}
	return false
}

// said are a customer's words in a complaint.
func said(c bot.Complaint) []string {
	var all []string
	for _, a := range c.Answers {
		for _, part := range a.Parts {
			if s := strings.TrimSpace(part.Text); len([]rune(s)) >= wordsLeast {
				all = append(all, s)
			}
		}
	}
	return all
}

// everything is all the words of a post, what its buttons carry too.
func everything(p bot.Post) string {
	var b strings.Builder
	add := func(ss ...string) {
		for _, s := range ss {
			b.WriteString(s + "\n")
		}
	}
	add(p.Text)
	for _, x := range p.Blocks {
		add(x.Text)
		for _, s := range x.Spans {
			add(s.Text, s.URL)
		}
		for _, y := range x.Pairs {
			add(y.Label, y.Value)
		}
		for _, y := range x.Buttons {
			add(y.Label, y.Value)
		}
		if f := x.Field; f != nil {
			add(f.Label, f.Hint, f.Initial)
			for _, o := range f.Options {
				add(o.Label)
			}
		}
	}
	return b.String()
}

// leftovers are posts about walled complaints that are still where they must
// not be: at the desk, or where someone now is whom the complaint is about.
func (p *Player) leftovers() []error {
	var errs []error
	for _, ref := range p.refs {
		c := p.cases[ref]
		if c.Wall == nil {
			continue
		}
		desk, seen := 0, map[string]int{}
		for _, id := range p.desk.order {
			m := p.desk.posts[id]
			if m.complaint == ref && m.chat == DeskID {
				desk++
			}
			for _, id := range c.Wall.Names() {
				tells := m.complaint == ref || slices.ContainsFunc(m.versions, func(v bot.Post) bool { return p.tells(c, id, v) })
				if tells && (p.public(m.chat) || slices.Contains(p.members(m.chat), nameOf(id))) {
					seen[nameOf(id)+" can read "+strings.TrimSpace("desk "+room(m.chat))]++
				}
			}
		}
		if desk > 0 {
			errs = append(errs, fmt.Errorf("complaint %s is walled, and %d posts about it are still at the desk", p.number(ref), desk))
		}
		for where, n := range seen {
			errs = append(errs, fmt.Errorf("complaint %s is hidden from them, and %s with %d posts about it", p.number(ref), where, n))
		}
	}
	return errs
}

// overheard is the desk, with a look at all that it answers.
type overheard struct {
	p    *Player
	desk Desk
}

// Open implements Desk.
func (o overheard) Open(ctx context.Context, who bot.Staff, act bot.Act) (Answer, error) {
	a, err := o.desk.Open(ctx, who, act)
	return o.look(who, a, act.Verb), err
}

// Submit implements Desk.
func (o overheard) Submit(ctx context.Context, who bot.Staff, view, meta string, values map[string]string) (Answer, error) {
	a, err := o.desk.Submit(ctx, who, view, meta, values)
	return o.look(who, a, view), err
}

// Command implements Desk.
func (o overheard) Command(ctx context.Context, who bot.Staff, command, text string) (Answer, error) {
	a, err := o.desk.Command(ctx, who, command, text)
	return o.look(who, a, command), err
}

func (o overheard) look(who bot.Staff, a Answer, what string) Answer {
	read := func(post bot.Post) {
		o.p.readBy([]bot.StaffID{who.ID}, "", post, what)
		o.p.inspectDesk(everything(post), o.p.tongue(who.ID), what)
	}
	if a.View != nil {
		read(bot.Post{Text: strings.Join([]string{a.View.Title, a.View.Submit, a.View.Close}, "\n"), Blocks: a.View.Blocks})
	}
	if a.Private != nil {
		read(*a.Private)
	}
	for _, e := range a.Errors {
		read(bot.Post{Text: e})
	}
	return a
}
