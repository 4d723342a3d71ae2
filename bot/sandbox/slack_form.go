package sandbox

import (
	"fmt"
	"net/mail"
	"net/url"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// slackEntered is what a person has set, by block_id and action_id, as state.values has it.
type slackEntered map[string]map[string]slackJSON

// slackFieldNames are, for each element that holds a value, the name of the value in state.values
// and of its start value in the element. Source: Slack docs, Block Kit interactive components.
var slackFieldNames = map[string][2]string{
	"channels_select":            {"selected_channel", "initial_channel"},
	"checkboxes":                 {"selected_options", "initial_options"},
	"conversations_select":       {"selected_conversation", "initial_conversation"},
	"datepicker":                 {"selected_date", "initial_date"},
	"datetimepicker":             {"selected_date_time", "initial_date_time"},
	"email_text_input":           {"value", "initial_value"},
	"external_select":            {"selected_option", "initial_option"},
	"file_input":                 {"files", ""},
	"multi_channels_select":      {"selected_channels", "initial_channels"},
	"multi_conversations_select": {"selected_conversations", "initial_conversations"},
	"multi_external_select":      {"selected_options", "initial_options"},
	"multi_static_select":        {"selected_options", "initial_options"},
	"multi_users_select":         {"selected_users", "initial_users"},
	"number_input":               {"value", "initial_value"},
	"plain_text_input":           {"value", "initial_value"},
	"radio_buttons":              {"selected_option", "initial_option"},
	"rich_text_input":            {"rich_text_value", "initial_value"},
	"static_select":              {"selected_option", "initial_option"},
	"timepicker":                 {"selected_time", "initial_time"},
	"url_text_input":             {"value", "initial_value"},
	"users_select":               {"selected_user", "initial_user"},
}

// slackForms are how the pickers write a date and a time of day, in their start value and in their
// state. Source: Slack docs, Date picker element and Time picker element.
var slackForms = map[string]string{"datepicker": time.DateOnly, "timepicker": "15:04"}

// slackWritten tells whether text is a date or time exactly as the form has it.
func slackWritten(text, form string) bool {
	t, err := time.Parse(form, text)
	return err == nil && t.Format(form) == text
}

// slackPlural tells whether an element's value is a list.
func slackPlural(kind string) bool {
	field := slackFieldNames[kind][0]
	return field != "" && field[len(field)-1] == 's'
}

type slackField struct {
	block, element slackJSON
	blockID, id    string
	kind           string
}

// fieldsOf returns the interactive elements of the blocks.
func fieldsOf(blocks []any) []slackField {
	var out []slackField
	for _, b := range blocks {
		block, _ := b.(slackJSON)
		for _, e := range elementsOf(block) {
			f := slackField{block: block, element: e}
			f.blockID, _ = block["block_id"].(string)
			f.id, _ = e["action_id"].(string)
			f.kind, _ = e["type"].(string)
			if f.id != "" {
				out = append(out, f)
			}
		}
	}
	return out
}

// state returns state.values of the blocks: what was entered, else the start values.
func (e slackEntered) state(blocks []any) slackJSON {
	values := map[string]slackJSON{}
	for _, f := range fieldsOf(blocks) {
		if _, holds := slackFieldNames[f.kind]; !holds {
			continue
		}
		if values[f.blockID] == nil {
			values[f.blockID] = slackJSON{}
		}
		values[f.blockID][f.id] = e.value(f)
	}
	return slackJSON{"values": values}
}

func (e slackEntered) value(f slackField) slackJSON {
	if v := e[f.blockID][f.id]; v != nil && v["type"] == f.kind {
		return v
	}
	names := slackFieldNames[f.kind]
	initial := f.element[names[1]]
	if initial == nil && slackPlural(f.kind) {
		initial = []any{}
	}
	return slackJSON{"type": f.kind, names[0]: initial}
}

// slackEmpty tells whether a value of state.values is missing.
func slackEmpty(v slackJSON) bool {
	switch value := v[slackFieldNames[v["type"].(string)][0]].(type) {
	case nil:
		return true
	case []any:
		return len(value) == 0
	}
	return false
}

// fill sets values, each named by action_id or block_id. It returns what Slack's own client would
// complain about, by block_id; an error means that nobody could have entered such a value.
func (s *Slack) fill(blocks []any, entered slackEntered, values map[string]any) (map[string]string, error) {
	fields := fieldsOf(blocks)
	complaints := map[string]string{}
	for name, raw := range values {
		var found []slackField
		for _, f := range fields {
			if _, holds := slackFieldNames[f.kind]; holds && (f.id == name || f.blockID == name || f.blockID+"/"+f.id == name) {
				found = append(found, f)
			}
		}
		if len(found) != 1 {
			return nil, fmt.Errorf("%d fields are named %q", len(found), name)
		}
		list, err := slackValues(raw)
		if err != nil {
			return nil, fmt.Errorf("field %q: %w", name, err)
		}
		value, complaint, err := s.value(found[0].element, found[0].kind, list)
		if err != nil {
			return nil, fmt.Errorf("field %q: %w", name, err)
		}
		if complaint != "" {
			complaints[found[0].blockID] = complaint
		}
		entered.set(found[0], value)
	}
	return complaints, nil
}

func (e slackEntered) set(f slackField, value any) {
	if e[f.blockID] == nil {
		e[f.blockID] = map[string]slackJSON{}
	}
	e[f.blockID][f.id] = slackJSON{"type": f.kind, slackFieldNames[f.kind][0]: value}
}

func slackValues(raw any) ([]string, error) {
	switch v := raw.(type) {
	case nil:
		return nil, nil
	case string:
		if v == "" {
			return nil, nil
		}
		return []string{v}, nil
	case []string:
		return v, nil
	case []any:
		var out []string
		for _, one := range v {
			text, ok := one.(string)
			if !ok {
				return nil, fmt.Errorf("want text, got %T", one)
			}
			out = append(out, text)
		}
		return out, nil
	}
	return nil, fmt.Errorf("want text or a list of texts, got %T", raw)
}

// value turns what a person chose or typed into the value of an element.
func (s *Slack) value(e slackJSON, kind string, list []string) (value any, complaint string, err error) {
	if slackPlural(kind) {
		all := []any{}
		for _, text := range list {
			one, _, err := s.single(e, kind, text)
			if err != nil {
				return nil, "", err
			}
			all = append(all, one)
		}
		if most := slackInt(e, "max_selected_items", len(all)); len(all) > most {
			return nil, "", fmt.Errorf("at most %d can be selected", most)
		}
		return all, "", nil
	}
	switch len(list) {
	case 0:
		return nil, "", nil
	case 1:
		return s.single(e, kind, list[0])
	}
	return nil, "", fmt.Errorf("%d values for one field", len(list))
}

func (s *Slack) single(e slackJSON, kind, text string) (value any, complaint string, err error) {
	switch kind {
	case "static_select", "multi_static_select", "radio_buttons", "checkboxes", "overflow":
		for _, o := range optionsOf(e) {
			if o["value"] == text {
				return o, "", nil
			}
		}
		err = fmt.Errorf("there is no option %q", text)
	case "users_select", "multi_users_select":
		if s.users[text] == nil {
			err = fmt.Errorf("there is no user %q", text)
		}
	case "channels_select", "multi_channels_select", "conversations_select", "multi_conversations_select":
		if s.channels[text] == nil && s.users[text] == nil {
			err = fmt.Errorf("there is no conversation %q", text)
		}
	case "datepicker", "timepicker":
		if !slackWritten(text, slackForms[kind]) {
			err = fmt.Errorf("%q is not as a %s writes it", text, kind)
		}
	case "datetimepicker":
		n, err := strconv.ParseInt(text, 10, 64)
		return n, "", err
	case "file_input":
		f := s.files[text]
		if f == nil {
			return nil, "", fmt.Errorf("there is no file %q", text)
		}
		return f.object(s), "", nil
	case "rich_text_input":
		_, blocks := s.compose(text)
		return blocks[0], "", nil
	case "plain_text_input":
		n := utf8.RuneCountInString(text)
		if longest := slackInt(e, "max_length", slackPlainInputLimit); n > longest {
			complaint = fmt.Sprintf("Must be less than %d characters.", longest+1)
		} else if shortest := slackInt(e, "min_length", 0); n < shortest {
			complaint = fmt.Sprintf("Must be at least %d characters.", shortest)
		}
	case "number_input":
		complaint = numberComplaint(e, text)
	case "email_text_input":
		if a, err := mail.ParseAddress(text); err != nil || a.Address != text {
			complaint = "Must be an email address."
		}
	case "url_text_input":
		if u, err := url.Parse(text); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			complaint = "Must be a URL."
		}
	default:
		err = fmt.Errorf("a %s asks the app for its options, which this sandbox does not do", kind)
	}
	return text, complaint, err
}

