package bot

import "time"

// Features say what a platform can do, as data.
type Features struct {
	Channel  Channel
	TextMax  int // longest text of one message, in TextUnit
	TextUnit TextUnit
	Choices  int   // most buttons of one message; 0: none, choices become numbers to type
	LabelMax int   // longest label of a button, in letters as a person counts them; 0: no limit
	Columns  int   // most buttons a row
	Edits    bool  // a message sent can be changed
	FileMax  int64 // largest file that can be fetched, bytes; 0: no limit
	Rate     Rate
}

// Rate is how fast a platform may be written to.
type Rate struct {
	PerChat time.Duration // least time between two messages to one chat
	Burst   int           // how many may go to one chat at once before that holds; 0: 1
	PerAll  time.Duration // least time between any two messages of the account
}

// TextUnit is how a platform counts text.
type TextUnit string

const (
	UTF16 TextUnit = "utf16"
	Runes TextUnit = "runes"
	Bytes TextUnit = "bytes"
)
