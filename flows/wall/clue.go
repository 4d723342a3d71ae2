package wall

import (
	"strings"

	"github.com/heedbot/heed/bot"
)

// weight is how much a clue says.
type weight byte

const (
	blurred weight = 1 + iota // one part, written a little differently
	part                      // one part of a name
	pair                      // two parts, side by side
	whole                     // the full name
)

// clue is a stretch of the text that may mean a person.
type clue struct {
	span
	weight weight
	nick   bool // by a nickname or a handle
}

// hit is where one part of a name is in a text.
type hit struct {
	place
	span  span
	exact bool
}

// reader looks for one person after another in a text.
type reader struct {
	*heard
	strict bool // take full names and handles only
	clues  []clue
	page   sheet
}

// person gives the clues to one person.
func (r *reader) person(s bot.Staff) []clue {
	r.clues = nil
	names := r.page.namesOf(s)
	for _, n := range names {
		if len(n.units) > 1 {
			r.full(n)
			continue
		}
		r.single(n)
		if n.nick && len(r.grams[n.units[0].key]) > 0 {
			r.called(n.units[0], names)
		}
	}
	return r.clues
}

func (r *reader) clue(s span, w weight) { r.clues = append(r.clues, clue{span: s, weight: w}) }

// single looks for a name of one word.
func (r *reader) single(n name) {
	u := n.units[0]
	if u.script != spaced {
		r.signs(u)
	}
	for _, p := range r.grams[u.key] {
		s := r.span(p.i, p.j)
		a := r.atoms[p.i]
		if !p.firm || !r.clean(p.i, p.j) && !u.foreign || a.script == syllables && !r.bounded(s) {
			continue
		}
		if !r.stands(p.i, p.j, u.key) {
			continue
		}
		nick := n.nick && len(u.key) > 1 && !everyday(u.key) && (!given(u.key) || a.at || r.short || a.capital && !r.plain)
		if r.strict {
			nick = n.nick && len(u.key) >= 4 && (a.at || a.capital && !r.plain && !everyday(u.key) && !given(u.key))
		}
		w := part
		if p.j-p.i > 1 {
			w = pair
			for _, x := range r.atoms[p.i : p.j-1] {
				nick = nick && x.glue
			}
		}
		r.clues = append(r.clues, clue{span: s, weight: w, nick: nick})
	}
	if n.nick && !r.strict && u.script == spaced {
		for _, h := range r.near(u) {
			r.clue(h.span, blurred)
		}
	}
}

// called looks for a nickname beside a part of a fuller name.
func (r *reader) called(nick unit, names []name) {
	for _, n := range names {
		if len(n.units) < 2 || n.sound {
			continue
		}
		for _, u := range []unit{n.head(), n.tail()} {
			both := name{units: []unit{nick, u}}
			for _, a := range r.hits(nick, false) {
				for _, b := range r.hits(u, false) {
					r.beside(both, a, b)
				}
			}
		}
	}
}

// signs looks for a name in a script without spaces as it is written.
func (r *reader) signs(u unit) {
	for _, s := range r.find(u.raw) {
		tight := r.bounded(s)
		switch {
		case u.script == syllables && (len(u.raw) > 2 || tight):
			r.clue(s, whole)
		case u.script == run && tight && len(u.raw) > 2:
			r.clue(s, part)
		case !r.strict && (u.script == syllables || len(u.raw) > 3):
			r.clue(s, part)
		}
	}
}

// full looks for a name of several words.
func (r *reader) full(n name) {
	head, tail := n.head(), n.tail()
	r.pieces(n)
	heads, tails := r.hits(head, n.sound), r.hits(tail, n.sound)
	for i, u := range n.units[1:] {
		if p := n.units[i]; particle(p.key) && u.script == spaced {
			// De Luca is Deluca as well.
			one := r.hits(unit{key: p.key + u.key, foreign: u.foreign}, n.sound)
			if i+2 == len(n.units) {
				tails = append(tails, one...)
			} else {
				heads = append(heads, one...)
			}
		}
	}
	if len(heads) > 0 && len(tails) > 0 {
		for _, a := range heads {
			for _, b := range tails {
				r.beside(n, a, b)
			}
		}
	}
	for _, h := range heads {
		r.alone(h, head)
	}
	for _, h := range tails {
		r.alone(h, tail)
	}
	if r.strict {
		return
	}
	for _, u := range n.middle() {
		if !particle(u.key) && len(u.key) > 1 {
			for _, h := range r.hits(u, n.sound) {
				r.alone(h, u)
			}
		}
	}
	for _, u := range n.units {
		if len(u.parts) < 2 {
			continue
		}
		for _, p := range u.parts {
			for _, h := range r.hits(unit{key: p, foreign: u.foreign}, n.sound) {
				r.alone(h, unit{key: p})
			}
		}
	}
	r.initials(n, heads, tails)
}

