package policy

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/heedbot/heed/bot/calendar"
)

// source is all that a policy was made from.
type source struct {
	pack     string // YAML
	calendar string // name of the holiday table
	days     string // its text
	include  string // name of the pack whose conduct is included; may be empty
	included string // YAML
}

// mark begins a document; the number is the version of its form.
const mark = "heed policy 1"

// Text is the canonical document of the policy: pack, holidays and included conduct, whole, from which Load makes the
// same policy. A complaint keeps it by its Hash.
func (p *Policy) Text() string {
	s := p.source
	head := fmt.Sprintf("%s\npack %d\ncalendar %d %s\n", mark, len(s.pack), len(s.days), s.calendar)
	if s.include != "" {
		head += fmt.Sprintf("include %d %s\n", len(s.included), s.include)
	}
	return head + "\n" + s.pack + s.days + s.included
}

// give gives the pack whose conduct is included.
func (s source) give(name string) (string, error) {
	if name != s.include {
		return "", errDocument
	}
	return s.included, nil
}

func (p *Policy) seal() {
	sum := sha256.Sum256([]byte(p.Text()))
	p.Hash = hex.EncodeToString(sum[:])
}

var errDocument = errors.New("not a policy document")

// Load reads a document made by Text. The policy has the same Hash. The error is a Problems if the pack in it is refused.
func Load(text string) (*Policy, error) {
	s, err := split(text)
	if err != nil {
		return nil, fmt.Errorf("load policy: %w", err)
	}
	days, err := calendar.ParseTSV(s.calendar, s.days)
	if err != nil {
		return nil, fmt.Errorf("load policy: %w", err)
	}
	p, err := parse("stored policy", s.pack, days, s.give, true)
	if err != nil {
		return nil, err
	}
	if p.Text() != text {
		return nil, fmt.Errorf("load policy: it does not give the same text again: %w", errDocument)
	}
	return p, nil
}

func split(text string) (source, error) {
	var s source
	head, body, ok := strings.Cut(text, "\n\n")
	lines := strings.Split(head, "\n")
	if !ok || lines[0] != mark || len(lines) < 3 || len(lines) > 4 {
		return s, errDocument
	}
	take := func(line, format string, text *string, args ...any) error {
		n := 0
		if _, err := fmt.Sscanf(line, format, append([]any{&n}, args...)...); err != nil {
			return errDocument
		}
		if n < 0 || n > len(body) {
			return errDocument
		}
		*text, body = body[:n], body[n:]
		return nil
	}
	err := errors.Join(
		take(lines[1], "pack %d", &s.pack),
		take(lines[2], "calendar %d %s", &s.days, &s.calendar),
	)
	if err == nil && len(lines) == 4 {
		err = take(lines[3], "include %d %s", &s.included, &s.include)
	}
	if err != nil || body != "" {
		return s, errDocument
	}
	return s, nil
}
