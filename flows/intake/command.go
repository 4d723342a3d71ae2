package intake

import (
	"slices"
	"strings"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/locales"
)

// Commands are the names a customer may type behind a slash, in the order
// they are published.
var Commands = []string{"start", "complain", "status", "add", "language", "help", "cancel", "policy", "privacy"}

// command does what was typed behind a slash.
func (t talk) command(name, arg string) {
	if t.Customer.Language == "" && name != "start" && name != "language" {
		// The company's own language for now; which one they would like is asked
		// behind the answer.
		t.Customer.Language = t.Lang()
		defer t.askLanguage()
	}
	switch name {
	case "start":
		t.start()
	case "complain":
		t.complain()
	case "status":
		t.status("")
	case "add":
		ref, _ := bot.ParseRef(arg)
		t.addTo(ref)
	case "language":
		if l := t.meant(arg); l != "" {
			t.speak(l)
			return
		}
		t.askLanguage()
	case "help":
		t.help()
	case "cancel":
		t.cancel()
	case "policy":
		t.policy()
	case "privacy":
		t.privacy()
	default:
		t.say(t.T(locales.ErrorCommand), nil, "notice")
		t.help()
	}
}

// decides takes the label of a button under a formal response, where there is one
// response that it can mean.
func (t talk) decides(text string) bool {
	var answered []*bot.Complaint
	for _, c := range t.Complaints() {
		if c.Stage == bot.Decided {
			answered = append(answered, c)
		}
	}
	if len(answered) != 1 {
		return false
	}
	c := answered[0]
	if t.Words.Labelled(t.Lang(), text, locales.ButtonAccept) {
		t.do(bot.Action{Verb: "accept", Ref: c.Ref})
		return true
	}
	for _, way := range t.PolicyOf(c).Disputes {
		if t.MayDispute(c) && t.Words.Labelled(t.Lang(), text, locales.Key("dispute."+way)) {
			t.do(bot.Action{Verb: "dispute", Ref: c.Ref, Option: way})
			return true
		}
	}
	return false
}

// awaited tells whether staff wait for this customer's answer, which may be any
// word.
func (t talk) awaited() bool {
	return slices.ContainsFunc(t.OpenComplaints(), func(c *bot.Complaint) bool { return !c.Waiting.IsZero() })
}

// typedCommand takes a command typed without its slash.
func (t talk) typedCommand(text string) bool {
	switch {
	case t.typed(text, locales.ButtonComplain):
		t.complain()
	case t.typed(text, locales.ButtonStatus):
		t.status("")
	case t.typed(text, locales.ButtonHelp):
		t.help()
	case t.typed(text, locales.ButtonLanguage):
		t.askLanguage()
	case t.typed(text, locales.ButtonPrivacy):
		t.privacy()
	case t.typed(text, locales.ButtonPolicy):
		t.policy()
	case !t.awaited() && t.Words.Labelled(t.Lang(), text, locales.ButtonCancel):
		t.cancel()
	case t.decides(text):
	case t.typed(text, locales.ButtonReview):
		return t.appeals()
	default:
		return false
	}
	return true
}

func (t talk) start() {
	if t.Customer.Language == "" {
		t.askLanguage()
		return
	}
	if t.Customer.Draft != nil && t.Customer.Greeted {
		t.say(t.T(locales.DraftGoesOn), nil, "notice")
		t.ask("")
		return
	}
	t.greet()
	t.again()
}

func (t talk) help() {
	lines := []string{t.T(locales.HelpIntro)}
	for _, c := range Commands {
		lines = append(lines, "/"+c+" – "+t.T(locales.Key("command."+c)))
	}
	t.say(strings.Join(lines, "\n"), nil, "help")
	t.again()
}

func (t talk) privacy() {
	s := t.T(locales.PrivacyText)
	if own, ok := t.Policy.Say(t.Lang(), "privacy"); ok {
		s = own
	}
	t.say(s, nil, "privacy")
	t.again()
}

// cancel asks before anything is thrown away.
func (t talk) cancel() {
	if t.Customer.Draft != nil {
		t.sure(t.T(locales.CancelAsk), t.T(locales.ButtonCancelYes), t.T(locales.ButtonCancelNo),
			bot.Action{Verb: "cancel"}, bot.Action{Verb: "continue"})
		return
	}
	all := t.OpenComplaints()
	// Whoever may not speak for the person concerned cannot withdraw it either.
	open := slices.DeleteFunc(slices.Clone(all), casework.Diverted)
	if len(open) == 0 && len(all) > 0 {
		t.status(all[0].Ref)
		return
	}
	if len(open) == 0 {
		t.say(t.T(locales.CancelNothing), []bot.Choice{t.Button(t.T(locales.ButtonComplain), bot.Action{Verb: "complain"})}, "notice")
		return
	}
	var cs []bot.Choice
	for _, c := range open {
		cs = append(cs, t.Button(t.T(locales.ButtonWithdraw, "Ref", string(c.Ref)), bot.Action{Verb: "withdraw", Ref: c.Ref}))
	}
	t.Say(t.T(locales.CancelWithdraw), cs, casework.Said{About: "question", Wide: true})
}

func (t talk) withdraw(ref bot.Ref, sure bool) {
	c := t.Complaint(ref)
	if c == nil || !c.Stage.Open() {
		t.status(ref)
		return
	}
	if !sure {
		t.sure(t.T(locales.WithdrawAsk, "Ref", string(ref)), t.T(locales.ButtonWithdrawYes), t.T(locales.ButtonWithdrawNo),
			bot.Action{Verb: "withdraw_yes", Ref: ref}, bot.Action{Verb: "status", Ref: ref})
		return
	}
	t.Withdrawn(c)
}
