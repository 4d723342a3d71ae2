package page

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

//go:embed static
var files embed.FS

// Most bytes of a request: a form, and one with files in it. Telegram gives a
// bot files of at most 20 MB; base64 makes them a third longer.
const (
	small = 1 << 20
	large = 32 << 20
)

// header is what only the page itself sends: another web page cannot without
// being asked about it first, and is then refused.
const header = "X-Heed-Demo"

// refusal is an answer to bad input, in words for the person at the page.
type refusal struct {
	status int
	text   string
}

func (r refusal) Error() string { return r.text }

func refuse(text string) error { return refusal{http.StatusBadRequest, text} }

// guard lets in only the page itself: a name that is not this machine's would
// be another site's that points here.
func guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		switch {
		case !loopback(r.Host):
			fail(w, refusal{http.StatusForbidden, "The demo answers on this machine only: open it as 127.0.0.1 or localhost."})
		case r.Method == http.MethodPost && r.Header.Get(header) != "1":
			fail(w, refusal{http.StatusForbidden, "Only the demo's own page may send this: the header " + header + " is missing."})
		default:
			next.ServeHTTP(w, r)
		}
	})
}

func loopback(host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// static serves one file of the page, or the one asked for.
func static(name string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := "static/" + name
		if name == "" {
			path = strings.TrimPrefix(r.URL.Path, "/")
		}
		http.ServeFileFS(w, r, files, path)
	})
}

// take reads a request's JSON and answers with what do gives.
func take[T any](limit int64, do func(context.Context, T) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var in T
		if err := read(w, r, limit, &in); err != nil {
			fail(w, err)
			return
		}
		out, err := do(r.Context(), in)
		if err != nil {
			fail(w, err)
			return
		}
		answer(w, http.StatusOK, out)
	}
}

func read(w http.ResponseWriter, r *http.Request, limit int64, in any) error {
	if t, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || t != "application/json" {
		return refusal{http.StatusUnsupportedMediaType, "The request must be JSON."}
	}
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, limit))
	d.DisallowUnknownFields()
	err := d.Decode(in)
	if err == nil {
		if _, more := d.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("something follows the JSON")
		}
	}
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return refusal{http.StatusRequestEntityTooLarge, "This is too large for the demo. Files may have 20 MB in all."}
	case err != nil:
		return refuse("The request is not what the demo expects: " + err.Error() + ".")
	}
	return nil
}

func answer(w http.ResponseWriter, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		status, body = http.StatusInternalServerError, []byte(`{"error":"The demo could not put its answer into words."}`)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

func fail(w http.ResponseWriter, err error) {
	status := http.StatusInternalServerError
	var r refusal
	if errors.As(err, &r) {
		status = r.status
	}
	answer(w, status, map[string]string{"error": err.Error()})
}
