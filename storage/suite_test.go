package storage

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
)

// opener makes a fresh, empty database and opens it. Again closes the store
// and opens its database anew, as a restart does.
type opener func(t *testing.T, opt ...Options) (s *Store, again func() *Store)

// suite is what every database must pass.
func suite(t *testing.T, open opener) {
	for _, c := range []struct {
		name string
		test func(*testing.T, opener)
	}{
		{"a repetition is dropped", repetition},
		{"each input goes to its lane", lanes},
		{"inputs are taken in the order they were kept", order},
		{"raw bodies come back byte for byte", rawBodies},
		{"a timer goes before what was kept after it was due", timersFirst},
		{"a timer set again is replaced, and stopped is gone", timerReplaced},
		{"a failing turn leaves nothing behind", failingTurn},
		{"five failures set an input aside and the lane goes on", aside},
		{"five failures set a timer aside", timerAside},
		{"a situation holds all that was saved", situationLoads},
		{"only the complaint's own message is shown to an act", aboutActs},
		{"a settled verdict never changes", frozenVerdict},
		{"events are only added and their chain holds", chain},
		{"words can be erased without breaking the chain", erasure},
		{"the head of a lane holds up the rest", headOfLine},
		{"a message waits for the one it names", waitsForNamed},
		{"a lease that ran out comes back as doubtful", leaseOver},
		{"what was being sent at a restart is doubtful at once", doubtAfterRestart},
		{"a newer edit takes the place of one not begun", editsReplaced},
		{"an expired fleeting message fails and is skipped", fleeting},
		{"a delivery's end becomes one input", settlement},
		{"a file lost on its way to the desk becomes an input", lostFile},
		{"a copy that another channel did not get becomes an input", lostCopy},
		{"a lease can be held on to", heldLease},
		{"an edit takes the place of a card that failed", placeTaken},
		{"evidence is fetched once", fetching},
		{"due lists only what can be done", due},
		{"woken after a commit that gives work", woken},
		{"the desk reads what turns saved", deskReads},
		{"figures count verdicts", figures},
		{"a paused promise is neither overdue nor due next", pausedPromise},
		{"surveys are counted once, where they were first delivered", surveys},
		{"no field of what is kept gets lost", nothingLost},
		{"an act creates the customer it says is new", newCustomer},
		{"a link code in a message is found", linkCodes},
		{"a customer adopted is the adopter's in all", adoption},
		{"what ends after an adoption reaches the adopter", adoptionLater},
		{"waiting inputs keep their order and pauses when adopted", adoptedInputs},
		{"an adopted chat is the adopter's", adoptedChat},
		{"an adoption of nobody, or one that fails, changes nothing", noAdoption},
		{"measures survive an adoption under numbers of their own", adoptedMeasures},
		{"who is kept informed stays so when adopted", adoptedInforms},
		{"what is walled does not exist for those it is kept from", seenWorlds},
		{"eyes of no rank see nothing", noRank},
		{"a wall's rows follow the complaint", wallFollows},
		{"measures and conduct are listed and counted", measures},
		{"a customer is shown without their conversation", shownOwner},
		{"who joined a channel is told to each complaint kept from them", joinedInputs},
		{"inputs are passed to the lanes of other complaints", passedInputs},
		{"what was posted is taken out of a channel", removals},
		{"what is being sent is removed once it has ended", removedInFlight},
		{"a deletion that fails becomes an input", failedRemoval},
		{"what someone would have seen becomes an input", watchedInputs},
		{"what was posted is posted anew, in its newest form and order", moves},
		{"what is being sent is told from what is posted anew", movedInFlight},
		{"an edit that is a post of its own is removed too", editOfItsOwn},
		{"only what waits for staff is posted anew where that is asked", onlyPending},
		{"each refusal of what was moved is told", watchedTwice},
		{"a move that fails changes nothing", failedMove},
		{"link codes can be made void", voidCodes},
		{"settings, packs and dialogs are kept", keepsakes},
		{"old dialogs and bodies are forgotten", pruning},
		{"an error names no chat", hiddenLanes},
		{"sixteen at once", sixteen},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, open) })
	}
}

var (
	bg = context.Background()
	t0 = time.Date(2026, 3, 2, 9, 0, 0, 123e6, time.UTC)
)

// eyes see all that these tests save.
var eyes = bot.Sight{Staff: "U9", Rank: bot.RankAgent}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Fatalf("%s: got %v, want %v", what, got, want)
	}
}

