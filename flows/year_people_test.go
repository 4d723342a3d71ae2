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
	"github.com/heedbot/heed/flows/desk"
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

// letter is a complaint that came without a messenger; staff type it in later.
func (w *yearWorld) letter(p *yearPerson, came time.Time) {
	var topic string
	for _, q := range w.pol.Ask {
		if q.ID == "topic" {
			topic = yearPick(p.r, q.Options...)
		}
	}
	var ways []string
	for _, c := range []string{"form", "email", "letter", "phone", "office", "in_person"} {
		if w.pol.Accepts(c, topic) {
			ways = append(ways, c)
		}
	}
	way := yearPick(p.r, ways...)
	late := p.between(time.Minute, 30*time.Hour)
	if p.chance(25) {
		late = p.between(30*time.Hour, 20*24*time.Hour)
	}
	w.atDesk(p, came.Add(late), 85, func() {
		w.dialogs++
		here := came.In(w.pol.Zone)
		sent := desk.Sent{View: desk.ViewLog, Dialog: fmt.Sprintf("year%d", p.n), Meta: desk.Meta{Verb: casework.Log, Chat: yearDesk},
			Values: map[string]string{"channel": way, "date": here.Format(time.DateOnly), "time": here.Format("15:04"), "language": yearPick(p.r, "en", "fr", "pl"),
				"name": "Letter " + strconv.Itoa(p.n), "contact": "1 High Street", "ask_topic": topic, "ask_summary": "What I wrote to you about."}}
		a := desk.Submit(w.house, w.Staff(w.ctx, "U0ANN"), w.now, nil, sent)
		if a.Keep == nil {
			w.t.Errorf("a complaint by %s was not taken: %+v", way, a)
			return
		}
		p.id = a.Keep.Customer
		w.act(*a.Keep)
	})
}

// atDesk has staff do something, most often in their hours; never while Slack
// is out of service.
func (w *yearWorld) atDesk(p *yearPerson, at time.Time, usually int, do func()) {
	if at.Before(w.now) {
		at = w.now
	}
	if p.chance(usually) {
		if open := w.pol.Calendar.NextOpen(w.pol.Staff, at); open.After(at) {
			at = open.Add(p.between(0, 3*time.Hour))
		}
	}
	var mine func()
	mine = func() {
		if back := w.back(bot.Slack, w.now); back.After(w.now) {
			w.plan(p, back.Add(p.between(0, time.Hour)), mine)
			return
		}
		do()
	}
	w.plan(p, at, mine)
}

