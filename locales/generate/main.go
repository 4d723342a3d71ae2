// Command generate writes keys.go from en.toml.
package main

import (
	"bytes"
	"fmt"
	"go/format"
	"log"
	"os"
	"sort"
	"strings"

	"github.com/BurntSushi/toml"
)

func main() {
	var all map[string]any
	if _, err := toml.DecodeFile("en.toml", &all); err != nil {
		log.Fatal(err)
	}
	keys := map[string]string{}
	walk("", all, keys)
	var ids []string
	for id := range keys {
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
		log.Fatal(err)
	}
	if err := os.WriteFile("keys.go", out, 0o644); err != nil {
		log.Fatal(err)
	}
}

// walk collects the ids of all texts with the English of each. A table with
// "other" is one text with plural forms.
func walk(prefix string, v map[string]any, keys map[string]string) {
	if s, ok := v["other"].(string); ok && prefix != "" {
		keys[prefix] = s
		return
	}
	for k, x := range v {
		id := k
		if prefix != "" {
			id = prefix + "." + k
		}
		switch x := x.(type) {
		case string:
			keys[id] = x
		case map[string]any:
			walk(id, x, keys)
		default:
			log.Fatalf("%s is neither a text nor a table", id)
		}
	}
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
