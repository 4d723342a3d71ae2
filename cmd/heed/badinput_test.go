package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/heedbot/heed/bot/sandbox"
)

// newHTTPWorld has all platforms call the program.
func newHTTPWorld(t *testing.T) *world {
	t.Helper()
	return newWorld(t, func(w *world) { webhook(w); overHTTP(w) })
}

// post sends the program something, as anybody on the net may, and gives the
// status of the answer.
func (w *world) post(path string, body []byte, header ...string) int {
	w.t.Helper()
	req, err := http.NewRequestWithContext(w.t.Context(), http.MethodPost, w.settings.PublicURL+path, bytes.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	_ = resp.Body.Close()
	return resp.StatusCode
}

// signature signs a body as Slack does (Slack docs, Verifying requests from
// Slack).
func (w *world) signature(body []byte, at time.Time) []string {
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(w.slack.SigningSecret))
	fmt.Fprintf(mac, "v0:%s:%s", stamp, body)
	return []string{"X-Slack-Request-Timestamp", stamp, "X-Slack-Signature", "v0=" + hex.EncodeToString(mac.Sum(nil)),
		"Content-Type", "application/x-www-form-urlencoded"}
}

// well checks that the next customer is served as if nothing had happened,
// nothing is stuck, and the log tells nobody's words, name or secret.
func (w *world) well(said ...string) {
	w.t.Helper()
	w.checks++
	next := w.customer(9000+w.checks, "Ewangelina", "en")
	next.Text("The next customer's own words.")
	w.eventually("the next message is answered", func() bool { return next.last().Text != "" })
	w.settle()
	if n, err := w.system.store.Aside(w.t.Context()); n != 0 || err != nil {
		w.t.Errorf("%d inputs are set aside: %v", n, err)
	}
	if n, err := w.system.store.Waiting(w.t.Context()); n != 0 || err != nil {
		w.t.Errorf("%d inputs wait: %v", n, err)
	}
	secrets := append(said, "Ewangelina", "own words", "sandbox-token", w.slack.BotToken, w.slack.SigningSecret, "sandbox-webhook-secret")
	if s := leaked(w.logs.String(), secrets...); s != "" {
		w.t.Errorf("the log holds %q:\n%s", s, w.logs.String())
	}
}

// open has the customer make a complaint, and gives its card.
func (w *world) open(c customer) sandbox.Post {
	w.t.Helper()
	var known []string
	for _, p := range w.slack.Posts(deskChannel) {
		known = append(known, p.TS)
	}
	c.complain()
	return w.awaitCard(known...)
}

// thread gathers what the thread shows, once it shows the words.
func (w *world) thread(ts, words string) string {
	w.t.Helper()
	all := ""
	shown := func() bool {
		all = ""
		for _, p := range w.slack.Thread(deskChannel, ts) {
			all += texts(p.Blocks) + "\n"
		}
		return strings.Contains(all, words)
	}
	for deadline := time.Now().Add(time.Minute); !shown() && time.Now().Before(deadline); {
		time.Sleep(10 * time.Millisecond)
	}
	if !strings.Contains(all, words) {
		w.t.Errorf("the thread never shows %.100q: %.2000q", words, all)
	}
	return all
}

