package main

import (
	"bytes"
	"image"
	"image/jpeg"
	"strings"
	"testing"
	"time"
)

// photo is a small picture.
func photo(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 64, 48)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// complain gives a whole account in English and sends it.
func (c customer) complain() {
	c.w.t.Helper()
	c.say("/start")
	c.press("Make a complaint")
	c.press("The service I received")
	c.say("The internet has been down for three days.")
	c.press("Done")
	for range 5 {
		c.press("Skip")
	}
	c.Photo("", photo(c.w.t))
	c.w.settle()
	c.press("Done")
	c.press("Send my complaint")
}

// A complaint on Telegram becomes a thread in Slack, and its promises are kept
// and missed in the open.
func TestStory(t *testing.T) {
	w := newWorld(t, nil)
	anna := w.customer(1001, "Anna", "en")
	anna.complain()
	if !anna.heard("Your reference is") || !anna.heard("at the latest") {
		t.Fatalf("no receipt: %q", anna.last().Text)
	}
	card := w.card()
	if s := texts(card.Blocks); !strings.Contains(s, "The internet has been down") {
		t.Fatalf("the card does not show the summary: %s", s)
	}
	w.eventually("the photo is in the thread", func() bool {
		for _, p := range w.slack.Thread(deskChannel, card.TS) {
			if len(p.Files) > 0 {
				return true
			}
		}
		return false
	})
	w.act(agentAnn, card.TS, "acknowledge")
	if !anna.heard("I have read it") {
		t.Fatal("the customer did not get the acknowledgement")
	}
	w.travel(w.clock.Now().Add(8 * 24 * time.Hour))
	if !anna.heard("honest about where it stands") {
		t.Fatal("no honest status message")
	}
	if len(w.slack.Mentions(managerMia)) == 0 {
		t.Fatal("managers were not told")
	}
	w.act(agentAnn, card.TS, "decide")
	w.send(agentAnn, map[string]any{"outcome": "upheld", "reasons": "The line was cut.", "remedy": "We refund the month."})
	if !anna.heard("formal response") || !anna.heard("We refund the month.") {
		t.Fatal("the decision did not arrive")
	}
	a, err := w.slack.Command(managerMia, deskChannel, "/sla", "")
	if err != nil || a.Reply == nil {
		t.Fatalf("/sla: %v %+v", err, a)
	}
	if s := texts(a.Reply.Blocks); !strings.Contains(s, "acknowledgement: 1 of 1 on time") || !strings.Contains(s, "progress update: 0 of 1 on time (late 1") {
		t.Fatalf("/sla says %s", s)
	}
}
