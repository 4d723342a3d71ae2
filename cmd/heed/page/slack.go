package page

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/heedbot/heed/bot/sandbox"
)

// installed are the slash commands of the app's manifest.
var installed = []string{"/sla", "/complaint"}

// workspace is the Slack side of the page. Private, Views and Mentions are by
// member.
type workspace struct {
	Team     string                 `json:"team"`
	Channel  string                 `json:"channel"`
	People   []person               `json:"people"`
	Commands []string               `json:"commands"`
	Posts    []slackPost            `json:"posts"`
	Threads  map[string][]slackPost `json:"threads"`
	Private  map[string][]slackPost `json:"private"`
	Views    map[string][]modal     `json:"views"`
	Mentions map[string][]mention   `json:"mentions"`
}

type person struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Handle  string `json:"handle"`
	Bot     bool   `json:"bot"`
	Staff   bool   `json:"staff"` // whom one can play
	Manager bool   `json:"manager"`
}

type slackPost struct {
	TS      string          `json:"ts"`
	Thread  string          `json:"thread"`
	User    string          `json:"user"`
	Text    string          `json:"text"`
	Blocks  json.RawMessage `json:"blocks"`
	Files   []file          `json:"files"`
	Edited  bool            `json:"edited"`
	Deleted bool            `json:"deleted"`
	Private bool            `json:"private"`
	Replies int             `json:"replies"`
	Time    string          `json:"time"`
	Day     string          `json:"day"`
}

type modal struct {
	ID     string          `json:"id"`
	Hash   string          `json:"hash"`
	Title  string          `json:"title"`
	Submit string          `json:"submit"`
	Close  string          `json:"close"`
	Blocks json.RawMessage `json:"blocks"`
}

type mention struct {
	TS     string `json:"ts"`
	Thread string `json:"thread"`
}

func (s *site) workspace() workspace {
	company, _ := s.Policy.Say("en", "company")
	w := workspace{Team: company, Channel: "complaints", Commands: installed, Posts: []slackPost{},
		Threads: map[string][]slackPost{}, Private: map[string][]slackPost{}, Views: map[string][]modal{}, Mentions: map[string][]mention{}}
	for _, c := range s.Slack.Channels() {
		if c.ID == s.Desk {
			w.Channel = c.Name
		}
	}
	for _, m := range s.Slack.Users() {
		_, known := staff(m.ID)
		w.People = append(w.People, person{m.ID, m.RealName, m.Name, m.Bot, known == nil, m.ID == Manager})
	}
	for _, p := range s.Slack.Posts(s.Desk) {
		w.Posts = append(w.Posts, s.posted(p))
		if p.Replies > 0 {
			for _, r := range s.Slack.Thread(s.Desk, p.TS) {
				w.Threads[p.TS] = append(w.Threads[p.TS], s.posted(r))
			}
		}
	}
	for _, m := range Staff {
		for _, p := range s.Slack.Ephemerals(m.ID) {
			w.Private[m.ID] = append(w.Private[m.ID], s.posted(p))
		}
		for _, v := range s.Slack.Views(m.ID) {
			w.Views[m.ID] = append(w.Views[m.ID], dialog(v))
		}
		for _, p := range s.Slack.Mentions(m.ID) {
			w.Mentions[m.ID] = append(w.Mentions[m.ID], mention{p.TS, p.ThreadTS})
		}
	}
	return w
}

func (s *site) posted(p sandbox.Post) slackPost {
	at := stamp(p.TS)
	out := slackPost{TS: p.TS, Thread: p.ThreadTS, User: p.User, Text: p.Text, Blocks: p.Blocks, Edited: p.Edited,
		Deleted: p.Deleted, Private: p.Ephemeral, Replies: p.Replies, Time: s.time(at), Day: s.day("en", at)}
	for _, f := range p.Files {
		if !f.Deleted {
			out.Files = append(out.Files, file{f.Name, f.Mimetype, int64(f.Size), "/file/slack/" + f.ID})
		}
	}
	return out
}

func dialog(v sandbox.View) modal {
	var raw struct{ Blocks json.RawMessage }
	_ = json.Unmarshal(v.Raw, &raw) // the sandbox made it
	return modal{v.ID, v.Hash, v.Title, v.Submit, v.Close, raw.Blocks}
}

func number(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64) // a ts that is none shows as 1970
	return n
}

type press struct {
	Actor  string `json:"actor"`
	TS     string `json:"ts"`
	View   string `json:"view"` // instead of ts: a button in a dialog
	Action string `json:"action"`
	Value  string `json:"value"`
}

func (s *site) slackPress(_ context.Context, in press) (any, error) {
	if _, err := staff(in.Actor); err != nil {
		return nil, err
	}
	var a sandbox.Answer
	var err error
	if in.View != "" {
		a, err = s.Slack.PressInView(in.Actor, in.View, in.Action, in.Value)
	} else {
		a, err = s.Slack.Press(in.Actor, s.Desk, in.TS, in.Action, in.Value)
	}
	return s.outcome(a, err)
}

type form struct {
	Actor  string         `json:"actor"`
	View   string         `json:"view"`
	Values map[string]any `json:"values"`
}

func (s *site) slackSubmit(_ context.Context, in form) (any, error) {
	if _, err := staff(in.Actor); err != nil {
		return nil, err
	}
	return s.outcome(s.Slack.Submit(in.Actor, in.View, in.Values))
}

func (s *site) slackClose(_ context.Context, in form) (any, error) {
	if _, err := staff(in.Actor); err != nil {
		return nil, err
	}
	s.Slack.CloseView(in.Actor, in.View)
	return struct{}{}, nil
}

// outcome is what a person sees of the app's answer: field errors of a
// dialog, or Slack's own complaint.
func (s *site) outcome(a sandbox.Answer, err error) (any, error) {
	switch {
	case err != nil:
		return nil, refuse("Slack does not allow this: " + err.Error() + ".")
	case a.Error != "":
		text := "Slack says: " + a.Error
		if len(a.Messages) > 0 {
			text += " (" + strings.Join(a.Messages, "; ") + ")"
		}
		return nil, refusal{http.StatusBadGateway, text + "."}
	}
	errs := a.Errors
	if errs == nil {
		errs = map[string]string{}
	}
	return map[string]any{"errors": errs}, nil
}

type note struct {
	Actor  string `json:"actor"`
	Thread string `json:"thread"` // empty: in the channel
	Text   string `json:"text"`
}

// slackWrite says something in the channel or a thread of it, or gives a slash
// command.
func (s *site) slackWrite(_ context.Context, in note) (any, error) {
	if _, err := staff(in.Actor); err != nil {
		return nil, err
	}
	text := strings.TrimSpace(in.Text)
	if text == "" {
		return nil, refuse("Write something first.")
	}
	if name, rest, _ := strings.Cut(text, " "); strings.HasPrefix(name, "/") {
		switch {
		case in.Thread != "":
			return nil, refuse("Slack takes slash commands in the channel only, not in a thread.")
		case !slices.Contains(installed, name):
			return nil, refuse(name + " is not a valid command here. There are " + strings.Join(installed, " and ") + ".")
		}
		return s.outcome(s.Slack.Command(in.Actor, s.Desk, name, rest))
	}
	if in.Thread != "" && !slices.ContainsFunc(s.Slack.Posts(s.Desk), func(p sandbox.Post) bool { return p.TS == in.Thread && !p.Deleted }) {
		return nil, refuse("There is no such thread.")
	}
	s.Slack.Say(in.Actor, s.Desk, in.Thread, text)
	return struct{}{}, nil
}
