package casework

import (
	"slices"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/locales"
)

// Enclose raises the wall around a complaint, or hides it from more people. by
// is empty where the customer's own words do so. What was posted before is
// taken away and posted afresh where only those see it who may.
func (w *Work) Enclose(c *bot.Complaint, by bot.StaffID, why string, hide []bot.Hidden) {
	was := c.Home
	fresh := w.posted[c.Card] // nothing of it is out yet
	next := &bot.Wall{Searched: w.S.Directory.Known}
	if c.Wall != nil {
		next.Hidden, next.Cleared = slices.Clone(c.Wall.Hidden), slices.Clone(c.Wall.Cleared)
	}
	for _, h := range hide {
		i := slices.IndexFunc(next.Hidden, func(x bot.Hidden) bool { return x.Staff == h.Staff })
		if i < 0 {
			next.Hidden = append(next.Hidden, h)
		} else if !h.Unsure {
			next.Hidden[i].Unsure = false
		}
	}
	w.closeWall(next)
	data := next.Data(w.homeOf(next))
	if c.Wall == nil && !fresh {
		if present := w.present(c); len(present) > 0 {
			data["present"] = ids(present)
		}
	}
	if c.Assignee != "" && !slices.Contains(w.keepers(next), c.Assignee) {
		data["unassigned"] = "yes"
	}
	moves := c.Wall == nil || data["home"] != was
	w.Event(c, bot.EvWalled, orWho(by), why, data)
	w.walledConduct(c)
	w.ShowUnshown()
	if !moves {
		return
	}
	if !fresh {
		// Whoever was at the desk may have read its link codes.
		w.turn.Void = append(w.turn.Void, c.Ref)
		w.moves(c, false)
		w.wallSays(c, "")
	}
	w.guardLater(c)
}

