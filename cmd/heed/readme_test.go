package main

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/heedbot/heed/bot/schedule"
	"github.com/heedbot/heed/flows/policy"
)

func readme(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// between is what stands between two marks.
func between(t *testing.T, s, from, to string) string {
	t.Helper()
	_, s, ok := strings.Cut(s, from)
	if !ok {
		t.Fatalf("the README lacks %q", from)
	}
	s, _, ok = strings.Cut(s, to)
	if !ok {
		t.Fatalf("the README lacks %q after %q", to, from)
	}
	return s
}

// The README's table of settings is what the program takes.
func TestReadmeSettings(t *testing.T) {
	k, err := kong.New(&struct{ Settings }{})
	if err != nil {
		t.Fatal(err)
	}
	var want strings.Builder
	want.WriteString("| variable | in the file | default | |\n|---|---|---|---|\n")
	for _, f := range k.Model.Flags {
		if len(f.Envs) == 0 {
			continue
		}
		def := ""
		if f.HasDefault {
			def = "`" + f.Default + "`"
		}
		fmt.Fprintf(&want, "| `%s` | `%s` | %s | %s |\n", f.Envs[0], strings.ReplaceAll(f.Name, "-", "_"), def, f.Help)
	}
	got := between(t, readme(t), "in step -->\n", "<!-- end of settings -->")
	if got != want.String() {
		t.Errorf("the table of settings in the README is not what the program takes; put this there:\n%s", want.String())
	}
}

// The README's plan is how the real one begins.
func TestReadmePlan(t *testing.T) {
	pol, err := policy.Builtin("ask4")
	if err != nil {
		t.Fatal(err)
	}
	plan := pol.Plan(time.Date(2026, 12, 23, 16, 0, 0, 0, time.UTC), "").String()
	shown := between(t, readme(t), "$ heed policy plan --policy ask4 --from 2026-12-23T16:00:00Z\n", "```")
	if shown == "" || !strings.HasPrefix(plan, shown) {
		t.Errorf("the plan in the README is not how this begins:\n%s", plan)
	}
}

// The README shows what check says of Alphatech's pack without one French text.
func TestReadmeCheck(t *testing.T) {
	pack, err := os.ReadFile("../../flows/policy/packs/alphatech.yaml")
	if err != nil {
		t.Fatal(err)
	}
	const french = "    topic.product: Un produit\n"
	if strings.Count(string(pack), french) != 1 {
		t.Fatalf("the pack does not have %q once", french)
	}
	s := newShell(t, binary(t))
	s.env["HEED_POLICY"] = s.write("my.yaml", strings.Replace(string(pack), french, "", 1))
	code, stdout, stderr := s.run("check", "--offline")
	shown := strings.ReplaceAll(between(t, readme(t), "it would print among the rest:\n\n", "\n\n"), "    ", "") // less the indent of code
	if code != 0 || strings.Count(shown, "\n") < 3 || !strings.Contains("\n"+stdout, "\n"+shown+"\n") {
		t.Errorf("code %d: the README shows\n%s\nand check says\n%s%s", code, shown, stdout, stderr)
	}
}

// The README's pack line is refused as it says, and its new question is taken.
func TestReadmePolicies(t *testing.T) {
	text := readme(t)
	pack, err := os.ReadFile("../../flows/policy/packs/ask4.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, err = policy.Parse("my.yaml", strings.Replace(string(pack), "within: 24h", "within: 24hours", 1), "")
	refusal := regexp.MustCompile(`my\.yaml:\d+:\d+: (.*)`)
	said, shown := refusal.FindStringSubmatch(fmt.Sprint(err)), refusal.FindStringSubmatch(text)
	if said == nil || shown == nil || said[1] != shown[1] {
		t.Errorf("the README shows %q, the program says %q", shown, said)
	}
	question := strings.TrimSpace(between(t, text, "    ask:\n", "\n\n"))
	words := between(t, text, "      en:\n", "\n\n")
	with := strings.Replace(string(pack), "\nask:\n", "\nask:\n  "+question+"\n", 1)
	with = strings.Replace(with, "texts:\n  en:\n", "texts:\n  en:\n"+strings.ReplaceAll(words, "        ", "    ")+"\n", 1)
	p, err := policy.Parse("my.yaml", with, "")
	if err != nil {
		t.Fatalf("the README's question is refused: %v", err)
	}
	q, ok := p.Ask.Next(nil)
	if !ok || q.ID != "flat" {
		t.Fatalf("the README's question is not asked: %+v", q)
	}
	for _, key := range []string{"ask.flat", "label.flat", "option.flat." + q.Options[0], "option.flat." + q.Options[1]} {
		if _, ok := p.Say("en", key); !ok {
			t.Errorf("the README gives no words for %s", key)
		}
	}
}

// The paths and figures that the README says to watch are there, and no other
// figures of ours.
func TestReadmeWatch(t *testing.T) {
	d, err := newDemo(t.Context(), &schedule.MovableClock{}, t.TempDir(), "ask4", "", logger("error"))
	if err != nil {
		t.Fatal(err)
	}
	defer d.close()
	text := between(t, readme(t), "### What to watch", "### Backups")
	paths := regexp.MustCompile("\\| `(/[a-z]+)` \\|").FindAllStringSubmatch(text, -1)
	if len(paths) == 0 {
		t.Error("no paths")
	}
	for _, m := range paths {
		w := httptest.NewRecorder()
		d.system.handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, m[1], nil))
		if w.Code == http.StatusNotFound {
			t.Errorf("%s is not served", m[1])
		}
	}
	figure := regexp.MustCompile("heed_[a-z_]+")
	said, there := map[string]bool{}, map[string]bool{}
	for _, n := range figure.FindAllString(text, -1) {
		said[n] = true
	}
	descs := make(chan *prometheus.Desc)
	go func() { d.system.metrics().Describe(descs); close(descs) }()
	for desc := range descs {
		if n := figure.FindString(desc.String()); n != "" {
			there[n] = true
		}
	}
	if !maps.Equal(said, there) {
		t.Errorf("the README names %v, the program has %v", said, there)
	}
}

// As the README says, variables win over the file, and the file over defaults.
func TestReadmeOrder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "heed.yaml")
	if err := os.WriteFile(path, []byte("policy: altyor\nlisten: \":1\"\nslack_managers: [U0A, U0B]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("HEED_POLICY", "alphatech")
	var c commands
	k, err := kong.New(&c, kong.Configuration(readFile, path))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.Parse([]string{"serve"}); err != nil {
		t.Fatal(err)
	}
	s := c.Serve.Settings
	if s.Policy != "alphatech" || s.Listen != ":1" || s.Database != "heed.db" || len(s.SlackManagers) != 2 {
		t.Errorf("policy %q, listen %q, database %q, managers %v", s.Policy, s.Listen, s.Database, s.SlackManagers)
	}
}
