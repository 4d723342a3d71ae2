package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// parseNicknames reads what people call members of staff beside their names in
// Slack, such as "U0123456789=Ania, Anka; U0987654321=Oli": by Slack user id,
// nil if nothing is set. Its errors count the entries and hold nothing of what
// was set.
func parseNicknames(text string) (map[string][]string, error) {
	var all map[string][]string
	var errs []error
	n := 0
	for _, entry := range strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == '\n' }) {
		if strings.TrimSpace(entry) == "" {
			continue
		}
		n++
		id, list, ok := strings.Cut(entry, "=")
		id = strings.TrimSpace(id)
		var names []string
		for name := range strings.SplitSeq(list, ",") {
			if name = strings.Join(strings.Fields(name), " "); name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		wrong := ""
		switch {
		case !ok:
			wrong = `has no "=": write it like U0123456789=Ania, with ; before the next`
		case !slackHolder.MatchString(id) || id[0] != 'U' && id[0] != 'W':
			wrong = "does not begin with the id of a person: ids of people look like U0123456789"
		case all[id] != nil:
			wrong = "names a person once more: give all their names in one place, with commas between them"
		case len(names) == 0:
			wrong = "gives no name: write what people call them, with commas between, such as U0123456789=Ania, Anka"
		case strings.Contains(list, "="):
			wrong = `has "=" twice: put ; before the next person`
		}
		if wrong != "" {
			errs = append(errs, fmt.Errorf("HEED_STAFF_NAMES: entry %d %s", n, wrong))
			continue
		}
		if all == nil {
			all = map[string][]string{}
		}
		all[id] = names
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return all, nil
}
