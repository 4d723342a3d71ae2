package sandbox_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"github.com/heedbot/heed/bot/sandbox"
)

func TestSlackRefusesWrongStartsOfPickers(t *testing.T) {
	s, api := slackWorkspace(t)
	in := newSlackInbox(t, s, api)
	open := func(element string) (string, string) {
		if _, err := s.Shortcut(slackAnn, "log", "", ""); err != nil {
			t.Fatal(err)
		}
		view := `{"type":"modal","title":{"type":"plain_text","text":"T"},"submit":{"type":"plain_text","text":"S"},"blocks":[
			{"type":"input","block_id":"b","label":{"type":"plain_text","text":"L"},"element":` + element + `}]}`
		got, messages := slackRaw(t, s, "views.open", s.BotToken, map[string]any{"trigger_id": in.last().TriggerID, "view": json.RawMessage(view)})
		return got, strings.Join(messages, "\n")
	}
	for _, element := range []string{
		`{"type":"datepicker","initial_date":"2026-12-24"}`, `{"type":"datepicker"}`, `{"type":"datepicker","initial_date":"2028-02-29"}`,
		`{"type":"timepicker","initial_time":"17:30"}`, `{"type":"timepicker"}`, `{"type":"timepicker","initial_time":"00:00","timezone":"Asia/Ho_Chi_Minh"}`,
		`{"type":"datetimepicker","initial_date_time":1628633820}`,
	} {
		if got, messages := open(element); got != "" {
			t.Errorf("%s: %s %s", element, got, messages)
		}
	}
	for element, message := range map[string]string{
		`{"type":"datepicker","initial_date":"2026-2-3"}`:                     "/initial_date",
		`{"type":"datepicker","initial_date":"2027-02-29"}`:                   "/initial_date",
		`{"type":"datepicker","initial_date":"24.12.2026"}`:                   "/initial_date",
		`{"type":"datepicker","initial_date":"2026-12-24T00:00:00Z"}`:         "/initial_date",
		`{"type":"datepicker","initial_date":""}`:                             "/initial_date",
		`{"type":"datepicker","initial_date":20261224}`:                       "must provide a string",
		`{"type":"datepicker","initial_time":"17:30"}`:                        "invalid additional property: initial_time",
		`{"type":"timepicker","initial_time":"7:30"}`:                         "/initial_time",
		`{"type":"timepicker","initial_time":"24:00"}`:                        "/initial_time",
		`{"type":"timepicker","initial_time":"17:30:00"}`:                     "/initial_time",
		`{"type":"timepicker","initial_time":"5:30 PM"}`:                      "/initial_time",
		`{"type":"timepicker","initial_time":"17:30","timezone":"Hanoi"}`:     "/timezone",
		`{"type":"timepicker","initial_date":"2026-12-24"}`:                   "invalid additional property: initial_date",
		`{"type":"datetimepicker","initial_date_time":1628633820000}`:         "/initial_date_time",
		`{"type":"datetimepicker","initial_date_time":"2026-12-24T17:30:00"}`: "must provide a number",
	} {
		if got, messages := open(element); got != "invalid_arguments" || !strings.Contains(messages, message) {
			t.Errorf("%s: %q %s", element, got, messages)
		}
	}
}

func TestSlackPickersTakeOnlyTheirOwnForms(t *testing.T) {
	s, api := slackWorkspace(t)
	in := newSlackInbox(t, s, api)
	day, hour := slack.NewDatePickerBlockElement("day"), slack.NewTimePickerBlockElement("hour")
	day.InitialDate = "2026-12-24"
	view := slackModal("log", "Log", slack.NewInputBlock("on", slackPlain("On"), nil, day), slack.NewInputBlock("at", slackPlain("At"), nil, hour))
	if _, err := s.Shortcut(slackAnn, "log", "", ""); err != nil {
		t.Fatal(err)
	}
	opened, err := api.OpenView(in.last().TriggerID, view)
	if err != nil {
		t.Fatal(err)
	}
	for field, values := range map[string][]string{
		"on": {"2026-2-3", "2027-02-29", "24.12.2026", "17:30", "tomorrow", "12026-01-01"},
		"at": {"7:30", "24:00", "17:60", "17:30:00", "5:30 PM", "2026-12-24"},
	} {
		for _, v := range values {
			if err := s.Fill(slackAnn, opened.ID, map[string]any{field: v}); err == nil {
				t.Errorf("%s was taken for %s", v, field)
			}
		}
	}
	a, err := s.Submit(slackAnn, opened.ID, nil)
	if err != nil || !a.Local || a.Errors["at"] == "" || a.Errors["on"] != "" {
		t.Fatalf("without the time: %+v, %v", a, err)
	}
	if a, err = s.Submit(slackAnn, opened.ID, map[string]any{"at": "07:05"}); err != nil || a.Error != "" || a.Local {
		t.Fatalf("submit: %+v, %v", a, err)
	}
	v := in.last().View.State.Values
	if v["on"]["day"].SelectedDate != "2026-12-24" || v["at"]["hour"].SelectedTime != "07:05" || v["on"]["day"].Value != "" {
		t.Errorf("state %+v", v)
	}
}

