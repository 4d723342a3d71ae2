package sandbox

import (
	"regexp"
	"slices"
	"strings"
)

var (
	slackMention = regexp.MustCompile(`<(@[UW][A-Z0-9_]+|!subteam\^S[A-Z0-9_]+|!channel|!here|!everyone)(?:\|[^<>]*)?>`)
	slackToken   = regexp.MustCompile(`<(?:@[UW][A-Z0-9_]+|#[CGD][A-Z0-9_]+|!subteam\^S[A-Z0-9_]+|!channel|!here|!everyone)(?:\|[^<>]*)?>|https?://[^\s<>]+`)
	slackHandle  = regexp.MustCompile(`(^|[\s(])@([a-z0-9][a-z0-9._-]*)`)
	slackHash    = regexp.MustCompile(`(^|[\s(])#([a-z0-9][a-z0-9_-]*)`)
	slackEscape  = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
)

// slackEmoji are emoji that Slack replaces by shortcodes as people type them; each with its name and
// the code points as Slack writes them.
var slackEmoji = []struct{ char, name, unicode string }{
	{"👍", "+1", "1f44d"}, {"👎", "-1", "1f44e"}, {"🙏", "pray", "1f64f"}, {"✅", "white_check_mark", "2705"},
	{"❤️", "heart", "2764-fe0f"}, {"🙂", "slightly_smiling_face", "1f642"}, {"😀", "grinning", "1f600"},
	{"🎉", "tada", "1f389"}, {"⚠️", "warning", "26a0-fe0f"}, {"😢", "cry", "1f622"},
}

// compose turns what a person types into what Slack stores: the encoded text and a rich_text block.
// Mentions may be typed as "@handle" or as Slack's own token. The caller holds the lock.
func (s *Slack) compose(typed string) (string, []any) {
	typed = s.nameHandles(typed, false)
	var text strings.Builder
	var elements []any
	for typed != "" {
		at := slackToken.FindStringIndex(typed)
		plain := typed
		if at != nil {
			plain = typed[:at[0]]
		}
		encoded, parts := composePlain(plain)
		text.WriteString(encoded)
		elements = append(elements, parts...)
		if at == nil {
			break
		}
		encoded, part := composeToken(typed[at[0]:at[1]])
		text.WriteString(encoded)
		elements = append(elements, part)
		typed = typed[at[1]:]
	}
	section := slackJSON{"type": "rich_text_section", "elements": slackList(elements)}
	return text.String(), []any{slackJSON{"type": "rich_text", "block_id": slackRandom(3), "elements": []any{section}}}
}

func composePlain(typed string) (string, []any) {
	var text strings.Builder
	var parts []any
	for typed != "" {
		first, found := len(typed), -1
		for i, e := range slackEmoji {
			if at := strings.Index(typed, e.char); at >= 0 && at < first {
				first, found = at, i
			}
		}
		if first > 0 {
			text.WriteString(slackEscape.Replace(typed[:first]))
			parts = append(parts, slackJSON{"type": "text", "text": typed[:first]})
		}
		if found < 0 {
			break
		}
		e := slackEmoji[found]
		text.WriteString(":" + e.name + ":")
		parts = append(parts, slackJSON{"type": "emoji", "name": e.name, "unicode": e.unicode})
		typed = typed[first+len(e.char):]
	}
	return text.String(), parts
}

func composeToken(token string) (string, slackJSON) {
	if strings.HasPrefix(token, "http") {
		return "<" + slackEscape.Replace(token) + ">", slackJSON{"type": "link", "url": token}
	}
	id, _, _ := strings.Cut(strings.Trim(token, "<>"), "|")
	switch {
	case id[0] == '@':
		return "<" + id + ">", slackJSON{"type": "user", "user_id": id[1:]}
	case id[0] == '#':
		return "<" + id + ">", slackJSON{"type": "channel", "channel_id": id[1:]}
	case strings.HasPrefix(id, "!subteam^"):
		return "<" + id + ">", slackJSON{"type": "usergroup", "usergroup_id": strings.TrimPrefix(id, "!subteam^")}
	}
	return "<" + id + ">", slackJSON{"type": "broadcast", "range": id[1:]}
}

