package slack

import (
	"fmt"
	"strings"
	"testing"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/sandbox"
)

const (
	chiefs = "C0CEO"  // private, with the app in it
	closed = "C0SHUT" // private, without it
	public = "C0ELSE" // public, without it
)

// channels is a world with more channels than the desk's.
func channels(t *testing.T) *world {
	w := newWorld(t)
	w.slack.AddChannel(sandbox.Channel{ID: chiefs, Name: "chief-executive", Private: true, Members: []string{w.slack.BotUserID, chief}})
	w.slack.AddChannel(sandbox.Channel{ID: closed, Name: "closed", Private: true, Members: []string{chief}})
	w.slack.AddChannel(sandbox.Channel{ID: public, Name: "else", Members: []string{ann}})
	return w
}

func elsewhere(channel, id string, p bot.Post) bot.Sending {
	s := post(id, p)
	s.To.Chat = channel
	return s
}

// A hand-over: a card, its thread, a picture and an edit, all in a channel that
// is not the desk's.
func TestAnotherChannelHasAllThatTheDeskHas(t *testing.T) {
	w := channels(t)
	card, err := w.door.Send(t.Context(), elsewhere(chiefs, "card", bot.Post{Text: "Handed over", Mention: []string{chief}}))
	if err != nil {
		t.Fatal(err)
	}
	reply := elsewhere(chiefs, "reply", bot.Post{Text: "What the customer wrote"})
	reply.ThreadID = card
	if _, err := w.door.Send(t.Context(), reply); err != nil {
		t.Fatal(err)
	}
	file := elsewhere(chiefs, "file", bot.Post{})
	file.Post, file.ThreadID, file.Upload = nil, card, &bot.Upload{Blob: "photo", Name: "photo.jpg"}
	if _, err := w.door.Send(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	w.eventually("the picture is in the thread", func() bool {
		th := w.slack.Thread(chiefs, card)
		return len(th) == 3 && th[1].Text == "What the customer wrote" && len(th[2].Files) == 1
	})
	edit := elsewhere(chiefs, "edit", bot.Post{Text: "Closed"})
	edit.EditID = card
	if _, err := w.door.Send(t.Context(), edit); err != nil {
		t.Fatal(err)
	}
	if p := w.slack.Posts(chiefs)[0]; p.Text != "Closed" {
		t.Errorf("the card says %q", p.Text)
	}
	if len(w.slack.Mentions(chief)) != 1 || len(w.slack.Posts(desk)) != 0 {
		t.Errorf("the chief was called %d times, the desk has %d posts", len(w.slack.Mentions(chief)), len(w.slack.Posts(desk)))
	}
	link, err := w.door.Permalink(t.Context(), chiefs, card)
	if err != nil || !strings.Contains(link, "/"+chiefs+"/p"+strings.ReplaceAll(card, ".", "")) {
		t.Errorf("the link is %q, %v", link, err)
	}
	private := bot.Sending{Outbound: bot.Outbound{ID: "p", To: bot.Address{Chat: chiefs}, Private: &bot.Private{User: chief, Thread: card, Post: bot.Post{Text: "Only you"}}}}
	if _, err := w.door.Send(t.Context(), private); err != nil {
		t.Fatal(err)
	}
	if e := w.slack.Ephemerals(chief); len(e) != 1 || e[0].Channel != chiefs || e[0].ThreadTS != card {
		t.Errorf("shown %+v", e)
	}
}

func TestWhatWasDroppedInAnotherChannelIsFound(t *testing.T) {
	w := channels(t)
	card, err := w.door.Send(t.Context(), elsewhere(chiefs, "card", bot.Post{Text: "Handed over"}))
	if err != nil {
		t.Fatal(err)
	}
	for _, thread := range []string{"", card} {
		s := elsewhere(chiefs, "lost"+thread, bot.Post{Text: "once only"})
		s.ThreadID = thread
		w.slack.Fail(sandbox.SlackFault{Method: "chat.postMessage", DropAfterAccept: true})
		if _, err := w.door.Send(t.Context(), s); !bot.IsAmbiguous(err) {
			t.Fatalf("the verdict is %v", err)
		}
		if ts, found, err := w.door.Find(t.Context(), s); err != nil || !found || ts == "" {
			t.Errorf("in thread %q: %q %v %v", thread, ts, found, err)
		}
		s.To.Chat = desk
		if _, found, err := w.door.Find(t.Context(), s); err != nil || found {
			t.Errorf("found in the desk's channel: %v %v", found, err)
		}
	}
	edit := elsewhere(chiefs, "edit", bot.Post{Text: "Closed"})
	edit.EditID = card
	w.slack.Fail(sandbox.SlackFault{Method: "chat.update", DropAfterAccept: true})
	if _, err := w.door.Send(t.Context(), edit); !bot.IsAmbiguous(err) {
		t.Fatalf("the verdict is %v", err)
	}
	if ts, found, err := w.door.Find(t.Context(), edit); err != nil || !found || ts != card {
		t.Errorf("the edit: %q %v %v", ts, found, err)
	}
	file := elsewhere(chiefs, "file", bot.Post{})
	file.Post, file.ThreadID, file.Upload = nil, card, &bot.Upload{Blob: "photo", Name: "photo.jpg"}
	w.slack.Fail(sandbox.SlackFault{Method: "files.completeUploadExternal", DropAfterAccept: true})
	if _, err := w.door.Send(t.Context(), file); !bot.IsAmbiguous(err) {
		t.Fatalf("the verdict is %v", err)
	}
	w.eventually("the file is found", func() bool {
		_, found, err := w.door.Find(t.Context(), file)
		return found && err == nil
	})
}

// Where the app was not invited, only that channel waits: a pause would be the
// whole account's.
func TestAChannelTheAppIsNotInHoldsUpNoOther(t *testing.T) {
	w := channels(t)
	for channel, code := range map[string]string{closed: "channel_not_found", public: "not_in_channel", "C0NONE": "channel_not_found"} {
		card := elsewhere(channel, "card", bot.Post{Text: "Handed over: a customer's words"})
		file := elsewhere(channel, "file", bot.Post{})
		file.Post, file.Upload = nil, &bot.Upload{Blob: "photo", Name: "photo.jpg"}
		for what, s := range map[string]bot.Sending{"card": card, "file": file} {
			_, err := w.door.Send(t.Context(), s)
			if err == nil || bot.Pause(err) != 0 || bot.IsUndeliverable(err) || bot.IsAmbiguous(err) || !strings.Contains(fmt.Sprint(err), code) {
				t.Errorf("a %s to %s: %v (pause %v, undeliverable %v)", what, channel, err, bot.Pause(err), bot.IsUndeliverable(err))
			}
		}
		if _, _, err := w.door.Find(t.Context(), card); err == nil || bot.Pause(err) != 0 {
			t.Errorf("looking in %s: %v", channel, err)
		}
		if log := w.logs.String(); !strings.Contains(log, "channel="+channel) || !strings.Contains(log, "/invite") || strings.Contains(log, "a customer's words") {
			t.Errorf("the log says: %s", log)
		}
	}
	if _, err := w.door.Send(t.Context(), post("desk", bot.Post{Text: "hello"})); err != nil {
		t.Errorf("the desk: %v", err)
	}
	w.slack.Join(closed, w.slack.BotUserID)
	if _, err := w.door.Send(t.Context(), elsewhere(closed, "card", bot.Post{Text: "Handed over"})); err != nil {
		t.Errorf("after the invitation: %v", err)
	}
}

// A press there is answered there.
func TestAPressInAnotherChannel(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.slack.AddChannel(sandbox.Channel{ID: chiefs, Name: "chief-executive", Private: true, Members: []string{w.slack.BotUserID, chief}})
		card, err := w.door.Send(t.Context(), elsewhere(chiefs, "card", bot.Post{Text: "Handed over", Blocks: []bot.Block{
			{Kind: bot.Buttons, Buttons: []bot.Button{{Action: "decide", Value: "ref=KXM-4FQ-7TA&v=3", Label: "Decide"}}}}}))
		if err != nil {
			t.Fatal(err)
		}
		w.desk.open = func(a bot.Act) (Opening, error) {
			if a.Chat != chiefs || a.By != chief || a.Complaint != "KXM-4FQ-7TA" {
				return Opening{}, fmt.Errorf("the act is %+v", a)
			}
			return Opening{Private: &bot.Post{Text: "Already decided"}}, nil
		}
		if _, err := w.slack.Press(chief, chiefs, card, "decide", ""); err != nil {
			t.Fatal(err)
		}
		w.eventually("the answer", func() bool {
			e := w.slack.Ephemerals(chief)
			return len(e) == 1 && e[0].Channel == chiefs && e[0].Text == "Already decided"
		})
	})
}
