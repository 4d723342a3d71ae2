package page_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/heedbot/heed/bot/sandbox"
	"github.com/heedbot/heed/cmd/heed/page"
)

const chiefs = "C0CEO"

var eva = sandbox.Member{ID: "U0EVA", Name: "eva", RealName: "Eva Executive"}

// withChiefs is a second channel, private, with someone who is not at the desk.
func withChiefs(w *page.World) {
	w.Slack.AddUser(eva)
	w.Slack.AddChannel(sandbox.Channel{ID: chiefs, Name: "chief-executive", Private: true, Members: []string{w.Slack.BotUserID, page.Manager, eva.ID}})
	w.People = append(slices.Clone(page.Staff), eva)
}

func TestEachPersonActsInTheirOwnChannels(t *testing.T) {
	x := lay(t, withChiefs)
	for _, c := range []struct {
		body string
		want int
	}{
		{`{"actor":"U0EVA","channel":"C0CEO","text":"hello"}`, 200},
		{`{"actor":"U0MIA","channel":"C0CEO","text":"hello"}`, 200},
		{`{"actor":"U0ANN","channel":"C0CEO","text":"hello"}`, 400},
		{`{"actor":"U0EVA","text":"hello"}`, 400},
		{`{"actor":"U0EVA","channel":"C0DESK","text":"/sla"}`, 400},
	} {
		if got, out := x.ask("POST", "/slack/write", c.body, nil); got != c.want {
			t.Errorf("%s: %d %s", c.body, got, out)
		}
	}
	if len(x.slack.Posts(chiefs)) != 2 || len(x.slack.Posts("C0DESK")) != 0 {
		t.Errorf("posted %+v and %+v", x.slack.Posts(chiefs), x.slack.Posts("C0DESK"))
	}
}

type seenPost struct {
	Channel, TS, Text string
	Files             []struct{ URL string }
}

// sight is the Slack side as one person sees it.
type sight struct {
	Actor    string
	Channels []struct {
		ID, Name              string
		Private, Desk, Direct bool
		Members               []string
	}
	Posts    []seenPost
	Threads  map[string][]struct{ Text string }
	Private  []struct{ Channel, TS, Text string }
	Views    []struct{ ID, Title string }
	Mentions map[string][]struct{ Channel, TS string }
}

// as gives what a person sees, and the whole of it as it is sent.
func (x *table) as(user string) (sight, string) {
	x.t.Helper()
	_, out := x.ask("GET", "/state?as="+user, "", nil)
	var s struct{ Slack sight }
	if err := json.Unmarshal([]byte(out), &s); err != nil {
		x.t.Fatalf("state: %v: %s", err, out)
	}
	return s.Slack, out
}

