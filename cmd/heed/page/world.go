// Package page is the demo's page: customers' phones on one side, the Slack
// desk on the other, and a clock that can be moved forward. It plays people;
// it knows nothing of the program between the platforms.
package page

import (
	"context"
	"net/http"
	"time"

	"github.com/heedbot/heed/bot/sandbox"
	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

// Manager is the member of staff whom the demo calls when a promise is
// overdue.
const Manager = "U0MIA"

// Staff are the people of the demo's workspace where World names none.
var Staff = []sandbox.Member{
	{ID: "U0ANN", Name: "ann", RealName: "Ann Agent", DisplayName: "Ann Agent"},
	{ID: "U0BEN", Name: "ben", RealName: "Ben Agent", DisplayName: "Ben Agent"},
	{ID: Manager, Name: "mia", RealName: "Mia Manager", DisplayName: "Mia Manager"},
}

// World is what the page shows and moves.
type World struct {
	Telegram *sandbox.Telegram
	Slack    *sandbox.Slack
	Clock    sandbox.Clock
	Desk     string // id of the desk's channel
	// People are whom one can play; Staff if there are none.
	People []sandbox.Member
	Policy *policy.Policy
	Words  *locales.Catalog
	// Proofs serves all texts of the language that its path's {language} names,
	// to be read by a native speaker; nil if there is no such page.
	Proofs http.Handler
	// Travel moves the clock through everything that is due on the way.
	Travel func(ctx context.Context, to time.Time) error
	// Next is when the next promise is due; zero if none is open.
	Next func(ctx context.Context) (time.Time, error)
}

// New gives the page and its small API. Requests whose Host is not this
// machine are refused, and so is every POST that the page did not send.
func New(w World) http.Handler {
	if len(w.People) == 0 {
		w.People = Staff
	}
	s := &site{World: w, watchers: map[chan struct{}]bool{}}
	mux := http.NewServeMux()
	mux.Handle("GET /{$}", static("index.html"))
	mux.Handle("GET /static/", static(""))
	mux.HandleFunc("GET /state", s.state)
	mux.HandleFunc("GET /events", s.events)
	mux.HandleFunc("GET /file/telegram/{id}", s.telegramFile)
	mux.HandleFunc("GET /file/slack/{id}", s.slackFile)
	if w.Proofs != nil {
		mux.Handle("GET /words/{language}", w.Proofs)
	}
	for path, h := range map[string]http.HandlerFunc{
		"/phone/add": take(small, s.addPhone), "/phone/text": take(small, s.phoneText),
		"/phone/edit": take(small, s.phoneEdit), "/phone/press": take(small, s.phonePress),
		"/phone/files": take(large, s.phoneFiles), "/phone/other": take(small, s.phoneOther),
		"/phone/block": take(small, s.phoneBlock),
		"/slack/press": take(small, s.slackPress), "/slack/submit": take(small, s.slackSubmit),
		"/slack/close": take(small, s.slackClose), "/slack/write": take(small, s.slackWrite),
		"/slack/shortcut": take(small, s.slackShortcut), "/slack/join": take(small, s.slackJoin),
		"/slack/locale": take(small, s.slackLocale),
		"/clock/move":   take(small, s.clockMove),
	} {
		mux.HandleFunc("POST "+path, h)
	}
	return guard(mux)
}
