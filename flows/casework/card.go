package casework

import (
	"maps"
	"net/url"
	"slices"
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
	if w.posted[c.Card] {
		o.ID = c.Card
	} else {
		o.ID, o.Edits = w.id(), c.Card
	}
	w.turn.Say = append(w.turn.Say, o)
	for _, room := range copies(c) {
		p := w.copied(c)
		w.turn.Say = append(w.turn.Say, bot.Outbound{ID: w.id(), To: w.room(room), Class: bot.Notice, Complaint: c.Ref,
			Edits: c.Copies[room], About: Copy, Post: &p})
	}
}

// Card is the complaint's first Slack message as it stands now.
func (w *Work) Card(c *bot.Complaint) bot.Post {
	pol := w.PolicyOf(c)
	stage := w.D(StageKey(c))
	pairs := []bot.Pair{
		{Label: w.D(locales.StaffCardStage), Value: w.stageLine(c, stage)},
		{Label: w.D(locales.StaffCardCustomer), Value: or(c.Name, or(w.Customer.Name, "–"))},
		{Label: w.D(locales.StaffCardLanguage), Value: w.Tongue(c.Language)},
		{Label: w.D(locales.StaffCardReceived), Value: w.Short(pol, c.Received)},
	}
	if c.Topic != "" {
		pairs = slices.Insert(pairs, 1, bot.Pair{Label: w.D(locales.LabelTopic), Value: w.Topic(pol, w.Language, c.Topic)})
	}
	if k := locales.Key("staff.way." + string(c.Channel)); w.Words.Has(k) && c.Channel != w.Customer.Chat.Channel {
		pairs = append(pairs, bot.Pair{Label: w.D(locales.StaffCardCame), Value: w.D(k)},
			bot.Pair{Label: w.D(locales.StaffCardContact), Value: or(c.Contact, "–")})
	}
	switch {
	case c.Wall != nil:
		pairs = append(pairs, bot.Pair{Label: w.D(locales.StaffCardWith), Value: w.SeniorName(c, w.Language)})
	case c.With != "" && len(pol.AllRoles()) > 1:
		pairs = append(pairs, bot.Pair{Label: w.D(locales.StaffCardWith), Value: w.Role(c, w.Language, c.With)})
	}
	b := []bot.Block{
		{Kind: bot.Heading, Text: w.D(locales.StaffCardHeading, "Ref", string(c.Ref))},
		{Kind: bot.Pairs, Pairs: pairs},
		{Kind: bot.Rich, Spans: w.assigned(c)},
	}
	b = append(b, w.mandateBlocks(c)...)
	for _, q := range c.Asked {
		if q == "topic" {
			continue
		}
		if text := w.answerLine(c, q); text != "" {
			b = append(b, bot.Block{Kind: bot.Rich, Spans: []bot.Span{{Text: w.Heading(pol, q), Bold: true}}},
				bot.Block{Kind: bot.Plain, Text: text})
		}
	}
	if words := c.Answers[Later].Text(); words != "" && !w.Customer.HasChat() {
		b = append(b, bot.Block{Kind: bot.Rich, Spans: []bot.Span{{Text: w.D(locales.StaffCardLater), Bold: true}}},
			bot.Block{Kind: bot.Plain, Text: bot.Cut(words, cardWords)})
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
	b = append(b, w.buttons(c)...)
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
	if c.Assignee == "" && !c.Stage.Open() {
		return []bot.Span{{Text: w.D(locales.StaffCardOver)}}
	}
	if c.Assignee == "" {
		return []bot.Span{{Text: w.D(locales.StaffCardNobody)}}
	}
	return []bot.Span{{Text: Apart(w.D(locales.StaffCardAssigned))}, {User: string(c.Assignee)}}
}

func (w *Work) answerLine(c *bot.Complaint, q string) string {
	a := c.Answers[q]
	pol := w.PolicyOf(c)
	if a.Option != "" {
		return w.Picked(pol, q, a.Option)
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
		s := bot.Cut(w.FileName(w.Language, e), 80)
		switch e.State {
		case bot.FileWanted:
			s = w.Words.Note(w.Language, s, w.D(locales.StaffFileWanted))
		case bot.FileRefused, bot.FileGone:
			s = w.Words.Note(w.Language, s, w.D(locales.Key("staff.file."+e.Why)))
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
		if known, ok := pol.Promise(p.ID); ok && known.Source != "" {
			what = w.Words.Note(w.Language, what, w.D(locales.Key("staff.source."+known.Source)))
		}
		switch {
		case p.Verdict == bot.Open && p.Paused():
			s = w.D(locales.StaffPromisePaused, "What", what, "Since", w.Short(pol, p.Waits[len(p.Waits)-1].From))
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
	lines = append(lines, w.beyond(c)...)
	lines = append(lines, w.conductLines(c)...)
	lines = append(lines, w.wallLines(c)...)
	return []bot.Block{{Kind: bot.Plain, Text: strings.Join(lines, "\n")}}
}

// beyond are the lines about what waits to be sent by staff and about outside
// bodies: when the letter is sent, or was, and what became of the complaint
// there.
func (w *Work) beyond(c *bot.Complaint) []string {
	pol := w.PolicyOf(c)
	var lines []string
	if n := len(Unsent(c)); n > 0 {
		lines = append(lines, w.Words.Count(w.Language, locales.StaffCardUnsent, n))
	}
	for _, id := range schemes(pol) {
		name := w.outside(c, id)
		if s, sent := c.Said[letterMark(id)]; sent && s.State == string(bot.Prepared) {
			lines = append(lines, w.D(locales.StaffLetterWaits, "Name", name))
		} else if sent && s.State == string(bot.Failed) {
			lines = append(lines, w.D(locales.StaffLetterFailed, "Name", name))
		} else if sent {
			lines = append(lines, w.D(locales.StaffLetterSent, "Name", name, "At", w.Short(pol, s.At)))
		} else if at, ok := w.LetterDue(c, id); ok && !Settled(c) {
			lines = append(lines, w.D(locales.StaffLetterDue, "Name", name, "At", w.Short(pol, at)))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.Referrals)) {
		r := c.Referrals[id]
		line := w.D(locales.StaffReferred, "Name", w.outside(c, id), "Reference", or(r.Reference, "–"))
		if r.Outcome != "" {
			line += "\n" + w.D(locales.StaffReferredOutcome, "Outcome", bot.Cut(r.Outcome, 300))
		}
		if r.Done != "" {
			line += "\n" + w.D(locales.StaffReferredDone, "Done", bot.Cut(r.Done, 300))
		}
		lines = append(lines, line)
	}
	return lines
}

// outside is an outside body's name, without what stands in brackets behind it.
func (w *Work) outside(c *bot.Complaint, id string) string {
	name, _, _ := strings.Cut(w.PolicyOf(c).Externals[id].Name, " (")
	return name
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
	Decline     = "decline"  // not taken up, for a reason of the policy
	Heard       = "heard"    // what a customer without a chat said since
	Guidance    = "guidance" // what the policy says to staff
	Refer       = "refer"    // to an outside body, or what it said
	Code        = "code"     // by which the customer links a messenger
	Reopen      = "reopen"
	Log         = "log" // a complaint that came without a messenger

	Flag            = "flag" // a message that someone found abusive
	Unflag          = "unflag"
	Warn            = "warn"
	StopReplying    = "stop_replying"
	Block           = "block"
	ReportAuthority = "report_authority"
	Renew           = "renew" // a restriction
	Lift            = "lift"
	Review          = "review"  // of a measure, which the customer asked for
	Unshown         = "unshown" // what was kept while the customer is blocked

	Mandate = "mandate" // what is found of a representative's authority
	Invite  = "invite"  // a code by which the represented person is kept informed

	WallUp     = "wall"    // it is about a member of staff
	NamePerson = "name"    // it is about this one
	Release    = "release" // it is not about that one
)

// Acknowledged tells whether a person's acknowledgement is out or on its way,
// and whose.
func Acknowledged(c *bot.Complaint) (bot.Saying, bool) {
	s, ok := c.Said[bot.EvAcknowledged]
	return s, ok && s.State != string(bot.Failed)
}

// StageKey names the stage to people: what was sent and did not arrive, or
// waits to be sent, has not been said.
func StageKey(c *bot.Complaint) locales.Key {
	s := c.Stage
	switch {
	case s == bot.Acknowledged && unsaid(c, bot.EvAcknowledged):
		s = bot.Received
	case s == bot.Decided && !Responded(c) && c.Round > 1:
		s = bot.Disputed
	case s == bot.Decided && !Responded(c):
		s = bot.Examined
	}
	return locales.Key("stage." + string(s))
}

// Responded tells whether the answer of this round is with the customer or on
// its way.
func Responded(c *bot.Complaint) bool {
	if c.Round > 1 {
		return !unsaid(c, bot.EvSecond)
	}
	return !unsaid(c, bot.EvResponse)
}

func unsaid(c *bot.Complaint, k bot.EventKind) bool {
	s, ok := c.Said[k]
	return ok && (s.State == string(bot.Failed) || s.State == string(bot.Prepared))
}

// buttons are those that apply now: what is done with the customer in the
// first row, what is done among colleagues in the second.
func (w *Work) buttons(c *bot.Complaint) []bot.Block {
	v := Value(c)
	add := func(bs []bot.Button, verb string, k locales.Key, style string, args ...any) []bot.Button {
		return append(bs, bot.Button{Action: verb, Value: v, Label: bot.Cut(w.D(k, args...), 70), Style: style})
	}
	pol := w.PolicyOf(c)
	var first, second []bot.Button
	if c.Stage.Open() {
		if _, ok := Acknowledged(c); !ok && (c.Stage == bot.Received || c.Stage == bot.Acknowledged) {
			first = add(first, Acknowledge, locales.StaffButtonAcknowledge, "primary")
		}
		first = add(first, Reply, locales.StaffButtonReply, "")
		if c.Stage != bot.Decided {
			first = add(first, Update, locales.StaffButtonUpdate, "")
			first = add(first, Ask, locales.StaffButtonAsk, "")
			first = add(first, Decide, locales.StaffButtonDecide, "")
			if len(pol.RefuseReasons) > 0 {
				first = add(first, Decline, locales.StaffButtonDecline, "")
			}
		}
	}
	if !w.Customer.HasChat() && c.Stage != bot.Withdrawn {
		first = add(first, Heard, locales.StaffButtonHeard, "")
		first = add(first, Code, locales.StaffButtonCode, "")
	}
	if c.Stage.Open() {
		second = add(second, Assign, locales.StaffButtonAssign, "")
		if to := w.NextRole(c); to != "" {
			second = add(second, HandOver, locales.StaffButtonHandOver, "", "Role", w.Role(c, w.Language, to))
			second[len(second)-1].Value = Value(c, "to", to)
		}
		second = add(second, Note, locales.StaffButtonNote, "")
		if c.Escalated.IsZero() && len(pol.DisputeRoute) > 0 {
			second = add(second, Escalate, locales.StaffButtonEscalate, "")
		}
		second = add(second, Close, locales.StaffButtonClose, "")
	}
	if c.Stage == bot.Closed || c.Stage == bot.Decided {
		second = add(second, Reopen, locales.StaffButtonReopen, "")
	}
	if len(pol.Externals) > 0 && c.Stage != bot.Withdrawn {
		second = add(second, Refer, locales.StaffButtonRefer, "")
	}
	if w.GuidanceOn(c) != "" {
		second = add(second, Guidance, locales.StaffButtonGuidance, "")
	}
	var b []bot.Block
	if len(first) > 0 {
		b = append(b, bot.Block{Kind: bot.Buttons, ID: "acts", Buttons: first})
	}
	if len(second) > 0 {
		b = append(b, bot.Block{Kind: bot.Buttons, ID: "desk", Buttons: second})
	}
	more := slices.Concat(w.mandateButtons(c), w.conductButtons(c), w.wallButtons(c))
	if len(more) > 0 {
		b = append(b, bot.Block{Kind: bot.Buttons, ID: "more", Buttons: more})
	}
	return b
}

// GuidanceOn is what the policy says to staff about a case like this, in the
// desk's language; "" if it says nothing.
func (h *House) GuidanceOn(c *bot.Complaint) string {
	pol := h.Pack(c.Policy)
	var parts []string
	for _, k := range []string{"guidance." + c.Topic, "guidance"} {
		if s, ok := pol.Say(h.Language, k); ok {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "\n\n")
}
