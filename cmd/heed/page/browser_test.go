package page_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/sandbox"
	"github.com/heedbot/heed/bot/slack"
	"github.com/heedbot/heed/cmd/heed/page"
)

// paper is a desk whose dialogs the test has written, and what was kept.
type paper struct {
	mu   sync.Mutex
	acts []bot.Act
}

var logView = &bot.View{ID: "log", Title: "Log a complaint", Submit: "Log", Close: "Cancel", Blocks: []bot.Block{
	{Kind: bot.Field, Field: &bot.Form{ID: "how", Label: "How it came", Kind: "choice", Initial: "letter", Options: []bot.Option{{ID: "letter", Label: "By letter"}, {ID: "phone", Label: "By telephone"}}}},
	{Kind: bot.Field, Field: &bot.Form{ID: "on", Label: "Received on", Kind: "date", Initial: "2027-05-24"}},
	{Kind: bot.Field, Field: &bot.Form{ID: "at", Label: "At", Hint: "Leave it out if nobody noted it.", Kind: "time", Optional: true}},
	{Kind: bot.Field, Field: &bot.Form{ID: "words", Label: "What they say", Kind: "lines"}},
}}

var guidanceView = &bot.View{ID: "guidance", Title: "Guidance", Close: "Close", Blocks: []bot.Block{
	{Kind: bot.Heading, Text: "Before you answer"},
	{Kind: bot.Plain, Text: "Read the whole account first. Ask what would put it right, and say when you will be in touch again."},
	{Kind: bot.Line}, {Kind: bot.Small, Text: "From the policy, part 3"}}}

func (p *paper) Open(_ context.Context, _ bot.StaffID, act bot.Act) (slack.Opening, error) {
	switch act.Verb {
	case "log":
		return slack.Opening{View: logView}, nil
	case "guidance":
		return slack.Opening{View: guidanceView}, nil
	}
	return slack.Opening{Keep: &act}, nil
}

func (p *paper) Submit(_ context.Context, _ bot.StaffID, view, _ string, values map[string]string) (slack.Submission, error) {
	if values["on"] > "2027-05-28" {
		return slack.Submission{Errors: map[string]string{"on": "This day is still to come."}}, nil
	}
	return slack.Submission{Keep: &bot.Act{Verb: view, Fields: values}}, nil
}

func (p *paper) Command(context.Context, bot.StaffID, string, string, string) (slack.Reply, error) {
	return slack.Reply{View: logView}, nil
}

func (p *paper) Receive(_ context.Context, in ...bot.Arrival) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, a := range in {
		p.acts = append(p.acts, *a.Input.Act)
	}
	return nil
}

func (p *paper) last() bot.Act {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.acts) == 0 {
		return bot.Act{}
	}
	return p.acts[len(p.acts)-1]
}

const chiefs = "C0CEO"

var eva = sandbox.Member{ID: "U0EVA", Name: "eva", RealName: "Eva Executive"}

// withChiefs is a second channel, private, with someone who is not at the desk.
func withChiefs(w *page.World) {
	w.Slack.AddUser(eva)
	w.Slack.AddChannel(sandbox.Channel{ID: chiefs, Name: "chief-executive", Private: true, Members: []string{w.Slack.BotUserID, page.Manager, eva.ID}})
	w.Channels, w.People = []string{w.Desk, chiefs}, append(slices.Clone(page.Staff), eva)
}

// join puts the app's door between the workspace and a paper desk.
func (x *table) join() (*slack.Door, *paper) {
	x.t.Helper()
	api := httptest.NewServer(x.slack)
	p := &paper{}
	d := &slack.Door{BotToken: x.slack.BotToken, AppToken: x.slack.AppToken, APIURL: api.URL + "/api", Channel: "C0DESK", Keep: p, Desk: p}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- d.Run(ctx) }()
	x.t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			x.t.Errorf("the door ended: %v", err)
		}
		x.slack.Close()
		api.Close()
	})
	for end := time.Now().Add(20 * time.Second); d.Health() != nil; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			x.t.Fatal(d.Health())
		}
	}
	return d, p
}

