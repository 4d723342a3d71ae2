package flows_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/heedbot/heed/bot"
)

// passes has the complaint's lane hear from someone else's.
func (c *chat) passes(id string, in bot.Input) bot.Turn {
	c.t.Helper()
	in.Kind, in.Ref, in.At, in.Channel, in.Account, in.Chat = bot.InPassed, c.complaints[0].Ref, c.now, theirChat.Channel, theirChat.Account, theirChat.Chat
	in.Person = bot.Person{ID: id, Language: "en"}
	turn, err := c.flows.Act(c.situation(in))
	c.take(turn, err)
	return turn
}

// Someone who never was kept informed of a complaint changes nothing in it, and
// is told nothing untrue.
func TestMandateOfAStranger(t *testing.T) {
	c := spokenFor(t, bot.MandateConfirmed, true)
	before := again(t, c.complaints[0])
	for _, in := range []bot.Input{
		{Command: "words", Text: "No water.", MessageID: "1", Files: []bot.File{{Kind: "photo", Size: 9, Handle: "h"}}},
		{Command: "taken"}, {Command: "edit", Text: "Water.", MessageID: "1"}, {Command: "status"}, {Command: "language"}, {Command: "back"},
		{Command: "inform", Argument: "0 representative"}, {Command: "inform", Argument: "0 U0ANN"}, {Command: "inform"},
		{Command: "code", Argument: "0 U0ANN"}, {Command: "consent_withdraw"},
	} {
		turn := c.passes("stranger", in)
		if len(turn.Events) != 0 || len(turn.Evidence) != 0 || len(c.posts) != 0 || again(t, c.complaints[0]).Hash != before.Hash {
			t.Errorf("%s: the complaint changed, or staff were told %q", in.Command, c.posts)
		}
	}
	if len(c.answers) != 0 {
		t.Errorf("the representative is told %q", c.answers)
	}
	for _, s := range c.others {
		if !strings.Contains(s, "do not write to you here") && !strings.Contains(s, "not known here") {
			t.Errorf("they are told %q", s)
		}
	}
	if len(c.others) != 7 {
		t.Errorf("%d answers: %q", len(c.others), c.others)
	}
}

// A code is good for one person, and for none once the mandate is refused or
// withdrawn, or staff have somebody not informed any more.
func TestMandateCodes(t *testing.T) {
	for name, x := range map[string]struct {
		code  string
		state bot.MandateState
		good  bool
	}{
		"staff's":                        {"3 U0ANN", bot.MandateClaimed, true},
		"staff's, refused":               {"3 U0ANN", bot.MandateRefused, true},
		"the representative's":           {"3 representative", bot.MandateConfirmed, true},
		"the representative's, claimed":  {"3 representative", bot.MandateClaimed, false},
		"the representative's, refused":  {"3 representative", bot.MandateRefused, false},
		"an old one of staff's":          {"2 U0ANN", bot.MandateConfirmed, false},
		"an old one, representative's":   {"2 representative", bot.MandateConfirmed, false},
		"one of no serial":               {"", bot.MandateConfirmed, false},
		"one of nobody's, as it seems":   {"x", bot.MandateConfirmed, false},
		"one that is to come, if at all": {"4 U0ANN", bot.MandateConfirmed, false},
	} {
		c := spokenFor(t, x.state, false)
		c.complaints[0].Mandate.Serial = 3
		c.passes("mai", bot.Input{Command: "code", Argument: x.code})
		c.passes("mai", bot.Input{Command: "inform", Argument: x.code})
		m := c.complaints[0].Mandate
		if got := m.Informed != nil; got != x.good {
			t.Errorf("%s: informed %t; they are told %q", name, got, c.others)
		}
		if x.good && m.Serial != 4 {
			t.Errorf("%s: the code is good for one more", name)
		}
		c.passes("eve", bot.Input{Command: "inform", Argument: x.code})
		if m := c.complaints[0].Mandate; m.Informed != nil && m.Informed.Customer != "mai" {
			t.Errorf("%s: informs %s", name, m.Informed.Customer)
		}
	}
}

// The representative cannot have anyone informed before staff know that they
// may speak for them, nor afterwards: old buttons show how it stands.
func TestMandateInvitesLate(t *testing.T) {
	for state, good := range map[bot.MandateState]bool{bot.MandateClaimed: false, bot.MandateConfirmed: true, bot.MandateRefused: false, bot.MandateWithdrawn: false} {
		c := spokenFor(t, state, false)
		s := c.situation(bot.Input{Kind: bot.InPress, At: c.now, Channel: bot.Telegram, Account: "4242", Chat: "1001"})
		s.Pressed = &bot.Token{Token: "x", Customer: c.customer.ID, Action: bot.Action{Verb: "invite", Ref: c.complaints[0].Ref}}
		turn, err := c.flows.Hear(s)
		c.take(turn, err)
		got := slices.ContainsFunc(turn.Tokens, func(k bot.Token) bool { return k.Action.Verb == "inform" })
		if got != good || len(c.answers) != 1 {
			t.Errorf("%s: a code %t, %q", state, got, c.answers)
		}
	}
}

// A message to the person represented that could not be delivered is shown to
// staff; where they have blocked us, that they are not informed any more, until
// they are back.
func TestMandateCopyFails(t *testing.T) {
	for _, blocked := range []bool{false, true} {
		c := spokenFor(t, bot.MandateConfirmed, true)
		s := c.situation(bot.Input{Kind: bot.InSettled, At: c.now, Settled: &bot.Settlement{Out: "o", Complaint: c.complaints[0].Ref, State: bot.Failed,
			Why: "refused", About: "informed", Blocked: blocked, At: c.now}})
		s.Out = &bot.Outbound{ID: "o", To: theirChat, Complaint: c.complaints[0].Ref, About: "informed", Message: &bot.Message{Text: "News"}}
		c.take(c.flows.Settle(s))
		want := map[bool]string{false: "could not be delivered", true: "has blocked their chat"}[blocked]
		if len(c.posts) != 1 || !strings.Contains(c.posts[0], want) || (c.complaints[0].Mandate.Informed == nil) != blocked {
			t.Errorf("blocked %t: %q, %+v", blocked, c.posts, c.complaints[0].Mandate)
		}
		if !c.customer.Reachable() {
			t.Error("the representative passes for gone")
		}
		c.passes("other", bot.Input{Command: "back"})
		if i := c.complaints[0].Mandate.Informed; i == nil || i.By != "U0ANN" {
			t.Errorf("blocked %t: back again, informs %+v", blocked, i)
		}
	}
}
