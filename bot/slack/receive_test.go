package slack

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/sandbox"
)

func TestAPressIsKeptOnce(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.desk.open = func(a bot.Act) (Opening, error) { a.By = "U0FORGED"; return Opening{Keep: &a}, nil }
		ts := w.card()
		for range 2 {
			if a, err := w.slack.Press(ann, desk, ts, "acknowledge", ""); err != nil || a.Error != "" {
				t.Fatalf("press: %v %+v", err, a)
			}
		}
		in := w.kept.all()
		if len(in) != 2 {
			t.Fatalf("two presses gave %d inputs", len(in))
		}
		got := in[0].Input
		act := got.Act
		if got.Kind != bot.InAct || got.Channel != bot.Slack || time.Since(got.At).Abs() > time.Minute || len(in[0].Raw) == 0 {
			t.Errorf("the input is %+v", got)
		}
		if act.Verb != "acknowledge" || act.Complaint != "KXM-4FQ-7TA" || act.Version != 3 || act.Out != "c:1/2/3" ||
			act.Customer != "cu1" || act.Fields["tone"] != "warm" || act.By != ann || act.Chat != desk || act.Thread != "" {
			t.Errorf("the act is %+v", act)
		}
		// The same payload, delivered again.
		for range 2 {
			if a := w.door.take(t.Context(), kindInteractive, in[0].Raw); a.err != nil {
				t.Fatal(a.err)
			}
		}
		if n := len(w.kept.all()); n != 2 {
			t.Errorf("a repetition was kept: %d inputs", n)
		}
	})
}

func TestAPressThatCannotBeKeptIsNotAcknowledged(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.slack.AckTimeout = 500 * time.Millisecond
		w.kept.fail(errors.New("disk full"))
		w.desk.open = func(a bot.Act) (Opening, error) { return Opening{Keep: &a}, nil }
		ts := w.card()
		if a, err := w.slack.Press(ann, desk, ts, "acknowledge", ""); err != nil || a.Error == "" {
			t.Fatalf("the person was told all is well: %v %+v", err, a)
		}
		w.kept.fail(nil)
		if a, err := w.slack.Press(ann, desk, ts, "acknowledge", ""); err != nil || a.Error != "" {
			t.Fatalf("pressed again: %v %+v", err, a)
		}
		if len(w.kept.all()) != 1 {
			t.Error("the second press was not kept")
		}
	})
}

func form(blocks ...bot.Block) *bot.View {
	return &bot.View{ID: "reply", Title: "Répondre à la personne qui se plaint", Submit: "Preview", Close: "Cancel", Meta: "ref=KXM-4FQ-7TA&v=3", Blocks: blocks}
}

func words(initial string) bot.Block {
	return bot.Block{Kind: bot.Field, Field: &bot.Form{ID: "words", Label: "Words", Kind: "lines", Max: 2000, Initial: initial}}
}

