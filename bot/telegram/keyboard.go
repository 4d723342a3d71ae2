package telegram

import (
	"unicode"

	"github.com/heedbot/heed/bot"
)

// keyboard is an InlineKeyboardMarkup (Bot API 10.1). The SDK's own type gives
// each button an empty copy_text as a second action, which is not allowed.
type keyboard struct {
	Rows [][]button `json:"inline_keyboard"`
}

type button struct {
	Text string `json:"text"`
	Data string `json:"callback_data"` // 1 to 64 bytes
}

// keyboardOf lays out the choices; nil where there are none.
func keyboardOf(m bot.Message) *keyboard {
	if len(m.Choices) == 0 {
		return nil
	}
	n := columns(m)
	k := &keyboard{}
	for i, c := range m.Choices {
		if i%n == 0 {
			k.Rows = append(k.Rows, nil)
		}
		last := len(k.Rows) - 1
		k.Rows[last] = append(k.Rows[last], button{Text: c.Label, Data: c.Token})
	}
	return k
}

// columns is how many labels fit beside each other on a phone, where a row
// shows about 36 narrow letters less the buttons' margins.
func columns(m bot.Message) int {
	widest := 0
	for _, c := range m.Choices {
		widest = max(widest, width(c.Label))
	}
	switch {
	case m.Wide, widest > 15:
		return 1
	case widest > 8:
		return min(2, maxColumns)
	}
	return maxColumns
}

// width counts letters as they are wide: marks nothing, Chinese, Japanese and
// Korean letters and emoji two.
func width(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana), r >= 0x1F000:
			n += 2
		default:
			n++
		}
	}
	return n
}
