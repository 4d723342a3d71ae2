package casework

import (
	"slices"
	"strings"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

// HandOver is the verb that gives a complaint to the next role of its route.
const HandOver = "hand_over"

// Copy is what a complaint's first message in another channel is about.
const Copy = "copy"

// Role is a role's name in a language: the pack's own, or its id in words.
func (h *House) Role(c *bot.Complaint, lang, role string) string {
	if s, ok := h.Pack(c.Policy).Say(lang, "role."+role); ok {
		return s
	}
	return strings.ReplaceAll(role, "_", " ")
}

// People are the users and user groups behind a role.
func (h *House) People(role string) []string { return h.behind(role, "UWS") }

// standIn are the people behind a role; the managers where nobody holds it.
func (h *House) standIn(role string) []string {
	if len(h.Roles[role]) == 0 {
		return h.Managers
	}
	return h.People(role)
}

// Holders are the people of the role that has the complaint. Where nobody holds
// it, managers stand in for one that is more than the desk itself: that is to
// see everything, or to hear those who disagree, or that stands beside roles
// which people hold.
func (h *House) Holders(c *bot.Complaint) []string {
	pol := h.Pack(c.Policy)
	held := slices.ContainsFunc(pol.AllRoles(), func(r string) bool { return len(h.Roles[r]) > 0 })
	if held || slices.Contains(pol.CopyTo, c.With) || slices.Contains(pol.DisputeRoute, c.With) {
		return h.standIn(c.With)
	}
	return h.People(c.With)
}

// Rooms are the channels behind a role.
func (h *House) Rooms(role string) []string { return h.behind(role, "CG") }

func (h *House) behind(role, letters string) []string {
	var ids []string
	for _, id := range h.Roles[role] {
		if id != "" && strings.Contains(letters, id[:1]) {
			ids = append(ids, id)
		}
	}
	return ids
}

// Higher are the people called when a complaint needs someone above the desk:
// those of the pack's route for disagreements, else the managers.
func (h *House) Higher(c *bot.Complaint) []string {
	var ids []string
	for _, role := range h.Pack(c.Policy).DisputeRoute {
		ids = append(ids, h.People(role)...)
	}
	if len(ids) == 0 {
		return h.Managers
	}
	return ids
}

// NextRole is the role that comes after the one that has the complaint; empty
// if none does.
func (h *House) NextRole(c *bot.Complaint) string {
	t, _ := h.Pack(c.Policy).Topic(c.Topic)
	if i := slices.Index(t.Route, c.With); i >= 0 && i+1 < len(t.Route) {
		return t.Route[i+1]
	}
	return ""
}

// first is the first role of a topic's route; empty if it has none.
func first(pol *policy.Policy, topic string) string {
	if t, _ := pol.Topic(topic); len(t.Route) > 0 {
		return t.Route[0]
	}
	return ""
}

// route gives a new complaint to the first role of its topic's route, and a
// copy to those whom the pack wants to see everything.
func (w *Work) route(c *bot.Complaint) {
	pol := w.PolicyOf(c)
	t, _ := pol.Topic(c.Topic)
	for _, role := range append(slices.Clone(pol.CopyTo), c.With) {
		w.copyTo(c, role)
	}
	if c.Wall != nil {
		w.wallSays(c, "")
	}
	if c.With == "" || c.Wall != nil {
		return
	}
	people := w.Holders(c)
	if len(t.Route) == 1 && len(people) == 0 {
		return // the desk itself
	}
	w.call(c, people, w.D(locales.StaffRouteFirst, "Role", w.Role(c, w.Language, c.With)))
}

// Handed gives the complaint to the next role.
func (w *Work) Handed(c *bot.Complaint, by bot.StaffID) bool {
	to := w.NextRole(c)
	if to == "" || !w.Event(c, bot.EvHanded, string(by), "", map[string]string{"to": to, "from": c.With}) {
		return false
	}
	w.copyTo(c, to)
	w.call(c, w.standIn(to), w.D(locales.StaffRouteNext, "Role", w.Role(c, w.Language, to)), by)
	return true
}

func (w *Work) call(c *bot.Complaint, people []string, text string, by ...bot.StaffID) {
	spans := []bot.Span{{Text: text, Bold: true}}
	call := slices.Clone(people)
	for _, who := range by {
		spans = append(spans, bot.Span{Text: " · "}, bot.Span{User: string(who)})
		call = slices.DeleteFunc(call, func(id string) bool { return id == string(who) })
	}
	w.Thread(c, bot.Post{Text: text, Mention: call, Blocks: []bot.Block{{Kind: bot.Rich, Spans: spans}}})
}

// copyTo shows the complaint in the channels behind a role, with all that the
// customer said and sent so far. What comes later follows it there.
func (w *Work) copyTo(c *bot.Complaint, role string) {
	if c.Wall != nil {
		return
	}
	for _, room := range w.Rooms(role) {
		if _, ok := c.Copies[room]; ok || room == w.Desk.Chat {
			continue
		}
		if c.Copies == nil {
			c.Copies = map[string]string{}
		}
		id := w.id()
		c.Copies[room] = id
		to := w.room(room)
		p := w.copied(c)
		w.turn.Say = append(w.turn.Say, bot.Outbound{ID: id, To: to, Class: bot.Notice, Complaint: c.Ref, About: Copy, Post: &p})
		for _, q := range append(slices.Clone(c.Asked), Later) {
			if text := c.Answers[q].Text(); len([]rune(text)) > cardWords || q == Later && text != "" {
				w.quoteIn(c, to, id, w.Heading(w.PolicyOf(c), q), text, nil)
			}
		}
		if text := c.Answers[TheirWords].Text(); text != "" {
			w.quoteIn(c, to, id, w.D(locales.StaffMandateWrote), text, nil)
		}
		for _, f := range c.Files {
			if e := w.File(f); e != nil && e.State == bot.FileKept {
				w.uploadIn(c, to, id, e)
			}
		}
	}
	w.Save(c)
}

func (w *Work) room(id string) bot.Address {
	return bot.Address{Channel: bot.Slack, Account: w.Desk.Account, Chat: id}
}

// copied is the card without its buttons: what can be done is done at the desk.
func (w *Work) copied(c *bot.Complaint) bot.Post {
	p := w.Card(c)
	p.Blocks = slices.DeleteFunc(p.Blocks, func(b bot.Block) bool { return b.Kind == bot.Buttons || b.Kind == bot.Small })
	return p
}

// Wrote shows a customer's words in the thread and in every copy.
func (w *Work) Wrote(c *bot.Complaint, head, words string, call ...bot.StaffID) {
	w.Quote(c, head, words, call...)
	w.flaggable(c, words)
	for _, room := range copies(c) {
		w.quoteIn(c, w.room(room), c.Copies[room], head, words, nil)
	}
}

// copyLine posts one line of our own words into every copy.
func (w *Work) copyLine(c *bot.Complaint, text string) {
	for _, room := range copies(c) {
		w.turn.Say = append(w.turn.Say, bot.Outbound{ID: w.id(), To: w.room(room), Class: bot.Notice, Complaint: c.Ref, Thread: c.Copies[room],
			About: "thread", Post: &bot.Post{Text: text, Blocks: []bot.Block{{Kind: bot.Rich, Spans: []bot.Span{{Text: text, Bold: true}}}}}})
	}
}

func copies(c *bot.Complaint) []string {
	var rooms []string
	for room := range c.Copies {
		rooms = append(rooms, room)
	}
	slices.Sort(rooms)
	return rooms
}

// Later stands for a question where a customer's later words are kept.
const Later = "later"
