package sandbox_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"github.com/heedbot/heed/bot/sandbox"
)

func TestTelegramConversationThroughTheLibrary(t *testing.T) {
	w := newTGWorld(t)
	ctx, b := context.Background(), w.sdk()
	sent, err := b.SendMessage(ctx, &bot.SendMessageParams{ChatID: linh.ID, Text: "Is it <b>true</b> &amp; fair?\n", ParseMode: models.ParseModeHTML,
		LinkPreviewOptions: &models.LinkPreviewOptions{IsDisabled: bot.True()},
		ReplyParameters:    &models.ReplyParameters{MessageID: 1},
		ReplyMarkup: models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{
			{Text: "Yes", CallbackData: "t:yes"}, {Text: "Site", URL: "https://example.com/x"}}}}})
	if err != nil {
		t.Fatal(err)
	}
	if sent.Text != "Is it true & fair?" || len(sent.Entities) != 1 || sent.Entities[0].Offset != 6 || sent.Entities[0].Length != 4 || sent.ReplyToMessage.Text != "/start" {
		t.Errorf("returned message: %+v", sent)
	}
	seen := w.last()
	if !seen.FromBot || seen.Text != "Is it true & fair?" || seen.ReplyTo != 1 || seen.Buttons[0][0] != (sandbox.Button{Text: "Yes", Data: "t:yes"}) || seen.Buttons[0][1].URL == "" {
		t.Errorf("seen: %+v", seen)
	}
	if err := w.phone.PressLabel("No"); err == nil {
		t.Error("there is no such button")
	}
	if err := w.phone.PressLabel("Yes"); err != nil {
		t.Fatal(err)
	}
	u := w.updates(0)
	press := u[len(u)-1].Callback
	if press.Data != "t:yes" || press.Message.ID != int64(sent.ID) || w.phone.Spinning() != 1 {
		t.Errorf("press: %+v", press)
	}
	if _, err := b.AnswerCallbackQuery(ctx, &bot.AnswerCallbackQueryParams{CallbackQueryID: press.ID, Text: "Noted"}); err != nil {
		t.Fatal(err)
	}
	if got := w.phone.Toasts(); len(got) != 1 || got[0] != "Noted" || w.phone.Spinning() != 0 {
		t.Errorf("toasts: %v", got)
	}
	if _, err := b.EditMessageText(ctx, &bot.EditMessageTextParams{ChatID: linh.ID, MessageID: sent.ID, Text: "Thank you"}); err != nil {
		t.Fatal(err)
	}
	if got := w.last(); got.Text != "Thank you" || !got.Edited || len(got.Buttons) != 0 {
		t.Errorf("edited: %+v", got)
	}
	_, err = b.EditMessageText(ctx, &bot.EditMessageTextParams{ChatID: linh.ID, MessageID: sent.ID, Text: "Thank you"})
	if !errors.Is(err, bot.ErrorBadRequest) || !strings.Contains(err.Error(), "message is not modified") {
		t.Errorf("same text: %v", err)
	}
	if _, err := b.SetMessageReaction(ctx, &bot.SetMessageReactionParams{ChatID: linh.ID, MessageID: 1, Reaction: []models.ReactionType{
		{Type: models.ReactionTypeTypeEmoji, ReactionTypeEmoji: &models.ReactionTypeEmoji{Type: models.ReactionTypeTypeEmoji, Emoji: "👀"}}}}); err != nil {
		t.Fatal(err)
	}
	if got := w.phone.Messages()[0].Reaction; got != "👀" {
		t.Errorf("reaction %q", got)
	}
	if _, err := b.SendChatAction(ctx, &bot.SendChatActionParams{ChatID: linh.ID, Action: models.ChatActionTyping}); err != nil || w.phone.Action() != "typing" {
		t.Errorf("action %q, %v", w.phone.Action(), err)
	}
	if _, err := b.DeleteMessage(ctx, &bot.DeleteMessageParams{ChatID: linh.ID, MessageID: 1}); err != nil {
		t.Fatal(err)
	}
	if got := w.phone.Messages()[0]; !got.Deleted || got.Text != "" {
		t.Errorf("deleted: %+v", got)
	}
}

