package sandbox

import (
	"slices"
	"strings"
	"time"
)

// User is a customer as Telegram knows them.
type User struct {
	ID                            int64
	FirstName, LastName, Username string
	// LanguageCode is the IETF tag of the phone's interface; empty means Telegram does not tell it.
	LanguageCode string
}

func (u User) wire() map[string]any {
	m := map[string]any{"id": u.ID, "is_bot": false, "first_name": u.FirstName}
	for name, v := range map[string]string{"last_name": u.LastName, "username": u.Username, "language_code": u.LanguageCode} {
		if v != "" {
			m[name] = v
		}
	}
	return m
}

// tgChat is one private chat. Its id is the user's id.
type tgChat struct {
	user     User
	started  bool
	blocked  bool
	lastID   int64
	entries  []*tgEntry
	toasts   []string
	keyboard [][]string
	action   string
	actionAt time.Time
	lastSent time.Time
}

// tgEntry is one message of a chat.
type tgEntry struct {
	id       int64
	fromBot  bool
	at       time.Time
	editedAt time.Time
	text     string // the text, or the caption if there is media
	entities []Entity
	media    string // "photo", "document", ...; empty for a text message
	content  map[string]any
	files    []*tgFile // the file; for a photo its sizes, the largest last
	buttons  [][]tgButton
	markup   bool // a markup other than an inline keyboard: such a message can't be edited
	group    string
	replyTo  int64
	reaction string
	deleted  bool
}

// Entity is a part of a text with a meaning or a look. Offset and Length count UTF-16 units (Telegram Bot API
// 10.1, MessageEntity).
type Entity struct {
	Type          string `json:"type"`
	Offset        int    `json:"offset"`
	Length        int    `json:"length"`
	URL           string `json:"url,omitempty"`
	Language      string `json:"language,omitempty"`
	CustomEmojiID string `json:"custom_emoji_id,omitempty"`
	UnixTime      int64  `json:"unix_time,omitempty"`
	TimeFormat    string `json:"date_time_format,omitempty"`
}

func (ch *tgChat) wire() map[string]any {
	m := map[string]any{"id": ch.user.ID, "type": "private", "first_name": ch.user.FirstName}
	if ch.user.LastName != "" {
		m["last_name"] = ch.user.LastName
	}
	if ch.user.Username != "" {
		m["username"] = ch.user.Username
	}
	return m
}

// find returns a message that is still there.
func (ch *tgChat) find(id int64) *tgEntry {
	for _, e := range ch.entries {
		if e.id == id && !e.deleted {
			return e
		}
	}
	return nil
}

// add gives a message its id and date and puts it at the end of the chat. The caller holds mu.
func (t *Telegram) add(ch *tgChat, e *tgEntry) *tgEntry {
	ch.lastID++
	e.id, e.at = ch.lastID, t.Clock.Now()
	ch.entries = append(ch.entries, e)
	t.changed()
	return e
}

// wire is the message as Bot API 10.1 shows it. The caller holds mu.
func (t *Telegram) wire(ch *tgChat, e *tgEntry) map[string]any {
	m := t.wireShallow(ch, e)
	if e.replyTo != 0 {
		if r := ch.find(e.replyTo); r != nil {
			m["reply_to_message"] = t.wireShallow(ch, r)
		}
	}
	return m
}

func (t *Telegram) wireShallow(ch *tgChat, e *tgEntry) map[string]any {
	m := map[string]any{"message_id": e.id, "date": e.at.Unix(), "chat": ch.wire()}
	if e.fromBot {
		m["from"] = t.bot()
	} else {
		m["from"] = ch.user.wire()
	}
	if !e.editedAt.IsZero() {
		m["edit_date"] = e.editedAt.Unix()
	}
	for name, v := range e.content {
		m[name] = v
	}
	text, entities := "text", "entities"
	if e.media != "" {
		text, entities = "caption", "caption_entities"
	}
	if e.text != "" {
		m[text] = e.text
		if len(e.entities) > 0 {
			m[entities] = slices.Clone(e.entities)
		}
	}
	if e.group != "" {
		m["media_group_id"] = e.group
	}
	if len(e.buttons) > 0 {
		m["reply_markup"] = map[string]any{"inline_keyboard": wireButtons(e.buttons)}
	}
	return m
}

// Message is one message as the person sees it in the chat.
type Message struct {
	ID      int64
	FromBot bool
	At      time.Time
	// Text is the text, or the caption of the files, without markup; Entities tell how parts of it look.
	Text     string
	Entities []Entity
	Edited   bool
	// Buttons are the inline buttons under the message, row by row.
	Buttons [][]Button
	Files   []File
	// Kind is "text", "photo", "document", "video", "voice", "audio", "sticker", "location" or "contact".
	Kind    string
	ReplyTo int64
	// Reaction is the emoji the bot put on the message.
	Reaction string
	// Deleted messages stay in the list, without content.
	Deleted bool
}

// Button is an inline button. Data is what a press sends; URL is set instead on a link.
type Button struct {
	Text, Data, URL string
}

// File is a file in a message. Body is used to send one and is empty in what Messages returns; Telegram.File
// gives the bytes.
type File struct {
	ID, Name, MIME string
	Size           int64
	// Kind is "photo", "document", "video", "voice", "audio" or "sticker".
	Kind string
	Body []byte
}

func (e *tgEntry) seen() Message {
	m := Message{ID: e.id, FromBot: e.fromBot, At: e.at, Deleted: e.deleted}
	if e.deleted {
		return m
	}
	m.Text, m.Entities, m.Edited = e.text, slices.Clone(e.entities), !e.editedAt.IsZero()
	m.ReplyTo, m.Reaction, m.Kind = e.replyTo, e.reaction, e.kind()
	for _, row := range e.buttons {
		var seen []Button
		for _, b := range row {
			seen = append(seen, Button{Text: b.text, Data: b.data, URL: b.url})
		}
		m.Buttons = append(m.Buttons, seen)
	}
	if f := e.file(); f != nil {
		m.Files = []File{{ID: f.id, Name: f.name, MIME: f.mime, Size: f.size, Kind: f.kind}}
	}
	return m
}

func (e *tgEntry) kind() string {
	if e.media != "" {
		return e.media
	}
	for _, kind := range []string{"sticker", "location", "contact"} {
		if _, ok := e.content[kind]; ok {
			return kind
		}
	}
	return "text"
}

// file is the file of the message, of a photo the largest size.
func (e *tgEntry) file() *tgFile {
	if len(e.files) == 0 {
		return nil
	}
	return e.files[len(e.files)-1]
}

// target finds the chat the bot means. The caller holds mu.
func (t *Telegram) target(c *tgCall) (*tgChat, *tgError) {
	id := c.text("chat_id")
	if id == "" {
		return nil, badRequest("chat_id is empty")
	}
	if strings.HasPrefix(id, "@") {
		return nil, badRequest("chat not found")
	}
	ch, ok := t.chats[c.int("chat_id")]
	if !ok {
		return nil, badRequest("chat not found")
	}
	return ch, nil
}

// reachable is target for calls that reach the person. The caller holds mu.
func (t *Telegram) reachable(c *tgCall) (*tgChat, *tgError) {
	ch, err := t.target(c)
	switch {
	case err != nil:
		return nil, err
	case !ch.started:
		return nil, &tgError{code: 403, text: "Forbidden: bot can't initiate conversation with a user"}
	case ch.blocked:
		return nil, tgBlocked()
	}
	return ch, nil
}
