package storage

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
)

func joins(key, chat, who string) bot.Arrival {
	return bot.Arrival{Input: bot.Input{Key: key, Channel: bot.Slack, Kind: bot.InJoined, At: t0, Chat: chat, Person: bot.Person{ID: who}}}
}

func walled(ref bot.Ref, lane bot.Lane, home string, hidden ...bot.StaffID) bot.Complaint {
	c := newComplaint(ref, lane)
	c.Home, c.Wall = home, &bot.Wall{Since: t0}
	for _, u := range hidden {
		c.Wall.Hidden = append(c.Wall.Hidden, bot.Hidden{Staff: u})
	}
	return c
}

func joinedInputs(t *testing.T, open opener) {
	s, again := open(t)
	one, two := customer(t, s, "1"), customer(t, s, "2")
	closed := walled("D", two, "C9", "U1")
	closed.Stage = bot.Closed
	elsewhere := walled("E", two, "C8", "U1", "U3")
	desk := newComplaint("F", two)
	take(t, s, one, t0, bot.Turn{Complaints: []bot.Complaint{walled("A", one, "C9", "U1", "U2"), walled("B", one, "C9", "U2")}})
	take(t, s, two, t0, bot.Turn{Complaints: []bot.Complaint{
		walled("C", two, "C9", "U1"), closed, elsewhere, desk, walled("G", two, "direct:U5,U6", "U1"), walled("H", two, "nowhere", "U1"), walled("I", two, "C7"),
	}})
	homes, err := s.Homes(bg)
	must(t, err)
	if !reflect.DeepEqual(homes, []Home{
		{Chat: "C8", Hidden: []bot.StaffID{"U1", "U3"}}, {Chat: "C9", Hidden: []bot.StaffID{"U1", "U2"}},
		{Chat: "direct:U5,U6", Hidden: []bot.StaffID{"U1"}}, {Chat: "nowhere", Hidden: []bot.StaffID{"U1"}},
	}) {
		t.Fatalf("homes: %+v", homes)
	}
	must(t, s.Receive(bg, message("unhide", "2", "x", t0)))
	take(t, s, two, t0, bot.Turn{Complaints: []bot.Complaint{walled("H", two, bot.Nowhere)}})
	homes, err = s.Homes(bg)
	must(t, err)
	if last := homes[len(homes)-1]; len(homes) != 4 || last.Chat != bot.Nowhere || len(last.Hidden) != 0 {
		t.Fatalf("homes, where nobody is hidden: %+v", homes)
	}
	for len(s.Woken()) > 0 {
		<-s.Woken()
	}
	must(t, s.Receive(bg, joins("nobody", "C9", "U7"), joins("the desk", "C1", "U1"), joins("no channel", "", "U1"), joins("a rank", "C7", "U1")))
	equal(t, "woken for nothing", len(s.Woken()), 0)
	for _, lane := range []bot.Lane{one, two, bot.DeskLane} {
		idle(t, s, lane, t0)
	}
	must(t, s.Receive(bg, joins("j", "C9", "U1")))
	equal(t, "woken", len(s.Woken()), 1)
	must(t, s.Receive(bg, joins("j", "C9", "U1")))
	s = again()
	must(t, s.Receive(bg, joins("j", "C9", "U1")))
	for _, x := range []struct {
		lane bot.Lane
		refs string
	}{{one, "A"}, {two, "C D"}} {
		for _, ref := range strings.Fields(x.refs) {
			in := take(t, s, x.lane, t0, bot.Turn{}).Input
			if in.Kind != bot.InJoined || in.Ref != bot.Ref(ref) || in.Chat != "C9" || in.Person.ID != "U1" {
				t.Fatalf("input of %s: %+v", ref, in)
			}
		}
		idle(t, s, x.lane, t0)
	}
	idle(t, s, bot.DeskLane, t0)
	must(t, s.Receive(bg, joins("later", "C9", "U1")))
	equal(t, "told again", take(t, s, one, t0, bot.Turn{}).Input.Ref, "A")
}

func passedInputs(t *testing.T, open opener) {
	s, _ := open(t)
	from, to := customer(t, s, "1"), customer(t, s, "2")
	take(t, s, to, t0, bot.Turn{Complaints: []bot.Complaint{newComplaint("R", to)}})
	for len(s.Woken()) > 0 {
		<-s.Woken()
	}
	in := func(ref bot.Ref, command string) bot.Input {
		return bot.Input{Kind: bot.InPassed, Ref: ref, Command: command}
	}
	slack := in("R", "third")
	slack.Channel, slack.At, slack.Key = bot.Slack, t0.Add(time.Hour), "taken by another"
	own := in("OWN", "to its own lane")
	take(t, s, from, t0.Add(time.Minute), bot.Turn{
		Complaints: []bot.Complaint{newComplaint("OWN", from)},
		Pass:       []bot.Input{in("R", "first"), in("NONE", "lost"), in("", "lost"), in("R", "second"), slack, own, in("nul\x00", "lost")},
	})
	equal(t, "woken", len(s.Woken()), 1)
	if lanes := dueAt(t, s, t0.Add(time.Minute)); !slices.Contains(lanes, to) {
		t.Fatalf("due: %v", lanes)
	}
	var got []string
	for range 3 {
		x := take(t, s, to, t0.Add(time.Minute), bot.Turn{}).Input
		got = append(got, fmt.Sprint(x.Command, " ", x.Kind, " ", x.Channel, " ", x.Ref, " ", x.At.Sub(t0)))
	}
	equal(t, "passed", strings.Join(got, "; "), "first passed passed R 1m0s; second passed passed R 1m0s; third passed slack R 1h0m0s")
	idle(t, s, to, t0.Add(time.Hour))
	equal(t, "its own", take(t, s, from, t0.Add(time.Minute), bot.Turn{}).Input.Command, "to its own lane")
	idle(t, s, bot.DeskLane, t0.Add(time.Hour))
	// The next turn's keys are other ones, also from the desk's lane.
	must(t, s.Receive(bg, act("x", bot.Act{})))
	for _, lane := range []bot.Lane{from, bot.DeskLane} {
		if lane == from {
			must(t, s.Receive(bg, message("y", "1", "y", t0)))
		}
		take(t, s, lane, t0.Add(time.Minute), bot.Turn{Pass: []bot.Input{in("R", "again from "+string(lane))}})
		equal(t, "passed", take(t, s, to, t0.Add(time.Minute), bot.Turn{}).Input.Command, "again from "+string(lane))
	}
}
