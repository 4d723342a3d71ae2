package policy

import (
	"slices"
	"strings"
	"testing"

	"github.com/heedbot/heed/locales"
)

// What the pack of "Respect for our agents" itself must say, by the numbers of its requirements.
func TestRespectSaysWhatItsPolicySays(t *testing.T) {
	p := builtin(t, "respect-for-agents")

	// R7: short and to the point, in front of staff.
	if s, _ := p.Say("en", "guidance"); !slices.Contains(p.Tone, "concise") || !strings.Contains(s, "concisely and directly") {
		t.Errorf("tone %v, guidance %q", p.Tone, s)
	}

	// R13: customers turn to the team itself, in a chat or by e-mail.
	if !p.Accepts("chat", "service") || !p.Accepts("email", "service") || p.Accepts("phone", "service") {
		t.Errorf("taken: %v", p.Accept)
	}
	if s, _ := p.Say("en", "policy"); !strings.Contains(s, "tell us directly") {
		t.Errorf("policy: %q", s)
	}

	// R14: as quickly as they can, without a number; so nothing is promised, and that is said.
	if s, _ := p.Say("en", "policy"); !strings.Contains(s, "as quickly as we can") || len(p.Promises) != 0 {
		t.Errorf("policy: %q, promises %v", s, p.Promises)
	}
	if s := catalog(t).Text("en", locales.ReceiptNoDates); !strings.Contains(s, "names no dates") {
		t.Errorf("the receipt: %q", s)
	}

	// R15: asking for someone higher changes nothing: no way to disagree, one look, nobody above.
	if len(p.Disputes) != 0 || p.Rounds != 1 || len(p.DisputeRoute) != 0 || len(p.External) != 0 {
		t.Errorf("after the response: %v, %d, %v, %v", p.Disputes, p.Rounds, p.DisputeRoute, p.External)
	}
	if s, _ := p.Say("en", "guidance"); !strings.Contains(s, "not changed because someone asks for a manager") {
		t.Errorf("guidance: %q", s)
	}

	// R16 R19: about a person of the team, to senior management, and the findings in writing.
	staff, ok := p.Topic("staff")
	if !ok || staff.Reply != "written" || !slices.Equal(staff.Route, []string{"senior_management"}) {
		t.Errorf("about staff: %+v", staff)
	}

	// R17: what happened, and where they fell short: both needed, the second only about a person.
	for id, want := range map[string]string{"summary": "", "failing": "staff"} {
		q, ok := p.Ask.Find(id)
		if !ok || !q.Required || q.When["topic"] != want {
			t.Errorf("%s: %+v", id, q)
		}
	}
	if s, _ := p.Say("en", "ask.failing"); !strings.Contains(s, "What happened") || !strings.Contains(s, "fall short") {
		t.Errorf("asked: %q", s)
	}

	// R10 R11 R12: what is not borne: insults and bullying, hard times used as a lever, threats of bad comments. All of it
	// only staff can flag.
	for _, kind := range []string{"aggressive_offensive_or_vulgar", "bullying", "hardship_as_leverage", "threat_of_bad_comments"} {
		if !slices.Contains(p.Conduct.Kinds, kind) {
			t.Errorf("conduct lacks %s: %v", kind, p.Conduct.Kinds)
		}
	}
	if s, _ := p.Say("en", "policy"); p.Conduct.FlaggedBy != "staff" || !strings.Contains(s, "no insults, threats or bullying") {
		t.Errorf("flagged by %s; %q", p.Conduct.FlaggedBy, s)
	}
}
