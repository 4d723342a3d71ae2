package sandbox_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"github.com/heedbot/heed/bot/sandbox"
)

type tgObj = map[string]any

// with adds parameters to a message for the customer.
func tgWith(params tgObj) tgObj {
	all := tgObj{"chat_id": linh.ID, "text": "x"}
	for k, v := range params {
		if all[k] = v; v == nil {
			delete(all, k)
		}
	}
	return all
}

func tgKeyboard(buttons ...tgObj) tgObj {
	return tgObj{"reply_markup": tgObj{"inline_keyboard": [][]tgObj{buttons}}}
}

func TestTelegramSendMessageRefusals(t *testing.T) {
	w := newTGWorld(t)
	many := make([]tgObj, 101)
	for i := range many {
		many[i] = tgObj{"text": "x", "callback_data": "x"}
	}
	for _, c := range []struct {
		words  string
		params tgObj
	}{
		{"message text is empty", tgObj{"text": nil}},
		{"message text is empty", tgObj{"text": ""}},
		{"message text is empty", tgObj{"text": " \n\u200b "}},
		{"message text is empty", tgObj{"text": "<b> </b>", "parse_mode": "HTML"}},
		{"message is too long", tgObj{"text": strings.Repeat("a", 4097)}},
		{"message is too long", tgObj{"text": strings.Repeat("😀", 2049)}},
		{"chat_id is empty", tgObj{"chat_id": nil}},
		{"chat not found", tgObj{"chat_id": 1}},
		{"chat not found", tgObj{"chat_id": "@someone"}},
		{"unsupported parse_mode", tgObj{"parse_mode": "BBCode"}},
		{"message to be replied not found", tgObj{"reply_parameters": tgObj{"message_id": 99}}},
		{`unknown parameter "disable_web_page_preview"`, tgObj{"disable_web_page_preview": true}},
		{`parameter "text" must be of type String`, tgObj{"text": 5}},
		{`parameter "protect_content" must be of type Boolean`, tgObj{"protect_content": "maybe"}},
		{`parameter "message_thread_id" must be of type Integer`, tgObj{"message_thread_id": "x"}},
		{"message thread not found", tgObj{"message_thread_id": 5}},
		{"business connection not found", tgObj{"business_connection_id": "b"}},
		{"link_preview_options has unknown field", tgObj{"link_preview_options": tgObj{"disabled": true}}},
		{"link_preview_options.is_disabled must be of type Boolean", tgObj{"link_preview_options": tgObj{"is_disabled": "true"}}},
		{"can't parse link_preview_options", tgObj{"link_preview_options": "{"}},
		{`field "message_id" of reply_parameters is required`, tgObj{"reply_parameters": tgObj{}}},
		{"outside of the text", tgObj{"entities": []tgObj{{"type": "bold", "offset": 0, "length": 2}}}},
		{"Unsupported type", tgObj{"entities": []tgObj{{"type": "big", "offset": 0, "length": 1}}}},
		{"reply_markup must be of type", tgObj{"reply_markup": tgObj{"buttons": 1}}},
		{"must be an Array", tgObj{"reply_markup": tgObj{"inline_keyboard": "x"}}},
		{"button text must be non-empty", tgKeyboard(tgObj{"text": " ", "callback_data": "x"})},
		{`field "text"`, tgKeyboard(tgObj{"callback_data": "x"})},
		{"Text buttons are unallowed", tgKeyboard(tgObj{"text": "x"})},
		{"Text buttons are unallowed", tgKeyboard(tgObj{"text": "x", "callback_data": "", "copy_text": tgObj{"text": ""}})},
		{"exactly one action", tgKeyboard(tgObj{"text": "x", "callback_data": "x", "url": "https://example.com"})},
		{"BUTTON_DATA_INVALID", tgKeyboard(tgObj{"text": "x", "callback_data": strings.Repeat("é", 33)})},
		{"URL is invalid", tgKeyboard(tgObj{"text": "x", "url": "javascript:alert(1)"})},
		{"invalid button style", tgKeyboard(tgObj{"text": "x", "callback_data": "x", "style": "pink"})},
		{"unknown field", tgKeyboard(tgObj{"text": "x", "callback_data": "x", "color": "red"})},
		{"must be of type String", tgKeyboard(tgObj{"text": "x", "callback_data": 5})},
		{"reply markup is too long", tgKeyboard(many...)},
		{"placeholder is too long", tgObj{"reply_markup": tgObj{"force_reply": true, "input_field_placeholder": strings.Repeat("a", 65)}}},
	} {
		w.refuse(400, c.words, "sendMessage", tgWith(c.params))
	}
	if n := len(w.phone.Messages()); n != 1 {
		t.Errorf("a refused message arrived: %d", n)
	}
}

