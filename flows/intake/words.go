package intake

import "github.com/heedbot/heed/locales"

// typed tells whether the words are one of these labels, in any language.
func (t talk) typed(text string, keys ...locales.Key) bool { return t.Words.Typed(text, keys...) }
