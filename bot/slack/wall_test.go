package slack

import (
	"fmt"
	"strings"
	"testing"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/sandbox"
)

// secret is a walled post that must be kept from ann.
func secret(channel, id string) bot.Sending {
	s := elsewhere(channel, id, bot.Post{Text: "A complaint about a colleague"})
	s.Walled, s.Hidden = true, []bot.StaffID{ann}
	return s
}

// shapes are a post, a reply, an edit, a file and a private answer, all walled.
func shapes(channel, ts string) map[string]bot.Sending {
	all := map[string]bot.Sending{}
	for _, name := range []string{"post", "reply", "edit", "file"} {
		s := secret(channel, name)
		switch name {
		case "reply":
			s.ThreadID = ts
		case "edit":
			s.EditID = ts
		case "file":
			s.Post, s.Upload = nil, &bot.Upload{Blob: "photo", Name: "photo.jpg"}
		}
		all[name] = s
	}
	return all
}

// shown counts what people were shown.
func (w *world) shown() int {
	return w.asked("chat.postMessage") + w.asked("chat.update") + w.asked("files.completeUploadExternal") + w.asked("chat.postEphemeral")
}

func (w *world) held(channel, ts string, verdict func(error) bool) {
	w.t.Helper()
	before := w.shown()
	for name, s := range shapes(channel, ts) {
		_, err := w.door.Send(w.t.Context(), s)
		if err == nil || !verdict(err) {
			w.t.Errorf("%s: %v", name, err)
		}
		if strings.Contains(fmt.Sprint(err), ann) {
			w.t.Errorf("%s: the error names someone: %v", name, err)
		}
	}
	if n := w.shown() - before; n != 0 {
		w.t.Errorf("shown %d times", n)
	}
}

