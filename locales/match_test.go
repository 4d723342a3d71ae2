package locales

import "testing"

var seven = []string{"en", "fr", "pl", "it", "vi", "zh-Hans", "lo"}

func TestMatchIsSureOfOurs(t *testing.T) {
	for tag, want := range map[string]string{
		"en": "en", "en-US": "en", "en_GB": "en", "fr": "fr", "fr-CA": "fr", "fr-ch": "fr", "pl": "pl", "PL": "pl", "pl-PL": "pl",
		"it-CH": "it", "vi-VN": "vi", "lo-LA": "lo", "zh": "zh-Hans", "zh-CN": "zh-Hans", "zh_CN": "zh-Hans",
		"zh-hans": "zh-Hans", "zh-SG": "zh-Hans", "cmn": "zh-Hans",
	} {
		if lang, sure := Match(tag, seven); lang != want || !sure {
			t.Errorf("%s: %s, sure %v", tag, lang, sure)
		}
	}
}

func TestMatchIsUnsureOfAllOthers(t *testing.T) {
	for _, tag := range []string{
		"zh-TW", "zh-tw", "zh-Hant", "zh-hant", "zh-HK", "zh-MO", "yue", "nan", "wuu",
		"pt-br", "pt", "es", "de", "ru", "uk", "ja", "th", "km", "br", "oc", "co", "ca", "gsw", "sco", "szl", "csb",
		"", "und", "xx", "mul", "und-FR", "und-Latn", "garbage!!", "zh-hant-beta", "-", " ", "x-fr", "fr\x00", "français",
	} {
		if lang, sure := Match(tag, seven); sure {
			t.Errorf("%q: surely %s", tag, lang)
		}
	}
}

// TestMatchTakesTheListGiven: a language of the program that this house does
// not offer is not matched.
func TestMatchTakesTheListGiven(t *testing.T) {
	if lang, sure := Match("fr-CA", []string{"pl", "en"}); sure {
		t.Errorf("surely %s", lang)
	}
	if lang, sure := Match("en-US", []string{"pl", "en"}); lang != "en" || !sure {
		t.Errorf("%s, sure %v", lang, sure)
	}
	if lang, sure := Match("en", nil); lang != "" || sure {
		t.Errorf("%q, sure %v", lang, sure)
	}
}

func TestNameIsInItsOwnTongue(t *testing.T) {
	for lang, want := range map[string]string{"pl": "Polski", "fr": "Français", "vi": "Tiếng Việt", "xx": "xx"} {
		if got := Name(lang); got != want {
			t.Errorf("%s: %q, not %q", lang, got, want)
		}
	}
}
