package telegram

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/heedbot/heed/bot"
)

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestDecode(t *testing.T) {
	sent := time.Date(2026, 1, 9, 12, 0, 0, 0, time.UTC)
	message := func(change func(*bot.Input)) bot.Input {
		in := bot.Input{Kind: bot.InMessage, At: sent, Chat: "5000000001", MessageID: "42",
			Person: bot.Person{ID: "5000000001", Name: "Zoë Nowak", Language: "pl"}}
		change(&in)
		return in
	}
	text := func(s string) bot.Input { return message(func(in *bot.Input) { in.Text = s }) }
	file := func(caption string, f bot.File) bot.Input {
		return message(func(in *bot.Input) { in.Text, in.Files = caption, []bot.File{f} })
	}
	cannot := func(what string) bot.Input { return message(func(in *bot.Input) { in.Unsupported = what }) }
	unread := bot.Input{Kind: bot.InUnread}
	notOurs := bot.Input{}

	want := map[string]bot.Input{
		"text":    text("Sygnał zanika <b>co wieczór</b> & nikt nie odbiera\n😡"),
		"command": message(func(in *bot.Input) { in.Text, in.Command, in.Argument = "/start store_17", "start", "store_17" }),
		"command_named": message(func(in *bot.Input) {
			in.Text, in.Command = "/Help@Heed_Bot", "help"
		}),
		"command_other_bot": text("/help@other_bot now"),
		"command_inside":    text("please /cancel"),
		"photo": message(func(in *bot.Input) {
			in.Text, in.Group = "the router", "13000000000000001"
			in.Files = []bot.File{{Kind: "photo", Size: 88000, Handle: "P-large"}}
		}),
		"document":   file("bill", bot.File{Kind: "document", Name: "bill é.pdf", MIME: "application/pdf", Size: 4000000000, Handle: "D1"}),
		"animation":  file("", bot.File{Kind: "animation", Name: "x.mp4", MIME: "video/mp4", Size: -1, Handle: "A1"}),
		"video":      file("", bot.File{Kind: "video", Name: "v.mov", MIME: "video/quicktime", Size: 7, Handle: "V1"}),
		"video_note": file("", bot.File{Kind: "video", Size: 8, Handle: "N1"}),
		"voice":      file("", bot.File{Kind: "voice", MIME: "audio/ogg", Size: 9, Handle: "S1"}),
		"audio":      file("", bot.File{Kind: "audio", Name: "call.mp3", MIME: "audio/mpeg", Size: 0, Handle: "M1"}),
		"live_photo": file("", bot.File{Kind: "photo", Size: -1, Handle: "L-still"}),
		"sticker":    cannot("sticker"),
		"location":   text("📍 51.5, -0.12"),
		"venue":      text("Shop 17, High Street 1\n📍 51.5, -0.12"),
		"contact":    text("Jan Kowal, +48600100200"),
		"poll":       cannot("poll"),
		"dice":       cannot("dice"),

		"future_content": cannot("hologram"),
		"unknown_unions": text("look at this"),
		"rich":           text("My complaint\nNo signal since ☎\n1. Monday\n2. Tuesday\nend"),
		"nul":            text("a\uFFFDb"),
		"late_date":      message(func(in *bot.Input) { in.Text, in.At = "x", time.Time{} }),
		"edit": message(func(in *bot.Input) {
			in.Kind, in.Text, in.At = bot.InEdit, "/start is what I meant", sent.Add(time.Minute)
		}),
		"edit_caption": message(func(in *bot.Input) {
			in.Kind, in.Text, in.At = bot.InEdit, "new words", sent.Add(time.Minute)
		}),
		"group":         notOurs,
		"from_bot":      notOurs,
		"channel_press": notOurs,
		"member_group":  notOurs,
		"press": message(func(in *bot.Input) {
			in.Kind, in.At, in.MessageID, in.Token, in.PressID = bot.InPress, time.Time{}, "43", "k3yZ_-", "5512"
		}),
		"press_inaccessible": message(func(in *bot.Input) {
			in.Kind, in.At, in.MessageID, in.Token, in.PressID = bot.InPress, time.Time{}, "43", "forged", "5513"
		}),
		"press_no_message": message(func(in *bot.Input) {
			in.Kind, in.At, in.MessageID, in.PressID = bot.InPress, time.Time{}, "", "5514"
		}),
		"blocked":       message(func(in *bot.Input) { in.Kind, in.MessageID = bot.InBlocked, "" }),
		"unblocked":     message(func(in *bot.Input) { in.Kind, in.MessageID = bot.InUnblocked, "" }),
		"member_future": unread,
		"unknown_kind":  unread,
		"wrong_types":   cannot("unreadable"),
		"no_chat":       unread,
	}
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) != len(want) {
		t.Fatalf("%d fixtures, %d expectations, %v", len(files), len(want), err)
	}
	for name, w := range want {
		t.Run(name, func(t *testing.T) {
			raw := fixture(t, name)
			var u struct {
				ID json.Number `json:"update_id"`
			}
			if err := json.Unmarshal(raw, &u); err != nil {
				t.Fatal(err)
			}
			got := decode(raw, "7000001", "heed_bot")
			w.Key, w.Channel, w.Account = "update:"+u.ID.String(), bot.Telegram, "7000001"
			if w.Kind == "" {
				// Nobody looks at the rest of what is passed over.
				got = bot.Input{Key: got.Key, Channel: got.Channel, Account: got.Account, Kind: got.Kind}
			}
			if !reflect.DeepEqual(got, w) {
				t.Errorf("\n got %+v\nwant %+v", got, w)
			}
		})
	}
}