func TestRefusedRequests(t *testing.T) {
	w := newHTTPWorld(t)
	const secret = "X-Telegram-Bot-Api-Secret-Token"
	large := bytes.Repeat([]byte("a"), 1<<20+1)
	update := []byte(`{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":77,"type":"private"},"from":{"id":77,"first_name":"Mallory"},"text":"Mallory's words"}}`)
	now := time.Now()
	for name, c := range map[string]struct {
		path   string
		body   []byte
		header []string
		want   int
	}{
		"telegram, no secret":      {"/telegram", update, nil, 401},
		"telegram, wrong secret":   {"/telegram", update, []string{secret, "sandbox-webhook-secre"}, 401},
		"telegram, too large":      {"/telegram", large, []string{secret, "sandbox-webhook-secret"}, 413},
		"telegram, not JSON":       {"/telegram", []byte("update_id=1"), []string{secret, "sandbox-webhook-secret"}, 400},
		"telegram, cut off":        {"/telegram", update[:40], []string{secret, "sandbox-webhook-secret"}, 400},
		"events, no signature":     {"/slack/events", []byte(`{}`), nil, 401},
		"events, another body":     {"/slack/events", []byte(`{"a":1}`), w.signature([]byte(`{"a":2}`), now), 401},
		"events, an old one":       {"/slack/events", []byte(`{}`), w.signature([]byte(`{}`), now.Add(-6*time.Minute)), 401},
		"events, too large":        {"/slack/events", large, w.signature(large, now), 413},
		"events, not JSON":         {"/slack/events", []byte("payload"), w.signature([]byte("payload"), now), 400},
		"interactive, unsigned":    {"/slack/interactive", []byte("payload={}"), nil, 401},
		"interactive, no payload":  {"/slack/interactive", []byte("a=b"), w.signature([]byte("a=b"), now), 400},
		"interactive, not JSON":    {"/slack/interactive", []byte("payload=%7B"), w.signature([]byte("payload=%7B"), now), 400},
		"interactive, too large":   {"/slack/interactive", large, w.signature(large, now), 413},
		"commands, unsigned":       {"/slack/commands", []byte("command=/sla&user_id=U0MIA"), nil, 401},
		"commands, nobody's":       {"/slack/commands", []byte("command=/sla"), w.signature([]byte("command=/sla"), now), 400},
		"a path that is not there": {"/zalo", update, nil, 404},
	} {
		t.Run(name, func(t *testing.T) {
			before := strings.Count(w.logs.String(), "level=WARN")
			if got := w.post(c.path, c.body, c.header...); got != c.want {
				t.Errorf("status %d, want %d", got, c.want)
			}
			lines := 1
			if c.want == 404 {
				lines = 0
			}
			if n := strings.Count(w.logs.String(), "level=WARN") - before; n != lines {
				t.Errorf("%d lines in the log, want %d", n, lines)
			}
		})
	}
	if n := len(w.slack.Posts(deskChannel)); n > 0 {
		t.Errorf("%d posts at the desk after nothing", n)
	}
	w.well("Mallory")
}

// raw is an update with a message of the customer's.
func (c customer) raw(fields map[string]any) map[string]any {
	c.w.rawID++
	m := map[string]any{"message_id": 70_000 + c.w.rawID, "date": c.w.clock.Now().Unix(),
		"chat": map[string]any{"id": c.User().ID, "type": "private"},
		"from": map[string]any{"id": c.User().ID, "is_bot": false, "first_name": c.User().FirstName, "language_code": "en"}}
	for k, v := range fields {
		m[k] = v
	}
	return map[string]any{"message": m}
}

func TestUnknownUpdates(t *testing.T) {
	w := newHTTPWorld(t)
	anna := w.customer(1, "Annabella", "en")
	card := w.open(anna)

	// What is plainly a message is taken, whatever else is new in it.
	anna.Raw(anna.raw(map[string]any{"text": "Words in a new dress.", "entities": []any{map[string]any{"type": "hologram", "offset": 0, "length": 5}},
		"forward_origin": map[string]any{"type": "starship"}, "reply_markup": map[string]any{"inline_keyboard": []any{[]any{map[string]any{"text": "x", "warp": 9}}}}}))
	w.settle()
	w.thread(card.TS, "Words in a new dress.")
	for _, content := range []map[string]any{
		{"hologram": map[string]any{"depth": 3}}, {"poll": map[string]any{"type": "telepathic", "options": 7}}, {},
		{"paid_media": map[string]any{"paid_media": []any{map[string]any{"type": "dream"}}}},
	} {
		n := len(anna.Messages())
		anna.Raw(anna.raw(content))
		w.eventually("what is unknown is answered", func() bool { return len(anna.Messages()) > n })
		w.settle()
		if got := len(anna.Messages()) - n; got != 1 {
			t.Errorf("%v is answered %d times", content, got)
		}
	}
	// What nobody can read is kept and shown to the operator.
	for i, update := range []map[string]any{
		{"telepathy": map[string]any{"chat": map[string]any{"id": 1}, "thought": "Annabella's secret thought"}},
		{"my_chat_member": map[string]any{"chat": map[string]any{"id": 1, "type": "private"}, "date": 1, "new_chat_member": map[string]any{"status": "hibernating"}}},
		{"message": map[string]any{"message_id": "one", "chat": "Annabella's chat"}},
		{"callback_query": map[string]any{"id": "1", "from": "nobody"}},
	} {
		anna.Raw(update)
		w.settle()
		w.eventually("the operator is told", func() bool { return w.count("cannot be read") > i })
	}
	n := len(anna.Messages())
	anna.say("Words behind them.")
	if got := len(anna.Messages()) - n; got != 2 {
		t.Errorf("%d messages more, want the words and their answer", got)
	}
	w.thread(card.TS, "Words behind them.")
	w.well("Annabella", "new dress", "thought", "behind them")
}

