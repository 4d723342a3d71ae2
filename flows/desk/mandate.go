package desk

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/locales"
)

// ViewMandate is the dialog that takes what is found of a representative's
// authority.
const ViewMandate = "mandate"

// stopInforming is what can be found besides: that the person represented is
// not to be informed any more.
const stopInforming = "stop"

// vouching is that staff made sure who is kept informed by the representative's
// code.
const vouching = "vouch"

// stands is how things stood when a dialog opened: what was found, and of whom
// who is kept informed.
func stands(c *bot.Complaint) string {
	s := string(c.Mandate.State)
	if i := c.Mandate.Informed; i != nil {
		s += " " + string(i.Customer) + " " + i.By
	}
	return s
}

// mandate takes an act of its own; false for another's.
func (h hand) mandate() bool {
	switch h.act.Verb {
	case casework.Mandate:
		h.found()
	case casework.Invite:
		text := h.T(locales.InviteTheirs, "Code", h.Inviting(h.c, string(h.act.By)))
		h.Quote(h.c, h.D(locales.StaffMandateInvite, "Person", h.PersonOf(h.c)), text)
		h.Save(h.c)
	default:
		return false
	}
	return true
}

// found takes what a member of staff found. The representative is told.
func (h hand) found() {
	f, m := h.act.Fields, h.c.Mandate
	words := strings.TrimSpace(locales.Clean(f["words"]))
	if was := f["was"]; was != stands(h.c) || !slices.Contains(findings(h.c), f["finding"]) {
		h.Private(h.Aside().D(locales.StaffErrorFindingBefore), words)
		return
	}
	if name := strings.TrimSpace(locales.Clean(f["represented"])); name != "" {
		m.Person = name
	}
	did := locales.Key("staff.mandate.did_" + f["finding"])
	text := h.D(did)
	p := bot.Post{Text: text, Blocks: []bot.Block{{Kind: bot.Rich, Spans: []bot.Span{{User: string(h.act.By)}, {Text: " " + text}}}}}
	if f["finding"] == string(bot.MandateConfirmed) && words != "" {
		p.Blocks = append(p.Blocks, bot.Block{Kind: bot.Plain, Text: words}) // how they know
	}
	h.Thread(h.c, p)
	switch finding := f["finding"]; finding {
	case stopInforming:
		h.Uninform(h.c, string(h.act.By), "stopped")
	case vouching:
		h.Vouch(h.c, h.act.By)
	case string(bot.MandateWithdrawn):
		h.Dissented(h.c, string(h.act.By))
	default:
		key := locales.Key("mandate." + finding)
		if finding == string(bot.MandateConfirmed) && !h.Authorised(h.c) {
			key = locales.MandateConfirmedOtherwise
		}
		text := h.T(key, "Ref", string(h.c.Ref))
		if finding == string(bot.MandateRefused) && words != "" {
			text += "\n\n" + words
		}
		h.Founded(h.c, bot.MandateState(finding), string(h.act.By), text)
		out := h.Say(text, h.InviteChoice(h.c), casework.Said{About: "mandate", Complaint: h.c, By: h.act.By})
		h.Record(h.c, out, h.D(locales.StaffToldByPerson, "What", h.D(locales.SaidMandate)), text)
	}
}

// findings are what can be found as it stands.
func findings(c *bot.Complaint) []string {
	var list []string
	for _, s := range []bot.MandateState{bot.MandateConfirmed, bot.MandateRefused, bot.MandateWithdrawn} {
		if s != c.Mandate.State || s == bot.MandateRefused {
			list = append(list, string(s))
		}
	}
	if casework.Unsure(c) != nil {
		list = append(list, vouching)
	}
	if c.Mandate.Informed != nil {
		list = append(list, stopInforming)
	}
	return list
}

// mandateNeeds tells whether a press opens a dialog of its own.
func mandateNeeds(verb string) bool { return verb == casework.Mandate }

