package slack

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/sandbox"
)

func picker(id, kind, initial string, optional bool) bot.Block {
	return bot.Block{Kind: bot.Field, Field: &bot.Form{ID: id, Label: "When", Hint: "By the clock on the wall", Kind: kind, Initial: initial, Optional: optional}}
}

func TestDatesAndTimes(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.desk.open = func(bot.Act) (Opening, error) {
			return Opening{View: form(picker("on", "date", "2026-12-24", false), picker("at", "time", "17:30", false),
				picker("until", "date", "", true), picker("from", "time", "", true))}, nil
		}
		w.desk.submit = func(_, _ string, values map[string]string) (Submission, error) {
			if values["on"] > "2026-12-31" {
				return Submission{Errors: map[string]string{"on": "This is still to come."}}, nil
			}
			return Submission{Keep: &bot.Act{Verb: "log", Fields: values}}, nil
		}
		if _, err := w.slack.Press(ann, desk, w.card(), "reply", ""); err != nil {
			t.Fatal(err)
		}
		w.eventually("the dialog opens", func() bool { return len(w.slack.Views(ann)) == 1 })
		view := w.slack.Views(ann)[0]
		for _, wrong := range []map[string]any{{"on": "24.12.2026"}, {"on": "17:30"}, {"at": "5:30 PM"}, {"at": "2026-12-24"}} {
			if _, err := w.slack.Submit(ann, view.ID, wrong); err == nil {
				t.Errorf("%v was taken", wrong)
			}
		}
		a, err := w.slack.Submit(ann, view.ID, map[string]any{"on": "2027-01-02"})
		if err != nil || a.Errors["on"] != "This is still to come." {
			t.Fatalf("a date to come: %v %+v", err, a)
		}
		if a, err = w.slack.Submit(ann, view.ID, map[string]any{"on": "2026-12-23", "from": "00:00"}); err != nil || a.Error != "" || len(w.slack.Views(ann)) != 0 {
			t.Fatalf("submit: %v %+v", err, a)
		}
		got := w.kept.all()[0].Input.Act.Fields
		if got["on"] != "2026-12-23" || got["at"] != "17:30" || got["until"] != "" || got["from"] != "00:00" || len(got) != 4 {
			t.Errorf("the values are %v", got)
		}
	})
}

// A start value that Slack would refuse is found before Slack does.
func TestWrongStartsOfDatesAndTimes(t *testing.T) {
	for _, b := range []bot.Block{picker("x", "date", "24.12.2026", false), picker("x", "date", "2027-02-29", false), picker("x", "date", "2026-1-2", false),
		picker("x", "time", "7:30", false), picker("x", "time", "24:00", false), picker("x", "time", "17:30:00", false)} {
		if _, err := dialog(*form(b)); err == nil || !strings.Contains(err.Error(), b.Field.Initial) {
			t.Errorf("%s %s: %v", b.Field.Kind, b.Field.Initial, err)
		}
	}
}

