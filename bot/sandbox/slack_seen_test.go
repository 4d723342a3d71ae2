package sandbox_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/heedbot/heed/bot/sandbox"
)

func TestSlackConversationsWithPeople(t *testing.T) {
	s, api := slackWorkspace(t)
	s.AddUser(sandbox.Member{ID: "U0GONE", Deleted: true})
	open := func(users ...string) (string, string) {
		c, _, _, err := api.OpenConversation(&slack.OpenConversationParameters{Users: users})
		if err != nil {
			return "", slackCode(err)
		}
		return c.ID, ""
	}
	one, _ := open(slackAnn)
	two, _ := open(slackAnn, slackBen)
	again, _ := open(slackBen, slackAnn)
	if !strings.HasPrefix(one, "D") || !strings.HasPrefix(two, "G") || two != again {
		t.Errorf("opened %s, %s, %s", one, two, again)
	}
	for want, users := range map[string][]string{
		"users_list_not_supplied": nil,
		"user_not_found":          {slackAnn, "U0NONE"},
		"user_disabled":           {"U0GONE"},
		"cannot_dm_bot":           {s.BotUserID},
		"too_many_users":          {"U1", "U2", "U3", "U4", "U5", "U6", "U7", "U8", "U9"},
	} {
		if id, got := open(users...); got != want {
			t.Errorf("%v: %s %q, want %q", users, id, got, want)
		}
	}
	r, err := http.PostForm(s.BaseURL+"/api/conversations.open", url.Values{"token": {s.BotToken}, "users": {slackAnn}, "people": {slackBen}})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	var refused struct{ Error string }
	if err := json.NewDecoder(r.Body).Decode(&refused); err != nil || refused.Error != "invalid_arguments" {
		t.Errorf("an unknown argument: %+v %v", refused, err)
	}
	info := slackMust[*slack.Channel](t)(api.GetConversationInfo(&slack.GetConversationInfoInput{ChannelID: two}))
	if !info.IsMpIM || !info.IsPrivate || info.IsIM || info.IsShared {
		t.Errorf("%+v", info.Conversation)
	}
	s.AddChannel(sandbox.Channel{ID: "C0BOTH", Name: "both", Private: true, Shared: true, Members: []string{s.BotUserID}})
	info = slackMust[*slack.Channel](t)(api.GetConversationInfo(&slack.GetConversationInfoInput{ChannelID: "C0BOTH"}))
	if !info.IsPrivate || info.IsGroup || !info.IsChannel || !info.IsShared || !info.IsExtShared {
		t.Errorf("%+v", info)
	}
}

func TestSlackScopesAreOfTheKindOfConversation(t *testing.T) {
	s, api := slackWorkspace(t)
	s.Scopes = []string{"channels:read", "im:write"}
	read := func(channel string) string {
		_, err := api.GetConversationInfo(&slack.GetConversationInfoInput{ChannelID: channel})
		return slackCode(err)
	}
	s.Join("G0PRIV", s.BotUserID)
	if a, b := read(slackDesk), read("G0PRIV"); a != "" || b != "missing_scope" {
		t.Errorf("%q %q", a, b)
	}
	_, _, _, one := api.OpenConversation(&slack.OpenConversationParameters{Users: []string{slackAnn}})
	_, _, _, two := api.OpenConversation(&slack.OpenConversationParameters{Users: []string{slackAnn, slackBen}})
	if one != nil || slackCode(two) != "missing_scope" {
		t.Errorf("%v %v", one, two)
	}
}

// People see what is theirs, as it is now.
func TestSlackShowsPeopleWhatTheyAreIn(t *testing.T) {
	s, api := slackWorkspace(t)
	names := func(user string) (out []string) {
		for _, c := range s.Conversations(user) {
			out = append(out, c.ID)
		}
		return out
	}
	c, _, _, err := api.OpenConversation(&slack.OpenConversationParameters{Users: []string{slackAnn, slackBen}})
	if err != nil {
		t.Fatal(err)
	}
	if got := names(slackAnn); !slices.Equal(got, []string{slackDesk, "C0ELSE", "G0PRIV"}) {
		t.Errorf("an empty conversation is shown: %v", got)
	}
	_, card := slackMust2(t)(api.PostMessage(c.ID, slack.MsgOptionText("secret", false)))
	file := slackUpload(t, s, api, c.ID, card)
	slackSoon(t, "the file is shared", func() bool { return len(s.SeenThread(slackAnn, c.ID, card)) == 2 })
	if got := s.Conversations(slackBen); len(got) != 2 || got[1].ID != c.ID || !got[1].Direct || !got[1].Private || len(got[1].Members) != 3 {
		t.Errorf("%+v", got)
	}
	if len(s.Channels()) != 3 || slices.Contains(names("U0OUT"), c.ID) || len(s.Seen("U0OUT", c.ID)) != 0 || len(s.Seen("U0OUT", slackDesk)) != 0 {
		t.Error("an outsider sees it")
	}
	for user, want := range map[string]bool{slackAnn: true, "U0OUT": false, "U0NONE": false} {
		if _, body, ok := s.SeenFile(user, file); ok != want || ok && string(body) != "bytes" {
			t.Errorf("%s opens the file: %v", user, ok)
		}
	}
	// The card goes, its thread stays; then the thread goes too.
	if _, _, err := api.DeleteMessage(c.ID, card); err != nil {
		t.Fatal(err)
	}
	if got := s.Seen(slackAnn, c.ID); len(got) != 1 || !got[0].Deleted || got[0].Text != "" {
		t.Errorf("%+v", got)
	}
	if err := api.DeleteFile(file); err != nil {
		t.Fatal(err)
	}
	if _, _, ok := s.SeenFile(slackAnn, file); ok {
		t.Error("the file can still be opened")
	}
	th := s.SeenThread(slackAnn, c.ID, card)
	if len(th) != 2 || len(th[1].Files) != 0 {
		t.Fatalf("%+v", th)
	}
	if _, _, err := api.DeleteMessage(c.ID, th[1].TS); err != nil {
		t.Fatal(err)
	}
	if got := s.Seen(slackAnn, c.ID); len(got) != 0 || slices.Contains(names(slackAnn), c.ID) {
		t.Errorf("%+v", got)
	}
	if err := api.DeleteFile(file); slackCode(err) != "file_deleted" {
		t.Errorf("deleted twice: %v", err)
	}
	s.AddUser(sandbox.Member{ID: slackAnn, Deleted: true})
	if len(names(slackAnn)) != 0 || len(s.Seen(slackAnn, slackDesk)) != 0 {
		t.Error("someone who is deactivated sees channels")
	}
}

