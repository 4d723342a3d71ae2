package main

import (
	"strings"
	"testing"

	"github.com/heedbot/heed/bot/schedule"
	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

// The language of the desk: what is set, else the policy's first that heed
// speaks, else English.
func TestDeskLanguage(t *testing.T) {
	for _, c := range []struct {
		set  string
		pack []string
		want string
	}{
		{"", []string{"vi", "en", "lo"}, "vi"}, {"", []string{"de", "pl"}, "pl"}, {"", []string{"de"}, "en"},
		{"lo", []string{"en"}, "lo"}, {"zh-CN", []string{"en"}, "zh-Hans"}, {"FR", []string{"en"}, "fr"},
	} {
		s := Settings{DeskLanguage: c.set}
		if got := s.desk(&policy.Policy{Languages: c.pack}); got != c.want {
			t.Errorf("%q over %v: %s, not %s", c.set, c.pack, got, c.want)
		}
	}
	for _, name := range policy.Names() {
		pol, err := policy.Builtin(name)
		if err != nil {
			t.Fatal(err)
		}
		d, err := newDemo(t.Context(), &schedule.MovableClock{}, t.TempDir(), name, "", logger("error"))
		if err != nil {
			t.Fatal(err)
		}
		if got := d.system.house.Language; got != pol.Languages[0] {
			t.Errorf("the demo of %s has a desk that reads %s", name, got)
		}
		d.close()
	}
}

// The card is in the desk's language, and the customer is answered in theirs.
func TestDeskLanguageOfACard(t *testing.T) {
	for set, want := range map[string]string{"": "en", "vi": "vi", "pl": "pl"} {
		t.Run(set, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, func(w *world) { w.settings.DeskLanguage = set })
			anna := w.customer(1001, "Anna", "en")
			anna.complain()
			w.eventually("the receipt", func() bool { return anna.heard("Your reference is") })
			words, posts := w.system.house.Words, ""
			w.eventually("there is a card", func() bool {
				for _, p := range w.slack.Posts(deskChannel) {
					posts += p.Text + "\n" + texts(p.Blocks)
				}
				return posts != ""
			})
			for _, lang := range words.Languages() {
				if there := strings.Contains(posts, words.Text(lang, locales.StaffButtonAcknowledge)); there != (lang == want) {
					t.Errorf("the button to acknowledge is there in %s: %v", lang, there)
				}
			}
		})
	}
}

// check says which language it is and why; the file can set it, the demo takes
// it, and a wrong one is refused.
func deskLanguage(t *testing.T, bin string) {
	s := newShell(t, bin)
	for _, c := range []struct{ policy, set, file, want string }{
		{"ask4", "", "", "✓ language of the desk: English (en), the policy's first that heed speaks (HEED_DESK_LANGUAGE sets another)\n"},
		{"alphatech", "", "", "✓ language of the desk: Vietnamese (vi), the policy's first"},
		{"alphatech", "en", "", "✓ language of the desk: English (en)\n"},
		{"alphatech", "", "desk_language: lo\n", "✓ language of the desk: Lao (lo)\n"},
		{"alphatech", "zh-Hans", "desk_language: lo\n", "✓ language of the desk: Chinese (zh-Hans)\n"},
	} {
		s.env["HEED_POLICY"], s.env["HEED_DESK_LANGUAGE"] = c.policy, c.set
		if c.set == "" {
			delete(s.env, "HEED_DESK_LANGUAGE")
		}
		s.write("heed.yaml", c.file)
		if code, stdout, stderr := s.run("check", "--offline"); code != 0 || !strings.Contains(stdout, c.want) {
			t.Errorf("%+v: code %d: %s%s", c, code, stdout, stderr)
		}
	}
	s.env["HEED_DESK_LANGUAGE"] = "English"
	const line = "HEED_DESK_LANGUAGE is none of the languages that heed speaks: set one of "
	s.refuses([]string{"serve"}, line+strings.Join(locales.Tags(), ", "))
	s.refuses([]string{"demo", "--port", "0"}, line)
	if code, stdout, _ := s.run("check", "--offline"); code != 2 || !strings.Contains(stdout, "✗ settings\n  "+line) || strings.Contains(stdout, "language of the desk") {
		t.Errorf("code %d: %s", code, stdout)
	}
}
