package main

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// A letter is entered by the shortcut, its messages are prepared and recorded,
// guidance is read, and the chief executive's channel has the copy.
func TestBrowserLetter(t *testing.T) {
	d, b := openDemo(t, "alphatech")
	set := func(field, value string) {
		b.do(chromedp.SetValue(chromedp.CSS(test("field-"+field)), value))
	}
	now := d.clock.Now().In(d.system.house.Policy.Zone)
	b.click(test("shortcut", "id", "log"))
	b.until("the dialog is there", `document.querySelector('[data-test="field-ask_summary"]')`)
	b.shoot("20-log")
	set("channel", "letter")
	set("language", "en")
	set("date", now.AddDate(0, 0, 2).Format(time.DateOnly))
	b.write(test("field-name"), "Mr Tran")
	b.write(test("field-contact"), "12 Le Loi, Hue")
	set("ask_topic", "product")
	b.write(test("field-ask_summary"), "The lift stops between two floors.")
	b.click(test("modal-submit"))
	b.until("a day to come is refused at its field", `document.querySelector('[data-test="error-date"]').textContent`)
	set("date", now.AddDate(0, 0, -2).Format(time.DateOnly))
	b.click(test("modal-submit"))
	b.until("the dialog is closed", `document.querySelector('[data-test="modals"]').hidden`)
	card := test("slack-post") + ".card"
	b.until("the card says how it came", shows(card, "by letter"))
	b.click(test("thread-open"))
	thread := `[data-test="thread"] `
	b.until("the receipt is prepared", shows(thread+test("slack-post"), "To be sent to the customer by you"))
	b.until("it says that it is overdue already", shows(thread+test("slack-post"), "Already overdue when it was entered"))
	b.shoot("21-prepared")
	b.click(thread + test("slack-button", "action", "record"))
	b.until("the dialog is there", `document.querySelector('[data-test="field-how"]')`)
	b.shoot("22-record")
	b.click(test("modal-submit"))
	b.until("it is recorded", shows(thread+test("slack-post"), "Sent (by letter)"))

	b.click(inChannel + test("slack-button", "action", "guidance"))
	b.until("guidance is there", shows(test("modal"), "never ask for what stands on the card"))
	b.shoot("23-guidance")
	b.click(test("modal-close"))
	b.play("U0MIA")
	b.click(test("channel-entry", "channel", "C0CEO"))
	b.until("the copy is there", shows(inChannel+test("slack-post"), "The lift stops between two floors."))
	b.shoot("24-copy")
}