func TestTelegramSendMessageAccepts(t *testing.T) {
	w := newTGWorld(t)
	for _, params := range []tgObj{
		{"text": strings.Repeat("a", 4096)},
		{"text": "<b>" + strings.Repeat("a", 4096) + "</b>", "parse_mode": "html"},
		{"text": strings.Repeat("😀", 2048)},
		{"chat_id": "5000000001"},
		{"reply_parameters": tgObj{"message_id": 99, "allow_sending_without_reply": true}},
		{"reply_parameters": `{"message_id":1}`},
		{"disable_notification": "true", "protect_content": true},
		tgKeyboard(tgObj{"text": "x", "callback_data": strings.Repeat("é", 32), "copy_text": tgObj{"text": ""}, "pay": false}),
		{"reply_markup": tgObj{"keyboard": [][]any{{"plain", tgObj{"text": "number", "request_contact": true}}}}},
		{"reply_markup": nil},
	} {
		w.must("sendMessage", tgWith(params), nil)
	}
	if got := w.phone.Keyboard(); len(got) != 1 || !slices.Equal(got[0], []string{"plain", "number"}) {
		t.Errorf("keyboard: %v", got)
	}
	if err := w.phone.PressLabel("plain"); err != nil || w.last().Text != "plain" || w.last().FromBot {
		t.Errorf("a reply keyboard sends text: %v %+v", err, w.last())
	}
	w.must("sendMessage", tgWith(tgObj{"reply_markup": tgObj{"remove_keyboard": true}}), nil)
	if w.phone.Keyboard() != nil {
		t.Error("the keyboard must go")
	}
}

func TestTelegramFormatting(t *testing.T) {
	w := newTGWorld(t)
	show := func(m sandbox.Message) string {
		b, _ := json.Marshal(m.Entities)
		return m.Text + " " + string(b)
	}
	for _, c := range []struct{ mode, text, want string }{
		{"HTML", "é😀 <b>bold <i>both</i></b>", `é😀 bold both [{"type":"bold","offset":4,"length":9},{"type":"italic","offset":9,"length":4}]`},
		{"HTML", "&lt;b&gt; &quot;&#39;&#x1F600;", `<b> "'😀 null`},
		{"HTML", `<a href="https://example.com/?a=1&amp;b=2">here</a>`, `here [{"type":"text_link","offset":0,"length":4,"url":"https://example.com/?a=1\u0026b=2"}]`},
		{"HTML", `<a href="nonsense">here</a>`, `here null`},
		{"HTML", `<pre><code class="language-go">x</code></pre>`, `x [{"type":"pre","offset":0,"length":1,"language":"go"}]`},
		{"HTML", "<blockquote expandable>q</blockquote><tg-spoiler>s</tg-spoiler>", `qs [{"type":"expandable_blockquote","offset":0,"length":1},{"type":"spoiler","offset":1,"length":1}]`},
		{"HTML", "\n <u>trimmed </u> \r\n", `trimmed [{"type":"underline","offset":0,"length":7}]`},
		{"", "see https://example.com/start, mail a@b.co, /help", `see https://example.com/start, mail a@b.co, /help [{"type":"url","offset":4,"length":25},{"type":"email","offset":36,"length":6},{"type":"bot_command","offset":44,"length":5}]`},
		{"MarkdownV2", `*b _i_* __u__ ~s~ ||p|| 1\.5 [l](https://example.com/\)) ` + "`c.`", `b i u s p 1.5 l c. [{"type":"bold","offset":0,"length":3},{"type":"italic","offset":2,"length":1},` +
			`{"type":"underline","offset":4,"length":1},{"type":"strikethrough","offset":6,"length":1},{"type":"spoiler","offset":8,"length":1},` +
			`{"type":"text_link","offset":14,"length":1,"url":"https://example.com/)"},{"type":"code","offset":16,"length":2}]`},
		{"MarkdownV2", ">q\n>r\nx", "q\nr\nx " + `[{"type":"blockquote","offset":0,"length":3}]`},
		{"MarkdownV2", "```go\nx*\n```", `x* [{"type":"pre","offset":0,"length":2,"language":"go"}]`},
		{"Markdown", `*b* a.b \_ ` + "`c`", `b a.b _ c [{"type":"bold","offset":0,"length":1},{"type":"code","offset":8,"length":1}]`},
	} {
		w.must("sendMessage", tgWith(tgObj{"text": c.text, "parse_mode": c.mode}), nil)
		if got := show(w.last()); got != c.want {
			t.Errorf("%s %q:\n got %s\nwant %s", c.mode, c.text, got, c.want)
		}
	}
	for _, c := range []struct{ mode, text, words string }{
		{"HTML", "<div>x</div>", `Unsupported start tag "div" at byte offset 0`},
		{"HTML", "a < b", `Unsupported start tag "" at byte offset 2`},
		{"HTML", "<b>x", `Can't find end tag corresponding to start tag "b"`},
		{"HTML", "<b><i>x</b></i>", `Unmatched end tag at byte offset 7, expected "</i>", found "</b>"`},
		{"HTML", "x</b>", "Unexpected end tag at byte offset 1"},
		{"HTML", "<a href='x", "Unclosed start tag"},
		{"HTML", "<span>x</span>", `must have class "tg-spoiler"`},
		{"HTML", "fish & chips", `Unescaped "&" at byte offset 5`},
		{"HTML", "&nbsp;", `Unescaped "&"`},
		{"MarkdownV2", "1.5", "Character '.' is reserved"},
		{"MarkdownV2", "*x", "Can't find end of Bold entity at byte offset 0"},
		{"MarkdownV2", "[x](y", "Can't find end of a URL"},
		{"Markdown", "_x", "Can't find end of the entity starting at byte offset 0"},
	} {
		a := w.call("sendMessage", tgWith(tgObj{"text": c.text, "parse_mode": c.mode}))
		if a.Code != 400 || !strings.HasPrefix(a.Description, "Bad Request: can't parse entities: ") || !strings.Contains(a.Description, c.words) {
			t.Errorf("%s %q: %+v", c.mode, c.text, a)
		}
	}
}

