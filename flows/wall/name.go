package wall

import (
	"slices"
	"strings"
	"unicode"

	"github.com/heedbot/heed/bot"
)

// The longest name that is looked at, in letters and in words.
const (
	nameLetters = 100
	nameWords   = 8
)

// unit is one part of a name, such as Smith-Jones.
type unit struct {
	key     string   // folded, in one piece
	parts   []string // folded; more than one if it is made of several
	raw     []rune   // as written, in scripts without spaces
	script  script
	foreign bool
}

// name is one of the names that somebody goes by.
type name struct {
	units []unit
	// sound is true for the Latin spelling of a name in signs: another name in
	// other signs may sound the same.
	sound bool
	nick  bool // a nickname or a handle: no part of their fuller names
}

// head and tail are what a full name needs, of which one is the family name.
func (n name) head() unit {
	u := n.units[0]
	if k := n.units[min(1, len(n.units)-1)].key; len(n.units) > 2 && particle(u.key) && k != "thi" && k != "van" {
		return n.units[1]
	}
	return u
}
func (n name) tail() unit { return n.units[len(n.units)-1] }

// middle are the parts between that may stand for the person: a Spanish family
// name does, a Vietnamese middle name does not.
func (n name) middle() []unit {
	if len(n.units) < 3 || vietnamese(n.units[0].key) {
		return nil
	}
	return n.units[1 : len(n.units)-1]
}

// key is the whole name in one piece.
func (n name) key() string {
	if len(n.units) == 1 {
		return n.units[0].key
	}
	var b strings.Builder
	for _, u := range n.units {
		b.WriteString(u.key)
	}
	return b.String()
}

// spellings are the whole name in one piece: as written, with the last part
// first, with the first part last, and backwards.
func (n name) spellings() []string {
	k := n.key()
	head, tail := n.units[0].key, n.tail().key
	keys := []string{k, tail + strings.TrimSuffix(k, tail)}
	if len(n.units) > 2 {
		keys = append(keys, strings.TrimPrefix(k, head)+head)
		var b strings.Builder
		for _, u := range slices.Backward(n.units) {
			b.WriteString(u.key)
		}
		keys = append(keys, b.String())
	}
	return keys
}

// aside is what people add to their names in Slack, after the name.
var aside = []string{" - ", " – ", " — ", " | ", "|", "/", "•", " · ", " @", "[", "{", " aka ", "，", "（"}

// namesOf reads all names of a person. Nicknames are told from parts of a
// fuller name, so a person without one has none.
func (sh *sheet) namesOf(s bot.Staff) []name {
	var names []name
	var seen [8]string
	known := seen[:0]
	read := func(text string) {
		if text == "" || slices.Contains(known, text) || len(known) > 50 {
			return
		}
		known = append(known, text)
		names = sh.parse(names, text)
	}
	read(s.Name)
	for _, n := range s.Names {
		read(n)
	}
	full := slices.ContainsFunc(names, func(n name) bool { return len(n.units) > 1 && !n.sound })
	for i, n := range names {
		if len(n.units) == 1 && full {
			names[i].nick = !slices.ContainsFunc(names, func(x name) bool {
				return len(x.units) > 1 && slices.ContainsFunc(x.units, func(u unit) bool {
					return u.key == n.units[0].key || slices.Contains(u.parts, n.units[0].key)
				})
			})
		}
	}
	return names
}

// parse reads one name; in scripts of syllables it gives the ways to cut it as
// well.
func (sh *sheet) parse(names []name, text string) []name {
	// "Robert (Bertie) Quill" is called Bertie; brackets at the end hold anything.
	text, inside, _ := strings.Cut(text, "(")
	called, rest, _ := strings.Cut(inside, ")")
	if rest != "" {
		text += " " + rest
	}
	if strings.ContainsAny(text, "-|/[{@") || strings.Contains(text, " aka ") || !ascii(text) {
		for _, a := range aside {
			text, _, _ = strings.Cut(text, a)
		}
	}
	atoms, letters := sh.spell(text, nameLetters)
	n := name{units: make([]unit, 0, min(len(atoms), nameWords))}
	for i := 0; i < len(atoms); {
		j := i + 1
		for j < len(atoms) && atoms[j-1].glue {
			j++
		}
		// Ms and Dr are no part of a name, where more is left.
		if title(atoms[i].key) && j == i+1 && (atoms[i].dotted || len(n.units) == 0 && j < len(atoms) && len(atoms) > 2) {
			i = j
			continue
		}
		if len(n.units) < nameWords {
			n.units = append(n.units, unitOf(atoms[i:j], letters))
		}
		i = j
	}
	if len(n.units) > 0 {
		names = append(names, n)
	}
	if len(n.units) > 0 && n.units[0].script == syllables {
		names = append(names, cuts(n)...)
	}
	if strings.ContainsFunc(rest, unicode.IsLetter) && !strings.ContainsAny(called, " /") {
		names = sh.parse(names, called)
	}
	return names
}

func unitOf(atoms []atom, letters []rune) unit {
	u := unit{key: atoms[0].key, script: atoms[0].script, foreign: atoms[0].foreign}
	if len(atoms) > 1 {
		var b strings.Builder
		for _, a := range atoms {
			b.WriteString(a.key)
			// The O of O'Brien is no part.
			if len(a.key) > 2 && a.script != syllables {
				u.parts = append(u.parts, a.key)
			}
		}
		u.key = b.String()
	}
	if u.script != spaced {
		u.raw = slices.Clone(letters[atoms[0].from:atoms[len(atoms)-1].to])
	}
	return u
}

// cuts are the ways to tell family and given name apart in a name written in
// syllables: after one sign, or after two.
func cuts(n name) []name {
	var all []rune
	for _, u := range n.units {
		if u.script != syllables {
			return nil
		}
		all = append(all, u.raw...)
	}
	if len(all) < 2 || len(all) > 8 {
		return nil
	}
	var names []name
	for at := 1; at <= 2 && at < len(all); at++ {
		if len(n.units) == 2 && at != len(n.units[0].raw) {
			continue
		}
		cut := name{sound: true}
		for _, part := range [][]rune{all[:at], all[at:]} {
			var b strings.Builder
			for _, r := range part {
				b.WriteString(fold(string(r)))
			}
			cut.units = append(cut.units, unit{key: b.String(), raw: part, script: syllables, foreign: true})
		}
		names = append(names, cut)
	}
	return names
}
