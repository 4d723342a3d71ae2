package bottest

import (
	"fmt"
	"slices"
	"strings"
)

// Setup is what a script says of its world, in lines before its start:
//
//	policy alphatech              the pack: a built-in one, or testdata/packs/NAME.yaml
//	roles ceo=C0CEO care=U0ANN,U0BEN   who holds the pack's roles: Slack channels, users, user groups
//	crew ann mia                  who is in the desk's channel; else ann, ben and mia
//	languages en fr               the languages it is played in
//
// Who holds a role by name has it at the desk too.
type Setup struct {
	// Policy is "" where the script names none: the usual one.
	Policy string
	Roles  map[string][]string
	// Crew is empty for the usual one.
	Crew []string
	// Languages is empty for all of them.
	Languages []string
}

// ReadSetup reads what a script says before it starts. The error names the
// line.
func ReadSetup(script string) (Setup, error) {
	var s Setup
	for i, l := range strings.Split(script, "\n") {
		word, rest, _ := strings.Cut(strings.TrimRight(l, " \r"), " ")
		words := strings.Fields(rest)
		if word == "start" {
			break
		}
		if !isSetup(word) {
			continue
		}
		if len(words) == 0 || word == "policy" && len(words) > 1 {
			return Setup{}, fmt.Errorf("line %d: %s of what?", i+1, word)
		}
		switch word {
		case "policy":
			s.Policy = words[0]
		case "crew":
			s.Crew = words
		case "languages":
			s.Languages = words
		case "roles":
			for _, w := range words {
				role, who, ok := strings.Cut(w, "=")
				if !ok || role == "" || who == "" {
					return Setup{}, fmt.Errorf("line %d: write a role, =, and who holds it: %q", i+1, w)
				}
				if s.Roles == nil {
					s.Roles = map[string][]string{}
				}
				s.Roles[role] = append(s.Roles[role], strings.Split(who, ",")...)
			}
		}
	}
	return s, nil
}

// Played tells whether the script is played in a language.
func (s Setup) Played(language string) bool {
	return len(s.Languages) == 0 || slices.Contains(s.Languages, language)
}

func isSetup(word string) bool {
	return slices.Contains([]string{"policy", "roles", "crew", "languages"}, word)
}
