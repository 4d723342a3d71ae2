package flows_test

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/flows/desk"
)

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
	language := yearPick(p.r, "en", "fr", "pl")
	w.atDesk(p, came.Add(late), 85, func() { w.typeIn(p, came, way, topic, language) })
}

// typeIn is the dialog in which staff take it down.
func (w *yearWorld) typeIn(p *yearPerson, came time.Time, way, topic, language string) {
	here := came.In(w.pol.Zone)
	a := desk.Submit(w.house, w.Staff(w.ctx, "U0ANN"), w.now, nil, desk.Sent{
		View: desk.ViewLog, Dialog: fmt.Sprintf("year%d", p.n), Meta: desk.Meta{Verb: casework.Log, Chat: yearDesk},
		Values: map[string]string{"channel": way, "date": here.Format(time.DateOnly), "time": here.Format("15:04"), "language": language,
			"name": "Letter " + strconv.Itoa(p.n), "contact": "1 High Street", "ask_topic": topic, "ask_summary": "What I wrote to you about."}})
	if a.Keep == nil {
		w.t.Errorf("a complaint by %s was not taken: %+v", way, a)
		return
	}
	p.id = a.Keep.Customer
	w.act(*a.Keep)
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

// do presses a button for a complaint, where it is offered.
func (w *yearWorld) do(k *yearCase, verb string, fields map[string]string) bool {
	crew := []bot.StaffID{"U0ANN", "U0BEN", "U0CYD", "U0BOSS"}
	first := k.person.r.IntN(len(crew))
	var by bot.StaffID
	for i := range crew {
		// A second decision is another person's.
		who := crew[(first+i)%len(crew)]
		s := w.Staff(w.ctx, who)
		if k.c.Wall != nil {
			s = w.house.AmongKeepers(&k.c, s, w.Directory(w.ctx, false))
		}
		if desk.Permitted(w.house, &k.c, s, verb) != "" {
			continue
		}
		if why, _ := desk.Unfit(w.house, &k.c, bot.Customer{}, s, verb, w.now); why == "" {
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
	if w.deserted {
		return
	}
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
	by := bot.StaffID("U0ANN")
	if k.c.Wall != nil {
		by = "U0BOSS"
	}
	a := desk.Submit(w.house, w.Staff(w.ctx, by), w.now, &desk.Case{Now: w.now, House: w.house, C: &k.c, Customer: bot.Customer{ID: p.id}},
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
