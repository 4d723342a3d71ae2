package intake

import (
	"time"

	"github.com/heedbot/heed/locales"
)

var zero time.Time

func (t talk) typed(text string, keys ...locales.Key) bool { return t.Words.Typed(text, keys...) }
