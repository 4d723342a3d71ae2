package telegram

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/sandbox"
)

func TestSendMessage(t *testing.T) {
	w := newWorld(t)
	w.phone.Start("")
	text := "<b>Your</b> *reference* is _KXM_ & https://heed.example \"\\\n✅"
	id, err := w.door.Send(context.Background(), w.to(bot.Message{Text: text, Choices: []bot.Choice{
		{Token: "AAAAAAAAAAAAAAAAAAAAAA", Label: "Yes"}, {Token: "BBBBBBBBBBBBBBBBBBBBBB", Label: "<No> & \"so\""}}}))
	if err != nil {
		t.Fatal(err)
	}
	all := w.phone.Messages()
	m := all[len(all)-1]
	if m.Text != text || id != digits(m.ID) || !m.FromBot {
		t.Errorf("id %q, message %+v", id, m)
	}
	for _, e := range m.Entities {
		if e.Type != "url" {
			t.Errorf("the words were taken for markup: %+v", e)
		}
	}
	if len(m.Buttons) != 1 || len(m.Buttons[0]) != 2 || m.Buttons[0][1].Text != "<No> & \"so\"" || m.Buttons[0][1].Data != "BBBBBBBBBBBBBBBBBBBBBB" {
		t.Errorf("buttons %+v", m.Buttons)
	}
	call := w.callsOf("sendMessage")[0].Params
	if call["link_preview_options"] != `{"is_disabled":true}` || call["parse_mode"] != "" || strings.Contains(call["reply_markup"], "copy_text") {
		t.Errorf("sent %v", call)
	}
}

func TestSendEdit(t *testing.T) {
	ctx := context.Background()
	w := newWorld(t)
	w.phone.Start("")
	id, err := w.door.Send(ctx, w.to(bot.Message{Text: "Sure?", Choices: []bot.Choice{{Token: "t", Label: "Yes"}}}))
	if err != nil {
		t.Fatal(err)
	}
	edit := w.to(bot.Message{Text: "Sent."})
	edit.EditID = id
	// The second time the answer to the first may have been lost.
	for range 2 {
		if got, err := w.door.Send(ctx, edit); err != nil || got != id {
			t.Fatalf("%q, %v", got, err)
		}
	}
	all := w.phone.Messages()
	if m := all[len(all)-1]; m.Text != "Sent." || len(m.Buttons) != 0 || len(all) != 2 {
		t.Errorf("%+v", all)
	}
	edit.EditID = "999"
	if _, err := w.door.Send(ctx, edit); !bot.IsUndeliverable(err) {
		t.Errorf("edit of a message that is gone: %v", err)
	}
	edit.EditID, edit.Edits = "", "c:1/1/1"
	if id, err := w.door.Send(ctx, edit); err != nil || id == "" {
		t.Errorf("edit of a message that never arrived: %v", err)
	}
}

func TestSendToast(t *testing.T) {
	ctx := context.Background()
	w := newWorld(t)
	w.phone.Start("")
	w.phone.Press(1, "t")
	w.polling(w.door)
	w.until("the press", func() bool { return len(w.desk.inputs()) == 2 })
	s := w.to(bot.Message{})
	s.Message, s.Toast = nil, &bot.Toast{PressID: w.desk.inputs()[1].PressID, Text: strings.Repeat("😡", 300)}
	if id, err := w.door.Send(ctx, s); err != nil || id != "" {
		t.Fatalf("%q, %v", id, err)
	}
	if toasts := w.phone.Toasts(); w.phone.Spinning() != 0 || len(toasts) != 1 || bot.Measure(toasts[0], bot.UTF16) > maxToast {
		t.Errorf("spinning %d, toasts %q", w.phone.Spinning(), toasts)
	}
	before := w.log.String()
	w.clock.advance(time.Hour)
	for _, id := range []string{s.Toast.PressID, "12345", ""} {
		s.Toast.PressID = id
		if _, err := w.door.Send(ctx, s); !bot.IsUndeliverable(err) || bot.IsBlocked(err) {
			t.Errorf("%q: %v", id, err)
		}
	}
	if strings.Count(w.log.String(), "\n") != strings.Count(before, "\n") {
		t.Error("a toast that came too late is logged")
	}
}

