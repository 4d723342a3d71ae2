package sandbox_test

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"
)

func slackModal(callback, title string, blocks ...slack.Block) slack.ModalViewRequest {
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: callback, Title: slackPlain(title), Submit: slackPlain("Next"), Close: slackPlain("Cancel"),
		PrivateMetadata: "turn-3", Blocks: slack.Blocks{BlockSet: blocks},
	}
}

func wordsField() *slack.InputBlock {
	field := slack.NewPlainTextInputBlockElement(nil, "words")
	field.Multiline, field.MaxLength = true, 100
	return slack.NewInputBlock("reply", slackPlain("Reply"), nil, field)
}

func TestSlackButtonDialogPreviewSend(t *testing.T) {
	s, api := slackWorkspace(t)
	fail := func(err error) {
		if err != nil {
			t.Error(err)
		}
	}
	slackApp(t, s, api, func(c *socketmode.Client, e socketmode.Event) {
		call, ok := e.Data.(slack.InteractionCallback)
		if !ok {
			fail(c.Ack(*e.Request))
			return
		}
		switch {
		case call.Type == slack.InteractionTypeBlockActions:
			if call.Message.Text != "card" || call.Channel.ID != slackDesk || call.User.ID != slackAnn || call.ActionCallback.BlockActions[0].Value != "c1" {
				t.Errorf("payload %+v", call)
			}
			kind := slack.NewOptionsSelectBlockElement("static_select", slackPlain("Kind"), "kind",
				slack.NewOptionBlockObject("late", slackPlain("Late"), nil), slack.NewOptionBlockObject("rude", slackPlain("Rude"), nil))
			_, err := api.OpenView(call.TriggerID, slackModal("words", "Reply", wordsField(), slack.NewInputBlock("topic", slackPlain("Topic"), nil, kind)))
			fail(err)
			fail(c.Ack(*e.Request))
		case call.View.CallbackID == "words":
			words := call.View.State.Values["reply"]["words"].Value
			if call.View.PrivateMetadata != "turn-3" || call.View.State.Values["topic"]["kind"].SelectedOption.Value != "rude" {
				t.Errorf("submission %+v", call.View)
			}
			if words == "no" {
				fail(c.Ack(*e.Request, slack.NewErrorsViewSubmissionResponse(map[string]string{"reply": "Say more."})))
				return
			}
			preview := slackModal("preview", "Preview", slack.NewSectionBlock(slackPlain(words), nil, nil))
			fail(c.Ack(*e.Request, slack.NewPushViewSubmissionResponse(&preview)))
		case call.View.CallbackID == "preview":
			if call.View.RootViewID == "" || call.View.RootViewID != call.View.PreviousViewID {
				t.Errorf("preview stands on %q under %q", call.View.RootViewID, call.View.PreviousViewID)
			}
			fail(c.Ack(*e.Request, slack.NewClearViewSubmissionResponse()))
		}
	})
	ts := slackPost(t, api, slack.MsgOptionText("card", false), slack.MsgOptionBlocks(slack.NewActionBlock("row", slackButton("reply", "c1", "Reply"))))

	a, err := s.Press(slackAnn, slackDesk, ts, "reply", "")
	if err != nil || a.Error != "" || a.View == nil || a.View.Title != "Reply" {
		t.Fatalf("press: %+v, %v", a, err)
	}
	form := a.View.ID
	a, err = s.Submit(slackAnn, form, map[string]any{"words": ""})
	if err != nil || !a.Local || a.Errors["reply"] == "" || a.Errors["topic"] == "" {
		t.Fatalf("an empty form was sent: %+v, %v", a, err)
	}
	a, _ = s.Submit(slackAnn, form, map[string]any{"words": strings.Repeat("x", 101), "kind": "rude"})
	if !a.Local || a.Errors["reply"] == "" {
		t.Fatalf("too long a text was sent: %+v", a)
	}
	a, _ = s.Submit(slackAnn, form, map[string]any{"words": "no"})
	if a.Action != "errors" || a.Errors["reply"] != "Say more." || a.View.ID != form {
		t.Fatalf("field error: %+v", a)
	}
	a, _ = s.Submit(slackAnn, form, map[string]any{"reply": "We are sorry."})
	if a.Error != "" || a.Action != "push" || a.View.Title != "Preview" || !strings.Contains(string(a.View.Raw), "We are sorry.") {
		t.Fatalf("preview: %+v", a)
	}
	if views := s.Views(slackAnn); len(views) != 2 {
		t.Fatalf("%d views are open", len(views))
	}
	if _, err := s.Submit(slackAnn, form, nil); err == nil {
		t.Error("a view below another could be sent")
	}
	a, _ = s.Submit(slackAnn, a.View.ID, nil)
	if a.Error != "" || a.Action != "clear" || len(s.Views(slackAnn)) != 0 {
		t.Fatalf("after sending: %+v", a)
	}
	if _, err := s.Press(slackAnn, slackDesk, ts, "nothing", ""); err == nil {
		t.Error("a button that is not shown was pressed")
	}
	if _, err := s.Press("U0NOBODY", slackDesk, ts, "reply", ""); err == nil {
		t.Error("an unknown person pressed a button")
	}
}

