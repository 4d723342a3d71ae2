package storage

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// marker begins a text that is kept as base64: PostgreSQL's TEXT takes
// neither NUL nor invalid UTF-8.
const marker = "base64:"

// plain gives a text the form in which every database takes it. Most texts
// stay as they are.
func plain(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 && !strings.HasPrefix(s, marker) {
		return s
	}
	return marker + base64.StdEncoding.EncodeToString([]byte(s))
}

// exact undoes plain.
func exact(s string) (string, error) {
	coded, ok := strings.CutPrefix(s, marker)
	if !ok {
		return s, nil
	}
	b, err := base64.StdEncoding.DecodeString(coded)
	if err != nil {
		return "", fmt.Errorf("read a kept text: %w", err)
	}
	return string(b), nil
}

// encode gives a value as JSON text. JSON escapes NUL and replaces invalid
// UTF-8, so every database takes it.
func encode(v any) (string, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("encode %T: %w", v, err)
	}
	return string(b), nil
}

func decode[T any](s string) (T, error) {
	var v T
	if err := json.Unmarshal([]byte(s), &v); err != nil {
		// The decoder's own words may quote what it read.
		return v, fmt.Errorf("decode %T: the row holds something else", v)
	}
	return v, nil
}

func decodeAll[T any](rows []string) ([]T, error) {
	var vs []T
	for _, r := range rows {
		v, err := decode[T](r)
		if err != nil {
			return nil, err
		}
		vs = append(vs, v)
	}
	return vs, nil
}

// ms is an instant in milliseconds, rounded down; 0 for none.
func ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// dueMS is an instant rounded up, so that nothing is due before its time, and
// never 0, which stands for none.
func dueMS(t time.Time) int64 {
	n := t.UnixMilli()
	if t.Nanosecond()%int(time.Millisecond) != 0 {
		n++
	}
	return max(n, 1)
}

// instant undoes ms.
func instant(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMilli(n).UTC()
}
