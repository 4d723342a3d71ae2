package casework

import (
	"slices"
	"strings"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/locales"
)

// Informing is what words to the person represented are about.
const Informing = "informed"

// vouched tells whether staff know that someone who is kept informed is the
// person represented. A code that the representative gave shows nothing: they
// may have given it to themselves.
func vouched(i *bot.Informed) bool { return i.By != "" && i.By != Representative }

// Entitled is who is kept informed and may have what the representative may
// not; nil if nobody is.
func Entitled(c *bot.Complaint) *bot.Informed {
	if c.Mandate == nil || c.Mandate.Informed == nil || !vouched(c.Mandate.Informed) {
		return nil
	}
	return c.Mandate.Informed
}

// Unsure is who is kept informed by a code of the representative's, and of whom
// nobody has made sure who they are; nil if nobody is.
func Unsure(c *bot.Complaint) *bot.Informed {
	if c.Mandate == nil || c.Mandate.Informed == nil || vouched(c.Mandate.Informed) {
		return nil
	}
	return c.Mandate.Informed
}

// informs tells whether someone is kept informed of the complaint.
func informs(c *bot.Complaint, who bot.Informed) bool {
	return c.Mandate != nil && c.Mandate.Informed != nil && c.Mandate.Informed.Customer == who.Customer
}

// alsoTell tells the person represented what the customer is told.
func (w *Work) alsoTell(text string, d Said) {
	c := d.Complaint
	if c == nil || c.Mandate == nil || c.Mandate.Informed == nil || d.Again || !slices.Contains(meant, d.About) {
		return
	}
	if Diverted(c) && Entitled(c) == nil {
		return
	}
	if d.Other != "" {
		text = d.Other
	}
	who := *c.Mandate.Informed
	w.tell(c, who, w.in(who.Language, func() string { return w.T(locales.InformHead, "Ref", string(c.Ref)) })+"\n\n"+text)
}

