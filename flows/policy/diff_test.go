package policy

import (
	"os"
	"strings"
	"testing"

	"github.com/heedbot/heed/bot/calendar"
)

// changes are edits of testdata/whole.yaml, with what is told of each.
var changes = []struct{ old, new, told string }{
	{"pack: whole", "pack: other", "~ pack: whole -> other"},
	{`version: "7"`, `version: "8"`, "~ version: 7 -> 8"},
	{"fr: Politique de plainte", "fr: Plaintes", "~ title.fr: Politique de plainte -> Plaintes"},
	{"policy of 1 May", "policy of 2 May", "~ sources: "},
	{"languages: [en, fr, pl]", "languages: [en, pl, fr]", "~ languages: en, fr, pl -> en, pl, fr"},
	{"register: {fr: vous", "register: {fr: tu", "~ register.fr: vous -> tu"},
	{"timezone: Europe/London", "timezone: Europe/Paris", "~ timezone: Europe/London -> Europe/Paris"},
	{"calendar: gb-eng", "calendar: fr", "~ calendar: gb-eng -> fr"},
	{"week: mon-sat", "week: mon-fri", "~ week: mon-sat -> mon-fri"},
	{"08:00-18:00,sat", "08:00-17:00,sat", "~ hours: "},
	{"staff_hours: mon-sat 09:00-13:00", "staff_hours: mon-sat 09:00-14:00", "~ staff_hours: "},
	{`contact_hours: "09:00-19:00"`, `contact_hours: "09:00-20:00"`, "~ contact_hours: 09:00-19:00 -> 09:00-20:00"},
	{"complainants: [customer, ", "complainants: [", "~ complainants: "},
	{"accept: [chat, form, office]", "accept: [chat, form]", "~ channels.accept: chat, form, office -> chat, form"},
	{"refuse: [phone, letter]", "refuse: [phone]", "~ channels.refuse: phone, letter -> phone"},
	{"7946 0000", "7946 0001", "~ hotline: "},
	{"example.com/complaints", "example.com/policy", "~ links.policy: "},
	{"care@example.com", "help@example.com", "~ contact: "},
	{"roles: [desk, director, safety]", "roles: [desk, director, safety, more]", "~ roles: "},
	{"  service: {route: [desk, director]}", "  service: {route: [desk]}", "~ topics.service: route desk director -> route desk"},
	{"reply: written", "reply: written, any_channel: true", "~ topics.staff: "},
	{"hide_from_named_staff: true, ", "", "~ topics.staff: "},
	{"notice: regulator, ", "", "~ topics.danger: "},
	{"type: files, required: false", "type: files, required: true", "~ ask.evidence: files -> files, required"},
	{"when: {topic: service}", "when: {topic: staff}", "~ ask.kind: "},
	{"summary, type: text,", "summary, type: text_or_files,", "~ ask.summary: "},
	{"within: 15wd", "within: 14wd", "~ promises.again: 15wd from disputed until second_response -> 14wd from disputed until second_response"},
	{"until: response, roll: next", "until: response", "~ promises.answer: 10d at 17:00 roll next from acknowledged"},
	{", pause: true", "", ", pause -> "},
	{`at: "17:00"`, `at: "18:00"`, "at 18:00"},
	{", by: bot", "", ", by bot, "},
	{"source: operator", "source: law", "source operator -> "},
	{"late: chain", "late: literal", "~ late: chain -> literal"},
	{"dispute: [restart, escalate, appeal]", "dispute: [restart]", "~ after_response.dispute: "},
	{"rounds: 3", "rounds: 2", "~ after_response.rounds: 3 -> 2"},
	{"rounds: 3, route: [director]", "rounds: 3, route: [desk]", "~ after_response.route: "},
	{"external: [ombudsman]", "external: []", "~ after_response.external: ombudsman -> none"},
	{"binding: true", "binding: false", "~ externals.ombudsman: "},
	{"after: 8w", "after: 7w", "letter after 7w from 2020-01-01"},
	{"reply: same_channel", "reply: any", "~ reply: same_channel -> any"},
	{"copy: [director]", "copy: [desk]", "~ on_receipt.copy: director -> desk"},
	{"file: true", "file: false", "~ on_close.file: true -> false"},
	{"ask_staff: [lesson]", "ask_staff: [cause]", "~ on_close.ask_staff: lesson -> cause"},
	{"refuse_reasons: [out_of_scope, settled_in_court]", "refuse_reasons: [settled_in_court]", "~ refuse_reasons: "},
	{"kinds: [threatening]", "kinds: [shouting]", "~ conduct.kinds: "},
	{"not_abuse: [dissatisfaction]", "not_abuse: []", "~ conduct.not_abuse: "},
	{"flagged_by: staff", "flagged_by: manager", "~ conduct.flagged_by: "},
	{"do: block, by: manager", "do: block, by: staff", "~ conduct.steps.block: "},
	{"review_by: manager", "review_by: staff", "~ conduct.review_by: "},
	{"support_staff: manager", "support_staff: staff", "~ conduct.support_staff: "},
	{"survey: {after: closed", "survey: {after: response", "~ survey.after: closed -> response"},
	{"delay: 24h, ", "", "~ survey.delay: 24h -> at once"},
	{"remind: 5d", "remind: 4d", "~ survey.remind: 5d -> 4d"},
	{"scale: [satisfied, dissatisfied]", "scale: [satisfied, neutral, dissatisfied]", "~ survey.scale: "},
	{"comment: true", "comment: false", "~ survey.comment: true -> false"},
	{"waiting: {remind: 5wd}", "waiting: {remind: 6wd}", "~ waiting.remind: 5wd -> 6wd"},
	{"tone: [polite]", "tone: [kind]", "~ tone: polite -> kind"},
	{"kpis: [timely_response_rate, ", "kpis: [", "~ kpis: "},
	{"people: {owner: director}", "people: {owner: desk}", "~ people.owner: director -> desk"},
	{"every: 12mo", "every: 1y", "~ review.every: 12mo -> 1y"},
	{"last: 2026-05-01", "last: 2026-05-02", "~ review.last: "},
	{"also_on: [law_change]", "also_on: []", "~ review.also_on: "},
	{"staff: yearly", "staff: monthly", "~ publish.staff: yearly -> monthly"},
	{"new_staff: induction", "new_staff: never", "~ publish.new_staff: "},
	{"public: true", "public: false", "~ publish.public: "},
	{"zone: London time", "zone: time in London", "~ texts.en.zone: other words"},
	{"    role.safety: our safety team\n", "", "- texts.en.role.safety\n"},
	{"topic.danger: Un danger", "topic.danger: Un danger, who: Tous", "+ texts.fr.who\n"},
}

