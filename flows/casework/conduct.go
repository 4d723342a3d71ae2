package casework

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/calendar"
	"github.com/heedbot/heed/flows/conduct"
	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

// Ladder is what may be done about how a customer treats staff, seen from one
// of their complaints.
func (h *House) Ladder(c *bot.Complaint, cust bot.Customer, now time.Time) conduct.Ladder {
	return conduct.Ladder{Policy: h.Pack(c.Policy).Conduct, Flags: cust.Flags, Steps: cust.Steps,
		Complaint: c.Ref, Received: c.Received, Walled: c.Wall != nil, Now: now}.Seen()
}

// Actor is a member of staff as the rules of the ladder see them, among those
// who work here.
func (h *House) Actor(c *bot.Complaint, s bot.Staff, d bot.Directory) conduct.Actor {
	a := conduct.Actor{ID: s.ID, Alone: s.Alone, Manager: h.decides(s), Known: d.Known}
	for _, o := range d.People {
		if o.ID != s.ID && h.decides(o) && h.Sight(o).Sees(c) {
			a.Others = append(a.Others, o.ID)
		}
	}
	return a
}

// decides tells whether someone may take and review measures at all.
func (h *House) decides(s bot.Staff) bool {
	return s.Trouble == "" && (s.Is(bot.Manager) || h.Rank(s) == bot.RankSenior)
}

// Kind is a kind of abuse in a language, in the pack's words or the program's.
func (h *House) Kind(p *policy.Policy, lang, id string) string {
	return h.named(p, lang, "conduct", id)
}

// Spoken is something the customer wrote in a complaint.
type Spoken struct {
	Key     string // names it within the complaint
	Message string // the platform's id; may be empty
	Text    string
	At      time.Time
	// Changed is true for what a message said before the customer changed it.
	Changed bool
}

// Words are the customer's messages in a complaint, newest first; what one said
// before it was changed comes after it.
func Words(c *bot.Complaint) []Spoken {
	var list []Spoken
	for _, q := range slices.Sorted(maps.Keys(c.Answers)) {
		for i, p := range c.Answers[q].Parts {
			key := q + ":" + strconv.Itoa(i)
			for n, was := range p.Was {
				list = append(list, Spoken{Key: key + ":" + strconv.Itoa(n), Message: p.Message, Text: was, At: p.At, Changed: true})
			}
			if p.Text != "" {
				list = append(list, Spoken{Key: key, Message: p.Message, Text: p.Text, At: p.At})
			}
		}
	}
	// Of the same second, what came last is the newest.
	slices.Reverse(list)
	slices.SortStableFunc(list, func(a, b Spoken) int { return b.At.Compare(a.At) })
	return list
}

// flaggable puts a button below the customer's words that were just posted, by
// which staff flag them.
func (w *Work) flaggable(c *bot.Complaint, words string) {
	if len(w.Ladder(c, w.Customer, w.S.Now).Kinds()) == 0 || len(w.turn.Say) == 0 {
		return
	}
	all := Words(c)
	i := slices.IndexFunc(all, func(s Spoken) bool { return s.Text == words })
	if i < 0 {
		i = 0 // several messages in one post: the dialog lets one choose
	}
	p := w.turn.Say[len(w.turn.Say)-1].Post
	if len(all) == 0 || p == nil {
		return
	}
	p.Blocks = append(p.Blocks, bot.Block{Kind: bot.Buttons, ID: "flag", Buttons: []bot.Button{
		{Action: Flag, Value: Value(c, "message", all[i].Key), Label: w.D(locales.StaffButtonFlag)}}})
}

// conductButtons are what can be done about how the customer treats staff.
func (w *Work) conductButtons(c *bot.Complaint) []bot.Button {
	var b []bot.Button
	if len(w.Ladder(c, w.Customer, w.S.Now).Kinds()) > 0 && c.Stage != bot.Withdrawn {
		b = append(b, bot.Button{Action: Flag, Value: Value(c), Label: w.D(locales.StaffButtonConduct)})
	}
	if kept(w.Customer, c.Ref) > 0 {
		b = append(b, bot.Button{Action: Unshown, Value: Value(c), Label: w.D(locales.StaffButtonUnshown)})
	}
	return b
}

// kept counts the messages and files of a complaint that are kept and not
// shown.
func kept(cust bot.Customer, ref bot.Ref) int {
	return len(cust.Unshown[ref].Parts) + len(cust.Unshown[ref].Files)
}

