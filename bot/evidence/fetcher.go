// Package evidence fetches the files that customers named in their messages,
// refuses those that could harm whoever opens them, and keeps the others byte
// for byte as they were received.
//
// The blob is written before its row says so. A crash in between leaves a blob
// that nothing names, and the next attempt overwrites it: a blob's key is made
// from the file's id alone.
package evidence

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"
	"strings"
	"time"

	"gocloud.dev/blob"

	"github.com/heedbot/heed/bot"
)

// Source fetches files from one platform.
type Source interface {
	// Fetch opens the file's bytes. bot.Undeliverable: the platform no longer
	// has it, or does not give it: an error with a method Why() string that
	// says bot.WhyBig refuses the file for its size. bot.TryAfter: not now. Any
	// other error, also of reading the bytes, is tried again.
	Fetch(ctx context.Context, f bot.File) (io.ReadCloser, error)
}

const (
	// triesMost is after how many attempts a file counts as gone.
	triesMost = 10
	// fetchTimeout bounds one attempt: 50 MB at about 170 kB/s.
	fetchTimeout = 5 * time.Minute
	// noteTimeout bounds the noting of what is already known, which happens
	// even while the program is stopping.
	noteTimeout = 5 * time.Second
)

// pauses follow the first attempts; the last one is repeated.
var pauses = [...]time.Duration{
	time.Second, 2 * time.Second, 5 * time.Second, 15 * time.Second,
	time.Minute, 5 * time.Minute, 15 * time.Minute,
}

// Fetcher fetches. Store, Sources, Bucket and Now are required.
type Fetcher struct {
	Store   Store
	Sources map[bot.Channel]Source
	Bucket  *blob.Bucket
	// Max is the largest file taken from a channel, in bytes; 0, or no
	// function: no limit.
	Max func(bot.Channel) int64
	Now func() time.Time
	Log *slog.Logger
}

// ourError is trouble of our own, such as a full disk. It never counts against
// a file: the attempt is repeated until the operator has mended it.
type ourError struct{ error }

func (e ourError) Unwrap() error { return e.error }

// Step fetches the lane's file. Next is when to try again; zero when the fetch
// has ended. An error is of our own making: the store, the bucket, a channel
// without a source.
func (f *Fetcher) Step(ctx context.Context, lane bot.Lane) (next time.Time, err error) {
	id := lane.Evidence()
	e, tries, ok, err := f.Store.Wanted(ctx, id)
	if err != nil {
		return time.Time{}, fmt.Errorf("look up a wanted file: %w", err)
	}
	if !ok {
		return time.Time{}, nil
	}
	got, err := f.fetch(ctx, e)
	var ours ourError
	var told interface{ Why() string }
	switch {
	case err == nil:
	case ctx.Err() != nil:
		return time.Time{}, ctx.Err()
	case errors.As(err, &told) && told.Why() == bot.WhyBig:
		got = refused(bot.WhyBig)
	case errors.As(err, &ours):
		return time.Time{}, fmt.Errorf("keep a file: %w", err)
	case bot.IsUndeliverable(err), tries+1 >= triesMost:
		f.log().Warn("file given up", "channel", e.Channel, "complaint", e.Complaint, "evidence", id, "attempt", tries+1, "err", err)
		got = bot.Fetched{State: bot.FileGone, Why: bot.WhyGone}
	default:
		f.log().Warn("file not fetched", "channel", e.Channel, "complaint", e.Complaint, "evidence", id, "attempt", tries+1, "err", err)
		at := f.Now().Add(max(pauses[min(max(tries, 0), len(pauses)-1)], bot.Pause(err)))
		if err := f.Store.FetchLater(ctx, id, at); err != nil {
			return time.Time{}, fmt.Errorf("put a fetch off: %w", err)
		}
		return at, nil
	}
	got.Evidence = id
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), noteTimeout)
	defer cancel()
	if err := f.Store.Fetched(ctx, got, f.Now()); err != nil {
		return time.Time{}, fmt.Errorf("note a fetched file: %w", err)
	}
	return time.Time{}, nil
}