// said posts as heed does.
func (x *table) said(d *slack.Door, channel, thread string, p bot.Post) string {
	x.t.Helper()
	ts, err := d.Send(x.t.Context(), bot.Sending{Outbound: bot.Outbound{ID: channel + thread, To: bot.Address{Channel: bot.Slack, Chat: channel}, Post: &p}, ThreadID: thread})
	if err != nil {
		x.t.Fatal(err)
	}
	return ts
}

// tab is a browser's tab with the page.
type tab struct {
	t   *testing.T
	ctx context.Context
}

func (x *table) browse() *tab {
	x.t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	switch {
	case path == "" && os.Getenv("HEED_NEED_CHROMIUM") == "1":
		x.t.Fatal("HEED_NEED_CHROMIUM=1, and no Chromium was found")
	case path == "":
		x.t.Skip("no Chromium was found")
	}
	alloc, stop := chromedp.NewExecAllocator(context.Background(), chromedp.ExecPath(path), chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
		chromedp.Headless, chromedp.DisableGPU, chromedp.NoSandbox, chromedp.UserDataDir(x.t.TempDir()), chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.WSURLReadTimeout(time.Minute))
	x.t.Cleanup(stop)
	ctx, leave := chromedp.NewContext(alloc, chromedp.WithErrorf(func(string, ...any) {}))
	x.t.Cleanup(leave)
	bounded, end := context.WithTimeout(ctx, 3*time.Minute)
	x.t.Cleanup(end)
	b := &tab{x.t, bounded}
	b.do(chromedp.EmulateViewport(1280, 720), chromedp.Navigate(x.server.URL))
	b.until("the page is drawn", `document.body.dataset.ready === "true"`)
	return b
}

func (b *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.t.Fatal(err)
	}
}

func ask[T any](b *tab, expression string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.t.Fatalf("ask the page %s: %v", expression, err)
	}
	return v
}

func (b *tab) until(what, condition string) {
	b.t.Helper()
	for end := time.Now().Add(30 * time.Second); !ask[bool](b, "Boolean("+condition+")"); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			b.shoot("failed")
			b.t.Fatalf("never: %s\n%s", what, ask[string](b, "document.body.innerText"))
		}
	}
}

// one is an element that can be seen, by its data-test and more of its selector.
func one(name, more string) string {
	return fmt.Sprintf(`[...document.querySelectorAll('[data-test="%s"]%s')].filter((e) => e.offsetParent).pop()`, name, more)
}

func (b *tab) click(name, more string) {
	b.t.Helper()
	e := one(name, more)
	b.until("one can click "+name+more, e+" && !"+e+".disabled")
	at := ask[[]float64](b, `(() => { const e = `+e+`; e.scrollIntoView({ block: "nearest" }); const r = e.getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2]; })()`)
	b.do(chromedp.MouseClickXY(at[0], at[1]))
}

func (b *tab) set(field, value string) {
	b.t.Helper()
	ask[bool](b, fmt.Sprintf(`(() => { const e = %s; e.value = %q; e.dispatchEvent(new Event("input", { bubbles: true })); return true; })()`, one("field-"+field, ""), value))
}

// shoot takes a picture where HEED_SCREENSHOTS names a folder, and looks that
// nothing is wider than its place.
func (b *tab) shoot(name string) {
	b.t.Helper()
	b.do(chromedp.Sleep(250 * time.Millisecond))
	if wide := ask[[]string](b, `[...document.querySelectorAll("html, .posts, .side, .modal-body, .channel, .thread")].filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.className)`); len(wide) > 0 {
		b.t.Errorf("%s: too wide: %v", name, wide)
	}
	dir := os.Getenv("HEED_SCREENSHOTS")
	if dir == "" {
		return
	}
	picture, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.MkdirAll(dir, 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "desk-"+name+".png"), picture, 0o644)
	}
	if err != nil {
		b.t.Fatal(err)
	}
}

