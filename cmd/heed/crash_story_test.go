package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"regexp"
	"strings"
	"time"

	"github.com/heedbot/heed/bot/sandbox"
	"github.com/heedbot/heed/locales"
)

// tale is one customer's story and that of the agent who answers.
type tale struct {
	*crash
	ctx   context.Context
	phone *sandbox.Phone
	end   ending
	err   error
}

var refForm = regexp.MustCompile(`[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}`)

// play has a Polish customer complain with photos and an album, add to it
// later, and an agent acknowledge, reply and decide. A neglected complaint is
// answered by nobody. Each agent works on one complaint at a time.
func (c *crash) play(ctx context.Context, id int64, agent string) (ending, error) {
	neglected := agent == ""
	t := &tale{crash: c, ctx: ctx, phone: c.telegram.Phone(sandbox.User{ID: id, FirstName: "Zofia", LanguageCode: "pl"}),
		end: ending{customer: id, neglected: neglected, files: map[string]int{}, resent: map[string]int{}}}
	t.complain()
	t.addLater()
	if !neglected {
		t.staff(agent)
	}
	t.say("/status")
	if neglected {
		t.hears(t.pl(locales.StatusHead, "Ref", t.end.ref))
	} else {
		t.hears(t.pl(locales.StatusOutcome, "Outcome", t.pl(locales.Key("decision.upheld"))))
	}
	return t.end, t.err
}

func (t *tale) pl(k locales.Key, args ...any) string { return t.words.Text("pl", k, args...) }

// prompt is a question's words.
func (t *tale) prompt(q string) string {
	if s, ok := t.policy.Say("pl", "ask."+q); ok {
		return s
	}
	return t.pl(locales.Key("ask." + q))
}

func (t *tale) until(what string, ok func() bool) {
	if t.err == nil {
		if t.err = t.crash.until(t.ctx, what, ok); t.err != nil {
			t.err = fmt.Errorf("%w; the phone shows %q", t.err, t.last().Text)
		}
	}
}

func (t *tale) say(s string) {
	if t.err == nil {
		t.phone.Text(s)
	}
}

func (t *tale) press(k locales.Key, args ...any) { t.pressLabel(t.pl(k, args...)) }

func (t *tale) pressLabel(label string) {
	if t.err == nil {
		t.err = t.phone.PressLabel(label)
	}
}

func (t *tale) last() sandbox.Message { return customer{Phone: t.phone}.last() }

// asks waits until the newest message holds the words.
func (t *tale) asks(words string) {
	t.until("the program asks "+words, func() bool { return strings.Contains(t.last().Text, words) })
}

// hears waits until a message holds the words, which the program must have
// said.
func (t *tale) hears(words string) {
	t.until("the program says "+words, func() bool { return t.heard(words) > 0 })
	t.end.slip = append(t.end.slip, words)
}

// heard counts the messages with these words.
func (t *tale) heard(words string) int { return told(t.phone, words) }

func told(p *sandbox.Phone, words string) int {
	n := 0
	for _, m := range p.Messages() {
		if m.FromBot && strings.Contains(m.Text, words) {
			n++
		}
	}
	return n
}

// picture makes a photo like no other, and notes that it is sent.
func (t *tale) picture() []byte {
	n := len(t.end.files)
	m := image.NewRGBA(image.Rect(0, 0, 80, 60))
	for i := range m.Pix {
		m.Pix[i] = byte(int(t.end.customer)*31 + n*77 + i*i)
	}
	m.Set(n, n, color.White)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.err = err
	}
	return t.noted(b.Bytes())
}

func (t *tale) noted(b []byte) []byte {
	sum := sha256.Sum256(b)
	t.end.files[hex.EncodeToString(sum[:])]++
	return b
}

func (t *tale) complain() {
	t.say("/start")
	t.asks(t.pl(locales.GreetHow))
	t.press(locales.ButtonComplain)
	t.asks(t.prompt("topic"))
	if t.err == nil {
		t.pressLabel(t.last().Buttons[0][0].Text)
	}
	t.asks(t.prompt("summary"))
	t.say("Internet nie działa od trzech dni.")
	t.say("Dzwoniłam dwa razy.")
	t.say("Nikt nie oddzwonił.")
	t.asks(t.words.Count("pl", locales.AskMoreWords, 3))
	t.press(locales.ButtonDone)
	for _, q := range []string{"tickets", "staff", "when"} {
		t.asks(t.prompt(q))
		t.press(locales.ButtonSkip)
	}
	t.asks(t.prompt("phones"))
	t.say("+48 600 700 800")
	t.asks(t.prompt("emails"))
	t.press(locales.ButtonSkip)
	t.asks(t.prompt("evidence"))
	if t.err != nil {
		return
	}
	t.phone.Photo("", t.picture())
	t.phone.Document("umowa.pdf", "application/pdf", t.noted(append([]byte("%PDF-1.7\n"), bytes.Repeat(fmt.Append(nil, t.end.customer), 50_000)...)), "")
	t.phone.Album("", sandbox.File{Body: t.picture()}, sandbox.File{Body: t.picture()}, sandbox.File{Body: t.picture()})
	t.asks(t.words.Count("pl", locales.AskMoreFiles, 5))
	t.press(locales.ButtonDone)
	t.asks(t.pl(locales.ReviewHead))
	t.press(locales.ButtonSubmit)
	thanks := strings.TrimSpace(t.pl(locales.ReceiptThanks, "Ref", ""))
	t.hears(thanks)
	if t.err == nil {
		for _, m := range t.phone.Messages() {
			if strings.Contains(m.Text, thanks) {
				t.end.ref = refForm.FindString(m.Text)
			}
		}
	}
}

