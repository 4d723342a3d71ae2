package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/heedbot/heed/locales"
)

// distinct is the longest part of a text that does not depend on its fields.
func distinct(d *demo, lang string, k locales.Key, fields ...string) string {
	const mark = "@@"
	var args []any
	for _, f := range fields {
		args = append(args, f, mark)
	}
	parts := strings.Split(d.system.house.Words.Text(lang, k, args...), mark)
	return slices.MaxFunc(parts, func(x, y string) int { return len(x) - len(y) })
}

// inChannel narrows a selector to the card in the channel; the thread shows it
// too.
const inChannel = `[data-test="channel"] `

// The whole story, seen and done in the browser: a complaint in Polish with a
// photo, an acknowledgement in time, an update that comes too late and is
// owned up to, a decision, and the figures.
func TestBrowser(t *testing.T) {
	d, b := openDemo(t, "ask4")
	words, pol := d.system.house.Words, d.system.house.Policy
	button := func(k locales.Key) string { return test("phone-button", "text", words.Text("pl", k)) }
	b.shoot("1-empty")

	b.click(test("add-language", "lang", "pl"))
	b.click(test("add-confirm"))
	b.until("Start is there", `document.querySelector('[data-test="phone-start"]')`)
	b.shoot("2-phone")
	b.answered(func() { b.click(test("phone-start")) })
	b.answered(func() { b.click(button(locales.ButtonComplain)) })
	b.answered(func() { b.click(test("phone-button", "text", d.topic("pl"))) })
	b.answered(func() {
		b.write(test("phone-input"), "Od trzech dni nie mam internetu. Dzwoniłam dwa razy i nikt nie oddzwonił."+kb.Enter)
	})
	b.shoot("3-intake")
	b.answered(func() { b.click(button(locales.ButtonDone)) })
	for _, q := range pol.Ask {
		if !q.Required && q.Type != "files" {
			b.answered(func() { b.click(button(locales.ButtonSkip)) })
		}
	}
	b.answered(func() {
		b.click(test("phone-attach"))
		b.click(test("attach-photo"))
	})
	b.answered(func() { b.click(button(locales.ButtonDone)) })
	b.shoot("4-review")
	b.answered(func() { b.click(button(locales.ButtonSubmit)) })
	card := test("slack-post") + ".card"
	b.until("the card is in Slack", shows(card, "Od trzech dni nie mam internetu."))
	b.click(test("thread-open"))
	b.until("the photo is in the thread", `[...document.querySelectorAll('[data-test="thread"] [data-test="slack-image"] img')].some((i) => i.complete && i.naturalWidth > 100)`)
	b.shoot("5-card")

	b.click(inChannel + test("slack-button", "action", "acknowledge"))
	b.heard("the acknowledgement arrives in Polish", distinct(d, "pl", locales.ReadyAcknowledge, "Ref", "Who"))
	b.until("it cannot be acknowledged twice", `!document.querySelector('[data-test="slack-button"][data-action="acknowledge"]')`)
	b.shoot("6-acknowledged")

	b.move("clock-promise")
	b.heard("the honest status message arrives in Polish", distinct(d, "pl", locales.StatusUpdateSoon, "Ref", "What", "Date"))
	b.play("U0MIA")
	b.until("Mia has an unread mention", `Number(document.querySelector('[data-test="mentions"]').dataset.count) > 0`)
	b.click(test("mentions"))
	b.until("the mention stands out for her", `document.querySelector('[data-test="thread"] .mention.mine')`)
	b.shoot("7-overdue")

	b.play("U0ANN")
	b.click(inChannel + test("slack-button", "action", "decide"))
	b.click(test("modal-submit"))
	b.until("what is missing is said at the field", `document.querySelector('[data-test="error-reasons"]').textContent`)
	b.do(chromedp.SetValue(chromedp.CSS(test("field-outcome")), "upheld"))
	b.write(test("field-reasons"), "Kabel na ulicy był uszkodzony, a zgłoszenie nie trafiło do techników.")
	b.write(test("field-remedy"), "Zwracamy opłatę za cały miesiąc.")
	b.shoot("8-dialog")
	b.click(test("modal-submit"))
	b.until("the preview is on top", shows(test("modal")+":not([hidden])", words.Text("pl", locales.Key("response.upheld"))))
	b.shoot("9-preview")
	b.click(test("modal-submit") + `:not([hidden] *)`)
	b.until("the dialogs are closed", `document.querySelector('[data-test="modals"]').hidden`)
	b.heard("the decision arrives", "Zwracamy opłatę za cały miesiąc.")

	b.play("U0MIA")
	b.write(test("composer-input"), "/sla"+kb.Enter)
	private := `[data-test="slack-private"]`
	b.until("/sla answers Mia", shows(private, "acknowledgement: 1 of 1 on time"))
	if !eval[bool](b, shows(private, "progress update: 0 of 1 on time (late 1")) {
		t.Errorf("/sla says: %s", eval[string](b, `document.querySelector('[data-test="slack-private"]').innerText`))
	}
	b.shoot("10-sla")
	b.play("U0BEN")
	b.until("Ben does not see what was for Mia alone", `!document.querySelector('[data-test="slack-private"]')`)
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}}); err != nil {
		t.Fatal(err)
	}
	b.shoot("14-dark")
}

