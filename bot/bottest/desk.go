package bottest

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/heedbot/heed/bot"
)

// DeskID is the channel where complaints appear in every script.
const DeskID = "C0DESK"

// rooms are other channels, by the role they are for. One that is not here is
// called by its id: C0NIGHT is #night.
var rooms = map[string]string{
	"C0CEO": "ceo", "C0CARE": "customer_care", "C0TECH": "technical", "C0SERVICE": "customer_service",
	"C0BOARD": "senior_management",
}

// room is what a script and a transcript call a channel; "" for the desk's own.
func room(chat string) string {
	switch name, ok := rooms[chat]; {
	case ok:
		return "#" + name
	case chat == DeskID:
		return ""
	case strings.HasPrefix(chat, bot.Direct):
		return "direct " + strings.Join(namesOf(chat), ", ")
	case strings.HasPrefix(chat, "U"):
		return "@" + nameOf(bot.StaffID(chat))
	}
	return "#" + strings.ToLower(strings.TrimPrefix(chat, "C0"))
}

// deskPaper is Slack on paper: the desk's channel, and any other.
type deskPaper struct {
	posts      map[string]*posted // by the platform's id
	order      []string
	code       string // the newest link code that somebody was shown
	phoneFault fault
	postFault  fault
}

// posted is one message in a channel, with all its versions.
type posted struct {
	chat      string
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
	if p.down(bot.Slack) || s.To.Chat == bot.Nowhere {
		return "", errBusy
	}
	if p.crash.now(crashUnposted) {
		return "", p.die()
	}
	if p.watched(s) {
		return "", bot.Watched(errSeen)
	}
	if s.Delete {
		d.delete(s)
		return s.EditID, nil
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
	if d.p.down(bot.Slack) {
		return "", false, errBusy
	}
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
	if room(s.To.Chat) != "" && s.Complaint != "" && !slices.Contains(p.refs, s.Complaint) {
		p.refs = append(p.refs, s.Complaint) // the copy came before the card
	}
	key := strings.TrimSpace("2 " + string(s.Complaint) + " " + room(s.To.Chat))
	switch {
	case s.Private != nil:
		p.readBy([]bot.StaffID{s.Private.User}, "", s.Private.Post, s.About)
		p.inspectDesk(everything(s.Private.Post), p.tongue(s.Private.User), s.About)
		p.show("3", "only "+nameOf(s.Private.User)+"> ", strings.Join(p.reads(s.Private.Post), "\n"))
		return ""
	case s.Upload != nil:
		p.readIn(s, bot.Post{Text: s.Upload.Name + "\n" + s.Upload.Comment})
		p.show(key, p.place(s.To.Chat, s.Complaint, false), "(file) "+s.Upload.Name)
		return d.keep(s, bot.Post{}, nil)
	}
	p.readIn(s, *s.Post)
	now := p.reads(*s.Post)
	if s.Edits != "" {
		was := p.desk.posts[s.EditID]
		if was == nil {
			p.wrong("an edit of something that is not there: %s", s.About)
			return ""
		}
		if was.chat != s.To.Chat {
			p.wrong("an edit in another channel than the post: %s", s.About)
		}
		var fresh []string
		for _, l := range now {
			if !slices.Contains(was.shown, l) {
				fresh = append(fresh, l)
			}
		}
		was.versions, was.shown = append(was.versions, *s.Post), now
		if len(fresh) > 0 {
			p.show(key, p.place(was.chat, s.Complaint, was.card), "(changed) "+strings.Join(fresh, "\n"))
		}
		return s.EditID
	}
	id := d.keep(s, *s.Post, now)
	if s.Thread != "" {
		if root := p.desk.posts[s.ThreadID]; root == nil || root.chat != s.To.Chat {
			p.wrong("a post in a thread that is not there: %s", s.About)
		}
	}
	switch {
	case s.About == "card" && s.To.Chat == DeskID:
		if !slices.Contains(p.refs, s.Complaint) {
			p.refs = append(p.refs, s.Complaint)
		}
		p.desk.posts[id].card = true
		p.show(key, p.place(s.To.Chat, s.Complaint, true), strings.Join(now, "\n"))
	case s.Thread != "":
		if hasButton(*s.Post, "record") {
			// What a customer without a chat is to be sent stands nowhere else.
			p.inspectWords(s.Words, p.speech(s.Complaint), s.About)
		} else {
			now = short(now)
		}
		p.show(key, p.place(s.To.Chat, s.Complaint, false), strings.Join(now, "\n"))
	case s.To.Chat != DeskID:
		p.show(key, p.place(s.To.Chat, s.Complaint, true), strings.Join(now, "\n"))
	default:
		p.show(key, "desk> ", strings.Join(now, "\n"))
	}
	return id
}

// delete takes a post out of its channel, with all its versions.
func (d slackPaper) delete(s bot.Sending) {
	p := d.p
	was := p.desk.posts[s.EditID]
	switch {
	case was == nil:
		return // it never got there, or is gone already: no harm
	case was.chat != s.To.Chat:
		p.wrong("a deletion in another channel than the post: %s", s.About)
	}
	delete(p.desk.posts, s.EditID)
	p.desk.order = slices.DeleteFunc(p.desk.order, func(id string) bool { return id == s.EditID })
	p.showDeleted(strings.TrimSpace("2 "+string(was.complaint)+" "+room(was.chat)), p.place(was.chat, was.complaint, true))
}

func (d slackPaper) keep(s bot.Sending, post bot.Post, shown []string) string {
	p := d.p
	for _, was := range p.desk.posts {
		if was.out == s.ID && was.chat == s.To.Chat {
			p.wrong("the desk was given the same post twice: %s", s.About)
		}
	}
	p.keys++
	id := "1700000000." + fmt.Sprintf("%06d", p.keys)
	p.desk.posts[id] = &posted{chat: s.To.Chat, complaint: s.Complaint, out: s.ID, versions: []bot.Post{post}, shown: shown}
	p.desk.order = append(p.desk.order, id)
	p.posts[room(s.To.Chat)]++
	return id
}

// reads gives a post as staff read it, and notes a link code that stands in it.
func (p *Player) reads(post bot.Post) []string {
	ls := lines(post)
	for _, l := range ls {
		p.noteCode(l)
	}
	return ls
}

func (p *Player) noteCode(s string) {
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !strings.ContainsRune("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", r) }) {
		if code, ok := bot.ParseCode(w); ok && code == w {
			p.desk.code = code
		}
	}
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

