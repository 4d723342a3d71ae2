package sandbox

import (
	"context"
	"encoding/json"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Telegram is a Telegram Bot API server (Bot API 10.1) for one bot and its private chats. It serves the bot's
// side over HTTP; the customers' side is made of Phones. It refuses what the real server refuses, and in two
// places more, to find mistakes early: parameters that the API does not know, and in HTML text an & that is not
// written as an entity.
//
// Set the exported fields before the first request. Telegram is safe for concurrent use.
type Telegram struct {
	// Clock gives the time of messages and drives expiry and flood limits.
	Clock Clock
	// Token is the bot's token, "<bot id>:<secret>".
	Token string
	// Username is the bot's name without @.
	Username string
	// FirstName is the bot's display name until setMyName gives another.
	FirstName string
	// PerChat is the least time between two messages to one chat; sooner gives 429. Zero: no limit.
	PerChat time.Duration
	// PerSecond is the most messages the bot may send in any second; more gives 429. Zero: no limit.
	PerSecond int
	// WebhookClient delivers updates to the webhook. Nil: a client of its own that follows no redirect.
	WebhookClient *http.Client
	// WebhookBackoff is the pause before a failed delivery is repeated; it doubles up to 32 times its value.
	// Zero: 100 ms. It is measured in real time, whatever Clock says.
	WebhookBackoff time.Duration

	born time.Time

	mu           sync.Mutex
	chats        map[int64]*tgChat
	files        map[string]*tgFile
	paths        map[string]tgPath
	fileCount    int
	groupCount   int64
	queryCount   int64
	queries      map[string]*tgQuery
	queue        []*tgUpdate
	again        []*tgUpdate
	lastUpdate   int64
	lastUpdateAt time.Time
	allowed      []string
	poll         *tgPoll
	wake         chan struct{}
	hook         *tgWebhook
	profile      tgProfile
	faults       []*Fault
	duplicate    int
	reorder      int
	calls        []Call
	sent         []time.Time
	loggedOut    time.Time
	watchers     map[chan struct{}]struct{}
	closed       chan struct{}
	running      sync.WaitGroup
}

// Call is one request of the bot, whether it succeeded or not.
type Call struct {
	Method string
	At     time.Time
	// Params are the parameters as text; objects are JSON, an uploaded file is its name.
	Params map[string]string
}

// NewTelegram returns a server for the bot with this token, which has the shape "<bot id>:<secret>".
// A nil clock means RealClock. Call Close when done.
func NewTelegram(clock Clock, token string) *Telegram {
	if clock == nil {
		clock = RealClock{}
	}
	return &Telegram{
		Clock:     clock,
		Token:     token,
		Username:  "sandbox_bot",
		FirstName: "Sandbox",
		born:      clock.Now(),
		chats:     map[int64]*tgChat{},
		files:     map[string]*tgFile{},
		paths:     map[string]tgPath{},
		queries:   map[string]*tgQuery{},
		wake:      make(chan struct{}),
		profile:   newTGProfile(),
		watchers:  map[chan struct{}]struct{}{},
		closed:    make(chan struct{}),
	}
}

// Close ends long polls and webhook deliveries and waits until they are gone. Requests after it get 500.
func (t *Telegram) Close() {
	t.mu.Lock()
	select {
	case <-t.closed:
	default:
		close(t.closed)
	}
	t.stopHook()
	t.mu.Unlock()
	t.running.Wait()
}

// Subscribe gives a channel that receives after something visible changed: a message, an edit, a toast, the
// bot's commands. Several changes may give one receipt. Cancel releases it.
func (t *Telegram) Subscribe() (ch <-chan struct{}, cancel func()) {
	c := make(chan struct{}, 1)
	t.mu.Lock()
	t.watchers[c] = struct{}{}
	t.mu.Unlock()
	return c, func() {
		t.mu.Lock()
		delete(t.watchers, c)
		t.mu.Unlock()
	}
}

// changed tells the watchers. The caller holds mu.
func (t *Telegram) changed() {
	for c := range t.watchers {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// maxCalls is how many calls are remembered; then the older half goes.
const maxCalls = 20_000

// note remembers a call. The caller holds mu.
func (t *Telegram) note(method string, params map[string]string) {
	if len(t.calls) >= maxCalls {
		t.calls = slices.Clone(t.calls[maxCalls/2:])
	}
	t.calls = append(t.calls, Call{Method: method, At: t.Clock.Now(), Params: params})
}

// Calls returns what the bot called, oldest first, getUpdates and file downloads ("file") included. Of a very
// long run it has the newest 10,000 or more.
func (t *Telegram) Calls() []Call {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.calls)
}

// tgError is an answer that refuses.
type tgError struct {
	code       int
	text       string
	retryAfter time.Duration
}

func badRequest(text string) *tgError { return &tgError{code: 400, text: "Bad Request: " + text} }

func tooMany(after time.Duration) *tgError {
	if after < time.Second {
		after = time.Second
	}
	n := int(math.Ceil(after.Seconds()))
	return &tgError{code: 429, text: "Too Many Requests: retry after " + strconv.Itoa(n), retryAfter: time.Duration(n) * time.Second}
}

// tgNoted is a result with the description that some methods add to it.
type tgNoted struct {
	result any
	note   string
}

// ServeHTTP answers /bot<token>/<method> and /file/bot<token>/<path>. For a scripted DropAfterAccept it closes
// the connection, or panics with http.ErrAbortHandler where the connection can't be taken over.
func (t *Telegram) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	if rest, ok := strings.CutPrefix(path, "/file/bot"); ok {
		t.serveFile(w, r, rest)
		return
	}
	rest, ok := strings.CutPrefix(path, "/bot")
	token, method, ok2 := strings.Cut(rest, "/")
	if !ok || !ok2 {
		writeTGError(w, &tgError{code: 404, text: "Not Found"})
		return
	}
	if err := t.checkToken(token); err != nil {
		writeTGError(w, err)
		return
	}
	c := &tgCall{ctx: r.Context(), method: method}
	parseErr := c.read(r)
	spec, known := tgSchema().method(method)
	if known {
		c.method = spec.name
	}
	t.mu.Lock()
	t.note(c.method, c.flat())
	fault := t.takeFault(c.method)
	t.mu.Unlock()
	if fault.Delay > 0 && !t.pause(r.Context(), fault.Delay) {
		return
	}
	if fault.refuses() {
		fault.write(w)
		return
	}
	var result any
	err := parseErr
	if err == nil && !known {
		err = &tgError{code: 404, text: "Not Found: method not found"}
	}
	if err == nil {
		err = t.ready()
	}
	if err == nil {
		err = spec.check(c)
	}
	if err == nil {
		result, err = t.run(spec.name, c)
	}
	if fault.DropAfterAccept {
		drop(w)
		return
	}
	if c.ctx.Err() != nil {
		return
	}
	if err != nil {
		writeTGError(w, err)
		return
	}
	writeTGResult(w, result)
}

func (t *Telegram) checkToken(token string) *tgError {
	id, _, ok := strings.Cut(token, ":")
	n, err := strconv.ParseInt(id, 10, 64)
	if !ok || err != nil || n <= 0 || token[0] == '0' || len(token) > 80 {
		return &tgError{code: 401, text: "Unauthorized: invalid token specified"}
	}
	if token != t.Token {
		return &tgError{code: 401, text: "Unauthorized"}
	}
	return nil
}

// ready refuses requests after Close and for ten minutes after logOut (Telegram Bot API 10.1, logOut).
func (t *Telegram) ready() *tgError {
	t.mu.Lock()
	defer t.mu.Unlock()
	select {
	case <-t.closed:
		return &tgError{code: 500, text: "Internal Server Error: restart"}
	default:
	}
	if !t.loggedOut.IsZero() {
		if t.Clock.Now().Sub(t.loggedOut) < 10*time.Minute {
			return &tgError{code: 400, text: "Logged out"}
		}
		t.loggedOut = time.Time{}
	}
	return nil
}

// pause waits in real time and reports whether the request is still wanted.
func (t *Telegram) pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	case <-t.closed:
		return true
	}
}