// What the desk offers beside the cards: a complaint logged by shortcut or
// command with its date and time, guidance to read, letters to copy.
func TestBrowserDialogs(t *testing.T) {
	x := lay(t)
	door, kept := x.join()
	letter := strings.Repeat("Dear Ms Nowak, we are sorry that nobody called you back. ", 80)
	card := x.said(door, "C0DESK", "", bot.Post{Text: "KXM-4FQ-7TA", Blocks: []bot.Block{{Kind: bot.Heading, Text: "KXM-4FQ-7TA"}, {Kind: bot.Plain, Text: "No internet for three days."},
		{Kind: bot.Buttons, Buttons: []bot.Button{{Action: "acknowledge", Label: "Acknowledge", Style: "primary"}, {Action: "guidance", Label: "Guidance"}}}}})
	x.said(door, "C0DESK", card, bot.Post{Text: "To be sent by letter", Blocks: []bot.Block{{Kind: bot.Rich, Spans: []bot.Span{{Text: "To be sent by letter", Bold: true}}}, {Kind: bot.Plain, Text: letter}}})
	b := x.browse()

	b.click("shortcut", `[data-id="log"]`)
	b.until("the dialog opens", one("field-on", ""))
	if got := ask[[]string](b, `[`+one("field-on", "")+`.type, `+one("field-on", "")+`.value, `+one("field-at", "")+`.type, `+one("field-at", "")+`.value]`); !slices.Equal(got, []string{"date", "2027-05-24", "time", ""}) {
		t.Errorf("the fields are %v", got)
	}
	b.shoot("log")
	b.set("on", "2027-06-24")
	b.click("modal-submit", "")
	b.until("what is missing is said at the field", one("error-words", "")+`?.textContent`)
	b.set("words", "They say the bill is wrong.")
	b.click("modal-submit", "")
	b.until("a day to come is refused at the field", one("error-on", "")+`?.textContent === "This day is still to come."`)
	b.shoot("log-wrong")
	b.set("on", "2027-05-21")
	b.set("at", "09:05")
	b.click("modal-submit", "")
	b.until("the dialog closes", `document.querySelector('[data-test="modals"]').hidden`)
	if f := kept.last().Fields; f["on"] != "2027-05-21" || f["at"] != "09:05" || f["how"] != "letter" {
		t.Errorf("kept %v", f)
	}

	ask[bool](b, `(() => { const e = `+one("composer-input", "")+`; e.value = "/complaint log"; return true; })()`)
	b.click("composer-send", "")
	b.until("the command opens the dialog too", one("field-on", ""))
	b.click("modal-close", "")
	b.until("the dialog closes", `document.querySelector('[data-test="modals"]').hidden`)

	b.click("slack-button", `[data-action="guidance"]`)
	b.until("the guidance is there to read", one("modal", "")+`?.textContent.includes("Ask what would put it right")`)
	if ask[bool](b, "Boolean("+one("modal-submit", "")+")") {
		t.Error("the guidance can be sent")
	}
	b.shoot("guidance")
	b.until("Escape is heard there", `document.activeElement.dataset.test === "modal-close"`)
	ask[bool](b, `document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }))`)
	b.until("the dialog closes", `document.querySelector('[data-test="modals"]').hidden`)

	b.click("thread-open", "")
	ask[bool](b, `(() => { const real = navigator.clipboard.writeText.bind(navigator.clipboard); navigator.clipboard.writeText = (text) => { window.copied = text; return real(text); }; return true; })()`)
	b.click("slack-copy", "")
	b.until("it says that it is copied", one("slack-copy", ".done")+`?.textContent === "Copied"`)
	b.shoot("copied")
	want := strings.Join(strings.Fields(letter), " ")
	if got := strings.Join(strings.Fields(ask[string](b, "window.copied")), " "); got != want {
		t.Errorf("copied %d characters of %d: %.80s", len(got), len(want), got)
	}
	// Far down a long letter the button is still there.
	b.until("it can be copied again", "!("+one("slack-copy", ".done")+")")
	ask[bool](b, `(() => { const e = document.querySelector('[data-test="thread-posts"]'); e.scrollTop = e.scrollHeight; return true; })()`)
	at := ask[[]float64](b, `(() => { const r = document.querySelector('[data-test="thread-posts"]').getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2]; })()`)
	b.do(chromedp.MouseEvent("mouseMoved", at[0], at[1]))
	b.until("the button shows where the mouse is", `(() => { const box = document.querySelector('[data-test="thread-posts"]').getBoundingClientRect(); const e = `+one("slack-copy", "")+`; const r = e.getBoundingClientRect(); return getComputedStyle(e).opacity === "1" && r.top >= box.top && r.bottom <= box.bottom; })()`)
	b.shoot("copy")
}

