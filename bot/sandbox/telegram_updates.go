package sandbox

import (
	"encoding/json"
	"slices"
	"time"
)

// updateLife is how long an update waits for the bot (Telegram Bot API 10.1, Getting updates).
const updateLife = 24 * time.Hour

// firstUpdate is the id of the first update.
const firstUpdate = 500_000_001

// tgUpdate is an event the bot has not confirmed yet.
type tgUpdate struct {
	id       int64
	chat     int64
	body     json.RawMessage
	at       time.Time
	twice    bool
	inFlight bool
	wakeAt   time.Time
	failures int
}

// tgPoll is a getUpdates call that waits.
type tgPoll struct{ abort chan struct{} }

// onRequest are the kinds of updates that must be asked for by name.
var onRequest = []string{"chat_member", "message_reaction", "message_reaction_count"}

// tgUpdateKinds are the kinds that allowed_updates may name; the server passes over other names.
var tgUpdateKinds = []string{"message", "edited_message", "channel_post", "edited_channel_post", "business_connection",
	"business_message", "edited_business_message", "deleted_business_messages", "message_reaction", "message_reaction_count",
	"inline_query", "chosen_inline_result", "callback_query", "shipping_query", "pre_checkout_query", "purchased_paid_media",
	"poll", "poll_answer", "my_chat_member", "chat_member", "chat_join_request", "chat_boost", "removed_chat_boost", "managed_bot"}

// wanted reports whether the bot takes updates of a kind. The caller holds mu.
func (t *Telegram) wanted(kind string) bool {
	if t.allowed == nil {
		return !slices.Contains(onRequest, kind)
	}
	return slices.Contains(t.allowed, kind)
}

// remember keeps allowed_updates: an omitted list changes nothing, an empty one means the default set. It acts
// on updates made later. The caller holds mu.
func (t *Telegram) remember(c *tgCall) *tgError {
	if !c.has("allowed_updates") {
		return nil
	}
	var list []string
	if err := c.object("allowed_updates", &list); err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(kind string) bool { return !slices.Contains(tgUpdateKinds, kind) })
	if t.allowed = list; len(list) == 0 {
		t.allowed = nil
	}
	return nil
}

// push makes an update of the kind, if the bot wants it. The caller holds mu.
func (t *Telegram) push(chat int64, kind string, payload any) {
	if t.wanted(kind) {
		t.enqueue(chat, map[string]any{kind: payload})
	}
}

// enqueue gives an update its id and hands it out. The caller holds mu.
func (t *Telegram) enqueue(chat int64, update map[string]any) {
	now := t.Clock.Now()
	switch {
	case t.lastUpdate == 0:
		t.lastUpdate = firstUpdate
	case now.Sub(t.lastUpdateAt) >= 7*24*time.Hour && len(t.queue) == 0:
		// The API promises no order across a week without updates: the next id is then any number.
		t.lastUpdate = (t.lastUpdate*48271+11)%900_000_000 + 1_000_000
	default:
		t.lastUpdate++
	}
	t.lastUpdateAt = now
	update["update_id"] = t.lastUpdate
	body, err := json.Marshal(update)
	if err != nil {
		panic("sandbox: an update that is not JSON: " + err.Error())
	}
	u := &tgUpdate{id: t.lastUpdate, chat: chat, body: body, at: now}
	if t.duplicate > 0 {
		t.duplicate--
		u.twice = true
	}
	t.queue = append(t.queue, u)
	t.nudge()
}

// nudge wakes whoever waits for updates. The caller holds mu.
func (t *Telegram) nudge() {
	close(t.wake)
	t.wake = make(chan struct{})
}

// expire forgets updates that waited too long. The caller holds mu.
func (t *Telegram) expire() {
	now := t.Clock.Now()
	t.queue = slices.DeleteFunc(t.queue, func(u *tgUpdate) bool { return !u.inFlight && now.Sub(u.at) > updateLife })
}

// Pending returns how many updates the bot has not confirmed by getUpdates or taken by its webhook.
func (t *Telegram) Pending() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.expire()
	return len(t.queue) + len(t.again)
}

// confirm forgets the updates below offset, or all but the last -offset ones. An offset from another series of
// ids, far beyond the newest update, confirms nothing. The caller holds mu.
func (t *Telegram) confirm(offset int64) {
	if offset < 0 {
		n := min(int(-offset), len(t.queue))
		t.queue = slices.Delete(t.queue, 0, len(t.queue)-n)
		t.again = nil
		return
	}
	if offset > t.lastUpdate+10 {
		return
	}
	t.queue = slices.DeleteFunc(t.queue, func(u *tgUpdate) bool {
		done := u.id < offset
		if done && u.twice {
			u.twice = false
			t.again = append(t.again, u)
		}
		return done
	})
}

// batch is what a getUpdates call answers now. The caller holds mu.
func (t *Telegram) batch(limit int) []json.RawMessage {
	t.expire()
	out := []json.RawMessage{}
	for len(t.again) > 0 && len(out) < limit {
		out = append(out, t.again[0].body)
		t.again = t.again[1:]
	}
	for _, u := range t.queue {
		if len(out) < limit {
			out = append(out, u.body)
		}
	}
	return out
}

// getUpdates follows Telegram Bot API 10.1: an offset confirms, a call that finds nothing waits up to timeout
// seconds of real time and ends the wait of an earlier call.
func (t *Telegram) getUpdates(c *tgCall) (any, *tgError) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.hook != nil {
		return nil, &tgError{code: 409, text: "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"}
	}
	if err := t.remember(c); err != nil {
		return nil, err
	}
	limit, timeout := int(c.limited("limit", 100, 1, 100)), c.limited("timeout", 0, 0, 50)
	t.confirm(c.int("offset"))
	if found := t.batch(limit); len(found) > 0 || timeout == 0 {
		return found, nil
	}
	t.abortPoll()
	poll := &tgPoll{abort: make(chan struct{})}
	t.poll = poll
	defer func() {
		if t.poll == poll {
			t.poll = nil
		}
	}()
	timer := time.NewTimer(time.Duration(timeout) * time.Second)
	defer timer.Stop()
	for {
		wake := t.wake
		t.mu.Unlock()
		ended, refused := false, (*tgError)(nil)
		select {
		case <-wake:
		case <-timer.C:
			ended = true
		case <-c.ctx.Done():
			ended = true
		case <-t.closed:
			refused = &tgError{code: 500, text: "Internal Server Error: restart"}
		case <-poll.abort:
			text := "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
			refused = &tgError{code: 409, text: text}
		}
		t.mu.Lock()
		if t.hook != nil && refused == nil {
			refused = &tgError{code: 409, text: "Conflict: terminated by setWebhook request"}
		}
		if refused != nil {
			return nil, refused
		}
		if c.ctx.Err() != nil {
			return []json.RawMessage{}, nil
		}
		if found := t.batch(limit); ended || len(found) > 0 {
			return found, nil
		}
	}
}

// abortPoll ends a call that waits. The caller holds mu.
func (t *Telegram) abortPoll() {
	if t.poll != nil {
		close(t.poll.abort)
		t.poll = nil
	}
}
