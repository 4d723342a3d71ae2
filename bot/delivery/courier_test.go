package delivery_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/delivery"
	"github.com/heedbot/heed/storage"
)

var start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// post is an office with a real store, a clock that is moved by hand, and
// doors made of paper.
type post struct {
	*testing.T
	store   *storage.Store
	courier *delivery.Courier
	now     time.Time
	sent    []sent
	n       int
	// answer is what the platform does with an attempt.
	answer func(ctx context.Context, s bot.Sending) error
}

type sent struct {
	text string
	at   time.Time
}

// door has no way to look up what it sent.
type door struct{ *post }

func (d door) Send(ctx context.Context, s bot.Sending) (string, error) {
	text := "post"
	switch {
	case s.Message != nil:
		text = s.Message.Text
	case s.Toast != nil:
		text = "toast"
	}
	d.sent = append(d.sent, sent{text, d.now})
	if d.answer != nil {
		if err := d.answer(ctx, s); err != nil {
			return "", err
		}
	}
	if s.EditID != "" {
		return s.EditID, nil
	}
	return fmt.Sprint("p", len(d.sent)), nil
}

// finder can look up what it sent.
type finder struct {
	door
	find func() (string, bool, error)
}

func (f finder) Find(context.Context, bot.Sending) (string, bool, error) { return f.find() }

