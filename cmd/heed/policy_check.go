package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

type policyCheck struct {
	Overrides
	File  string `arg:"" help:"Name or path."`
	Roles string `name:"slack-roles" aliases:"roles" env:"HEED_SLACK_ROLES" help:"Who holds the policy's roles, as HEED_SLACK_ROLES has it: ceo=U0123456789; customer_care=S0123456789."`
}

// Run reads a pack and says what is wrong in it.
func (c policyCheck) Run() error { return c.print(os.Stdout, time.Now()) }

func (c policyCheck) print(out io.Writer, now time.Time) error {
	p, err := c.policy(c.File)
	if err != nil {
		return wrongError{err}
	}
	roles, err := rolesOf(c.Roles, p)
	if err != nil {
		return wrongError{err}
	}
	words, err := locales.Open(nil)
	if err != nil {
		return err
	}
	wrong, notes := gaps(p, words)
	if err := horizon(p, now); err != nil {
		wrong = append(wrong, err.Error())
	}
	if err := unheld(p, roles); err != nil {
		wrong = append(wrong, err.Error())
	}
	if note := overdueReview(p, now); note != "" {
		notes = append(notes, note)
	}
	for _, w := range wrong {
		fmt.Fprintln(out, "✗", w)
	}
	for _, n := range notes {
		fmt.Fprintln(out, "note:", n)
	}
	fmt.Fprintln(out, "Texts by language:")
	for _, l := range coverage(p, words) {
		fmt.Fprintln(out, " ", l)
	}
	if len(wrong) > 0 {
		return wrongError{errors.New("the policy is not in order: see above")}
	}
	fmt.Fprintf(out, "%s, version %s: in order. Its holidays are known until %s.\n", p.Name, p.Version, p.Horizon().Format(time.DateOnly))
	return nil
}

// gaps lists the texts that customers would miss, a line a language. A
// language that heed itself does not speak yet is only a note.
func gaps(p *policy.Policy, words *locales.Catalog) (wrong, notes []string) {
	spoken := words.Languages()
	missing := map[string][]string{}
	for _, g := range p.Gaps(says(words)) {
		missing[g.Language] = append(missing[g.Language], g.Key)
	}
	for _, l := range p.Languages {
		known := slices.Contains(spoken, l)
		if !known {
			notes = append(notes, fmt.Sprintf("heed does not speak %s yet: customers are offered the others", locales.Name(l)))
		}
		if len(missing[l]) == 0 {
			continue
		}
		line := fmt.Sprintf("texts.%s lacks %s", l, strings.Join(missing[l], ", "))
		if known {
			wrong = append(wrong, line)
		} else {
			notes = append(notes, line)
		}
	}
	return wrong, notes
}

// unheld is an error where some roles were given to people and others were
// not.
func unheld(p *policy.Policy, roles map[string][]string) error {
	if none := p.Unheld(holds(roles)); 0 < len(none) && len(none) < len(p.AllRoles()) {
		return fmt.Errorf("nobody holds %s: name them in HEED_SLACK_ROLES; until then managers stand in", strings.Join(none, ", "))
	}
	return nil
}

var every = regexp.MustCompile(`^([0-9]+)(mo|y)$`)

// overdueReview is a note where the pack says that the policy itself should
// have been looked at again.
func overdueReview(p *policy.Policy, now time.Time) string {
	m := every.FindStringSubmatch(p.Review.Every)
	last, err := time.ParseInLocation(time.DateOnly, p.Review.Last, p.Zone)
	if m == nil || err != nil {
		return ""
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		return ""
	}
	next := last.AddDate(0, n, 0)
	if m[2] == "y" {
		next = last.AddDate(n, 0, 0)
	}
	if now.Before(next.AddDate(0, 0, 1)) {
		return ""
	}
	return fmt.Sprintf("the policy was to be reviewed by %s (review: every %s, last %s)", next.Format(time.DateOnly), p.Review.Every, p.Review.Last)
}
