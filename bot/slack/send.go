package slack

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/slack-go/slack"

	"github.com/heedbot/heed/bot"
)

// eventType marks our messages, with the outbox id in the field out (Slack
// docs, Message metadata): a bot has no other key to find a message by whose
// sending was cut off.
const eventType = "heed_out"

// Send posts, edits, uploads, deletes or answers privately, and gives Slack's
// id: the ts of a message, the id of a file. To.Chat is any channel that the
// app is in, the desk's if empty, or bot.Direct and at most eight people: then
// it goes to the conversation with those of them who are not gone. An edit of
// what never arrived is a new post; what belongs into a thread that never began
// goes to the channel. What is walled is shown only where nobody sees it whom
// it must be kept from, else the error is bot.Watched. Its errors carry bot's
// verdicts.
func (d *Door) Send(ctx context.Context, s bot.Sending) (string, error) {
	if s.To.Chat == bot.Nowhere {
		return "", errors.New("nobody may see this yet") // it is posted elsewhere once someone may
	}
	to, err := d.target(ctx, s)
	if err != nil {
		return "", err
	}
	id, err := d.deliverTo(ctx, s, to)
	switch {
	case channelGone(code(err)) && to.direct():
		// Asked for anew next time.
		d.directs.forget(key(named(s.To.Chat)))
	case walled(s) && !s.Delete:
		err = unusable(err, to)
	}
	return id, err
}

func (d *Door) deliverTo(ctx context.Context, s bot.Sending, to target) (string, error) {
	s.To.Chat = to.channel
	switch {
	case s.Delete:
		return d.remove(ctx, s, to)
	case s.Post != nil:
		return d.post(ctx, s, to)
	case s.Upload != nil:
		return d.upload(ctx, s, to)
	case s.Private != nil:
		if slices.Contains(s.Hidden, s.Private.User) {
			return "", watched("it is kept from this person")
		}
		return d.private(ctx, d.at(s), s.Private.User, s.Private.Thread, s.Private.Post)
	}
	return "", bot.Undeliverable(errors.New("send slack: neither post nor upload nor deletion nor private answer"))
}

func (d *Door) at(s bot.Sending) string {
	if s.To.Chat != "" {
		return s.To.Chat
	}
	return d.Channel
}

func (d *Door) post(ctx context.Context, s bot.Sending, to target) (string, error) {
	text, blocks, err := render(*s.Post)
	if err != nil {
		return "", bot.Undeliverable(fmt.Errorf("send slack: %w", err))
	}
	options := []slack.MsgOption{
		slack.MsgOptionText(text, false), // render has escaped it
		slack.MsgOptionBlocks(blocks...),
		slack.MsgOptionMetadata(slack.SlackMetadata{EventType: eventType, EventPayload: map[string]any{"out": s.ID}}),
	}
	if err := d.look(ctx, s, to); err != nil {
		return "", err
	}
	if s.EditID != "" {
		return s.EditID, d.send(ctx, "chat.update", d.at(s), func(ctx context.Context) error {
			_, _, _, err := d.client().UpdateMessageContext(ctx, d.at(s), s.EditID, options...)
			return err
		})
	}
	// chat.update takes no such arguments; Slack never unfurls an edit.
	options = append(options, slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl())
	ts, err := d.postMessage(ctx, d.at(s), s.ThreadID, options)
	if s.ThreadID != "" && threadGone(err) {
		// The card was deleted. What was to be said is said in the channel.
		ts, err = d.postMessage(ctx, d.at(s), "", options)
	}
	return ts, err
}

func threadGone(err error) bool {
	c := code(err)
	return c == "thread_not_found" || c == "invalid_thread_ts" || c == "cannot_reply_to_message"
}

func (d *Door) postMessage(ctx context.Context, channel, thread string, options []slack.MsgOption) (string, error) {
	if thread != "" {
		options = append(options[:len(options):len(options)], slack.MsgOptionTS(thread))
	}
	var ts string
	err := d.send(ctx, "chat.postMessage", channel, func(ctx context.Context) error {
		var err error
		_, ts, err = d.client().PostMessageContext(ctx, channel, options...)
		if err == nil && ts == "" {
			return io.ErrUnexpectedEOF // an answer without the message's id is none
		}
		return err
	})
	return ts, err
}

// private shows words to one person (Slack docs, chat.postEphemeral). Where the
// thread is gone, they are shown in the channel.
func (d *Door) private(ctx context.Context, channel string, user bot.StaffID, thread string, p bot.Post) (string, error) {
	text, blocks, err := render(p)
	if err != nil {
		return "", bot.Undeliverable(fmt.Errorf("answer privately: %w", err))
	}
	if user == "" {
		return "", bot.Undeliverable(errors.New("answer privately: nobody is named"))
	}
	options := []slack.MsgOption{slack.MsgOptionText(text, false)}
	if len(blocks) > 0 {
		options = append(options, slack.MsgOptionBlocks(blocks...))
	}
	ts, err := d.postEphemeral(ctx, channel, user, thread, options)
	if thread != "" && threadGone(err) {
		ts, err = d.postEphemeral(ctx, channel, user, "", options)
	}
	return ts, err
}

