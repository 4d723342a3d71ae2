package wall

import (
	"strings"
	"unicode"

	"github.com/mozillazg/go-unidecode"
	"golang.org/x/text/unicode/norm"
)

// script is how a way of writing keeps its words apart.
type script byte

const (
	spaced    script = iota // words with spaces between: Latin, Cyrillic, Greek
	syllables               // one sign for a syllable: Chinese, Japanese, Korean
	run                     // letters without spaces: Thai, Lao, Khmer, Burmese
)

// scriptOf tells the script of a letter.
func scriptOf(r rune) script {
	switch {
	case r < 0x0e00:
		return spaced
	case unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
		return run
	case r == 'ー', unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana):
		return syllables
	}
	return spaced
}

// marks are the accents of European and Vietnamese letters. The marks of other
// scripts are vowels and tell names apart.
func marks(r rune) bool { return r >= 0x0300 && r <= 0x036f }

// fold writes a word with the letters a to z and digits, without case and
// accents, from any script that can be transliterated; other words come back in
// lower case.
func fold(word string) string {
	word = strings.ToLower(word)
	if ascii(word) {
		return word
	}
	bare := strings.Map(func(r rune) rune {
		if marks(r) {
			return -1
		}
		return r
	}, norm.NFD.String(word))
	// Kana and Hangul fell apart as well; the tables know them whole.
	plain := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r - 'A' + 'a'
		}
		return -1
	}, unidecode.Unidecode(norm.NFC.String(bare)))
	if plain == "" {
		return word
	}
	return plain
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// umlauts undoes vowels written out, as in Mueller and Soeren.
var umlauts = strings.NewReplacer("ae", "a", "oe", "o", "ue", "u", "aa", "a")

// The sounds of consonants, coarsely, for comparing a name in Latin letters with
// one in another script: vowels and h carry too little across scripts, and
// voiced and unvoiced ones are not told apart. What j and c stand for depends
// on the language of the name, so there are two readings.
var (
	slavic = strings.NewReplacer("shch", "s", "szcz", "s", "tsch", "s", "sch", "s", "kh", "", "ch", "", "sh", "s", "sz", "s", "cz", "s",
		"zh", "s", "rz", "s", "dz", "s", "ts", "s", "tz", "s", "ck", "k", "ph", "f", "th", "t", "c", "s", "j", "", "x", "s")
	western = strings.NewReplacer("shch", "s", "tsch", "s", "sch", "s", "kh", "", "ch", "s", "sh", "s", "zh", "s", "dzh", "s", "dz", "s", "ts", "s",
		"tz", "s", "ck", "k", "ph", "f", "th", "t", "ce", "s", "ci", "s", "cy", "s", "c", "k", "j", "s", "x", "s")
	voices = strings.NewReplacer("b", "p", "d", "t", "g", "k", "q", "k", "v", "f", "w", "f", "z", "s",
		"a", "", "e", "", "i", "", "o", "", "u", "", "y", "", "h", "")
)

// sounds are the two readings of a folded word, each without repeated letters.
func sounds(key string) [2]string {
	return [2]string{once(voices.Replace(slavic.Replace(key))), once(voices.Replace(western.Replace(key)))}
}

func once(s string) string {
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		if i == 0 || s[i] != s[i-1] {
			b = append(b, s[i])
		}
	}
	return string(b)
}

// slip tells whether two folded words differ by one typing slip: a letter too
// many, too few, wrong, or two neighbours swapped.
func slip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || a == b {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	return a[i+1:] == b[i+1:] || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// stem tells whether two folded words share four letters or more and differ in
// three final ones at most, as names do that are inflected.
func stem(a, b string) bool {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	return i >= 4 && len(a)-i <= 3 && len(b)-i <= 3 && a != b
}

// ending tells whether a word is a short name with another ending, such as Olą
// or Janem; only where it is certain that the word is a name.
func ending(name, word string) bool {
	last := name[len(name)-1]
	base := name
	vowel := strings.IndexByte("aeiouy", last) >= 0
	if vowel {
		base = name[:len(name)-1]
	}
	tail, ok := strings.CutPrefix(word, base)
	if !ok || len(base) < 2 || len(tail) > 3 || word == name {
		return false
	}
	return !vowel || strings.Trim(tail, "aeiouy") == "" && (tail != "" || len(base) > 2 && strings.HasSuffix(base, "i"))
}
