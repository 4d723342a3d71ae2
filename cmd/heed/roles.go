package main

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/policy"
)

// slackHolder is the id of a user, a user group or a channel (Slack docs,
// User, Usergroup and Conversation objects). A word such as CEO is none.
var slackHolder = regexp.MustCompile(`^[UWSCG]([A-Z0-9]{7,}|[A-Z0-9]*[0-9][A-Z0-9]*)$`)

// roleForm is how a pack writes its roles.
var roleForm = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// held is a role and the Slack ids of those who hold it.
type held struct {
	entry int // from 1, for messages
	role  string
	ids   []string
}

// parseRoles reads who holds each of a policy's roles, such as
// "ceo=U0123456789; customer_care=S0123456789 C0123456789". Its errors count
// the entries and hold nothing of what was set.
func parseRoles(text string) ([]held, error) {
	var all []held
	var errs []error
	n := 0
	for _, entry := range strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == '\n' }) {
		if strings.TrimSpace(entry) == "" {
			continue
		}
		n++
		name, list, ok := strings.Cut(entry, "=")
		h := held{n, strings.TrimSpace(name), strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune(" \t\r,", r) })}
		wrong := ""
		switch {
		case !ok:
			wrong = `has no "=": write it like ceo=U0123456789, with ; before the next`
		case !roleForm.MatchString(h.role):
			wrong = "does not begin with a role: write one of the policy's, such as customer_care=S0123456789"
		case slices.ContainsFunc(all, func(x held) bool { return x.role == h.role }):
			wrong = "names a role once more: give all its ids in one place, with spaces between them"
		case len(h.ids) == 0:
			wrong = "names nobody: give the id of a user, a user group or a channel, such as U0123456789"
		case slices.ContainsFunc(h.ids, func(id string) bool { return !slackHolder.MatchString(id) }):
			wrong = "holds something that is not an id: ids look like U0123456789 (a user), S0123456789 (a user group) or C0123456789 (a channel), with spaces between them"
		}
		if wrong != "" {
			errs = append(errs, fmt.Errorf("HEED_SLACK_ROLES: entry %d %s", n, wrong))
			continue
		}
		all = append(all, h)
	}
	return all, errors.Join(errs...)
}

// rolesOf reads who holds the roles of a policy; nil if nothing is set. A role
// that the policy does not have is an error that says which it has.
func rolesOf(text string, p *policy.Policy) (map[string][]string, error) {
	all, err := parseRoles(text)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	known := knownRoles(p)
	roles := map[string][]string{}
	var errs []error
	for _, h := range all {
		roles[h.role] = h.ids
		if slices.Contains(known, h.role) {
			continue
		}
		// What was set is not repeated: it may be anything.
		hint := "it has none"
		if n := policy.Nearest(h.role, known); n != "" {
			hint = "did you mean " + n + "?"
		} else if len(known) > 0 {
			hint = "it has " + strings.Join(known, ", ")
		}
		errs = append(errs, fmt.Errorf("HEED_SLACK_ROLES: entry %d gives a role that policy %s does not have; %s", h.entry, p.Name, hint))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return roles, nil
}

// knownRoles are those that a policy lists, those that it hands complaints to,
// and heed's own: senior management, who alone see what is walled, and guests
// who are named as agents.
func knownRoles(p *policy.Policy) []string {
	known := slices.Clone(p.Roles)
	for _, r := range append(p.AllRoles(), string(bot.Senior), string(bot.Agent)) {
		if !slices.Contains(known, r) {
			known = append(known, r)
		}
	}
	return known
}

// holds tells which roles somebody was named for.
func holds(roles map[string][]string) func(string) bool {
	return func(role string) bool { return len(roles[role]) > 0 }
}