// mandateDialog fills in the dialog of a verb of its own; false for another's.
func (k Case) mandateDialog(verb string, v *bot.View) bool {
	if verb != casework.Mandate || k.C.Mandate == nil {
		return false
	}
	h := k.House
	if m, ok := ParseMeta(v.Meta); ok {
		m.More = maps.Clone(m.More)
		if m.More == nil {
			m.More = map[string]string{}
		}
		m.More["was"] = stands(k.C)
		v.Meta = m.Text()
	}
	v.ID, v.Submit = ViewMandate, h.D(locales.StaffDialogSave)
	var list []bot.Option
	for _, id := range findings(k.C) {
		list = append(list, bot.Option{ID: id, Label: h.D(locales.Key("staff.finding." + id))})
	}
	refused := func(k Case) string { return k.t(locales.MandateRefused, "Ref", string(k.C.Ref)) }
	v.Blocks = slices.Concat(k.informedBlocks(), []bot.Block{
		field(bot.Form{ID: "finding", Kind: "choice", Label: h.D(locales.StaffFieldFinding), Options: list}),
		{Kind: bot.Small, Text: h.D(locales.StaffMandateSent, "Language", h.Tongue(k.lang()))},
		{Kind: bot.Plain, Text: refused(k)},
	}, k.meaning(refused), []bot.Block{
		field(bot.Form{ID: "words", Kind: "lines", Max: wordsMax, Optional: true, Label: h.D(locales.StaffFieldMissing), Hint: h.D(locales.StaffFieldMissingHint)}),
		field(bot.Form{ID: "represented", Kind: "line", Max: 200, Optional: true, Label: h.D(locales.StaffFieldRepresented), Initial: bot.Cut(k.C.Mandate.Person, 200)}),
	})
	return true
}

// informedBlocks say who is kept informed, and by whose code.
func (k Case) informedBlocks() []bot.Block {
	i, h := k.C.Mandate.Informed, k.House
	if i == nil {
		return nil
	}
	key, by := locales.StaffMandateInformedWho, []bot.Span{{User: i.By}}
	if casework.Unsure(k.C) != nil {
		key, by = locales.StaffMandateInformedWhoUnsure, nil
	}
	text := h.D(key, "Name", bot.Cut(cmp.Or(i.Name, "–"), 100), "At", h.Short(k.pol(), i.Since), "Person", h.PersonOf(k.C))
	return []bot.Block{{Kind: bot.Rich, Spans: append([]bot.Span{{Text: casework.Apart(text)}}, by...)}}
}

// mandateLacking says what a dialog of its own lacks, by field.
func (k Case) mandateLacking(s Sent) map[string]string {
	if s.View != ViewMandate || k.C.Mandate == nil {
		return nil
	}
	switch list := findings(k.C); {
	case s.Values["finding"] == "":
		return map[string]string{"finding": k.House.D(locales.StaffErrorFinding)}
	case !slices.Contains(list, s.Values["finding"]) || s.Meta.More["was"] != stands(k.C):
		return map[string]string{"finding": k.House.D(locales.StaffErrorFindingBefore)}
	case s.Values["finding"] == string(bot.MandateConfirmed) && len(k.C.Answers[casework.Authorisation].Files) == 0 && strings.TrimSpace(locales.Clean(s.Values["words"])) == "":
		return map[string]string{"words": k.House.D(locales.StaffMandateNoPaper)}
	}
	return nil
}

// mandateUnfit says why an act of its own does not fit now; "" if it fits. The
// formal response goes to nobody who may not have it.
func mandateUnfit(h *casework.House, c *bot.Complaint, cust bot.Customer, who bot.Staff, verb string, now time.Time) string {
	switch {
	case (verb == casework.Mandate || verb == casework.Invite) && c.Mandate == nil:
		return h.D(locales.StaffMandateNone)
	case verb == casework.Invite && c.Mandate.Informed != nil:
		return h.D(locales.StaffMandateAlready)
	case (verb == casework.Decide || verb == casework.Decline) && casework.Unconfirmed(c):
		return h.D(locales.StaffMandateFirst)
	}
	return ""
}

