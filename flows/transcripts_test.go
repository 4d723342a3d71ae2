package flows_test

import (
	"cmp"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/bottest"
	"github.com/heedbot/heed/bot/evidence"
	"github.com/heedbot/heed/bot/telegram"
	"github.com/heedbot/heed/locales"
)

var update = flag.Bool("update", false, "rewrite what the bot says in testdata")

var played = locales.Tags()

// common holds the words that many scripts use.
var common = filepath.Join("testdata", "words.txt")

// TestTranscripts plays every script in every language and compares what is
// said with the transcript beside it. With -update it writes the transcripts.
func TestTranscripts(t *testing.T) {
	n := 0
	for _, path := range scripts(t) {
		n++
		name := strings.TrimSuffix(filepath.Base(path), ".txt")
		script, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		setup, err := bottest.ReadSetup(string(script))
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		for _, lang := range played {
			if !setup.Played(lang) {
				continue
			}
			t.Run(name+"/"+lang, func(t *testing.T) {
				t.Parallel()
				compare(t, filepath.Join("testdata", name+"."+lang+".txt"), play(t, lang, string(script), setup))
			})
		}
	}
	if n < 15 {
		t.Fatalf("only %d scripts", n)
	}
}

// scripts are the paths of those that are played.
func scripts(t *testing.T) []string {
	t.Helper()
	all, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	// A name with a dot is a transcript: of its script, in a language.
	return slices.DeleteFunc(all, func(path string) bool {
		return path == common || strings.Contains(strings.TrimSuffix(filepath.Base(path), ".txt"), ".")
	})
}

func play(t *testing.T, lang, script string, setup bottest.Setup) string {
	t.Helper()
	w := &world{language: lang, path: filepath.Join(t.TempDir(), "heed.db"), pack: cmp.Or(setup.Policy, usual), roles: setup.Roles}
	fresh, err := empty()
	if err == nil {
		err = os.WriteFile(w.path, fresh, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	if w.bucket, err = evidence.OpenBucket(t.Context(), "mem://"); err != nil {
		t.Fatal(err)
	}
	defer w.bucket.Close()
	shared, err := os.ReadFile(common)
	if err != nil {
		t.Fatal(err)
	}
	desk, err := foreignDesk()
	if err != nil || len(desk) < 100 {
		t.Fatalf("%d English sentences of the desk: %v", len(desk), err)
	}
	f := telegram.Features()
	f.Rate = bot.Rate{} // nobody waits on paper
	p := &bottest.Player{Language: lang, World: bottest.World{
		Open: w.open, Text: w.text, After: w.after, Setup: setup, Zone: pack(t, w.pack).Zone, Languages: played, Foreign: foreign(t, w.pack, lang), ForeignDesk: desk, Features: f, Words: string(shared),
	}}
	got, err := p.Play(t.Context(), script)
	if err != nil {
		t.Fatalf("%v\n\nso far:\n%s", err, tail(got))
	}
	return got
}

func tail(s string) string {
	ls := strings.Split(s, "\n")
	return strings.Join(ls[max(len(ls)-40, 0):], "\n")
}

func compare(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	a, b := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	for i := range max(len(a), len(b)) {
		if i >= len(a) || i >= len(b) || a[i] != b[i] {
			t.Fatalf("%s differs at line %d; if that is right, run go test ./flows -update\nwas:\n%s\nis:\n%s", path, i+1, around(a, i), around(b, i))
		}
	}
}

func around(ls []string, i int) string {
	return strings.Join(ls[min(max(i-3, 0), len(ls)):min(i+6, len(ls))], "\n")
}
