package slack

import (
	"context"
	"errors"
	"strings"

	"github.com/slack-go/slack"

	"github.com/heedbot/heed/bot"
)

// remove deletes the message or the file that EditID names. What is gone
// already is as good as deleted; what never arrived too.
func (d *Door) remove(ctx context.Context, s bot.Sending, to target) (string, error) {
	var err error
	switch {
	case s.EditID == "":
		return "", nil
	case strings.HasPrefix(s.EditID, "F"):
		err = d.removeFile(ctx, s.EditID, to.channel)
	default:
		err = d.removeMessage(ctx, s.EditID, to)
	}
	return s.EditID, err
}

// again makes a call that can be made twice: it is never in doubt.
func (d *Door) again(ctx context.Context, method, channel string, call func(context.Context) error) error {
	err := d.send(ctx, method, channel, call)
	if bot.IsAmbiguous(err) {
		return errors.Unwrap(err)
	}
	return err
}

func (d *Door) removeMessage(ctx context.Context, ts string, to target) error {
	err := d.again(ctx, "chat.delete", to.channel, func(ctx context.Context) error {
		_, _, err := d.client().DeleteMessageContext(ctx, to.channel, ts)
		return err
	})
	// Where somebody is gone from the workspace, the message may be in the
	// conversation that they were in, and this is another one.
	if code(err) == "message_not_found" && !to.missing {
		return nil
	}
	return err
}

// removeFile deletes a file, and first our message with it, which would stay
// with our comment and the words that the file was deleted.
func (d *Door) removeFile(ctx context.Context, id, channel string) error {
	var file *slack.File
	err := d.askIn(ctx, "files.info", channel, func(ctx context.Context) error {
		var err error
		file, _, _, err = d.client().GetFileInfoContext(ctx, id, 1, 1)
		return err
	})
	switch {
	case fileGone(code(err)):
		return nil
	case err != nil:
		return err
	}
	for _, shares := range [][]slack.ShareFileInfo{file.Shares.Public[channel], file.Shares.Private[channel]} {
		for _, share := range shares {
			err := d.removeMessage(ctx, share.Ts, target{channel: channel})
			if code(err) == "cant_delete_message" {
				continue // a colleague's, who showed the file once more
			}
			if err != nil {
				return err
			}
		}
	}
	err = d.again(ctx, "files.delete", channel, func(ctx context.Context) error {
		return d.client().DeleteFileContext(ctx, id)
	})
	if fileGone(code(err)) {
		return nil
	}
	return err
}

// fileGone tells whether a code means that there is no such file any more
// (Slack docs, files.delete, Errors).
func fileGone(c string) bool { return c == "file_not_found" || c == "file_deleted" }
