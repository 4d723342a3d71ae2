package bot

// Sending is an outgoing message on its way through a door, with the
// platform's own ids filled in.
type Sending struct {
	Outbound
	Attempts int // 1 the first time
	// Doubtful is true when an earlier attempt may have reached the platform.
	Doubtful bool
	// TakenBack is true for what is to be removed: it may be looked for, but not
	// sent any more. It is Doubtful then.
	TakenBack bool
	// ThreadID and EditID are the platform's ids of what Thread and Edits name;
	// empty where those never arrived.
	ThreadID string
	EditID   string
}
