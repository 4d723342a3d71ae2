package slack

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/sandbox"
)

// seniors is a world with a private channel for a role, and guests.
func seniors(t *testing.T) *world {
	w := channels(t)
	w.slack.AddUser(sandbox.Member{ID: "U0INTERN", Name: "intern", UltraGuest: true})
	w.slack.AddUser(sandbox.Member{ID: "U0ALIEN", Name: "alien", Stranger: true})
	w.door.Roles = map[string][]string{"senior_management": {chiefs}}
	return w
}

func (w *world) is(id bot.StaffID, want string) {
	w.t.Helper()
	if got := roles(w.door.Staff(w.t.Context(), id)); got != want {
		w.t.Errorf("%s is %q, want %q", id, got, want)
	}
	s, known := w.door.Directory(w.t.Context(), true).Person(id)
	if strings.HasSuffix(want, deactivated) || strings.HasSuffix(want, isBot) || strings.HasSuffix(want, unknown) {
		if known {
			w.t.Errorf("%s is listed as %q", id, roles(s))
		}
		return
	}
	if got := roles(s); got != want {
		w.t.Errorf("%s is listed as %q, want %q", id, got, want)
	}
}

func TestRolesByChannel(t *testing.T) {
	w := seniors(t)
	w.door.Roles["technical"] = []string{closed, "C0NONE", "D0ANN", outside}
	w.is(chief, "agent manager senior_management ")
	w.is(ann, "agent ")
	w.is(outside, "technical ")
	w.slack.Join(chiefs, outside)
	w.wait(2 * time.Minute)
	w.is(outside, "senior_management technical ")
	if !strings.Contains(w.logs.String(), "channel="+closed) {
		t.Errorf("a channel that names nobody: %s", w.logs)
	}
	// The desk's channel may hold a role too.
	w.door.Roles["customer_care"] = []string{desk}
	w.wait(2 * time.Minute)
	w.is(ann, "agent customer_care ")
	w.is("U0GUEST", guest)
}

func TestGuestsHaveWhatTheyAreNamedForAndNoMore(t *testing.T) {
	w := seniors(t)
	for _, id := range []string{"U0INTERN", "U0ALIEN"} {
		w.slack.Join(desk, id)
	}
	for _, id := range []bot.StaffID{"U0GUEST", "U0INTERN", "U0ALIEN"} {
		w.is(id, guest)
	}
	w.slack.AddGroup("S0TEMPS", "temps", []string{"U0GUEST"})
	w.slack.Join(chiefs, "U0ALIEN")
	w.door.Roles["agent"] = []string{"U0INTERN", "U0GONE", "U0ROBOT"}
	w.door.Roles["technical"] = []string{"S0TEMPS"}
	w.wait(2 * time.Minute)
	w.is("U0INTERN", "agent ")
	w.is("U0GUEST", "technical ")
	w.is("U0ALIEN", "senior_management ")
	w.is("U0GONE", deactivated)
	w.is("U0ROBOT", isBot)
	w.door.Managers = append(w.door.Managers, "U0GUEST")
	w.wait(2 * time.Minute)
	w.is("U0GUEST", "agent manager technical ")
}

// A guest beside ann is a colleague only if they may act as an agent.
func TestAloneAmongGuests(t *testing.T) {
	w := seniors(t)
	alone := func(want bool) {
		t.Helper()
		w.wait(10 * time.Minute)
		s, _ := w.door.Directory(t.Context(), true).Person(ann)
		if got := w.door.Staff(t.Context(), ann).Alone; got != want || s.Alone != want {
			t.Errorf("alone %v, listed %v, want %v", got, s.Alone, want)
		}
	}
	alone(true)
	w.door.Roles["technical"] = []string{"U0GUEST"}
	alone(true)
	w.door.Roles["agent"] = []string{"U0INTERN"} // not at the desk
	alone(true)
	w.slack.Join(desk, "U0INTERN")
	alone(false)
}

