package locales

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// forms is one text: its plural forms, or "other" alone.
type forms map[string]string

// counted tells whether an English text depends on a number.
func (f forms) counted() bool { return len(f) > 1 }

// file is the texts of one language by key.
type file map[string]forms

// need are the plural forms a counted text must have in a language.
func (t table) need(lang string) []string {
	if i := t.place(lang); i >= 0 {
		return strings.Fields(t[i].plurals)
	}
	return nil
}

// reserved are the words go-i18n takes for parts of a message.
var reserved = []string{"id", "description", "hash", "leftdelim", "rightdelim",
	"zero", "one", "two", "few", "many", "other", "translation"}

// same stands at the end of a line whose text may read as in English.
const (
	same         = "# as in English"
	stillEnglish = "still in English"
)

var (
	section = regexp.MustCompile(`^\s*\[([\w.]+)\]`)
	member  = regexp.MustCompile(`^\s*(\w+)\s*=`)
	field   = regexp.MustCompile(`\{\{\.(\w+)\}\}`)
	loose   = regexp.MustCompile(`[^\x{00A0}\x{202F}][:;!?»]|«[^\x{00A0}]`)
)

// parse reads a language file and tells what in it go-i18n would misread.
func parse(lang, src string) (file, []string) {
	var all map[string]any
	if err := toml.Unmarshal([]byte(src), &all); err != nil {
		return nil, []string{lang + ": not TOML: " + err.Error()}
	}
	f, problems := file{}, []string(nil)
	var walk func(prefix string, v map[string]any)
	walk = func(prefix string, v map[string]any) {
		for k, x := range v {
			id := strings.TrimPrefix(prefix+"."+k, ".")
			s, text := x.(string)
			sub, table := x.(map[string]any)
			switch plural := slices.Contains(reserved[5:11], k) && prefix != ""; {
			case plural && text:
				if f[prefix] == nil {
					f[prefix] = forms{}
				}
				f[prefix][k] = s
				for n := range v {
					if !slices.Contains(reserved[5:11], n) {
						problems = append(problems, fmt.Sprintf("%s %s: %q beside plural forms", lang, prefix, n))
					}
				}
			case slices.Contains(reserved, strings.ToLower(k)):
				problems = append(problems, fmt.Sprintf("%s %s: a reserved word", lang, id))
			case text:
				f[id] = forms{"other": s}
			case table:
				walk(id, sub)
			default:
				problems = append(problems, fmt.Sprintf("%s %s: no text", lang, id))
			}
		}
	}
	walk("", all)
	return f, problems
}

// alike lists the texts of a language file that are marked as right although
// they read as in English; of those with plural forms it is enough to mark one.
func alike(src string) []string {
	var ids []string
	in := ""
	for _, line := range strings.Split(src, "\n") {
		if m := section.FindStringSubmatch(line); m != nil {
			in = m[1]
		}
		if m := member.FindStringSubmatch(line); m != nil && strings.HasSuffix(line, same) {
			if slices.Contains(reserved[5:11], m[1]) {
				ids = append(ids, in)
				continue
			}
			ids = append(ids, in+"."+m[1])
		}
	}
	return ids
}

// check tells what is wrong with the languages, each compared with English.
func (t table) check(all map[string]file) []string {
	var problems []string
	for lang, f := range all {
		problems = append(problems, t.compare(lang, f, all[english])...)
	}
	checkTyped(all, func(id, format string, args ...any) {
		problems = append(problems, id+": "+fmt.Sprintf(format, args...))
	})
	slices.Sort(problems)
	return slices.Compact(problems)
}

// compare tells what is wrong with one language.
func (t table) compare(lang string, f, en file) []string {
	var problems []string
	say := func(id, format string, args ...any) {
		problems = append(problems, strings.TrimSpace(lang+" "+id)+": "+fmt.Sprintf(format, args...))
	}
	if t.place(lang) < 0 {
		say("", "languages.go has no line for it")
		return problems
	}
	for id := range en {
		if f[id] == nil {
			say(id, "missing")
		}
	}
	for id, text := range f {
		if en[id] == nil {
			say(id, "not in English")
			continue
		}
		checkForms(t.need(lang), id, text, en[id], say)
		for _, s := range text {
			checkText(lang, id, s, en[id], say)
		}
	}
	checkSpoken(lang, f, en, say)
	checkWriting(f, say)
	return problems
}

