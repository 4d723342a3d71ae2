package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/sandbox"
)

func TestACustomersWordsPingNobody(t *testing.T) {
	w := newWorld(t)
	nasty := "<!channel> <@U0ANN> @ann *bold* _it_ `code` <http://evil.example|your bank> http://x.example &amp; :smile:"
	ts, err := w.door.Send(t.Context(), post("card", bot.Post{Text: nasty, Blocks: []bot.Block{
		{Kind: bot.Heading, Text: nasty},
		{Kind: bot.Plain, Text: nasty},
		{Kind: bot.Small, Text: nasty},
		{Kind: bot.Pairs, Pairs: []bot.Pair{{Label: nasty, Value: nasty}}},
		{Kind: bot.Buttons, Buttons: []bot.Button{{Action: "a", Label: nasty}}},
		{Kind: bot.Rich, Spans: []bot.Span{{Text: nasty}, {Text: "<!here>", Bold: true}, {URL: "https://x.example/?a=1&b=<2>|3", Text: "<!here>|x"}, {URL: "javascript:alert(1)", Text: "no link"}}},
	}}))
	if err != nil {
		t.Fatal(err)
	}
	for _, who := range []string{ann, "U0GUEST"} {
		if m := w.slack.Mentions(who); len(m) != 0 {
			t.Errorf("%s was called: %+v", who, m)
		}
	}
	p := w.slack.Posts(desk)[0]
	var blocks []map[string]any
	if err := json.Unmarshal(p.Blocks, &blocks); err != nil {
		t.Fatal(err)
	}
	text := blocks[1]["text"].(map[string]any)
	if text["type"] != "plain_text" || text["text"] != nasty || text["emoji"] != false {
		t.Errorf("the words are shown as %v", text)
	}
	for _, c := range w.slack.Calls() {
		if c.Method == "chat.postMessage" && (c.Params["unfurl_links"] != "false" || c.Params["unfurl_media"] != "false" || c.Params["link_names"] != "" || c.Params["parse"] != "") {
			t.Errorf("sent with %v", c.Params)
		}
	}
	if strings.Contains(string(p.Blocks), "javascript") || p.TS != ts {
		t.Errorf("posted %s", p.Blocks)
	}
}

func TestMentionsCall(t *testing.T) {
	w := newWorld(t)
	w.slack.Join(desk, boss)
	for i, blocks := range [][]bot.Block{nil, {{Kind: bot.Plain, Text: "overdue"}}, {{Kind: bot.Rich, Spans: []bot.Span{{Text: "with "}, {User: ann}, {User: "S0LEADS"}}}}} {
		p := bot.Post{Text: "Overdue", Blocks: blocks}
		if i < 2 {
			p.Mention = []string{ann, "S0LEADS"}
		}
		if _, err := w.door.Send(t.Context(), post(fmt.Sprint(i), p)); err != nil {
			t.Fatal(err)
		}
		if len(w.slack.Mentions(ann)) != i+1 || len(w.slack.Mentions(boss)) != i+1 {
			t.Errorf("post %d called ann %d times, boss %d times", i, len(w.slack.Mentions(ann)), len(w.slack.Mentions(boss)))
		}
	}
}

func TestThreadsAndEdits(t *testing.T) {
	w := newWorld(t)
	card := w.card()
	reply := post("reply", bot.Post{Text: "The customer added", Blocks: []bot.Block{{Kind: bot.Plain, Text: "more"}}})
	reply.ThreadID = card
	if _, err := w.door.Send(t.Context(), reply); err != nil {
		t.Fatal(err)
	}
	if got := w.slack.Thread(desk, card); len(got) != 2 || got[1].ThreadTS != card {
		t.Fatalf("the thread is %+v", got)
	}
	edit := post("edit", bot.Post{Text: "Closed"})
	edit.EditID = card
	if ts, err := w.door.Send(t.Context(), edit); err != nil || ts != card {
		t.Fatalf("edit: %q %v", ts, err)
	}
	if p := w.slack.Posts(desk)[0]; p.Text != "Closed" || strings.Contains(string(p.Blocks), "acknowledge") {
		t.Errorf("the buttons are still there: %+v", p)
	}
	if ts, found, err := w.door.Find(t.Context(), edit); err != nil || !found || ts != card {
		t.Errorf("find the edit: %q %v %v", ts, found, err)
	}
	reply.ThreadID = "1600000000.000001"
	if _, err := w.door.Send(t.Context(), reply); err != nil {
		t.Fatalf("a thread that is gone: %v", err)
	}
	if got := w.slack.Posts(desk); len(got) < 2 || got[len(got)-1].Text != "The customer added" || got[len(got)-1].ThreadTS != "" {
		t.Errorf("not said in the channel: %+v", got)
	}
}

