package bottest

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/heedbot/heed/bot"
)

// entry is something someone saw. Entries of one instant are shown customer
// by customer, then complaint by complaint: which lane ran first says nothing.
type entry struct {
	key  string
	text string
	// deleted counts the posts taken out of a channel; who stands before it.
	deleted int
	who     string
}

// show notes what someone sees; who stands before it.
func (p *Player) show(key, who, text string) {
	if p.mute {
		return
	}
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if i == 0 {
			lines[i] = strings.TrimRight(who+l, " ")
		} else if l != "" {
			lines[i] = strings.Repeat(" ", 5) + l
		}
	}
	p.entries = append(p.entries, entry{key: key, text: strings.Join(lines, "\n")})
}

// showDeleted notes that a post is gone. Several in a row of one channel are
// one line.
func (p *Player) showDeleted(key, who string) {
	for i := len(p.entries) - 1; i >= 0; i-- {
		e := &p.entries[i]
		if e.key != key {
			continue
		}
		if e.deleted == 0 {
			break
		}
		e.deleted++
		e.text = fmt.Sprintf("%s(deleted) %d posts", e.who, e.deleted)
		return
	}
	p.show(key, who, "(deleted) 1 post")
	if n := len(p.entries); !p.mute && n > 0 {
		p.entries[n-1].deleted, p.entries[n-1].who = 1, who
	}
}

// flush writes what was seen at this instant.
func (p *Player) flush() {
	slices.SortStableFunc(p.entries, func(a, b entry) int { return strings.Compare(a.key, b.key) })
	for _, e := range p.entries {
		if !p.shown.Equal(p.now) {
			p.shown = p.now
			p.write("")
			p.write("== " + p.clock(p.now))
		}
		p.write(e.text)
	}
	p.entries = nil
}

// write writes a line, never two empty ones in a row.
func (p *Player) write(s string) {
	if b := p.out.Bytes(); s == "" && (len(b) == 0 || bytes.HasSuffix(b, []byte("\n\n"))) {
		return
	}
	p.out.WriteString(s + "\n")
}

// most letters of one text that a transcript shows.
const legibleMost = 1500

// legible shows what cannot be seen, and cuts what is too long to read.
func legible(s string) string {
	n := 0
	var b strings.Builder
	for _, r := range s {
		if n++; n > legibleMost {
			fmt.Fprintf(&b, "… (%d letters in all)", len([]rune(s)))
			break
		}
		if r == '\n' || unicode.IsPrint(r) || r == '\u00a0' || r == '\u202f' {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "\\u%04x", r)
		}
	}
	return b.String()
}

// seal is the hash of a history, at the end of a line in every language. It holds
// ids that differ from run to run.
var seal = regexp.MustCompile(`\b[0-9a-f]{12}[.。]?$`)

// lines gives a post as it reads.
func lines(p bot.Post) []string {
	var out []string
	add := func(s string) {
		for _, l := range strings.Split(legible(s), "\n") {
			if strings.TrimSpace(l) != "" {
				l = seal.ReplaceAllString(l, "…")
				out = append(out, l)
			}
		}
	}
	for _, b := range p.Blocks {
		switch b.Kind {
		case bot.Heading:
			add("** " + b.Text + " **")
		case bot.Plain:
			add(b.Text)
		case bot.Small:
			add("(" + b.Text + ")")
		case bot.Rich:
			s := ""
			for _, x := range b.Spans {
				s += x.Text
				if x.User != "" {
					s += "@" + nameOf(bot.StaffID(x.User))
				}
				if x.URL != "" {
					s += " <" + x.URL + ">"
				}
			}
			add(s)
		case bot.Pairs:
			var ps []string
			for _, x := range b.Pairs {
				ps = append(ps, x.Label+": "+x.Value)
			}
			add(strings.Join(ps, " · "))
		case bot.Buttons:
			var bs []string
			for _, x := range b.Buttons {
				bs = append(bs, "["+x.Label+"]")
			}
			add(strings.Join(bs, " "))
		case bot.Field:
			add(formLine(*b.Field))
		}
	}
	if len(out) == 0 && p.Text != "" {
		add(p.Text)
	}
	var who []string
	for _, m := range p.Mention {
		who = append(who, "@"+nameOf(bot.StaffID(m)))
	}
	if len(who) > 0 && len(out) > 0 {
		out[0] = strings.Join(who, " ") + " " + out[0]
	}
	return out
}

func formLine(f bot.Form) string {
	s := "_" + f.Label + "_"
	switch {
	case f.Initial != "" && f.Kind == "person":
		s += " @" + nameOf(bot.StaffID(f.Initial))
	case f.Initial != "":
		s += " " + f.Initial
	}
	for i, o := range f.Options {
		s += fmt.Sprintf("\n  %d. %s", i+1, o.Label)
		if o.About != "" {
			s += " – " + o.About
		}
	}
	if f.Hint != "" {
		s += "\n  (" + f.Hint + ")"
	}
	return s
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
