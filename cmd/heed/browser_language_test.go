package main

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/heedbot/heed/cmd/heed/page"
	"github.com/heedbot/heed/locales"
)

// The whole story in languages whose letters ask most of a page: one for the
// customer, one for the desk, one for the staff's Slack accounts. Every kind of
// screen is there, and all of it can be read.
func TestBrowserLanguages(t *testing.T) {
	for _, c := range []struct {
		customer, desk, staff, account    string
		policy                            string
		summary, reasons, remedy, comment string
	}{
		{"vi", "zh-Hans", "lo", "lo-LA", "ask4",
			"Ba ngày nay nhà tôi không có mạng. Tôi đã gọi hai lần mà không ai gọi lại.",
			"Cáp ngoài đường bị đứt và phiếu báo hỏng chưa được chuyển tới kỹ thuật.", "Chúng tôi hoàn lại cước của cả tháng.", "Cảm ơn, đã ổn rồi."},
		{"lo", "vi", "zh-Hans", "zh-CN", "ask4",
			"ອິນເຕີເນັດໃຊ້ບໍ່ໄດ້ມາສາມມື້ແລ້ວ. ຂ້ອຍໂທໄປສອງຄັ້ງ ແຕ່ບໍ່ມີໃຜໂທກັບມາ.",
			"ສາຍຢູ່ນອກຖະໜົນຂາດ ແລະ ການແຈ້ງບໍ່ໄດ້ໄປຮອດຊ່າງ.", "ພວກເຮົາຈະຄືນເງິນຄ່າບໍລິການໝົດເດືອນ.", "ຂອບໃຈຫຼາຍໆ."},
		{"zh-Hans", "lo", "vi", "vi-VN", "altyor",
			"家里断网三天了。我打了两次电话，一直没有人回电。",
			"街上的电缆断了，而报修单没有转到技术人员那里。", "我们退还整个月的费用。", "谢谢，已经好了。"},
	} {
		t.Run(c.customer, func(t *testing.T) {
			d, b := openDesk(t, c.policy, c.desk)
			words := d.system.house.Words
			say := func(k locales.Key, args ...any) string { return words.Text(c.customer, k, args...) }
			button := func(k locales.Key) string { return test("phone-button", "text", say(k)) }
			// The smaller window has the least room.
			shoot := func(name string) { b.t.Helper(); b.look("lang-"+c.customer+"-"+name, [2]int64{1280, 720}) }

			b.click(test("add-language", "lang", c.customer))
			shoot("01-phone")
			b.click(test("add-confirm"))
			b.until("Start is there", `document.querySelector('[data-test="phone-start"]')`)
			shoot("02-start")
			b.answered(func() { b.click(test("phone-start")) })
			shoot("03-greeting")
			b.click(test("phone-commands"))
			b.until("the menu is in the customer's language", shows(test("phone-menu"), say(locales.CommandStatus)))
			shoot("04-menu")
			b.click(test("phone-commands"))
			b.answered(func() { b.click(button(locales.ButtonPolicy)) })
			shoot("05-policy")
			b.answered(func() { b.click(button(locales.ButtonComplain)) })
			if len(d.system.house.Policy.Topics) > 1 {
				b.answered(func() { b.click(test("phone-button", "text", d.topic(c.customer))) })
			}
			b.answered(func() { b.write(test("phone-input"), c.summary+kb.Enter) })
			shoot("06-question")
			b.answered(func() { b.click(button(locales.ButtonDone)) })
			for !eval[bool](b, "Boolean(document.querySelector("+quoted(button(locales.ButtonSubmit))+"))") {
				b.answered(func() { b.click(button(locales.ButtonSkip)) })
			}
			shoot("07-review")
			b.answered(func() { b.click(button(locales.ButtonSubmit)) })
			b.end()
			shoot("08-receipt")

			b.play("U0ANN")
			b.choose("locale", c.account)
			card := test("slack-post") + ".card"
			b.until("the card is in Slack", shows(card, c.summary))
			b.until("it is in the desk's language", shows(card, words.Text(c.desk, locales.StaffCardThread)))
			b.click(test("thread-open"))
			shoot("09-card")
			b.answered(func() { b.move("clock-promise") })
			b.end()
			shoot("10-overdue")

			b.click(inChannel + test("slack-button", "action", "acknowledge"))
			b.heard("the acknowledgement arrives", distinct(d, c.customer, locales.ReadyAcknowledge, "Ref", "Who"))
			b.until("it cannot be acknowledged twice", `!document.querySelector('[data-test="slack-button"][data-action="acknowledge"]')`)
			theirs := func(k locales.Key) string { return words.Text(c.staff, k) }
			b.opens(inChannel + test("slack-button", "action", "reply"))
			b.until("the dialog is in the language of the account", shows(test("modal-submit"), theirs(locales.StaffDialogPreview)))
			b.choose("field-ready", "2")
			b.until("what it says stands beside it", shows(test("picked-ready"), theirs(locales.ReadyReply2)))
			b.until("and what will be sent", shows(test("picked-ready"), say(locales.ReadyReply2)))
			shoot("11-reply")
			b.click(test("modal-submit"))
			b.until("the preview is on top", shows(test("modal")+":not([hidden]) h2", theirs(locales.StaffTitlePreview)))
			shoot("12-reply-preview")
			b.click(test("modal-submit") + `:not([hidden] *)`)
			b.until("the dialogs are closed", `document.querySelector('[data-test="modals"]').hidden`)
			b.heard("the ready sentence arrives", say(locales.ReadyReply2))

			b.opens(inChannel + test("slack-button", "action", "decide"))
			b.click(test("modal-submit"))
			b.until("what is missing is said at the field", `document.querySelector('[data-test="error-reasons"]').textContent`)
			shoot("13-missing")
			b.do(chromedp.SetValue(chromedp.CSS(test("field-outcome")), "upheld"))
			b.write(test("field-reasons"), c.reasons)
			b.write(test("field-remedy"), c.remedy)
			shoot("14-decide")
			b.click(test("modal-submit"))
			b.until("the preview is on top", shows(test("modal")+":not([hidden])", say(locales.Key("response.upheld"))))
			shoot("15-preview")
			b.click(test("modal-submit") + `:not([hidden] *)`)
			b.until("the dialogs are closed", `document.querySelector('[data-test="modals"]').hidden`)
			b.heard("the decision arrives", c.remedy)
			b.end()
			shoot("16-decision")

			b.opens(inChannel + test("slack-button", "action", "close"))
			b.write(test("field-lesson"), c.reasons)
			shoot("17-close")
			b.click(test("modal-submit"))
			b.until("the dialogs are closed", `document.querySelector('[data-test="modals"]').hidden`)
			for range 3 {
				if eval[bool](b, shows(test("phone-button"), say(locales.SurveyRatherNot))) {
					break
				}
				b.move("clock-day")
			}
			b.end()
			shoot("18-survey")
			b.answered(func() { b.click(test("phone-button", "text", say(locales.SurveySatisfied))) })
			b.answered(func() { b.write(test("phone-input"), c.comment+kb.Enter) })
			b.end()

			b.play(page.Manager)
			b.choose("locale", c.account)
			if got := b.command("/sla"); !strings.Contains(got, theirs(locales.StaffSlaHead)) {
				t.Errorf("/sla says %q", got)
			}
			shoot("19-sla")
			b.opens(test("shortcut", "id", "log"))
			b.until("the dialog is there", `document.querySelector('[data-test="field-ask_summary"]')`)
			shoot("20-log")
		})
	}
}

