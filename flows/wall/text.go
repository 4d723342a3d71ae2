package wall

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// most is how many letters of a text are read.
const most = 4000

// gramSize is how many words one name may be written as, and copies how many
// places one word is looked at in.
const (
	gramSize = 6
	copies   = 8
)

// span is a stretch of letters, spaces not counted.
type span struct{ from, to int }

func (s span) letters() int { return s.to - s.from }

// atom is one word, or one syllable in scripts that write those.
type atom struct {
	span
	key     string // folded
	script  script
	foreign bool // not in Latin letters
	capital bool
	at      bool // follows @
	dotted  bool // an abbreviation or initial
	glue    bool // no space before the next
	stop    bool // something ends after it
	nasal   bool // ends in ą or ę, as Polish names do in some cases
}

// sheet is what a text is spelled out on; it may be used again.
type sheet struct {
	atoms         []atom
	letters, word []rune
}

// spell cuts a text into atoms, and gives its letters in lower case. Both are
// good until the sheet is used again.
func (sh *sheet) spell(text string, limit int) ([]atom, []rune) {
	atoms, letters, word := sh.atoms[:0], sh.letters[:0], sh.word[:0]
	defer func() { sh.atoms, sh.letters, sh.word = atoms, letters, word }()
	at := false
	flush := func() {
		if len(word) == 0 {
			return
		}
		a := atom{script: scriptOf(word[0]), at: at, capital: unicode.IsUpper(word[0])}
		a.foreign = !unicode.Is(unicode.Latin, word[0]) && !unicode.IsDigit(word[0])
		a.span = span{len(letters), len(letters) + len(word)}
		for _, r := range word {
			letters = append(letters, unicode.ToLower(r))
		}
		last := letters[len(letters)-1]
		a.nasal = last == 'ą' || last == 'ę'
		a.key = fold(string(word))
		atoms = append(atoms, a)
		word, at = word[:0], false
	}
	n := 0
	rest := text
	if !ascii(text) {
		rest = norm.NFC.String(strings.ToValidUTF8(clip(text, limit*4), " "))
	}
	for i, r := range rest {
		if n++; n > limit {
			break
		}
		switch {
		case unicode.Is(unicode.Cf, r):
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r) && len(word) > 0:
			sc := scriptOf(r)
			if len(word) > 0 && !unicode.IsMark(r) && (sc != scriptOf(word[0]) || sc == syllables) {
				flush()
				atoms[len(atoms)-1].glue = true
			}
			word = append(word, r)
		default:
			next, _ := utf8.DecodeRuneInString(rest[i+utf8.RuneLen(r):])
			inside := len(word) > 0 && unicode.IsLetter(next)
			flush()
			if len(atoms) == 0 {
				at = r == '@'
				continue
			}
			a := &atoms[len(atoms)-1]
			switch {
			case unicode.IsSpace(r) && r != '\n':
			case strings.ContainsRune("'’ʼ`´-‐‑–._·・", r) && inside:
				a.glue = true
				a.dotted = r == '.' && len(a.key) == 1
			case r == '.' && (len(a.key) == 1 || title(a.key)):
				a.dotted = true
			case r == '@':
				a.stop, at = true, true
			case strings.ContainsRune("\"'“”„«»*_~", r):
			default:
				a.stop = true
			}
		}
	}
	flush()
	return atoms, letters
}

// clip cuts a text after so many bytes, at a rune.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// place is a stretch of atoms. It is firm where they are one word, or would be
// in another's spelling.
type place struct {
	i, j int
	firm bool
}

// heard is a customer's text, made ready to look people up in.
type heard struct {
	atoms   []atom
	letters []rune
	grams   map[string][]place
	slips   map[string][]int // words without one of their letters
	stems   map[string][]int // the first four letters of words
	spoken  map[string][]int // the sounds of words in other scripts
	latin   map[string][]int // the sounds of words in Latin letters
	starts  map[[2]rune][]int
	lone    map[rune][]int   // signs that stand by themselves
	edges   []edge           // before each letter, and after the last
	bare    map[string][]int // words without umlauts written out
	ends    []int            // words that may be short names with other endings
	plain   bool             // capitals say nothing
	short   bool             // hardly more than a name
}

func listen(text string) *heard {
	h := &heard{grams: map[string][]place{}, slips: map[string][]int{}, stems: map[string][]int{}, spoken: map[string][]int{},
		latin: map[string][]int{}, starts: map[[2]rune][]int{}, lone: map[rune][]int{}, bare: map[string][]int{}}
	h.atoms, h.letters = new(sheet).spell(text, most)
	upper, lower, words := 0, 0, 0
	seen := map[string]int{}
	for i, a := range h.atoms {
		if !title(a.key) {
			words++
		}
		if a.capital && (i > 0 || len(h.atoms) == 1) {
			upper++
		}
		if !a.capital && !a.foreign {
			lower++
		}
		h.join(i)
		// A word said often is looked at in its first places only.
		if seen[a.key]++; seen[a.key] > copies {
			continue
		}
		h.blur(i, a)
	}
	h.plain = upper == 0 || lower == 0
	h.short = words <= 3
	h.signs()
	return h
}

