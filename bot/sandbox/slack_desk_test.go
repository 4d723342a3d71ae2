package sandbox_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"github.com/heedbot/heed/bot/sandbox"
)

// slackInbox keeps what the app is sent and acknowledges it. Events that the SDK cannot read are
// failures.
type slackInbox struct {
	sync.Mutex
	calls  []slack.InteractionCallback
	events []any
	kinds  []string
}

func newSlackInbox(t *testing.T, s *sandbox.Slack, api *slack.Client) *slackInbox {
	in := &slackInbox{}
	client := socketmode.New(api)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = client.RunContext(ctx)
	}()
	go func() {
		for {
			select {
			case e := <-client.Events:
				if e.Type == socketmode.EventTypeErrorBadMessage {
					t.Errorf("the SDK cannot read an event: %v", e.Data.(*socketmode.ErrorBadMessage).Cause)
				}
				if e.Request == nil || e.Request.EnvelopeID == "" {
					continue
				}
				in.keep(e)
				_ = client.Ack(*e.Request)
			case <-ctx.Done():
				return
			}
		}
	}()
	t.Cleanup(func() { cancel(); <-done })
	slackSoon(t, "the app is connected", func() bool { return s.Connected() > 0 })
	return in
}

func (in *slackInbox) keep(e socketmode.Event) {
	in.Lock()
	defer in.Unlock()
	switch data := e.Data.(type) {
	case slack.InteractionCallback:
		in.calls = append(in.calls, data)
	case slackevents.EventsAPIEvent:
		kind := data.InnerEvent.Type
		if m, ok := data.InnerEvent.Data.(*slackevents.MessageEvent); ok && m.SubType != "" {
			kind += "/" + m.SubType
		}
		in.events, in.kinds = append(in.events, data.InnerEvent.Data), append(in.kinds, kind)
	}
}

func (in *slackInbox) last() slack.InteractionCallback {
	in.Lock()
	defer in.Unlock()
	return in.calls[len(in.calls)-1]
}

func (in *slackInbox) heard() []string {
	in.Lock()
	defer in.Unlock()
	return slices.Clone(in.kinds)
}

func TestSlackEveryEventCanBeReadByTheSDK(t *testing.T) {
	s, api := slackWorkspace(t)
	in := newSlackInbox(t, s, api)
	ts := slackPost(t, api, slack.MsgOptionText("card", false))
	said := s.Say(slackAnn, slackDesk, ts, "in the thread")
	if err := s.Edit(slackAnn, slackDesk, said.TS, "edited"); err != nil {
		t.Fatal(err)
	}
	if err := s.Delete(slackAnn, slackDesk, said.TS); err != nil {
		t.Fatal(err)
	}
	if err := s.Delete(slackBen, slackDesk, ts); err == nil {
		t.Error("ben deleted the app's message")
	}
	if err := s.React(slackAnn, slackDesk, ts, "eyes"); err != nil {
		t.Fatal(err)
	}
	s.UploadAs(slackAnn, slackDesk, ts, "a.txt", []byte("text"))
	s.Join(slackDesk, "U0OUT")
	s.AddGroup("S0MGR", "managers", []string{slackAnn})
	s.AddUser(sandbox.Member{ID: slackBen, Name: "ben", Deleted: true})
	s.OpenHome(slackAnn)
	s.Say(slackAnn, s.DirectMessages(slackAnn), "", "hello bot")
	s.Archive(slackDesk)
	want := []string{
		"message", "message", "message/message_changed", "message/message_deleted", "reaction_added", "message/file_share",
		"member_joined_channel", "subteam_members_changed", "user_change", "app_home_opened", "message", "channel_archive",
	}
	slackSoon(t, "every event", func() bool { return len(in.heard()) >= len(want) })
	if got := in.heard(); !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	in.Lock()
	defer in.Unlock()
	if own := in.events[0].(*slackevents.MessageEvent); own.BotID != s.BotID || own.User != s.BotUserID {
		t.Errorf("the app's own post comes as %+v", own)
	}
	if m := in.events[1].(*slackevents.MessageEvent); m.ThreadTimeStamp != ts || m.User != slackAnn || m.BotID != "" {
		t.Errorf("a reply comes as %+v", m)
	}
	if m := in.events[2].(*slackevents.MessageEvent); m.Message.Text != "edited" || m.PreviousMessage.Text != "in the thread" || m.Message.Edited == nil {
		t.Errorf("an edit comes as %+v", m)
	}
	if m := in.events[5].(*slackevents.MessageEvent); len(m.Message.Files) != 1 || m.Message.Files[0].Name != "a.txt" {
		t.Errorf("a file comes as %+v", m)
	}
	if m := in.events[10].(*slackevents.MessageEvent); !m.IsIM() {
		t.Errorf("a direct message comes as %+v", m)
	}
}