func TestDecodeWithoutNumber(t *testing.T) {
	keys := map[string]bool{}
	for _, raw := range []string{"", "null", "7", `"x"`, "[]", "{}", `{"update_id":null}`, `{"update_id":"7"}`, `{"update_id":1e99}`, "not JSON", "\xff\x00"} {
		in := decode([]byte(raw), "7000001", "")
		if in.Kind != bot.InUnread || !strings.HasPrefix(in.Key, "raw:") || len(in.Key) != 4+64 {
			t.Errorf("%q: %+v", raw, in)
		}
		if keys[in.Key] {
			t.Errorf("%q: key given twice", raw)
		}
		keys[in.Key] = true
	}
}

func TestCommand(t *testing.T) {
	for text, want := range map[string][2]string{
		"/start":                      {"start", ""},
		"/START":                      {"start", ""},
		"/start  a b ":                {"start", "a b"},
		"/start\nnext line":           {"start", "next line"},
		"/start@HEED_BOT x":           {"start", "x"},
		"/start@heed_bot2":            {},
		"/":                           {},
		"/ start":                     {},
		"//start":                     {},
		"/start!":                     {},
		"/pomóż":                      {},
		" /start":                     {},
		"/" + strings.Repeat("a", 33): {},
	} {
		name, argument := command(text, "heed_bot")
		if got := [2]string{name, argument}; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if name, _ := command("/start@whoever", ""); name != "start" {
		t.Error("a named command is not taken while our own name is not known")
	}
}

func TestLongTextIsKeptWhole(t *testing.T) {
	for _, text := range []string{strings.Repeat("x", 100_000), strings.Repeat("😡", 50_000), strings.Repeat("\u202e\u200f", 3000), "  \n spaces \t"} {
		quoted, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		raw := `{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":1,"type":"private"},"text":` + string(quoted) + `}}`
		if got := decode([]byte(raw), "1", "").Text; got != text {
			t.Errorf("%.20q…: changed to %.20q…", text, got)
		}
	}
}

func FuzzDecode(f *testing.F) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Add([]byte(`{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":1,"type":"private"},"text":"\ud800\u0000","media_group_id":"\u0000"}}`))
	kinds := []bot.InputKind{"", bot.InMessage, bot.InEdit, bot.InPress, bot.InBlocked, bot.InUnblocked, bot.InUnread}
	f.Fuzz(func(t *testing.T, raw []byte) {
		in := decode(raw, "7000001", "heed_bot")
		if in.Key == "" || in.Channel != bot.Telegram || in.Account != "7000001" {
			t.Fatalf("not addressed: %+v", in)
		}
		known := false
		for _, k := range kinds {
			known = known || k == in.Kind
		}
		if !known {
			t.Fatalf("kind %q", in.Kind)
		}
		if in.Kind != "" && in.Kind != bot.InUnread && (in.Chat == "" || in.Person.ID == "") {
			t.Fatalf("from nobody: %+v", in)
		}
		if in.Command != "" && !strings.HasPrefix(in.Text, "/") {
			t.Fatalf("command %q in %q", in.Command, in.Text)
		}
		// What is kept must survive storage.
		b, err := json.Marshal(in)
		if err != nil {
			t.Fatalf("cannot be kept: %v", err)
		}
		var back bot.Input
		if err := json.Unmarshal(b, &back); err != nil || !reflect.DeepEqual(back, in) {
			t.Fatalf("kept otherwise: %v\n%+v\n%+v", err, in, back)
		}
		if !utf8.Valid(b) || strings.Contains(string(b), `\u0000`) {
			t.Fatalf("a NUL or broken UTF-8 is left: %q", b)
		}
		if len(in.Unsupported) > 40 {
			t.Fatalf("unsupported %q", in.Unsupported)
		}
	})
}