func numberComplaint(e slackJSON, text string) string {
	n, err := strconv.ParseFloat(text, 64)
	if _, whole := strconv.ParseInt(text, 10, 64); err != nil || whole != nil && e["is_decimal_allowed"] != true {
		return "Must be a number."
	}
	bound := func(field string, otherwise float64) float64 {
		raw, _ := e[field].(string)
		if b, err := strconv.ParseFloat(raw, 64); err == nil {
			return b
		}
		return otherwise
	}
	if n < bound("min_value", n) || n > bound("max_value", n) {
		return "The number is outside the allowed range."
	}
	return ""
}

// incomplete returns the required fields that are still empty, by block_id.
func (e slackEntered) incomplete(blocks []any) map[string]string {
	out := map[string]string{}
	for _, f := range fieldsOf(blocks) {
		if f.block["type"] == "input" && f.block["optional"] != true && slackEmpty(e.value(f)) {
			out[f.blockID] = "Please complete this required field."
		}
	}
	return out
}

// act builds the entry of "actions" for an element that a person used, and keeps the value if the
// element holds one. For a menu, value is the option or ID chosen (several with commas in a menu
// for several); for a button it may be given to tell apart buttons of one action_id. Menus whose
// options come from the app as a person types (external_select) cannot be used.
func (s *Slack) act(blocks []any, entered slackEntered, actionID, value string) (slackJSON, error) {
	var fields []slackField
	for _, f := range fieldsOf(blocks) {
		if f.id == actionID || f.blockID+"/"+f.id == actionID {
			fields = append(fields, f)
		}
	}
	if len(fields) == 0 {
		return nil, fmt.Errorf("nothing with action_id %q is shown", actionID)
	}
	f := fields[0]
	if at := slices.IndexFunc(fields, func(f slackField) bool { return value != "" && slackCarries(f, value) }); at >= 0 {
		f = fields[at]
	}
	if f.block["type"] == "input" && f.block["dispatch_action"] != true {
		return nil, fmt.Errorf("%q is an input without dispatch_action: it is only sent with the form", actionID)
	}
	out := slackJSON{"action_id": f.id, "block_id": f.blockID, "type": f.kind, "action_ts": s.stamp()}
	if slackPressable(f.kind) && f.kind != "overflow" {
		have, _ := f.element["value"].(string)
		if value != "" && value != have {
			return nil, fmt.Errorf("no button %q has the value %q", actionID, value)
		}
		for _, field := range []string{"text", "value", "style", "url"} {
			if v, ok := f.element[field]; ok {
				out[field] = v
			}
		}
		return out, nil
	}
	list := []string{}
	if value != "" {
		list = append(list, value)
	}
	if slackPlural(f.kind) {
		list = slackSplit(value)
	}
	chosen, complaint, err := s.value(f.element, f.kind, list)
	if err != nil {
		return nil, fmt.Errorf("%q: %w", actionID, err)
	}
	if complaint != "" {
		return nil, fmt.Errorf("%q: %s", actionID, complaint)
	}
	if f.kind == "overflow" {
		if chosen == nil {
			return nil, fmt.Errorf("%q: say which entry of the menu", actionID)
		}
		out["selected_option"] = chosen
		return out, nil
	}
	entered.set(f, chosen)
	out[slackFieldNames[f.kind][0]] = chosen
	if p, ok := f.element["placeholder"]; ok {
		out["placeholder"] = p
	}
	return out, nil
}

func slackCarries(f slackField, value string) bool {
	if f.element["value"] == value {
		return true
	}
	return slices.ContainsFunc(optionsOf(f.element), func(o slackJSON) bool { return o["value"] == value })
}

func slackSplit(list string) []string {
	var out []string
	start := 0
	for i := 0; i <= len(list); i++ {
		if i == len(list) || list[i] == ',' {
			if i > start {
				out = append(out, list[start:i])
			}
			start = i + 1
		}
	}
	return out
}
