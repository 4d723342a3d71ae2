package storage

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
)

// BenchmarkTurn measures whole turns (an input, a complaint with a promise, an
// event with words, a message, a timer) taken for 64 customers at once,
// against commits of one row on the same disk in the same run.
func BenchmarkTurn(b *testing.B) {
	raw := rawCommits(b, 2000)
	s := openAt(b, filepath.Join(b.TempDir(), "heed.db"))
	const lanes = 64
	for i := range lanes {
		if err := s.Receive(bg, message("hello", fmt.Sprint(i), "x", t0), message("k", fmt.Sprint(i), "x", t0)); err != nil {
			b.Fatal(err)
		}
	}
	found, _, err := s.Due(bg, t0, lanes)
	if err != nil {
		b.Fatal(err)
	}
	todo := make(chan bot.Lane)
	var group sync.WaitGroup
	for range lanes {
		group.Go(func() {
			for lane := range todo {
				if _, err := s.Turn(bg, lane, t0, again); err != nil {
					b.Error(err)
				}
			}
		})
	}
	b.ResetTimer()
	began := time.Now()
	for i := range b.N {
		todo <- found[i%len(found)]
	}
	close(todo)
	group.Wait()
	turns := float64(b.N) / time.Since(began).Seconds()
	b.ReportMetric(turns, "turns/s")
	b.ReportMetric(raw, "raw-commits/s")
	b.ReportMetric(turns/raw, "turns/raw-commit")
}

// again is a turn on a timer or message that sets a timer, so that its lane
// always has a next turn.
func again(s bot.Situation) (bot.Turn, error) {
	ref := bot.Ref(s.Customer.ID)
	c := newComplaint(ref, s.Lane)
	if len(s.Complaints) > 0 {
		c = s.Complaints[0]
	}
	e := bot.Event{Complaint: ref, Kind: bot.EvNoted, At: t0, Noted: t0, Words: "some words"}.Seal(c.Events+1, c.Hash)
	c.Events, c.Hash = e.N, e.Hash
	o := words(bot.NewID(s.Lane, s.N, 0), "an answer", s.Customer.Chat)
	o.Complaint = ref
	return bot.Turn{
		Complaints: []bot.Complaint{c}, Events: []bot.Event{e}, Say: []bot.Outbound{o},
		Set: []bot.Timer{{Key: fmt.Sprint(s.N), Due: t0}},
	}, nil
}

func rawCommits(b *testing.B, n int) float64 {
	b.Helper()
	d, err := sql.Open("sqlite3", dsn(filepath.Join(b.TempDir(), "raw.db"), "_journal_mode=WAL&_synchronous=FULL"))
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	d.SetMaxOpenConns(1)
	if _, err := d.Exec("CREATE TABLE t (k TEXT PRIMARY KEY, v TEXT)"); err != nil {
		b.Fatal(err)
	}
	insert, err := d.Prepare("INSERT INTO t VALUES (?, ?)")
	if err != nil {
		b.Fatal(err)
	}
	began := time.Now()
	for i := range n {
		if _, err := insert.Exec(key(i), "v"); err != nil {
			b.Fatal(err)
		}
	}
	return float64(n) / time.Since(began).Seconds()
}
