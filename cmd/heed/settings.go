package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/alecthomas/kong"
	"github.com/goccy/go-yaml"

	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

// Settings are all that can be set: in a YAML file (heed.yaml, or --config),
// by environment variables over it, by flags over both. In the file a setting
// has the name of its flag with underscores: slack_channel.
type Settings struct {
	Policy   string `env:"HEED_POLICY" default:"ask4" help:"The policy: the name of one that comes with heed, or the path of a pack. Complaints keep the one they came in under."`
	Database string `env:"HEED_DATABASE" default:"heed.db" help:"Where everything is kept: the path of one SQLite file."`
	Evidence string `env:"HEED_EVIDENCE" help:"Where customers' files are kept, as a blob URL such as file:///var/lib/heed/evidence. Default: a folder beside the database."`
	Listen   string `env:"HEED_LISTEN" default:":8080" help:"Address for webhooks, /healthz, /readyz and /metrics."`
	// PublicURL and the secret belong together: without both, Telegram is polled.
	PublicURL string `env:"HEED_PUBLIC_URL" help:"Where the world reaches this program, such as https://heed.example.com. With a webhook secret Telegram calls it; else it is polled."`

	TelegramToken         string `env:"HEED_TELEGRAM_TOKEN" help:"The bot's token from @BotFather."`
	TelegramAPIURL        string `name:"telegram-api-url" env:"HEED_TELEGRAM_API_URL" default:"https://api.telegram.org" help:"The Bot API server; another one for a server of your own."`
	TelegramWebhookSecret string `env:"HEED_TELEGRAM_WEBHOOK_SECRET" help:"1 to 256 of A-Z a-z 0-9 _ -, to know Telegram by. Needs HEED_PUBLIC_URL."`

	SlackBotToken      string   `env:"HEED_SLACK_BOT_TOKEN" help:"xoxb-…, from the app's page OAuth & Permissions."`
	SlackAppToken      string   `env:"HEED_SLACK_APP_TOKEN" help:"xapp-…, for Socket Mode: no public address is needed."`
	SlackSigningSecret string   `env:"HEED_SLACK_SIGNING_SECRET" help:"For HTTP, where there is no app token."`
	SlackAPIURL        string   `name:"slack-api-url" env:"HEED_SLACK_API_URL" default:"https://slack.com/api/" help:"The Web API; another one for tests."`
	SlackChannel       string   `env:"HEED_SLACK_CHANNEL" help:"Id of the desk's channel, such as C0123456789 (at the end of the channel's details)."`
	SlackManagers      []string `env:"HEED_SLACK_MANAGERS" help:"User or user group ids, with commas: who may see /sla and is called when a promise is overdue."`
	SlackRoles         string   `env:"HEED_SLACK_ROLES" help:"Who holds each of the policy's roles, by ids of users, user groups and channels: ceo=U0123456789; customer_care=S0123456789 C0123456789. In the file a table. Managers stand in where nobody is named."`

	StaffNames string `env:"HEED_STAFF_NAMES" help:"What else customers call members of staff, by user id: U0123456789=Ania, Anka; U0987654321=Oli. They are found by it where a complaint is about one of them."`

	DeskLanguage string `env:"HEED_DESK_LANGUAGE" help:"Language of cards and threads in Slack, such as vi; what only one person sees is in the language of their Slack account. Default: the policy's first that heed speaks, else English."`

	Overrides

	// Each has its why: see README, "Settings".
	ChatPause     string `name:"telegram-chat-pause" env:"HEED_TELEGRAM_CHAT_PAUSE" default:"1s" help:"Least time between two messages to one Telegram chat; Telegram asks for about a second."`
	PerSecond     string `name:"telegram-per-second" env:"HEED_TELEGRAM_PER_SECOND" default:"30" help:"Most messages a second to all Telegram chats together; Telegram allows about 30."`
	ChannelPause  string `name:"slack-channel-pause" env:"HEED_SLACK_CHANNEL_PAUSE" default:"1s" help:"Least time between two posts to the desk's channel, after a short burst; Slack asks for about a second."`
	DraftReminder string `env:"HEED_DRAFT_REMINDER" default:"24h" help:"How long an unfinished account lies untouched before its owner is reminded, once."`
	DraftListed   string `env:"HEED_DRAFT_LISTED" default:"48h" help:"How long after that until staff are shown it."`
	Flood         string `env:"HEED_FLOOD" default:"20" help:"Most messages a minute that one customer is answered; the rest are kept and shown to staff as one. 0: any number."`
	LogLevel      string `name:"log" env:"HEED_LOG" default:"info" help:"How much is logged: debug, info, warn, error."`
}

var (
	slackChannel = regexp.MustCompile(`^[CG][A-Za-z0-9]+$`)
	slackPerson  = regexp.MustCompile(`^[UWS][A-Za-z0-9]+$`)
	webhookWord  = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)
	telegramName = regexp.MustCompile(`^[0-9]+:[A-Za-z0-9_-]+$`)
)

