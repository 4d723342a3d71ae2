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
	// Chat is where the represented person is kept informed; nil if they are
	// not.
	Informed *Informed `json:"informed,omitempty"`
}

// Informed is someone other than the customer who hears of a complaint too.
type Informed struct {
	Customer CustomerID `json:"customer"`
	Chat     Address    `json:"chat"`
	Language string     `json:"language"`
	Since    time.Time  `json:"since"`
}

// MandateState is where a representative's authority stands.
type MandateState string

const (
	MandateClaimed   MandateState = "claimed" // nobody has looked at the authorisation yet
	MandateConfirmed MandateState = "confirmed"
	MandateRefused   MandateState = "refused" // the authorisation was not enough
	MandateWithdrawn MandateState = "withdrawn"
)
