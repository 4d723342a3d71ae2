package bot

import "time"

// InputKind says what happened.
type InputKind string

const (
	InMessage   InputKind = "message"   // a customer wrote, sent files, or both
	InEdit      InputKind = "edit"      // a customer changed a message; Text is the new one
	InPress     InputKind = "press"     // a customer pressed a button; Token says which
	InBlocked   InputKind = "blocked"   // the customer can no longer be written to
	InUnblocked InputKind = "unblocked" // and now can again
	InAct       InputKind = "act"       // a member of staff did something; Act says what
	InTimer     InputKind = "timer"     // a timer is due
	InSettled   InputKind = "settled"   // a delivery to a customer ended
	InFetched   InputKind = "fetched"   // fetching a file ended
	InUnread    InputKind = "unread"    // something arrived that nobody can decode
	InJoined    InputKind = "joined"    // Person.ID, a member of staff, is in the channel Chat; about the complaint Ref
	InPassed    InputKind = "passed"    // another lane's turn tells this one: Command says what, about the complaint Ref
	InWarning   InputKind = "warning"   // the program warns the desk; Text says of what, Argument of which
)

// Input is something that happened, in the program's own words. Doors make
// inputs; the turn of the input's lane takes them one at a time.
type Input struct {
	// Key is unique per channel and account; an input with a key already kept
	// is a repetition and is dropped.
	Key     string    `json:"key"`
	Channel Channel   `json:"channel,omitempty"`
	Account string    `json:"account,omitempty"`
	Kind    InputKind `json:"kind"`
	// At is when it happened by the platform's clock (whole seconds or finer);
	// the time it was kept where the platform gives none.
	At time.Time `json:"at"`

	Chat        string `json:"chat,omitempty"` // the customer's chat
	Ref         Ref    `json:"ref,omitempty"`  // the complaint it is about: joined, passed
	Person      Person `json:"person,omitzero"`
	MessageID   string `json:"message_id,omitempty"` // the platform's id, unique in its chat
	Text        string `json:"text,omitempty"`       // plain words; captions too
	Command     string `json:"command,omitempty"`    // without the slash, lower case: "start"
	Argument    string `json:"argument,omitempty"`   // what followed the command; a hint, never trusted
	Files       []File `json:"files,omitempty"`
	Group       string `json:"group,omitempty"`       // album id: more parts may follow
	Unsupported string `json:"unsupported,omitempty"` // what it was, where we cannot take it: "sticker", "poll"
	Token       string `json:"token,omitempty"`       // of the button pressed; anything may be in it
	PressID     string `json:"press_id,omitempty"`    // to be answered with a Toast, so the button stops spinning

	Act     *Act        `json:"act,omitempty"`
	Timer   *Timer      `json:"timer,omitempty"`
	Settled *Settlement `json:"settled,omitempty"`
	Fetched *Fetched    `json:"fetched,omitempty"`
}

// Person is a customer as the platform shows them.
type Person struct {
	ID       string `json:"id,omitempty"`
	Name     string `json:"name,omitempty"`
	Language string `json:"language,omitempty"` // the client's tag as given, such as "pt-br"; may be empty
}

// File is a file named in an input: not fetched yet.
type File struct {
	Kind   string `json:"kind"` // photo document video voice audio animation
	Name   string `json:"name,omitempty"`
	MIME   string `json:"mime,omitempty"`   // as declared; may be untrue
	Size   int64  `json:"size,omitempty"`   // bytes as declared; -1 where the platform gives none
	Handle string `json:"handle,omitempty"` // what the door fetches it by; never a URL that holds a token
}

// Arrival is an input as a door hands it over to be kept: the platform's own
// bytes, and what the door made of them.
type Arrival struct {
	Input Input
	Raw   []byte
}

// Fetched is how fetching a file ended.
type Fetched struct {
	Evidence string `json:"evidence"`
	State    string `json:"state"`            // kept, refused, gone
	Why      string `json:"why,omitempty"`    // refused and gone: big empty type gone
	SHA256   string `json:"sha256,omitempty"` // hex, of the bytes as received
	MIME     string `json:"mime,omitempty"`   // by content
	Size     int64  `json:"size,omitempty"`   // bytes
	Blob     string `json:"blob,omitempty"`   // key in the evidence store
}

// Act is what a member of staff did.
type Act struct {
	Verb      string     `json:"verb"` // one of the Verb constants of flows/desk
	Complaint Ref        `json:"complaint,omitempty"`
	Customer  CustomerID `json:"customer,omitempty"` // where there is no complaint yet: an unfinished account
	// New says that Customer is a fresh id: of someone who complained without a
	// messenger. They are created when the act is kept.
	New     bool              `json:"new,omitempty"`
	Out     string            `json:"out,omitempty"` // the message it is about
	By      StaffID           `json:"by"`
	Version int               `json:"version,omitempty"` // of the complaint, as the person saw it
	Fields  map[string]string `json:"fields,omitempty"`
	// Where the private answer goes: the channel, and the thread if any.
	Chat   string `json:"chat,omitempty"`
	Thread string `json:"thread,omitempty"`
}

// StaffID is a Slack user id.
type StaffID string

// Role is what a member of staff may be.
type Role string

const (
	Agent   Role = "agent"   // a member of the desk's channel
	Manager Role = "manager" // named in HEED_SLACK_MANAGERS
	// Senior is senior management: it alone sees what is walled.
	Senior Role = "senior_management"
)

// Staff is the person behind an Act, as Slack knows them, never as a payload
// says.
type Staff struct {
	ID   StaffID `json:"id"`
	Name string  `json:"name"`
	// Names are all that Slack and the configuration call them, for finding
	// them by name; of a Directory only.
	Names []string `json:"names,omitempty"`
	Roles []Role   `json:"roles"`
	// Trouble says why nothing may be done: "deactivated", "bot", "guest",
	// "unknown" (a guest only where no role is named for them), or "unchecked" where Slack could not be asked.
	Trouble string `json:"trouble,omitempty"`
	Locale  string `json:"locale,omitempty"`
	// Alone is true where nobody else at the desk could act in their place.
	Alone bool `json:"alone,omitempty"`
}

// Is tells whether the person has the role.
func (s Staff) Is(r Role) bool {
	for _, x := range s.Roles {
		if x == r {
			return true
		}
	}
	return false
}
