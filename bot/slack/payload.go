package slack

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
)

// interaction is what we read of a payload of block_actions, view_submission,
// view_closed, shortcut or message_action (Slack docs, Interaction payloads).
type interaction struct {
	Type       string `json:"type"`
	CallbackID string `json:"callback_id"`
	TriggerID  string `json:"trigger_id"`
	ActionTS   string `json:"action_ts"` // of a shortcut
	// ResponseURL takes a few answers that only the person sees.
	ResponseURL string `json:"response_url"`
	User        struct {
		ID string `json:"id"`
	} `json:"user"`
	Channel struct {
		ID string `json:"id"`
	} `json:"channel"`
	Container struct {
		MessageTS string `json:"message_ts"`
		ChannelID string `json:"channel_id"`
		ThreadTS  string `json:"thread_ts"`
	} `json:"container"`
	Message struct {
		TS       string `json:"ts"`
		ThreadTS string `json:"thread_ts"`
	} `json:"message"`
	Actions []pressed `json:"actions"`
	View    *struct {
		ID         string `json:"id"`
		Hash       string `json:"hash"`
		CallbackID string `json:"callback_id"`
		Meta       string `json:"private_metadata"`
		State      struct {
			Values map[string]map[string]pressed `json:"values"` // by block and action
		} `json:"state"`
	} `json:"view"`
}

// pressed is a button pressed, or a field as it is filled in.
type pressed struct {
	ActionID string `json:"action_id"`
	ActionTS string `json:"action_ts"`
	Value    string `json:"value"`
	Option   struct {
		Value string `json:"value"`
	} `json:"selected_option"`
	User string `json:"selected_user"`
	Date string `json:"selected_date"` // 2026-12-24
	Time string `json:"selected_time"` // 17:30
}

func (p pressed) entered() string {
	switch {
	case p.Option.Value != "":
		return p.Option.Value
	case p.User != "":
		return p.User
	case p.Date != "":
		return p.Date
	case p.Time != "":
		return p.Time
	}
	return p.Value
}

// command is a slash command (Slack docs, Slash commands).
type command struct {
	Command   string `json:"command"`
	Text      string `json:"text"`
	ChannelID string `json:"channel_id"`
	UserID    string `json:"user_id"`
	TriggerID string `json:"trigger_id"`
	SSLCheck  string `json:"ssl_check"`
	// ResponseURL takes answers that only the person sees, also where we are
	// not in the channel.
	ResponseURL string `json:"response_url"`
}

// event is the outside of an event, and what we read of its inside.
type event struct {
	Type      string          `json:"type"`
	Challenge string          `json:"challenge"`
	ID        json.RawMessage `json:"event_id"` // the same each time it is sent
	Event     struct {
		Type    string          `json:"type"`
		Channel json.RawMessage `json:"channel"` // an id, or for some kinds an object
		User    json.RawMessage `json:"user"`    // likewise
		TS      json.RawMessage `json:"event_ts"`
	} `json:"event"`
}

// id reads an id that may stand alone or in an object.
func id(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	var o struct {
		ID string `json:"id"`
	}
	_ = json.Unmarshal(raw, &o) // neither: no id
	return o.ID
}

// joined is what an event says of someone who came into a channel.
func (e event) joined() bot.Input {
	channel, user, ts := id(e.Event.Channel), id(e.Event.User), id(e.Event.TS)
	key := id(e.ID)
	if key == "" {
		key = channel + ":" + user + ":" + ts
	}
	return bot.Input{Key: "joined:" + key, Kind: bot.InJoined, At: instant(ts), Chat: channel, Person: bot.Person{ID: user}}
}

