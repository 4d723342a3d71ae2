package policy

import (
	"strings"
	"testing"

	"github.com/heedbot/heed/bot/calendar"
)

func TestReachIsTheLastDateThatCouldBeNeeded(t *testing.T) {
	now := at(t, "2026-11-09T10:00:00Z") // a Monday
	for name, want := range map[string]string{
		"ask4":               "2026-12-21T23:59:59Z", // the letter: six weeks; the chain ends on 24 November
		"alphatech":          "2026-11-23T16:59:59Z", // 3d, then 7wd from Thursday the 12th
		"respect-for-agents": "2026-11-09T10:00:00Z", // nothing is promised
	} {
		if got := builtin(t, name).Reach(now); !got.Equal(at(t, want)) {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	// Nobody has promised the first event, and the third round is counted too.
	text := strings.Replace(branching, "dispute: [appeal]", "dispute: [appeal], rounds: 3", 1)
	p := parsed(t, text)
	want := now
	for range 3 {
		due, err := p.Calendar.Due(want, calendar.Rule{N: 5, Unit: calendar.UnitWorkingDay})
		if err != nil {
			t.Fatal(err)
		}
		want = due.At
	}
	if got := p.Reach(now); got.Before(want.AddDate(0, 0, -7)) || got.After(want.AddDate(0, 0, 7)) {
		t.Errorf("three rounds reach %s, want about %s", got, want)
	}
}

func TestACalendarThatEndsTooSoon(t *testing.T) {
	p := builtin(t, "ask4") // until the end of 2028
	for now, soon := range map[string]bool{
		"2028-11-15T12:00:00Z": false, // six weeks end on 27 December
		"2028-11-25T12:00:00Z": true,
		"2029-03-01T12:00:00Z": true,
		"2025-03-01T12:00:00Z": true,
	} {
		if got := p.EndsTooSoon(at(t, now)); got != soon {
			t.Errorf("%s: %v", now, got)
		}
	}
}

func TestTheOperatorsDaysAreKeptWithThePolicy(t *testing.T) {
	change := calendar.Change{Close: []string{"2026-11-10"}, Open: []string{"2026-11-14"}}
	plain := builtin(t, "ask4")
	p, err := plain.Over(change.Apply)
	if err != nil {
		t.Fatal(err)
	}
	if p.Hash == plain.Hash || p.Calendar.WorkingDay(at(t, "2026-11-10T12:00:00Z")) || !p.Calendar.WorkingDay(at(t, "2026-11-14T12:00:00Z")) {
		t.Error("the change is not in the policy")
	}
	again, err := Load(p.Text())
	if err != nil || again.Hash != p.Hash || again.Calendar.WorkingDay(at(t, "2026-11-10T12:00:00Z")) {
		t.Errorf("stored and read again: %v", err)
	}
	if again.Conduct == nil || again.Conduct.Include != "respect-for-agents" {
		t.Error("the conduct was lost")
	}
	if same, err := p.Over((calendar.Change{}).Apply); err != nil || same.Hash != p.Hash {
		t.Errorf("no change: %v", err)
	}
	over, err := ParseOver("mine", small, p.Calendar.Days)
	if err != nil || over.Calendar.WorkingDay(at(t, "2026-11-10T12:00:00Z")) {
		t.Errorf("over the given days: %v", err)
	}
	if _, err := plain.Over((calendar.Change{Close: []string{"soon"}}).Apply); err == nil || !strings.Contains(err.Error(), "close") {
		t.Errorf("got %v", err)
	}
}

func TestWhatATopicAccepts(t *testing.T) {
	p := parsed(t, strings.Replace(small, "ask:", "channels: {accept: [chat, letter], refuse: [phone]}\ntopics: {bill: {}, danger: {any_channel: true}}\ntexts: {en: {topic.bill: Bill, topic.danger: Danger}}\nask:", 1))
	for _, c := range []struct {
		channel, topic string
		want           bool
	}{
		{"chat", "bill", true}, {"letter", "bill", true}, {"phone", "bill", false}, {"email", "bill", false},
		{"phone", "danger", true}, {"email", "danger", true}, {"pigeon", "danger", false}, {"letter", "other", true}, {"phone", "", false},
	} {
		if p.Accepts(c.channel, c.topic) != c.want {
			t.Errorf("%s about %q: want %v", c.channel, c.topic, c.want)
		}
	}
}

func TestRolesThatNobodyHolds(t *testing.T) {
	p := builtin(t, "ask4")
	if got := p.Unheld(func(role string) bool { return role == "support" }); strings.Join(got, " ") != "complaints_manager" {
		t.Errorf("got %v", got)
	}
	if got := p.Unheld(func(string) bool { return true }); len(got) != 0 {
		t.Errorf("got %v", got)
	}
	if got := p.AllRoles(); len(got) != 2 {
		t.Errorf("the list was changed: %v", got)
	}
}

func TestRemindersOfWaitingAndSurveysHaveDefaults(t *testing.T) {
	p := parsed(t, small+"survey: {after: closed, scale: [good, bad]}\n")
	if p.WaitingRemind.String() != "3wd" || p.Survey.Remind.String() != "3d" || p.Survey.Delay.N != 0 {
		t.Errorf("got %s, %s, %s", p.WaitingRemind, p.Survey.Remind, p.Survey.Delay)
	}
	p = parsed(t, small+"waiting: {remind: 24h}\nsurvey: {after: closed, remind: 1w, scale: [good, bad]}\n")
	if p.WaitingRemind.String() != "24h" || p.Survey.Remind.String() != "1w" {
		t.Errorf("got %s, %s", p.WaitingRemind, p.Survey.Remind)
	}
}

func TestWordsFallBackThroughThePacksLanguages(t *testing.T) {
	p := parsed(t, strings.Replace(small, "languages: [en]", "languages: [en, fr, pl]", 1)+`texts:
  fr: {who: Tous, urgent: "Appelez"}
  pl: {who: Wszyscy, zone: czasu polskiego}
`)
	for _, c := range []struct{ lang, key, want string }{
		{"pl", "who", "Wszyscy"}, {"en", "who", "Tous"}, {"de", "who", "Tous"}, {"fr-CA", "urgent", "Appelez"}, {"fr", "zone", "czasu polskiego"},
	} {
		if got, ok := p.Say(c.lang, c.key); !ok || got != c.want {
			t.Errorf("%s %s: %q", c.lang, c.key, got)
		}
	}
}

func TestALetterIsFilledInWhenItIsSent(t *testing.T) {
	pack := small + `externals: {body: {name: The Body, url: "https://example.org/"}}
texts:
  en:
    letter.body: "From {date} you may take {ref} to {body.name}: {body.url}"
`
	if got, _ := parsed(t, pack).Say("en", "letter.body"); got != "From {date} you may take {ref} to The Body: https://example.org/" {
		t.Errorf("got %q", got)
	}
	_, err := Parse("x", strings.Replace(pack, "letter.body:", "notice.body:", 1), "")
	if err == nil || !strings.Contains(err.Error(), `"{date}" stands for nothing`) || !strings.Contains(err.Error(), `"{ref}" stands for nothing`) {
		t.Errorf("outside a letter: %v", err)
	}
}