// opens presses a button until there is a dialog: a press is lost where the
// page draws the button anew under it, and a person presses again.
func (b *browser) opens(button string) {
	b.t.Helper()
	open := `!document.querySelector('[data-test="modals"]').hidden`
	for range 3 {
		b.click(button)
		for end := time.Now().Add(12 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
			if eval[bool](b, open) {
				return
			}
		}
	}
	b.until("a dialog opens", open)
}

// end scrolls the phone to its newest message.
func (b *browser) end() {
	b.t.Helper()
	eval[bool](b, `(() => {
		const chat = [...document.querySelectorAll('[data-test="phone-chat"]')].find((e) => e.offsetParent);
		chat.scrollTop = chat.scrollHeight;
		return true;
	})()`)
}

// choose takes an option of a list that is shut.
func (b *browser) choose(list, value string) {
	b.t.Helper()
	b.until("one can choose "+value, `[...document.querySelectorAll(`+quoted(test(list)+" option")+`)].some((o) => o.value === `+quoted(value)+`)`)
	eval[bool](b, `(() => {
		const e = document.querySelector(`+quoted(test(list))+`);
		e.value = `+quoted(value)+`;
		for (const kind of ["input", "change"]) e.dispatchEvent(new Event(kind, { bubbles: true }));
		return true;
	})()`)
}

// Each member of staff reads heed in the language of their own Slack account;
// who changes it is answered in the new one at once. Cards stay as the desk has
// them.
func TestBrowserAccount(t *testing.T) {
	d, b := openDemo(t, "alphatech")
	words := d.system.house.Words
	title := `[data-test="modal"]:not([hidden]) h2`
	b.play(page.Manager)
	for _, account := range []string{"vi-VN", "lo-LA", "fr-FR", "en-US", "zh-CN", "pl-PL", "it-IT"} {
		lang, _ := locales.Match(account, words.Languages())
		b.choose("locale", account)
		b.until("Slack tells of it", `document.querySelector('[data-test="locale"]').dataset.locale === `+quoted(account))
		if got := b.command("/sla"); !strings.Contains(got, words.Text(lang, locales.StaffSlaHead)) {
			t.Errorf("with an account in %s /sla says %q", account, got)
		}
		b.opens(test("shortcut", "id", "log"))
		b.until("the dialog is in "+account, shows(title, words.Text(lang, locales.Key("staff.title.log"))))
		b.click(test("modal-close"))
		b.until("the dialogs are closed", `document.querySelector('[data-test="modals"]').hidden`)
	}
	b.shoot("40-accounts")
	b.play("U0BEN")
	b.until("the choice of language stands under Ben", `document.querySelector('[data-test="locale"]').closest("label").previousElementSibling.dataset.user === "U0BEN"`)
	if got := b.command("/sla"); !strings.Contains(got, words.Text("en", locales.StaffNotManagers)) {
		t.Errorf("Ben, whose account is English, reads %q", got)
	}
	if !eval[bool](b, shows(test("actor", "user", page.Manager)+" .speaks", "IT")) {
		t.Error("it is not seen at Mia's name that her account is Italian")
	}

	// Phones in languages that heed does not speak: it asks, and offers who
	// reads Traditional Chinese the Simplified first.
	for i, c := range []struct{ phone, first string }{{"zh-TW", "zh-Hans"}, {"pt", "vi"}} {
		if i > 0 {
			b.click(test("add-phone"))
		}
		b.click(test("add-language", "lang", c.phone))
		b.click(test("add-confirm"))
		b.answered(func() { b.click(test("phone-start")) })
		first := `[...document.querySelectorAll('[data-test="phone-button"]')].filter((e) => e.offsetParent)[0]`
		b.until("heed asks for the language", `(`+first+` || {}).textContent === `+quoted(locales.Name(c.first)))
		b.shoot("41-" + c.phone)
	}
}
