package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/locales"
)

// The README's due date is the one the command prints.
func TestReadmeDue(t *testing.T) {
	shown := between(t, readme(t), "$ heed policy due ", "```")
	words, answer, _ := strings.Cut(shown, "\n")
	code, stdout, stderr := newShell(t, binary(t)).run(append([]string{"policy", "due"}, strings.Fields(words)...)...)
	if code != 0 || stdout != answer {
		t.Errorf("code %d: put this into the README:\n%s%s", code, stdout, stderr)
	}
}

// A policy is shown in the language asked for, else in its first that heed
// speaks.
func TestPolicyShow(t *testing.T) {
	s := newShell(t, binary(t))
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"ask4"}, "Customer support policy"},
		{[]string{"ask4", "--lang", "pl-PL"}, "Polityka obsługi klienta"},
		{[]string{"alphatech"}, "Chính sách và quy trình xử lý khiếu nại"},
		{[]string{"alphatech", "--lang", "lo-LA"}, "ນະໂຍບາຍ ແລະ ຂັ້ນຕອນການແກ້ໄຂຄຳຮ້ອງທຸກ"},
		{[]string{"ask4", "--source"}, "\npack: ask4\n"},
	} {
		code, stdout, stderr := s.run(append([]string{"policy", "show"}, c.args...)...)
		if code != 0 || !strings.Contains(stdout, c.want) {
			t.Errorf("%v: code %d: %s%s", c.args, code, stdout, stderr)
		}
	}
	s.refuses([]string{"policy", "show", "ask4", "--lang", "tlh"}, "--lang", "en, fr, pl")
	s.refuses([]string{"policy", "show", "ask4", "--lang", "pl", "--source"}, "--source")
	s.refuses([]string{"policy", "show", "ask5"}, `did you mean "ask4"?`)

	code, stdout, _ := s.run("policy", "schema")
	var schema struct {
		Schema     string         `json:"$schema"`
		Properties map[string]any `json:"properties"`
	}
	if err := json.Unmarshal([]byte(stdout), &schema); code != 0 || err != nil || schema.Schema == "" || schema.Properties["promises"] == nil {
		t.Errorf("code %d: the schema is no schema of packs (%v)", code, err)
	}
}

// What check says of a pack that can be read and is not in order.
func TestPolicyCheck(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "flows", "policy", "packs", "ask4.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	words, err := locales.Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	whole := "Texts by language:\n"
	for _, l := range locales.Tags() {
		whole += "  " + inEnglish(words, l) + ": 15 of 15 of the pack's texts\n"
	}
	now := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		old, new string // in the pack
		roles    string
		now      time.Time
		wrong    bool
		want     []string
	}{
		"in order":              {want: []string{"in order", "2028-12-31", whole}},
		"a text missing":        {old: "    topic.service: Otrzymana usługa\n", wrong: true, want: []string{"✗ texts.pl lacks topic.service", "\n  Polish (pl): 14 of 15 of the pack's texts; topic.service shown in English (en)\n"}},
		"the calendar ends":     {now: time.Date(2028, 12, 20, 9, 0, 0, 0, time.UTC), wrong: true, want: []string{"✗ ", "2028-12-31"}},
		"a role nobody holds":   {roles: "support=U0ANN", wrong: true, want: []string{"✗ nobody holds complaints_manager"}},
		"all roles held":        {roles: "support=U0ANN;complaints_manager=U0MIA", want: []string{"in order"}},
		"a review overdue":      {old: "\npromises:", new: "\nreview: {every: 12mo, last: 2025-11-01}\npromises:", want: []string{"note: ", "2026-11-01", "in order"}},
		"a review on its day":   {old: "\npromises:", new: "\nreview: {every: 1y, last: 2025-11-02}\npromises:", want: []string{"in order"}},
		"a language to come":    {old: "languages: [en, fr, pl]", new: "languages: [en, fr, pl, de]", want: []string{"note: heed does not speak de yet", "note: texts.de lacks ", "topic.service", "\n  de: 0 of ", "cannot choose it", "in order"}},
		"another of heed's":     {old: "    topic.service: ການບໍລິການທີ່ໄດ້ຮັບ\n", want: []string{"\n  Lao (lo): 14 of 15 of the pack's texts; topic.service shown in English (en)\n", "in order"}},
		"a title missing":       {old: "  pl: Polityka obsługi klienta\n", want: []string{"\n  Polish (pl): 14 of 15 of the pack's texts; title shown in English (en)\n", "in order"}},
		"an unknown role":       {roles: "boss=U0ANN", wrong: true},
		"a role misspelt there": {roles: "suport=U0ANN", wrong: true},
	} {
		t.Run(name, func(t *testing.T) {
			pack := string(text)
			if c.old != "" {
				if pack = strings.Replace(pack, c.old, c.new, 1); pack == string(text) {
					t.Fatalf("the pack lacks %q", c.old)
				}
			}
			path := filepath.Join(t.TempDir(), "my.yaml")
			if err := os.WriteFile(path, []byte(pack), 0o600); err != nil {
				t.Fatal(err)
			}
			if c.now.IsZero() {
				c.now = now
			}
			var out bytes.Buffer
			err := policyCheck{File: path, Roles: c.roles}.print(&out, c.now)
			if (err != nil) != c.wrong {
				t.Errorf("%v: %s", err, &out)
			}
			for _, w := range c.want {
				if !strings.Contains(out.String(), w) {
					t.Errorf("it does not say %q: %s", w, &out)
				}
			}
			if _, list, listed := strings.Cut(out.String(), "Texts by language:\n"); listed {
				for _, l := range locales.Tags() {
					if strings.Count("\n"+list, "\n  "+inEnglish(words, l)+": ") != 1 {
						t.Errorf("%s is not there once: %s", l, list)
					}
				}
			}
			if strings.Contains(out.String(), "note: the policy was") != (name == "a review overdue") || strings.Contains(out.String(), "in order") == c.wrong {
				t.Errorf("it says: %s", &out)
			}
		})
	}

	s := newShell(t, binary(t))
	code, stdout, stderr := s.run("policy", "check", "ask4", "--roles", "support=U0ANN")
	if code != 2 || !strings.Contains(stdout, "complaints_manager") || !strings.Contains(stderr, "not in order") {
		t.Errorf("code %d: %s%s", code, stdout, stderr)
	}
	// Both checks end alike for a text that is missing, and for one that may be.
	for line, want := range map[string]int{"    topic.service: Otrzymana usługa\n": 2, "    topic.service: ການບໍລິການທີ່ໄດ້ຮັບ\n": 0} {
		s.env["HEED_POLICY"] = s.write("my.yaml", strings.Replace(string(text), line, "", 1))
		one, _, _ := s.run("policy", "check", s.env["HEED_POLICY"])
		other, _, _ := s.run("check", "--offline")
		if one != want || other != want {
			t.Errorf("without %q: policy check ends with %d, check with %d, want %d", line, one, other, want)
		}
	}
	s.env["HEED_SLACK_ROLES"] = "suport=U0ANN"
	s.refuses([]string{"policy", "check", "ask4"}, "HEED_SLACK_ROLES", "did you mean support?")
}
