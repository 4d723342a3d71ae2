package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// maxUpload is the most a bot may upload at once (Telegram Bot API 10.1, Sending files), with room for the rest of the form.
const maxUpload = 50<<20 + 1<<20

// tgCall is one request with its parameters.
type tgCall struct {
	ctx     context.Context
	method  string
	values  map[string]tgValue
	uploads map[string]tgUpload
}

// tgValue is a parameter as text: a plain string, or JSON for everything else. literal marks what stood in a
// JSON body as something other than a string.
type tgValue struct {
	text    string
	literal bool
}

type tgUpload struct {
	name string
	body []byte
}

// read takes the parameters from the query, and from a body that is JSON, urlencoded or multipart. An empty
// body of any type has no parameters.
func (c *tgCall) read(r *http.Request) *tgError {
	c.values, c.uploads = map[string]tgValue{}, map[string]tgUpload{}
	c.addForm(r.URL.Query())
	if r.Method != http.MethodPost && r.Method != http.MethodGet {
		return &tgError{code: 405, text: "Method Not Allowed"}
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxUpload+1))
	if err != nil {
		return badRequest("can't read the request body")
	}
	if len(body) > maxUpload {
		return &tgError{code: 413, text: "Request Entity Too Large"}
	}
	if len(body) == 0 {
		return nil
	}
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return badRequest("content type is missing or wrong")
	}
	switch kind {
	case "application/json":
		return c.readJSON(body)
	case "application/x-www-form-urlencoded":
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return badRequest("can't parse the form")
		}
		c.addForm(form)
		return nil
	case "multipart/form-data":
		return c.readMultipart(body, params["boundary"])
	}
	return badRequest("unsupported content type")
}

func (c *tgCall) addForm(form url.Values) {
	for name, values := range form {
		c.values[name] = tgValue{text: values[len(values)-1]}
	}
}

func (c *tgCall) readJSON(body []byte) *tgError {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(body, &object); err != nil || object == nil {
		return badRequest("can't parse the request body as a JSON object")
	}
	for name, raw := range object {
		raw = bytes.TrimSpace(raw)
		var s string
		switch {
		case string(raw) == "null":
		case raw[0] == '"':
			if err := json.Unmarshal(raw, &s); err != nil {
				return badRequest("can't parse the request body as a JSON object")
			}
			c.values[name] = tgValue{text: s}
		default:
			c.values[name] = tgValue{text: string(raw), literal: true}
		}
	}
	return nil
}

func (c *tgCall) readMultipart(body []byte, boundary string) *tgError {
	reader := multipart.NewReader(bytes.NewReader(body), boundary)
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) && (err == io.EOF || len(c.values)+len(c.uploads) == 0) {
			return nil
		}
		if err != nil {
			return badRequest("can't parse the multipart form")
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return badRequest("can't parse the multipart form")
		}
		name := part.FormName()
		if _, params, _ := mime.ParseMediaType(part.Header.Get("Content-Disposition")); hasKey(params, "filename") {
			c.uploads[name] = tgUpload{name: part.FileName(), body: data}
			continue
		}
		c.values[name] = tgValue{text: string(data)}
	}
}

func hasKey(m map[string]string, key string) bool {
	_, ok := m[key]
	return ok
}

// flat is what Calls tells about the parameters.
func (c *tgCall) flat() map[string]string {
	flat := make(map[string]string, len(c.values)+len(c.uploads))
	for name, v := range c.values {
		flat[name] = v.text
	}
	for name, u := range c.uploads {
		flat[name] = u.name
	}
	return flat
}

func (c *tgCall) text(name string) string { return c.values[name].text }

// has reports whether a parameter was given and is not empty; like the real server the sandbox takes an empty
// parameter for a missing one.
func (c *tgCall) has(name string) bool { return c.values[name].text != "" }

func (c *tgCall) int(name string) int64 {
	n, _ := strconv.ParseInt(strings.TrimSpace(c.text(name)), 10, 64)
	return n
}

// limited is an optional number, kept between two bounds as the real server does.
func (c *tgCall) limited(name string, missing, low, high int64) int64 {
	n := missing
	if c.has(name) {
		n = c.int(name)
	}
	return min(max(n, low), high)
}

func (c *tgCall) bool(name string) bool {
	b, _ := tgBool(c.text(name))
	return b
}

// object decodes a JSON parameter that the schema has already accepted.
func (c *tgCall) object(name string, into any) *tgError {
	if !c.has(name) {
		return nil
	}
	if err := json.Unmarshal([]byte(c.text(name)), into); err != nil {
		return badRequest("can't parse " + name)
	}
	return nil
}

func tgBool(s string) (value, ok bool) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "true", "yes", "1":
		return true, true
	case "false", "no", "0":
		return false, true
	}
	return false, false
}