func TestDiffTellsEveryChange(t *testing.T) {
	text, err := os.ReadFile("testdata/whole.yaml")
	if err != nil {
		t.Fatal(err)
	}
	old, now := parsed(t, string(text)), at(t, "2026-11-09T10:00:00Z")
	for _, c := range changes {
		if strings.Count(string(text), c.old) == 0 {
			t.Fatalf("%q is not in the pack", c.old)
		}
		got := Diff(old, parsed(t, strings.Replace(string(text), c.old, c.new, 1)), now)
		if !strings.Contains(got, c.told) || strings.Contains(got, "Nothing changes") {
			t.Errorf("%s -> %s: not told in\n%s", c.old, c.new, got)
		}
		if !strings.HasSuffix(got, "\nComplaints already received keep version 7.\n") {
			t.Errorf("%s -> %s: does not say what stays:\n%s", c.old, c.new, got)
		}
	}
	for _, k := range allKeys {
		// Groups and what stands in a line of its own with others are told there.
		name, _, _ := strings.Cut(k.path, ".")
		name = strings.TrimSuffix(name, "[]")
		told := false
		for _, c := range changes {
			told = told || strings.Contains(c.told, name) || strings.Contains(c.old, name)
		}
		if !told {
			t.Errorf("no change of %s is tried", k.path)
		}
	}
	for what, same := range map[string]string{
		"a comment":         "# more words\n" + string(text),
		"a default written": strings.Replace(string(text), "late: chain\n", "", 1),
	} {
		if got := Diff(old, parsed(t, same), now); got != "Nothing changes.\nComplaints already received keep version 7.\n" {
			t.Errorf("%s:\n%s", what, got)
		}
	}
}

// Worked out by hand: two days more for the update move what follows it.
func TestDiffShowsTheDatesOfAComplaint(t *testing.T) {
	text, err := BuiltinText("ask4")
	if err != nil {
		t.Fatal(err)
	}
	old := builtin(t, "ask4")
	next := parsed(t, strings.NewReplacer("within: 3wd, until: first_update", "within: 5wd, until: first_update", `version: "1"`, `version: "2"`).Replace(text))
	got := Diff(old, next, at(t, "2026-11-09T09:00:00Z"))
	for _, want := range []string{
		"~ version: 1 -> 2\n",
		"~ promises.update: 3wd from acknowledged until first_update -> 5wd from acknowledged until first_update\n",
		"A complaint about service, staff, personal_data received Mon 2026-11-09 09:00:00 GMT would have other dates:\n" +
			"    update: Fri 2026-11-13 23:59:59 GMT -> Tue 2026-11-17 23:59:59 GMT\n" +
			"    respond: Tue 2026-11-24 23:59:59 GMT -> Thu 2026-11-26 23:59:59 GMT\n",
		"\nComplaints already received keep version 1.\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, "acknowledge:") {
		t.Errorf("a date that stays is told:\n%s", got)
	}
	gone := Diff(next, parsed(t, strings.Replace(text, "  - {id: respond,", "  - {id: answer,", 1)), at(t, "2026-11-09T09:00:00Z"))
	for _, want := range []string{"+ promises.answer: 7wd", "- promises.respond: 7wd", "    answer: not promised -> Tue 2026-11-24", "    respond: Thu 2026-11-26 23:59:59 GMT -> not promised"} {
		if !strings.Contains(gone, want) {
			t.Errorf("no %q in\n%s", want, gone)
		}
	}
}

func TestDiffListsDaysThatDiffer(t *testing.T) {
	old := builtin(t, "ask4")
	changed, err := old.Over((calendar.Change{Close: []string{"2026-11-10..2026-11-12", "2026-01-12"}, Open: []string{"2026-12-28"}}).Apply)
	if err != nil {
		t.Fatal(err)
	}
	got := Diff(old, changed, at(t, "2026-11-09T09:00:00Z"))
	for _, want := range []string{
		"Tue 2026-11-10 to Thu 2026-11-12: will not be worked\n",
		"Mon 2026-12-28: will be worked\n",
		"    update: Fri 2026-11-13 23:59:59 GMT -> Tue 2026-11-17 23:59:59 GMT\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, "2026-01-12") || strings.Contains(got, "~ ") {
		t.Errorf("what is past, or nothing of the pack, has changed:\n%s", got)
	}
}
