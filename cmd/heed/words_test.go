package main

import (
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

// A page for a proofreader, the list of what none has read, and the lines that
// say that one has.
func TestWords(t *testing.T) {
	s := newShell(t, binary(t))
	code, page, stderr := s.run("words", "--language", "lo", "--policy", "alphatech")
	if code != 0 || stderr != "" || !strings.HasPrefix(page, "<!doctype html>") || !strings.Contains(page, `data-key="alphatech/topic.product"`) {
		t.Errorf("code %d, %d bytes: %s", code, len(page), stderr)
	}
	if _, page, _ := s.run("words", "-l", "zh-CN"); !strings.Contains(page, `<html lang="zh-Hans">`) || !strings.Contains(page, `data-key="ask4/topic.staff"`) {
		t.Error("Chinese as a phone names it, with the first policy, is not shown")
	}

	code, list, counts := s.run("words", "--unread")
	lines := strings.Split(strings.TrimSpace(list), "\n")
	for _, l := range lines {
		if !regexp.MustCompile(`^[a-zA-Z-]+\t[a-z0-9_./-]+$`).MatchString(l) && list != "" {
			t.Fatalf("code %d: a line is %q", code, l)
		}
	}
	if code != 0 || !strings.HasPrefix(counts, "lo: ") || strings.Contains(list, "\nlo\t") && !strings.HasPrefix(list, "lo\t") {
		t.Errorf("code %d: Lao is not first: %.40q, %.40q", code, list, counts)
	}
	want := unread(t, policy.Names()...)
	for _, l := range lines {
		if l != "" && !want[l] {
			t.Errorf("%q is in the list", l)
		}
		delete(want, l)
	}
	for l := range want {
		t.Errorf("%q is not in the list", l)
	}
	if _, lao, _ := s.run("words", "--unread", "-l", "lo"); !strings.HasPrefix(list, lao) || strings.Count(lao, "\n") != strings.Count("\n"+list, "\nlo\t") {
		t.Error("the list of Lao alone is not how the whole one begins")
	}

	s.refuses([]string{"words"}, "--language", "--unread")
	s.refuses([]string{"words", "--language", "tlh"}, "--language", "zh-Hans")
	s.refuses([]string{"words", "-l", "lo", "--policy", "ask5"}, `did you mean "ask4"?`)
	s.refuses([]string{"words", "--unread", "--read"}, "--unread")
	s.refuses([]string{"words", "-l", "lo", "--staff"}, "--staff")
	s.refuses([]string{"words", "--read"}, "--language")
}

// The page's footer names the commands that record just what the page shows,
// with the policy that it shows.
func TestWordsRecord(t *testing.T) {
	s := newShell(t, binary(t))
	own, err := os.ReadFile(filepath.Join("..", "..", "flows", "policy", "packs", "altyor.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	s.write("our own.yaml", string(own))
	for _, c := range []struct {
		args          []string
		env           string
		pack, command string
	}{
		{nil, "", "ask4", "heed words --language lo --read"},
		{[]string{"--policy", "alphatech"}, "", "alphatech", "heed words --language lo --policy alphatech --read"},
		{nil, "altyor", "altyor", "heed words --language lo --policy altyor --read"},
		{[]string{"--policy", "ask4"}, "altyor", "ask4", "heed words --language lo --policy ask4 --read"},
		{[]string{"--policy", "our own.yaml"}, "", "altyor", "heed words --language lo --policy 'our own.yaml' --read"},
	} {
		delete(s.env, "HEED_POLICY")
		if c.env != "" {
			s.env["HEED_POLICY"] = c.env
		}
		_, page, _ := s.run(append([]string{"words", "-l", "lo"}, c.args...)...)
		if !strings.Contains(html.UnescapeString(page), "<code>"+c.command+"</code>") {
			t.Errorf("%v: the page does not say %q", c.args, c.command)
		}
		args := strings.Fields(strings.ReplaceAll(strings.TrimPrefix(c.command, "heed "), "'our own.yaml'", "our_own"))
		for i := range args {
			args[i] = strings.ReplaceAll(args[i], "our_own", "our own.yaml")
		}
		_, mine, _ := s.run(args...)
		_, theirs, _ := s.run(append(args, "--staff")...)
		if !strings.Contains(page, `data-unread="`+strconv.Itoa(strings.Count(mine, "\n"))+`"`) {
			t.Errorf("%s prints %d lines, and the page counts others as unread", c.command, strings.Count(mine, "\n"))
		}
		record, err := locales.ParseRecord("language\tkey\tdigest\n" + mine + theirs)
		if err != nil {
			t.Fatalf("what --read prints is no record: %v", err)
		}
		want := unread(t, c.pack)
		for _, r := range record.Readings() {
			if l := r.Language + "\t" + r.Key; r.Language != "lo" || !want[l] {
				t.Errorf("%s records %q", c.command, l)
			}
			delete(want, r.Language+"\t"+r.Key)
		}
		for l := range want {
			if strings.HasPrefix(l, "lo\t") {
				t.Errorf("%s does not record %q", c.command, l)
			}
		}
		if strings.Contains(mine, "\tstaff.") || strings.Contains(theirs, "\task.") {
			t.Errorf("%s: staff's texts are recorded with customers', or these with them", c.command)
		}
	}
}

// unread is each text of ours, and of some packs, that the record does not have
// as it stands: its language, a tab, and its key.
func unread(t *testing.T, packs ...string) map[string]bool {
	t.Helper()
	catalog, err := locales.Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	record, err := locales.OpenRecord()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]bool{}
	take := func(lang, key, text string) {
		if text != "" && !record.Has(lang, key, text) {
			all[lang+"\t"+key] = true
		}
	}
	for _, lang := range locales.Tags() {
		for _, k := range locales.Keys {
			take(lang, string(k), catalog.Source(lang, k))
		}
		for _, name := range packs {
			p, err := policy.Builtin(name)
			if err != nil {
				t.Fatal(err)
			}
			take(lang, name+"/title", p.Title[lang])
			for k, text := range p.Texts[lang] {
				take(lang, name+"/"+k, text)
			}
		}
	}
	return all
}

// The demo's page has a link beside the languages. What it opens is in the
// language, has its style, and fits wide and narrow windows.
func TestBrowserWords(t *testing.T) {
	d, b := openDemo(t, "ask4")
	front := eval[string](b, "location.href")
	for _, lang := range []string{"lo", "vi", "zh-Hans"} {
		b.click(test("add-language", "lang", lang))
		b.until("the link is to "+lang, `document.querySelector('[data-test="words"]')?.getAttribute("href") === "/words/`+lang+`"`)
		b.do(chromedp.Navigate(front + "words/" + lang))
		b.until("the page has its style", `getComputedStyle(document.querySelector(".message .say")).borderTopLeftRadius === "15px"`)
		if want := d.system.house.Words.Text(lang, locales.AskTopic); !eval[bool](b, shows(`[data-key="ask.topic"] .say`, want)) {
			t.Errorf("%s: the first question is not %q", lang, want)
		}
		b.look("words-"+lang, [2]int64{1280, 900}, [2]int64{390, 844})
		b.do(chromedp.EmulateViewport(1440, 900), chromedp.Navigate(front))
		b.until("the page is drawn", `document.body.dataset.ready === "true"`)
	}
	b.look("words-link", [2]int64{1440, 900})
	b.click(test("add-language", "lang", "de"))
	b.until("no link to what heed does not speak", `document.querySelector('[data-test="words"]').hidden`)
}
