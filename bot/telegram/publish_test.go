package telegram

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/sandbox"
)

func TestPublish(t *testing.T) {
	ctx := context.Background()
	w := newWorld(t)
	names := []Commands{
		{List: []Command{{Name: "start", About: "Begin"}, {Name: "help", About: "Help"}}, Description: "Complaints", Short: "We listen"},
		{Language: "pl", List: []Command{{Name: "start", About: "Zacznij"}}, Description: strings.Repeat("ż", 600), Short: strings.Repeat("ó", 200)},
		{Language: "fr"},
	}
	if err := w.door.Publish(ctx, names); err != nil {
		t.Fatal(err)
	}
	if c := w.tg.Commands("pl"); len(c) != 1 || c[0].Description != "Zacznij" {
		t.Errorf("pl: %v", c)
	}
	if c := w.tg.Commands("vi"); len(c) != 2 || c[1].Command != "help" {
		t.Errorf("vi: %v", c)
	}
	if got := w.tg.Description("pl-PL"); bot.Measure(got, bot.UTF16) > maxDescription || !strings.HasPrefix(got, "żżż") {
		t.Errorf("description %q", got)
	}
	sets := func() int {
		n := 0
		for _, c := range w.tg.Calls() {
			if strings.HasPrefix(c.Method, "set") {
				n++
			}
		}
		return n
	}
	// French has nothing to say: nothing is set for it.
	if sets() != 6 {
		t.Errorf("%d settings, want 6", sets())
	}
	if err := w.door.Publish(ctx, names); err != nil || sets() != 6 {
		t.Errorf("set again though nothing changed: %d, %v", sets(), err)
	}
	names[1].List[0].About = "Złóż skargę"
	if err := w.door.Publish(ctx, names); err != nil || sets() != 7 || w.tg.Commands("pl")[0].Description != "Złóż skargę" {
		t.Errorf("a change of one thing: %d, %v", sets(), err)
	}
	names[0].List = nil
	if err := w.door.Publish(ctx, names); err != nil || len(w.tg.Commands("vi")) != 0 {
		t.Errorf("an emptied menu: %v, %v", w.tg.Commands("vi"), err)
	}
}

func TestPublishErrors(t *testing.T) {
	ctx := context.Background()
	w := newWorld(t)
	w.tg.Fail(sandbox.Fault{Method: "setMyCommands", Status: 429, RetryAfter: 600})
	names := []Commands{{Language: "pl", List: []Command{{Name: "start", About: "Zacznij"}}}}
	if err := w.door.Publish(ctx, names); bot.Pause(err) != 10*time.Minute {
		t.Errorf("429: %v", err)
	}
	if err := w.door.Publish(ctx, names); err != nil {
		t.Error(err)
	}
	for _, c := range []Commands{
		{Language: "pt-br", List: []Command{{Name: "start", About: "x"}}},
		{List: []Command{{Name: "Start", About: "x"}}},
		{List: make([]Command, 101)},
	} {
		if err := w.door.Publish(ctx, []Commands{c}); !bot.IsUndeliverable(err) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
