package intake

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/locales"
)

// What the lane of a person represented tells the complaint's lane
// (bot.Input.Command).
const (
	passCode     = "code"             // they have a code; Argument holds its serial and who gave it
	passInform   = "inform"           // they want to be kept informed by it
	passBack     = "back"             // they can be written to again
	passWords    = "words"            // they wrote or sent something about it
	passTaken    = "taken"            // that was all for now
	passEdit     = "edit"             // they changed a message
	passStatus   = "status"           // they ask how it stands
	passWithdraw = "consent_withdraw" // they no longer agree
	passLanguage = "language"         // they speak another language from now on
)

// Passed takes what someone told another lane about a complaint that is made
// for them. What is said to them of it is said here: only this lane knows
// whether they are kept informed.
func Passed(w *casework.Work) {
	in := w.S.Input
	c := w.Complaint(in.Ref)
	if c == nil {
		return
	}
	n, by, _ := strings.Cut(in.Argument, " ")
	serial, err := strconv.Atoi(n)
	if err != nil {
		serial = -1
	}
	who := bot.Informed{Customer: bot.CustomerID(in.Person.ID), Language: in.Person.Language, Since: w.S.Now, Name: in.Person.Name, By: by,
		Chat: bot.Address{Channel: in.Channel, Account: in.Account, Chat: in.Chat}}
	t := talk{Work: w}
	switch in.Command {
	case passCode:
		var more []bot.Choice
		for _, l := range t.languages() {
			if l != who.Language {
				more = append(more, t.ButtonFor(who.Customer, locales.Name(l),
					bot.Action{Verb: "inform_language", Ref: c.Ref, Option: l, Question: by, Prompt: serial}))
			}
		}
		w.AskInform(c, who, serial, more...)
	case passInform:
		w.Inform(c, who, serial)
	case passBack:
		w.Back(c, who)
	case passStatus:
		if !w.Back(c, who) {
			w.StatusFor(c, who)
		}
	case passWithdraw:
		w.Withdrew(c, who)
	case passTaken:
		w.TakenFrom(c, who)
	case passEdit:
		if w.RevisedBy(c, who, locales.Clean(in.Text), in.MessageID) {
			w.TakenFrom(c, who)
		}
	case passLanguage:
		if m := c.Mandate; m != nil && m.Informed != nil && m.Informed.Customer == who.Customer {
			m.Informed.Language = who.Language
			w.Save(c)
		}
	case passWords:
		// Their platform's ids are of another chat than the customer's.
		w.S.Input.MessageID, w.S.Input.Group = "", ""
		w.FromRepresented(c, who, locales.Clean(in.Text), in.MessageID, func() (taken, refused []string) {
			n := len(w.S.Evidence)
			taken, refused = t.take(c.Ref)
			for _, e := range w.S.Evidence[n:] {
				w.File(e.ID).From = &who
			}
			return taken, refused
		})
	}
}

// passing is an input for the lane of a complaint that is made for this person.
func (t talk) passing(ref bot.Ref, command string) bot.Input {
	chat := t.Customer.Chat
	return bot.Input{Kind: bot.InPassed, Command: command, Ref: ref, Channel: chat.Channel, Account: chat.Account, Chat: chat.Chat, At: t.S.Input.At,
		Person: bot.Person{ID: string(t.Customer.ID), Name: t.Customer.Name, Language: t.Lang()}}
}

// pass tells the lane of a complaint that is made for this person.
func (t talk) pass(ref bot.Ref, command string) { t.Pass(t.passing(ref, command)) }

// passCoded tells it so with what the code says that they have.
func (t talk) passCoded(command string, a bot.Action) {
	in := t.passing(a.Ref, command)
	in.Argument = strconv.Itoa(a.Prompt) + " " + a.Question
	t.Pass(in)
}

// passWritten gives it words and files, and the platform's id of the words.
func (t talk) passWritten(ref bot.Ref, command, text, message string, files []bot.File) {
	in := t.passing(ref, command)
	in.Text, in.MessageID, in.Files = text, message, files
	t.Pass(in)
}

// invited takes the code by which a person represented is kept informed. They
// choose the language, hear what this is, and are asked.
func (t talk) invited(k *bot.Token) {
	if k.Customer == t.Customer.ID || t.Complaint(k.Action.Ref) != nil {
		t.speakAnyway()
		t.say(t.T(locales.InviteOwn), nil, "notice")
		t.again()
		return
	}
	t.askInform(k.Action)
}

// askInform has the complaint's lane ask whether they want to be kept informed;
// before that, in which language. a is what the code stands for.
func (t talk) askInform(a bot.Action) {
	if t.Customer.Language != "" {
		t.passCoded(passCode, a)
		return
	}
	var text []string
	var cs []bot.Choice
	for _, l := range t.nearest() {
		text = append(text, t.Words.Text(l, locales.LanguageAsk))
		a.Verb, a.Option = "inform_language", l
		cs = append(cs, t.ButtonFor(t.Customer.ID, locales.Name(l), a))
	}
	t.Say(strings.Join(text, "\n"), cs, casework.Said{About: "question", Wide: true})
}

// speaksFor are the presses by which a representative acts on the complaint in
// the other person's place.
var speaksFor = []string{"accept", "dispute", "dispute_yes", "rate", "withdraw", "withdraw_yes", "invite"}