// pieces looks for the whole name written as any number of words.
func (r *reader) pieces(n name) {
	for _, k := range n.spellings() {
		if len(k) < 4 {
			continue
		}
		for _, p := range r.grams[k] {
			s := r.span(p.i, p.j)
			as := r.atoms[p.i].script == syllables
			switch {
			case as && (n.sound || p.j-p.i < 3):
				// The same sound is not the same sign.
				if !r.strict && (p.j-p.i > 2 || r.bounded(s)) {
					r.clue(s, pair)
				}
			case as && !r.strict:
				r.clue(s, whole)
			case as:
			case p.j-p.i != len(n.units) && len(k) < 7 && !p.firm:
			case !r.clean(p.i, p.j):
				r.clue(s, part)
			case !r.meant(p.i, p.j, n):
			default:
				r.clue(s, whole)
			}
		}
	}
}

// hits gives the places of one part of a name.
func (r *reader) hits(u unit, sound bool) []hit {
	var hits []hit
	if u.script != spaced {
		for _, s := range r.find(u.raw) {
			if u.script == syllables || len(u.raw) > 3 || r.bounded(s) {
				hits = append(hits, hit{place{-1, -1, true}, s, true})
			}
		}
	}
	for _, p := range r.grams[u.key] {
		a := r.atoms[p.i]
		if !p.firm || a.script == syllables && (sound && p.j-p.i < 2 || r.strict) {
			continue
		}
		hits = append(hits, hit{p, r.span(p.i, p.j), !(sound && a.script == syllables)})
	}
	if r.strict {
		return hits
	}
	return append(hits, r.near(u)...)
}

// near gives the places of words that one part of a name may have been meant
// by: with a slip, another ending, or from another script.
func (r *reader) near(u unit) []hit {
	var hits []hit
	add := func(i int) {
		if len(hits) < copies {
			hits = append(hits, hit{place{i, i + 1, true}, r.atoms[i].span, false})
		}
	}
	if n := len(u.key); n < 3 || n > 30 {
		return nil
	} else if n >= 5 && u.script == spaced {
		for _, i := range r.slips[u.key] {
			if slip(u.key, r.atoms[i].key) {
				add(i)
			}
		}
		for k := range n {
			for _, i := range r.slips[u.key[:k]+u.key[k+1:]] {
				if r.atoms[i].key != u.key && slip(u.key, r.atoms[i].key) && !r.usual(i, u.key) {
					add(i)
				}
			}
		}
		for _, i := range r.bare[umlauts.Replace(u.key)] {
			if r.atoms[i].key != u.key {
				add(i)
			}
		}
	}
	if len(u.key) >= 4 && u.script != syllables {
		for _, i := range r.stems[u.key[:4]] {
			if stem(u.key, r.atoms[i].key) && !r.usual(i, u.key) {
				add(i)
			}
		}
	}
	if u.script == spaced && !u.foreign {
		r.bent(u, add)
	}
	r.heardAs(u, add)
	return hits
}

// bent looks for short names with other endings: after a title, or where the
// ending itself shows it.
func (r *reader) bent(u unit, add func(int)) {
	for _, i := range r.marked() {
		a := r.atoms[i]
		if a.nasal && strings.HasSuffix(u.key, "a") && a.key[:len(a.key)-1] == u.key[:len(u.key)-1] && a.key != u.key ||
			r.titled(i) && ending(u.key, a.key) {
			add(i)
		}
	}
}

// heardAs looks for the sound of a name from another script.
func (r *reader) heardAs(u unit, add func(int)) {
	from := r.spoken
	if u.foreign {
		from = r.latin
	}
	if len(from) == 0 || !u.foreign && len(r.spoken) == 0 {
		return
	}
	for _, s := range sounds(u.key) {
		if len(s) < 3 {
			continue
		}
		for _, i := range from[s] {
			if len(s) > 3 || r.titled(i) || r.short {
				add(i)
			}
		}
	}
}