func message(key, chat, text string, at time.Time) bot.Arrival {
	return bot.Arrival{Raw: []byte(text), Input: bot.Input{
		Key: key, Channel: bot.Telegram, Account: "a", Kind: bot.InMessage, At: at, Chat: chat, Text: text,
		Person: bot.Person{ID: chat, Name: "Name of " + chat},
	}}
}

func act(key string, a bot.Act) bot.Arrival {
	return bot.Arrival{Input: bot.Input{Key: key, Channel: bot.Slack, Kind: bot.InAct, At: t0, Act: &a}}
}

// take takes the lane's next turn, which must be there.
func take(t *testing.T, s *Store, lane bot.Lane, now time.Time, made bot.Turn) (sit bot.Situation) {
	t.Helper()
	ok, err := s.Turn(bg, lane, now, func(x bot.Situation) (bot.Turn, error) {
		sit = x
		return made, nil
	})
	must(t, err)
	if !ok {
		t.Fatalf("lane %s has nothing to take", lane)
	}
	return sit
}

func idle(t *testing.T, s *Store, lane bot.Lane, now time.Time) {
	t.Helper()
	in, ok, err := s.Peek(bg, lane, now)
	must(t, err)
	if ok {
		t.Fatalf("lane %s has %s %q to take", lane, in.Kind, in.Key)
	}
}

// customer has one message kept and gives the lane it made.
func customer(t *testing.T, s *Store, chat string) bot.Lane {
	t.Helper()
	key := "hello-" + chat
	must(t, s.Receive(bg, message(key, chat, "hello", t0)))
	for _, lane := range dueAt(t, s, t0) {
		in, ok, err := s.Peek(bg, lane, t0)
		must(t, err)
		if ok && in.Key == key {
			return lane
		}
	}
	t.Fatal("the customer's lane is not due")
	return ""
}

func dueAt(t *testing.T, s *Store, now time.Time) []bot.Lane {
	t.Helper()
	lanes, _, err := s.Due(bg, now, 100)
	must(t, err)
	return lanes
}

func words(id, text string, to bot.Address) bot.Outbound {
	return bot.Outbound{ID: id, To: to, Class: bot.Notice, Message: &bot.Message{Text: text}}
}

func post(id string) bot.Outbound {
	return bot.Outbound{ID: id, To: bot.Address{Channel: bot.Slack, Chat: "C1"}, Class: bot.Notice, Post: &bot.Post{Text: id}}
}

var chat9 = bot.Address{Channel: bot.Telegram, Account: "a", Chat: "9"}

// saying has a turn say things and gives the lane of that turn.
func saying(t *testing.T, s *Store, out ...bot.Outbound) bot.Lane {
	t.Helper()
	lane := customer(t, s, "9")
	take(t, s, lane, t0, bot.Turn{Say: out})
	return lane
}

func claim(t *testing.T, s *Store, lane bot.Lane, now time.Time) bot.Sending {
	t.Helper()
	x, ok, err := s.Claim(bg, lane, now, now.Add(time.Minute))
	must(t, err)
	if !ok {
		t.Fatalf("lane %s has nothing to send", lane)
	}
	return x
}

func noClaim(t *testing.T, s *Store, lane bot.Lane, now time.Time) {
	t.Helper()
	x, ok, err := s.Claim(bg, lane, now, now.Add(time.Minute))
	must(t, err)
	if ok {
		t.Fatalf("lane %s gave out %s", lane, x.ID)
	}
}

func sent(t *testing.T, s *Store, lane bot.Lane, id, platform string) {
	t.Helper()
	must(t, s.Settle(bg, lane, bot.Settlement{Out: id, State: bot.Sent, At: t0, Platform: []string{platform}}))
}

func newComplaint(ref bot.Ref, lane bot.Lane) bot.Complaint {
	return bot.Complaint{
		Ref: ref, Customer: lane.Customer(), Stage: bot.Received, Round: 1, Policy: "p1", Language: "en", Channel: bot.Telegram,
		Received: t0, Promises: []bot.Promise{{
			ID: "acknowledge", Round: 1, From: bot.EvReceived, Until: bot.EvAcknowledged, Within: "24h",
			Start: t0, Due: t0.Add(24 * time.Hour), Firm: true, Verdict: bot.Open,
		}},
	}
}

var errTest = errors.New("made by the test")

func fails(bot.Situation) (bot.Turn, error) { return bot.Turn{}, errTest }

func key(i int) string { return fmt.Sprintf("k%04d", i) }
