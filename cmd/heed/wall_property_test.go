package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/desk"
	"github.com/heedbot/heed/flows/policy"
)

// TestWalls builds workspaces, customers, complaints and what people do about
// them at random, twice: once as it is, and once without what is about one
// member of staff. Whatever that person asks, they learn the same in both: the
// same statements are run and the same is answered; and all that they can read
// in channels, in conversations and in answers to them alone is the same.
//
// What the promise does not cover: what they remember of a complaint that was
// hidden from them later, and notifications they had already; what colleagues
// type themselves; what is in a channel between their joining it and Slack
// telling so (the door looks before each post, and the rest is taken away
// then); and the numbers that buttons carry and nobody is shown. So worlds are
// compared only while all that is hidden is hidden from them, and nothing is on
// its way.
//
// HEED_WALLS is how many workspaces are built, HEED_WALLS_FROM the first one's
// seed.
func TestWalls(t *testing.T) {
	seeds := 30
	if n, err := strconv.Atoi(os.Getenv("HEED_WALLS")); err == nil {
		seeds = n
	}
	first := 0
	if n, err := strconv.Atoi(os.Getenv("HEED_WALLS_FROM")); err == nil {
		first = n
	}
	var looks, hidden atomic.Int64
	next := make(chan uint64)
	var group sync.WaitGroup
	for range 4 { // half of the time the disk is waited for
		group.Go(func() {
			for seed := range next {
				n, err := liveWalls(t, seed)
				if looks.Add(int64(n)); n > 0 {
					hidden.Add(1)
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	for seed := first; seed < first+seeds && !t.Failed(); seed++ {
		next <- uint64(seed)
	}
	close(next)
	group.Wait()
	t.Logf("%d workspaces, %d looks in %d of them", seeds, looks.Load(), hidden.Load())
	if !t.Failed() && int(hidden.Load())*3 < seeds {
		t.Errorf("in only %d of %d workspaces was a complaint hidden from the person it is about", hidden.Load(), seeds)
	}
}

// liveWalls builds one workspace twice, and gives how often it was looked at.
// The error holds all that happened, and what differs.
func liveWalls(t *testing.T, seed uint64) (looks int, err error) {
	p, err := newWallPair(t, seed)
	if err != nil {
		return 0, fmt.Errorf("seed %d: %w", seed, err)
	}
	about := fmt.Sprintf("seed %d, policy %s, about %s (%s)\n%s", seed, p.a.house.Policy.Name, p.town.name(p.who), p.who, p.town.describe())
	looks, err = p.run()
	if err != nil {
		err = fmt.Errorf("%s\n\n%s\n\n%w", about, strings.Join(p.story, "\n"), err)
	}
	return looks, errors.Join(err, p.a.close(), p.b.close())
}

func (t *wallTown) describe() string {
	return fmt.Sprintf("managers %v, roles %v, channels %v, the desk's open to everyone: %t", t.managers, t.roles, t.inside, t.public)
}

func newWallPair(t *testing.T, seed uint64) (*wallPair, error) {
	policies, err := wallPolicies()
	if err != nil {
		return nil, err
	}
	pol := policies[seed%2]
	r := rand.New(rand.NewPCG(seed, 20261122))
	p := &wallPair{r: r, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	p.town = newWallTown(r, staffRole(pol), pol.Roles[0])
	for p.who == "" || p.who == "U0DAN" && r.IntN(10) > 0 {
		p.who = wallPick(r, p.someone(), p.someone(), wallPick(r, p.town.inside[wallDesk]...))
	}
	twins := r.IntN(3) == 0
	dir, rough := t.TempDir(), !twins && r.IntN(3) == 0
	if p.a, err = newWallWorld(t.Context(), "A", dir, seed, pol, p.town, p.now, rough); err != nil {
		return nil, err
	}
	if p.b, err = newWallWorld(t.Context(), "B", dir, seed, pol, p.town, p.now, rough); err != nil {
		return nil, err
	}
	tags := []string{"en"}
	if pol.Name == "ask4" {
		tags = []string{"en", "fr", "pl"}
	}
	for i := range 5 {
		c := &wallCustomer{id: bot.CustomerID("k" + strconv.Itoa(i)), chat: "700" + strconv.Itoa(i), tag: wallPick(r, tags...), hidden: i < 2 && !twins, twin: i < 2 && twins}
		if i == 1 && r.IntN(2) == 0 || i == 4 {
			c.paper, c.twin = true, false
		} else {
			p.in(c.hidden, func(w *wallWorld) error { return w.move(c) })
		}
		p.customers = append(p.customers, c)
	}
	return p, p.err
}

func staffRole(pol *policy.Policy) string {
	for _, t := range pol.Topics {
		if t.HideFromNamed {
			return t.Route[0]
		}
	}
	return string(bot.Senior)
}

// run lives and looks, and gives how often it looked while something was
// hidden. The error is what differs.
func (p *wallPair) run() (looks int, err error) {
	// So that there is something to hide from the beginning.
	if p.arrives(p.customers[0]); p.customers[0].twin {
		p.pass(time.Minute)
		p.arrives(p.customers[0])
	}
	p.pass(time.Minute)
	if s := p.slots[len(p.slots)-1]; s.hidden && p.chance(50) {
		p.raises(s)
	}
	for range 4 {
		for range 3 + p.r.IntN(4) {
			if p.live(); p.err != nil {
				return looks, p.err
			}
			if p.chance(60) {
				p.pass(time.Minute)
			}
		}
		p.notice()
		p.pass(time.Minute)
		open, err := p.comparable()
		if err != nil {
			return looks, err
		}
		if !open {
			p.forget()
			continue
		}
		if err := p.look(); err != nil {
			return looks, err
		}
		looks++
	}
	return looks, p.err
}

// comparable tells whether something is hidden from the person now, all of it
// is, and all that had to be taken away is.
func (p *wallPair) comparable() (bool, error) {
	none := true
	for _, s := range p.slots {
		switch ref := p.a.refs[s.key]; {
		case !s.hidden || ref == "":
		case !p.a.hides(ref, p.who):
			return false, p.err
		default:
			none = false
		}
	}
	for range 30 {
		a, errA := p.a.pending()
		b, errB := p.b.pending()
		if errA != nil || errB != nil {
			return false, fmt.Errorf("%w%w", errA, errB)
		}
		if !a && !b {
			return !none, p.err
		}
		if p.pass(time.Minute); p.err != nil {
			return false, p.err
		}
	}
	return false, fmt.Errorf("something for Slack never arrives")
}

// ask is something that the person asks.
type wallAsk struct {
	words string
	do    func(w *wallWorld) (any, error)
}

// often is in how many of a hundred cases something is asked of a complaint.
// More workspaces ask everything.
func often(shared bool) int {
	if shared {
		return 6
	}
	return 30
}

// asks are what can be asked: of what is hidden, of what is not, and of a
// reference that was never given.
func (p *wallPair) asks() []wallAsk {
	who, never := p.who, bot.NewRef(bot.NewChance([32]byte{7}))
	var all []wallAsk
	command := func(command, text string) {
		all = append(all, wallAsk{command + " " + text, func(w *wallWorld) (any, error) { return w.views.Command(w.ctx, who, command, text, wallDesk) }})
	}
	for _, text := range []string{"", "now", "month 2026-02", "month 2026-03", "month 2026-04", "nonsense"} {
		command("/sla", text)
	}
	for _, text := range []string{"", "help", "mine", "log", "conduct", "conduct 2026-Q1", "conduct 2026-Q2", "conduct x", "KXM-4FQ-7TB"} {
		command("/complaint", text)
	}
	refs := append(p.a.all(), never)
	for _, ref := range refs {
		command("/complaint", string(ref))
		_, shared := p.b.cases[ref]
		for _, permit := range desk.Permits {
			if !p.chance(often(shared)) {
				continue
			}
			act := bot.Act{Verb: permit.Act, Complaint: ref, By: who, Chat: wallDesk, Fields: map[string]string{"message": "summary:0"}}
			all = append(all, wallAsk{"press " + act.Verb + " of " + string(ref), func(w *wallWorld) (any, error) { return w.views.Open(w.ctx, who, act) }})
		}
		for _, view := range []string{desk.ViewCompose, desk.ViewPreview, desk.ViewAssign, desk.ViewNote, desk.ViewClose, desk.ViewLog, desk.ViewRecord,
			desk.ViewHeard, desk.ViewRefer, desk.ViewRead, desk.ViewConduct, desk.ViewMeasure, desk.ViewMandate, desk.ViewWall, "told", ""} {
			if !p.chance(often(shared)) {
				continue
			}
			m := desk.Meta{Ref: ref, Version: p.r.IntN(5), Verb: wallPick(p.r, wallVerbs...), Chat: wallDesk, More: map[string]string{}}
			switch view {
			case desk.ViewPreview:
				m.Dialog = "any"
			case desk.ViewMeasure:
				m.Verb = wallPick(p.r, wallSteps...)
			}
			values := map[string]string{"words": "x", "person": string(p.someone()), "reason": "x", "reasons": "x", "outcome": bot.Upheld, "message": "summary:0",
				"kind": "threatening", "until": p.now.AddDate(0, 0, 9).Format(time.DateOnly)}
			all = append(all, wallAsk{"send off " + view + " for " + m.Verb + " of " + string(ref), func(w *wallWorld) (any, error) {
				sent := maps.Clone(values)
				sent["flag"], sent["measure"] = strconv.Itoa(w.flags[ref]), strconv.Itoa(w.steps[ref])
				return w.views.Submit(w.ctx, who, view, m.Text(), sent)
			}})
		}
	}
	return all
}

// unshown is what buttons and dialogs carry and nobody is shown: what a dialog
// is known by, which is drawn anew each time, and the numbers that count a
// customer's flags, measures, drafts and turns.
var unshown = regexp.MustCompile(`((?:dialog|"flag|"measure|"id|"initial)\\*":\\*"|(?:flag|measure|draft)=|out=c%3A\w+%2F)(?:[A-Z2-7]{26}|\d+)`)

func shown(s string) string { return unshown.ReplaceAllString(s, "$1") }

// look compares all that the person can learn in the two worlds.
func (p *wallPair) look() error {
	for _, ref := range p.b.all() {
		if _, ok := p.a.cases[ref]; !ok {
			return fmt.Errorf("the test's own fault: the worlds gave other references")
		}
	}
	for _, a := range p.asks() {
		var said [2]string
		var ran [2][]string
		for i, w := range []*wallWorld{p.a, p.b} {
			ran[i] = w.traced(func() {
				answer, err := a.do(w)
				b, _ := json.Marshal(answer)
				said[i] = shown(fmt.Sprintf("%s %v", b, err))
			})
		}
		if err := wallSame("asked "+a.words+": the answer", []string{said[0]}, []string{said[1]}); err != nil {
			return err
		}
		if err := wallSame("asked "+a.words+": the statements", ran[0], ran[1]); err != nil {
			return err
		}
	}
	if err := wallSame("channels and conversations", p.a.read(p.who), p.b.read(p.who)); err != nil {
		return err
	}
	return wallSame("answers to them alone", p.a.answered(p.who), p.b.answered(p.who))
}

// answered are the answers that only this person saw. What was asked at one time
// is answered in any order.
func (w *wallWorld) answered(who bot.StaffID) []string {
	var all []string
	for _, x := range w.private {
		if x.user == who {
			all = append(all, x.chat+" "+x.text)
		}
	}
	slices.Sort(all)
	return all
}

// wallSame tells what one of two lists has and the other has not.
func wallSame(what string, a, b []string) error {
	if slices.Equal(a, b) {
		return nil
	}
	only := func(x, y []string) string {
		var list []string
		for _, s := range x {
			if !slices.Contains(y, s) {
				list = append(list, "  "+s)
			}
		}
		return strings.Join(list, "\n")
	}
	return fmt.Errorf("%s: as it is\n%s\nwithout what is hidden\n%s", what, only(a, b), only(b, a))
}
