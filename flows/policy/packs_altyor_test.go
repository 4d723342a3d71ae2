package policy

import (
	"slices"
	"strings"
	"testing"

	"github.com/heedbot/heed/bot"
)

func TestAltyorAsData(t *testing.T) {
	p := builtin(t, "altyor")
	// A31: version A, approved on 3 January 2023.
	if p.Version != "A" || p.Review.Last != "2023-01-03" {
		t.Errorf("version %q of %s", p.Version, p.Review.Last)
	}
	// A30: looked at again every year, and when the law or the company changes.
	if p.Review.Every != "12mo" || !slices.Equal(p.Review.AlsoOn, []string{"law_change", "major_change"}) {
		t.Errorf("review %+v", p.Review)
	}
	// A24: whose policy it is. A25: who carries it out, and where every complaint goes first.
	if p.People["policy_owner"] != "csr_committee" || p.People["implements"] != "customer_service" {
		t.Errorf("people %v", p.People)
	}
	if topic, ok := p.Topic(""); !ok || strings.Join(topic.Route, " ") != "customer_service" {
		t.Errorf("route %v", topic.Route)
	}
	// A29: the shared address, and nobody's own.
	if got := strings.Join(p.Contacts, " "); got != "contact@altyor.com" {
		t.Errorf("contacts %s", got)
	}
	// A3: the company's own alert form, by its address and a name.
	if p.Links["alert_form"] != "https://altyor.com/csr-commitments/" {
		t.Errorf("links %v", p.Links)
	}
	// A28: the policy may be read by anyone, under its title.
	if !p.Publish.Public || p.Called("en") != "Customer relationship policy" || p.Called("zh-Hans") != "客户关系政策" {
		t.Errorf("published %+v as %q", p.Publish, p.Called("en"))
	}
	// A21: everyone whom the company touches may complain, customer or not.
	if got := strings.Join(p.Complainants, " "); got != "customer stakeholder" {
		t.Errorf("complainants %s", got)
	}
	// A22: one question about the company of the group; the operator fills in the list, and until then nobody is asked.
	q, ok := p.Ask.Find("entity")
	if next, _ := p.Ask.Next(nil); !ok || q.Required || len(q.Options) != 0 || next.ID != "summary" {
		t.Errorf("entity %+v, asked first: %s", q, next.ID)
	}
}

func TestAltyorTakesEveryComplaint(t *testing.T) {
	p := builtin(t, "altyor")
	// A2: however it is made.
	for _, way := range []string{"chat", "email", "letter", "phone", "in_person", "form"} {
		if !p.Accepts(way, "any") {
			t.Errorf("refuses %s", way)
		}
	}
	// A1: nothing is refused at the door, and nothing declined after it.
	if len(p.Refuse)+len(p.RefuseReasons) != 0 {
		t.Errorf("refuses %v, declines for %v", p.Refuse, p.RefuseReasons)
	}
	// A4: filed, with what was learned.
	if !p.File || strings.Join(p.AskStaff, " ") != "lesson" {
		t.Errorf("filed %t, asks %v", p.File, p.AskStaff)
	}
	// A11 A34: who disagrees may go to the manager, once, and is told so.
	if strings.Join(p.Disputes, " ") != "escalate" || p.Rounds != 2 || strings.Join(p.DisputeRoute, " ") != "customer_service_manager" {
		t.Errorf("disputes %v, %d rounds, to %v", p.Disputes, p.Rounds, p.DisputeRoute)
	}
	if s, _ := p.Say("en", "dispute"); !strings.Contains(s, "take it further") {
		t.Errorf("says of disagreement: %q", s)
	}
	// A20: there is a word for staff.
	if s, ok := p.Say("en", "guidance"); !ok || len(s) < 100 {
		t.Errorf("guidance %q", s)
	}
}

func TestAltyorMeasuresWithTheOperatorsNumbers(t *testing.T) {
	p := builtin(t, "altyor")
	// A12: the policy says only "reasonable", so each number is marked as the operator's own.
	for _, pr := range p.Promises {
		if pr.Source != "operator" || pr.ByBot || pr.Pause {
			t.Errorf("%s: source %q", pr.ID, pr.Source)
		}
	}
	// Two and ten working days over Easter Monday. A9: no date is there for what the policy names none for.
	ps := p.Start("", at(t, "2026-04-03T07:00:00Z"))
	same(t, "altyor", ps, "acknowledge 2026-04-03T07:00:00Z 2026-04-08T21:59:59Z firm open", "respond 2026-04-03T07:00:00Z 2026-04-20T21:59:59Z firm open")
	if again := p.Dispute("", at(t, "2026-04-20T07:00:00Z")); len(again) != 0 {
		t.Errorf("a second look has the date %s", show(again))
	}
	// A14 A15 A16 A17: a survey of three answers after closing, and the three figures.
	s := p.Survey
	if s == nil || s.After != bot.EvClosed || strings.Join(s.Scale, " ") != "satisfied neutral dissatisfied" || !s.Comment {
		t.Fatalf("survey %+v", s)
	}
	if got := strings.Join(p.KPIs, " "); got != "satisfaction_rate survey_return_rate timely_response_rate" {
		t.Errorf("figures %s", got)
	}
}

// A10: the texts and links of a pack are data: another word makes another policy, without another program.
func TestAltyorsWordsAreData(t *testing.T) {
	text, err := BuiltinText("altyor")
	if err != nil {
		t.Fatal(err)
	}
	text = strings.Replace(text, "https://altyor.com/csr-commitments/", "https://altyor.com/alert/", 1)
	text = strings.ReplaceAll(text, "company: Altyor", "company: Altyor Group")
	q, err := Parse("altyor.yaml", text, "")
	if err != nil {
		t.Fatal(err)
	}
	if s, _ := q.Say("fr", "company"); s != "Altyor Group" || q.Links["alert_form"] != "https://altyor.com/alert/" || q.Hash == builtin(t, "altyor").Hash {
		t.Errorf("got %q %v", s, q.Links)
	}
}
