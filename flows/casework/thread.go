package casework

import (
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/locales"
)

// toastLives is how long a platform takes the answer to a press (Telegram
// refuses late ones); privateLives how long a private answer is of use.
const (
	toastLives   = 10 * time.Minute
	privateLives = 10 * time.Minute
)

// most of a customer's words in one post: Slack takes 3,000 characters a
// section and about 13,200 a message.
const wordsAPost = 9000

// Thread posts into the complaint's thread.
func (w *Work) Thread(c *bot.Complaint, p bot.Post) string {
	return w.thread(c, w.id(), p)
}

func (w *Work) thread(c *bot.Complaint, id string, p bot.Post) string {
	w.turn.Say = append(w.turn.Say, bot.Outbound{ID: id, To: w.Desk, Class: bot.Notice, Complaint: c.Ref,
		Thread: c.Card, About: "thread", Post: &p})
	return id
}

// Line posts one line of our own words into the thread.
func (w *Work) Line(c *bot.Complaint, text string) {
	w.Thread(c, bot.Post{Text: text, Blocks: []bot.Block{{Kind: bot.Rich, Spans: []bot.Span{{Text: text}}}}})
}

// Quote posts someone's words into the thread under a line of our own, in as
// many posts as they need; the first calls these people.
func (w *Work) Quote(c *bot.Complaint, head, words string, call ...bot.StaffID) {
	w.quoteIn(c, w.Desk, c.Card, head, words, call)
}

func (w *Work) quoteIn(c *bot.Complaint, to bot.Address, thread, head, words string, call []bot.StaffID) {
	for i, part := range bot.Split(strings.TrimSpace(words), wordsAPost, bot.Runes) {
		h := head
		if i > 0 {
			h = w.D(locales.StaffContinued)
		}
		b := []bot.Block{{Kind: bot.Rich, Spans: []bot.Span{{Text: h, Bold: true}}}}
		if part != "" {
			b = append(b, bot.Block{Kind: bot.Plain, Text: part})
		}
		p := bot.Post{Text: h, Blocks: b}
		for _, who := range call {
			if i == 0 && who != "" {
				p.Mention = append(p.Mention, string(who))
			}
		}
		w.turn.Say = append(w.turn.Say, bot.Outbound{ID: w.id(), To: to, Class: bot.Notice, Complaint: c.Ref,
			Thread: thread, About: "thread", Post: &p})
	}
}

// Apart puts a space behind a text that a name follows, but for those that end
// in a sign which holds its own.
func Apart(text string) string {
	for _, full := range []string{"：", "，", "。"} {
		if strings.HasSuffix(text, full) {
			return text
		}
	}
	return text + " "
}

// Someone stands in a text for a member of staff, whom Spans puts there.
const Someone = "\x00"

// Spans makes spans of a text in which Someone stands for a person.
func Spans(text string, who bot.StaffID) []bot.Span {
	var out []bot.Span
	for i, s := range strings.Split(text, Someone) {
		if i > 0 {
			out = append(out, bot.Span{User: string(who)})
		}
		if s != "" {
			out = append(out, bot.Span{Text: s})
		}
	}
	return out
}

// Aside is the house as the member of staff who acted reads it.
func (w *Work) Aside() *House { return w.In(w.S.Staff.Locale) }

// Private answers the member of staff who acted, and nobody else; the text is of
// the house that Aside gives. words are what they had written, so that it is not
// lost.
func (w *Work) Private(text, words string, who ...bot.StaffID) {
	a := w.S.Input.Act
	if a == nil {
		return
	}
	chat := a.Chat
	if chat == "" {
		chat = w.Desk.Chat // a shortcut is pressed in no channel
	}
	spans := []bot.Span{{Text: text}}
	if len(who) > 0 {
		spans = Spans(text, who[0])
		text = strings.ReplaceAll(text, Someone, "@"+string(who[0]))
	}
	b := []bot.Block{{Kind: bot.Rich, Spans: spans}}
	if words != "" {
		b = append(b, bot.Block{Kind: bot.Plain, Text: words})
	}
	w.turn.Say = append(w.turn.Say, bot.Outbound{ID: w.id(),
		To: bot.Address{Channel: bot.Slack, Account: w.Desk.Account, Chat: chat}, Class: bot.Fleeting,
		Expires: w.S.Now.Add(privateLives), About: "private",
		Private: &bot.Private{User: a.By, Thread: a.Thread, Post: bot.Post{Text: text, Blocks: b}}})
}