func (t *Telegram) botID() int64 {
	id, _, _ := strings.Cut(t.Token, ":")
	n, _ := strconv.ParseInt(id, 10, 64)
	return n
}

// bot is the bot as a User. The caller holds mu.
func (t *Telegram) bot() map[string]any {
	return map[string]any{"id": t.botID(), "is_bot": true, "first_name": t.name(""), "username": t.Username}
}

func writeTGResult(w http.ResponseWriter, result any) {
	answer := map[string]any{"ok": true, "result": result}
	if n, ok := result.(tgNoted); ok {
		answer["result"], answer["description"] = n.result, n.note
	}
	writeTG(w, 200, answer)
}

func writeTGError(w http.ResponseWriter, e *tgError) {
	answer := map[string]any{"ok": false, "error_code": e.code, "description": e.text}
	if e.retryAfter > 0 {
		n := int(e.retryAfter.Seconds())
		answer["parameters"] = map[string]any{"retry_after": n}
		w.Header().Set("Retry-After", strconv.Itoa(n))
	}
	writeTG(w, e.code, answer)
}

func writeTG(w http.ResponseWriter, status int, answer map[string]any) {
	body, err := json.Marshal(answer)
	if err != nil {
		status, body = 500, []byte(`{"ok":false,"error_code":500,"description":"Internal Server Error"}`)
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body)
}
