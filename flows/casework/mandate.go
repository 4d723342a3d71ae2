package casework

import (
	"slices"
	"strings"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/locales"
)

// Questions about a complaint that is made for someone else, and the option of
// the first that says so.
const (
	Capacity       = "capacity"
	Representative = "representative"
	Represented    = "represented"   // who is represented
	Authorisation  = "authorisation" // the files that show it
)

// TheirWords stands for a question where the words of the person represented
// are kept.
const TheirWords = "represented_later"

// mandated notes of a complaint being lodged that it is made for someone else.
// Nobody has looked at the authorisation yet.
func (w *Work) mandated(c *bot.Complaint) {
	if c.Answers[Capacity].Option != Representative || !slices.Contains(w.PolicyOf(c).Complainants, Representative) {
		return
	}
	c.Mandate = &bot.Mandate{State: bot.MandateClaimed, By: Representative, At: c.Received,
		Person: strings.TrimSpace(strings.ReplaceAll(c.Answers[Represented].Text(), "\n", " "))}
}

// Unconfirmed tells whether nobody has found yet whether a representative may
// speak for someone else.
func Unconfirmed(c *bot.Complaint) bool {
	return c.Mandate != nil && c.Mandate.State == bot.MandateClaimed
}

// Diverted tells whether words about the complaint go to the person represented
// in place of the representative, who may not speak for them.
func Diverted(c *bot.Complaint) bool {
	return c != nil && c.Mandate != nil && (c.Mandate.State == bot.MandateRefused || c.Mandate.State == bot.MandateWithdrawn)
}

// PersonOf is what the person represented is called, to staff.
func (h *House) PersonOf(c *bot.Complaint) string {
	if c.Mandate != nil && c.Mandate.Person != "" {
		return bot.Cut(c.Mandate.Person, 100)
	}
	return h.D(locales.StaffMandatePerson)
}

// meant are the messages that the person represented hears too, by what they
// are about.
var meant = []string{"acknowledged", "reply", "update", "ask", "response", "status_update", "closed", "disputed", "adr_letter", "withdrawn"}

// Turns tells whether such a message goes to the person represented where the
// representative may not speak for them. What answers the representative's own
// words, and what asks them for something, goes to them all the same.
func Turns(about string) bool {
	return slices.Contains(meant, about) && about != "reply" && about != "ask" || about == "dates"
}

// audience is whom words are for.
type audience struct {
	chat   bot.Address
	paper  bool // no chat: staff send them
	theirs bool // of the person represented
}

// audience tells whom words about the complaint are for: the customer, or the
// person represented where the customer may not speak for them.
func (w *Work) audience(c *bot.Complaint, about string) audience {
	if !Diverted(c) || !Turns(about) {
		return audience{chat: w.Customer.Chat, paper: !w.Customer.HasChat()}
	}
	if i := Entitled(c); i != nil {
		return audience{chat: i.Chat, theirs: true}
	}
	return audience{paper: true, theirs: true}
}

// OnPaper tells whether staff have to send words about the complaint
// themselves.
func (w *Work) OnPaper(c *bot.Complaint) bool { return w.audience(c, "response").paper }

// Reaches tells whether whoever is to hear of the complaint can be written to.
func (w *Work) Reaches(c *bot.Complaint) bool { return Diverted(c) || w.Customer.Reachable() }

// Other gives program's words once more in the language of the person
// represented, where they are kept informed in another one than the customer's;
// "" where not. The words are made by compose.
func (w *Work) Other(c *bot.Complaint, compose func() string) string {
	if c.Mandate == nil || c.Mandate.Informed == nil || c.Mandate.Informed.Language == w.Lang() {
		return ""
	}
	return w.in(c.Mandate.Informed.Language, compose)
}

// InTongue does something in another language than the customer's.
func (w *Work) InTongue(lang string, do func()) {
	w.in(lang, func() string { do(); return "" })
}

// in makes words in another language than the customer's.
func (w *Work) in(lang string, compose func() string) string {
	was := w.tongue
	w.tongue = lang
	defer func() { w.tongue = was }()
	return compose()
}

// Founded notes what is found of a representative's authority, by whom, and the
// words with which they are told.
func (w *Work) Founded(c *bot.Complaint, state bot.MandateState, by, words string) {
	c.Mandate.State, c.Mandate.By, c.Mandate.At = state, by, w.S.Now
	if by == "represented" {
		c.Mandate.By = "customer"
	}
	w.Event(c, bot.EvMandate, by, words, map[string]string{"state": string(state)})
	if !Diverted(c) {
		return
	}
	c.Mandate.Serial++
	if by != "represented" {
		w.endUnsure(c, by)
	}
}

// Dissented notes that the person represented no longer agrees: they say so
// themselves, or staff know it. The representative hears that they are told no
// more, and not why.
func (w *Work) Dissented(c *bot.Complaint, by string) {
	text := w.T(locales.MandateWithdrawn, "Ref", string(c.Ref))
	w.Founded(c, bot.MandateWithdrawn, by, text)
	out := w.Say(text, nil, Said{About: "mandate", Complaint: c})
	w.Record(c, out, w.D(locales.StaffToldByProgram, "What", w.D(locales.SaidMandate)), text)
}