// call makes the app call Slack's Web API.
func (x *table) call(method string, args ...string) map[string]any {
	x.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(args); i += 2 {
		form.Set(args[i], args[i+1])
	}
	r, err := http.NewRequestWithContext(x.t.Context(), "POST", x.app.URL+"/api/"+method, strings.NewReader(form.Encode()))
	if err != nil {
		x.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", "Bearer "+x.slack.BotToken)
	a, err := x.app.Client().Do(r)
	if err != nil {
		x.t.Fatal(err)
	}
	defer a.Body.Close()
	var out map[string]any
	if err := json.NewDecoder(a.Body).Decode(&out); err != nil || out["ok"] != true {
		x.t.Fatalf("%s: %v %v", method, out, err)
	}
	return out
}

func (x *table) channels(user string) (ids []string) {
	x.t.Helper()
	s, _ := x.as(user)
	for _, c := range s.Channels {
		ids = append(ids, c.ID)
	}
	return ids
}

func TestEachPersonSeesTheirOwnChannels(t *testing.T) {
	x := lay(t, withChiefs)
	x.slack.Say("U0ANN", "C0DESK", "", "at the desk")
	said := x.slack.Say(eva.ID, chiefs, "", "a secret, @ann and @mia")
	x.slack.Say("U0MIA", chiefs, said.TS, "a word in its thread")
	drawn := x.slack.UploadAs(eva.ID, chiefs, "", "drawing.png", []byte("a drawing"))
	gone := x.slack.Say("U0ANN", "C0DESK", "", "taken back, @ben")
	if err := x.slack.Delete("U0ANN", "C0DESK", gone.TS); err != nil {
		t.Fatal(err)
	}
	for user, want := range map[string][]string{"U0ANN": {"C0DESK"}, "U0MIA": {"C0DESK", chiefs}, "U0EVA": {chiefs}} {
		s, raw := x.as(user)
		if got := x.channels(user); s.Actor != user || !slices.Equal(got, want) {
			t.Errorf("%s sees as %s the channels %v, want %v", user, s.Actor, got, want)
		}
		for text, channel := range map[string]string{"at the desk": "C0DESK", "a secret": chiefs, "a word in its thread": chiefs, "drawing.png": chiefs, "chief-executive": chiefs} {
			if got, want := strings.Contains(raw, text), slices.Contains(want, channel); got != want {
				t.Errorf("%s is told of %q: %t, want %t", user, text, got, want)
			}
		}
		if strings.Contains(raw, "taken back") {
			t.Errorf("%s sees what was deleted", user)
		}
		if len(s.Mentions["U0ANN"]) != 0 || len(s.Mentions["U0BEN"]) != 0 || len(s.Mentions["U0MIA"]) != 1 {
			t.Errorf("as %s the mentions are %v", user, s.Mentions)
		}
	}
	file := "/file/slack/" + drawn.Files[0].ID
	for as, want := range map[string]int{"?as=U0EVA": 200, "?as=U0MIA": 200, "?as=U0ANN": 404, "": 404} {
		if got, _ := x.ask("GET", file+as, "", nil); got != want {
			t.Errorf("the file%s: %d, want %d", as, got, want)
		}
	}
	s, _ := x.as("U0MIA")
	if c := s.Channels; !c[0].Desk || c[0].Private || c[1].Desk || !c[1].Private || c[1].Name != "chief-executive" || !slices.Equal(c[1].Members, []string{"U0MIA", "U0EVA"}) {
		t.Errorf("the channels are %+v", c)
	}
	if s, _ := x.as("U0STRANGER"); s.Actor != "U0ANN" {
		t.Errorf("a stranger sees as %s", s.Actor)
	}
}

// A direct conversation is for those in it alone; buttons, threads and words
// work there as in a channel.
func TestDirectConversations(t *testing.T) {
	x := lay(t, withChiefs)
	open := func(users string) string {
		return x.call("conversations.open", "users", users)["channel"].(map[string]any)["id"].(string)
	}
	alone, both := open(eva.ID), open(eva.ID+",U0MIA")
	if got := x.channels(eva.ID); !slices.Equal(got, []string{chiefs}) {
		t.Errorf("empty conversations are shown: %v", got)
	}
	x.call("chat.postMessage", "channel", alone, "text", "for Eva alone")
	card := x.call("chat.postMessage", "channel", both, "text", "for two",
		"blocks", `[{"type":"actions","elements":[{"type":"button","action_id":"look","value":"1","text":{"type":"plain_text","text":"Look"}}]}]`)["ts"].(string)
	s, _ := x.as(eva.ID)
	if c := s.Channels; len(c) != 3 || !c[1].Direct || c[1].Name != "heed" || !c[2].Direct || c[2].Name != "Mia Manager" || !slices.Equal(c[2].Members, []string{"U0MIA", "U0EVA"}) {
		t.Errorf("Eva's conversations are %+v", s.Channels)
	}
	if s, raw := x.as("U0MIA"); s.Channels[len(s.Channels)-1].Name != "Eva Executive" || strings.Contains(raw, "for Eva alone") {
		t.Errorf("Mia's conversations are %+v", s.Channels)
	}
	if _, raw := x.as("U0ANN"); strings.Contains(raw, "for two") || strings.Contains(raw, both) {
		t.Error("Ann sees a conversation of others")
	}
	// Nobody answers the button: what is refused is that there is no app, not
	// who pressed.
	press := `{"actor":"%","channel":"` + both + `","ts":"` + card + `","action":"look","value":"1"}`
	for user, want := range map[string]int{"U0EVA": 502, "U0MIA": 502, "U0ANN": 400} {
		if got, out := x.ask("POST", "/slack/press", strings.ReplaceAll(press, "%", user), nil); got != want {
			t.Errorf("%s presses: %d %s, want %d", user, got, out, want)
		}
	}
	x.post("/slack/write", `{"actor":"U0EVA","channel":"`+both+`","thread":"`+card+`","text":"let me see"}`)
	x.call("chat.postEphemeral", "channel", both, "user", eva.ID, "text", "only you", "thread_ts", card)
	s, _ = x.as(eva.ID)
	if th := s.Threads[card]; len(th) != 2 || th[1].Text != "let me see" || len(s.Private) != 1 || s.Private[0].Text != "only you" {
		t.Errorf("the thread is %+v, the private answers %+v", th, s.Private)
	}
	if s, raw := x.as("U0MIA"); len(s.Private) != 0 || strings.Contains(raw, "only you") {
		t.Error("Mia sees what only Eva sees")
	}
	one := s.Posts[slices.IndexFunc(s.Posts, func(p seenPost) bool { return p.Channel == alone })].TS
	x.call("chat.delete", "channel", alone, "ts", one)
	if got := x.channels(eva.ID); slices.Contains(got, alone) {
		t.Error("a conversation that holds nothing any more is shown")
	}
}

func TestSomeoneIsAddedToAChannel(t *testing.T) {
	x := lay(t, withChiefs)
	for _, c := range []struct {
		body string
		want int
	}{
		{`{"actor":"U0ANN","channel":"C0CEO","user":"U0ANN"}`, 400},
		{`{"actor":"U0EVA","channel":"C0CEO","user":"U0MIA"}`, 400},
		{`{"actor":"U0EVA","channel":"C0CEO","user":"U0NOBODY"}`, 400},
		{`{"actor":"U0EVA","channel":"C0CEO","user":"U0ANN"}`, 200},
		{`{"actor":"U0BEN","channel":"C0DESK","user":"U0EVA"}`, 200},
	} {
		if got, out := x.ask("POST", "/slack/join", c.body, nil); got != c.want {
			t.Errorf("%s: %d %s, want %d", c.body, got, out, c.want)
		}
	}
	if a, e := x.channels("U0ANN"), x.channels(eva.ID); !slices.Contains(a, chiefs) || !slices.Contains(e, "C0DESK") {
		t.Errorf("Ann is in %v, Eva in %v", a, e)
	}
	im := x.call("conversations.open", "users", eva.ID)["channel"].(map[string]any)["id"].(string)
	x.call("chat.postMessage", "channel", im, "text", "hello")
	if got, out := x.ask("POST", "/slack/join", `{"actor":"U0EVA","channel":"`+im+`","user":"U0BEN"}`, nil); got != 400 {
		t.Errorf("a direct conversation took another: %d %s", got, out)
	}
}
