// Package storage keeps everything heed knows, in SQLite: the inbox, the
// customers and complaints, their events, promises and timers, and what is
// still to be said.
//
// There is one write door. Every change is a function that runs on the one
// writing connection; functions that queue up share a commit, and each is
// rolled back alone if it fails. A commit is on disk when it is answered.
// Reads go through a pool of connections that cannot write.
//
// The store asks no clock: every instant is an argument. Instants are kept in
// milliseconds UTC. The schema and the queries are written for PostgreSQL and
// run on SQLite unchanged.
package storage

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/mattn/go-sqlite3"
	"github.com/pressly/goose/v3"

	"github.com/heedbot/heed/storage/db"
)

//go:embed migrations/*.sql
var migrations embed.FS

var (
	// ErrInUse is returned by Open while another program has the database.
	ErrInUse = errors.New("the database is in use by another heed: stop that one, or give this one a database of its own")
	// ErrNewer is returned by Open for a database that a newer heed has changed.
	ErrNewer = errors.New("the database belongs to a newer heed: run that version, or restore the backup made before it")
	// ErrForeign is returned by Open for a file that is not heed's.
	ErrForeign = errors.New("the file is not a heed database: set another path, or move the file away")
)

// application marks the file as heed's ("heed" in ASCII; SQLite, PRAGMA
// application_id).
const application = 0x68656564

// Options are what may be chosen about a store.
type Options struct {
	Readers int // connections for reading; 4 if 0
	// Trace is told each statement of a read, without its arguments, from
	// whatever goroutine reads; for tests. Statements are not prepared then.
	Trace func(sql string)
}

// Store is the SQLite database. All its methods may be called at any time
// from any goroutine, with one exception: a function given to Turn must not
// call the store.
type Store struct {
	w       *writer
	read    *db.Queries
	readers *sql.DB
	trace   func(sql string)
	closing []func() error // in reverse
}

// Open opens the database at the path and makes it if there is none. It
// brings an older one up to date, and fails with ErrInUse, ErrNewer or
// ErrForeign. What was being sent when the last process ended comes back from
// Claim as doubtful.
func Open(ctx context.Context, path string, opt Options) (*Store, error) {
	s := &Store{}
	if err := s.open(ctx, path, opt); err != nil {
		return nil, errors.Join(fmt.Errorf("open database %s: %w", path, err), s.Close())
	}
	return s, nil
}

func (s *Store) open(ctx context.Context, path string, opt Options) error {
	path, err := usable(path)
	if err != nil {
		return err
	}
	if err := s.lock(ctx, path+"-lock"); err != nil {
		return err
	}
	writing, err := sql.Open("sqlite3", dsn(path, "_busy_timeout=5000&_journal_mode=WAL&_synchronous=FULL&_secure_delete=FAST"))
	if err != nil {
		return err
	}
	s.closing = append(s.closing, writing.Close)
	writing.SetMaxOpenConns(1)
	if err := ours(ctx, writing); err != nil {
		return err
	}
	if err := migrate(ctx, writing); err != nil {
		return err
	}
	conn, err := writing.Conn(ctx)
	if err != nil {
		return err
	}
	s.closing = append(s.closing, conn.Close)
	if err := durable(ctx, conn); err != nil {
		return err
	}
	q, err := db.Prepare(ctx, placeholder{conn})
	if err != nil {
		return fmt.Errorf("prepare to write: %w", err)
	}
	s.closing = append(s.closing, q.Close)
	if err := q.VoidLeases(ctx); err != nil {
		return fmt.Errorf("void the leases of the last process: %w", err)
	}
	if s.readers, err = sql.Open("sqlite3", dsn(path, "_busy_timeout=5000&_query_only=1")); err != nil {
		return err
	}
	s.closing = append(s.closing, s.readers.Close)
	if opt.Readers <= 0 {
		opt.Readers = 4
	}
	s.readers.SetMaxOpenConns(opt.Readers)
	s.readers.SetMaxIdleConns(opt.Readers)
	if s.trace = opt.Trace; s.trace != nil {
		s.read = db.New(traced{placeholder{s.readers}, s.trace})
	} else if s.read, err = db.Prepare(ctx, placeholder{s.readers}); err != nil {
		return fmt.Errorf("prepare to read: %w", err)
	}
	s.closing = append(s.closing, s.read.Close)
	s.w = newWriter(conn, q)
	s.closing = append(s.closing, func() error { s.w.close(); return nil })
	return nil
}

