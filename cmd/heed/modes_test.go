package main

import (
	"strings"
	"testing"
)

// webhook has Telegram call the program instead of being polled.
func webhook(w *world) {
	w.serveHTTP()
	w.settings.TelegramWebhookSecret = "sandbox-webhook-secret"
}

// overHTTP has Slack call the program instead of a socket.
func overHTTP(w *world) {
	w.serveHTTP()
	w.settings.SlackAppToken, w.settings.SlackSigningSecret = "", w.slack.SigningSecret
	w.slack.EventsURL = w.settings.PublicURL + "/slack/events"
	w.slack.InteractiveURL = w.settings.PublicURL + "/slack/interactive"
	w.slack.CommandsURL = w.settings.PublicURL + "/slack/commands"
}

// serveHTTP gives the program an address that the platforms can call.
func (w *world) serveHTTP() {
	if w.settings.PublicURL == "" {
		w.settings.Listen = freeAddress(w.t)
		w.settings.PublicURL = "http://" + w.settings.Listen
	}
}

// The same short story in every way the platforms can be connected.
func TestModes(t *testing.T) {
	for name, change := range map[string]func(w *world){
		"polling and socket": nil,
		"webhook and socket": webhook,
		"polling and HTTP":   overHTTP,
		"webhook and HTTP":   func(w *world) { webhook(w); overHTTP(w) },
	} {
		t.Run(name, func(t *testing.T) { shortStory(newWorld(t, change)) })
	}
}

// shortStory has a customer complain, add to it and be answered.
func shortStory(w *world) {
	w.t.Helper()
	anna := w.customer(1001, "Anna", "en")
	anna.complain()
	w.eventually("the receipt", func() bool { return anna.heard("Your reference is") })
	card := w.awaitCard()
	anna.say("The bill is wrong too.")
	w.eventually("the later words are answered", func() bool { return anna.heard("Added to your complaint") })
	w.eventually("they and the photo are in the thread", func() bool {
		words, files := "", 0
		for _, p := range w.slack.Thread(deskChannel, card.TS) {
			words += texts(p.Blocks)
			files += len(p.Files)
		}
		return strings.Contains(words, "The bill is wrong too.") && files == 1
	})
	w.act(agentAnn, card.TS, "acknowledge")
	w.eventually("the acknowledgement", func() bool { return anna.heard("I have read it") })
	w.act(agentAnn, card.TS, "reply")
	preview := w.send(agentAnn, map[string]any{"words": "An engineer comes on Monday."})
	if !strings.Contains(preview, "An engineer comes on Monday.") {
		w.t.Errorf("the preview does not show what is sent: %s", preview)
	}
	w.eventually("the reply", func() bool { return anna.heard("An engineer comes on Monday.") })
	w.act(agentAnn, card.TS, "decide")
	w.send(agentAnn, map[string]any{"outcome": "upheld", "reasons": "The line was cut.", "remedy": "We refund the month."})
	w.eventually("the decision", func() bool { return anna.heard("We refund the month.") })
	for _, words := range []string{"I have read it", "An engineer comes on Monday.", "We refund the month."} {
		if n := told(anna.Phone, words); n != 1 {
			w.t.Errorf("%q came %d times", words, n)
		}
	}
	a, err := w.slack.Command(managerMia, deskChannel, "/sla", "")
	if err != nil || a.Error != "" || a.Reply == nil || !strings.Contains(texts(a.Reply.Blocks), "acknowledgement: 1 of 1 on time") {
		w.t.Errorf("/sla: %v %+v", err, a)
	}
	if a, err = w.slack.Command(agentBen, deskChannel, "/sla", ""); err != nil || a.Reply == nil || strings.Contains(texts(a.Reply.Blocks), "on time") {
		w.t.Errorf("/sla of one who is no manager: %v %+v", err, a)
	}
	// A second life finds everything as it was.
	w.halt()
	w.start()
	anna.say("/status")
	w.eventually("the status", func() bool { return anna.heard("upheld") || anna.heard("Outcome:") })
}
