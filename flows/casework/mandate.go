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
var meant = []string{"acknowledged", "reply", "update", "ask", "response", "status_update", "closed", "disputed", "adr_letter"}

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
	if i := c.Mandate.Informed; i != nil {
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

// alsoTell tells the person represented what the customer is told.
func (w *Work) alsoTell(text string, d Said) {
	c := d.Complaint
	if c == nil || c.Mandate == nil || c.Mandate.Informed == nil || d.Again || !slices.Contains(meant, d.About) {
		return
	}
	if d.Other != "" {
		text = d.Other
	}
	who := *c.Mandate.Informed
	w.tell(c, who, w.in(who.Language, func() string { return w.T(locales.InformHead, "Ref", string(c.Ref)) })+"\n\n"+text)
}

// Informing is what words to the person represented are about.
const Informing = "informed"

// tell says something to the person represented, or to someone who would be.
func (w *Work) tell(c *bot.Complaint, who bot.Informed, text string) {
	var cs []bot.Choice
	if m := c.Mandate; m != nil && m.Informed != nil && m.Informed.Customer == who.Customer && m.State != bot.MandateWithdrawn {
		k := bot.Token{Token: w.Chance.Token(), Customer: who.Customer, Action: bot.Action{Verb: "consent_withdraw", Ref: c.Ref}}
		w.turn.Tokens = append(w.turn.Tokens, k)
		cs = []bot.Choice{{Token: k.Token, Label: w.in(who.Language, func() string { return w.T(locales.ButtonConsentWithdraw) })}}
	}
	parts := bot.Fit(bot.Message{Text: text, Choices: cs}, w.featuresOf(who.Chat))
	for i := range parts {
		w.turn.Say = append(w.turn.Say, bot.Outbound{ID: w.id(), To: who.Chat, Class: bot.Notice, Complaint: c.Ref, About: Informing, Message: &parts[i]})
	}
}

// featuresOf is what a chat's platform can do; of one that is not the
// customer's, what every platform can.
func (w *Work) featuresOf(chat bot.Address) bot.Features {
	if w.S.Features.Channel == chat.Channel {
		return w.S.Features
	}
	return bot.Features{Channel: chat.Channel, TextMax: 1000, TextUnit: bot.UTF16, Choices: 3, LabelMax: 20}
}

// Inviting makes a code by which the person represented is kept informed.
func (w *Work) Inviting(c *bot.Complaint) string {
	code := bot.NewCode(w.Chance)
	w.turn.Tokens = append(w.turn.Tokens, bot.Token{Token: code, Customer: w.Customer.ID, Action: bot.Action{Verb: "inform", Ref: c.Ref}})
	return code
}

// Inform keeps someone informed of the complaint that is made for them, and
// says a first word to them. Only one person is.
func (w *Work) Inform(c *bot.Complaint, who bot.Informed) {
	m := c.Mandate
	if m == nil || m.Informed != nil && m.Informed.Customer != who.Customer {
		w.tell(c, who, w.in(who.Language, func() string { return w.T(locales.InformUsed) }))
		return
	}
	if m.Informed == nil {
		w.Event(c, bot.EvInformed, "represented", "", map[string]string{"channel": string(who.Chat.Channel)})
		w.Line(c, w.D(locales.StaffMandateInforms))
	} else {
		who.Since = m.Informed.Since
	}
	m.Informed = &who
	w.Touch(c)
	w.tell(c, who, w.in(who.Language, func() string {
		text := w.T(locales.InformWelcome, "Ref", string(c.Ref)) + "\n\n" + w.T(locales.StatusStage, "Stage", w.T(StageKey(c)))
		for _, l := range w.PromiseLines(c, false) {
			text += "\n• " + l
		}
		return text
	}))
}

// Uninform ends that somebody is kept informed; why is stopped (staff say so)
// or gone (their chat is blocked).
func (w *Work) Uninform(c *bot.Complaint, by, why string) {
	if c.Mandate == nil || c.Mandate.Informed == nil {
		return
	}
	c.Mandate.Informed = nil
	w.Event(c, bot.EvInformed, by, "", map[string]string{"state": why})
}

// Founded notes what is found of a representative's authority, by whom, and the
// words with which they are told.
func (w *Work) Founded(c *bot.Complaint, state bot.MandateState, by, words string) {
	c.Mandate.State, c.Mandate.By, c.Mandate.At = state, by, w.S.Now
	if by == "represented" {
		c.Mandate.By = "customer"
	}
	w.Event(c, bot.EvMandate, by, words, map[string]string{"state": string(state)})
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
	if m == nil || m.Informed == nil || m.Informed.Customer != who.Customer {
		w.tell(c, who, w.in(who.Language, func() string { return w.T(locales.InformUsed) }))
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
	w.tell(c, who, w.in(who.Language, func() string { return w.T(locales.ConsentNoted, "Ref", string(c.Ref)) }))
}

// FromRepresented puts words and files of the person represented into the complaint and
// shows them to staff, under whose they are. refused tells of the files that
// could not be taken.
func (w *Work) FromRepresented(c *bot.Complaint, who bot.Informed, words string, files, refused []string) {
	w.Event(c, bot.EvAdded, "represented", words, nil)
	dates := w.Answered(c, w.S.Input.At)
	c.Files = append(c.Files, files...)
	head := locales.StaffMandateWrote
	if c.Mandate == nil || c.Mandate.Informed == nil || c.Mandate.Informed.Customer != who.Customer {
		head = locales.StaffMandateWroteBefore
	}
	if words != "" {
		if c.Answers == nil {
			c.Answers = map[string]bot.Answer{}
		}
		a := c.Answers[TheirWords]
		a.Parts = append(a.Parts, bot.Part{Text: words, At: w.S.Input.At})
		c.Answers[TheirWords] = a
	}
	if words == "" && head == locales.StaffMandateWrote {
		head = locales.StaffMandateSentFile
	}
	if words != "" || len(files) > 0 {
		w.Wrote(c, w.D(head), words, w.concerned(c)...)
	}
	if len(refused) > 0 {
		w.tell(c, who, strings.Join(refused, "\n"))
	}
	if dates != "" {
		w.Say(w.T(locales.LetterReply, "Ref", string(c.Ref))+"\n\n"+dates, nil, Said{About: "dates", Complaint: c})
	}
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

// authorised tells whether there is a file that may show the authority.
func (w *Work) authorised(c *bot.Complaint) bool {
	return slices.ContainsFunc(c.Answers[Authorisation].Files, func(id string) bool {
		e := w.File(id)
		return e == nil || e.State == bot.FileWanted || e.State == bot.FileKept
	})
}

// mandateReceipt tells a representative what is missing.
func (w *Work) mandateReceipt(c *bot.Complaint) string {
	if !Unconfirmed(c) || w.authorised(c) || !w.Customer.HasChat() {
		return ""
	}
	return "\n\n" + w.T(locales.ReceiptAuthorisation)
}

// inviteChoice lets a representative have the other person kept informed.
func (w *Work) inviteChoice(c *bot.Complaint) []bot.Choice {
	if c.Mandate == nil {
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
	case w.authorised(c):
		spans = append(spans, bot.Span{Text: w.D(locales.StaffMandateLook), Bold: true})
	default:
		spans = append(spans, bot.Span{Text: w.D(locales.StaffMandateMissing), Bold: true})
	}
	if m.Informed != nil {
		spans = append(spans, bot.Span{Text: " · " + w.D(locales.StaffMandateInformed)})
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
