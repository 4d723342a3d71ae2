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

// installed and shortcuts are the slash commands and the global shortcuts of
// the app's manifest.
var (
	installed = []string{"/sla", "/complaint"}
	shortcuts = []shortcut{{"log", "Log a complaint"}}
)

type shortcut struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// workspace is the Slack side of the page, as the person who is played sees
// it: of what others see there is only the place of their mentions. Posts are
// those of all their conversations; threads are by the ts of their first post,
// which no other conversation has.
type workspace struct {
	Team      string                 `json:"team"`
	Actor     string                 `json:"actor"`
	Channels  []room                 `json:"channels"`
	People    []person               `json:"people"`
	Locales   []spoken               `json:"locales"` // that an account may have
	Commands  []string               `json:"commands"`
	Shortcuts []shortcut             `json:"shortcuts"`
	Posts     []slackPost            `json:"posts"`
	Threads   map[string][]slackPost `json:"threads"`
	Private   []slackPost            `json:"private"`
	Views     []modal                `json:"views"`
	Mentions  map[string][]mention   `json:"mentions"` // by member
}

type person struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Handle  string `json:"handle"`
	Bot     bool   `json:"bot"`
	Staff   bool   `json:"staff"` // whom one can play
	Manager bool   `json:"manager"`
	Locale  string `json:"locale"`
}

type slackPost struct {
	Channel string          `json:"channel"`
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
	Channel string `json:"channel"`
	TS      string `json:"ts"`
	Thread  string `json:"thread"`
}

func (s *site) workspace(actor string) workspace {
	company, _ := s.Policy.Say("en", "company")
	w := workspace{Team: company, Actor: actor, Channels: s.rooms(actor), Locales: s.locales(), Commands: installed, Shortcuts: shortcuts, Posts: []slackPost{},
		Threads: map[string][]slackPost{}, Private: []slackPost{}, Views: []modal{}, Mentions: map[string][]mention{}}
	for _, m := range s.Slack.Users() {
		w.People = append(w.People, person{m.ID, m.RealName, m.Name, m.Bot, s.played(m.ID) == nil, m.ID == Manager, m.Locale})
	}
	for _, c := range w.Channels {
		for _, p := range s.Slack.Seen(actor, c.ID) {
			w.Posts = append(w.Posts, s.posted(actor, p))
			if p.Replies > 0 {
				for _, r := range s.Slack.SeenThread(actor, c.ID, p.TS) {
					w.Threads[p.TS] = append(w.Threads[p.TS], s.posted(actor, r))
				}
			}
		}
	}
	for _, p := range s.Slack.Ephemerals(actor) {
		if !p.Deleted {
			w.Private = append(w.Private, s.posted(actor, p))
		}
	}
	for _, v := range s.Slack.Views(actor) {
		w.Views = append(w.Views, dialog(v))
	}
	for _, m := range s.People {
		theirs := s.Slack.Conversations(m.ID)
		for _, p := range s.Slack.Mentions(m.ID) {
			if !p.Deleted && slices.ContainsFunc(theirs, func(c sandbox.Channel) bool { return c.ID == p.Channel }) {
				w.Mentions[m.ID] = append(w.Mentions[m.ID], mention{p.Channel, p.TS, p.ThreadTS})
			}
		}
	}
	return w
}

func (s *site) posted(actor string, p sandbox.Post) slackPost {
	at := stamp(p.TS)
	out := slackPost{Channel: p.Channel, TS: p.TS, Thread: p.ThreadTS, User: p.User, Text: p.Text, Blocks: p.Blocks, Edited: p.Edited,
		Deleted: p.Deleted, Private: p.Ephemeral, Replies: p.Replies, Time: s.time(at), Day: s.day("en", at)}
	for _, f := range p.Files {
		if !f.Deleted {
			out.Files = append(out.Files, file{f.Name, f.Mimetype, int64(f.Size), "/file/slack/" + f.ID + "?as=" + actor})
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
	Actor   string `json:"actor"`
	Channel string `json:"channel"` // the desk's if empty
	TS      string `json:"ts"`
	View    string `json:"view"` // instead of ts: a button in a dialog
	Action  string `json:"action"`
	Value   string `json:"value"`
}

func (s *site) slackPress(_ context.Context, in press) (any, error) {
	if in.View != "" {
		if err := s.played(in.Actor); err != nil {
			return nil, err
		}
		return s.outcome(s.Slack.PressInView(in.Actor, in.View, in.Action, in.Value))
	}
	channel, err := s.within(in.Actor, in.Channel)
	if err != nil {
		return nil, err
	}
	return s.outcome(s.Slack.Press(in.Actor, channel, in.TS, in.Action, in.Value))
}

type use struct {
	Actor    string `json:"actor"`
	Shortcut string `json:"shortcut"`
}

// slackShortcut uses a global shortcut, as Slack offers it everywhere.
func (s *site) slackShortcut(_ context.Context, in use) (any, error) {
	if err := s.played(in.Actor); err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(shortcuts, func(k shortcut) bool { return k.ID == in.Shortcut }) {
		return nil, refuse("The app has no such shortcut.")
	}
	return s.outcome(s.Slack.Shortcut(in.Actor, in.Shortcut, "", ""))
}

type form struct {
	Actor  string         `json:"actor"`
	View   string         `json:"view"`
	Values map[string]any `json:"values"`
}

func (s *site) slackSubmit(_ context.Context, in form) (any, error) {
	if err := s.played(in.Actor); err != nil {
		return nil, err
	}
	return s.outcome(s.Slack.Submit(in.Actor, in.View, in.Values))
}

func (s *site) slackClose(_ context.Context, in form) (any, error) {
	if err := s.played(in.Actor); err != nil {
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
	Actor   string `json:"actor"`
	Channel string `json:"channel"` // the desk's if empty
	Thread  string `json:"thread"`  // empty: in the channel
	Text    string `json:"text"`
}

// slackWrite says something in a channel or a thread of it, or gives a slash
// command.
func (s *site) slackWrite(_ context.Context, in note) (any, error) {
	channel, err := s.within(in.Actor, in.Channel)
	if err != nil {
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
		return s.outcome(s.Slack.Command(in.Actor, channel, name, rest))
	}
	if in.Thread != "" && !slices.ContainsFunc(s.Slack.Seen(in.Actor, channel), func(p sandbox.Post) bool { return p.TS == in.Thread && !p.Deleted }) {
		return nil, refuse("There is no such thread.")
	}
	s.Slack.Say(in.Actor, channel, in.Thread, text)
	return struct{}{}, nil
}