// Upload posts a kept file into the complaint's thread, and into every copy.
func (w *Work) Upload(c *bot.Complaint, e *bot.Evidence) {
	w.uploadIn(c, w.Desk, c.Card, e)
	for _, room := range copies(c) {
		w.uploadIn(c, w.room(room), c.Copies[room], e)
	}
}

func (w *Work) uploadIn(c *bot.Complaint, to bot.Address, thread string, e *bot.Evidence) {
	w.turn.Say = append(w.turn.Say, bot.Outbound{ID: w.id(), To: to, Class: bot.Notice, Complaint: c.Ref,
		Thread: thread, About: "evidence",
		Upload: &bot.Upload{Evidence: e.ID, Blob: e.Blob, Name: w.title(e), Size: e.Size}})
}

// FileName is a name for a file: the customer's own, or what it is, in a language.
func (h *House) FileName(lang string, e *bot.Evidence) string {
	if n := strings.TrimSpace(e.File.Name); n != "" {
		return n
	}
	if k := locales.Key("file.kind." + e.File.Kind); h.Words.Has(k) {
		return h.Words.Text(lang, k)
	}
	return h.Words.Text(lang, locales.FileKindFile)
}

// title is the name under which a file is put into Slack, with its extension.
func (h *House) title(e *bot.Evidence) string {
	name := h.FileName(h.Language, e)
	if i := strings.IndexByte(e.MIME, '/'); i > 0 && strings.TrimSpace(e.File.Name) == "" {
		name += "." + strings.TrimPrefix(strings.SplitN(e.MIME[i+1:], ";", 2)[0], "x-")
	}
	return name
}

// Record shows staff what the customer is sent, in a post of the thread that
// is edited as the delivery goes on.
func (w *Work) Record(c *bot.Complaint, out, head, words string) {
	if _, prepared := c.Said[unsent(out)]; prepared || !w.Customer.HasChat() {
		return // prepared: that post is the record
	}
	w.thread(c, recordID(out), w.record(head, words, w.D(locales.StaffDeliveryQueued)))
}

// Recorded edits the record of a message: how its delivery ended. The message
// itself is w.S.Out.
func (w *Work) Recorded(c *bot.Complaint, s *bot.Settlement, buttons []bot.Button) {
	o := w.S.Out
	if o == nil || o.Message == nil {
		return
	}
	p := w.record(w.headOf(o), o.Text(), w.deliveryLine(c, s))
	if o.By != "" {
		// An edit calls nobody; it shows whose words they were.
		p.Blocks[0].Spans = append(p.Blocks[0].Spans, bot.Span{Text: " · "}, bot.Span{User: string(o.By)})
	}
	if len(buttons) > 0 {
		p.Blocks = append(p.Blocks, bot.Block{Kind: bot.Buttons, Buttons: buttons})
	}
	w.turn.Say = append(w.turn.Say, bot.Outbound{ID: w.id(), To: w.Desk, Class: bot.Notice, Complaint: c.Ref,
		Thread: c.Card, Edits: recordID(o.ID), About: "record", Post: &p})
}

func recordID(out string) string { return out + "#record" }

func (w *Work) record(head, words, state string) bot.Post {
	return bot.Post{Text: head, Blocks: []bot.Block{
		{Kind: bot.Rich, Spans: []bot.Span{{Text: head, Bold: true}}},
		{Kind: bot.Plain, Text: words},
		{Kind: bot.Small, Text: state},
	}}
}

// headOf is the line over a record: what it is and whose words.
func (w *Work) headOf(o *bot.Outbound) string {
	what := w.named(w.Policy, w.Language, "said", o.About)
	if o.By == "" {
		return w.D(locales.StaffToldByProgram, "What", what)
	}
	return w.D(locales.StaffToldByPerson, "What", what)
}

func (w *Work) deliveryLine(c *bot.Complaint, s *bot.Settlement) string {
	at := w.Short(w.PolicyOf(c), s.At)
	switch s.State {
	case bot.Sent:
		return w.D(locales.StaffDeliverySent, "At", at)
	case bot.Possibly:
		return w.D(locales.StaffDeliveryPossibly, "At", at)
	case bot.Queued:
		return w.D(locales.StaffDeliveryAgain, "At", at)
	}
	why := s.Why
	if k := locales.Key("staff.why." + why); w.Words.Has(k) {
		why = w.D(k)
	}
	return w.D(locales.StaffDeliveryFailed, "At", at, "Why", why)
}
