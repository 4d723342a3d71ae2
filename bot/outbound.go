package bot

import "time"

// Class says what becomes of a message when nobody knows whether it was sent,
// and when it is too late for it.
type Class string

const (
	Notice   Class = "notice"   // short and ours: sent again when in doubt
	Human    Class = "human"    // a person's words: waits for staff when in doubt
	Fleeting Class = "fleeting" // a spinner, a toast, a private answer: expires, never retried
)

// State is where an outgoing message stands.
type State string

const (
	Queued   State = "queued"
	InFlight State = "sending" // leased by a courier
	Sent     State = "sent"
	Possibly State = "possibly_sent"
	Failed   State = "failed"
	// Prepared is the state of a Saying only: words for a customer without a
	// chat, which staff send themselves and record.
	Prepared State = "prepared"
)

// Outbound is one thing to be sent, in its final words. Exactly one of
// Message, Toast, Post, Upload, Private and Delete is set.
type Outbound struct {
	// ID is given by NewID in the turn, so that other rows can name it.
	ID    string  `json:"id"`
	To    Address `json:"to"`
	Class Class   `json:"class"`

	Complaint Ref `json:"complaint,omitempty"`
	// Counts lists what its delivery means: "acknowledged", "replied". Empty
	// for words that mean nothing to a promise.
	Counts []EventKind `json:"counts,omitempty"`
	By     StaffID     `json:"by,omitempty"` // who wrote it; empty for the program
	// About is what it is, for the record: "receipt", "question", "status".
	About string `json:"about,omitempty"`

	// Whole is the id of the last part of a message that had to be cut; the
	// last part carries all of the Words. Both are empty for an uncut one.
	Whole string `json:"whole,omitempty"`
	Words string `json:"words,omitempty"`

	// Thread is the outbox id of the card in whose thread it is posted; Edits
	// the outbox id of a message it replaces. The platform's ids are filled in
	// when it is sent.
	Thread string `json:"thread,omitempty"`
	Edits  string `json:"edits,omitempty"`

	Expires time.Time `json:"expires,omitzero"`

	// Hidden may not see it. The door looks who is in the channel before it
	// posts, and refuses (Watched) where one of them is, or where the channel is
	// not private. Set for all that is walled; Walled is true then, though
	// nobody may be hidden yet.
	Hidden []StaffID `json:"hidden,omitempty"`
	Walled bool      `json:"walled,omitempty"`

	Message *Message `json:"message,omitempty"`
	Toast   *Toast   `json:"toast,omitempty"`
	Post    *Post    `json:"post,omitempty"`
	Upload  *Upload  `json:"upload,omitempty"`
	Private *Private `json:"private,omitempty"`
	// Delete takes what Edits names out of the channel.
	Delete bool `json:"delete,omitempty"`
}

// Text is what the message says, all parts together.
func (o Outbound) Text() string {
	if o.Words != "" || o.Message == nil {
		return o.Words
	}
	return o.Message.Text
}

// Lane is the outgoing lane the message waits in.
func (o Outbound) Lane() Lane {
	if o.To.Channel != Slack {
		return OutLane(o.To, "")
	}
	switch {
	case o.Private != nil:
		return OutLane(o.To, "private")
	case o.Delete:
		// Not behind the posts of the thread: one of those may wait for long.
		return OutLane(o.To, "delete")
	case o.Thread != "":
		return OutLane(o.To, o.Thread)
	case o.Edits != "":
		return OutLane(o.To, o.Edits)
	}
	return OutLane(o.To, o.ID)
}

// Message is words to a customer: plain text, and buttons where the platform
// has them.
type Message struct {
	Text    string   `json:"text"`
	Choices []Choice `json:"choices,omitempty"`
	// Wide asks for one button a row.
	Wide bool `json:"wide,omitempty"`
}

// Choice is a button: a random token that stands for an Action, and a label.
type Choice struct {
	Token string `json:"token"`
	Label string `json:"label"`
}

// Toast answers a press, so that the button stops spinning.
type Toast struct {
	PressID string `json:"press_id"`
	Text    string `json:"text,omitempty"`
}

// Upload is a kept file to be posted into a thread.
type Upload struct {
	Evidence string `json:"evidence"`
	Blob     string `json:"blob"`
	Name     string `json:"name"`
	Size     int64  `json:"size"`
	Comment  string `json:"comment,omitempty"` // our own words, never a customer's
}

// Private is an answer that one member of staff sees in a channel or thread.
type Private struct {
	User   StaffID `json:"user"`
	Thread string  `json:"thread,omitempty"` // the platform's own id
	Post   Post    `json:"post"`
}

// WhyWatched is why a message failed that someone it is kept from would have
// seen.
const WhyWatched = "someone it is kept from would see it"

// Settlement is how a delivery ended.
type Settlement struct {
	Out       string      `json:"out"`
	Complaint Ref         `json:"complaint,omitempty"`
	State     State       `json:"state"`             // sent, possibly_sent or failed
	At        time.Time   `json:"at"`                // when the platform accepted it, or when it was given up
	Why       string      `json:"why,omitempty"`     // failed: a short reason without personal data
	Blocked   bool        `json:"blocked,omitempty"` // the customer cannot be written to any more
	Counts    []EventKind `json:"counts,omitempty"`
	By        StaffID     `json:"by,omitempty"`
	About     string      `json:"about,omitempty"`
	Class     Class       `json:"class,omitempty"`
	Platform  []string    `json:"platform,omitempty"` // the platform's message ids, one a part
	// Evidence is the file that did not surely get to the desk; empty for words.
	Evidence string `json:"evidence,omitempty"`
}