// addLater adds words and an album to the complaint that is open.
func (t *tale) addLater() {
	done := t.pl(locales.AddDone, "Ref", t.end.ref)
	t.say("Jeszcze jedno: rachunek też jest zły.")
	t.hears(done)
	if t.err != nil {
		return
	}
	t.phone.Album("", sandbox.File{Body: t.picture()}, sandbox.File{Body: t.picture()})
	t.hears(t.words.Count("pl", locales.FilesTaken, 2) + "\n" + done)
}

// staff acknowledges, replies and decides, as a person who tries again when
// Slack says that it did not work.
func (t *tale) staff(who string) {
	var card string
	t.until("there is a card", func() bool {
		for _, p := range t.slack.Posts(deskChannel) {
			if p.ThreadTS == "" && strings.Contains(string(p.Blocks), t.end.ref) && strings.HasPrefix(p.Text, "Complaint ") {
				card = p.TS
			}
		}
		return card != ""
	})
	t.until("the press on Acknowledge is taken", func() bool {
		a, err := t.slack.Press(who, deskChannel, card, "acknowledge", "")
		return err == nil && a.Error == ""
	})
	t.arrives(who, card, t.pl(locales.ReadyAcknowledge))
	reply := fmt.Sprintf("Sprawdzamy to, pani Zofio (%d).", t.end.customer)
	t.writes(who, card, "reply", map[string]any{"words": reply})
	t.arrives(who, card, reply)
	remedy := fmt.Sprintf("Zwracamy opłatę za miesiąc (%d).", t.end.customer)
	t.writes(who, card, "decide", map[string]any{"outcome": "upheld", "reasons": "Łącze było przerwane.", "remedy": remedy})
	t.arrives(who, card, remedy)
}

// writes opens a dialog, fills it in, looks at the preview and sends it; what
// Slack reports as failed is done again, from where the person stands.
func (t *tale) writes(who, card, verb string, values map[string]any) {
	sent := false
	t.until("the dialog "+verb+" is sent", func() bool {
		views := t.slack.Views(who)
		if len(views) == 0 {
			a, err := t.slack.Press(who, deskChannel, card, verb, "")
			if err == nil && a.Error == "" {
				wait := time.Now().Add(time.Second)
				for len(t.slack.Views(who)) == 0 && time.Now().Before(wait) {
					time.Sleep(10 * time.Millisecond)
				}
			}
			return sent
		}
		v := views[len(views)-1]
		if v.Submit == "" {
			// Told that something is wrong: away with it, and again.
			t.t.Logf("customer %d: %s: %s", t.end.customer, verb, texts(v.Raw))
			t.slack.CloseView(who, v.ID)
			return false
		}
		fill := values
		if v.CallbackID == "preview" {
			fill = nil
		}
		a, err := t.slack.Submit(who, v.ID, fill)
		switch {
		case err != nil:
			t.t.Logf("customer %d: submit %s: %v", t.end.customer, verb, err)
		case a.Error == "" && a.Action == "clear":
			sent = true
		case a.Error == "" && a.Action == "errors":
			t.t.Logf("customer %d: submit %s: %v", t.end.customer, verb, a.Errors)
		}
		return sent
	})
}

// arrives waits until a person's words are on the phone and known to be. Where
// the program is in doubt, it asks; the agent looks at the phone to answer.
func (t *tale) arrives(who, card, words string) {
	t.until("the person's words arrive: "+words, func() bool {
		for _, p := range t.slack.Thread(deskChannel, card) {
			if !strings.Contains(texts(p.Blocks), words) || !hasButton(p.Blocks, "resend") {
				continue
			}
			action := "arrived"
			if t.heard(words) == 0 {
				action = "resend"
			}
			a, err := t.slack.Press(who, deskChannel, p.TS, action, "")
			if err != nil || a.Error != "" {
				return false
			}
			if action == "resend" {
				t.end.resent[words]++
			}
			gone := time.Now().Add(t.wait)
			for hasButton(t.post(card, p.TS).Blocks, "resend") && time.Now().Before(gone) && t.ctx.Err() == nil {
				time.Sleep(20 * time.Millisecond)
			}
			return false
		}
		return t.heard(words) > 0 && t.knows(card, words)
	})
	t.end.human = append(t.end.human, words)
}

// knows tells whether the thread says that the words were delivered.
func (t *tale) knows(card, words string) bool {
	sent, _, _ := strings.Cut(t.words.Text("en", locales.StaffDeliverySent, "At", "\x00"), "\x00")
	for _, p := range t.slack.Thread(deskChannel, card) {
		if s := texts(p.Blocks); strings.Contains(s, words) && strings.Contains(s, sent) {
			return true
		}
	}
	return false
}

func (t *tale) post(card, ts string) sandbox.Post {
	for _, p := range t.slack.Thread(deskChannel, card) {
		if p.TS == ts {
			return p
		}
	}
	return sandbox.Post{}
}

func hasButton(blocks json.RawMessage, action string) bool {
	return strings.Contains(string(blocks), `"action_id":"`+action+`"`)
}
