package sandbox

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Limits of Slack. Source: Slack docs, chat.postMessage, views.open, Block Kit reference; the sum
// over a message's blocks is what field reports give for msg_blocks_too_long.
const (
	slackMessageBlocks   = 50
	slackMessageText     = 40_000
	slackMarkdownText    = 12_000
	slackBlocksText      = 13_200
	slackViewBytes       = 250_000
	slackViewStack       = 3
	slackMetadataBytes   = 16_000
	slackAckBytes        = 20 * 1024
	slackReplyURLUses    = 5
	slackSocketsMax      = 10
	slackAttachmentsMax  = 100
	slackPlainInputLimit = 3000
)

// slackMessageOnly are blocks that a modal or home tab cannot hold.
var slackMessageOnly = []string{"card", "carousel", "context_actions", "data_table", "file", "markdown", "plan", "table", "task_card"}

// slackHolders are the element types that carry a value a person can set.
var slackHolders = []string{
	"channels_select", "checkboxes", "conversations_select", "datepicker", "datetimepicker", "email_text_input",
	"external_select", "file_input", "multi_channels_select", "multi_conversations_select", "multi_external_select",
	"multi_static_select", "multi_users_select", "number_input", "plain_text_input", "radio_buttons", "rich_text_input",
	"static_select", "timepicker", "url_text_input", "users_select",
}

// readBlocks decodes, checks and completes the blocks of a message.
func (s *Slack) readBlocks(raw string) ([]any, error) {
	var blocks []any
	if err := json.Unmarshal([]byte(raw), &blocks); err != nil {
		return nil, refuse("invalid_blocks_format")
	}
	wrong := s.checkBlocks(blocks, "message", "/blocks")
	if len(wrong) > 0 {
		return nil, refuse("invalid_blocks", wrong...)
	}
	if n := slackTextSum(blocks); n > slackBlocksText {
		return nil, refuse("msg_blocks_too_long")
	}
	completeSlackBlocks(blocks)
	return blocks, nil
}

// checkBlocks returns what Slack would refuse in the blocks of a surface: message, modal or home.
func (s *Slack) checkBlocks(blocks []any, surface, at string) []string {
	var wrong []string
	if surface == "message" && len(blocks) > slackMessageBlocks {
		wrong = append(wrong, pointed(fmt.Sprintf("no more than %d items allowed", slackMessageBlocks), at))
	}
	seen := map[string]bool{}
	focus := 0
	for i, b := range blocks {
		here := fmt.Sprintf("%s/%d", at, i)
		if surface == "message" {
			wrong = append(wrong, s.schemas.check("KnownBlock", b, here)...)
		}
		block, ok := b.(slackJSON)
		if !ok {
			continue
		}
		if id, _ := block["block_id"].(string); id != "" {
			if seen[id] {
				wrong = append(wrong, pointed("block_id must be unique: "+id, here+"/block_id"))
			}
			seen[id] = true
		}
		kind, _ := block["type"].(string)
		if surface != "message" && slices.Contains(slackMessageOnly, kind) {
			wrong = append(wrong, pointed("unsupported type: "+kind, here+"/type"))
		}
		wrong = append(wrong, checkSlackBlock(block, kind, here)...)
		wrong = append(wrong, checkSlackTexts(block, here)...)
		actions := map[string]bool{}
		for _, e := range elementsOf(block) {
			if id, _ := e["action_id"].(string); id != "" {
				if actions[id] {
					wrong = append(wrong, pointed("action_id must be unique within a block: "+id, here))
				}
				actions[id] = true
			}
			if e["focus_on_load"] == true {
				focus++
			}
			wrong = append(wrong, checkSlackElement(e, here)...)
		}
	}
	if focus > 1 {
		wrong = append(wrong, pointed("only one element may have focus_on_load", at))
	}
	return wrong
}

