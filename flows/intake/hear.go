// Package intake is the customer's side: what is asked, what is answered, and
// where later words go. It keeps no place in the conversation: the next
// question is the first one without an acceptable answer.
package intake

import (
	"slices"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/locales"
)

// talk is one turn of the conversation.
type talk struct {
	*casework.Work
	// pending is what a typed yes would have done before this message.
	pending *bot.Action
}

// Hear takes what a customer did.
func Hear(w *casework.Work) {
	t := talk{Work: w, pending: w.Customer.Confirm}
	in := w.S.Input
	if in.Person.Name != "" {
		w.Customer.Name = in.Person.Name
	}
	if in.Chat != "" {
		w.Customer.Chat = bot.Address{Channel: in.Channel, Account: in.Account, Chat: in.Chat}
	}
	switch in.Kind {
	case bot.InBlocked:
		t.blocked()
		return
	case bot.InUnblocked:
		t.reachable()
		return
	}
	t.reachable()
	t.hint(in.Person.Language)
	if d := t.Customer.Draft; d != nil {
		// An account in the making is asked what the policy asks now; answers
		// to questions that are gone are passed over.
		d.Policy = t.Policy.Hash
	}
	switch in.Kind {
	case bot.InEdit:
		t.edited()
	case bot.InPress:
		t.pressed()
	default:
		if !t.floods() {
			t.message()
		}
	}
}

// blocked notes that the customer cannot be written to, and tells staff.
func (t talk) blocked() {
	if !t.Customer.Reachable() {
		return
	}
	t.Customer.Unreachable = t.S.Input.At
	for _, c := range t.OpenComplaints() {
		t.Event(c, bot.EvUnreachable, "customer", "", nil)
		t.Line(c, t.D(locales.StaffUnreachable))
	}
}

func (t talk) reachable() {
	if t.Customer.Reachable() {
		return
	}
	t.Customer.Unreachable = time.Time{}
	for _, ref := range t.Customer.Informs {
		t.pass(ref, passBack)
	}
	for _, c := range t.OpenComplaints() {
		t.Event(c, bot.EvReachable, "customer", "", nil)
		// What could not be said meanwhile is said now.
		t.Watch(c)
		t.Line(c, t.D(locales.StaffReachable))
	}
}

// message takes words, files, or something we cannot take.
func (t talk) message() {
	in := t.S.Input
	if t.links() {
		return
	}
	if in.Command != "" {
		t.Customer.Confirm, t.Customer.Comment = nil, ""
		if in.Command != "add" && !slices.Contains(t.Customer.Informs, t.Customer.Focus) {
			t.Customer.Focus = ""
		}
		t.command(in.Command, in.Argument)
		return
	}
	text := locales.Clean(in.Text)
	if t.confirms(text) {
		return
	}
	if t.comments(text) {
		return
	}
	if t.Customer.Language == "" {
		// Nothing is lost while they choose: the words open a draft.
		if !t.hold(text) {
			t.askLanguage()
		}
		return
	}
	if t.shut(text) {
		return
	}
	if in.Unsupported != "" && len(in.Files) == 0 && text == "" {
		t.unsupported(in.Unsupported)
		return
	}
	if text == "" && len(in.Files) == 0 {
		t.say(t.T(locales.ErrorEmpty), nil, "notice")
		t.again()
		return
	}
	if t.Customer.Draft == nil && text != "" && len(in.Files) == 0 && t.typedCommand(text) {
		return
	}
	if c := t.Complaint(t.Customer.Albums[in.Group].Ref); in.Group != "" && c != nil && c.Stage.Open() {
		// The other parts of an album go where its first one went.
		t.add(c, text)
		return
	}
	focus := t.Customer.Focus
	chosen := t.Complaint(focus)
	t.Customer.Focus = ""
	if !t.asksForNames() && in.Group == "" {
		defer t.offer(text)
	}
	switch {
	case chosen != nil && chosen.Stage.Open():
		t.add(chosen, text)
	case t.Customer.Draft != nil:
		t.answer(text)
	default:
		t.unasked(text, focus)
	}
}

// asksForNames tells whether the question being asked is answered by names, whose
// letters say nothing of the language.
func (t talk) asksForNames() bool {
	if t.Customer.Draft == nil {
		return false
	}
	q, more := t.flow().Next(t.Customer.Draft.Answers)
	return more && (q.Names != "" || q.ID == "represented")
}

// confirms takes a typed yes or no to what was asked with the last message.
func (t talk) confirms(text string) bool {
	a := t.Customer.Confirm
	t.Customer.Confirm = nil
	if a == nil || len(t.S.Input.Files) > 0 {
		return false
	}
	if a.Verb == "language" || a.Verb == "languages" {
		if l := t.picked(*a, text); l != "" {
			t.speak(l)
			return true
		}
		return false
	}
	// Yes and no were asked for: here no word is a name.
	switch {
	case t.Words.Typed(t.Lang(), text, locales.ButtonYes, locales.ButtonCancelYes, locales.ButtonWithdrawYes):
		if inDraft[a.Verb] && t.old(*a) {
			t.present()
			return true
		}
		t.do(*a)
	case t.Words.Typed(t.Lang(), text, locales.ButtonNo, locales.ButtonCancelNo, locales.ButtonWithdrawNo):
		t.present()
	default:
		return a.Verb == "dispute_yes" && t.whyNot(*a, text) || a.Verb == "withdraw_yes" && t.unsure(*a, text)
	}
	return true
}

// unsure takes words in the place of a yes to withdrawing: they are added, and
// the question is put once more.
func (t talk) unsure(a bot.Action, text string) bool {
	c := t.Complaint(a.Ref)
	if c == nil || text == "" || !c.Stage.Open() {
		return false
	}
	t.add(c, text)
	t.withdraw(a.Ref, false)
	return true
}

// whyNot takes words in the place of a yes to a second look: they are kept, and
// the question is put once more.
func (t talk) whyNot(a bot.Action, text string) bool {
	c := t.Complaint(a.Ref)
	if c == nil || text == "" || !t.MayDispute(c) {
		return false
	}
	t.add(c, text)
	t.dispute(a.Ref, a.Option, false)
	return true
}

// sure asks before something is done that cannot be taken back.
func (t talk) sure(question, yes, no string, do, instead bot.Action) {
	if t.Customer.Draft != nil {
		do.Draft = t.Customer.Draft.N
	}
	t.Customer.Confirm = &do
	t.say(question, []bot.Choice{t.Button(yes, do), t.Button(no, instead)}, "question")
}

// unsupported answers kindly what we cannot take. It is kept all the same.
func (t talk) unsupported(what string) {
	if what == "sticker" {
		t.say(t.T(locales.ErrorSticker), nil, "notice")
	} else {
		t.say(t.T(locales.ErrorUnsupported), nil, "notice")
	}
	t.again()
}

// again repeats what was being asked, if anything was.
func (t talk) again() {
	if t.Customer.Draft != nil {
		t.ask("")
	}
}

// say queues words to the customer.
func (t talk) say(text string, choices []bot.Choice, about string) {
	t.Say(text, choices, casework.Said{About: about})
}
