package flows_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/flows/desk"
)

var theirChat = bot.Address{Channel: bot.Telegram, Account: "4242", Chat: "2002"}

// spokenFor is a representative with one open complaint.
func spokenFor(t *testing.T, state bot.MandateState, informed bool) *chat {
	t.Helper()
	c := lodged(t, "alphatech", 0, map[string]bot.Answer{"capacity": {Option: "representative"}, "topic": {Option: "service"},
		"represented": {Done: true, Parts: []bot.Part{{Text: "Tran Thi Mai"}}}})
	m := c.complaints[0].Mandate
	if m == nil || m.State != bot.MandateClaimed || m.Person != "Tran Thi Mai" {
		t.Fatalf("lodged with the mandate %+v", m)
	}
	m.State = state
	if informed {
		m.Informed = &bot.Informed{Customer: "other", Chat: theirChat, Language: "fr", By: "U0ANN"}
	}
	return c
}

// V2: who may not speak for someone else is told nothing of the complaint; what
// is written goes to the person, by every way it is said. Whoever is informed
// hears what the representative hears.
func TestWhoHearsOfARepresentedComplaint(t *testing.T) {
	theirs := []string{"acknowledged", "update", "response", "status_update", "closed", "disputed", "adr_letter", "withdrawn", "dates"}
	both := []string{"acknowledged", "reply", "update", "ask", "response", "status_update", "closed", "disputed", "adr_letter", "withdrawn"}
	all := append(slices.Clone(both), "dates", "receipt", "status", "added", "notice", "question", "mandate", "waiting")
	for _, state := range []bot.MandateState{bot.MandateClaimed, bot.MandateConfirmed, bot.MandateRefused, bot.MandateWithdrawn} {
		for _, by := range []string{"", "U0ANN", "representative"} {
			for _, about := range all {
				c := spokenFor(t, state, by != "")
				if by != "" {
					c.complaints[0].Mandate.Informed.By = by
				}
				w := casework.New(c.flows.House, c.situation(bot.Input{Kind: bot.InMessage, At: c.now}))
				choice := []bot.Choice{{Token: "theirs alone", Label: "Look at it again"}}
				w.Say("what was found", choice, casework.Said{About: about, Complaint: w.Complaints()[0], Other: "ce qui a été trouvé"})
				got := map[string]string{}
				for _, o := range w.Turn().Say {
					switch {
					case o.Message != nil && o.To == theirChat:
						got["person"] += o.Message.Text
						if slices.ContainsFunc(o.Message.Choices, func(x bot.Choice) bool { return x.Token == choice[0].Token }) {
							t.Errorf("%s, %s: the representative's button goes to somebody else", state, about)
						}
					case o.Message != nil:
						got["representative"] += o.Message.Text
					case o.Words != "":
						got["paper"] += o.Words
					}
				}
				lost := state == bot.MandateRefused || state == bot.MandateWithdrawn
				// Who came by the representative's own code may be the
				// representative, at a second telephone.
				informed := by != "" && !(lost && by == "representative")
				want := []string{"representative"}
				switch {
				case lost && slices.Contains(theirs, about) && informed:
					want = []string{"person"}
				case lost && slices.Contains(theirs, about):
					want = []string{"paper"}
				case informed && slices.Contains(both, about):
					want = append(want, "person")
				}
				for who, text := range got {
					if !slices.Contains(want, who) || !strings.Contains(text, map[bool]string{true: "ce qui a été trouvé", false: "what was found"}[who == "person"]) {
						t.Errorf("%s, informed by %q, %s: %s gets %q", state, by, about, who, text)
					}
				}
				if len(got) != len(want) {
					t.Errorf("%s, informed by %q, %s: %v hear of it, not %v", state, by, about, got, want)
				}
			}
		}
	}
}

// What was promised goes on for the person represented though the
// representative has blocked the chat.
func TestRepresentativeGoesAway(t *testing.T) {
	c := spokenFor(t, bot.MandateWithdrawn, true)
	c.hear(bot.Input{Kind: bot.InBlocked})
	c.wake(c.now.AddDate(0, 0, 4))
	if len(c.answers) != 0 || len(c.others) == 0 {
		t.Fatalf("the representative was sent %q, the person %q", c.answers, c.others)
	}
	for _, p := range c.complaints[0].Promises {
		if p.Verdict != bot.Open {
			t.Errorf("%s is %s", p.ID, p.Verdict)
		}
	}
}

