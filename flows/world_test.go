package flows_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

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

// world is the production wiring below the doors, on a file.
type world struct {
	path   string
	bucket *blob.Bucket
	// language is the customers' and the desk's.
	language string
	pack     string // a built-in name, or the path of a file
	roles    map[string][]string
	house    *casework.House
	sent     int // dialogs sent off so far
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
	return &casework.House{Words: catalog, Policy: pol, Packs: packs, Managers: []string{bottest.ManagerID}, Roles: w.roles, Language: w.language,
		Desk:       bot.Address{Channel: bot.Slack, Chat: bottest.DeskID},
		AlbumQuiet: 1500 * time.Millisecond, DraftReminder: 24 * time.Hour, DraftListed: 48 * time.Hour, FloodMax: 20}, nil
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