// conductLines are what the card says of it: what restricts the customer now,
// and the newest request to stop.
func (w *Work) conductLines(c *bot.Complaint) []string {
	l, pol := w.Ladder(c, w.Customer, w.S.Now), w.PolicyOf(c)
	var lines []string
	for _, m := range slices.Backward(l.Steps) {
		if m.Do != bot.StepWarn || m.Complaint != c.Ref || l.Ended(m) {
			continue
		}
		s := w.D(locales.StaffConductLineUntold)
		if !m.Told.IsZero() {
			s = w.D(locales.StaffConductLineWarned, "At", w.Short(pol, m.Told))
		}
		lines = append(lines, s)
		break
	}
	for _, m := range l.InForce() {
		s := w.D(locales.Key("staff.conduct.line_"+m.Do), "Until", w.Short(pol, m.Until))
		if m.Told.IsZero() {
			s = w.Words.Next(w.Language, s, w.D(locales.StaffConductNotTold))
		}
		lines = append(lines, s)
	}
	for _, m := range l.Steps {
		if m.Complaint == c.Ref && !m.Asked.IsZero() && m.Reviewed.IsZero() {
			lines = append(lines, w.D(locales.StaffConductLineAsked))
			break
		}
	}
	if n := kept(w.Customer, c.Ref); n > 0 {
		lines = append(lines, w.Words.Count(w.Language, locales.StaffConductNKept, n))
	}
	return lines
}

// Measure gives a measure for changing; nil if the customer has none such.
func (w *Work) Measure(n int) *bot.Step {
	for i := range w.Customer.Steps {
		if w.Customer.Steps[i].N == n {
			return &w.Customer.Steps[i]
		}
	}
	return nil
}

// Timers of a measure; Timer.Round is its number.
const (
	TimerMeasureRemind = "measure_remind" // managers, before it lapses
	TimerMeasureLapse  = "measure_lapse"
	TimerMeasureTell   = "measure_tell"   // the customer, by day, that it has lapsed
	TimerMeasureReview = "measure_review" // managers, while a review is not answered
)

// reviewWait is how long a review that was asked for may wait before managers
// are reminded of it.
var reviewWait = calendar.Rule{N: 3, Unit: calendar.UnitWorkingDay}

// watchReview sees to it that managers are reminded of a review that was just
// asked for.
func (w *Work) watchReview(c *bot.Complaint, m bot.Step) {
	pol := w.PolicyOf(c)
	if due, err := pol.Calendar.Due(w.S.Now, reviewWait); err == nil {
		w.setMeasure(TimerMeasureReview, m, pol.Calendar.NextOpen(pol.Staff, due.At))
	}
}

// UnwatchReview stops that, once it is answered.
func (w *Work) UnwatchReview(n int) { w.Stop(measureKey(TimerMeasureReview, n)) }

// WatchMeasure sets the timers of a restriction that begins or is renewed now.
func (w *Work) WatchMeasure(c *bot.Complaint, m bot.Step) {
	pol := w.PolicyOf(c)
	w.setMeasure(TimerMeasureLapse, m, m.Until)
	at := conduct.Remind(w.S.Now, m.Until)
	if open := pol.Calendar.NextOpen(pol.Staff, at); open.Before(m.Until) {
		at = open
	}
	w.setMeasure(TimerMeasureRemind, m, at)
}

// UnwatchMeasure stops the timers of one that has ended.
func (w *Work) UnwatchMeasure(n int) {
	w.Stop(measureKey(TimerMeasureLapse, n))
	w.Stop(measureKey(TimerMeasureRemind, n))
}

func (w *Work) setMeasure(kind string, m bot.Step, at time.Time) {
	w.Set(bot.Timer{Key: measureKey(kind, m.N), Kind: kind, Due: at, Complaint: m.Complaint, Round: m.N})
}

func measureKey(kind string, n int) string { return kind + ":" + strconv.Itoa(n) }

// Stopped gives the measure by which the customer is not replied to now in a
// complaint; false if they are. c is nil for what is about no complaint.
func (w *Work) Stopped(c *bot.Complaint) (bot.Step, bool) { return w.standing(c).Stopped() }

// Blocked gives the measure by which the customer's messages to a complaint are
// not passed on now; false if they are.
func (w *Work) Blocked(c *bot.Complaint) (bot.Step, bool) { return w.standing(c).Blocked() }

func (w *Work) standing(c *bot.Complaint) conduct.Ladder {
	l := conduct.Ladder{Steps: w.Customer.Steps, Now: w.S.Now}
	if c != nil {
		l.Complaint, l.Received, l.Walled = c.Ref, c.Received, c.Wall != nil
	}
	return l.Seen()
}

