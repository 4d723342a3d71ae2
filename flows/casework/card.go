package casework

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/locales"
)

// cardWords is how much of an answer the card shows, in letters; the thread
// has the rest.
const cardWords = 1200

// Value is what a staff button carries: which complaint, as it was when the
// button was shown.
func Value(c *bot.Complaint, more ...string) string {
	v := url.Values{"ref": {string(c.Ref)}, "v": {strconv.Itoa(c.Version)}}
	for i := 0; i+1 < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return v.Encode()
}

// showCard posts the complaint's card, or edits it.
func (w *Work) showCard(c *bot.Complaint) {
	if c == nil {
		return
	}
	p := w.Card(c)
	o := bot.Outbound{To: w.Desk, Class: bot.Notice, Complaint: c.Ref, About: "card", Post: &p}
	for i := range w.turn.Say {
		if w.turn.Say[i].ID == c.Card {
			// Posted in this very turn: it is not out yet.
			w.turn.Say[i].Post = &p
			return
		}
	}
	if c.Events == 1 {
		o.ID = c.Card
	} else {
		o.ID, o.Edits = w.id(), c.Card
	}
	w.turn.Say = append(w.turn.Say, o)
}

// Card is the complaint's first Slack message as it stands now.
func (w *Work) Card(c *bot.Complaint) bot.Post {
	pol := w.PolicyOf(c)
	stage := w.D(StageKey(c))
	pairs := []bot.Pair{
		{Label: w.D(locales.StaffCardStage), Value: w.stageLine(c, stage)},
		{Label: w.D(locales.LabelTopic), Value: or(w.Topic(pol, w.Language, c.Topic), "–")},
		{Label: w.D(locales.StaffCardCustomer), Value: or(w.Customer.Name, "–")},
		{Label: w.D(locales.StaffCardLanguage), Value: locales.Name(c.Language)},
		{Label: w.D(locales.StaffCardReceived), Value: w.Short(pol, c.Received)},
	}
	b := []bot.Block{
		{Kind: bot.Heading, Text: w.D(locales.StaffCardHeading, "Ref", string(c.Ref))},
		{Kind: bot.Pairs, Pairs: pairs},
		{Kind: bot.Rich, Spans: w.assigned(c)},
	}
	for _, q := range c.Asked {
		if q == "topic" {
			continue
		}
		if text := w.answerLine(c, q); text != "" {
			b = append(b, bot.Block{Kind: bot.Rich, Spans: []bot.Span{{Text: w.Label(pol, w.Language, q), Bold: true}}},
				bot.Block{Kind: bot.Plain, Text: text})
		}
	}
	if s := w.fileLine(c); s != "" {
		b = append(b, bot.Block{Kind: bot.Rich, Spans: []bot.Span{{Text: w.D(locales.StaffFiles), Bold: true}}},
			bot.Block{Kind: bot.Plain, Text: s})
	}
	b = append(b, bot.Block{Kind: bot.Line})
	b = append(b, w.promiseBlocks(c)...)
	if !w.Customer.Reachable() {
		b = append(b, bot.Block{Kind: bot.Rich, Spans: []bot.Span{{Text: w.D(locales.StaffCardUnreachable), Bold: true}}})
	}
	if bs := w.buttons(c); len(bs) > 0 {
		b = append(b, bot.Block{Kind: bot.Buttons, ID: "acts", Buttons: bs})
	}
	b = append(b, bot.Block{Kind: bot.Small, Text: w.D(locales.StaffCardThread)})
	return bot.Post{Text: w.D(locales.StaffCardText, "Ref", string(c.Ref), "Stage", stage), Blocks: b}
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func (w *Work) stageLine(c *bot.Complaint, stage string) string {
	if c.Round > 1 {
		stage += " · " + w.D(locales.StaffCardRound, "Round", c.Round)
	}
	if c.Outcome != "" {
		stage += " · " + w.D(locales.Key("decision."+c.Outcome))
	}
	if !c.Waiting.IsZero() && c.Stage.Open() {
		stage += " · " + w.D(locales.StaffCardWaiting)
	}
	if !c.Escalated.IsZero() {
		stage += " · " + w.D(locales.StaffCardEscalated)
	}
	return stage
}

func (w *Work) assigned(c *bot.Complaint) []bot.Span {
	if c.Assignee == "" {
		return []bot.Span{{Text: w.D(locales.StaffCardNobody)}}
	}
	return []bot.Span{{Text: w.D(locales.StaffCardAssigned) + " "}, {User: string(c.Assignee)}}
}

func (w *Work) answerLine(c *bot.Complaint, q string) string {
	a := c.Answers[q]
	pol := w.PolicyOf(c)
	if a.Option != "" {
		return w.Option(pol, w.Language, q, a.Option)
	}
	text := strings.TrimSpace(a.Text())
	if cut := bot.Cut(text, cardWords); cut != text {
		return cut + "\n" + w.D(locales.StaffCardCut)
	}
	return text
}

func (w *Work) fileLine(c *bot.Complaint) string {
	var names []string
	for _, id := range c.Files {
		e := w.File(id)
		if e == nil {
			continue
		}
		s := bot.Cut(FileName(e), 80)
		switch e.State {
		case bot.FileWanted:
			s += " (" + w.D(locales.StaffFileWanted) + ")"
		case bot.FileRefused, bot.FileGone:
			s += " (" + w.D(locales.Key("staff.file."+e.Why)) + ")"
		}
		names = append(names, s)
	}
	return bot.Cut(strings.Join(names, "\n"), 2500)
}

func (w *Work) promiseBlocks(c *bot.Complaint) []bot.Block {
	pol := w.PolicyOf(c)
	var lines []string
	for _, p := range c.Promises {
		what := w.D(locales.Key("staff.promise." + string(p.Until)))
		due := w.Short(pol, p.Due)
		var s string
		switch {
		case p.Verdict == bot.Open && p.Overdue(w.S.Now):
			s = w.D(locales.StaffPromiseOverdue, "What", what, "Due", due)
		case p.Verdict == bot.Open && p.Firm:
			s = w.D(locales.StaffPromiseOpen, "What", what, "Due", due)
		case p.Verdict == bot.Open:
			s = w.D(locales.StaffPromiseLatest, "What", what, "Due", due)
		case p.Verdict == bot.Kept:
			s = w.D(locales.StaffPromiseKept, "What", what, "Met", w.Short(pol, p.Met), "Due", due)
		case p.Verdict == bot.Late:
			s = w.D(locales.StaffPromiseLate, "What", what, "Met", w.Short(pol, p.Met), "Due", due)
		case p.Verdict == bot.Missed:
			s = w.D(locales.StaffPromiseMissed, "What", what, "Due", due)
		case p.Verdict == bot.Void:
			s = w.D(locales.StaffPromiseVoid, "What", what)
		}
		lines = append(lines, s)
	}
	if len(lines) == 0 {
		lines = []string{w.D(locales.StaffPromiseNone)}
	}
	return []bot.Block{{Kind: bot.Plain, Text: strings.Join(lines, "\n")}}
}

// Verbs of staff, as their buttons carry them.
const (
	Acknowledge = "acknowledge"
	Reply       = "reply"
	Update      = "update"
	Ask         = "ask"
	Decide      = "decide"
	Assign      = "assign"
	Note        = "note"
	Escalate    = "escalate"
	Close       = "close"
	TakeOver    = "take_over"
	Arrived     = "arrived"
	Resend      = "resend"
)

// Acknowledged tells whether a person's acknowledgement is out or on its way,
// and whose.
func Acknowledged(c *bot.Complaint) (bot.Saying, bool) {
	s, ok := c.Said[bot.EvAcknowledged]
	return s, ok && s.State != string(bot.Failed)
}

// StageKey names the stage to people: what was sent and did not arrive has not
// been said.
func StageKey(c *bot.Complaint) locales.Key {
	s := c.Stage
	if said, ok := c.Said[bot.EvAcknowledged]; ok && s == bot.Acknowledged && said.State == string(bot.Failed) {
		s = bot.Received
	}
	return locales.Key("stage." + string(s))
}

// buttons are those that apply now.
func (w *Work) buttons(c *bot.Complaint) []bot.Button {
	if !c.Stage.Open() {
		return nil
	}
	v := Value(c)
	add := func(bs []bot.Button, verb string, k locales.Key, style string) []bot.Button {
		return append(bs, bot.Button{Action: verb, Value: v, Label: w.D(k), Style: style})
	}
	var bs []bot.Button
	if _, ok := Acknowledged(c); !ok && (c.Stage == bot.Received || c.Stage == bot.Acknowledged) {
		bs = add(bs, Acknowledge, locales.StaffButtonAcknowledge, "primary")
	}
	bs = add(bs, Reply, locales.StaffButtonReply, "")
	if c.Stage != bot.Decided {
		bs = add(bs, Update, locales.StaffButtonUpdate, "")
		bs = add(bs, Ask, locales.StaffButtonAsk, "")
		bs = add(bs, Decide, locales.StaffButtonDecide, "")
	}
	bs = add(bs, Assign, locales.StaffButtonAssign, "")
	bs = add(bs, Note, locales.StaffButtonNote, "")
	if c.Escalated.IsZero() && len(w.PolicyOf(c).DisputeRoute) > 0 {
		bs = add(bs, Escalate, locales.StaffButtonEscalate, "")
	}
	return add(bs, Close, locales.StaffButtonClose, "")
}
