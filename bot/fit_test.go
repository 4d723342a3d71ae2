package bot_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/heedbot/heed/bot"
)

func TestSplitLosesNothingAndKeepsLetters(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		limit int
		unit  bot.TextUnit
		parts int
	}{
		"short":         {"hello", 10, bot.Runes, 1},
		"at a sentence": {strings.Repeat("One sentence here. ", 20), 100, bot.Runes, 4},
		"no spaces":     {strings.Repeat("ພາສາລາວ", 40), 100, bot.Runes, 3},
		"emoji utf16":   {strings.Repeat("👩‍👩‍👧", 30), 40, bot.UTF16, 6},
		"bytes":         {strings.Repeat("ż", 50), 21, bot.Bytes, 5},
		"paragraphs":    {strings.Repeat("a", 60) + "\n\n" + strings.Repeat("b", 60), 100, bot.Runes, 2},
	} {
		parts := bot.Split(c.text, c.limit, c.unit)
		if len(parts) != c.parts {
			t.Errorf("%s: %d parts, want %d: %q", name, len(parts), c.parts, parts)
		}
		if got, want := squeeze(strings.Join(parts, "")), squeeze(c.text); got != want {
			t.Errorf("%s: lost something: %q", name, got)
		}
		for _, p := range parts {
			if n := bot.Measure(p, c.unit); n > c.limit {
				t.Errorf("%s: a part of %d", name, n)
			}
			if strings.HasPrefix(p, "\u200d") || !utf8.ValidString(p) {
				t.Errorf("%s: a letter was cut: %q", name, p)
			}
		}
	}
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

func FuzzSplit(f *testing.F) {
	f.Add("Hello. World", 5, "runes")
	f.Add("e\u0301\u0301\u0301\u0301", 2, "utf16")
	f.Add("🇵🇱🇫🇷 ", 4, "bytes")
	f.Fuzz(func(t *testing.T, s string, limit int, unit string) {
		s = strings.ToValidUTF8(s, "")
		if limit < 4 || limit > 1000 {
			limit = 4
		}
		u := bot.TextUnit(unit)
		parts := bot.Split(s, limit, u)
		if got, want := squeeze(strings.Join(parts, "")), squeeze(s); got != want {
			t.Errorf("lost something: %q of %q", got, want)
		}
		for _, p := range parts {
			if bot.Measure(p, u) > limit {
				t.Errorf("too long: %q", p)
			}
		}
	})
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		in   string
		n    int
		want string
	}{{"short", 10, "short"}, {"exactly ten", 11, "exactly ten"}, {"a longer label", 8, "a longe…"}, {"ຊ່າງຊ່າງ", 3, "ຊ່າ…"}, {"ພວກເຮົາໄດ້ກວດສອບແລ້ວ ແລະ ກຳລັງແກ້ໄຂ", 24, "ພວກເຮົາໄດ້ກວດສອບແລ້ວ ແລະ…"}, {"x", 0, "…"}} {
		if got := bot.Cut(c.in, c.n); got != c.want {
			t.Errorf("Cut(%q, %d) = %q, want %q", c.in, c.n, got, c.want)
		}
	}
}

func TestFitNumbersChoicesWhereThereAreNoButtons(t *testing.T) {
	m := bot.Message{Text: "Which?", Choices: []bot.Choice{{Token: "a", Label: "One"}, {Token: "b", Label: "Two"}}}
	plain := bot.Fit(m, bot.Features{TextMax: 100, TextUnit: bot.Runes})
	if len(plain) != 1 || plain[0].Text != "Which?\n\n1. One\n2. Two" || len(plain[0].Choices) != 0 {
		t.Errorf("without buttons: %+v", plain)
	}
	buttons := bot.Fit(bot.Message{Text: strings.Repeat("word ", 50), Choices: m.Choices}, bot.Features{TextMax: 100, TextUnit: bot.Runes, Choices: 8, LabelMax: 2})
	last := buttons[len(buttons)-1]
	if len(buttons) < 3 || len(last.Choices) != 2 || last.Choices[0].Label != "O…" || len(buttons[0].Choices) != 0 {
		t.Errorf("with buttons: %+v", buttons)
	}
	if m.Choices[0].Label != "One" {
		t.Error("Fit changed its argument")
	}
}
