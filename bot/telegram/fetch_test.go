package telegram

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/sandbox"
)

// received is the file of the one message in the world.
func (w *world) received() bot.File {
	w.t.Helper()
	if _, err := w.door.poll(context.Background(), 0); err != nil {
		w.t.Fatal(err)
	}
	in := w.desk.inputs()
	return in[len(in)-1].Files[0]
}

func why(err error) string {
	var w interface{ Why() string }
	if errors.As(err, &w) {
		return w.Why()
	}
	return ""
}

func TestFetch(t *testing.T) {
	ctx := context.Background()
	w := newWorld(t)
	body := bytes.Repeat([]byte{0, 1, 2, 255}, 50_000)
	w.phone.Document("bill é.pdf", "application/pdf", body, "")
	f := w.received()
	rc, err := w.door.Fetch(ctx, f)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(rc)
	if err != nil || !bytes.Equal(got, body) {
		t.Errorf("%d bytes of %d, %v", len(got), len(body), err)
	}
	if err := rc.Close(); err != nil {
		t.Error(err)
	}
	if f.Name != "bill é.pdf" || f.Size != int64(len(body)) {
		t.Errorf("%+v", f)
	}
}

func TestFetchRefusesBigFiles(t *testing.T) {
	ctx := context.Background()
	w := newWorld(t)
	w.phone.DocumentOfSize("film.mp4", "video/mp4", maxFile+1)
	f := w.received()
	_, err := w.door.Fetch(ctx, f)
	if !bot.IsUndeliverable(err) || why(err) != bot.WhyBig {
		t.Errorf("declared: %v", err)
	}
	if len(w.callsOf("getFile")) != 0 {
		t.Error("asked for a file that is known to be too big")
	}
	f.Size = -1
	if _, err := w.door.Fetch(ctx, f); !bot.IsUndeliverable(err) || why(err) != bot.WhyBig {
		t.Errorf("not declared: %v", err)
	}
	w.phone.DocumentOfSize("film.mp4", "video/mp4", maxFile)
	rc, err := w.door.Fetch(ctx, w.received())
	if err != nil {
		t.Fatal(err)
	}
	n, err := io.Copy(io.Discard, rc)
	if n != maxFile || err != nil {
		t.Errorf("%d bytes, %v", n, err)
	}
	_ = rc.Close()
}

// A server that sends more than it said.
func TestFetchStopsAtTheLimit(t *testing.T) {
	for name, length := range map[string]string{"announced": "20971521", "not announced": ""} {
		server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/getFile") {
				_, _ = io.WriteString(rw, `{"ok":true,"result":{"file_id":"x","file_path":"a/b.pdf","file_size":5}}`)
				return
			}
			if length != "" {
				rw.Header().Set("Content-Length", length)
			}
			_, _ = rw.Write(make([]byte, maxFile+1))
		}))
		w := newWorld(t)
		w.door.APIURL = server.URL
		rc, err := w.door.Fetch(context.Background(), bot.File{Handle: "x", Size: 5})
		if err == nil {
			_, err = io.Copy(io.Discard, rc)
			_ = rc.Close()
		}
		if !bot.IsUndeliverable(err) || why(err) != bot.WhyBig {
			t.Errorf("%s: %v", name, err)
		}
		server.Close()
	}
}

func TestFetchVerdicts(t *testing.T) {
	ctx := context.Background()
	for name, c := range map[string]struct {
		fault         sandbox.Fault
		undeliverable bool
		pause         bool
	}{
		"getFile 400":       {sandbox.Fault{Method: "getFile", Status: 400}, true, false},
		"getFile 401":       {sandbox.Fault{Method: "getFile", Status: 401}, false, true},
		"getFile 429":       {sandbox.Fault{Method: "getFile", Status: 429}, false, true},
		"getFile 500":       {sandbox.Fault{Method: "getFile", Status: 500}, false, false},
		"getFile lost":      {sandbox.Fault{Method: "getFile", DropAfterAccept: true}, false, false},
		"download 404":      {sandbox.Fault{Method: "file", Status: 404}, false, false},
		"download 429":      {sandbox.Fault{Method: "file", Status: 429}, false, true},
		"download page":     {sandbox.Fault{Method: "file", HTML: true}, false, false},
		"download lost":     {sandbox.Fault{Method: "file", DropAfterAccept: true}, false, false},
		"download redirect": {sandbox.Fault{Method: "file", HTML: true, Status: 302}, false, false},
	} {
		w := newWorld(t)
		w.phone.Photo("", []byte("jpeg"))
		f := w.received()
		// On a connection used before, a lost answer to a GET is asked for
		// again without a word.
		w.door.HTTP = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
		w.tg.Fail(c.fault)
		_, err := w.door.Fetch(ctx, f)
		if err == nil || bot.IsUndeliverable(err) != c.undeliverable || (bot.Pause(err) > 0) != c.pause || bot.IsAmbiguous(err) {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && strings.Contains(err.Error(), "AAsecret") {
			t.Errorf("%s: the token is in %v", name, err)
		}
		if c.undeliverable {
			continue
		}
		rc, err := w.door.Fetch(ctx, f)
		if err != nil {
			t.Errorf("%s: the second attempt: %v", name, err)
			continue
		}
		_ = rc.Close()
	}
	w := newWorld(t)
	if _, err := w.door.Fetch(ctx, bot.File{}); !bot.IsUndeliverable(err) || why(err) != bot.WhyGone {
		t.Errorf("no handle: %v", err)
	}
	if _, err := w.door.Fetch(ctx, bot.File{Handle: "unknown"}); err == nil || bot.IsUndeliverable(err) || why(err) != bot.WhyGone {
		t.Errorf("not available now: %v", err)
	}
}

func TestFetchGoesNowhereElse(t *testing.T) {
	var visited atomic.Int32
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { visited.Add(1) }))
	t.Cleanup(elsewhere.Close)
	where := "a/b.pdf"
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/getFile") {
			_, _ = io.WriteString(rw, `{"ok":true,"result":{"file_path":"`+where+`"}}`)
			return
		}
		http.Redirect(rw, r, elsewhere.URL+"/x", http.StatusFound)
	}))
	t.Cleanup(server.Close)
	w := newWorld(t)
	w.door.APIURL = server.URL
	for _, where = range []string{"a/b.pdf", "../../getUpdates", "a/../../x", "//elsewhere/x", elsewhere.URL + "/x", ""} {
		if _, err := w.door.Fetch(context.Background(), bot.File{Handle: "x"}); err == nil || strings.Contains(err.Error(), "AAsecret") {
			t.Errorf("%q: %v", where, err)
		}
	}
	if visited.Load() > 0 {
		t.Error("followed a redirect with the token")
	}
}
