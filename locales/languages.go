package locales

import (
	"slices"

	"golang.org/x/text/language"
)

// languages are those of the program. A new language is a line here and a file
// beside.
var languages = table{
	{"en", "English", "one other"},
	{"fr", "Français", "one many other"},
	{"pl", "Polski", "one few many other"},
	{"it", "Italiano", "one many other"},
	{"vi", "Tiếng Việt", "one other"},
	{"zh-Hans", "简体中文", "other"},
	{"lo", "ລາວ", "other"},
}

// table is a list of languages, in the order in which they are offered.
type table []line

type line struct {
	tag  string // BCP 47, and the name of its file
	name string // in its own tongue
	// plurals are the forms that its counted texts have (CLDR 48, as go-i18n
	// v2.7.0 has it: Vietnamese has "one").
	plurals string
}

// place is where a language stands in the table; -1 for one that is not there.
func (t table) place(tag string) int { return slices.Index(t.tags(), tag) }

func (t table) tags() []string {
	tags := make([]string, len(t))
	for i, l := range t {
		tags[i] = l.tag
	}
	return tags
}

// called is a language's name in its own tongue; the tag of one that is not
// there.
func (t table) called(tag string) string {
	if i := t.place(tag); i >= 0 {
		return t[i].name
	}
	return tag
}

// Tags lists the program's languages as BCP 47 tags, English first.
func Tags() []string { return languages.tags() }

// Known tells whether a tag is that of one of the program's languages.
func Known(tag string) bool { return languages.place(tag) >= 0 }

// Name is a language's name in its own tongue.
func Name(tag string) string { return languages.called(tag) }

// InCountry writes a language with the country where most of its speakers
// live, such as "vi-VN" for "vi" and "zh-CN" for "zh-Hans", as Slack writes the
// language of an account (Slack docs, users.info, locale).
func InCountry(tag string) string {
	t := language.Make(tag)
	base, _ := t.Base()
	region, _ := t.Region()
	return base.String() + "-" + region.String()
}
