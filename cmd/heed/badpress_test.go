package main

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot/sandbox"
)

// Buttons that are nobody's, and somebody else's.
func TestForgedButtons(t *testing.T) {
	w := newHTTPWorld(t)
	anna, bob := w.customer(1, "Annabella", "en"), w.customer(2, "Bobadil", "en")
	anna.say("/start")
	anna.press("Make a complaint")
	anna.press("The service I received")
	anna.say("Annabella's own account.")
	anna.press("Done")
	for range 6 {
		anna.press("Skip")
	}
	bob.say("/start")
	submit := ""
	for _, row := range anna.last().Buttons {
		for _, b := range row {
			if b.Text == "Send my complaint" {
				submit = b.Data
			}
		}
	}
	if submit == "" {
		t.Fatal("there is no button to send the complaint")
	}
	for name, data := range map[string]string{"another customer's": submit, "made up": "AAAAAAAAAAAAAAAAAAAAAA",
		"empty": "", "not a token": "submit'; DROP TABLE tokens; --\x00", "very long": strings.Repeat("a", 5000)} {
		t.Run(name, func(t *testing.T) {
			toasts, before := len(bob.Toasts()), told(bob.Phone, "button")
			bob.Press(bob.last().ID, data)
			w.settle()
			w.eventually("the press is answered", func() bool { return bob.Spinning() == 0 && told(bob.Phone, "button") > before })
			if got := bob.Toasts(); len(got) != toasts+1 || got[len(got)-1] == "" {
				t.Errorf("the button itself says %q", got)
			}
			if n := told(bob.Phone, "Annabella") + told(bob.Phone, "Your reference is"); n > 0 {
				t.Errorf("Bob is told of Anna's complaint")
			}
		})
	}
	if n := len(w.slack.Posts(deskChannel)); n > 0 || told(anna.Phone, "Your reference is") > 0 {
		t.Errorf("somebody else has sent Anna's complaint: %d posts", n)
	}
	anna.press("Send my complaint")
	w.eventually("Anna herself can", func() bool { return anna.heard("Your reference is") })
	// The button is used up: it explains itself and sends nothing again.
	anna.Press(anna.last().ID, submit)
	w.settle()
	w.eventually("an old button explains itself", func() bool { return anna.heard("earlier") })
	if n := told(anna.Phone, "Your reference is"); n != 1 {
		t.Errorf("the complaint was sent %d times", n)
	}
	w.well("Annabella", "Bobadil", "DROP TABLE")
}

// Dialogs that come too late: the person is told, with the words they wrote,
// and the customer hears nothing.
func TestDialogOfAClosedComplaint(t *testing.T) {
	w := newHTTPWorld(t)
	anna := w.customer(1, "Annabella", "en")
	card := w.open(anna)
	shut := func() {
		t.Helper()
		w.act(agentBen, card.TS, "close")
		a, err := w.slack.Submit(agentBen, w.dialog(agentBen).ID, nil)
		if err != nil || a.Error != "" {
			t.Fatalf("close: %v %+v", err, a)
		}
		w.settle()
		w.eventually("the customer is told that it is closed", func() bool { return anna.heard("closed") })
	}
	// Ann is writing one answer and looks at the preview of another, in two
	// windows of Slack, when Ben closes the complaint.
	w.act(agentAnn, card.TS, "update")
	compose := w.dialog(agentAnn)
	w.act(managerMia, card.TS, "decide")
	a, err := w.slack.Submit(managerMia, w.dialog(managerMia).ID, map[string]any{"outcome": "upheld", "reasons": "Mia's reasons.", "remedy": ""})
	if err != nil || a.Action != "push" {
		t.Fatalf("preview: %v %+v", err, a)
	}
	shut()
	heard := len(anna.Messages())

	a, err = w.slack.Submit(agentAnn, compose.ID, map[string]any{"words": "Ann's long answer."})
	if err != nil || a.Error != "" || a.View == nil {
		t.Fatalf("submit: %v %+v", err, a)
	}
	if s := texts(a.View.Raw); !strings.Contains(s, "Ann's long answer.") || !strings.Contains(s, "closed") {
		t.Errorf("Ann is not given her words back: %s", s)
	}
	before := len(w.slack.Ephemerals(managerMia))
	if a, err = w.slack.Submit(managerMia, w.dialog(managerMia).ID, nil); err != nil || a.Error != "" {
		t.Fatalf("send: %v %+v", err, a)
	}
	w.settle()
	back := ""
	w.eventually("Mia is answered", func() bool {
		if a.View != nil {
			back = texts(a.View.Raw)
		}
		for _, p := range w.slack.Ephemerals(managerMia)[before:] {
			back += texts(p.Blocks)
		}
		return back != ""
	})
	if !strings.Contains(back, "Mia's reasons.") || !strings.Contains(back, "closed") {
		t.Errorf("Mia is not given her words back: %s", back)
	}
	if got := anna.Messages(); len(got) != heard {
		t.Errorf("the customer of a closed complaint is told: %s", got[len(got)-1].Text)
	}
	w.well("Annabella", "long answer", "Mia's reasons")
}