func TestDirectory(t *testing.T) {
	w := seniors(t)
	w.door.Nicknames = map[string][]string{outside: {"Ollie", "Real OUT", " "}}
	w.slack.AddUser(sandbox.Member{ID: outside, Name: "o.outer", DisplayName: "Oli", RealName: "Real OUT", FirstName: "Oliver", LastName: "Outer"})
	for i := range 450 { // three pages
		w.slack.AddUser(sandbox.Member{ID: fmt.Sprintf("U1%03d", i), Deleted: i%2 == 0})
	}
	x := w.door.Directory(t.Context(), true)
	if !x.Known || len(x.People) != 4+3+225 {
		t.Fatalf("known %v, %d people", x.Known, len(x.People))
	}
	for _, id := range []bot.StaffID{"U0GONE", "U0ROBOT", "USLACKBOT", bot.StaffID(w.slack.BotUserID)} {
		if _, ok := x.Person(id); ok {
			t.Errorf("%s is listed", id)
		}
	}
	s, _ := x.Person(outside)
	if s.Name != "Oli" || strings.Join(s.Names, "|") != "Oli|Real OUT|Oliver Outer|o.outer|Ollie" {
		t.Errorf("%+v", s)
	}
	if got := x.With(bot.Senior); !slices.Equal(got, []bot.StaffID{chief}) {
		t.Errorf("seniors %v", got)
	}
	me := bot.StaffID(w.slack.BotUserID)
	if len(x.Rooms) != 2 || !slices.Equal(x.Rooms[chiefs], []bot.StaffID{me, chief}) || !slices.Equal(x.Rooms[desk], []bot.StaffID{me, ann, "U0GUEST"}) {
		t.Errorf("rooms %v", x.Rooms)
	}
	for _, c := range w.slack.Calls() {
		if c.Method == "users.list" && c.Params["limit"] != "200" {
			t.Errorf("asked with %v", c.Params)
		}
	}
}

func TestDirectoryIsRemembered(t *testing.T) {
	w := seniors(t)
	if x := w.door.Directory(t.Context(), false); x.Known || len(x.People) > 0 {
		t.Errorf("known before it was asked for: %+v", x)
	}
	// The first asking was started, and does not depend on who started it.
	w.eventually("it is known", func() bool { return w.door.Directory(t.Context(), false).Known })
	people, rooms := w.asked("users.list"), w.asked("conversations.members")
	for range 5 {
		w.door.Directory(t.Context(), true)
	}
	if w.asked("users.list") != people || w.asked("conversations.members") != rooms || people != 1 {
		t.Errorf("people asked for %d times, then %d", people, w.asked("users.list"))
	}
	w.wait(2 * time.Minute)
	w.door.Directory(t.Context(), true)
	if w.asked("users.list") != people || w.asked("conversations.members") == rooms {
		t.Error("after two minutes the rooms are to be asked for, and people not")
	}
	w.wait(4 * time.Minute)
	w.door.Directory(t.Context(), true)
	if w.asked("users.list") != people+1 {
		t.Error("after six minutes people are to be asked for")
	}
	w.server.Close()
	w.wait(30 * time.Minute)
	if !w.door.Directory(t.Context(), true).Known {
		t.Error("nothing known half an hour later")
	}
	w.wait(31 * time.Minute)
	if x := w.door.Directory(t.Context(), true); x.Known || x.People != nil || x.Rooms != nil {
		t.Errorf("known after an hour: %+v", x)
	}
}

// Who does not wait is not held up, and a caller that is gone does not end the
// asking that others wait for.
func TestDirectoryDoesNotHoldUp(t *testing.T) {
	w := seniors(t)
	w.slack.Fail(sandbox.SlackFault{Method: "users.list", Delay: 300 * time.Millisecond})
	ctx, cancel := context.WithCancel(t.Context())
	if w.door.Directory(ctx, false).Known {
		t.Error("known at once")
	}
	cancel()
	for range 3 {
		w.door.Directory(t.Context(), false)
	}
	if x := w.door.Directory(t.Context(), true); !x.Known {
		t.Error("not known to who waited")
	}
	if n := w.asked("users.list"); n != 1 {
		t.Errorf("asked %d times at once", n)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	w.wait(20 * time.Minute)
	w.slack.Fail(sandbox.SlackFault{Method: "users.list", Delay: time.Minute})
	if x := w.door.Directory(gone, true); !x.Known {
		t.Error("what was known is lost to a caller that is gone")
	}
	w.eventually("it is asked", func() bool { return w.asked("users.list") == 2 })
	if a, b := w.door.refresh(gone), w.door.refresh(t.Context()); a != b {
		t.Error("two refreshes at once")
	}
	w.door.crew.rest()
	if w.door.crew.running != nil {
		t.Error("something still runs")
	}
}

// What was asked for ends with the socket.
func TestNothingIsAskedAfterTheSocketEnded(t *testing.T) {
	w := seniors(t)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.door.Run(ctx) }()
	w.eventually("the socket opens", func() bool { return w.door.Health() == nil })
	w.slack.Fail(sandbox.SlackFault{Method: "users.list", Delay: time.Minute})
	w.door.Directory(t.Context(), false)
	w.eventually("it is asked", func() bool { return w.asked("users.list") == 1 })
	cancel()
	if err := <-ended; err != nil || w.door.crew.running != nil {
		t.Errorf("still asking: %v", err)
	}
}

