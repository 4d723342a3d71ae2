package intake

import (
	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/locales"
)

// pressed takes a button. What it stands for is ours; who pressed it must be
// the person it was shown to, and an old one explains itself.
func (t talk) pressed() {
	p := t.S.Pressed
	if p == nil || p.Customer != t.Customer.ID {
		t.Toast(t.T(locales.PressUnknown))
		if t.Customer.Language == "" {
			t.askLanguage()
			return
		}
		t.say(t.T(locales.PressUnknownLong), nil, "notice")
		t.present()
		return
	}
	a := p.Action
	t.Customer.Confirm, t.Customer.Comment = nil, ""
	if t.Customer.Language == "" && a.Verb != "language" {
		t.Customer.Language = t.Lang()
	}
	if inDraft[a.Verb] && t.old(a) {
		t.Toast(t.T(locales.PressOld))
		t.say(t.T(locales.PressOldLong), nil, "notice")
		t.present()
		return
	}
	t.Toast("")
	if inDraft[a.Verb] || a.Verb == "give_new" {
		t.Customer.Focus = ""
	}
	t.do(a)
}

// inDraft are the verbs that belong to one draft.
var inDraft = map[string]bool{"answer": true, "done": true, "clear": true, "skip": true, "back": true,
	"cancel": true, "cancel_ask": true, "continue": true, "change": true, "submit": true}

// old tells whether the button belongs to another draft than the present one,
// or to a question that is not being asked any more.
func (t talk) old(a bot.Action) bool {
	d := t.Customer.Draft
	if d == nil || a.Draft != d.N {
		return true
	}
	q, more := t.flow().Next(d.Answers)
	switch a.Verb {
	case "answer", "done", "skip":
		return !more || q.ID != a.Question
	case "clear":
		return !more || q.ID != a.Question
	case "submit", "change":
		return more
	case "back":
		return a.Prompt != t.Customer.Prompts
	}
	return false
}

// present shows where the customer stands now.
func (t talk) present() {
	if t.Customer.Draft != nil {
		t.ask("")
		return
	}
	t.status("")
}

func (t talk) do(a bot.Action) {
	if t.mandates(a) {
		return
	}
	switch a.Verb {
	case "language":
		t.speak(a.Option)
	case "languages":
		t.askLanguage()
	case "privacy":
		t.privacy()
	case "complain":
		t.complain()
	case "status":
		t.status(a.Ref)
	case "add":
		t.addTo(a.Ref)
	case "give":
		t.give(a.Ref)
	case "give_new":
		t.giveDraft()
	case "withdraw":
		t.withdraw(a.Ref, false)
	case "withdraw_yes":
		t.withdraw(a.Ref, true)
	case "dispute":
		t.dispute(a.Ref, a.Option, false)
	case "dispute_yes":
		t.dispute(a.Ref, a.Option, true)
	case "accept":
		t.accept(a.Ref)
	case "rate":
		t.rate(a.Ref, a.Option)
	case "conduct_review":
		t.appeal(a.Ref, a.Option)
	case "policy":
		t.policy()
	default:
		t.doInDraft(a)
	}
}

func (t talk) doInDraft(a bot.Action) {
	t.touch()
	q, _ := t.flow().Find(a.Question)
	switch a.Verb {
	case "answer":
		t.choose(q, a.Option)
	case "done":
		t.done(q)
	case "clear":
		t.clear(q.ID)
	case "skip":
		t.skip(q)
	case "back":
		t.back()
	case "change":
		t.forget(a.Question)
		t.ask("")
	case "submit":
		t.submit()
	case "cancel_ask":
		t.cancel()
	case "continue":
		t.ask("")
	case "cancel":
		t.TakeBack(t.Customer.Draft)
		t.Customer.Draft = nil
		t.Stop("draft_reminder")
		t.Stop("draft_listed")
		t.say(t.T(locales.CancelDone), []bot.Choice{t.Button(t.T(locales.ButtonComplain), bot.Action{Verb: "complain"})}, "notice")
	}
}
