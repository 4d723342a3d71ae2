package bot

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"strconv"
	"time"
)

// Situation is all that one turn needs to know.
type Situation struct {
	Input Input
	Now   time.Time // when the turn is taken
	Lane  Lane
	N     int64 // number of the turn in its lane
	// Seed is fresh chance for this turn; Chance spends it.
	Seed [32]byte

	Customer   Customer    // zero in the desk's lane
	Complaints []Complaint // all of the customer's, oldest first
	Evidence   []Evidence  // all of the customer's, oldest first
	Pressed    *Token      // the token or link code in the input, if it is one of ours
	Staff      Staff       // who acted, for an Act
	Features   Features    // of the customer's channel
	Directory  Directory   // who works here; not Known where nobody could be asked in time
	// Out is the message in its final words that an Act (Act.Out) or a
	// settlement (Settled.Out) is about; nil where none is.
	Out *Outbound
}

// Turn is what the program makes of one input. It is saved whole or not at
// all.
type Turn struct {
	Customer   *Customer   // the new state; nil if unchanged
	Complaints []Complaint // new or changed
	Events     []Event     // sealed, in order
	Say        []Outbound  // in order within each lane
	Set        []Timer
	Stop       []string // timer keys
	Tokens     []Token
	Evidence   []Evidence // new or changed rows; new ones that are wanted get fetched
	// Adopt is a customer whose complaints, files, timers and waiting inputs
	// become those of this lane's customer: both are one person. Empty: none.
	Adopt CustomerID
	// Pass are inputs for the lanes of other customers' complaints (Input.Ref),
	// in the same transaction. Those about no complaint there is are dropped.
	Pass []Input
	// Remove takes complaints' posts and files out of channels, before anything
	// of Say is queued.
	Remove []Removal
	// Void are complaints whose link codes are of no use any more.
	Void []Ref
}

// Removal takes all that was posted about a complaint to staff out of the
// channels it is in: what has not been sent is not sent any more, what has been
// sent is deleted there.
type Removal struct {
	Complaint Ref
	// Again is where all of it is posted anew, in its newest form, in its order,
	// under its own ids and without calling anyone: in the thread of the card,
	// whose own post the turn says itself. Nil: nowhere.
	Again *Again
}

// Again is where removed posts go.
type Again struct {
	To     Address
	Thread string // outbox id of the card, which it keeps
	// Walled and Hidden are those of each post.
	Walled bool
	Hidden []StaffID
	// Pending is true where only what waits for staff is posted anew: prepared
	// messages, and those of which nobody knows whether they arrived.
	Pending bool
}

// Chance deals out the randomness of one turn: the same seed gives the same
// values in the same order.
type Chance struct {
	seed [32]byte
	n    uint64
}

// NewChance spends a turn's seed.
func NewChance(seed [32]byte) *Chance { return &Chance{seed: seed} }

// Bytes gives the next 32 bytes.
func (c *Chance) Bytes() [32]byte {
	var b [40]byte
	copy(b[:32], c.seed[:])
	binary.BigEndian.PutUint64(b[32:], c.n)
	c.n++
	return sha256.Sum256(b[:])
}

// Token gives an unguessable token of 128 bits: 22 characters of base64url,
// within every platform's limit for a button.
func (c *Chance) Token() string {
	b := c.Bytes()
	return base64.RawURLEncoding.EncodeToString(b[:16])
}

// NewID names the turn's i-th outgoing message or file. The lane and turn
// make it unique for good.
func NewID(l Lane, turn int64, i int) string {
	return string(l) + "/" + strconv.FormatInt(turn, 10) + "/" + strconv.Itoa(i)
}
