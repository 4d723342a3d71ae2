package policy

import (
	"strings"
	"testing"

	"github.com/heedbot/heed/bot"
)

func TestAlphatechAsData(t *testing.T) {
	p := builtin(t, "alphatech")
	// V1 V2: customers, people or organisations, and whoever speaks for one, who is asked for the paper.
	if got := strings.Join(p.Complainants, " "); got != "customer representative" {
		t.Errorf("complainants %s", got)
	}
	capacity, _ := p.Ask.Find("capacity")
	if strings.Join(capacity.Options, " ") != "self organisation representative" || !capacity.Required {
		t.Errorf("capacity %+v", capacity)
	}
	paper, _ := p.Ask.Find("authorisation")
	for who, asked := range map[string]bool{"self": false, "organisation": false, "representative": true} {
		if got := paper.Applies(map[string]bot.Answer{"capacity": {Option: who}}); got != asked || paper.Type != "files" {
			t.Errorf("%s asked for an authorisation: %t", who, got)
		}
	}
	// V3: products, services, or whoever does not know which.
	if topic, _ := p.Ask.Find("topic"); strings.Join(topic.Options, " ") != "product service unsure" {
		t.Errorf("topics %v", topic.Options)
	}
	// V4 V5 V7 V8: at an office, by telephone, by the form, in writing; the number and the form's address are there.
	for _, way := range []string{"chat", "office", "phone", "form", "letter", "email"} {
		if !p.Accepts(way, "product") {
			t.Errorf("refuses %s", way)
		}
	}
	if p.Hotline != "0933.26.98.98" || p.Links["form"] != "https://atvin.com.vn/" {
		t.Errorf("hotline %s, links %v", p.Hotline, p.Links)
	}
	if s, _ := p.Say("en", "urgent"); !strings.Contains(s, p.Hotline) {
		t.Errorf("whoever is stuck reads %q", s)
	}
	// V12 V13 V14: the chief executive first, then who deals with it.
	for topic, want := range map[string]string{"product": "ceo customer_care", "service": "ceo technical", "unsure": "ceo customer_care technical"} {
		if got, _ := p.Topic(topic); strings.Join(got.Route, " ") != want {
			t.Errorf("%s goes to %v", topic, got.Route)
		}
	}
	if strings.Join(p.CopyTo, " ") != "ceo" {
		t.Errorf("copies to %v", p.CopyTo)
	}
	// V9: three reasons, and no other.
	if got := strings.Join(p.RefuseReasons, " "); got != "no_grounds no_evidence out_of_scope" {
		t.Errorf("declines for %s", got)
	}
	// V16: the answer goes back the way the complaint came. V18: filed.
	if !p.SameChannel || !p.File {
		t.Errorf("same channel %t, filed %t", p.SameChannel, p.File)
	}
	// V17: from the beginning, once.
	if strings.Join(p.Disputes, " ") != "restart" || p.Rounds != 2 {
		t.Errorf("disputes %v, %d rounds", p.Disputes, p.Rounds)
	}
	// V23: the policy is the measure; it has no survey.
	if strings.Join(p.KPIs, " ") != "timely_response_rate" || p.Survey != nil {
		t.Errorf("figures %v, survey %+v", p.KPIs, p.Survey)
	}
}

func TestAlphatechsThreeClocks(t *testing.T) {
	p := builtin(t, "alphatech")
	// V22: from when the complaint came. V11: three hours, at night too. V19: the end of the third day after.
	first := p.Start("service", at(t, "2026-04-28T14:30:00Z"))
	same(t, "alphatech", first,
		"first_reply 2026-04-28T14:30:00Z 2026-04-28T17:30:00Z firm open",
		"resolve 2026-04-28T14:30:00Z 2026-05-01T16:59:59Z firm open")
	// V20 V21: seven working days from the disagreement; 30 April, 1 May and the weekends do not count.
	second := p.Dispute("service", at(t, "2026-04-28T14:30:00Z"))
	same(t, "alphatech", second, "resolve_again 2026-04-28T14:30:00Z 2026-05-11T16:59:59Z firm open")
	for _, pr := range p.Promises {
		if pr.Source != "" || pr.ByBot {
			t.Errorf("%s is not the policy's own promise, kept by a person: %+v", pr.ID, pr)
		}
	}
}
