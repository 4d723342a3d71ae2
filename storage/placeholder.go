package storage

import (
	"context"
	"database/sql"
	"strings"

	"github.com/heedbot/heed/storage/db"
)

// placeholder writes ?1 for $1. SQLite's driver binds $1 by order of
// appearance, not by number, and says nothing.
type placeholder struct{ db.DBTX }

func numbered(query string) string { return strings.ReplaceAll(query, "$", "?") }

func (p placeholder) ExecContext(ctx context.Context, q string, args ...any) (sql.Result, error) {
	return p.DBTX.ExecContext(ctx, numbered(q), args...)
}

func (p placeholder) PrepareContext(ctx context.Context, q string) (*sql.Stmt, error) {
	return p.DBTX.PrepareContext(ctx, numbered(q))
}

func (p placeholder) QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error) {
	return p.DBTX.QueryContext(ctx, numbered(q), args...)
}

func (p placeholder) QueryRowContext(ctx context.Context, q string, args ...any) *sql.Row {
	return p.DBTX.QueryRowContext(ctx, numbered(q), args...)
}

// traced tells of each statement.
type traced struct {
	db.DBTX
	tell func(sql string)
}

func (t traced) ExecContext(ctx context.Context, q string, args ...any) (sql.Result, error) {
	t.tell(q)
	return t.DBTX.ExecContext(ctx, q, args...)
}

func (t traced) QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error) {
	t.tell(q)
	return t.DBTX.QueryContext(ctx, q, args...)
}

func (t traced) QueryRowContext(ctx context.Context, q string, args ...any) *sql.Row {
	t.tell(q)
	return t.DBTX.QueryRowContext(ctx, q, args...)
}