// Only the person who is kept informed can say that they no longer agree.
func TestNobodyElseWithdrawsConsent(t *testing.T) {
	passed := func(c *chat, id string) {
		in := bot.Input{Kind: bot.InPassed, Command: "consent_withdraw", Ref: c.complaints[0].Ref, At: c.now, Channel: bot.Telegram,
			Account: "4242", Chat: "2002", Person: bot.Person{ID: id, Language: "fr"}}
		c.take(c.flows.Act(c.situation(in)))
	}
	c := spokenFor(t, bot.MandateConfirmed, true)
	passed(c, "someone")
	if m := c.complaints[0].Mandate; m.State != bot.MandateConfirmed || len(c.answers) != 0 {
		t.Errorf("a stranger made it %+v, and the representative was told %q", m, c.answers)
	}
	passed(c, "other")
	if m := c.complaints[0].Mandate; m.State != bot.MandateWithdrawn || m.By != "customer" || len(c.answers) != 1 {
		t.Errorf("the person made it %+v, and the representative was told %q", m, c.answers)
	}
	if !strings.Contains(c.others[len(c.others)-1], "plus personne") {
		t.Errorf("the person was told %q", c.others)
	}
}

// Of two colleagues who look at the authorisation at the same time, the second
// is told; so they are where the act comes late.
func TestTwoLookAtTheAuthorisation(t *testing.T) {
	c := spokenFor(t, bot.MandateClaimed, false)
	h := c.flows.House
	ann := bot.Staff{ID: "U0ANN", Roles: []bot.Role{bot.Agent}}
	k := &desk.Case{House: h, Now: c.now, C: &c.complaints[0], Customer: c.customer}
	a := desk.Open(h, ann, c.now, k, bot.Act{Verb: casework.Mandate, Complaint: k.C.Ref, By: ann.ID, Fields: map[string]string{}})
	if a.View == nil {
		t.Fatalf("no dialog: %+v", a)
	}
	meta, _ := desk.ParseMeta(a.View.Meta)
	sent := desk.Sent{View: a.View.ID, Meta: meta, Values: map[string]string{"finding": "refused", "words": "It is not signed."}}
	kept := desk.Submit(h, ann, c.now, k, sent).Keep
	if kept == nil {
		t.Fatal("the first was not taken")
	}
	k.C.Mandate.State = bot.MandateConfirmed
	if a := desk.Submit(h, ann, c.now, k, sent); a.Errors["finding"] == "" {
		t.Errorf("the second in the dialog: %+v", a)
	}
	s := c.situation(bot.Input{Kind: bot.InAct, Act: kept, At: c.now})
	s.Staff = ann
	turn, err := c.flows.Act(s)
	c.take(turn, err)
	if c.complaints[0].Mandate.State != bot.MandateConfirmed || len(c.answers) != 0 {
		t.Errorf("the second in the turn: %+v, %q", c.complaints[0].Mandate, c.answers)
	}
	if len(turn.Say) != 1 || turn.Say[0].Private == nil || !strings.Contains(fmt.Sprint(turn.Say[0].Private.Post), "not signed") {
		t.Errorf("they are told %+v", turn.Say)
	}
}

// On a platform that nothing is known of, words to the person represented are
// cut to what every platform takes.
func TestPersonRepresentedElsewhere(t *testing.T) {
	c := spokenFor(t, bot.MandateConfirmed, true)
	c.complaints[0].Mandate.Informed.Chat.Channel = bot.Viber
	w := casework.New(c.flows.House, c.situation(bot.Input{Kind: bot.InMessage, At: c.now}))
	long := strings.TrimSpace(strings.Repeat("Nothing is lost. ", 200))
	w.Say(long, nil, casework.Said{About: "update", Complaint: w.Complaints()[0]})
	var all []string
	for _, o := range w.Turn().Say {
		if o.Message != nil && o.To.Channel == bot.Viber {
			if n := len([]rune(o.Message.Text)); n > 1000 {
				t.Errorf("a message of %d letters", n)
			}
			all = append(all, o.Message.Text)
		}
	}
	if got := strings.Count(strings.Join(all, " "), "Nothing is lost."); got != 200 {
		t.Errorf("%d of 200 sentences arrive", got)
	}
}

// A file of someone whose authority is confirmed is no authorisation.
func TestLaterFileOfAConfirmedRepresentative(t *testing.T) {
	for state, calls := range map[bot.MandateState]bool{bot.MandateClaimed: true, bot.MandateConfirmed: false, bot.MandateRefused: true, bot.MandateWithdrawn: false} {
		c := spokenFor(t, state, false)
		c.hear(bot.Input{Kind: bot.InMessage, MessageID: "1", Files: []bot.File{{Kind: "photo", Size: 9, Handle: "h"}}})
		called := slices.ContainsFunc(c.posts, func(s string) bool { return strings.Contains(s, "while the authorisation") })
		if n := len(c.complaints[0].Answers[casework.Authorisation].Files); called != calls || (n == 1) != calls {
			t.Errorf("%s: staff are called %t, %d files for the authorisation", state, called, n)
		}
		c.wake(c.now.Add(time.Second))
	}
}
