package flows_test

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"gocloud.dev/blob"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/bottest"
	"github.com/heedbot/heed/bot/calendar"
	"github.com/heedbot/heed/bot/evidence"
	"github.com/heedbot/heed/bot/telegram"
	"github.com/heedbot/heed/flows"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
	"github.com/heedbot/heed/storage"
)

var update = flag.Bool("update", false, "rewrite what the bot says in testdata")

var played = []string{"en", "fr", "pl"}

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
	w := &world{path: filepath.Join(t.TempDir(), "heed.db"), pack: cmp.Or(setup.Policy, usual), roles: setup.Roles}
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
	f := telegram.Features()
	f.Rate = bot.Rate{} // nobody waits on paper
	p := &bottest.Player{Language: lang, World: bottest.World{
		Open: w.open, Text: w.text, After: w.after, Setup: setup, Zone: pack(t, w.pack).Zone, Languages: played, Foreign: foreign(t, w.pack), Features: f, Words: string(shared),
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

// world is the production wiring below the doors, on a file.
type world struct {
	path   string
	bucket *blob.Bucket
	pack   string // a built-in name, or the path of a file
	roles  map[string][]string
	house  *casework.House
	sent   int // dialogs sent off so far
}

// empty is a new database. All plays begin with a copy: making one takes as
// long as a play.
var empty = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "heed-transcripts-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "empty.db")
	store, err := storage.Open(context.Background(), path, storage.Options{Readers: 1})
	if err != nil {
		return nil, err
	}
	if err := store.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

var words = sync.OnceValues(func() (*locales.Catalog, error) { return locales.Open(nil) })

// usual is the pack of scripts that name none.
const usual = "ask4"

// packText is the YAML of a pack: a built-in one, or one in a file.
func packText(name string) (string, error) {
	if !strings.HasSuffix(name, ".yaml") {
		return policy.BuiltinText(name)
	}
	b, err := os.ReadFile(name)
	return string(b), err
}

func parsePack(name, text string) (*policy.Policy, error) {
	return policy.Parse(strings.TrimSuffix(filepath.Base(name), ".yaml")+".yaml", text, "")
}

// packs are those read so far, by name.
var packs = struct {
	sync.Mutex
	read map[string]*policy.Policy
}{read: map[string]*policy.Policy{}}

func open(name string) (*policy.Policy, error) {
	packs.Lock()
	defer packs.Unlock()
	if p, ok := packs.read[name]; ok {
		return p, nil
	}
	text, err := packText(name)
	if err != nil {
		return nil, err
	}
	p, err := parsePack(name, text)
	if err != nil {
		return nil, fmt.Errorf("pack %s: %w", name, err)
	}
	packs.read[name] = p
	return p, nil
}

func pack(t *testing.T, name string) *policy.Policy {
	t.Helper()
	p, err := open(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (w *world) open(ctx context.Context, p *bottest.Player, changes []bottest.Change) (*bottest.Program, error) {
	store, err := storage.Open(ctx, w.path, storage.Options{Readers: 1})
	if err != nil {
		return nil, err
	}
	if w.house, err = w.newHouse(ctx, store, changes); err != nil {
		return nil, err
	}
	fetcher := &evidence.Fetcher{Store: store, Bucket: w.bucket, Now: p.Now,
		Sources: map[bot.Channel]evidence.Source{bot.Telegram: p},
		Max:     func(bot.Channel) int64 { return telegram.Features().FileMax }}
	return &bottest.Program{Store: store, Flows: flows.Flows{House: w.house}, Fetch: fetcher.Step,
		Desk: &views{world: w, store: store, house: w.house, player: p}, Close: store.Close}, nil
}

// newHouse reads the policy, changed by the deploys so far, and every earlier
// one that a complaint lives under.
func (w *world) newHouse(ctx context.Context, store *storage.Store, changes []bottest.Change) (*casework.House, error) {
	catalog, err := words()
	if err != nil {
		return nil, err
	}
	pol, err := open(w.pack)
	if err != nil {
		return nil, err
	}
	if len(changes) > 0 {
		text, err := packText(w.pack)
		if err != nil {
			return nil, err
		}
		for _, c := range changes {
			if !strings.Contains(text, c.From) {
				return nil, fmt.Errorf("the pack has no %q", c.From)
			}
			text = strings.Replace(text, c.From, c.To, 1)
		}
		if pol, err = parsePack(w.pack, text); err != nil {
			return nil, err
		}
	}
	if err := store.SavePack(ctx, pol.Hash, pol.Name, pol.Version, pol.Text()); err != nil {
		return nil, err
	}
	texts, err := store.Packs(ctx)
	if err != nil {
		return nil, err
	}
	packs := map[string]*policy.Policy{pol.Hash: pol}
	for hash, text := range texts {
		if hash == pol.Hash {
			continue
		}
		if packs[hash], err = policy.Load(text); err != nil {
			return nil, err
		}
	}
	return &casework.House{Words: catalog, Policy: pol, Packs: packs, Managers: []string{bottest.ManagerID}, Roles: w.roles, Language: "en",
		Desk:       bot.Address{Channel: bot.Slack, Chat: bottest.DeskID},
		AlbumQuiet: 1500 * time.Millisecond, DraftReminder: 24 * time.Hour, DraftListed: 48 * time.Hour}, nil
}

// text gives the words of a key: the pack's, else the program's; "name" is a
// language's own name.
func (w *world) text(lang, key string, args ...string) string {
	h := w.house
	kind, id, _ := strings.Cut(key, ".")
	switch kind {
	case "name":
		return locales.Name(lang)
	case "topic":
		return h.Topic(h.Policy, lang, id)
	case "label":
		return h.Label(h.Policy, lang, id)
	case "option":
		q, o, _ := strings.Cut(id, ".")
		return h.Option(h.Policy, lang, q, o)
	}
	if s, ok := h.Policy.Say(lang, key); ok {
		return s
	}
	if !h.Words.Has(locales.Key(key)) {
		return ""
	}
	var as []any
	for _, a := range args {
		as = append(as, a)
	}
	return h.Words.Text(lang, locales.Key(key), as...)
}

// after counts from an instant; of days, the time of day stays.
func (w *world) after(from time.Time, amount string) (time.Time, error) {
	r, err := calendar.ParseRule(amount)
	if err != nil {
		return time.Time{}, err
	}
	cal := w.house.Policy.Calendar
	due, err := cal.Due(from, r)
	if err != nil {
		return time.Time{}, err
	}
	if !slices.Contains([]calendar.Unit{calendar.UnitDay, calendar.UnitWorkingDay, calendar.UnitWeek}, r.Unit) {
		return due.At, nil
	}
	at, zone := from.In(cal.Zone), cal.Zone
	return time.Date(due.At.Year(), due.At.Month(), due.At.Day(), at.Hour(), at.Minute(), at.Second(), 0, zone), nil
}

var hole = regexp.MustCompile(`\{\{[^}]*\}\}|\{[a-z.]+\}|\n`)

// spoken are the English words of the program, and those of all its other
// languages as one text.
var spoken = sync.OnceValues(func() (spoken [2][]string, err error) {
	english, others, err := read(os.DirFS("../locales"))
	return [2][]string{english, {others}}, err
})

// sentences are the English ones of the program and of a pack.
func sentences(name string) ([]string, error) {
	s, err := spoken()
	if err != nil {
		return nil, err
	}
	english, all := slices.Clone(s[0]), s[1][0]
	pol, err := open(name)
	if err != nil {
		return nil, err
	}
	for lang, texts := range pol.Texts {
		for k, s := range texts {
			if lang == "en" && k != "guidance" {
				english = append(english, s)
			} else {
				all += "\n" + s
			}
		}
	}
	var out []string
	for _, s := range english {
		for _, part := range hole.Split(s, -1) {
			part = strings.Trim(part, " .,:–“”\"()•")
			// A name may be the same in every language.
			if len(part) > 20 && !strings.Contains(all, part) && !slices.Contains(out, part) {
				out = append(out, part)
			}
		}
	}
	return out, nil
}

// foreign are the English sentences that no other customer may read.
func foreign(t *testing.T, pack string) []string {
	t.Helper()
	ss, err := sentences(pack)
	if err != nil {
		t.Fatal(err)
	}
	if len(ss) < 50 {
		t.Fatalf("only %d English sentences to look for", len(ss))
	}
	return ss
}

// read gives the English words for customers, and those of all other
// languages as one text.
func read(dir fs.FS) (english []string, others string, err error) {
	files, err := fs.Glob(dir, "*.toml")
	if err != nil {
		return nil, "", err
	}
	for _, name := range files {
		b, err := fs.ReadFile(dir, name)
		if err != nil {
			return nil, "", err
		}
		if name != "en.toml" {
			others += string(b)
			continue
		}
		var tree map[string]any
		if err := toml.Unmarshal(b, &tree); err != nil {
			return nil, "", err
		}
		delete(tree, "staff")
		delete(tree, "language") // asked in every language at once
		english = leaves(tree)
	}
	return english, others, nil
}

func leaves(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case map[string]any:
		var out []string
		for _, x := range v {
			out = append(out, leaves(x)...)
		}
		return out
	}
	return nil
}
