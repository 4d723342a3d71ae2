package bottest

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/heedbot/heed/bot"
)

// deskPaper is the Slack channel on paper.
type deskPaper struct {
	posts      map[string]*posted // by the platform's id
	order      []string
	phoneFault fault
	postFault  fault
}

// posted is one message in the channel, with all its versions.
type posted struct {
	complaint bot.Ref
	out       string
	versions  []bot.Post
	shown     []string
	card      bool
}

// slackPaper is its door. Like the real one it can look a message up.
type slackPaper struct{ p *Player }

// Send implements delivery.Door.
func (d slackPaper) Send(_ context.Context, s bot.Sending) (string, error) {
	p := d.p
	if p.crash.now(crashUnposted) {
		return "", p.die()
	}
	kind := ""
	if s.Private == nil {
		kind = p.desk.postFault.next()
	}
	switch kind {
	case "fails":
		return "", errBusy
	case "undeliverable", "blocked":
		return "", bot.Undeliverable(errNo)
	case "lost":
		return "", bot.Ambiguous(errLost)
	}
	id := d.post(s)
	if kind == "ambiguous" {
		return "", bot.Ambiguous(errLost)
	}
	if p.crash.now(crashPosted) {
		return "", p.die()
	}
	return id, nil
}

// Find implements delivery.Finder.
func (d slackPaper) Find(_ context.Context, s bot.Sending) (string, bool, error) {
	if s.Edits != "" {
		return s.EditID, false, nil // an edit made twice does no harm
	}
	for _, id := range d.p.desk.order {
		if d.p.desk.posts[id].out == s.ID {
			return id, true, nil
		}
	}
	return "", false, nil
}

func (d slackPaper) post(s bot.Sending) string {
	p := d.p
	key := "2 " + string(s.Complaint)
	switch {
	case s.Private != nil:
		p.show("3", "only "+nameOf(s.Private.User)+"> ", strings.Join(lines(s.Private.Post), "\n"))
		return ""
	case s.Upload != nil:
		p.show(key, p.thread(s.Complaint), "(file) "+s.Upload.Name)
		return d.keep(s, bot.Post{}, nil)
	}
	now := lines(*s.Post)
	if s.Edits != "" {
		was := p.desk.posts[s.EditID]
		if was == nil {
			p.wrong("an edit of something that is not there: %s", s.About)
			return ""
		}
		who := p.thread(s.Complaint)
		if was.card {
			who = p.card(s.Complaint)
		}
		var fresh []string
		for _, l := range now {
			if !slices.Contains(was.shown, l) {
				fresh = append(fresh, l)
			}
		}
		was.versions, was.shown = append(was.versions, *s.Post), now
		if len(fresh) > 0 {
			p.show(key, who, "(changed) "+strings.Join(fresh, "\n"))
		}
		return s.EditID
	}
	id := d.keep(s, *s.Post, now)
	switch {
	case s.About == "card":
		p.refs = append(p.refs, s.Complaint)
		p.desk.posts[id].card = true
		p.show(key, p.card(s.Complaint), strings.Join(now, "\n"))
	case s.Thread != "":
		if s.ThreadID == "" || p.desk.posts[s.ThreadID] == nil {
			p.wrong("a post in a thread that is not there: %s", s.About)
		}
		p.show(key, p.thread(s.Complaint), strings.Join(short(now), "\n"))
	default:
		p.show(key, "desk> ", strings.Join(now, "\n"))
	}
	return id
}

func (d slackPaper) keep(s bot.Sending, post bot.Post, shown []string) string {
	p := d.p
	for _, was := range p.desk.posts {
		if was.out == s.ID {
			p.wrong("the desk was given the same post twice: %s", s.About)
		}
	}
	p.keys++
	id := "1700000000." + fmt.Sprintf("%06d", p.keys)
	p.desk.posts[id] = &posted{complaint: s.Complaint, out: s.ID, versions: []bot.Post{post}, shown: shown}
	p.desk.order = append(p.desk.order, id)
	return id
}

// short leaves out the middle of what the customer was sent: it stands in the
// chat above already.
func short(ls []string) []string {
	const most = 4
	if len(ls) <= most+2 || strings.HasPrefix(ls[0], "**") {
		return ls
	}
	out := append(slices.Clone(ls[:most]), fmt.Sprintf("… %d lines more", len(ls)-most-1))
	return append(out, ls[len(ls)-1])
}

// number is the complaint's place, as scripts call it.
func (p *Player) number(ref bot.Ref) string {
	return "#" + strconv.Itoa(slices.Index(p.refs, ref)+1)
}

func (p *Player) thread(ref bot.Ref) string {
	if p.number(ref) == "#1" {
		return "thread> "
	}
	return "thread " + p.number(ref) + "> "
}

func (p *Player) card(ref bot.Ref) string {
	if p.number(ref) == "#1" {
		return "desk> "
	}
	return "desk " + p.number(ref) + "> "
}

// find gives the newest button with an action; old: it stands only in an
// earlier version of a post.
func (p *Player) find(action string, ref bot.Ref) (b bot.Button, thread string, old, ok bool) {
	for _, back := range []bool{false, true} {
		for i := len(p.desk.order) - 1; i >= 0; i-- {
			id := p.desk.order[i]
			m := p.desk.posts[id]
			if m.complaint != "" && ref != "" && m.complaint != ref {
				continue
			}
			from := len(m.versions) - 1
			to := from
			if back {
				to = 0
			}
			for v := from; v >= to; v-- {
				for _, x := range m.versions[v].Blocks {
					for _, y := range x.Buttons {
						if y.Action == action {
							return y, id, back, true
						}
					}
				}
			}
		}
	}
	return bot.Button{}, "", false, false
}
