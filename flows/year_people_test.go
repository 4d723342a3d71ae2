package flows_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
)

// yearPerson is a customer, with their own luck. One who wrote a letter has no
// chat.
type yearPerson struct {
	n       int
	r       *rand.Rand
	deeds   int
	chat    string
	tag     string // of the language of their phone
	id      bot.CustomerID
	blocked bool
	inputs  int
	sends   int
	buttons map[string]string // tokens on their phone, by what they do
}

// yearCase is a complaint as the people see it.
type yearCase struct {
	ref    bot.Ref
	person *yearPerson
	c      bot.Complaint
	plan   int // staff follow only the newest
	unsent []string
}

func yearPick[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }

func (p *yearPerson) chance(percent int) bool { return p.r.IntN(100) < percent }

// between is some time from one to the other.
func (p *yearPerson) between(from, to time.Duration) time.Duration {
	return from + time.Duration(p.r.Int64N(int64(to-from)))
}

// appear has the i-th complaint made: at any hour, more often about the days on
// which counting is hard.
func (w *yearWorld) appear(i int) {
	r := w.chance("appears", i)
	at := w.begin.Add(time.Duration(r.Int64N(int64(w.end.Sub(w.begin)/time.Second))) * time.Second)
	switch r.IntN(12) {
	case 0: // about a change of the clocks
		d := yearPick(r, time.Date(2026, 3, 28, 0, 0, 0, 0, w.pol.Zone), time.Date(2026, 10, 24, 0, 0, 0, 0, w.pol.Zone))
		at = d.Add(time.Duration(r.IntN(48*3600)) * time.Second)
	case 1: // before holidays
		d := yearPick(r, time.Date(2026, 4, 2, 0, 0, 0, 0, w.pol.Zone), time.Date(2026, 4, 28, 0, 0, 0, 0, w.pol.Zone),
			time.Date(2026, 12, 22, 0, 0, 0, 0, w.pol.Zone), time.Date(2026, 2, 12, 0, 0, 0, 0, w.pol.Zone))
		at = d.Add(time.Duration(r.IntN(72*3600)) * time.Second)
	case 2: // at the end of a day
		d := at.In(w.pol.Zone)
		at = time.Date(d.Year(), d.Month(), d.Day(), 23, 59, 59, 0, w.pol.Zone).Add(time.Duration(r.IntN(3)-1) * time.Second)
	case 3: // while something is out of service
		o := yearPick(r, w.outages...)
		at = o.from.Add(time.Duration(r.Int64N(int64(o.to.Sub(o.from)))))
	}
	at = at.Truncate(time.Second)
	if !at.Before(w.end) {
		at = w.end.Add(-time.Second)
	}
	p := &yearPerson{n: i, r: r, buttons: map[string]string{}, tag: yearPick(r, "en", "en", "fr", "pl", "")}
	w.people = append(w.people, p)
	if r.IntN(100) < 14 && slices.ContainsFunc(w.pol.Accept, func(c string) bool { return c != "chat" }) {
		w.plan(p, at, func() { w.letter(p, at) })
		return
	}
	p.chat = strconv.Itoa(700000 + i)
	w.byChat[p.chat] = p
	w.plan(p, at, func() { w.complain(p) })
}

// writes has a customer do something by chat now, or once the platform is back:
// what was under way when it failed arrives late with its own time.
func (w *yearWorld) writes(p *yearPerson, ins ...bot.Input) {
	if p.blocked {
		return
	}
	at := w.now
	for i := range ins {
		p.inputs++
		in := &ins[i]
		in.Key = p.chat + ":" + strconv.Itoa(p.inputs)
		in.Channel, in.Account, in.Chat, in.MessageID = bot.Telegram, "4242", p.chat, strconv.Itoa(p.inputs)
		in.At, in.Person = at.Truncate(time.Second), bot.Person{ID: p.chat, Name: "Customer " + p.chat, Language: p.tag}
	}
	if !w.down(bot.Telegram) {
		w.receive(ins...)
		return
	}
	back := w.back(bot.Telegram, at)
	if p.chance(50) {
		w.plan(p, back, func() { w.receive(ins...) })
		return
	}
	w.plan(p, back.Add(p.between(time.Second, time.Hour)), func() { w.writes(p, ins...) })
}

func yearWords(words string) bot.Input { return bot.Input{Kind: bot.InMessage, Text: words} }

// complain gives the whole account at one go, by typing.
func (w *yearWorld) complain(p *yearPerson) {
	if p.tag == "" {
		p.tag = "en"
	}
	ins := []bot.Input{{Kind: bot.InMessage, Text: "/complain", Command: "complain"}}
	answers := map[string]bot.Answer{}
	for {
		q, more := w.pol.Ask.Next(answers)
		if !more {
			break
		}
		switch {
		case q.Type == "choice":
			n := p.r.IntN(len(q.Options))
			answers[q.ID] = bot.Answer{Option: q.Options[n]}
			ins = append(ins, yearWords(strconv.Itoa(n+1)))
		case q.Required:
			answers[q.ID] = bot.Answer{Parts: []bot.Part{{Text: "x"}}, Done: true}
			ins = append(ins, yearWords("It has been out of order since last week, and nobody has come."), yearWords("done"))
		default:
			answers[q.ID] = bot.Answer{Skipped: true}
			ins = append(ins, yearWords("skip"))
		}
	}
	submit := yearWords("Send my complaint")
	if p.chance(3) {
		// They come back to it a day or three later.
		w.plan(p, w.now.Add(p.between(20*time.Hour, 80*time.Hour)), func() { w.writes(p, submit) })
	} else {
		ins = append(ins, submit)
	}
	w.writes(p, ins...)
	w.life(p)
}

