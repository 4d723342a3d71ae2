package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
	"github.com/heedbot/heed/bot"
)

// Send sends one message, edit or toast, and returns the platform's id of the
// message (empty for a toast). Words go out as they are, without any markup.
// Errors carry the verdicts of package bot. An edit of a message that never
// arrived is sent as a new message.
func (d *Door) Send(ctx context.Context, s bot.Sending) (string, error) {
	switch {
	case s.Toast != nil:
		return "", d.verdict(d.toast(ctx, *s.Toast))
	case s.Message == nil:
		return "", bot.Undeliverable(errors.New("send to telegram: neither a message nor a toast"))
	}
	chat, err := strconv.ParseInt(s.To.Chat, 10, 64)
	if err != nil || chat == 0 {
		return "", bot.Undeliverable(errors.New("send to telegram: the chat is no number"))
	}
	if s.EditID != "" {
		id, err := d.edit(ctx, chat, s.EditID, *s.Message)
		return id, d.verdict(err)
	}
	id, err := d.say(ctx, chat, *s.Message)
	return id, d.verdict(err)
}

func (d *Door) say(ctx context.Context, chat int64, m bot.Message) (string, error) {
	params := &tg.SendMessageParams{ChatID: chat, Text: m.Text, LinkPreviewOptions: noPreview()}
	if k := keyboardOf(m); k != nil {
		params.ReplyMarkup = k
	}
	result, err := d.call(ctx, "sendMessage", func(ctx context.Context, api *tg.Bot) error {
		_, err := api.SendMessage(ctx, params)
		return err
	})
	return messageID(result, ""), err
}

// edit replaces a message, its buttons too. That it says this already is
// success: an attempt whose answer was lost did it.
func (d *Door) edit(ctx context.Context, chat int64, id string, m bot.Message) (string, error) {
	n, err := strconv.Atoi(id)
	if err != nil {
		return "", bot.Undeliverable(errors.New("editMessageText: the message's id is no number"))
	}
	params := &tg.EditMessageTextParams{ChatID: chat, MessageID: n, Text: m.Text, LinkPreviewOptions: noPreview()}
	if k := keyboardOf(m); k != nil {
		params.ReplyMarkup = k
	}
	result, err := d.call(ctx, "editMessageText", func(ctx context.Context, api *tg.Bot) error {
		_, err := api.EditMessageText(ctx, params)
		return err
	})
	var r *refusal
	if errors.As(err, &r) && r.code == http.StatusBadRequest && strings.Contains(strings.ToLower(r.text), "message is not modified") {
		return id, nil
	}
	if err != nil {
		return "", err
	}
	return messageID(result, id), nil
}

// toast answers a press. One that is too old or unknown is refused with 400:
// the button has stopped spinning by itself.
func (d *Door) toast(ctx context.Context, t bot.Toast) error {
	text := cut(t.Text, maxToast)
	_, err := d.call(ctx, "answerCallbackQuery", func(ctx context.Context, api *tg.Bot) error {
		_, err := api.AnswerCallbackQuery(ctx, &tg.AnswerCallbackQueryParams{CallbackQueryID: t.PressID, Text: text})
		return err
	})
	return err
}

func noPreview() *models.LinkPreviewOptions {
	yes := true
	return &models.LinkPreviewOptions{IsDisabled: &yes}
}

func messageID(result json.RawMessage, otherwise string) string {
	var m struct {
		ID int64 `json:"message_id"`
	}
	if json.Unmarshal(result, &m) != nil || m.ID == 0 {
		return otherwise
	}
	return digits(m.ID)
}

// verdict gives an error of a call its meaning for delivery (Bot API 10.1,
// Making requests; the codes of 4xx are stable, the descriptions are not).
// Without a verdict it means: surely not sent, try again.
func (d *Door) verdict(err error) error {
	var f *failure
	if errors.As(err, &f) && f.written {
		return bot.Ambiguous(err)
	}
	var r *refusal
	if !errors.As(err, &r) {
		return err
	}
	switch {
	case r.code == http.StatusTooManyRequests:
		// Whether the chat or the whole bot is too fast is not told.
		return bot.TryAfter(err, r.after)
	case r.code >= 500, r.code < 300:
		return bot.Ambiguous(err)
	case r.code == http.StatusRequestEntityTooLarge:
		return bot.Undeliverable(err)
	case !r.spoken:
		// Some gateway's page: the message never came to Telegram, and says
		// nothing about the customer.
		return err
	case r.code == http.StatusUnauthorized, strings.Contains(r.text, "Logged out"):
		d.log().Error("telegram refuses the token, nothing can be sent; see HEED_TELEGRAM_TOKEN", "channel", bot.Telegram, "err", err)
		return bot.TryAfter(fmt.Errorf("HEED_TELEGRAM_TOKEN: %w", err), stoppedPause)
	case r.code == http.StatusForbidden:
		return bot.Blocked(err)
	case r.code == http.StatusBadRequest, r.code == http.StatusNotFound:
		return bot.Undeliverable(err)
	}
	return err
}
