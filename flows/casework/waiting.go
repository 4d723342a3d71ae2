package casework

import (
	"strconv"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/locales"
)

// TimerWaiting reminds a customer who was asked for more.
const TimerWaiting = "waiting"

func waitingKey(c *bot.Complaint) string { return TimerWaiting + ":" + string(c.Ref) }

// Asked begins the waiting for the customer, who got the question at the
// instant: a promise that the policy lets wait stands still from then on.
func (w *Work) Asked(c *bot.Complaint, at time.Time) {
	if c.Waiting.IsZero() || !c.Stage.Open() {
		return
	}
	pol := w.PolicyOf(c)
	if due, err := pol.Calendar.Due(at, pol.WaitingRemind); err == nil {
		w.Set(bot.Timer{Key: waitingKey(c), Kind: TimerWaiting, Due: pol.Calendar.NextContact(pol.Contact, due.At), Complaint: c.Ref})
	}
	before := c.Promises
	c.Promises = pol.Wait(c.Promises, at)
	for i, p := range c.Promises {
		if !p.Paused() || before[i].Paused() {
			continue
		}
		w.Unwatch(c, p)
		w.EventAt(c, bot.EvPaused, at, "bot", "", waitData(p))
		w.Line(c, w.D(locales.StaffPaused, "What", w.D(locales.Key("staff.promise."+string(p.Until)))))
	}
	w.Touch(c)
}

// Answered ends the waiting: what stood still runs again, with the dates it
// has now. It gives the words that tell the customer so; "" where nothing did.
func (w *Work) Answered(c *bot.Complaint, at time.Time) string {
	w.Stop(waitingKey(c))
	pol := w.PolicyOf(c)
	before := c.Promises
	c.Promises = pol.Resume(c.Promises, at)
	var lines []string
	for i, p := range c.Promises {
		if p.Paused() || !before[i].Paused() {
			continue
		}
		// What was said of the old date does not hold for the new one.
		delete(c.Said, markOf(bot.EvTold, p))
		delete(c.Said, markOf(bot.EvOverdue, p))
		data := waitData(p)
		data["due"] = p.Due.UTC().Format(time.RFC3339)
		w.EventAt(c, bot.EvResumed, at, "bot", "", data)
		w.Line(c, w.D(locales.StaffResumed, "What", w.D(locales.Key("staff.promise."+string(p.Until))), "Due", w.Short(pol, p.Due)))
		lines = append(lines, w.T(locales.PromiseLineOpen, "What", w.Promised(pol, w.Lang(), p), "Date", w.When(pol, w.Lang(), p.Due)))
	}
	if len(lines) == 0 {
		return ""
	}
	w.Watch(c)
	w.Touch(c)
	return w.T(locales.PromiseRunsAgain) + "\n• " + strings.Join(lines, "\n• ")
}

func waitData(p bot.Promise) map[string]string {
	return map[string]string{"promise": p.ID, "round": strconv.Itoa(p.Round)}
}

// Standing tells the customer which promises will stand still while the
// company waits for their answer; "" where none will.
func (h *House) Standing(c *bot.Complaint, lang string, at time.Time) string {
	pol := h.Pack(c.Policy)
	s := ""
	for i, p := range pol.Wait(c.Promises, at) {
		if p.Paused() && !c.Promises[i].Paused() {
			s += "\n• " + h.Promised(pol, lang, p)
		}
	}
	if s == "" {
		return ""
	}
	return "\n\n" + h.Words.Text(lang, locales.PromiseStandsStill) + s
}
