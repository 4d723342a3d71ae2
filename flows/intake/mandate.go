package intake

import (
	"slices"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/locales"
)

// What the lane of a person represented tells the complaint's lane
// (bot.Input.Command).
const (
	passInform   = "inform"           // they want to be kept informed
	passWords    = "words"            // they wrote or sent something about it
	passWithdraw = "consent_withdraw" // they no longer agree
	passLanguage = "language"         // they speak another language from now on
)

// Passed takes what someone told another lane about a complaint that is made
// for them.
func Passed(w *casework.Work) {
	in := w.S.Input
	c := w.Complaint(in.Ref)
	if c == nil {
		return
	}
	who := bot.Informed{Customer: bot.CustomerID(in.Person.ID), Language: in.Person.Language, Since: w.S.Now,
		Chat: bot.Address{Channel: in.Channel, Account: in.Account, Chat: in.Chat}}
	switch in.Command {
	case passInform:
		w.Inform(c, who)
	case passWithdraw:
		w.Withdrew(c, who)
	case passLanguage:
		if m := c.Mandate; m != nil && m.Informed != nil && m.Informed.Customer == who.Customer {
			m.Informed.Language = who.Language
			w.Save(c)
		}
	case passWords:
		// Their platform's ids are of another chat than the customer's.
		w.S.Input.MessageID, w.S.Input.Group = "", ""
		var taken, refused []string
		t := talk{w}
		w.InTongue(who.Language, func() { taken, refused = t.take(c.Ref) })
		w.FromRepresented(c, who, locales.Clean(in.Text), taken, refused)
	}
}

// pass tells the lane of a complaint that is made for this person.
func (t talk) pass(ref bot.Ref, command, text string, files []bot.File) {
	chat := t.Customer.Chat
	t.Pass(bot.Input{Kind: bot.InPassed, Command: command, Ref: ref, Channel: chat.Channel, Account: chat.Account, Chat: chat.Chat, At: t.S.Input.At,
		Text: text, Files: files, Person: bot.Person{ID: string(t.Customer.ID), Name: t.Customer.Name, Language: t.Lang()}})
}

// invited takes the code by which a person represented is kept informed. They
// choose the language, hear what this is, and are asked.
func (t talk) invited(k *bot.Token) {
	switch ref := k.Action.Ref; {
	case k.Customer == t.Customer.ID || t.Complaint(ref) != nil:
		t.speakAnyway()
		t.say(t.T(locales.InviteOwn), nil, "notice")
		t.again()
	case slices.Contains(t.Customer.Informs, ref):
		t.status(ref)
	default:
		t.askInform(ref)
	}
}

func (t talk) askInform(ref bot.Ref) {
	text := ""
	var cs []bot.Choice
	if t.Customer.Language != "" {
		text = t.T(locales.InformAsk, "Ref", string(ref))
		cs = []bot.Choice{
			t.Button(t.T(locales.ButtonInform), bot.Action{Verb: "inform", Ref: ref}),
			t.Button(t.T(locales.ButtonInformNo), bot.Action{Verb: "inform_no", Ref: ref}),
		}
	}
	for _, l := range t.languages() {
		if t.Customer.Language == "" {
			if text != "" {
				text += "\n"
			}
			text += t.Words.Text(l, locales.LanguageAsk)
		}
		if l != t.Customer.Language {
			cs = append(cs, t.Button(locales.Name(l), bot.Action{Verb: "inform_language", Ref: ref, Option: l}))
		}
	}
	t.Say(text, cs, casework.Said{About: "question", Wide: true})
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
		if c == nil || c.Mandate == nil {
			t.present()
			return true
		}
		t.Say(t.T(locales.InviteText, "Code", t.Inviting(c)), nil, casework.Said{About: "invite", Complaint: c})
	case "inform":
		if !slices.Contains(t.Customer.Informs, a.Ref) {
			t.Customer.Informs = append(t.Customer.Informs, a.Ref)
		}
		t.Customer.Chosen = true
		t.pass(a.Ref, passInform, "", nil)
	case "inform_no":
		t.say(t.T(locales.InformDeclined), nil, "notice")
	case "inform_language":
		if slices.Contains(t.languages(), a.Option) {
			t.Customer.Language, t.Customer.Chosen = a.Option, true
		}
		t.askInform(a.Ref)
	case "consent_withdraw":
		t.sure(t.T(locales.ConsentAsk, "Ref", string(a.Ref)), t.T(locales.ButtonYes), t.T(locales.ButtonNo),
			bot.Action{Verb: "consent_withdraw_yes", Ref: a.Ref}, bot.Action{Verb: "status", Ref: a.Ref})
	case "consent_withdraw_yes":
		t.pass(a.Ref, passWithdraw, "", nil)
	default:
		return false
	}
	return true
}

// informedOf takes words and files of someone for whom complaints are made,
// where nothing is being asked: they are about one of those, or about one of
// their own. It is false for everyone else.
func (t talk) informedOf(text string) bool {
	informs := t.Customer.Informs
	if len(informs) == 0 {
		return false
	}
	if len(informs) > 1 || len(t.OpenComplaints()) > 0 {
		if !t.hold(text) {
			t.askWhich("")
		}
		return true
	}
	t.pass(informs[0], passWords, text, t.S.Input.Files)
	if t.gathers(informs[0], nil, nil) {
		return true
	}
	t.passed(informs[0])
	return true
}

func (t talk) passed(ref bot.Ref) {
	t.say(t.T(locales.InformPassed, "Ref", string(ref)), nil, "added")
}

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
	t.pass(ref, passWords, bot.Answer{Parts: h.Parts}.Text(), files)
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

// informedStatus tells what a person represented can be told here of what is
// made for them: it is another person's complaint, and they hear of it as it
// goes on. It is false where nothing is.
func (t talk) informedStatus(ref bot.Ref) bool {
	if t.Complaint(ref) != nil {
		return false
	}
	for _, r := range t.Customer.Informs {
		if ref == "" || !slices.Contains(t.Customer.Informs, ref) || r == ref {
			t.say(t.T(locales.InformStatus, "Ref", string(r)),
				[]bot.Choice{t.Button(t.T(locales.ButtonConsentWithdraw), bot.Action{Verb: "consent_withdraw", Ref: r})}, "status")
		}
	}
	return len(t.Customer.Informs) > 0
}
