package sandbox

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// slackMethod is what a Web API method accepts.
// Source: @slack/web-api 8.2.0 (MIT), the request types of each method.
type slackMethod struct {
	Args     []string `json:"args"`
	Required []string `json:"required"`
}

// slackBodyMax is more than any Web API request needs.
const slackBodyMax = 4 << 20

// slackError is an answer with ok:false.
type slackError struct {
	code             string
	messages         []string
	needed, provided string
}

func (e *slackError) Error() string { return e.code }

// refuse makes such an answer. Messages that say the same are said once.
func refuse(code string, messages ...string) error {
	slices.Sort(messages)
	return &slackError{code: code, messages: slices.Compact(messages)}
}

// slackArgs are the arguments of a call; objects and numbers of a JSON body stay JSON.
type slackArgs map[string]string

func (a slackArgs) has(name string) bool { _, ok := a[name]; return ok }

func (a slackArgs) is(name string) bool { return a[name] == "true" || a[name] == "1" }

// ServeHTTP serves /api/<method>, the WebSocket at /ws, uploads, file downloads and response_urls.
func (s *Slack) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.learnBase(r)
	switch path := r.URL.Path; {
	case strings.HasPrefix(path, "/api/"):
		s.serveAPI(w, r, strings.TrimPrefix(path, "/api/"))
	case path == "/ws":
		s.serveSocket(w, r)
	case strings.HasPrefix(path, "/upload/"):
		s.serveUpload(w, r, strings.TrimPrefix(path, "/upload/"))
	case strings.HasPrefix(path, "/files/"):
		s.serveFile(w, r)
	case strings.HasPrefix(path, "/actions/"):
		s.serveReplyURL(w, r, strings.TrimPrefix(path, "/actions/"))
	case path == "/signin":
		slackPage(w, http.StatusOK)
	default:
		http.NotFound(w, r)
	}
}

// learnBase remembers under which address the app reaches this server, so that the URLs it is
// given work for it: the SDK sends its token to no other host than the API's.
func (s *Slack) learnBase(r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.BaseURL != "" {
		return
	}
	scheme := "http"
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	s.BaseURL = scheme + "://" + r.Host
}

func (s *Slack) serveAPI(w http.ResponseWriter, r *http.Request, method string) {
	args, err := readSlackArgs(r)
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if token == "" {
		token = args["token"]
	}
	call, fault := s.note(method, args)
	if s.faulted(w, call, fault) {
		return
	}
	if s.Scopes != nil {
		w.Header().Set("X-OAuth-Scopes", strings.Join(s.Scopes, ","))
	}
	var out slackJSON
	if err == nil {
		out, err = s.answer(method, token, args)
	}
	s.finish(w, call, fault, out, err)
}

