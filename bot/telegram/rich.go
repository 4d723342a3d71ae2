package telegram

import (
	"encoding/json"
	"strings"
)

// richText is the words of a rich message, one block a line. The Bot API 10.1
// knows twenty kinds of blocks and twenty-five of runs and adds to them, so
// kinds are not told apart: text is taken from the fields that hold it.
func richText(raw json.RawMessage) string {
	var m struct {
		Blocks []any `json:"blocks"`
	}
	if json.Unmarshal(raw, &m) != nil {
		return ""
	}
	var b strings.Builder
	for _, block := range m.Blocks {
		richBlock(&b, block)
	}
	return strings.TrimSpace(b.String())
}

// richBlock writes a block, and the blocks inside it, each on its own line.
func richBlock(b *strings.Builder, block any) {
	switch v := block.(type) {
	case string:
		b.WriteString(v)
	case []any:
		for _, x := range v {
			richBlock(b, x)
		}
	case map[string]any:
		if label, ok := v["label"].(string); ok {
			b.WriteString(label + " ")
		}
		line := b.Len()
		for _, field := range []string{"summary", "text", "expression"} {
			richRun(b, v[field])
		}
		if b.Len() > line {
			b.WriteString("\n")
		}
		for _, field := range []string{"items", "cells", "blocks", "caption"} {
			if s, ok := v[field].(string); ok {
				b.WriteString(s + "\n")
				continue
			}
			richBlock(b, v[field])
		}
		line = b.Len()
		richRun(b, v["credit"])
		if b.Len() > line {
			b.WriteString("\n")
		}
	}
}

// richRun writes a RichText: a string, a list, or an object around a text.
func richRun(b *strings.Builder, run any) {
	switch v := run.(type) {
	case string:
		b.WriteString(v)
	case []any:
		for _, x := range v {
			richRun(b, x)
		}
	case map[string]any:
		for _, field := range []string{"text", "alternative_text", "expression"} {
			richRun(b, v[field])
		}
	}
}
