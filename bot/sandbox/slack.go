package sandbox

import (
	"crypto/rand"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"
)

//go:embed slack_methods.json
var slackMethodsJSON []byte

//go:embed slack_blocks.json
var slackBlocksJSON []byte

// Slack is one workspace with one app installed, served inside this process. It answers the Web API
// and Socket Mode as Slack does and refuses what Slack refuses; where Slack's behaviour is uncertain
// it takes the stricter reading. Staff are moved by its methods (Press, Submit, Command, Say ...),
// and what they see is read by others (Posts, Thread, Ephemerals, Views, Home, Mentions).
//
// What the app is sent goes over a socket while one is open, else by signed HTTP to the URLs. Events
// are sent again until acknowledged (the first time and three more); interactions are sent once.
// Set the exported fields before the first request. All methods may be called from many goroutines.
type Slack struct {
	// Clock stamps messages. Signatures, triggers and acknowledgements use the real time.
	Clock Clock

	BotToken, AppToken, SigningSecret string

	TeamID, TeamName, TeamDomain string
	AppID, BotUserID, BotID      string

	// Scopes are what the bot token may do; nil means everything.
	Scopes []string

	// BaseURL is where this server is reached, without a slash at the end. If empty it is learnt
	// from the first request.
	BaseURL string

	// EventsURL, InteractiveURL and CommandsURL are the app's request URLs for HTTP mode.
	EventsURL, InteractiveURL, CommandsURL string

	// AckTimeout is how long the app may take to acknowledge (Slack: 3 s).
	AckTimeout time.Duration
	// TriggerLife is how long a trigger_id can open a view (Slack: 3 s).
	TriggerLife time.Duration
	// RetryWait is the pause before the second delivery of an event; each next one doubles it.
	RetryWait time.Duration
	// PingEvery is the time between WebSocket pings.
	PingEvery time.Duration
	// ShareDelay is how long after files.completeUploadExternal the file appears in its channel.
	ShareDelay time.Duration

	methods map[string]slackMethod
	schemas slackSchemas
	client  *http.Client
	done    chan struct{}
	work    sync.WaitGroup

	mu         sync.Mutex
	closed     bool
	lastTS     int64
	users      map[string]*Member
	userOrder  []string
	groups     map[string]*slackGroup
	groupOrder []string
	channels   map[string]*slackChannel
	chanOrder  []string
	ephemerals map[string][]*slackMessage
	files      map[string]*slackFile
	views      map[string]*slackView
	stacks     map[string][]*slackView
	homes      map[string]*slackView
	triggers   map[string]*slackTrigger
	replies    map[string]*slackReplyURL
	calls      []SlackCall
	faults     []*SlackFault
	watchers   map[chan struct{}]bool

	queue     []*slackEvent
	queued    chan struct{}
	redeliver int

	tickets   map[string]bool
	sockets   []*slackSocket
	nextSock  int
	connected bool
	arrived   chan struct{}
	acks      map[string]chan json.RawMessage
}

// Member is a person or bot of the workspace. Name is the handle without "@"; the e-mail address is
// Name@sandbox.example. DisplayName is Name if empty.
type Member struct {
	ID, Name, RealName, Locale, TZ   string
	DisplayName, FirstName, LastName string
	// Guest is someone invited to several channels, UltraGuest to one, Stranger someone of another
	// company in a shared channel.
	Bot, Deleted, Guest, UltraGuest, Stranger bool
}

// Channel is a conversation. The app sees a private one, and can post in any, only as a member:
// put BotUserID among Members. Shared is one that another company is in too. Direct is a
// conversation with people, which has no name; it cannot be added by AddChannel.
type Channel struct {
	ID, Name                string
	Private, Shared, Direct bool
	Members                 []string
}

// Post is a message as people see it. ThreadTS is the parent's TS, and empty unless the post is a
// reply. A deleted post keeps its place and loses its content.
type Post struct {
	TS, ThreadTS, User, Text string
	Blocks                   json.RawMessage
	Attachments              json.RawMessage
	Files                    []SlackFile
	Edited                   bool
	Deleted                  bool
	Metadata                 json.RawMessage

	Channel   string
	Subtype   string
	Username  string
	Ephemeral bool
	Broadcast bool
	Pinned    bool
	Replies   int
	Reactions map[string][]string
}

// SlackFile describes a file of the workspace. URL needs the bot's token to be read.
type SlackFile struct {
	ID, Name, Title, Mimetype, User, URL string
	Size                                 int
	Deleted                              bool
}

// View is a modal or a home tab. Raw is the view object as the app is sent it, with blocks and state.
type View struct {
	ID, Type, User, Hash, CallbackID, ExternalID string
	PrivateMetadata, RootID, PreviousID          string
	Title, Submit, Close                         string
	Raw                                          json.RawMessage
}

// Answer is what the app gave back in its acknowledgement and what became of it.
type Answer struct {
	// Error is empty if all went well. Otherwise it is what the person is told: "operation_timeout"
	// (no acknowledgement in time), "dispatch_failed" (no way to reach the app), "http_service_error"
	// (a status other than 2xx), or a complaint about the answer such as "invalid_view".
	Error string
	// Messages explain an Error caused by the answer's content.
	Messages []string
	// Payload is the acknowledgement's content, empty if there was none.
	Payload json.RawMessage
	// Action is the response_action of a view_submission.
	Action string
	// Errors are the field errors shown in the view, by block_id.
	Errors map[string]string
	// Local tells that Slack's own client refused the form (a required field is empty, a value is
	// too short) and the app heard nothing.
	Local bool
	// View is the view now on top for this person, if any.
	View *View
	// Reply is the answer to a slash command that came with its acknowledgement.
	Reply *Post
}

