package policy

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed packs/*.yaml
var packs embed.FS

// Names lists the packs that are part of the program.
func Names() []string {
	entries, err := packs.ReadDir("packs")
	if err != nil {
		return nil // cannot be: the folder is part of the program
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".yaml"))
	}
	return names
}

// Builtin gives a pack that is part of the program, such as "ask4", over its built-in calendar. The error names the
// known ones.
func Builtin(name string) (*Policy, error) {
	text, err := BuiltinText(name)
	if err != nil {
		return nil, err
	}
	return Parse(name+".yaml", text, "")
}

// BuiltinText gives the YAML of a pack that is part of the program, to be parsed over another calendar or to be copied
// as a beginning. The error names the known ones.
func BuiltinText(name string) (string, error) {
	for _, known := range Names() {
		if known == name {
			text, err := packs.ReadFile("packs/" + name + ".yaml")
			if err != nil {
				return "", fmt.Errorf("read pack %q: %w", name, err)
			}
			return string(text), nil
		}
	}
	return "", fmt.Errorf("pack %s is not built in; %s", quoted(name), meant(name, Names()))
}
