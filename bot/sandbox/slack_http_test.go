package sandbox_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"github.com/heedbot/heed/bot/sandbox"
)

// slackSite is an app that is reached by HTTP. It refuses requests that are not signed.
type slackSite struct {
	sync.Mutex
	t       *testing.T
	secret  string
	answer  func(w http.ResponseWriter, r *http.Request, body []byte)
	bodies  []string
	headers []http.Header
}

func newSlackSite(t *testing.T, s *sandbox.Slack) *slackSite {
	site := &slackSite{t: t, secret: s.SigningSecret}
	server := httptest.NewServer(site)
	t.Cleanup(server.Close)
	s.EventsURL, s.InteractiveURL, s.CommandsURL = server.URL+"/events", server.URL+"/interactive", server.URL+"/commands"
	return site
}

func (a *slackSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	verifier, err := slack.NewSecretsVerifier(r.Header, a.secret)
	if err == nil {
		_, _ = verifier.Write(body)
		err = verifier.Ensure()
	}
	if err != nil {
		a.t.Errorf("signature of %s: %v", r.URL.Path, err)
	}
	r.Body = io.NopCloser(strings.NewReader(string(body)))
	a.Lock()
	a.bodies, a.headers = append(a.bodies, string(body)), append(a.headers, r.Header)
	answer := a.answer
	a.Unlock()
	if answer != nil {
		answer(w, r, body)
	}
}

func (a *slackSite) got() ([]string, []http.Header) {
	a.Lock()
	defer a.Unlock()
	return slices.Clone(a.bodies), slices.Clone(a.headers)
}

func TestSlackHTTPIsSignedAndActsOnTheAnswer(t *testing.T) {
	s, api := slackWorkspace(t)
	site := newSlackSite(t, s)
	site.answer = func(w http.ResponseWriter, r *http.Request, body []byte) {
		switch r.URL.Path {
		case "/commands":
			cmd, err := slack.SlashCommandParse(r)
			if err != nil || cmd.Command != "/complaint" || cmd.Text != "new" {
				t.Errorf("command %+v: %v", cmd, err)
			}
			if _, err := api.OpenView(cmd.TriggerID, slackModal("words", "Reply", wordsField())); err != nil {
				t.Error(err)
			}
			_, _ = io.WriteString(w, "opening")
		case "/interactive":
			call, err := slack.InteractionCallbackParse(r)
			if err != nil || call.View.State.Values["reply"]["words"].Value != "a & b" {
				t.Errorf("submission %+v: %v", call, err)
			}
		case "/events":
			e, err := slackevents.ParseEvent(body, slackevents.OptionNoVerifyToken())
			if err == nil && e.Type == slackevents.URLVerification {
				_, _ = io.WriteString(w, e.Data.(*slackevents.EventsAPIURLVerificationEvent).Challenge)
			} else if err != nil {
				t.Error(err)
			}
		}
	}
	if err := s.VerifyURL(); err != nil {
		t.Error(err)
	}
	a, err := s.Command(slackAnn, slackDesk, "/complaint", "new")
	if err != nil || a.Error != "" || a.Reply.Text != "opening" || a.View == nil {
		t.Fatalf("command: %+v, %v", a, err)
	}
	a, err = s.Submit(slackAnn, a.View.ID, map[string]any{"words": "a & b"})
	if err != nil || a.Error != "" || len(s.Views(slackAnn)) != 0 {
		t.Fatalf("an empty answer did not close the view: %+v, %v", a, err)
	}
	s.Say(slackAnn, slackDesk, "", "hello")
	slackSoon(t, "the event", func() bool { bodies, _ := site.got(); return strings.Contains(bodies[len(bodies)-1], "hello") })
}

func TestSlackHTTPRetriesEvents(t *testing.T) {
	s, _ := slackWorkspace(t)
	s.RetryWait = time.Millisecond
	site := newSlackSite(t, s)
	site.answer = func(w http.ResponseWriter, r *http.Request, _ []byte) {
		if r.Header.Get("X-Slack-Retry-Num") == "3" {
			return
		}
		w.WriteHeader(http.StatusInternalServerError)
	}
	s.Say(slackAnn, slackDesk, "", "hello")
	slackSoon(t, "four deliveries", func() bool { bodies, _ := site.got(); return len(bodies) == 4 })
	bodies, headers := site.got()
	var first, last struct {
		EventID string `json:"event_id"`
	}
	_ = json.Unmarshal([]byte(bodies[0]), &first)
	_ = json.Unmarshal([]byte(bodies[3]), &last)
	if first.EventID == "" || first != last || headers[1].Get("X-Slack-Retry-Num") != "1" || headers[1].Get("X-Slack-Retry-Reason") != "http_error" {
		t.Errorf("events %v and %v, headers %v", first, last, headers[1])
	}
	site.Lock()
	site.answer = func(w http.ResponseWriter, _ *http.Request, _ []byte) {
		w.Header().Set("X-Slack-No-Retry", "1")
		w.WriteHeader(http.StatusTeapot)
	}
	site.Unlock()
	s.Say(slackAnn, slackDesk, "", "never again")
	s.Say(slackAnn, slackDesk, "", "nor this")
	slackSoon(t, "one delivery of each", func() bool { bodies, _ := site.got(); return len(bodies) == 6 })
	if a, err := s.Command(slackAnn, slackDesk, "/complaint", ""); err != nil || a.Error != "http_service_error" {
		t.Errorf("command: %+v, %v", a, err)
	}
	if bodies, _ := site.got(); len(bodies) != 7 {
		t.Errorf("%d requests", len(bodies))
	}
}

func TestSlackBadAnswersToAFormKeepItOpen(t *testing.T) {
	s, api := slackWorkspace(t)
	site := newSlackSite(t, s)
	site.answer = func(w http.ResponseWriter, r *http.Request, _ []byte) {
		cmd, _ := slack.SlashCommandParse(r)
		if _, err := api.OpenView(cmd.TriggerID, slackModal("words", "Reply", wordsField(), slack.NewSectionBlock(slackPlain("note"), nil, nil))); err != nil {
			t.Error(err)
		}
	}
	a, err := s.Command(slackAnn, slackDesk, "/complaint", "")
	if err != nil || a.View == nil {
		t.Fatalf("%+v, %v", a, err)
	}
	for name, test := range map[string]struct{ answer, want string }{
		"not JSON":                {"thanks", "invalid_response"},
		"unknown action":          {`{"response_action":"explode"}`, "invalid_response"},
		"error for no field":      {`{"response_action":"errors","errors":{"nothing":"x"}}`, "invalid_response"},
		"a view with a long name": {`{"response_action":"push","view":{"type":"modal","title":{"type":"plain_text","text":"` + strings.Repeat("x", 25) + `"},"blocks":[]}}`, "invalid_view"},
		"a home tab":              {`{"response_action":"update","view":{"type":"home","blocks":[]}}`, "invalid_view"},
	} {
		site.Lock()
		site.answer = func(w http.ResponseWriter, _ *http.Request, _ []byte) { _, _ = io.WriteString(w, test.answer) }
		site.Unlock()
		got, err := s.Submit(slackAnn, a.View.ID, map[string]any{"words": "x"})
		if err != nil || got.Error != test.want || got.View == nil || got.View.ID != a.View.ID {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}