func TestTelegramProfile(t *testing.T) {
	w := newTGWorld(t)
	ctx, b := context.Background(), w.sdk()
	set := func(lang string, commands ...models.BotCommand) error {
		_, err := b.SetMyCommands(ctx, &bot.SetMyCommandsParams{Commands: commands, LanguageCode: lang, Scope: &models.BotCommandScopeAllPrivateChats{}})
		return err
	}
	if err := errors.Join(set("", models.BotCommand{Command: "help", Description: "Help"}), set("vi", models.BotCommand{Command: "help", Description: "Trợ giúp"})); err != nil {
		t.Fatal(err)
	}
	if got := w.tg.Commands("vi-VN"); len(got) != 1 || got[0].Description != "Trợ giúp" {
		t.Errorf("vi: %v", got)
	}
	if got := w.tg.Commands("pt-br"); len(got) != 1 || got[0].Description != "Help" {
		t.Errorf("pt-br falls back: %v", got)
	}
	got, err := b.GetMyCommands(ctx, &bot.GetMyCommandsParams{LanguageCode: "vi", Scope: &models.BotCommandScopeAllPrivateChats{}})
	if err != nil || len(got) != 1 || got[0].Description != "Trợ giúp" {
		t.Errorf("get: %v %v", got, err)
	}
	for what, err := range map[string]error{
		"invalid language code":           set("pt-br", models.BotCommand{Command: "help", Description: "x"}),
		"BOT_COMMAND_INVALID":             set("", models.BotCommand{Command: "Help", Description: "x"}),
		"BOT_COMMAND_DESCRIPTION_INVALID": set("", models.BotCommand{Command: "help", Description: strings.Repeat("a", 257)}),
		"BOT_COMMANDS_TOO_MUCH":           set("", make([]models.BotCommand, 101)...),
	} {
		if err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("want %q, got %v", what, err)
		}
	}
	w.must("setMyDescription", map[string]any{"description": "Xin chào", "language_code": "vi"}, nil)
	w.must("setMyDescription", map[string]any{"description": "Hello"}, nil)
	if w.tg.Description("vi") != "Xin chào" || w.tg.Description("fr") != "Hello" {
		t.Errorf("descriptions: %q %q", w.tg.Description("vi"), w.tg.Description("fr"))
	}
	w.refuse(400, "too long", "setMyDescription", map[string]any{"description": strings.Repeat("a", 513)})
	w.refuse(400, "too long", "setMyShortDescription", map[string]any{"short_description": strings.Repeat("a", 121)})
	w.refuse(400, "too long", "setMyName", map[string]any{"name": strings.Repeat("a", 65)})
	w.must("setMyName", map[string]any{"name": "Heed"}, nil)
	w.must("setMyShortDescription", map[string]any{"short_description": "short"}, nil)
	var short struct {
		Text string `json:"short_description"`
	}
	if w.must("getMyShortDescription", nil, &short); short.Text != "short" {
		t.Errorf("short description %q", short.Text)
	}
	if me, err := b.GetMe(ctx); err != nil || me.FirstName != "Heed" || me.ID != 7000001 || !me.IsBot {
		t.Errorf("me: %+v %v", me, err)
	}
}

func TestTelegramBlockedAndStrangers(t *testing.T) {
	w := newTGWorld(t)
	b := w.sdk()
	stranger := w.tg.Phone(sandbox.User{ID: 42, FirstName: "Ann"})
	send := func(id int64) error {
		return tgErr(b.SendMessage(context.Background(), &bot.SendMessageParams{ChatID: id, Text: "hi"}))
	}
	if err := send(42); !errors.Is(err, bot.ErrorForbidden) || !strings.Contains(err.Error(), "can't initiate conversation") {
		t.Errorf("stranger: %v", err)
	}
	if err := send(43); !errors.Is(err, bot.ErrorBadRequest) || !strings.Contains(err.Error(), "chat not found") {
		t.Errorf("nobody: %v", err)
	}
	stranger.Start("store-7")
	if m := stranger.Messages(); m[0].Text != "/start store-7" || send(42) != nil {
		t.Errorf("after start: %+v", m)
	}
	w.phone.Block()
	if err := send(linh.ID); !errors.Is(err, bot.ErrorForbidden) || !strings.Contains(err.Error(), "bot was blocked by the user") {
		t.Errorf("blocked: %v", err)
	}
	w.phone.Unblock()
	if err := send(linh.ID); err != nil {
		t.Errorf("unblocked: %v", err)
	}
}

func TestTelegramFloodLimits(t *testing.T) {
	w := newTGWorld(t)
	w.tg.PerChat, w.tg.PerSecond = 2*time.Second, 2
	for i := range 3 {
		w.tg.Phone(sandbox.User{ID: int64(100 + i), FirstName: "A"}).Start("")
	}
	send := func(id int) tgAnswer { return w.call("sendMessage", map[string]any{"chat_id": id, "text": "x"}) }
	if a := send(100); !a.OK {
		t.Fatal(a.Description)
	}
	if a := send(100); a.Code != 429 || a.Parameters.RetryAfter != 2 {
		t.Errorf("too soon in one chat: %+v", a)
	}
	if a := send(101); !a.OK {
		t.Errorf("other chat: %+v", a)
	}
	if a := send(102); a.Code != 429 || a.Parameters.RetryAfter != 1 {
		t.Errorf("too many in a second: %+v", a)
	}
	w.clock.Advance(2 * time.Second)
	if a := send(100); !a.OK {
		t.Errorf("after the wait: %+v", a)
	}
}

