package policy

import (
	"regexp"
	"slices"
	"strings"
)

func (p *Policy) readAfter(v value) {
	f := v.fields("dispute", "rounds", "route", "external")
	p.Disputes = f.get("dispute").texts(oneOf("restart", "escalate", "appeal"))
	p.DisputeRoute = f.get("route").texts(p.role)
	p.External = f.get("external").texts(p.external)
	p.Rounds = 1
	if len(p.Disputes) > 0 {
		p.Rounds = 2
	}
	if r := f.get("rounds"); r.there() {
		n := r.count(1, 9)
		switch {
		case n > 1 && len(p.Disputes) == 0:
			r.wrong("write what the customer may ask for: dispute: [escalate]", "nobody can disagree, so there is one round")
		case n == 1 && len(p.Disputes) > 0:
			r.wrong("write 2, or dispute: []", "a customer who disagrees begins a second round")
		case n > 0:
			p.Rounds = n
		}
	}
}

func (p *Policy) readConduct(v value, include func(string) (string, error)) {
	if !v.there() {
		return
	}
	f := v.fields("include", "kinds", "not_abuse", "flagged_by", "steps", "review_by", "support_staff")
	from := f.get("include")
	if !from.there() {
		p.Conduct = readLadder(f)
		return
	}
	if len(f.of) > 1 {
		from.wrong("write include alone, or the pack's own conduct", "stands beside other keys")
		return
	}
	name := from.form(packForm, "the name of a pack, such as respect-for-agents")
	if name == "" {
		return
	}
	text, err := include(name)
	if err != nil {
		from.wrong(meant(name, Names()), "pack %s is not built in", quoted(name))
		return
	}
	other := &reader{file: name}
	for _, e := range other.open(text).pairs() {
		if e.key == "conduct" {
			if _, again := peek(e.value, "include"); again {
				from.wrong("include that one", "%s includes its conduct from another pack", name)
				return
			}
			p.Conduct = readLadder(e.fields("kinds", "not_abuse", "flagged_by", "steps", "review_by", "support_staff"))
		}
	}
	switch {
	case len(other.found) > 0:
		from.wrong("", "the conduct of %s has problems itself: %s", name, other.found[0].Text)
	case p.Conduct == nil:
		from.wrong("", "%s says nothing about conduct", name)
	default:
		p.Conduct.Include = name
		p.source.include, p.source.included = name, text
	}
}

func readLadder(f fields) *Conduct {
	c := &Conduct{
		Kinds:        f.get("kinds").texts(id),
		NotAbuse:     f.get("not_abuse").texts(id),
		FlaggedBy:    f.get("flagged_by").one("staff", "manager"),
		ReviewBy:     f.get("review_by").one("staff", "manager"),
		SupportStaff: f.get("support_staff").one("staff", "manager"),
	}
	var done []string
	for _, s := range f.get("steps").list() {
		sf := s.fields("do", "by", "needs")
		step := ConductStep{
			Do: sf.need("do").one("warn", "stop_replying", "block", "report_authority"),
			By: sf.need("by").one("staff", "manager"),
		}
		if n := sf.get("needs"); n.there() {
			step.Needs = n.text()
			if !slices.Contains(done, step.Needs) {
				n.wrong(meant(step.Needs, done), "%s is no earlier step", quoted(step.Needs))
			}
		}
		if slices.Contains(done, step.Do) {
			sf.get("do").wrong("", "step %q comes twice", step.Do)
		}
		done = append(done, step.Do)
		c.Steps = append(c.Steps, step)
	}
	return c
}

func (p *Policy) readSurvey(v value) {
	if !v.there() {
		return
	}
	f := v.fields("after", "delay", "scale", "comment")
	s := &Survey{After: event(f.need("after")), Scale: f.need("scale").texts(id), Comment: f.get("comment").flag()}
	s.Delay, _ = f.get("delay").rule()
	p.countable(f.get("delay"), s.Delay)
	if sc := f.get("scale"); sc.there() && len(s.Scale) == 1 {
		sc.wrong("", "a scale has at least two answers")
	}
	p.Survey = s
}

var keyForm = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$`)

// families are the beginnings of keys of texts that name something else in the pack.
func (p *Policy) families() map[string][]string {
	m := map[string][]string{
		"topic": p.topicIDs(), "notice": keys(p.Externals), "external": keys(p.Externals),
		"refused": p.Refuse, "reason": p.RefuseReasons, "ask": {}, "label": {}, "option": {}, "promise": {},
	}
	for _, q := range p.Ask {
		m["ask"], m["label"] = append(m["ask"], q.ID), append(m["label"], q.ID)
		for _, o := range q.Options {
			m["option"] = append(m["option"], q.ID+"."+o)
		}
	}
	for _, pr := range p.Promises {
		m["promise"] = append(m["promise"], pr.ID)
	}
	return m
}

// plain are the keys of texts that stand alone.
var plain = []string{"company", "zone", "policy", "dispute", "privacy", "guidance"}

func (p *Policy) readTexts(v value) {
	families, places := p.families(), p.places()
	for _, lang := range v.pairs() {
		if !p.language(lang.name, lang.key) {
			continue
		}
		for _, t := range lang.pairs() {
			checkKey(t.name, t.key, families)
			words := t.text()
			if words == "" && t.there() {
				t.wrong("leave the key out to use the program's words", "says nothing")
			}
			words = placeholder.ReplaceAllStringFunc(words, func(place string) string {
				s, ok := places[place]
				if !ok {
					t.wrong(meant(place, keys(places)), "%s stands for nothing", quoted(place))
				}
				return s
			})
			if p.Texts == nil {
				p.Texts = map[string]map[string]string{}
			}
			if p.Texts[lang.key] == nil {
				p.Texts[lang.key] = map[string]string{}
			}
			p.Texts[lang.key][t.key] = words
		}
	}
}

// checkKey finds keys that can only be slips. Others are allowed: a pack may carry words for later.
func checkKey(at value, key string, families map[string][]string) {
	if !keyForm.MatchString(key) {
		at.wrong("like topic.service: small letters, digits, _ and dots", "key %s is not of the right form", quoted(key))
		return
	}
	family, rest, dotted := strings.Cut(key, ".")
	if !dotted {
		if near := Nearest(key, plain); near != "" && near != key {
			at.wrong(meant(key, plain), "unknown key")
		}
		return
	}
	known, ok := families[family]
	switch {
	case ok && !slices.Contains(known, rest):
		at.wrong(meant(rest, known), "the pack has no %s %s", family, quoted(rest))
	case !ok:
		if near := Nearest(family, keys(families)); near != "" {
			at.wrong(meant(family, keys(families)), "unknown key")
		}
	}
}
