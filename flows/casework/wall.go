package casework

import (
	"slices"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/flows/wall"
	"github.com/heedbot/heed/locales"
)

// SeniorRoles are the roles whose people may see what is walled: senior
// management where somebody is named for it, else those that the policy's
// walled topics go to.
func (h *House) SeniorRoles() []string {
	if len(h.Roles[string(bot.Senior)]) > 0 {
		return []string{string(bot.Senior)}
	}
	var roles []string
	for _, t := range h.Policy.Topics {
		for _, r := range t.Route {
			if t.HideFromNamed && len(h.Roles[r]) > 0 && !slices.Contains(roles, r) {
				roles = append(roles, r)
			}
		}
	}
	return roles
}

// Rank is how much of what is walled a person may see; "" for someone who may
// see nothing at all. Where nobody is named for a senior role, managers are.
func (h *House) Rank(s bot.Staff) bot.Rank {
	senior := h.SeniorRoles()
	switch {
	case s.Trouble != "":
		return ""
	case slices.ContainsFunc(senior, func(r string) bool { return s.Is(bot.Role(r)) }):
		return bot.RankSenior
	case s.Is(bot.Manager) && len(senior) == 0:
		return bot.RankSenior
	case s.Is(bot.Manager):
		return bot.RankManager
	}
	return bot.RankAgent
}

// Sight is what a person may see.
func (h *House) Sight(s bot.Staff) bot.Sight { return bot.Sight{Staff: s.ID, Rank: h.Rank(s)} }

// Concerns tells whether a person holds a role that the complaint is with, may
// go on to, or is copied to.
func (h *House) Concerns(c *bot.Complaint, s bot.Staff) bool {
	pol := h.Pack(c.Policy)
	t, _ := pol.Topic(c.Topic)
	return slices.ContainsFunc(s.Roles, func(r bot.Role) bool {
		return slices.Contains(t.Route, string(r)) || slices.Contains(pol.CopyTo, string(r)) || slices.Contains(pol.DisputeRoute, string(r))
	})
}

// SeniorName is what those who look into a walled complaint are called, in a
// language.
func (h *House) SeniorName(c *bot.Complaint, lang string) string {
	if c.With == "" || len(h.Roles[string(bot.Senior)]) > 0 {
		return h.named(h.Pack(c.Policy), lang, "role", string(bot.Senior))
	}
	return h.Role(c, lang, c.With)
}

// walls tells whether complaints about a topic are hidden from the staff they
// are about.
func walls(p *policy.Policy, topic string) bool {
	t, _ := p.Topic(topic)
	return t.HideFromNamed
}

