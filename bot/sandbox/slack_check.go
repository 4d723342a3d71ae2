package sandbox

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"unicode/utf8"
)

// slackSchema is the part of JSON Schema that describes Block Kit, and Max: the greatest length of a
// string, or of a text object's text, in characters.
// Source: @slack/types 3.2.0 (MIT), the limits from its comments.
type slackSchema struct {
	Ref        string                  `json:"$ref"`
	Type       string                  `json:"type"`
	Const      any                     `json:"const"`
	Enum       []any                   `json:"enum"`
	AnyOf      []*slackSchema          `json:"anyOf"`
	Properties map[string]*slackSchema `json:"properties"`
	Required   []string                `json:"required"`
	Additional json.RawMessage         `json:"additionalProperties"`
	Items      *slackSchema            `json:"items"`
	MaxItems   int                     `json:"maxItems"`
	Max        int                     `json:"x-max"`
}

type slackSchemas map[string]*slackSchema

func parseSlackSchemas(raw []byte) slackSchemas {
	var file struct {
		Definitions slackSchemas `json:"definitions"`
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		panic(fmt.Sprintf("slack_blocks.json: %v", err))
	}
	// AnyBlock also allows a block of unknown type, for the sake of TypeScript users.
	file.Definitions["AnyBlock"] = file.Definitions["KnownBlock"]
	return file.Definitions
}

// check returns what is wrong with the value, each with the place as a JSON pointer below at.
func (d slackSchemas) check(name string, value any, at string) []string {
	return d.compare(&slackSchema{Ref: "#/definitions/" + name}, value, at)
}

func (d slackSchemas) compare(sch *slackSchema, value any, at string) []string {
	var out []string
	if sch.Max > 0 {
		out = append(out, tooLong(sch.Max, value, at)...)
	}
	if variants := d.variants(sch); len(variants) != 1 || variants[0] != sch {
		return append(out, d.anyOf(variants, value, at)...)
	}
	if sch.Const != nil && sch.Const != value {
		return append(out, pointed("must be equal to the constant value", at))
	}
	if len(sch.Enum) > 0 && !slices.Contains(sch.Enum, value) {
		return append(out, pointed("must be a valid enum value", at))
	}
	switch sch.Type {
	case "string", "number", "boolean":
		if kindOf(value) != sch.Type {
			out = append(out, pointed("must provide a "+sch.Type, at))
		}
	case "array":
		list, ok := value.([]any)
		if !ok {
			return append(out, pointed("must provide an array", at))
		}
		if sch.MaxItems > 0 && len(list) > sch.MaxItems {
			out = append(out, pointed(fmt.Sprintf("no more than %d items allowed", sch.MaxItems), at))
		}
		for i, item := range list {
			out = append(out, d.compare(sch.Items, item, fmt.Sprintf("%s/%d", at, i))...)
		}
	case "object":
		object, ok := value.(slackJSON)
		if !ok {
			return append(out, pointed("must provide an object", at))
		}
		out = append(out, d.object(sch, object, at)...)
	}
	return out
}

func (d slackSchemas) object(sch *slackSchema, object slackJSON, at string) []string {
	var out []string
	for _, name := range sch.Required {
		if _, ok := object[name]; !ok {
			out = append(out, pointed("missing required field: "+name, at))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		property := sch.Properties[name]
		switch {
		case property != nil:
			out = append(out, d.compare(property, object[name], at+"/"+name)...)
		case string(sch.Additional) == "false":
			out = append(out, pointed("invalid additional property: "+name, at))
		}
	}
	return out
}

// variants resolves references and alternatives to the list of plain schemas.
func (d slackSchemas) variants(sch *slackSchema) []*slackSchema {
	switch {
	case sch.Ref != "":
		return d.variants(d[sch.Ref[len("#/definitions/"):]])
	case len(sch.AnyOf) > 0:
		var out []*slackSchema
		for _, v := range sch.AnyOf {
			out = append(out, d.variants(v)...)
		}
		return out
	}
	return []*slackSchema{sch}
}

// anyOf picks the alternatives whose "type" is the value's, so that a fault is shown where it is and
// not as "no alternative fits".
func (d slackSchemas) anyOf(variants []*slackSchema, value any, at string) []string {
	object, isObject := value.(slackJSON)
	fitting := variants
	if isObject && object["type"] != nil {
		fitting = nil
		for _, v := range variants {
			if kind := v.Properties["type"]; kind == nil || kind.Const == nil || kind.Const == object["type"] {
				fitting = append(fitting, v)
			}
		}
		if len(fitting) == 0 {
			return []string{pointed(fmt.Sprintf("unsupported type: %v", object["type"]), at)}
		}
	}
	var best []string
	for i, v := range fitting {
		wrong := d.compare(v, value, at)
		if len(wrong) == 0 {
			return nil
		}
		if i == 0 || len(wrong) < len(best) {
			best = wrong
		}
	}
	return best
}

func tooLong(limit int, value any, at string) []string {
	text, ok := value.(string)
	if object, isObject := value.(slackJSON); isObject {
		text, ok = object["text"].(string)
		at += "/text"
	}
	if ok && utf8.RuneCountInString(text) > limit {
		return []string{pointed(fmt.Sprintf("must be less than %d characters", limit+1), at)}
	}
	return nil
}

func kindOf(value any) string {
	switch value.(type) {
	case string:
		return "string"
	case float64:
		return "number"
	case bool:
		return "boolean"
	}
	return "other"
}

func pointed(what, at string) string { return what + " [json-pointer:" + at + "]" }