// note records a call and takes the fault that waits for it. It returns the call's place in the
// list.
func (s *Slack) note(method string, args slackArgs) (int, *SlackFault) {
	params := maps.Clone(map[string]string(args))
	for _, name := range []string{"token", "trigger_id"} {
		if _, ok := params[name]; ok {
			params[name] = "…"
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, SlackCall{Method: method, Params: params, At: s.Clock.Now()})
	for i, f := range s.faults {
		if f.Method != "" && f.Method != method {
			continue
		}
		f.Times--
		if f.Times <= 0 {
			s.faults = slices.Delete(s.faults, i, i+1)
		}
		return len(s.calls) - 1, f
	}
	return len(s.calls) - 1, nil
}

// faulted plays the part of a fault that comes before the call is carried out and reports whether
// the request has been answered by it.
func (s *Slack) faulted(w http.ResponseWriter, call int, f *SlackFault) bool {
	if f == nil {
		return false
	}
	if f.Delay > 0 && !s.pause(f.Delay) {
		return false
	}
	switch {
	case f.DropAfterAccept:
		return false
	case f.HTML:
		s.failed(call, "html")
		slackPage(w, max(f.Status, http.StatusOK))
	case f.RetryAfter > 0:
		s.failed(call, "ratelimited")
		w.Header().Set("Retry-After", strconv.Itoa(f.RetryAfter))
		writeSlackJSON(w, http.StatusTooManyRequests, slackJSON{"ok": false, "error": "ratelimited"})
	case f.Error != "":
		s.failed(call, f.Error)
		writeSlackJSON(w, max(f.Status, http.StatusOK), slackJSON{"ok": false, "error": f.Error})
	case f.Status > 0:
		s.failed(call, strconv.Itoa(f.Status))
		w.WriteHeader(f.Status)
	default:
		return false
	}
	return true
}

func (s *Slack) failed(call int, code string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls[call].Error = code
}

// finish writes the answer of a call, or cuts the connection where a fault says so.
func (s *Slack) finish(w http.ResponseWriter, call int, f *SlackFault, out slackJSON, err error) {
	if err != nil {
		s.failed(call, err.Error())
	}
	if f != nil && f.DropAfterAccept {
		dropSlackConn(w)
		return
	}
	if err == nil {
		if out == nil {
			out = slackJSON{}
		}
		out["ok"] = true
		writeSlackJSON(w, http.StatusOK, out)
		return
	}
	out = slackJSON{"ok": false, "error": err.Error()}
	e, _ := err.(*slackError)
	if e != nil && e.needed != "" {
		out["needed"], out["provided"] = e.needed, e.provided
	}
	if e != nil && len(e.messages) > 0 {
		out["errors"] = e.messages
		marked := make([]string, len(e.messages))
		for i, m := range e.messages {
			marked[i] = "[ERROR] " + m
		}
		out["response_metadata"] = slackJSON{"messages": marked}
	}
	writeSlackJSON(w, http.StatusOK, out)
}

// answer checks a call and carries it out.
func (s *Slack) answer(method, token string, args slackArgs) (slackJSON, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	known, ok := s.methods[method]
	do := slackHandlers[method]
	if !ok || do == nil {
		return nil, refuse("unknown_method")
	}
	needs := s.BotToken
	if method == "apps.connections.open" {
		needs = s.AppToken
	}
	switch token {
	case needs:
	case "":
		return nil, refuse("not_authed")
	case s.BotToken, s.AppToken:
		return nil, refuse("not_allowed_token_type")
	default:
		return nil, refuse("invalid_auth")
	}
	var wrong []string
	for _, name := range slices.Sorted(maps.Keys(args)) {
		if !slices.Contains(known.Args, name) && name != "token" && slackAlias[name] != method {
			wrong = append(wrong, "invalid additional property: "+name)
		}
	}
	for _, name := range known.Required {
		if args[name] == "" {
			wrong = append(wrong, "missing required field: "+name)
		}
	}
	if len(wrong) > 0 {
		return nil, refuse("invalid_arguments", wrong...)
	}
	if err := s.scoped(method, args); err != nil {
		return nil, err
	}
	return do(s, args)
}

// slackAlias are arguments that Slack's pages name though its own SDK spells them differently.
var slackAlias = map[string]string{"alt_txt": "files.getUploadURLExternal"}

// readSlackArgs takes the arguments from the query, a form, or a JSON object. An argument given
// twice is an error: which one Slack would use is not documented.
func readSlackArgs(r *http.Request) (slackArgs, error) {
	args := slackArgs{}
	body, err := io.ReadAll(io.LimitReader(r.Body, slackBodyMax+1))
	if err != nil {
		return args, refuse("request_timeout")
	}
	if len(body) > slackBodyMax {
		return args, refuse("request_too_large")
	}
	kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	query := r.URL.Query()
	query.Del("token") // Slack takes no token from the query
	forms := []url.Values{query}
	switch {
	case len(body) == 0:
	case kind == "application/x-www-form-urlencoded":
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return args, refuse("invalid_form_data")
		}
		forms = append(forms, form)
	case kind == "multipart/form-data":
		form, err := readSlackMultipart(body, params["boundary"])
		if err != nil {
			return args, refuse("invalid_form_data")
		}
		forms = append(forms, form)
	case kind == "application/json":
		var object map[string]json.RawMessage
		if err := json.Unmarshal(body, &object); err != nil {
			return args, refuse("invalid_json")
		}
		for name, raw := range object {
			var text string
			switch raw = bytes.TrimSpace(raw); {
			case string(raw) == "null":
			case json.Unmarshal(raw, &text) == nil:
				args[name] = text
			default:
				args[name] = string(raw)
			}
		}
	default:
		return args, refuse("invalid_post_type")
	}
	for _, form := range forms {
		for name, values := range form {
			if len(values) > 1 || args.has(name) {
				err = refuse("invalid_arguments", "given more than once: "+name)
			}
			args[name] = values[0]
		}
	}
	return args, err
}

func writeSlackJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(slackMarshal(v))
}

// slackPage is the kind of page Slack shows instead of JSON when its front door is in trouble, or
// when a file is asked for without the right to it.
func slackPage(w http.ResponseWriter, status int) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, "<!DOCTYPE html><html><head><title>Slack</title></head><body>Sign in</body></html>")
}

func dropSlackConn(w http.ResponseWriter) {
	if h, ok := w.(http.Hijacker); ok {
		if conn, _, err := h.Hijack(); err == nil {
			conn.Close()
			return
		}
	}
	panic(http.ErrAbortHandler)
}
