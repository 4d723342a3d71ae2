package bot

import "time"

// CustomerID names a customer. It says nothing about the person.
type CustomerID string

// Customer is the person writing, with the conversation where it stands.
type Customer struct {
	ID CustomerID `json:"id"`
	// Chat is where to write to them; empty for someone who complained without
	// a messenger, whom staff write to by the way Contact says.
	Chat     Address `json:"chat"`
	Contact  string  `json:"contact,omitempty"` // an address, a number: as staff took it down
	Name     string  `json:"name,omitempty"`
	Language string  `json:"language,omitempty"` // one of the program's languages
	// Chosen is true once the person picked the language themselves.
	Chosen bool `json:"chosen,omitempty"`
	// Offered are the languages they were asked to go on in, because they write
	// in their letters.
	Offered []string `json:"offered,omitempty"`
	Greeted bool     `json:"greeted,omitempty"`
	// Unreachable holds since when they cannot be written to; zero if they can.
	Unreachable time.Time `json:"unreachable,omitzero"`

	Draft *Draft `json:"draft,omitempty"`
	// Held are words and files that wait for the customer to say which
	// complaint they belong to.
	Held *Held `json:"held,omitempty"`
	// Focus is the complaint that the next words go to, because the customer
	// chose it.
	Focus Ref `json:"focus,omitempty"`
	// Albums are being gathered, by their id; each is answered once, when it is
	// complete.
	Albums map[string]Album `json:"albums,omitempty"`
	// Comment is the complaint whose survey asked for a comment with the last
	// message.
	Comment Ref `json:"comment,omitempty"`
	// Confirm is what a typed yes would do, asked with the last message.
	Confirm *Action `json:"confirm,omitempty"`
	// Prompts counts the questions asked; a button knows the one it belongs to.
	Prompts int `json:"prompts,omitempty"`
	// Drafts counts the drafts begun.
	Drafts int `json:"drafts,omitempty"`

	// Flags and Steps are about how the customer treats staff.
	Flags []Flag `json:"flags,omitempty"`
	Steps []Step `json:"steps,omitempty"`
	// Unshown are messages and files kept while the customer is blocked, to be shown to
	// staff when that ends; by complaint.
	Unshown map[Ref]Held `json:"unshown,omitempty"`
	// Flood gathers messages that come faster than anyone could read them.
	Flood *Flood `json:"flood,omitempty"`
	// Informs are complaints of other people's lanes that this person is kept
	// informed of: someone complains for them.
	Informs []Ref `json:"informs,omitempty"`
}

// HasChat tells whether the program itself can write to the customer.
func (c Customer) HasChat() bool { return c.Chat.Chat != "" }

// Reachable tells whether the customer can be written to.
func (c Customer) Reachable() bool { return c.Unreachable.IsZero() }

// Held are words and files not yet given to a complaint.
type Held struct {
	Parts []Part   `json:"parts,omitempty"`
	Files []string `json:"files,omitempty"` // evidence ids
}

// Flood is a customer's many messages within a short time.
type Flood struct {
	// Recent are when the newest messages came, oldest first.
	Recent []time.Time `json:"recent,omitempty"`
	// Since is when it became a flood; zero while it is none.
	Since time.Time `json:"since,omitzero"`
	// Commands are those done during the flood, each once.
	Commands []string `json:"commands,omitempty"`
	Held     `json:"held,omitzero"`
}

// Album gathers the parts of one album until it is quiet.
type Album struct {
	Ref     Ref      `json:"ref,omitempty"` // the complaint its first part went to
	Files   []string `json:"files,omitempty"`
	Refused []string `json:"refused,omitempty"` // what to tell the customer of each
}

// Draft is an account being given. It keeps no place: the next question is
// the first one that applies and has no acceptable answer.
type Draft struct {
	N       int               `json:"n"`
	Policy  string            `json:"policy"` // hash of the pack whose questions are asked
	Started time.Time         `json:"started"`
	Touched time.Time         `json:"touched"`
	Answers map[string]Answer `json:"answers,omitempty"` // by question id
	Order   []string          `json:"order,omitempty"`   // question ids as they were answered, for back
	// Reminded and Listed are when the customer was reminded of it, and when
	// staff were shown it; zero if not yet.
	Reminded time.Time `json:"reminded,omitzero"`
	Listed   time.Time `json:"listed,omitzero"`
	// Shown is the outbox id of the post by which staff were shown it, and
	// ShownIn the Slack channel it is in; empty if they were not.
	Shown   string `json:"shown,omitempty"`
	ShownIn string `json:"shown_in,omitempty"`
}

// Part is a piece of what a customer wrote.
type Part struct {
	Message string    `json:"message,omitempty"` // the platform's message id
	Text    string    `json:"text"`
	At      time.Time `json:"at"`
	Was     []string  `json:"was,omitempty"` // earlier texts, oldest first
}

// Answer is what a customer answered to one question.
type Answer struct {
	Option  string   `json:"option,omitempty"` // id of the choice
	Parts   []Part   `json:"parts,omitempty"`
	Files   []string `json:"files,omitempty"` // evidence ids
	Done    bool     `json:"done,omitempty"`  // the person said that this is all
	Skipped bool     `json:"skipped,omitempty"`
}

// Text joins the parts of an answer, one a line.
func (a Answer) Text() string {
	s := ""
	for i, p := range a.Parts {
		if i > 0 {
			s += "\n"
		}
		s += p.Text
	}
	return s
}
