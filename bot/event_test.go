package bot_test

import (
	"errors"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
)

func TestEventsFormAChain(t *testing.T) {
	at := time.Date(2026, 12, 1, 9, 0, 0, 123456789, time.UTC)
	c := bot.Complaint{Ref: "KXM-4FQ-7TA", Round: 1}
	var all []bot.Event
	for _, k := range []bot.EventKind{bot.EvReceived, bot.EvAcknowledged, bot.EvUpdated, bot.EvResponse, bot.EvDisputed, bot.EvUpdated, bot.EvSecond, bot.EvClosed} {
		e, err := c.Apply(bot.Event{At: at, Noted: at, Kind: k, By: "bot", Words: "words", Data: map[string]string{"a": "b"}})
		if err != nil {
			t.Fatalf("%s: %v", k, err)
		}
		all = append(all, e)
	}
	if c.Stage != bot.Closed || c.Round != 2 || c.Events != 8 {
		t.Errorf("left at %+v", c)
	}
	if err := bot.Verify(all); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func([]bot.Event){
		"time": func(e []bot.Event) { e[2].At = e[2].At.Add(time.Hour) },
		"who":  func(e []bot.Event) { e[1].By = "U1" },
		"data": func(e []bot.Event) { e[3].Data = map[string]string{"a": "c"} },
		"gone": func(e []bot.Event) { e[4] = e[5] },
		"said": func(e []bot.Event) { e[0].Digest = "x" },
	} {
		copied := append([]bot.Event(nil), all...)
		change(copied)
		if err := bot.Verify(copied); !errors.Is(err, bot.ErrChain) {
			t.Errorf("%s changed and not seen: %v", name, err)
		}
	}
	// Erasing the words leaves the chain whole.
	for i := range all {
		all[i].Words = ""
	}
	if err := bot.Verify(all); err != nil {
		t.Errorf("after erasure: %v", err)
	}
}

func TestMoves(t *testing.T) {
	for _, c := range []struct {
		from bot.Stage
		kind bot.EventKind
		to   bot.Stage // "" is refused
	}{
		{"", bot.EvReceived, bot.Received}, {"", bot.EvClosed, ""}, {"", bot.EvNoted, ""},
		{bot.Received, bot.EvAcknowledged, bot.Acknowledged}, {bot.Received, bot.EvResponse, bot.Decided}, {bot.Received, bot.EvDisputed, ""},
		{bot.Acknowledged, bot.EvUpdated, bot.Examined}, {bot.Decided, bot.EvResponse, ""}, {bot.Decided, bot.EvDisputed, bot.Disputed},
		{bot.Disputed, bot.EvUpdated, bot.Disputed}, {bot.Disputed, bot.EvResponse, ""}, {bot.Disputed, bot.EvSecond, bot.Decided},
		{bot.Closed, bot.EvReplied, ""}, {bot.Closed, bot.EvClosed, ""}, {bot.Closed, bot.EvAssigned, ""}, {bot.Withdrawn, bot.EvReplied, ""},
		{bot.Closed, bot.EvNoted, bot.Closed},
	} {
		x := bot.Complaint{Stage: c.from}
		_, err := x.Apply(bot.Event{Kind: c.kind})
		if c.to == "" {
			if !errors.Is(err, bot.ErrMove) || x.Stage != c.from || x.Events != 0 {
				t.Errorf("%s at %q: %v, left at %q", c.kind, c.from, err, x.Stage)
			}
			continue
		}
		if err != nil || x.Stage != c.to {
			t.Errorf("%s at %q: %v, left at %q, want %q", c.kind, c.from, err, x.Stage, c.to)
		}
	}
}

func TestJudgeCountsWholeSeconds(t *testing.T) {
	due := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	p := bot.Promise{Due: due, Verdict: bot.Open}
	for d, want := range map[time.Duration]bot.Verdict{-time.Second: bot.Kept, 0: bot.Kept, 999 * time.Millisecond: bot.Kept, time.Second: bot.Late} {
		if got := p.Judge(due.Add(d)); got != want {
			t.Errorf("%s after: %s", d, got)
		}
	}
}

func TestFlowKeepsNoPlace(t *testing.T) {
	f := bot.Flow{
		{ID: "topic", Type: "choice", Required: true, Options: []string{"a", "b"}},
		{ID: "why", Type: "text", Required: true, When: map[string]string{"topic": "b"}},
		{ID: "entity", Type: "choice"},
		{ID: "files", Type: "files"},
	}
	next := func(a map[string]bot.Answer) string { q, _ := f.Next(a); return q.ID }
	said := bot.Answer{Parts: []bot.Part{{Text: "x"}}}
	done := said
	done.Done = true
	for _, c := range []struct {
		a    map[string]bot.Answer
		want string
	}{
		{nil, "topic"},
		{map[string]bot.Answer{"topic": {Option: "gone"}}, "topic"},
		{map[string]bot.Answer{"topic": {Skipped: true}}, "topic"},
		{map[string]bot.Answer{"topic": {Option: "a"}}, "files"},
		{map[string]bot.Answer{"topic": {Option: "b"}}, "why"},
		{map[string]bot.Answer{"topic": {Option: "b"}, "why": said}, "why"},
		{map[string]bot.Answer{"topic": {Option: "b"}, "why": done}, "files"},
		{map[string]bot.Answer{"topic": {Option: "a"}, "why": done, "files": {Skipped: true}}, ""},
		{map[string]bot.Answer{"topic": {Option: "a"}, "files": {Files: []string{"f"}}}, "files"},
		{map[string]bot.Answer{"topic": {Option: "a"}, "files": {Files: []string{"f"}, Done: true}}, ""},
	} {
		if got := next(c.a); got != c.want {
			t.Errorf("%v: asks %q, want %q", c.a, got, c.want)
		}
	}
}
