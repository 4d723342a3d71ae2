package sandbox

import (
	"encoding/json"
	"slices"
	"strings"
)

// maxButtons is the most buttons a keyboard may have; more gives "reply markup is too long".
const maxButtons = 100

// tgButton is an inline button that was accepted.
type tgButton struct {
	text, data, url, style string
	wire                   map[string]any
}

func wireButtons(rows [][]tgButton) [][]map[string]any {
	out := make([][]map[string]any, len(rows))
	for i, row := range rows {
		for _, b := range row {
			out[i] = append(out[i], b.wire)
		}
	}
	return out
}

func sameButtons(a, b [][]tgButton) bool {
	x, _ := json.Marshal(wireButtons(a))
	y, _ := json.Marshal(wireButtons(b))
	return string(x) == string(y)
}

// tgMarkup is a reply_markup that was accepted.
type tgMarkup struct {
	buttons  [][]tgButton
	other    bool // a reply keyboard, its removal, or a forced reply
	keyboard [][]string
	remove   bool
}

// readMarkup checks reply_markup (Telegram Bot API 10.1, InlineKeyboardMarkup and ReplyKeyboardMarkup).
func (c *tgCall) readMarkup() (tgMarkup, *tgError) {
	var m tgMarkup
	var in struct {
		Inline      [][]map[string]any  `json:"inline_keyboard"`
		Keyboard    [][]json.RawMessage `json:"keyboard"`
		Remove      bool                `json:"remove_keyboard"`
		ForceReply  bool                `json:"force_reply"`
		Placeholder string              `json:"input_field_placeholder"`
	}
	if err := c.object("reply_markup", &in); err != nil {
		return m, err
	}
	if units(in.Placeholder) > 64 {
		return m, badRequest("input field placeholder is too long")
	}
	count := 0
	for _, row := range in.Inline {
		var buttons []tgButton
		for _, raw := range row {
			b, err := readButton(raw)
			if err != nil {
				return m, err
			}
			count++
			buttons = append(buttons, b)
		}
		if len(buttons) > 0 {
			m.buttons = append(m.buttons, buttons)
		}
	}
	for _, row := range in.Keyboard {
		var labels []string
		for _, raw := range row {
			var button struct{ Text string }
			if json.Unmarshal(raw, &button) != nil {
				_ = json.Unmarshal(raw, &button.Text)
			}
			if strings.TrimSpace(button.Text) == "" {
				return m, badRequest("keyboard button text must be non-empty")
			}
			count++
			labels = append(labels, button.Text)
		}
		if len(labels) > 0 {
			m.keyboard = append(m.keyboard, labels)
		}
	}
	if count > maxButtons {
		return m, badRequest("reply markup is too long")
	}
	m.remove = in.Remove
	m.other = len(m.buttons) == 0 && (len(m.keyboard) > 0 || in.Remove || in.ForceReply)
	return m, nil
}

// readButton checks one inline button: a text and exactly one action. An action without content is no action:
// go-telegram/bot adds an empty copy_text to every button.
func readButton(raw map[string]any) (tgButton, *tgError) {
	const prefix = "can't parse inline keyboard button: "
	b := tgButton{wire: map[string]any{}}
	actions := 0
	for name, value := range raw {
		switch v := value.(type) {
		case nil:
			continue
		case bool:
			if !v {
				continue
			}
		case string:
			if v == "" && !strings.HasPrefix(name, "switch_inline_query") {
				continue
			}
		case map[string]any:
			if text, ok := v["text"].(string); name == "copy_text" && ok && text == "" {
				continue
			}
		}
		b.wire[name] = value
		if name != "text" && name != "style" && name != "icon_custom_emoji_id" {
			actions++
		}
	}
	b.text, _ = raw["text"].(string)
	b.data, _ = b.wire["callback_data"].(string)
	b.url, _ = b.wire["url"].(string)
	b.style, _ = b.wire["style"].(string)
	switch {
	case strings.TrimFunc(b.text, invisible) == "":
		return b, badRequest(prefix + "button text must be non-empty")
	case actions == 0:
		return b, badRequest(prefix + "Text buttons are unallowed in the inline keyboard")
	case actions > 1:
		return b, badRequest(prefix + "button must have exactly one action")
	case b.style != "" && !slices.Contains([]string{"danger", "success", "primary"}, b.style):
		return b, badRequest(prefix + "invalid button style specified")
	case len(b.data) > 64:
		return b, badRequest("BUTTON_DATA_INVALID")
	case b.url != "" && !linkable(b.url):
		return b, badRequest("inline keyboard button URL is invalid: Wrong HTTP URL")
	}
	if app, ok := b.wire["web_app"].(map[string]any); ok {
		if link, _ := app["url"].(string); !strings.HasPrefix(strings.ToLower(link), "https://") {
			return b, badRequest("inline keyboard button Web App URL is invalid: Only HTTPS links are allowed")
		}
	}
	if c, ok := b.wire["copy_text"].(map[string]any); ok {
		if text, _ := c["text"].(string); units(text) > 256 {
			return b, badRequest("BUTTON_COPY_TEXT_INVALID")
		}
	}
	return b, nil
}

// label is the first button with this text, in a keyboard.
func (e *tgEntry) label(text string) (tgButton, bool) {
	for _, row := range e.buttons {
		for _, b := range row {
			if b.text == text {
				return b, true
			}
		}
	}
	return tgButton{}, false
}
