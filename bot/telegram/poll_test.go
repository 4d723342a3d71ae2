package telegram

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/sandbox"
)

func TestPollKeepsThenConfirms(t *testing.T) {
	w := newWorld(t)
	w.phone.Start("store_17")
	w.phone.Text("no signal")
	w.phone.Text("since Monday")
	stop := w.polling(w.door)
	w.until("three messages confirmed", func() bool { return len(w.desk.texts()) == 3 && w.tg.Pending() == 0 })
	if err := stop(); err != nil {
		t.Fatalf("Poll: %v", err)
	}
	if got, want := w.desk.texts(), []string{"message /start store_17", "message no signal", "message since Monday"}; !slices.Equal(got, want) {
		t.Errorf("kept %q", got)
	}
	if w.desk.batches[0] != 3 {
		t.Errorf("batches of %v: three waiting updates are kept at once", w.desk.batches)
	}
	first := w.desk.inputs()[0]
	if first.Command != "start" || first.Argument != "store_17" || first.Account != "7000001" || !first.At.Equal(start) {
		t.Errorf("%+v", first)
	}
	for _, c := range w.callsOf("getUpdates") {
		if c.Params["allowed_updates"] != `["message","edited_message","callback_query","my_chat_member"]` {
			t.Errorf("asked for %s", c.Params["allowed_updates"])
		}
	}
	if len(w.callsOf("deleteWebhook")) != 1 {
		t.Error("the webhook was not deleted before polling")
	}
}

func TestPollDoesNotConfirmWhatIsNotKept(t *testing.T) {
	w := newWorld(t)
	w.desk.failWith(errDisk)
	w.phone.Text("precious")
	w.polling(w.door)
	w.until("failures in the log", func() bool { return strings.Count(w.log.String(), "disk is full") > 2 })
	if w.tg.Pending() != 1 {
		t.Fatal("confirmed an update that could not be kept")
	}
	w.desk.failWith(nil)
	w.until("the message", func() bool { return len(w.desk.texts()) == 1 && w.tg.Pending() == 0 })
	if strings.Contains(w.log.String(), "precious") {
		t.Error("the log holds a customer's words")
	}
}

// A crash after the commit and before the next poll: the updates come again.
func TestPollAfterCrashDropsRepeats(t *testing.T) {
	w := newWorld(t)
	w.phone.Text("once")
	if _, err := w.door.poll(context.Background(), 0); err != nil {
		t.Fatal(err)
	}
	w.desk.settings = map[string]string{} // the offset was not stored either
	if w.tg.Pending() != 1 {
		t.Fatal("confirmed before the next poll")
	}
	w.phone.Text("twice")
	w.polling(w.newDoor())
	w.until("both confirmed", func() bool { return len(w.desk.texts()) == 2 && w.tg.Pending() == 0 })
	if w.desk.repeats != 1 {
		t.Errorf("%d repetitions, want 1", w.desk.repeats)
	}
}

func TestPollGoesOnAtStoredOffset(t *testing.T) {
	w := newWorld(t)
	w.phone.Text("once")
	if _, err := w.door.poll(context.Background(), 0); err != nil {
		t.Fatal(err)
	}
	w.phone.Text("twice")
	w.polling(w.newDoor())
	w.until("both confirmed", func() bool { return len(w.desk.texts()) == 2 && w.tg.Pending() == 0 })
	if w.desk.repeats != 0 {
		t.Error("asked again for what was kept, though the offset was stored")
	}
	if v := w.desk.settings["telegram:7000001:offset"]; !strings.HasPrefix(v, "500000003 ") {
		t.Errorf("stored %q", v)
	}
}