func TestSlackFormsOfEveryKind(t *testing.T) {
	s, api := slackWorkspace(t)
	in := newSlackInbox(t, s, api)
	options := []*slack.OptionBlockObject{slack.NewOptionBlockObject("a", slackPlain("A"), nil), slack.NewOptionBlockObject("b", slackPlain("B"), nil)}
	input := func(id string, e slack.BlockElement) slack.Block {
		return slack.NewInputBlock(id, slackPlain(id), nil, e)
	}
	amount := slack.NewNumberInputBlockElement(nil, "amount", false)
	amount.MinValue, amount.MaxValue = "1", "100"
	optional := slack.NewInputBlock("note", slackPlain("note"), nil, slack.NewPlainTextInputBlockElement(nil, "n"))
	optional.Optional = true
	view := slackModal("all", "All",
		slack.NewActionBlock("row", slack.NewOptionsSelectBlockElement("static_select", slackPlain("Lang"), "lang", options...), slackButton("add", "7", "Add")),
		input("who", slack.NewOptionsSelectBlockElement("users_select", slackPlain("Who"), "user")),
		input("some", slack.NewCheckboxGroupsBlockElement("boxes", options...)),
		input("one", slack.NewRadioButtonsBlockElement("radio", options...)),
		input("day", slack.NewDatePickerBlockElement("date")),
		input("clock", slack.NewTimePickerBlockElement("time")),
		input("sum", amount),
		input("mail", slack.NewEmailTextInputBlockElement(nil, "email")),
		optional,
	)
	if _, err := s.Shortcut(slackAnn, "new", "", ""); err != nil {
		t.Fatal(err)
	}
	opened, err := api.OpenView(in.last().TriggerID, view)
	if err != nil {
		t.Fatal(err)
	}
	good := map[string]any{"who": slackBen, "some": []string{"a", "b"}, "one": "b", "date": "2026-10-01", "time": "09:30", "sum": "12", "mail": "x@y.example"}
	for name, bad := range map[string]map[string]any{
		"no such field":  {"colour": "red"},
		"no such option": {"one": "c"},
		"no such user":   {"who": "U0NOBODY"},
		"no such day":    {"date": "2026-02-30"},
		"two for one":    {"one": []string{"a", "b"}},
		"not a text":     {"one": 7},
	} {
		if a, err := s.Submit(slackAnn, opened.ID, bad); err == nil {
			t.Errorf("%s: %+v", name, a)
		}
	}
	for field, value := range map[string]string{"sum": "101", "mail": "nobody"} {
		if err := s.Fill(slackAnn, opened.ID, good); err != nil {
			t.Fatal(err)
		}
		if a, err := s.Submit(slackAnn, opened.ID, map[string]any{field: value}); err != nil || !a.Local || a.Errors[field] == "" {
			t.Errorf("%s=%s: %+v, %v", field, value, a, err)
		}
	}
	if _, err := s.PressInView(slackAnn, opened.ID, "lang", "b"); err != nil {
		t.Fatal(err)
	}
	call := in.last()
	if call.ActionCallback.BlockActions[0].SelectedOption.Value != "b" || call.View.State.Values["row"]["lang"].SelectedOption.Value != "b" || call.Container.ViewID != opened.ID {
		t.Errorf("menu in a view: %+v", call)
	}
	if _, err := s.PressInView(slackAnn, opened.ID, "radio", "a"); err == nil {
		t.Error("an input without dispatch_action was sent by itself")
	}
	if _, err := s.PressInView(slackAnn, opened.ID, "add", "8"); err == nil {
		t.Error("a button with another value was pressed")
	}
	// What is filled in stays when the app changes the view around it.
	view.Blocks.BlockSet = append(view.Blocks.BlockSet, slack.NewDividerBlock())
	if _, err := api.UpdateView(view, "", "", opened.ID); err != nil {
		t.Fatal(err)
	}
	if a, err := s.Submit(slackAnn, opened.ID, good); err != nil || a.Error != "" || a.Errors != nil {
		t.Fatalf("submit: %+v, %v", a, err)
	}
	v := in.last().View.State.Values
	if v["who"]["user"].SelectedUser != slackBen || len(v["some"]["boxes"].SelectedOptions) != 2 || v["one"]["radio"].SelectedOption.Value != "b" ||
		v["day"]["date"].SelectedDate != "2026-10-01" || v["clock"]["time"].SelectedTime != "09:30" || v["sum"]["amount"].Value != "12" ||
		v["mail"]["email"].Value != "x@y.example" || v["note"]["n"].Value != "" || v["row"]["lang"].SelectedOption.Value != "b" {
		t.Errorf("state %+v", v)
	}
	if len(s.Views(slackAnn)) != 0 {
		t.Error("an empty answer left the view open")
	}
}

