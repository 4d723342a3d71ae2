package casework

import (
	"slices"
	"strings"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/flows/wall"
)

// search looks for the staff whom the customer's answers name: those the
// complaint is about, and those they merely dealt with.
func (w *Work) search(c *bot.Complaint) (hide []bot.Hidden, met []bot.StaffID) {
	people := w.S.Directory.People
	walled := c.Wall != nil || walls(w.PolicyOf(c), c.Topic)
	var prose []string
	for _, q := range w.PolicyOf(c).Ask {
		text := strings.TrimSpace(c.Answers[q.ID].Text())
		about := c.Answers[policy.StaffAbout].Option
		switch {
		case text == "":
		case q.Names == bot.ComplainedOf, q.Names == bot.SpokenTo && about == "yes":
			hide = append(hide, wall.Named(text, people)...)
		case q.Names == bot.SpokenTo && about == "" && walled:
			// It is about someone, and nobody said about whom.
			for _, h := range wall.Named(text, people) {
				hide = append(hide, bot.Hidden{Staff: h.Staff, Unsure: true})
			}
		case q.Names == bot.SpokenTo:
			for _, h := range wall.Named(text, people) {
				met = append(met, h.Staff)
			}
		default:
			prose = append(prose, text)
		}
	}
	if !walled && len(hide) == 0 {
		return nil, met
	}
	return w.mentioned(&bot.Wall{Hidden: hide}, strings.Join(append(prose, c.Answers[Later].Text()), "\n"), met), met
}

// mentioned adds those whom a free account names to the people behind a wall,
// as unsure, as long as someone is left to look into it. Those the customer
// says they merely dealt with are not added.
func (w *Work) mentioned(behind *bot.Wall, prose string, met []bot.StaffID) []bot.Hidden {
	more := &bot.Wall{Hidden: slices.Clone(behind.Hidden), Managers: true}
	for _, h := range wall.Mentioned(prose, w.S.Directory.People) {
		if !more.Hides(h.Staff) && !slices.Contains(met, h.Staff) {
			more.Hidden = append(more.Hidden, h)
		}
	}
	if len(w.keepers(more)) == 0 {
		return behind.Hidden
	}
	return more.Hidden
}

// enclosed raises the wall around a complaint that is being lodged, where its
// topic or the customer says that it is about a member of staff, and notes whom
// the customer dealt with.
func (w *Work) enclosed(c *bot.Complaint) {
	hide, met := w.search(c)
	if len(met) > 0 {
		w.Event(c, bot.EvMet, "customer", "", map[string]string{"staff": ids(met)})
	}
	if walls(w.PolicyOf(c), c.Topic) || len(hide) > 0 || c.Answers[policy.StaffAbout].Option == "yes" {
		w.Enclose(c, "", "", hide)
	}
}

// accused looks for staff in later words about a walled complaint.
func (w *Work) accused(c *bot.Complaint, words string) {
	if c.Wall == nil || words == "" {
		return
	}
	more := w.mentioned(c.Wall, words, c.Met)
	if more = more[min(len(c.Wall.Hidden), len(more)):]; len(more) > 0 {
		w.Enclose(c, "", "", more)
	}
}
