package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/heedbot/heed/bot"
)

// The channels of the workspace.
const (
	wallDesk  = "C0DESK"
	wallBoard = "C0BOARD" // senior management's, where it has one
	wallOther = "C0OTHER" // of another role
)

// wallTown is the workspace: who works there, and who is in which channel. Both
// worlds have the same one.
type wallTown struct {
	people []bot.Staff // as Slack has them: without roles
	// inside is who is in a channel, told who the program believes to be.
	inside, told map[string][]bot.StaffID
	public       bool // the desk's channel is open to everyone
	managers     []string
	roles        map[string][]string
}

// wallPeople has names with accents, in another script, and two of one family.
var wallPeople = []bot.Staff{
	{ID: "U0ANA", Name: "Ana Núñez", Names: []string{"Ana Núñez", "anita"}},
	{ID: "U0DAN", Name: "Dan Kowalczyk", Names: []string{"Dan Kowalczyk"}, Trouble: "deactivated"},
	{ID: "U0DMI", Name: "Дмитрий Волков", Names: []string{"Дмитрий Волков", "dvolkov"}},
	{ID: "U0EVA", Name: "Eva Whitcombe", Names: []string{"Eva Whitcombe"}},
	{ID: "U0GUS", Name: "Gus Ellery", Names: []string{"Gus Ellery"}, Trouble: "guest"},
	{ID: "U0MAR", Name: "Marek Łukasik", Names: []string{"Marek Łukasik"}},
	{ID: "U0MIA", Name: "Mia Kettering", Names: []string{"Mia Kettering"}},
	{ID: "U0SOR", Name: "Søren Ågård", Names: []string{"Søren Ågård"}},
	{ID: "U0ZOE", Name: "Zoë Łukasik", Names: []string{"Zoë Łukasik", "zozo"}},
}

// newWallTown gives everybody their places.
func newWallTown(r *rand.Rand, staffRole, deskRole string) *wallTown {
	t := &wallTown{people: wallPeople, inside: map[string][]bot.StaffID{}, roles: map[string][]string{}, public: r.IntN(3) == 0}
	some := func(least, most int) []bot.StaffID {
		n := least + r.IntN(most-least+1)
		var ids []bot.StaffID
		for _, i := range r.Perm(len(t.people))[:n] {
			ids = append(ids, t.people[i].ID)
		}
		slices.Sort(ids)
		return ids
	}
	text := func(ids []bot.StaffID) []string {
		var s []string
		for _, id := range ids {
			s = append(s, string(id))
		}
		return s
	}
	t.inside[wallDesk], t.inside[wallBoard], t.inside[wallOther] = some(3, 7), some(1, 4), some(1, 3)
	t.told = maps.Clone(t.inside)
	t.managers = text(some(1, 2))
	senior := string(bot.Senior)
	switch r.IntN(6) {
	case 0: // nobody: managers look into what is walled
	case 1:
		t.roles[senior] = text(some(1, 3))
	case 2, 3:
		t.roles[senior] = []string{wallBoard}
	case 4:
		t.roles[senior] = append(text(some(1, 2)), wallBoard)
	case 5: // the topic's own role stands in
		t.roles[staffRole] = append(text(some(1, 2)), wallBoard)
	}
	if r.IntN(2) == 0 {
		t.roles[deskRole] = append(text(some(1, 2)), wallOther)
	}
	return t
}

// Staff implements turn.People, as the door tells roles.
func (t *wallTown) Staff(_ context.Context, id bot.StaffID) bot.Staff {
	i := slices.IndexFunc(t.people, func(s bot.Staff) bool { return s.ID == id })
	if i < 0 {
		return bot.Staff{ID: id, Trouble: "unknown"}
	}
	s := t.people[i]
	s.Names = nil
	if s.Trouble != "" && s.Trouble != "guest" {
		return s
	}
	s.Roles = t.rolesOf(s)
	if len(s.Roles) > 0 {
		s.Trouble = ""
	}
	s.Alone = len(s.Roles) > 0 && !slices.ContainsFunc(t.told[wallDesk], func(other bot.StaffID) bool {
		i := slices.IndexFunc(t.people, func(s bot.Staff) bool { return s.ID == other })
		return other != id && t.people[i].Trouble == ""
	})
	return s
}

func (t *wallTown) rolesOf(s bot.Staff) []bot.Role {
	manager := slices.Contains(t.managers, string(s.ID))
	var roles []bot.Role
	if manager || s.Trouble != "guest" && slices.Contains(t.told[wallDesk], s.ID) {
		roles = append(roles, bot.Agent)
	}
	if manager {
		roles = append(roles, bot.Manager)
	}
	for _, role := range slices.Sorted(maps.Keys(t.roles)) {
		if slices.ContainsFunc(t.roles[role], func(id string) bool { return id == string(s.ID) || slices.Contains(t.told[id], s.ID) }) {
			roles = append(roles, bot.Role(role))
		}
	}
	return roles
}

// Directory implements turn.People.
func (t *wallTown) Directory(ctx context.Context, _ bool) bot.Directory {
	d := bot.Directory{Known: true, Rooms: map[string][]bot.StaffID{}}
	for _, p := range t.people {
		if s := t.Staff(ctx, p.ID); s.Trouble != "deactivated" {
			s.Names = p.Names
			d.People = append(d.People, s)
		}
	}
	for room, ids := range t.told {
		d.Rooms[room] = slices.Clone(ids)
	}
	return d
}