func TestSlackTriggerOpensOneViewInTime(t *testing.T) {
	s, api := slackWorkspace(t)
	triggers := make(chan string, 4)
	slackApp(t, s, api, func(c *socketmode.Client, e socketmode.Event) {
		if cmd, ok := e.Data.(slack.SlashCommand); ok {
			triggers <- cmd.TriggerID
		}
		if call, ok := e.Data.(slack.InteractionCallback); ok {
			triggers <- call.TriggerID
		}
		_ = c.Ack(*e.Request)
	})
	view := slackModal("m", "M", wordsField())
	open := func(trigger string) string { _, err := api.OpenView(trigger, view); return slackCode(err) }
	_, _ = s.Command(slackAnn, slackDesk, "/complaint", "")
	first := <-triggers
	if got := open(first); got != "" {
		t.Errorf("first use: %s", got)
	}
	if got := open(first); got != "exchanged_trigger_id" {
		t.Errorf("second use: %s", got)
	}
	if got := open("1.2.abc"); got != "invalid_trigger_id" {
		t.Errorf("made up: %s", got)
	}
	s.TriggerLife = -time.Second
	_, _ = s.Command(slackAnn, slackDesk, "/complaint", "")
	if got := open(<-triggers); got != "expired_trigger_id" {
		t.Errorf("too late: %s", got)
	}
	s.TriggerLife = time.Hour
	for n, want := range []string{"", "", "push_limit_reached"} {
		_, _ = s.Command(slackAnn, slackDesk, "/complaint", "")
		if _, err := api.PushView(<-triggers, view); slackCode(err) != want {
			t.Errorf("push %d: %v", n+2, err)
		}
	}
	v := s.Views(slackAnn)[2]
	if _, err := api.UpdateView(view, "", "wrong", v.ID); slackCode(err) != "hash_conflict" {
		t.Errorf("update with an old hash: %v", err)
	}
	if _, err := api.UpdateView(view, "", v.Hash, v.ID); err != nil {
		t.Errorf("update: %v", err)
	}
	s.CloseView(slackAnn, v.ID)
	if _, err := api.UpdateView(view, "", "", v.ID); slackCode(err) != "not_found" {
		t.Errorf("update of a closed view: %v", err)
	}
}

// slackHeard collects what the app was sent about messages.
type slackHeard struct {
	sync.Mutex
	events []socketmode.Event
}

func (h *slackHeard) note(e socketmode.Event) int {
	h.Lock()
	defer h.Unlock()
	h.events = append(h.events, e)
	return len(h.events)
}

func (h *slackHeard) list() (ids []string, attempts []int, texts []string) {
	h.Lock()
	defer h.Unlock()
	for _, e := range h.events {
		var outer struct {
			EventID string `json:"event_id"`
		}
		_ = json.Unmarshal(e.Request.Payload, &outer)
		ids, attempts = append(ids, outer.EventID), append(attempts, e.Request.RetryAttempt)
		if m, ok := e.Data.(slackevents.EventsAPIEvent).InnerEvent.Data.(*slackevents.MessageEvent); ok {
			texts = append(texts, m.Text)
		}
	}
	return
}

func TestSlackSendsAnEventUntilItIsAcknowledged(t *testing.T) {
	s, api := slackWorkspace(t)
	s.AckTimeout, s.RetryWait = 400*time.Millisecond, 10*time.Millisecond
	var h slackHeard
	slackApp(t, s, api, func(c *socketmode.Client, e socketmode.Event) {
		if h.note(e) == 3 {
			_ = c.Ack(*e.Request)
		}
	})
	s.Say(slackAnn, slackDesk, "", "hello")
	slackSoon(t, "three deliveries", func() bool { ids, _, _ := h.list(); return len(ids) == 3 })
	ids, attempts, _ := h.list()
	if ids[0] != ids[1] || ids[1] != ids[2] || attempts[0] != 0 || attempts[1] != 1 || attempts[2] != 2 {
		t.Errorf("deliveries %v, attempts %v", ids, attempts)
	}
	s.Say(slackAnn, slackDesk, "", "next")
	slackSoon(t, "four tries of an event nobody acknowledges", func() bool { _, a, _ := h.list(); return len(a) == 7 && a[6] == 3 })
}

