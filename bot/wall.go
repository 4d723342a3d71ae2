package bot

import (
	"slices"
	"strings"
	"time"
)

// Wall hides a complaint from the members of staff it is about, and from
// everyone below senior management.
type Wall struct {
	Since time.Time `json:"since"`
	// Hidden may not see the complaint, nor learn that there is one.
	Hidden []Hidden `json:"hidden,omitempty"`
	// Managers says that managers look into it, because nobody of senior
	// management may.
	Managers bool `json:"managers,omitempty"`
	// Cleared are those of whom senior management found that it is not about
	// them: no words of the customer's put them behind the wall again.
	Cleared []StaffID `json:"cleared,omitempty"`
	// Searched is whether the names in it could be compared with those of the
	// staff.
	Searched bool `json:"searched,omitempty"`
}

// Hidden is one person behind a wall.
type Hidden struct {
	Staff StaffID `json:"staff"`
	// Unsure is true for a name that may be another person's, until someone of
	// senior management says whose it is.
	Unsure bool `json:"unsure,omitempty"`
}

// Hides tells whether the wall keeps the complaint from a person whatever
// their rank. A nil wall hides from nobody.
func (w *Wall) Hides(id StaffID) bool {
	if w == nil {
		return false
	}
	for _, h := range w.Hidden {
		if h.Staff == id {
			return true
		}
	}
	return false
}

// Data is what an event says of the wall and of where the complaint lives.
func (w *Wall) Data(home string) map[string]string {
	data := map[string]string{"home": home}
	var unsure []StaffID
	for _, h := range w.Hidden {
		if h.Unsure {
			unsure = append(unsure, h.Staff)
		}
	}
	for k, v := range map[string]string{"hidden": joinIDs(w.Names()), "unsure": joinIDs(unsure), "cleared": joinIDs(w.Cleared), "managers": yes(w.Managers), "searched": yes(w.Searched)} {
		if v != "" {
			data[k] = v
		}
	}
	return data
}

// walled is what an event makes of the wall.
func (c *Complaint) walled(e Event) {
	if e.Data["down"] != "" {
		c.Wall, c.Home = nil, ""
		return
	}
	w := Wall{Since: e.At, Managers: e.Data["managers"] != "", Searched: e.Data["searched"] != "", Cleared: staffIDs(e.Data["cleared"])}
	if c.Wall != nil {
		w.Since = c.Wall.Since
	}
	unsure := staffIDs(e.Data["unsure"])
	for _, id := range staffIDs(e.Data["hidden"]) {
		w.Hidden = append(w.Hidden, Hidden{Staff: id, Unsure: slices.Contains(unsure, id)})
	}
	c.Wall, c.Home = &w, e.Data["home"]
	if e.Data["unassigned"] != "" {
		c.Assignee = ""
	}
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

func joinIDs(ids []StaffID) string {
	var s []string
	for _, id := range ids {
		s = append(s, string(id))
	}
	return strings.Join(s, ",")
}

func staffIDs(s string) []StaffID {
	var ids []StaffID
	for _, id := range strings.Split(s, ",") {
		if id != "" {
			ids = append(ids, StaffID(id))
		}
	}
	return ids
}

// Names lists the people behind the wall.
func (w *Wall) Names() []StaffID {
	if w == nil {
		return nil
	}
	var ids []StaffID
	for _, h := range w.Hidden {
		ids = append(ids, h.Staff)
	}
	return ids
}

// Rank is how much of what is walled a member of staff may see.
type Rank string

const (
	RankAgent   Rank = "agent"   // nothing
	RankManager Rank = "manager" // what nobody of senior management may look into, unless it is about them
	RankSenior  Rank = "senior"  // all but what is about them
)

// Sight is through whose eyes complaints are read.
type Sight struct {
	Staff StaffID
	Rank  Rank
}

// Sees tells whether a complaint exists for these eyes.
func (s Sight) Sees(c *Complaint) bool {
	switch {
	case c.Wall == nil:
		return true
	case c.Wall.Hides(s.Staff):
		return false
	case s.Rank == RankManager:
		return c.Wall.Managers
	}
	return s.Rank == RankSenior
}

// Directory is who works here, as Slack told lately.
type Directory struct {
	// Known is false where Slack could not be asked yet; then the rest is empty.
	Known bool
	// People are all persons of the workspace who are not deactivated, guests
	// too, with their roles.
	People []Staff
	// Rooms are the members of the desk's channel and of the channels named for
	// a role, by channel id.
	Rooms map[string][]StaffID
}

// Person gives someone by id; false if Slack does not know them.
func (d Directory) Person(id StaffID) (Staff, bool) {
	for _, s := range d.People {
		if s.ID == id {
			return s, true
		}
	}
	return Staff{}, false
}

// With lists those who have the role and may act, in the order of the people.
func (d Directory) With(r Role) []StaffID {
	var ids []StaffID
	for _, s := range d.People {
		if s.Trouble == "" && s.Is(r) {
			ids = append(ids, s.ID)
		}
	}
	return ids
}
