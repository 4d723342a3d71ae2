package locales

import (
	"strings"
	"unicode"
	"unicode/utf8"

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
	// Names begin with a capital and say nothing of the words around them.
	words, vi, tones, pl, signs := 0, 0, 0, 0, map[rune]bool{}
	for _, w := range strings.FieldsFunc(norm.NFC.String(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if first, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(first) {
			continue
		}
		words++
		if strings.ContainsFunc(w, vietnamese) {
			vi++
		}
		if strings.ContainsFunc(w, toned) {
			tones++
		}
		polish := false
		for _, r := range w {
			if strings.ContainsRune("ąćęłńśźż", r) {
				polish, signs[r] = true, true
			}
		}
		if polish {
			pl++
		}
	}
	switch {
	case vi >= 2 && tones >= 2 && words >= 3 && vi*3 >= words && pl == 0:
		return "vi"
	case pl >= 2 && len(signs) >= 2 && words >= 4 && pl*6 >= words && vi == 0:
		return "pl"
	}
	return ""
}

// vietnamese tells whether a letter is one that none of our other languages has:
// ă, đ, ơ, ư, and any with a tone below or with two marks.
func vietnamese(r rune) bool { return strings.ContainsRune("ăđơưĩũ", r) || toned(r) }

// toned tells whether a letter is one that only Vietnamese has.
func toned(r rune) bool { return r >= 'ạ' && r <= 'ỹ' }
