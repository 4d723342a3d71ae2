package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/heedbot/heed/bot/schedule"
	"github.com/heedbot/heed/locales"
)

// browser is a tab with the demo's page.
type browser struct {
	t   *testing.T
	ctx context.Context
}

// chromium finds a browser to drive. Without one the test cannot say anything;
// where HEED_NEED_CHROMIUM=1 that is a failure.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("HEED_NEED_CHROMIUM") == "1" {
		t.Fatal("HEED_NEED_CHROMIUM=1, and no Chromium was found")
	}
	t.Skip("no Chromium was found")
	return ""
}

// openDemo runs the demo and opens its page.
func openDemo(t *testing.T) (*demo, *browser) {
	t.Helper()
	path := chromium(t)
	ctx, cancel := context.WithCancel(context.Background())
	clock := &schedule.MovableClock{}
	clock.Set(time.Date(time.Now().Year()+1, 3, 3, 10, 0, 0, 0, time.UTC))
	d, err := newDemo(ctx, clock, t.TempDir(), "ask4", slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})))
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- d.run(ctx, l) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("the demo ended: %v", err)
		}
		d.close()
	})
	b := &browser{t: t}
	alloc, stop := chromedp.NewExecAllocator(context.Background(), chromedp.ExecPath(path), chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
		chromedp.Headless, chromedp.DisableGPU, chromedp.NoSandbox, chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1440, 900),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.WSURLReadTimeout(time.Minute))
	t.Cleanup(stop)
	tab, closeTab := chromedp.NewContext(alloc, chromedp.WithErrorf(func(string, ...any) {}))
	t.Cleanup(closeTab)
	if err := chromedp.Do(tab); err != nil {
		t.Fatalf("start Chromium: %v", err)
	}
	said, quiet := make(chan struct{}), chromedp.Console(tab)
	go func() {
		defer close(said)
		for m, err := range quiet {
			// What the server refuses is shown to the person; the log repeats it.
			refused := strings.Contains(m.Text, "status of 400")
			if err == nil && !refused && (m.Type == "error" || m.Type == chromedp.ConsoleException) {
				t.Errorf("the page complains: %s", m.Text)
			}
		}
	}()
	t.Cleanup(func() { closeTab(); <-said })
	bounded, end := context.WithTimeout(tab, 4*time.Minute)
	t.Cleanup(end)
	b.ctx = bounded
	b.do(chromedp.EmulateViewport(1440, 900), chromedp.Navigate("http://"+l.Addr().String()))
	b.until("the page is drawn", `document.body.dataset.ready === "true"`)
	return d, b
}

func (b *browser) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.shoot("failed")
		b.t.Fatal(err)
	}
}

// eval gives what an expression is on the page.
func eval[T any](b *browser, expression string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.t.Fatalf("ask the page: %v", err)
	}
	return v
}

// until waits for something to be true on the page.
func (b *browser) until(what, condition string) {
	b.t.Helper()
	for end := time.Now().Add(40 * time.Second); !eval[bool](b, "Boolean("+condition+")"); {
		if time.Now().After(end) {
			b.shoot("failed")
			b.t.Fatalf("never: %s\n%s", what, eval[string](b, "document.body.innerText"))
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func quoted(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // a string is always JSON
	}
	return string(b)
}

// test is the selector of an element by its data-test and more attributes.
func test(name string, more ...string) string {
	s := "[data-test=" + quoted(name) + "]"
	for i := 0; i+1 < len(more); i += 2 {
		s += "[data-" + more[i] + "=" + quoted(more[i+1]) + "]"
	}
	return s
}

// click presses the last element of a selector with the mouse, once it is
// there, can be pressed, and nothing lies over it.
func (b *browser) click(selector string) {
	b.t.Helper()
	var at []float64
	find := `(() => {
		const e = [...document.querySelectorAll(` + quoted(selector) + `)].filter((e) => e.offsetParent && !e.disabled).pop();
		if (!e) return null;
		e.scrollIntoView({ block: "nearest", inline: "nearest" });
		const r = e.getBoundingClientRect();
		const x = r.left + r.width / 2, y = r.top + r.height / 2;
		const over = document.elementFromPoint(x, y);
		return over && (e.contains(over) || over.contains(e)) ? [x, y] : null;
	})()`
	for end := time.Now().Add(40 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if at = eval[[]float64](b, find); at != nil {
			break
		}
		if time.Now().After(end) {
			b.shoot("failed")
			b.t.Fatalf("cannot be clicked: %s\n%s", selector, eval[string](b, "document.body.innerText"))
		}
	}
	b.do(chromedp.MouseClickXY(at[0], at[1]))
}

// write types into a field; Enter may be the last key.
func (b *browser) write(selector, text string) {
	b.t.Helper()
	b.click(selector)
	text, enter := strings.CutSuffix(text, kb.Enter)
	if _, err := chromedp.Call(b.ctx, input.InsertText, input.InsertTextParams{Text: text}); err != nil {
		b.t.Fatalf("type: %v", err)
	}
	if enter {
		// A key that the page takes for itself types no character after it.
		for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeRawKeyDown, input.DispatchKeyEventTypeKeyUp} {
			if _, err := chromedp.Call(b.ctx, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: kind, Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 13}); err != nil {
				b.t.Fatalf("press Enter: %v", err)
			}
		}
	}
}