// checkWriting looks at how dates and numbers are written.
func checkWriting(f file, say func(string, string, ...any)) {
	for id, n := range map[string]int{"weekdays": 7, "months": 12, "short": 12, "alone": 12} {
		if got := len(strings.Fields(f["calendar."+id]["other"])); got != n {
			say("calendar."+id, "%d names, not %d", got, n)
		}
	}
	for id, marks := range map[string]string{"full": "wdmy", "at": "wdmyt", "long": "dmy", "medium": "dsy", "month": "ly", "brief": "dsyt"} {
		for _, m := range marks {
			if strings.Count(f["calendar."+id]["other"], "{"+string(m)+"}") != 1 {
				say("calendar."+id, "it needs {%c}, once", m)
			}
		}
	}
	if t := f["calendar.time"]["other"]; t != "09:30" && t != "9:30" {
		say("calendar.time", "09:30 or 9:30")
	}
	for id, digits := range map[string]string{"thousand": "1234", "million": "1234567"} {
		s := f["number."+id]["other"]
		if got := strings.ReplaceAll(s, separator(s), ""); got != digits && s != digits {
			say("number."+id, "write how the number %s looks", digits)
		}
	}
}

// parting stands between typed words; Chinese and Lao keyboards have commas of
// their own.
var parting = regexp.MustCompile(`[,，、]`)

// checkTyped finds words that would mean two things: they stand for two buttons,
// or are in some language the label of another.
func checkTyped(all map[string]file, say func(string, string, ...any)) {
	means := map[string]string{}
	labels := map[string][]string{} // the buttons that are called so somewhere
	for _, f := range all {
		for id, t := range f {
			name, ok := strings.CutPrefix(id, "button.")
			if label := Fold(t["other"]); ok && label != "" && len(fieldsOf(t["other"])) == 0 {
				labels[label] = append(labels[label], name)
			}
		}
	}
	for _, lang := range slices.Sorted(maps.Keys(all)) {
		f := all[lang]
		for _, id := range slices.Sorted(maps.Keys(f)) {
			name, ok := strings.CutPrefix(id, "typed.")
			if !ok {
				continue
			}
			for _, w := range parting.Split(f[id]["other"], -1) {
				folded := Fold(w)
				if folded == "" {
					say(lang+" "+id, "an empty word")
				}
				if other, ok := means[folded]; ok && other != name {
					say(lang+" "+id, "%q also means %q", w, other)
				}
				means[folded] = name
				for _, other := range labels[folded] {
					if other != name {
						say(lang+" "+id, "%q is the label of %q", strings.TrimSpace(w), other)
					}
				}
			}
		}
	}
}

func checkForms(need []string, id string, t, en forms, say func(string, string, ...any)) {
	if !en.counted() {
		if t.counted() {
			say(id, "counted, but not in English")
		}
		return
	}
	for _, form := range need {
		if t[form] == "" {
			say(id, "no plural form %q", form)
		}
	}
	for form := range t {
		if !slices.Contains(need, form) {
			say(id, "plural form %q is never used", form)
		}
	}
}

func checkText(lang, id, s string, en forms, say func(string, string, ...any)) {
	if strings.TrimSpace(s) == "" || s != strings.TrimSpace(s) {
		say(id, "empty, or space around it")
	}
	if !norm.NFC.IsNormalString(s) {
		say(id, "not in normal form (NFC)")
	}
	if got, want := fieldsOf(s), fieldsOf(en["other"]); !slices.Equal(got, want) {
		say(id, "has the fields %v, English has %v", got, want)
	}
	if n := strings.Count(s, "{{"); n != strings.Count(s, "}}") || n > 0 && n != len(field.FindAllString(s, -1)) {
		say(id, "a broken field")
	}
	if n, max := shown(s), limit(id); max > 0 && n > max {
		say(id, "%d letters, at most %d fit", n, max)
	}
	if strings.HasPrefix(id, "command.") && shown(s) < 3 {
		say(id, "too short for a list of commands")
	}
	switch section, rest, _ := strings.Cut(id, "."); {
	case rest == "weekdays", rest == "months", rest == "alone": // names have words of their own
	case section == "calendar", section == "number", section == "list":
		return // these look alike in many languages
	}
	if !strings.ContainsFunc(bare(s, ""), unicode.IsLetter) {
		return // fields and punctuation
	}
	if lang != english {
		for _, e := range en {
			if s == e {
				say(id, stillEnglish)
				break
			}
		}
	}
	if w := Written(bare(s, " ")); w != "" && w != lang {
		say(id, "script.go takes it for %s", w)
	}
	if lang == "fr" && strings.ContainsAny(s, ":;!?»«") && loose.MatchString(s) {
		say(id, "no no-break space where French has one")
	}
	if strings.Contains(s, "(-") || strings.Contains(s, "(e)") {
		say(id, "asks for the reader's gender")
	}
}

