package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/storage/db"
)

// openAs is the path that a second process of this test is to open.
const openAs = "HEED_TEST_OPEN"

func TestMain(m *testing.M) {
	path := os.Getenv(openAs)
	if path == "" {
		os.Exit(m.Run())
	}
	_, err := Open(context.Background(), path, Options{})
	fmt.Println(err)
	if errors.Is(err, ErrInUse) {
		os.Exit(3)
	}
	os.Exit(0)
}

func openAt(t testing.TB, path string, opt ...Options) *Store {
	t.Helper()
	s, err := Open(context.Background(), path, append(opt, Options{})[0])
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func sqlite(t *testing.T, opt ...Options) (*Store, func() *Store) {
	path := filepath.Join(t.TempDir(), "heed.db")
	s := openAt(t, path, opt...)
	return s, func() *Store {
		must(t, s.Close())
		s = openAt(t, path, opt...)
		return s
	}
}

func TestSQLite(t *testing.T) { suite(t, sqlite) }

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text")
	must(t, os.WriteFile(text, []byte(strings.Repeat("this is a letter, not a database. ", 100)), 0o600))
	other := filepath.Join(dir, "other.db")
	d, err := sql.Open("sqlite3", other)
	must(t, err)
	_, err = d.Exec("CREATE TABLE theirs (x TEXT)")
	must(t, err)
	must(t, d.Close())
	newer := filepath.Join(dir, "newer.db")
	must(t, openAt(t, newer).Close())
	d, err = sql.Open("sqlite3", newer)
	must(t, err)
	_, err = d.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)")
	must(t, err)
	must(t, d.Close())
	locked := filepath.Join(dir, "locked")
	must(t, os.Mkdir(locked, 0o500))
	if os.Geteuid() == 0 {
		locked = "/sys" // nobody may make files there, not even root
	}
	for _, c := range []struct {
		path, says string
		is         error
	}{
		{filepath.Join(dir, "none", "heed.db"), "there is no folder " + filepath.Join(dir, "none"), nil},
		{filepath.Join(text, "heed.db"), "not a folder", nil},
		{dir, "not a regular file", nil},
		{filepath.Join(locked, "heed.db"), "cannot be written to", nil},
		{text, "not a heed database", ErrForeign},
		{other, "not a heed database", ErrForeign},
		{newer, "newer heed", ErrNewer},
	} {
		s, err := Open(bg, c.path, Options{})
		if err == nil {
			_ = s.Close()
			t.Errorf("%s was opened", c.path)
			continue
		}
		if !strings.Contains(err.Error(), c.says) || c.is != nil && !errors.Is(err, c.is) {
			t.Errorf("%s: %v, want %q", c.path, err, c.says)
		}
	}
	b, err := os.ReadFile(text)
	must(t, err)
	if !strings.HasPrefix(string(b), "this is a letter") {
		t.Error("a file that is not ours was changed")
	}
}

func TestSecondProcessIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a b%20?#.db")
	s := openAt(t, path)
	run := func() (string, int) {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), openAs+"="+path)
		out, err := cmd.Output()
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		return string(out), cmd.ProcessState.ExitCode()
	}
	if out, code := run(); code != 3 || !strings.Contains(out, "stop that one") {
		t.Fatalf("a second process ended with %d: %s", code, out)
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatal(err)
	}
	must(t, s.SetSetting(bg, "x", "y")) // the first is unharmed
	must(t, s.Close())
	if out, code := run(); code != 0 || !strings.Contains(out, "<nil>") {
		t.Fatalf("after the first closed: %d: %s", code, out)
	}
}

func TestClosed(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "heed.db"))
	must(t, s.Close())
	must(t, s.Close())
	if err := s.SetSetting(bg, "a", "b"); !errors.Is(err, ErrClosed) {
		t.Fatalf("a closed store: %v", err)
	}
	if _, err := s.Setting(bg, "a"); err == nil {
		t.Fatal("a closed store was read")
	}
}