// mandates takes what is pressed about a complaint that is made for someone
// else. It is false for anything else.
func (t talk) mandates(a bot.Action) bool {
	c := t.Complaint(a.Ref)
	if casework.Diverted(c) && slices.Contains(speaksFor, a.Verb) {
		t.Say(t.T(locales.MandateUntold, "Ref", string(c.Ref)), nil, casework.Said{About: "notice", Complaint: c})
		return true
	}
	switch a.Verb {
	case "invite":
		if !casework.MayInvite(c) {
			t.present()
			return true
		}
		t.Say(t.T(locales.InviteText, "Code", t.Inviting(c, casework.Representative)), nil, casework.Said{About: "invite", Complaint: c})
	case "inform":
		// Such a button is shown by the complaint's lane, to whom it agreed to
		// keep informed.
		if !slices.Contains(t.Customer.Informs, a.Ref) {
			t.Customer.Informs = append(t.Customer.Informs, a.Ref)
		}
		t.Customer.Chosen = true
		t.attends(a.Ref)
		t.passCoded(passInform, a)
	case "inform_no":
		t.say(t.T(locales.InformDeclined), nil, "notice")
	case "inform_language":
		if slices.Contains(t.languages(), a.Option) {
			t.Customer.Language, t.Customer.Chosen = a.Option, true
			for _, ref := range t.Customer.Informs {
				t.pass(ref, passLanguage)
			}
		}
		t.askInform(a)
	case "consent_withdraw":
		t.sure(t.T(locales.ConsentAsk, "Ref", string(a.Ref)), t.T(locales.ButtonYes), t.T(locales.ButtonNo),
			bot.Action{Verb: "consent_withdraw_yes", Ref: a.Ref}, bot.Action{Verb: "status", Ref: a.Ref})
	case "consent_withdraw_yes":
		t.pass(a.Ref, passWithdraw)
	default:
		return false
	}
	return true
}

// timerAttends ends that words go to a complaint that is made for this person
// without asking.
const timerAttends = "attends"

// attendsFor is how long they do, from the last time they went there.
const attendsFor = 24 * time.Hour

// attends has the next words go to a complaint that is made for this person.
// After a while they are asked again: this lane does not know whether that one
// is over, and they may have one of their own to make.
func (t talk) attends(ref bot.Ref) {
	t.Customer.Focus = ref
	t.Set(bot.Timer{Key: timerAttends, Kind: timerAttends, Due: t.S.Now.Add(attendsFor)})
}

// attended ends it.
func (t talk) attended() {
	if slices.Contains(t.Customer.Informs, t.Customer.Focus) {
		t.Customer.Focus = ""
	}
}

// informedOf takes words and files of someone for whom complaints are made,
// where nothing is being asked: they are about the one that the last ones were
// about, else they say which. It is false for everyone else.
func (t talk) informedOf(text string, focus bot.Ref) bool {
	switch informs := t.Customer.Informs; {
	case len(informs) == 0:
		return false
	case len(t.OpenComplaints()) > 0 || !slices.Contains(informs, focus):
		if !t.hold(text) {
			t.askWhich("")
		}
		return true
	}
	t.attends(focus)
	t.passWritten(focus, passWords, text, t.S.Input.MessageID, t.S.Input.Files)
	if !t.gathers(focus, nil, nil) {
		t.passed(focus)
	}
	return true
}

// passed has them told whether what they gave has reached staff.
func (t talk) passed(ref bot.Ref) { t.pass(ref, passTaken) }

// passHeld gives held words and files to a complaint that is made for this
// person. It is false where it is none of those.
func (t talk) passHeld(ref bot.Ref) bool {
	h := t.Customer.Held
	if h == nil || !slices.Contains(t.Customer.Informs, ref) {
		return false
	}
	t.release()
	var files []bot.File
	for _, id := range h.Files {
		if e := t.File(id); e != nil && e.State != bot.FileRefused && e.State != bot.FileGone {
			files = append(files, e.File)
		}
	}
	message := ""
	if len(h.Parts) == 1 {
		message = h.Parts[0].Message
	}
	t.attends(ref)
	t.passWritten(ref, passWords, bot.Answer{Parts: h.Parts}.Text(), message, files)
	t.passed(ref)
	return true
}

// informChoices are the complaints that are made for this person, to choose
// one.
func (t talk) informChoices(verb string) []bot.Choice {
	var cs []bot.Choice
	for _, ref := range t.Customer.Informs {
		cs = append(cs, t.Button(string(ref), bot.Action{Verb: verb, Ref: ref}))
	}
	return cs
}

// informedStatus has a person represented told of what is made for them: it is
// another person's complaint, and its lane knows whether they hear of it. It is
// false where nothing is.
func (t talk) informedStatus(ref bot.Ref) bool {
	if t.Complaint(ref) != nil {
		return false
	}
	for _, r := range t.Customer.Informs {
		if ref == "" || !slices.Contains(t.Customer.Informs, ref) || r == ref {
			t.pass(r, passStatus)
		}
	}
	return len(t.Customer.Informs) > 0
}

// revisedElsewhere passes a changed message on: it may have reached a complaint
// that is made for this person.
func (t talk) revisedElsewhere(text string) {
	for _, ref := range t.Customer.Informs {
		t.passWritten(ref, passEdit, text, t.S.Input.MessageID, nil)
	}
}