// present are those who could read the complaint until now: the members of the
// desk's channel, and of those it was copied to.
func (w *Work) present(c *bot.Complaint) []bot.StaffID {
	var list []bot.StaffID
	for _, room := range append(copies(c), w.Desk.Chat) {
		list = append(list, w.S.Directory.Rooms[room]...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func orWho(by bot.StaffID) string {
	if by == "" {
		return "bot"
	}
	return string(by)
}

func ids(list []bot.StaffID) string {
	var s []string
	for _, id := range list {
		s = append(s, string(id))
	}
	return strings.Join(s, ",")
}

// moves has all that was posted about the complaint taken out of where it is,
// and posted anew where it lives at the end of the turn; pending: only what
// waits for staff.
func (w *Work) moves(c *bot.Complaint, pending bool) {
	if was, ok := w.moved[c.Ref]; ok {
		pending = pending && was
	}
	w.moved[c.Ref] = pending
	c.Copies = nil
	w.turn.Say = slices.DeleteFunc(w.turn.Say, func(o bot.Outbound) bool {
		return o.To.Channel == bot.Slack && o.Complaint == c.Ref && (o.About == "card" || o.About == Copy)
	})
	p := w.Card(c)
	card := bot.Outbound{ID: c.Card, To: w.Desk, Class: bot.Notice, Complaint: c.Ref, About: "card", Post: &p}
	w.turn.Say = slices.Insert(w.turn.Say, 0, card)
	w.posted[c.Card] = true
	w.Touch(c)
}

// removals are what the moves come to, once it is known where each complaint
// lives.
func (w *Work) removals() {
	for _, c := range w.complaints {
		pending, ok := w.moved[c.Ref]
		if !ok {
			continue
		}
		a := &bot.Again{To: w.place(c), Thread: c.Card, Pending: pending}
		if c.Wall != nil {
			a.Walled, a.Hidden = true, c.Wall.Names()
		}
		w.turn.Remove = append(w.turn.Remove, bot.Removal{Complaint: c.Ref, Again: a})
	}
}

// wallSays tells those who look into it why they see it here.
func (w *Work) wallSays(c *bot.Complaint, why string) {
	k := locales.StaffWallRoom
	switch {
	case why == WhyWatched:
		k = locales.StaffWallWatched
	case strings.HasPrefix(c.Home, bot.Direct) && w.roomed() && !c.Wall.Managers:
		k = locales.StaffWallDirect
	case strings.HasPrefix(c.Home, bot.Direct):
		k = locales.StaffWallAlone
	}
	var call []string
	for _, id := range w.Keepers(c) {
		call = append(call, string(id))
	}
	text := w.D(k)
	w.Thread(c, bot.Post{Text: text, Mention: call, Blocks: []bot.Block{{Kind: bot.Rich, Spans: []bot.Span{{Text: text, Bold: true}}}}})
}

// Why a walled complaint was moved.
const (
	WhyWatched = "watched" // someone it is kept from was in the channel
	WhyJoined  = "joined"  // someone it is kept from joined the channel
	WhyNobody  = "nobody"  // nobody could see it until now
	WhyChanged = "changed" // those who may see it are others now
)

// Move shows a walled complaint elsewhere, because someone it is kept from is
// where it was.
func (w *Work) Move(c *bot.Complaint, why string, who bot.StaffID) {
	from := c.Home
	w.closeWall(c.Wall)
	to := w.homeOf(c.Wall)
	if to == from && why != WhyNobody || why == WhyChanged {
		// Slack knows better than the directory who is there.
		if to = direct(w.Keepers(c)); len(w.Keepers(c)) == 0 {
			to = bot.Nowhere
		}
	}
	if to == from {
		return
	}
	data := c.Wall.Data(to)
	data["why"] = why
	if who != "" {
		data["staff"] = string(who)
	}
	w.Event(c, bot.EvMoved, "bot", "", data)
	w.moves(c, false)
	w.wallSays(c, why)
	if why == WhyJoined {
		text := w.D(locales.StaffWallJoined, "Name", w.NameOf(who))
		w.Thread(c, bot.Post{Text: text, Blocks: []bot.Block{{Kind: bot.Rich, Spans: []bot.Span{{Text: text, Bold: true}}}}})
	}
	w.guardLater(c)
}

// guardLater looks again where nobody can see the complaint yet.
func (w *Work) guardLater(c *bot.Complaint) {
	if c.Wall == nil && w.S.Directory.Known || c.Wall != nil && c.Home != bot.Nowhere && c.Wall.Searched {
		return
	}
	pause := wallPause
	if w.S.Directory.Known {
		pause = wallRest
	}
	w.Set(bot.Timer{Key: TimerWall + " " + string(c.Ref), Kind: TimerWall, Complaint: c.Ref, Due: w.S.Now.Add(pause)})
}

// TimerWall is the timer of a complaint that nobody can see yet.
const TimerWall = "wall"

// wallPause is how soon it is looked again who may see a complaint, where
// Slack could not be asked; wallRest where it was, and nobody may.
const (
	wallPause = time.Minute
	wallRest  = time.Hour
)

// Rewall looks for the people a complaint is about, and for those who may look
// into it, where that was not known before.
func (w *Work) Rewall(c *bot.Complaint) {
	if c.Wall == nil {
		if w.enclosed(c); c.Wall != nil {
			w.Save(c)
		}
		return
	}
	if !c.Wall.Searched && w.S.Directory.Known {
		hide, _ := w.search(c)
		w.Enclose(c, "", "", hide)
	}
	if c.Home == bot.Nowhere {
		w.Move(c, WhyNobody, "")
	}
	w.guardLater(c)
	w.Save(c)
}

// Joined takes that someone is in the channel a complaint is kept from them in.
func (w *Work) Joined() {
	in := w.S.Input
	c := w.Complaint(in.Ref)
	if c == nil || c.Home != in.Chat || !c.Wall.Hides(bot.StaffID(in.Person.ID)) {
		return
	}
	w.Move(c, WhyJoined, bot.StaffID(in.Person.ID))
}

// Hide hides the complaint from one more person, at a colleague's word. It is
// false, and nothing is done, where nobody could look into it then.
func (w *Work) Hide(c *bot.Complaint, by, who bot.StaffID, why string) bool {
	after := &bot.Wall{Managers: true, Hidden: []bot.Hidden{{Staff: who}}}
	if c.Wall != nil {
		after.Hidden = append(after.Hidden, c.Wall.Hidden...)
	}
	if w.S.Directory.Known && len(w.keepers(after)) == 0 {
		return false
	}
	hide := []bot.Hidden{{Staff: who}}
	if c.Wall == nil {
		found, _ := w.searchFor(c, true)
		for _, h := range found {
			if h.Staff != who {
				hide = append(hide, bot.Hidden{Staff: h.Staff, Unsure: true})
			}
		}
		if w.S.Directory.Known && len(w.keepers(&bot.Wall{Managers: true, Hidden: hide})) == 0 {
			hide = hide[:1]
		}
	}
	w.Enclose(c, by, why, hide)
	return true
}

// Released takes someone from behind the wall: it is not about them. Where
// nobody is left and the topic asks for none, the wall comes down.
func (w *Work) Released(c *bot.Complaint, by, who bot.StaffID, why string) {
	next := &bot.Wall{Searched: c.Wall.Searched, Cleared: append(slices.Clone(c.Wall.Cleared), who), Hidden: slices.DeleteFunc(slices.Clone(c.Wall.Hidden), func(h bot.Hidden) bool { return h.Staff == who })}
	w.closeWall(next)
	home := c.Home
	data := next.Data(w.homeOf(next))
	data["staff"] = string(who)
	down := len(next.Hidden) == 0 && !walls(w.PolicyOf(c), c.Topic)
	if down {
		data["down"] = "yes"
	}
	w.Event(c, bot.EvReleased, string(by), why, data)
	w.walledConduct(c)
	w.ShowUnshown()
	switch {
	case down:
		w.moves(c, true)
		w.account(c)
		w.later(c)
		w.route(c)
		w.Line(c, w.D(locales.StaffWallDown))
	case c.Home != home:
		// Who may see it now can.
		w.moves(c, false)
		w.wallSays(c, "")
	}
}

// later shows what the customer wrote and sent after the complaint was lodged.
func (w *Work) later(c *bot.Complaint) {
	if text := c.Answers[Later].Text(); text != "" {
		w.Quote(c, w.D(locales.StaffCardLater), text)
	}
	if text := c.Answers[TheirWords].Text(); text != "" {
		w.Quote(c, w.D(locales.StaffMandateWrote), text)
	}
	for _, id := range c.Files {
		if e := w.File(id); e != nil && e.State == bot.FileKept {
			w.Upload(c, e)
		}
	}
}

// regroup sees to it that a complaint which is shown to people directly is shown
// to those who may see it now, before something more is posted there.
func (w *Work) regroup() {
	for _, c := range w.complaints {
		if c.Wall == nil || !strings.HasPrefix(c.Home, bot.Direct) || !w.S.Directory.Known {
			continue
		}
		says := slices.ContainsFunc(w.turn.Say, func(o bot.Outbound) bool {
			return o.To.Channel == bot.Slack && o.Complaint == c.Ref && o.Private == nil
		})
		as := *c.Wall
		w.closeWall(&as)
		if now := w.keepers(&as); says && len(now) > 0 && direct(now) != c.Home {
			w.Move(c, WhyChanged, "")
		}
	}
}
