// Package words lays all texts of one language out to be read by a native
// speaker: those that customers can meet, in the order of a conversation, then
// those of a company's policy, then those that only staff see. Each says
// whether a native speaker has read it as it stands.
package words

import (
	"regexp"
	"strings"
	"time"

	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

// Kind is how a text is met.
type Kind string

// The kinds of texts.
const (
	Message Kind = "message" // the bot says it
	Button  Kind = "button"
	Command Kind = "command" // in the messenger's list of commands
	Typed   Kind = "typed"   // customers type it
	Piece   Kind = "piece"   // part of a line or sentence, or a heading
	Pattern Kind = "pattern" // how dates and numbers are written
)

// Book is all there is to read in one language.
type Book struct {
	Language  string
	Customers []Chapter // what customers can meet; the last is the company's own words
	Staff     []Chapter
}

// Chapter is some texts that are met together.
type Chapter struct {
	Name, About string
	Texts       []Text
	Whole       string // the policy as customers read it, put together; only in that chapter
}

// Text is one text.
type Text struct {
	Key  string // of one of the program's; or a pack's name, a slash, and the key of one of its texts
	Kind Kind
	// Forms are its plural forms, or one.
	Forms  []Form
	Source string // as it stands in its file, in one piece; "" where the language lacks it
	Raw    string // the pattern behind an example, or ""
	Read   bool   // a native speaker has read it as it stands
}

// Unread tells whether a native speaker has yet to read it.
func (x Text) Unread() bool { return !x.Read && x.Source != "" }

// Command is the command that the text is of, without its slash.
func (x Text) Command() string { return strings.TrimPrefix(x.Key, "command.") }

// Form is a text with sample values in its fields.
type Form struct {
	Of      string // the plural form and the number it is shown with, "few: 2"; "" where it does not depend on one
	Words   []Span
	English string
}

// Span is a part of a form.
type Span struct {
	Text   string
	Sample bool // a sample value: it is another each time
}

// Open lays out the texts of one of the catalog's languages with those of a
// policy.
func Open(words *locales.Catalog, record locales.Record, pol *policy.Policy, lang string) Book {
	t := teller{words, pol, lang, map[string]int{}}
	forCustomers, forStaff := planned(locales.Keys)
	b := Book{Language: lang}
	for _, c := range forCustomers {
		b.Customers = append(b.Customers, t.chapter(record, c))
	}
	for _, c := range forStaff {
		b.Staff = append(b.Staff, t.chapter(record, c))
	}
	own, advice := t.own(record)
	b.Customers = append(b.Customers, own)
	if len(advice.Texts) > 0 {
		b.Staff = append(b.Staff, advice)
	}
	return b
}

func (t teller) chapter(record locales.Record, c chapterKeys) Chapter {
	out := Chapter{Name: c.name, About: c.about}
	for _, k := range c.keys {
		x := t.program(k)
		x.Read = x.Source != "" && record.Has(t.lang, x.Key, x.Source)
		out.Texts = append(out.Texts, x)
		if k == locales.AboutPolicyHead {
			out.Whole = strings.TrimSpace(t.pol.Describe(t.words, t.lang))
		}
	}
	return out
}

// program is one of the program's texts.
func (t teller) program(k locales.Key) Text {
	x := Text{Key: string(k), Kind: kindOf(k), Source: t.words.Source(t.lang, k)}
	lang, forms := t, t.words.Forms(t.lang, k)
	if len(forms) == 0 {
		lang, forms = t.in("en"), t.words.Forms("en", k)
	}
	english := t.in("en")
	if x.Kind == Pattern {
		if shown := lang.example(k); shown != "" {
			x.Raw = forms[0].Text
			x.Forms = []Form{{Words: []Span{{Text: shown}}, English: english.example(k)}}
			return x
		}
	}
	counted := t.words.Counted(k)
	for _, f := range forms {
		n, number, of := 0, "", ""
		whole := true
		if counted {
			n, whole = lang.sampleOf(f.Name, len(forms))
			if number = "1,5"; whole { // Polish keeps "other" for fractions
				number = t.words.Number(lang.lang, n)
			}
			if len(forms) > 1 {
				of = f.Name + ": " + number
			}
		}
		form := Form{Of: of, Words: lang.fill(k, f.Text, number)}
		if counted {
			form.English = english.counted(k, n, whole)
		} else if e := t.words.Forms("en", k); len(e) > 0 {
			form.English = plain(english.fill(k, e[0].Text, ""))
		}
		x.Forms = append(x.Forms, form)
	}
	return x
}

// counted is a text that depends on a number, with one; a fraction is 1.5.
func (t teller) counted(k locales.Key, n int, whole bool) string {
	number := "1.5"
	if whole {
		number = t.words.Number(t.lang, n)
	}
	for _, f := range t.words.Forms(t.lang, k) {
		if f.Name == "one" && n == 1 || f.Name == "other" && n != 1 {
			return plain(t.fill(k, f.Text, number))
		}
	}
	return ""
}

// sampleOf is a number for one of some plural forms; false where only fractions
// have it.
func (t teller) sampleOf(form string, of int) (int, bool) {
	if of == 1 {
		return 3, true // one says little, where there is no other form
	}
	at := t.lang + " " + form
	if _, ok := t.examples[at]; !ok {
		t.examples[at], _ = locales.Example(t.lang, form)
	}
	return t.examples[at], t.examples[at] > 0
}

var field = regexp.MustCompile(`\{\{\.(\w+)\}\}`)

// fill puts sample values into a text's fields.
func (t teller) fill(k locales.Key, raw, number string) []Span {
	var spans []Span
	from := 0
	for _, m := range field.FindAllStringSubmatchIndex(raw, -1) {
		if m[0] > from {
			spans = append(spans, Span{Text: raw[from:m[0]]})
		}
		value := number
		if name := raw[m[2]:m[3]]; name != "N" || number == "" {
			value = t.value(k, name)
		}
		spans = append(spans, Span{Text: value, Sample: true})
		from = m[1]
	}
	if from < len(raw) {
		spans = append(spans, Span{Text: raw[from:]})
	}
	return spans
}

func plain(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
	}
	return b.String()
}