func TestWhatIsWalledIsShownWhereNobodyMayNotSeeIt(t *testing.T) {
	w := seniors(t)
	card, err := w.door.Send(t.Context(), secret(chiefs, "card"))
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range shapes(chiefs, card) {
		if _, err := w.door.Send(t.Context(), s); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.eventually("the file", func() bool { return len(w.slack.Posts(chiefs)) == 3 })
	// No memory: who joins now is seen at once, though no event came.
	w.slack.Join(chiefs, ann)
	w.held(chiefs, card, bot.IsWatched)
	w.slack.Leave(chiefs, ann)
	if _, err := w.door.Send(t.Context(), secret(chiefs, "again")); err != nil {
		t.Errorf("after she left: %v", err)
	}
	// What is not walled is sent as ever.
	w.slack.Join(chiefs, ann)
	before := w.asked("conversations.info")
	if _, err := w.door.Send(t.Context(), elsewhere(chiefs, "plain", bot.Post{Text: "hello"})); err != nil || w.asked("conversations.info") != before {
		t.Errorf("%v", err)
	}
}

func TestPrivateAnswersAreKeptFromThePerson(t *testing.T) {
	w := seniors(t)
	w.slack.Join(chiefs, ann)
	for user, watched := range map[bot.StaffID]bool{ann: true, chief: false} {
		s := secret(chiefs, "p")
		s.Post, s.Private = nil, &bot.Private{User: user, Post: bot.Post{Text: "Only you"}}
		if _, err := w.door.Send(t.Context(), s); bot.IsWatched(err) != watched || (err == nil) == watched {
			t.Errorf("%s: %v", user, err)
		}
	}
}

func TestChannelsThatAreNotPrivateAreRefused(t *testing.T) {
	w := seniors(t)
	w.slack.AddChannel(sandbox.Channel{ID: "C0OPEN", Name: "open", Members: []string{w.slack.BotUserID, chief}})
	w.slack.AddChannel(sandbox.Channel{ID: "C0BOTH", Name: "both", Private: true, Shared: true, Members: []string{w.slack.BotUserID, chief}})
	w.slack.AddChannel(sandbox.Channel{ID: "C0PAST", Name: "past", Private: true, Members: []string{w.slack.BotUserID, chief}})
	w.slack.Archive("C0PAST")
	// Closed, gone and public ones cannot be used, nor the desk's.
	for _, channel := range []string{"C0OPEN", "C0BOTH", "C0PAST", closed, public, "C0NONE", desk, ""} {
		w.held(channel, "1600000000.000001", bot.IsWatched)
	}
	w.slack.AddChannel(sandbox.Channel{ID: "G0OLD", Name: "old", Private: true, Members: []string{w.slack.BotUserID, chief}})
	if _, err := w.door.Send(t.Context(), secret("G0OLD", "card")); err != nil {
		t.Errorf("an old private channel: %v", err)
	}
	// Thrown out between the looking and the posting.
	w.slack.Fail(sandbox.SlackFault{Method: "chat.postMessage", Error: "not_in_channel"})
	if _, err := w.door.Send(t.Context(), secret(chiefs, "card")); !bot.IsWatched(err) {
		t.Errorf("%v", err)
	}
}

func TestNothingWalledIsShownWhereSlackDoesNotSay(t *testing.T) {
	plain := func(err error) bool {
		return !bot.IsWatched(err) && !bot.IsUndeliverable(err) && !bot.IsAmbiguous(err)
	}
	for _, method := range []string{"conversations.info", "conversations.members"} {
		for name, f := range map[string]sandbox.SlackFault{
			"an error": {Error: "internal_error"}, "busy": {RetryAfter: 3}, "500": {Status: 500}, "a page": {HTML: true},
			"cut": {DropAfterAccept: true}, "no scope": {Error: "missing_scope"}, "strange": {Error: "something_new"},
		} {
			w := seniors(t)
			f.Method, f.Times = method, 10
			w.slack.Fail(f)
			w.held(chiefs, "1600000000.000001", func(err error) bool {
				if name == "no scope" && bot.Pause(err) != 0 {
					return false // the desk must go on
				}
				return plain(err)
			})
			if t.Failed() {
				t.Fatalf("%s: %s", method, name)
			}
		}
	}
	w := seniors(t)
	w.server.Close()
	w.held(chiefs, "1600000000.000001", plain)
}

func TestDeleting(t *testing.T) {
	w := seniors(t)
	for _, channel := range []string{desk, chiefs, bot.Direct + chief, bot.Direct + chief + "," + boss} {
		gone := func(id string) error {
			s := elsewhere(channel, "gone", bot.Post{})
			s.Post, s.Delete, s.EditID = nil, true, id
			// Also where someone is whom it is kept from: that is why.
			s.Walled, s.Hidden = true, []bot.StaffID{ann, chief}
			_, err := w.door.Send(t.Context(), s)
			if _, found, ferr := w.door.Find(t.Context(), s); found || ferr != nil {
				t.Errorf("a deletion was found: %v", ferr)
			}
			return err
		}
		card, err := w.door.Send(t.Context(), elsewhere(channel, "card", bot.Post{Text: "Handed over"}))
		if err != nil {
			t.Fatal(err)
		}
		to, err := w.door.target(t.Context(), elsewhere(channel, "", bot.Post{}))
		if err != nil {
			t.Fatal(err)
		}
		s := elsewhere(channel, "file", bot.Post{})
		s.Post, s.ThreadID, s.Upload = nil, card, &bot.Upload{Blob: "photo", Name: "photo.jpg", Comment: "Evidence"}
		file, err := w.door.Send(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		w.eventually("the file is there", func() bool { return len(w.slack.Thread(to.channel, card)) == 2 })
		for range 2 {
			if err := gone(file); err != nil {
				t.Fatalf("the file: %v", err)
			}
		}
		if _, _, ok := w.slack.File(file); ok {
			t.Error("the file is still there")
		}
		for range 2 {
			if err := gone(card); err != nil {
				t.Fatalf("the card: %v", err)
			}
		}
		for _, who := range []string{chief, ann} {
			if p := w.slack.Seen(who, to.channel); len(p) != 0 {
				t.Errorf("%s still sees %+v", who, p)
			}
		}
		for name, id := range map[string]string{"never arrived": "", "unknown message": "1600000000.000001", "unknown file": "F0NONE"} {
			if err := gone(id); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	theirs := w.slack.Say(ann, desk, "", "hello")
	s := post("x", bot.Post{})
	s.Post, s.Delete, s.EditID = nil, true, theirs.TS
	if _, err := w.door.Send(t.Context(), s); !bot.IsUndeliverable(err) {
		t.Errorf("a colleague's message: %v", err)
	}
}

func TestADeletionIsTriedAgain(t *testing.T) {
	w := seniors(t)
	card := w.card()
	s := post("x", bot.Post{})
	s.Post, s.Delete, s.EditID = nil, true, card
	for name, f := range map[string]sandbox.SlackFault{"busy": {RetryAfter: 2}, "500": {Status: 500}, "odd": {Error: "internal_error"}, "cut": {DropAfterAccept: true}} {
		f.Method = "chat.delete"
		w.slack.Fail(f)
		_, err := w.door.Send(t.Context(), s)
		if err == nil || bot.IsUndeliverable(err) || bot.IsAmbiguous(err) || (bot.Pause(err) > 0) != (name == "busy") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := w.door.Send(t.Context(), s); err != nil {
		t.Error(err)
	}
}
