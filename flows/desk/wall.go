package desk

import (
	"slices"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/locales"
)

// ViewWall is the dialog that hides a complaint from someone, or does so no
// longer.
const ViewWall = "wall"

// wallNeeds tells whether a press opens a dialog of its own.
func wallNeeds(verb string) bool {
	return verb == casework.WallUp || verb == casework.NamePerson || verb == casework.Release
}

// wallDialog fills in the dialog of a verb of its own; false for another's.
func (k Case) wallDialog(verb string, v *bot.View) bool {
	if !wallNeeds(verb) {
		return false
	}
	h := k.House
	v.ID, v.Submit = ViewWall, h.D(locales.StaffDialogSave)
	person := bot.Form{ID: "person", Kind: "person", Label: h.D(locales.StaffFieldHide)}
	if verb == casework.WallUp {
		person.Hint = h.D(locales.StaffFieldHideHint)
	}
	if verb == casework.Release {
		person = bot.Form{ID: "person", Kind: "choice", Label: h.D(locales.StaffFieldReleased)}
		for _, x := range k.C.Wall.Hidden {
			person.Options = append(person.Options, bot.Option{ID: string(x.Staff), Label: bot.Cut(k.nameOf(x.Staff), 75)})
		}
	}
	v.Blocks = []bot.Block{field(person), field(bot.Form{ID: "words", Kind: "lines", Max: wordsMax, Label: h.D(locales.StaffFieldWhy)})}
	return true
}

// nameOf is what a member of staff is called; their id where that is not known.
func (k Case) nameOf(id bot.StaffID) string {
	if s, ok := k.Directory.Person(id); ok && s.Name != "" {
		return s.Name
	}
	return string(id)
}

// wallLacking says what a dialog of its own lacks, by field.
func (k Case) wallLacking(s Sent) map[string]string {
	h := k.House
	errs := map[string]string{}
	person := bot.StaffID(s.Values["person"])
	switch {
	case s.View == ViewAssign:
		switch {
		case k.C.Wall != nil && !h.Sight(s.Person).Sees(k.C):
			errs["person"] = h.D(locales.StaffNotKeeper)
		case !s.Person.Alone && slices.Contains(k.C.Met, s.Person.ID):
			errs["person"] = h.D(locales.StaffErrorMet)
		}
		return errs
	case s.View != ViewWall:
		return nil
	case s.Meta.Verb == casework.Release && !k.C.Wall.Hides(person):
		errs["person"] = h.D(locales.StaffErrorRelease)
	case person == "":
		errs["person"] = h.D(locales.StaffErrorHide)
	}
	if strings.TrimSpace(locales.Clean(s.Values["words"])) == "" {
		errs["words"] = h.D(locales.StaffErrorWhy)
	}
	return errs
}

// wallUnfit says why an act does not fit because of the wall, or of whom the
// customer dealt with; "" if it fits.
func wallUnfit(h *casework.House, c *bot.Complaint, _ bot.Customer, who bot.Staff, verb string, _ time.Time) string {
	switch {
	case !who.Alone && slices.Contains(c.Met, who.ID) && (verb == casework.Decide || verb == casework.Decline || verb == casework.Close && c.Outcome == ""):
		return h.D(locales.StaffMetDecides)
	case verb == casework.WallUp && c.Wall != nil:
		return h.D(locales.StaffWallAlready)
	case (verb == casework.NamePerson || verb == casework.Release) && c.Wall == nil:
		return h.D(locales.StaffWallOpen)
	case verb == casework.Release && len(c.Wall.Hidden) == 0:
		return h.D(locales.StaffWallOpen)
	}
	return ""
}

// wall takes an act about the wall; false for another's.
func (h hand) wall() bool {
	if !wallNeeds(h.act.Verb) {
		return false
	}
	why, person := strings.TrimSpace(h.act.Fields["words"]), bot.StaffID(h.act.Fields["person"])
	switch {
	case person == "" || why == "":
		h.Private(h.Aside().D(locales.StaffErrorWhy), why)
	case h.act.Verb == casework.Release:
		if !h.c.Wall.Hides(person) {
			h.Private(h.Aside().D(locales.StaffErrorRelease), why)
			break
		}
		h.Released(h.c, h.act.By, person, why)
		if h.c.Wall == nil {
			// The desk need not know whom it was thought to be about.
			h.Private(h.Aside().D(locales.StaffWallReleased, "Name", h.NameOf(person)), "")
			break
		}
		h.noted(h.D(locales.StaffWallReleased, "Name", h.NameOf(person)), why)
	default:
		if !h.Hide(h.c, h.act.By, person, why) {
			h.Private(h.Aside().D(locales.StaffWallLast), why)
			break
		}
		h.noted(h.D(locales.StaffWallRaised, "Names", h.NameOf(person)), why)
		if h.act.Verb == casework.WallUp && !h.Sight(h.S.Staff).Sees(h.c) {
			h.Private(h.Aside().D(locales.StaffWallDone, "Names", h.NameOf(person)), "")
		}
	}
	return true
}

// noted shows in the thread what someone did, with their words.
func (h hand) noted(text, words string) {
	h.Thread(h.c, bot.Post{Text: text, Blocks: []bot.Block{
		{Kind: bot.Rich, Spans: []bot.Span{{User: string(h.act.By)}, {Text: " " + text}}}, {Kind: bot.Plain, Text: words}}})
}
