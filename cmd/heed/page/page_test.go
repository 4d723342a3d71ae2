package page_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template"
	"time"

	"github.com/heedbot/heed/bot/sandbox"
	"github.com/heedbot/heed/cmd/heed/page"
	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

// hands is a clock that Travel sets.
type hands struct{ at time.Time }

func (h *hands) Now() time.Time { return h.at }

// table is the page over two platforms with nobody between them.
type table struct {
	t        *testing.T
	server   *httptest.Server
	app      *httptest.Server // where the app would call Slack
	clock    *hands
	telegram *sandbox.Telegram
	slack    *sandbox.Slack
	next     time.Time
}

func lay(t *testing.T, change ...func(*page.World)) *table {
	t.Helper()
	// A Friday afternoon; the Monday after it is a bank holiday in England.
	x := &table{t: t, clock: &hands{time.Date(2027, 5, 28, 15, 0, 0, 0, time.UTC)}}
	x.telegram, x.slack = sandbox.NewTelegram(x.clock, "4242:token"), sandbox.NewSlack(x.clock)
	members := []string{x.slack.BotUserID}
	for _, m := range page.Staff {
		x.slack.AddUser(m)
		members = append(members, m.ID)
	}
	x.slack.AddChannel(sandbox.Channel{ID: "C0DESK", Name: "complaints", Members: members})
	pol, err := policy.Builtin("ask4")
	if err != nil {
		t.Fatal(err)
	}
	words, err := locales.Open(slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	w := page.World{Telegram: x.telegram, Slack: x.slack, Clock: x.clock, Desk: "C0DESK", Policy: pol, Words: words,
		Travel: func(_ context.Context, to time.Time) error { x.clock.at = to; return nil },
		Next:   func(context.Context) (time.Time, error) { return x.next, nil }}
	for _, c := range change {
		c(&w)
	}
	x.server, x.app = httptest.NewServer(page.New(w)), httptest.NewServer(x.slack)
	t.Cleanup(func() {
		x.server.Close()
		x.app.Close()
		x.telegram.Close()
		x.slack.Close()
	})
	return x
}

// ask sends a request and gives status and body.
func (x *table) ask(method, path, body string, change func(*http.Request)) (int, string) {
	x.t.Helper()
	r, err := http.NewRequest(method, x.server.URL+path, strings.NewReader(body))
	if err != nil {
		x.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Heed-Demo", "1")
	if change != nil {
		change(r)
	}
	a, err := x.server.Client().Do(r)
	if err != nil {
		x.t.Fatal(err)
	}
	defer a.Body.Close()
	b, err := io.ReadAll(a.Body)
	if err != nil {
		x.t.Fatal(err)
	}
	return a.StatusCode, string(b)
}

func (x *table) post(path, body string) string {
	x.t.Helper()
	status, out := x.ask("POST", path, body, nil)
	if status != http.StatusOK {
		x.t.Fatalf("%s %s: %d %s", path, body, status, out)
	}
	return out
}

func TestOnlyThisMachineAndOnlyThePage(t *testing.T) {
	x := lay(t)
	for name, c := range map[string]struct {
		method, path string
		change       func(*http.Request)
		want         int
	}{
		"its own name":            {"GET", "/state", nil, 200},
		"localhost":               {"GET", "/state", func(r *http.Request) { r.Host = "localhost:8484" }, 200},
		"IPv6":                    {"GET", "/state", func(r *http.Request) { r.Host = "[::1]:8484" }, 200},
		"a name that points here": {"GET", "/state", func(r *http.Request) { r.Host = "heed.attacker.example:8484" }, 403},
		"a name like ours":        {"GET", "/", func(r *http.Request) { r.Host = "localhost.attacker.example" }, 403},
		"no host":                 {"GET", "/state", func(r *http.Request) { r.Host = "0.0.0.0" }, 403},
		"a form of another page":  {"POST", "/clock/move", func(r *http.Request) { r.Header.Del("X-Heed-Demo") }, 403},
		"a form's own type":       {"POST", "/clock/move", func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, 415},
		"a GET that moves":        {"GET", "/clock/move", nil, 405},
	} {
		if got, out := x.ask(c.method, c.path, `{"by":"hour"}`, c.change); got != c.want {
			t.Errorf("%s: %d %s, want %d", name, got, out, c.want)
		}
	}
}

func TestBadInputGetsAnAnswer(t *testing.T) {
	x := lay(t)
	x.post("/phone/add", `{"name":"Emma","language":"en"}`)
	for _, c := range []struct {
		path, body string
		status     int
		says       string
	}{
		{"/phone/text", `{"phone":`, 400, "not what the demo expects"},
		{"/phone/text", `{"phone":1001,"txt":"x"}`, 400, "txt"},
		{"/phone/text", `{"phone":1001,"text":"x"} {}`, 400, "something follows"},
		{"/phone/text", `{"phone":1001,"text":"   "}`, 400, "Write something"},
		{"/phone/text", `{"phone":7,"text":"x"}`, 400, "no such phone"},
		{"/phone/text", `{"phone":1001,"text":"` + strings.Repeat("x", 2<<20) + `"}`, 413, "too large"},
		{"/phone/add", `{"name":" ","language":"en"}`, 400, "name"},
		{"/phone/add", `{"name":"Emma","language":"tlh"}`, 400, "language"},
		{"/phone/files", `{"phone":1001,"files":[]}`, 400, "one to ten"},
		{"/phone/files", `{"phone":1001,"files":[{"kind":"wish"}]}`, 400, "photos"},
		{"/phone/other", `{"phone":1001,"kind":"wish"}`, 400, "cannot send"},
		{"/slack/press", `{"actor":"U0NOBODY","ts":"1.0","action":"x"}`, 400, "Nobody"},
		{"/slack/press", `{"actor":"U0ANN","ts":"1.0","action":"x"}`, 400, "no message"},
		{"/slack/submit", `{"actor":"U0ANN","view":"V0NONE","values":{}}`, 400, "not on top"},
		{"/slack/write", `{"actor":"U0ANN","thread":"1.0","text":"x"}`, 400, "no such thread"},
		{"/slack/write", `{"actor":"U0ANN","text":"/wish"}`, 400, "/sla and /complaint"},
		{"/slack/write", `{"actor":"U0ANN","channel":"C0NONE","text":"x"}`, 400, "not in that channel"},
		{"/slack/press", `{"actor":"U0ANN","channel":"C0NONE","ts":"1.0","action":"x"}`, 400, "not in that channel"},
		{"/slack/shortcut", `{"actor":"U0ANN","shortcut":"wish"}`, 400, "no such shortcut"},
		{"/slack/shortcut", `{"actor":"U0NOBODY","shortcut":"log"}`, 400, "Nobody"},
		{"/slack/shortcut", `{"actor":"U0ANN","shortcut":"log"}`, 502, "dispatch_failed"},
		{"/slack/locale", `{"actor":"U0ANN","locale":"tlh"}`, 400, "cannot have this language"},
		{"/slack/locale", `{"actor":"U0NOBODY","locale":"vi-VN"}`, 400, "Nobody"},
		{"/clock/move", `{"by":"year"}`, 400, "by an hour"},
		{"/clock/move", `{"by":"promise"}`, 409, "No promise"},
	} {
		status, out := x.ask("POST", c.path, c.body, nil)
		var e struct{ Error string }
		if err := json.Unmarshal([]byte(out), &e); err != nil || status != c.status || !strings.Contains(e.Error, c.says) {
			t.Errorf("%s %.60s: %d %s, want %d and %q", c.path, c.body, status, out, c.status, c.says)
		}
	}
}

func TestTheClockMoves(t *testing.T) {
	x := lay(t)
	for _, c := range []struct{ by, want string }{
		{"hour", "2027-05-28T16:00:00Z"},
		{"day", "2027-06-01T16:00:00Z"}, // over the weekend and the bank holiday
		{"promise", "2027-06-04T23:00:00Z"},
	} {
		x.next = time.Date(2027, 6, 4, 22, 59, 59, 0, time.UTC)
		x.post("/clock/move", `{"by":"`+c.by+`"}`)
		if got := x.clock.at.UTC().Format(time.RFC3339); got != c.want {
			t.Errorf("%s: the clock shows %s, want %s", c.by, got, c.want)
		}
	}
	if s := x.state(); s.Clock.Next == nil || s.Clock.Zone != "Europe/London" || s.Clock.Now.Format("15:04") != "00:00" {
		t.Errorf("the page's clock: %+v", s.Clock)
	}
}

type shown struct {
	Clock struct {
		Now  time.Time
		Zone string
		Next *time.Time
	}
	Phones []struct {
		ID       int64
		Name     string
		Blocked  bool
		Messages []struct {
			ID    int64
			Text  string
			Kind  string
			Day   string
			Files []struct{ URL, MIME string }
		}
	}
	Slack struct {
		Posts   []struct{ TS, Text string }
		Threads map[string][]struct{ Text string }
	}
}

func (x *table) state() shown {
	x.t.Helper()
	_, out := x.ask("GET", "/state", "", nil)
	var s shown
	if err := json.Unmarshal([]byte(out), &s); err != nil {
		x.t.Fatalf("state: %v: %s", err, out)
	}
	return s
}

func TestWhatIsDoneIsShown(t *testing.T) {
	x := lay(t)
	x.post("/phone/add", `{"name":"  Kasia   Nowak ","language":"pl"}`)
	x.post("/phone/text", `{"phone":1001,"text":"pierwszy"}`)
	x.post("/phone/edit", `{"phone":1001,"message":1,"text":"drugi"}`)
	x.post("/phone/files", `{"phone":1001,"caption":"","files":[{"kind":"document","name":"page.html","mime":"text/html","body":"PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=="}]}`)
	x.post("/phone/block", `{"phone":1001,"blocked":true}`)
	s := x.state()
	if len(s.Phones) != 1 || s.Phones[0].Name != "Kasia Nowak" || !s.Phones[0].Blocked || len(s.Phones[0].Messages) != 2 || s.Phones[0].Messages[0].Text != "drugi" {
		t.Fatalf("the phone: %+v", s.Phones)
	}
	x.post("/phone/text", `{"phone":1001,"text":"jeszcze"}`)
	if x.state().Phones[0].Blocked {
		t.Error("the bot is still blocked after the person wrote")
	}
	// A page that a customer sends must never run as one of ours.
	r, err := x.server.Client().Get(x.server.URL + s.Phones[0].Messages[1].Files[0].URL)
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	if r.StatusCode != 200 || r.Header.Get("Content-Type") != "application/octet-stream" || !strings.HasPrefix(r.Header.Get("Content-Disposition"), "attachment") ||
		!strings.Contains(r.Header.Get("Content-Security-Policy"), "default-src 'self'") || r.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("a page in a file: %d %v", r.StatusCode, r.Header)
	}
	x.post("/slack/write", `{"actor":"U0ANN","text":"Good morning"}`)
	ts := x.state().Slack.Posts[0].TS
	x.post("/slack/write", `{"actor":"U0BEN","thread":"`+ts+`","text":"Hello @ann"}`)
	if th := x.state().Slack.Threads[ts]; len(th) != 2 || th[1].Text != "Hello <@U0ANN>" {
		t.Errorf("the thread: %+v", th)
	}
}

// The page hears of a change at once, not at the next round.
func TestEvents(t *testing.T) {
	x := lay(t)
	// Without a change the next word would come only after ten seconds.
	ctx, cancel := context.WithTimeout(t.Context(), 9*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "GET", x.server.URL+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	a, err := x.server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	lines := bufio.NewScanner(a.Body)
	heard := func() {
		t.Helper()
		for lines.Scan() {
			if bytes.Equal(lines.Bytes(), []byte("event: changed")) {
				return
			}
		}
		t.Fatalf("the stream ended: %v", lines.Err())
	}
	heard()
	x.post("/phone/add", `{"name":"Emma","language":"en"}`)
	heard()
	x.post("/phone/text", `{"phone":1001,"text":"hello"}`)
	heard()
	x.post("/slack/write", `{"actor":"U0ANN","text":"hello"}`)
	heard()
}

// What the page offers is what the app's manifest installs.
func TestThePageOffersWhatTheManifestInstalls(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("..", "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := template.New("manifest").Parse(string(raw))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	if err := parsed.Execute(&text, struct{ URL string }{}); err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Features struct {
			Shortcuts []struct {
				Name, Type string
				ID         string `json:"callback_id"`
			}
			Commands []struct{ Command string } `json:"slash_commands"`
		}
	}
	if err := json.Unmarshal([]byte(text.String()), &manifest); err != nil {
		t.Fatal(err)
	}
	x := lay(t)
	var s struct {
		Slack struct {
			Commands  []string
			Shortcuts []struct{ ID, Name string }
		}
	}
	_, out := x.ask("GET", "/state", "", nil)
	if err := json.Unmarshal([]byte(out), &s); err != nil {
		t.Fatal(err)
	}
	f := manifest.Features
	if len(f.Shortcuts) != len(s.Slack.Shortcuts) || len(f.Commands) != len(s.Slack.Commands) {
		t.Fatalf("the manifest has %+v, the page %+v", f, s.Slack)
	}
	for _, k := range f.Shortcuts {
		if k.Type != "global" || !slices.ContainsFunc(s.Slack.Shortcuts, func(p struct{ ID, Name string }) bool { return p.ID == k.ID && p.Name == k.Name }) {
			t.Errorf("the page lacks %+v", k)
		}
	}
	for _, c := range f.Commands {
		if !slices.Contains(s.Slack.Commands, c.Command) {
			t.Errorf("the page lacks %s", c.Command)
		}
	}
}

// Accounts and phones have all languages of the program; phones also some that
// it does not speak.
func TestLanguagesToChoose(t *testing.T) {
	x := lay(t)
	x.post("/slack/locale", `{"actor":"U0BEN","locale":"lo-LA"}`)
	var s struct {
		Languages []struct {
			Tag   string
			Known bool
		}
		Slack struct {
			Locales []struct{ Tag, Name string }
			People  []struct{ ID, Locale string }
		}
	}
	_, out := x.ask("GET", "/state", "", nil)
	if err := json.Unmarshal([]byte(out), &s); err != nil {
		t.Fatal(err)
	}
	var phones, accounts []string
	for _, l := range s.Languages {
		if l.Known != locales.Known(l.Tag) {
			t.Errorf("%q is said to be known: %v", l.Tag, l.Known)
		}
		phones = append(phones, l.Tag)
	}
	for _, l := range s.Slack.Locales {
		accounts = append(accounts, l.Tag+" "+l.Name)
	}
	want := locales.Tags()
	for _, tag := range []string{"zh-TW", "pt", "de", ""} { // a phone may have what heed does not speak
		if !slices.Contains(want, tag) {
			want = append(want, tag)
		}
	}
	if !slices.Equal(phones, want) {
		t.Errorf("phones: %q, want %q", phones, want)
	}
	want = nil
	for _, tag := range locales.Tags() {
		want = append(want, locales.InCountry(tag)+" "+locales.Name(tag))
	}
	if !slices.Equal(accounts, want) {
		t.Errorf("accounts: %q, want %q", accounts, want)
	}
	for _, p := range s.Slack.People {
		if want := map[bool]string{true: "lo-LA", false: "en-US"}[p.ID == "U0BEN"]; p.Locale != want {
			t.Errorf("the account of %s is in %q, want %q", p.ID, p.Locale, want)
		}
	}
	for _, p := range x.slack.Users() {
		if p.ID == "U0BEN" && (p.RealName != "Ben Agent" || p.Locale != "lo-LA") {
			t.Errorf("in Slack Ben is %+v", p)
		}
	}
}

// Accounts are in a language and a country, as Slack lists them.
func TestLanguagesOfAccounts(t *testing.T) {
	for tag, want := range map[string]string{"en": "en-US", "fr": "fr-FR", "pl": "pl-PL", "it": "it-IT", "vi": "vi-VN", "zh-Hans": "zh-CN", "lo": "lo-LA", "en-GB": "en-GB"} {
		if got := locales.InCountry(tag); got != want {
			t.Errorf("%s is written %s, want %s", tag, got, want)
		}
	}
}

// Who reads a neighbouring language has days in the one of ours they read best.
func TestDaysOnThePhone(t *testing.T) {
	x := lay(t)
	for tag, want := range map[string]string{"zh-TW": "2027年5月28日星期五", "pt": "Friday, 28 May 2027", "": "Friday, 28 May 2027", "lo": "ວັນສຸກ, 28 ພຶດສະພາ 2027"} {
		x.post("/phone/add", `{"name":"Emma","language":"`+tag+`"}`)
		phones := x.state().Phones
		last := len(phones) - 1
		x.post("/phone/text", `{"phone":`+strconv.FormatInt(phones[last].ID, 10)+`,"text":"hello"}`)
		if got := x.state().Phones[last].Messages[0].Day; got != want {
			t.Errorf("%q: the day is %s, want %s", tag, got, want)
		}
	}
}
