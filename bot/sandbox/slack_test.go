package sandbox_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"github.com/heedbot/heed/bot/sandbox"
)

const (
	slackDesk = "C0DESK"
	slackAnn  = "U0ANN"
	slackBen  = "U0BEN"
)

type slackClock struct{}

func (slackClock) Now() time.Time { return time.Date(2026, 9, 21, 14, 13, 20, 0, time.UTC) }

// slackWorkspace starts a workspace with two agents, a group and a desk channel.
func slackWorkspace(t *testing.T) (*sandbox.Slack, *slack.Client) {
	t.Helper()
	s := sandbox.NewSlack(slackClock{})
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	t.Cleanup(s.Close)
	s.AddUser(sandbox.Member{ID: slackAnn, Name: "ann", RealName: "Ann Agent", Locale: "vi-VN", TZ: "Asia/Ho_Chi_Minh"})
	s.AddUser(sandbox.Member{ID: slackBen, Name: "ben"})
	s.AddUser(sandbox.Member{ID: "U0OUT", Name: "outsider"})
	s.AddGroup("S0MGR", "managers", []string{slackBen, "U0OUT"})
	s.AddChannel(sandbox.Channel{ID: slackDesk, Name: "complaints", Members: []string{slackAnn, slackBen, s.BotUserID}})
	s.AddChannel(sandbox.Channel{ID: "C0ELSE", Name: "else", Members: []string{slackAnn}})
	s.AddChannel(sandbox.Channel{ID: "G0PRIV", Name: "private", Private: true, Members: []string{slackAnn}})
	return s, slack.New(s.BotToken, slack.OptionAPIURL(server.URL+"/api/"), slack.OptionAppLevelToken(s.AppToken))
}