func newPost(t *testing.T) *post {
	t.Helper()
	store, err := storage.Open(t.Context(), filepath.Join(t.TempDir(), "heed.db"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	p := &post{T: t, store: store, now: start}
	p.courier = &delivery.Courier{
		Store: store, Doors: map[bot.Channel]delivery.Door{bot.Telegram: door{p}, bot.Slack: door{p}},
		Now: func() time.Time { return p.now }, Chance: func() float64 { return 0.5 },
	}
	return p
}

func (p *post) rate(r bot.Rate) {
	p.courier.Features = func(c bot.Channel) bot.Features { return bot.Features{Channel: c, Rate: r} }
}

// say has the messages said in one turn of the chat's customer.
func (p *post) say(chat string, out ...bot.Outbound) {
	p.Helper()
	p.n++
	in := bot.Input{Key: fmt.Sprint("k", p.n), Channel: bot.Telegram, Kind: bot.InMessage, Chat: chat, At: p.now}
	if err := p.store.Receive(p.Context(), bot.Arrival{Input: in}); err != nil {
		p.Fatal(err)
	}
	p.turns(func(s bot.Situation) bot.Turn {
		if s.Input.Key != in.Key {
			return bot.Turn{}
		}
		for i := range out {
			if out[i].ID == "" {
				out[i].ID = bot.NewID(s.Lane, s.N, i)
			}
			if out[i].To.Chat == "" {
				out[i].To = s.Customer.Chat
			}
		}
		return bot.Turn{Say: out}
	})
}

// turns takes all turns that are due.
func (p *post) turns(decide func(bot.Situation) bot.Turn) {
	p.Helper()
	lanes, _, err := p.store.Due(p.Context(), p.now, 1000)
	if err != nil {
		p.Fatal(err)
	}
	for _, l := range lanes {
		for took := l.Kind() == 'c'; took; {
			took, err = p.store.Turn(p.Context(), l, p.now, func(s bot.Situation) (bot.Turn, error) { return decide(s), nil })
			if err != nil {
				p.Fatal(err)
			}
		}
	}
}

// deliver runs the courier until nothing is left, moving the clock to each
// next instant. It gives the settlements of what customers were told.
func (p *post) deliver() []bot.Settlement { return p.deliverUntil(start.AddDate(1, 0, 0)) }

// deliverUntil stops at the instant.
func (p *post) deliverUntil(end time.Time) []bot.Settlement {
	p.Helper()
	held := map[bot.Lane]time.Time{}
	for range 100_000 {
		lanes, next, err := p.store.Due(p.Context(), p.now, 1000)
		if err != nil {
			p.Fatal(err)
		}
		lanes = slices.DeleteFunc(lanes, func(l bot.Lane) bool { return l.Kind() != 'o' })
		ran := false
		for _, l := range lanes {
			if at, ok := held[l]; ok && at.After(p.now) {
				if next.IsZero() || at.Before(next) {
					next = at
				}
				continue
			}
			ran = true
			if held[l], err = p.courier.Step(p.Context(), l); err != nil {
				p.Fatal(err)
			}
		}
		if ran {
			continue
		}
		if next.IsZero() || next.After(end) {
			break
		}
		p.now = next
	}
	return p.settled()
}

func (p *post) settled() (ends []bot.Settlement) {
	p.turns(func(s bot.Situation) bot.Turn {
		if s.Input.Settled != nil {
			ends = append(ends, *s.Input.Settled)
		}
		return bot.Turn{}
	})
	return ends
}

func (p *post) texts() string {
	var s []string
	for _, x := range p.sent {
		s = append(s, x.text)
	}
	return strings.Join(s, " ")
}

func notice(text string) bot.Outbound {
	return bot.Outbound{Class: bot.Notice, Message: &bot.Message{Text: text}}
}

func human(text string) bot.Outbound {
	o := notice(text)
	o.Class, o.By, o.Counts = bot.Human, "U1", []bot.EventKind{bot.EvReplied}
	return o
}

func TestInOrderAndAcceptedWhenThePlatformSaysSo(t *testing.T) {
	p := newPost(t)
	p.answer = func(context.Context, bot.Sending) error {
		p.now = p.now.Add(3 * time.Second) // the platform is slow
		return nil
	}
	p.say("1", notice("a"), human("b"), notice("c"))
	ends := p.deliver()
	if p.texts() != "a b c" {
		t.Errorf("sent %q", p.texts())
	}
	if len(ends) != 3 || ends[1].State != bot.Sent || !ends[1].At.Equal(start.Add(6*time.Second)) {
		t.Fatalf("settled %+v", ends)
	}
	if e := ends[1]; e.By != "U1" || !slices.Equal(e.Counts, []bot.EventKind{bot.EvReplied}) || !slices.Equal(e.Platform, []string{"p2"}) {
		t.Errorf("the settlement does not say what was delivered: %+v", e)
	}
}

func TestVerdicts(t *testing.T) {
	no := errors.New("no")
	for name, c := range map[string]struct {
		class bot.Class
		err   error
		sends int
		state bot.State
		why   string
	}{
		"refused":            {bot.Human, bot.Undeliverable(no), 1, bot.Failed, delivery.WhyRefused},
		"blocked":            {bot.Human, bot.Blocked(no), 1, bot.Failed, delivery.WhyBlocked},
		"gave up":            {bot.Notice, no, 0, bot.Failed, delivery.WhyGaveUp},
		"fleeting":           {bot.Fleeting, no, 1, bot.Failed, delivery.WhyNotSent},
		"fleeting, told off": {bot.Fleeting, bot.TryAfter(no, time.Second), 1, bot.Failed, delivery.WhyNotSent},
		"fleeting in doubt":  {bot.Fleeting, bot.Ambiguous(no), 1, bot.Failed, delivery.WhyUnknown},
		"human in doubt":     {bot.Human, bot.Ambiguous(no), 1, bot.Possibly, ""},
		"notice in doubt":    {bot.Notice, bot.Ambiguous(no), 3, bot.Possibly, ""},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPost(t)
			p.answer = func(_ context.Context, s bot.Sending) error {
				if s.Message.Text == "next" {
					return nil
				}
				return c.err
			}
			first := notice("first")
			first.Class = c.class
			p.say("1", first, notice("next"))
			ends := p.deliver()
			if len(ends) != 2 || ends[0].State != c.state || ends[0].Why != c.why || ends[0].Blocked != (c.why == delivery.WhyBlocked) {
				t.Fatalf("settled %+v", ends)
			}
			if ends[1].State != bot.Sent {
				t.Error("what comes next in the lane is not sent")
			}
			if n := len(p.sent) - 1; c.sends > 0 && n != c.sends {
				t.Errorf("sent %d times, want %d", n, c.sends)
			}
			if c.why == delivery.WhyGaveUp {
				if took := ends[0].At.Sub(start); took < 72*time.Hour || took > 73*time.Hour {
					t.Errorf("gave up after %v", took)
				}
			}
		})
	}
}

func TestPausesGrowAndTheNextWaits(t *testing.T) {
	p := newPost(t)
	p.answer = func(context.Context, bot.Sending) error {
		if len(p.sent) < 5 {
			return errors.New("refused a connection")
		}
		return nil
	}
	p.say("1", human("a"), notice("b"))
	p.deliver()
	if p.texts() != "a a a a a b" {
		t.Fatalf("sent %q", p.texts())
	}
	for i, want := range []time.Duration{time.Second, 2 * time.Second, 5 * time.Second, 15 * time.Second} {
		if got := p.sent[i+1].at.Sub(p.sent[i].at); got != want {
			t.Errorf("pause %d is %v, want %v", i+1, got, want)
		}
	}
}

