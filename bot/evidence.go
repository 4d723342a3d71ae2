package bot

import "time"

// Evidence is a file a customer gave. Its row exists before its bytes do.
type Evidence struct {
	ID        string     `json:"id"`
	Customer  CustomerID `json:"customer"`
	Complaint Ref        `json:"complaint,omitempty"` // empty while in a draft
	Channel   Channel    `json:"channel"`
	Account   string     `json:"account,omitempty"`
	File      File       `json:"file"`
	From      *Informed  `json:"from,omitempty"`    // who sent it, where not the customer
	Message   string     `json:"message,omitempty"` // the platform's id of the message it came in
	At        time.Time  `json:"at"`
	Group     string     `json:"group,omitempty"`
	State     string     `json:"state"`         // wanted kept refused gone
	Why       string     `json:"why,omitempty"` // of refused and gone: a Why constant
	SHA256    string     `json:"sha256,omitempty"`
	MIME      string     `json:"mime,omitempty"` // by content
	Size      int64      `json:"size,omitempty"` // bytes, as received
	Blob      string     `json:"blob,omitempty"`
}

const (
	FileWanted  = "wanted"
	FileKept    = "kept"
	FileRefused = "refused"
	FileGone    = "gone" // the platform no longer has it

	WhyBig   = "big"   // over the platform's or our limit
	WhyEmpty = "empty" // no bytes
	WhyType  = "type"  // of a kind that could harm staff
	WhyGone  = "gone"
)
