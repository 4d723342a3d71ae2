package policy

import (
	"slices"
	"strings"
	"testing"

	"github.com/heedbot/heed/locales"
)

// What the ASK4 pack itself must say, by the numbers of its policy's requirements.
func TestASK4SaysWhatItsPolicySays(t *testing.T) {
	p := builtin(t, "ask4")
	words := func(lang, key string) string { return p.Texts[lang][key] }

	// K1 K2: everyone who uses the services may complain, about the service or a person.
	for lang, says := range map[string][3]string{
		"en": {"Everyone", "service", "member of our team"},
		"fr": {"Tous les utilisateurs", "service", "membre de notre équipe"},
		"pl": {"każdy, kto korzysta", "usługę", "pracownika"},
	} {
		for _, s := range says {
			if !strings.Contains(words(lang, "who"), s) {
				t.Errorf("%s: who may complain: %q does not say %q", lang, words(lang, "who"), s)
			}
		}
	}
	for _, id := range []string{"service", "staff"} {
		if _, ok := p.Topic(id); !ok {
			t.Errorf("nobody can complain about %s", id)
		}
	}

	// K12: in writing; personal data by any way, as the law has it.
	for _, way := range []string{"chat", "form", "letter"} {
		if !p.Accepts(way, "service") {
			t.Errorf("%s is not taken", way)
		}
	}
	if p.Accepts("phone", "service") || p.Accepts("phone", "staff") || !slices.Contains(p.Refuse, "phone") || !p.Accepts("phone", "personal_data") {
		t.Error("the telephone: declined, but for personal data")
	}

	// K13 K14 K15: its numbers.
	for id, want := range map[string]string{"acknowledge": "received 24h acknowledged", "update": "acknowledged 3wd first_update", "respond": "first_update 7wd response"} {
		pr, _ := p.Promise(id)
		if got := string(pr.From) + " " + pr.Within + " " + string(pr.Until); got != want || pr.ByBot || pr.Source != "" {
			t.Errorf("%s: %s (by bot %t, source %q)", id, got, pr.ByBot, pr.Source)
		}
	}
	if !p.Chain {
		t.Error("what is late puts off what follows")
	}

	// K17 K18 K19: escalate or appeal, once; then the ombudsman, whose decisions bind.
	body := p.Externals["ombudsman"]
	if !slices.Equal(p.Disputes, []string{"escalate", "appeal"}) || p.Rounds != 2 || !slices.Equal(p.External, []string{"ombudsman"}) || !body.Binding {
		t.Errorf("after the response: %v, %d rounds, %v, %+v", p.Disputes, p.Rounds, p.External, body)
	}
	for lang, s := range map[string][3]string{
		"en": {"last resort", "registered", "follow every decision"},
		"fr": {"dernier recours", "enregistrés", "conformons à toutes ses décisions"},
		"pl": {"ostateczności", "zarejestrowani", "stosujemy się do każdej jego decyzji"},
	} {
		for _, part := range append(s[:], body.URL, "Ombudsman Services: Communications") {
			if got, _ := p.Say(lang, "dispute"); !strings.Contains(got, part) {
				t.Errorf("%s: %q does not say %q", lang, got, part)
			}
		}
	}

	// K20: help can be withheld, after a warning and by a manager.
	if p.Conduct == nil || !slices.ContainsFunc(p.Conduct.Steps, func(s ConductStep) bool {
		return s.Do == "stop_replying" && s.By == "manager" && s.Needs == "warn"
	}) {
		t.Errorf("conduct: %+v", p.Conduct)
	}

	// K21: whoever was helped is asked, and may say more than a word.
	if s := p.Survey; s == nil || len(s.Scale) != 3 || !s.Comment || !slices.Contains(p.KPIs, "satisfaction_rate") {
		t.Errorf("survey: %+v", s)
	}

	// K22 K23 K24: what staff and translators are held to.
	for _, tone := range []string{"polite", "friendly", "accurate", "jargon_free"} {
		if !slices.Contains(p.Tone, tone) {
			t.Errorf("tone: %v lacks %s", p.Tone, tone)
		}
	}
	for _, s := range []string{"Listen for the cause", "polite, friendly and exact", "no jargon"} {
		if !strings.Contains(words("en", "guidance"), s) {
			t.Errorf("the guidance does not say %q", s)
		}
	}
}

// K24 K26: words for customers are free of the office's own terms, and promise a policy, never a guarantee.
func TestASK4WordsForCustomers(t *testing.T) {
	p := builtin(t, "ask4")
	catalog := catalog(t)
	never := []string{"ADR", "SLA", "KPI", "DISP", "guarante", "garanti", "gwaran", "wd", "jours ouvrables"}
	look := func(where, s string) {
		for _, n := range never {
			if strings.Contains(s, n) {
				t.Errorf("%s: %q holds %q", where, s, n)
			}
		}
	}
	for lang, says := range map[string]string{"en": "policy", "fr": "politique", "pl": "polityką"} {
		for key, s := range p.Texts[lang] {
			if key != "guidance" {
				look(lang+" "+key, s)
			}
		}
		for _, topic := range p.Topics {
			for _, l := range p.Steps(catalog, lang, topic.ID) {
				look(lang+" "+topic.ID, l)
			}
		}
		for _, s := range []string{p.Texts[lang]["policy"], catalog.Text(lang, locales.ReceiptPromises), catalog.Text(lang, locales.AboutPolicyNext)} {
			if look(lang, s); !strings.Contains(s, says) {
				t.Errorf("%s: %q does not speak of a policy", lang, s)
			}
		}
		for _, k := range []locales.Key{locales.AdrTime, locales.AdrDeadlock, locales.AdrBody, locales.AdrBinding, locales.AdrGoesOn,
			locales.StatusUpdateSoon, locales.StatusUpdateLate, locales.ReceiptSooner, locales.PromiseLineOpen} {
			look(lang+" "+string(k), catalog.Text(lang, k, "Ref", "", "What", "", "Date", "", "Name", ""))
		}
	}
}
