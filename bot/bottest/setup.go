package bottest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Setup is what a script says of its world, in lines before its start:
//
//	policy alphatech              the pack: a built-in one, or testdata/packs/NAME.yaml
//	roles ceo=C0CEO care=U0ANN,U0BEN   who holds the pack's roles: Slack channels, users, user groups
//	crew ann mia                  who is in the desk's channel; else ann, ben and mia
//	languages en fr               the languages it is played in
//	rooms C0BOARD=eva,mia         who is in a channel; the crew is in the desk's own
//	public C0CEO                  channels that anybody of the company may read
//	guests oli                    guests of the workspace, who have no role but what they are named for
//	nicknames ben=Benny,Benek     what the configuration calls people besides
//	locales mia=vi-VN             the language of people's Slack accounts; else the desk's
//
// Who holds a role by name, or is in a channel named for it, has it at the desk
// too. In a script with rooms or guests the desk's channel is closed to those
// who are not in it.
type Setup struct {
	// Policy is "" where the script names none: the usual one.
	Policy string
	Roles  map[string][]string
	// Crew is empty for the usual one.
	Crew []string
	// Languages is empty for all of them.
	Languages []string
	// Rooms are the people in each channel but the desk's, by their names in
	// scripts.
	Rooms  map[string][]string
	Public []string
	Guests []string
	// Nicknames are by the name in scripts.
	Nicknames map[string][]string
	// Locales are tags, one by each name.
	Locales map[string][]string
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
		var err error
		switch word {
		case "policy":
			s.Policy = words[0]
		case "crew":
			s.Crew = words
		case "languages":
			s.Languages = words
		case "public":
			s.Public = append(s.Public, words...)
		case "guests":
			s.Guests = append(s.Guests, words...)
		case "roles":
			err = lists(&s.Roles, words, "a role, =, and who holds it")
		case "rooms":
			err = lists(&s.Rooms, words, "a channel, =, and who is in it")
		case "nicknames":
			err = lists(&s.Nicknames, words, "a person, =, and their nicknames")
		case "locales":
			err = lists(&s.Locales, words, "a person, =, and a language")
		}
		if err == nil {
			err = s.known()
		}
		if err != nil {
			return Setup{}, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return s, nil
}

// Played tells whether the script is played in a language.
func (s Setup) Played(language string) bool {
	return len(s.Languages) == 0 || slices.Contains(s.Languages, language)
}

func isSetup(word string) bool {
	return slices.Contains([]string{"policy", "roles", "crew", "languages", "rooms", "public", "guests", "nicknames", "locales"}, word)
}

// lists reads name=one,two.
func lists(into *map[string][]string, words []string, form string) error {
	for _, w := range words {
		name, list, ok := strings.Cut(w, "=")
		if !ok || name == "" || list == "" {
			return fmt.Errorf("write %s: %q", form, w)
		}
		if *into == nil {
			*into = map[string][]string{}
		}
		(*into)[name] = append((*into)[name], strings.Split(list, ",")...)
	}
	return nil
}

// known is the error of someone whom no script has.
func (s Setup) known() error {
	names := slices.Concat(s.Crew, s.Guests, slices.Collect(maps.Keys(s.Nicknames)), slices.Collect(maps.Keys(s.Locales)))
	for _, in := range s.Rooms {
		names = append(names, in...)
	}
	for _, n := range names {
		if _, ok := crew[n]; !ok {
			return fmt.Errorf("nobody is called %q", n)
		}
	}
	return nil
}
