package casework

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/locales"
)

// Record is the button on a message prepared for a customer without a chat:
// staff say when and how they sent it.
const Record = "record"

// ways are those in which staff can send a prepared message themselves; a
// topic answered in writing takes only the first two. NotSent throws it away.
var ways = []string{"letter", "email", "phone", "in_person"}

// NotSent is the way of a prepared message that is not sent after all.
const NotSent = "not_sent"

// Ways lists how a prepared message about the complaint can be sent.
func (h *House) Ways(c *bot.Complaint) []string {
	if t, ok := h.Pack(c.Policy).Topic(c.Topic); ok && t.Reply == "written" {
		return slices.Clone(ways[:2])
	}
	return slices.Clone(ways)
}

// prepare shows staff the words they are to send to a customer without a chat,
// ready to be copied. Its delivery is what they record.
func (w *Work) prepare(text string, d Said) string {
	id := w.id()
	if d.Complaint == nil {
		return id // a word about no complaint: there is nobody to hand it to
	}
	c := d.Complaint
	w.say(c, unsent(id), bot.Saying{Out: id, By: d.By, At: w.S.Now, State: string(bot.Prepared)})
	w.turn.Say = append(w.turn.Say, bot.Outbound{ID: id, To: w.Desk, Class: bot.Notice, Complaint: c.Ref, Thread: c.Card,
		About: d.About, By: d.By, Counts: d.Counts, Words: text, Post: w.prepared(c, id, d.About, text, w.preparedHow(c, d.About), true)})
	w.EventAt(c, bot.EvPrepared, w.S.Now, or(string(d.By), "bot"), text, map[string]string{"out": id, "about": d.About})
	w.Touch(c)
	return id
}

// Preparing tells whether a saying only remembers that something was prepared.
func Preparing(k bot.EventKind) bool { return strings.HasPrefix(string(k), "prepared:") }

// unsent is where a complaint remembers a prepared message until it is
// recorded.
func unsent(out string) bot.EventKind { return "prepared:" + bot.EventKind(out) }

// preparedHow tells staff whom to send the words to.
func (w *Work) preparedHow(c *bot.Complaint, about string) string {
	if w.audience(c, about).theirs {
		return w.D(locales.StaffMandatePreparedHow, "Person", w.PersonOf(c))
	}
	return w.D(locales.StaffPreparedHow, "Contact", or(c.Contact, "–"))
}

func (w *Work) prepared(c *bot.Complaint, out, about, text, state string, press bool) *bot.Post {
	k := locales.StaffPreparedHead
	if w.audience(c, about).theirs {
		k = locales.StaffMandatePreparedHead
	}
	head := w.D(k, "What", w.named(w.PolicyOf(c), w.Language, "said", about), "Language", w.Tongue(w.Lang()), "Person", w.PersonOf(c))
	p := w.record(head, text, state)
	if press {
		p.Blocks = append(p.Blocks, bot.Block{Kind: bot.Buttons, Buttons: []bot.Button{
			{Action: Record, Value: Value(c, "out", out), Label: w.D(locales.StaffButtonRecord), Style: "primary"}}})
	}
	return &p
}

// PreparedAt is when a message was prepared whose sending nobody has recorded;
// false if there is none such.
func PreparedAt(c *bot.Complaint, out string) (time.Time, bool) {
	s, ok := c.Said[unsent(out)]
	return s.At, ok
}

// Unsent lists the outbox ids of messages that were prepared and whose sending
// nobody has recorded.
func Unsent(c *bot.Complaint) []string {
	var out []string
	for k, s := range c.Said {
		if Preparing(k) {
			out = append(out, s.Out)
		}
	}
	return out
}

// Stale throws away the words about lateness that still wait to be sent to a
// customer who is to be sent what they wait for.
func (w *Work) Stale(c *bot.Complaint) {
	for _, k := range slices.Sorted(maps.Keys(c.Said)) {
		s := c.Said[k]
		_, waits := c.Said[unsent(s.Out)]
		if !waits || !strings.HasPrefix(string(k), string(bot.EvTold)+":") {
			continue
		}
		// It stays told, else it would be prepared again.
		delete(c.Said, unsent(s.Out))
		text := w.D(locales.StaffPreparedStale)
		w.turn.Say = append(w.turn.Say, bot.Outbound{ID: w.id(), To: w.Desk, Class: bot.Notice, Complaint: c.Ref, Thread: c.Card,
			Edits: s.Out, About: "record", Post: &bot.Post{Text: text, Blocks: []bot.Block{{Kind: bot.Small, Text: text}}}})
		w.Touch(c)
	}
}

// Owed tells whether the answer, or a prepared message that would keep an open
// promise, waits to be sent.
func Owed(c *bot.Complaint) bool {
	for k, s := range c.Said {
		if s.State != string(bot.Prepared) {
			continue
		}
		if k == bot.EvResponse || k == bot.EvSecond {
			return true
		}
		for _, p := range c.Promises {
			if p.Verdict == bot.Open && slices.Contains(Counts(k), p.Until) {
				return true
			}
		}
	}
	return false
}

// Recording takes staff's word on a prepared message (w.S.Out): how it was
// sent, and when. It is false where there is nothing to record any more.
func (w *Work) Recording(c *bot.Complaint, how string, at time.Time, by bot.StaffID) bool {
	o := w.S.Out
	if o == nil || o.Post == nil {
		return false
	}
	if _, ok := c.Said[unsent(o.ID)]; !ok {
		return false
	}
	delete(c.Said, unsent(o.ID))
	state := bot.Sent
	if how == NotSent {
		state = bot.Failed
	}
	for k, s := range c.Said {
		if s.Out == o.ID {
			s.State, s.At = string(state), at
			c.Said[k] = s
		}
	}
	line := w.D(locales.StaffPreparedNot)
	if state == bot.Sent {
		line = w.D(locales.StaffPreparedSent, "How", w.D(locales.Key("staff.way."+how)), "At", w.Short(w.PolicyOf(c), at))
		w.EventAt(c, bot.EvDelivered, at, string(by), "", map[string]string{"out": o.ID, "about": o.About, "how": how})
	} else {
		w.EventAt(c, bot.EvFailed, w.S.Now, string(by), "", map[string]string{"out": o.ID, "about": o.About, "why": NotSent})
	}
	p := w.prepared(c, o.ID, o.About, o.Words, line, false)
	if state == bot.Failed {
		if c.Doubt == nil {
			c.Doubt = map[string]bot.State{}
		}
		c.Doubt[o.ID] = bot.Failed
		p.Blocks = append(p.Blocks, bot.Block{Kind: bot.Buttons, Buttons: []bot.Button{
			{Action: Resend, Value: Value(c, "out", o.ID), Label: w.D(locales.StaffButtonResend)}}})
	}
	p.Blocks[0].Spans = append(p.Blocks[0].Spans, bot.Span{Text: " · "}, bot.Span{User: string(by)})
	w.turn.Say = append(w.turn.Say, bot.Outbound{ID: w.id(), To: w.Desk, Class: bot.Notice, Complaint: c.Ref,
		Thread: c.Card, Edits: o.ID, About: "record", Post: p})
	w.Touch(c)
	return true
}
