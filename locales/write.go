package locales

import (
	"strconv"
	"strings"
	"unicode"
)

// Number writes a whole number as the language does, which its file shows on
// two examples: 1,234 and 1,234,567.
func (c *Catalog) Number(lang string, n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	thousand, million := c.raw(lang, NumberThousand), c.raw(lang, NumberMillion)
	apart := separator(million)
	if len(digits) < 4 || len(digits) == 4 && separator(thousand) == "" {
		return sign + digits
	}
	head := len(digits) % 3
	groups := []string{}
	if head > 0 {
		groups = append(groups, digits[:head])
	}
	for ; head < len(digits); head += 3 {
		groups = append(groups, digits[head:head+3])
	}
	return sign + strings.Join(groups, apart)
}

// separator is what stands after the first digit of an example.
func separator(example string) string {
	for _, r := range strings.TrimLeftFunc(example, unicode.IsDigit) {
		return string(r)
	}
	return ""
}

// List joins names as the language lists them: a, b and c.
func (c *Catalog) List(lang string, items []string) string {
	if len(items) == 2 {
		return c.Text(lang, ListPair, "A", items[0], "B", items[1])
	}
	return c.list(lang, items, ListLast)
}

// Note puts something in brackets behind a text.
func (c *Catalog) Note(lang, text, note string) string {
	return c.Text(lang, ListNote, "A", text, "B", note)
}

// Colon gives a text, a colon, and what it is of.
func (c *Catalog) Colon(lang, text, of string) string {
	return c.Text(lang, ListColon, "A", text, "B", of)
}

// Next gives a sentence after another; either may be "".
func (c *Catalog) Next(lang, sentence, next string) string {
	if sentence == "" || next == "" {
		return sentence + next
	}
	return c.Text(lang, ListNext, "A", sentence, "B", next)
}

// Choice joins names as the language lists alternatives: a, b or c.
func (c *Catalog) Choice(lang string, items []string) string { return c.list(lang, items, PolicyOr) }

func (c *Catalog) list(lang string, items []string, last Key) string {
	if len(items) == 0 {
		return ""
	}
	s := items[0]
	for i, item := range items[1:] {
		k := ListMiddle
		if i == len(items)-2 {
			k = last
		}
		s = c.Text(lang, k, "A", s, "B", item)
	}
	return s
}
