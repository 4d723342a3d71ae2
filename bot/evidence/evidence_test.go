package evidence_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"gocloud.dev/blob"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/evidence"
	"github.com/heedbot/heed/storage"
)

// desk is a fetcher on a real store and a real folder; its source is a
// function.
type desk struct {
	*testing.T
	store   *storage.Store
	fetcher *evidence.Fetcher
	folder  string
	now     time.Time
	fetch   func() (io.Reader, error)
	tries   int
	n       int
}

func (d *desk) Fetch(context.Context, bot.File) (io.ReadCloser, error) {
	d.tries++
	r, err := d.fetch()
	if err != nil {
		return nil, err
	}
	return io.NopCloser(r), nil
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	store, err := storage.Open(t.Context(), filepath.Join(t.TempDir(), "heed.db"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	d := &desk{T: t, store: store, folder: filepath.Join(t.TempDir(), "kept", "here"), now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	bucket, err := evidence.OpenBucket(t.Context(), "file://"+d.folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bucket.Close() })
	d.fetcher = &evidence.Fetcher{
		Store: store, Sources: map[bot.Channel]evidence.Source{bot.Telegram: d}, Bucket: bucket,
		Max: func(bot.Channel) int64 { return 200_000 }, Now: func() time.Time { return d.now },
	}
	return d
}

func (d *desk) gives(b []byte) {
	d.fetch = func() (io.Reader, error) { return iotest.HalfReader(bytes.NewReader(b)), nil }
}

// want has a customer send the file; it gives the file's lane.
func (d *desk) want(f bot.File) bot.Lane {
	d.Helper()
	d.n++
	in := bot.Input{Key: fmt.Sprint(d.n), Channel: bot.Telegram, Kind: bot.InMessage, Chat: "1", At: d.now, Files: []bot.File{f}}
	if err := d.store.Receive(d.Context(), bot.Arrival{Input: in}); err != nil {
		d.Fatal(err)
	}
	var id string
	d.turns(func(s bot.Situation) bot.Turn {
		id = bot.NewID(s.Lane, s.N, 0)
		return bot.Turn{Evidence: []bot.Evidence{{
			ID: id, Customer: s.Customer.ID, Channel: bot.Telegram, File: f, At: d.now, State: bot.FileWanted,
		}}}
	})
	return bot.EvidenceLane(id)
}

func (d *desk) turns(decide func(bot.Situation) bot.Turn) {
	d.Helper()
	lanes, _, err := d.store.Due(d.Context(), d.now, 10)
	if err != nil {
		d.Fatal(err)
	}
	for _, l := range lanes {
		for took := l.Kind() == 'c'; took; {
			took, err = d.store.Turn(d.Context(), l, d.now, func(s bot.Situation) (bot.Turn, error) { return decide(s), nil })
			if err != nil {
				d.Fatal(err)
			}
		}
	}
}

// fetched runs the lane until the fetch has ended, and gives what its owner's
// turn is told.
func (d *desk) fetched(l bot.Lane) bot.Fetched {
	d.Helper()
	for range 100 {
		next, err := d.fetcher.Step(d.Context(), l)
		if err != nil {
			d.Fatal(err)
		}
		if next.IsZero() {
			break
		}
		if !next.After(d.now) {
			d.Fatalf("to be tried again at %v, now is %v", next, d.now)
		}
		d.now = next
	}
	var got *bot.Fetched
	d.turns(func(s bot.Situation) bot.Turn {
		if s.Input.Fetched != nil {
			got = s.Input.Fetched
		}
		return bot.Turn{}
	})
	if got == nil {
		d.Fatal("the owner's turn is told nothing")
	}
	return *got
}

// files lists what is kept in the folder.
func (d *desk) files() (names []string) {
	d.Helper()
	err := filepath.WalkDir(d.folder, func(_ string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			names = append(names, e.Name())
		}
		return err
	})
	if err != nil {
		d.Fatal(err)
	}
	return names
}

var png = append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), bytes.Repeat([]byte{1, 2, 3}, 40_000)...)

func TestKeptAsReceived(t *testing.T) {
	d := newDesk(t)
	d.gives(png)
	got := d.fetched(d.want(bot.File{Kind: "document", Name: "bill.pdf", MIME: "application/pdf", Size: -1}))
	sum := sha256.Sum256(png)
	if got.State != bot.FileKept || got.MIME != "image/png" || got.Size != int64(len(png)) || got.SHA256 != hex.EncodeToString(sum[:]) {
		t.Fatalf("fetched %+v", got)
	}
	r, size, err := d.fetcher.Open(t.Context(), got.Blob)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if b, err := io.ReadAll(r); err != nil || !bytes.Equal(b, png) || size != int64(len(png)) {
		t.Errorf("read back %d bytes of %d: %v", len(b), size, err)
	}
	if names := d.files(); len(names) != 1 {
		t.Errorf("in the folder: %v", names)
	}
	if info, err := os.Stat(d.folder); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is open to others: %v %v", info.Mode(), err)
	}
	if _, _, err := d.fetcher.Open(t.Context(), "evidence/none"); err == nil {
		t.Error("a file that is not there can be opened")
	}
}