// life is what may come between a customer and us at any time.
func (w *yearWorld) life(p *yearPerson) {
	if p.chance(6) {
		w.plan(p, w.now.Add(p.between(time.Minute, 20*24*time.Hour)), func() { w.block(p) })
	}
	if p.chance(5) {
		w.plan(p, w.now.Add(p.between(time.Minute, 20*24*time.Hour)), func() { w.writes(p, bot.Input{Kind: bot.InMessage, Text: "/cancel", Command: "cancel"}) })
	}
	if p.chance(4) {
		w.plan(p, w.now.Add(p.between(time.Hour, 60*24*time.Hour)), func() { w.complain(p) })
	}
	if p.chance(15) {
		w.plan(p, w.now.Add(p.between(time.Minute, 15*24*time.Hour)), func() { w.writes(p, yearWords("One more thing that I forgot to say before.")) })
	}
}

// block has the customer shut us out, and perhaps let us in again.
func (w *yearWorld) block(p *yearPerson) {
	if w.down(bot.Telegram) {
		w.plan(p, w.back(bot.Telegram, w.now), func() { w.block(p) })
		return
	}
	if p.chance(60) {
		w.writes(p, bot.Input{Kind: bot.InBlocked})
	} // else the next message finds out
	p.blocked = true
	if p.chance(50) {
		w.plan(p, w.now.Add(p.between(time.Hour, 12*24*time.Hour)), func() {
			p.blocked = false
			w.writes(p, bot.Input{Kind: bot.InUnblocked})
		})
	}
}

// press presses a button that the customer has, if they have it.
func (w *yearWorld) press(p *yearPerson, after time.Duration, what string, then ...bot.Input) {
	if token := p.buttons[what]; token != "" {
		w.plan(p, w.now.Add(after), func() {
			w.writes(p, append([]bot.Input{{Kind: bot.InPress, Token: token, PressID: "p" + token}}, then...)...)
		})
	}
}

// arrived is what a customer does about a message.
func (w *yearWorld) arrived(p *yearPerson, o bot.Outbound) {
	w.arrivedAll++
	if _, twice := w.sent[o.ID]; twice {
		w.repeated = append(w.repeated, string(o.Complaint)+" was sent one message twice: "+o.About)
	}
	w.sent[o.ID] = w.now
	switch o.About {
	case "receipt", "status_update", "adr_letter", "survey", "survey_reminder":
		// Each of these says something that is said once.
		k := fmt.Sprintf("%s %s %s %s", p.chat, o.Complaint, o.About, o.Message.Text)
		if w.notices[k]++; w.notices[k] > 1 {
			w.repeated = append(w.repeated, fmt.Sprintf("%s got the same notice %d times: %s", o.Complaint, w.notices[k], o.About))
		}
	}
	for _, c := range o.Message.Choices {
		a := w.actions[c.Token]
		p.buttons[strings.TrimSpace(a.Verb+" "+string(a.Ref)+" "+a.Option)] = c.Token
	}
	yes := yearWords("Yes")
	hour, day := time.Hour, 24*time.Hour
	switch ref := string(o.Complaint); o.About {
	case "response":
		way := ""
		if len(w.pol.Disputes) > 0 {
			way = w.pol.Disputes[p.r.IntN(len(w.pol.Disputes))]
		}
		switch x := p.r.IntN(100); {
		case x < 18:
			w.press(p, p.between(hour, 6*day), "dispute "+ref+" "+way, yes)
		case x < 50:
			w.press(p, p.between(time.Minute, 3*day), "accept "+ref)
		}
	case "ask":
		if p.chance(70) {
			w.plan(p, w.now.Add(p.between(time.Minute, 12*day)), func() { w.writes(p, yearWords("Here is what you asked me for, as well as I know.")) })
		}
	case "question":
		if len(o.Message.Choices) == 0 {
			return
		}
		if a := w.actions[o.Message.Choices[0].Token]; a.Verb == "withdraw" {
			w.press(p, p.between(time.Second, hour), "withdraw "+string(a.Ref), yes)
		}
	case "survey", "survey_reminder":
		if scale := w.pol.Survey.Scale; p.chance(40) {
			w.press(p, p.between(time.Minute, 2*day), "rate "+ref+" "+append(slices.Clone(scale), bot.RatherNot)[p.r.IntN(len(scale)+1)])
		}
	}
}

// seen is what the people learn from a turn.
func (w *yearWorld) seen(t bot.Turn) {
	for _, k := range t.Tokens {
		w.actions[k.Token] = k.Action
	}
	for _, c := range t.Complaints {
		if k := w.cases[c.Ref]; k != nil {
			k.c = c
			continue
		}
		w.cases[c.Ref] = &yearCase{ref: c.Ref, person: w.personOf(t.Customer), c: c}
	}
	for _, e := range t.Events {
		k := w.cases[e.Complaint]
		switch e.Kind {
		case bot.EvReceived:
			w.work(k, 1)
		case bot.EvDisputed:
			w.work(k, 2)
		case bot.EvPrepared:
			k.unsent = append(k.unsent, e.Data["out"])
			w.post(k, e.Data["out"], e.Data["about"])
		case bot.EvClosed:
			if k.person.chance(3) {
				w.atDesk(k.person, w.now.Add(k.person.between(24*time.Hour, 30*24*time.Hour)), 100, func() { w.do(k, casework.Reopen, nil) })
			}
		}
	}
}

func (w *yearWorld) personOf(c *bot.Customer) *yearPerson {
	if p := w.byChat[c.Chat.Chat]; p != nil {
		return p
	}
	i, err := strconv.Atoi(strings.TrimPrefix(string(c.ID), "pyear"))
	if err != nil {
		w.t.Errorf("a complaint of nobody")
		return w.people[0]
	}
	return w.people[i]
}