func TestTelegramEditAndDeleteRefusals(t *testing.T) {
	w := newTGWorld(t)
	edit := func(id int64, more tgObj) tgObj { return tgWith(tgMore(tgObj{"message_id": id}, more)) }
	w.must("sendMessage", tgWith(tgKeyboard(tgObj{"text": "go", "callback_data": "d"})), nil)
	asked := w.last().ID
	w.must("sendMessage", tgWith(tgObj{"reply_markup": tgObj{"force_reply": true}}), nil)
	forced := w.last().ID
	w.refuse(400, "message to edit not found", "editMessageText", edit(99, nil))
	w.refuse(400, "message can't be edited", "editMessageText", edit(1, nil))
	w.refuse(400, "message can't be edited", "editMessageText", edit(forced, nil))
	w.refuse(400, "message identifier is not specified", "editMessageText", tgObj{"text": "x"})
	w.refuse(400, "no caption in the message", "editMessageCaption", tgObj{"chat_id": linh.ID, "message_id": asked, "caption": "x"})
	w.refuse(400, "message is not modified", "editMessageText", edit(asked, tgKeyboard(tgObj{"text": "go", "callback_data": "d"})))
	w.must("editMessageReplyMarkup", tgObj{"chat_id": linh.ID, "message_id": asked}, nil)
	if m := w.phone.Messages()[1]; len(m.Buttons) != 0 || m.Edited || m.Text != "x" {
		t.Errorf("buttons taken away: %+v", m)
	}
	w.refuse(400, "message is not modified", "editMessageReplyMarkup", tgObj{"chat_id": linh.ID, "message_id": asked, "reply_markup": tgObj{"inline_keyboard": []any{}}})
	w.refuse(400, "keyboard", "editMessageReplyMarkup", tgObj{"chat_id": linh.ID, "message_id": asked, "reply_markup": tgObj{"keyboard": [][]string{{"x"}}}})

	w.refuse(400, "message to delete not found", "deleteMessage", tgObj{"chat_id": linh.ID, "message_id": 99})
	w.must("deleteMessages", tgObj{"chat_id": linh.ID, "message_ids": []int64{1, 99}}, nil)
	if !w.phone.Messages()[0].Deleted {
		t.Error("the customer's message must be gone")
	}
	w.clock.Advance(49 * time.Hour)
	w.refuse(400, "can't be deleted", "deleteMessage", tgObj{"chat_id": linh.ID, "message_id": asked})
	w.phone.Block()
	w.refuse(403, "blocked by the user", "editMessageText", edit(asked, tgObj{"text": "y"}))
}

func tgMore(a, b tgObj) tgObj {
	for k, v := range b {
		a[k] = v
	}
	return a
}