// fetch makes one attempt.
func (f *Fetcher) fetch(ctx context.Context, e bot.Evidence) (got bot.Fetched, err error) {
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	defer func() {
		if recover() != nil {
			f.log().Error("fetching panicked", "channel", e.Channel, "evidence", e.ID, "stack", string(debug.Stack()))
			err = errPanic
		}
	}()
	most := int64(0)
	if f.Max != nil {
		most = f.Max(e.Channel)
	}
	// Not even asked for where the name or the platform's own figure tells.
	if most > 0 && e.File.Size > most {
		return bot.Fetched{State: bot.FileRefused, Why: bot.WhyBig, Size: e.File.Size}, nil
	}
	if bot.HarmfulName(e.File.Name) {
		return refused(bot.WhyType), nil
	}
	source := f.Sources[e.Channel]
	if source == nil {
		return bot.Fetched{}, ourError{errors.New("no source for this channel")}
	}
	r, err := source.Fetch(ctx, e.File)
	if err != nil {
		return bot.Fetched{}, fmt.Errorf("fetch: %w", err)
	}
	defer r.Close()
	return f.keep(ctx, Key(e.ID), r, most)
}

var errPanic = errors.New("the source panicked")

// keep reads the file and writes it to the bucket, unless it has to be
// refused. Nothing refused stays in the bucket.
func (f *Fetcher) keep(ctx context.Context, key string, r io.Reader, most int64) (bot.Fetched, error) {
	in := &reader{r: r}
	if most > 0 {
		in.r = io.LimitReader(r, most+1)
	}
	head := make([]byte, headSize)
	n, _ := io.ReadFull(in, head)
	if in.err != nil {
		return bot.Fetched{}, fmt.Errorf("read: %w", in.err)
	}
	head = head[:n]
	if n == 0 {
		return refused(bot.WhyEmpty), nil
	}
	kind := look(head)
	if kind.markup {
		// Looked through whole: a script may stand anywhere.
		rest, err := io.ReadAll(io.LimitReader(in, markupMost))
		if err != nil {
			return bot.Fetched{}, fmt.Errorf("read: %w", err)
		}
		head = append(head, rest...)
		kind.harmful = len(rest) == markupMost || activeMarkup(head)
	}
	if kind.harmful {
		return refused(bot.WhyType), nil
	}

	// Cancelling this context before Close makes the bucket drop the blob.
	wctx, drop := context.WithCancel(ctx)
	defer drop()
	w, err := f.Bucket.NewWriter(wctx, key, &blob.WriterOptions{ContentType: kind.mime})
	if err != nil {
		return bot.Fetched{}, ourError{fmt.Errorf("open a blob: %w", err)}
	}
	closed := false
	defer func() {
		if !closed {
			drop()
			_ = w.Close() // it reports that it was dropped
		}
	}()
	sum, end := sha256.New(), &tail{}
	size, err := io.Copy(io.MultiWriter(w, sum, end), io.MultiReader(bytes.NewReader(head), in))
	switch {
	case in.err != nil:
		return bot.Fetched{}, fmt.Errorf("read: %w", in.err)
	case err != nil:
		return bot.Fetched{}, ourError{fmt.Errorf("write a blob: %w", err)}
	case most > 0 && size > most:
		return refused(bot.WhyBig), nil
	case harmfulEnd(head, end.b):
		return refused(bot.WhyType), nil
	}
	closed = true
	if err := w.Close(); err != nil {
		return bot.Fetched{}, ourError{fmt.Errorf("close a blob: %w", err)}
	}
	if err := harden(ctx, f.Bucket, key); err != nil {
		return bot.Fetched{}, ourError{fmt.Errorf("sync a blob: %w", err)}
	}
	return bot.Fetched{
		State: bot.FileKept, MIME: kind.mime, Size: size, Blob: key,
		SHA256: hex.EncodeToString(sum.Sum(nil)),
	}, nil
}

func refused(why string) bot.Fetched { return bot.Fetched{State: bot.FileRefused, Why: why} }

func (f *Fetcher) log() *slog.Logger {
	if f.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return f.Log
}

// reader remembers the source's own error, so that it is not taken for the
// bucket's.
type reader struct {
	r   io.Reader
	err error
}

func (r *reader) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	if err != nil && err != io.EOF {
		r.err = err
	}
	return n, err
}

// tail keeps the last bytes written to it.
type tail struct{ b []byte }

func (t *tail) Write(p []byte) (int, error) {
	t.b = append(t.b, p...)
	if over := len(t.b) - tailSize; over > 0 {
		t.b = t.b[:copy(t.b, t.b[over:])]
	}
	return len(p), nil
}

// keyMost is the longest name of a blob made from an id as it is.
const keyMost = 180

// Key is where the file with this evidence id is kept. Different ids have
// different keys; each is safe as the name of a file.
func Key(id string) string {
	var b strings.Builder
	for i := range len(id) {
		c := id[i]
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "_%02x", c)
		}
	}
	name := b.String()
	if len(name) > keyMost {
		d := sha256.Sum256([]byte(id))
		name = "_" + hex.EncodeToString(d[:]) + "_" // no id ends in an underscore here
	}
	return "evidence/" + name
}
