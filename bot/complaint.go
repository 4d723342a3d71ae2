package bot

import "time"

// Ref is a complaint's reference, as a person dictates it: "KXM-4FQ-7TA".
type Ref string

// Stage is where a complaint stands.
type Stage string

const (
	Received     Stage = "received"     // nobody has answered yet
	Acknowledged Stage = "acknowledged" // a person has confirmed it
	Examined     Stage = "examined"     // the customer has had a progress update
	Decided      Stage = "decided"      // the formal response is out
	Disputed     Stage = "disputed"     // the customer disagreed: round 2 or later
	Closed       Stage = "closed"
	Withdrawn    Stage = "withdrawn"
)

// Open tells whether the complaint still needs the company.
func (s Stage) Open() bool { return s != Closed && s != Withdrawn }

// Complaint is one expression of dissatisfaction, as its events left it.
type Complaint struct {
	Ref      Ref        `json:"ref"`
	Customer CustomerID `json:"customer"`
	Stage    Stage      `json:"stage"`
	Round    int        `json:"round"`  // 1; 2 and more after a dispute
	Policy   string     `json:"policy"` // hash of the pack and calendar it came in under
	Language string     `json:"language"`
	Channel  Channel    `json:"channel"`
	Topic    string     `json:"topic,omitempty"`
	// Name and Contact are the customer's as staff took them down, where the
	// complaint came without a messenger.
	Name    string `json:"name,omitempty"`
	Contact string `json:"contact,omitempty"`
	// Answers are the customer's, by question id.
	Answers map[string]Answer `json:"answers,omitempty"`
	Asked   []string          `json:"asked,omitempty"` // question ids in the order of the pack
	// Files are evidence ids in the order they came.
	Files    []string  `json:"files,omitempty"`
	Received time.Time `json:"received"`
	Promises []Promise `json:"promises,omitempty"`
	Assignee StaffID   `json:"assignee,omitempty"`
	// Said holds, by what was said (EventKind), the newest saying of it.
	Said map[EventKind]Saying `json:"said,omitempty"`
	// Doubt holds, by outbox id, staff's messages that did not surely arrive
	// and that nobody has dealt with yet.
	Doubt map[string]State `json:"doubt,omitempty"`
	// Broken holds how an earlier part of a cut message ended, by the id of
	// its last part, until that ends too.
	Broken map[string]State `json:"broken,omitempty"`
	// Waiting is since when the ball is with the customer; zero if it is not.
	Waiting   time.Time `json:"waiting,omitzero"`
	Escalated time.Time `json:"escalated,omitzero"`
	Outcome   string    `json:"outcome,omitempty"` // a Decision
	Reason    string    `json:"reason,omitempty"`  // of the policy's refuse reasons, where Outcome is Declined
	// Deciders are who decided, by round: the first at 0.
	Deciders []StaffID `json:"deciders,omitempty"`
	// With is the role that has the complaint, of its topic's route.
	With string `json:"with,omitempty"`
	// Copies holds, by Slack channel, the outbox id of the first message of
	// the copy that a role sees there.
	Copies map[string]string `json:"copies,omitempty"`
	// Referrals are what outside bodies were given and said, by their id.
	Referrals map[string]Referral `json:"referrals,omitempty"`
	Survey    *Survey             `json:"survey,omitempty"` // nil while none was sent
	ClosedAt  time.Time           `json:"closed_at,omitzero"`
	// Wall is nil while the whole desk may see the complaint. Home is where its
	// card is: a Slack channel, "direct:U1,U2" for a conversation with these
	// people, Nowhere while nobody may see it; empty for the desk's channel.
	Wall *Wall  `json:"wall,omitempty"`
	Home string `json:"home,omitempty"`
	// Met are members of staff whom the customer dealt with: they are not
	// accused, and may neither be assigned nor decide.
	Met []StaffID `json:"met,omitempty"`
	// Mandate is a representative's; nil for who complains for themselves.
	Mandate *Mandate `json:"mandate,omitempty"`
	// Version counts what colleagues or the customer did that a dialog opened
	// earlier would not know of.
	Version int `json:"version"`
	// Card is the outbox id of the complaint's first Slack message.
	Card string `json:"card,omitempty"`
	// Events counts the complaint's events; Hash is the last one's.
	Events int    `json:"events"`
	Hash   string `json:"hash,omitempty"`
}

// Direct begins the Home of a complaint that is shown to people directly,
// whose ids follow with commas; Nowhere is the Home of one that nobody may see.
const (
	Direct  = "direct:"
	Nowhere = "nowhere"
)

// Referral is a complaint that went to an outside body.
type Referral struct {
	Reference string `json:"reference,omitempty"` // the body's own
	Outcome   string `json:"outcome,omitempty"`
	Done      string `json:"done,omitempty"` // what the company did about it
}

// Survey is the question whether the customer was satisfied.
type Survey struct {
	Out       string    `json:"out"`              // outbox id of the newest asking
	At        time.Time `json:"at"`               // when it was asked; once answered, when that was
	Answer    string    `json:"answer,omitempty"` // of the policy's scale, or RatherNot
	Reminded  bool      `json:"reminded,omitempty"`
	Commented bool      `json:"commented,omitempty"`
}

// RatherNot is the answer of a customer who does not want to rate.
const RatherNot = "rather_not"

// Saying is a message to the customer that has a meaning of its own.
type Saying struct {
	Out   string    `json:"out"` // outbox id
	By    StaffID   `json:"by,omitempty"`
	At    time.Time `json:"at"`
	State string    `json:"state"` // queued sent possibly_sent failed prepared
}

// Decision is the outcome of a complaint.
type Decision = string

const (
	Upheld     Decision = "upheld"
	Partly     Decision = "partly"
	NotUpheld  Decision = "not_upheld"
	Unfounded  Decision = "unfounded"
	OutOfScope Decision = "out_of_scope"
	// Declined is the outcome of a complaint that the company does not take up,
	// for one of its policy's reasons.
	Declined Decision = "declined"
)

// Decisions lists the outcomes in the order they are offered.
var Decisions = []Decision{Upheld, Partly, NotUpheld, Unfounded, OutOfScope}
