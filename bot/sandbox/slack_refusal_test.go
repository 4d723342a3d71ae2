package sandbox_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/heedbot/heed/bot/sandbox"
)

func TestSlackRefusesCalls(t *testing.T) {
	s, api := slackWorkspace(t)
	s.AddChannel(sandbox.Channel{ID: "C0OLD", Name: "old", Members: []string{s.BotUserID}})
	s.Archive("C0OLD")
	ts := slackPost(t, api, slack.MsgOptionText("card", false))
	long := strings.Repeat("x", 40_001)
	for name, test := range map[string]struct {
		method, token string
		args          map[string]any
		want          string
	}{
		"no token":              {"auth.test", "", nil, "not_authed"},
		"wrong token":           {"auth.test", "xoxb-1", nil, "invalid_auth"},
		"app token":             {"auth.test", s.AppToken, nil, "not_allowed_token_type"},
		"bot token for sockets": {"apps.connections.open", s.BotToken, nil, "not_allowed_token_type"},
		"unknown method":        {"chat.shout", s.BotToken, nil, "unknown_method"},
		"unknown argument":      {"chat.postMessage", s.BotToken, map[string]any{"channel": slackDesk, "text": "x", "texts": "y"}, "invalid_arguments"},
		"missing argument":      {"chat.postMessage", s.BotToken, map[string]any{"text": "x"}, "invalid_arguments"},
		"unfurl in an update":   {"chat.update", s.BotToken, map[string]any{"channel": slackDesk, "ts": ts, "text": "x", "unfurl_links": false}, "invalid_arguments"},
		"unknown channel":       {"chat.postMessage", s.BotToken, map[string]any{"channel": "C0NONE", "text": "x"}, "channel_not_found"},
		"private channel":       {"chat.postMessage", s.BotToken, map[string]any{"channel": "G0PRIV", "text": "x"}, "channel_not_found"},
		"not a member":          {"chat.postMessage", s.BotToken, map[string]any{"channel": "C0ELSE", "text": "x"}, "not_in_channel"},
		"history, not a member": {"conversations.history", s.BotToken, map[string]any{"channel": "C0ELSE"}, "not_in_channel"},
		"archived":              {"chat.postMessage", s.BotToken, map[string]any{"channel": "C0OLD", "text": "x"}, "is_archived"},
		"nothing to say":        {"chat.postMessage", s.BotToken, map[string]any{"channel": slackDesk, "text": ""}, "no_text"},
		"too long":              {"chat.postMessage", s.BotToken, map[string]any{"channel": slackDesk, "text": long}, "msg_too_long"},
		"no such thread":        {"chat.postMessage", s.BotToken, map[string]any{"channel": slackDesk, "text": "x", "thread_ts": "1.0"}, "thread_not_found"},
		"whisper to a stranger": {"chat.postEphemeral", s.BotToken, map[string]any{"channel": slackDesk, "text": "x", "user": "U0OUT"}, "user_not_in_channel"},
		"metadata, not JSON":    {"chat.postMessage", s.BotToken, map[string]any{"channel": slackDesk, "text": "x", "metadata": "y"}, "invalid_metadata_format"},
		"metadata, no payload":  {"chat.postMessage", s.BotToken, map[string]any{"channel": slackDesk, "text": "x", "metadata": map[string]any{"event_type": "y"}}, "invalid_metadata_schema"},
		"blocks, not JSON":      {"chat.postMessage", s.BotToken, map[string]any{"channel": slackDesk, "text": "x", "blocks": "{"}, "invalid_blocks_format"},
		"unknown group":         {"usergroups.users.list", s.BotToken, map[string]any{"usergroup": "S0NONE"}, "no_such_subteam"},
		"join private":          {"conversations.join", s.BotToken, map[string]any{"channel": "G0PRIV"}, "channel_not_found"},
		"reply of no thread":    {"conversations.replies", s.BotToken, map[string]any{"channel": slackDesk, "ts": "1.0"}, "thread_not_found"},
		"bad cursor":            {"conversations.history", s.BotToken, map[string]any{"channel": slackDesk, "cursor": "zzz"}, "invalid_cursor"},
		"empty file":            {"files.getUploadURLExternal", s.BotToken, map[string]any{"filename": "a.txt", "length": 0}, "invalid_arguments"},
		"file never uploaded":   {"files.completeUploadExternal", s.BotToken, map[string]any{"files": []any{map[string]any{"id": "F1"}}}, "file_not_found"},
	} {
		if got, _ := slackRaw(t, s, test.method, test.token, test.args); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
	if got := len(s.Posts(slackDesk)); got != 1 {
		t.Errorf("%d posts after refusals", got)
	}
	// MsgOptionText given twice sends two values; nobody knows which one Slack would take.
	_, _, err := api.PostMessage(slackDesk, slack.MsgOptionText("a", false), slack.MsgOptionText("b", false))
	if slackCode(err) != "invalid_arguments" {
		t.Errorf("two texts: %v", err)
	}
}

func TestSlackRefusesBlocks(t *testing.T) {
	s, _ := slackWorkspace(t)
	text := func(n int) string { return strings.Repeat("ệ", n) }
	button := func(id string) string {
		return fmt.Sprintf(`{"type":"button","action_id":%q,"text":{"type":"plain_text","text":"Go"}}`, id)
	}
	section := func(n int) string {
		return fmt.Sprintf(`{"type":"section","text":{"type":"mrkdwn","text":%q}}`, text(n))
	}
	many := func(n int, one string) string { return strings.TrimSuffix(strings.Repeat(one+",", n), ",") }
	option := `{"text":{"type":"plain_text","text":"A"},"value":"a"}`
	for name, test := range map[string]struct{ blocks, want, message string }{
		"good":                    {section(3000) + `,{"type":"actions","elements":[` + button("a") + `,` + button("b") + `]}`, "", ""},
		"long section":            {section(3001), "invalid_blocks", "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"},
		"empty text":              {section(0), "invalid_blocks", "must be more than 0 characters [json-pointer:/blocks/0/text/text]"},
		"unknown block":           {`{"type":"sektion"}`, "invalid_blocks", "unsupported type: sektion"},
		"unknown property":        {`{"type":"divider","colour":"red"}`, "invalid_blocks", "invalid additional property: colour"},
		"section of nothing":      {`{"type":"section"}`, "invalid_blocks", "missing required field: text or fields"},
		"header in mrkdwn":        {`{"type":"header","text":{"type":"mrkdwn","text":"x"}}`, "invalid_blocks", "unsupported type: mrkdwn"},
		"long header":             {`{"type":"header","text":{"type":"plain_text","text":"` + text(151) + `"}}`, "invalid_blocks", "must be less than 151"},
		"51 blocks":               {many(51, `{"type":"divider"}`), "invalid_blocks", "no more than 50 items allowed"},
		"26 buttons":              {`{"type":"actions","elements":[` + many(26, `{"type":"button","text":{"type":"plain_text","text":"x"}}`) + `]}`, "invalid_blocks", "no more than 25 items allowed"},
		"no buttons":              {`{"type":"actions","elements":[]}`, "invalid_blocks", "no less than 1 items"},
		"two of one action_id":    {`{"type":"actions","elements":[` + button("a") + `,` + button("a") + `]}`, "invalid_blocks", "action_id must be unique"},
		"two of one block_id":     {many(2, `{"type":"divider","block_id":"b"}`), "invalid_blocks", "block_id must be unique"},
		"long button":             {`{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"` + text(76) + `"}}]}`, "invalid_blocks", "must be less than 76"},
		"purple button":           {`{"type":"actions","elements":[{"type":"button","style":"purple","text":{"type":"plain_text","text":"x"}}]}`, "invalid_blocks", "must be a valid enum value"},
		"bare link":               {`{"type":"actions","elements":[{"type":"button","url":"example.com","text":{"type":"plain_text","text":"x"}}]}`, "invalid_blocks", "must be a valid URL"},
		"menu without options":    {`{"type":"actions","elements":[{"type":"static_select"}]}`, "invalid_blocks", "options or option_groups"},
		"option without value":    {`{"type":"actions","elements":[{"type":"overflow","options":[{"text":{"type":"plain_text","text":"A"}}]}]}`, "invalid_blocks", "missing required field: value"},
		"six entries of overflow": {`{"type":"actions","elements":[{"type":"overflow","options":[` + many(6, option) + `]}]}`, "invalid_blocks", "no more than 5"},
		"a foreign start value":   {`{"type":"actions","elements":[{"type":"static_select","options":[` + option + `],"initial_option":{"text":{"type":"plain_text","text":"B"},"value":"b"}}]}`, "invalid_blocks", "initial option"},
		"too much in all":         {many(5, section(2700)), "msg_blocks_too_long", ""},
	} {
		got, messages := slackRaw(t, s, "chat.postMessage", s.BotToken, map[string]any{"channel": slackDesk, "text": "x", "blocks": "[" + test.blocks + "]"})
		if got != test.want || !strings.Contains(strings.Join(messages, "\n"), test.message) {
			t.Errorf("%s: %q %q", name, got, messages)
		}
	}
}

func TestSlackRefusesViews(t *testing.T) {
	s, api := slackWorkspace(t)
	title := func(n int) string {
		return fmt.Sprintf(`"title":{"type":"plain_text","text":%q}`, strings.Repeat("x", n))
	}
	input := `{"type":"input","label":{"type":"plain_text","text":"L"},"element":{"type":"plain_text_input"}}`
	for name, test := range map[string]struct{ view, message string }{
		"long title":          {`{"type":"modal",` + title(25) + `,"blocks":[]}`, "must be less than 25 characters [json-pointer:/view/title/text]"},
		"no title":            {`{"type":"modal","blocks":[]}`, "missing required field: title"},
		"input, no submit":    {`{"type":"modal",` + title(5) + `,"blocks":[` + input + `]}`, "missing required field: submit"},
		"long metadata":       {`{"type":"modal",` + title(5) + `,"blocks":[],"private_metadata":"` + strings.Repeat("x", 3001) + `"}`, "must be less than 3001"},
		"a block of messages": {`{"type":"modal",` + title(5) + `,"blocks":[{"type":"markdown","text":"x"}]}`, "unsupported type: markdown"},
		"a home tab":          {`{"type":"home","blocks":[]}`, "unsupported type: home"},
		"null blocks":         {`{"type":"modal",` + title(5) + `,"blocks":null}`, "must provide an array"},
		"unknown property":    {`{"type":"modal",` + title(5) + `,"blocks":[],"state":{}}`, "invalid additional property: state"},
	} {
		got, messages := slackRaw(t, s, "views.open", s.BotToken, map[string]any{"trigger_id": "1.1.x", "view": json.RawMessage(test.view)})
		if got != "invalid_arguments" || !strings.Contains(strings.Join(messages, "\n"), test.message) {
			t.Errorf("%s: %q %q", name, got, messages)
		}
	}
	home := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewSectionBlock(slackPlain("3 open"), nil, nil)}}}
	first := slackMust[*slack.ViewResponse](t)(api.PublishView(slackAnn, home, ""))
	slackMust[*slack.ViewResponse](t)(api.PublishView(slackAnn, home, first.Hash))
	if _, err := api.PublishView(slackAnn, home, first.Hash); slackCode(err) != "hash_conflict" {
		t.Errorf("publishing over a newer tab: %v", err)
	}
	if !strings.Contains(string(s.Home(slackAnn)), "3 open") || s.Home(slackBen) != nil {
		t.Errorf("home tabs %s and %s", s.Home(slackAnn), s.Home(slackBen))
	}
}