// What people really send must not break the page: markup in names, words
// without end, right-to-left text, albums, sounds, stickers, edits, a bot that
// is blocked.
func TestBrowserRough(t *testing.T) {
	d, b := openDemo(t, "ask4")
	b.click(test("add-language", "lang", "fr"))
	b.do(chromedp.SetValue(chromedp.CSS(test("add-name")), `<b id="bold">Zoë</b> O'Neil`))
	b.click(test("add-confirm"))
	b.answered(func() { b.click(test("phone-start")) })
	b.answered(func() {
		b.click(test("phone-commands"))
		b.until("the menu is in French", shows(test("phone-menu"), d.system.house.Words.Text("fr", locales.Key("command.status"))))
		b.shoot("11-menu")
		b.click(test("phone-command", "command", "complain"))
	})
	b.answered(func() { b.click(test("phone-button", "text", d.topic("fr"))) })
	b.answered(func() {
		b.write(test("phone-input"), strings.Repeat("Donaudampfschifffahrt", 20)+" *gras* <!channel> <i id=\"tilted\">x</i>")
		b.click(test("phone-send"))
	})
	b.answered(func() {
		b.write(test("phone-input"), "שלום, האינטרנט שלי לא עובד كل يوم.\u202e"+kb.Enter)
	})
	for _, sort := range []string{"album", "document", "voice", "sticker", "big"} {
		b.answered(func() {
			b.click(test("phone-attach"))
			b.click(test("attach-" + sort))
		})
	}
	b.until("the album stands together", `[...document.querySelectorAll(".pictures.n3 img")].filter((i) => i.complete && i.naturalWidth > 100).length === 3`)
	b.answered(func() { b.click(test("phone-button", "text", d.system.house.Words.Text("fr", locales.ButtonDone))) })
	b.write(test("phone-input"), "Un mot de trop"+kb.Enter)
	b.until("the message is there", shows(test("phone-message", "from", "customer"), "Un mot de trop"))
	b.click(test("phone-more"))
	b.click(test("phone-edit"))
	b.do(chromedp.SetValue(chromedp.CSS(test("phone-input")), "Un mot juste"))
	b.click(test("phone-send"))
	b.until("the message is changed", shows(test("phone-message", "from", "customer"), "Un mot juste")+` && !`+shows(test("phone-message"), "Un mot de trop"))
	b.shoot("12-rough")
	b.click(test("phone-more"))
	b.click(test("phone-block"))
	b.until("the bot is blocked", `document.querySelector('[data-test="phone"]').dataset.blocked === "true"`)
	b.click(test("phone-more"))
	b.click(test("phone-block"))
	b.until("the bot is unblocked", `document.querySelector('[data-test="phone"]').dataset.blocked === "false"`)
	b.write(test("composer-input"), "/nonsense"+kb.Enter)
	b.until("Slack's refusal is shown", shows(test("toast"), "/nonsense is not a valid command"))
	b.until("what was typed is not lost", `document.querySelector('[data-test="composer-input"]').value === "/nonsense"`)
	eval[string](b, `document.querySelector('[data-test="composer-input"]').value = ""`)
	b.write(test("composer-input"), "<b id=\"bolder\">Hello</b> @ben & all"+kb.Enter)
	b.until("what was typed is in the channel", shows(test("slack-post"), `<b id="bolder">Hello</b>`))
	b.play("U0BEN")
	b.until("Ben sees his mention", `document.querySelector('[data-test="channel"] .mention.mine')`)

	b.click(test("add-phone"))
	b.click(test("add-language", "lang", "de"))
	b.click(test("add-confirm"))
	b.until("the second phone is in hand", `document.querySelectorAll('[data-test="phone-tab"]').length === 2 && document.querySelector('[data-test="phone-start"]')`)
	b.answered(func() { b.click(test("phone-start")) })
	b.until("heed asks for the language", `[...document.querySelectorAll('[data-test="phone-button"]')].some((e) => e.offsetParent && e.textContent === "Polski")`)
	b.shoot("13-language")
	if eval[bool](b, `Boolean(document.querySelector("#bold, #bolder, #tilted"))`) {
		t.Error("what people wrote became markup")
	}
}

// topic is the first topic's name in a language.
func (d *demo) topic(lang string) string {
	return d.named(lang, d.system.house.Policy.Topics[0].ID)
}

// named is a topic's name in a language.
func (d *demo) named(lang, id string) string {
	if s, ok := d.system.house.Policy.Say(lang, "topic."+id); ok {
		return s
	}
	return d.system.house.Words.Text(lang, locales.Key("topic."+id))
}