// Guidance: blocks to read, one button to close it, nothing to send.
func TestADialogToRead(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		guidance := &bot.View{ID: "guidance", Title: "Guidance", Close: "Close", Blocks: []bot.Block{
			{Kind: bot.Heading, Text: "Listen first"}, {Kind: bot.Plain, Text: strings.Repeat("Ask what would put it right. ", 200)}, {Kind: bot.Line},
			{Kind: bot.Rich, Spans: []bot.Span{{Text: "Ask", Bold: true}}}, {Kind: bot.Small, Text: "Policy 3.2"}}}
		w.desk.open = func(bot.Act) (Opening, error) { return Opening{View: guidance}, nil }
		if a, err := w.slack.Press(ann, desk, w.card(), "reply", ""); err != nil || a.Error != "" {
			t.Fatalf("press: %v %+v", err, a)
		}
		w.eventually("the dialog opens", func() bool { return len(w.slack.Views(ann)) == 1 })
		v := w.slack.Views(ann)[0]
		if v.Submit != "" || v.Close != "Close" || !strings.Contains(string(v.Raw), "put it right") {
			t.Errorf("shown %+v", v)
		}
		if _, err := w.slack.Submit(ann, v.ID, nil); err == nil {
			t.Error("it was sent")
		}
		w.slack.CloseView(ann, v.ID)
		if len(w.slack.Views(ann)) != 0 || len(w.kept.all()) != 0 {
			t.Error("it is still open, or something was kept")
		}
		// A field makes Slack want a word to send it off with.
		if _, err := dialog(bot.View{ID: "x", Title: "x", Blocks: []bot.Block{picker("x", "date", "", true)}}); err == nil {
			t.Error("a field without a word to send it off with")
		}
		// It may also stand on top of a dialog with fields, and leaves it as it was.
		w.desk.open = func(a bot.Act) (Opening, error) {
			if a.Verb == "guidance" {
				return Opening{View: guidance}, nil
			}
			return Opening{View: form(words(""), bot.Block{Kind: bot.Buttons, Buttons: []bot.Button{{Action: "guidance", Label: "Guidance"}}})}, nil
		}
		if _, err := w.slack.Press(ann, desk, w.card(), "reply", ""); err != nil {
			t.Fatal(err)
		}
		w.eventually("the dialog opens", func() bool { return len(w.slack.Views(ann)) == 1 })
		below := w.slack.Views(ann)[0].ID
		if err := w.slack.Fill(ann, below, map[string]any{"words": "half a sentence"}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.slack.PressInView(ann, below, "guidance", ""); err != nil {
			t.Fatal(err)
		}
		w.eventually("the guidance is on top", func() bool { return len(w.slack.Views(ann)) == 2 })
		w.slack.CloseView(ann, w.slack.Views(ann)[1].ID)
		if v := w.slack.Views(ann); len(v) != 1 || v[0].ID != below || !strings.Contains(string(v[0].Raw), "half a sentence") {
			t.Errorf("below it is %+v", v)
		}
	})
}

func TestAGlobalShortcut(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.desk.open = func(a bot.Act) (Opening, error) {
			switch {
			case a.Verb != "log" || a.Chat != "" || a.Thread != "" || a.Complaint != "" || len(a.Fields) != 0:
				return Opening{}, errors.New("the act is not the shortcut's")
			case a.By == ann:
				return Opening{View: form(words(""))}, nil
			case a.By == boss:
				panic("no database")
			}
			return Opening{Private: &bot.Post{Text: "Only for the desk's members."}}, nil
		}
		w.desk.submit = func(_, _ string, values map[string]string) (Submission, error) {
			return Submission{Keep: &bot.Act{Verb: "log", Fields: values}}, nil
		}
		if a, err := w.slack.Shortcut(ann, "log", "", ""); err != nil || a.Error != "" {
			t.Fatalf("shortcut: %v %+v", err, a)
		}
		w.eventually("the dialog opens", func() bool { return len(w.slack.Views(ann)) == 1 })
		if a, err := w.slack.Submit(ann, w.slack.Views(ann)[0].ID, map[string]any{"words": "A letter came."}); err != nil || a.Error != "" {
			t.Fatalf("submit: %v %+v", err, a)
		}
		if in := w.kept.all(); len(in) != 1 || in[0].Input.Act.By != ann || in[0].Input.Act.Fields["words"] != "A letter came." {
			t.Errorf("kept %+v", in)
		}
		// Whoever is not in the desk's channel would not see a private answer there.
		for id, says := range map[string]string{outside: "Only for the desk's members.", boss: sorry} {
			if a, err := w.slack.Shortcut(id, "log", "", ""); err != nil || a.Error != "" {
				t.Fatalf("shortcut: %v %+v", err, a)
			}
			w.eventually(id+" is answered", func() bool {
				v := w.slack.Views(id)
				return len(v) == 1 && v[0].Submit == "" && strings.Contains(string(v[0].Raw), says)
			})
		}
		// Nor where the button is in a dialog.
		outsiders := w.slack.Views(outside)[0].ID
		w.slack.CloseView(outside, outsiders)
		w.desk.open = func(a bot.Act) (Opening, error) {
			if a.Verb == "log" {
				return Opening{View: form(words(""), bot.Block{Kind: bot.Buttons, Buttons: []bot.Button{{Action: "more", Label: "More"}}})}, nil
			}
			return Opening{Private: &bot.Post{Text: "There is no more."}}, nil
		}
		if _, err := w.slack.Shortcut(outside, "log", "", ""); err != nil {
			t.Fatal(err)
		}
		w.eventually("the dialog opens", func() bool { return len(w.slack.Views(outside)) == 1 })
		if _, err := w.slack.PressInView(outside, w.slack.Views(outside)[0].ID, "more", ""); err != nil {
			t.Fatal(err)
		}
		w.eventually("the answer is over it", func() bool {
			v := w.slack.Views(outside)
			return len(v) == 2 && strings.Contains(string(v[1].Raw), "There is no more.")
		})
	})
}

