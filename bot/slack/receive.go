package slack

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/slack-go/slack"

	"github.com/heedbot/heed/bot"
)

// answer is what becomes of an envelope.
type answer struct {
	body any                   // the acknowledgement's content; nil if it has none
	then func(context.Context) // what is done once it is acknowledged
	err  error                 // it could not be kept: it is not acknowledged
}

// ackMax is how much an acknowledgement may hold: over the socket Slack drops
// one of 20 KB without a word. The envelope around it takes a little.
const ackMax = 20*1024 - 256

func tooBig(body any) bool {
	raw, err := json.Marshal(body)
	return err != nil || len(raw) > ackMax
}

// The kinds of envelopes (Slack docs, Using Socket Mode).
const (
	kindEvents       = "events_api"
	kindInteractive  = "interactive"
	kindSlashCommand = "slash_commands"
)

// take answers one envelope. It never panics.
func (d *Door) take(ctx context.Context, kind string, raw []byte) (a answer) {
	defer func() {
		if r := recover(); r != nil {
			d.panicked(r)
			a = answer{err: errors.New("a panic, see the log")}
		}
	}()
	switch kind {
	case kindEvents:
		a = d.event(ctx, raw)
	case kindInteractive:
		a = d.interact(ctx, raw)
	case kindSlashCommand:
		a = d.command(ctx, raw)
	default:
		a = d.unread(ctx, raw)
	}
	return a
}

// finish does what is left once an envelope is acknowledged.
func (d *Door) finish(ctx context.Context, a answer) {
	if a.then == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), afterTimeout)
	defer cancel()
	defer func() {
		if r := recover(); r != nil {
			d.panicked(r)
		}
	}()
	a.then(ctx)
}

// panicked logs a panic without its value, which may hold anyone's words.
func (d *Door) panicked(r any) {
	d.log().Error("slack: panic", "kind", fmt.Sprintf("%T", r), "stack", string(debug.Stack()))
}

// asked calls the desk, within the time there is; a panic is an error.
func asked[T any](ctx context.Context, d *Door, call func(context.Context) (T, error)) (out T, err error) {
	ctx, cancel := context.WithTimeout(ctx, deskTimeout)
	defer cancel()
	defer func() {
		if r := recover(); r != nil {
			d.panicked(r)
			err = errors.New("a panic, see the log")
		}
	}()
	return call(ctx)
}

// kept hands an input over to be kept.
func (d *Door) kept(ctx context.Context, in bot.Input, raw []byte) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepTimeout)
	defer cancel()
	in.Channel = bot.Slack
	if in.At.IsZero() {
		in.At = d.now()
	}
	if err := d.Keep.Receive(ctx, bot.Arrival{Input: in, Raw: raw}); err != nil {
		return fmt.Errorf("keep a slack input: %w", err)
	}
	return nil
}

func (d *Door) keepAct(ctx context.Context, key string, at time.Time, who string, act bot.Act, raw []byte) error {
	act.By = bot.StaffID(who)
	return d.kept(ctx, bot.Input{Key: key, Kind: bot.InAct, At: at, Act: &act}, raw)
}

// unread keeps what nobody here understands, for people to look at.
func (d *Door) unread(ctx context.Context, raw []byte) answer {
	d.log().Warn("slack sent something we cannot read", "bytes", len(raw))
	return answer{err: d.kept(ctx, bot.Input{Key: "unread:" + digest(raw), Kind: bot.InUnread}, raw)}
}

func (d *Door) event(ctx context.Context, raw []byte) answer {
	var e event
	if err := json.Unmarshal(raw, &e); err != nil || e.Type == "" {
		return d.unread(ctx, raw)
	}
	switch e.Type {
	case "url_verification":
		return answer{body: map[string]string{"challenge": e.Challenge}}
	case "app_rate_limited":
		d.log().Warn("slack holds back events: too many in an hour")
		return answer{}
	case "event_callback":
		user, channel := id(e.Event.User), id(e.Event.Channel)
		d.heard(e.Event.Type, bot.StaffID(user), channel)
		if e.Event.Type == "member_joined_channel" && user != "" && d.roleChannel(channel) {
			return answer{err: d.kept(ctx, e.joined(), raw)}
		}
		return answer{}
	}
	return d.unread(ctx, raw)
}

func (d *Door) interact(ctx context.Context, raw []byte) answer {
	var p interaction
	if err := json.Unmarshal(raw, &p); err != nil || p.User.ID == "" {
		return d.unread(ctx, raw)
	}
	switch {
	case p.Type == "block_actions" && len(p.Actions) > 0,
		(p.Type == "shortcut" || p.Type == "message_action") && p.CallbackID != "":
		p.Actions = p.Actions[:min(len(p.Actions), 1)]
		return d.pressed(ctx, p, raw)
	case p.Type == "view_submission" && p.View != nil && p.View.ID != "":
		return d.submitted(ctx, p, raw)
	case p.Type == "view_closed":
		return answer{}
	}
	return d.unread(ctx, raw)
}

func (d *Door) pressed(ctx context.Context, p interaction, raw []byte) answer {
	act := p.act()
	o, err := asked(ctx, d, func(ctx context.Context) (Opening, error) { return d.Desk.Open(ctx, act.By, act) })
	switch {
	case err != nil:
		d.log().Error("slack: a press could not be answered", "verb", act.Verb, "complaint", act.Complaint, "err", err)
		return answer{then: d.privately(p, act, d.sorry(act.By))}
	case o.View != nil:
		return answer{then: func(ctx context.Context) {
			if !d.show(ctx, p.TriggerID, *o.View, p.View != nil) {
				d.whisperTo(act, d.sorry(act.By), p.ResponseURL)(ctx)
			}
		}}
	case o.Keep != nil:
		key, at := p.press()
		return answer{err: d.keepAct(ctx, key, at, p.User.ID, *o.Keep, raw)}
	case o.Private != nil:
		return answer{then: d.privately(p, act, *o.Private)}
	}
	return answer{}
}

