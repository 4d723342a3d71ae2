package telegram

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/heedbot/heed/bot"
)

// message is what we need of a Message (Bot API 10.1).
type message struct {
	ID        int64           `json:"message_id"`
	From      *user           `json:"from"`
	Chat      *chat           `json:"chat"`
	Date      int64           `json:"date"`
	Edited    int64           `json:"edit_date"`
	Group     string          `json:"media_group_id"`
	Text      *string         `json:"text"`
	Caption   string          `json:"caption"`
	Rich      json.RawMessage `json:"rich_message"`
	Animation *file           `json:"animation"`
	Document  *file           `json:"document"`
	Photo     []file          `json:"photo"`
	Video     *file           `json:"video"`
	VideoNote *file           `json:"video_note"`
	Voice     *file           `json:"voice"`
	Audio     *file           `json:"audio"`
	Location  *location       `json:"location"`
	Venue     *struct {
		Location *location `json:"location"`
		Title    string    `json:"title"`
		Address  string    `json:"address"`
	} `json:"venue"`
	Contact *struct {
		Phone     string `json:"phone_number"`
		FirstName string `json:"first_name"`
		LastName  string `json:"last_name"`
	} `json:"contact"`
}

type file struct {
	ID     string `json:"file_id"`
	Name   string `json:"file_name"`
	MIME   string `json:"mime_type"`
	Size   *int64 `json:"file_size"`
	Width  int64  `json:"width"`
	Height int64  `json:"height"`
}

type location struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

func readMessage(in *bot.Input, raw json.RawMessage, kind bot.InputKind, username string) bool {
	var m message
	if json.Unmarshal(raw, &m) != nil || m.Chat == nil || m.Chat.ID == 0 || m.Chat.Type == "" || m.ID == 0 {
		return false
	}
	if m.Chat.Type != private || (m.From != nil && m.From.IsBot) {
		return true
	}
	in.Kind, in.Chat, in.MessageID = kind, digits(m.Chat.ID), digits(m.ID)
	in.Person = bot.Person{ID: in.Chat}
	if m.From != nil {
		in.Person = m.From.person()
	}
	in.At, in.Group = at(m.Date), sound(m.Group)
	if kind == bot.InEdit && m.Edited > 0 {
		in.At = at(m.Edited)
	}
	files := m.files()
	switch {
	case m.Text != nil && *m.Text != "":
		in.Text = sound(*m.Text)
		if kind == bot.InMessage {
			in.Command, in.Argument = command(in.Text, username)
		}
	case len(files) > 0:
		in.Text = sound(m.Caption)
		// An edit gives the files of the message again, with other ids: only
		// its words are new.
		if kind == bot.InMessage {
			in.Files = files
		}
	case m.Venue != nil:
		in.Text = sound(join(", ", m.Venue.Title, m.Venue.Address))
		if m.Venue.Location != nil {
			in.Text = join("\n", in.Text, m.Venue.Location.String())
		}
	case m.Location != nil:
		in.Text = m.Location.String()
	case m.Contact != nil:
		in.Text = sound(join(", ", join(" ", m.Contact.FirstName, m.Contact.LastName), m.Contact.Phone))
	case !isNull(m.Rich):
		if in.Text = sound(richText(m.Rich)); in.Text == "" {
			in.Unsupported = "rich_message"
		}
	default:
		in.Unsupported, in.Text = contentName(raw), sound(m.Caption)
	}
	return true
}

// files are the message's files. A message has one; an animation fills
// document as well, and a live photo photo.
func (m message) files() []bot.File {
	switch {
	case m.Animation != nil:
		return m.Animation.as("animation")
	case len(m.Photo) > 0:
		return largest(m.Photo).as("photo")
	case m.Document != nil:
		return m.Document.as("document")
	case m.Video != nil:
		return m.Video.as("video")
	case m.VideoNote != nil:
		return m.VideoNote.as("video")
	case m.Voice != nil:
		return m.Voice.as("voice")
	case m.Audio != nil:
		return m.Audio.as("audio")
	}
	return nil
}

func (f file) as(kind string) []bot.File {
	if f.ID == "" {
		return nil
	}
	size := int64(-1)
	if f.Size != nil && *f.Size >= 0 {
		size = *f.Size
	}
	return []bot.File{{Kind: kind, Name: sound(f.Name), MIME: sound(f.MIME), Size: size, Handle: sound(f.ID)}}
}

// largest is the photo's size with the most pixels; of equals the last.
func largest(sizes []file) file {
	best := sizes[0]
	for _, f := range sizes[1:] {
		if float64(f.Width)*float64(f.Height) >= float64(best.Width)*float64(best.Height) {
			best = f
		}
	}
	return best
}

// String is the place in plain text that reads the same in any language.
func (l location) String() string {
	return "📍 " + strconv.FormatFloat(l.Latitude, 'f', -1, 64) + ", " + strconv.FormatFloat(l.Longitude, 'f', -1, 64)
}

func join(sep string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), sep)
}

// around are the fields of a Message that say who, when and how, not what.
var around = []string{
	"message_id", "message_thread_id", "direct_messages_topic", "from", "sender_chat", "sender_boost_count",
	"sender_business_bot", "sender_tag", "date", "guest_query_id", "business_connection_id", "chat",
	"forward_origin", "is_topic_message", "is_automatic_forward", "reply_to_message", "external_reply", "quote",
	"reply_to_story", "reply_to_checklist_task_id", "reply_to_poll_option_id", "via_bot", "guest_bot_caller_user",
	"guest_bot_caller_chat", "edit_date", "has_protected_content", "is_from_offline", "is_paid_post",
	"media_group_id", "author_signature", "paid_star_count", "entities", "link_preview_options",
	"suggested_post_info", "effect_id", "caption", "caption_entities", "show_caption_above_media",
	"has_media_spoiler", "reply_markup",
	// A message of these without a file that can be fetched is named "other".
	"text", "animation", "photo", "document", "video", "video_note", "voice", "audio",
}

// contentName is the field that holds the content of a message we cannot
// take, such as "sticker" or "poll"; "other" where none looks like a name.
func contentName(raw json.RawMessage) string {
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil {
		return "other"
	}
	found := ""
	for name, value := range fields {
		if slices.Contains(around, name) || isNull(value) || !isName(name) {
			continue
		}
		// The map has no order; the first of the alphabet is the same each time.
		if found == "" || name < found {
			found = name
		}
	}
	if found == "" {
		return "other"
	}
	return found
}

// isName tells whether a field's name may be shown: short, and of the letters
// the Bot API uses.
func isName(s string) bool {
	return s != "" && len(s) <= 40 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_") == ""
}
