package bottest

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/turn"
)

// watched are the flows with the chance of a script: the same in each run. It
// looks at each turn as it passes.
type watched struct {
	p     *Player
	flows turn.Flows
}

func (w watched) Hear(s bot.Situation) (bot.Turn, error)   { return w.take(s, w.flows.Hear) }
func (w watched) Act(s bot.Situation) (bot.Turn, error)    { return w.take(s, w.flows.Act) }
func (w watched) Wake(s bot.Situation) (bot.Turn, error)   { return w.take(s, w.flows.Wake) }
func (w watched) Settle(s bot.Situation) (bot.Turn, error) { return w.take(s, w.flows.Settle) }

func (w watched) take(s bot.Situation, do func(bot.Situation) (bot.Turn, error)) (bot.Turn, error) {
	if w.p.crash.now(crashTurn) {
		return bot.Turn{}, w.p.die()
	}
	s.Seed = sha256.Sum256([]byte("transcript " + w.p.called(s.Customer) + " " + strconv.FormatInt(s.N, 10)))
	t, err := do(s)
	if err != nil {
		return t, err
	}
	if t.Customer != nil {
		if ph := w.p.phoneOf(t.Customer.Chat.Chat); ph != nil {
			ph.language = t.Customer.Language
		}
	}
	for _, c := range t.Complaints {
		w.p.watch(c)
	}
	for _, o := range t.Say {
		w.p.spoken[o.Lane()] = true
	}
	return t, nil
}

// called names a customer, the same in each run: by their chat, or by when they
// were first heard of.
func (p *Player) called(c bot.Customer) string {
	if c.HasChat() {
		return c.Chat.Chat
	}
	n, ok := p.chatless[c.ID]
	if !ok {
		n = len(p.chatless)
		p.chatless[c.ID] = n
	}
	if n == 0 {
		return ""
	}
	return "without a chat " + strconv.Itoa(n)
}

// watch notes a complaint and sees to it that no verdict ever changes.
func (p *Player) watch(c bot.Complaint) {
	p.cases[c.Ref] = c
	if c.Home == bot.Nowhere && !slices.Contains(p.refs, c.Ref) {
		p.refs = append(p.refs, c.Ref) // it has no card
	}
	for _, pr := range c.Promises {
		k := fmt.Sprintf("%s %s round %d", c.Ref, pr.ID, pr.Round)
		was, known := p.settled[k]
		if known && was != pr.Verdict {
			p.wrong("the verdict of %s was %s and became %s", k, was, pr.Verdict)
		}
		if pr.Verdict != bot.Open {
			p.settled[k] = pr.Verdict
		}
	}
}
