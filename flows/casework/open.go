package casework

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

// Lodge makes a complaint of the customer's draft: it gives it a reference
// and its promises, shows it to staff and tells the customer what happens
// now. by is the member of staff who took over an unfinished account, or who
// took down what came without a messenger; way then says how it came. Both are
// empty where the customer submitted it.
func (w *Work) Lodge(received time.Time, by bot.StaffID, way bot.Channel) *bot.Complaint {
	d := w.Customer.Draft
	pol := w.Pack(d.Policy)
	c := &bot.Complaint{Ref: w.newRef(), Customer: w.Customer.ID, Round: 1, Policy: pol.Hash,
		Language: w.Lang(), Channel: w.Customer.Chat.Channel, Topic: d.Answers["topic"].Option,
		Answers: map[string]bot.Answer{}, Received: received, Card: w.id()}
	if way != "" {
		c.Channel, c.Name, c.Contact = way, w.Customer.Name, w.Customer.Contact
	}
	w.complaints = append(w.complaints, c)
	for _, q := range pol.Ask {
		a, ok := d.Answers[q.ID]
		if !ok || a.Skipped || !q.Applies(d.Answers) && way == "" {
			continue
		}
		c.Asked = append(c.Asked, q.ID)
		c.Answers[q.ID] = a
		c.Files = append(c.Files, a.Files...)
	}
	// Files and words may have come that the pack has no question for.
	for _, id := range []string{"summary", "evidence"} {
		if a := d.Answers[id]; !slices.Contains(c.Asked, id) && len(a.Parts)+len(a.Files) > 0 {
			c.Asked, c.Answers[id] = append(c.Asked, id), a
			c.Files = append(c.Files, a.Files...)
		}
	}
	c.Promises = pol.Start(c.Topic, received)
	who := "customer"
	if by != "" {
		who = string(by)
	}
	w.EventAt(c, bot.EvReceived, received, who, c.Answers["summary"].Text(), map[string]string{
		"topic": c.Topic, "language": c.Language, "channel": string(c.Channel), "policy": pol.Name + " " + pol.Version, "with": first(pol, c.Topic)})
	w.TakeBack(d)
	w.Customer.Draft, w.Customer.Confirm = nil, nil
	w.Stop(DraftReminder)
	w.Stop(DraftListed)
	w.posted[c.Card] = true
	w.mandated(c)
	w.enclosed(c)
	w.showCard(c)
	w.account(c)
	for _, id := range c.Files {
		e := w.File(id)
		if e == nil {
			continue
		}
		e.Complaint = c.Ref
		w.Changed(e)
		if e.State == bot.FileKept {
			w.Upload(c, e)
		}
	}
	if way != "" {
		// Without a messenger the program alone can keep nothing.
		w.End(c, bot.Void, func(p bot.Promise) bool { return p.ByBot })
	}
	w.route(c)
	w.merits(c)
	w.receipt(c, by)
	w.Watch(c)
	return c
}

// Timers of a draft.
const (
	DraftReminder = "draft_reminder"
	DraftListed   = "draft_listed"
)

func (w *Work) newRef() bot.Ref {
	for {
		r := bot.NewRef(w.Chance)
		if w.Complaint(r) == nil {
			return r
		}
	}
}

// account posts what the card has no room for: the whole of each long answer.
func (w *Work) account(c *bot.Complaint) {
	pol := w.PolicyOf(c)
	for _, q := range c.Asked {
		if text := c.Answers[q].Text(); len([]rune(text)) > cardWords {
			w.Quote(c, w.Heading(pol, q), text)
		}
	}
}

// receipt tells the customer the reference and what is promised. It keeps no
// promise: a person does that.
func (w *Work) receipt(c *bot.Complaint, by bot.StaffID) {
	pol := w.PolicyOf(c)
	var b strings.Builder
	if by != "" && w.Customer.HasChat() {
		b.WriteString(w.T(locales.ReceiptTaken, "Ref", string(c.Ref)))
	} else {
		b.WriteString(w.T(locales.ReceiptThanks, "Ref", string(c.Ref)))
	}
	if lines := w.PromiseLines(c, false); len(lines) > 0 {
		head := locales.ReceiptPromises
		if own(pol) {
			head = locales.ReceiptOwn
		}
		b.WriteString("\n\n" + w.T(head) + "\n\n• " + strings.Join(lines, "\n• "))
		late, open := w.late(c), 0
		for _, p := range c.Promises {
			if p.Verdict == bot.Open && !p.ByBot {
				open++
			}
		}
		if len(late) > 0 {
			b.WriteString("\n\n" + w.T(locales.ReceiptLate))
		}
		if n := open - len(late); n > 1 {
			b.WriteString("\n\n" + w.T(locales.ReceiptSooner))
		}
	} else if !dated(c) {
		b.WriteString("\n\n" + w.T(locales.ReceiptNoDates))
	}
	for _, t := range pol.Topics {
		if t.ID == c.Topic && t.Notice != "" {
			if s, ok := pol.Say(w.Lang(), "notice."+t.Notice); ok {
				b.WriteString("\n\n" + s)
			}
		}
	}
	if c.Wall != nil {
		k := locales.ReceiptWalled
		if len(c.Wall.Hidden) == 0 {
			k = locales.ReceiptWalledOpen
		}
		b.WriteString("\n\n" + w.T(k, "Role", w.SeniorName(c, w.Lang())))
	}
	b.WriteString(w.mandateReceipt(c))
	if w.Customer.HasChat() {
		b.WriteString("\n\n" + w.T(locales.ReceiptMore))
	} else {
		b.WriteString("\n\n" + w.T(locales.ReceiptContact))
	}
	text := b.String()
	out := w.Say(text, []bot.Choice{
		w.Button(w.T(locales.ButtonStatus), bot.Action{Verb: "status", Ref: c.Ref}),
		w.Button(w.T(locales.ButtonAdd), bot.Action{Verb: "add", Ref: c.Ref}),
	}, Said{About: "receipt", Complaint: c})
	for _, p := range w.late(c) {
		// The receipt says so: no second word is needed.
		w.MarkTold(c, p, "")
		w.EventAt(c, bot.EvTold, w.S.Now, "bot", "", map[string]string{"promise": p.ID, "round": strconv.Itoa(p.Round)})
	}
	w.Record(c, out, w.D(locales.StaffToldByProgram, "What", w.named(pol, w.Language, "said", "receipt")), text)
}

// late are the promises that were overdue when the complaint was entered.
func (w *Work) late(c *bot.Complaint) []bot.Promise {
	var list []bot.Promise
	for _, p := range c.Promises {
		if p.Overdue(w.S.Now) {
			list = append(list, p)
		}
	}
	return list
}

// own tells whether every date is the operator's own and none the policy's.
func own(pol *policy.Policy) bool {
	for _, p := range pol.Promises {
		if p.Source != "operator" {
			return false
		}
	}
	return len(pol.Promises) > 0
}

// dated tells whether anything at all is promised with a date.
func dated(c *bot.Complaint) bool { return len(c.Promises) > 0 }
