package sandbox

import (
	"slices"
	"strconv"
	"time"
)

// run does a method whose parameters have the right types.
func (t *Telegram) run(method string, c *tgCall) (any, *tgError) {
	switch method {
	case "getUpdates":
		return t.getUpdates(c)
	case "setWebhook":
		return t.setWebhook(c)
	case "deleteWebhook":
		return t.deleteWebhook(c)
	case "getWebhookInfo":
		return t.webhookInfo(), nil
	case "getMe":
		return t.getMe(), nil
	case "logOut", "close":
		return t.leave(method)
	case "getChat":
		return t.getChat(c)
	case "sendMessage":
		return t.sendMessage(c)
	case "sendPhoto", "sendDocument", "sendVideo", "sendAudio", "sendVoice":
		return t.sendFile(method, c)
	case "sendMediaGroup":
		return t.sendMediaGroup(c)
	case "editMessageText", "editMessageCaption":
		return t.editText(method, c)
	case "editMessageReplyMarkup":
		return t.editMarkup(c)
	case "deleteMessage", "deleteMessages":
		return t.deleteMessages(method, c)
	case "answerCallbackQuery":
		return t.answerQuery(c)
	case "getFile":
		return t.getFile(c)
	case "sendChatAction":
		return t.sendChatAction(c)
	case "setMessageReaction":
		return t.react(c)
	default:
		return t.runProfile(method, c)
	}
}

func (t *Telegram) sendMessage(c *tgCall) (any, *tgError) {
	if err := refuseElsewhere(c); err != nil {
		return nil, err
	}
	text, entities, err := c.readText("text", "entities")
	if err != nil {
		return nil, err
	}
	if err := checkText(text); err != nil {
		return nil, err
	}
	markup, err := c.readMarkup()
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	ch, replyTo, err := t.opening(c, 1)
	if err != nil {
		return nil, err
	}
	e := &tgEntry{fromBot: true, text: text, entities: entities, replyTo: replyTo}
	t.mark(ch, e, markup)
	return t.wire(ch, t.add(ch, e)), nil
}

func checkText(text string) *tgError {
	switch {
	case text == "":
		return badRequest("message text is empty")
	case units(text) > maxText:
		return badRequest("message is too long")
	}
	return nil
}

// refuseElsewhere refuses what has no place in a private chat of this sandbox: business connections, topics,
// paid messages.
func refuseElsewhere(c *tgCall) *tgError {
	switch {
	case c.has("business_connection_id"):
		return badRequest("business connection not found")
	case c.int("message_thread_id") > 0:
		return badRequest("message thread not found")
	case c.int("direct_messages_topic_id") > 0:
		return badRequest("chat is not a channel direct messages chat")
	case c.has("inline_message_id"):
		return badRequest("MESSAGE_ID_INVALID")
	}
	return nil
}

// opening checks that n messages may be sent now, and what they reply to. The caller holds mu.
func (t *Telegram) opening(c *tgCall, n int) (*tgChat, int64, *tgError) {
	ch, err := t.reachable(c)
	if err != nil {
		return nil, 0, err
	}
	var reply struct {
		MessageID int64 `json:"message_id"`
		ChatID    any   `json:"chat_id"`
		Anyway    bool  `json:"allow_sending_without_reply"`
		Quote     string
	}
	if err := c.object("reply_parameters", &reply); err != nil {
		return nil, 0, err
	}
	replied := ch.find(reply.MessageID)
	if replied == nil {
		if c.has("reply_parameters") && !reply.Anyway {
			return nil, 0, badRequest("message to be replied not found")
		}
		reply.MessageID = 0
	}
	if err := t.flood(ch, n); err != nil {
		return nil, 0, err
	}
	return ch, reply.MessageID, nil
}

// flood applies PerChat and PerSecond and counts n messages. The caller holds mu.
func (t *Telegram) flood(ch *tgChat, n int) *tgError {
	now := t.Clock.Now()
	if t.PerChat > 0 && !ch.lastSent.IsZero() {
		if wait := ch.lastSent.Add(t.PerChat).Sub(now); wait > 0 {
			return tooMany(wait)
		}
	}
	if t.PerSecond > 0 {
		t.sent = slices.DeleteFunc(t.sent, func(at time.Time) bool { return now.Sub(at) >= time.Second })
		if len(t.sent)+n > t.PerSecond {
			return tooMany(time.Second)
		}
		for range n {
			t.sent = append(t.sent, now)
		}
	}
	ch.lastSent = now
	return nil
}

