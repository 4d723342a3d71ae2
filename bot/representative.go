package bot

import "time"

// Mandate is a representative's authority to complain for someone else.
type Mandate struct {
	State MandateState `json:"state"`
	// By is who confirmed, refused or noted the withdrawal; "customer" for the
	// represented person, "representative" for the one who complained.
	By string    `json:"by,omitempty"`
	At time.Time `json:"at,omitzero"`
	// Person is who is represented, as staff or the representative wrote it.
	Person string `json:"person,omitempty"`
	// Informed is the represented person where they are kept informed; nil if
	// they are not.
	Informed *Informed `json:"informed,omitempty"`
	// Gone is who was kept informed until they blocked their chat, and is again
	// once they are back.
	Gone *Informed `json:"gone,omitempty"`
	// Former are those who were kept informed at some time, and are not now.
	Former []CustomerID `json:"former,omitempty"`
	// Serial is that of the codes that are good now: it is raised where those
	// given so far are not to be any more.
	Serial int `json:"serial,omitempty"`
}

// Informed is someone other than the customer who hears of a complaint too.
type Informed struct {
	Customer CustomerID `json:"customer"`
	Chat     Address    `json:"chat"`
	Language string     `json:"language"`
	Since    time.Time  `json:"since"`
	Name     string     `json:"name,omitempty"` // as their platform shows it
	// By is the member of staff who gave the code or made sure who they are;
	// "representative" where nobody did, and the representative gave it.
	By string `json:"by,omitempty"`
}

// MandateState is where a representative's authority stands.
type MandateState string

const (
	MandateClaimed   MandateState = "claimed" // nobody has looked at the authorisation yet
	MandateConfirmed MandateState = "confirmed"
	MandateRefused   MandateState = "refused" // the authorisation was not enough
	MandateWithdrawn MandateState = "withdrawn"
)
