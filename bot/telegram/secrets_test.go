package telegram

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
)

// TestNoTokenAnywhere makes each method fail in each way, against servers that
// try to have the token repeated.
func TestNoTokenAnywhere(t *testing.T) {
	echo := func(status int, kind string) http.Handler {
		return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			rw.Header().Set("Content-Type", kind)
			rw.WriteHeader(status)
			_, _ = io.WriteString(rw, `{"ok":false,"error_code":400,"description":"no `+r.URL.Path+` `+url.QueryEscape(r.URL.Path)+`"}`)
		})
	}
	servers := map[string]http.Handler{
		"JSON 400": echo(400, "application/json"),
		"page 502": http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			rw.WriteHeader(502)
			_, _ = io.WriteString(rw, "<html>"+r.URL.Path)
		}),
		"redirect": http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			http.Redirect(rw, r, "http://no-such-host.invalid"+r.URL.Path, http.StatusTemporaryRedirect)
		}),
		"broken redirect": http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			rw.Header().Set("Location", "http://%zz"+r.URL.Path)
			rw.WriteHeader(http.StatusFound)
		}),
		"hang up": http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
			conn, _, err := http.NewResponseController(rw).Hijack()
			if err == nil {
				_ = conn.Close()
			}
		}),
		"not HTTP": http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			conn, _, err := http.NewResponseController(rw).Hijack()
			if err == nil {
				_, _ = io.WriteString(conn, "what is "+r.URL.Path+"\r\n\r\n")
				_ = conn.Close()
			}
		}),
		"half an answer": http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("Content-Length", "1000")
			_, _ = io.WriteString(rw, `{"ok":true`)
		}),
		"silence": http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			select {
			case <-r.Context().Done():
			case <-time.After(10 * time.Second):
			}
		}),
		"true": http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(rw, `{"ok":true,"result":"`+r.URL.Path+`"}`)
		}),
	}
	addresses := map[string]string{"no host": "http://no-such-host.invalid", "bad port": "http://127.0.0.1:99999"}
	for name, h := range servers {
		s := httptest.NewServer(h)
		t.Cleanup(func() {
			s.CloseClientConnections()
			s.Close()
		})
		addresses[name] = s.URL
	}
	calls := map[string]func(context.Context, *Door) error{
		"Connect":    func(ctx context.Context, d *Door) error { return d.Connect(ctx) },
		"learn":      func(ctx context.Context, d *Door) error { return d.learn(ctx) },
		"poll":       func(ctx context.Context, d *Door) error { _, err := d.poll(ctx, 1); return err },
		"Poll":       func(ctx context.Context, d *Door) error { return d.Poll(ctx) },
		"SetWebhook": func(ctx context.Context, d *Door) error { return d.SetWebhook(ctx, "https://heed.example", hookSecret) },
		"Publish": func(ctx context.Context, d *Door) error {
			return d.Publish(ctx, []Commands{{List: []Command{{Name: "a", About: "b"}}}})
		},
		"Fetch": func(ctx context.Context, d *Door) error { _, err := d.Fetch(ctx, bot.File{Handle: "x"}); return err },
		"download": func(ctx context.Context, d *Door) error {
			rc, err := d.download(ctx, "a/b")
			if err == nil {
				_, err = io.Copy(io.Discard, rc)
				_ = rc.Close()
			}
			return err
		},
		"message": func(ctx context.Context, d *Door) error {
			_, err := d.Send(ctx, bot.Sending{Outbound: bot.Outbound{To: bot.Address{Chat: "1"}, Message: &bot.Message{Text: "x"}}})
			return err
		},
		"edit": func(ctx context.Context, d *Door) error {
			_, err := d.Send(ctx, bot.Sending{EditID: "1", Outbound: bot.Outbound{To: bot.Address{Chat: "1"}, Message: &bot.Message{Text: "x"}}})
			return err
		},
		"toast": func(ctx context.Context, d *Door) error {
			_, err := d.Send(ctx, bot.Sending{Outbound: bot.Outbound{Toast: &bot.Toast{PressID: "1"}}})
			return err
		},
	}
	for server, address := range addresses {
		for method, call := range calls {
			t.Run(server+" "+method, func(t *testing.T) {
				w := newWorld(t) // its end looks at the log
				d := w.newDoor()
				d.APIURL = address
				ctx, cancel := context.WithTimeout(context.Background(), 150*time.Millisecond)
				defer cancel()
				err := call(ctx, d)
				for e := err; e != nil; e = errors.Unwrap(e) {
					if strings.Contains(e.Error(), "AAsecret") || strings.Contains(e.Error(), "7000001:") || strings.Contains(e.Error(), "7000001%3A") {
						t.Fatalf("the token is in %v", e)
					}
				}
				if log := w.log.String(); strings.Contains(log, "7000001:") || strings.Contains(log, "7000001%3A") {
					t.Errorf("the token is in the log: %s", log)
				}
			})
		}
	}
}