// tell says something to the person represented, or to someone who would be.
func (w *Work) tell(c *bot.Complaint, who bot.Informed, text string, cs ...bot.Choice) {
	if informs(c, who) && c.Mandate.State != bot.MandateWithdrawn && c.Stage != bot.Withdrawn {
		cs = append(cs, w.ButtonFor(who.Customer, w.in(who.Language, func() string { return w.T(locales.ButtonConsentWithdraw) }),
			bot.Action{Verb: "consent_withdraw", Ref: c.Ref}))
	}
	parts := bot.Fit(bot.Message{Text: text, Choices: cs, Wide: len(cs) > 1}, w.featuresOf(who.Chat))
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

// Tell says something of ours to someone who sent or asked something of the
// complaint, in their language.
func (w *Work) Tell(c *bot.Complaint, who bot.Informed, compose func() string) {
	w.tell(c, who, w.in(who.Language, compose))
}

// tellNot says to someone that they are not kept informed.
func (w *Work) tellNot(c *bot.Complaint, who bot.Informed) {
	k := locales.InformNot
	if heardOf(c, who) {
		k = locales.InformFormer
	}
	w.InTongue(who.Language, func() { w.tell(c, who, w.T(k, "Ref", string(c.Ref)), w.own(who)) })
}

// own lets someone complain for themselves.
func (w *Work) own(who bot.Informed) bot.Choice {
	return w.ButtonFor(who.Customer, w.T(locales.ButtonComplain), bot.Action{Verb: "complain"})
}

// invitation is the action of a code by which someone is kept informed: who gave it
// (Representative, or a member of staff), and its serial.
func invitation(c *bot.Complaint, by string) bot.Action {
	return bot.Action{Verb: "inform", Ref: c.Ref, Question: by, Prompt: c.Mandate.Serial}
}

// Inviting makes a code by which the person represented is kept informed. by is
// who gives it to them: Representative, or a member of staff.
func (w *Work) Inviting(c *bot.Complaint, by string) string {
	code := bot.NewCode(w.Chance)
	w.turn.Tokens = append(w.turn.Tokens, bot.Token{Token: code, Customer: w.Customer.ID, Action: invitation(c, by)})
	return code
}

// AskInform asks someone who came with a code whether they want to be kept
// informed. more are further choices. A code that is not good any more is
// answered like one that never was.
func (w *Work) AskInform(c *bot.Complaint, who bot.Informed, serial int, more ...bot.Choice) {
	switch {
	case informs(c, who):
		w.StatusFor(c, who)
	case !invites(c, who, serial):
		w.Tell(c, who, func() string { return w.T(locales.CodeUnknown) })
	default:
		w.InTongue(who.Language, func() {
			a := invitation(c, who.By)
			no := a
			no.Verb = "inform_no"
			w.tell(c, who, w.T(locales.InformAsk, "Ref", string(c.Ref)), append([]bot.Choice{
				w.ButtonFor(who.Customer, w.T(locales.ButtonInform), a),
				w.ButtonFor(who.Customer, w.T(locales.ButtonInformNo), no),
			}, more...)...)
		})
	}
}

// invites tells whether a code that someone has is good. One that the
// representative gave is not where they may not speak for anyone.
func invites(c *bot.Complaint, who bot.Informed, serial int) bool {
	m := c.Mandate
	return m != nil && m.Informed == nil && serial == m.Serial && (m.State == bot.MandateConfirmed || who.By != Representative)
}

// Inform keeps someone informed of the complaint that is made for them, and
// says a first word to them. Only one person is, and a code is good for one.
func (w *Work) Inform(c *bot.Complaint, who bot.Informed, serial int) {
	switch {
	case informs(c, who):
		w.StatusFor(c, who)
		return
	case !invites(c, who, serial):
		w.Tell(c, who, func() string { return w.T(locales.CodeUnknown) })
		return
	}
	w.informed(c, who)
}

// informed keeps someone informed from now on.
func (w *Work) informed(c *bot.Complaint, who bot.Informed) {
	m := c.Mandate
	m.Serial++
	m.Informed, m.Gone = &who, nil
	m.Former = slices.DeleteFunc(slices.Clone(m.Former), func(id bot.CustomerID) bool { return id == who.Customer })
	w.Event(c, bot.EvInformed, "represented", "", map[string]string{"channel": string(who.Chat.Channel)})
	k := locales.StaffMandateInforms
	if !vouched(&who) {
		k = locales.StaffMandateInformsUnsure
	}
	w.Line(c, w.D(k))
	w.Touch(c)
	w.Tell(c, who, func() string {
		text := w.T(locales.InformWelcome, "Ref", string(c.Ref)) + "\n\n" + w.T(locales.StatusStage, "Stage", w.T(StageKey(c)))
		for _, l := range w.PromiseLines(c, false) {
			text += "\n• " + l
		}
		return text
	})
}

// Back keeps someone informed again who had blocked their chat. It is false for
// anyone else.
func (w *Work) Back(c *bot.Complaint, who bot.Informed) bool {
	m := c.Mandate
	if m == nil || m.Informed != nil || m.Gone == nil || m.Gone.Customer != who.Customer {
		return false
	}
	who.By, who.Since = m.Gone.By, m.Gone.Since
	w.informed(c, who)
	return true
}

// StatusFor tells someone who asks whether they are kept informed.
func (w *Work) StatusFor(c *bot.Complaint, who bot.Informed) {
	if !informs(c, who) {
		w.tellNot(c, who)
		return
	}
	k := locales.InformStatus
	if Diverted(c) && Entitled(c) == nil {
		k = locales.ConsentNotedUnsure
	}
	w.Tell(c, who, func() string { return w.T(k, "Ref", string(c.Ref)) })
}

// Uninform ends that somebody is kept informed; why is stopped (staff say so)
// or gone (their chat is blocked).
func (w *Work) Uninform(c *bot.Complaint, by, why string) {
	m := c.Mandate
	if m == nil || m.Informed == nil {
		return
	}
	m.Serial++
	m.Gone = nil
	if why == "gone" {
		m.Gone = m.Informed
	}
	m.Former = append(slices.Clone(m.Former), m.Informed.Customer)
	m.Informed = nil
	w.Event(c, bot.EvInformed, by, "", map[string]string{"state": why})
}

// endUnsure ends that somebody is kept informed of whom nobody made sure who
// they are: they may be the representative. They are told, kindly.
func (w *Work) endUnsure(c *bot.Complaint, by string) {
	m := c.Mandate
	if m.Gone != nil && !vouched(m.Gone) {
		m.Gone = nil
	}
	i := Unsure(c)
	if i == nil {
		return
	}
	who := *i
	w.Uninform(c, by, "stopped")
	w.Line(c, w.D(locales.StaffMandateEnded))
	w.Tell(c, who, func() string { return w.T(locales.InformEnded, "Ref", string(c.Ref)) })
}

// Vouch notes that a member of staff made sure that whoever is kept informed is
// the person represented.
func (w *Work) Vouch(c *bot.Complaint, by bot.StaffID) {
	i := Unsure(c)
	if i == nil {
		return
	}
	who := *i
	who.By = string(by)
	c.Mandate.Informed = &who
	w.Event(c, bot.EvInformed, string(by), "", map[string]string{"state": "vouched"})
}

// heardOf tells whether someone is kept informed of the complaint, or was once.
func heardOf(c *bot.Complaint, who bot.Informed) bool {
	return informs(c, who) || c.Mandate != nil && slices.Contains(c.Mandate.Former, who.Customer)
}

// FromRepresented puts words and files of the person represented into the
// complaint and shows them to staff, under whose they are. message is their
// platform's id of the words; refused tells of the files that could not be
// taken. It does nothing for someone who never was kept informed.
func (w *Work) FromRepresented(c *bot.Complaint, who bot.Informed, words, message string, take func() (files, refused []string)) {
	w.Back(c, who)
	if !heardOf(c, who) {
		return
	}
	var files, refused []string
	w.InTongue(who.Language, func() { files, refused = take() })
	if words == "" && len(files)+len(refused) == 0 {
		return
	}
	w.Event(c, bot.EvAdded, "represented", words, nil)
	dates, head := "", locales.StaffMandateWroteBefore
	if informs(c, who) {
		head = locales.StaffMandateWrote
		if !Diverted(c) || Entitled(c) != nil {
			dates = w.Answered(c, w.S.Input.At)
		}
	}
	c.Files = append(c.Files, files...)
	if words != "" {
		if c.Answers == nil {
			c.Answers = map[string]bot.Answer{}
		}
		a := c.Answers[TheirWords]
		a.Parts = append(slices.Clone(a.Parts), bot.Part{Text: words, At: w.S.Input.At, Message: theirs(who, message)})
		c.Answers[TheirWords] = a
	} else if head == locales.StaffMandateWrote {
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

// theirs is how a message of someone else's than the customer's is known: the
// platform's ids are unique within one chat only. "" has none.
func theirs(who bot.Informed, message string) string {
	if message == "" {
		return ""
	}
	return string(who.Customer) + "/" + message
}

// TakenFrom confirms to someone that what they wrote or sent has reached staff,
// where it has.
func (w *Work) TakenFrom(c *bot.Complaint, who bot.Informed) {
	if !heardOf(c, who) {
		w.tellNot(c, who)
		return
	}
	w.InTongue(who.Language, func() {
		var cs []bot.Choice
		if !c.Stage.Open() || !informs(c, who) {
			cs = append(cs, w.own(who)) // it may have been about something else
		}
		w.tell(c, who, w.T(locales.InformPassed, "Ref", string(c.Ref)), cs...)
	})
}

// RevisedBy takes that someone changed a message that reached the complaint
// before. It is false, and nothing is done, for any other message.
func (w *Work) RevisedBy(c *bot.Complaint, who bot.Informed, text, message string) bool {
	id := theirs(who, message)
	a := c.Answers[TheirWords]
	i := slices.IndexFunc(a.Parts, func(p bot.Part) bool { return id != "" && p.Message == id })
	if i < 0 || text == "" || a.Parts[i].Text == text {
		return false
	}
	a.Parts = slices.Clone(a.Parts)
	p := &a.Parts[i]
	was := p.Text
	p.Was, p.Text = append(slices.Clone(p.Was), was), text
	c.Answers[TheirWords] = a
	w.Event(c, bot.EvRevised, "represented", text, map[string]string{"answer": TheirWords})
	w.Wrote(c, w.D(locales.StaffMandateEditedWas), was)
	w.Wrote(c, w.D(locales.StaffMandateEdited), text)
	return true
}
