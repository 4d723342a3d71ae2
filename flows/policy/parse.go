package policy

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // a policy means the same on a machine without zone files

	"github.com/goccy/go-yaml/ast"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/calendar"
)

// Parse reads a pack strictly. The name is the file's, for messages. The calendar text is a holiday table in TSV; if it
// is empty, the built-in one that the pack names is taken. Conduct may be included from a built-in pack. The error is a
// Problems with all that is wrong.
func Parse(name, yamlText, calendarText string) (*Policy, error) {
	var days calendar.Days
	if calendarText != "" {
		d, err := calendar.ParseTSV(name, calendarText)
		if err != nil {
			return nil, Problems{{File: name, Path: "calendar", Text: err.Error()}}
		}
		days = d
	}
	return ParseOver(name, yamlText, days)
}

// ParseOver is Parse over a holiday table; one that covers no year is replaced by the built-in one that the pack names.
func ParseOver(name, yamlText string, days calendar.Days) (*Policy, error) {
	return parse(name, yamlText, days, BuiltinText)
}

// Over gives the policy over its calendar as changed, by calendar.Change.Apply for instance. The changed days are part of
// its Text and its Hash, so complaints keep them. The error is that of change.
func (p *Policy) Over(change func(calendar.Days) (calendar.Days, error)) (*Policy, error) {
	days, err := change(p.Calendar.Days)
	if err != nil {
		return nil, fmt.Errorf("change the calendar of policy %s: %w", p.Name, err)
	}
	return parse(p.Name, p.source.pack, days, p.source.give)
}

// parse reads a pack over a holiday table; one without years is replaced by the built-in one.
func parse(file, text string, days calendar.Days, include func(string) (string, error)) (*Policy, error) {
	text = strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n")
	r := &reader{file: file}
	p := &Policy{source: source{pack: text}}
	root := r.open(text)
	if root.there() {
		p.read(root.fields(), days, include)
	}
	if len(r.found) > 0 {
		return nil, r.found.sorted()
	}
	p.seal()
	return p, nil
}

func (p *Policy) read(f fields, days calendar.Days, include func(string) (string, error)) {
	p.Name = f.need("pack").form(packForm, "small letters, digits and dashes, beginning with a letter")
	p.Version = f.need("version").text()
	p.Sources = f.get("sources").texts(value.text)
	p.Languages = f.need("languages").texts(func(v value) string {
		return v.form(languageForm, "a language is written like en, fr or zh-Hans")
	})
	if n, ok := f.get("languages").node.(*ast.SequenceNode); ok && len(n.Values) == 0 {
		f.get("languages").wrong("the first is the fallback", "names no language")
	}
	p.Title = p.byLanguage(f.need("title"))
	if v := f.get("title"); v.there() && len(p.Languages) > 0 && p.Title[p.Languages[0]] == "" {
		v.wrong("", "has none in the first language, %s", p.Languages[0])
	}
	p.Register = p.byLanguage(f.get("register"))
	p.readTime(f, days)

	p.Complainants = f.get("complainants").texts(value.one)
	if p.Complainants == nil {
		p.Complainants = []string{"customer"}
	}
	p.readChannels(f.get("channels"))
	p.Hotline = f.get("hotline").text()
	p.Links = f.get("links").table(value.url)
	p.Contacts = f.get("contact").texts(value.text)
	p.People = f.get("people").table(id)
	p.Roles = f.get("roles").texts(id)
	p.readExternals(f.get("externals"))
	p.readTopics(f.get("topics"))
	p.readAsk(f.need("ask"))
	p.readAfter(f.get("after_response"))
	p.readPromises(f.get("promises"))
	p.Chain = f.get("late").one() != "literal"

	p.SameChannel = f.get("reply").one() == "same_channel"
	p.CopyTo = f.get("on_receipt").fields().get("copy").texts(p.role)
	closing := f.get("on_close").fields()
	p.File, p.AskStaff = closing.get("file").flag(), closing.get("ask_staff").texts(id)
	p.RefuseReasons = f.get("refuse_reasons").texts(id)
	p.readConduct(f.get("conduct"), include)
	p.readSurvey(f.get("survey"))
	p.readWaiting(f.get("waiting"))
	p.Tone = f.get("tone").texts(id)
	p.KPIs = f.get("kpis").texts(value.one)
	review := f.get("review").fields()
	p.Review = Review{
		Every:  review.get("every").form(everyForm, "write 12mo or 1y"),
		Last:   review.get("last").date(),
		AlsoOn: review.get("also_on").texts(id),
	}
	publish := f.get("publish").fields()
	p.Publish = Publish{publish.get("staff").text(), publish.get("new_staff").text(), publish.get("public").flag()}
	p.readTexts(f.get("texts"))
}