func TestADialogFromPressToAct(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.desk.open = func(bot.Act) (Opening, error) {
			return Opening{View: form(words(""),
				bot.Block{Kind: bot.Field, Field: &bot.Form{ID: "ready", Label: "Ready", Kind: "choice", Optional: true, Initial: "b",
					Options: []bot.Option{{ID: "a", Label: "One"}, {ID: "b", Label: "Two"}}}},
				bot.Block{Kind: bot.Field, Field: &bot.Form{ID: "who", Label: "Who", Kind: "person", Optional: true}},
				bot.Block{Kind: bot.Field, Field: &bot.Form{ID: "note", Label: "Note", Kind: "line", Optional: true}})}, nil
		}
		w.desk.submit = func(view, meta string, values map[string]string) (Submission, error) {
			switch {
			case meta != "ref=KXM-4FQ-7TA&v=3":
				return Submission{}, errors.New("meta is lost")
			case view == "preview":
				return Submission{Keep: &bot.Act{Verb: "reply", Complaint: "KXM-4FQ-7TA", Fields: values}}, nil
			case values["words"] == "rude":
				return Submission{Errors: map[string]string{"words": "Please be kind."}}, nil
			}
			return Submission{Push: &bot.View{ID: "preview", Title: "Preview", Submit: "Send", Meta: meta,
				Blocks: []bot.Block{{Kind: bot.Plain, Text: values["words"]}}}}, nil
		}
		ts := w.card()
		if a, err := w.slack.Press(ann, desk, ts, "reply", ""); err != nil || a.Error != "" {
			t.Fatalf("press: %v %+v", err, a)
		}
		w.eventually("the dialog opens", func() bool { return len(w.slack.Views(ann)) == 1 })
		view := w.slack.Views(ann)[0]
		if n := bot.Measure(view.Title, bot.UTF16); n > 24 || !strings.HasPrefix(view.Title, "Répondre") {
			t.Errorf("the title is %q", view.Title)
		}
		a, err := w.slack.Submit(ann, view.ID, map[string]any{"words": "rude"})
		if err != nil || a.Errors["words"] != "Please be kind." {
			t.Fatalf("a rude reply: %v %+v", err, a)
		}
		a, err = w.slack.Submit(ann, view.ID, map[string]any{"words": "We are sorry.", "who": boss})
		if err != nil || a.Action != "push" || a.View == nil || a.View.Title != "Preview" {
			t.Fatalf("preview: %v %+v", err, a)
		}
		got := w.desk.seen[len(w.desk.seen)-1]
		if got["words"] != "We are sorry." || got["ready"] != "b" || got["who"] != boss || got["note"] != "" {
			t.Errorf("the values are %v", got)
		}
		if a, err = w.slack.Submit(ann, a.View.ID, nil); err != nil || a.Error != "" || len(w.slack.Views(ann)) != 0 {
			t.Fatalf("send: %v %+v", err, a)
		}
		in := w.kept.all()
		if len(in) != 1 || in[0].Input.Act.By != ann || !strings.HasPrefix(in[0].Input.Key, "view:") {
			t.Fatalf("kept %+v", in)
		}
		if a := w.door.take(t.Context(), kindInteractive, in[0].Raw); a.err != nil || len(w.kept.all()) != 1 {
			t.Errorf("the same submission again was kept twice, %v", a.err)
		}
	})
}

func TestADialogTooBigForAnAcknowledgement(t *testing.T) {
	long := strings.Repeat("ព្រះរាជាណាចក្រកម្ពុជា ", 130)
	for _, how := range []string{"push", "update"} {
		both(t, func(t *testing.T, w *world) {
			w.desk.open = func(bot.Act) (Opening, error) { return Opening{View: form(words(""))}, nil }
			w.desk.submit = func(string, string, map[string]string) (Submission, error) {
				v := &bot.View{ID: "preview", Title: "Preview", Submit: "Send", Blocks: []bot.Block{{Kind: bot.Plain, Text: long}, {Kind: bot.Plain, Text: long}, {Kind: bot.Plain, Text: long}}}
				if how == "push" {
					return Submission{Push: v}, nil
				}
				return Submission{Update: v}, nil
			}
			if _, err := w.slack.Press(ann, desk, w.card(), "reply", ""); err != nil {
				t.Fatal(err)
			}
			w.eventually("the dialog opens", func() bool { return len(w.slack.Views(ann)) == 1 })
			a, err := w.slack.Submit(ann, w.slack.Views(ann)[0].ID, map[string]any{"words": "x"})
			if err != nil || a.Error != "" {
				t.Fatalf("submit: %v %+v", err, a)
			}
			w.eventually("the preview is filled", func() bool {
				v := w.slack.Views(ann)
				return len(v) > 0 && v[len(v)-1].Submit == "Send" && strings.Contains(string(v[len(v)-1].Raw), "រាជា")
			})
		})
	}
}