func checkSlackBlock(block slackJSON, kind, at string) []string {
	var wrong []string
	atLeastOne := func(field string) {
		if list, ok := block[field].([]any); ok && len(list) == 0 {
			wrong = append(wrong, pointed("no less than 1 items allowed", at+"/"+field))
		}
	}
	switch kind {
	case "section":
		fields, _ := block["fields"].([]any)
		if block["text"] == nil && len(fields) == 0 {
			wrong = append(wrong, pointed("missing required field: text or fields", at))
		}
		atLeastOne("fields")
	case "actions", "context", "context_actions", "carousel":
		atLeastOne("elements")
	case "image", "video":
		for _, field := range []string{"image_url", "video_url", "thumbnail_url", "title_url"} {
			wrong = append(wrong, checkSlackURL(block, field, at)...)
		}
		if block["alt_text"] == "" {
			wrong = append(wrong, pointed("must be more than 0 characters", at+"/alt_text"))
		}
	case "table":
		rows, _ := block["rows"].([]any)
		for i, row := range rows {
			if cells, _ := row.([]any); len(cells) > 20 {
				wrong = append(wrong, pointed("no more than 20 items allowed", fmt.Sprintf("%s/rows/%d", at, i)))
			}
		}
		atLeastOne("rows")
	}
	return wrong
}

func checkSlackElement(e slackJSON, at string) []string {
	kind, _ := e["type"].(string)
	if id, _ := e["action_id"].(string); id != "" {
		at += "/" + id
	}
	wrong := append(checkSlackURL(e, "url", at), checkSlackURL(e, "image_url", at)...)
	switch kind {
	case "static_select", "multi_static_select":
		_, plain := e["options"]
		_, grouped := e["option_groups"]
		if plain == grouped {
			wrong = append(wrong, pointed("must have either options or option_groups", at))
		}
		fallthrough
	case "overflow", "checkboxes", "radio_buttons":
		options := optionsOf(e)
		if len(options) == 0 {
			wrong = append(wrong, pointed("no less than 1 items allowed", at+"/options"))
		}
		values := map[any]bool{}
		for _, o := range options {
			v, _ := o["value"].(string)
			if v == "" {
				wrong = append(wrong, pointed("missing required field: value", at+"/options"))
			} else if values[v] {
				wrong = append(wrong, pointed("option values must be unique: "+v, at+"/options"))
			}
			values[v] = true
		}
		initial, _ := e["initial_options"].([]any)
		if one := e["initial_option"]; one != nil {
			initial = append(initial, one)
		}
		for _, o := range initial {
			if option, ok := o.(slackJSON); ok && !values[option["value"]] {
				wrong = append(wrong, pointed("initial option is not one of the options", at))
			}
		}
	case "datepicker", "timepicker":
		field := slackFieldNames[kind][1]
		if text, given := e[field].(string); given && !slackWritten(text, slackForms[kind]) {
			wrong = append(wrong, pointed("must match the format "+slackForms[kind], at+"/"+field))
		}
		if zone, given := e["timezone"].(string); given && !slackZone(zone) {
			wrong = append(wrong, pointed("must be a valid IANA timezone", at+"/timezone"))
		}
	case "datetimepicker":
		// "A 10-digit integer" (Slack docs, Datetime picker element).
		if n, given := e["initial_date_time"].(float64); given && (n != float64(int64(n)) || n < 1e9 || n >= 1e10) {
			wrong = append(wrong, pointed("must be 10 digits", at+"/initial_date_time"))
		}
	case "plain_text_input":
		shortest, longest := slackInt(e, "min_length", 0), slackInt(e, "max_length", slackPlainInputLimit)
		if longest < 1 || longest > slackPlainInputLimit || shortest < 0 || shortest > longest {
			wrong = append(wrong, pointed("min_length and max_length must be in order and at most 3000", at))
		}
		if text, _ := e["initial_value"].(string); utf8.RuneCountInString(text) > longest {
			wrong = append(wrong, pointed("initial_value is longer than max_length", at))
		}
	}
	return wrong
}

func slackZone(name string) bool {
	_, err := time.LoadLocation(name)
	return err == nil && name != "" && name != "Local"
}