// place is what stands before a post: where it is, and of which complaint.
func (p *Player) place(chat string, ref bot.Ref, card bool) string {
	name := "thread"
	if card {
		name = "desk"
	}
	switch r := room(chat); {
	case strings.HasPrefix(chat, bot.Direct):
		name = r
	case r != "":
		name = "desk " + r
	}
	if n := p.number(ref); ref != "" && n != "#1" {
		name += " " + n
	}
	return name + "> "
}

// find gives the newest button with an action that a person sees, or the n-th
// newest, and the post it stands on; old: it stands only in an earlier version
// of that.
func (p *Player) find(who bot.StaffID, action string, ref bot.Ref, n int) (b bot.Button, post string, old bool, err error) {
	hidden := false
	for _, back := range []bool{false, true} {
		left := n
		for _, id := range slices.Backward(p.desk.order) {
			m := p.desk.posts[id]
			if m.complaint != "" && ref != "" && m.complaint != ref {
				continue
			}
			for i, v := range slices.Backward(m.versions) {
				if !back && i < len(m.versions)-1 {
					break
				}
				for _, y := range buttons(v) {
					switch {
					case y.Action != action:
						continue
					case !p.sees(who, m.chat):
						hidden = true
						continue
					}
					if left--; left == 0 {
						return y, id, back, nil
					}
				}
			}
		}
	}
	if hidden {
		return b, "", false, fmt.Errorf("%s cannot see the button %s: it is only where they are not", nameOf(who), action)
	}
	return b, "", false, fmt.Errorf("no post has the button %s", action)
}

func buttons(p bot.Post) []bot.Button {
	var all []bot.Button
	for _, b := range p.Blocks {
		all = append(all, b.Buttons...)
	}
	return all
}

func hasButton(p bot.Post, action string) bool {
	return slices.ContainsFunc(buttons(p), func(b bot.Button) bool { return b.Action == action })
}
