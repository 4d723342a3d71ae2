package bot

import "time"

// Timer is a message from the past: when it is due it becomes an input of its
// lane. Setting a timer with a key that is already set in the lane replaces it.
type Timer struct {
	Key       string    `json:"key"` // unique in its lane
	Kind      string    `json:"kind"`
	Due       time.Time `json:"due"`
	Complaint Ref       `json:"complaint,omitempty"`
	Promise   string    `json:"promise,omitempty"`
	Round     int       `json:"round,omitempty"`
	Draft     int       `json:"draft,omitempty"`
	Group     string    `json:"group,omitempty"`
}