func (d *Door) postEphemeral(ctx context.Context, channel string, user bot.StaffID, thread string, options []slack.MsgOption) (ts string, err error) {
	if thread != "" {
		options = append(options[:len(options):len(options)], slack.MsgOptionTS(thread))
	}
	err = d.send(ctx, "chat.postEphemeral", channel, func(ctx context.Context) error {
		var err error
		ts, err = d.client().PostEphemeralContext(ctx, channel, string(user), options...)
		return err
	})
	return ts, err
}

// answerAt answers one person at the address that came with their press (Slack
// docs, Handling user interaction: response_url).
func (d *Door) answerAt(ctx context.Context, address string, p bot.Post) error {
	text, blocks, err := render(p)
	if err != nil {
		return bot.Undeliverable(fmt.Errorf("answer privately: %w", err))
	}
	return d.ask(ctx, "response_url", func(ctx context.Context) error {
		_, _, err := d.client().PostMessageContext(ctx, "", slack.MsgOptionText(text, false), slack.MsgOptionBlocks(blocks...),
			slack.MsgOptionResponseURL(address, slack.ResponseTypeEphemeral))
		return err
	})
}

// fileName is a name Slack takes: one line without a path.
func fileName(s string) string {
	s = strings.NewReplacer("/", "_", "\\", "_", "\n", "_").Replace(clean(s))
	if s = strings.TrimSpace(s); s == "" {
		return "file"
	}
	return fit(s, 200)
}

// upload posts a kept file (Slack docs, files.getUploadURLExternal and
// files.completeUploadExternal). People see it only once the last step is
// through, so only that one can be in doubt.
func (d *Door) upload(ctx context.Context, s bot.Sending, to target) (string, error) {
	u := s.Upload
	if d.Blobs == nil {
		return "", bot.Undeliverable(errors.New("upload to slack: no store of files"))
	}
	body, size, err := d.Blobs.Open(ctx, u.Blob)
	if err != nil {
		err = fmt.Errorf("upload to slack: open the kept file: %w", err)
		if errors.Is(err, fs.ErrNotExist) {
			return "", bot.Undeliverable(err)
		}
		return "", err
	}
	defer body.Close()
	if size <= 0 {
		return "", bot.Undeliverable(errors.New("upload to slack: the file is empty"))
	}
	name := fileName(u.Name)
	var place *slack.GetUploadURLExternalResponse
	err = d.prepare(ctx, "files.getUploadURLExternal", func(ctx context.Context) error {
		var err error
		place, err = d.client().GetUploadURLExternalContext(ctx, slack.GetUploadURLExternalParameters{FileName: name, FileSize: int(size)})
		return err
	})
	if err != nil {
		return "", err
	}
	err = d.prepare(ctx, "upload", func(ctx context.Context) error {
		return d.client().UploadToURL(ctx, slack.UploadToURLParameters{UploadURL: place.UploadURL, Filename: name, Reader: body})
	})
	if err != nil {
		return "", err
	}
	share := slack.CompleteUploadExternalParameters{
		Files:   []slack.FileSummary{{ID: place.FileID, Title: name}},
		Channel: d.at(s), ThreadTimestamp: s.ThreadID, InitialComment: escape(fit(u.Comment, textMax)),
	}
	if err := d.look(ctx, s, to); err != nil {
		return "", err
	}
	d.shared.remember(s.ID, place.FileID)
	err = d.complete(ctx, share)
	if s.ThreadID != "" && threadGone(err) {
		share.ThreadTimestamp = ""
		err = d.complete(ctx, share)
	}
	return place.FileID, err
}

func (d *Door) complete(ctx context.Context, share slack.CompleteUploadExternalParameters) error {
	return d.send(ctx, "files.completeUploadExternal", share.Channel, func(ctx context.Context) error {
		_, err := d.client().CompleteUploadExternalContext(ctx, share)
		return err
	})
}

// prepare makes a call that nobody sees the effect of: it is never in doubt,
// and what Slack refuses it will always refuse.
func (d *Door) prepare(ctx context.Context, method string, call func(context.Context) error) error {
	err := d.send(ctx, method, "", call)
	if bot.IsAmbiguous(err) {
		return errors.Unwrap(err)
	}
	return err
}

// shared remembers under which id a file was uploaded, for as long as it may
// be asked for.
type shared struct {
	mu    sync.Mutex
	files map[string]string // by outbox id
}

const sharedMax = 1000

func (s *shared) remember(out, file string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.files == nil || len(s.files) >= sharedMax {
		s.files = map[string]string{}
	}
	s.files[out] = file
}

func (s *shared) file(out string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.files[out]
}
