package slack

import (
	"context"
	"maps"
	"slices"

	"github.com/heedbot/heed/bot"
)

// sorry says that something did not work, in the person's language as far as
// that is known: Slack is not asked for it now.
func (d *Door) sorry(who bot.StaffID) bot.Post {
	if d.Sorry == nil {
		return bot.Post{Text: sorry}
	}
	locale := ""
	if _, user := d.crew.memos(who); user != nil {
		if s, ok := user.known(d.now()); ok {
			locale = s.Locale
		}
	}
	return bot.Post{Text: d.Sorry(locale)}
}

// whisper answers privately where the person acted; where that was no
// channel, in the desk's.
func (d *Door) whisper(act bot.Act, post bot.Post) func(context.Context) {
	return d.whisperTo(act, post, "")
}

// whisperTo is whisper, by the press's own address where the person is not in
// the channel, or we are not: in a public one they see the buttons all the
// same, and a command works in any.
func (d *Door) whisperTo(act bot.Act, post bot.Post, address string) func(context.Context) {
	return func(ctx context.Context) {
		channel, thread := act.Chat, act.Thread
		if channel == "" {
			channel, thread = d.Channel, ""
		}
		_, err := d.private(ctx, channel, act.By, thread, post)
		switch code(err) {
		case "user_not_in_channel", "not_in_channel", "channel_not_found":
			if address != "" {
				err = d.answerAt(ctx, address, post)
			}
		}
		if err != nil {
			d.log().Warn("slack: a private answer was not shown", "err", err)
		}
	}
}

// heed is the title of a dialog that holds only a private answer; the same in
// every language.
const heed = "heed"

// toRead is a private answer as a dialog.
func toRead(post bot.Post) bot.View {
	blocks := post.Blocks
	if len(blocks) == 0 {
		blocks = []bot.Block{{Kind: bot.Plain, Text: post.Text}}
	}
	return bot.View{ID: heed, Title: heed, Blocks: blocks}
}

// privately answers one person. A global shortcut and a button in a dialog have
// no channel, and may be used by someone who is not in the desk's, so the
// answer is a dialog to be closed.
func (d *Door) privately(p interaction, act bot.Act, post bot.Post) func(context.Context) {
	whisper := d.whisperTo(act, post, p.ResponseURL)
	if act.Chat != "" {
		return whisper
	}
	return func(ctx context.Context) {
		if !d.show(ctx, p.TriggerID, toRead(post), p.View != nil) {
			whisper(ctx)
		}
	}
}

// unanswered says so at a field, where the words typed stay; over a dialog that
// has none in one of its own, so that it too can be sent again.
func (d *Door) unanswered(p interaction, values map[string]string) answer {
	for _, k := range slices.Sorted(maps.Keys(values)) {
		return answer{body: map[string]any{"response_action": "errors", "errors": map[string]string{k: d.sorry(bot.StaffID(p.User.ID)).Text}}}
	}
	request, err := dialog(toRead(d.sorry(bot.StaffID(p.User.ID))))
	if err != nil {
		return answer{then: d.whisper(bot.Act{By: bot.StaffID(p.User.ID)}, d.sorry(bot.StaffID(p.User.ID)))}
	}
	return answer{body: map[string]any{"response_action": "push", "view": request}}
}

// later answers a command after its acknowledgement: by its own address, since
// a command may be given where we are not a member.
func (d *Door) later(act bot.Act, post bot.Post, address string) func(context.Context) {
	whisper := d.whisper(act, post)
	return func(ctx context.Context) {
		if address == "" || d.answerAt(ctx, address, post) != nil {
			whisper(ctx)
		}
	}
}
