package flows_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/bottest"
	"github.com/heedbot/heed/bot/telegram"
	"github.com/heedbot/heed/flows"
	"github.com/heedbot/heed/flows/casework"
)

// chat is one customer's lane in memory. What a turn leaves goes through JSON,
// as it does on its way to the disk: nothing else is remembered.
type chat struct {
	t          *testing.T
	flows      flows.Flows
	now        time.Time
	n          int64
	customer   bot.Customer
	complaints []bot.Complaint
	evidence   []bot.Evidence
	timers     map[string]bot.Timer
	answers    []string // what the customer was sent
	others     []string // what somebody else was sent
	posts      []string // what staff were shown, but for changes of the card
}

func again[T any](t *testing.T, v T) (out T) {
	t.Helper()
	b, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(b, &out)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (c *chat) situation(in bot.Input) bot.Situation {
	c.n++
	return again(c.t, bot.Situation{Input: in, Now: c.now, Lane: bot.TurnLane(c.customer.ID), N: c.n,
		Seed: [32]byte{byte(c.n), byte(c.n >> 8)}, Customer: c.customer, Complaints: c.complaints, Evidence: c.evidence,
		Features: telegram.Features()})
}

func (c *chat) take(turn bot.Turn, err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
	c.customer = *turn.Customer
	for _, x := range turn.Complaints {
		kept := false
		for i := range c.complaints {
			if c.complaints[i].Ref == x.Ref {
				c.complaints[i], kept = x, true
			}
		}
		if !kept {
			c.complaints = append(c.complaints, x)
		}
	}
	for _, e := range turn.Evidence {
		e.State = bot.FileKept
		c.evidence = append(c.evidence, e)
	}
	for _, k := range turn.Stop {
		delete(c.timers, k)
	}
	for _, k := range turn.Set {
		c.timers[k.Key] = k
	}
	for _, o := range turn.Say {
		switch {
		case o.Message != nil && o.To != c.customer.Chat:
			c.others = append(c.others, o.Message.Text)
		case o.Message != nil:
			c.answers = append(c.answers, o.Message.Text)
		case o.Post != nil && o.Edits == "" && o.About == "thread":
			c.posts = append(c.posts, o.Post.Text)
		}
	}
}

// wake lets every timer go off that is due by an instant.
func (c *chat) wake(by time.Time) {
	c.t.Helper()
	for {
		var next *bot.Timer
		for _, k := range c.timers {
			if !k.Due.After(by) && (next == nil || k.Due.Before(next.Due)) {
				next = &k
			}
		}
		if next == nil {
			break
		}
		delete(c.timers, next.Key)
		if next.Due.After(c.now) {
			c.now = next.Due
		}
		c.take(c.flows.Wake(c.situation(bot.Input{Kind: bot.InTimer, At: next.Due, Timer: next})))
	}
	c.now = by
}

func (c *chat) hear(in bot.Input) {
	c.t.Helper()
	in.Channel, in.Account, in.Chat = bot.Telegram, "4242", "1001"
	if in.At.IsZero() {
		in.At = c.now.Truncate(time.Second)
	}
	c.take(c.flows.Hear(c.situation(in)))
}

// complained is a customer with one open complaint.
func complained(t *testing.T, max int) *chat {
	t.Helper()
	return lodged(t, usual, max, map[string]bot.Answer{"topic": {Option: "service"}})
}

// lodged is a customer with one open complaint under a pack, with these answers.
func lodged(t *testing.T, name string, max int, answers map[string]bot.Answer) *chat {
	t.Helper()
	catalog, err := words()
	if err != nil {
		t.Fatal(err)
	}
	pol := pack(t, name)
	house := &casework.House{Words: catalog, Policy: pol, Language: "en", Managers: []string{bottest.ManagerID},
		Desk: bot.Address{Channel: bot.Slack, Chat: bottest.DeskID}, FloodMax: max}
	answers["summary"] = bot.Answer{Done: true, Parts: []bot.Part{{Text: "No water."}}}
	c := &chat{t: t, flows: flows.Flows{House: house}, now: time.Date(2026, 11, 10, 9, 0, 0, 0, time.UTC), timers: map[string]bot.Timer{},
		customer: bot.Customer{ID: "c", Language: "en", Greeted: true, Chat: bot.Address{Channel: bot.Telegram, Account: "4242", Chat: "1001"},
			Draft: &bot.Draft{N: 1, Policy: pol.Hash, Answers: answers}}}
	w := casework.New(house, c.situation(bot.Input{Kind: bot.InMessage, At: c.now}))
	w.Lodge(c.now, "", "")
	c.take(w.Turn(), nil)
	c.now = c.now.Add(time.Hour)
	c.answers, c.posts = nil, nil
	return c
}

// A6: of three hundred messages in a minute every word is kept; from the limit
// on they are answered twice, when it begins and when it is over, and staff get
// one post.
func TestThreeHundredMessagesAMinute(t *testing.T) {
	const limit, all = 20, 300
	c := complained(t, limit)
	for i := range all {
		if i == limit {
			c.answers, c.posts = nil, nil
		}
		c.hear(bot.Input{Kind: bot.InMessage, MessageID: fmt.Sprint(i), Text: fmt.Sprintf("It drips %d", i)})
		c.wake(c.now.Add(190 * time.Millisecond))
	}
	if len(c.answers) != 1 || len(c.posts) != 0 {
		t.Fatalf("while it lasts: %d answers %q, %d posts", len(c.answers), c.answers, len(c.posts))
	}
	// A message that is changed later is found where it was kept.
	c.take(c.flows.Hear(c.situation(bot.Input{Kind: bot.InEdit, MessageID: "250", Text: "It stopped dripping", At: c.now})))
	c.wake(c.now.Add(2 * time.Minute))
	if len(c.answers) != 2 || len(c.posts) != 1 {
		t.Fatalf("in the end: %d answers %q, %d posts %q", len(c.answers), c.answers, len(c.posts), c.posts)
	}
	if !strings.Contains(c.answers[1], "280 messages") || !strings.Contains(c.posts[0], "280 messages") {
		t.Errorf("nobody is told how many there were: %q, %q", c.answers[1], c.posts[0])
	}
	text := "\n" + c.complaints[0].Answers[casework.Later].Text() + "\n"
	at := 0
	for i := range all {
		want := fmt.Sprintf("\nIt drips %d\n", i)
		if i == 250 {
			want = "\nIt stopped dripping\n"
		}
		j := strings.Index(text[at:], want)
		if j < 0 {
			t.Fatalf("%q is lost, or not in its place", want)
		}
		at += j
	}
	if f := c.customer.Flood; f != nil {
		t.Errorf("something is left over: %+v", f)
	}
	// What comes afterwards is answered at once again.
	c.hear(bot.Input{Kind: bot.InMessage, MessageID: "later", Text: "It drips again"})
	if len(c.answers) != 3 || len(c.posts) != 2 {
		t.Errorf("afterwards: %q, %q", c.answers, c.posts)
	}
}

// Slow or unlimited, no flood is seen; an album counts as one message.
func TestWhatIsNoFlood(t *testing.T) {
	text := func(i int) bot.Input {
		return bot.Input{Kind: bot.InMessage, MessageID: fmt.Sprint(i), Text: fmt.Sprintf("It drips %d", i)}
	}
	// written a minute apart, and all delivered when the program was back
	delayed := func(i int) bot.Input {
		in := text(i)
		in.At = time.Date(2026, 11, 10, 6, i, 0, 0, time.UTC)
		return in
	}
	photo := func(i int) bot.Input {
		return bot.Input{Kind: bot.InMessage, MessageID: fmt.Sprint(i), Group: fmt.Sprint("album", i/10), Files: []bot.File{{Kind: "photo", Size: 9, Handle: "h"}}}
	}
	for name, x := range map[string]struct {
		limit, all int
		pause      time.Duration
		in         func(int) bot.Input
		floods     bool
	}{
		"no limit":                {0, 100, 0, text, false},
		"at the limit":            {20, 20, 0, text, false},
		"one more":                {20, 21, 0, text, true},
		"twenty a minute":         {20, 100, 3 * time.Second, text, false},
		"a little faster":         {20, 100, 2900 * time.Millisecond, text, true},
		"two albums of ten":       {2, 20, 0, photo, false},
		"three albums of ten":     {2, 30, 0, photo, true},
		"after downtime, at once": {20, 60, 0, delayed, false},
	} {
		t.Run(name, func(t *testing.T) {
			c := complained(t, x.limit)
			seen := false
			for i := range x.all {
				c.hear(x.in(i))
				seen = seen || c.customer.Flood != nil && !c.customer.Flood.Since.IsZero()
				c.now = c.now.Add(x.pause)
			}
			if seen != x.floods {
				t.Errorf("a flood was seen: %t", seen)
			}
		})
	}
}

// What heed cannot read is answered as such, once.
func TestFloodOfStickers(t *testing.T) {
	c := complained(t, 5)
	for i := range 30 {
		if i == 5 {
			c.answers = nil
		}
		c.hear(bot.Input{Kind: bot.InMessage, MessageID: fmt.Sprint(i), Unsupported: "sticker"})
	}
	c.wake(c.now.Add(2 * time.Minute))
	if len(c.answers) != 2 || len(c.posts) != 0 || !strings.Contains(c.answers[1], "cannot read") {
		t.Errorf("answers %q, posts %q", c.answers, c.posts)
	}
}

// However long it goes on, after ten minutes the customer is answered.
func TestFloodWithoutEnd(t *testing.T) {
	c := complained(t, 5)
	begun := time.Time{}
	for i := range 2000 {
		c.hear(bot.Input{Kind: bot.InMessage, MessageID: fmt.Sprint(i), Text: "drip"})
		if f := c.customer.Flood; begun.IsZero() && f != nil && !f.Since.IsZero() {
			begun = c.now
			c.answers = nil
		}
		c.wake(c.now.Add(time.Second))
		if !begun.IsZero() && len(c.answers) > 0 {
			if took := c.now.Sub(begun); took < 10*time.Minute || took > 10*time.Minute+2*time.Second {
				t.Errorf("answered after %v", took)
			}
			return
		}
	}
	t.Error("never answered")
}