func TestSlackGlobalShortcut(t *testing.T) {
	s, api := slackWorkspace(t)
	raw := make(chan json.RawMessage, 1)
	slackApp(t, s, api, func(c *socketmode.Client, e socketmode.Event) {
		raw <- e.Request.Payload
		_ = c.Ack(*e.Request)
	})
	if a, err := s.Shortcut("U0OUT", "log", "", ""); err != nil || a.Error != "" {
		t.Fatalf("%+v, %v", a, err)
	}
	var payload map[string]any
	if err := json.Unmarshal(<-raw, &payload); err != nil {
		t.Fatal(err)
	}
	if payload["type"] != "shortcut" || payload["callback_id"] != "log" || payload["trigger_id"] == "" || payload["action_ts"] == "" ||
		payload["user"].(map[string]any)["id"] != "U0OUT" || payload["team"].(map[string]any)["id"] != s.TeamID {
		t.Errorf("payload %v", payload)
	}
	for _, absent := range []string{"channel", "message", "response_url", "container", "actions", "view"} {
		if v, ok := payload[absent]; ok {
			t.Errorf("a global shortcut comes with %s: %v", absent, v)
		}
	}
	if _, err := s.Shortcut(s.BotUserID, "log", "", ""); err == nil {
		t.Error("a bot used a shortcut")
	}
}

// A view without inputs may go without a submit button, and then cannot be sent.
func TestSlackViewToRead(t *testing.T) {
	s, api := slackWorkspace(t)
	in := newSlackInbox(t, s, api)
	view := slackModal("guidance", "Guidance", slack.NewSectionBlock(slackPlain("First listen."), nil, nil))
	view.Submit = nil
	if _, err := s.Shortcut(slackAnn, "guidance", "", ""); err != nil {
		t.Fatal(err)
	}
	opened, err := api.OpenView(in.last().TriggerID, view)
	if err != nil {
		t.Fatal(err)
	}
	if v := s.Views(slackAnn); len(v) != 1 || v[0].Submit != "" || v[0].Close != "Cancel" {
		t.Fatalf("shown %+v", v)
	}
	if _, err := s.Submit(slackAnn, opened.ID, nil); err == nil {
		t.Error("a view without submit was sent")
	}
	s.CloseView(slackAnn, opened.ID)
	if len(s.Views(slackAnn)) != 0 {
		t.Error("the view is still open")
	}
}

func TestSlackChannelsAreApart(t *testing.T) {
	s, api := slackWorkspace(t)
	s.AddChannel(sandbox.Channel{ID: "C0CEO", Name: "chief", Private: true, Members: []string{slackBen, s.BotUserID}})
	for id, want := range map[string]string{slackDesk: "U0ANN U0BEN U0SANDBOT", "C0ELSE": "U0ANN", "C0CEO": "U0BEN U0SANDBOT", "G0PRIV": "channel_not_found", "C0NONE": "channel_not_found"} {
		ids, _, err := api.GetUsersInConversation(&slack.GetUsersInConversationParameters{ChannelID: id})
		if got := strings.TrimSpace(strings.Join(ids, " ") + slackCode(err)); got != want {
			t.Errorf("the members of %s are %q, want %q", id, got, want)
		}
	}
	_, card, err := api.PostMessage("C0CEO", slack.MsgOptionText("for the chief: <@U0ANN> <@U0BEN>", false))
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Mentions(slackAnn)) != 0 || len(s.Mentions(slackBen)) != 1 {
		t.Error("someone outside the channel was called, or someone inside was not")
	}
	if _, err := s.Press(slackAnn, "C0CEO", card, "x", ""); err == nil || !strings.Contains(err.Error(), "does not see") {
		t.Errorf("ann acts in a private channel that she is not in: %v", err)
	}
	// A thread lives in one channel only.
	if _, _, err := api.PostMessage(slackDesk, slack.MsgOptionText("x", false), slack.MsgOptionTS(card)); slackCode(err) != "thread_not_found" {
		t.Errorf("a thread of another channel: %v", err)
	}
	for id, want := range map[string]string{"C0ELSE": "not_in_channel", "G0PRIV": "channel_not_found", "C0NONE": "channel_not_found", "C0CEO": ""} {
		up := slackMust[*slack.GetUploadURLExternalResponse](t)(api.GetUploadURLExternalContext(t.Context(), slack.GetUploadURLExternalParameters{FileName: "a.txt", FileSize: 1}))
		if err := api.UploadToURL(t.Context(), slack.UploadToURLParameters{UploadURL: up.UploadURL, Filename: "a.txt", Reader: strings.NewReader("x")}); err != nil {
			t.Fatal(err)
		}
		_, err := api.CompleteUploadExternalContext(t.Context(), slack.CompleteUploadExternalParameters{Files: []slack.FileSummary{{ID: up.FileID}}, Channel: id})
		if got := slackCode(err); got != want {
			t.Errorf("a file to %s: %q, want %q", id, got, want)
		}
	}
	slackSoon(t, "the file is in the chief's channel", func() bool { return len(s.Posts("C0CEO")) == 2 })
	var names []string
	for _, c := range s.Channels() {
		names = append(names, fmt.Sprint(c.Name, c.Private))
	}
	if want := []string{"complaintsfalse", "elsefalse", "privatetrue", "chieftrue"}; !slices.Equal(names, want) {
		t.Errorf("channels %v", names)
	}
}
