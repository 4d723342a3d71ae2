package locales

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// Fold makes typed words comparable: without case, marks, full-width forms
// and the punctuation around them. đ and ł do not decompose and are mapped by
// hand.
func Fold(s string) string {
	s = norm.NFD.String(strings.ToLower(width.Fold.String(s)))
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r == 'đ':
			return 'd'
		case r == 'ł':
			return 'l'
		}
		return r
	}, s)
	return strings.Trim(strings.Join(strings.Fields(s), " "), ".!?…:;,'\"«»")
}

// Clean gives a text in its normal form without the characters that carry
// nothing, such as null bytes; "" where there is nothing to see at all.
func Clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == 0 || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, s)
	for _, r := range s {
		// Two letters that are drawn as nothing: the Hangul filler and the
		// empty Braille pattern.
		if unicode.IsGraphic(r) && !unicode.IsSpace(r) && r != 0x3164 && r != 0x2800 {
			return strings.TrimSpace(norm.NFC.String(s))
		}
	}
	return ""
}

// Typed tells whether the words are the label of one of these keys in any
// language; a picture before the label need not be typed.
func (c *Catalog) Typed(text string, keys ...Key) bool {
	f := Fold(text)
	if f == "" {
		return false
	}
	for _, lang := range c.languages {
		for _, k := range keys {
			label := strings.TrimLeftFunc(c.Text(lang, k), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
			if f == Fold(label) {
				return true
			}
		}
	}
	return false
}

// Has tells whether there is a text with this key.
func (c *Catalog) Has(k Key) bool { return c.keys[k] }