func TestTryAfterPausesTheAccountAndNoOther(t *testing.T) {
	p := newPost(t)
	p.rate(bot.Rate{PerAll: 10 * time.Millisecond})
	told := false
	p.answer = func(_ context.Context, s bot.Sending) error {
		if s.Message != nil && !told {
			told = true
			return bot.TryAfter(errors.New("429"), 30*time.Second)
		}
		return nil
	}
	for _, chat := range []string{"1", "2", "3"} {
		p.say(chat, notice("to "+chat))
	}
	desk := notice("")
	desk.Message, desk.Post = nil, &bot.Post{Text: "x"}
	desk.To = bot.Address{Channel: bot.Slack, Chat: "C1"}
	p.say("4", desk)
	p.deliver()
	first := true
	for _, s := range p.sent {
		wait := s.at.Sub(start)
		if s.text == "post" && wait > time.Second {
			t.Errorf("Slack had to wait %v for another platform", wait)
		}
		if s.text != "post" {
			if !first && wait < 30*time.Second {
				t.Errorf("%q was sent %v after the platform asked for 30 s", s.text, wait)
			}
			first = false
		}
	}
	if len(p.sent) != 5 {
		t.Errorf("sent %q", p.texts())
	}
}

func TestFinderSettlesDoubt(t *testing.T) {
	for name, c := range map[string]struct {
		found bool
		sends int
	}{"found": {true, 1}, "not found": {false, 2}} {
		t.Run(name, func(t *testing.T) {
			p := newPost(t)
			p.answer = func(context.Context, bot.Sending) error {
				if len(p.sent) == 1 {
					return bot.Ambiguous(errors.New("cut off"))
				}
				return nil
			}
			asked := 0
			p.courier.Doors[bot.Telegram] = finder{door{p}, func() (string, bool, error) {
				if asked++; asked == 1 {
					return "", false, errors.New("not now")
				}
				return "found", c.found, nil
			}}
			p.say("1", human("a"))
			ends := p.deliver()
			if len(ends) != 1 || ends[0].State != bot.Sent || (ends[0].Platform[0] == "found") != c.found {
				t.Errorf("settled %+v", ends)
			}
			if len(p.sent) != c.sends {
				t.Errorf("sent %d times, want %d", len(p.sent), c.sends)
			}
		})
	}
}

func TestStoppedWhileSending(t *testing.T) {
	for name, c := range map[string]struct {
		arrived bool
		class   bot.Class
		state   bot.State
		sends   int
	}{
		"the platform took it": {true, bot.Human, bot.Sent, 1},
		"a person's words":     {false, bot.Human, bot.Possibly, 1},
		"a notice":             {false, bot.Notice, bot.Sent, 2},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPost(t)
			ctx, stop := context.WithCancel(t.Context())
			p.answer = func(ctx context.Context, _ bot.Sending) error {
				stop()
				if c.arrived {
					return nil
				}
				return ctx.Err()
			}
			o := notice("a")
			o.Class = c.class
			p.say("1", o)
			lane := bot.OutLane(bot.Address{Channel: bot.Telegram, Chat: "1"}, "")
			if _, err := p.courier.Step(ctx, lane); !errors.Is(err, context.Canceled) {
				t.Errorf("Step = %v, want that it was stopped", err)
			}
			p.answer = nil
			ends := p.deliver()
			if len(ends) != 1 || ends[0].State != c.state || len(p.sent) != c.sends {
				t.Errorf("settled %+v after %d sends", ends, len(p.sent))
			}
		})
	}
}

func TestAPanicOfADoorLeavesDoubt(t *testing.T) {
	p := newPost(t)
	p.answer = func(context.Context, bot.Sending) error { panic("lost") }
	p.say("1", human("a"))
	if ends := p.deliver(); len(ends) != 1 || ends[0].State != bot.Possibly {
		t.Errorf("settled %+v", ends)
	}
}

func TestNotWorthSending(t *testing.T) {
	late := notice("late")
	late.Expires = start.Add(-time.Second)
	edit := notice("edit")
	edit.Edits = "never said"
	for name, c := range map[string]struct {
		o   bot.Outbound
		why string
	}{"expired": {late, delivery.WhyExpired}, "edit of nothing": {edit, delivery.WhyNoCard}} {
		t.Run(name, func(t *testing.T) {
			p := newPost(t)
			p.say("1", c.o)
			ends := p.deliver()
			if len(p.sent) != 0 || len(ends) != 1 || ends[0].Why != c.why {
				t.Errorf("sent %q, settled %+v", p.texts(), ends)
			}
		})
	}
}

func TestNoDoorKeepsTheMessage(t *testing.T) {
	p := newPost(t)
	doors := p.courier.Doors
	p.courier.Doors = nil
	p.say("1", notice("a"))
	lane := bot.OutLane(bot.Address{Channel: bot.Telegram, Chat: "1"}, "")
	if next, err := p.courier.Step(t.Context(), lane); err != nil || !next.After(p.now) {
		t.Fatal(next, err)
	}
	p.courier.Doors = doors
	if ends := p.deliver(); len(ends) != 1 || ends[0].State != bot.Sent {
		t.Errorf("settled %+v", ends)
	}
}
