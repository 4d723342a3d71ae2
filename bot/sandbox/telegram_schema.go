package sandbox

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// telegramMethods is the part of the Bot API 10.1 (11 June 2026) that the sandbox serves: methods with their
// parameters, the object types these need, unions by their "type" field, and the emoji a bot may react with.
// Taken from the machine-readable specification github.com/PaulSonOfLars/telegram-bot-api-spec (MIT).
//
//go:embed telegram_methods.json
var telegramMethods []byte

// tgField is one parameter or field: ["name", ["Type", "Type"], required].
type tgField struct {
	name     string
	types    []string
	required bool
}

func (f *tgField) UnmarshalJSON(data []byte) error {
	return json.Unmarshal(data, &[]any{&f.name, &f.types, &f.required})
}

type tgSchemaData struct {
	Methods   map[string][]tgField         `json:"methods"`
	Types     map[string][]tgField         `json:"types"`
	Unions    map[string]map[string]string `json:"unions"`
	Reactions []string                     `json:"reactions"`
	byLower   map[string]string
}

// tgMethod is a served method and the schema it belongs to.
type tgMethod struct {
	name   string
	fields []tgField
	schema *tgSchemaData
}

var tgSchema = sync.OnceValue(func() *tgSchemaData {
	var s tgSchemaData
	if err := json.Unmarshal(telegramMethods, &s); err != nil {
		panic("sandbox: telegram_methods.json: " + err.Error())
	}
	s.byLower = map[string]string{}
	for name := range s.Methods {
		s.byLower[strings.ToLower(name)] = name
	}
	return &s
})

// method finds a method; like the real server it does not mind capitals.
func (s *tgSchemaData) method(name string) (tgMethod, bool) {
	name, ok := s.byLower[strings.ToLower(name)]
	return tgMethod{name: name, fields: s.Methods[name], schema: s}, ok
}

// check refuses unknown parameters, missing required ones and wrong types.
func (m tgMethod) check(c *tgCall) *tgError {
	unknown := map[string]bool{}
	for name, v := range c.values {
		if !utf8.ValidString(v.text) {
			return badRequest("strings must be encoded in UTF-8")
		}
		unknown[name] = true
	}
	for name := range c.uploads {
		unknown[name] = true
	}
	for _, f := range m.fields {
		delete(unknown, f.name)
		v, given := c.values[f.name]
		_, uploaded := c.uploads[f.name]
		switch {
		case uploaded:
			if !slices.Contains(f.types, "InputFile") {
				return badRequest(fmt.Sprintf("parameter %q can't be a file", f.name))
			}
		case !given || v.text == "":
			if f.required && !m.excused(f.name) {
				return badRequest(missing(m.name, f.name))
			}
		default:
			if err := m.schema.checkParam(f, v); err != nil {
				return err
			}
		}
		for name := range c.uploads {
			if strings.Contains(v.text, "attach://"+name) {
				delete(unknown, name)
			}
		}
	}
	if len(unknown) > 0 {
		return badRequest(fmt.Sprintf("unknown parameter %q", slices.Min(slices.Collect(maps.Keys(unknown)))))
	}
	return nil
}

// excused tells where the real server takes a required parameter that is empty: setWebhook without url removes
// the webhook.
func (m tgMethod) excused(name string) bool {
	return m.name == "setWebhook" && name == "url"
}

func missing(method, name string) string {
	switch name {
	case "text":
		return "message text is empty"
	case "chat_id":
		return "chat_id is empty"
	case "file_id":
		return "file_id not specified"
	case "message_id":
		return "message identifier is not specified"
	case "photo", "document", "video", "audio", "voice":
		return "there is no " + name + " in the request"
	case "action":
		return "wrong parameter action in request"
	}
	return fmt.Sprintf("parameter %q is required", name)
}

