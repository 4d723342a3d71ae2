package main

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/heedbot/heed/locales"
)

// A complaint about Ben: nobody at the desk sees anything of it, senior
// management answers it, and it moves on when Ben joins their channel.
func TestBrowserWall(t *testing.T) {
	d, b := openDemo(t, "ask4")
	words, pol := d.system.house.Words, d.system.house.Policy
	button := func(k locales.Key) string { return test("phone-button", "text", words.Text("pl", k)) }
	const account = "Ben Agent krzyczał na mnie przez telefon."

	b.click(test("add-language", "lang", "pl"))
	b.click(test("add-confirm"))
	b.answered(func() { b.click(test("phone-start")) })
	b.answered(func() { b.click(button(locales.ButtonComplain)) })
	b.answered(func() { b.click(test("phone-button", "text", d.named("pl", "staff"))) })
	b.answered(func() { b.write(test("phone-input"), account+kb.Enter) })
	b.answered(func() { b.click(button(locales.ButtonDone)) })
	for _, q := range pol.Ask {
		if !q.Required {
			b.answered(func() { b.click(button(locales.ButtonSkip)) })
		}
	}
	b.shoot("30-review")
	b.answered(func() { b.click(button(locales.ButtonSubmit)) })

	card := test("slack-post") + ".card"
	b.play("U0EVA")
	b.until("Eva sees the card", shows(inChannel+card, account))
	b.shoot("31-senior")
}
