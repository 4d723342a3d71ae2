package policy

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/calendar"
)

func (p *Policy) readAfter(v value) {
	f := v.fields()
	p.Disputes = f.get("dispute").texts(value.one)
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
	f := v.fields()
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
			e.spec = "conduct"
			if _, again := peek(e.value, "include"); again {
				from.wrong("include that one", "%s includes its conduct from another pack", name)
				return
			}
			p.Conduct = readLadder(e.fields())
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
		FlaggedBy:    cmp.Or(f.get("flagged_by").one(), "staff"),
		ReviewBy:     f.get("review_by").one(),
		SupportStaff: f.get("support_staff").one(),
	}
	var done []string
	for _, s := range f.get("steps").list() {
		sf := s.fields()
		step := ConductStep{
			Do: sf.need("do").one(),
			By: sf.need("by").one(),
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
	f := v.fields()
	s := &Survey{After: event(f.need("after")), Scale: f.need("scale").texts(id), Comment: f.get("comment").flag()}
	s.Delay, _ = f.get("delay").rule()
	p.countable(f.get("delay"), s.Delay)
	s.Remind = p.reminder(f.get("remind"), calendar.Rule{N: 3, Unit: calendar.UnitDay})
	if sc := f.get("scale"); sc.there() && len(s.Scale) == 1 {
		sc.wrong("", "a scale has at least two answers")
	}
	for _, own := range []string{"ask", bot.RatherNot} {
		if slices.Contains(s.Scale, own) {
			f.get("scale").wrong("choose another id", "%q is a word of the program", own)
		}
	}
	p.Survey = s
}

func (p *Policy) readWaiting(v value) {
	p.WaitingRemind = p.reminder(v.fields().get("remind"), calendar.Rule{N: 3, Unit: calendar.UnitWorkingDay})
}

// reminder reads a duration, of which there is a default.
func (p *Policy) reminder(v value, other calendar.Rule) calendar.Rule {
	r, _ := v.rule()
	p.countable(v, r)
	if r.N == 0 {
		return other
	}
	return r
}

var keyForm = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$`)

// written is one of texts as its author wrote it.
type written struct {
	at     value
	lang   string
	key    string
	places []string // the placeholders in it that every language needs, each once
	broken bool     // one of them stands for nothing
}

func (p *Policy) readTexts(v value) {
	families, places := p.families(), p.places()
	var all []written
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
			w := written{at: t.value, lang: lang.key, key: t.key, broken: words == ""}
			words = placeholder.ReplaceAllStringFunc(words, func(place string) string {
				// A language may have a name of its own for a body; its address is the same in all.
				if !strings.HasSuffix(place, ".name}") || strings.HasPrefix(place, "{links.") {
					w.places = add(w.places, place)
				}
				s, ok := places[place]
				if !ok && (strings.HasPrefix(t.key, "letter.") && slices.Contains(filledLater, place) || t.key == "survey.ask" && place == "{ref}") {
					return place
				}
				w.broken = w.broken || !ok
				switch {
				case !ok && place == "{hotline}":
					t.wrong("write its number as hotline", "%s stands for nothing: the pack has no hotline", quoted(place))
				case !ok:
					t.wrong(meant(place, sortedKeys(places)), "%s stands for nothing", quoted(place))
				}
				return s
			})
			all = append(all, w)
			if p.Texts == nil {
				p.Texts = map[string]map[string]string{}
			}
			if p.Texts[lang.key] == nil {
				p.Texts[lang.key] = map[string]string{}
			}
			p.Texts[lang.key][t.key] = words
		}
	}
	if !p.stored {
		p.checkPlaces(all)
	}
}

// checkPlaces finds texts that do not have the placeholders of the same text in the first language that has it: their
// readers would not be told a number or an address, or others would not.
func (p *Policy) checkPlaces(all []written) {
	// Languages the pack does not offer come last, as they are written.
	order := slices.Clone(p.Languages)
	for _, w := range all {
		order = add(order, w.lang)
	}
	first := map[string]written{}
	for _, w := range all {
		was, ok := first[w.key]
		if !ok || slices.Index(order, w.lang) < slices.Index(order, was.lang) {
			first[w.key] = w
		}
	}
	for _, w := range all {
		pattern := first[w.key]
		if w.broken || pattern.broken {
			continue // said already; what was meant is not known
		}
		for _, place := range pattern.places {
			if !slices.Contains(w.places, place) {
				w.at.wrong("write it in both, or in neither", "lacks %s, which the text in %s has", place, pattern.lang)
			}
		}
		for _, place := range w.places {
			if !slices.Contains(pattern.places, place) {
				w.at.wrong("write it in both, or in neither", "has %s, which the text in %s lacks", place, pattern.lang)
			}
		}
	}
}
