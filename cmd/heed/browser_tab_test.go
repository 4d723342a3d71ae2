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
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/heedbot/heed/bot/schedule"
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

// openDemo runs the demo of a policy, with an English desk, and opens its page.
func openDemo(t *testing.T, policy string) (*demo, *browser) { return openDesk(t, policy, "en") }

// openDesk runs the demo of a policy with the desk in a language.
func openDesk(t *testing.T, policy, desk string) (*demo, *browser) {
	t.Helper()
	path := chromium(t)
	ctx, cancel := context.WithCancel(context.Background())
	clock := &schedule.MovableClock{}
	clock.Set(time.Date(time.Now().Year()+1, 3, 3, 10, 0, 0, 0, time.UTC))
	d, err := newDemo(ctx, clock, t.TempDir(), policy, desk, slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})))
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

// play becomes another person of the workspace.
func (b *browser) play(user string) {
	b.t.Helper()
	is := `document.querySelector(` + quoted(test("actor", "user", user)) + `).ariaPressed === "true"`
	// A press is lost where the page draws itself anew in between: a person
	// presses again.
	for range 5 {
		b.click(test("actor", "user", user))
		for end := time.Now().Add(3 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
			if eval[bool](b, is) {
				return
			}
		}
	}
	b.until("one is "+user, is)
}

// move presses a button of the clock and waits until the time has passed.
func (b *browser) move(button string) {
	b.t.Helper()
	before := eval[string](b, `document.querySelector('[data-test="clock-now"]').dateTime`)
	b.click(test(button))
	b.until("the clock has moved", `document.querySelector('[data-test="clock"]').dataset.moving === "false" && document.querySelector('[data-test="clock-now"]').dateTime.slice(0, 15) !== `+quoted(before[:15]))
}

// shoot looks at the page in two sizes.
func (b *browser) shoot(name string) {
	b.t.Helper()
	b.look(name, [2]int64{1280, 720}, [2]int64{1440, 900})
}

// look takes pictures in some sizes where HEED_SCREENSHOTS names a folder, and
// looks that nothing is wider than the page and all of it can be read.
func (b *browser) look(name string, sizes ...[2]int64) {
	b.t.Helper()
	dir := os.Getenv("HEED_SCREENSHOTS")
	for _, size := range sizes {
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
		if name != "failed" {
			b.readable(name, size[0])
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