func TestRefused(t *testing.T) {
	iso := make([]byte, 40_000)
	copy(iso[32769:], "CD001")
	dmg := append(bytes.Repeat([]byte{9}, 100_000), append([]byte("koly"), make([]byte, 508)...)...)
	const svg = `<svg xmlns="http://www.w3.org/2000/svg"><g/>`
	for name, c := range map[string]struct {
		file bot.File
		b    []byte
		why  string
	}{
		"empty":                  {bot.File{}, nil, bot.WhyEmpty},
		"too big":                {bot.File{}, bytes.Repeat(png, 2), bot.WhyBig},
		"too big, as declared":   {bot.File{Size: 200_001}, png, bot.WhyBig},
		"program":                {bot.File{Name: "bill.pdf"}, append([]byte("MZ\x90\x00"), make([]byte, 500)...), bot.WhyType},
		"linux program":          {bot.File{Name: "bill.pdf"}, append([]byte("\x7fELF\x02\x01\x01"), make([]byte, 500)...), bot.WhyType},
		"script":                 {bot.File{Name: "bill.txt"}, []byte("#!/usr/bin/env node\nboom()"), bot.WhyType},
		"batch file":             {bot.File{Name: "bill.txt"}, []byte("\ufeff@Echo off\r\ndel *"), bot.WhyType},
		"batch file by name":     {bot.File{Name: "bill.bat"}, []byte("just words"), bot.WhyType},
		"page":                   {bot.File{Name: "bill.txt"}, []byte("<!DOCTYPE html><html><script>1</script></html>"), bot.WhyType},
		"drawing with script":    {bot.File{Name: "a.svg"}, []byte(svg + `<script>1</script></svg>`), bot.WhyType},
		"script far down":        {bot.File{Name: "a.svg"}, []byte(svg + strings.Repeat(" ", 100_000) + `<a onclick="x"/></svg>`), bot.WhyType},
		"disk image":             {bot.File{Name: "bill.pdf"}, iso, bot.WhyType},
		"Apple's disk image":     {bot.File{Name: "bill.pdf"}, dmg, bot.WhyType},
		"Java, as a zip archive": {bot.File{Name: "a.zip"}, javaArchive, bot.WhyType},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.gives(c.b)
			got := d.fetched(d.want(c.file))
			if got.State != bot.FileRefused || got.Why != c.why {
				t.Errorf("fetched %+v, want it refused: %s", got, c.why)
			}
			if names := d.files(); len(names) > 0 {
				t.Errorf("refused, but kept in the folder: %v", names)
			}
		})
	}
}

var javaArchive = append([]byte("PK\x03\x04\x14\x00\x08\x08\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x14\x00\x00\x00"),
	"META-INF/MANIFEST.MF"...)

