package bot_test

import (
	"strings"
	"testing"

	"github.com/heedbot/heed/bot"
)

func refs(n int) []bot.Ref {
	var out []bot.Ref
	for i := range n {
		out = append(out, bot.NewRef(bot.NewChance([32]byte{byte(i), byte(i >> 8)})))
	}
	return out
}

func TestReferenceCanBeDictated(t *testing.T) {
	seen := map[bot.Ref]bool{}
	for _, r := range refs(2000) {
		if seen[r] {
			t.Fatalf("%s came twice", r)
		}
		seen[r] = true
		if strings.ContainsAny(string(r), "0O1IL2Z5S8BUV") {
			t.Fatalf("%s holds letters that are mistaken for one another", r)
		}
		for _, typed := range []string{string(r), strings.ToLower(string(r)), strings.ReplaceAll(string(r), "-", " "), strings.ReplaceAll(string(r), "-", "")} {
			if got, ok := bot.ParseRef(typed); !ok || got != r {
				t.Fatalf("%q read as %q, %v", typed, got, ok)
			}
		}
	}
}

func TestReferenceFindsSlips(t *testing.T) {
	const letters = "34679ACDEFGHJKMNPQRTWXY"
	for _, r := range refs(50) {
		s := strings.ReplaceAll(string(r), "-", "")
		for i := range s {
			for _, l := range letters {
				if byte(l) == s[i] {
					continue
				}
				if _, ok := bot.ParseRef(s[:i] + string(l) + s[i+1:]); ok {
					t.Fatalf("%s with %c at %d is taken", r, l, i)
				}
			}
			if i > 0 && s[i] != s[i-1] {
				if _, ok := bot.ParseRef(s[:i-1] + string(s[i]) + string(s[i-1]) + s[i+1:]); ok {
					t.Fatalf("%s with %d and %d swapped is taken", r, i-1, i)
				}
			}
		}
	}
	for _, bad := range []string{"", "ABC", "ABC-DEF-GH", "OOO-III-LLL", "abc-def-ghj-kmn"} {
		if r, ok := bot.ParseRef(bad); ok {
			t.Errorf("%q read as %s", bad, r)
		}
	}
}