func slackMust2(t *testing.T) func(a, b string, err error) (string, string) {
	return func(a, b string, err error) (string, string) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return a, b
	}
}

func slackUpload(t *testing.T, s *sandbox.Slack, api *slack.Client, channel, thread string) string {
	t.Helper()
	f, err := api.UploadFile(slack.UploadFileParameters{Filename: "a.txt", FileSize: 5, Reader: strings.NewReader("bytes"), Channel: channel, ThreadTimestamp: thread})
	if err != nil {
		t.Fatal(err)
	}
	return f.ID
}

// Guests of each kind are told apart, and names are given as people have them.
func TestSlackTellsOfPeople(t *testing.T) {
	s, api := slackWorkspace(t)
	s.AddUser(sandbox.Member{ID: "U0ONE", Name: "one", DisplayName: "The One", FirstName: "Una", LastName: "Solo", UltraGuest: true})
	s.AddUser(sandbox.Member{ID: "U0MANY", Guest: true})
	s.AddUser(sandbox.Member{ID: "U0ALIEN", Stranger: true})
	s.AddUser(sandbox.Member{ID: "U0GONE", Deleted: true})
	var all []slack.User
	for page := api.GetUsersPaginated(slack.GetUsersOptionLimit(2)); ; {
		next, err := page.Next(t.Context())
		if err != nil {
			break
		}
		page = next
		all = append(all, page.Users...)
	}
	got := map[string]slack.User{}
	for _, u := range all {
		got[u.ID] = u
	}
	if len(all) != len(s.Users()) || !got["U0GONE"].Deleted || !got[s.BotUserID].IsBot {
		t.Errorf("%d people", len(all))
	}
	one := got["U0ONE"]
	if !one.IsRestricted || !one.IsUltraRestricted || one.Profile.DisplayName != "The One" || one.Profile.FirstName != "Una" || one.Profile.LastName != "Solo" || one.Name != "one" {
		t.Errorf("%+v", one)
	}
	if m := got["U0MANY"]; !m.IsRestricted || m.IsUltraRestricted || !got["U0ALIEN"].IsStranger || got[slackAnn].IsRestricted {
		t.Error("guests are not told apart")
	}
}

func TestSlackTellsWhoComesAndGoes(t *testing.T) {
	s, _ := slackWorkspace(t)
	site := newSlackSite(t, s)
	s.Join(slackDesk, "U0OUT")
	s.Join(slackDesk, "U0OUT")
	s.Leave(slackDesk, "U0OUT")
	s.Leave(slackDesk, "U0OUT")
	s.Join("C0ELSE", slackBen) // the app is not there
	s.AddUser(sandbox.Member{ID: "U0NEW"})
	type event struct {
		ID    string `json:"event_id"`
		Event struct {
			Type, Channel string
			User          json.RawMessage
			TS            string `json:"event_ts"`
		}
	}
	slackSoon(t, "three events", func() bool { b, _ := site.got(); return len(b) >= 3 })
	bodies, _ := site.got()
	var kinds []string
	ids := map[string]bool{}
	for _, b := range bodies {
		var e event
		if err := json.Unmarshal([]byte(b), &e); err != nil {
			t.Fatal(err)
		}
		kinds = append(kinds, e.Event.Type+" "+e.Event.Channel)
		ids[e.ID] = e.Event.TS != ""
	}
	slices.Sort(kinds)
	if !slices.Equal(kinds, []string{"member_joined_channel " + slackDesk, "member_left_channel " + slackDesk, "team_join "}) || len(ids) != 3 || ids[""] {
		t.Errorf("%v %v", kinds, ids)
	}
}
