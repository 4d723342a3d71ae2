package sandbox

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// Phone is one customer's Telegram app, open at the chat with the bot.
type Phone struct {
	t  *Telegram
	ch *tgChat
}

// Phone returns the phone of a user; the same id gives the same chat. A later call with other names or another
// language changes them, as a user would in the settings. The bot can't write to the chat before the user did.
func (t *Telegram) Phone(u User) *Phone {
	t.mu.Lock()
	defer t.mu.Unlock()
	ch, ok := t.chats[u.ID]
	if !ok {
		ch = &tgChat{}
		t.chats[u.ID] = ch
	}
	ch.user = u
	return &Phone{t: t, ch: ch}
}

// User returns the user as they are now.
func (p *Phone) User() User {
	p.t.mu.Lock()
	defer p.t.mu.Unlock()
	return p.ch.user
}

// Start presses the Start button, or opens a link t.me/<bot>?start=payload.
func (p *Phone) Start(payload string) {
	p.Text(strings.TrimSpace("/start " + payload))
}

// Text sends a text. The app cuts a long one into messages of 4096 UTF-16 units; the last one is returned. A
// blank text is not sent. Writing to a bot the person had blocked unblocks it.
func (p *Phone) Text(s string) Message {
	p.t.mu.Lock()
	defer p.t.mu.Unlock()
	var last Message
	all, _ := trim(clean(s), nil)
	for rest := utf16.Encode([]rune(all)); len(rest) > 0; {
		n := min(len(rest), maxText)
		if n < len(rest) && utf16.IsSurrogate(rune(rest[n-1])) && rest[n-1] < 0xDC00 {
			n--
		}
		part, _ := trim(string(utf16.Decode(rest[:n])), nil)
		rest = rest[n:]
		if part != "" {
			last = p.send(&tgEntry{text: part})
		}
	}
	return last
}

// Reply sends a text as a reply to a message.
func (p *Phone) Reply(messageID int64, s string) Message {
	p.t.mu.Lock()
	defer p.t.mu.Unlock()
	text, _ := trim(clean(s), nil)
	if text == "" {
		return Message{}
	}
	return p.send(&tgEntry{text: text, replyTo: messageID})
}

// send puts a message of the customer in the chat and tells the bot. The caller holds mu.
func (p *Phone) send(e *tgEntry) Message {
	p.unblock()
	p.ch.started = true
	e.entities = withFound(e.text, nil)
	p.t.add(p.ch, e)
	p.t.push(p.ch.user.ID, "message", p.t.wire(p.ch, e))
	return e.seen()
}

// Edit changes the text or caption of one of the customer's own messages. An edit that changes nothing, or of
// a message that is not theirs, is not sent.
func (p *Phone) Edit(messageID int64, s string) {
	p.t.mu.Lock()
	defer p.t.mu.Unlock()
	e := p.ch.find(messageID)
	text, _ := trim(clean(s), nil)
	if e == nil || e.fromBot || e.text == text || text == "" && e.media == "" {
		return
	}
	e.text, e.entities, e.editedAt = text, withFound(text, nil), p.t.Clock.Now()
	p.t.changed()
	p.t.push(p.ch.user.ID, "edited_message", p.t.wire(p.ch, e))
}

// Press presses a button under a message. The data may be anything: Telegram passes on what an app sends, also
// for a message that has no such button or is gone.
func (p *Phone) Press(messageID int64, data string) {
	p.t.mu.Lock()
	defer p.t.mu.Unlock()
	p.press(messageID, data)
}

func (p *Phone) press(messageID int64, data string) {
	t := p.t
	t.queryCount++
	maps.DeleteFunc(t.queries, func(_ string, q *tgQuery) bool { return t.Clock.Now().Sub(q.at) > queryLife })
	id := strconv.FormatInt(p.ch.user.ID%1000<<40+4_000_000_000_000_000_000+t.queryCount, 10)
	t.queries[id] = &tgQuery{chat: p.ch, at: t.Clock.Now()}
	message := map[string]any{"chat": p.ch.wire(), "message_id": messageID, "date": 0}
	if e := p.ch.find(messageID); e != nil {
		message = t.wire(p.ch, e)
	}
	t.changed()
	t.push(p.ch.user.ID, "callback_query", map[string]any{"id": id, "from": p.ch.user.wire(), "message": message,
		"chat_instance": strconv.FormatInt(-7_000_000_000_000_000_000+p.ch.user.ID, 10), "data": data})
}