func TestReadersCannotWrite(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "heed.db"))
	if err := s.read.SaveSetting(bg, "a", "b"); err == nil {
		t.Fatal("a reader wrote")
	}
}

// One function of a batch fails; its neighbours are committed with it.
func TestFailureInABatch(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "heed.db"))
	set := func(name string, err error) *job {
		return &job{ctx: bg, done: make(chan struct{}), do: func(ctx context.Context, q *db.Queries) (bool, error) {
			if e := q.SaveSetting(ctx, name, "kept"); e != nil {
				return false, e
			}
			if name == "panics" {
				panic(name)
			}
			return true, err
		}}
	}
	jobs := []*job{set("first", nil), set("fails", errTest), set("panics", nil), set("last", nil)}
	s.w.commit(jobs)
	for i, name := range []string{"first", "fails", "panics", "last"} {
		<-jobs[i].done
		v, err := s.Setting(bg, name)
		must(t, err)
		if good := i == 0 || i == 3; (jobs[i].err == nil) != good || (v == "kept") != good {
			t.Errorf("%s: answered %v, kept %q", name, jobs[i].err, v)
		}
	}
	if !errors.Is(jobs[1].err, errTest) {
		t.Errorf("the reason got lost: %v", jobs[1].err)
	}
}

// A commit that fails is answered to everyone who shared it.
func TestFailedCommit(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "heed.db"))
	must(t, s.w.exec("CREATE TABLE parent (id TEXT PRIMARY KEY)"))
	must(t, s.w.exec("CREATE TABLE child (id TEXT REFERENCES parent DEFERRABLE INITIALLY DEFERRED)"))
	do := func(insert string) *job {
		return &job{ctx: bg, done: make(chan struct{}), do: func(ctx context.Context, q *db.Queries) (bool, error) {
			if insert != "" {
				return true, s.w.exec(insert)
			}
			return true, q.SaveSetting(ctx, "innocent", "kept")
		}}
	}
	jobs := []*job{do(""), do("INSERT INTO child VALUES ('orphan')")}
	s.w.commit(jobs)
	for _, j := range jobs {
		if j.err == nil {
			t.Error("a function whose commit failed was told it succeeded")
		}
	}
	v, err := s.Setting(bg, "innocent")
	must(t, err)
	equal(t, "kept", v, "")
	must(t, s.SetSetting(bg, "innocent", "kept")) // the writer goes on
}

