package slack

import (
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/sandbox"
)

func roles(s bot.Staff) string {
	var out []string
	for _, r := range s.Roles {
		out = append(out, string(r))
	}
	return strings.Join(append(out, s.Trouble), " ")
}

func TestStaff(t *testing.T) {
	w := newWorld(t)
	for id, want := range map[bot.StaffID]string{
		ann: "agent ", outside: "", chief: "agent manager ", boss: "agent manager ",
		"U0GUEST": "guest", "U0GONE": "deactivated", "U0ROBOT": "bot", "U0NOBODY": "unknown", "": "unknown",
	} {
		if got := roles(w.door.Staff(t.Context(), id)); got != want {
			t.Errorf("%s is %q, want %q", id, got, want)
		}
	}
	s := w.door.Staff(t.Context(), ann)
	if s.ID != ann || s.Name != "ann" || s.Locale != "fr-FR" {
		t.Errorf("%+v", s)
	}
}

func (w *world) asked(method string) (n int) {
	for _, c := range w.slack.Calls() {
		if c.Method == method {
			n++
		}
	}
	return n
}

func TestStaffIsRemembered(t *testing.T) {
	w := newWorld(t)
	for range 5 {
		w.door.Staff(t.Context(), ann)
	}
	w.wait(50 * time.Second)
	w.door.Staff(t.Context(), ann)
	// About ann, and whether the bot and the guest beside her are colleagues.
	if a, b, c := w.asked("users.info"), w.asked("conversations.members"), w.asked("usergroups.users.list"); a != 3 || b != 1 || c != 1 {
		t.Errorf("asked %d, %d, %d times", a, b, c)
	}
	w.slack.Leave(desk, ann) // no socket: the door does not hear
	w.wait(20 * time.Second)
	if got := roles(w.door.Staff(t.Context(), ann)); got != "" {
		t.Errorf("still %q after a minute", got)
	}
	if w.asked("users.info") != 3 {
		t.Error("people were asked about again after a minute")
	}
	w.slack.AddUser(sandbox.Member{ID: ann, Deleted: true})
	w.wait(5 * time.Minute)
	if got := roles(w.door.Staff(t.Context(), ann)); got != "deactivated" {
		t.Errorf("still %q after five minutes", got)
	}
}

func TestStaffWhenSlackIsSilent(t *testing.T) {
	w := newWorld(t)
	w.door.Staff(t.Context(), boss)
	w.server.Close()
	w.wait(30 * time.Minute)
	if got := roles(w.door.Staff(t.Context(), boss)); got != "agent manager " {
		t.Errorf("half an hour later: %q", got)
	}
	if got := roles(w.door.Staff(t.Context(), outside)); got != "unchecked" {
		t.Errorf("never seen: %q", got)
	}
	w.wait(31 * time.Minute)
	if got := roles(w.door.Staff(t.Context(), boss)); got != "unchecked" {
		t.Errorf("an hour later: %q", got)
	}
}

func TestChangesAreHeard(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		is := func(id bot.StaffID, want string) {
			t.Helper()
			w.eventually(string(id)+" is "+want, func() bool { return roles(w.door.Staff(t.Context(), id)) == want })
		}
		is(ann, "agent ")
		is(outside, "")
		is(boss, "agent manager ")
		w.slack.Join(desk, outside)
		is(outside, "agent ")
		w.slack.Leave(desk, outside)
		left := `{"type":"event_callback","event":{"type":"member_left_channel","user":"U0OUT","channel":"C0DESK"}}`
		if a := w.door.take(t.Context(), kindEvents, []byte(left)); a.err != nil {
			t.Fatal(a.err)
		}
		is(outside, "")
		w.slack.AddGroup("S0LEADS", "leads", []string{outside})
		is(outside, "agent manager ")
		is(boss, "")
		w.slack.AddUser(sandbox.Member{ID: ann, Name: "ann", Deleted: true})
		is(ann, "deactivated")
	})
}

func TestAManagersGroupThatIsGone(t *testing.T) {
	w := newWorld(t)
	w.door.Managers = []string{"S0GONE", chief}
	if got := roles(w.door.Staff(t.Context(), chief)); got != "agent manager " {
		t.Errorf("the chief is %q", got)
	}
	if !strings.Contains(w.logs.String(), "HEED_SLACK_MANAGERS") {
		t.Errorf("the log says: %s", w.logs)
	}
}