// mark puts the markup on the message and the reply keyboard on the phone. The caller holds mu.
func (t *Telegram) mark(ch *tgChat, e *tgEntry, m tgMarkup) {
	e.buttons, e.markup = m.buttons, m.other
	switch {
	case m.remove:
		ch.keyboard = nil
	case len(m.keyboard) > 0:
		ch.keyboard = m.keyboard
	}
	ch.action = ""
}

func (t *Telegram) sendFile(method string, c *tgCall) (any, *tgError) {
	kind := map[string]string{"sendPhoto": "photo", "sendDocument": "document", "sendVideo": "video", "sendAudio": "audio", "sendVoice": "voice"}[method]
	if err := refuseElsewhere(c); err != nil {
		return nil, err
	}
	caption, entities, err := c.readCaption()
	if err != nil {
		return nil, err
	}
	markup, err := c.readMarkup()
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, err := t.reachable(c); err != nil {
		return nil, err
	}
	files, err := t.takeFile(c, kind, kind, c.text(kind))
	if err != nil {
		return nil, err
	}
	ch, replyTo, err := t.opening(c, 1)
	if err != nil {
		return nil, err
	}
	e := &tgEntry{fromBot: true, text: caption, entities: entities, replyTo: replyTo, media: kind, files: files, content: tgContent(kind, files)}
	t.mark(ch, e, markup)
	return t.wire(ch, t.add(ch, e)), nil
}

func (c *tgCall) readCaption() (string, []Entity, *tgError) {
	caption, entities, err := c.readText("caption", "caption_entities")
	if err == nil && units(caption) > maxCaption {
		err = badRequest("message caption is too long")
	}
	return caption, entities, err
}

// sendMediaGroup sends an album (Telegram Bot API 10.1, sendMediaGroup): 2 to 10 items, documents and audio
// only among themselves.
func (t *Telegram) sendMediaGroup(c *tgCall) (any, *tgError) {
	if err := refuseElsewhere(c); err != nil {
		return nil, err
	}
	var media []map[string]any
	if err := c.object("media", &media); err != nil {
		return nil, err
	}
	if len(media) < 2 || len(media) > 10 {
		return nil, badRequest("album must have 2 to 10 items")
	}
	var entries []*tgEntry
	kinds := map[string]bool{}
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, err := t.reachable(c); err != nil {
		return nil, err
	}
	for _, item := range media {
		kind, _ := item["type"].(string)
		if kind == "animation" || kind == "live_photo" {
			return nil, badRequest("can't use the media of the specified type in the album")
		}
		kinds[kind] = true
		caption, entities, err := itemCaption(item)
		if err != nil {
			return nil, err
		}
		value, _ := item["media"].(string)
		files, err := t.takeFile(c, kind, "", value)
		if err != nil {
			return nil, err
		}
		entries = append(entries, &tgEntry{fromBot: true, text: caption, entities: entities, media: kind, files: files, content: tgContent(kind, files)})
	}
	if len(kinds) > 1 && (kinds["document"] || kinds["audio"]) {
		return nil, badRequest("can't use the media of the specified type in the album")
	}
	ch, replyTo, err := t.opening(c, len(entries))
	if err != nil {
		return nil, err
	}
	t.groupCount++
	var sent []map[string]any
	for _, e := range entries {
		e.replyTo, e.group = replyTo, strconv.FormatInt(13000000000000000+t.groupCount, 10)
		sent = append(sent, t.wire(ch, t.add(ch, e)))
	}
	return sent, nil
}

// itemCaption reads the caption of an album item as readCaption reads that of a single file.
func itemCaption(item map[string]any) (string, []Entity, *tgError) {
	c := &tgCall{values: map[string]tgValue{}}
	for _, name := range []string{"caption", "parse_mode"} {
		text, _ := item[name].(string)
		c.values[name] = tgValue{text: text}
	}
	if list, ok := item["caption_entities"]; ok {
		c.values["caption_entities"] = tgValue{text: jsonText(list)}
	}
	return c.readCaption()
}

// chatActions are the actions of Telegram Bot API 10.1, sendChatAction.
var chatActions = []string{"typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
	"upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note"}

func (t *Telegram) sendChatAction(c *tgCall) (any, *tgError) {
	if !slices.Contains(chatActions, c.text("action")) {
		return nil, badRequest("wrong parameter action in request")
	}
	if err := refuseElsewhere(c); err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	ch, err := t.reachable(c)
	if err != nil {
		return nil, err
	}
	ch.action, ch.actionAt = c.text("action"), t.Clock.Now()
	t.changed()
	return true, nil
}
