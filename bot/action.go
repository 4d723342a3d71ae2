package bot

// Action is what a customer's button stands for. The button carries a random
// token; the action stays with us, bound to the customer it was shown to.
type Action struct {
	Verb     string `json:"verb"` // one of the verbs of flows/intake
	Question string `json:"question,omitempty"`
	Option   string `json:"option,omitempty"`
	Ref      Ref    `json:"ref,omitempty"`
	Draft    int    `json:"draft,omitempty"`  // Draft.N it belongs to
	Prompt   int    `json:"prompt,omitempty"` // Customer.Prompts when it was shown
}

// Token is a button's token as it is kept.
type Token struct {
	Token    string     `json:"token"`
	Customer CustomerID `json:"customer"`
	Action   Action     `json:"action"`
}