// example shows a pattern of dates at work, or a list of names; "" for what
// shows itself.
func (t teller) example(k locales.Key) string {
	_, name, _ := strings.Cut(string(k), ".")
	days := []time.Time{moment(t.pol), time.Date(2026, 12, 1, 9, 5, 0, 0, t.pol.Zone)}
	dated := map[string]func(string, time.Time) string{
		"at": locales.DateTime, "full": locales.Date, "long": locales.Long, "medium": locales.Medium, "brief": locales.Brief, "month": locales.Month,
	}
	if !strings.HasPrefix(string(k), "calendar.") {
		return ""
	}
	if write, ok := dated[name]; ok {
		var lines []string
		for _, d := range days {
			lines = append(lines, write(t.lang, d))
		}
		return strings.Join(lines, "\n")
	}
	names := strings.Fields(t.words.Source(t.lang, k))
	if len(names) < 2 {
		return ""
	}
	return strings.ReplaceAll(strings.Join(names, " · "), "_", " ")
}

// pieces are the keys, and sections with a star, of what is part of a line.
var pieces = strings.Fields(`label.* stage.* decision.* conduct.* role.* within.* said.* list.* review.line review.nothing review.files measure.next_*
	promise.acknowledged promise.first_update promise.replied promise.response promise.second_response promise.by_bot
	policy.from.* policy.way.* policy.day.* policy.or policy.then policy.days_range policy.conduct_needs policy.conduct_by_staff policy.conduct_by_manager
	policy.step_bot policy.step_law policy.step_only policy.step_operator policy.step_pause policy.step_receipt
	staff.promise.* staff.way.* staff.source.* staff.file.* staff.finding.* staff.label.* staff.title.* staff.field.* staff.tongue.* staff.why.*`)

var buttons = strings.Fields(`button.* option.* dispute.escalate dispute.appeal dispute.restart add.new about_policy.link
	survey.satisfied survey.neutral survey.dissatisfied survey.rather_not staff.button.* staff.dialog.done staff.dialog.cancel staff.dialog.save
	staff.dialog.close staff.dialog.preview staff.dialog.send staff.dialog.back`)

// kindOf tells how a text of the program's is met.
func kindOf(k locales.Key) Kind {
	switch section, _, _ := strings.Cut(string(k), "."); {
	case section == "command":
		return Command
	case section == "typed":
		return Typed
	case section == "calendar", section == "number":
		return Pattern
	case among(buttons, k):
		return Button
	case among(pieces, k):
		return Piece
	}
	return Message
}

func among(list []string, k locales.Key) bool {
	for _, s := range list {
		if head, star := strings.CutSuffix(s, "*"); s == string(k) || star && strings.HasPrefix(string(k), head) {
			return true
		}
	}
	return false
}

// Texts are all texts of some chapters.
func Texts(chapters []Chapter) []Text {
	var all []Text
	for _, c := range chapters {
		all = append(all, c.Texts...)
	}
	return all
}

// unread counts the texts that nobody native has read.
func unread(texts []Text) int {
	n := 0
	for _, x := range texts {
		if x.Unread() {
			n++
		}
	}
	return n
}