func TestTheDeskInTrouble(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		private := func() string {
			var all []string
			for _, p := range w.slack.Ephemerals(ann) {
				all = append(all, p.Text)
			}
			return strings.Join(all, "|")
		}
		ts := w.card()
		w.desk.open = func(bot.Act) (Opening, error) { return Opening{}, errors.New("no database") }
		if a, err := w.slack.Press(ann, desk, ts, "reply", ""); err != nil || a.Error != "" {
			t.Fatalf("press: %v %+v", err, a)
		}
		w.eventually("an answer", func() bool { return strings.Count(private(), sorry) == 1 })

		w.desk.open = func(bot.Act) (Opening, error) { panic("a customer's words") }
		if a, err := w.slack.Press(ann, desk, ts, "reply", ""); err != nil || a.Error != "" {
			t.Fatalf("press: %v %+v", err, a)
		}
		w.eventually("an answer", func() bool { return strings.Count(private(), sorry) == 2 })
		if strings.Contains(w.logs.String(), "a customer's words") {
			t.Error("the panic's words are in the log")
		}

		// A dialog that Slack would refuse.
		w.desk.open = func(bot.Act) (Opening, error) { return Opening{View: &bot.View{ID: "x"}}, nil }
		if _, err := w.slack.Press(ann, desk, ts, "reply", ""); err != nil {
			t.Fatal(err)
		}
		w.eventually("an answer", func() bool { return strings.Count(private(), sorry) == 3 })

		// What was typed stays in the dialog.
		w.desk.open = func(bot.Act) (Opening, error) { return Opening{View: form(words(""))}, nil }
		w.desk.submit = func(string, string, map[string]string) (Submission, error) {
			return Submission{}, errors.New("no database")
		}
		if _, err := w.slack.Press(ann, desk, ts, "reply", ""); err != nil {
			t.Fatal(err)
		}
		w.eventually("the dialog opens", func() bool { return len(w.slack.Views(ann)) == 1 })
		a, err := w.slack.Submit(ann, w.slack.Views(ann)[0].ID, map[string]any{"words": "long work"})
		if err != nil || a.Errors["words"] != sorry || !strings.Contains(string(a.View.Raw), "long work") {
			t.Errorf("submit: %v %+v", err, a)
		}
		w.desk.command = func(string, string) (Reply, error) { return Reply{}, errors.New("no database") }
		if a, err := w.slack.Command(ann, desk, "/sla", ""); err != nil || a.Reply == nil || a.Reply.Text != sorry {
			t.Errorf("command: %v %+v", err, a)
		}
		if len(w.kept.all()) != 0 {
			t.Error("something was kept")
		}
	})
}

func TestPrivateAnswerToAPress(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.desk.open = func(bot.Act) (Opening, error) {
			return Opening{Private: &bot.Post{Text: "Already acknowledged by <someone>"}}, nil
		}
		card := w.card()
		if _, err := w.slack.Press(ann, desk, card, "acknowledge", ""); err != nil {
			t.Fatal(err)
		}
		w.eventually("the answer", func() bool { return len(w.slack.Ephemerals(ann)) == 1 })
		p := w.slack.Ephemerals(ann)[0]
		if p.Text != "Already acknowledged by &lt;someone&gt;" || p.ThreadTS != "" {
			t.Errorf("shown %+v", p)
		}
		// A button inside the thread is answered there.
		in := post("reminder", bot.Post{Text: "Due soon", Blocks: []bot.Block{{Kind: bot.Buttons, Buttons: []bot.Button{{Action: "acknowledge", Label: "Acknowledge"}}}}})
		in.ThreadID = card
		ts, err := w.door.Send(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.slack.Press(ann, desk, ts, "acknowledge", ""); err != nil {
			t.Fatal(err)
		}
		w.eventually("the answer", func() bool { return len(w.slack.Ephemerals(ann)) == 2 })
		if p := w.slack.Ephemerals(ann)[1]; p.ThreadTS != card {
			t.Errorf("shown outside the thread: %+v", p)
		}
	})
}

func TestCommands(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.desk.command = func(command, text string) (Reply, error) {
			switch text {
			case "new":
				return Reply{View: form(words(""))}, nil
			case "long":
				return Reply{Post: &bot.Post{Text: "All of it", Blocks: []bot.Block{{Kind: bot.Plain, Text: strings.Repeat("ຄຳຮ້ອງທຸກ ", 1000)}}}}, nil
			}
			return Reply{Post: &bot.Post{Text: command + " " + text, Blocks: []bot.Block{{Kind: bot.Plain, Text: "3 open <!channel>"}}}}, nil
		}
		a, err := w.slack.Command(ann, desk, "/sla", "now")
		if err != nil || a.Reply == nil || !a.Reply.Ephemeral || !strings.Contains(string(a.Reply.Blocks), "3 open") {
			t.Fatalf("reply: %v %+v", err, a)
		}
		if _, err = w.slack.Command(ann, desk, "/sla", "long"); err != nil {
			t.Fatal(err)
		}
		w.eventually("a long reply", func() bool {
			e := w.slack.Ephemerals(ann)
			return len(e) > 0 && e[len(e)-1].Text == "All of it"
		})
		if _, err := w.slack.Command(ann, desk, "/complaint", "new"); err != nil {
			t.Fatal(err)
		}
		w.eventually("the dialog opens", func() bool { return len(w.slack.Views(ann)) == 1 })
	})
}

