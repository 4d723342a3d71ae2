package locales

import "golang.org/x/text/language"

// names are the languages' names in their own tongue.
var names = map[string]string{"en": "English", "fr": "Français", "pl": "Polski", "it": "Italiano",
	"vi": "Tiếng Việt", "zh-Hans": "简体中文", "lo": "ລາວ"}

// Name is a language's name in its own tongue.
func Name(lang string) string {
	if n, ok := names[lang]; ok {
		return n
	}
	return lang
}

// Match finds the best of our languages for a tag as a platform gives it. It
// is sure only where the person would surely read it: Traditional readers get
// no Simplified text unasked, and an empty or broken tag matches nothing.
func Match(tag string, ours []string) (lang string, sure bool) {
	t, err := language.Parse(tag)
	if err != nil || tag == "" || len(ours) == 0 {
		return "", false
	}
	tags := make([]language.Tag, len(ours))
	for i, l := range ours {
		tags[i] = language.Make(l)
	}
	_, i, conf := language.NewMatcher(tags).Match(t)
	return ours[i], conf >= language.High
}