// nameHandles replaces @handle and #channel by Slack's tokens, with the name inside if labels is
// set, as Slack does for commands with should_escape.
func (s *Slack) nameHandles(text string, labels bool) string {
	label := func(name string) string {
		if labels {
			return "|" + name
		}
		return ""
	}
	text = slackHandle.ReplaceAllStringFunc(text, func(m string) string {
		at := strings.IndexByte(m, '@')
		name := strings.TrimRight(m[at+1:], ".-")
		rest := m[at+1+len(name):]
		if name == "channel" || name == "here" || name == "everyone" {
			return m[:at] + "<!" + name + ">" + rest
		}
		for _, id := range s.userOrder {
			if s.users[id].Name == name {
				return m[:at] + "<@" + id + label(name) + ">" + rest
			}
		}
		for _, id := range s.groupOrder {
			if s.groups[id].handle == name {
				return m[:at] + "<!subteam^" + id + label("@"+name) + ">" + rest
			}
		}
		return m
	})
	return slackHash.ReplaceAllStringFunc(text, func(m string) string {
		at := strings.IndexByte(m, '#')
		for _, id := range s.chanOrder {
			if s.channels[id].name == m[at+1:] {
				return m[:at] + "<#" + id + label(m[at+1:]) + ">"
			}
		}
		return m
	})
}

// notified returns whom a new message pings: members of the channel who are mentioned in its text or
// in formatted text of its blocks, themselves or through a group or the whole channel. Text objects
// of type plain_text mention nobody. The caller holds the lock.
func (s *Slack) notified(m *slackMessage) map[string]bool {
	var marks []string
	collectSlackMarks(m.text, &marks)
	collectSlackMarks(m.blocks, &marks)
	collectSlackMarks(m.attachments, &marks)
	out := map[string]bool{}
	ch := s.channels[m.channel]
	for _, mark := range marks {
		var who []string
		switch {
		case mark[0] == '@':
			who = []string{mark[1:]}
		case strings.HasPrefix(mark, "!subteam^"):
			if g := s.groups[strings.TrimPrefix(mark, "!subteam^")]; g != nil {
				who = g.users
			}
		default:
			who = ch.members
		}
		for _, id := range who {
			if u := s.users[id]; u != nil && !u.Deleted && id != m.user && slices.Contains(ch.members, id) {
				out[id] = true
			}
		}
	}
	return out
}

// collectSlackMarks finds mentions: in a string as such, in blocks by the kind of each part.
func collectSlackMarks(value any, out *[]string) {
	switch v := value.(type) {
	case string:
		for _, m := range slackMention.FindAllStringSubmatch(v, -1) {
			*out = append(*out, m[1])
		}
	case []any:
		for _, inner := range v {
			if _, isText := inner.(string); !isText {
				collectSlackMarks(inner, out)
			}
		}
	case slackJSON:
		field := func(name string) string { text, _ := v[name].(string); return text }
		switch v["type"] {
		case "plain_text", "text":
			return
		case "mrkdwn", "markdown":
			collectSlackMarks(field("text"), out)
			return
		case "user":
			*out = append(*out, "@"+field("user_id"))
		case "usergroup":
			*out = append(*out, "!subteam^"+field("usergroup_id"))
		case "broadcast":
			*out = append(*out, "!"+field("range"))
		case nil: // an attachment of the older kind
			collectSlackMarks(field("text"), out)
			collectSlackMarks(field("pretext"), out)
		}
		for name, inner := range v {
			if _, isText := inner.(string); !isText && name != "confirm" {
				collectSlackMarks(inner, out)
			}
		}
	}
}

// slackList keeps an empty list from becoming null in JSON.
func slackList(list []any) []any {
	if list == nil {
		return []any{}
	}
	return list
}