// slackApp connects over Socket Mode and gives every event to take, which answers it itself.
func slackApp(t *testing.T, s *sandbox.Slack, api *slack.Client, take func(*socketmode.Client, socketmode.Event)) {
	t.Helper()
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
				if e.Request != nil && e.Request.EnvelopeID != "" {
					take(client, e)
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	t.Cleanup(func() { cancel(); <-done })
	slackSoon(t, "the app is connected", func() bool { return s.Connected() > 0 })
}

func slackSoon(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("never: %s", what)
}

func slackMust[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// slackCode is the error of a refused call.
func slackCode(err error) string {
	var refused slack.SlackErrorResponse
	if errors.As(err, &refused) {
		return refused.Err
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func slackPost(t *testing.T, api *slack.Client, options ...slack.MsgOption) string {
	t.Helper()
	_, ts, err := api.PostMessage(slackDesk, options...)
	if err != nil {
		t.Fatalf("post: %v", err)
	}
	return ts
}

func slackPlain(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject("plain_text", text, false, false)
}

func slackMrkdwn(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject("mrkdwn", text, false, false)
}

func slackButton(id, value, text string) *slack.ButtonBlockElement {
	return slack.NewButtonBlockElement(id, value, slackPlain(text))
}

// slackRaw calls a method with plain arguments, as the SDK would not.
func slackRaw(t *testing.T, s *sandbox.Slack, method, token string, args map[string]any) (string, []string) {
	t.Helper()
	body, _ := json.Marshal(args)
	r := httptest.NewRequest(http.MethodPost, "/api/"+method, bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	var out struct {
		OK       bool
		Error    string
		Metadata struct{ Messages []string } `json:"response_metadata"`
	}
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil || out.OK != (out.Error == "") {
		t.Fatalf("answer %s: %v", w.Body, err)
	}
	return out.Error, out.Metadata.Messages
}

func TestSlackPostsShowInOrderWithUniqueTimestamps(t *testing.T) {
	s, api := slackWorkspace(t)
	first := slackPost(t, api, slack.MsgOptionText("one", false))
	second := slackPost(t, api, slack.MsgOptionText("two", false))
	reply := slackPost(t, api, slack.MsgOptionText("under one", false), slack.MsgOptionTS(first))
	if !strings.HasPrefix(first, "1790000000.0") {
		t.Errorf("first ts %s does not come from the clock", first)
	}
	if !(first < second && second < reply) {
		t.Errorf("ts do not rise: %s %s %s", first, second, reply)
	}
	posts := s.Posts(slackDesk)
	if len(posts) != 2 || posts[0].Text != "one" || posts[0].Replies != 1 || posts[1].Text != "two" {
		t.Fatalf("channel shows %+v", posts)
	}
	thread := s.Thread(slackDesk, first)
	if len(thread) != 2 || thread[1].Text != "under one" || thread[1].ThreadTS != first || thread[0].ThreadTS != "" {
		t.Fatalf("thread shows %+v", thread)
	}
	_, _, err := api.PostMessage(slackDesk, slack.MsgOptionText("x", false), slack.MsgOptionTS(reply))
	if slackCode(err) != "thread_not_found" {
		t.Errorf("replying to a reply: %v", err)
	}
	if _, _, err := api.DeleteMessage(slackDesk, second); err != nil {
		t.Fatal(err)
	}
	_, _, err = api.PostMessage(slackDesk, slack.MsgOptionText("x", false), slack.MsgOptionTS(second))
	if slackCode(err) != "thread_not_found" {
		t.Errorf("replying to a deleted message: %v", err)
	}
	if p := s.Posts(slackDesk)[1]; !p.Deleted || p.Text != "" {
		t.Errorf("deleted post still shows %+v", p)
	}
}

func TestSlackFindsAPostByItsMetadata(t *testing.T) {
	s, api := slackWorkspace(t)
	card := slackPost(t, api, slack.MsgOptionText("card", false))
	meta := slack.SlackMetadata{EventType: "outbox", EventPayload: map[string]any{"id": "77"}}
	ts := slackPost(t, api, slack.MsgOptionText("note", false), slack.MsgOptionTS(card), slack.MsgOptionMetadata(meta))
	read := func(all bool) slack.Message {
		t.Helper()
		messages, _, _, err := api.GetConversationReplies(&slack.GetConversationRepliesParameters{ChannelID: slackDesk, Timestamp: card, IncludeAllMetadata: all})
		if err != nil || len(messages) != 2 || messages[1].Timestamp != ts {
			t.Fatalf("replies %+v: %v", messages, err)
		}
		return messages[1]
	}
	if m := read(true).Metadata; m.EventType != "outbox" || m.EventPayload["id"] != "77" {
		t.Errorf("metadata %+v", m)
	}
	if m := read(false).Metadata; m.EventType != "" {
		t.Errorf("metadata given without asking: %+v", m)
	}
	history := slackMust[*slack.GetConversationHistoryResponse](t)(api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: slackDesk}))
	if len(history.Messages) != 1 || history.Messages[0].ReplyCount != 1 {
		t.Errorf("history %+v", history.Messages)
	}
	if got := s.Thread(slackDesk, card)[1].Metadata; !strings.Contains(string(got), `"77"`) {
		t.Errorf("post metadata %s", got)
	}
}

func TestSlackUpdateKeepsWhatIsNotSent(t *testing.T) {
	s, api := slackWorkspace(t)
	ts := slackPost(t, api, slack.MsgOptionText("old", false), slack.MsgOptionBlocks(slack.NewActionBlock("a", slackButton("go", "1", "Go"))))
	if _, _, _, err := api.UpdateMessage(slackDesk, ts, slack.MsgOptionText("new", false)); err != nil {
		t.Fatal(err)
	}
	if p := s.Posts(slackDesk)[0]; p.Text != "new" || !p.Edited || !strings.Contains(string(p.Blocks), `"go"`) {
		t.Errorf("after an update of the text: %+v", p)
	}
	if _, _, _, err := api.UpdateMessage(slackDesk, ts, slack.MsgOptionText("bare", false), slack.MsgOptionBlocks()); err != nil {
		t.Fatal(err)
	}
	if p := s.Posts(slackDesk)[0]; string(p.Blocks) != "" && string(p.Blocks) != "[]" {
		t.Errorf("buttons are still there: %s", p.Blocks)
	}
	said := s.Say(slackAnn, slackDesk, "", "mine")
	for name, test := range map[string]struct {
		ts, want string
	}{
		"someone else's": {said.TS, "cant_update_message"},
		"unknown":        {"1.000001", "message_not_found"},
	} {
		if _, _, _, err := api.UpdateMessage(slackDesk, test.ts, slack.MsgOptionText("x", false)); slackCode(err) != test.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, _, err := api.UpdateMessage(slackDesk, ts, slack.MsgOptionBlocks()); slackCode(err) != "no_text" {
		t.Errorf("emptying a message: %v", err)
	}
}

func TestSlackTellsWhoIsPinged(t *testing.T) {
	s, api := slackWorkspace(t)
	slackPost(t, api, slack.MsgOptionText("<@"+slackAnn+"> please look", false))
	slackPost(t, api, slack.MsgOptionText("<@"+slackAnn+"> quoted by a customer", true))
	slackPost(t, api, slack.MsgOptionText("card", false), slack.MsgOptionBlocks(slack.NewSectionBlock(slackPlain("<!channel> <@"+slackAnn+">"), nil, nil)))
	slackPost(t, api, slack.MsgOptionText("late", false), slack.MsgOptionBlocks(slack.NewSectionBlock(slackMrkdwn("overdue <!subteam^S0MGR>"), nil, nil)))
	edited := slackPost(t, api, slack.MsgOptionText("quiet", false))
	if _, _, _, err := api.UpdateMessage(slackDesk, edited, slack.MsgOptionText("<@"+slackBen+">", false)); err != nil {
		t.Fatal(err)
	}
	texts := func(user string) (out []string) {
		for _, p := range s.Mentions(user) {
			out = append(out, p.Text)
		}
		return out
	}
	if got := texts(slackAnn); len(got) != 1 || !strings.HasSuffix(got[0], "please look") {
		t.Errorf("ann is pinged by %q", got)
	}
	if got := texts(slackBen); !slices.Equal(got, []string{"late"}) {
		t.Errorf("ben is pinged by %q", got)
	}
	if got := texts("U0OUT"); len(got) != 0 {
		t.Errorf("someone outside the channel is pinged by %q", got)
	}
	slackPost(t, api, slack.MsgOptionText("all <!channel>", false))
	if got := texts(slackAnn); len(got) != 2 {
		t.Errorf("the channel's ping reached ann as %q", got)
	}
}

func TestSlackKnowsPeople(t *testing.T) {
	s, api := slackWorkspace(t)
	u := slackMust[*slack.User](t)(api.GetUserInfo(slackAnn))
	if u.Locale != "vi-VN" || u.TZ != "Asia/Ho_Chi_Minh" || u.TZOffset != 7*3600 || u.RealName != "Ann Agent" {
		t.Errorf("user %+v", u)
	}
	if _, err := api.GetUserInfo("U0NOBODY"); slackCode(err) != "user_not_found" {
		t.Errorf("unknown user: %v", err)
	}
	if u := slackMust[*slack.User](t)(api.GetUserByEmail("ben@sandbox.example")); u.ID != slackBen {
		t.Errorf("by e-mail: %+v", u)
	}
	if got := slackMust[[]string](t)(api.GetUserGroupMembers("S0MGR")); !slices.Equal(got, []string{slackBen, "U0OUT"}) {
		t.Errorf("group %v", got)
	}
	groups := slackMust[[]slack.UserGroup](t)(api.GetUserGroups(slack.GetUserGroupsOptionIncludeUsers(true)))
	if len(groups) != 1 || groups[0].Handle != "managers" || len(groups[0].Users) != 2 {
		t.Errorf("groups %+v", groups)
	}
	auth := slackMust[*slack.AuthTestResponse](t)(api.AuthTest())
	if auth.UserID != s.BotUserID || auth.BotID != s.BotID || auth.TeamID != "T0SANDBOX" {
		t.Errorf("auth.test %+v", auth)
	}
	users := slackMust[[]slack.User](t)(api.GetUsers(slack.GetUsersOptionLimit(2)))
	if len(users) != 5 {
		t.Errorf("%d users over all pages", len(users))
	}
	ch := slackMust[*slack.Channel](t)(api.GetConversationInfo(&slack.GetConversationInfoInput{ChannelID: slackDesk, IncludeNumMembers: true}))
	if ch.Name != "complaints" || !ch.IsMember || ch.NumMembers != 3 {
		t.Errorf("channel %+v", ch)
	}
	members, _, err := api.GetUsersInConversation(&slack.GetUsersInConversationParameters{ChannelID: slackDesk})
	if err != nil || len(members) != 3 {
		t.Errorf("members %v: %v", members, err)
	}
	im, _, _, err := api.OpenConversation(&slack.OpenConversationParameters{Users: []string{slackAnn}})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := api.PostMessage(slackAnn, slack.MsgOptionText("hello", false)); err != nil {
		t.Fatal(err)
	}
	if posts := s.Posts(im.ID); len(posts) != 1 || posts[0].Text != "hello" || s.DirectMessages(slackAnn) != im.ID {
		t.Errorf("direct messages %+v", posts)
	}
	if ts := slackPost(t, api, slack.MsgOptionText("react", false)); true {
		ref := slack.NewRefToMessage(slackDesk, ts)
		if err := api.AddReaction("eyes", ref); err != nil {
			t.Fatal(err)
		}
		if err := api.AddReaction("eyes", ref); slackCode(err) != "already_reacted" {
			t.Errorf("second reaction: %v", err)
		}
		if err := api.RemoveReaction("eyes", ref); err != nil {
			t.Error(err)
		}
		link := slackMust[string](t)(api.GetPermalink(&slack.PermalinkParameters{Channel: slackDesk, Ts: ts}))
		if want := "https://sandbox.slack.com/archives/" + slackDesk + "/p" + strings.ReplaceAll(ts, ".", ""); link != want {
			t.Errorf("permalink %s, want %s", link, want)
		}
	}
}
