package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/heedbot/heed/storage"
)

// update writes the golden files anew: go test ./cmd/heed -run CommandLine -update
var update = flag.Bool("update", false, "write the golden files anew")

// secrets stand in the settings of these tests and must be in nothing that is
// printed.
const (
	telegramSecret = "AAH-telegram-secret"
	slackSecret    = "slack-bot-secret"
	appSecret      = "slack-app-secret"
	signingSecret  = "slack-signing-secret"
	webhookSecret  = "webhook-secret"
)

// shell runs the program as an operator does.
type shell struct {
	t   *testing.T
	bin string
	dir string
	env map[string]string
}

// newShell has settings that are in order.
func newShell(t *testing.T, bin string) *shell {
	t.Helper()
	s := &shell{t: t, bin: bin, dir: t.TempDir()}
	s.env = map[string]string{
		"HEED_DATABASE": filepath.Join(s.dir, "heed.db"), "HEED_LISTEN": "127.0.0.1:0",
		"HEED_TELEGRAM_TOKEN": "4242:" + telegramSecret, "HEED_SLACK_BOT_TOKEN": "xoxb-" + slackSecret,
		"HEED_SLACK_APP_TOKEN": "xapp-" + appSecret, "HEED_SLACK_CHANNEL": deskChannel, "HEED_SLACK_MANAGERS": managerMia,
		// Nobody listens there: a test that gets so far fails at once.
		"HEED_TELEGRAM_API_URL": "http://127.0.0.1:1", "HEED_SLACK_API_URL": "http://127.0.0.1:1/api/",
	}
	return s
}

// run gives the exit code and what was printed.
func (s *shell) run(args ...string) (code int, stdout, stderr string) {
	s.t.Helper()
	cmd := exec.CommandContext(s.t.Context(), s.bin, args...)
	cmd.Dir, cmd.Env = s.dir, []string{"PATH=" + os.Getenv("PATH")}
	for k, v := range s.env {
		cmd.Env = append(cmd.Env, k+"="+v)
	}
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		s.t.Fatal(err)
	}
	for _, secret := range []string{telegramSecret, slackSecret, appSecret, signingSecret, webhookSecret} {
		if strings.Contains(out.String()+errs.String(), secret) {
			s.t.Errorf("a secret is printed: %s%s", &out, &errs)
		}
	}
	return cmd.ProcessState.ExitCode(), out.String(), errs.String()
}

// refuses runs the program, which must end with code 2 and one line that has
// all the words.
func (s *shell) refuses(args []string, words ...string) {
	s.t.Helper()
	code, _, stderr := s.run(args...)
	// What is logged before is not the answer.
	stderr = regexp.MustCompile(`(?m)^time=.*\n`).ReplaceAllString(stderr, "")
	if code != 2 || strings.Count(stderr, "\n") != 1 || !strings.HasPrefix(stderr, "heed: ") {
		s.t.Errorf("code %d, and it says %q", code, stderr)
	}
	for _, w := range words {
		if !strings.Contains(stderr, w) {
			s.t.Errorf("it does not say %q: %q", w, stderr)
		}
	}
}

