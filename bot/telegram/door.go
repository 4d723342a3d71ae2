// Package telegram is the door to Telegram: it turns updates into inputs and
// outgoing messages into calls of the Bot API. It decides nothing.
//
// Decisions that bind it:
//
// Updates are kept before they are confirmed. The receiver of go-telegram/bot
// confirms them first, decodes a batch as a whole, and loses its place on one
// update it cannot read; so only its calls are used here, and receiving is
// our own: each update stays raw until it is kept, and is decoded by narrow
// structs that know only the fields we need.
//
// Whether a message may have been sent is learnt from the connection, not
// from an error's text: a request that was never written was surely not sent.
//
// The token is part of every URL. No error of this package holds a URL, and
// what the server says of itself is searched for the token before it is shown.
//
// Only private chats are served.
package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/heedbot/heed/bot"
)

// Limits of the Bot API 10.1, and where it names none, of experience.
const (
	maxText        = 4096     // sendMessage, text; counted in UTF-16 units
	maxToast       = 200      // answerCallbackQuery, text
	maxFile        = 20 << 20 // getFile: the largest file that can be downloaded, bytes
	maxCommands    = 100      // setMyCommands
	maxAbout       = 256      // BotCommand, description
	maxDescription = 512      // setMyDescription
	maxShort       = 120      // setMyShortDescription
	maxBatch       = 100      // getUpdates, limit
	maxButtons     = 100      // not documented; more are refused as "reply markup is too long"
	maxLabel       = 64       // ours: no limit is named, a phone shows about 30 and cuts the rest by itself
	maxColumns     = 3        // ours: four labels a row are too short to read on a phone

	perChat = time.Second      // Bots FAQ, "avoid sending more than one message per second" to one chat
	perAll  = time.Second / 30 // Bots FAQ, about 30 messages a second in all
	burst   = 3                // Bots FAQ, "sometimes you may be able to send short bursts"
)

// Times of ours.
const (
	defaultAPI   = "https://api.telegram.org"
	pollFor      = 50 * time.Second // how long a poll may wait for updates
	pollGrace    = 15 * time.Second // and how much longer its answer may take
	callFor      = 30 * time.Second // any other call
	downloadFor  = 10 * time.Minute // a file
	stoppedPause = 5 * time.Minute  // while the token is refused: the channel is stopped, no message is lost
)

// Keeper keeps what arrived. It returns once it is committed; an input whose
// key is known is dropped without an error.
type Keeper interface {
	Receive(ctx context.Context, in ...bot.Arrival) error
}

// Settings are small values that outlive the program. A setting that was
// never set is empty.
type Settings interface {
	Setting(ctx context.Context, name string) (string, error)
	SetSetting(ctx context.Context, name, value string) error
}

// Door is one bot on Telegram. Set the fields before the first call; it is
// then safe for concurrent use.
type Door struct {
	Token    string // "<bot id>:<secret>", from HEED_TELEGRAM_TOKEN
	APIURL   string // of the Bot API server; empty: https://api.telegram.org
	Keep     Keeper
	Settings Settings // for the offset of Poll; nil: it is not kept
	Log      *slog.Logger
	Now      func() time.Time // nil: time.Now
	// HTTP makes the requests; nil: a client of the door's own. Its timeout
	// and its rule for redirects are not used: a poll takes longer than other
	// calls, and a redirect would carry the token elsewhere.
	HTTP *http.Client
	// PollFor is how long one poll waits for updates, in whole seconds; 0: 50 s.
	PollFor time.Duration

	mu       sync.Mutex
	client   *tg.Bot
	username string
	sleep    func(context.Context, time.Duration) // nil: a timer; tests set it
}

