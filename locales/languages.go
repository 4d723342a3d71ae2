package locales

import "slices"

// languages are those of the program, each with its name in its own tongue and
// the plural forms that its counted texts have (CLDR 48, as go-i18n v2.7.0 has
// it: Vietnamese has "one"). A new language is a line here and a file beside.
var languages = []struct{ tag, name, plurals string }{
	{"en", "English", "one other"},
	{"fr", "Français", "one many other"},
	{"pl", "Polski", "one few many other"},
	{"it", "Italiano", "one many other"},
	{"vi", "Tiếng Việt", "one other"},
	{"zh-Hans", "简体中文", "other"},
	{"lo", "ລາວ", "other"},
}

// place is where a language stands in the list; -1 for one that is not ours.
func place(tag string) int {
	return slices.IndexFunc(languages, func(l struct{ tag, name, plurals string }) bool { return l.tag == tag })
}

// Known tells whether a tag is that of one of the program's languages.
func Known(tag string) bool { return place(tag) >= 0 }

// Name is a language's name in its own tongue.
func Name(tag string) string {
	if i := place(tag); i >= 0 {
		return languages[i].name
	}
	return tag
}