// table reads a table of free keys.
func (v value) table(each func(value) string) map[string]string {
	var m map[string]string
	for _, p := range v.pairs() {
		if !idForm.MatchString(p.key) {
			p.name.wrong("small letters, digits and _, beginning with a letter", "key %s is not of the right form", quoted(p.key))
			continue
		}
		if m == nil {
			m = map[string]string{}
		}
		m[p.key] = each(p.value)
	}
	return m
}

// url reads a web address; it may be left empty for the operator to fill in.
func (v value) url() string {
	s := v.text()
	if s != "" && (!strings.HasPrefix(s, "https://") && !strings.HasPrefix(s, "http://") || strings.ContainsAny(s, " \n\t")) {
		v.wrong("write it whole, beginning with https://", "%s is not a web address", quoted(s))
		return ""
	}
	return s
}

func (p *Policy) byLanguage(v value) map[string]string {
	var m map[string]string
	for _, pr := range v.pairs() {
		if !p.language(pr.name, pr.key) {
			continue
		}
		if m == nil {
			m = map[string]string{}
		}
		m[pr.key] = pr.text()
	}
	return m
}

func (p *Policy) language(at value, lang string) bool {
	if len(p.Languages) > 0 && !slices.Contains(p.Languages, lang) {
		at.wrong(meant(lang, p.Languages), "%s is not among the pack's languages", quoted(lang))
		return false
	}
	return true
}

var zoneForm = regexp.MustCompile(`^[A-Z][A-Za-z_]*(/[A-Za-z0-9_+-]+)*$`)

func (p *Policy) readTime(f fields, days calendar.Days) {
	p.Zone = time.UTC
	if v := f.need("timezone"); v.there() {
		const hint = "write a place such as Europe/London"
		zone := v.form(zoneForm, hint)
		if zone == "Local" {
			v.wrong(hint, "a policy's zone cannot depend on the machine")
		} else if z, err := time.LoadLocation(zone); err != nil {
			v.wrong(hint, "unknown time zone %s", quoted(zone))
		} else {
			p.Zone = z
		}
	}
	p.Calendar.Zone = p.Zone

	p.Calendar.Days = days
	if v := f.need("calendar"); v.there() {
		p.source.calendar = v.form(packForm, "a calendar is named like gb-eng")
		if days.Until().IsZero() && p.source.calendar != "" {
			d, err := calendar.Builtin(p.source.calendar)
			if err != nil {
				v.wrong(meant(p.source.calendar, calendar.Names()), "calendar %s is not built in", quoted(p.source.calendar))
			}
			p.Calendar.Days = d
		}
	}
	p.source.days = p.Calendar.Days.Text()

	p.Calendar.Week = calendar.Week{time.Monday: true, time.Tuesday: true, time.Wednesday: true, time.Thursday: true, time.Friday: true}
	if v := f.get("week"); v.there() {
		if w, err := calendar.ParseWeek(v.text()); err != nil {
			v.failed(err)
		} else {
			p.Calendar.Week = w
		}
	}
	p.Calendar.Hours = readHours(f.get("hours"))
	p.Staff = p.Calendar.Hours
	if p.Staff.Empty() {
		// The week was made by ParseWeek, or is the default: its text is hours without times.
		p.Staff, _ = calendar.ParseHours(p.Calendar.Week.String() + " 09:00-17:00")
	}
	if v := f.get("staff_hours"); v.there() {
		p.Staff = readHours(v)
		// Without a working day inside them nobody would ever be reminded.
		plain := calendar.Calendar{Zone: time.UTC, Week: p.Calendar.Week}
		if plain.NextOpen(p.Staff, time.Unix(0, 0)).IsZero() {
			v.wrong("", "lie on no day of the week that is worked (%s)", p.Calendar.Week)
		}
	}
	p.Contact = calendar.Window{From: "08:00", To: "20:00"}
	if v := f.get("contact_hours"); v.there() {
		if w, err := calendar.ParseWindow(v.text()); err != nil {
			v.failed(err)
		} else {
			p.Contact = w
		}
	}
}

func readHours(v value) calendar.Hours {
	if !v.there() {
		return calendar.Hours{}
	}
	h, err := calendar.ParseHours(v.text())
	if err != nil {
		v.failed(err)
	}
	return h
}

func (p *Policy) readChannels(v value) {
	f := v.fields()
	p.Accept = f.get("accept").texts(value.one)
	if p.Accept == nil {
		p.Accept = []string{"chat"}
	}
	p.Refuse = f.get("refuse").texts(value.one)
	for _, c := range p.Refuse {
		if slices.Contains(p.Accept, c) {
			f.get("refuse").wrong("", "%s is both accepted and refused", c)
		}
	}
}

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
		p.Ask = append(p.Ask, q)
	}
}

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

func sortedKeys[T any](m map[string]T) []string {
	var list []string
	for k := range m {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}
