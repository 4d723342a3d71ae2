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
	if a, b, c := w.asked("users.info"), w.asked("conversations.members"), w.asked("usergroups.users.list"); a != 1 || b != 1 || c != 1 {
		t.Errorf("asked %d, %d, %d times", a, b, c)
	}
	w.slack.Leave(desk, ann) // no socket: the door does not hear
	w.wait(20 * time.Second)
	if got := roles(w.door.Staff(t.Context(), ann)); got != "" {
		t.Errorf("still %q after a minute", got)
	}
	if w.asked("users.info") != 1 {
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
	if got := roles(w.door.Staff(t.Context(), ann)); got != "unchecked" {
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
