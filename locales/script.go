package locales

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Written tells which of our languages a text is written in, where its letters
// alone say so: Lao letters, Han without kana, the letters that only Vietnamese
// has, those that only Polish has. It is "" wherever that is not plain, as for a
// name or two in another language's words.
func Written(text string) string {
	var lao, han, other int
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Lao, r):
			lao++
		case unicode.Is(unicode.Han, r):
			han++
		case unicode.In(r, unicode.Hiragana, unicode.Katakana, unicode.Hangul):
			return ""
		case unicode.IsLetter(r):
			other++
		}
	}
	switch {
	case lao >= 4 && lao > other+han:
		return "lo"
	case han >= 4 && han > other+lao:
		return "zh-Hans"
	}
	words, vi, pl := 0, 0, 0
	for _, w := range strings.FieldsFunc(norm.NFC.String(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		words++
		switch {
		case strings.ContainsFunc(w, vietnamese):
			vi++
		case strings.ContainsAny(strings.ToLower(w), "ąćęłńśźż"):
			pl++
		}
	}
	switch {
	case vi >= 3 && vi*3 >= words && words >= 4 && pl == 0:
		return "vi"
	case pl >= 2 && pl*6 >= words && words >= 4 && vi == 0:
		return "pl"
	}
	return ""
}

// vietnamese tells whether a letter is one that none of our other languages has:
// ă, đ, ơ, ư, and any with a tone below or with two marks.
func vietnamese(r rune) bool {
	r = unicode.ToLower(r)
	return strings.ContainsRune("ăđơưĩũ", r) || r >= 'ạ' && r <= 'ỹ'
}