func (s *tgSchemaData) checkParam(f tgField, v tgValue) *tgError {
	var wanted []string
	for _, kind := range f.types {
		switch kind {
		case "String", "InputFile":
			if !v.literal {
				return nil
			}
		case "Integer":
			if _, err := strconv.ParseInt(strings.TrimSpace(v.text), 10, 64); err == nil {
				return nil
			}
		case "Float":
			if _, err := strconv.ParseFloat(strings.TrimSpace(v.text), 64); err == nil {
				return nil
			}
		case "Boolean":
			if _, ok := tgBool(v.text); ok {
				return nil
			}
		default:
			wanted = append(wanted, kind)
		}
	}
	if len(wanted) == 0 {
		return badRequest(fmt.Sprintf("parameter %q must be of type %s", f.name, strings.Join(f.types, " or ")))
	}
	decoder := json.NewDecoder(bytes.NewReader([]byte(v.text)))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return badRequest(fmt.Sprintf("can't parse %s JSON object", f.name))
	}
	if _, err := decoder.Token(); err != io.EOF {
		return badRequest(fmt.Sprintf("can't parse %s JSON object", f.name))
	}
	if err := s.checkOneOf(f.name, wanted, value); err != nil {
		return badRequest("can't parse " + f.name + ": " + err.Error())
	}
	return nil
}

// checkOneOf checks a JSON value against alternatives. Of several object types it takes the one whose first
// field is present: that field tells the reply markups apart.
func (s *tgSchemaData) checkOneOf(path string, kinds []string, value any) error {
	if len(kinds) > 1 {
		object, ok := value.(map[string]any)
		for _, kind := range kinds {
			fields := s.Types[kind]
			if ok && len(fields) > 0 {
				if _, present := object[fields[0].name]; present {
					return s.checkValue(path, kind, value)
				}
			}
		}
	}
	var err error
	for _, kind := range kinds {
		if err = s.checkValue(path, kind, value); err == nil {
			return nil
		}
	}
	if len(kinds) > 1 {
		return fmt.Errorf("%s must be of type %s", path, strings.Join(kinds, " or "))
	}
	return err
}

func (s *tgSchemaData) checkValue(path, kind string, value any) error {
	if item, ok := strings.CutPrefix(kind, "Array of "); ok {
		list, ok := value.([]any)
		if !ok {
			return fmt.Errorf("%s must be an Array", path)
		}
		for i, v := range list {
			if err := s.checkValue(fmt.Sprintf("%s[%d]", path, i), item, v); err != nil {
				return err
			}
		}
		return nil
	}
	ok := false
	switch kind {
	case "String", "InputFile":
		_, ok = value.(string)
	case "Integer":
		var n json.Number
		if n, ok = value.(json.Number); ok {
			_, err := n.Int64()
			ok = err == nil
		}
	case "Float":
		_, ok = value.(json.Number)
	case "Boolean":
		_, ok = value.(bool)
	default:
		return s.checkObject(path, kind, value)
	}
	if !ok {
		return fmt.Errorf("%s must be of type %s", path, kind)
	}
	return nil
}

func (s *tgSchemaData) checkObject(path, kind string, value any) error {
	if _, label := value.(string); label && kind == "KeyboardButton" {
		return nil
	}
	object, ok := value.(map[string]any)
	if !ok {
		return fmt.Errorf("%s must be an Object", path)
	}
	if union, isUnion := s.Unions[kind]; isUnion {
		tag, _ := object["type"].(string)
		if kind, ok = union[tag]; !ok {
			return fmt.Errorf("%s has an unsupported type", path)
		}
	}
	fields, ok := s.Types[kind]
	if !ok {
		return fmt.Errorf("%s is not supported here", path)
	}
	unknown := maps.Clone(object)
	for _, f := range fields {
		delete(unknown, f.name)
		v, given := object[f.name]
		if !given || v == nil {
			if f.required {
				return fmt.Errorf("field %q of %s is required", f.name, path)
			}
			continue
		}
		if err := s.checkOneOf(path+"."+f.name, f.types, v); err != nil {
			return err
		}
	}
	if len(unknown) > 0 {
		return fmt.Errorf("%s has unknown field %q", path, slices.Min(slices.Collect(maps.Keys(unknown))))
	}
	return nil
}
