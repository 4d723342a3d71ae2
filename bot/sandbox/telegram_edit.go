package sandbox

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// queryLife is how long an answer to a press is taken; the real server's limit is not documented.
const queryLife = 15 * time.Minute

// tgQuery is a press that waits for its answer.
type tgQuery struct {
	chat     *tgChat
	at       time.Time
	answered bool
}

func jsonText(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(b)
}

var errNotModified = tgError{code: 400, text: "Bad Request: message is not modified: specified new message content and reply markup are exactly " +
	"the same as a current content and reply markup of the message"}

// editable finds the bot's message that an edit means. The caller holds mu.
func (t *Telegram) editable(c *tgCall) (*tgChat, *tgEntry, *tgError) {
	if err := refuseElsewhere(c); err != nil {
		return nil, nil, err
	}
	if !c.has("chat_id") && !c.has("message_id") {
		return nil, nil, badRequest("message identifier is not specified")
	}
	ch, err := t.reachable(c)
	if err != nil {
		return nil, nil, err
	}
	e := ch.find(c.int("message_id"))
	switch {
	case e == nil:
		return nil, nil, badRequest("message to edit not found")
	case !e.fromBot || e.markup:
		return nil, nil, badRequest("message can't be edited")
	}
	return ch, e, nil
}

// editText is editMessageText and editMessageCaption. Without reply_markup the buttons go.
func (t *Telegram) editText(method string, c *tgCall) (any, *tgError) {
	read := c.readCaption
	if method == "editMessageText" {
		if c.has("rich_message") {
			return nil, badRequest("rich messages are not served by this sandbox")
		}
		read = func() (string, []Entity, *tgError) {
			text, entities, err := c.readText("text", "entities")
			if err == nil {
				err = checkText(text)
			}
			return text, entities, err
		}
	}
	text, entities, err := read()
	if err != nil {
		return nil, err
	}
	markup, err := c.readMarkup()
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	ch, e, err := t.editable(c)
	switch {
	case err != nil:
		return nil, err
	case method == "editMessageText" && e.media != "":
		return nil, badRequest("there is no text in the message to edit")
	case method == "editMessageCaption" && e.media == "":
		return nil, badRequest("there is no caption in the message to edit")
	case e.text == text && slices.Equal(e.entities, entities) && sameButtons(e.buttons, markup.buttons):
		return nil, &errNotModified
	}
	e.text, e.entities, e.buttons, e.editedAt = text, entities, markup.buttons, t.Clock.Now()
	t.changed()
	return t.wire(ch, e), nil
}

// editMarkup is editMessageReplyMarkup. The person does not see the message as edited.
func (t *Telegram) editMarkup(c *tgCall) (any, *tgError) {
	markup, err := c.readMarkup()
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	ch, e, err := t.editable(c)
	if err != nil {
		return nil, err
	}
	if sameButtons(e.buttons, markup.buttons) {
		return nil, &errNotModified
	}
	e.buttons = markup.buttons
	t.changed()
	m := t.wire(ch, e)
	m["edit_date"] = t.Clock.Now().Unix()
	return m, nil
}

// deleteMessages is deleteMessage and deleteMessages: in a private chat both sides' messages, for 48 hours.
// The plural passes over messages it does not find.
func (t *Telegram) deleteMessages(method string, c *tgCall) (any, *tgError) {
	ids := []int64{c.int("message_id")}
	if method == "deleteMessages" {
		ids = nil
		if err := c.object("message_ids", &ids); err != nil {
			return nil, err
		}
		if len(ids) == 0 {
			return nil, badRequest("message identifiers are not specified")
		}
		if len(ids) > 100 {
			return nil, badRequest("too many message identifiers specified")
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	ch, err := t.target(c)
	if err != nil {
		return nil, err
	}
	var found []*tgEntry
	for _, id := range ids {
		e := ch.find(id)
		switch {
		case e == nil && method == "deleteMessage":
			return nil, badRequest("message to delete not found")
		case e == nil:
			continue
		case t.Clock.Now().Sub(e.at) > 48*time.Hour:
			return nil, badRequest("message can't be deleted for everyone")
		}
		found = append(found, e)
	}
	for _, e := range found {
		e.deleted, e.text, e.entities, e.content, e.files, e.buttons = true, "", nil, nil, nil, nil
	}
	t.changed()
	return true, nil
}

func (t *Telegram) answerQuery(c *tgCall) (any, *tgError) {
	text := c.text("text")
	if units(text) > 200 {
		return nil, badRequest("MESSAGE_TOO_LONG")
	}
	if link := strings.TrimPrefix(c.text("url"), "https://"); link != "" && !strings.HasPrefix(link, "t.me/"+t.Username) {
		return nil, badRequest("URL_INVALID")
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	q, ok := t.queries[c.text("callback_query_id")]
	if !ok || t.Clock.Now().Sub(q.at) > queryLife {
		return nil, badRequest("query is too old and response timeout expired or query ID is invalid")
	}
	q.answered = true
	if text != "" {
		q.chat.toasts = append(q.chat.toasts, text)
	}
	t.changed()
	return true, nil
}

// react is setMessageReaction: a bot may put one emoji of a fixed list on a message.
func (t *Telegram) react(c *tgCall) (any, *tgError) {
	var reactions []struct{ Type, Emoji string }
	if err := c.object("reaction", &reactions); err != nil {
		return nil, err
	}
	emoji := ""
	if len(reactions) > 1 {
		return nil, badRequest("REACTIONS_TOO_MANY")
	}
	if len(reactions) == 1 {
		emoji = strings.ReplaceAll(reactions[0].Emoji, "\ufe0f", "")
		if reactions[0].Type != "emoji" || !slices.Contains(tgSchema().Reactions, emoji) {
			return nil, badRequest("REACTION_INVALID")
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	ch, err := t.reachable(c)
	if err != nil {
		return nil, err
	}
	e := ch.find(c.int("message_id"))
	if e == nil {
		return nil, badRequest("message to react not found")
	}
	e.reaction = emoji
	t.changed()
	return true, nil
}

func (t *Telegram) getChat(c *tgCall) (any, *tgError) {
	t.mu.Lock()
	defer t.mu.Unlock()
	ch, err := t.target(c)
	if err != nil {
		return nil, err
	}
	if !ch.started {
		return nil, badRequest("chat not found")
	}
	m := ch.wire()
	m["accent_color_id"], m["max_reaction_count"] = 0, 11
	m["accepted_gift_types"] = map[string]any{"unlimited_gifts": false, "limited_gifts": false, "unique_gifts": false,
		"premium_subscription": false, "gifts_from_channels": false}
	return m, nil
}
