package policy

// Gap is a text that customers will see in a language of the pack and that nobody has written.
type Gap struct {
	Language string `json:"language"`
	Key      string `json:"key"` // of texts: "topic.service"
	Shown    string `json:"shown,omitempty"`
}

// Gaps lists the texts that customers would need in one of the pack's languages and that neither the pack nor the program
// gives; has tells whether the program has words for a key in a language.
func (p *Policy) Gaps(has func(lang, key string) bool) []Gap { return nil }