func (w *yearWorld) act(a bot.Act) {
	w.dialogs++
	w.receive(bot.Input{Key: "act:" + strconv.Itoa(w.dialogs), Channel: bot.Slack, Kind: bot.InAct, Act: &a, At: w.now})
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

// do presses a button for a complaint, where it is offered.
func (w *yearWorld) do(k *yearCase, verb string, fields map[string]string) bool {
	crew := []bot.StaffID{"U0ANN", "U0BEN", "U0CYD", "U0BOSS"}
	first := k.person.r.IntN(len(crew))
	var by bot.StaffID
	for i := range crew {
		// A second decision is another person's.
		who := crew[(first+i)%len(crew)]
		if why, _ := desk.Unfit(w.house, &k.c, w.Staff(w.ctx, who), verb); why == "" {
			by = who
			break
		}
	}
	if by == "" {
		return false
	}
	if fields == nil {
		fields = map[string]string{}
	}
	w.act(bot.Act{Verb: verb, Complaint: k.ref, By: by, Version: k.c.Version, Fields: fields, Chat: yearDesk})
	return true
}

// work is how staff go about a complaint: step by step, each in time, barely,
// late or never.
func (w *yearWorld) work(k *yearCase, round int) {
	p := k.person
	var steps []string
	add := func(percent int, verb string) {
		if p.chance(percent) {
			steps = append(steps, verb)
		}
	}
	add(20/round, casework.Note)
	add(85, casework.Acknowledge)
	add(10, casework.Assign)
	add(12, casework.Reply)
	add(25, casework.HandOver)
	add(30, casework.Ask)
	add(80, casework.Update)
	add(15, casework.Ask)
	add(8, casework.Escalate)
	add(15, casework.Update)
	add(92, casework.Decide)
	add(92, casework.Close)
	if p.chance(8) {
		steps = steps[:p.r.IntN(len(steps)+1)] // and then it is forgotten
	}
	k.plan++
	w.nextStep(k, k.plan, steps)
}

func (w *yearWorld) nextStep(k *yearCase, plan int, steps []string) {
	if len(steps) == 0 || k.plan != plan {
		return
	}
	p, at, usually := k.person, w.now.Add(k.person.between(time.Minute, 60*time.Hour)), 85
	for _, pr := range k.c.Promises {
		if pr.Verdict != bot.Open || !slices.Contains(casework.Counts(yearSays[steps[0]]), pr.Until) {
			continue
		}
		left := max(pr.Due.Sub(w.now), time.Hour)
		switch x := p.r.IntN(100); {
		case x < 60:
			at = w.now.Add(p.between(time.Second, left*9/10))
		case x < 76: // at the last moment, and the one after
			at, usually = pr.Due.Add(yearPick(p.r, 0, time.Second, -time.Second, 999*time.Millisecond, -30*time.Second, time.Minute, -p.between(time.Second, 4*time.Hour))), 0
		case x < 92:
			at = pr.Due.Add(p.between(time.Second, left+24*time.Hour))
		default:
			at, usually = pr.Due.Add(p.between(time.Second, 30*24*time.Hour)), 50
		}
		break
	}
	w.atDesk(p, at, usually, func() {
		if k.plan != plan {
			return
		}
		w.take(k, steps[0])
		// The next is decided on once this one is done.
		w.plan(p, w.now.Add(time.Millisecond), func() { w.nextStep(k, plan, steps[1:]) })
	})
}

// yearSays is what each verb says to the customer.
var yearSays = map[string]bot.EventKind{
	casework.Acknowledge: bot.EvAcknowledged, casework.Reply: bot.EvReplied, casework.Update: bot.EvUpdated,
	casework.Ask: bot.EvAsked, casework.Decide: bot.EvResponse,
}

func (w *yearWorld) take(k *yearCase, verb string) {
	p := k.person
	fields := map[string]string{"words": "We have looked into what you wrote and will tell you more."}
	switch verb {
	case casework.Decide:
		fields["outcome"] = yearPick(p.r, bot.Decisions...)
		if reasons := w.pol.RefuseReasons; len(reasons) > 0 && p.chance(15) {
			verb, fields["reason"] = casework.Decline, yearPick(p.r, reasons...)
		}
	case casework.Assign:
		fields["person"] = "U0CYD"
	case casework.Close:
		if casework.Owed(&k.c) {
			// What was prepared is recorded first, as the button asks for.
			for _, out := range slices.Clone(k.unsent) {
				w.record(k, out)
			}
			w.atDesk(p, w.now.Add(time.Minute), 0, func() { w.do(k, casework.Close, map[string]string{"lesson": "Ask earlier."}) })
			return
		}
		fields = map[string]string{"lesson": "Ask earlier."}
	}
	w.do(k, verb, fields)
}

// post has staff send what was prepared, and say so: at once, later, or never.
func (w *yearWorld) post(k *yearCase, out, about string) {
	p := k.person
	prepared := w.now
	went := prepared.Add(p.between(time.Minute, 30*time.Hour))
	said := went.Add(p.between(0, 5*time.Hour))
	switch x := p.r.IntN(100); {
	case x < 8 && about != "response":
		return // forgotten
	case x < 30:
		said = went.Add(p.between(5*time.Hour, 12*24*time.Hour))
	}
	w.atDesk(p, said, 70, func() { w.recordAt(k, out, went, about) })
}

func (w *yearWorld) record(k *yearCase, out string) { w.recordAt(k, out, w.now, "") }

func (w *yearWorld) recordAt(k *yearCase, out string, went time.Time, about string) {
	p := k.person
	if !slices.Contains(k.unsent, out) {
		return
	}
	k.unsent = slices.DeleteFunc(k.unsent, func(s string) bool { return s == out })
	how := "letter"
	if p.chance(4) {
		how = casework.NotSent
	}
	here := went.In(w.pol.Zone)
	a := desk.Submit(w.house, w.Staff(w.ctx, "U0ANN"), w.now, &desk.Case{Now: w.now, House: w.house, C: &k.c, Customer: bot.Customer{ID: p.id}},
		desk.Sent{View: desk.ViewRecord, Meta: desk.Meta{Verb: casework.Record, Ref: k.ref, Version: k.c.Version, Out: out, Chat: yearDesk},
			Values: map[string]string{"how": how, "date": here.Format(time.DateOnly), "time": here.Format("15:04")}})
	if a.Keep == nil {
		w.t.Errorf("%s: what was sent at %s could not be recorded at %s: %+v", k.ref, went, w.now, a.Errors)
		return
	}
	w.act(*a.Keep)
	day := 24 * time.Hour
	switch x := p.r.IntN(100); {
	case about == "response" && len(w.pol.Disputes) > 0 && x < 18:
		way := w.pol.Disputes[p.r.IntN(len(w.pol.Disputes))]
		w.atDesk(p, w.now.Add(p.between(time.Hour, 6*day)), 85, func() { w.do(k, casework.Heard, map[string]string{"what": way, "words": "I do not agree."}) })
	case about == "response" && x < 50:
		w.atDesk(p, w.now.Add(p.between(time.Hour, 6*day)), 85, func() { w.do(k, casework.Heard, map[string]string{"what": "accepts"}) })
	case about == "ask" && x < 70:
		w.atDesk(p, w.now.Add(p.between(time.Hour, 9*day)), 85, func() { w.do(k, casework.Heard, map[string]string{"what": "more", "words": "Here it is."}) })
	}
}