func TestSendVerdicts(t *testing.T) {
	const (
		plain         = "plain"
		undeliverable = "undeliverable"
		blocked       = "blocked"
		ambiguous     = "ambiguous"
		after         = "after"
	)
	verdict := func(err error) string {
		switch {
		case err == nil:
			return "none"
		case bot.IsBlocked(err):
			return blocked
		case bot.IsUndeliverable(err):
			return undeliverable
		case bot.IsAmbiguous(err):
			return ambiguous
		case bot.Pause(err) > 0:
			return after
		}
		return plain
	}
	for name, c := range map[string]struct {
		fault sandbox.Fault
		want  string
		pause time.Duration
	}{
		"400":             {sandbox.Fault{Status: 400}, undeliverable, 0},
		"401":             {sandbox.Fault{Status: 401}, after, 5 * time.Minute},
		"403":             {sandbox.Fault{Status: 403}, blocked, 0},
		"404":             {sandbox.Fault{Status: 404}, undeliverable, 0},
		"409":             {sandbox.Fault{Status: 409}, plain, 0},
		"413":             {sandbox.Fault{Status: 413}, undeliverable, 0},
		"429":             {sandbox.Fault{Status: 429, RetryAfter: 35}, after, 35 * time.Second},
		"500":             {sandbox.Fault{Status: 500}, ambiguous, 0},
		"502 page":        {sandbox.Fault{HTML: true}, ambiguous, 0},
		"200 page":        {sandbox.Fault{HTML: true, Status: 200}, ambiguous, 0},
		"403 page":        {sandbox.Fault{HTML: true, Status: 403}, plain, 0},
		"404 page":        {sandbox.Fault{HTML: true, Status: 404}, plain, 0},
		"413 page":        {sandbox.Fault{HTML: true, Status: 413}, undeliverable, 0},
		"429 page":        {sandbox.Fault{HTML: true, Status: 429}, after, 5 * time.Second},
		"302 page":        {sandbox.Fault{HTML: true, Status: 302}, plain, 0},
		"answer lost":     {sandbox.Fault{DropAfterAccept: true}, ambiguous, 0},
		"answer too late": {sandbox.Fault{Delay: time.Minute}, ambiguous, 0},
	} {
		for _, kind := range []string{"message", "edit", "toast"} {
			t.Run(name+" "+kind, func(t *testing.T) {
				w := newWorld(t)
				w.phone.Start("")
				s := w.to(bot.Message{Text: "private words"})
				switch kind {
				case "edit":
					s.EditID = "1"
				case "toast":
					s.Message, s.Toast = nil, &bot.Toast{PressID: "1", Text: "private words"}
				}
				ctx, cancel := context.WithCancel(context.Background())
				defer cancel()
				if c.fault.Delay > 0 {
					// Given up once the server has the request.
					go func() {
						for len(w.tg.Calls()) == 0 {
							time.Sleep(time.Millisecond)
						}
						cancel()
					}()
				}
				w.tg.Fail(c.fault)
				id, err := w.door.Send(ctx, s)
				if got := verdict(err); got != c.want || bot.Pause(err) != c.pause || id != "" {
					t.Errorf("%s, pause %s, id %q: %v", got, bot.Pause(err), id, err)
				}
				if err != nil && (strings.Contains(err.Error(), "AAsecret") || strings.Contains(err.Error(), "private words") || strings.Contains(err.Error(), "<html>")) {
					t.Errorf("the error says too much: %v", err)
				}
				if name == "401" && !strings.Contains(w.log.String(), "HEED_TELEGRAM_TOKEN") {
					t.Error("a refused token is not logged")
				}
			})
		}
	}
}

