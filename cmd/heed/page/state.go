package page

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/heedbot/heed/bot/sandbox"
	"github.com/heedbot/heed/locales"
)

// site is the page's server.
type site struct {
	World

	travel sync.Mutex // held while the clock is moved

	mu       sync.Mutex
	moving   bool
	phones   []*phone
	watchers map[chan struct{}]bool
}

// world is all that the page shows, at one moment.
type world struct {
	Company   string    `json:"company"`
	Clock     clock     `json:"clock"`
	Bot       botName   `json:"bot"`
	Languages []spoken  `json:"languages"`
	Phones    []handset `json:"phones"`
	Slack     workspace `json:"slack"`
}

type botName struct {
	Name     string `json:"name"`
	Username string `json:"username"`
}

// spoken is a language that a phone may have. The customer's bot need not speak it.
type spoken struct {
	Tag   string `json:"tag"`
	Name  string `json:"name"`
	Known bool   `json:"known"`
}

// foreign are languages of phones that the program does not speak: one in
// another script than ours, one near two of ours, and one near none.
var foreign = []spoken{{"zh-TW", "繁體中文", false}, {"pt", "Português", false}, {"de", "Deutsch", false}}

func (s *site) languages() []spoken {
	var ls, unspoken []spoken
	have := s.Words.Languages()
	for _, tag := range append(slices.Clone(s.Policy.Languages), have...) {
		l := spoken{tag, locales.Name(tag), slices.Contains(have, tag)}
		switch {
		case slices.Contains(ls, l) || slices.Contains(unspoken, l):
		case l.Known:
			ls = append(ls, l)
		default:
			unspoken = append(unspoken, l)
		}
	}
	for _, l := range foreign {
		if !slices.ContainsFunc(append(slices.Clone(ls), unspoken...), func(u spoken) bool { return u.Tag == l.Tag }) {
			unspoken = append(unspoken, l)
		}
	}
	return append(append(ls, unspoken...), spoken{"", "Not told", false})
}

// state is as the person named in the query sees it: the first whom one can
// play if there is no such person.
func (s *site) state(w http.ResponseWriter, r *http.Request) {
	c, err := s.clock(r.Context())
	if err != nil {
		fail(w, err)
		return
	}
	company, ok := s.Policy.Say("en", "company")
	if !ok {
		company = s.Slack.TeamName
	}
	actor := r.URL.Query().Get("as")
	if s.played(actor) != nil {
		actor = s.People[0].ID
	}
	answer(w, http.StatusOK, world{Company: company, Clock: c, Bot: botName{s.Telegram.FirstName, s.Telegram.Username},
		Languages: s.languages(), Phones: s.handsets(), Slack: s.workspace(actor)})
}

// events tells the page to ask for the state again. It speaks at least every
// few seconds, since some things end by themselves, such as "typing".
func (s *site) events(w http.ResponseWriter, r *http.Request) {
	telegram, stop := s.Telegram.Subscribe()
	defer stop()
	slack, stop := s.Slack.Subscribe()
	defer stop()
	own, stop := s.watch()
	defer stop()
	w.Header().Set("Content-Type", "text/event-stream")
	line := http.NewResponseController(w)
	const quiet, most = 40 * time.Millisecond, 10 * time.Second
	for {
		if _, err := fmt.Fprint(w, "event: changed\ndata: {}\n\n"); err != nil {
			return
		}
		if err := line.Flush(); err != nil {
			return
		}
		if !sleep(r.Context(), quiet) {
			return
		}
		late := time.NewTimer(most)
		select {
		case <-r.Context().Done():
		case <-telegram:
		case <-slack:
		case <-own:
		case <-late.C:
		}
		late.Stop()
		if r.Context().Err() != nil {
			return
		}
	}
}

func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

// watch gives a channel that receives after the page's own part changed.
func (s *site) watch() (<-chan struct{}, func()) {
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

// changed wakes the watchers. The caller holds mu.
func (s *site) changed() {
	for c := range s.watchers {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

func (s *site) telegramFile(w http.ResponseWriter, r *http.Request) {
	body, ok := s.Telegram.File(r.PathValue("id"))
	give(w, r, "file", body, ok)
}

// slackFile gives a file to the person named in the query, if they can open it.
func (s *site) slackFile(w http.ResponseWriter, r *http.Request) {
	f, body, ok := s.Slack.SeenFile(r.URL.Query().Get("as"), r.PathValue("id"))
	give(w, r, f.Name, body, ok)
}

// give serves a customer's file: pictures and sound to be shown, by what they
// are and not by what they say they are; all else only to be saved.
func give(w http.ResponseWriter, r *http.Request, name string, body []byte, ok bool) {
	if !ok {
		fail(w, refusal{http.StatusNotFound, "There is no such file."})
		return
	}
	kind := http.DetectContentType(body)
	switch kind {
	case "image/jpeg", "image/png", "image/gif", "image/webp":
	case "application/ogg":
		kind = "audio/ogg"
	default:
		kind = "application/octet-stream"
		w.Header().Set("Content-Disposition", disposition(name))
	}
	w.Header().Set("Content-Type", kind)
	http.ServeContent(w, r, "", time.Time{}, strings.NewReader(string(body)))
}

// day writes a day for someone who reads a language, in English where it is
// none of ours.
func (s *site) day(lang string, t time.Time) string {
	for _, ours := range s.Words.Languages() {
		if locales.Akin(lang, ours) {
			lang = ours
			break
		}
	}
	return locales.Date(cmp.Or(lang, "en"), t.In(s.Policy.Zone))
}

func (s *site) time(t time.Time) string { return t.In(s.Policy.Zone).Format("15:04") }

// played is an error unless one can play this person.
func (s *site) played(id string) error {
	if slices.ContainsFunc(s.People, func(m sandbox.Member) bool { return m.ID == id }) {
		return nil
	}
	return refuse("Nobody at the desk has this id.")
}