// shows tells that an element of a selector holds a text.
func shows(selector, text string) string {
	return `[...document.querySelectorAll(` + quoted(selector) + `)].some((e) => e.textContent.includes(` + quoted(text) + `))`
}

const fromBot = `[data-test="phone-message"][data-from="bot"]`

// heard waits until the customer got a text.
func (b *browser) heard(what, text string) {
	b.t.Helper()
	b.until(what, shows(fromBot, text))
}

// answered does something on the phone and waits for the bot's next message.
func (b *browser) answered(act func()) {
	b.t.Helper()
	count := `document.querySelectorAll(` + quoted(fromBot) + `).length`
	before := eval[int](b, count)
	act()
	b.until("the bot answers", fmt.Sprintf("%s > %d", count, before))
}

// move presses a button of the clock and waits until the time has passed.
func (b *browser) move(button string) {
	b.t.Helper()
	before := eval[string](b, `document.querySelector('[data-test="clock-now"]').dateTime`)
	b.click(test(button))
	b.until("the clock has moved", `document.querySelector('[data-test="clock"]').dataset.moving === "false" && document.querySelector('[data-test="clock-now"]').dateTime.slice(0, 15) !== `+quoted(before[:15]))
}

// shoot takes pictures in two sizes where HEED_SCREENSHOTS names a folder, and
// looks that nothing is wider than the page.
func (b *browser) shoot(name string) {
	b.t.Helper()
	dir := os.Getenv("HEED_SCREENSHOTS")
	for _, size := range [][2]int64{{1280, 720}, {1440, 900}} {
		err := chromedp.Do(b.ctx, chromedp.EmulateViewport(size[0], size[1]), chromedp.Sleep(150*time.Millisecond))
		if err != nil {
			b.t.Errorf("look at the page: %v", err)
			return
		}
		wide := eval[[]string](b, `[document.documentElement, ...document.querySelectorAll(".chat, .posts, .side, .modal-body, .channel, .thread, .top, .handsets")]
			.filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.className || e.tagName)`)
		if len(wide) > 0 {
			b.t.Errorf("%s: wider than the page of %d: %v", name, size[0], wide)
		}
		if dir != "" {
			picture, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
			if err != nil {
				b.t.Fatalf("take a picture: %v", err)
			}
			if err := os.MkdirAll(dir, 0o755); err != nil {
				b.t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%d.png", name, size[0])), picture, 0o644); err != nil {
				b.t.Fatal(err)
			}
		}
	}
}

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

// The whole story, seen and done in the browser: a complaint in Polish with a
// photo, an acknowledgement in time, an update that comes too late and is
// owned up to, a decision, and the figures.
func TestBrowser(t *testing.T) {
	d, b := openDemo(t)
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

	b.click(test("slack-button", "action", "acknowledge"))
	b.heard("the acknowledgement arrives in Polish", distinct(d, "pl", locales.ReadyAcknowledge, "Ref", "Who"))
	b.until("it cannot be acknowledged twice", `!document.querySelector('[data-test="slack-button"][data-action="acknowledge"]')`)
	b.shoot("6-acknowledged")

	b.move("clock-promise")
	b.heard("the honest status message arrives in Polish", distinct(d, "pl", locales.StatusUpdateSoon, "Ref", "What", "Date"))
	b.click(test("actor", "user", "U0MIA"))
	b.until("Mia has an unread mention", `Number(document.querySelector('[data-test="mentions"]').dataset.count) > 0`)
	b.click(test("mentions"))
	b.until("the mention stands out for her", `document.querySelector('[data-test="thread"] .mention.mine')`)
	b.shoot("7-overdue")

	b.click(test("actor", "user", "U0ANN"))
	b.click(test("slack-button", "action", "decide"))
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

	b.click(test("actor", "user", "U0MIA"))
	b.write(test("composer-input"), "/sla"+kb.Enter)
	private := `[data-test="slack-private"]`
	b.until("/sla answers Mia", shows(private, "acknowledgement: 1 of 1 on time"))
	if !eval[bool](b, shows(private, "progress update: 0 of 1 on time (late 1")) {
		t.Errorf("/sla says: %s", eval[string](b, `document.querySelector('[data-test="slack-private"]').innerText`))
	}
	b.shoot("10-sla")
	b.click(test("actor", "user", "U0BEN"))
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
	d, b := openDemo(t)
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
	b.click(test("actor", "user", "U0BEN"))
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
	id := d.system.house.Policy.Topics[0].ID
	if s, ok := d.system.house.Policy.Say(lang, "topic."+id); ok {
		return s
	}
	return d.system.house.Words.Text(lang, locales.Key("topic."+id))
}
