package sandbox

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tgHTML reads the HTML of Telegram Bot API 10.1, "HTML style". Offsets in its errors are bytes.
type tgHTML struct {
	src      string
	at       int
	out      strings.Builder
	units    int
	open     []tgTag
	entities []Entity
}

type tgTag struct {
	name   string
	entity Entity
	start  int // bytes of out before the tag
}

func parseTGHTML(src string) (string, []Entity, error) {
	p := &tgHTML{src: src}
	for p.at < len(p.src) {
		var err error
		switch p.src[p.at] {
		case '<':
			err = p.tag()
		case '&':
			err = p.reference()
		default:
			r, n := utf8.DecodeRuneInString(p.src[p.at:])
			p.at += n
			p.put(r)
		}
		if err != nil {
			return "", nil, err
		}
	}
	if n := len(p.open); n > 0 {
		return "", nil, fmt.Errorf("Can't find end tag corresponding to start tag %q", p.open[n-1].name)
	}
	return p.out.String(), p.entities, nil
}

func (p *tgHTML) put(r rune) {
	p.out.WriteRune(r)
	p.units += units(string(r))
}

// reference reads &lt; &gt; &amp; &quot; and numbers. The real server shows any other & as it is; the sandbox
// refuses it, because the documentation asks for every & to be escaped.
func (p *tgHTML) reference() error {
	start := p.at
	end := strings.IndexByte(p.src[start:], ';')
	if end > 1 && end < 12 {
		name := p.src[start+1 : start+end]
		if r, ok := characterReference(name); ok {
			p.at += end + 1
			p.put(r)
			return nil
		}
	}
	return fmt.Errorf("Unescaped \"&\" at byte offset %d", start)
}

func characterReference(name string) (rune, bool) {
	switch name {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	}
	digits, ok := strings.CutPrefix(name, "#")
	if !ok {
		return 0, false
	}
	base := 10
	if rest, hex := strings.CutPrefix(strings.ToLower(digits), "x"); hex {
		digits, base = rest, 16
	}
	n, err := strconv.ParseUint(digits, base, 21)
	if err != nil || n == 0 || !utf8.ValidRune(rune(n)) {
		return 0, false
	}
	return rune(n), true
}

// tag reads one start or end tag.
func (p *tgHTML) tag() error {
	start := p.at
	p.at++
	closing := p.at < len(p.src) && p.src[p.at] == '/'
	if closing {
		p.at++
	}
	name := strings.ToLower(p.until(func(c byte) bool { return c == '>' || c == '/' || isHTMLSpace(c) }))
	if closing {
		p.until(func(c byte) bool { return c == '>' })
		if p.at >= len(p.src) {
			return fmt.Errorf("Unclosed end tag at byte offset %d", start)
		}
		p.at++
		return p.end(name, start)
	}
	kind, ok := tgTagKinds[name]
	if !ok {
		return fmt.Errorf("Unsupported start tag %q at byte offset %d", name, start)
	}
	attributes, err := p.attributes(name, start)
	if err != nil {
		return err
	}
	e := Entity{Type: kind, Offset: p.units}
	switch name {
	case "a":
		e.URL = attributes["href"]
	case "span":
		if attributes["class"] != "tg-spoiler" {
			return fmt.Errorf("Tag \"span\" must have class \"tg-spoiler\" at byte offset %d", start)
		}
	case "code":
		e.Language, _ = strings.CutPrefix(attributes["class"], "language-")
		if e.Language == attributes["class"] {
			e.Language = ""
		}
	case "blockquote":
		if _, ok := attributes["expandable"]; ok {
			e.Type = "expandable_blockquote"
		}
	case "tg-emoji":
		e.CustomEmojiID = attributes["emoji-id"]
		if _, err := strconv.ParseInt(e.CustomEmojiID, 10, 64); err != nil {
			return errors.New("Invalid custom emoji identifier specified")
		}
	case "tg-time":
		e.UnixTime, _ = strconv.ParseInt(attributes["unix"], 10, 64)
		e.TimeFormat = attributes["format"]
		if e.UnixTime <= 0 {
			return errors.New("Invalid Unix time specified")
		}
	}
	p.open = append(p.open, tgTag{name: name, entity: e, start: p.out.Len()})
	return nil
}

