package storage

import (
	"database/sql"
	"fmt"
	"io/fs"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/pressly/goose/v3"

	"github.com/heedbot/heed/bot"
)

func provider(t *testing.T, d *sql.DB) *goose.Provider {
	t.Helper()
	files, err := fs.Sub(migrations, "migrations")
	must(t, err)
	p, err := goose.NewProvider(goose.DialectSQLite3, d, files)
	must(t, err)
	return p
}

// A database that the first version wrote opens, and all its rows are there.
func TestOpensTheFirstVersion(t *testing.T) {
	path := filepath.Join(t.TempDir(), "heed.db")
	d, err := sql.Open("sqlite3", path)
	must(t, err)
	_, err = d.Exec(fmt.Sprintf("PRAGMA application_id = %d", application))
	must(t, err)
	_, err = provider(t, d).UpTo(bg, 1)
	must(t, err)
	e := bot.Event{Complaint: "R", Kind: bot.EvReceived, At: t0, Noted: t0, By: "customer", Words: "it broke"}.Seal(1, "")
	for _, insert := range []struct {
		into string
		row  []any
	}{
		{"customers", []any{"abc", `{"id":"abc","chat":{"channel":"telegram","account":"a","chat":"9"}}`}},
		{"chats", []any{"telegram", "a", "9", "abc"}},
		{"complaints", []any{"R", "abc", "received", true, "delivery", "en", "U1", ms(t0), 0, "p1", "card", `{"ref":"R","customer":"abc","stage":"received"}`}},
		{"promises", []any{"R", "acknowledge", 1, 0, "received", "acknowledged", "24h", false, ms(t0), ms(t0.Add(24 * time.Hour)), true, "open", 0, 0}},
		{"promises", []any{"R", "respond", 1, 1, "received", "response", "3wd", false, ms(t0), ms(t0), true, "late", ms(t0), ms(t0)}},
		{"events", []any{"R", 1, ms(t0), ms(t0), "received", "customer", "null", e.Digest, "", e.Hash}},
		{"words", []any{"R", 1, "it broke"}},
		{"timers", []any{"c:abc", "t", ms(t0.Add(time.Hour)), ms(t0.Add(time.Hour)), 0, `{"key":"t"}`}},
		{"tokens", []any{"tok", "abc", `{"verb":"v"}`}},
		{"evidence", []any{"f", "abc", "R", "kept", ms(t0), 0, 0, 0, `{"id":"f","customer":"abc","complaint":"R","state":"kept"}`}},
		{"outbox", []any{"o", "o:telegram:a:9", 1, "c:abc", "R", "telegram", "9", "message", "notice", "", "", "", "queued", ms(t0), 1, 0, 0, 0,
			false, "", "", 0, 0, "", `{"id":"o","to":{"channel":"telegram","account":"a","chat":"9"},"message":{"text":"hello"}}`}},
		{"lanes", []any{"c:abc", 4, 1}},
		{"inbox", []any{"telegram", "a", "k", "c:abc", 1, "press", ms(t0), "", `{"kind":"press","chat":"9","token":"tok"}`, 0, 0, 0, 0, ""}},
		{"settings", []any{"offset", "7"}},
	} {
		marks := "?"
		for range len(insert.row) - 1 {
			marks += ", ?"
		}
		_, err := d.Exec("INSERT INTO "+insert.into+" VALUES ("+marks+")", insert.row...)
		must(t, err)
	}
	must(t, d.Close())

	s := openAt(t, path)
	got, owner, ok, err := s.Complaint(bg, "R")
	must(t, err)
	want := []bot.Promise{
		{ID: "acknowledge", Round: 1, From: bot.EvReceived, Until: bot.EvAcknowledged, Within: "24h", Start: instant(ms(t0)),
			Due: instant(ms(t0.Add(24 * time.Hour))), Firm: true, Verdict: bot.Open},
		{ID: "respond", Round: 1, From: bot.EvReceived, Until: bot.EvResponse, Within: "3wd", Start: instant(ms(t0)),
			Due: instant(ms(t0)), Firm: true, Verdict: bot.Late, Met: instant(ms(t0)), Settled: instant(ms(t0))},
	}
	if !ok || owner.ID != "abc" || !reflect.DeepEqual(got.Promises, want) {
		t.Fatalf("complaint of %s: %+v", owner.ID, got)
	}
	es, err := s.EventsOf(bg, "R")
	must(t, err)
	must(t, bot.Verify(es))
	equal(t, "words", es[0].Words, "it broke")
	over, err := s.As(eyes).Overdue(bg, t0.Add(25*time.Hour), 10)
	must(t, err)
	equal(t, "overdue", len(over), 1)
	figures, err := s.As(eyes).KeptIn(bg, t0, t0.Add(time.Hour), t0.Add(time.Hour))
	must(t, err)
	if !reflect.DeepEqual(figures, []Figure{{Promise: "respond", Until: bot.EvResponse, Late: 1}}) {
		t.Fatalf("figures: %+v", figures)
	}
	asked, err := s.As(eyes).Surveys(bg, t0.AddDate(-1, 0, 0), t0.AddDate(1, 0, 0))
	must(t, err)
	equal(t, "surveys", asked.Delivered, 0)
	agent := s.As(bot.Sight{Staff: "U1", Rank: bot.RankAgent})
	mine, err := agent.Mine(bg)
	must(t, err)
	equal(t, "seen by an agent", len(mine), 1)
	list, err := agent.Measures(bg, t0)
	must(t, err)
	equal(t, "measures", len(list), 0)
	v, err := s.Setting(bg, "offset")
	must(t, err)
	equal(t, "setting", v, "7")
	equal(t, "message", claim(t, s, "o:telegram:a:9", t0).Message.Text, "hello")
	got.Promises[0].Waits = []bot.Wait{{From: t0}}
	sit := take(t, s, "c:abc", t0, bot.Turn{Complaints: []bot.Complaint{got}})
	if sit.N != 5 || sit.Pressed == nil || sit.Pressed.Action.Verb != "v" || len(sit.Evidence) != 1 || len(sit.Complaints) != 1 {
		t.Fatalf("situation: %+v", sit)
	}
	equal(t, "timer", take(t, s, "c:abc", t0.Add(time.Hour), bot.Turn{}).Input.Key, "t")
	over, err = s.As(eyes).Overdue(bg, t0.Add(25*time.Hour), 10)
	must(t, err)
	equal(t, "overdue while it stands still", len(over), 0)
}

