package policy

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/heedbot/heed/bot"
)

func TestBuiltinPacksComeBackFromTheirText(t *testing.T) {
	if got := strings.Join(Names(), " "); got != "alphatech altyor ask4 respect-for-agents" {
		t.Fatalf("packs: %s", got)
	}
	for _, name := range Names() {
		p := builtin(t, name)
		if p.Name != name || len(p.Hash) != 64 {
			t.Errorf("%s: name %s, hash %s", name, p.Name, p.Hash)
		}
		q, err := Load(p.Text())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		// The holiday tables are alike to the last word, though they were read from different texts.
		if q.Calendar.Days.Text() != p.Calendar.Days.Text() {
			t.Errorf("%s: the calendar changed", name)
		}
		q.Calendar.Days = p.Calendar.Days
		if !reflect.DeepEqual(p, q) {
			t.Errorf("%s: another policy came back", name)
		}
	}
	if _, err := Builtin("ask5"); err == nil || !strings.Contains(err.Error(), `did you mean "ask4"?`) {
		t.Errorf("got %v", err)
	}
}

func TestASK4AsData(t *testing.T) {
	p := builtin(t, "ask4")
	var asked []string
	for _, q := range p.Ask {
		asked = append(asked, q.ID)
	}
	if got := strings.Join(asked, " "); got != "topic summary tickets staff staff_about when phones emails evidence" {
		t.Errorf("asks %s", got)
	}
	if topic, _ := p.Ask.Find("topic"); strings.Join(topic.Options, " ") != "service staff personal_data" {
		t.Errorf("topics %v", topic.Options)
	}
	if got := strings.Join(p.AllRoles(), " "); got != "support complaints_manager" {
		t.Errorf("roles %s", got)
	}
	staff, _ := p.Topic("staff")
	data, _ := p.Topic("personal_data")
	if !staff.HideFromNamed || data.Notice != "ico" || p.Externals["ico"].URL != "https://ico.org.uk/make-a-complaint/" {
		t.Errorf("got %+v %+v", staff, data)
	}
	if p.Conduct == nil || p.Conduct.Include != "respect-for-agents" || len(p.Conduct.Steps) != 4 {
		t.Errorf("conduct %+v", p.Conduct)
	}
	for received, want := range map[string]string{
		"2026-04-07T12:00:00Z": "2026-06-02T22:59:59Z", // eight weeks
		"2026-04-08T12:00:00Z": "2026-05-20T22:59:59Z", // six
	} {
		due, ok := p.LetterDue("ombudsman", at(t, received))
		if !ok || !due.Equal(at(t, want)) {
			t.Errorf("letter for %s due %s, want %s", received, due, want)
		}
	}
	if _, ok := p.LetterDue("ombudsman", at(t, "2018-09-30T12:00:00Z")); ok {
		t.Error("a rule for complaints before the first rule")
	}
	if !p.Covers(at(t, "2028-12-31T23:59:59Z")) || p.Covers(at(t, "2029-01-01T00:00:00Z")) || !p.Horizon().Equal(at(t, "2028-12-31T23:59:59Z")) {
		t.Errorf("covers until %s", p.Horizon())
	}
}

func TestASK4SpeaksAllLanguages(t *testing.T) {
	p := builtin(t, "ask4")
	for key := range p.Texts["en"] {
		if key == "guidance" || key == "company" {
			continue // for staff, who work in English
		}
		for _, lang := range []string{"en", "fr", "pl", "it", "vi", "zh-Hans", "lo"} {
			words, ok := p.Texts[lang][key]
			if !ok || strings.ContainsAny(words, "{}") {
				t.Errorf("%s %s: %q", lang, key, words)
			}
		}
	}
	for lang, words := range map[string]string{"en": "ur policy is", "fr": "Notre politique est", "pl": "Zgodnie z naszą polityką", "it": "politica", "vi": "hính sách", "zh-Hans": "政策", "lo": "ນະໂຍບາຍ"} {
		if s, _ := p.Say(lang, "policy"); !strings.Contains(s, words) {
			t.Errorf("%s: %q does not say %q", lang, s, words)
		}
		for _, key := range []string{"notice.ico", "privacy"} {
			if s, _ := p.Say(lang, key); !strings.Contains(s, "https://ico.org.uk/make-a-complaint/") {
				t.Errorf("%s %s: no way to the regulator: %q", lang, key, s)
			}
		}
		if s, _ := p.Say(lang, "dispute"); !strings.Contains(s, "https://www.commsombudsman.org/") || !strings.Contains(s, "Communications Ombudsman") {
			t.Errorf("%s: no way to the ombudsman: %q", lang, s)
		}
	}
	en, _ := p.Say("en", "topic.service")
	if s, ok := p.Say("de", "topic.service"); !ok || s != en {
		t.Errorf("no fallback: %q", s)
	}
	if s, ok := p.Say("fr-CA", "topic.staff"); !ok || s != p.Texts["fr"]["topic.staff"] {
		t.Errorf("no base language: %q", s)
	}
	if _, ok := p.Say("en", "ask.summary"); ok {
		t.Error("words where the pack has none")
	}
	if p.Called("pl") != "Polityka obsługi klienta" || p.Called("de") != "Customer support policy" {
		t.Error("wrong title")
	}
}

