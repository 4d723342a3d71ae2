package sandbox

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// reservedMarkdown must be escaped outside of code (Telegram Bot API 10.1, "MarkdownV2 style").
const reservedMarkdown = "_*[]()~`>#+-=|{}.!"

// tgMarkdown reads MarkdownV2, and the old Markdown in which only four marks exist and nothing nests.
type tgMarkdown struct {
	src      string
	v2       bool
	at       int
	out      strings.Builder
	units    int
	open     []tgMark
	entities []Entity
}

type tgMark struct {
	mark  string
	kind  string
	from  int
	start int
	at    int
}

func parseTGMarkdown(src string, v2 bool) (string, []Entity, error) {
	p := &tgMarkdown{src: src, v2: v2}
	for p.at < len(p.src) {
		if err := p.step(); err != nil {
			return "", nil, err
		}
	}
	p.closeQuote()
	if n := len(p.open); n > 0 {
		return "", nil, p.endless(p.open[n-1].kind, p.open[n-1].at)
	}
	return p.out.String(), p.entities, nil
}

func (p *tgMarkdown) endless(kind string, at int) error {
	if !p.v2 {
		return fmt.Errorf("Can't find end of the entity starting at byte offset %d", at)
	}
	return fmt.Errorf("Can't find end of %s entity at byte offset %d", capital(kind), at)
}

func capital(kind string) string {
	words := strings.Split(kind, "_")
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, "")
}

func (p *tgMarkdown) put(r rune) {
	p.out.WriteRune(r)
	p.units += units(string(r))
}

// mark is the mark at the current place: the longest that fits, preferring one that closes.
func (p *tgMarkdown) mark() (mark, kind string) {
	rest := p.src[p.at:]
	marks := []struct{ mark, kind string }{{"```", "pre"}, {"`", "code"}, {"*", "bold"}, {"_", "italic"}}
	if p.v2 {
		marks = []struct{ mark, kind string }{{"```", "pre"}, {"`", "code"}, {"||", "spoiler"}, {"__", "underline"},
			{"*", "bold"}, {"_", "italic"}, {"~", "strikethrough"}}
	}
	for _, m := range marks {
		if strings.HasPrefix(rest, m.mark) {
			return m.mark, m.kind
		}
	}
	return "", ""
}

func (p *tgMarkdown) top() *tgMark {
	if n := len(p.open); n > 0 {
		return &p.open[n-1]
	}
	return nil
}

func (p *tgMarkdown) step() error {
	c := p.src[p.at]
	if c == '\\' && p.at+1 < len(p.src) && p.escapes(p.src[p.at+1]) {
		p.put(rune(p.src[p.at+1]))
		p.at += 2
		return nil
	}
	if c == '\n' {
		if rest := p.src[p.at+1:]; !strings.HasPrefix(rest, ">") {
			p.closeQuote()
		}
	}
	if p.v2 && c == '>' && (p.at == 0 || p.src[p.at-1] == '\n') {
		if t := p.top(); t == nil || t.kind != "blockquote" {
			p.open = append(p.open, tgMark{kind: "blockquote", from: p.units, start: p.out.Len(), at: p.at})
		}
		p.at++
		return nil
	}
	mark, kind := p.mark()
	if t := p.top(); mark != "" && t != nil && t.mark == mark {
		p.at += len(mark)
		p.close()
		return nil
	}
	if kind == "pre" || kind == "code" {
		return p.code(mark, kind)
	}
	if mark != "" && (p.v2 || p.top() == nil) {
		p.open = append(p.open, tgMark{mark: mark, kind: kind, from: p.units, start: p.out.Len(), at: p.at})
		p.at += len(mark)
		return nil
	}
	if p.v2 && strings.HasPrefix(p.src[p.at:], "![") {
		p.at++
		c = '['
	}
	if c == '[' && (p.v2 || p.top() == nil) {
		p.open = append(p.open, tgMark{mark: "]", kind: "text_link", from: p.units, start: p.out.Len(), at: p.at})
		p.at++
		return nil
	}
	if c == ']' {
		if t := p.top(); t != nil && t.mark == "]" {
			return p.linkEnd()
		}
	}
	if p.v2 && strings.IndexByte(reservedMarkdown, c) >= 0 {
		return fmt.Errorf("Character '%c' is reserved and must be escaped with the preceding '\\'", c)
	}
	r, n := utf8.DecodeRuneInString(p.src[p.at:])
	p.at += n
	p.put(r)
	return nil
}

func (p *tgMarkdown) escapes(c byte) bool {
	if p.v2 {
		return c > 0 && c < 127
	}
	return strings.IndexByte("_*`[", c) >= 0
}

func (p *tgMarkdown) close() {
	t := *p.top()
	p.open = p.open[:len(p.open)-1]
	p.emit(Entity{Type: t.kind, Offset: t.from, Length: p.units - t.from})
}

func (p *tgMarkdown) closeQuote() {
	if t := p.top(); t != nil && t.kind == "blockquote" {
		p.close()
	}
}

func (p *tgMarkdown) emit(e Entity) {
	if e.Length > 0 {
		p.entities = append(p.entities, e)
	}
}

// code copies up to the closing mark; only ` and \ are escaped inside.
func (p *tgMarkdown) code(mark, kind string) error {
	start, from := p.at, p.units
	p.at += len(mark)
	language := ""
	if kind == "pre" {
		if line, _, ok := strings.Cut(p.src[p.at:], "\n"); ok && !strings.ContainsAny(line, " `") {
			language = line
			p.at += len(line) + 1
		}
	}
	for p.at < len(p.src) {
		if strings.HasPrefix(p.src[p.at:], mark) {
			p.at += len(mark)
			p.emit(Entity{Type: kind, Offset: from, Length: p.units - from, Language: language})
			return nil
		}
		if p.v2 && p.src[p.at] == '\\' && p.at+1 < len(p.src) {
			p.at++
		}
		r, n := utf8.DecodeRuneInString(p.src[p.at:])
		p.at += n
		p.put(r)
	}
	return p.endless(kind, start)
}

func (p *tgMarkdown) linkEnd() error {
	t := *p.top()
	p.open = p.open[:len(p.open)-1]
	p.at++
	address := p.out.String()[t.start:]
	if p.at < len(p.src) && p.src[p.at] == '(' {
		var b strings.Builder
		p.at++
		for {
			if p.at >= len(p.src) {
				return fmt.Errorf("Can't find end of a URL at byte offset %d", t.at)
			}
			c := p.src[p.at]
			p.at++
			if c == ')' {
				break
			}
			if c == '\\' && p.v2 && p.at < len(p.src) {
				c = p.src[p.at]
				p.at++
			}
			b.WriteByte(c)
		}
		address = b.String()
	}
	if id, ok := strings.CutPrefix(address, "tg://emoji?id="); ok {
		p.emit(Entity{Type: "custom_emoji", Offset: t.from, Length: p.units - t.from, CustomEmojiID: id})
	} else if linkable(address) {
		p.emit(Entity{Type: "text_link", Offset: t.from, Length: p.units - t.from, URL: address})
	}
	return nil
}