func TestSlackRedeliversAndSurvivesABrokenConnection(t *testing.T) {
	s, api := slackWorkspace(t)
	var h slackHeard
	slackApp(t, s, api, func(c *socketmode.Client, e socketmode.Event) {
		h.note(e)
		_ = c.Ack(*e.Request)
	})
	s.Redeliver(1)
	s.Say(slackAnn, slackDesk, "", "twice")
	slackSoon(t, "two deliveries", func() bool { ids, _, _ := h.list(); return len(ids) == 2 })
	if ids, attempts, _ := h.list(); ids[0] != ids[1] || attempts[0]+attempts[1] != 1 {
		t.Errorf("deliveries %v, attempts %v", ids, attempts)
	}
	s.Disconnect()
	s.Say(slackAnn, slackDesk, "", "while away")
	slackSoon(t, "the message arrives on the next connection", func() bool {
		_, _, texts := h.list()
		return texts[len(texts)-1] == "while away"
	})
	s.Refresh()
	slackSoon(t, "the app connects again", func() bool { return s.Connected() == 1 })
	s.Say(slackAnn, slackDesk, "", "after")
	slackSoon(t, "the message after a refresh", func() bool {
		_, _, texts := h.list()
		return texts[len(texts)-1] == "after"
	})
}

func TestSlackEncodesWhatPeopleType(t *testing.T) {
	s, api := slackWorkspace(t)
	var h slackHeard
	slackApp(t, s, api, func(c *socketmode.Client, e socketmode.Event) {
		h.note(e)
		_ = c.Ack(*e.Request)
	})
	s.Say(slackAnn, slackDesk, "", "5 < 6 & @ben see https://x.example/?a=1&b=2 👍")
	slackSoon(t, "the message", func() bool { _, _, texts := h.list(); return len(texts) == 1 })
	_, _, texts := h.list()
	if want := "5 &lt; 6 &amp; <@" + slackBen + "> see <https://x.example/?a=1&amp;b=2> :+1:"; texts[0] != want {
		t.Errorf("got  %s\nwant %s", texts[0], want)
	}
	if len(s.Mentions(slackBen)) != 1 {
		t.Error("ben was not pinged")
	}
	s.Say(slackAnn, slackDesk, "", "@heed help")
	slackSoon(t, "message and mention", func() bool { ids, _, _ := h.list(); return len(ids) == 3 })
	if ids, _, _ := h.list(); ids[1] == ids[2] {
		t.Error("the mention came with the message's event_id")
	}
}

func TestSlackLateAcknowledgementIsAnError(t *testing.T) {
	s, api := slackWorkspace(t)
	s.AckTimeout = 100 * time.Millisecond
	slackApp(t, s, api, func(c *socketmode.Client, e socketmode.Event) {
		go func() {
			time.Sleep(300 * time.Millisecond)
			_ = c.Ack(*e.Request, map[string]any{"text": "too late"})
		}()
	})
	a, err := s.Command(slackAnn, slackDesk, "/complaint", "mine")
	if err != nil || a.Error != "operation_timeout" {
		t.Fatalf("%+v, %v", a, err)
	}
	seen := s.Ephemerals(slackAnn)
	if len(seen) != 1 || !strings.Contains(seen[0].Text, "operation_timeout") || seen[0].User != "USLACKBOT" {
		t.Errorf("ann sees %+v", seen)
	}
}

func TestSlackCommandAndReplyURL(t *testing.T) {
	s, api := slackWorkspace(t)
	commands := make(chan slack.SlashCommand, 1)
	slackApp(t, s, api, func(c *socketmode.Client, e socketmode.Event) {
		if cmd, ok := e.Data.(slack.SlashCommand); ok {
			commands <- cmd
			_ = c.Ack(*e.Request, map[string]any{"text": "on it"})
		}
	})
	a, err := s.Command(slackAnn, slackDesk, "/complaint", "assign @ben")
	if err != nil || a.Error != "" || a.Reply == nil || a.Reply.Text != "on it" || !a.Reply.Ephemeral {
		t.Fatalf("%+v, %v", a, err)
	}
	cmd := <-commands
	if cmd.Text != "assign <@"+slackBen+"|ben>" || cmd.UserID != slackAnn || cmd.ChannelName != "complaints" {
		t.Errorf("command %+v", cmd)
	}
	for n := range 6 {
		_, _, err := api.PostMessage(slackDesk, slack.MsgOptionText("more", false), slack.MsgOptionResponseURL(cmd.ResponseURL, "ephemeral"))
		if (n < 5) != (err == nil) {
			t.Errorf("use %d of the response_url: %v", n+1, err)
		}
	}
	if got := len(s.Ephemerals(slackAnn)); got != 6 {
		t.Errorf("ann sees %d private answers", got)
	}
	if got := len(s.Posts(slackDesk)); got != 0 {
		t.Errorf("%d public posts", got)
	}
}