func TestDirectoryWaitsAsSlackAsks(t *testing.T) {
	w := seniors(t)
	w.slack.Fail(sandbox.SlackFault{Method: "users.list", RetryAfter: 1})
	if x := w.door.Directory(t.Context(), true); !x.Known || w.asked("users.list") != 2 {
		t.Errorf("known %v, asked %d times", x.Known, w.asked("users.list"))
	}
}

func TestChangesReachTheDirectory(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.slack.AddChannel(sandbox.Channel{ID: chiefs, Name: "chief-executive", Private: true, Members: []string{w.slack.BotUserID, chief}})
		w.door.Roles = map[string][]string{"senior_management": {chiefs}}
		person := func(id bot.StaffID) bot.Staff {
			s, _ := w.door.Directory(t.Context(), true).Person(id)
			return s
		}
		if person(outside).Name != "out" {
			t.Fatalf("%+v", person(outside))
		}
		w.slack.AddUser(sandbox.Member{ID: outside, Name: "oli"})
		w.eventually("the new name", func() bool { return person(outside).Name == "oli" })
		w.slack.AddUser(sandbox.Member{ID: "U1NEW", Name: "new"})
		w.eventually("the newcomer", func() bool { return person("U1NEW").Name == "new" })
		w.slack.AddUser(sandbox.Member{ID: "U1NEW", Name: "new", Deleted: true})
		w.eventually("the newcomer is gone", func() bool { return person("U1NEW").ID == "" })
		w.slack.Join(chiefs, outside)
		w.eventually("a role by joining", func() bool { return person(outside).Is(bot.Senior) })
		w.slack.Leave(chiefs, outside)
		w.eventually("none after leaving", func() bool { return !person(outside).Is(bot.Senior) })
		// A few who changed are asked about one by one.
		if n := w.asked("users.list"); n != 1 {
			t.Errorf("everyone asked for %d times", n)
		}
	})
}

func TestWhoJoinsAChannelOfARoleIsKept(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.slack.AddChannel(sandbox.Channel{ID: chiefs, Name: "chief-executive", Private: true, Members: []string{w.slack.BotUserID, chief}})
		w.door.Roles = map[string][]string{"senior_management": {chiefs}}
		w.slack.Redeliver(1)
		w.slack.Join(chiefs, ann)
		w.slack.Join(desk, outside) // no role's
		w.slack.Join(chiefs, outside)
		w.eventually("both are kept", func() bool { return len(w.kept.all()) >= 2 })
		w.slack.Leave(chiefs, ann)
		w.slack.Join(chiefs, ann)
		w.eventually("and once more", func() bool { return len(w.kept.all()) >= 3 })
		var who []string
		for _, a := range w.kept.all() {
			in := a.Input
			if in.Kind != bot.InJoined || in.Channel != bot.Slack || in.Chat != chiefs || !strings.HasPrefix(in.Key, "joined:Ev") || in.At.IsZero() || len(a.Raw) == 0 {
				t.Errorf("kept %+v", in)
			}
			who = append(who, in.Person.ID)
		}
		slices.Sort(who)
		if !slices.Equal(who, []string{ann, ann, outside}) {
			t.Errorf("kept %v", who)
		}
	})
}

// What could not be kept is not acknowledged, so Slack sends it again.
func TestAJoinIsKeptBeforeItIsAcknowledged(t *testing.T) {
	w := seniors(t)
	joined := `{"type":"event_callback","event":{"type":"member_joined_channel","user":"U0ANN","channel":"C0CEO","event_ts":"1700000000.000100"}}`
	w.kept.fail(fmt.Errorf("the disk is full"))
	if a := w.door.take(t.Context(), kindEvents, []byte(joined)); a.err == nil {
		t.Error("acknowledged without being kept")
	}
	w.kept.fail(nil)
	for range 2 {
		if a := w.door.take(t.Context(), kindEvents, []byte(joined)); a.err != nil {
			t.Fatal(a.err)
		}
	}
	if got := w.kept.all(); len(got) != 1 || got[0].Input.Key != "joined:C0CEO:U0ANN:1700000000.000100" {
		t.Errorf("kept %+v", got)
	}
}

func TestMembersAreAskedForAfresh(t *testing.T) {
	w := seniors(t)
	for _, want := range []int{2, 3} {
		got, err := w.door.Members(t.Context(), chiefs)
		if err != nil || len(got) != want {
			t.Errorf("%v %v", got, err)
		}
		w.slack.Join(chiefs, ann)
	}
	if _, err := w.door.Members(t.Context(), closed); err == nil {
		t.Error("told of a channel that we are not in")
	}
	got, err := w.door.Members(t.Context(), bot.Direct+ann)
	if err != nil || !slices.Equal(got, []bot.StaffID{ann}) {
		t.Errorf("%v %v", got, err)
	}
	w.server.Close()
	if _, err := w.door.Members(t.Context(), chiefs); err == nil {
		t.Error("told though Slack is down")
	}
}