// SlackCall is one request of the app. Method is the API method, or "upload", "download",
// "response_url". Tokens are blanked. Error is what was answered, if it was an error.
type SlackCall struct {
	Method string
	Params map[string]string
	At     time.Time
	Error  string
}

// SlackFault makes the next Times calls (at least one) of Method fail; an empty Method means any.
// With only Delay the call is late but good. DropAfterAccept carries the call out and then cuts the
// connection without an answer.
type SlackFault struct {
	Method          string
	Times           int
	Status          int
	RetryAfter      int
	Error           string
	HTML            bool
	DropAfterAccept bool
	Delay           time.Duration
}

type slackJSON = map[string]any

// NewSlack returns a workspace with the app's bot as its only member. Close it after use.
func NewSlack(clock Clock) *Slack {
	s := &Slack{
		Clock:         clock,
		BotToken:      "xoxb-" + slackRandom(6) + "-" + slackRandom(12),
		AppToken:      "xapp-1-A0SANDBOX-" + slackRandom(16),
		SigningSecret: slackRandom(16),
		TeamID:        "T0SANDBOX", TeamName: "Sandbox", TeamDomain: "sandbox",
		AppID: "A0SANDBOX", BotUserID: "U0SANDBOT", BotID: "B0SANDBOT",
		AckTimeout:  3 * time.Second,
		TriggerLife: 3 * time.Second,
		RetryWait:   100 * time.Millisecond,
		PingEvery:   5 * time.Second,
		ShareDelay:  20 * time.Millisecond,

		client:     &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
		done:       make(chan struct{}),
		users:      map[string]*Member{},
		groups:     map[string]*slackGroup{},
		channels:   map[string]*slackChannel{},
		ephemerals: map[string][]*slackMessage{},
		files:      map[string]*slackFile{},
		views:      map[string]*slackView{},
		stacks:     map[string][]*slackView{},
		homes:      map[string]*slackView{},
		triggers:   map[string]*slackTrigger{},
		replies:    map[string]*slackReplyURL{},
		watchers:   map[chan struct{}]bool{},
		queued:     make(chan struct{}, 1),
		tickets:    map[string]bool{},
		arrived:    make(chan struct{}),
		acks:       map[string]chan json.RawMessage{},
	}
	if err := json.Unmarshal(slackMethodsJSON, &s.methods); err != nil {
		panic(fmt.Sprintf("slack_methods.json: %v", err))
	}
	s.schemas = parseSlackSchemas(slackBlocksJSON)
	s.AddUser(Member{ID: "USLACKBOT", Name: "slackbot", RealName: "Slackbot"})
	s.AddUser(Member{ID: s.BotUserID, Name: "heed", RealName: "heed", Bot: true})
	s.work.Go(s.runEvents)
	return s
}

// Close ends deliveries and connections and waits for them. It may be called more than once.
func (s *Slack) Close() {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return
	}
	s.closed = true
	close(s.done)
	sockets := slices.Clone(s.sockets)
	s.mu.Unlock()
	for _, c := range sockets {
		c.conn.Close()
	}
	s.work.Wait()
	s.client.CloseIdleConnections()
}

// Subscribe returns a channel that gets a value soon after anything visible changes. Changes close
// together may share one value. Call cancel when done.
func (s *Slack) Subscribe() (ch <-chan struct{}, cancel func()) {
	c := make(chan struct{}, 1)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.watchers[c] = true
	return c, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.watchers, c)
	}
}

// Calls returns every request of the app so far, oldest first.
func (s *Slack) Calls() []SlackCall {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.calls)
}

// Fail adds a fault. Faults are used up in the order they were added.
func (s *Slack) Fail(f SlackFault) {
	f.Times = max(f.Times, 1)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &f)
}

// Redeliver makes the next n events reach the app twice, the second time marked as a retry.
func (s *Slack) Redeliver(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.redeliver += n
}

// changed wakes the watchers. The caller holds the lock.
func (s *Slack) changed() {
	for c := range s.watchers {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// stamp returns a new ts: unique, rising, and as near to the clock as that allows. The caller holds
// the lock.
func (s *Slack) stamp() string {
	now := s.Clock.Now().UnixMicro()
	if now <= s.lastTS {
		now = s.lastTS + 100
	}
	s.lastTS = now
	return fmt.Sprintf("%d.%06d", now/1_000_000, now%1_000_000)
}

// run starts fn unless the workspace is closed. The caller holds the lock.
func (s *Slack) run(fn func()) {
	if !s.closed {
		s.work.Go(fn)
	}
}

// pause waits and reports whether the workspace is still open.
func (s *Slack) pause(d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-s.done:
		return false
	}
}

func slackRandom(bytes int) string {
	b := make([]byte, bytes)
	_, _ = rand.Read(b)
	return hex.EncodeToString(b)
}

// slackMarshal encodes values made of maps, slices and plain values, which cannot fail.
func slackMarshal(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("encode: %v", err))
	}
	return b
}