// show opens a dialog, on top of another where the press was in one.
func (d *Door) show(ctx context.Context, trigger string, v bot.View, on bool) bool {
	request, err := dialog(v)
	if err != nil {
		d.log().Error("slack: a dialog is not as Slack takes it", "err", err)
		return false
	}
	method, open := "views.open", d.client().OpenViewContext
	if on {
		method, open = "views.push", d.client().PushViewContext
	}
	err = d.ask(ctx, method, func(ctx context.Context) error {
		_, err := open(ctx, trigger, request)
		return err
	})
	switch code(err) {
	case "":
	case "expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id":
		d.log().Info("slack: a dialog came too late", "err", err)
		return false
	}
	if err != nil {
		d.log().Error("slack: a dialog did not open", "err", err)
	}
	return err == nil
}

func (d *Door) submitted(ctx context.Context, p interaction, raw []byte) answer {
	values := p.values()
	s, err := asked(ctx, d, func(ctx context.Context) (Submission, error) {
		return d.Desk.Submit(ctx, bot.StaffID(p.User.ID), p.View.CallbackID, p.View.Meta, values)
	})
	switch {
	case err != nil:
		d.log().Error("slack: a dialog could not be answered", "view", p.View.CallbackID, "err", err)
		return d.unanswered(p, values)
	case len(s.Errors) > 0:
		return answer{body: map[string]any{"response_action": "errors", "errors": s.Errors}}
	case s.Keep != nil:
		err := d.keepAct(ctx, p.submission(values), time.Time{}, p.User.ID, *s.Keep, raw)
		return answer{body: map[string]any{"response_action": "clear"}, err: err}
	case s.Push != nil:
		return d.replace(p, "push", *s.Push, values)
	case s.Update != nil:
		return d.replace(p, "update", *s.Update, values)
	}
	return answer{}
}

// replace answers a submission with a dialog. One too big for an
// acknowledgement goes by a call, into an empty one sent ahead.
func (d *Door) replace(p interaction, how string, v bot.View, values map[string]string) answer {
	request, err := dialog(v)
	if err != nil {
		d.log().Error("slack: a dialog is not as Slack takes it", "err", err)
		return d.unanswered(p, values)
	}
	body := map[string]any{"response_action": how, "view": request}
	if !tooBig(body) {
		return answer{body: body}
	}
	empty := slack.ModalViewRequest{
		Type: slack.VTModal, Title: request.Title, Close: request.Close, ExternalID: "heed-" + rand.Text(),
		Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewContextBlock("", plain("…"))}},
	}
	request.ExternalID = empty.ExternalID
	return answer{
		body: map[string]any{"response_action": how, "view": empty},
		then: func(ctx context.Context) { d.fill(ctx, request, p.User.ID) },
	}
}

// fill puts the content into an empty dialog. Slack may still be about to open
// it.
func (d *Door) fill(ctx context.Context, request slack.ModalViewRequest, user string) {
	var err error
	for range 5 {
		err = d.ask(ctx, "views.update", func(ctx context.Context) error {
			_, err := d.client().UpdateViewContext(ctx, request, request.ExternalID, "", "")
			return err
		})
		if code(err) != "not_found" {
			break
		}
		select {
		case <-time.After(300 * time.Millisecond):
		case <-ctx.Done():
		}
	}
	if err != nil {
		d.log().Error("slack: a dialog stayed empty", "err", err)
		d.whisper(bot.Act{By: bot.StaffID(user)}, d.sorry(bot.StaffID(user)))(ctx)
	}
}

func (d *Door) command(ctx context.Context, raw []byte) answer {
	var c command
	if err := json.Unmarshal(raw, &c); err != nil {
		return d.unread(ctx, raw)
	}
	if c.Command == "" && c.SSLCheck != "" {
		return answer{} // Slack tries the address now and then
	}
	if c.Command == "" || c.UserID == "" {
		return d.unread(ctx, raw)
	}
	act := bot.Act{By: bot.StaffID(c.UserID), Chat: c.ChannelID}
	r, err := asked(ctx, d, func(ctx context.Context) (Reply, error) {
		return d.Desk.Command(ctx, act.By, c.Command, c.Text, c.ChannelID)
	})
	switch {
	case err != nil:
		d.log().Error("slack: a command could not be answered", "command", c.Command, "err", err)
		return d.reply(act, d.sorry(act.By), c.ResponseURL)
	case r.View != nil:
		return answer{then: func(ctx context.Context) {
			if !d.show(ctx, c.TriggerID, *r.View, false) {
				d.later(act, d.sorry(act.By), c.ResponseURL)(ctx)
			}
		}}
	case r.Post != nil:
		return d.reply(act, *r.Post, c.ResponseURL)
	}
	return answer{}
}

// reply answers a command in its acknowledgement; if that is too big, by a
// message to its address.
func (d *Door) reply(act bot.Act, post bot.Post, address string) answer {
	text, blocks, err := render(post)
	if err != nil {
		d.log().Error("slack: a reply is not as Slack takes it", "err", err)
		text, blocks = escape(d.sorry(act.By).Text), nil
	}
	body := map[string]any{"response_type": "ephemeral", "text": text}
	if len(blocks) > 0 {
		body["blocks"] = blocks
	}
	if tooBig(body) {
		return answer{then: d.later(act, post, address)}
	}
	return answer{body: body}
}