// check finds every setting that is missing, misspelt or against another, and
// names it. An error never holds a setting's value: it may be a secret.
func (s Settings) check() error {
	var errs []error
	wrong := func(ok bool, format string, args ...any) {
		if !ok {
			errs = append(errs, fmt.Errorf(format, args...))
		}
	}
	wrong(s.TelegramToken != "", "HEED_TELEGRAM_TOKEN is missing: ask @BotFather on Telegram for a bot and set its token")
	wrong(s.TelegramToken == "" || telegramName.MatchString(s.TelegramToken), "HEED_TELEGRAM_TOKEN is not a token: it looks like 123456:ABC…, all in one line")
	wrong(s.TelegramWebhookSecret == "" || s.PublicURL != "", "HEED_TELEGRAM_WEBHOOK_SECRET is set but HEED_PUBLIC_URL is not: set the address Telegram can call, or take the secret away to poll")
	wrong(s.TelegramWebhookSecret == "" || webhookWord.MatchString(s.TelegramWebhookSecret), "HEED_TELEGRAM_WEBHOOK_SECRET may hold 1 to 256 of A-Z a-z 0-9 _ - and nothing else")
	wrong(s.SlackBotToken != "", "HEED_SLACK_BOT_TOKEN is missing: make the app from `heed manifest slack`, install it, and set its xoxb- token")
	wrong(!strings.HasPrefix(s.SlackBotToken, "xapp-"), "HEED_SLACK_BOT_TOKEN holds an app token (xapp-): it wants the bot token (xoxb-)")
	wrong(!strings.HasPrefix(s.SlackAppToken, "xoxb-"), "HEED_SLACK_APP_TOKEN holds a bot token (xoxb-): it wants the app-level token (xapp-)")
	wrong(s.SlackAppToken != "" || s.SlackSigningSecret != "", "HEED_SLACK_APP_TOKEN is missing (for Socket Mode), and so is HEED_SLACK_SIGNING_SECRET (for HTTP): set one of them")
	wrong(s.SlackChannel != "", "HEED_SLACK_CHANNEL is missing: set the id of the desk's channel, such as C0123456789")
	wrong(s.SlackChannel == "" || slackChannel.MatchString(s.SlackChannel), "HEED_SLACK_CHANNEL is not an id: it looks like C0123456789, not like #complaints")
	wrong(len(s.SlackManagers) > 0, "HEED_SLACK_MANAGERS is missing: set at least one user or user group id, such as U0123456789, to be told what is overdue")
	for _, m := range s.SlackManagers {
		wrong(slackPerson.MatchString(m), "HEED_SLACK_MANAGERS holds something that is not an id: ids look like U0123456789 or S0123456789")
	}
	_, err := parseRoles(s.SlackRoles)
	_, names := parseNicknames(s.StaffNames)
	for _, err := range []error{err, names, s.Overrides.check()} {
		if err != nil {
			errs = append(errs, err)
		}
	}
	for name, v := range map[string]string{"HEED_TELEGRAM_API_URL": s.TelegramAPIURL, "HEED_SLACK_API_URL": s.SlackAPIURL, "HEED_PUBLIC_URL": s.PublicURL} {
		u, err := url.Parse(v)
		wrong(v == "" || err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "", "%s is not an address: it begins with https://", name)
	}
	wrong(!strings.Contains(s.Database, "://"), "HEED_DATABASE is an address: this version keeps everything in one SQLite file, so set the path of one")
	wrong(s.DeskLanguage == "" || tongue(s.DeskLanguage) != "", "HEED_DESK_LANGUAGE is none of the languages that heed speaks: set one of %s, or leave it out", strings.Join(locales.Tags(), ", "))
	wrong(s.perSecond() > 0, "HEED_TELEGRAM_PER_SECOND must be a whole number, more than 0")
	wrong(s.flood() >= 0, "HEED_FLOOD must be a whole number, 0 or more")
	wrong(new(slog.Level).UnmarshalText([]byte(s.LogLevel)) == nil, "HEED_LOG is none of debug, info, warn, error")
	for name, v := range map[string]string{"HEED_TELEGRAM_CHAT_PAUSE": s.ChatPause, "HEED_SLACK_CHANNEL_PAUSE": s.ChannelPause, "HEED_DRAFT_REMINDER": s.DraftReminder, "HEED_DRAFT_LISTED": s.DraftListed} {
		_, err := span(v)
		wrong(err == nil, "%s is not a length of time: write it like 90s, 15m or 24h", name)
	}
	sort.Slice(errs, func(i, j int) bool { return errs[i].Error() < errs[j].Error() })
	return errors.Join(errs...)
}

// perSecond is how many messages a second go to Telegram; 0 where the setting
// is no such number. Numbers are read here and not by kong, whose errors quote
// what was set.
func (s Settings) perSecond() int {
	n, err := strconv.Atoi(s.PerSecond)
	if err != nil || n > int(time.Second) {
		return 0
	}
	return n
}

