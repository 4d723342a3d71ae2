package bot

// Question is one thing a flow asks.
type Question struct {
	ID       string // never used again for another meaning
	Type     string // text, files, choice, phone, text_or_files
	Required bool
	Options  []string // ids, for a choice
	// When holds, by earlier question, the option it must have been answered
	// with, or Anything; empty: always asked.
	When map[string]string
	// Names says whose names the answer holds, where it holds the names of
	// staff: ComplainedOf, SpokenTo.
	Names string
}

// Anything, in Question.When, is any answer in words.
const Anything = "*"

// Whose names an answer holds.
const (
	ComplainedOf = "complained_of"
	SpokenTo     = "spoken_to"
)

// Applies tells whether the question is asked, given the answers.
func (q Question) Applies(a map[string]Answer) bool {
	if q.Type == "choice" && len(q.Options) == 0 {
		return false
	}
	for id, want := range q.When {
		if want == Anything && !a[id].Skipped && len(a[id].Parts) > 0 {
			continue
		}
		if a[id].Option != want {
			return false
		}
	}
	return true
}

// Answered tells whether the answer is acceptable.
func (q Question) Answered(a Answer) bool {
	if a.Skipped {
		return !q.Required
	}
	switch q.Type {
	case "choice":
		for _, o := range q.Options {
			if o == a.Option {
				return true
			}
		}
		return false
	case "text":
		return a.Done && len(a.Parts) > 0
	default:
		return a.Done && (len(a.Parts) > 0 || len(a.Files) > 0)
	}
}

// Flow is a list of questions. It keeps no place.
type Flow []Question

// Next is the first question that applies and has no acceptable answer;
// false when there is none.
func (f Flow) Next(a map[string]Answer) (Question, bool) {
	for _, q := range f {
		if q.Applies(a) && !q.Answered(a[q.ID]) {
			return q, true
		}
	}
	return Question{}, false
}

// Find gives the question with this id.
func (f Flow) Find(id string) (Question, bool) {
	for _, q := range f {
		if q.ID == id {
			return q, true
		}
	}
	return Question{}, false
}