func TestASK4DisputeHasNoDate(t *testing.T) {
	p := builtin(t, "ask4")
	if ps := p.Dispute("service", at(t, "2026-11-20T10:00:00Z")); len(ps) != 0 {
		t.Errorf("promised:\n%s", show(ps))
	}
	second := builtin(t, "alphatech").Dispute("service", at(t, "2026-12-23T16:00:00Z"))
	// From 23 December, 23:00 in Vietnam: 24, 25, 28, 29, 30, 31 December, 4 January.
	same(t, "alphatech", second, "resolve_again 2026-12-23T16:00:00Z 2027-01-04T16:59:59Z firm open")
	if second[0].Until != bot.EvSecond {
		t.Errorf("until %s", second[0].Until)
	}
}

func TestThePlanIsReadByPeopleAndPrograms(t *testing.T) {
	p := builtin(t, "ask4")
	plan := p.Plan(at(t, "2026-12-23T16:00:00Z"), "service")
	if *update {
		if err := os.WriteFile("testdata/plan.txt", []byte(plan.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/plan.txt")
	if err != nil {
		t.Fatal(err)
	}
	if plan.String() != string(want) {
		t.Errorf("got:\n%s", plan)
	}

	raw, err := json.Marshal(p.Plan(at(t, "2026-07-01T10:00:00Z"), "service"))
	if err != nil {
		t.Fatal(err)
	}
	var read struct {
		From     string
		Promises []struct {
			ID, From, Until, Within, Start, Due string
			Firm                                bool
			Reminders                           []string
			StatusAt                            string `json:"status_at"`
			Steps                               []struct {
				Date, Why string
				Counted   bool
			}
		}
	}
	if err := json.Unmarshal(raw, &read); err != nil {
		t.Fatal(err)
	}
	if read.From != "2026-07-01T11:00:00+01:00" || len(read.Promises) != 3 {
		t.Fatalf("got %s", raw)
	}
	u := read.Promises[1]
	if u.ID != "update" || u.Within != "3wd" || u.Due != "2026-07-07T23:59:59+01:00" || u.Firm ||
		u.StatusAt != "2026-07-07T20:00:00+01:00" || len(u.Reminders) != 2 || len(u.Steps) != 6 || !u.Steps[1].Counted {
		t.Errorf("got %+v", u)
	}
	if none := builtin(t, "respect-for-agents").Plan(at(t, "2026-07-01T10:00:00Z"), "staff").String(); !strings.Contains(none, "Nothing is promised.") {
		t.Errorf("got %s", none)
	}
	if beyond := p.Plan(at(t, "2028-12-22T10:00:00Z"), "service").String(); !strings.Contains(beyond, "holidays are not known") {
		t.Errorf("got %s", beyond)
	}
}

// TestPacksSpeakTheirCompaniesLanguages: each pack has its own words whole in
// every language that its company publishes the policy in, and offers these first.
func TestPacksSpeakTheirCompaniesLanguages(t *testing.T) {
	for name, langs := range map[string][]string{
		"altyor":             {"en", "zh-Hans"},  // A32
		"alphatech":          {"vi", "en", "lo"}, // V25
		"ask4":               {"en", "fr", "pl"},
		"respect-for-agents": {"it"},
	} {
		p := builtin(t, name)
		if !slices.Equal(p.Languages[:len(langs)], langs) {
			t.Errorf("%s offers %v first", name, p.Languages)
		}
		for _, lang := range langs {
			for key, words := range p.Texts["en"] {
				own, ok := p.SayIn(lang, key)
				if key != "company" && (!ok || lang != "en" && own == words) {
					t.Errorf("%s %s: %s is not in that language", name, lang, key)
				}
			}
		}
	}
}