// count tells how often the log has a line with the words.
func (w *world) count(words string) int { return strings.Count(w.logs.String(), words) }

func TestUpdatesTwiceAndOutOfOrder(t *testing.T) {
	w := newHTTPWorld(t)
	anna := w.customer(1, "Annabella", "en")
	card := w.open(anna)
	answers := func() int { return told(anna.Phone, "Added to your complaint") }

	w.telegram.Duplicate(3)
	for _, s := range []string{"First twice.", "Second twice.", "Third twice."} {
		anna.Text(s)
	}
	w.settle()
	w.eventually("they are answered", func() bool { return answers() >= 3 })
	// At the same instant, from two of Telegram's machines.
	body := []byte(fmt.Sprintf(`{"update_id":424242,"message":{"message_id":4242,"date":%d,"chat":{"id":1,"type":"private"},"from":{"id":1,"first_name":"Annabella"},"text":"Fourth at once."}}`, w.clock.Now().Unix()))
	var both sync.WaitGroup
	for range 4 {
		both.Go(func() {
			if got := w.post("/telegram", body, "X-Telegram-Bot-Api-Secret-Token", "sandbox-webhook-secret"); got != 200 {
				t.Errorf("status %d", got)
			}
		})
	}
	both.Wait()
	w.settle()
	w.thread(card.TS, "Fourth at once.")

	w.telegram.Reorder(3)
	for _, s := range []string{"Fifth.", "Sixth.", "Seventh."} {
		anna.Text(s)
	}
	w.settle()
	w.eventually("all are answered", func() bool { return answers() >= 7 })
	w.thread(card.TS, "Fifth.")
	w.thread(card.TS, "Sixth.")
	all := w.thread(card.TS, "Seventh.")
	for _, s := range []string{"First twice.", "Second twice.", "Third twice.", "Fourth at once.", "Fifth.", "Sixth.", "Seventh."} {
		if n := strings.Count(all, s); n != 1 {
			t.Errorf("%q is %d times in the thread", s, n)
		}
	}
	if n := answers(); n != 7 {
		t.Errorf("seven messages are answered %d times", n)
	}
	w.well("Annabella", "twice")
}

func TestStrangeTexts(t *testing.T) {
	w := newHTTPWorld(t)
	anna := w.customer(1, "Annabella", "en")
	card := w.open(anna)
	var long strings.Builder
	for i := 0; long.Len() < 100_000; i++ {
		fmt.Fprintf(&long, "word%d ", i)
	}
	for name, c := range map[string]struct{ text, shown string }{
		"100,000 letters":               {long.String(), "word9999 "},
		"100,000 letters without space": {strings.Repeat("x", 99_990) + "theveryend", "theveryend"},
		"only emoji":                    {strings.Repeat("👩‍👩‍👧‍👦", 300), strings.Repeat("👩‍👩‍👧‍👦", 200)},
		"marks of other directions":     {"\u202e\u200fsdrow\u2066 on", "sdrow"},
		"null bytes among words":        {"nu\x00ll by\x00tes", "null bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			n := told(anna.Phone, "Added to your complaint")
			anna.Raw(anna.raw(map[string]any{"text": c.text}))
			w.settle()
			w.eventually("it is answered", func() bool { return told(anna.Phone, "Added to your complaint") == n+1 })
			w.thread(card.TS, c.shown)
		})
	}
	all := w.thread(card.TS, "word9999 ")
	for i := range 10_000 {
		if !strings.Contains(all, fmt.Sprintf("word%d", i)) {
			t.Fatalf("word%d of a long text is lost", i)
		}
	}
	if n := strings.Count(all, "xxxxxxxxxx"); n < 9000 {
		t.Errorf("of 9,999 times ten letters %d are in the thread", n)
	}
	// What shows nothing is answered all the same.
	for _, s := range []string{"\x00\x00\x00", "\u200f\u200f\u202e", "\u2800", "\ufffd"} {
		n := len(anna.Messages())
		anna.Raw(anna.raw(map[string]any{"text": s}))
		w.eventually("what shows nothing is answered", func() bool { return len(anna.Messages()) == n+1 })
		w.settle()
	}
	w.well("Annabella", "word9", "xxxx", "sdrow")
}

