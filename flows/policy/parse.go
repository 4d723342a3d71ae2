package policy

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // a policy means the same on a machine without zone files

	"github.com/goccy/go-yaml/ast"

	"github.com/heedbot/heed/bot/calendar"
	"github.com/heedbot/heed/locales"
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
	return parse(name, yamlText, days, BuiltinText, false)
}

// Over gives the policy over its calendar as changed, by calendar.Change.Apply for instance. The changed days are part of
// its Text and its Hash, so complaints keep them. The error is that of change.
func (p *Policy) Over(change func(calendar.Days) (calendar.Days, error)) (*Policy, error) {
	days, err := change(p.Calendar.Days)
	if err != nil {
		return nil, fmt.Errorf("change the calendar of policy %s: %w", p.Name, err)
	}
	return parse(p.Name, p.source.pack, days, p.source.give, true)
}

// parse reads a pack over a holiday table; one without years is replaced by the built-in one. One that was stored is in
// use: what was found good enough to be taken is not judged by newer rules about words.
func parse(file, text string, days calendar.Days, include func(string) (string, error), stored bool) (*Policy, error) {
	text = strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n")
	r := &reader{file: file}
	p := &Policy{source: source{pack: text}, stored: stored}
	root := r.open(text)
	if root.there() {
		p.read(root.fields(), days, include)
	}
	if len(r.found) > 0 {
		return nil, r.found.sorted()
	}
	p.stored = false
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
	if !p.stored {
		p.checkNames(f)
	}
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

// language takes the tag of one of the pack's languages, or of another that the
// program speaks: customers can choose any of these.
func (p *Policy) language(at value, lang string) bool {
	if len(p.Languages) > 0 && !slices.Contains(p.Languages, lang) && !locales.Known(lang) {
		at.wrong(meant(lang, p.Languages), "%s is not among the pack's languages, and heed does not speak it", quoted(lang))
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

func sortedKeys[T any](m map[string]T) []string {
	var list []string
	for k := range m {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}