// keepers are those who may see a walled complaint, as far as it is known who
// works here.
func (w *Work) keepers(wall *bot.Wall) []bot.StaffID {
	var ids []bot.StaffID
	for _, s := range w.S.Directory.People {
		c := bot.Complaint{Wall: wall}
		if r := w.Rank(s); (r == bot.RankSenior || r == bot.RankManager) && w.Sight(s).Sees(&c) {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

// Keepers are those who may see a walled complaint.
func (w *Work) Keepers(c *bot.Complaint) []bot.StaffID { return w.keepers(c.Wall) }

// closeWall decides for a wall who looks into the complaint: senior management, or
// managers where nobody of it may.
func (w *Work) closeWall(wall *bot.Wall) {
	wall.Managers = false
	if w.S.Directory.Known && len(w.keepers(wall)) == 0 {
		wall.Managers = true
	}
}

// homeOf is where a walled complaint is shown: senior management's channel; the
// people themselves where there is none, or where someone who may not see it is
// in it; nowhere while it is not known who works here.
func (w *Work) homeOf(wall *bot.Wall) string {
	d := w.S.Directory
	keepers := w.keepers(wall)
	if !d.Known || len(keepers) == 0 {
		return bot.Nowhere
	}
	if !wall.Managers {
		for _, role := range w.SeniorRoles() {
			for _, room := range w.Rooms(role) {
				if room != w.Desk.Chat && !slices.ContainsFunc(d.Rooms[room], wall.Hides) {
					return room
				}
			}
		}
	}
	return direct(keepers)
}

// roomed tells whether senior management has a channel.
func (w *Work) roomed() bool {
	return slices.ContainsFunc(w.SeniorRoles(), func(r string) bool {
		return slices.ContainsFunc(w.Rooms(r), func(room string) bool { return room != w.Desk.Chat })
	})
}

// mostDirect is how many people a direct conversation takes (Slack docs,
// conversations.open).
const mostDirect = 8

func direct(ids []bot.StaffID) string {
	var list []string
	for _, id := range ids {
		list = append(list, string(id))
	}
	slices.Sort(list)
	return bot.Direct + strings.Join(list[:min(len(list), mostDirect)], ",")
}

// place is where the complaint's card and thread are.
func (w *Work) place(c *bot.Complaint) bot.Address {
	if c.Home == "" {
		return w.Desk
	}
	return w.room(c.Home)
}

// Enclose raises the wall around a complaint, or hides it from more people. by
// is empty where the customer's own words do so. What was posted before is
// taken away and posted afresh where only those see it who may.
func (w *Work) Enclose(c *bot.Complaint, by bot.StaffID, why string, hide []bot.Hidden) {
	was := c.Home
	fresh := w.posted[c.Card] // nothing of it is out yet
	next := &bot.Wall{Searched: w.S.Directory.Known}
	if c.Wall != nil {
		next.Hidden = slices.Clone(c.Wall.Hidden)
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
		if present := w.S.Directory.Rooms[w.Desk.Chat]; len(present) > 0 {
			data["present"] = ids(present)
		}
	}
	if c.Assignee != "" && !slices.Contains(w.keepers(next), c.Assignee) {
		data["unassigned"] = "yes"
	}
	moves := c.Wall == nil || data["home"] != was
	w.Event(c, bot.EvWalled, orWho(by), why, data)
	if !moves {
		return
	}
	if !fresh {
		w.leave(c, was)
		w.afresh(c)
		w.wallSays(c)
	}
	w.guardLater(c)
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

// leave takes all that was posted about the complaint out of where it was, and
// out of every copy.
func (w *Work) leave(c *bot.Complaint, home string) {
	was := home
	if was == "" {
		was = w.Desk.Chat
	}
	if home != bot.Nowhere {
		w.turn.Remove = append(w.turn.Remove, bot.Removal{Complaint: c.Ref, Chat: was})
	}
	for _, room := range copies(c) {
		w.turn.Remove = append(w.turn.Remove, bot.Removal{Complaint: c.Ref, Chat: room})
	}
	c.Copies = nil
	// What this turn was about to post there is posted afresh.
	w.turn.Say = slices.DeleteFunc(w.turn.Say, func(o bot.Outbound) bool {
		return o.To.Channel == bot.Slack && o.Complaint == c.Ref && o.Private == nil
	})
}

// afresh posts the card, the customer's words and the files where the complaint
// lives now.
func (w *Work) afresh(c *bot.Complaint) {
	c.Card = w.id()
	w.posted[c.Card] = true
	w.Save(c)
	w.showCard(c)
	w.account(c)
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

// wallSays tells those who look into it why they see it here.
func (w *Work) wallSays(c *bot.Complaint) {
	k := locales.StaffWallRoom
	if strings.HasPrefix(c.Home, bot.Direct) {
		k = locales.StaffWallAlone
		if w.roomed() && !c.Wall.Managers {
			k = locales.StaffWallDirect
		}
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
)

// Move shows a walled complaint elsewhere, because someone it is kept from is
// where it was.
func (w *Work) Move(c *bot.Complaint, why string, who bot.StaffID) {
	from := c.Home
	w.closeWall(c.Wall)
	to := w.homeOf(c.Wall)
	if to == from && why != WhyNobody {
		// Slack knows better than the directory who is there.
		if to = direct(w.Keepers(c)); len(w.Keepers(c)) == 0 {
			to = bot.Nowhere
		}
	}
	if to == from {
		return
	}
	w.leave(c, from)
	data := c.Wall.Data(to)
	data["why"] = why
	if who != "" {
		data["staff"] = string(who)
	}
	w.Event(c, bot.EvMoved, "bot", "", data)
	w.afresh(c)
	w.wallSays(c)
	if why == WhyJoined {
		text := w.D(locales.StaffWallJoined, "Name", w.NameOf(who))
		w.Thread(c, bot.Post{Text: text, Blocks: []bot.Block{{Kind: bot.Rich, Spans: []bot.Span{{Text: text, Bold: true}}}}})
	}
	w.guardLater(c)
}

// guardLater looks again where nobody can see the complaint yet.
func (w *Work) guardLater(c *bot.Complaint) {
	if c.Wall == nil || c.Home != bot.Nowhere && c.Wall.Searched {
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

// search looks for the staff whom the customer's answers name: those the
// complaint is about, and those they merely dealt with.
func (w *Work) search(c *bot.Complaint) (hide []bot.Hidden, met []bot.StaffID) {
	people := w.S.Directory.People
	walled := c.Wall != nil || walls(w.PolicyOf(c), c.Topic)
	var prose []string
	for _, q := range w.PolicyOf(c).Ask {
		text := strings.TrimSpace(c.Answers[q.ID].Text())
		about := c.Answers[policy.StaffAbout].Option
		switch {
		case text == "":
		case q.Names == bot.ComplainedOf, q.Names == bot.SpokenTo && about == "yes":
			hide = append(hide, wall.Named(text, people)...)
		case q.Names == bot.SpokenTo && about == "" && walled:
			// It is about someone, and nobody said about whom.
			for _, h := range wall.Named(text, people) {
				hide = append(hide, bot.Hidden{Staff: h.Staff, Unsure: true})
			}
		case q.Names == bot.SpokenTo:
			for _, h := range wall.Named(text, people) {
				met = append(met, h.Staff)
			}
		default:
			prose = append(prose, text)
		}
	}
	if !walled && len(hide) == 0 {
		return nil, met
	}
	return w.mentioned(&bot.Wall{Hidden: hide}, strings.Join(append(prose, c.Answers[Later].Text()), "\n"), met), met
}

// mentioned adds those whom a free account names to the people behind a wall,
// as unsure, as long as someone is left to look into it. Those the customer
// says they merely dealt with are not added.
func (w *Work) mentioned(behind *bot.Wall, prose string, met []bot.StaffID) []bot.Hidden {
	more := &bot.Wall{Hidden: slices.Clone(behind.Hidden), Managers: true}
	for _, h := range wall.Mentioned(prose, w.S.Directory.People) {
		if !more.Hides(h.Staff) && !slices.Contains(met, h.Staff) {
			more.Hidden = append(more.Hidden, h)
		}
	}
	if len(w.keepers(more)) == 0 {
		return behind.Hidden
	}
	return more.Hidden
}

// enclosed raises the wall around a complaint that is being lodged, where its
// topic or the customer says that it is about a member of staff, and notes whom
// the customer dealt with.
func (w *Work) enclosed(c *bot.Complaint) {
	hide, met := w.search(c)
	if len(met) > 0 {
		w.Event(c, bot.EvMet, "customer", "", map[string]string{"staff": ids(met)})
	}
	if walls(w.PolicyOf(c), c.Topic) || len(hide) > 0 || c.Answers[policy.StaffAbout].Option == "yes" {
		w.Enclose(c, "", "", hide)
	}
}

// accused looks for staff in later words about a walled complaint.
func (w *Work) accused(c *bot.Complaint, words string) {
	if c.Wall == nil || words == "" {
		return
	}
	more := w.mentioned(c.Wall, words, c.Met)
	if more = more[min(len(c.Wall.Hidden), len(more)):]; len(more) > 0 {
		w.Enclose(c, "", "", more)
	}
}

// Hide hides the complaint from one more person, at a colleague's word. It is
// false, and nothing is done, where nobody could look into it then.
func (w *Work) Hide(c *bot.Complaint, by, who bot.StaffID, why string) bool {
	after := &bot.Wall{Managers: true, Hidden: []bot.Hidden{{Staff: who}}}
	if c.Wall != nil {
		after.Hidden = append(after.Hidden, c.Wall.Hidden...)
	}
	if len(w.keepers(after)) == 0 {
		return false
	}
	w.Enclose(c, by, why, []bot.Hidden{{Staff: who}})
	return true
}

// Released takes someone from behind the wall: it is not about them. Where
// nobody is left and the topic asks for none, the wall comes down.
func (w *Work) Released(c *bot.Complaint, by, who bot.StaffID, why string) {
	next := &bot.Wall{Searched: c.Wall.Searched, Hidden: slices.DeleteFunc(slices.Clone(c.Wall.Hidden), func(h bot.Hidden) bool { return h.Staff == who })}
	w.closeWall(next)
	home := c.Home
	data := next.Data(w.homeOf(next))
	data["staff"] = string(who)
	down := len(next.Hidden) == 0 && !walls(w.PolicyOf(c), c.Topic)
	if down {
		data["down"] = "yes"
	}
	w.Event(c, bot.EvReleased, string(by), why, data)
	switch {
	case down:
		w.leave(c, home)
		w.afresh(c)
		w.Line(c, w.D(locales.StaffWallDown))
	case c.Home != home:
		// Who may see it now can.
		w.leave(c, home)
		w.afresh(c)
		w.wallSays(c)
	}
}

// guard sees to it that nothing about a walled complaint is posted but where it
// lives, and that nobody is called there who may not see it. It is the one
// place through which all posts go.
func (w *Work) guard() {
	w.turn.Say = slices.DeleteFunc(w.turn.Say, func(o bot.Outbound) bool {
		c := w.Complaint(o.Complaint)
		return c != nil && c.Home == bot.Nowhere && o.To.Channel == bot.Slack && o.Private == nil && !o.Delete
	})
	for i := range w.turn.Say {
		o := &w.turn.Say[i]
		c := w.Complaint(o.Complaint)
		if c == nil || c.Wall == nil || o.To.Channel != bot.Slack || o.Private != nil || o.Delete {
			continue
		}
		o.To, o.Walled, o.Hidden = w.place(c), true, c.Wall.Names()
		if o.Post != nil && len(o.Post.Mention) > 0 {
			p := *o.Post
			p.Mention = w.called(c, p.Mention)
			o.Post = &p
		}
	}
}

// called are those of a list who may see a walled complaint; all who may where
// the list has none of them.
func (w *Work) called(c *bot.Complaint, list []string) []string {
	var some, all []string
	for _, id := range w.Keepers(c) {
		if all = append(all, string(id)); slices.Contains(list, string(id)) {
			some = append(some, string(id))
		}
	}
	if len(some) == 0 {
		return all
	}
	return some
}

// nameOf is what a member of staff is called.
func (w *Work) NameOf(id bot.StaffID) string {
	if s, ok := w.S.Directory.Person(id); ok && s.Name != "" {
		return s.Name
	}
	return string(id)
}

// wallButtons are what can be done about the wall.
func (w *Work) wallButtons(c *bot.Complaint) []bot.Button {
	v := Value(c)
	if c.Wall == nil {
		return []bot.Button{{Action: WallUp, Value: v, Label: w.D(locales.StaffButtonWall)}}
	}
	b := []bot.Button{{Action: NamePerson, Value: v, Label: w.D(locales.StaffButtonName)}}
	if len(c.Wall.Hidden) > 0 {
		b = append(b, bot.Button{Action: Release, Value: v, Label: w.D(locales.StaffButtonRelease)})
	}
	return b
}

// wallLines are what the card says of it.
func (w *Work) wallLines(c *bot.Complaint) []string {
	var lines []string
	if c.Wall != nil {
		switch names := w.hiddenNames(c); {
		case len(names) > 0:
			lines = append(lines, w.D(locales.StaffWallHidden, "Names", strings.Join(names, ", ")))
		default:
			lines = append(lines, w.D(locales.StaffWallNobody))
		}
	}
	if len(c.Met) > 0 {
		var names []string
		for _, id := range c.Met {
			names = append(names, w.NameOf(id))
		}
		lines = append(lines, w.D(locales.StaffWallMet, "Names", strings.Join(names, ", ")))
	}
	return lines
}

// hiddenNames are those a complaint is kept from, by name.
func (w *Work) hiddenNames(c *bot.Complaint) []string {
	var names []string
	for _, h := range c.Wall.Hidden {
		n := w.NameOf(h.Staff)
		if h.Unsure {
			n = w.D(locales.StaffWallUnsure, "Name", n)
		}
		names = append(names, n)
	}
	return names
}