// edge is what lies at a place between two letters.
type edge struct {
	end           bool // no letter of the same run on one side
	after, before bool // a word that goes with a name follows, or comes before
}

// signs keeps what is written without spaces.
func (h *heard) signs() {
	if !slices.ContainsFunc(h.atoms, func(a atom) bool { return a.script != spaced }) {
		return
	}
	h.edges = make([]edge, len(h.letters)+1)
	h.edges[0].end = true
	for _, a := range h.atoms {
		h.edges[a.to].end = !a.glue
	}
	for p := range h.edges {
		e := &h.edges[p]
		for _, t := range honorificsAfter {
			e.after = e.after || starts(h.letters[p:], t)
		}
		for _, t := range honorificsBefore {
			n := utf8.RuneCountInString(t)
			e.before = e.before || p >= n && starts(h.letters[p-n:], t)
		}
	}
	for i, r := range h.letters {
		if scriptOf(r) == spaced {
			continue
		}
		if i+1 < len(h.letters) {
			k := [2]rune{r, h.letters[i+1]}
			if len(h.starts[k]) < 4*copies {
				h.starts[k] = append(h.starts[k], i)
			}
		}
		if h.bounded(span{i, i + 1}) && len(h.lone[r]) < copies {
			h.lone[r] = append(h.lone[r], i)
		}
	}
}

func starts(letters []rune, word string) bool {
	i := 0
	for _, r := range word {
		if i >= len(letters) || letters[i] != r {
			return false
		}
		i++
	}
	return true
}

// join keeps the word at i, alone and together with those after it.
func (h *heard) join(i int) {
	key, firm := "", true
	for j := i; j < len(h.atoms) && j < i+gramSize; j++ {
		a := h.atoms[j]
		if j > i {
			b := h.atoms[j-1]
			firm = firm && (b.glue || a.capital && b.capital)
		}
		if key += a.key; len(h.grams[key]) < copies {
			h.grams[key] = append(h.grams[key], place{i, j + 1, firm})
		}
		if a.stop {
			break
		}
	}
}

// blur keeps what a word at i may have been meant as.
func (h *heard) blur(i int, a atom) {
	for k, s := range sounds(a.key) {
		if a.foreign && k == 0 && a.script != syllables || a.foreign && a.script == syllables && k == 1 {
			h.spoken[s] = add(h.spoken[s], i)
		} else if !a.foreign {
			h.latin[s] = add(h.latin[s], i)
		}
	}
	if len(a.key) < 4 || a.script == syllables {
		return
	}
	h.stems[a.key[:4]] = add(h.stems[a.key[:4]], i)
	if b := umlauts.Replace(a.key); true {
		h.bare[b] = add(h.bare[b], i)
	}
	if len(a.key) > 30 {
		return
	}
	h.slips[a.key] = add(h.slips[a.key], i)
	for k := range len(a.key) {
		s := a.key[:k] + a.key[k+1:]
		h.slips[s] = add(h.slips[s], i)
	}
}

func add(to []int, i int) []int {
	if slices.Contains(to, i) {
		return to
	}
	return append(to, i)
}

// span gives the letters of atoms i to j.
func (h *heard) span(i, j int) span { return span{h.atoms[i].from, h.atoms[j-1].to} }

// titled tells whether the word at i follows a title, so that it is a name.
func (h *heard) titled(i int) bool {
	if i == 0 || h.atoms[i-1].stop || !title(h.atoms[i-1].key) {
		return false
	}
	// Vietnamese "chị" is Italian "chi" without its mark.
	switch h.atoms[i-1].key {
	case "chi", "co", "me", "m", "p", "don", "ba", "em":
		return h.atoms[i].capital || !everyday(h.atoms[i].key)
	}
	return true
}

// first tells whether a sentence begins with the word at i.
func (h *heard) first(i int) bool { return i == 0 || h.atoms[i-1].stop }

// find gives the places of a word in a script without spaces.
func (h *heard) find(word []rune) []span {
	var found []span
	if len(word) == 1 {
		for _, p := range h.lone[word[0]] {
			found = append(found, span{p, p + 1})
		}
	}
	if len(word) < 2 {
		return found
	}
	for _, p := range h.starts[[2]rune{word[0], word[1]}] {
		if p+len(word) <= len(h.letters) && slices.Equal(h.letters[p:p+len(word)], word) {
			found = append(found, span{p, p + len(word)})
		}
	}
	return found
}

// bounded tells whether a stretch of letters has the edges of its run on both
// sides, or a word that goes with a name on either.
func (h *heard) bounded(s span) bool {
	from, to := h.edges[s.from], h.edges[s.to]
	return from.end && to.end || from.before || to.after
}
