package bot

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Fit gives a message the form a platform can take: parts no longer than its
// limit, and numbered lines in place of buttons it does not have. Nothing is
// lost. It is pure, so what is kept is what is sent.
func Fit(m Message, f Features) []Message {
	if len(m.Choices) > f.Choices {
		var b strings.Builder
		b.WriteString(m.Text)
		b.WriteString("\n")
		for i, c := range m.Choices {
			b.WriteString("\n" + strconv.Itoa(i+1) + ". " + c.Label)
		}
		m.Text, m.Choices = b.String(), nil
	}
	if f.LabelMax > 0 {
		cs := make([]Choice, len(m.Choices))
		for i, c := range m.Choices {
			c.Label = Cut(c.Label, f.LabelMax)
			cs[i] = c
		}
		if len(cs) > 0 {
			m.Choices = cs
		}
	}
	parts := Split(m.Text, f.TextMax, f.TextUnit)
	out := make([]Message, len(parts))
	for i, p := range parts {
		out[i] = Message{Text: p}
	}
	last := &out[len(out)-1]
	last.Choices, last.Wide = m.Choices, m.Wide
	return out
}

// Split cuts a text into parts of at most limit units, at a paragraph, a line,
// a sentence or a space where there is one, and never inside a letter as a
// person counts them (unless one letter alone is longer than the limit). A
// limit of 0 is none.
func Split(s string, limit int, unit TextUnit) []string {
	if limit <= 0 || Measure(s, unit) <= limit {
		return []string{s}
	}
	var parts []string
	add := func(part string) {
		if part = strings.TrimRight(part, " \n"); part != "" {
			parts = append(parts, part)
		}
	}
	start, last, used := 0, 0, 0 // of the part at hand; last is the end of its last letter
	for _, end := range letterEnds(s) {
		size := Measure(s[last:end], unit)
		for used+size > limit && last > start {
			cut := start + breakIn(s[start:last])
			add(s[start:cut])
			start = cut + len(s[cut:last]) - len(strings.TrimLeft(s[cut:last], " \n"))
			used = Measure(s[start:last], unit)
		}
		for size > limit {
			// One letter longer than the limit: thousands of marks on one base.
			cut := last + within(s[last:end], limit, unit)
			add(s[last:cut])
			start, last, used = cut, cut, 0
			size = Measure(s[last:end], unit)
		}
		last, used = end, used+size
	}
	add(strings.TrimLeft(s[start:], " \n"))
	if len(parts) == 0 {
		return []string{""}
	}
	return parts
}

// breakIn is where a part is best ended: after a paragraph, a line, a
// sentence or a space in its second half, else at its end.
func breakIn(part string) int {
	for _, sep := range []string{"\n\n", "\n", ". ", "。", "，", " "} {
		if i := strings.LastIndex(part, sep); i > len(part)/2 {
			return i + len(sep)
		}
	}
	return len(part)
}

// within is the greatest cut between runes that keeps to the limit; at least
// one rune.
func within(s string, limit int, unit TextUnit) int {
	used, cut := 0, 0
	for i, r := range s {
		n := Measure(string(r), unit)
		if used+n > limit && i > 0 {
			return i
		}
		used += n
		cut = i + utf8.RuneLen(r)
	}
	return max(cut, 1)
}

// Measure counts a text in a platform's unit.
func Measure(s string, unit TextUnit) int {
	switch unit {
	case Bytes:
		return len(s)
	case UTF16:
		n := 0
		for _, r := range s {
			n += max(utf16.RuneLen(r), 1)
		}
		return n
	}
	return utf8.RuneCountInString(s)
}

// Cut shortens a text to at most n letters as a person counts them, with an
// ellipsis as the last when something was cut. Lao has no space between words,
// and a word cut short may read as another: there the cut is at the end of a
// clause, where one is near.
func Cut(s string, n int) string {
	ends := letterEnds(s)
	if len(ends) <= n {
		return s
	}
	if n <= 1 {
		return "…"
	}
	head := s[:ends[n-2]]
	if i := strings.LastIndex(head, " "); i > len(head)/2 && s[len(head)] != ' ' && strings.ContainsFunc(head[i:], func(r rune) bool { return unicode.Is(unicode.Lao, r) }) {
		head = head[:i]
	}
	return strings.TrimRight(head, " ") + "…"
}

// letterEnds gives the byte offset after each letter as a person counts them:
// a base with its marks, joiners, modifiers and flags.
func letterEnds(s string) []int {
	var ends []int
	joined, flags := false, 0
	for i, r := range s {
		flag := r >= 0x1F1E6 && r <= 0x1F1FF
		if i > 0 && !joined && !extends(r) && !(flag && flags%2 == 1) {
			ends = append(ends, i)
		}
		joined = r == 0x200D
		if flag {
			flags++
		} else {
			flags = 0
		}
	}
	if s != "" {
		ends = append(ends, len(s))
	}
	return ends
}

// extends tells whether a rune belongs to the letter before it. Lao and Thai
// vowels that Unicode counts as letters follow their consonant on screen too.
func extends(r rune) bool {
	return r == 0x200D || unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc) ||
		(r >= 0x1F3FB && r <= 0x1F3FF) || (r >= 0xFE00 && r <= 0xFE0F) || (r >= 0xE0020 && r <= 0xE007F) ||
		r == 0x0EB3 || r == 0x0E33
}
