package locales

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// Fold makes typed words comparable: without case, marks, full-width forms,
// invisible signs and the punctuation around them. đ and ł do not decompose and
// are mapped by hand; so are Lao digits and the apostrophes that phones type.
func Fold(s string) string {
	s = norm.NFD.String(strings.ToLower(width.Fold.String(whole(s))))
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= '໐' && r <= '໙':
			return '0' + r - '໐'
		case unicode.Is(unicode.Lao, r) && (r < '\u0ec8' || r > '\u0ecc'):
			return r // its vowels above and below are marks too; only the tones may be missing
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r):
			return -1
		case r == 'đ':
			return 'd'
		case r == 'ł':
			return 'l'
		case r == '’', r == '‘', r == 'ʼ', r == '`', r == '´':
			return '\''
		}
		return r
	}, s)
	// Two letters with the same sound are written as one sign or as two.
	s = strings.NewReplacer("\u0ecd\u0eb2", "\u0eb3", "\u0edd", "\u0eab\u0ea1", "\u0edc", "\u0eab\u0e99").Replace(s)
	return strings.Join(strings.Fields(strings.Trim(s, around)), " ")
}

// around is what may stand before and after typed words without meaning
// anything: spaces (the last two do not break) and the punctuation of our
// languages and of those that may come.
const around = " \t\r\n\u00a0\u202f.!?…:;,~'\"«»“”„()。、「」¡¿‹›·؟،؛।"

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
	return strings.TrimSpace(norm.NFC.String(whole(s)))
}

// Digits writes full-width signs, such as the digits of Chinese keyboards, as the
// usual ones: what is to be dialled is not left as it was typed.
func Digits(s string) string { return width.Fold.String(s) }

// whole writes the Lao vowel am as the one sign it is: many keyboards type it as
// two, which no normal form joins.
func whole(s string) string { return strings.ReplaceAll(s, "\u0ecd\u0eb2", "\u0eb3") }

// visible tells whether a letter shows by itself. Marks need a letter to sit
// on, fillers are ignorable, and the empty Braille pattern is blank.
func visible(r rune) bool {
	return unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.Is(unicode.M, r) &&
		!unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) && r != '\u2800'
}

// Typed tells whether the words of someone who reads lang are the label of one
// of these keys, or another word for the same: button.yes has those of typed.yes.
// Those of other languages are understood too, but for very short ones: "co",
// Polish for "what?", is Vietnamese for "yes" without its mark. A picture before
// the label need not be typed.
func (c *Catalog) Typed(lang, text string, keys ...Key) bool { return c.typed(lang, text, true, keys) }

// Labelled tells whether the words are the very label of one of these keys: for
// where people answer with names, which may look like other words for it.
func (c *Catalog) Labelled(lang, text string, keys ...Key) bool {
	return c.typed(lang, text, false, keys)
}

func (c *Catalog) typed(reads, text string, alike bool, keys []Key) bool {
	f := Fold(text)
	if f == "" {
		return false
	}
	plain := telling(f)
	for _, lang := range c.languages {
		if lang != reads && !plain {
			continue
		}
		for _, k := range keys {
			label := strings.TrimLeftFunc(c.Text(lang, k), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
			if f == Fold(label) || alike && slices.Contains(c.alike(lang, k), f) {
				return true
			}
		}
	}
	return false
}

// telling tells whether a folded word is long enough to be the same in few
// languages, or written in signs that few have.
func telling(f string) bool {
	return utf8.RuneCountInString(f) > 2 || strings.ContainsFunc(f, func(r rune) bool { return r > unicode.MaxLatin1 && !unicode.Is(unicode.Latin, r) })
}

// alike are the folded words that people type in the place of a button's label.
func (c *Catalog) alike(lang string, k Key) []string {
	name, ok := strings.CutPrefix(string(k), "button.")
	if !ok || !c.keys["typed."+Key(name)] {
		return nil
	}
	var words []string
	for _, w := range strings.FieldsFunc(c.raw(lang, "typed."+Key(name)), func(r rune) bool { return r == ',' || r == '，' || r == '、' }) {
		words = append(words, Fold(w))
	}
	return words
}

// Has tells whether there is a text with this key.
func (c *Catalog) Has(k Key) bool { return c.keys[k] }