// More channels than the desk's: each person sees those they are in.
func TestBrowserChannels(t *testing.T) {
	x := lay(t, withChiefs)
	door, kept := x.join()
	card := x.said(door, "C0DESK", "", bot.Post{Text: "KXM-4FQ-7TA", Blocks: []bot.Block{{Kind: bot.Heading, Text: "KXM-4FQ-7TA"}, {Kind: bot.Plain, Text: "No internet for three days."}}})
	link, err := door.Permalink(t.Context(), "C0DESK", card)
	if err != nil {
		t.Fatal(err)
	}
	x.said(door, chiefs, "", bot.Post{Text: "Handed over", Mention: []string{eva.ID}, Blocks: []bot.Block{{Kind: bot.Heading, Text: "Handed over: KXM-4FQ-7TA"}, {Kind: bot.Rich, Spans: []bot.Span{{Text: "The card", URL: link}}},
		{Kind: bot.Plain, Text: "As received: no internet for three days."}, {Kind: bot.Buttons, Buttons: []bot.Button{{Action: "take", Label: "Take it"}}}}})
	b := x.browse()
	rooms := func() []string {
		return ask[[]string](b, `[...document.querySelectorAll('[data-test="channel-entry"]')].map((e) => e.dataset.channel)`)
	}
	in := func(text string) string {
		return `document.querySelector('[data-test="channel"]').textContent.includes(` + fmt.Sprintf("%q", text) + `)`
	}
	b.until("the desk's card is there", in("No internet"))
	if got := rooms(); !slices.Equal(got, []string{"C0DESK"}) {
		t.Errorf("Ann sees %v", got)
	}
	b.click("actor", `[data-user="U0MIA"]`)
	b.until("Mia sees both", `document.querySelectorAll('[data-test="channel-entry"]').length === 2`)
	b.until("the other has something new", `document.querySelector('[data-channel="C0CEO"]').classList.contains("fresh")`)
	b.shoot("channels")
	b.click("channel-entry", `[data-channel="C0CEO"]`)
	b.until("the hand-over is there, and the desk's card is not", in("As received")+" && !"+in("KXM-4FQ-7TA No"))
	b.until("it is not new any more", `!document.querySelector('[data-channel="C0CEO"]').classList.contains("fresh")`)
	b.click("thread-link", "")
	b.until("the link leads into the desk's channel", `document.querySelector('[data-test="channel-entry"].on').dataset.channel === "C0DESK" && !document.querySelector('[data-test="thread"]').hidden`)

	b.click("actor", `[data-user="U0EVA"]`)
	b.until("Eva sees hers at once", in("As received"))
	if got := rooms(); !slices.Equal(got, []string{chiefs}) {
		t.Errorf("Eva sees %v", got)
	}
	b.until("her mention stands out", `document.querySelector('[data-test="channel"] .mention.mine')`)
	b.click("slack-button", `[data-action="take"]`)
	for end := time.Now().Add(10 * time.Second); kept.last().Chat != chiefs || kept.last().By != bot.StaffID(eva.ID); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("kept %+v", kept.last())
		}
	}
	b.click("thread-link", "")
	b.until("she is told that the desk is not hers", `document.querySelector('[data-test="toast"]')?.textContent.includes("not a member")`)
	ask[bool](b, `(() => { const e = `+one("composer-input", "")+`; e.value = "I will call them"; return true; })()`)
	b.click("composer-send", "")
	b.until("her words are in her channel", in("I will call them"))
	b.shoot("chief")
	if p := x.slack.Posts(chiefs); len(p) != 2 || p[1].User != eva.ID {
		t.Errorf("the channel has %+v", p)
	}
	var s struct {
		Slack struct {
			Posts []struct{ Channel, Text string }
		}
	}
	_, out := x.ask("GET", "/state", "", nil)
	if err := json.Unmarshal([]byte(out), &s); err != nil || len(s.Slack.Posts) != 3 || s.Slack.Posts[0].Channel != "C0DESK" || s.Slack.Posts[2].Channel != chiefs {
		t.Errorf("the state has %+v, %v", s.Slack.Posts, err)
	}
}