func TestAlone(t *testing.T) {
	w := newWorld(t)
	alone := func(id bot.StaffID) bool { t.Helper(); return w.door.Staff(t.Context(), id).Alone }
	w.slack.Join(desk, "U0GONE")
	w.slack.Join(desk, "U0ROBOT")
	if !alone(ann) {
		t.Error("ann has only bots, a guest and a deactivated account beside her, and is not alone")
	}
	if alone(boss) {
		t.Error("the boss is alone, though ann could act")
	}
	if alone(outside) {
		t.Error("someone without a role is alone at the desk")
	}
	w.slack.Join(desk, outside)
	w.wait(2 * time.Minute)
	if alone(ann) || alone(outside) {
		t.Error("two people at the desk, and one is alone")
	}
	w.slack.AddUser(sandbox.Member{ID: outside, Deleted: true})
	w.wait(6 * time.Minute)
	if !alone(ann) {
		t.Error("the other left the company, and ann is not alone")
	}
}

// One colleague is enough to know, and one already known costs nothing.
func TestAloneAsksNoMoreThanItMust(t *testing.T) {
	w := newWorld(t)
	for _, id := range []string{"U1A", "U1B", "U1C", "U1D"} {
		w.slack.AddUser(sandbox.Member{ID: id})
		w.slack.Join(desk, id)
	}
	if w.door.Staff(t.Context(), ann).Alone {
		t.Error("ann is alone among five")
	}
	// The bot and the guest come first by id; the first colleague ends it.
	if n := w.asked("users.info"); n > 4 {
		t.Errorf("asked about %d people", n)
	}
	before := w.asked("users.info")
	w.door.Staff(t.Context(), "U1D")
	if n := w.asked("users.info") - before; n != 1 {
		t.Errorf("asked about %d people for one whose colleague is known", n)
	}
}

func TestNobodyIsAloneWhereSlackDoesNotSay(t *testing.T) {
	w := newWorld(t)
	if s := w.door.Staff(t.Context(), ann); !s.Alone {
		t.Fatalf("%+v", s)
	}
	w.slack.AddUser(sandbox.Member{ID: "U1NEW"})
	w.slack.Join(desk, "U1NEW")
	w.wait(2 * time.Minute)
	// The members are told; about the newcomer nothing is.
	w.slack.Fail(sandbox.SlackFault{Method: "users.info", Error: "internal_error", Times: 100})
	if s := w.door.Staff(t.Context(), ann); s.Alone || s.Trouble != "" || !s.Is(bot.Agent) {
		t.Errorf("%+v", s)
	}
}

func TestRoles(t *testing.T) {
	w := newWorld(t)
	w.slack.AddGroup("S0TECH", "tech", []string{outside, ann})
	w.door.Roles = map[string][]string{
		"chief_executive": {chief, "C0CEO"},
		"technical":       {"S0TECH", "S0LEADS", ann},
		"nobody":          {"S0NONE", "C0CEO", "U0GUEST"},
		"empty":           nil,
	}
	for id, want := range map[bot.StaffID]string{
		ann: "agent technical ", outside: "technical ", chief: "agent manager chief_executive ", boss: "agent manager technical ",
		"U0GUEST": "nobody ", "C0CEO": "unknown",
	} {
		if got := roles(w.door.Staff(t.Context(), id)); got != want {
			t.Errorf("%s is %q, want %q", id, got, want)
		}
	}
	if log := w.logs.String(); !strings.Contains(log, "S0NONE") || !strings.Contains(log, "HEED_SLACK_ROLES nobody") {
		t.Errorf("a group that is not there: %s", log)
	}
	// Each group is asked about once, though two settings name it.
	if n := w.asked("usergroups.users.list"); n != 3 {
		t.Errorf("asked about groups %d times", n)
	}
	w.slack.AddGroup("S0TECH", "tech", []string{ann})
	if got := roles(w.door.Staff(t.Context(), outside)); got != "technical " {
		t.Errorf("within the minute: %q", got)
	}
	changed := `{"type":"event_callback","event":{"type":"subteam_members_changed","subteam_id":"S0TECH"}}`
	if a := w.door.take(t.Context(), kindEvents, []byte(changed)); a.err != nil {
		t.Fatal(a.err)
	}
	if got := roles(w.door.Staff(t.Context(), outside)); got != "" {
		t.Errorf("after the group changed: %q", got)
	}
}
