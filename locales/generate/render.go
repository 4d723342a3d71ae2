package main

import (
	"bytes"
	"fmt"
	"go/format"
	"slices"
	"sort"
	"strings"

	"github.com/BurntSushi/toml"
)

// render makes keys.go of the English texts.
func render(src []byte) ([]byte, error) {
	var all map[string]any
	if err := toml.Unmarshal(src, &all); err != nil {
		return nil, fmt.Errorf("read the English texts: %w", err)
	}
	keys := map[string]string{}
	if err := walk("", all, keys); err != nil {
		return nil, err
	}
	var ids []string
	taken := map[string]string{}
	for id := range keys {
		if other, ok := taken[name(id)]; ok {
			return nil, fmt.Errorf("%s and %s would both be %s", id, other, name(id))
		}
		taken[name(id)] = id
		ids = append(ids, id)
	}
	sort.Strings(ids)
	var b bytes.Buffer
	b.WriteString("// Code generated from en.toml by go generate; DO NOT EDIT.\n\npackage locales\n\n// The keys of all texts; behind each the English one.\nconst (\n")
	for _, id := range ids {
		line, _, _ := strings.Cut(keys[id], "\n")
		if len(line) > 70 {
			line = strings.ToValidUTF8(line[:70], "") + " ..."
		}
		fmt.Fprintf(&b, "\t%s Key = %q // %s\n", name(id), id, line)
	}
	b.WriteString(")\n\n// Keys lists every key, in order.\nvar Keys = []Key{\n")
	for _, id := range ids {
		fmt.Fprintf(&b, "\t%s,\n", name(id))
	}
	b.WriteString("}\n")
	out, err := format.Source(b.Bytes())
	if err != nil {
		return nil, fmt.Errorf("format the keys: %w", err)
	}
	return out, nil
}

// reserved are the words that go-i18n takes for parts of a message and not
// for its name (go-i18n v2, type Message).
var reserved = []string{"id", "description", "hash", "leftdelim", "rightdelim",
	"zero", "one", "two", "few", "many", "other", "translation"}

// walk collects the ids of all texts with the English of each. A table with
// "other" is one text with plural forms.
func walk(prefix string, v map[string]any, keys map[string]string) error {
	if s, ok := v["other"].(string); ok && prefix != "" {
		keys[prefix] = s
		return nil
	}
	for k, x := range v {
		id := k
		if prefix != "" {
			id = prefix + "." + k
		}
		if slices.Contains(reserved, strings.ToLower(k)) {
			return fmt.Errorf("%s: %q cannot be part of a key", id, k)
		}
		switch x := x.(type) {
		case string:
			keys[id] = x
		case map[string]any:
			if err := walk(id, x, keys); err != nil {
				return err
			}
		default:
			return fmt.Errorf("%s is neither a text nor a table", id)
		}
	}
	return nil
}

// name makes a constant of an id: "ask.topic_hint" is AskTopicHint.
func name(id string) string {
	var b strings.Builder
	up := true
	for _, r := range id {
		if r == '.' || r == '_' {
			up = true
			continue
		}
		if up {
			b.WriteString(strings.ToUpper(string(r)))
			up = false
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
