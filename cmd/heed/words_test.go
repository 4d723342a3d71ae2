package main

import (
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

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
		if !regexp.MustCompile(`^[a-zA-Z-]+\t[a-z0-9_./-]+$`).MatchString(l) {
			t.Fatalf("code %d: a line is %q", code, l)
		}
	}
	if code != 0 || !strings.HasPrefix(list, "lo\t") || !strings.HasPrefix(counts, "lo: ") {
		t.Errorf("code %d: Lao is not first: %.40q, %.40q", code, list, counts)
	}
	for _, key := range []string{"lo\task.topic", "vi\talphatech/urgent", "fr\taltyor/policy", "en\trespect-for-agents/policy", "pl\tstaff.card.stage"} {
		if !strings.Contains(list, key+"\n") {
			t.Errorf("%q is not in the list", key)
		}
	}
	if _, lao, _ := s.run("words", "--unread", "-l", "lo"); !strings.HasPrefix(list, lao) || lao == "" || strings.Contains(lao, "vi\t") {
		t.Error("the list of Lao alone is not how the whole one begins")
	}

	_, mine, _ := s.run("words", "-l", "lo", "--read")
	_, theirs, _ := s.run("words", "-l", "lo", "--read", "--staff")
	record, err := locales.ParseRecord("language\tkey\tdigest\n" + mine + theirs)
	if err != nil {
		t.Fatalf("what --read prints is no record: %v", err)
	}
	if got, want := len(record.Readings()), strings.Count(list, "lo\t"); got != want {
		t.Errorf("%d lines say that all is read, %d texts are unread", got, want)
	}
	if strings.Contains(mine, "\tstaff.") || !strings.Contains(theirs, "\tstaff.") {
		t.Error("staff's texts are recorded with customers', or not at all")
	}

	s.refuses([]string{"words"}, "--language", "--unread")
	s.refuses([]string{"words", "--language", "tlh"}, "--language", "zh-Hans")
	s.refuses([]string{"words", "-l", "lo", "--policy", "ask5"}, `did you mean "ask4"?`)
	s.refuses([]string{"words", "--unread", "--read"}, "--unread")
	s.refuses([]string{"words", "-l", "lo", "--staff"}, "--staff")
	s.refuses([]string{"words", "--read"}, "--language")
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
