package slack

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/heedbot/heed/bot"
)

// bigPosts are posts that Slack would refuse as they are.
func bigPosts() map[string]bot.Post {
	long := strings.Repeat("Schlimm! Ďakujem. ကျေးဇူး 👩‍👩‍👧 ", 400)
	many := bot.Post{Text: "many"}
	for i := range 80 {
		many.Blocks = append(many.Blocks, bot.Block{Kind: bot.Plain, Text: fmt.Sprint("block ", i)})
	}
	buttons := bot.Block{Kind: bot.Buttons}
	for i := range 30 {
		buttons.Buttons = append(buttons.Buttons, bot.Button{Action: "same", Value: fmt.Sprint("v=", i), Label: long})
	}
	many.Blocks = append(many.Blocks, buttons)
	pairs := bot.Block{Kind: bot.Pairs}
	for range 23 {
		pairs.Pairs = append(pairs.Pairs, bot.Pair{Label: long, Value: long}, bot.Pair{Label: "Empty"})
	}
	var spans []bot.Span
	for range 30 {
		spans = append(spans, bot.Span{Text: strings.Repeat("&<>", 500)}, bot.Span{Text: "so", Bold: true}, bot.Span{User: ann})
	}
	return map[string]bot.Post{
		"text":    {Text: long + long},
		"plain":   {Text: "t", Blocks: []bot.Block{{Kind: bot.Plain, Text: long}, {Kind: bot.Plain, Text: long}, buttons}},
		"many":    many,
		"pairs":   {Text: "t", Blocks: []bot.Block{pairs, buttons}},
		"rich":    {Text: "t", Blocks: []bot.Block{{Kind: bot.Rich, Spans: spans}, {Kind: bot.Heading, Text: long}, {Kind: bot.Small, Text: long}}},
		"empty":   {Text: "t", Blocks: []bot.Block{{Kind: bot.Plain}, {Kind: bot.Heading}, {Kind: bot.Small}, {Kind: bot.Rich}, {Kind: bot.Pairs}, {Kind: bot.Buttons}}},
		"unseen":  {Text: "\u200f", Blocks: []bot.Block{{Kind: bot.Plain, Text: " \u200f\u200b\n"}, {Kind: bot.Plain, Text: "a\x00b\xff"}, {Kind: bot.Heading, Text: "\n"}}},
		"one id":  {Text: "t", Blocks: []bot.Block{{Kind: bot.Plain, ID: "a", Text: long}, {Kind: bot.Small, ID: "a", Text: "x"}, {Kind: bot.Buttons, ID: "a", Buttons: []bot.Button{{Action: "x"}}}}},
		"mention": {Text: long, Mention: []string{ann, "S0LEADS", "<!channel>", ""}, Blocks: many.Blocks},
	}
}

func TestSlackTakesEveryPost(t *testing.T) {
	w := newWorld(t)
	for name, p := range bigPosts() {
		if _, err := w.door.Send(t.Context(), post(name, p)); err != nil {
			t.Errorf("%s: %v %+v", name, err, w.slack.Calls()[len(w.slack.Calls())-1].Error)
		}
	}
	for _, p := range w.slack.Posts(desk) {
		if p.Text == "many" && (!strings.Contains(string(p.Blocks), `"…"`) || !strings.Contains(string(p.Blocks), `"v=29"`)) {
			t.Errorf("a cut post has no mark or lost its buttons: %s", p.Blocks)
		}
	}
}

func TestNothingIsLostOfAnAccount(t *testing.T) {
	account := strings.Repeat("ຂ້ອຍບໍ່ພໍໃຈ ", 500)
	_, blocks, err := render(bot.Post{Text: "t", Blocks: []bot.Block{{Kind: bot.Plain, Text: account}}})
	if err != nil || len(blocks) < 2 {
		t.Fatalf("%d blocks, %v", len(blocks), err)
	}
	raw, _ := json.Marshal(blocks)
	if n := strings.Count(string(raw), "ຂ້ອຍບໍ່ພໍໃຈ"); n != 500 {
		t.Errorf("%d of 500 sentences are whole", n)
	}
}