func TestTelegramCallbackRefusals(t *testing.T) {
	w := newTGWorld(t)
	w.refuse(400, "query is too old", "answerCallbackQuery", tgObj{"callback_query_id": "1"})
	w.phone.Press(1, "x")
	u := w.updates(0)
	id := u[len(u)-1].Callback.ID
	w.refuse(400, "MESSAGE_TOO_LONG", "answerCallbackQuery", tgObj{"callback_query_id": id, "text": strings.Repeat("a", 201)})
	w.clock.Advance(16 * time.Minute)
	w.refuse(400, "query is too old", "answerCallbackQuery", tgObj{"callback_query_id": id})
	if len(w.phone.Toasts()) != 0 {
		t.Error("a refused toast was shown")
	}
}

func TestTelegramOtherRefusals(t *testing.T) {
	w := newTGWorld(t)
	w.refuse(400, "REACTION_INVALID", "setMessageReaction", tgObj{"chat_id": linh.ID, "message_id": 1, "reaction": []tgObj{{"type": "emoji", "emoji": "✅"}}})
	w.refuse(400, "REACTIONS_TOO_MANY", "setMessageReaction", tgObj{"chat_id": linh.ID, "message_id": 1, "reaction": []tgObj{{"type": "emoji", "emoji": "👍"}, {"type": "emoji", "emoji": "👀"}}})
	w.refuse(400, "message to react not found", "setMessageReaction", tgObj{"chat_id": linh.ID, "message_id": 9, "reaction": []tgObj{{"type": "emoji", "emoji": "👍"}}})
	w.must("setMessageReaction", tgObj{"chat_id": linh.ID, "message_id": 1, "reaction": []tgObj{{"type": "emoji", "emoji": "❤️"}}}, nil)
	w.refuse(400, "wrong parameter action", "sendChatAction", tgObj{"chat_id": linh.ID, "action": "thinking"})
	w.refuse(400, "unsupported type", "setMyCommands", tgObj{"commands": []tgObj{}, "scope": tgObj{"type": "everyone"}})
	w.refuse(400, "chat not found", "setMyCommands", tgObj{"commands": []tgObj{}, "scope": tgObj{"type": "chat", "chat_id": 77}})
	w.refuse(400, `parameter "commands" is required`, "setMyCommands", nil)
	w.must("setMyCommands", tgObj{"commands": []tgObj{{"command": "mine", "description": "Mine"}}, "scope": tgObj{"type": "chat", "chat_id": linh.ID}}, nil)
	if got := w.phone.Commands(); len(got) != 1 || got[0].Command != "mine" || len(w.tg.Commands("vi")) != 0 {
		t.Errorf("a chat's own menu: %v", got)
	}
	w.refuse(429, "retry after 600", "close", nil)
	w.clock.Advance(10 * time.Minute)
	w.must("close", nil, nil)
	w.must("logOut", nil, nil)
	w.refuse(400, "Logged out", "getMe", nil)
	w.clock.Advance(10 * time.Minute)
	w.must("getMe", nil, nil)
}

func TestTelegramPhoneCutsLongTexts(t *testing.T) {
	w := newTGWorld(t)
	w.phone.Text(strings.Repeat("a", 4095) + "😀" + "tail")
	all := w.phone.Messages()
	if len(all) != 3 || len(all[1].Text) != 4095 || all[2].Text != "😀tail" {
		t.Errorf("%d messages, last %q", len(all), all[len(all)-1].Text)
	}
	if m := w.phone.Text("  \n"); m.ID != 0 || len(w.phone.Messages()) != 3 {
		t.Error("a blank text must not be sent")
	}
}

func TestTelegramManyAtOnce(t *testing.T) {
	w := newTGWorld(t)
	b := w.sdk()
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			p := w.tg.Phone(sandbox.User{ID: int64(200 + i), FirstName: "A"})
			for range 5 {
				p.Text("hello")
				if _, err := b.SendMessage(context.Background(), &bot.SendMessageParams{ChatID: 200 + i, Text: "hi", ReplyMarkup: models.ForceReply{ForceReply: true}}); err != nil {
					t.Errorf("send: %v", err)
				}
			}
			if n := len(p.Messages()); n != 10 {
				t.Errorf("chat %d has %d messages", i, n)
			}
		})
	}
	wg.Wait()
	seen := map[int64]bool{}
	for _, u := range w.updates(0) {
		seen[u.ID] = true
	}
	if len(seen) != 41 {
		t.Errorf("%d updates, want 41", len(seen))
	}
}