func checkSlackURL(object slackJSON, field, at string) []string {
	link, ok := object[field].(string)
	if ok && !strings.HasPrefix(link, "https://") && !strings.HasPrefix(link, "http://") {
		return []string{pointed("must be a valid URL", at+"/"+field)}
	}
	return nil
}

// checkSlackTexts finds empty text objects anywhere inside the value.
func checkSlackTexts(value any, at string) []string {
	var wrong []string
	switch v := value.(type) {
	case slackJSON:
		if text, ok := v["text"].(string); ok && text == "" && (v["type"] == "plain_text" || v["type"] == "mrkdwn") {
			wrong = append(wrong, pointed("must be more than 0 characters", at+"/text"))
		}
		for name, inner := range v {
			wrong = append(wrong, checkSlackTexts(inner, at+"/"+name)...)
		}
	case []any:
		for i, inner := range v {
			wrong = append(wrong, checkSlackTexts(inner, fmt.Sprintf("%s/%d", at, i))...)
		}
	}
	return wrong
}

// slackTextSum is the length of all texts inside the blocks, in characters.
func slackTextSum(value any) int {
	sum := 0
	switch v := value.(type) {
	case slackJSON:
		if text, ok := v["text"].(string); ok {
			sum += utf8.RuneCountInString(text)
		}
		for _, inner := range v {
			sum += slackTextSum(inner)
		}
	case []any:
		for _, inner := range v {
			sum += slackTextSum(inner)
		}
	}
	return sum
}

// completeSlackBlocks adds what Slack adds: identifiers and the defaults of text objects.
func completeSlackBlocks(blocks []any) {
	for _, b := range blocks {
		block := b.(slackJSON)
		if id, _ := block["block_id"].(string); id == "" {
			block["block_id"] = slackRandom(3)
		}
		for _, e := range elementsOf(block) {
			kind, _ := e["type"].(string)
			if id, _ := e["action_id"].(string); id == "" && (slackPressable(kind) || slices.Contains(slackHolders, kind)) {
				e["action_id"] = slackRandom(3)
			}
		}
		completeSlackTexts(block)
	}
}

func completeSlackTexts(value any) {
	switch v := value.(type) {
	case slackJSON:
		if _, ok := v["emoji"]; !ok && v["type"] == "plain_text" {
			v["emoji"] = true
		}
		if _, ok := v["verbatim"]; !ok && v["type"] == "mrkdwn" {
			v["verbatim"] = false
		}
		for _, inner := range v {
			completeSlackTexts(inner)
		}
	case []any:
		for _, inner := range v {
			completeSlackTexts(inner)
		}
	}
}

func slackPressable(kind string) bool {
	return kind == "button" || kind == "overflow" || kind == "workflow_button" || kind == "icon_button" || kind == "feedback_buttons"
}

// elementsOf returns a block's interactive and other elements, those of nested blocks included.
func elementsOf(block slackJSON) []slackJSON {
	var out []slackJSON
	add := func(v any) {
		e, ok := v.(slackJSON)
		if !ok {
			return
		}
		if nested := elementsOf(e); e["type"] == "card" || e["elements"] != nil && e["action_id"] == nil {
			out = append(out, nested...)
			return
		}
		out = append(out, e)
	}
	for _, field := range []string{"elements", "actions", "child_blocks"} {
		list, _ := block[field].([]any)
		for _, v := range list {
			add(v)
		}
	}
	add(block["accessory"])
	add(block["element"])
	return out
}

// optionsOf returns the options of a menu, grouped or not.
func optionsOf(e slackJSON) []slackJSON {
	var out []slackJSON
	add := func(v any) {
		list, _ := v.([]any)
		for _, o := range list {
			if option, ok := o.(slackJSON); ok {
				out = append(out, option)
			}
		}
	}
	add(e["options"])
	groups, _ := e["option_groups"].([]any)
	for _, g := range groups {
		if group, ok := g.(slackJSON); ok {
			add(group["options"])
		}
	}
	return out
}

func slackInt(object slackJSON, field string, otherwise int) int {
	if n, ok := object[field].(float64); ok {
		return int(n)
	}
	return otherwise
}