func TestWhatWasDroppedIsFound(t *testing.T) {
	w := newWorld(t)
	card := w.card()
	for i := range 3 {
		s := post(fmt.Sprint("filler", i), bot.Post{Text: "filler"})
		s.ThreadID = card
		if _, err := w.door.Send(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	for _, thread := range []string{"", card} {
		s := post("o:slack/"+thread, bot.Post{Text: "once only"})
		s.ThreadID = thread
		if _, found, err := w.door.Find(t.Context(), s); found || err != nil {
			t.Fatalf("found before it was sent: %v", err)
		}
		w.slack.Fail(sandbox.SlackFault{Method: "chat.postMessage", DropAfterAccept: true})
		if _, err := w.door.Send(t.Context(), s); !bot.IsAmbiguous(err) {
			t.Fatalf("the verdict is %v", err)
		}
		ts, found, err := w.door.Find(t.Context(), s)
		if err != nil || !found || ts == "" {
			t.Fatalf("not found: %v", err)
		}
		link, err := w.door.Permalink(t.Context(), desk, ts)
		if err != nil || !strings.Contains(link, strings.ReplaceAll(ts, ".", "")) {
			t.Errorf("the link is %q, %v", link, err)
		}
		before := len(w.slack.Calls())
		if again, _ := w.door.Permalink(t.Context(), desk, ts); again != link || len(w.slack.Calls()) != before {
			t.Error("the link was asked for twice")
		}
	}
}

func TestUpload(t *testing.T) {
	w := newWorld(t)
	card := w.card()
	s := bot.Sending{Outbound: bot.Outbound{ID: "file", To: bot.Address{Channel: bot.Slack, Chat: desk},
		Upload: &bot.Upload{Blob: "photo", Name: "../<!channel>.jpg", Comment: "Evidence 1 <!channel>"}}, ThreadID: card}
	id, err := w.door.Send(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	f, body, ok := w.slack.File(id)
	if !ok || string(body) != "\xff\xd8 a photo" || strings.Contains(f.Name, "/") {
		t.Errorf("the file is %+v %q", f, body)
	}
	w.eventually("the file is in the thread", func() bool {
		th := w.slack.Thread(desk, card)
		return len(th) == 2 && len(th[1].Files) == 1
	})
	if len(w.slack.Mentions(ann)) != 0 {
		t.Error("the comment called people")
	}
	w.slack.Fail(sandbox.SlackFault{Method: "files.completeUploadExternal", DropAfterAccept: true})
	s.ID = "file2"
	if _, err := w.door.Send(t.Context(), s); !bot.IsAmbiguous(err) {
		t.Fatalf("the verdict is %v", err)
	}
	w.eventually("it is found", func() bool {
		_, found, err := w.door.Find(t.Context(), s)
		return found && err == nil
	})
	w.slack.Fail(sandbox.SlackFault{Method: "upload", Status: 503})
	s.ID = "file3"
	if _, err := w.door.Send(t.Context(), s); err == nil || bot.IsAmbiguous(err) || bot.IsUndeliverable(err) {
		t.Errorf("bytes that did not arrive: %v", err)
	}
	for _, blob := range []string{"empty", "lost"} {
		s.Upload = &bot.Upload{Blob: blob, Name: "x"}
		if _, err := w.door.Send(t.Context(), s); !bot.IsUndeliverable(err) {
			t.Errorf("%s file: %v", blob, err)
		}
	}
}

func TestPrivate(t *testing.T) {
	w := newWorld(t)
	card := w.card()
	send := func(user bot.StaffID, thread string) error {
		_, err := w.door.Send(t.Context(), bot.Sending{Outbound: bot.Outbound{ID: "p", To: bot.Address{Chat: desk},
			Private: &bot.Private{User: user, Thread: thread, Post: bot.Post{Text: "Only you"}}}})
		return err
	}
	if err := send(ann, card); err != nil {
		t.Fatal(err)
	}
	if p := w.slack.Ephemerals(ann); len(p) != 1 || p[0].ThreadTS != card {
		t.Errorf("shown %+v", p)
	}
	if err := send(ann, "1600000000.000001"); err != nil || len(w.slack.Ephemerals(ann)) != 2 {
		t.Errorf("in a thread that is gone: %v", err)
	}
	if err := send(outside, ""); !bot.IsUndeliverable(err) {
		t.Errorf("to someone outside: %v", err)
	}
}

func TestVerdicts(t *testing.T) {
	plain := func(err error) bool {
		return err != nil && !bot.IsAmbiguous(err) && !bot.IsUndeliverable(err) && bot.Pause(err) == 0
	}
	paused := func(d time.Duration) func(error) bool {
		return func(err error) bool { return bot.Pause(err) == d && !bot.IsUndeliverable(err) && !bot.IsAmbiguous(err) }
	}
	for name, c := range map[string]struct {
		fault sandbox.SlackFault
		right func(error) bool
	}{
		"429":              {sandbox.SlackFault{RetryAfter: 7}, paused(7 * time.Second)},
		"429 bare":         {sandbox.SlackFault{Status: 429}, paused(5 * time.Second)},
		"ratelimited":      {sandbox.SlackFault{Error: "ratelimited"}, paused(30 * time.Second)},
		"not_in_channel":   {sandbox.SlackFault{Error: "not_in_channel"}, paused(time.Minute)},
		"channel_not_foun": {sandbox.SlackFault{Error: "channel_not_found"}, paused(time.Minute)},
		"is_archived":      {sandbox.SlackFault{Error: "is_archived"}, paused(time.Minute)},
		"missing_scope":    {sandbox.SlackFault{Error: "missing_scope"}, paused(time.Minute)},
		"invalid_auth":     {sandbox.SlackFault{Error: "invalid_auth"}, paused(time.Minute)},
		"account_inactive": {sandbox.SlackFault{Error: "account_inactive"}, paused(time.Minute)},
		"msg_too_long":     {sandbox.SlackFault{Error: "msg_too_long"}, bot.IsUndeliverable},
		"invalid_blocks":   {sandbox.SlackFault{Error: "invalid_blocks"}, bot.IsUndeliverable},
		"strange":          {sandbox.SlackFault{Error: "Something <odd> said by a person"}, bot.IsUndeliverable},
		"fatal_error":      {sandbox.SlackFault{Error: "fatal_error"}, bot.IsAmbiguous},
		"unavailable":      {sandbox.SlackFault{Error: "service_unavailable"}, plain},
		"500":              {sandbox.SlackFault{Status: 500}, bot.IsAmbiguous},
		"404":              {sandbox.SlackFault{Status: 404}, paused(time.Minute)},
		"HTML":             {sandbox.SlackFault{HTML: true}, bot.IsAmbiguous},
		"HTML 502":         {sandbox.SlackFault{HTML: true, Status: 502}, bot.IsAmbiguous},
		"dropped":          {sandbox.SlackFault{DropAfterAccept: true}, bot.IsAmbiguous},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			c.fault.Method = "chat.postMessage"
			w.slack.Fail(c.fault)
			_, err := w.door.Send(t.Context(), post("x", bot.Post{Text: "a customer's words"}))
			if !c.right(err) {
				t.Errorf("the verdict is %v (pause %v, ambiguous %v, undeliverable %v)", err, bot.Pause(err), bot.IsAmbiguous(err), bot.IsUndeliverable(err))
			}
			all := fmt.Sprint(err) + w.logs.String()
			if strings.Contains(all, w.slack.BotToken) || strings.Contains(all, "a customer's words") || strings.Contains(all, "said by a person") {
				t.Errorf("told too much: %s", all)
			}
			if n := len(w.slack.Calls()); n != 1 {
				t.Errorf("called %d times", n)
			}
		})
	}
	w := newWorld(t)
	w.server.Close()
	if _, err := w.door.Send(t.Context(), post("x", bot.Post{Text: "hello"})); !plain(err) {
		t.Errorf("no connection: %v", err)
	}
}

func TestAnAnswerThatNeverComes(t *testing.T) {
	w := newWorld(t)
	w.slack.Fail(sandbox.SlackFault{Method: "chat.postMessage", Delay: time.Minute})
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if _, err := w.door.Send(ctx, post("x", bot.Post{Text: "hello"})); !bot.IsAmbiguous(err) {
		t.Errorf("the verdict is %v", err)
	}
	w.slack.Close()
}

func TestTheLogNamesWhatToDo(t *testing.T) {
	w := newWorld(t)
	w.door.Channel = "C0NOWHERE"
	s := post("x", bot.Post{Text: "hello"})
	s.To.Chat = ""
	if _, err := w.door.Send(t.Context(), s); bot.Pause(err) != time.Minute {
		t.Fatalf("the verdict is %v", err)
	}
	if !strings.Contains(w.logs.String(), "/invite") || !strings.Contains(w.logs.String(), "level=ERROR") {
		t.Errorf("the log says: %s", w.logs)
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	w := newWorld(t)
	asked := false
	trap := http.NewServeMux()
	trap.HandleFunc("/", func(http.ResponseWriter, *http.Request) { asked = true })
	w.server.Config.Handler = http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/api/") {
			http.Redirect(rw, r, "/elsewhere", http.StatusTemporaryRedirect)
			return
		}
		trap.ServeHTTP(rw, r)
	})
	if _, err := w.door.Send(t.Context(), post("x", bot.Post{Text: "hello"})); err == nil || asked {
		t.Errorf("followed: %v, %v", asked, err)
	}
}