// PressLabel presses the button with this label: the newest inline one, or else one of the reply keyboard.
func (p *Phone) PressLabel(label string) error {
	p.t.mu.Lock()
	defer p.t.mu.Unlock()
	for _, e := range slices.Backward(p.ch.entries) {
		if b, ok := e.label(label); ok {
			if b.data == "" {
				return errors.New("sandbox: this button opens something and sends nothing")
			}
			p.press(e.id, b.data)
			return nil
		}
	}
	for _, row := range p.ch.keyboard {
		if slices.Contains(row, label) {
			p.send(&tgEntry{text: label})
			return nil
		}
	}
	return errors.New("sandbox: no button with this label")
}

// Keyboard returns the labels of the reply keyboard shown instead of letters, if any.
func (p *Phone) Keyboard() [][]string {
	p.t.mu.Lock()
	defer p.t.mu.Unlock()
	return slices.Clone(p.ch.keyboard)
}

// Block blocks the bot: it is told, and its messages are refused with 403 from then on.
func (p *Phone) Block() {
	p.t.mu.Lock()
	defer p.t.mu.Unlock()
	if p.ch.blocked {
		return
	}
	p.ch.blocked = true
	p.member("member", "kicked")
}

// Unblock takes a Block back.
func (p *Phone) Unblock() {
	p.t.mu.Lock()
	defer p.t.mu.Unlock()
	p.unblock()
}

func (p *Phone) unblock() {
	if p.ch.blocked {
		p.ch.blocked = false
		p.member("kicked", "member")
	}
}

// member tells the bot of a change in my_chat_member. The caller holds mu.
func (p *Phone) member(from, to string) {
	status := func(s string) map[string]any {
		m := map[string]any{"user": p.t.bot(), "status": s}
		if s == "kicked" {
			m["until_date"] = 0
		}
		return m
	}
	p.t.changed()
	p.t.push(p.ch.user.ID, "my_chat_member", map[string]any{"chat": p.ch.wire(), "from": p.ch.user.wire(),
		"date": p.t.Clock.Now().Unix(), "old_chat_member": status(from), "new_chat_member": status(to)})
}

// Raw sends any update; update_id is filled in. It is not filtered by allowed_updates, as real updates made
// before a change of the list are not.
func (p *Phone) Raw(update map[string]any) {
	p.t.mu.Lock()
	defer p.t.mu.Unlock()
	copied := map[string]any{}
	for k, v := range update {
		copied[k] = v
	}
	p.t.enqueue(p.ch.user.ID, copied)
}

// Messages returns the chat as the person sees it, both sides, oldest first.
func (p *Phone) Messages() []Message {
	p.t.mu.Lock()
	defer p.t.mu.Unlock()
	var seen []Message
	for _, e := range p.ch.entries {
		seen = append(seen, e.seen())
	}
	return seen
}

// Toasts returns the texts of the answers to presses, oldest first.
func (p *Phone) Toasts() []string {
	p.t.mu.Lock()
	defer p.t.mu.Unlock()
	return slices.Clone(p.ch.toasts)
}

// Spinning returns how many buttons pressed in the last 15 minutes still show a spinner, because the bot has not
// answered the press.
func (p *Phone) Spinning() int {
	p.t.mu.Lock()
	defer p.t.mu.Unlock()
	n := 0
	for _, q := range p.t.queries {
		if q.chat == p.ch && !q.answered && p.t.Clock.Now().Sub(q.at) <= queryLife {
			n++
		}
	}
	return n
}

// Action returns what the header of the chat says the bot is doing ("typing"), for 5 seconds after
// sendChatAction or until its next message.
func (p *Phone) Action() string {
	p.t.mu.Lock()
	defer p.t.mu.Unlock()
	if p.t.Clock.Now().Sub(p.ch.actionAt) > 5*time.Second {
		return ""
	}
	return p.ch.action
}

// Commands returns the bot's menu in this chat, in the phone's language.
func (p *Phone) Commands() []BotCommand {
	p.t.mu.Lock()
	defer p.t.mu.Unlock()
	chat := "chat " + strconv.FormatInt(p.ch.user.ID, 10)
	return slices.Clone(p.t.menu(p.ch.user.LanguageCode, chat, "all_private_chats", "default"))
}