func TestShortcutsAndButtonsInDialogs(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.desk.open = func(a bot.Act) (Opening, error) {
			if a.Verb == "log" {
				return Opening{View: form(words(""), bot.Block{Kind: bot.Buttons, Buttons: []bot.Button{{Action: "more", Label: "More", Value: "x=1"}}})}, nil
			}
			return Opening{View: &bot.View{ID: "more", Title: "More", Blocks: []bot.Block{{Kind: bot.Line}}}}, nil
		}
		if a, err := w.slack.Shortcut(ann, "log", "", ""); err != nil || a.Error != "" {
			t.Fatalf("shortcut: %v %+v", err, a)
		}
		w.eventually("the dialog opens", func() bool { return len(w.slack.Views(ann)) == 1 })
		if a, err := w.slack.PressInView(ann, w.slack.Views(ann)[0].ID, "more", ""); err != nil || a.Error != "" {
			t.Fatalf("press in the dialog: %v %+v", err, a)
		}
		w.eventually("a second dialog on top", func() bool { return len(w.slack.Views(ann)) == 2 })
		last := w.desk.acts[len(w.desk.acts)-1]
		if last.Fields["x"] != "1" || last.Fields["view"] != "reply" || last.Fields["meta"] != "ref=KXM-4FQ-7TA&v=3" {
			t.Errorf("the act is %+v", last)
		}
		card := w.card()
		if _, err := w.slack.Shortcut(ann, "find", desk, card); err != nil {
			t.Fatal(err)
		}
		w.eventually("the desk hears", func() bool {
			w.desk.mu.Lock()
			defer w.desk.mu.Unlock()
			a := w.desk.acts[len(w.desk.acts)-1]
			return a.Verb == "find" && a.Fields["message"] == card && a.Chat == desk
		})
	})
}

func TestWhatStaffTypeGoesNowhere(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		card := w.card()
		before := len(w.slack.Calls())
		w.slack.Redeliver(1)
		w.slack.Say(ann, desk, card, "this customer is <@heed> lying")
		w.slack.Say(ann, desk, "", "hello @heed")
		w.slack.OpenHome(ann)
		// A change of membership comes after them, over the same way.
		if s := w.door.Staff(t.Context(), outside); len(s.Roles) != 0 {
			t.Fatalf("%+v", s)
		}
		w.slack.Join(desk, outside)
		w.eventually("the events are taken", func() bool {
			s := w.door.Staff(t.Context(), outside)
			return s.Is(bot.Agent)
		})
		if n := len(w.kept.all()); n != 0 {
			t.Errorf("%d inputs were kept", n)
		}
		for _, c := range w.slack.Calls()[before:] {
			if strings.HasPrefix(c.Method, "chat.") {
				t.Errorf("the door answered with %s", c.Method)
			}
		}
	})
}

func TestWhatNobodyCanReadIsKept(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct{ kind, raw string }{
		{kindInteractive, `{"type":"block_suggestion","user":{"id":"U0ANN"}}`},
		{kindInteractive, `{"type":"block_actions","user":{"id":"U0ANN"},"actions":{"not":"a list"}}`},
		{kindInteractive, `{"type":"view_submission","user":{"id":"U0ANN"}}`},
		{kindEvents, `{"type":"something_new"}`},
		{kindSlashCommand, `[]`},
		{"brand_new", `{"a":1}`},
	} {
		before := len(w.kept.all())
		for range 2 {
			if a := w.door.take(t.Context(), c.kind, []byte(c.raw)); a.err != nil || a.body != nil {
				t.Errorf("%s: %+v", c.raw, a)
			}
		}
		in := w.kept.all()
		if len(in) != before+1 || in[before].Input.Kind != bot.InUnread || string(in[before].Raw) != c.raw {
			t.Errorf("%s: kept %d", c.raw, len(in)-before)
		}
	}
	if a := w.door.take(t.Context(), kindEvents, []byte(`{"type":"event_callback","event":{"type":"never_heard_of"}}`)); a.err != nil || len(w.kept.all()) != 6 {
		t.Errorf("an unknown event is not for us: %+v", a)
	}
}

