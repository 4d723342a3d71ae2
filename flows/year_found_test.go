package flows_test

import (
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows"
	"github.com/heedbot/heed/flows/policy"
)

// What the year found, at its smallest.

// yearAlone is a year with one customer and nobody at the desk, in which no
// platform fails.
func yearAlone(t *testing.T, pol *policy.Policy) (*yearWorld, *yearPerson) {
	t.Helper()
	w := newYear(t, pol, 0, 1)
	w.outages, w.deserted = nil, true
	p := &yearPerson{r: w.chance("alone", 0), buttons: map[string]string{}, tag: "en"}
	w.people = []*yearPerson{p}
	return w, p
}

// events are those of the one complaint, to the end of the year.
func (w *yearWorld) only(t *testing.T) []bot.Event {
	t.Helper()
	w.live()
	for ref := range w.cases {
		evs, err := w.store.EventsOf(w.ctx, ref)
		if err != nil {
			t.Fatal(err)
		}
		return evs
	}
	t.Fatal("there is no complaint")
	return nil
}

// TestReceiptKeepsOnlyTheProgramsPromises: a promise "by: bot" is kept by the
// receipt, whichever of the two it is until; a person's of the same kind is not.
func TestReceiptKeepsOnlyTheProgramsPromises(t *testing.T) {
	t.Parallel()
	pol, err := policy.Parse("small.yaml", `
pack: small
version: "1"
title: {en: Complaints}
languages: [en]
timezone: Europe/London
calendar: gb-eng
channels: {accept: [chat, letter]}
ask:
  - {id: summary, type: text, required: true}
promises:
  - {id: heard,   from: received, within: 1h, until: replied, by: bot}
  - {id: receipt, from: received, within: 1h, until: acknowledged, by: bot}
  - {id: word,    from: received, within: 2d, until: replied}
  - {id: confirm, from: received, within: 2d, until: acknowledged}
`, "")
	if err != nil {
		t.Fatal(err)
	}
	w, p := yearAlone(t, pol)
	p.chat = "700000"
	w.byChat[p.chat] = p
	at := time.Date(2026, 3, 2, 10, 0, 0, 0, pol.Zone)
	w.plan(p, at, func() { w.complain(p) })
	got := map[string]string{}
	for _, e := range w.only(t) {
		if e.Kind == bot.EvSettled {
			got[e.Data["promise"]] = e.Data["verdict"]
		}
	}
	if len(got) != 2 || got["heard"] != "kept" || got["receipt"] != "kept" {
		t.Errorf("the receipt alone kept %v", got)
	}
}

// TestToldBeforeItIsLateEvenAtNight: a letter is typed in at eleven at night,
// and what is promised is due before customers may be written to again.
func TestToldBeforeItIsLateEvenAtNight(t *testing.T) {
	t.Parallel()
	pol, err := policy.Builtin("ask4")
	if err != nil {
		t.Fatal(err)
	}
	w, p := yearAlone(t, pol)
	came := time.Date(2026, 9, 21, 4, 31, 0, 0, pol.Zone)
	w.plan(p, came.Add(18*time.Hour+29*time.Minute), func() { w.typeIn(p, came, "letter", "service", "en") })
	for _, e := range w.only(t) {
		if e.Kind == bot.EvTold && e.Data["promise"] == "acknowledge" {
			if due := came.Add(24 * time.Hour); e.At.After(due) {
				t.Errorf("due %s, and words about it were prepared at %s", due, e.At.In(pol.Zone))
			}
			return
		}
	}
	t.Error("nothing was said")
}

// TestWordsAfterTheComplaintIsOver: the customer was about to add to a complaint
// that was closed meanwhile. What they write then is not lost.
func TestWordsAfterTheComplaintIsOver(t *testing.T) {
	t.Parallel()
	pol, err := policy.Builtin("ask4")
	if err != nil {
		t.Fatal(err)
	}
	w, _ := yearAlone(t, pol)
	chat := bot.Address{Channel: bot.Telegram, Account: "4242", Chat: "1"}
	turn, err := flows.Flows{House: w.house}.Hear(bot.Situation{
		Now: w.now, Lane: bot.TurnLane("x"), N: 9,
		Input:    bot.Input{Kind: bot.InMessage, Channel: bot.Telegram, Account: "4242", Chat: "1", At: w.now, Text: "And another thing that I want to say."},
		Customer: bot.Customer{ID: "x", Chat: chat, Language: "en", Greeted: true, Focus: "KXM-4FQ-7TA"},
		Complaints: []bot.Complaint{{Ref: "KXM-4FQ-7TA", Customer: "x", Stage: bot.Closed, Round: 1, Policy: pol.Hash, Language: "en",
			Channel: bot.Telegram, Topic: "service", Outcome: bot.Upheld, ClosedAt: w.now.Add(-time.Hour)}},
	})
	if err != nil || len(turn.Say) == 0 {
		t.Errorf("they were answered with %v, %v", turn.Say, err)
	}
}
