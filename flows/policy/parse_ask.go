package policy

import (
	"slices"

	"github.com/heedbot/heed/bot"
)

func (p *Policy) readExternals(v value) {
	for _, e := range v.pairs() {
		if !idForm.MatchString(e.key) {
			e.name.wrong("small letters, digits and _, beginning with a letter", "id %s is not of the right form", quoted(e.key))
			continue
		}
		f := e.fields()
		x := External{Name: f.need("name").text(), URL: f.get("url").url(), Binding: f.get("binding").flag()}
		for _, l := range f.get("letter").list() {
			lf := l.fields()
			from := lf.need("received_from").date()
			rule, _ := lf.need("after").rule()
			p.countable(lf.get("after"), rule)
			if n := len(x.Letter); n > 0 && from != "" && from <= x.Letter[n-1].ReceivedFrom {
				l.wrong("list the rules by date, earliest first", "does not begin after the one before")
			}
			x.Letter = append(x.Letter, Letter{from, rule})
		}
		if p.Externals == nil {
			p.Externals = map[string]External{}
		}
		p.Externals[e.key] = x
	}
}

func (p *Policy) external(v value) string {
	s := v.text()
	if _, ok := p.Externals[s]; s != "" && !ok {
		v.wrong(meant(s, sortedKeys(p.Externals)), "unknown external body %s", quoted(s))
		return ""
	}
	return s
}

// role reads the name of a role. Where the pack lists its roles, it must be one of them.
func (p *Policy) role(v value) string {
	s := id(v)
	if s != "" && len(p.Roles) > 0 && !slices.Contains(p.Roles, s) {
		v.wrong(meant(s, p.Roles), "unknown role %s", quoted(s))
		return ""
	}
	return s
}

func (p *Policy) readTopics(v value) {
	if !v.there() {
		p.Topics = []Topic{{ID: "any"}}
		return
	}
	for _, t := range v.pairs() {
		if !idForm.MatchString(t.key) {
			t.name.wrong("small letters, digits and _, beginning with a letter", "id %s is not of the right form", quoted(t.key))
			continue
		}
		f := t.fields()
		p.Topics = append(p.Topics, Topic{
			ID:            t.key,
			Route:         f.get("route").texts(p.role),
			Notice:        p.external(f.get("notice")),
			HideFromNamed: f.get("hide_from_named_staff").flag(),
			Reply:         f.get("reply").one(),
			AnyChannel:    f.get("any_channel").flag(),
		})
	}
	if len(p.Topics) == 0 && isTable(v) {
		v.wrong("", "names no topic")
	}
}

func isTable(v value) bool {
	return v.there() && called(v.node) == "a table of keys"
}

func (p *Policy) topicIDs() []string {
	var ids []string
	for _, t := range p.Topics {
		ids = append(ids, t.ID)
	}
	return ids
}

func (p *Policy) readAsk(v value) {
	items := v.list()
	if v.there() && len(items) == 0 {
		v.wrong("ask at least for a summary", "asks nothing")
	}
	later := map[string]int{} // line of each question
	for _, item := range items {
		if m, ok := peek(item, "id"); ok {
			later[m] = item.line
		}
	}
	for _, item := range items {
		f := item.fields()
		q := bot.Question{
			ID:       id(f.need("id")),
			Type:     f.need("type").one(),
			Required: f.get("required").flag(),
			Options:  f.get("options").texts(id),
		}
		if _, twice := p.Ask.Find(q.ID); twice {
			f.get("id").wrong("an id is never used for two questions", "question %q is asked twice", q.ID)
			continue
		}
		if o := f.get("options"); o.there() && q.Type != "choice" && q.Type != "" {
			o.wrong("write type: choice, or leave the options out", "only a choice has options")
		}
		if q.ID == "topic" {
			if o := f.get("options"); o.there() {
				o.wrong("leave the options out", "the options of topic are the pack's topics")
			}
			if q.Type != "choice" && q.Type != "" {
				f.get("type").wrong("", "the question topic must be a choice")
			}
			q.Options = p.topicIDs()
		}
		for _, w := range f.get("when").pairs() {
			if p.checkWhen(w, later) {
				if q.When == nil {
					q.When = map[string]string{}
				}
				q.When[w.key] = w.text()
			}
		}
		if n := f.get("names"); n.there() {
			if q.Names = n.one(); q.Type != "text" && q.Type != "" {
				n.wrong("write type: text", "names are written in words")
			}
		}
		p.Ask = append(p.Ask, q)
		if _, asked := p.Ask.Find(StaffAbout); q.Names == bot.SpokenTo && !asked {
			p.Ask = append(p.Ask, bot.Question{ID: StaffAbout, Type: "choice", Options: []string{"yes", "no"}, When: map[string]string{q.ID: bot.Anything}})
		}
	}
}

// StaffAbout is the question, asked once of a customer who names whom they spoke
// to, whether the complaint is about them. The program asks it by itself.
const StaffAbout = "staff_about"

// peek gives a text key of a table without judging it.
func peek(v value, key string) (string, bool) {
	quiet := value{r: &reader{}, node: v.node}
	if !isTable(quiet) {
		return "", false
	}
	for _, p := range quiet.pairs() {
		if p.key == key {
			s := p.text()
			return s, s != ""
		}
	}
	return "", false
}

// checkWhen says whether a condition names an earlier question and one of its options.
func (p *Policy) checkWhen(w pair, later map[string]int) bool {
	q, ok := p.Ask.Find(w.key)
	var ids []string
	for _, q := range p.Ask {
		ids = append(ids, q.ID)
	}
	if _, comes := later[w.key]; !ok && comes {
		w.name.wrong("only an earlier question can decide; move it up", "question %q is not asked before this one", w.key)
		return false
	}
	switch {
	case !ok:
		w.name.wrong(meant(w.key, ids), "unknown question")
		return false
	case q.Type != "choice":
		w.name.wrong("only the answer to a choice can decide", "question %q is no choice", q.ID)
		return false
	}
	want := w.text()
	if want != "" && !slices.Contains(q.Options, want) {
		w.wrong(meant(want, q.Options), "%s is no option of %q", quoted(want), q.ID)
		return false
	}
	return want != ""
}
