package policy

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// rule is one JSON Schema. The order of its fields is the order in which they are written.
type rule struct {
	Schema      string           `json:"$schema,omitempty"`
	Title       string           `json:"title,omitempty"`
	Description string           `json:"description,omitempty"`
	Type        string           `json:"type,omitempty"`
	Enum        []string         `json:"enum,omitempty"`
	Pattern     string           `json:"pattern,omitempty"`
	Minimum     *int             `json:"minimum,omitempty"`
	Maximum     *int             `json:"maximum,omitempty"`
	MinItems    int              `json:"minItems,omitempty"`
	Unique      bool             `json:"uniqueItems,omitempty"`
	Items       *rule            `json:"items,omitempty"`
	Required    []string         `json:"required,omitempty"`
	Names       *rule            `json:"propertyNames,omitempty"`
	Keys        map[string]*rule `json:"properties,omitempty"`
	Families    map[string]*rule `json:"patternProperties,omitempty"`
	Others      any              `json:"additionalProperties,omitempty"` // false, or a *rule
}

// patterns are the forms of what is written as text.
var patterns = map[kind]string{
	isID: idForm.String(), isName: packForm.String(), isLanguage: languageForm.String(), isEvery: everyForm.String(),
	isDuration: `^[1-9][0-9]*(s|m|h|bh|d|wd|w)$`,
	isDate:     `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`,
	isClock:    `^[0-2][0-9]:[0-5][0-9]$`,
	isURL:      `^(https?://\S*)?$`,
	isZone:     zoneForm.String(),
	isWindow:   `^[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]$`,
}

// Schema is the JSON Schema (draft 2020-12) of packs, for editors: every key with its meaning, and what may be written.
// What the schema refuses, Parse refuses; Parse refuses more, such as a promise that nobody can keep.
func Schema() string {
	root := rule{
		Schema: "https://json-schema.org/draft/2020-12/schema", Title: "Complaint policy",
		Description: "A company's complaint policy as data.",
	}
	root.fill("")
	out, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		return "" // cannot be: there is nothing in it that JSON lacks
	}
	return string(out) + "\n"
}

// fill gives a table its keys.
func (r *rule) fill(path string) {
	r.Type, r.Others = "object", false
	for _, name := range under(path) {
		k, _ := keyAt(join(path, name))
		one := k.rule()
		if name == "*" {
			r.Names, r.Others = &rule{Pattern: free(path)}, one
			continue
		}
		if r.Keys == nil {
			r.Keys = map[string]*rule{}
		}
		r.Keys[name] = one
		if k.required {
			r.Required = append(r.Required, name)
		}
	}
	if path == "texts.*" {
		r.texts()
	}
}

// free is the form of the free keys of a table.
func free(path string) string {
	switch path {
	case "title", "register", "texts":
		return languageForm.String()
	case "texts.*":
		return keyForm.String()
	}
	return idForm.String()
}

// texts names the keys of texts.
func (r *rule) texts() {
	r.Keys, r.Families = map[string]*rule{}, map[string]*rule{}
	for _, k := range textKeys {
		one := &rule{Description: k.describe(), Type: "string"}
		family, _, _ := strings.Cut(k.key, "<")
		if family == k.key {
			r.Keys[k.key] = one
			continue
		}
		r.Families["^"+regexp.QuoteMeta(family)] = one
	}
}

func (k textKey) describe() string {
	switch {
	case k.staff:
		return k.means + " For staff."
	case k.program != "":
		return k.means + " The program has words of its own: " + k.program + "."
	}
	return k.means
}

// rule is the schema of a key's value.
func (k key) rule() *rule {
	r := &rule{Type: "string", Pattern: patterns[k.kind]}
	path := k.path
	if k.list {
		path += "[]"
	}
	switch k.kind {
	case isWord:
		r.Enum = k.of
	case isFlag:
		r.Type = "boolean"
	case isNumber:
		r.Type, r.Minimum, r.Maximum = "integer", &k.least, &k.most
	case isGroup:
		r.fill(path)
	}
	if k.list {
		r = &rule{Type: "array", Items: r, MinItems: k.least, Unique: k.kind != isGroup}
	}
	r.Description = k.describe()
	return r
}

func (k key) describe() string {
	s := k.means
	if k.absent != "" {
		s += fmt.Sprintf(" If left out: %s.", k.absent)
	}
	return s
}
