package locales

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// Fold makes typed words comparable: without case, marks, full-width forms,
// invisible signs and the punctuation around them. đ and ł do not decompose and
// are mapped by hand; so are Lao digits and the apostrophes that phones type.
func Fold(s string) string {
	s = norm.NFD.String(strings.ToLower(width.Fold.String(s)))
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r):
			return -1
		case r == 'đ':
			return 'd'
		case r == 'ł':
			return 'l'
		case r == '’', r == '‘', r == 'ʼ', r == '`', r == '´':
			return '\''
		case r >= '໐' && r <= '໙':
			return '0' + r - '໐'
		}
		return r
	}, s)
	return strings.Join(strings.Fields(strings.Trim(s, around)), " ")
}

// around is what may stand before and after typed words without meaning
// anything: spaces (the last two do not break) and the punctuation of our languages.
const around = " \t\r\n\u00a0\u202f.!?…:;,'\"«»“”„()。、「」"

// Clean gives a text in its normal form without the characters that carry
// nothing, such as null bytes; "" where there is nothing to see at all.
func Clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == 0 || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, s)
	if !strings.ContainsFunc(s, visible) {
		return ""
	}
	return strings.TrimSpace(norm.NFC.String(s))
}

// visible tells whether a letter shows by itself. Marks need a letter to sit
// on, fillers are ignorable, and the empty Braille pattern is blank.
func visible(r rune) bool {
	return unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.Is(unicode.M, r) &&
		!unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) && r != '\u2800'
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