// reads tells whether a person can read a channel or conversation now.
func (t *wallTown) reads(who bot.StaffID, chat string) bool {
	i := slices.IndexFunc(t.people, func(s bot.Staff) bool { return s.ID == who })
	switch {
	case t.people[i].Trouble == "deactivated":
		return false
	case strings.HasPrefix(chat, bot.Direct):
		return slices.Contains(strings.Split(strings.TrimPrefix(chat, bot.Direct), ","), string(who))
	case chat == wallDesk && t.public && t.people[i].Trouble == "":
		return true
	}
	return slices.Contains(t.inside[chat], who)
}

// moves has someone join a channel or leave it.
func (t *wallTown) moves(who bot.StaffID, chat string) (joined bool) {
	if i := slices.Index(t.inside[chat], who); i >= 0 {
		t.inside[chat] = slices.Delete(slices.Clone(t.inside[chat]), i, i+1)
		return false
	}
	t.inside[chat] = append(slices.Clone(t.inside[chat]), who)
	return true
}

func (t *wallTown) name(id bot.StaffID) string {
	for _, s := range t.people {
		if s.ID == id {
			return s.Name
		}
	}
	return string(id)
}

// wallSlack is Slack on paper. It keeps what is shown where, and holds back
// what is walled as the door does.
type wallSlack struct{ w *wallWorld }

var (
	errWallSlack   = errors.New("service unavailable")
	errWallWatched = errors.New("someone it is kept from would see it")
	errWallGone    = errors.New("message_not_found")
)

// Send implements delivery.Door.
func (d wallSlack) Send(_ context.Context, s bot.Sending) (string, error) {
	w := d.w
	switch {
	case s.Delete:
		if w.trouble(s) == 1 {
			return "", errWallSlack
		}
		delete(w.posts, s.EditID)
		w.order = slices.DeleteFunc(w.order, func(id string) bool { return id == s.EditID })
		return s.EditID, nil
	case s.Private != nil && slices.Contains(s.Hidden, s.Private.User):
		return "", bot.Watched(errWallWatched)
	case s.Private != nil:
		w.private = append(w.private, wallPrivate{s.Private.User, s.To.Chat, wallText(s.Private.Post)})
		return "", nil
	case w.watched(s):
		return "", bot.Watched(errWallWatched)
	}
	switch w.trouble(s) {
	case 1:
		return "", errWallSlack
	case 2:
		return "", bot.Ambiguous(errWallSlack)
	case 3:
		if _, err := w.show(s); err != nil {
			return "", err
		}
		return "", bot.Ambiguous(errWallSlack)
	}
	return w.show(s)
}

// Find implements delivery.Finder.
func (d wallSlack) Find(_ context.Context, s bot.Sending) (string, bool, error) {
	if s.EditID != "" {
		return "", false, nil // an edit is made once more
	}
	for id, p := range d.w.posts {
		if p.out == s.ID && p.chat == s.To.Chat {
			return id, true, nil
		}
	}
	return "", false, nil
}

// trouble is what Slack does to the first attempts at some messages: 1 it
// refuses, 2 it refuses and nobody knows, 3 it shows them and nobody knows.
func (w *wallWorld) trouble(s bot.Sending) int {
	if !w.rough || s.Attempts > 1 {
		return 0
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %s", w.seed, s.ID))
	return int(sum[0] % 12)
}

// watched tells whether someone would see what is kept from them.
func (w *wallWorld) watched(s bot.Sending) bool {
	if !s.Walled && len(s.Hidden) == 0 {
		return false
	}
	return s.To.Chat == wallDesk && w.town.public || slices.ContainsFunc(s.Hidden, func(id bot.StaffID) bool { return w.town.reads(id, s.To.Chat) })
}

func (w *wallWorld) show(s bot.Sending) (string, error) {
	if c := w.cases[s.Complaint]; c.Wall != nil {
		if s.To.Chat == wallDesk || slices.ContainsFunc(c.Wall.Names(), func(id bot.StaffID) bool { return w.town.reads(id, s.To.Chat) }) {
			w.fault = fmt.Errorf("%s is shown in %s, where someone is whom it is hidden from: %s", s.About, s.To.Chat, wallText(s.Post))
		}
	}
	if s.EditID != "" {
		p := w.posts[s.EditID]
		if p == nil {
			return "", bot.Undeliverable(errWallGone)
		}
		p.post = *s.Post
		return s.EditID, nil
	}
	p := &wallPost{out: s.ID, chat: s.To.Chat, about: s.About, complaint: s.Complaint, file: s.Upload, at: w.now}
	if s.Post != nil {
		p.post = *s.Post
	}
	if w.posts[s.ThreadID] != nil {
		p.thread = s.ThreadID
	}
	w.shown++
	id := "ts " + strconv.Itoa(w.shown)
	w.posts[id] = p
	w.order = append(w.order, id)
	return id, nil
}

// wallText is a post as it is given to Slack, what its buttons carry too.
func wallText(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return shown(string(b))
}

// read is all that a person can read in channels and conversations now: a
// string a thread, in the order of time.
func (w *wallWorld) read(who bot.StaffID) []string {
	threads := map[string][]string{}
	var roots []string
	for _, id := range w.order {
		p := w.posts[id]
		if !w.town.reads(who, p.chat) {
			continue
		}
		line := p.chat + " " + p.about + " " + wallText(p.post)
		if p.file != nil {
			line += " file " + p.file.Name + " " + p.file.Comment
		}
		root := id
		if w.posts[p.thread] != nil {
			root = p.thread
		} else {
			roots = append(roots, id)
			line = p.at.UTC().Format("2 Jan 15:04:05 ") + line
		}
		threads[root] = append(threads[root], line)
	}
	var all []string
	for _, id := range roots {
		all = append(all, strings.Join(threads[id], "\n    "))
	}
	return all
}