// act is what the person pressed. A button's value is a query string: ref, v,
// out and customer have places of their own in an Act, the rest are Fields.
func (p interaction) act() bot.Act {
	a := bot.Act{By: bot.StaffID(p.User.ID), Chat: p.Channel.ID}
	if a.Chat == "" {
		a.Chat = p.Container.ChannelID
	}
	ts, thread := p.Message.TS, p.Message.ThreadTS
	if ts == "" {
		ts = p.Container.MessageTS
	}
	if thread == "" {
		thread = p.Container.ThreadTS
	}
	// A private answer in a thread that nobody has written in yet is shown to
	// nobody (Slack docs, chat.postEphemeral), so a card's goes to the channel.
	if thread != ts {
		a.Thread = thread
	}
	switch {
	case len(p.Actions) == 0:
		a.Verb = p.CallbackID
		if ts != "" {
			a.Fields = map[string]string{"message": ts}
		}
	default:
		a.Verb = action(p.Actions[0].ActionID)
		spread(&a, p.Actions[0].entered())
		if p.View != nil {
			set(&a, "view", p.View.CallbackID)
			set(&a, "meta", p.View.Meta)
		}
	}
	return a
}

func spread(a *bot.Act, value string) {
	q, err := url.ParseQuery(value)
	if err != nil || value != "" && !strings.Contains(value, "=") {
		set(a, "value", value)
		return
	}
	for k := range q {
		v := q.Get(k)
		switch k {
		case "ref":
			a.Complaint = bot.Ref(v)
		case "v":
			a.Version, _ = strconv.Atoi(v) // no number: version 0, which no complaint has
		case "out":
			a.Out = v
		case "customer":
			a.Customer = bot.CustomerID(v)
		default:
			set(a, k, v)
		}
	}
}

func set(a *bot.Act, k, v string) {
	if a.Fields == nil {
		a.Fields = map[string]string{}
	}
	a.Fields[k] = v
}

// press is the key of a press and when it was: the same for a payload that
// comes twice, another for each press.
func (p interaction) press() (key string, at time.Time) {
	ts, what := p.ActionTS, p.CallbackID
	if len(p.Actions) > 0 {
		ts, what = p.Actions[0].ActionTS, p.Actions[0].ActionID
	}
	message := p.Message.TS
	if message == "" {
		message = p.Container.MessageTS
	}
	if ts == "" {
		ts = p.TriggerID
	}
	return strings.Join([]string{"act", p.Channel.ID, message, ts, p.User.ID, what}, ":"), instant(ts)
}

// values flattens what was filled in: a field's block has the field's id.
func (p interaction) values() map[string]string {
	out := map[string]string{}
	for block, actions := range p.View.State.Values {
		for _, v := range actions {
			out[block] = v.entered()
		}
	}
	return out
}

// submission is the key of a dialog sent off: the same for the same words in
// the same dialog, another for other words.
func (p interaction) submission(values map[string]string) string {
	h := sha256.New()
	add := func(s string) {
		h.Write([]byte(strconv.Itoa(len(s)) + ":" + s))
	}
	add(p.View.CallbackID)
	add(p.View.Meta)
	for _, k := range slices.Sorted(maps.Keys(values)) {
		add(k)
		add(values[k])
	}
	return "view:" + p.View.ID + ":" + p.View.Hash + ":" + hex.EncodeToString(h.Sum(nil)[:12])
}

// instant reads Slack's time of an action, "1548426417.840180"; zero if it is
// none.
func instant(ts string) time.Time {
	sec, frac, _ := strings.Cut(ts, ".")
	s, err := strconv.ParseInt(sec, 10, 64)
	if err != nil || s <= 0 || s > 1<<35 {
		return time.Time{}
	}
	us, err := strconv.ParseInt((frac + "000000")[:6], 10, 64)
	if err != nil || us < 0 {
		us = 0
	}
	return time.Unix(s, us*1000).UTC()
}

// digest names a payload that names itself in no way we know.
func digest(raw []byte) string {
	sum := sha256.Sum256(bytes.TrimSpace(raw))
	return hex.EncodeToString(sum[:16])
}
