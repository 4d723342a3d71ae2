package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
	"github.com/heedbot/heed/bot"
)

// Command is one line of the menu.
type Command = struct {
	Name  string // 1 to 32 of a-z, 0-9 and _, without the slash
	About string // at most 256 characters; more is cut
}

// Commands is what the bot says of itself in one language.
type Commands struct {
	Language string // two letters (ISO 639-1); empty: for all other languages
	List     []Command
	// Description is what an empty chat shows, Short what the bot's profile
	// shows; at most 512 and 120 characters, more is cut.
	Description string
	Short       string
}

// Publish makes the menu and the descriptions what names says. What is so
// already is not set again: Telegram takes few such changes in a day. It
// stops at the first error; bot.Pause of it is how long to wait before the
// next attempt, which goes on where this one ended.
func (d *Door) Publish(ctx context.Context, names []Commands) error {
	for _, c := range names {
		if err := d.publish(ctx, c); err != nil {
			return fmt.Errorf("publish the commands in %q: %w", c.Language, d.verdict(err))
		}
	}
	return nil
}

func (d *Door) publish(ctx context.Context, c Commands) error {
	if len(c.List) > maxCommands {
		return bot.Undeliverable(errors.New("setMyCommands: over 100 commands"))
	}
	// An empty list is written as one; null would be refused.
	list := make([]models.BotCommand, 0, len(c.List))
	for _, x := range c.List {
		list = append(list, models.BotCommand{Command: x.Name, Description: cut(x.About, maxAbout)})
	}
	if err := d.publishList(ctx, c.Language, list); err != nil {
		return err
	}
	err := d.publishText(ctx, "Description", "description", cut(c.Description, maxDescription),
		func(ctx context.Context, api *tg.Bot) error {
			_, err := api.GetMyDescription(ctx, &tg.GetMyDescriptionParams{LanguageCode: c.Language})
			return err
		},
		func(ctx context.Context, api *tg.Bot, text string) error {
			_, err := api.SetMyDescription(ctx, &tg.SetMyDescriptionParams{Description: text, LanguageCode: c.Language})
			return err
		})
	if err != nil {
		return err
	}
	return d.publishText(ctx, "ShortDescription", "short_description", cut(c.Short, maxShort),
		func(ctx context.Context, api *tg.Bot) error {
			_, err := api.GetMyShortDescription(ctx, &tg.GetMyShortDescriptionParams{LanguageCode: c.Language})
			return err
		},
		func(ctx context.Context, api *tg.Bot, text string) error {
			_, err := api.SetMyShortDescription(ctx, &tg.SetMyShortDescriptionParams{ShortDescription: text, LanguageCode: c.Language})
			return err
		})
}

func (d *Door) publishList(ctx context.Context, language string, list []models.BotCommand) error {
	result, err := d.call(ctx, "getMyCommands", func(ctx context.Context, api *tg.Bot) error {
		_, err := api.GetMyCommands(ctx, &tg.GetMyCommandsParams{LanguageCode: language})
		return err
	})
	if err != nil {
		return err
	}
	var now []models.BotCommand
	if json.Unmarshal(result, &now) == nil && slices.Equal(now, list) {
		return nil
	}
	_, err = d.call(ctx, "setMyCommands", func(ctx context.Context, api *tg.Bot) error {
		_, err := api.SetMyCommands(ctx, &tg.SetMyCommandsParams{Commands: list, LanguageCode: language})
		return err
	})
	return err
}

func (d *Door) publishText(ctx context.Context, name, field, text string,
	get func(context.Context, *tg.Bot) error, set func(context.Context, *tg.Bot, string) error) error {
	result, err := d.call(ctx, "getMy"+name, get)
	if err != nil {
		return err
	}
	var now map[string]any
	if json.Unmarshal(result, &now) == nil && now[field] == text {
		return nil
	}
	_, err = d.call(ctx, "setMy"+name, func(ctx context.Context, api *tg.Bot) error { return set(ctx, api, text) })
	return err
}

// cut shortens a text to a limit in UTF-16 units.
func cut(s string, limit int) string {
	if bot.Measure(s, bot.UTF16) <= limit {
		return s
	}
	return bot.Split(s, limit-1, bot.UTF16)[0] + "…"
}