var tgTagKinds = map[string]string{
	"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
	"s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "span": "spoiler", "tg-spoiler": "spoiler",
	"a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote", "tg-emoji": "custom_emoji", "tg-time": "date_time",
}

func isHTMLSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' }

func (p *tgHTML) until(stop func(byte) bool) string {
	start := p.at
	for p.at < len(p.src) && !stop(p.src[p.at]) {
		p.at++
	}
	return p.src[start:p.at]
}

// attributes reads up to and including the > of a start tag.
func (p *tgHTML) attributes(tag string, start int) (map[string]string, error) {
	found := map[string]string{}
	for {
		p.until(func(c byte) bool { return !isHTMLSpace(c) })
		if p.at >= len(p.src) {
			return nil, fmt.Errorf("Unclosed start tag at byte offset %d", start)
		}
		if p.src[p.at] == '>' {
			p.at++
			return found, nil
		}
		name := strings.ToLower(p.until(func(c byte) bool { return c == '=' || c == '>' || isHTMLSpace(c) }))
		if name == "" {
			return nil, fmt.Errorf("Empty attribute name in the tag %q at byte offset %d", tag, start)
		}
		p.until(func(c byte) bool { return !isHTMLSpace(c) })
		if p.at >= len(p.src) || p.src[p.at] != '=' {
			found[name] = ""
			continue
		}
		p.at++
		p.until(func(c byte) bool { return !isHTMLSpace(c) })
		value, err := p.attributeValue(start)
		if err != nil {
			return nil, err
		}
		found[name] = value
	}
}

func (p *tgHTML) attributeValue(start int) (string, error) {
	raw := ""
	if p.at < len(p.src) && (p.src[p.at] == '"' || p.src[p.at] == '\'') {
		quote := p.src[p.at]
		p.at++
		raw = p.until(func(c byte) bool { return c == quote })
		if p.at >= len(p.src) {
			return "", fmt.Errorf("Unclosed start tag at byte offset %d", start)
		}
		p.at++
	} else {
		raw = p.until(func(c byte) bool { return c == '>' || isHTMLSpace(c) })
		if strings.IndexFunc(raw, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' && r != '-' }) >= 0 {
			return "", fmt.Errorf("Unexpected end of name token at byte offset %d", start)
		}
	}
	var out strings.Builder
	for raw != "" {
		if end := strings.IndexByte(raw, ';'); raw[0] == '&' && end > 1 {
			if r, ok := characterReference(raw[1:end]); ok {
				out.WriteRune(r)
				raw = raw[end+1:]
				continue
			}
		}
		out.WriteByte(raw[0])
		raw = raw[1:]
	}
	return out.String(), nil
}

// end closes the innermost tag.
func (p *tgHTML) end(name string, at int) error {
	if len(p.open) == 0 {
		return fmt.Errorf("Unexpected end tag at byte offset %d", at)
	}
	tag := p.open[len(p.open)-1]
	if name != "" && name != tag.name {
		return fmt.Errorf("Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\"", at, tag.name, name)
	}
	p.open = p.open[:len(p.open)-1]
	e := tag.entity
	e.Length = p.units - e.Offset
	if e.Length == 0 {
		return nil
	}
	if tag.name == "a" {
		if e.URL == "" {
			e.URL = p.out.String()[tag.start:]
		}
		if !linkable(e.URL) {
			return nil
		}
	}
	if n := len(p.open); tag.name == "code" && n > 0 && p.open[n-1].name == "pre" {
		p.open[n-1].entity.Language = e.Language
		return nil
	}
	e.Language = keepLanguage(e)
	p.entities = append(p.entities, e)
	return nil
}

// keepLanguage drops the language of inline code: only a block has one.
func keepLanguage(e Entity) string {
	if e.Type == "pre" {
		return e.Language
	}
	return ""
}