func TestSendThatSurelyWasNot(t *testing.T) {
	ctx := context.Background()
	w := newWorld(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := listener.Addr().String()
	_ = listener.Close()
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	for name, c := range map[string]struct {
		ctx context.Context
		url string
	}{
		"connection refused": {ctx, "http://" + closed},
		"no such host":       {ctx, "http://no-such-host.invalid"},
		"not HTTPS":          {ctx, strings.Replace(w.server.URL, "http:", "https:", 1)},
		"given up before":    {cancelled, w.server.URL},
	} {
		d := w.newDoor()
		d.APIURL = c.url
		_, err := d.Send(c.ctx, w.to(bot.Message{Text: "x"}))
		if err == nil || bot.IsAmbiguous(err) || bot.IsUndeliverable(err) || bot.Pause(err) > 0 {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && strings.Contains(err.Error(), "AAsecret") {
			t.Errorf("%s: the token is in %v", name, err)
		}
		var dns *net.DNSError
		if name == "no such host" && !errors.As(err, &dns) {
			t.Errorf("the cause is lost: %v", err)
		}
	}
}

func TestSendToNobody(t *testing.T) {
	ctx := context.Background()
	w := newWorld(t)
	for _, chat := range []string{"", "@someone", "0", "12x", "999"} {
		s := w.to(bot.Message{Text: "x"})
		s.To.Chat = chat
		if _, err := w.door.Send(ctx, s); !bot.IsUndeliverable(err) {
			t.Errorf("%q: %v", chat, err)
		}
	}
	if _, err := w.door.Send(ctx, bot.Sending{}); !bot.IsUndeliverable(err) {
		t.Errorf("nothing: %v", err)
	}
	w.phone.Start("")
	for _, text := range []string{"", strings.Repeat("😡", 2049)} {
		if _, err := w.door.Send(ctx, w.to(bot.Message{Text: text})); !bot.IsUndeliverable(err) {
			t.Errorf("%.10q: %v", text, err)
		}
	}
	w.phone.Block()
	if _, err := w.door.Send(ctx, w.to(bot.Message{Text: "x"})); !bot.IsBlocked(err) {
		t.Errorf("blocked: %v", err)
	}
}

// What the SDK cannot decode in a good answer was sent all the same.
func TestSendAnswerFromTheFuture(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		_, _ = io.WriteString(rw, `{"ok":true,"result":{"message_id":77,"date":"tomorrow","chat":[],"forward_origin":{"type":"from_2030"}}}`)
	}))
	t.Cleanup(server.Close)
	w := newWorld(t)
	w.door.APIURL = server.URL
	if id, err := w.door.Send(context.Background(), w.to(bot.Message{Text: "x"})); err != nil || id != "77" {
		t.Errorf("%q, %v", id, err)
	}
}

func TestFitMeetsThePlatform(t *testing.T) {
	ctx := context.Background()
	w := newWorld(t)
	w.phone.Start("")
	var choices []bot.Choice
	for range maxButtons {
		choices = append(choices, bot.Choice{Token: strings.Repeat("A", 22), Label: strings.Repeat("ż", 200)})
	}
	for _, text := range []string{strings.Repeat("a", 9000), strings.Repeat("👨‍👩‍👧 ", 3000), strings.Repeat("ế", 4097)} {
		for _, part := range bot.Fit(bot.Message{Text: text, Choices: choices}, Features()) {
			if _, err := w.door.Send(ctx, w.to(part)); err != nil {
				t.Fatalf("%.10q…: %v", text, err)
			}
		}
	}
}

func TestColumns(t *testing.T) {
	for label, want := range map[string]int{
		"Yes": 3, "Tak, to ja": 2, "Report a complaint": 1, "確認します": 2, "👍👎": 3, "😡😡😡😡😡😡😡😡": 1, "ປະເທດລາວ": 3,
	} {
		m := bot.Message{Choices: []bot.Choice{{Label: label}, {Label: "x"}, {Label: "x"}, {Label: "x"}}}
		k := keyboardOf(m)
		if got := len(k.Rows[0]); got != want {
			t.Errorf("%q: %d a row, want %d", label, got, want)
		}
		m.Wide = true
		if k := keyboardOf(m); len(k.Rows) != 4 {
			t.Errorf("%q: wide gives %d rows", label, len(k.Rows))
		}
	}
	if keyboardOf(bot.Message{Text: "x"}) != nil {
		t.Error("a keyboard without choices")
	}
}