func TestSlackFiles(t *testing.T) {
	s, api := slackWorkspace(t)
	ts := slackPost(t, api, slack.MsgOptionText("card", false))
	body := []byte("%PDF-1.7 a letter")
	sum := slackMust[*slack.FileSummary](t)(api.UploadFile(slack.UploadFileParameters{
		Reader: bytes.NewReader(body), FileSize: len(body), Filename: "letter.pdf", Title: "Letter", Channel: slackDesk, ThreadTimestamp: ts, InitialComment: "from the customer",
	}))
	slackSoon(t, "the file is in the thread", func() bool { return len(s.Thread(slackDesk, ts)) == 2 })
	p := s.Thread(slackDesk, ts)[1]
	if p.Text != "from the customer" || len(p.Files) != 1 || p.Files[0].Title != "Letter" || p.Files[0].Mimetype != "application/pdf" {
		t.Errorf("post %+v", p)
	}
	if _, got, ok := s.File(sum.ID); !ok || !bytes.Equal(got, body) {
		t.Errorf("content %q", got)
	}
	info, _, _, err := api.GetFileInfo(sum.ID, 10, 1)
	if err != nil || len(info.Shares.Public[slackDesk]) != 1 || info.Shares.Public[slackDesk][0].Ts != p.TS || info.Shares.Public[slackDesk][0].ThreadTs != ts {
		t.Errorf("shares %+v: %v", info, err)
	}

	s.UploadAs(slackAnn, slackDesk, ts, "photo of bill.png", []byte("\x89PNG"))
	staff := s.Thread(slackDesk, ts)[2]
	var out bytes.Buffer
	if err := api.GetFile(staff.Files[0].URL, &out); err != nil || out.String() != "\x89PNG" {
		t.Errorf("download %q: %v", out.String(), err)
	}
	stranger := slack.New("xoxb-wrong", slack.OptionAPIURL(strings.TrimSuffix(s.BaseURL, "/")+"/api/"))
	if err := stranger.GetFile(staff.Files[0].URL, &out); err == nil || !strings.Contains(err.Error(), "sign-in") {
		t.Errorf("download with a wrong token: %v", err)
	}
	if err := api.DeleteFile(staff.Files[0].ID); slackCode(err) != "cant_delete_file" {
		t.Errorf("deleting someone else's file: %v", err)
	}
	if err := api.DeleteFile(sum.ID); err != nil {
		t.Error(err)
	}
	if _, _, ok := s.File(sum.ID); ok {
		t.Error("a deleted file is still there")
	}

	up := slackMust[*slack.GetUploadURLExternalResponse](t)(api.GetUploadURLExternalContext(context.Background(), slack.GetUploadURLExternalParameters{FileName: "a.txt", FileSize: 5}))
	for _, test := range []struct {
		body string
		want int
	}{{"four", http.StatusBadRequest}, {"fives", http.StatusOK}, {"again", http.StatusNotFound}} {
		res, err := http.Post(up.UploadURL, "application/octet-stream", strings.NewReader(test.body))
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != test.want {
			t.Errorf("upload of %q: %d", test.body, res.StatusCode)
		}
	}
	_, err = api.CompleteUploadExternalContext(context.Background(), slack.CompleteUploadExternalParameters{Files: []slack.FileSummary{{ID: up.FileID}}, Channel: slackDesk, ThreadTimestamp: "1.0"})
	if slackCode(err) != "thread_not_found" {
		t.Errorf("sharing into no thread: %v", err)
	}
}