// Presses by people who may not: a private answer, and nothing else.
func TestPressesOfOthers(t *testing.T) {
	w := newHTTPWorld(t)
	anna := w.customer(1, "Annabella", "en")
	card := w.open(anna)
	w.slack.AddUser(sandbox.Member{ID: "U0GUEST", Name: "gus", RealName: "Gus Guest", Guest: true})
	w.slack.AddUser(sandbox.Member{ID: "U0ROBOT", Name: "rob", RealName: "Rob Robot", Bot: true})
	w.slack.AddUser(sandbox.Member{ID: "U0GONE", Name: "gone", RealName: "Gone Agent"})
	for _, who := range []string{"U0GUEST", "U0ROBOT", "U0GONE"} {
		w.slack.Join(deskChannel, who)
	}
	w.slack.AddUser(sandbox.Member{ID: "U0GONE", Name: "gone", RealName: "Gone Agent", Deleted: true})
	w.settle()
	w.eventually("the card has its buttons", func() bool { return hasButton(w.deskPost(card.TS).Blocks, "acknowledge") })
	w.thread(card.TS, "Delivered")
	w.eventually("the photo is in the thread", func() bool {
		return slices.ContainsFunc(w.slack.Thread(deskChannel, card.TS), func(p sandbox.Post) bool { return len(p.Files) == 1 })
	})
	heard, posts := len(anna.Messages()), len(w.slack.Thread(deskChannel, card.TS))

	for _, who := range []string{outsiderOli, "U0GUEST"} {
		for _, action := range []string{"acknowledge", "reply", "close"} {
			before := len(w.slack.Ephemerals(who))
			a, err := w.slack.Press(who, deskChannel, card.TS, action, "")
			if err != nil || a.Error != "" {
				t.Fatalf("%s presses %s: %v %+v", who, action, err, a)
			}
			w.settle()
			w.eventually(who+" is answered privately", func() bool { return len(w.slack.Ephemerals(who)) > before })
			if n := len(w.slack.Views(who)); n > 0 {
				t.Errorf("%s has a dialog", who)
			}
		}
	}
	// Slack's own clients do not let these press; a payload may come all the
	// same, and what it says of the person counts for nothing.
	for _, who := range []string{"U0GONE", "U0ROBOT", "U0NOBODY", "", "<@U0ANN>"} {
		if got := w.post("/slack/interactive", w.pressBy(who, card), w.signature(w.pressBy(who, card), time.Now())...); got != 200 {
			t.Errorf("a press by %q: status %d", who, got)
		}
	}
	w.settle()
	if n := len(anna.Messages()); n != heard {
		t.Errorf("the customer was told %d things", n-heard)
	}
	for _, p := range w.slack.Thread(deskChannel, card.TS)[posts:] {
		t.Errorf("it shows in the thread: %s", p.Text)
	}
	for _, command := range []string{"/sla", "/complaint"} {
		a, err := w.slack.Command("U0GUEST", deskChannel, command, "mine")
		if err != nil || a.Error != "" || a.Reply == nil || strings.Contains(texts(a.Reply.Blocks), "-") {
			t.Errorf("%s of a guest: %v %+v", command, err, a)
		}
	}
	w.act(agentAnn, card.TS, "acknowledge")
	w.eventually("an agent can", func() bool { return anna.heard("I have read it") })
	w.act(agentBen, card.TS, "reply")
	w.send(agentBen, map[string]any{"words": "Ben's own answer."})
	w.eventually("another agent too", func() bool { return anna.heard("Ben's own answer.") })
	w.well("Annabella", "Gus", "Rob Robot", "Ben's own")
}

// deskPost is a post of the desk's channel as it is now.
func (w *world) deskPost(ts string) sandbox.Post {
	for _, p := range w.slack.Posts(deskChannel) {
		if p.TS == ts {
			return p
		}
	}
	return sandbox.Post{}
}

// pressBy is a press on Acknowledge as Slack would send it (Slack docs,
// block_actions payload).
func (w *world) pressBy(who string, card sandbox.Post) []byte {
	var blocks []struct {
		Elements []struct {
			ActionID string `json:"action_id"`
			Value    string `json:"value"`
		} `json:"elements"`
	}
	value := ""
	_ = json.Unmarshal(w.deskPost(card.TS).Blocks, &blocks)
	for _, b := range blocks {
		for _, e := range b.Elements {
			if e.ActionID == "acknowledge" {
				value = e.Value
			}
		}
	}
	payload, err := json.Marshal(map[string]any{"type": "block_actions", "trigger_id": "1.2.abc",
		"user":    map[string]any{"id": who, "name": "ann", "username": "ann"},
		"channel": map[string]any{"id": deskChannel}, "message": map[string]any{"ts": card.TS},
		"container": map[string]any{"type": "message", "message_ts": card.TS, "channel_id": deskChannel},
		"actions":   []any{map[string]any{"action_id": "acknowledge", "type": "button", "value": value, "action_ts": "1700000000.000100"}}})
	if err != nil {
		w.t.Fatal(err)
	}
	return []byte(url.Values{"payload": {string(payload)}}.Encode())
}
