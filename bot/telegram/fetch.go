package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"

	tg "github.com/go-telegram/bot"
	"github.com/heedbot/heed/bot"
)

// lost is a file that cannot be had. Why is one of package bot's Why
// constants.
type lost struct {
	error
	why string
}

// Why says why the file cannot be had: bot.WhyBig or bot.WhyGone.
func (l *lost) Why() string { return l.why }

func (l *lost) Unwrap() error { return l.error }

var errBig = errors.New("the file is over the 20 MB that Telegram lets a bot download")

// Fetch opens a file by its handle. The caller closes it. A file that will
// never come is bot.Undeliverable, with a method Why() string on the error that
// says bot.WhyBig or bot.WhyGone; a read beyond 20 MB fails so too. Any other
// error may be tried again.
func (d *Door) Fetch(ctx context.Context, f bot.File) (io.ReadCloser, error) {
	if f.Size > maxFile {
		return nil, tooBig()
	}
	if f.Handle == "" {
		return nil, bot.Undeliverable(&lost{errors.New("getFile: the file has no handle"), bot.WhyGone})
	}
	result, err := d.call(ctx, "getFile", func(ctx context.Context, api *tg.Bot) error {
		_, err := api.GetFile(ctx, &tg.GetFileParams{FileID: f.Handle})
		return err
	})
	if err != nil {
		return nil, d.fetchVerdict(err)
	}
	var found struct {
		Path string `json:"file_path"`
		Size int64  `json:"file_size"`
	}
	if err := json.Unmarshal(result, &found); err != nil || found.Path == "" {
		return nil, errors.New("getFile: the answer names no path")
	}
	if found.Size > maxFile {
		return nil, tooBig()
	}
	return d.download(ctx, found.Path)
}

// download opens a path that getFile gave. The address holds the token: it
// goes into no error, and no redirect is followed with it.
func (d *Door) download(ctx context.Context, where string) (io.ReadCloser, error) {
	if where = strings.TrimPrefix(where, "/"); path.Clean(where) != where || strings.HasPrefix(where, "..") {
		return nil, errors.New("getFile: the path leads elsewhere")
	}
	ctx, cancel := context.WithTimeout(ctx, downloadFor)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, d.base()+"/file/bot"+d.Token+"/"+(&url.URL{Path: where}).EscapedPath(), nil)
	if err != nil {
		cancel()
		return nil, &failure{method: "file", err: d.plain(err)}
	}
	resp, err := d.http().Do(req)
	if err != nil {
		cancel()
		return nil, &failure{method: "file", err: d.plain(err)}
	}
	body := &download{body: resp.Body, left: maxFile, end: cancel, door: d}
	switch {
	case resp.StatusCode != http.StatusOK:
		x := &exchange{answered: true, status: resp.StatusCode, after: resp.Header.Get("Retry-After")}
		x.body, _ = io.ReadAll(io.LimitReader(resp.Body, 4096))
		_ = body.Close()
		_, err := x.outcome(d, "file", nil)
		if err == nil {
			err = fmt.Errorf("file: HTTP status %d", resp.StatusCode)
		}
		return nil, d.downloadVerdict(err)
	case resp.ContentLength > maxFile:
		_ = body.Close()
		return nil, tooBig()
	}
	return body, nil
}

// fetchVerdict is the meaning of a refusal of getFile. Nothing is ambiguous:
// asking twice harms nothing.
func (d *Door) fetchVerdict(err error) error {
	var r *refusal
	if !errors.As(err, &r) || !r.spoken {
		return d.downloadVerdict(err)
	}
	text := strings.ToLower(r.text)
	switch {
	case r.code == http.StatusBadRequest && strings.Contains(text, "too big"):
		return bot.Undeliverable(&lost{err, bot.WhyBig})
	case r.code == http.StatusBadRequest && strings.Contains(text, "temporarily unavailable"):
		// The server's words are the same for a wrong id and for a file it
		// cannot reach now. Our ids come from Telegram, so it is the latter.
		return &lost{err, bot.WhyGone}
	case r.code == http.StatusBadRequest && !strings.Contains(r.text, "Logged out"):
		return bot.Undeliverable(&lost{err, bot.WhyGone})
	}
	return d.downloadVerdict(err)
}

// downloadVerdict is the meaning of what a download met: a pause where one is
// asked for, and else another attempt, which gets a new path.
func (d *Door) downloadVerdict(err error) error {
	if v := d.verdict(err); bot.Pause(v) > 0 {
		return v
	}
	return err
}

func tooBig() error { return bot.Undeliverable(&lost{errBig, bot.WhyBig}) }

// download is a file's body that ends with an error beyond the limit, rather
// than being cut.
type download struct {
	body io.ReadCloser
	left int64
	end  context.CancelFunc
	door *Door
}

func (b *download) Read(p []byte) (int, error) {
	n, err := b.body.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, tooBig()
	}
	if err != nil && err != io.EOF {
		err = fmt.Errorf("read the file: %w", b.door.plain(err))
	}
	return n, err
}

func (b *download) Close() error {
	err := b.body.Close()
	b.end()
	return err
}
