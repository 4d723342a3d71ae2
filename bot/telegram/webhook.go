package telegram

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"

	tg "github.com/go-telegram/bot"
	"github.com/heedbot/heed/bot"
)

const (
	// maxBody is the largest update taken, in bytes. An update is some
	// kilobytes; Telegram names no limit.
	maxBody = 1 << 20
	// secretHeader carries the webhook's secret (Bot API 10.1, setWebhook). The
	// body is not signed: the secret is all there is.
	secretHeader = "X-Telegram-Bot-Api-Secret-Token"
)

var secretShape = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

// Webhook takes updates by POST. It answers 200 once the update is kept, an
// unreadable one too; 401 for a wrong secret (an empty secret lets nobody in);
// 400 for what is not JSON; 413 for a body over 1 MiB; and 500 when it could
// not be kept, so that Telegram sends it again.
func (d *Door) Webhook(secret string) http.Handler {
	want := sha256.Sum256([]byte(secret))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", http.MethodPost)
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		// Digests are compared, so that the time tells nothing of the length.
		got := sha256.Sum256([]byte(r.Header.Get(secretHeader)))
		if subtle.ConstantTimeCompare(want[:], got[:]) != 1 || secret == "" {
			d.log().Warn("webhook called with a wrong secret", "channel", bot.Telegram)
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		w.WriteHeader(d.take(w, r))
	})
}

// take keeps one update and returns the status to answer.
func (d *Door) take(w http.ResponseWriter, r *http.Request) int {
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooLong *http.MaxBytesError
	switch {
	case errors.As(err, &tooLong):
		d.log().Warn("webhook called with too long a body", "channel", bot.Telegram)
		return http.StatusRequestEntityTooLarge
	case err != nil:
		d.log().Warn("webhook body cannot be read", "channel", bot.Telegram, "err", d.plain(err))
		return http.StatusBadRequest
	case !json.Valid(raw):
		d.log().Warn("webhook called with a body that is not JSON", "channel", bot.Telegram)
		return http.StatusBadRequest
	}
	a := d.read(raw)
	if a.Input.Kind == "" {
		d.log().Debug("update passed over", "channel", bot.Telegram, "key", a.Input.Key)
		return http.StatusOK
	}
	if err := d.Keep.Receive(r.Context(), a); err != nil {
		d.log().Error("update could not be kept", "channel", bot.Telegram, "key", a.Input.Key, "err", err)
		return http.StatusInternalServerError
	}
	d.note(a)
	return http.StatusOK
}

// SetWebhook has Telegram deliver updates to the address, with the secret.
// Errors name the setting that is wrong; bot.Undeliverable are those that no
// further attempt can mend.
func (d *Door) SetWebhook(ctx context.Context, address, secret string) error {
	if !secretShape.MatchString(secret) {
		return bot.Undeliverable(errors.New("HEED_TELEGRAM_WEBHOOK_SECRET: 1 to 256 of the characters A-Z a-z 0-9 _ - are needed"))
	}
	_, err := d.call(ctx, "setWebhook", func(ctx context.Context, api *tg.Bot) error {
		_, err := api.SetWebhook(ctx, &tg.SetWebhookParams{
			URL: address,
			// Over several connections updates arrive in any order, and a
			// customer's words would be turned in another order than written.
			MaxConnections: 1,
			AllowedUpdates: wanted,
			SecretToken:    secret,
		})
		return err
	})
	var r *refusal
	switch {
	case err == nil:
		return nil
	case refused(err):
		return bot.Undeliverable(d.badToken(err))
	case errors.As(err, &r) && r.code == http.StatusBadRequest:
		return bot.Undeliverable(fmt.Errorf("HEED_PUBLIC_URL: Telegram does not take the address: %w", err))
	}
	return fmt.Errorf("set the webhook: %w", d.verdict(err))
}