// Close ends the transaction at hand and closes the database. A second call
// does nothing.
func (s *Store) Close() error {
	var errs []error
	for i := len(s.closing) - 1; i >= 0; i-- {
		errs = append(errs, s.closing[i]())
	}
	s.closing = nil
	return errors.Join(errs...)
}

// usable checks that the file can be opened or made, so that a wrong path is
// told in words an operator understands, and gives its real path.
func usable(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	dir := filepath.Dir(path)
	switch info, err := os.Stat(dir); {
	case errors.Is(err, fs.ErrNotExist):
		return "", fmt.Errorf("there is no folder %s: create it, or set another path", dir)
	case err != nil:
		return "", err
	case !info.IsDir():
		return "", fmt.Errorf("%s is not a folder: set another path", dir)
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return "", errors.New("it is not a regular file: set the path of a file")
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return "", fmt.Errorf("it cannot be written to: give this user the right, or set another path: %w", err)
	}
	return path, f.Close()
}

// dsn is a SQLite URI. A path may hold the characters that mean something
// there (SQLite, "Uniform Resource Identifiers").
func dsn(path, options string) string {
	path = strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(filepath.ToSlash(path))
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return "file://" + path + "?_foreign_keys=1&" + options
}

// lock keeps a second process out. The lock is an exclusive transaction on a
// file beside the database: it works on every system SQLite does, and ends
// with the process, however that ends.
func (s *Store) lock(ctx context.Context, path string) error {
	d, err := sql.Open("sqlite3", dsn(path, "_busy_timeout=0"))
	if err != nil {
		return err
	}
	s.closing = append(s.closing, d.Close)
	conn, err := d.Conn(ctx)
	if err == nil {
		s.closing = append(s.closing, conn.Close)
		_, err = conn.ExecContext(ctx, "BEGIN EXCLUSIVE")
	}
	if is(err, sqlite3.ErrBusy) || is(err, sqlite3.ErrLocked) {
		return ErrInUse
	}
	if err != nil {
		return fmt.Errorf("lock it: %w", err)
	}
	return nil
}

func is(err error, code sqlite3.ErrNo) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && e.Code == code
}

// ours checks that the file is empty or heed's, and marks it.
func ours(ctx context.Context, d *sql.DB) error {
	var id, tables int
	err := d.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id)
	if err == nil {
		err = d.QueryRowContext(ctx, "SELECT COUNT(*) FROM sqlite_master").Scan(&tables)
	}
	switch {
	case is(err, sqlite3.ErrNotADB):
		return ErrForeign
	case err != nil:
		return fmt.Errorf("read it: %w", err)
	case id == application:
		return nil
	case id != 0 || tables > 0:
		return ErrForeign
	}
	if _, err := d.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", application)); err != nil {
		return fmt.Errorf("mark it: %w", err)
	}
	return nil
}

func migrate(ctx context.Context, d *sql.DB) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, d, files)
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	at, err := p.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("read its version: %w", err)
	}
	sources := p.ListSources()
	if known := sources[len(sources)-1].Version; at > known {
		return fmt.Errorf("it is of version %d and this program knows up to %d: %w", at, known, ErrNewer)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("bring it up to date: %w", err)
	}
	return nil
}

// durable checks that a commit will be on disk when it returns (SQLite,
// PRAGMA synchronous: 2 is FULL).
func durable(ctx context.Context, conn *sql.Conn) error {
	var mode string
	var level int
	if err := conn.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&mode); err != nil {
		return fmt.Errorf("read the journal mode: %w", err)
	}
	if err := conn.QueryRowContext(ctx, "PRAGMA synchronous").Scan(&level); err != nil {
		return fmt.Errorf("read the level of synchronisation: %w", err)
	}
	if mode != "wal" || level != 2 {
		return fmt.Errorf("journal mode %s and synchronisation %d, not wal and 2: the disk or file system does not support it", mode, level)
	}
	return nil
}

// snapshot runs several reads that see the same commit.
func (s *Store) snapshot(ctx context.Context, do func(q *db.Queries) error) error {
	tx, err := s.readers.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // nothing was written
	if s.trace != nil {
		return do(db.New(traced{placeholder{tx}, s.trace}))
	}
	return do(s.read.WithTx(tx))
}
