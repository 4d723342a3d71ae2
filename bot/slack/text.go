package slack

import (
	"net/url"
	"strings"
	"unicode"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackutilsx"

	"github.com/heedbot/heed/bot"
)

// escape makes text stand for itself in mrkdwn: nobody is called, no link is
// made (Slack docs, Escaping text).
func escape(s string) string { return slackutilsx.EscapeMessage(s) }

// clean drops what JSON or Slack may choke on: bytes that are no text and
// control characters.
func clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s)
}

// shown is the text as it will be seen; empty only if there is no text at
// all. Slack refuses an empty text, and text that nobody can see is made
// visible.
func shown(s string) string {
	if s == "" {
		return ""
	}
	s = clean(s)
	for _, r := range s {
		if !unicode.IsSpace(r) && !unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me) {
			return s
		}
	}
	return "␣"
}

// parts cuts text for sections of at most n characters.
func parts(s string, n int) []string {
	if s = shown(s); bot.Measure(s, bot.UTF16) <= n {
		if s == "" {
			return nil
		}
		return []string{s}
	}
	var out []string
	// Split measures all of what it is given for each part, so it gets a window.
	for s = strings.TrimLeft(s, " \n"); s != ""; s = strings.TrimLeft(s, " \n") {
		part := bot.Split(start(s, 2*n), n, bot.UTF16)[0]
		out, s = append(out, part), s[len(part):]
	}
	return out
}

// fit shortens text to n characters.
func fit(s string, n int) string {
	s = shown(s)
	if bot.Measure(s, bot.UTF16) <= n {
		return s
	}
	head := bot.Split(start(s, 2*n), n-1, bot.UTF16)
	if len(head) == 0 {
		return "␣"
	}
	return head[0] + "…"
}

// start is the first n characters, so that a long text is not measured whole to
// be cut short.
func start(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

// label shortens text to one line of n letters and n characters.
func label(s string, n int) string {
	s = bot.Cut(strings.Join(strings.Fields(start(shown(s), 20*n)), " "), n)
	for k := n; k > 1; k-- {
		if c := bot.Cut(s, k); bot.Measure(c, bot.UTF16) <= n {
			return c
		}
	}
	return "…"
}

func plain(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, s, false, false)
}

// mrkdwn is formatted text in our own words. Verbatim keeps Slack from making
// links and channel names out of it.
func mrkdwn(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.MarkdownType, s, false, true)
}

// mention calls a user or user group; an id that is none is shown as it is.
func mention(id string) string {
	for _, r := range id {
		if (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '_' {
			return escape(id)
		}
	}
	switch {
	case id == "":
		return ""
	case id[0] == 'S':
		return "<!subteam^" + id + ">"
	}
	return "<@" + id + ">"
}

func mentions(ids []string) string {
	var out []string
	for _, id := range ids {
		if m := mention(id); m != "" {
			out = append(out, m)
		}
	}
	return strings.Join(out, " ")
}

// joiner is a space of no width: Slack formats *bold* only beside a space or
// punctuation.
const joiner = "\u200b"

// rich gives our own words as pieces of mrkdwn, none longer than a section.
func rich(spans []bot.Span) []string {
	var tokens []string
	for _, s := range spans {
		switch {
		case s.User != "":
			tokens = append(tokens, mention(s.User))
		case s.URL != "":
			tokens = append(tokens, link(s.URL, clean(s.Text)))
		case s.Bold:
			tokens = append(tokens, bold(clean(s.Text))...)
		default:
			tokens = append(tokens, escaped(clean(s.Text))...)
		}
	}
	var out []string
	line := ""
	for _, t := range tokens {
		if bot.Measure(line+t, bot.UTF16) > sectionMax {
			out = append(out, line)
			line = ""
		}
		line += t
	}
	out = append(out, line)
	kept := out[:0]
	for _, s := range out {
		if strings.Trim(s, " \n\t"+joiner) != "" {
			kept = append(kept, s)
		}
	}
	return kept
}

// escaped is text as mrkdwn, in pieces that fit a section. Escaping makes a
// character five at most, and a piece ends its line.
func escaped(s string) []string {
	if s == "" {
		return nil
	}
	if e := escape(s); bot.Measure(e, bot.UTF16) <= sectionMax {
		return []string{e}
	}
	var out []string
	for _, p := range bot.Split(s, (sectionMax-1)/5, bot.UTF16) {
		out = append(out, escape(p)+"\n")
	}
	return out
}

func bold(s string) []string {
	body := strings.TrimSpace(s)
	if body == "" || strings.ContainsAny(body, "*\n") || bot.Measure(body, bot.UTF16) > sectionMax/6 {
		return escaped(s)
	}
	before, after, _ := strings.Cut(s, body)
	return []string{before + joiner + "*" + escape(body) + "*" + joiner + after}
}

// link shows a label for an address of the web; an address of another kind is
// left out and the label stays.
func link(to, text string) string {
	u, err := url.Parse(to)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || len(to) > sectionMax/2 {
		return strings.Join(escaped(fit(text, labelMax)), "")
	}
	// String escapes what would end the link early: spaces, <, > and |.
	to = strings.NewReplacer("&", "&amp;", "<", "%3C", ">", "%3E", "|", "%7C").Replace(u.String())
	if text == "" {
		return "<" + to + ">"
	}
	return "<" + to + "|" + escape(label(text, 200)) + ">"
}