func TestRich(t *testing.T) {
	got := rich([]bot.Span{{Text: "Due"}, {Text: " now ", Bold: true}, {Text: "for "}, {User: ann}, {Text: ", see "},
		{URL: "https://a.example/x?a=1&b=2", Text: "the <card>"}, {Text: " a*b ", Bold: true}})
	want := "Due " + joiner + "*now*" + joiner + " for <@U0ANN>, see <https://a.example/x?a=1&amp;b=2|the &lt;card&gt;> a*b "
	if len(got) != 1 || got[0] != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestDialogsOverTheLimits(t *testing.T) {
	field := func(f bot.Form) bot.View {
		return bot.View{ID: "v", Title: "t", Submit: "s", Blocks: []bot.Block{{Kind: bot.Field, Field: &f}}}
	}
	options := make([]bot.Option, 101)
	for i := range options {
		options[i] = bot.Option{ID: fmt.Sprint(i), Label: "x"}
	}
	for name, v := range map[string]bot.View{
		"no title":     {ID: "v"},
		"no submit":    {ID: "v", Title: "t", Blocks: []bot.Block{words("")}},
		"meta":         {ID: "v", Title: "t", Meta: strings.Repeat("x", 3001)},
		"blocks":       {ID: "v", Title: "t", Blocks: make([]bot.Block, 101)},
		"text":         {ID: "v", Title: "t", Blocks: []bot.Block{{Kind: bot.Plain, Text: strings.Repeat("x", 301_000)}}},
		"options":      field(bot.Form{ID: "f", Label: "l", Kind: "choice", Options: options}),
		"no options":   field(bot.Form{ID: "f", Label: "l", Kind: "choice"}),
		"option twice": field(bot.Form{ID: "f", Label: "l", Kind: "choice", Options: []bot.Option{{ID: "a", Label: "x"}, {ID: "a", Label: "y"}}}),
		"kind":         field(bot.Form{ID: "f", Label: "l", Kind: "colour"}),
		"field twice":  {ID: "v", Title: "t", Submit: "s", Blocks: []bot.Block{words(""), words("")}},
		"value":        {ID: "v", Title: "t", Blocks: []bot.Block{{Kind: bot.Buttons, Buttons: []bot.Button{{Action: "a", Label: "l", Value: strings.Repeat("x", 2001)}}}}},
	} {
		if name == "blocks" {
			for i := range v.Blocks {
				v.Blocks[i].Kind = bot.Line
			}
		}
		if _, err := dialog(v); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	if _, err := dialog(field(bot.Form{ID: "f", Label: "l", Kind: "choice", Options: options})); !errors.Is(err, errLimit) {
		t.Errorf("got %v", err)
	}
	if _, _, err := render(bot.Post{Text: "t", Blocks: []bot.Block{words("")}}); err == nil {
		t.Error("a field in a post was taken")
	}
}

func TestSlackTakesTheLargestDialog(t *testing.T) {
	w := newWorld(t)
	long := strings.Repeat("ຄຳຮ້ອງ ", 2000)
	options := make([]bot.Option, 100)
	for i := range options {
		options[i] = bot.Option{ID: fmt.Sprint("o", i), Label: long}
	}
	v := bot.View{ID: strings.Repeat("v", 255), Title: long, Submit: long, Close: long, Meta: strings.Repeat("m", 3000), Blocks: []bot.Block{
		{Kind: bot.Field, Field: &bot.Form{ID: "c", Label: long, Hint: long, Kind: "choice", Options: options, Initial: "o7"}},
		{Kind: bot.Field, Field: &bot.Form{ID: "w", Label: "w", Kind: "lines", Max: 99_999, Initial: long}},
		{Kind: bot.Field, Field: &bot.Form{ID: "p", Label: "p", Kind: "person", Initial: ann, Optional: true}},
		{Kind: bot.Plain, Text: long}, {Kind: bot.Line},
	}}
	go func() { _ = w.door.Run(t.Context()) }()
	w.eventually("the socket opens", func() bool { return w.slack.Connected() > 0 })
	w.desk.open = func(bot.Act) (Opening, error) { return Opening{View: &v}, nil }
	if _, err := w.slack.Press(ann, desk, w.card(), "reply", ""); err != nil {
		t.Fatal(err)
	}
	w.eventually("the dialog opens", func() bool { return len(w.slack.Views(ann)) == 1 })
}

func TestFeatures(t *testing.T) {
	f := Features()
	if f.Channel != bot.Slack || !f.Edits || f.TextMax != 3000 || f.LabelMax != 75 {
		t.Errorf("%+v", f)
	}
}

func FuzzRender(f *testing.F) {
	f.Add("a *b* <!channel>", "https://x.example/|>")
	f.Add("\u200f\x00", "::")
	f.Add(strings.Repeat("&", 1000), "")
	f.Fuzz(func(t *testing.T, text, url string) {
		for _, s := range rich([]bot.Span{{Text: text}, {Text: text, Bold: true}, {Text: text, URL: url}}) {
			rest := strings.NewReplacer("<http", "", "<HTTP", "").Replace(s)
			if bot.Measure(s, bot.UTF16) > sectionMax || strings.Contains(rest, "<") || s == "" {
				t.Fatalf("%q", s)
			}
		}
		_, blocks, err := render(bot.Post{Text: text + "x", Blocks: []bot.Block{{Kind: bot.Plain, Text: text}, {Kind: bot.Heading, Text: text}}})
		if err != nil || len(blocks) > messageBlocks {
			t.Fatal(len(blocks), err)
		}
	})
}