// walledConduct keeps what was found about the customer's conduct in one
// complaint behind its wall, or lets it out again.
func (w *Work) walledConduct(c *bot.Complaint) {
	for i := range w.Customer.Flags {
		if f := &w.Customer.Flags[i]; f.Complaint == c.Ref {
			f.Walled = c.Wall != nil
		}
	}
	for i := range w.Customer.Steps {
		if m := &w.Customer.Steps[i]; m.Complaint == c.Ref {
			m.Walled = c.Wall != nil
		}
	}
}

// Appeal is the button by which the customer asks for a review of a measure.
func (w *Work) Appeal(m bot.Step) bot.Choice {
	return w.Button(w.T(locales.ButtonReview), bot.Action{Verb: "conduct_review", Ref: m.Complaint, Option: strconv.Itoa(m.N)})
}

// merits calls managers to a new complaint of someone who is restricted in
// others: what was found about their words says nothing about it.
func (w *Work) merits(c *bot.Complaint) {
	l := w.standing(c)
	l.Received = time.Time{}
	m, ok := l.Stopped()
	if !ok {
		return
	}
	text := w.D(locales.StaffConductMerits, "Until", w.Short(w.PolicyOf(c), m.Until))
	w.Escalated(c, "", text, w.Managers)
}

// Quieted tells, once for each measure, that the customer is to hear that their
// words are kept though nobody answers; false ever after.
func (w *Work) Quieted(m bot.Step) bool {
	mark := bot.EventKind("kept:" + strconv.Itoa(m.N))
	for _, c := range w.complaints {
		if _, told := c.Said[mark]; told {
			return false
		}
	}
	c := w.Complaint(m.Complaint)
	if c == nil {
		return false
	}
	w.say(c, mark, bot.Saying{At: w.S.Now, State: string(bot.Sent)})
	return true
}

// Appealed calls managers to a customer who asks for a review of a measure.
func (w *Work) Appealed(c *bot.Complaint, m bot.Step) {
	text := w.D(locales.StaffConductAppealed, "What", w.D(locales.Key("staff.conduct.did_"+m.Do)), "At", w.Short(w.PolicyOf(c), m.At))
	w.callReview(c, m, text)
	w.watchReview(c, m)
}

// ReviewWaits reminds managers of a review that nobody has answered.
func (w *Work) ReviewWaits(c *bot.Complaint, m bot.Step) {
	text := w.D(locales.StaffConductReviewWaits, "What", w.D(locales.Key("staff.conduct.did_"+m.Do)), "At", w.Short(w.PolicyOf(c), m.Asked))
	w.callReview(c, m, text)
}

func (w *Work) callReview(c *bot.Complaint, m bot.Step, text string) {
	ask := func(text string, call []string) bot.Post {
		return bot.Post{Text: text, Mention: call, Blocks: []bot.Block{
			{Kind: bot.Rich, Spans: []bot.Span{{Text: text, Bold: true}}},
			{Kind: bot.Buttons, ID: "measure", Buttons: []bot.Button{
				{Action: Review, Value: Value(c, "measure", strconv.Itoa(m.N)), Label: w.D(locales.StaffButtonReview), Style: "primary"}}}}}
	}
	w.Thread(c, ask(text, w.Managers))
	if able := w.reviewers(c, m); len(able) > 0 {
		// Nobody at the desk may answer it: those who may are asked directly.
		p := ask(w.D(locales.StaffReviewElsewhere, "Ref", string(c.Ref), "Text", text), nil)
		w.turn.Say = append(w.turn.Say, bot.Outbound{ID: w.id(), To: w.room(direct(able)), Class: bot.Notice, Complaint: c.Ref, About: "review", Post: &p})
	}
}

// reviewers are those who may answer a review and are not at the desk, where
// nobody at the desk may.
func (w *Work) reviewers(c *bot.Complaint, m bot.Step) []bot.StaffID {
	var able []bot.StaffID
	if c.Wall != nil {
		return nil
	}
	l := w.Ladder(c, w.Customer, w.S.Now)
	for _, s := range w.S.Directory.People {
		if !w.decides(s) || l.Review(w.Actor(c, s, w.S.Directory), m.N, false) != conduct.OK {
			continue
		}
		if slices.Contains(w.S.Directory.Rooms[w.Desk.Chat], s.ID) {
			return nil
		}
		able = append(able, s.ID)
	}
	return able
}
