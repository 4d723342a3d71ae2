package sandbox

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// BotCommand is an entry of the bot's menu.
type BotCommand struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// tgProfile is what the bot says of itself, by language; "" is every other language.
type tgProfile struct {
	name, description, short map[string]string
	// commands are by scope, then by language.
	commands map[string]map[string][]BotCommand
}

func newTGProfile() tgProfile {
	return tgProfile{name: map[string]string{}, description: map[string]string{}, short: map[string]string{}, commands: map[string]map[string][]BotCommand{}}
}

var (
	tgCommandName = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)
	tgLanguage    = regexp.MustCompile(`^[a-z]{2}$`)
)

// primary is the two-letter language a phone's tag stands for.
func primary(tag string) string {
	tag, _, _ = strings.Cut(strings.ToLower(tag), "-")
	return tag
}

func spoken(texts map[string]string, lang string) string {
	if text := texts[primary(lang)]; text != "" {
		return text
	}
	return texts[""]
}

// name is the bot's name in a language. The caller holds mu.
func (t *Telegram) name(lang string) string {
	if name := spoken(t.profile.name, lang); name != "" {
		return name
	}
	return t.FirstName
}

// Description returns what an empty chat shows on a phone with this language tag.
func (t *Telegram) Description(lang string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return spoken(t.profile.description, lang)
}

// Commands returns the menu of a private chat on a phone with this language tag.
func (t *Telegram) Commands(lang string) []BotCommand {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.menu(lang, "all_private_chats", "default"))
}

// menu is the first menu there is: narrow scopes before wide ones, in each the language before none (Telegram
// Bot API 10.1, "Determining list of commands"). The caller holds mu.
func (t *Telegram) menu(lang string, scopes ...string) []BotCommand {
	for _, scope := range scopes {
		for _, language := range []string{primary(lang), ""} {
			if list := t.profile.commands[scope][language]; len(list) > 0 {
				return list
			}
		}
	}
	return nil
}

func (t *Telegram) getMe() map[string]any {
	t.mu.Lock()
	defer t.mu.Unlock()
	m := t.bot()
	maps.Copy(m, map[string]any{"can_join_groups": true, "can_read_all_group_messages": false, "supports_inline_queries": false,
		"supports_guest_queries": false, "can_connect_to_business": false, "has_main_web_app": false, "has_topics_enabled": false,
		"allows_users_to_create_topics": false, "can_manage_bots": false})
	return m
}

// leave is logOut and close. close is refused for ten minutes after the launch.
func (t *Telegram) leave(method string) (any, *tgError) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.Clock.Now()
	if method == "close" {
		if wait := t.born.Add(10 * time.Minute).Sub(now); wait > 0 {
			return nil, tooMany(wait)
		}
		t.born = now
		return true, nil
	}
	t.loggedOut = now
	return true, nil
}

// runProfile does the methods about the bot's own texts.
func (t *Telegram) runProfile(method string, c *tgCall) (any, *tgError) {
	lang := c.text("language_code")
	if lang != "" && !tgLanguage.MatchString(lang) {
		return nil, badRequest("invalid language code specified")
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	switch method {
	case "setMyName":
		return t.say(t.profile.name, lang, c.text("name"), 64, "name is too long")
	case "setMyDescription":
		return t.say(t.profile.description, lang, c.text("description"), 512, "description is too long")
	case "setMyShortDescription":
		return t.say(t.profile.short, lang, c.text("short_description"), 120, "short description is too long")
	case "getMyName":
		return map[string]any{"name": t.name(lang)}, nil
	case "getMyDescription":
		return map[string]any{"description": t.profile.description[lang]}, nil
	case "getMyShortDescription":
		return map[string]any{"short_description": t.profile.short[lang]}, nil
	}
	scope, err := t.scope(c)
	if err != nil {
		return nil, err
	}
	switch method {
	case "getMyCommands":
		if list := t.profile.commands[scope][lang]; list != nil {
			return list, nil
		}
		return []BotCommand{}, nil
	case "deleteMyCommands":
		delete(t.profile.commands[scope], lang)
		t.changed()
		return true, nil
	case "setMyCommands":
		return t.setCommands(c, scope, lang)
	}
	return nil, &tgError{code: 404, text: "Not Found: method not found"}
}

func (t *Telegram) say(texts map[string]string, lang, text string, limit int, tooLong string) (any, *tgError) {
	if units(text) > limit {
		return nil, badRequest(tooLong)
	}
	if texts[lang] = text; text == "" {
		delete(texts, lang)
	}
	t.changed()
	return true, nil
}

// scope names the scope of a menu; a chat's scope needs a chat that exists. The caller holds mu.
func (t *Telegram) scope(c *tgCall) (string, *tgError) {
	var scope struct {
		Type   string `json:"type"`
		ChatID any    `json:"chat_id"`
	}
	if err := c.object("scope", &scope); err != nil {
		return "", err
	}
	switch scope.Type {
	case "":
		return "default", nil
	case "chat", "chat_administrators", "chat_member":
		id := strings.Trim(jsonText(scope.ChatID), `"`)
		n, err := strconv.ParseInt(id, 10, 64)
		if _, ok := t.chats[n]; err != nil || !ok {
			return "", badRequest("chat not found")
		}
		if scope.Type != "chat" {
			return "", badRequest("can't use specified scope in private chats")
		}
		return "chat " + id, nil
	}
	return scope.Type, nil
}

func (t *Telegram) setCommands(c *tgCall, scope, lang string) (any, *tgError) {
	var list []BotCommand
	if err := c.object("commands", &list); err != nil {
		return nil, err
	}
	if len(list) > 100 {
		return nil, badRequest("BOT_COMMANDS_TOO_MUCH")
	}
	seen := map[string]bool{}
	for _, command := range list {
		switch {
		case !tgCommandName.MatchString(command.Command) || seen[command.Command]:
			return nil, badRequest("BOT_COMMAND_INVALID")
		case strings.TrimSpace(command.Description) == "" || units(command.Description) > 256:
			return nil, badRequest("BOT_COMMAND_DESCRIPTION_INVALID")
		}
		seen[command.Command] = true
	}
	if t.profile.commands[scope] == nil {
		t.profile.commands[scope] = map[string][]BotCommand{}
	}
	t.profile.commands[scope][lang] = list
	if len(list) == 0 {
		delete(t.profile.commands[scope], lang)
	}
	t.changed()
	return true, nil
}
