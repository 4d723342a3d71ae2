package wall

import "slices"

// marked are the words that may be short names with other endings.
func (h *heard) marked() []int {
	if h.ends == nil {
		h.ends = []int{}
		for i, a := range h.atoms {
			if (a.nasal || h.titled(i)) && a.script == spaced && len(a.key) > 1 && len(h.ends) < 4*copies {
				h.ends = append(h.ends, i)
			}
		}
	}
	return h.ends
}

// clean tells whether a stretch of words does not begin or end inside another
// one, such as a double name.
func (h *heard) clean(i, j int) bool {
	if h.atoms[i].script != spaced {
		return true
	}
	after := h.atoms[j-1].glue && !(j < len(h.atoms) && (h.atoms[j].key == "s" || h.atoms[j].script != spaced))
	before := i > 0 && h.atoms[i-1].glue && len(h.atoms[i-1].key) > 2 && h.atoms[i-1].script == spaced
	return !before && !after
}

// slight tells whether a word in lower case is hardly a name.
func slight(key string) bool { return len(key) < 4 || everyday(key) }

// stands tells whether a word may be a name by itself where it is written.
func (h *heard) stands(i, j int, key string) bool {
	a := h.atoms[i]
	switch {
	case a.script != spaced || h.short && !title(key) || a.at || h.titled(i):
		return true
	case title(key):
		// "Anh" is a title before a name and a name elsewhere.
		return len(h.atoms) == 1 || a.capital && !h.plain && !h.first(i) && (j >= len(h.atoms) || !h.atoms[j].capital || h.atoms[j-1].stop)
	case joiner(key) || particle(key):
		return a.capital && !h.plain && !h.first(i)
	case slight(key):
		return a.capital && !h.plain
	}
	return true
}

// usual tells whether a word is too usual where it is to be another one written
// badly.
func (h *heard) usual(i int, key string) bool {
	a := h.atoms[i]
	if h.short || h.titled(i) || a.foreign {
		return false
	}
	return slight(a.key) || everyday(key) || !a.capital && (!h.plain || len(key) < 5)
}

// meant tells whether the words of a full name are one, and not a sentence such
// as "will long".
func (h *heard) meant(i, j int, n name) bool {
	return h.intended(slices.ContainsFunc(n.units, func(u unit) bool { return !slight(u.key) && !given(u.key) }), i, j)
}

func (h *heard) intended(rare bool, i, j int) bool {
	if rare || h.short {
		return true
	}
	if h.plain {
		return false
	}
	for _, a := range h.atoms[i:j] {
		if !a.capital && !a.glue && !a.foreign {
			return false
		}
	}
	return true
}

// alone takes one part of a name as a clue, where it may be.
func (r *reader) alone(h hit, u unit) {
	w := part
	if !h.exact {
		w = blurred
	}
	switch {
	case h.i < 0:
		if len(u.raw) < 2 && !r.bounded(h.span) {
			return
		}
	case r.atoms[h.i].script == syllables:
		if h.j-h.i < 2 && !r.bounded(h.span) {
			return
		}
	case len(u.key) < 2 || !r.stands(h.i, h.j, r.atoms[h.i].key):
		return
	}
	r.clue(h.span, w)
}

// beside takes two parts of a name that are next to each other.
func (r *reader) beside(n name, a, b hit) {
	if a.span.from > b.span.from {
		a, b = b, a
	}
	if a.span.to > b.span.from {
		return
	}
	s := span{a.span.from, b.span.to}
	if a.i < 0 || b.i < 0 {
		// Signs have no spaces to count words by.
		if s.letters()-a.span.letters()-b.span.letters() == 0 && a.exact && b.exact && a.span.letters()+b.span.letters() > 2 {
			r.clue(s, whole)
		}
		return
	}
	if b.i-a.j > nameWords {
		return
	}
	foreign, stops, named := 0, 0, true
	for k := a.j - 1; k < b.i; k++ {
		if r.atoms[k].stop {
			stops++
		}
		if k < a.j {
			continue
		}
		x := r.atoms[k]
		own := slices.ContainsFunc(n.units, func(u unit) bool { return u.key == x.key || slices.Contains(u.parts, x.key) })
		switch {
		case joiner(x.key) && !own:
			return
		case own, title(x.key), len(x.key) == 1 && x.dotted:
		default:
			foreign++
			named = named && (x.capital || r.plain && r.strict)
		}
	}
	exact := a.exact && b.exact
	sign := r.atoms[a.i].script == syllables || r.atoms[b.i].script == syllables
	listed := stops == 1 && foreign == 0 && r.only(a.i, b.j)
	rare := !slight(n.head().key) && !given(n.head().key) || !slight(n.tail().key) && !given(n.tail().key)
	switch {
	case foreign > 1 || r.strict && !named || stops > 0 && !listed && (foreign > 0 || r.strict) || stops > 1:
	case !r.intended(rare, a.i, a.j) || !r.intended(rare, b.i, b.j):
	case exact && !sign && foreign == 0 && (stops == 0 || listed) && r.clean(a.i, b.j) && len(n.head().key) > 1 && len(n.tail().key) > 1:
		r.clue(s, whole)
	case r.strict && exact && !sign && r.clean(a.i, b.j):
		r.clue(s, whole)
	case r.strict:
	case foreign == 1 && stops == 0 && !sign && named:
		r.clue(s, pair)
	case foreign == 0 && stops == 0 && (!sign || b.i-a.j == 0 && b.j-a.i > 2):
		r.clue(s, pair)
	default:
		r.clue(a.span, part)
		r.clue(b.span, part)
	}
}

// only tells whether nothing but titles stands around a stretch of words.
func (h *heard) only(i, j int) bool {
	for k, a := range h.atoms {
		if (k < i || k >= j) && !title(a.key) {
			return false
		}
	}
	return true
}

// initials takes a family name with the first letter of another part, such as
// "A. Oakhurst". M. and P. are titles as well and say nothing.
func (r *reader) initials(n name, heads, tails []hit) {
	check := func(hits []hit, other unit) {
		for _, h := range hits {
			if h.i < 0 || !h.exact || other.key == "" {
				continue
			}
			for _, k := range []int{h.i - 1, h.j} {
				if k < 0 || k >= len(r.atoms) || r.atoms[min(k, h.j-1)].stop {
					continue
				}
				x := r.atoms[k]
				if len(x.key) == 1 && x.key[0] == other.key[0] && !title(x.key) && (x.dotted || x.capital && x.key != "i" && x.key != "a") {
					r.clue(span{min(h.span.from, x.from), max(h.span.to, x.to)}, pair)
				}
			}
		}
	}
	check(heads, n.tail())
	check(tails, n.head())
}
