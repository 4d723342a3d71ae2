package main

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

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
	submit := `document.querySelector(` + quoted(button(locales.ButtonSubmit)) + `)`
	for !eval[bool](b, "Boolean("+submit+")") {
		b.answered(func() { b.click(button(locales.ButtonSkip)) })
	}
	b.answered(func() { b.click(button(locales.ButtonSubmit)) })

	card := test("slack-post") + ".card"
	b.play("U0EVA")
	b.until("Eva sees the card", shows(inChannel+card, account))
	ref := regexp.MustCompile(`[A-Z2-9]{3}-[A-Z2-9]{3}-[A-Z2-9]{3}`).FindString(eval[string](b, `document.querySelector(`+quoted(inChannel+card)+`).textContent`))
	b.click(inChannel + test("thread-open"))
	b.shoot("30-senior")

	b.play("U0BEN")
	if saw := eval[string](b, `document.querySelector('[data-test="desk"]').innerHTML`); ref == "" || strings.Contains(saw, ref) || strings.Contains(saw, "Ben Agent krzycza") || strings.Contains(saw, "card") {
		t.Errorf("Ben sees of %q: %s", ref, saw)
	}
	private := test("slack-private")
	ask := func(ref string) string {
		before := eval[int](b, `document.querySelectorAll(`+quoted(private)+`).length`)
		b.write(test("composer-input"), "/complaint "+ref+kb.Enter)
		b.until("there is an answer", fmt.Sprintf(`document.querySelectorAll(%s).length > %d`, quoted(private), before))
		answer := eval[string](b, `[...document.querySelectorAll(`+quoted(private)+`)].pop().querySelector(".content").textContent`)
		return strings.ReplaceAll(answer, ref, "REF")
	}
	if it, none := ask(ref), ask("K7M-2QX-9RT"); it != none {
		t.Errorf("to Ben heed says of it %q, and of none %q", it, none)
	}
	b.shoot("31-accused")

	b.play("U0EVA")
	b.click(inChannel + test("slack-button", "action", "acknowledge"))
	b.heard("the acknowledgement arrives in Polish", distinct(d, "pl", locales.ReadyAcknowledge, "Ref", "Who"))
	b.click(test("join-open"))
	b.shoot("32-join")
	b.click(test("join", "user", "U0BEN"))
	b.until("the card is gone from the channel", `!document.querySelector(`+quoted(inChannel+card)+`)`)
	b.click(test("channel-entry", "direct", "true"))
	b.until("it goes on without Ben", shows(inChannel+card, account))
	b.shoot("33-direct")
	b.play("U0BEN")
	b.click(test("channel-entry", "channel", seniors))
	if saw := eval[string](b, `document.querySelector('[data-test="desk"]').innerHTML`); strings.Contains(saw, ref+"\"") || strings.Contains(saw, "krzycza") {
		t.Errorf("Ben sees among senior management: %s", saw)
	}
	b.shoot("34-joined")
}