// Power may fail at any byte of the log: what is found then must be whole
// turns, a prefix of those that were taken.
func TestPowerLoss(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, filepath.Join(dir, "heed.db"))
	must(t, s.w.exec("PRAGMA wal_autocheckpoint = 0")) // all of it stays in the log
	lane := customer(t, s, "1")
	take(t, s, lane, t0, bot.Turn{})
	const turns = 60
	for i := range turns {
		must(t, s.Receive(bg, message(key(i), "1", "x", t0)))
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for more := true; more; {
				var err error
				if more, err = s.Turn(bg, lane, t0, whole); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	base, err := os.ReadFile(filepath.Join(dir, "heed.db"))
	must(t, err)
	wal, err := os.ReadFile(filepath.Join(dir, "heed.db-wal"))
	must(t, err)
	seen := map[int]bool{}
	for i := range 50 {
		cut := rand.IntN(len(wal) + 1)
		if i == 0 {
			cut = len(wal)
		}
		path := filepath.Join(dir, fmt.Sprintf("cut%d.db", i))
		must(t, os.WriteFile(path, base, 0o600))
		must(t, os.WriteFile(path+"-wal", wal[:cut], 0o600))
		found := survived(t, path)
		if i == 0 {
			equal(t, "turns in the whole log", found, turns)
		}
		seen[found] = true
	}
	if len(seen) < 5 {
		t.Errorf("only %d different prefixes were seen", len(seen))
	}
}

// whole is a turn that leaves one row in many tables.
func whole(s bot.Situation) (bot.Turn, error) {
	prev, c := "", bot.Complaint{Ref: "R", Customer: s.Customer.ID, Stage: bot.Received, Received: t0}
	if len(s.Complaints) > 0 {
		c = s.Complaints[0]
		prev = c.Hash
	}
	e := bot.Event{Complaint: "R", Kind: bot.EvNoted, At: t0, Noted: t0, Words: "w"}.Seal(c.Events+1, prev)
	c.Events, c.Hash = e.N, e.Hash
	return bot.Turn{
		Complaints: []bot.Complaint{c}, Events: []bot.Event{e},
		Say: []bot.Outbound{words(bot.NewID(s.Lane, s.N, 0), "x", s.Customer.Chat)},
		Set: []bot.Timer{{Key: fmt.Sprint(s.N), Due: t0.Add(time.Hour)}},
	}, nil
}

// survived opens what a power loss left and counts its turns; it fails the
// test if one of them is torn.
func survived(t *testing.T, path string) int {
	t.Helper()
	s, err := Open(bg, path, Options{Readers: 1})
	must(t, err)
	defer func() { must(t, s.Close()) }()
	var health string
	must(t, s.readers.QueryRow("PRAGMA integrity_check").Scan(&health))
	equal(t, "integrity", health, "ok")
	count := func(query string) (n int) {
		must(t, s.readers.QueryRow(query).Scan(&n))
		return n
	}
	n := count("SELECT COUNT(*) FROM events")
	for _, q := range []string{
		"SELECT COUNT(*) FROM words", "SELECT COUNT(*) FROM outbox", "SELECT COUNT(*) FROM timers",
		"SELECT COUNT(*) FROM inbox WHERE done_at > 0 AND key LIKE 'k%'", "SELECT MAX(COALESCE(SUM(turn), 0) - 1, 0) FROM lanes",
	} {
		equal(t, q, count(q), n)
	}
	es, err := s.EventsOf(bg, "R")
	must(t, err)
	must(t, bot.Verify(es))
	c, _, ok, err := s.Complaint(bg, "R")
	must(t, err)
	equal(t, "complaint is there", ok, n > 0)
	equal(t, "events the complaint knows of", c.Events, n)
	return n
}

// The placeholder adapter turns every dollar into a question mark, so a query
// may hold none of its own.
func TestNoDollarInQueries(t *testing.T) {
	files, err := filepath.Glob("queries/*.sql")
	must(t, err)
	made, err := filepath.Glob("db/*.sql.go")
	must(t, err)
	if len(files) == 0 || len(made) != len(files) {
		t.Fatalf("%d files of queries, %d generated", len(files), len(made))
	}
	number := regexp.MustCompile(`\$[0-9]+`)
	for _, f := range append(files, made...) {
		b, err := fs.ReadFile(os.DirFS("."), f)
		must(t, err)
		if strings.Contains(number.ReplaceAllString(string(b), ""), "$") || strings.HasPrefix(f, "queries") && number.Match(b) {
			t.Errorf("%s holds a literal $", f)
		}
	}
}

// Bound by number, not by order of appearance.
func TestPlaceholders(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), "heed.db"))
	var got string
	must(t, placeholder{s.readers}.QueryRowContext(bg, "SELECT $2 || $1 || $2", "a", "b").Scan(&got))
	equal(t, "bound", got, "bab")
}

func TestTextsSurvive(t *testing.T) {
	for _, s := range []string{"", "a", "base64:", "base64:YQ==", "\x00", "\xff", "ü\n", marker + "\x00"} {
		p := plain(s)
		back, err := exact(p)
		must(t, err)
		equal(t, "text", back, s)
	}
	if _, err := exact("base64:*"); err == nil {
		t.Error("a damaged text was read")
	}
}
