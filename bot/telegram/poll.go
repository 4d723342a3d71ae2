package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/heedbot/heed/bot"
)

// wanted are the kinds of update we ask for, each time: an empty list would
// mean nearly all kinds, and none at all the list of the last call (Bot API
// 10.1, getUpdates).
var wanted = []string{"message", "edited_message", "callback_query", "my_chat_member"}

// A stored offset is only used while it is fresh: after a week without
// updates Telegram goes on at a random number (Bot API 10.1, Update), and an
// old offset above it would throw new updates away.
const offsetLife = 6 * 24 * time.Hour

// Pauses between polls that fail.
const (
	firstPause    = time.Second
	longestPause  = 30 * time.Second
	conflictPause = 30 * time.Second // another program polls: it will go, or an operator will act
)

// Poll receives updates until ctx ends, and then returns nil. Each batch is
// kept, and only then confirmed by the next call's offset. Any failure is
// logged and tried again, for ever; only a token that Telegram refuses ends it
// with an error.
//
// The offset is a receipt: it is said until the server has heard it, and then
// no more, since without one a poll starts at the first update not confirmed.
// So a number that Telegram chose anew is never below an old offset.
func (d *Door) Poll(ctx context.Context) error {
	if err := d.check(); err != nil {
		return err
	}
	offset := d.storedOffset(ctx)
	dropped, failed := false, 0
	for ctx.Err() == nil {
		var err error
		if dropped {
			offset, err = d.poll(ctx, offset)
		} else {
			err = d.dropWebhook(ctx)
			dropped = err == nil
		}
		if err == nil {
			failed = 0
			if err := d.learn(ctx); err != nil {
				d.log().Debug("own name not learnt yet", "channel", bot.Telegram, "err", err)
			}
			continue
		}
		if ctx.Err() != nil {
			break
		}
		if refused(err) {
			return d.badToken(err)
		}
		d.pause(ctx, d.trouble(err, failed))
		failed++
	}
	return nil
}

// poll asks once, keeps what came, and returns the offset that confirms it.
func (d *Door) poll(ctx context.Context, offset int64) (int64, error) {
	long := d.PollFor
	if long <= 0 {
		long = pollFor
	}
	result, err := d.post(ctx, "getUpdates", struct {
		Offset  int64    `json:"offset,omitempty"`
		Limit   int      `json:"limit"`
		Timeout int      `json:"timeout"`
		Allowed []string `json:"allowed_updates"`
	}{offset, maxBatch, int(long / time.Second), wanted}, long+pollGrace)
	if err != nil {
		return offset, err
	}
	var updates []json.RawMessage
	if err := json.Unmarshal(result, &updates); err != nil {
		return offset, errors.New("getUpdates: the result is no list")
	}
	if len(updates) == 0 {
		return 0, nil
	}
	var kept []bot.Arrival
	last := int64(0)
	for _, raw := range updates {
		a := d.read(raw)
		if id, ok := updateID(a.Input.Key); ok {
			last = max(last, id)
		}
		if a.Input.Kind == "" {
			d.log().Debug("update passed over", "channel", bot.Telegram, "key", a.Input.Key)
			continue
		}
		kept = append(kept, a)
	}
	if len(kept) > 0 {
		if err := d.Keep.Receive(ctx, kept...); err != nil {
			return 0, fmt.Errorf("keep updates: %w", err)
		}
	}
	for _, a := range kept {
		d.note(a)
	}
	if last == 0 {
		return 0, errors.New("getUpdates: no update has a number")
	}
	d.storeOffset(ctx, last+1)
	return last + 1, nil
}

func updateID(key string) (int64, bool) {
	s, ok := strings.CutPrefix(key, "update:")
	if !ok {
		return 0, false
	}
	id, err := strconv.ParseInt(s, 10, 64)
	return id, err == nil && id > 0
}

// trouble logs why a poll failed and says how long to wait.
func (d *Door) trouble(err error, failed int) time.Duration {
	var r *refusal
	if errors.As(err, &r) && r.code == http.StatusConflict {
		d.log().Error("another program or a webhook receives this bot's updates; stop it: only one may", "channel", bot.Telegram, "err", err)
		return conflictPause
	}
	d.log().Warn("receiving from telegram failed, will be tried again", "channel", bot.Telegram, "err", err)
	if errors.As(err, &r) && r.code == http.StatusTooManyRequests {
		return r.after
	}
	long := min(firstPause<<min(failed, 10), longestPause)
	return long/2 + rand.N(long/2)
}

// dropWebhook makes polling possible: it fails while a webhook is set.
func (d *Door) dropWebhook(ctx context.Context) error {
	_, err := d.call(ctx, "deleteWebhook", func(ctx context.Context, api *tg.Bot) error {
		_, err := api.DeleteWebhook(ctx, &tg.DeleteWebhookParams{})
		return err
	})
	return err
}

// The setting holds the offset and when it was stored, in Unix seconds.

func (d *Door) offsetName() string { return "telegram:" + d.Account() + ":offset" }

func (d *Door) storedOffset(ctx context.Context) int64 {
	if d.Settings == nil {
		return 0
	}
	value, err := d.Settings.Setting(ctx, d.offsetName())
	if err != nil {
		d.log().Warn("read the offset of telegram", "channel", bot.Telegram, "err", err)
		return 0
	}
	number, stored, _ := strings.Cut(value, " ")
	offset, err1 := strconv.ParseInt(number, 10, 64)
	unix, err2 := strconv.ParseInt(stored, 10, 64)
	age := d.now().Sub(time.Unix(unix, 0))
	// Without an offset some updates come again, which harms nothing.
	if err1 != nil || err2 != nil || offset <= 0 || age < 0 || age > offsetLife {
		return 0
	}
	return offset
}

func (d *Door) storeOffset(ctx context.Context, offset int64) {
	if d.Settings == nil {
		return
	}
	value := strconv.FormatInt(offset, 10) + " " + strconv.FormatInt(d.now().Unix(), 10)
	if err := d.Settings.SetSetting(ctx, d.offsetName(), value); err != nil {
		d.log().Warn("store the offset of telegram", "channel", bot.Telegram, "err", err)
	}
}