// turns are the verbs whose words go to the person represented where the
// representative may not speak for them.
func turns(verb string) bool {
	return verb == casework.Update || verb == casework.Decide || verb == casework.Decline
}

// toward shows the case as it is for whoever the words of a verb go to.
func (k Case) toward(verb string) Case {
	if !casework.Diverted(k.C) || !turns(verb) {
		return k
	}
	lang := k.lang()
	if i := casework.Entitled(k.C); i != nil {
		lang = i.Language
	}
	// No buttons of the representative's go with the words.
	k.Customer = bot.Customer{ID: k.Customer.ID, Language: lang}
	return k
}

// mandateWarning says above a preview what may be told, and to whom it goes.
func (k Case) mandateWarning(verb string) []bot.Block {
	var key locales.Key
	switch {
	case casework.Unconfirmed(k.C):
		key = locales.StaffMandateWarnClaimed
	case !casework.Diverted(k.C):
		return nil
	case !turns(verb):
		key = locales.StaffMandateWarnRepresentative
	case casework.Entitled(k.C) != nil:
		key = locales.StaffMandateWarnPerson
	case casework.Unsure(k.C) != nil:
		key = locales.StaffMandateWarnUnsure
	default:
		key = locales.StaffMandateWarnPaper
	}
	return []bot.Block{{Kind: bot.Rich, Spans: []bot.Span{{Text: k.House.D(key, "Person", k.House.PersonOf(k.C)), Bold: true}}}}
}

// previewHead says who reads the words of a verb.
func (k Case) previewHead(verb string) string {
	if casework.Diverted(k.C) && turns(verb) {
		return k.House.D(locales.StaffMandatePreview, "Person", k.House.PersonOf(k.C), "Language", k.House.Tongue(k.lang()))
	}
	return k.House.D(locales.StaffPreviewHead, "Language", k.House.Tongue(k.lang()))
}

// wordsApart stands between the words to the customer and the same in the
// language of the person represented, where a preview keeps both.
const wordsApart = "\x1e"

// alsoIn adds to composed words the same for the person represented, where they
// hear of it too: in their language, and without the buttons.
func (k Case) alsoIn(verb string, values map[string]string, words string) string {
	m := k.C.Mandate
	if m == nil || m.Informed == nil || casework.Diverted(k.C) {
		return words
	}
	k.Customer = bot.Customer{ID: k.Customer.ID, Language: m.Informed.Language}
	if other, errs := k.Compose(verb, values); len(errs) == 0 && other != words {
		words += wordsApart + other
	}
	return words
}

// askFor is the ready sentence that asks a representative for the
// authorisation.
const askFor = "authorisation"

// mandateReady are further ready sentences of a verb.
func (k Case) mandateReady(verb string) []bot.Option {
	if verb != casework.Ask || k.C.Mandate == nil || k.C.Mandate.State == bot.MandateConfirmed {
		return nil
	}
	return []bot.Option{k.sentence(askFor, locales.ReadyAuthorisation)}
}

// theirs tells whether a settled message was for someone else than the
// customer: the person represented. Where they have blocked us, they are not
// kept informed any more.
func theirs(w *casework.Work, s bot.Settlement) bool {
	o := w.S.Out
	if o == nil || o.Message == nil || o.To == w.Customer.Chat {
		return false
	}
	c := w.Complaint(s.Complaint)
	if c == nil || c.Mandate == nil || c.Mandate.Informed == nil || c.Mandate.Informed.Chat != o.To {
		return true
	}
	switch {
	case s.Blocked:
		w.Uninform(c, "bot", "gone")
		w.Line(c, w.D(locales.StaffMandateGone))
	case s.State == bot.Failed && s.About == casework.Informing:
		w.Line(c, w.D(locales.StaffMandateCopyFailed))
	}
	return true
}