// After a week of silence Telegram numbers anew, and maybe lower.
func TestPollAfterAWeekOfSilence(t *testing.T) {
	var offsets []string
	w := newWorld(t)
	w.phone.Text("before")
	offset, err := w.door.poll(context.Background(), 0)
	if err != nil {
		t.Fatal(err)
	}
	w.clock.advance(8 * 24 * time.Hour)
	if got := w.newDoor().storedOffset(context.Background()); got != 0 {
		t.Errorf("an offset of last week is used: %d", got)
	}
	w.door.PollFor = time.Second
	for range 2 {
		if offset, err = w.door.poll(context.Background(), offset); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range w.callsOf("getUpdates") {
		offsets = append(offsets, c.Params["offset"])
	}
	if want := []string{"", "500000002", ""}; !slices.Equal(offsets, want) {
		t.Errorf("offsets %q, want %q: once heard, it is said no more", offsets, want)
	}
}

func TestPollDuplicates(t *testing.T) {
	w := newWorld(t)
	w.tg.Duplicate(2)
	w.phone.Text("a")
	w.phone.Text("b")
	w.polling(w.door)
	w.until("the repetitions", func() bool {
		w.desk.mu.Lock()
		defer w.desk.mu.Unlock()
		return w.desk.repeats == 2
	})
	if got := w.desk.texts(); !slices.Equal(got, []string{"message a", "message b"}) {
		t.Errorf("kept %q", got)
	}
}

func TestPoisonUpdatesBlockNothing(t *testing.T) {
	w := newWorld(t)
	private := map[string]any{"id": zoe.ID, "type": "private"}
	for _, update := range []map[string]any{
		{"message": map[string]any{"message_id": 900, "date": 1, "chat": private, "text": []int{1}}},
		{"message": "a string"},
		{"hologram": map[string]any{"x": 1}},
		{},
		{"callback_query": nil},
		{"message": map[string]any{"message_id": 901, "date": 1, "chat": private, "text": "readable", "forward_origin": map[string]any{"type": "from_2030"}}},
		{"message": map[string]any{"message_id": 1, "date": 1, "chat": map[string]any{"id": -1, "type": "group"}, "text": "in a group"}},
	} {
		w.phone.Raw(update)
	}
	w.phone.Text("behind")
	w.polling(w.door)
	w.until("all confirmed", func() bool { return len(w.desk.texts()) == 7 && w.tg.Pending() == 0 })
	want := []string{"message ", "unread ", "unread ", "unread ", "unread ", "message readable", "message behind"}
	if got := w.desk.texts(); !slices.Equal(got, want) {
		t.Errorf("kept %q", got)
	}
	for _, a := range w.desk.kept {
		if !json.Valid(a.Raw) || !strings.Contains(string(a.Raw), "update_id") {
			t.Errorf("not kept as it came: %q", a.Raw)
		}
		if a.Input.At.IsZero() {
			t.Errorf("%s has no time", a.Input.Key)
		}
	}
	for _, word := range []string{"readable", "behind", "group\""} {
		if strings.Contains(w.log.String(), word) {
			t.Errorf("the log holds %q", word)
		}
	}
}

func TestPollConversation(t *testing.T) {
	w := newWorld(t)
	w.polling(w.door)
	m := w.phone.Text("frist")
	w.phone.Edit(m.ID, "first")
	w.phone.Album("two pictures", sandbox.File{Body: []byte("a")}, sandbox.File{Body: []byte("b")})
	w.phone.Press(7, "forged")
	w.phone.Block()
	w.phone.Unblock()
	w.phone.Sticker("😡")
	w.until("eight inputs", func() bool { return len(w.desk.inputs()) == 8 })
	in := w.desk.inputs()
	var kinds []bot.InputKind
	for _, i := range in {
		kinds = append(kinds, i.Kind)
		if i.Chat != "5000000001" || i.Person.Language != "pl" || i.Person.Name != "Zoe Nowak" {
			t.Errorf("%+v", i)
		}
	}
	want := []bot.InputKind{bot.InMessage, bot.InEdit, bot.InMessage, bot.InMessage, bot.InPress, bot.InBlocked, bot.InUnblocked, bot.InMessage}
	if !slices.Equal(kinds, want) {
		t.Fatalf("kinds %v", kinds)
	}
	if in[1].Text != "first" || in[1].MessageID != in[0].MessageID {
		t.Errorf("edit %+v", in[1])
	}
	if in[2].Group == "" || in[2].Group != in[3].Group || in[2].Text != "two pictures" || in[3].Text != "" || len(in[2].Files) != 1 || len(in[3].Files) != 1 {
		t.Errorf("album %+v %+v", in[2], in[3])
	}
	if in[4].Token != "forged" || in[4].PressID == "" || !in[4].At.Equal(start) {
		t.Errorf("press %+v", in[4])
	}
	if in[7].Unsupported != "sticker" {
		t.Errorf("sticker %+v", in[7])
	}
}

func TestPollSurvivesTrouble(t *testing.T) {
	w := newWorld(t)
	var pauses []time.Duration
	w.door.sleep = func(_ context.Context, d time.Duration) { pauses = append(pauses, d) }
	w.tg.Fail(sandbox.Fault{Method: "deleteWebhook", Status: 500})
	w.tg.Fail(sandbox.Fault{Method: "getUpdates", HTML: true})
	w.tg.Fail(sandbox.Fault{Method: "getUpdates", Status: 409})
	w.tg.Fail(sandbox.Fault{Method: "getUpdates", Status: 429, RetryAfter: 17})
	w.tg.Fail(sandbox.Fault{Method: "getUpdates", DropAfterAccept: true})
	w.phone.Text("through all of it")
	stop := w.polling(w.door)
	w.until("the message", func() bool { return len(w.desk.texts()) == 1 && w.tg.Pending() == 0 })
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if len(pauses) < 5 || !slices.Contains(pauses, conflictPause) || !slices.Contains(pauses, 17*time.Second) {
		t.Errorf("pauses %v", pauses)
	}
	if !strings.Contains(w.log.String(), "only one may") {
		t.Error("the conflict is not explained in the log")
	}
}

func TestPausesGrow(t *testing.T) {
	d := &Door{}
	for failed, most := range []time.Duration{time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 16 * time.Second, 30 * time.Second, 30 * time.Second} {
		for range 20 {
			if got := d.trouble(errDisk, failed); got < most/2 || got > most {
				t.Fatalf("after %d failures %s", failed, got)
			}
		}
	}
	if got := d.trouble(errDisk, 1_000_000); got > longestPause {
		t.Errorf("after a million failures %s", got)
	}
}

func TestPollEndsOnRefusedToken(t *testing.T) {
	for _, status := range []int{401, 404} {
		w := newWorld(t)
		w.tg.Fail(sandbox.Fault{Method: "getUpdates", Status: status})
		err := w.door.Poll(context.Background())
		if err == nil || !strings.Contains(err.Error(), "HEED_TELEGRAM_TOKEN") || strings.Contains(err.Error(), "AAsecret") {
			t.Errorf("%d: %v", status, err)
		}
	}
}

func TestPollStartsWhileTelegramIsDown(t *testing.T) {
	w := newWorld(t)
	var down atomic.Bool
	down.Store(true)
	gate := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if down.Load() {
			rw.WriteHeader(http.StatusBadGateway)
			return
		}
		w.tg.ServeHTTP(rw, r)
	}))
	t.Cleanup(gate.Close)
	w.door.APIURL = gate.URL
	if err := w.door.Connect(context.Background()); err != nil {
		t.Fatalf("Connect: %v", err)
	}
	if w.door.Account() != "7000001" || w.door.Username() != "" {
		t.Error("account or name wrong")
	}
	w.phone.Text("waiting")
	w.polling(w.door)
	down.Store(false)
	w.until("the message and the name", func() bool { return len(w.desk.texts()) == 1 && w.door.Username() == "heed_bot" })
}

func TestConnect(t *testing.T) {
	ctx := context.Background()
	w := newWorld(t)
	if err := w.door.Connect(ctx); err != nil || w.door.Username() != "heed_bot" {
		t.Fatalf("%v, %q", err, w.door.Username())
	}
	for _, token := range []string{"", "AAsecret-of-nothing", "7000001:", "7000001:AAsecret of spaces", "7000001:AAsecret/../x", "7000001:AAsecret-of-another-one"} {
		d := w.newDoor()
		d.Token = token
		err := d.Connect(ctx)
		if err == nil || !strings.Contains(err.Error(), "HEED_TELEGRAM_TOKEN") || strings.Contains(err.Error(), "AAsecret") {
			t.Errorf("%q: %v", token, err)
		}
	}
	for _, url := range []string{"telegram.example", "ftp://x", "http://", "http://user:AAsecret@%zz", "http://x?y=AAsecret"} {
		d := w.newDoor()
		d.APIURL = url
		err := d.Connect(ctx)
		if err == nil || !strings.Contains(err.Error(), "HEED_TELEGRAM_API_URL") || strings.Contains(err.Error(), "AAsecret") {
			t.Errorf("%q: %v", url, err)
		}
	}
}