func TestKept(t *testing.T) {
	for name, c := range map[string]struct {
		b    []byte
		mime string
	}{
		"words":             {[]byte("They promised to call."), "text/plain"},
		"pdf":               {[]byte("%PDF-1.7\n..."), "application/pdf"},
		"archive":           {[]byte("PK\x03\x04\x14\x00\x00\x00\x00\x00"), "application/zip"},
		"drawing":           {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><rect width="1"/></svg>`), "image/svg+xml"},
		"exactly the limit": {png[:0:0], ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			if name == "exactly the limit" {
				c.b, c.mime = append(slices.Clone(png), make([]byte, 200_000-len(png))...), "image/png"
			}
			d.gives(c.b)
			if got := d.fetched(d.want(bot.File{Name: "x"})); got.State != bot.FileKept || got.MIME != c.mime {
				t.Errorf("fetched %+v", got)
			}
		})
	}
}

func TestTroubleOfThePlatform(t *testing.T) {
	for name, c := range map[string]struct {
		err   func(try int) error
		state string
		tries int
	}{
		"gone":            {func(int) error { return bot.Undeliverable(errors.New("404")) }, bot.FileGone, 1},
		"never":           {func(int) error { return errors.New("no answer") }, bot.FileGone, 10},
		"at last":         {func(n int) error { return on(n < 10, errors.New("no answer")) }, bot.FileKept, 10},
		"asked to wait":   {func(n int) error { return on(n < 2, bot.TryAfter(errors.New("429"), time.Hour)) }, bot.FileKept, 2},
		"the door panics": {func(n int) error { panic("lost") }, bot.FileGone, 10},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			start := d.now
			d.fetch = func() (io.Reader, error) { return bytes.NewReader(png), c.err(d.tries) }
			got := d.fetched(d.want(bot.File{Name: "x"}))
			if got.State != c.state || d.tries != c.tries {
				t.Errorf("%+v after %d tries, want %s after %d", got, d.tries, c.state, c.tries)
			}
			if name == "asked to wait" && d.now.Sub(start) < time.Hour {
				t.Errorf("asked again after %v", d.now.Sub(start))
			}
		})
	}
}

func on(yes bool, err error) error {
	if yes {
		return err
	}
	return nil
}

func TestCutOffMidway(t *testing.T) {
	d := newDesk(t)
	d.fetch = func() (io.Reader, error) {
		if d.tries < 3 {
			return io.MultiReader(bytes.NewReader(png[:70_000]), iotest.ErrReader(io.ErrUnexpectedEOF)), nil
		}
		return bytes.NewReader(png), nil
	}
	lane := d.want(bot.File{Name: "x"})
	if _, err := d.fetcher.Step(t.Context(), lane); err != nil {
		t.Fatal(err)
	}
	if names := d.files(); len(names) > 0 {
		t.Errorf("half a file is kept: %v", names)
	}
	d.now = d.now.Add(time.Hour)
	if got := d.fetched(lane); got.Size != int64(len(png)) || d.tries != 3 {
		t.Errorf("fetched %+v after %d tries", got, d.tries)
	}
}

// TestOurOwnTroubleLosesNoFile: a full disk or a channel that is switched off
// is no reason to call a file gone.
func TestOurOwnTroubleLosesNoFile(t *testing.T) {
	d := newDesk(t)
	d.gives(png)
	lane := d.want(bot.File{Name: "x"})
	good, sources := d.fetcher.Bucket, d.fetcher.Sources
	closed, err := evidence.OpenBucket(t.Context(), "mem://")
	if err != nil {
		t.Fatal(err)
	}
	_ = closed.Close()
	for range 12 {
		d.fetcher.Bucket, d.fetcher.Sources = closed, sources
		if _, err := d.fetcher.Step(t.Context(), lane); err == nil {
			t.Fatal("no error while nothing can be written")
		}
		d.fetcher.Bucket, d.fetcher.Sources = good, nil
		if _, err := d.fetcher.Step(t.Context(), lane); err == nil {
			t.Fatal("no error without a source")
		}
	}
	d.fetcher.Sources = sources
	if got := d.fetched(lane); got.State != bot.FileKept {
		t.Errorf("fetched %+v", got)
	}
}

func TestTheNextTryOverwrites(t *testing.T) {
	d := newDesk(t)
	d.gives(png)
	lane := d.want(bot.File{Name: "x"})
	// What a crash between the blob and its row leaves behind.
	if err := d.fetcher.Bucket.WriteAll(t.Context(), evidence.Key(lane.Evidence()), []byte("half"), nil); err != nil {
		t.Fatal(err)
	}
	got := d.fetched(lane)
	b, err := d.fetcher.Bucket.ReadAll(t.Context(), got.Blob)
	if err != nil || !bytes.Equal(b, png) || len(d.files()) != 1 {
		t.Errorf("%d bytes in %v, %v", len(b), d.files(), err)
	}
	if next, err := d.fetcher.Step(t.Context(), lane); err != nil || !next.IsZero() || d.tries != 1 {
		t.Errorf("fetched again: %v %v, %d tries", next, err, d.tries)
	}
}

func TestOpenBucket(t *testing.T) {
	var b *blob.Bucket
	var err error
	if b, err = evidence.OpenBucket(t.Context(), "mem://"); err != nil {
		t.Fatal(err)
	}
	_ = b.Close()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, where := range []string{"", "evidence", "file://", "s3://secret-key@bucket", "file://" + file, "://secret-key"} {
		_, err := evidence.OpenBucket(t.Context(), where)
		if err == nil || !strings.Contains(err.Error(), "evidence store") || strings.Contains(err.Error(), "secret-key") {
			t.Errorf("%q: %v", where, err)
		}
	}
}

// big is what a source says of a file that it does not give for its size.
type big struct{ error }

func (big) Why() string { return bot.WhyBig }

func TestTooBigForTheSource(t *testing.T) {
	no := big{errors.New("file is too big")}
	for name, fetch := range map[string]func() (io.Reader, error){
		"for good":      func() (io.Reader, error) { return nil, bot.Undeliverable(no) },
		"plainly":       func() (io.Reader, error) { return nil, no },
		"while reading": func() (io.Reader, error) { return io.MultiReader(bytes.NewReader(png), iotest.ErrReader(no)), nil },
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.fetch = fetch
			if got := d.fetched(d.want(bot.File{Kind: "video"})); got.State != bot.FileRefused || got.Why != bot.WhyBig {
				t.Errorf("fetched %+v", got)
			}
			if d.tries != 1 || len(d.files()) != 0 {
				t.Errorf("%d tries, kept %v", d.tries, d.files())
			}
		})
	}
}
