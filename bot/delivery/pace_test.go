package delivery_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/delivery"
)

func TestAChatIsNotFlooded(t *testing.T) {
	p := newPost(t)
	p.rate(bot.Rate{PerChat: time.Second, Burst: 3})
	p.say("1", notice("a"), notice("b"), notice("c"), notice("d"), notice("e"), notice("f"))
	p.deliver()
	if p.texts() != "a b c d e f" {
		t.Fatalf("sent %q", p.texts())
	}
	for i, s := range p.sent {
		if want := time.Duration(max(0, i-2)) * time.Second; s.at.Sub(start) != want {
			t.Errorf("message %d went out after %v, want %v", i+1, s.at.Sub(start), want)
		}
	}
}

func TestThreadsShareTheirChannelsPace(t *testing.T) {
	p := newPost(t)
	p.rate(bot.Rate{PerChat: time.Second, Burst: 3})
	for range 6 {
		p.say("1", bot.Outbound{
			To: bot.Address{Channel: bot.Slack, Account: "T1", Chat: "C1"}, Class: bot.Notice, Post: &bot.Post{Text: "card"},
		})
	}
	p.deliver()
	if len(p.sent) != 6 || p.sent[5].at.Sub(start) != 3*time.Second {
		t.Errorf("six cards: %v", p.sent)
	}
}

func TestManyChatsShareTheAccountsPace(t *testing.T) {
	p := newPost(t)
	p.rate(bot.Rate{PerAll: 33 * time.Millisecond, PerChat: time.Second, Burst: 3})
	const chats = 60
	for i := range chats {
		p.say(fmt.Sprint(i), notice("hello"))
	}
	asks := &counting{Store: p.store}
	p.courier.Store = asks
	p.deliver()
	if len(p.sent) != chats {
		t.Fatalf("%d messages sent, want %d", len(p.sent), chats)
	}
	for i := 1; i < chats; i++ {
		if gap := p.sent[i].at.Sub(p.sent[i-1].at); gap < 33*time.Millisecond || gap > 40*time.Millisecond {
			t.Errorf("message %d came %v after the one before", i+1, gap)
		}
	}
	if asks.claims > 2*chats {
		t.Errorf("%d claims for %d messages: waiting must not ask the store", asks.claims, chats)
	}
}

type counting struct {
	delivery.Store
	claims int
}

func (c *counting) Claim(ctx context.Context, l bot.Lane, now, until time.Time) (bot.Sending, bool, error) {
	c.claims++
	return c.Store.Claim(ctx, l, now, until)
}
