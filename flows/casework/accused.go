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
	return w.searchFor(c, false)
}

// searchFor is search, of a complaint that is about a member of staff whatever
// its topic where raised is true.
func (w *Work) searchFor(c *bot.Complaint, raised bool) (hide []bot.Hidden, met []bot.StaffID) {
	people := w.S.Directory.People
	walled := raised || c.Wall != nil || walls(w.PolicyOf(c), c.Topic)
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
				// Somebody else of that name may have been meant.
				if !h.Unsure {
					met = append(met, h.Staff)
				}
			}
		default:
			prose = append(prose, text)
		}
	}
	if !walled && len(hide) == 0 {
		return nil, met
	}
	story := strings.Join(append(prose, c.Answers[Later].Text(), c.Answers[TheirWords].Text()), "\n")
	if hide = w.mentioned(c, hide, wall.Mentioned(story, people), met); len(hide) == 0 && walled {
		// It is about someone: half a name is worth a look, too.
		hide = w.mentioned(c, hide, wall.Named(story, people), met)
	}
	return hide, met
}

// mentioned adds those whom a free account seems to name to those a complaint is
// hidden from, as unsure, as long as someone of those who look into it is left. Whom
// the customer merely dealt with, and whoever has answered them here, is not
// added: they are greeted by name.
func (w *Work) mentioned(c *bot.Complaint, hide, named []bot.Hidden, met []bot.StaffID) []bot.Hidden {
	more := &bot.Wall{Hidden: slices.Clone(hide)}
	if c.Wall != nil {
		more.Managers = c.Wall.Managers
	}
	known := slices.Concat(met, c.Met, c.Deciders, []bot.StaffID{c.Assignee})
	for _, s := range c.Said {
		known = append(known, s.By)
	}
	for _, h := range named {
		h.Unsure = true
		if !more.Hides(h.Staff) && !slices.Contains(known, h.Staff) {
			more.Hidden = append(more.Hidden, h)
		}
	}
	all := &bot.Wall{Managers: more.Managers, Hidden: more.Hidden}
	if c.Wall != nil {
		all.Hidden = append(slices.Clone(all.Hidden), c.Wall.Hidden...)
	}
	if len(w.keepers(all)) == 0 {
		return hide
	}
	return more.Hidden
}

// enclosed raises the wall around a complaint that is being lodged, where its
// topic or the customer says that it is about a member of staff, and notes whom
// the customer dealt with. Where it is not known who works here it is looked
// for them later.
func (w *Work) enclosed(c *bot.Complaint) {
	hide, met := w.search(c)
	if len(met) > 0 {
		w.Event(c, bot.EvMet, "customer", "", map[string]string{"staff": ids(met)})
	}
	if walls(w.PolicyOf(c), c.Topic) || len(hide) > 0 || c.Answers[policy.StaffAbout].Option == "yes" {
		w.Enclose(c, "", "", hide)
		return
	}
	if slices.ContainsFunc(w.PolicyOf(c).Ask, func(q bot.Question) bool { return q.Names != "" && c.Answers[q.ID].Text() != "" }) {
		w.guardLater(c)
	}
}

// accuse looks for staff in what a customer said in this turn about walled
// complaints, before anything of it is posted.
func (w *Work) accuse() {
	for _, c := range w.complaints {
		var words []string
		for _, e := range w.turn.Events {
			if e.Complaint == c.Ref && e.Words != "" && (e.By == "customer" || e.By == "represented") {
				words = append(words, e.Words)
			}
		}
		if c.Wall == nil || len(words) == 0 || w.posted[c.Card] || !w.S.Directory.Known {
			continue
		}
		hide, _ := w.search(c)
		hide = w.mentioned(c, hide, wall.Mentioned(strings.Join(words, "\n"), w.S.Directory.People), c.Met)
		hide = slices.DeleteFunc(hide, func(h bot.Hidden) bool { return c.Wall.Hides(h.Staff) || slices.Contains(c.Wall.Cleared, h.Staff) })
		if len(hide) > 0 {
			w.Enclose(c, "", "", hide)
		}
	}
}
