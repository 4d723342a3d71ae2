package main

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot/sandbox"
)

const bossChannel = "C0BOSS"

// lifts is a world in which every complaint is copied to the chief executive.
func lifts(t *testing.T) *world {
	return newWorld(t, func(w *world) {
		w.slack.AddUser(sandbox.Member{ID: "U0EVA", Name: "eva", RealName: "Eva Executive"})
		w.slack.AddChannel(sandbox.Channel{ID: bossChannel, Name: "chief-executive", Private: true, Members: []string{w.slack.BotUserID, "U0EVA"}})
		w.settings.Policy, w.settings.DeskLanguage, w.settings.SlackRoles = "alphatech", "en", "ceo="+bossChannel
	})
}

// V12: the chief executive gets every complaint with its text, pictures and
// later messages as they were received.
func TestTheChiefExecutiveSeesAll(t *testing.T) {
	w := lifts(t)
	linh := w.customer(1001, "Linh", "en")
	linh.say("/start")
	linh.press("Make a complaint")
	linh.press("For myself")
	linh.press("A product")
	linh.say("The lift stops between two floors.")
	linh.press("Done")
	linh.Photo("", photo(t))
	w.settle()
	linh.press("Done")
	linh.press("Skip")
	linh.press("Send my complaint")
	copied := func(words string, files int) bool {
		text, n := "", 0
		for _, p := range w.all(bossChannel) {
			text, n = text+texts(p.Blocks)+"\n", n+len(p.Files)
		}
		return strings.Contains(text, words) && n == files
	}
	w.eventually("the chief executive has the words and the picture", func() bool {
		return copied("The lift stops between two floors.", 1)
	})
	linh.say("It has stopped again.")
	w.eventually("and what came later", func() bool { return copied("It has stopped again.", 1) })
	for _, p := range w.all(bossChannel) {
		if strings.Contains(string(p.Blocks), `"button"`) {
			t.Error("the copy has buttons")
		}
	}
	w.act(agentAnn, w.card().TS, "hand_over")
	if s := texts(w.card().Blocks); !strings.Contains(s, "customer care") {
		t.Errorf("the card does not say who has it now: %s", s)
	}
}

// V4 V5 V8 A2: what came by letter is entered with the time it really came. Its
// messages are prepared, recorded, and once a messenger is linked, sent there.
func TestALetterBecomesAComplaint(t *testing.T) {
	w := lifts(t)
	a, err := w.slack.Shortcut(agentAnn, "log", "", "")
	if err != nil || a.Error != "" {
		t.Fatalf("the shortcut: %v %s", err, a.Error)
	}
	zone := w.system.house.Policy.Zone
	came := w.clock.Now().In(zone).Add(-48 * time.Hour)
	v := w.dialog(agentAnn)
	a, err = w.slack.Submit(agentAnn, v.ID, map[string]any{"channel": "letter", "language": "en", "date": came.Format(time.DateOnly),
		"time": came.Format("15:04"), "name": "Mr Tran", "contact": "12 Le Loi, Hue", "ask_capacity": "self", "ask_topic": "product", "ask_summary": "The lift stops between two floors."})
	if err != nil || a.Error != "" || len(a.Errors) > 0 {
		t.Fatalf("log: %v %s %v %v", err, a.Error, a.Messages, a.Errors)
	}
	w.settle()
	card := w.awaitCard()
	thread := func() string {
		s := ""
		for _, p := range w.slack.Thread(deskChannel, card.TS) {
			s += texts(p.Blocks) + "\n"
		}
		return s
	}
	for _, words := range []string{"Already overdue when it was entered", "To be sent to the customer by you", "12 Le Loi, Hue"} {
		w.eventually("the thread says "+words, func() bool { return strings.Contains(thread(), words) })
	}
	w.act(agentAnn, card.TS, "reply")
	w.send(agentAnn, map[string]any{"words": "We will come on Friday."})
	prepared := w.prepared(card.TS, "We will come on Friday.")
	w.act(agentAnn, prepared.TS, "record")
	now := w.clock.Now().In(zone)
	if _, err := w.slack.Submit(agentAnn, w.dialog(agentAnn).ID, map[string]any{"how": "letter", "date": now.Format(time.DateOnly), "time": now.Format("15:04")}); err != nil {
		t.Fatal(err)
	}
	w.settle()
	w.eventually("the reply counts as late, by what staff recorded", func() bool {
		return strings.Contains(texts(w.card().Blocks), "✗ reply: late")
	})
	w.act(agentAnn, card.TS, "code")
	w.eventually("a code is prepared", func() bool { return code.MatchString(thread()) })
	tran := w.customer(1002, "Tran", "en")
	tran.say("/start " + code.FindString(thread()))
	if !tran.heard("now linked to your complaint") {
		t.Fatalf("not linked: %q", tran.last().Text)
	}
	w.act(agentAnn, card.TS, "reply")
	w.send(agentAnn, map[string]any{"words": "We are on our way."})
	if !tran.heard("We are on our way.") {
		t.Fatal("what came after did not go to the messenger")
	}
}

var code = regexp.MustCompile(`[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}`)

// prepared waits for the prepared message with these words.
func (w *world) prepared(card, words string) (found sandbox.Post) {
	w.t.Helper()
	w.eventually("a message is prepared: "+words, func() bool {
		for _, p := range w.slack.Thread(deskChannel, card) {
			if s := texts(p.Blocks); strings.Contains(s, words) && strings.Contains(s, "I have sent it") {
				found = p
				return true
			}
		}
		return false
	})
	return found
}

// all are the posts of a channel with their threads.
func (w *world) all(channel string) []sandbox.Post {
	var all []sandbox.Post
	for _, p := range w.slack.Posts(channel) {
		all = append(all, w.slack.Thread(channel, p.TS)...)
	}
	return all
}