func TestATriggerThatCameTooLate(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.slack.Fail(sandbox.SlackFault{Method: "views.open", Error: "expired_trigger_id"})
		w.desk.open = func(bot.Act) (Opening, error) { return Opening{View: form(words(""))}, nil }
		if _, err := w.slack.Press(ann, desk, w.card(), "reply", ""); err != nil {
			t.Fatal(err)
		}
		w.eventually("the person is told", func() bool {
			e := w.slack.Ephemerals(ann)
			return len(e) == 1 && e[0].Text == sorry
		})
		if strings.Contains(w.logs.String(), "level=ERROR") {
			t.Errorf("logged as an error:\n%s", w.logs)
		}
	})
}

func TestTheSocketComesBack(t *testing.T) {
	w := newWorld(t)
	ended := make(chan error, 1)
	go func() { ended <- w.door.Run(t.Context()) }()
	w.desk.open = func(a bot.Act) (Opening, error) { return Opening{Keep: &a}, nil }
	ts := w.card()
	for range 2 {
		w.eventually("the socket opens", func() bool { return w.slack.Connected() == 1 })
		if a, err := w.slack.Press(ann, desk, ts, "acknowledge", ""); err != nil || a.Error != "" {
			t.Fatalf("press: %v %+v", err, a)
		}
		w.slack.Refresh()
		w.eventually("the old socket goes", func() bool { return w.slack.Connected() <= 1 })
	}
	select {
	case err := <-ended:
		t.Fatalf("the socket ended: %v", err)
	default:
	}
	if n := len(w.kept.all()); n != 2 {
		t.Errorf("%d presses were kept", n)
	}
}

func FuzzInteraction(f *testing.F) {
	for _, s := range []string{
		`{"type":"block_actions","user":{"id":"U1"},"trigger_id":"t","container":{"message_ts":"1.2","channel_id":"C1"},"channel":{"id":"C1"},"message":{"ts":"1.2","thread_ts":"1.1"},"actions":[{"action_id":"reply#2","action_ts":"1700000000.000100","value":"ref=K&v=3&x=%zz"}]}`,
		`{"type":"view_submission","user":{"id":"U1"},"view":{"id":"V1","hash":"h","callback_id":"reply","private_metadata":"m","state":{"values":{"words":{"words":{"type":"plain_text_input","value":null}}}}}}`,
		`{"type":"shortcut","callback_id":"log","user":{"id":"U1"},"action_ts":"x"}`,
		`{"type":"event_callback","event":{"type":"user_change","user":{"id":"U1"}}}`,
		`{"command":"/sla","user_id":"U1"}`, `null`, `[]`, `"`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		kept := &paperKeeper{}
		d := &Door{Keep: kept, Channel: desk, Desk: &paperDesk{
			open: func(a bot.Act) (Opening, error) { return Opening{Keep: &a}, nil },
			submit: func(_, _ string, v map[string]string) (Submission, error) {
				return Submission{Keep: &bot.Act{Fields: v}}, nil
			},
			command: func(c, x string) (Reply, error) { return Reply{Post: &bot.Post{Text: c + x}}, nil },
		}}
		for _, kind := range []string{kindInteractive, kindEvents, kindSlashCommand} {
			a, b := d.take(t.Context(), kind, raw), d.take(t.Context(), kind, raw)
			if a.err != nil || b.err != nil {
				t.Fatalf("%s: %v, %v", kind, a.err, b.err)
			}
		}
		seen := map[string]bool{}
		for _, in := range kept.all() {
			if in.Input.Key == "" || in.Input.At.IsZero() || seen[in.Input.Key] {
				t.Fatalf("kept %+v", in.Input)
			}
			seen[in.Input.Key] = true
		}
	})
}
