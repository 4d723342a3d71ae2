package slack

import (
	"strings"
	"testing"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/sandbox"
)

// A conversation with people has all that the desk has.
func TestDirectConversations(t *testing.T) {
	for _, chat := range []string{bot.Direct + chief, bot.Direct + chief + "," + boss + ", " + chief} {
		w := seniors(t)
		s := secret(chat, "card")
		card, err := w.door.Send(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		to, _ := w.door.target(t.Context(), s)
		if (to.channel[0] == 'D') != !strings.Contains(chat, ",") {
			t.Errorf("%s is %s", chat, to.channel)
		}
		for name, s := range shapes(chat, card) {
			if name == "file" {
				s.ThreadID = card
			}
			id, err := w.door.Send(t.Context(), s)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			w.eventually(name+" is found", func() bool {
				found, ok, err := w.door.Find(t.Context(), s)
				return ok && err == nil && found == id
			})
		}
		if th := w.slack.SeenThread(chief, to.channel, card); len(th) != 3 || !th[0].Edited || len(th[1].Files)+len(th[2].Files) != 1 {
			t.Errorf("the thread is %+v", th)
		}
		p := secret(chat, "p")
		p.Post, p.Private = nil, &bot.Private{User: chief, Post: bot.Post{Text: "Only you"}}
		if _, err := w.door.Send(t.Context(), p); err != nil || len(w.slack.Ephemerals(chief)) != 1 {
			t.Errorf("a private answer: %v", err)
		}
		// The same people in another order are the same conversation.
		turned, err := w.door.target(t.Context(), secret(strings.Replace(chat, chief+","+boss, boss+","+chief, 1), ""))
		if err != nil || turned.channel != to.channel || w.asked("conversations.open") != 1 {
			t.Errorf("turned round: %v %v, opened %d times", turned, err, w.asked("conversations.open"))
		}
		if len(w.slack.Posts(desk)) != 0 || len(w.slack.Conversations(ann)) != 2 {
			t.Error("someone else sees it")
		}
	}
}

func TestDirectConversationsAreWatchedToo(t *testing.T) {
	w := seniors(t)
	w.held(bot.Direct+chief+","+ann, "1600000000.000001", bot.IsWatched)
	w.held(bot.Direct+ann, "1600000000.000001", bot.IsWatched)
	if w.asked("conversations.open") != 0 {
		t.Error("the conversation was opened")
	}
	// A group that people made a channel of can be joined.
	chat := bot.Direct + chief + "," + boss
	card, err := w.door.Send(t.Context(), secret(chat, "card"))
	if err != nil {
		t.Fatal(err)
	}
	to, _ := w.door.target(t.Context(), secret(chat, ""))
	w.slack.Join(to.channel, ann)
	w.held(chat, card, bot.IsWatched)
}

func TestDirectConversationsWithPeopleWhoAreGone(t *testing.T) {
	w := seniors(t)
	send := func(chat string) error {
		_, err := w.door.Send(t.Context(), elsewhere(chat, chat, bot.Post{Text: "hello"}))
		return err
	}
	for _, gone := range []string{"U0GONE", "U0NOBODY", "U0ROBOT"} {
		if err := send(bot.Direct + gone); !bot.IsUndeliverable(err) {
			t.Errorf("%s: %v", gone, err)
		}
		if err := send(bot.Direct + gone + "," + chief); err != nil {
			t.Errorf("with %s: %v", gone, err)
		}
	}
	if n := len(w.slack.Posts(w.slack.DirectMessages(chief))); n != 3 {
		t.Errorf("the one who is there was told %d times", n)
	}
	// What was said to both is not in the conversation with the one left.
	s := elsewhere(bot.Direct+"U0GONE,"+chief, "x", bot.Post{})
	s.Post, s.Delete, s.EditID = nil, true, "1600000000.000001"
	if _, err := w.door.Send(t.Context(), s); !bot.IsUndeliverable(err) {
		t.Errorf("deleted where it never was: %v", err)
	}
	for _, chat := range []string{bot.Direct, bot.Direct + " , ", bot.Direct + "U1,U2,U3,U4,U5,U6,U7,U8,U9"} {
		if err := send(chat); !bot.IsUndeliverable(err) {
			t.Errorf("%q: %v", chat, err)
		}
	}
}

func TestAConversationIsOpenedAgain(t *testing.T) {
	w := seniors(t)
	chat := bot.Direct + chief
	for name, f := range map[string]sandbox.SlackFault{
		"down": {Error: "service_unavailable"}, "500": {Status: 500}, "busy": {RetryAfter: 2}, "cut": {DropAfterAccept: true}, "no scope": {Error: "missing_scope"},
	} {
		f.Method = "conversations.open"
		w.slack.Fail(f)
		_, err := w.door.Send(t.Context(), secret(chat, "card"))
		if err == nil || bot.IsUndeliverable(err) || bot.IsWatched(err) || bot.IsAmbiguous(err) || (bot.Pause(err) > 0) != (name == "busy") {
			t.Errorf("%s: %v (pause %v)", name, err, bot.Pause(err))
		}
	}
	if _, err := w.door.Send(t.Context(), secret(chat, "card")); err != nil {
		t.Fatal(err)
	}
	// Slack knows the conversation no more: it is asked for anew.
	w.slack.Fail(sandbox.SlackFault{Method: "chat.postMessage", Error: "channel_not_found"})
	before := w.asked("conversations.open")
	if _, err := w.door.Send(t.Context(), secret(chat, "card")); err == nil || bot.IsWatched(err) || bot.IsUndeliverable(err) || bot.Pause(err) > 0 {
		t.Errorf("%v", err)
	}
	if _, err := w.door.Send(t.Context(), secret(chat, "card")); err != nil || w.asked("conversations.open") != before+1 {
		t.Errorf("%v, opened %d times", err, w.asked("conversations.open")-before)
	}
}