// checkSpoken says each text the way the program does, for many numbers.
func checkSpoken(lang string, f, en file, say func(string, string, ...any)) {
	tag := language.MustParse(lang)
	b := i18n.NewBundle(tag)
	for id, t := range f {
		m := &i18n.Message{ID: id, One: t["one"], Two: t["two"], Few: t["few"], Many: t["many"], Other: t["other"]}
		if err := b.AddMessages(tag, m); err != nil {
			say(id, "not taken: %v", err)
		}
	}
	speak := i18n.NewLocalizer(b, lang)
	for id := range f {
		if en[id] == nil {
			continue
		}
		data := map[string]any{}
		for _, name := range fieldsOf(en[id]["other"]) {
			data[name] = "sample"
		}
		counts := []any{nil}
		if en[id].counted() {
			counts = []any{0, 1, 2, 3, 5, 12, 22, 1000000}
		}
		for _, n := range counts {
			if n != nil {
				data["N"] = n
			}
			s, err := speak.Localize(&i18n.LocalizeConfig{MessageID: id, TemplateData: data, PluralCount: n, TemplateParser: strict})
			if err != nil || s == "" {
				say(id, "cannot be said for %v: %v", n, err)
			}
			if n != nil && !strings.Contains(s, fmt.Sprint(n)) {
				say(id, "does not tell the number %v", n)
			}
		}
	}
}

// bare is a text with something else in the place of its fields.
func bare(s, other string) string {
	if !strings.Contains(s, "{{") {
		return s // most have none, and the pattern is slow
	}
	return field.ReplaceAllString(s, other)
}

// fieldsOf lists the fields of a text, each once.
func fieldsOf(s string) []string {
	if !strings.Contains(s, "{{") {
		return nil
	}
	var names []string
	for _, m := range field.FindAllStringSubmatch(s, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// shown counts the letters of a text as it is shown; a reference has eleven,
// other fields are the business of whoever fills them.
func shown(s string) int {
	s = strings.ReplaceAll(s, "{{.Ref}}", "KXM-4FQ-7TA")
	return utf8.RuneCountInString(bare(s, ""))
}

// answers are the texts of the survey that stand on buttons.
var answers = []string{"survey.satisfied", "survey.neutral", "survey.dissatisfied", "survey.rather_not"}

// limit is how many letters a text may have; 0 where there is no limit. The
// numbers for commands and the profile are Telegram's (Bot API: BotCommand,
// setMyDescription, setMyShortDescription, answerCallbackQuery), those for
// staff Slack's (Block Kit: button, view, input). Thirty fit a phone's button,
// forty-five one that has a row of its own, as the answers to a question have.
func limit(id string) int {
	switch room, _, _ := strings.Cut(id, "."); {
	case room == "button", id == "dispute.escalate", id == "dispute.appeal", id == "dispute.restart", id == "add.new":
		return 30
	case room == "option", slices.Contains(answers, id):
		return 45
	case room == "command":
		return 256
	case id == "about.long":
		return 512
	case id == "about.short":
		return 120
	case id == "press.old", id == "press.unknown":
		return 200
	case strings.HasPrefix(id, "staff.title."), id == "staff.dialog.cancel", id == "staff.dialog.save", id == "staff.dialog.close",
		id == "staff.dialog.preview", id == "staff.dialog.send", id == "staff.dialog.back":
		return 24
	case strings.HasPrefix(id, "staff.button."):
		return 75
	case strings.HasPrefix(id, "staff.field."):
		return 2000
	}
	return 0
}

func TestFrenchSpaces(t *testing.T) {
	for s, bad := range map[string]bool{
		"Oui\u202f?": false, "Oui ?": true, "Oui?": true, "Voici\u00a0: x": false, "Voici : x": true,
		"«\u00a0Passer\u00a0»": false, "« Passer »": true, "Tapez /complain.": false, "{{.What}}\u00a0: {{.Date}}": false,
	} {
		if loose.MatchString(s) != bad {
			t.Errorf("%q", s)
		}
	}
}
