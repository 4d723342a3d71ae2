package flows_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
)

// says has the customer write one message, an hour after the last thing.
func (c *chat) says(text string) {
	c.t.Helper()
	c.now = c.now.Add(time.Hour)
	c.hear(bot.Input{Kind: bot.InMessage, MessageID: fmt.Sprint("m", c.n), Text: text})
}

// twoComplaints is a customer with two open complaints, the second one walled or
// not, and a block: in the first, unless the block says otherwise.
func twoComplaints(t *testing.T, wall *bot.Wall, block bot.Step) *chat {
	c := complained(t, 0)
	other := c.complaints[0]
	other.Ref, other.Wall, other.Received = "BBB-BBB-BBB", wall, c.now
	if wall != nil {
		other.Home = "C-SENIOR"
	}
	c.complaints = append(c.complaints, other)
	block.Do, block.At, block.Told, block.Until = bot.StepBlock, c.now.Add(time.Minute), c.now.Add(time.Minute), c.now.AddDate(0, 1, 0)
	if block.Complaint == "" {
		block.Complaint = c.complaints[0].Ref
	}
	c.customer.Steps = []bot.Step{block}
	c.now = c.now.Add(2 * time.Minute)
	return c
}

// TestABlockInSomeComplaintsAsks: where only some complaints are blocked, the
// customer says which one their words are for.
func TestABlockInSomeComplaintsAsks(t *testing.T) {
	c := twoComplaints(t, &bot.Wall{Searched: true}, bot.Step{N: 1001, Complaint: "BBB-BBB-BBB", Walled: true})
	c.says("The leak is worse.")
	if len(c.customer.Unshown) > 0 || c.customer.Held == nil || len(c.answers) == 0 {
		t.Errorf("kept %v, held %v, answered %q", c.customer.Unshown, c.customer.Held, c.answers)
	}
	// Nobody said: what may be about a member of staff does not go to the desk.
	c.wake(c.now.AddDate(0, 0, 1))
	if got := len(c.customer.Unshown["BBB-BBB-BBB"].Parts); got != 1 {
		t.Errorf("of unplaced words %d are kept for the walled complaint", got)
	}
}

// TestTheAccusedBlocksNothingAboutThem: a block found elsewhere holds back
// nothing of a complaint about a member of staff.
func TestTheAccusedBlocksNothingAboutThem(t *testing.T) {
	c := twoComplaints(t, &bot.Wall{Searched: true, Hidden: []bot.Hidden{{Staff: "mia"}}}, bot.Step{N: 1, By: "mia"})
	c.customer.Focus = "BBB-BBB-BBB"
	c.says("Mia has done it again.")
	if a := c.complaints[1].Answers[casework.Later]; !strings.Contains(a.Text(), "Mia has done it again.") {
		t.Errorf("it is not shown: %+v, kept %v", a, c.customer.Unshown)
	}
}

// TestAWallShowsWhatNothingBlocks: once a block is behind a wall, it blocks
// nothing else.
func TestAWallShowsWhatNothingBlocks(t *testing.T) {
	c := twoComplaints(t, nil, bot.Step{N: 1})
	c.customer.Focus = "BBB-BBB-BBB"
	c.says("The leak is worse.")
	if len(c.customer.Unshown["BBB-BBB-BBB"].Parts) != 1 {
		t.Fatalf("kept: %v", c.customer.Unshown)
	}
	w := casework.New(c.flows.House, c.situation(bot.Input{Kind: bot.InAct, At: c.now}))
	w.Enclose(w.Complaints()[0], "eva", "It is about Mia.", []bot.Hidden{{Staff: "mia"}})
	c.take(w.Turn(), nil)
	if a := c.complaints[1].Answers[casework.Later]; !strings.Contains(a.Text(), "The leak is worse.") || len(c.customer.Unshown) > 0 {
		t.Errorf("not shown: %+v, kept %v", a, c.customer.Unshown)
	}
}

// TestWhatIsWrongIsHeardWhole: who disagrees while blocked is heard for an
// hour: in many messages, in an album, in a flood.
func TestWhatIsWrongIsHeardWhole(t *testing.T) {
	disputed := func(most int) *chat {
		c := complained(t, most)
		c.complaints[0].Stage = bot.Disputed
		c.customer.Focus = c.complaints[0].Ref
		c.customer.Steps = []bot.Step{{N: 1, Do: bot.StepBlock, Complaint: c.complaints[0].Ref, At: c.now, Told: c.now, Until: c.now.AddDate(0, 1, 0)}}
		return c
	}
	kept := func(c *chat) int {
		h := c.customer.Unshown[c.complaints[0].Ref]
		return len(h.Parts) + len(h.Files)
	}
	c := disputed(0)
	for _, m := range []string{"1", "2", "3"} {
		c.hear(bot.Input{Kind: bot.InMessage, MessageID: m, Group: "g", Files: []bot.File{{Kind: "photo", Size: 9, Handle: "h"}}})
	}
	c.now = c.now.Add(50 * time.Minute)
	c.hear(bot.Input{Kind: bot.InMessage, MessageID: "4", Text: "The line was cut twice."})
	if got := len(c.complaints[0].Files); got != 3 || kept(c) != 0 {
		t.Errorf("of an album %d files are shown; kept: %d", got, kept(c))
	}
	c.says("More, two hours later.")
	if kept(c) != 1 {
		t.Errorf("beyond the hour %d are kept", kept(c))
	}
	c = disputed(5)
	c.now = c.now.Add(3 * time.Hour)
	for i := range 20 {
		c.now = c.now.Add(time.Second)
		c.hear(bot.Input{Kind: bot.InMessage, MessageID: fmt.Sprint("f", i), Text: fmt.Sprint("Point ", i)})
	}
	c.wake(c.now.Add(10 * time.Minute))
	if got := strings.Count(c.complaints[0].Answers[casework.Later].Text(), "Point "); got != 20 || kept(c) != 0 {
		t.Errorf("of a flood %d are shown; kept: %d", got, kept(c))
	}
}

// TestAskedForIsHeard: what staff asked a blocked customer for reaches them.
func TestAskedForIsHeard(t *testing.T) {
	c := twoComplaints(t, nil, bot.Step{N: 1})
	c.complaints = c.complaints[:1]
	c.complaints[0].Waiting = c.now
	c.hear(bot.Input{Kind: bot.InMessage, MessageID: "i1", Files: []bot.File{{Kind: "photo", Size: 9, Handle: "h"}}})
	c.hear(bot.Input{Kind: bot.InMessage, MessageID: "i2", Text: "This is the invoice."})
	if x := c.complaints[0]; len(x.Files) != 1 || !strings.Contains(x.Answers[casework.Later].Text(), "invoice") || len(c.customer.Unshown) > 0 {
		t.Errorf("shown: %q %+v, kept %v", x.Files, x.Answers[casework.Later], c.customer.Unshown)
	}
	if !slices.ContainsFunc(c.answers, func(s string) bool { return strings.Contains(s, "Our team can see it") }) {
		t.Errorf("the customer hears %q", c.answers)
	}
}
