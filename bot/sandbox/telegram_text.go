package sandbox

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Limits of texts in UTF-16 units (Telegram Bot API 10.1, sendMessage and sendPhoto).
const (
	maxText    = 4096
	maxCaption = 1024
)

// units counts UTF-16 units, the measure of Telegram's offsets and limits.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// readText parses text or caption with its parse mode or entities, trims it as the server does, and marks
// links and commands. An empty result is for the caller to judge.
func (c *tgCall) readText(name, entitiesName string) (string, []Entity, *tgError) {
	src := clean(c.text(name))
	if len(src) > 1<<15 {
		return "", nil, badRequest("text is too long")
	}
	text, entities := src, []Entity(nil)
	var err error
	switch mode := strings.ToLower(c.text("parse_mode")); mode {
	case "", "none":
		if e := c.object(entitiesName, &entities); e != nil {
			return "", nil, e
		}
		for _, e := range entities {
			if !slices.Contains(tgEntityTypes, e.Type) {
				return "", nil, badRequest("can't parse MessageEntity: Unsupported type specified")
			}
			if e.Offset < 0 || e.Length <= 0 || e.Offset+e.Length > units(src) {
				return "", nil, badRequest("entity beginning or end is outside of the text")
			}
		}
	case "html":
		text, entities, err = parseTGHTML(src)
	case "markdownv2":
		text, entities, err = parseTGMarkdown(src, true)
	case "markdown":
		text, entities, err = parseTGMarkdown(src, false)
	default:
		return "", nil, badRequest("unsupported parse_mode")
	}
	if err != nil {
		return "", nil, badRequest("can't parse entities: " + err.Error())
	}
	text, entities = trim(text, entities)
	return text, withFound(text, entities), nil
}

// tgEntityTypes are the types of Telegram Bot API 10.1, MessageEntity.
var tgEntityTypes = []string{"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold", "italic",
	"underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre", "text_link", "text_mention",
	"custom_emoji", "date_time"}

// clean drops carriage returns and makes other control characters spaces.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return -1
		case r < ' ' && r != '\n':
			return ' '
		}
		return r
	}, s)
}

// invisible characters alone make no message.
func invisible(r rune) bool {
	return unicode.IsSpace(r) || r == 0xFEFF || r >= 0x200B && r <= 0x200F || r == 0x2060
}

// trim cuts white space at both ends and moves the entities along.
func trim(text string, entities []Entity) (string, []Entity) {
	if strings.IndexFunc(text, func(r rune) bool { return !invisible(r) }) < 0 {
		return "", nil
	}
	short := strings.TrimRightFunc(text, unicode.IsSpace)
	shorter := strings.TrimLeftFunc(short, unicode.IsSpace)
	cut, end := units(short)-units(shorter), units(shorter)
	var kept []Entity
	for _, e := range entities {
		from, to := max(e.Offset-cut, 0), min(e.Offset+e.Length-cut, end)
		if to > from {
			e.Offset, e.Length = from, to-from
			kept = append(kept, e)
		}
	}
	slices.SortStableFunc(kept, func(a, b Entity) int {
		return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(b.Length, a.Length))
	})
	return shorter, kept
}

// What the server finds in plain text by itself, in the order of preference.
var tgFound = []struct {
	kind    string
	pattern *regexp.Regexp
}{
	{"url", regexp.MustCompile(`(?i)\bhttps?://[^\s<>"]*[^\s<>".,;:!?)\]]`)},
	{"email", regexp.MustCompile(`(?i)\b[a-z0-9._+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b`)},
	{"bot_command", regexp.MustCompile(`/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?`)},
}

// withFound adds the links, e-mail addresses and commands of the text to its entities.
func withFound(text string, entities []Entity) []Entity {
	taken := func(from, to int) bool {
		return slices.ContainsFunc(entities, func(e Entity) bool {
			plain := e.Type == "code" || e.Type == "pre" || e.Type == "text_link" || e.Type == "url" || e.Type == "email"
			return plain && from < e.Offset+e.Length && e.Offset < to
		})
	}
	for _, f := range tgFound {
		for _, at := range f.pattern.FindAllStringIndex(text, -1) {
			if f.kind == "bot_command" && !standsAlone(text, at[0], at[1]) {
				continue
			}
			from := units(text[:at[0]])
			e := Entity{Type: f.kind, Offset: from, Length: units(text[at[0]:at[1]])}
			if !taken(from, from+e.Length) {
				entities = append(entities, e)
			}
		}
	}
	slices.SortStableFunc(entities, func(a, b Entity) int {
		return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(b.Length, a.Length))
	})
	return entities
}

// standsAlone tells a command from a slash inside a word or a path.
func standsAlone(text string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	after, _ := utf8.DecodeRuneInString(text[to:])
	return (from == 0 || !wordRune(before) && before != '/' && before != '<') && (to == len(text) || !wordRune(after) && after != '/')
}

func wordRune(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// linkable reports whether the server makes a link of an address; others are shown as plain text.
func linkable(s string) bool {
	if !strings.Contains(s, "://") {
		s = "http://" + s
	}
	u, err := url.Parse(s)
	if err != nil {
		return false
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		host := u.Hostname()
		return strings.Contains(host, ".") || strings.Contains(host, ":") || host == "localhost"
	case "tg", "ton", "tonsite":
		return true
	}
	return false
}
