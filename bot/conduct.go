package bot

import "time"

// Flag is a message that a member of staff found abusive, with what they found.
type Flag struct {
	N         int       `json:"n"` // 1, 2, 3 … of the customer
	Complaint Ref       `json:"complaint"`
	Kind      string    `json:"kind"`              // of the policy's kinds
	Message   string    `json:"message,omitempty"` // the platform's id of the customer's message, where it has one
	Said      time.Time `json:"said"`              // when the customer wrote it
	Words     string    `json:"words"`             // the message it rests on, at most 1,000 letters
	By        StaffID   `json:"by"`
	At        time.Time `json:"at"`
	Reason    string    `json:"reason,omitempty"`
	Dropped   StaffID   `json:"dropped,omitempty"` // the manager who found that it is no abuse
	// Walled is true where the complaint is: nothing of it shows elsewhere.
	Walled bool `json:"walled,omitempty"`
}

// Steps of the ladder.
const (
	StepWarn   = "warn"
	StepStop   = "stop_replying"
	StepBlock  = "block"
	StepReport = "report_authority"
)

// Step is a step of the ladder that was taken against a customer: a measure.
type Step struct {
	N         int `json:"n"` // 1, 2, 3 … of the customer
	Complaint Ref `json:"complaint"`
	// Walled is true where the complaint is: then it restricts the customer in
	// that complaint alone, and shows nowhere else.
	Walled bool    `json:"walled,omitempty"`
	Do     string  `json:"do"`   // a step of the ladder
	Flag   int     `json:"flag"` // the message it rests on
	Kind   string  `json:"kind"`
	By     StaffID `json:"by"`
	// At is when it was decided; Told when the customer was told of it, by the
	// platform's clock; zero if that has not arrived.
	At   time.Time `json:"at"`
	Told time.Time `json:"told,omitzero"`
	Out  string    `json:"out,omitempty"` // outbox id of the telling
	// Until is when it lapses unless it is renewed; zero for what does not
	// last: a warning, a report.
	Until   time.Time `json:"until,omitzero"`
	Renewed int       `json:"renewed,omitempty"`
	// RenewedBy are those who renewed it, oldest first.
	RenewedBy []StaffID `json:"renewed_by,omitempty"`
	Reason    string    `json:"reason"`
	// Ended is when it was lifted or lapsed; EndedBy who lifted it, empty if it
	// lapsed.
	Ended   time.Time `json:"ended,omitzero"`
	EndedBy StaffID   `json:"ended_by,omitempty"`
	// Asked is when the customer asked for a review, once; Reviewed when a
	// manager answered.
	Asked      time.Time `json:"asked,omitzero"`
	Reviewed   time.Time `json:"reviewed,omitzero"`
	ReviewedBy StaffID   `json:"reviewed_by,omitempty"`
	// Overturned is true where the review found that it should not have been.
	Overturned bool `json:"overturned,omitempty"`
}

// InForce tells whether the measure restricts the customer at an instant.
func (m Step) InForce(now time.Time) bool {
	return (m.Do == StepStop || m.Do == StepBlock) && m.Ended.IsZero() && now.Before(m.Until)
}
