package delivery

import (
	"strings"
	"sync"
	"time"

	"github.com/heedbot/heed/bot"
)

const (
	// slotLife is how long a slot waits for a lane that does not come back.
	slotLife = 5 * time.Minute
	// sweepAt is the number of meters and slots at which old ones are dropped.
	sweepAt = 1024
)

// pace keeps to the rates of accounts and chats. It works in the instants it
// is given, so it keeps time with whatever clock drives the courier. A lane
// that has to wait gets a slot and finds it free when it comes back: however
// many lanes wait for one account, each asks once.
type pace struct {
	mu       sync.Mutex
	meters   map[string]time.Time // when a meter's whole burst is there again
	paused   map[string]time.Time // accounts that asked to be left alone
	slots    map[bot.Lane]slot
	sweeping int
}

type slot struct {
	at      time.Time
	account string
}

// take reserves the lane's next send. The instant it gives is not after now
// where the lane may send at once; else the lane keeps a slot for it. Without
// wait no slot is kept: the instant then only says when to ask again.
func (p *pace) take(lane bot.Lane, r bot.Rate, now time.Time, wait bool) time.Time {
	account, chat := keys(lane)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sweep(now)
	quiet := p.paused[account]
	if s, ok := p.slots[lane]; ok {
		if !s.at.Before(quiet) {
			if !s.at.After(now) {
				delete(p.slots, lane)
			}
			return s.at
		}
		delete(p.slots, lane)
	}
	byAccount := latest(now, quiet, free(p.meters[account], r.PerAll, 1))
	at := latest(byAccount, free(p.meters[chat], r.PerChat, max(r.Burst, 1)))
	if at.After(now) && !wait {
		return at
	}
	// The account's capacity is counted from when it was free, not from when
	// the chat is: a slow chat must not hold up the others.
	p.spend(account, byAccount, r.PerAll)
	p.spend(chat, at, r.PerChat)
	if at.After(now) {
		p.slots[lane] = slot{at: at, account: account}
	}
	return at
}

// giveBack returns what take reserved for now and nothing was sent with.
func (p *pace) giveBack(lane bot.Lane, r bot.Rate) {
	account, chat := keys(lane)
	p.mu.Lock()
	defer p.mu.Unlock()
	for key, every := range map[string]time.Duration{account: r.PerAll, chat: r.PerChat} {
		if m, ok := p.meters[key]; ok {
			p.meters[key] = m.Add(-every)
		}
	}
}

// pause leaves the lane's account alone until the instant.
func (p *pace) pause(lane bot.Lane, until time.Time) {
	account, _ := keys(lane)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open()
	p.paused[account] = latest(p.paused[account], until)
	// Those who wait queue up again behind the pause, one after another.
	delete(p.meters, account)
	for l, s := range p.slots {
		if s.account == account && s.at.Before(until) {
			delete(p.slots, l)
		}
	}
}

func (p *pace) spend(key string, at time.Time, every time.Duration) {
	if every > 0 {
		p.meters[key] = latest(p.meters[key], at).Add(every)
	}
}

func (p *pace) open() {
	if p.meters == nil {
		p.meters, p.paused, p.slots = map[string]time.Time{}, map[string]time.Time{}, map[bot.Lane]slot{}
		p.sweeping = sweepAt
	}
}

// sweep drops what says nothing any more.
func (p *pace) sweep(now time.Time) {
	p.open()
	if len(p.meters)+len(p.slots) < p.sweeping {
		return
	}
	for k, full := range p.meters {
		if !full.After(now) {
			delete(p.meters, k)
		}
	}
	for k, until := range p.paused {
		if !until.After(now) {
			delete(p.paused, k)
		}
	}
	for l, s := range p.slots {
		if now.Sub(s.at) > slotLife {
			delete(p.slots, l)
		}
	}
	p.sweeping = max(sweepAt, 2*(len(p.meters)+len(p.slots)))
}

// free is when a meter has room for one more.
func free(full time.Time, every time.Duration, burst int) time.Time {
	return full.Add(-time.Duration(burst-1) * every)
}

// keys names the account and the chat of an outgoing lane. All threads of a
// Slack channel are one chat: Slack limits the channel.
func keys(lane bot.Lane) (account, chat string) {
	parts := strings.SplitN(string(lane), ":", 5) // o, channel, account, chat, thread
	for len(parts) < 4 {
		parts = append(parts, "")
	}
	account = parts[1] + ":" + parts[2]
	chat = parts[3]
	if len(parts) == 5 && parts[1] != string(bot.Slack) {
		chat += ":" + parts[4]
	}
	return account, account + ":" + chat
}

func channelOf(lane bot.Lane) bot.Channel {
	account, _ := keys(lane)
	channel, _, _ := strings.Cut(account, ":")
	return bot.Channel(channel)
}

func latest(t time.Time, others ...time.Time) time.Time {
	for _, o := range others {
		if o.After(t) {
			t = o
		}
	}
	return t
}