func (s *shell) write(name, text string) string {
	s.t.Helper()
	path := filepath.Join(s.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
	return path
}

// What an operator sees: settings that are wrong, and what the commands print.
func TestCommandLine(t *testing.T) {
	bin := binary(t)
	for name, test := range map[string]func(*testing.T, string){
		"wrong settings": wrongSettings, "database trouble": databaseTrouble, "configuration file": configurationFile,
		"wrong policy": wrongPolicy, "wrong calendar": wrongCalendar, "roles": policyRoles, "desk language": deskLanguage, "check offline": checkOffline, "policy plan": policyPlans, "manifest": slackManifest,
	} {
		t.Run(name, func(t *testing.T) { test(t, bin) })
	}
}

func wrongSettings(t *testing.T, bin string) {
	const missing = "is missing"
	for name, c := range map[string]struct {
		set  map[string]string // "" takes a setting away
		want []string
	}{
		"no telegram token":        {map[string]string{"HEED_TELEGRAM_TOKEN": ""}, []string{"HEED_TELEGRAM_TOKEN", missing, "@BotFather"}},
		"no slack token":           {map[string]string{"HEED_SLACK_BOT_TOKEN": ""}, []string{"HEED_SLACK_BOT_TOKEN", missing}},
		"neither socket nor HTTP":  {map[string]string{"HEED_SLACK_APP_TOKEN": ""}, []string{"HEED_SLACK_APP_TOKEN", "HEED_SLACK_SIGNING_SECRET", missing}},
		"no channel":               {map[string]string{"HEED_SLACK_CHANNEL": ""}, []string{"HEED_SLACK_CHANNEL", missing}},
		"no managers":              {map[string]string{"HEED_SLACK_MANAGERS": ""}, []string{"HEED_SLACK_MANAGERS", missing}},
		"misspelt":                 {map[string]string{"HEED_SLAK_CHANNEL": "C0123"}, []string{"HEED_SLAK_CHANNEL is not a setting", "did you mean HEED_SLACK_CHANNEL?"}},
		"misspelt beyond guessing": {map[string]string{"HEED_NONSENSE_ALTOGETHER": webhookSecret}, []string{"HEED_NONSENSE_ALTOGETHER is not a setting"}},
		"a telegram token cut":     {map[string]string{"HEED_TELEGRAM_TOKEN": telegramSecret}, []string{"HEED_TELEGRAM_TOKEN is not a token"}},
		"app token for bot token":  {map[string]string{"HEED_SLACK_BOT_TOKEN": "xapp-" + appSecret}, []string{"HEED_SLACK_BOT_TOKEN", "xoxb-"}},
		"bot token for app token":  {map[string]string{"HEED_SLACK_APP_TOKEN": "xoxb-" + slackSecret}, []string{"HEED_SLACK_APP_TOKEN", "xapp-"}},
		"a channel by its name":    {map[string]string{"HEED_SLACK_CHANNEL": "#complaints"}, []string{"HEED_SLACK_CHANNEL is not an id"}},
		"a manager by name":        {map[string]string{"HEED_SLACK_MANAGERS": managerMia + ",@mia"}, []string{"HEED_SLACK_MANAGERS", "not an id"}},
		"a secret and no address":  {map[string]string{"HEED_TELEGRAM_WEBHOOK_SECRET": webhookSecret}, []string{"HEED_TELEGRAM_WEBHOOK_SECRET is set but HEED_PUBLIC_URL is not"}},
		"a secret Telegram refuses": {map[string]string{"HEED_PUBLIC_URL": "https://heed.example", "HEED_TELEGRAM_WEBHOOK_SECRET": webhookSecret + "!"},
			[]string{"HEED_TELEGRAM_WEBHOOK_SECRET may hold"}},
		"an address without scheme": {map[string]string{"HEED_PUBLIC_URL": "heed.example"}, []string{"HEED_PUBLIC_URL is not an address"}},
		"telegram's address":        {map[string]string{"HEED_TELEGRAM_API_URL": "ftp://somewhere"}, []string{"HEED_TELEGRAM_API_URL is not an address"}},
		"slack's address":           {map[string]string{"HEED_SLACK_API_URL": "slack"}, []string{"HEED_SLACK_API_URL is not an address"}},
		"a database elsewhere":      {map[string]string{"HEED_DATABASE": "postgres://u:" + webhookSecret + "@db/heed"}, []string{"HEED_DATABASE is an address"}},
		"nothing a second":          {map[string]string{"HEED_TELEGRAM_PER_SECOND": "0"}, []string{"HEED_TELEGRAM_PER_SECOND", "more than 0"}},
		"no number":                 {map[string]string{"HEED_TELEGRAM_PER_SECOND": webhookSecret}, []string{"HEED_TELEGRAM_PER_SECOND must be a whole number"}},
		"no length of time":         {map[string]string{"HEED_DRAFT_REMINDER": "a day"}, []string{"HEED_DRAFT_REMINDER is not a length of time"}},
		"less than no time":         {map[string]string{"HEED_TELEGRAM_CHAT_PAUSE": "-1s"}, []string{"HEED_TELEGRAM_CHAT_PAUSE is not a length of time"}},
		"a log level":               {map[string]string{"HEED_LOG": webhookSecret}, []string{"HEED_LOG", "debug"}},
		"no such folder":            {map[string]string{"HEED_DATABASE": "no/such/heed.db"}, []string{"HEED_DATABASE", "there is no folder"}},
		"a folder":                  {map[string]string{"HEED_DATABASE": "."}, []string{"HEED_DATABASE", "not a regular file"}},
		"evidence without scheme":   {map[string]string{"HEED_EVIDENCE": "evidence"}, []string{"HEED_EVIDENCE", "not a URL"}},
		"evidence without driver":   {map[string]string{"HEED_EVIDENCE": "s3://key:" + webhookSecret + "@bucket"}, []string{"HEED_EVIDENCE", "s3"}},
		"a desk's language":         {map[string]string{"HEED_DESK_LANGUAGE": webhookSecret}, []string{"HEED_DESK_LANGUAGE is none of the languages that heed speaks", "en, fr, pl, it, vi, zh-Hans, lo"}},
		"a neighbouring language":   {map[string]string{"HEED_DESK_LANGUAGE": "zh-TW"}, []string{"HEED_DESK_LANGUAGE is none of"}},
		"no such policy":            {map[string]string{"HEED_POLICY": "ask5"}, []string{"HEED_POLICY", `"ask5"`, `did you mean "ask4"?`}},
		"a role without holder":     {map[string]string{"HEED_SLACK_ROLES": "support=" + agentAnn + "; complaints_manager="}, []string{"HEED_SLACK_ROLES: entry 2", "names nobody"}},
		"a secret for roles":        {map[string]string{"HEED_SLACK_ROLES": "xoxb-" + slackSecret}, []string{"HEED_SLACK_ROLES: entry 1", "ceo=U0123456789"}},
		"a secret for a role":       {map[string]string{"HEED_SLACK_ROLES": slackSecret + "=U0ANN"}, []string{"HEED_SLACK_ROLES: entry 1", "does not begin with a role"}},
		"a secret for a person":     {map[string]string{"HEED_SLACK_ROLES": "support=U0ANN " + webhookSecret}, []string{"HEED_SLACK_ROLES: entry 1", "not an id"}},
		"a title for an id":         {map[string]string{"HEED_SLACK_ROLES": "support=CEO"}, []string{"HEED_SLACK_ROLES: entry 1", "not an id"}},
		"a role twice":              {map[string]string{"HEED_SLACK_ROLES": "support=U0ANN;support=U0MIA"}, []string{"HEED_SLACK_ROLES: entry 2", "once more"}},
		"a role misspelt":           {map[string]string{"HEED_SLACK_ROLES": "suport=U0ANN"}, []string{"HEED_SLACK_ROLES: entry 1", "ask4", "did you mean support?"}},
		"a role of another policy":  {map[string]string{"HEED_SLACK_ROLES": "ombudsperson=U0ANN"}, []string{"HEED_SLACK_ROLES: entry 1", "it has support, complaints_manager"}},
		"a day that is none":        {map[string]string{"HEED_CALENDAR_CLOSE": "2026-08-10," + webhookSecret}, []string{"HEED_CALENDAR_CLOSE: entry 2", "2026-08-10..2026-08-21"}},
		"days that end first":       {map[string]string{"HEED_CALENDAR_OPEN": "2026-08-21..2026-08-10"}, []string{"HEED_CALENDAR_OPEN: entry 1"}},
		"a calendar elsewhere":      {map[string]string{"HEED_CALENDAR_ICS": "webcal://u:" + webhookSecret + "@cal/own.ics"}, []string{"HEED_CALENDAR_ICS is an address"}},
		"no calendar":               {map[string]string{"HEED_CALENDAR_ICS": webhookSecret}, []string{"HEED_CALENDAR_ICS", "no such file"}},
		"an address taken":          {map[string]string{"HEED_LISTEN": "taken"}, []string{"HEED_LISTEN", "in use"}},
		"no address":                {map[string]string{"HEED_LISTEN": "127.0.0.1:port"}, []string{"HEED_LISTEN"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShell(t, bin)
			for k, v := range c.set {
				s.env[k] = v
				if v == "" {
					delete(s.env, k)
				}
			}
			if s.env["HEED_LISTEN"] == "taken" {
				l, err := net.Listen("tcp", "127.0.0.1:0")
				if err != nil {
					t.Fatal(err)
				}
				defer l.Close()
				s.env["HEED_LISTEN"] = l.Addr().String()
			}
			s.refuses([]string{"serve"}, append(c.want, "HEED_")...)
		})
	}
}

func databaseTrouble(t *testing.T, bin string) {
	t.Run("in use", func(t *testing.T) {
		s := newShell(t, bin)
		store, err := storage.Open(t.Context(), s.env["HEED_DATABASE"], storage.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer store.Close()
		s.refuses([]string{"serve"}, "HEED_DATABASE", "in use by another heed")
	})
	t.Run("not a database", func(t *testing.T) {
		s := newShell(t, bin)
		s.env["HEED_DATABASE"] = s.write("notes.txt", strings.Repeat("these are somebody's notes\n", 100))
		s.refuses([]string{"serve"}, "HEED_DATABASE", "not a heed database")
	})
}

func configurationFile(t *testing.T, bin string) {
	for name, c := range map[string]struct {
		yaml string
		want []string
	}{
		"unknown key":          {"slak_channel: C0123\n", []string{"slak_channel is not a setting", "did you mean slack_channel?"}},
		"not YAML":             {"policy: ask4\nslack_managers: [U0MIA\n", []string{"not YAML", "2:"}},
		"a key twice":          {"policy: ask4\npolicy: altyor\n", []string{"not YAML", "2:"}},
		"no settings at all":   {"- policy\n", []string{"not YAML"}},
		"a flag, no setting":   {"roles: {support: [U0ANN]}\n", []string{"roles is not a setting"}},
		"a table of nothing":   {"policy: {name: ask4}\n", []string{"policy is a table"}},
		"a role misspelt":      {"slack_roles: {complaint_manager: [U0MIA]}\n", []string{"HEED_SLACK_ROLES", "did you mean complaints_manager?"}},
		"a holder by name":     {"slack_roles:\n  support: '@ann'\n", []string{"HEED_SLACK_ROLES", "not an id"}},
		"a day that is none":   {"calendar_close: [2026-08-10, soon]\n", []string{"HEED_CALENDAR_CLOSE: entry 2"}},
		"a wrong value":        {"telegram_per_second: " + webhookSecret + "\n", []string{"HEED_TELEGRAM_PER_SECOND"}},
		"a secret in no place": {"slack_bot_tokn: " + webhookSecret + "\n", []string{"slack_bot_tokn is not a setting"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShell(t, bin)
			s.write("heed.yaml", c.yaml)
			s.refuses([]string{"serve"}, c.want...)
		})
	}
	t.Run("named and not there", func(t *testing.T) {
		newShell(t, bin).refuses([]string{"serve", "--config", "other.yaml"}, "other.yaml")
	})
	t.Run("the environment goes before it", func(t *testing.T) {
		s := newShell(t, bin)
		s.write("heed.yaml", "slack_channel: '#complaints'\npolicy: nonsense\nslack_managers: [U0ANN, U0MIA]\n")
		s.env["HEED_POLICY"] = "ask4"
		if code, stdout, stderr := s.run("check", "--offline"); code != 0 {
			t.Errorf("code %d: %s%s", code, stdout, stderr)
		}
		delete(s.env, "HEED_SLACK_CHANNEL")
		s.refuses([]string{"serve"}, "HEED_SLACK_CHANNEL is not an id")
	})
}

// wrongPolicy: each fault of a pack is told with its line and column.
func wrongPolicy(t *testing.T, bin string) {
	s := newShell(t, bin)
	text, err := os.ReadFile(filepath.Join("..", "..", "flows", "policy", "packs", "ask4.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	bad := strings.NewReplacer("within: 24h", "within: 24x", "contact_hours", "contact_ours", "from: first_update", "from: response").Replace(string(text))
	s.env["HEED_POLICY"] = s.write("bad.yaml", bad)
	code, _, stderr := s.run("serve")
	if code != 2 || !strings.HasPrefix(stderr, "heed: HEED_POLICY: ") {
		t.Errorf("code %d: %s", code, stderr)
	}
	for _, at := range []string{`bad\.yaml:\d+:\d+: .*24x`, `bad\.yaml:\d+:\d+: .*contact_ours`, `bad\.yaml:\d+:\d+: .*promises`} {
		if !regexp.MustCompile(at).MatchString(stderr) {
			t.Errorf("nothing like %s in %s", at, stderr)
		}
	}
	for i, line := range strings.Split(bad, "\n") {
		if strings.Contains(line, "24x") && !strings.Contains(stderr, "bad.yaml:"+itoa(i+1)+":") {
			t.Errorf("the wrong duration stands in line %d: %s", i+1, stderr)
		}
	}
	if code, _, stderr = s.run("policy", "check", s.env["HEED_POLICY"]); code != 2 || !strings.Contains(stderr, "contact_ours") {
		t.Errorf("policy check: code %d: %s", code, stderr)
	}
}

func itoa(n int) string { b, _ := json.Marshal(n); return string(b) }

func checkOffline(t *testing.T, bin string) {
	s := newShell(t, bin)
	code, stdout, stderr := s.run("check", "--offline")
	if code != 0 || !strings.Contains(stdout, "Ready to go live, as far as") || strings.Contains(stdout, "✗") {
		t.Errorf("code %d: %s%s", code, stdout, stderr)
	}
	for _, what := range []string{"settings", "policy", "calendar of ask4", "database and evidence"} {
		if !strings.Contains(stdout, "✓ "+what) {
			t.Errorf("it does not look at %s: %s", what, stdout)
		}
	}
	s.env["HEED_SLACK_CHANNEL"], s.env["HEED_POLICY"] = "#complaints", "nope"
	code, stdout, _ = s.run("check", "--offline")
	if code != 2 || !strings.Contains(stdout, "✗ settings") || !strings.Contains(stdout, "✗ policy") || strings.Contains(stdout, "Ready") {
		t.Errorf("code %d: %s", code, stdout)
	}
}

func policyPlans(t *testing.T, bin string) {
	s := newShell(t, bin)
	for _, args := range [][]string{nil, {"--json"}} {
		code, stdout, stderr := s.run(append([]string{"policy", "plan", "--policy", "ask4", "--from", "2026-12-23T16:00:00Z"}, args...)...)
		if code != 0 {
			t.Fatalf("code %d: %s", code, stderr)
		}
		name := "plan.txt"
		if args != nil {
			name = "plan.json"
			var plan struct {
				Promises []struct {
					ID  string
					Due time.Time
				}
			}
			if err := json.Unmarshal([]byte(stdout), &plan); err != nil || len(plan.Promises) != 3 {
				t.Errorf("the JSON is %v: %s", err, stdout)
			}
			// The hash covers the whole pack, comments too.
			stdout = regexp.MustCompile(`"hash": "[0-9a-f]{64}"`).ReplaceAllString(stdout, `"hash": "…"`)
		}
		path := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(path, []byte(stdout), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if stdout != string(want) {
			t.Errorf("%s: got\n%s\nwant\n%s", name, stdout, want)
		}
	}
	s.refuses([]string{"policy", "plan", "--from", "2026-12-23T16:00:00Z", "--topic", "weather"}, "--topic", "service")
	s.refuses([]string{"policy", "plan", "--from", "Christmas"}, "--from")
}

// slackManifest: what Slack is to make an app from is an app manifest, and of
// lengths that Slack takes (Slack docs, App manifest reference).
func slackManifest(t *testing.T, bin string) {
	s := newShell(t, bin)
	for _, public := range []string{"", "https://heed.example/"} {
		args := []string{"manifest", "slack"}
		if public != "" {
			args = append(args, "--public-url", public)
		}
		code, stdout, stderr := s.run(args...)
		if code != 0 {
			t.Fatalf("code %d: %s", code, stderr)
		}
		d := json.NewDecoder(strings.NewReader(stdout))
		d.DisallowUnknownFields()
		var m slack.Manifest
		if err := d.Decode(&m); err != nil {
			t.Fatalf("%v in %s", err, stdout)
		}
		if n := len(m.Display.Name); n == 0 || n > 35 {
			t.Errorf("the name has %d letters, 35 are allowed", n)
		}
		if n := len([]rune(m.Display.Description)); n == 0 || n > 140 {
			t.Errorf("the description has %d letters, 140 are allowed", n)
		}
		if n := len(m.Features.BotUser.DisplayName); n == 0 || n > 80 {
			t.Errorf("the bot's name has %d letters, 80 are allowed", n)
		}
		if n := len(m.Settings.EventSubscriptions.BotEvents); n == 0 || n > 100 {
			t.Errorf("%d events, 100 are allowed", n)
		}
		commands := map[string]bool{}
		for _, c := range m.Features.SlashCommands {
			commands[c.Command] = true
			if len([]rune(c.Description)) > 2000 || len([]rune(c.UsageHint)) > 1000 || len(c.Command) > 32 {
				t.Errorf("command %s is over Slack's limits", c.Command)
			}
			if (c.Url == "https://heed.example/slack/commands") != (public != "") {
				t.Errorf("command %s goes to %q", c.Command, c.Url)
			}
		}
		if !commands["/sla"] || !commands["/complaint"] {
			t.Errorf("commands %v", commands)
		}
		if m.Settings.SocketModeEnabled != (public == "") {
			t.Errorf("socket mode for %q: %v", public, m.Settings.SocketModeEnabled)
		}
		if !m.Settings.Interactivity.IsEnabled || (m.Settings.Interactivity.RequestUrl != "") != (public != "") || (m.Settings.EventSubscriptions.RequestUrl != "") != (public != "") {
			t.Errorf("addresses of %q: %+v %+v", public, m.Settings.Interactivity, m.Settings.EventSubscriptions)
		}
		for _, scope := range []string{"chat:write", "files:write", "commands", "users:read", "usergroups:read"} {
			if !strings.Contains(stdout, `"`+scope+`"`) {
				t.Errorf("the app cannot %s", scope)
			}
		}
	}
}