func TestSlackPrivateCardsAndReplyURLs(t *testing.T) {
	s, api := slackWorkspace(t)
	in := newSlackInbox(t, s, api)
	row := slack.NewActionBlock("row", slackButton("yes", "1", "Yes"), slack.NewOverflowBlockElement("more", slack.NewOptionBlockObject("wall", slackPlain("Wall"), nil)))
	if _, err := api.PostEphemeral(slackDesk, slackAnn, slack.MsgOptionText("sure?", false), slack.MsgOptionBlocks(row)); err != nil {
		t.Fatal(err)
	}
	card := s.Ephemerals(slackAnn)[0]
	if _, err := s.Press(slackBen, slackDesk, card.TS, "yes", ""); err == nil {
		t.Error("ben pressed a button only ann sees")
	}
	if _, err := s.Press(slackAnn, slackDesk, card.TS, "more", "wall"); err != nil {
		t.Fatal(err)
	}
	call := in.last()
	if !call.Container.IsEphemeral || call.Message.Text != "" || call.ActionCallback.BlockActions[0].SelectedOption.Value != "wall" {
		t.Errorf("payload %+v", call)
	}
	if _, _, err := api.PostMessage("", slack.MsgOptionText("done", false), slack.MsgOptionReplaceOriginal(call.ResponseURL)); err != nil {
		t.Fatal(err)
	}
	if got := s.Ephemerals(slackAnn); len(got) != 1 || got[0].Text != "done" || strings.Contains(string(got[0].Blocks), "yes") {
		t.Errorf("ann sees %+v", got)
	}
	if _, _, err := api.PostMessage("", slack.MsgOptionDeleteOriginal(call.ResponseURL)); err != nil {
		t.Fatal(err)
	}
	if got := s.Ephemerals(slackAnn); !got[0].Deleted || got[0].Text != "" {
		t.Errorf("ann sees %+v", got)
	}

	ts := slackPost(t, api, slack.MsgOptionText("public", false), slack.MsgOptionBlocks(row))
	if _, err := s.Shortcut(slackAnn, "actions", slackDesk, ts); err != nil {
		t.Fatal(err)
	}
	if call := in.last(); call.Type != slack.InteractionTypeMessageAction || call.CallbackID != "actions" || call.Message.Text != "public" || call.MessageTs != ts {
		t.Errorf("message shortcut %+v", call)
	}
	if _, _, err := api.PostMessage("", slack.MsgOptionText("changed", false), slack.MsgOptionReplaceOriginal(in.last().ResponseURL)); err != nil {
		t.Fatal(err)
	}
	if p := s.Posts(slackDesk)[0]; p.Text != "changed" || !p.Edited {
		t.Errorf("post %+v", p)
	}
}

