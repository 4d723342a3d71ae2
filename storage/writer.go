package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"github.com/heedbot/heed/storage/db"
)

// ErrClosed is returned by every method of a closed store.
var ErrClosed = errors.New("the database is closed")

// batch is the most functions that share one commit.
const batch = 64

// write is a function of one transaction. It tells whether it gave a lane
// something to do. It may be run once only.
type write func(ctx context.Context, q *db.Queries) (wakes bool, err error)

// writer is the one connection that writes. It takes what queued while the
// previous commit ran and never waits for more: with that, a flush to disk at
// every commit costs next to nothing.
type writer struct {
	conn  *sql.Conn
	q     *db.Queries
	woken chan struct{}
	jobs  chan *job
	quit  chan struct{}
	gone  chan struct{}
	stop  sync.Once
}

type job struct {
	ctx   context.Context
	do    write
	wakes bool
	err   error
	done  chan struct{}
}

func newWriter(conn *sql.Conn, q *db.Queries) *writer {
	w := &writer{
		conn: conn, q: q,
		woken: make(chan struct{}, 1),
		jobs:  make(chan *job),
		quit:  make(chan struct{}),
		gone:  make(chan struct{}),
	}
	go w.run()
	return w
}

// inTx runs the function in a transaction and returns after its commit. Once
// the function is taken up the caller waits for it, whatever ctx says:
// otherwise nobody would know whether it was committed.
func (w *writer) inTx(ctx context.Context, do write) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	j := &job{ctx: context.WithoutCancel(ctx), do: do, done: make(chan struct{})}
	select {
	case w.jobs <- j:
		<-j.done
		return j.err
	case <-w.quit:
		return ErrClosed
	case <-ctx.Done():
		return ctx.Err()
	}
}

// close waits for the batch at hand.
func (w *writer) close() {
	w.stop.Do(func() { close(w.quit) })
	<-w.gone
}

func (w *writer) run() {
	defer close(w.gone)
	for {
		select {
		case <-w.quit:
			return
		case j := <-w.jobs:
			w.commit(w.queued(j))
		}
	}
}

func (w *writer) queued(first *job) []*job {
	jobs := []*job{first}
	for len(jobs) < batch {
		select {
		case j := <-w.jobs:
			jobs = append(jobs, j)
		default:
			return jobs
		}
	}
	return jobs
}

// commit runs the jobs in one transaction, each in a savepoint of its own,
// and answers them all.
func (w *writer) commit(jobs []*job) {
	err := w.transact(jobs)
	wakes := false
	for _, j := range jobs {
		if err != nil {
			j.err = err
		}
		wakes = wakes || j.wakes && j.err == nil
	}
	if wakes {
		select {
		case w.woken <- struct{}{}:
		default:
		}
	}
	for _, j := range jobs {
		close(j.done)
	}
}

// transact returns an error when nothing of the batch was committed.
func (w *writer) transact(jobs []*job) error {
	if err := w.exec("BEGIN IMMEDIATE"); err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	for _, j := range jobs {
		if err := w.one(j); err != nil {
			return errors.Join(err, w.exec("ROLLBACK"))
		}
	}
	if err := w.exec("COMMIT"); err != nil {
		return errors.Join(fmt.Errorf("commit: %w", err), w.exec("ROLLBACK"))
	}
	return nil
}

// one runs a job. Its failure is its own; an error means that the whole
// transaction is lost.
func (w *writer) one(j *job) error {
	if err := w.exec("SAVEPOINT one"); err != nil {
		return fmt.Errorf("savepoint: %w", err)
	}
	if j.wakes, j.err = guarded(j, w.q); j.err != nil {
		if err := w.exec("ROLLBACK TO one"); err != nil {
			return fmt.Errorf("%w; roll back: %w", j.err, err)
		}
	}
	if err := w.exec("RELEASE one"); err != nil {
		return fmt.Errorf("release: %w", err)
	}
	return nil
}

// guarded turns a panic into an error. Only the runtime's own words are kept:
// another panic's value may hold a customer's.
func guarded(j *job, q *db.Queries) (wakes bool, err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case runtime.Error:
			err = fmt.Errorf("panic: %w", p)
		default:
			err = fmt.Errorf("panic with a %T", p)
		}
	}()
	return j.do(j.ctx, q)
}

func (w *writer) exec(query string) error {
	// A statement that is interrupted half-way would take the batch with it.
	_, err := w.conn.ExecContext(context.Background(), query)
	return err
}