func TestFilesThatAreNotWhatTheySay(t *testing.T) {
	w := newHTTPWorld(t)
	anna := w.customer(1, "Annabella", "en")
	card := w.open(anna)
	files := func() (n int) {
		for _, p := range w.slack.Thread(deskChannel, card.TS) {
			n += len(p.Files)
		}
		return n
	}
	w.eventually("the first photo is in the thread", func() bool { return files() == 1 })
	refused := func(what, words string, send func()) {
		t.Helper()
		n := told(anna.Phone, words)
		send()
		w.settle()
		w.eventually(what+" is refused with words", func() bool { return told(anna.Phone, words) == n+1 })
	}
	program := append([]byte("MZ\x90\x00\x03\x00\x00\x00"), make([]byte, 2000)...)
	refused("a program by another name", "contract.pdf", func() { anna.Document("contract.pdf", "application/pdf", program, "") })
	refused("a program by its name", "setup.exe", func() { anna.Document("setup.exe", "application/octet-stream", program, "") })
	refused("what is too big", "film.mov", func() { anna.DocumentOfSize("film.mov", "video/quicktime", 21<<20) })
	refused("what is empty", "empty.txt", func() { anna.Document("empty.txt", "text/plain", []byte{}, "") })
	if n := files(); n != 1 {
		t.Errorf("%d files are in the thread", n)
	}

	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 30, 20))); err != nil {
		t.Fatal(err)
	}
	anna.Document("holiday.jpg", "image/jpeg", picture.Bytes(), "")
	w.settle()
	w.eventually("a picture of another kind is kept", func() bool { return files() == 2 })
	for _, p := range w.slack.Thread(deskChannel, card.TS) {
		for _, f := range p.Files {
			if _, b, _ := w.slack.File(f.ID); f.Name == "holiday.jpg" && !bytes.Equal(b, picture.Bytes()) {
				t.Error("it is not as it came")
			}
		}
	}
	w.well("Annabella", "contract.pdf", "setup.exe", "holiday.jpg")
}

// mrkdwn gathers the texts in which Slack looks for markup.
func mrkdwn(blocks json.RawMessage) (all string) {
	var v any
	_ = json.Unmarshal(blocks, &v) // a post without blocks has none
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if s, ok := v["text"].(string); ok && v["type"] == "mrkdwn" {
				all += s + "\n"
			}
			for _, x := range v {
				walk(x)
			}
		case []any:
			for _, x := range v {
				walk(x)
			}
		}
	}
	walk(v)
	return all
}

func TestMarkupInWords(t *testing.T) {
	w := newHTTPWorld(t)
	const name = `<b>Anna</b> & <!here> *Bold* <@U0ANN>`
	const words = "<!channel> <@U0ANN> <#C0COMPLAINTS> *bold* _it_ `code` ~no~ <https://evil.example|your bank> https://evil.example @here &lt;"
	anna := w.customer(1, name, "en")
	anna.say("/start")
	anna.press("Make a complaint")
	anna.press("The service I received")
	anna.say(words)
	anna.press("Done")
	for range 6 {
		anna.press("Skip")
	}
	if !strings.Contains(anna.last().Text, words) {
		t.Errorf("the review does not show the words as they are: %s", anna.last().Text)
	}
	anna.press("Send my complaint")
	card := w.awaitCard()
	anna.say(words + " again")
	all := w.thread(card.TS, words+" again")
	if !strings.Contains(all, name) {
		t.Errorf("the card does not show the name as it is: %s", all)
	}
	for _, p := range w.slack.Thread(deskChannel, card.TS) {
		if strings.Contains(p.Text, "<!") || strings.Contains(p.Text, "<@") || strings.Contains(p.Text, "evil") {
			t.Errorf("a post's own text holds markup of a customer's: %s", p.Text)
		}
		if s := mrkdwn(p.Blocks); strings.Contains(s, "evil") || strings.Contains(s, "Anna") {
			t.Errorf("a customer's words stand in mrkdwn: %s", s)
		}
	}
	w.act(agentBen, card.TS, "reply")
	if s := texts(w.dialog(agentBen).Raw); !strings.Contains(s, words) {
		t.Errorf("the dialog does not show the words as they are: %s", s)
	}
	w.slack.CloseView(agentBen, w.dialog(agentBen).ID)
	for _, who := range []string{agentAnn, agentBen, managerMia} {
		if ps := w.slack.Mentions(who); len(ps) > 0 {
			t.Errorf("%s was pinged: %s", who, ps[0].Text)
		}
	}
	w.well("Anna</b>", "your bank", "evil.example")
}
