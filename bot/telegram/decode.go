package telegram

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
)

// user, chat and message hold the fields we need (Bot API 10.1, User, Chat,
// Message); whatever else an update has is not looked at and so cannot fail.
type user struct {
	ID        int64  `json:"id"`
	IsBot     bool   `json:"is_bot"`
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name"`
	Language  string `json:"language_code"`
}

type chat struct {
	ID   int64  `json:"id"`
	Type string `json:"type"`
}

type press struct {
	ID      string `json:"id"`
	From    *user  `json:"from"`
	Data    string `json:"data"`
	Message *struct {
		ID   int64 `json:"message_id"`
		Chat *chat `json:"chat"`
	} `json:"message"`
}

type membership struct {
	Chat *chat `json:"chat"`
	From *user `json:"from"`
	Date int64 `json:"date"`
	New  *struct {
		Status string `json:"status"`
	} `json:"new_chat_member"`
}

const private = "private"

// decode reads one update of the bot with this id and name (empty where not
// known yet). It is pure and takes any bytes. What nobody can read is
// bot.InUnread. An update that is not for us to answer (a group, a channel,
// another bot) has no kind and is not to be kept. At is zero where the update
// has no time.
func decode(raw []byte, account, username string) bot.Input {
	in := bot.Input{Channel: bot.Telegram, Account: account}
	var u map[string]json.RawMessage
	var id int64
	if json.Unmarshal(raw, &u) != nil || json.Unmarshal(u["update_id"], &id) != nil || isNull(u["update_id"]) {
		sum := sha256.Sum256(raw)
		in.Key, in.Kind = "raw:"+hex.EncodeToString(sum[:]), bot.InUnread
		return in
	}
	in.Key = "update:" + strconv.FormatInt(id, 10)
	read := false
	switch {
	case u["message"] != nil:
		read = readMessage(&in, u["message"], bot.InMessage, username)
	case u["edited_message"] != nil:
		read = readMessage(&in, u["edited_message"], bot.InEdit, username)
	case u["callback_query"] != nil:
		read = readPress(&in, u["callback_query"])
	case u["my_chat_member"] != nil:
		read = readMembership(&in, u["my_chat_member"])
	}
	if !read {
		return salvage(bot.Input{Channel: bot.Telegram, Account: account, Key: in.Key, Kind: bot.InUnread}, u["message"])
	}
	return in
}

// unreadable is what an input is that nobody can read but its sender.
const unreadable = "unreadable"

// salvage finds the sender of a message that cannot be read otherwise, so that
// they can be answered.
func salvage(in bot.Input, raw json.RawMessage) bot.Input {
	var m struct {
		ID   int64 `json:"message_id"`
		Date int64 `json:"date"`
		Chat chat  `json:"chat"`
	}
	if raw == nil || json.Unmarshal(raw, &m) != nil || m.Chat.Type != private || m.Chat.ID == 0 {
		return in
	}
	in.Kind, in.Unsupported = bot.InMessage, unreadable
	in.Chat, in.MessageID, in.At = digits(m.Chat.ID), digits(m.ID), at(m.Date)
	in.Person = bot.Person{ID: in.Chat} // a private chat has the id of the person
	var f struct {
		From *user `json:"from"`
	}
	if json.Unmarshal(raw, &f) == nil && f.From != nil && f.From.ID != 0 {
		in.Person = f.From.person()
	}
	return in
}

// The readers fill in the input; false: the update cannot be read. They leave
// Kind empty for what is not for us.

func readPress(in *bot.Input, raw json.RawMessage) bool {
	var p press
	if json.Unmarshal(raw, &p) != nil || p.From == nil || p.From.ID == 0 || p.ID == "" {
		return false
	}
	in.Chat, in.Person = digits(p.From.ID), p.From.person()
	if p.Message != nil {
		// Of a message that is not accessible any more only chat and id are
		// given; it is pressed all the same.
		in.MessageID = digits(p.Message.ID)
		if p.Message.Chat != nil && p.Message.Chat.ID != 0 {
			if p.Message.Chat.Type != private && p.Message.Chat.Type != "" {
				return true
			}
			in.Chat = digits(p.Message.Chat.ID)
		}
	}
	if p.From.IsBot {
		return true
	}
	in.Kind, in.Token, in.PressID = bot.InPress, sound(p.Data), sound(p.ID)
	return true
}

// readMembership reads my_chat_member: in a private chat it comes only when
// the person blocks or unblocks the bot (Bot API 10.1, Update).
func readMembership(in *bot.Input, raw json.RawMessage) bool {
	var m membership
	if json.Unmarshal(raw, &m) != nil || m.Chat == nil || m.Chat.ID == 0 || m.Chat.Type == "" || m.New == nil {
		return false
	}
	if m.Chat.Type != private {
		return true
	}
	in.Chat, in.At = digits(m.Chat.ID), at(m.Date)
	in.Person = bot.Person{ID: in.Chat}
	if m.From != nil {
		in.Person = m.From.person()
	}
	switch m.New.Status {
	case "kicked":
		in.Kind = bot.InBlocked
	case "member":
		in.Kind = bot.InUnblocked
	default:
		return false
	}
	return true
}

func (u user) person() bot.Person {
	name := strings.TrimSpace(sound(u.FirstName) + " " + sound(u.LastName))
	return bot.Person{ID: digits(u.ID), Name: name, Language: sound(u.Language)}
}

// command takes a command from the beginning of a text: "/start payload" or
// "/start@OurBot payload". A command for another bot is plain text. While our
// own name is not known, in a private chat every name must be ours.
func command(text, username string) (name, argument string) {
	rest, ok := strings.CutPrefix(text, "/")
	if !ok {
		return "", ""
	}
	word := rest
	if i := strings.IndexAny(rest, " \t\r\n"); i >= 0 {
		word, argument = rest[:i], strings.TrimSpace(rest[i:])
	}
	name, whose, named := strings.Cut(word, "@")
	if named && username != "" && !strings.EqualFold(whose, username) {
		return "", ""
	}
	// BotCommand: 1 to 32 of a-z, 0-9 and the underscore.
	if name == "" || len(name) > 32 || strings.Trim(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
		return "", ""
	}
	return strings.ToLower(name), argument
}

// sound replaces what a database or another platform would choke on: a NUL,
// and bytes that are no UTF-8.
func sound(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}

func digits(id int64) string { return strconv.FormatInt(id, 10) }

// lastSecond is the end of the year 9999: JSON has no later times.
const lastSecond = 253402300799

// at is a date of the Bot API; zero where it is none.
func at(unix int64) time.Time {
	if unix <= 0 || unix > lastSecond {
		return time.Time{}
	}
	return time.Unix(unix, 0).UTC()
}

func isNull(raw json.RawMessage) bool { return len(raw) == 0 || string(raw) == "null" }
