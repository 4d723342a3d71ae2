package bot

// Post is a message to staff, as data; the door gives it the platform's form.
type Post struct {
	// Text is the notification: short, and without a customer's words.
	Text string `json:"text"`
	// Mention lists users or user groups to be called by name.
	Mention []string `json:"mention,omitempty"`
	Blocks  []Block  `json:"blocks,omitempty"`
}

// BlockKind is the kind of a Block.
type BlockKind string

const (
	Heading BlockKind = "heading" // Text, one line
	Plain   BlockKind = "plain"   // Text, shown exactly as it is: for anyone's words, customers' too
	Rich    BlockKind = "rich"    // Spans, in our own words
	Pairs   BlockKind = "pairs"   // Pairs, labels beside values
	Small   BlockKind = "small"   // Text, in small print, shown exactly as it is
	Buttons BlockKind = "buttons" // Buttons in a row
	Line    BlockKind = "line"    // a rule across
	Field   BlockKind = "field"   // Field: something to fill in; in dialogs only
)

// Block is one piece of a post or a dialog.
type Block struct {
	Kind    BlockKind `json:"kind"`
	ID      string    `json:"id,omitempty"`
	Text    string    `json:"text,omitempty"`
	Spans   []Span    `json:"spans,omitempty"`
	Pairs   []Pair    `json:"pairs,omitempty"`
	Buttons []Button  `json:"buttons,omitempty"`
	Field   *Form     `json:"field,omitempty"`
}

// Span is a run of our own words. The door escapes Text.
type Span struct {
	Text string `json:"text,omitempty"`
	Bold bool   `json:"bold,omitempty"`
	User string `json:"user,omitempty"` // a user or user group id, shown by name (and called)
	URL  string `json:"url,omitempty"`
}

// Pair is a label and its value; either may hold anyone's words.
type Pair struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// Button is a button for staff. Action and Value come back when it is pressed.
type Button struct {
	Action string `json:"action"`
	Value  string `json:"value"`
	Label  string `json:"label"`
	Style  string `json:"style,omitempty"` // primary, danger, or empty
}

// View is a dialog.
type View struct {
	ID     string  `json:"id"` // which dialog; comes back on submission
	Title  string  `json:"title"`
	Submit string  `json:"submit,omitempty"`
	Close  string  `json:"close,omitempty"`
	Blocks []Block `json:"blocks"`
	Meta   string  `json:"meta,omitempty"` // comes back on submission, at most 3,000 characters
}

// Form is one thing to fill in.
type Form struct {
	ID       string   `json:"id"`
	Label    string   `json:"label"`
	Hint     string   `json:"hint,omitempty"`
	Kind     string   `json:"kind"` // line, lines, choice, person, date (2026-12-24), time (17:30)
	Max      int      `json:"max,omitempty"`
	Optional bool     `json:"optional,omitempty"`
	Options  []Option `json:"options,omitempty"`
	Initial  string   `json:"initial,omitempty"`
}

// Option is one of a choice's options.
type Option struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	// About stands under the label: what it says in the reader's language.
	About string `json:"about,omitempty"`
}
