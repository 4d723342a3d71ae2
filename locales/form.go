package locales

import (
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Form is a text as it stands in the file of its language, with its fields in
// double braces. A text that depends on a number has several, each with the
// name of a plural form: one, few, many, other. All others have "other" alone.
type Form struct{ Name, Text string }

// formsOf lists what a message of a file has, in CLDR's order.
func formsOf(m *i18n.Message) []Form {
	var forms []Form
	for _, f := range []Form{{"zero", m.Zero}, {"one", m.One}, {"two", m.Two}, {"few", m.Few}, {"many", m.Many}, {"other", m.Other}} {
		if f.Text != "" {
			forms = append(forms, f)
		}
	}
	return forms
}

// Forms gives a text as it stands in the file of a language; none where the
// language lacks it.
func (c *Catalog) Forms(lang string, k Key) []Form {
	return append([]Form(nil), c.forms[lang][k]...)
}

// Counted tells whether a text depends on a number.
func (c *Catalog) Counted(k Key) bool { return len(c.forms[english][k]) > 1 }

// Source is a text of a language in one piece: as it stands in the file, or,
// where it has several forms, each on a line with its name before it. It is
// what Digest is taken of; "" where the language lacks the text.
func (c *Catalog) Source(lang string, k Key) string {
	forms := c.forms[lang][k]
	if len(forms) == 1 {
		return forms[0].Text
	}
	var b strings.Builder
	for _, f := range forms {
		b.WriteString(f.Name + "\t" + f.Text + "\n")
	}
	return b.String()
}

// Example is the least whole number from one up that a language writes with
// a plural form; false where none has it, as with "other" in Polish, which is
// for fractions. From 1 to 200 it knows all, and beyond it the million.
func Example(lang, form string) (int, bool) {
	tag, err := language.Parse(lang)
	if err != nil {
		return 0, false
	}
	b := i18n.NewBundle(tag)
	m := &i18n.Message{ID: "form", Zero: "zero", One: "one", Two: "two", Few: "few", Many: "many", Other: "other"}
	if err := b.AddMessages(tag, m); err != nil {
		return 0, false
	}
	l := i18n.NewLocalizer(b, lang)
	for n := 1; n <= 201; n++ {
		if n == 201 {
			n = 1_000_000
		}
		if s, err := l.Localize(&i18n.LocalizeConfig{MessageID: m.ID, PluralCount: n}); err == nil && s == form {
			return n, true
		}
	}
	return 0, false
}