func TestSlackHomeTabButtons(t *testing.T) {
	s, api := slackWorkspace(t)
	in := newSlackInbox(t, s, api)
	home := slack.HomeTabViewRequest{Type: slack.VTHomeTab, PrivateMetadata: "q", Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewActionBlock("row", slackButton("take", "c9", "Take"))}}}
	v, err := api.PublishView(slackAnn, home, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.PressInView(slackAnn, v.ID, "take", ""); err != nil {
		t.Fatal(err)
	}
	call := in.last()
	if call.View.ID != v.ID || call.View.PrivateMetadata != "q" || call.ActionCallback.BlockActions[0].Value != "c9" || call.TriggerID == "" {
		t.Errorf("payload %+v", call)
	}
	closing := slackModal("m", "M", wordsField())
	closing.NotifyOnClose = true
	m, err := api.OpenView(call.TriggerID, closing)
	if err != nil {
		t.Fatal(err)
	}
	s.CloseView(slackAnn, m.ID)
	slackSoon(t, "the app hears that the view was closed", func() bool { return in.last().Type == slack.InteractionTypeViewClosed })
	if len(s.Views(slackAnn)) != 0 {
		t.Error("the view is still open")
	}
}

func TestSlackScopes(t *testing.T) {
	s, api := slackWorkspace(t)
	s.Scopes = []string{"chat:write", "channels:read"}
	err := api.AddReaction("eyes", slack.NewRefToMessage(slackDesk, slackPost(t, api, slack.MsgOptionText("x", false))))
	var refused slack.SlackErrorResponse
	if !errors.As(err, &refused) || refused.Err != "missing_scope" || refused.Needed != "reactions:write" || refused.Provided != "chat:write,channels:read" {
		t.Errorf("%+v", err)
	}
	if auth := slackMust[*slack.AuthTestResponse](t)(api.AuthTest()); auth.Header.Get("X-OAuth-Scopes") != "chat:write,channels:read" {
		t.Errorf("headers %v", auth.Header)
	}
}

func TestSlackPagesThroughAThread(t *testing.T) {
	s, api := slackWorkspace(t)
	ts := slackPost(t, api, slack.MsgOptionText("card", false))
	for n := range 5 {
		slackPost(t, api, slack.MsgOptionText(fmt.Sprint(n), false), slack.MsgOptionTS(ts))
	}
	var texts []string
	params := &slack.GetConversationRepliesParameters{ChannelID: slackDesk, Timestamp: ts, Limit: 2}
	for {
		messages, more, next, err := api.GetConversationReplies(params)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range messages {
			texts = append(texts, m.Text)
		}
		if !more {
			break
		}
		params.Cursor = next
	}
	if want := []string{"card", "0", "1", "2", "3", "4"}; !slices.Equal(texts, want) {
		t.Errorf("pages give %v", texts)
	}
	thread := s.Thread(slackDesk, ts)
	messages, _, _, err := api.GetConversationReplies(&slack.GetConversationRepliesParameters{ChannelID: slackDesk, Timestamp: ts, Oldest: thread[3].TS})
	if err != nil || len(messages) != 3 {
		t.Errorf("since a reply: %d messages, %v", len(messages), err)
	}
	channels, _, err := api.GetConversations(&slack.GetConversationsParameters{})
	if err != nil || len(channels) != 2 {
		t.Errorf("channels %+v: %v", channels, err)
	}
}

func TestSlackTakesManyAtOnce(t *testing.T) {
	s, api := slackWorkspace(t)
	newSlackInbox(t, s, api)
	ts := slackPost(t, api, slack.MsgOptionText("card", false), slack.MsgOptionBlocks(slack.NewActionBlock("row", slackButton("yes", "1", "Yes"))))
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			for range 5 {
				s.Say(slackAnn, slackDesk, ts, "note")
				if _, _, _, err := api.UpdateMessage(slackDesk, ts, slack.MsgOptionText(fmt.Sprint(n), false)); err != nil {
					t.Error(err)
				}
				if a, err := s.Press(slackBen, slackDesk, ts, "yes", ""); err != nil || a.Error != "" {
					t.Errorf("%+v, %v", a, err)
				}
				s.Posts(slackDesk)
				s.Mentions(slackAnn)
			}
		})
	}
	all.Wait()
	if got := len(s.Thread(slackDesk, ts)); got != 41 {
		t.Errorf("the thread has %d posts", got)
	}
}