// A command works in any channel, also where the app is not; so must its
// answers.
func TestACommandWhereTheAppIsNot(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.slack.AddChannel(sandbox.Channel{ID: "C0CLOSED", Name: "closed", Private: true, Members: []string{ann}})
		w.desk.command = func(_, text string) (Reply, error) {
			switch text {
			case "log":
				return Reply{View: form(picker("on", "date", "2026-12-24", false))}, nil
			case "wrong":
				return Reply{View: &bot.View{ID: "x"}}, nil
			}
			return Reply{Post: &bot.Post{Text: "All of it", Blocks: []bot.Block{{Kind: bot.Plain, Text: strings.Repeat("ຄຳຮ້ອງທຸກ ", 1000)}}}}, nil
		}
		run := func(text string) {
			t.Helper()
			if a, err := w.slack.Command(ann, "C0CLOSED", "/complaint", text); err != nil || a.Error != "" {
				t.Fatalf("%s: %v %+v", text, err, a)
			}
		}
		shown := func(text string) func() bool {
			return func() bool {
				e := w.slack.Ephemerals(ann)
				return len(e) > 0 && e[len(e)-1].Text == text && e[len(e)-1].Channel == "C0CLOSED"
			}
		}
		run("log")
		w.eventually("the dialog opens", func() bool { return len(w.slack.Views(ann)) == 1 })
		var raw struct {
			Blocks []struct {
				Element struct {
					Type string `json:"type"`
					Date string `json:"initial_date"`
				} `json:"element"`
			} `json:"blocks"`
		}
		if err := json.Unmarshal(w.slack.Views(ann)[0].Raw, &raw); err != nil || raw.Blocks[0].Element.Type != "datepicker" || raw.Blocks[0].Element.Date != "2026-12-24" {
			t.Errorf("shown %+v, %v", raw, err)
		}
		run("long")
		w.eventually("a long answer", shown("All of it"))
		run("wrong")
		w.eventually("an apology", shown(sorry))
	})
}

// The chief is in no channel of the desk's: what goes wrong with a preview is
// said over it, and it can be sent again.
func TestTroubleWithAPreviewIsSaidOverIt(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		broken := true
		w.desk.open = func(bot.Act) (Opening, error) {
			return Opening{View: &bot.View{ID: "preview", Title: "Preview", Submit: "Send", Blocks: []bot.Block{{Kind: bot.Plain, Text: "Dear Ms Nowak"}}}}, nil
		}
		w.desk.submit = func(string, string, map[string]string) (Submission, error) {
			if broken {
				return Submission{}, errors.New("no database")
			}
			return Submission{Keep: &bot.Act{Verb: "reply"}}, nil
		}
		if _, err := w.slack.Shortcut(chief, "preview", "", ""); err != nil {
			t.Fatal(err)
		}
		w.eventually("the preview opens", func() bool { return len(w.slack.Views(chief)) == 1 })
		preview := w.slack.Views(chief)[0].ID
		if a, err := w.slack.Submit(chief, preview, nil); err != nil || a.Error != "" || a.View == nil || !strings.Contains(string(a.View.Raw), sorry) || a.View.Submit != "" {
			t.Fatalf("send: %v %+v", err, a)
		}
		w.slack.CloseView(chief, w.slack.Views(chief)[1].ID)
		broken = false
		if a, err := w.slack.Submit(chief, preview, nil); err != nil || a.Error != "" || len(w.kept.all()) != 1 {
			t.Errorf("sent again: %v %+v", err, a)
		}
	})
}
