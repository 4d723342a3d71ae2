package main

import (
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"text/template"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/sandbox"
	door "github.com/heedbot/heed/bot/slack"
)

// manifested reads the manifest as Slack would.
func manifested(t *testing.T, url string) slack.Manifest {
	t.Helper()
	parsed, err := template.New("manifest").Parse(manifest)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	if err := parsed.Execute(&text, struct{ URL string }{url}); err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(strings.NewReader(text.String()))
	d.DisallowUnknownFields()
	var m slack.Manifest
	if err := d.Decode(&m); err != nil {
		t.Fatalf("%v in %s", err, text.String())
	}
	return m
}

// The shortcut is one that the desk answers (callback_id "log"), within the
// limits of Slack's manifest (Slack docs, App manifest reference: name 24,
// description 150, callback_id 255 characters, 10 shortcuts).
func TestManifestShortcuts(t *testing.T) {
	for _, url := range []string{"", "https://heed.example"} {
		m := manifested(t, url)
		logs := false
		for _, s := range m.Features.Shortcuts {
			logs = logs || s.CallbackID == "log" && s.Type == slack.GlobalShortcut
			for what, limit := range map[string]int{s.Name: 24, s.Description: 150, s.CallbackID: 255} {
				if n := len([]rune(what)); n == 0 || n > limit {
					t.Errorf("%q has %d letters, %d are allowed", what, n, limit)
				}
			}
		}
		if !logs || len(m.Features.Shortcuts) > 10 {
			t.Errorf("shortcuts %+v", m.Features.Shortcuts)
		}
		if !m.Settings.Interactivity.IsEnabled {
			t.Error("a shortcut without interactivity goes nowhere")
		}
	}
}

// scopes says what each scope is for (Slack docs, the page of each method and
// event).
var scopes = map[string]string{
	"channels:history": "looking for a post that may have got through, in a public channel",
	"channels:read":    "who is in a public channel, and hearing who joins and leaves",
	"chat:write":       "posts, edits, and deleting them",
	"commands":         "the slash commands and the shortcut",
	"files:read":       "whether a file got through, and where it is shown",
	"files:write":      "uploads, and deleting them",
	"groups:history":   "as channels:history, in a private channel",
	"groups:read":      "as channels:read, of a private channel; whether it is private",
	"im:history":       "as channels:history, in a conversation with one person",
	"im:write":         "opening a conversation with one person",
	"mpim:history":     "as channels:history, in a conversation with several people",
	"mpim:read":        "who is in a conversation with several people, before each post",
	"mpim:write":       "opening a conversation with several people",
	"usergroups:read":  "who has a role by a user group",
	"users:read":       "who people are, and hearing of changes",
}

// The manifest asks for what is used and for nothing else.
func TestManifestScopesAndEvents(t *testing.T) {
	m := manifested(t, "")
	if want := slices.Sorted(maps.Keys(scopes)); !slices.Equal(want, m.OAuthConfig.Scopes.Bot) {
		t.Errorf("scopes %v, want %v", m.OAuthConfig.Scopes.Bot, want)
	}
	events := m.Settings.EventSubscriptions.BotEvents
	for _, e := range []string{"member_joined_channel", "member_left_channel", "subteam_members_changed", "team_join", "user_change"} {
		if !slices.Contains(events, e) {
			t.Errorf("%s is not heard", e)
		}
	}
	for _, e := range events {
		e, _, _ = strings.Cut(e, ".")
		if _, ok := slackevents.EventsAPIInnerEventMapping[slackevents.EventsAPIType(e)]; !ok {
			t.Errorf("%s is no event", e)
		}
	}
	// Without the tab Slack refuses messages to one person (Slack docs,
	// chat.postMessage: messages_tab_disabled).
	if h := m.Features.AppHome; !h.MessagesTabEnabled {
		t.Error("nobody can be written to directly")
	}
}

type noBlobs struct{}

func (noBlobs) Open(context.Context, string) (io.ReadCloser, int64, error) {
	return io.NopCloser(strings.NewReader("bytes")), 5, nil
}

// All that the door does in each kind of conversation, with the manifest's
// scopes; and with each of the new ones missing, something fails.
func TestManifestScopesAreEnough(t *testing.T) {
	all := manifested(t, "").OAuthConfig.Scopes.Bot
	for _, missing := range []string{"", "im:history", "im:write", "mpim:history", "mpim:read", "mpim:write"} {
		s := sandbox.NewSlack(sandbox.RealClock{})
		server := httptest.NewServer(s)
		s.Scopes = slices.DeleteFunc(slices.Clone(all), func(x string) bool { return x == missing })
		for _, id := range []string{"U0ANN", "U0BEN"} {
			s.AddUser(sandbox.Member{ID: id})
		}
		s.AddGroup("S0LEADS", "leads", []string{"U0BEN"})
		s.AddChannel(sandbox.Channel{ID: "C0DESK", Name: "desk", Members: []string{s.BotUserID, "U0ANN"}})
		s.AddChannel(sandbox.Channel{ID: "C0SENIOR", Name: "senior", Private: true, Members: []string{s.BotUserID, "U0BEN"}})
		d := &door.Door{BotToken: s.BotToken, AppToken: s.AppToken, APIURL: server.URL + "/api", Channel: "C0DESK",
			Managers: []string{"S0LEADS"}, Roles: map[string][]string{"senior_management": {"C0SENIOR"}}, Blobs: noBlobs{}}
		failed := ""
		try := func(what string, err error) {
			if err != nil {
				failed += what + ": " + err.Error() + "\n"
			}
		}
		if x := d.Directory(t.Context(), true); !x.Known || len(x.People) != 2 {
			t.Errorf("without %q the directory is %+v", missing, x)
		}
		for _, chat := range []string{"C0DESK", "C0SENIOR", bot.Direct + "U0ANN", bot.Direct + "U0ANN,U0BEN"} {
			o := bot.Outbound{ID: chat, To: bot.Address{Channel: bot.Slack, Chat: chat}, Walled: chat != "C0DESK", Post: &bot.Post{Text: "hello"}}
			ts, err := d.Send(t.Context(), bot.Sending{Outbound: o})
			try("post in "+chat, err)
			_, _, err = d.Find(t.Context(), bot.Sending{Outbound: o})
			try("find in "+chat, err)
			_, err = d.Send(t.Context(), bot.Sending{Outbound: o, EditID: ts})
			try("edit in "+chat, err)
			o.Post, o.Upload = nil, &bot.Upload{Blob: "b", Name: "n"}
			file, err := d.Send(t.Context(), bot.Sending{Outbound: o})
			try("upload in "+chat, err)
			_, _, err = d.Find(t.Context(), bot.Sending{Outbound: o})
			try("find the file in "+chat, err)
			o.Upload, o.Delete = nil, true
			_, err = d.Send(t.Context(), bot.Sending{Outbound: o, EditID: file})
			try("delete the file in "+chat, err)
			_, err = d.Send(t.Context(), bot.Sending{Outbound: o, EditID: ts})
			try("delete in "+chat, err)
		}
		if (failed == "") != (missing == "") {
			t.Errorf("without %q: %s", missing, failed)
		}
		s.Close()
		server.Close()
	}
}