// flood is how many messages a minute a customer is answered; -1 where the
// setting is no such number, the default where it is empty.
func (s Settings) flood() int {
	if s.Flood == "" {
		return 20
	}
	n, err := strconv.Atoi(s.Flood)
	if err != nil || n < 0 {
		return -1
	}
	return n
}

// tongue is the language of heed's that is surely meant by a tag; "" if none is.
func tongue(tag string) string {
	lang, sure := locales.Match(tag, locales.Tags())
	if !sure {
		return ""
	}
	return lang
}

// desk is the language of the desk: the one that is set, else the policy's
// first that heed speaks, else English.
func (s Settings) desk(p *policy.Policy) string {
	if lang := tongue(s.DeskLanguage); lang != "" {
		return lang
	}
	return firstSpoken(p)
}

// webhook tells whether Telegram calls us.
func (s Settings) webhook() bool { return s.PublicURL != "" && s.TelegramWebhookSecret != "" }

// evidence is where files are kept, as a blob URL.
func (s Settings) evidence() (string, error) {
	if s.Evidence != "" {
		return s.Evidence, nil
	}
	path, err := filepath.Abs(s.Database)
	if err != nil {
		return "", fmt.Errorf("find the folder of the database: %w", err)
	}
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(strings.TrimSuffix(path, filepath.Ext(path)) + "-evidence")}
	return u.String(), nil
}

// misspelt finds environment variables that look like ours and are not.
func misspelt(environ, known []string) error {
	var errs []error
	for _, kv := range environ {
		name, _, _ := strings.Cut(kv, "=")
		if !strings.HasPrefix(name, "HEED_") || slices.Contains(known, name) {
			continue
		}
		hint := ""
		if n := policy.Nearest(name, known); n != "" {
			hint = "; did you mean " + n + "?"
		}
		errs = append(errs, fmt.Errorf("%s is not a setting%s", name, hint))
	}
	return errors.Join(errs...)
}

// file reads settings from YAML.
type file struct{ values map[string]any }

func readFile(r io.Reader) (kong.Resolver, error) {
	values := map[string]any{}
	if err := yaml.NewDecoder(r, yaml.Strict()).Decode(&values); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("the configuration file is not YAML: %s", yaml.FormatError(err, false, false))
	}
	return file{values}, nil
}

func (f file) Validate(app *kong.Application) error {
	var known []string
	for _, n := range app.Leaves(false) {
		for _, fl := range n.AllFlags(false) {
			for _, x := range fl {
				if len(x.Envs) > 0 { // other flags belong to one command and are no settings
					known = append(known, key(x))
				}
			}
		}
	}
	var errs []error
	for k, v := range f.values {
		if slices.Contains(known, k) {
			if _, err := plain(k, v); err != nil {
				errs = append(errs, err)
			}
			continue
		}
		hint := ""
		if n := policy.Nearest(k, known); n != "" {
			hint = "; did you mean " + n + "?"
		}
		errs = append(errs, fmt.Errorf("configuration file: %s is not a setting%s", k, hint))
	}
	return errors.Join(errs...)
}

// Resolve gives the file's value, but for a setting that the environment has:
// kong asks here last.
func (f file) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	v := f.values[key(flag)]
	if v == nil || len(flag.Envs) == 0 {
		return nil, nil
	}
	for _, name := range flag.Envs {
		if _, ok := os.LookupEnv(name); ok {
			return nil, nil
		}
	}
	return plain(key(flag), v)
}

// key is a setting's name in the file.
func key(flag *kong.Flag) string { return strings.ReplaceAll(flag.Name, "-", "_") }

// tables are the settings that may be tables in the file, and what stands
// between the values of a list in one.
var tables = map[string]string{"slack_roles": " ", "staff_names": ", "}

// plain gives a value of the file as the environment would have it: a list
// with commas; a table as "ceo=U0A; care=S0B".
func plain(key string, v any) (string, error) {
	switch v := v.(type) {
	case []any:
		return list(v, ","), nil
	case map[string]any:
		between, ok := tables[key]
		if !ok {
			return "", fmt.Errorf("configuration file: %s is a table: write one value, or a list", key)
		}
		var all []string
		for _, role := range slices.Sorted(maps.Keys(v)) {
			ids, ok := v[role].([]any)
			if !ok {
				ids = []any{v[role]}
			}
			all = append(all, role+"="+list(ids, between))
		}
		return strings.Join(all, "; "), nil
	case nil:
		return "", nil
	}
	return fmt.Sprint(v), nil
}

func list(v []any, between string) string {
	var s []string
	for _, x := range v {
		if x != nil {
			s = append(s, fmt.Sprint(x))
		}
	}
	return strings.Join(s, between)
}

func exists(path string) bool { _, err := os.Stat(path); return err == nil }