// Withdrew takes that someone who is kept informed no longer agrees with the
// complaint's being made for them. Staff are called.
func (w *Work) Withdrew(c *bot.Complaint, who bot.Informed) {
	m := c.Mandate
	if !informs(c, who) {
		w.tellNot(c, who)
		return
	}
	if m.State != bot.MandateWithdrawn {
		var call []string
		for _, id := range w.concerned(c) {
			call = append(call, string(id))
		}
		w.Escalated(c, "", w.D(locales.StaffMandateWithdrew), call)
		w.Dissented(c, "represented")
	}
	k := locales.ConsentNoted
	if Entitled(c) == nil {
		k = locales.ConsentNotedUnsure
	}
	w.tell(c, who, w.in(who.Language, func() string { return w.T(k, "Ref", string(c.Ref)) }))
}

// brought takes files that come while a representative's authority is not
// confirmed: they may be what was missing.
func (w *Work) brought(c *bot.Complaint, files []string) {
	if len(files) == 0 || c.Mandate == nil || c.Mandate.State == bot.MandateConfirmed || c.Mandate.State == bot.MandateWithdrawn {
		return
	}
	a := c.Answers[Authorisation]
	a.Files = append(slices.Clone(a.Files), files...)
	if c.Answers == nil {
		c.Answers = map[string]bot.Answer{}
	}
	c.Answers[Authorisation] = a
	text := w.D(locales.StaffMandateCame)
	var call []string
	for _, id := range w.concerned(c) {
		call = append(call, string(id))
	}
	w.Escalated(c, "", text, call)
}

// Authorised tells whether there is a file that may show the authority.
func (w *Work) Authorised(c *bot.Complaint) bool {
	return slices.ContainsFunc(c.Answers[Authorisation].Files, func(id string) bool {
		e := w.File(id)
		return e == nil || e.State == bot.FileWanted || e.State == bot.FileKept
	})
}

// mandateReceipt tells a representative what is missing.
func (w *Work) mandateReceipt(c *bot.Complaint) string {
	if !Unconfirmed(c) || w.Authorised(c) || !w.Customer.HasChat() {
		return ""
	}
	return "\n\n" + w.T(locales.ReceiptAuthorisation)
}

// MayInvite tells whether a representative may have the other person kept
// informed: only once staff know that they may speak for them.
func MayInvite(c *bot.Complaint) bool {
	return c != nil && c.Mandate != nil && c.Mandate.State == bot.MandateConfirmed && c.Mandate.Informed == nil
}

// InviteChoice lets a representative have the other person kept informed.
func (w *Work) InviteChoice(c *bot.Complaint) []bot.Choice {
	if !MayInvite(c) {
		return nil
	}
	return []bot.Choice{w.Button(w.T(locales.ButtonInvite), bot.Action{Verb: "invite", Ref: c.Ref})}
}

// mandateBlocks are what the card says of a representative's authority.
func (w *Work) mandateBlocks(c *bot.Complaint) []bot.Block {
	m := c.Mandate
	if m == nil {
		return nil
	}
	spans := []bot.Span{{Text: w.D(locales.StaffMandateFor, "Person", w.PersonOf(c)), Bold: true}, {Text: " · "}}
	at := w.Short(w.PolicyOf(c), m.At)
	by := []bot.Span{{Text: " "}, {User: m.By}}
	switch {
	case m.State == bot.MandateConfirmed:
		spans = append(append(spans, bot.Span{Text: w.D(locales.StaffMandateConfirmed, "At", at)}), by...)
	case m.State == bot.MandateRefused:
		spans = append(append(spans, bot.Span{Text: w.D(locales.StaffMandateRefused, "At", at)}), by...)
	case m.State == bot.MandateWithdrawn && m.By == "customer":
		spans = append(spans, bot.Span{Text: w.D(locales.StaffMandateWithdrawnTheirs, "At", at)})
	case m.State == bot.MandateWithdrawn:
		spans = append(append(spans, bot.Span{Text: w.D(locales.StaffMandateWithdrawn, "At", at)}), by...)
	case w.Authorised(c):
		spans = append(spans, bot.Span{Text: w.D(locales.StaffMandateLook), Bold: true})
	default:
		spans = append(spans, bot.Span{Text: w.D(locales.StaffMandateMissing), Bold: true})
	}
	switch {
	case m.Informed == nil:
	case vouched(m.Informed):
		spans = append(spans, bot.Span{Text: " · " + w.D(locales.StaffMandateInformed)})
	default:
		spans = append(spans, bot.Span{Text: " · " + w.D(locales.StaffMandateInformedUnsure)})
	}
	return []bot.Block{{Kind: bot.Rich, Spans: spans}}
}

// mandateButtons are what can be done about a representative's authority.
func (w *Work) mandateButtons(c *bot.Complaint) []bot.Button {
	if c.Mandate == nil || c.Stage == bot.Withdrawn {
		return nil
	}
	b := []bot.Button{{Action: Mandate, Value: Value(c), Label: w.D(locales.StaffButtonMandate)}}
	if c.Mandate.Informed == nil {
		b = append(b, bot.Button{Action: Invite, Value: Value(c), Label: w.D(locales.StaffButtonInvite)})
	}
	return b
}
