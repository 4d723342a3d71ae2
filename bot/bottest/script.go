package bottest

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A script is lines:
//
//	# a remark, copied to the transcript
//	text NAME                     words in each language, used as {NAME}
//	  en: words                   (in quotes, with \n and \u escapes, if need be)
//	policy, roles, crew, languages,
//	rooms, public, guests, nicknames what it is played in: see Setup; before the start
//	start 2026-12-02T09:00:00Z    the clock; the first line that does anything
//	customer> …                   see customer.go; "customer anna>" for a second one
//	staff ann> …                  see staff.go; ann and ben are agents, mia a manager, oli, eva and sam outsiders
//	                              words may be {ref}, the newest complaint's reference, {code}, the newest link code
//	                              that somebody was shown, and {language}, the one played
//	wait 3wd | wait 2h | until next promise | until 2027-01-04T08:00:00Z
//	crash                         now; or: crash in a turn, before sending, after sending,
//	                              before posting, after posting, while fetching (during the next line)
//	deploy replace "…" with "…"   a new version of the pack; what changes with it: and "…" with "…"
//	joins eva C0BOARD             she is in that channel from now on, and Slack says so
//	leaves eva C0BOARD            and now she is not
//	fault ambiguous               of the next message to a customer: ambiguous (it arrives), lost (it does
//	                              not, and nobody knows), undeliverable, blocked, fails 2
//	desk fault …                  the same of the next post
//	outage telegram 3h            from now on nothing can be sent there, until so much time has passed; or slack
//	expect …                      see expect.go
type line struct {
	n    int
	text string
}

// read takes the words out of a script and gives its other lines.
func (p *Player) read(script string) ([]line, error) {
	var lines []line
	key := ""
	for i, s := range strings.Split(script, "\n") {
		s = strings.TrimRight(s, " \r")
		switch {
		case key != "" && strings.HasPrefix(s, "  "):
			lang, words, ok := strings.Cut(strings.TrimSpace(s), ": ")
			if !ok {
				return nil, fmt.Errorf("line %d: write a language, a colon and words", i+1)
			}
			if strings.HasPrefix(words, `"`) {
				var err error
				if words, err = strconv.Unquote(words); err != nil {
					return nil, fmt.Errorf("line %d: these words are not quoted as Go does: %w", i+1, err)
				}
			}
			p.texts[key][lang] = words
		case strings.HasPrefix(s, "text "):
			key = strings.TrimSpace(strings.TrimPrefix(s, "text "))
			p.texts[key] = map[string]string{}
		default:
			key = ""
			lines = append(lines, line{i + 1, s})
		}
	}
	return lines, nil
}

var actor = regexp.MustCompile(`^(customer|staff)(?: ([a-z]+))?> (.+)$`)

func (p *Player) line(s string) error {
	word, rest, _ := strings.Cut(s, " ")
	if word != "expect" && word != "#" && s != "" {
		p.quiet = p.sofar()
	}
	switch {
	case s == "":
		p.write("")
		return nil
	case strings.HasPrefix(s, "#"):
		p.write(s)
		return nil
	case word == "start":
		return p.start(rest)
	case isSetup(word) && p.program == nil:
		return nil // ReadSetup has read it
	case p.program == nil:
		return errors.New("nothing has started yet")
	}
	if m := actor.FindStringSubmatch(s); m != nil {
		if m[1] == "staff" {
			return p.staff(m[2], m[3])
		}
		name := m[2]
		if name == "" {
			name = "customer"
		}
		return p.customer(p.phone(name), m[3])
	}
	switch word {
	case "wait":
		to, err := p.After(p.now, rest)
		if err != nil {
			return err
		}
		return p.travel(to)
	case "until":
		return p.until(rest)
	case "crash":
		if rest != "" {
			p.crash = crash{at: rest}
			return nil
		}
		p.write("~~ the program dies and is started again")
		if err := p.reopen(); err != nil {
			return err
		}
		_, err := p.drain()
		return err
	case "deploy":
		return p.deploy(rest)
	case "joins", "leaves":
		return p.moves(word, strings.Fields(rest))
	case "outage":
		return p.outage(rest)
	case "fault":
		return p.fault(rest, &phoneFaults{p})
	case "desk":
		return p.fault(strings.TrimPrefix(rest, "fault "), &deskFaults{p})
	case "expect":
		return p.expect(rest)
	}
	return errors.New("no such line")
}

func (p *Player) start(at string) error {
	if p.program != nil {
		return errors.New("it has started already")
	}
	t, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return err
	}
	p.now = t
	return p.open()
}

// until travels to an instant, or to the next one at which a promise is due.
func (p *Player) until(what string) error {
	if what != "next promise" {
		t, err := time.Parse(time.RFC3339, what)
		if err != nil {
			return err
		}
		return p.travel(t)
	}
	var to time.Time
	for _, ref := range p.refs {
		c, _, _, err := p.program.Store.Complaint(p.ctx, ref)
		if err != nil {
			return err
		}
		for _, pr := range c.Promises {
			if pr.Verdict == "open" && pr.Due.After(p.now) && (to.IsZero() || pr.Due.Before(to)) {
				to = pr.Due
			}
		}
	}
	if to.IsZero() {
		return errors.New("nothing is promised any more")
	}
	return p.travel(to)
}

var replacing = regexp.MustCompile(`^(?:replace|and) ("(?:[^"\\]|\\.)*") with ("(?:[^"\\]|\\.)*")(?: |$)`)

func (p *Player) deploy(what string) error {
	for left := what; left != ""; {
		m := replacing.FindStringSubmatch(left)
		if m == nil {
			return errors.New(`write: deploy replace "…" with "…"`)
		}
		from, err := strconv.Unquote(m[1])
		if err != nil {
			return err
		}
		to, err := strconv.Unquote(m[2])
		if err != nil {
			return err
		}
		p.changes = append(p.changes, Change{from, to})
		left = left[len(m[0]):]
	}
	p.write("~~ a new version of the policy: " + what)
	if err := p.reopen(); err != nil {
		return err
	}
	_, err := p.drain()
	return err
}

// words gives what a script calls by {name} or writes in quotes, in a
// language.
func (p *Player) words(s, lang string) (string, error) {
	if n, ok := strings.CutPrefix(s, "{"); ok && strings.HasSuffix(n, "}") {
		n = strings.TrimSuffix(n, "}")
		switch n {
		case "ref":
			ref, err := p.ref("")
			return string(ref), err
		case "code":
			if p.desk.code == "" {
				return "", errors.New("nobody has been shown a code yet")
			}
			return p.desk.code, nil
		case "language":
			return p.Language, nil
		}
		in, ok := p.texts[n]
		if !ok {
			return "", fmt.Errorf("the script has no text %s", s)
		}
		for _, l := range []string{lang, p.Language, "en"} {
			if w, ok := in[l]; ok {
				return w, nil
			}
		}
		return "", fmt.Errorf("text %s has no words in %s", s, lang)
	}
	return strconv.Unquote(s)
}

// isWords tells whether it is words rather than a verb.
func isWords(s string) bool { return strings.HasPrefix(s, `"`) || strings.HasPrefix(s, "{") }

var token = regexp.MustCompile(`(?:[a-z_]+=)?"(?:[^"\\]|\\.)*"|(?:[a-z_]+=)?\{[^}]*\}|\S+`)

// tokens splits the rest of a line; words in quotes stay together.
func tokens(s string) []string { return token.FindAllString(s, -1) }