// Every step of the schema can be undone and done again, and the rows stay.
func TestMigrationsBothWays(t *testing.T) {
	path := filepath.Join(t.TempDir(), "heed.db")
	s := openAt(t, path)
	lane := customer(t, s, "9")
	take(t, s, lane, t0, bot.Turn{Complaints: []bot.Complaint{newComplaint("R", lane)}})
	homes, err := s.Homes(bg)
	must(t, err)
	equal(t, "homes", len(homes), 0)
	must(t, s.Close())
	d, err := sql.Open("sqlite3", path)
	must(t, err)
	_, err = provider(t, d).DownTo(bg, 1)
	must(t, err)
	must(t, d.Close())
	s = openAt(t, path)
	got, _, ok, err := s.Complaint(bg, "R")
	must(t, err)
	if !ok || !reflect.DeepEqual(got, newComplaint("R", lane)) {
		t.Fatalf("complaint: %+v", got)
	}
	c := walled("R", lane, "C9", "U1")
	must(t, s.Receive(bg, message("m", "9", "x", t0)))
	take(t, s, lane, t0, bot.Turn{
		Complaints: []bot.Complaint{c}, Customer: &bot.Customer{ID: lane.Customer(), Chat: chat9, Steps: []bot.Step{{N: 1, Complaint: "R", Do: bot.StepWarn}}},
	})
	homes, err = s.Homes(bg)
	must(t, err)
	equal(t, "homes, up again", len(homes), 1)
	must(t, s.Close())
	d, err = sql.Open("sqlite3", path)
	must(t, err)
	defer d.Close()
	_, err = provider(t, d).DownTo(bg, 0)
	must(t, err)
}