func TestSlackFaults(t *testing.T) {
	s, api := slackWorkspace(t)
	say := func() error { _, _, err := api.PostMessage(slackDesk, slack.MsgOptionText("x", false)); return err }

	s.Fail(sandbox.SlackFault{Method: "chat.postMessage", RetryAfter: 7})
	var limited *slack.RateLimitedError
	if err := say(); !errors.As(err, &limited) || limited.RetryAfter != 7*time.Second {
		t.Errorf("rate limit: %v", err)
	}
	s.Fail(sandbox.SlackFault{Status: http.StatusBadGateway})
	var status slack.StatusCodeError
	if err := say(); !errors.As(err, &status) || status.Code != http.StatusBadGateway {
		t.Errorf("bad gateway: %v", err)
	}
	s.Fail(sandbox.SlackFault{HTML: true})
	var syntax *json.SyntaxError
	if err := say(); !errors.As(err, &syntax) {
		t.Errorf("a page: %v", err)
	}
	s.Fail(sandbox.SlackFault{Method: "chat.postMessage", Error: "not_in_channel", Times: 2})
	if _, err := api.AuthTest(); err != nil {
		t.Errorf("another method: %v", err)
	}
	for range 2 {
		if err := say(); slackCode(err) != "not_in_channel" {
			t.Errorf("an error by name: %v", err)
		}
	}
	if got := len(s.Posts(slackDesk)); got != 0 {
		t.Fatalf("%d posts though each call failed", got)
	}
	s.Fail(sandbox.SlackFault{Method: "chat.postMessage", DropAfterAccept: true})
	if err := say(); err == nil {
		t.Error("no error though the answer was dropped")
	}
	if got := len(s.Posts(slackDesk)); got != 1 {
		t.Errorf("%d posts after a dropped answer", got)
	}
	if err := say(); err != nil {
		t.Errorf("after the faults: %v", err)
	}
	calls := s.Calls()
	last := calls[len(calls)-1]
	if last.Method != "chat.postMessage" || last.Params["channel"] != slackDesk || strings.Contains(fmt.Sprint(calls), s.BotToken) {
		t.Errorf("last call %+v", last)
	}
}

func TestSlackSubscribersHearOfChanges(t *testing.T) {
	s, api := slackWorkspace(t)
	changes, cancel := s.Subscribe()
	defer cancel()
	for len(changes) > 0 {
		<-changes
	}
	slackPost(t, api, slack.MsgOptionText("x", false))
	select {
	case <-changes:
	default:
		t.Error("a post went unnoticed")
	}
}

func TestSlackConnectionURLWorksOnce(t *testing.T) {
	s, api := slackWorkspace(t)
	_, link, err := api.StartSocketModeContext(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	_, query, _ := strings.Cut(link, "?")
	for n, want := range []int{http.StatusBadRequest, http.StatusForbidden} {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/ws?"+query, nil)) // not an upgrade: 400 if the ticket is good
		if w.Code != want {
			t.Errorf("use %d: %d", n+1, w.Code)
		}
	}
}
