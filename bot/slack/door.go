// Package slack is the door to the desk: the Slack channel in which staff
// see complaints and act on them. It gives posts and dialogs Slack's form and
// gives presses, submissions and commands the program's. It decides nothing.
//
// What staff type in a channel or thread goes nowhere: such events are
// acknowledged and dropped. Only a button, a dialog, a shortcut or a command
// does anything.
//
// Payloads are decoded here and not by the SDK, which refuses a whole payload
// for one block or event kind that it does not know.
package slack

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"github.com/heedbot/heed/bot"
)

// Keeper keeps inputs. What it has kept survives a crash; what it has kept
// before, by the input's key, it drops.
type Keeper interface {
	Receive(ctx context.Context, in ...bot.Arrival) error
}

// Desk answers what cannot wait for a turn. All are reads, and must come back
// within Slack's 3 seconds; the context ends a little earlier.
type Desk interface {
	// Open answers a button or a shortcut.
	Open(ctx context.Context, who bot.StaffID, act bot.Act) (Opening, error)
	// Submit answers a dialog sent off: view is bot.View.ID, meta its Meta,
	// values what was filled in, by Form.ID; empty where it was left out.
	Submit(ctx context.Context, who bot.StaffID, view string, meta string, values map[string]string) (Submission, error)
	// Command answers a slash command such as "/sla".
	Command(ctx context.Context, who bot.StaffID, command, text, channel string) (Reply, error)
}

// Opening is the answer to a button or a shortcut: a dialog to open, an act
// to keep, or a private answer. With none of them nothing happens.
type Opening struct {
	View    *bot.View
	Keep    *bot.Act
	Private *bot.Post
}

// Submission is the answer to a dialog sent off: errors at its fields, an act
// to keep (all dialogs close), a dialog put on top, or a dialog in its place.
// With none of them the dialog closes.
type Submission struct {
	Errors       map[string]string // by Form.ID
	Push, Update *bot.View
	Keep         *bot.Act
}

// Reply is the answer to a command: words only that person sees, or a dialog.
type Reply struct {
	Post *bot.Post
	View *bot.View
}

// Blobs holds the bytes of kept files.
type Blobs interface {
	// Open gives a file and its size in bytes. An error that is fs.ErrNotExist
	// means that it never will.
	Open(ctx context.Context, key string) (io.ReadCloser, int64, error)
}

// Door is one workspace with our app installed. Set the fields before first
// use; do not copy it. All methods may be called from many goroutines.
type Door struct {
	BotToken      string // xoxb-…
	AppToken      string // xapp-…, for Socket Mode
	SigningSecret string // for HTTP mode
	APIURL        string // Slack's own if empty
	Channel       string // id of the desk's channel
	// Managers are the users, user groups and channels whose people are managers.
	Managers []string
	// Roles are the users, user groups and channels whose people have each role
	// of a policy, bot.Agent and bot.Senior among them.
	Roles map[string][]string
	// Nicknames are what people are called besides, by user id.
	Nicknames map[string][]string
	Keep      Keeper
	Desk      Desk
	Blobs     Blobs
	Now       func() time.Time // time.Now if nil
	Log       *slog.Logger     // silent if nil
	// Sorry is what a person with this locale reads when their press could not be
	// answered; the locale is "" where it is not known. English if nil.
	Sorry func(locale string) string

	once    sync.Once
	api     *slack.Client
	crew    crew
	directs directs
	links   links
	health  health
	shared  shared
}

// The pace that Slack asks for (Slack docs, Rate limits: chat.postMessage, one
// message a second to a channel, short bursts allowed).
const (
	perChannel = time.Second
	burst      = 10
	perAll     = 200 * time.Millisecond
)

const (
	callTimeout   = 15 * time.Second        // for one call of the Web API
	uploadTimeout = 5 * time.Minute         // for the bytes of one file
	deskTimeout   = 2500 * time.Millisecond // leaves half a second of Slack's 3 for the way back
	keepTimeout   = 10 * time.Second
	afterTimeout  = 10 * time.Second
)

const sorry = "That did not work; nothing was sent. Please try again."

func (d *Door) client() *slack.Client {
	d.once.Do(func() {
		base := d.APIURL
		if base == "" {
			base = slack.APIURL
		}
		base = strings.TrimRight(base, "/") + "/"
		d.api = slack.New(d.BotToken,
			slack.OptionAppLevelToken(d.AppToken),
			slack.OptionAPIURL(base),
			slack.OptionHTTPClient(newTransport(base)))
	})
	return d.api
}

// transport gives each call of the API an end, and the bytes of a file a later
// one. It follows no redirect: a token goes nowhere but where it was sent.
type transport struct {
	base        string
	call, bytes *http.Client
}

func newTransport(base string) *transport {
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &transport{
		base:  base,
		call:  &http.Client{Timeout: callTimeout, CheckRedirect: stay},
		bytes: &http.Client{Timeout: uploadTimeout, CheckRedirect: stay},
	}
}

func (t *transport) Do(r *http.Request) (*http.Response, error) {
	if strings.HasPrefix(r.URL.String(), t.base) {
		return t.call.Do(r)
	}
	return t.bytes.Do(r)
}

func (d *Door) now() time.Time {
	if d.Now != nil {
		return d.Now()
	}
	return time.Now()
}

func (d *Door) log() *slog.Logger {
	if d.Log != nil {
		return d.Log
	}
	return slog.New(slog.DiscardHandler)
}

// Connect asks Slack who we are (auth.test). Its errors name the setting that
// is missing or wrong; one that no further attempt can mend is
// bot.Undeliverable.
func (d *Door) Connect(ctx context.Context) error {
	if err := d.set(); err != nil {
		return bot.Undeliverable(err)
	}
	err := d.ask(ctx, "auth.test", func(ctx context.Context) error {
		_, err := d.client().AuthTestContext(ctx)
		return err
	})
	switch {
	case err == nil:
		return nil
	case mend(code(err)) != "":
		return bot.Undeliverable(fmt.Errorf("HEED_SLACK_BOT_TOKEN is not accepted: %w", err))
	case d.APIURL != "":
		return fmt.Errorf("HEED_SLACK_API_URL does not answer: %w", err)
	}
	return fmt.Errorf("ask Slack about HEED_SLACK_BOT_TOKEN: %w", err)
}

// set tells which setting is missing.
func (d *Door) set() error {
	switch {
	case d.BotToken == "":
		return fmt.Errorf("HEED_SLACK_BOT_TOKEN is not set")
	case d.AppToken == "" && d.SigningSecret == "":
		return fmt.Errorf("neither HEED_SLACK_APP_TOKEN nor HEED_SLACK_SIGNING_SECRET is set")
	case d.Channel == "":
		return fmt.Errorf("HEED_SLACK_CHANNEL is not set")
	}
	return nil
}

// Features say what the desk can take. A message that is longer is cut into
// sections by the door. About one post a second is allowed to a channel
// (Slack docs, Rate limits).
func Features() bot.Features {
	return bot.Features{
		Channel: bot.Slack, TextMax: sectionMax, TextUnit: bot.UTF16,
		Choices: buttonsMax, LabelMax: labelMax, Columns: 5, Edits: true,
		Rate: bot.Rate{PerChat: perChannel, Burst: burst, PerAll: perAll},
	}
}
