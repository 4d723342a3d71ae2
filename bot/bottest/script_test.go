package bottest

import (
	"reflect"
	"strings"
	"testing"

	"github.com/heedbot/heed/bot"
)

func TestSetupIsReadBeforeTheStart(t *testing.T) {
	s, err := ReadSetup("# a remark\npolicy testdata/packs/club.yaml\nroles ceo=C0CEO care=U0ANN,U0BEN\nroles ceo=U0MIA\n" +
		"crew ann\nlanguages en fr\ntext policy\n  en: policy of words\nstart 2026-03-02T09:00:00Z\npolicy other\n")
	if err != nil {
		t.Fatal(err)
	}
	want := Setup{Policy: "testdata/packs/club.yaml", Crew: []string{"ann"}, Languages: []string{"en", "fr"},
		Roles: map[string][]string{"ceo": {"C0CEO", "U0MIA"}, "care": {"U0ANN", "U0BEN"}}}
	if !reflect.DeepEqual(s, want) {
		t.Errorf("read %+v", s)
	}
	if s.Played("pl") || !s.Played("fr") || !(Setup{}).Played("pl") {
		t.Error("played in the wrong languages")
	}
	for _, bad := range []string{"policy", "policy two packs", "roles", "roles ceo", "roles =C0CEO", "languages", "rooms C0CEO", "rooms C0CEO=bob",
		"guests", "guests bob", "public", "nicknames bob=Bobby"} {
		if _, err := ReadSetup("# one\n" + bad + "\nstart"); err == nil || !strings.HasPrefix(err.Error(), "line 2") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestTheCrewIsAsTheScriptSays(t *testing.T) {
	p := &Player{World: World{Setup: Setup{Crew: []string{"ann"}, Roles: map[string][]string{"technical": {"U0OLI"}}}}}
	if s := p.Who("U0ANN"); !s.Is(bot.Agent) || !s.Alone {
		t.Errorf("ann is %+v", s)
	}
	if s := p.Who("U0BEN"); len(s.Roles) > 0 || s.Alone {
		t.Errorf("ben is %+v", s)
	}
	if s := p.Who("U0OLI"); !s.Is("technical") || s.Is(bot.Agent) {
		t.Errorf("oli is %+v", s)
	}
	if s := p.Who("U0NOBODY"); s.Trouble == "" {
		t.Errorf("nobody is %+v", s)
	}
	if s := p.Who("U0MIA"); !s.Is(bot.Manager) || s.Is(bot.Agent) {
		t.Errorf("mia, who is not at the desk, is %+v", s)
	}
}

func TestALineFillsADialog(t *testing.T) {
	p := &Player{Language: "fr", texts: map[string]map[string]string{"what": {"fr": "C'est = cassé"}}}
	d, err := p.deed(`press decline letter reason=no_grounds date=2026-12-24 "first" summary={what} note="two words"`, "fr")
	if err != nil {
		t.Fatal(err)
	}
	d.next()
	form := func(id, kind string, options ...string) bot.Block {
		f := &bot.Form{ID: id, Kind: kind}
		for _, o := range options {
			f.Options = append(f.Options, bot.Option{ID: o})
		}
		return bot.Block{Kind: bot.Field, Field: f}
	}
	got, err := d.fields(&bot.View{Blocks: []bot.Block{form("how", "choice", "phone", "letter"), form("reason", "choice", "no_grounds"),
		form("language", "choice", "en", "fr"), form("date", "date"), form("ask_summary", "lines"), form("words", "lines")}}, "fr")
	want := map[string]string{"how": "letter", "reason": "no_grounds", "language": "fr", "date": "2026-12-24", "ask_summary": "C'est = cassé", "words": "first"}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, %v", got, err)
	}
	if err := d.unused(); err == nil || !strings.Contains(err.Error(), "note") {
		t.Errorf("what was left over: %v", err)
	}
}

func TestADialogTakesOnlyWhatAPersonCouldEnter(t *testing.T) {
	choice := bot.Form{ID: "how", Kind: "choice", Options: []bot.Option{{ID: "letter"}}}
	for _, c := range []struct {
		f  bot.Form
		s  string
		ok bool
	}{
		{choice, "letter", true}, {choice, "pigeon", false}, {bot.Form{Kind: "date"}, "2026-12-24", true}, {bot.Form{Kind: "date"}, "24.12.2026", false},
		{bot.Form{Kind: "time"}, "17:30", true}, {bot.Form{Kind: "time"}, "5 pm", false}, {bot.Form{Kind: "person"}, "ben", true},
		{bot.Form{Kind: "person"}, "bob", false}, {bot.Form{Kind: "line"}, "a\nb", false}, {bot.Form{Kind: "lines", Max: 3}, "żóła", false},
	} {
		if err := enterable(c.f, c.s); (err == nil) != c.ok {
			t.Errorf("%s %q: %v", c.f.Kind, c.s, err)
		}
	}
}

func TestEventsAreCounted(t *testing.T) {
	es := []bot.Event{{Kind: bot.EvHanded, Data: map[string]string{"to": "technical"}}, {Kind: bot.EvHanded, Data: map[string]string{"to": "care"}}}
	for expect, ok := range map[string]bool{
		"handed": true, "handed twice": true, "handed once": false, "handed to=care once": true, "handed to=ceo": false,
		"surveyed": false, "surveyed never": true, "handed never": false, "handed often": false,
	} {
		if err := happened(es, strings.Fields(expect)); (err == nil) != ok {
			t.Errorf("%s: %v", expect, err)
		}
	}
}