func TestTelegramFaults(t *testing.T) {
	w := newTGWorld(t)
	b := w.sdk()
	send := func(text string) error {
		return tgErr(b.SendMessage(context.Background(), &bot.SendMessageParams{ChatID: linh.ID, Text: text}))
	}
	w.tg.Fail(sandbox.Fault{Method: "sendMessage", Status: 429, RetryAfter: 7})
	var tooMany *bot.TooManyRequestsError
	if err := send("a"); !errors.As(err, &tooMany) || tooMany.RetryAfter != 7 {
		t.Errorf("429: %v", err)
	}
	w.tg.Fail(sandbox.Fault{Method: "sendmessage", Status: 403})
	if err := send("b"); !errors.Is(err, bot.ErrorForbidden) {
		t.Errorf("403: %v", err)
	}
	w.tg.Fail(sandbox.Fault{Status: 500, Times: 2})
	for range 2 {
		if err := send("c"); err == nil || !strings.Contains(err.Error(), "500") {
			t.Errorf("500: %v", err)
		}
	}
	w.tg.Fail(sandbox.Fault{HTML: true})
	if err := send("d"); err == nil || !strings.Contains(err.Error(), "Bad Gateway") {
		t.Errorf("HTML: %v", err)
	}
	if n := len(w.phone.Messages()); n != 1 {
		t.Errorf("refused messages must not arrive: %d", n)
	}
	w.tg.Fail(sandbox.Fault{Method: "sendMessage", DropAfterAccept: true})
	if err := send("possibly sent"); err == nil {
		t.Error("no answer must be an error")
	}
	if w.last().Text != "possibly sent" {
		t.Errorf("the message was accepted: %+v", w.last())
	}
	w.tg.Fail(sandbox.Fault{Method: "getMe", Delay: time.Millisecond})
	if err := send("fine"); err != nil {
		t.Errorf("a fault of another method: %v", err)
	}
	if _, err := b.GetMe(context.Background()); err != nil {
		t.Errorf("a delay alone is no failure: %v", err)
	}
	sent := 0
	for _, c := range w.tg.Calls() {
		if c.Method == "sendMessage" && c.Params["chat_id"] == fmt.Sprint(linh.ID) {
			sent++
		}
	}
	if sent != 7 {
		t.Errorf("calls tell of every try: %d", sent)
	}
}

func TestTelegramBodies(t *testing.T) {
	w := newTGWorld(t)
	base := w.url + "/bot" + tgToken
	form := "application/x-www-form-urlencoded"
	if a := w.post(base+"/SENDMESSAGE?chat_id=5000000001", form, []byte("text=h%C3%A9")); !a.OK || w.last().Text != "hé" {
		t.Errorf("urlencoded: %+v", a)
	}
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	_ = m.WriteField("chat_id", "5000000001")
	_ = m.WriteField("text", "in parts")
	_ = m.Close()
	if a := w.post(base+"/sendMessage", m.FormDataContentType(), body.Bytes()); !a.OK || w.last().Text != "in parts" {
		t.Errorf("multipart: %+v", a)
	}
	if a := w.post(base+"/sendMessage", m.FormDataContentType(), body.Bytes()[:body.Len()-8]); a.OK {
		t.Error("a form cut short was accepted")
	}
	if a := w.post(base+"/getMe", m.FormDataContentType(), nil); !a.OK {
		t.Errorf("empty multipart: %+v", a)
	}
	if a := w.post(base+"/getMe", "text/plain", []byte("x")); a.Code != 400 {
		t.Errorf("text/plain: %+v", a)
	}
	for url, code := range map[string]int{
		w.url + "/bot7000001:wrong/getMe": 401, w.url + "/botnonsense/getMe": 401, w.url + "/": 404, base + "/sendNonsense": 404,
		w.url + "/file/bot" + tgToken + "/documents/file_1": 404, w.url + "/file/bot1:x/documents/file_1": 401,
	} {
		if a := w.post(url, "application/json", nil); a.Code != code {
			t.Errorf("%s: %+v, want %d", strings.TrimPrefix(url, w.url), a, code)
		}
	}
}

func TestTelegramSubscribe(t *testing.T) {
	w := newTGWorld(t)
	ch, cancel := w.tg.Subscribe()
	w.must("sendMessage", map[string]any{"chat_id": linh.ID, "text": "x"}, nil)
	select {
	case <-ch:
	case <-time.After(10 * time.Second):
		t.Fatal("no word of the new message")
	}
	cancel()
	w.phone.Text("y")
	select {
	case <-ch:
		t.Error("told after cancel")
	default:
	}
}

func TestTelegramWithoutAServer(t *testing.T) {
	tg := sandbox.NewTelegram(nil, tgToken)
	defer tg.Close()
	defer func() {
		if r := recover(); r != http.ErrAbortHandler {
			t.Errorf("want http.ErrAbortHandler where the connection can't be closed, got %v", r)
		}
	}()
	tg.Fail(sandbox.Fault{DropAfterAccept: true})
	tg.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("POST", "/bot"+tgToken+"/getMe", nil))
}

func tgErr[T any](_ T, err error) error { return err }