// Features are what Telegram can do (Bot API 10.1).
func Features() bot.Features {
	return bot.Features{
		Channel:  bot.Telegram,
		TextMax:  maxText,
		TextUnit: bot.UTF16,
		Choices:  maxButtons,
		LabelMax: maxLabel,
		Columns:  maxColumns,
		Edits:    true,
		FileMax:  maxFile,
		Rate:     bot.Rate{PerChat: perChat, Burst: burst, PerAll: perAll},
	}
}

var tokenShape = regexp.MustCompile(`^[1-9][0-9]*:[A-Za-z0-9._~-]+$`)

// Account is the bot's own id as text: the part of the token before the
// colon. It is empty for a token of the wrong shape.
func (d *Door) Account() string {
	if !tokenShape.MatchString(d.Token) {
		return ""
	}
	id, _, _ := strings.Cut(d.Token, ":")
	return id
}

// Username is the bot's name without @; empty until Telegram has told it.
func (d *Door) Username() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.username
}

// Connect checks the token and learns the bot's name (getMe). It fails, naming
// the setting, when a setting has the wrong shape or Telegram refuses the
// token. That Telegram cannot be reached is logged and no error: Poll goes on
// trying.
func (d *Door) Connect(ctx context.Context) error {
	if err := d.check(); err != nil {
		return err
	}
	err := d.learn(ctx)
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return fmt.Errorf("connect to telegram: %w", ctx.Err())
	case refused(err):
		return d.badToken(err)
	}
	d.log().Warn("telegram cannot be reached yet", "channel", bot.Telegram, "err", err)
	return nil
}

// check looks at the settings alone. A URL is never part of its errors: it
// may hold a password.
func (d *Door) check() error {
	if d.Account() == "" {
		return errors.New("HEED_TELEGRAM_TOKEN: not a bot token; it looks like 123456:ABC-DEF and comes from @BotFather")
	}
	u, err := url.Parse(d.base())
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || u.RawQuery != "" || u.Fragment != "" {
		return errors.New("HEED_TELEGRAM_API_URL: not an address such as " + defaultAPI)
	}
	return nil
}

func (d *Door) badToken(err error) error {
	return fmt.Errorf("HEED_TELEGRAM_TOKEN: Telegram refuses the token: %w", err)
}

// learn asks for the bot's own name, once.
func (d *Door) learn(ctx context.Context) error {
	if d.Username() != "" {
		return nil
	}
	result, err := d.call(ctx, "getMe", func(ctx context.Context, api *tg.Bot) error {
		_, err := api.GetMe(ctx)
		return err
	})
	if err != nil {
		return err
	}
	var me struct {
		Username string `json:"username"`
	}
	if err := json.Unmarshal(result, &me); err != nil {
		return errors.New("getMe: the answer is no user")
	}
	d.mu.Lock()
	d.username = me.Username
	d.mu.Unlock()
	return nil
}

// read makes an update the door's arrival. The time it was kept stands in
// where the platform gives none.
func (d *Door) read(raw []byte) bot.Arrival {
	in := decode(raw, d.Account(), d.Username())
	if in.At.IsZero() {
		in.At = d.now().UTC()
	}
	return bot.Arrival{Input: in, Raw: raw}
}

// note tells the operator what was not read, once it is kept.
func (d *Door) note(a bot.Arrival) {
	if a.Input.Kind == bot.InUnread || a.Input.Unsupported == unreadable {
		d.log().Warn("update cannot be read and is kept as it is", "channel", bot.Telegram, "key", a.Input.Key)
	}
}

func (d *Door) base() string {
	if d.APIURL == "" {
		return defaultAPI
	}
	return strings.TrimRight(d.APIURL, "/")
}

func (d *Door) now() time.Time {
	if d.Now == nil {
		return time.Now()
	}
	return d.Now()
}

func (d *Door) log() *slog.Logger {
	if d.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return d.Log
}

// pause waits, or returns early when ctx ends.
func (d *Door) pause(ctx context.Context, long time.Duration) {
	if d.sleep != nil {
		d.sleep(ctx, long)
		return
	}
	t := time.NewTimer(long)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
