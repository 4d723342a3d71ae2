package main

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/cmd/heed/page"
	"github.com/heedbot/heed/locales"
)

// A complaint about Ben: nobody at the desk sees anything of it, senior
// management answers it, and it moves on when Ben joins their channel.
func TestBrowserWall(t *testing.T) {
	d, b := openDemo(t, "ask4")
	words := d.system.house.Words
	button := func(k locales.Key) string { return test("phone-button", "text", words.Text("pl", k)) }
	const account = "Ben Agent krzyczał na mnie przez telefon."

	b.click(test("add-language", "lang", "pl"))
	b.click(test("add-confirm"))
	b.answered(func() { b.click(test("phone-start")) })
	b.answered(func() { b.click(button(locales.ButtonComplain)) })
	b.answered(func() { b.click(test("phone-button", "text", d.named("pl", "staff"))) })
	b.answered(func() { b.write(test("phone-input"), account+kb.Enter) })
	b.answered(func() { b.click(button(locales.ButtonDone)) })
	for !eval[bool](b, "Boolean(document.querySelector("+quoted(button(locales.ButtonSubmit))+"))") {
		b.answered(func() { b.click(button(locales.ButtonSkip)) })
	}
	b.answered(func() { b.click(button(locales.ButtonSubmit)) })

	card := inChannel + test("slack-post") + ".card"
	b.play(boss.ID)
	b.until("Eva lands where the card is", shows(card, account))
	ref := regexp.MustCompile(`\w{3}-\w{3}-\w{3}`).FindString(eval[string](b, `document.querySelector(`+quoted(card)+`).textContent`))
	b.click(inChannel + test("thread-open"))
	b.shoot("30-senior")

	desk := `document.querySelector('[data-test="desk"]').innerHTML`
	for _, user := range []string{"U0ANN", page.Manager, "U0BEN"} {
		b.play(user)
		if saw := eval[string](b, desk); ref == "" || strings.Contains(saw, ref) || strings.Contains(saw, "krzycza") || strings.Contains(saw, "slack-post") {
			t.Errorf("%s sees of %q: %s", user, ref, saw)
		}
	}
	if it, none := b.command("/complaint "+ref), b.command("/complaint "+another(t, ref)); it != none {
		t.Errorf("to Ben heed says of it %q, and of one that does not exist %q", it, none)
	}
	b.shoot("31-accused")

	b.play(boss.ID)
	b.click(inChannel + test("slack-button", "action", "acknowledge"))
	b.heard("the acknowledgement arrives in Polish", distinct(d, "pl", locales.ReadyAcknowledge, "Ref", "Who"))
	b.click(test("join-open"))
	b.shoot("32-join")
	b.click(test("join", "user", "U0BEN"))
	b.until("the card is gone from the channel", `!document.querySelector(`+quoted(card)+`)`)
	b.click(test("channel-entry", "direct", "true"))
	b.until("it goes on without Ben", shows(card, account))
	b.click(inChannel + test("thread-open"))
	b.shoot("33-direct")
	b.play("U0BEN")
	b.click(test("channel-entry", "channel", seniors))
	b.until("Ben is in their channel", shows(test("channel-head"), "senior-management"))
	b.until("all of heed's posts are gone from it", `!document.querySelector('[data-test="slack-post"]')`)
	if saw := eval[string](b, desk); strings.Contains(saw, ref) || strings.Contains(saw, "krzycza") {
		t.Errorf("Ben sees among senior management: %s", saw)
	}
}

// command gives what heed answers to a slash command in the channel.
func (b *browser) command(text string) string {
	b.t.Helper()
	answers := `[...document.querySelectorAll('[data-test="slack-private"] .content')]`
	before := eval[int](b, answers+".length")
	b.write(test("composer-input"), text+kb.Enter)
	b.until("there is an answer", fmt.Sprintf("%s.length > %d", answers, before))
	return eval[string](b, answers+".pop().textContent")
}

// another is a reference in the right form that is not this one.
func another(t *testing.T, ref string) string {
	t.Helper()
	for _, x := range "34679ACDEFGHJKMNPQRTWXY" {
		if r, ok := bot.ParseRef("KXM-4FQ-7T" + string(x)); ok && string(r) != ref {
			return string(r)
		}
	}
	t.Fatal("no letter checks")
	return ""
}
