package desk

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

// Ids of the dialogs.
const (
	ViewCompose = "compose" // words to the customer are written
	ViewPreview = "preview" // and shown as they will be sent
	ViewAssign  = "assign"
	ViewNote    = "note"
	ViewClose   = "close"
	ViewLog     = "log"    // a complaint that came without a messenger
	ViewRecord  = "record" // how a prepared message was sent
	ViewHeard   = "heard"  // what a customer without a chat said
	ViewRefer   = "refer"  // what an outside body was given or said
	ViewRead    = "read"   // only to be read
)

// wordsMax is the longest text of a field: Slack takes 3,000 characters.
const wordsMax = 3000

// Meta travels with a dialog: what it is about, as it was when it opened.
type Meta struct {
	Ref     bot.Ref `json:"ref"`
	Version int     `json:"v"`
	Verb    string  `json:"verb"`
	Dialog  string  `json:"dialog,omitempty"` // id under which the previewed words are kept
	Outcome string  `json:"outcome,omitempty"`
	Reason  string  `json:"reason,omitempty"`
	Out     string  `json:"out,omitempty"`  // the message it is about
	Chat    string  `json:"chat,omitempty"` // where private answers go
	Thread  string  `json:"thread,omitempty"`
	// More is what the button carried, or what goes with previewed words.
	More map[string]string `json:"more,omitempty"`
}

// Text gives the meta as it travels.
func (m Meta) Text() string {
	b, err := json.Marshal(m)
	if err != nil {
		return ""
	}
	return string(b)
}

// ParseMeta reads it back; false for anything that is not ours.
func ParseMeta(s string) (Meta, bool) {
	var m Meta
	if err := json.Unmarshal([]byte(s), &m); err != nil || m.Ref == "" && m.Verb != casework.Log {
		return Meta{}, false
	}
	return m, true
}

// NeedsDialog tells whether a press opens a dialog; other presses act at once.
func NeedsDialog(verb string) bool {
	switch verb {
	case casework.Reply, casework.Update, casework.Ask, casework.Decide, casework.Decline, casework.Assign, casework.Note,
		casework.Close, casework.Record, casework.Heard, casework.Refer, casework.Guidance:
		return true
	}
	return conductNeeds(verb) || mandateNeeds(verb) || wallNeeds(verb)
}

// Case is what a dialog shows of a complaint.
type Case struct {
	House    *casework.House
	Now      time.Time
	C        *bot.Complaint
	Customer bot.Customer
	// Last are the customer's newest words; Files what they gave, where a
	// list of them is shown.
	Last  string
	Files []bot.Evidence
	// Directory is who works here, for their names.
	Directory bot.Directory
}

func (k Case) pol() *policy.Policy { return k.House.Pack(k.C.Policy) }

func (k Case) lang() string {
	if k.Customer.Language != "" {
		return k.Customer.Language
	}
	return k.C.Language
}

func (k Case) t(key locales.Key, args ...any) string {
	return k.House.Words.Text(k.lang(), key, args...)
}

// Dialog gives the dialog of a verb.
func (k Case) Dialog(verb string, m Meta) bot.View {
	h := k.House
	m.Ref, m.Version, m.Verb = k.C.Ref, k.C.Version, verb
	v := bot.View{ID: ViewCompose, Title: h.D(locales.Key("staff.title." + verb)), Close: h.D(locales.StaffDialogCancel), Meta: m.Text()}
	switch verb {
	case casework.Assign:
		v.ID, v.Submit = ViewAssign, h.D(locales.StaffDialogSave)
		v.Blocks = []bot.Block{field(bot.Form{ID: "person", Kind: "person", Label: h.D(locales.StaffFieldPerson), Initial: string(k.C.Assignee)})}
	case casework.Note:
		v.ID, v.Submit = ViewNote, h.D(locales.StaffDialogSave)
		v.Blocks = []bot.Block{
			{Kind: bot.Small, Text: h.D(locales.StaffNoteInternal)},
			field(bot.Form{ID: "words", Kind: "lines", Max: wordsMax, Label: h.D(locales.StaffFieldNote)}),
		}
	case casework.Close:
		v.ID, v.Submit = ViewClose, h.D(locales.StaffDialogClose)
		v.Blocks = k.closing()
	case casework.Record:
		v.ID, v.Submit = ViewRecord, h.D(locales.StaffDialogSave)
		v.Blocks = k.recording()
	case casework.Heard:
		v.ID, v.Submit = ViewHeard, h.D(locales.StaffDialogSave)
		v.Blocks = k.hearing()
	case casework.Refer:
		v.ID, v.Submit = ViewRefer, h.D(locales.StaffDialogSave)
		v.Blocks = k.referring()
	case casework.Guidance:
		v.ID, v.Close = ViewRead, h.D(locales.StaffDialogDone)
		v.Blocks = []bot.Block{{Kind: bot.Plain, Text: h.GuidanceOn(k.C)}}
	default:
		if k.conductDialog(verb, &v) || k.mandateDialog(verb, &v) || k.wallDialog(verb, &v) {
			return v
		}
		k = k.toward(verb)
		v.Submit = h.D(locales.StaffDialogPreview)
		v.Blocks = append(k.about(), k.fields(verb)...)
	}
	return v
}

func field(f bot.Form) bot.Block { return bot.Block{Kind: bot.Field, Field: &f} }

// about shows whom one writes to, in which language, and what they said last.
func (k Case) about() []bot.Block {
	h := k.House
	b := []bot.Block{{Kind: bot.Rich, Spans: []bot.Span{
		{Text: casework.Apart(h.D(locales.StaffDialogLanguage))}, {Text: h.Tongue(k.lang()), Bold: true}}}}
	if s := strings.TrimSpace(k.shown()); s != "" {
		b = append(b, bot.Block{Kind: bot.Rich, Spans: []bot.Span{{Text: h.D(locales.StaffDialogLast), Bold: true}}},
			bot.Block{Kind: bot.Plain, Text: bot.Cut(s, 1500)})
	}
	if held := k.Customer.Unshown[k.C.Ref]; len(held.Parts)+len(held.Files) > 0 {
		b = append(b, bot.Block{Kind: bot.Small, Text: h.Words.Count(h.Language, locales.StaffConductNKept, len(held.Parts)+len(held.Files))})
	}
	return append(b, bot.Block{Kind: bot.Line})
}

func (k Case) fields(verb string) []bot.Block {
	h := k.House
	switch verb {
	case casework.Decline:
		var reasons []bot.Option
		for _, r := range k.pol().RefuseReasons {
			o := bot.Option{ID: r, Label: bot.Cut(h.Reason(k.C, h.Language, r), labelMax)}
			if k.lang() != h.Language {
				o.About = bot.Cut(h.Reason(k.C, k.lang(), r), labelMax)
			}
			reasons = append(reasons, o)
		}
		return []bot.Block{
			field(bot.Form{ID: "reason", Kind: "choice", Label: h.D(locales.StaffFieldReason), Options: reasons}),
			field(bot.Form{ID: "words", Kind: "lines", Max: wordsMax, Optional: true, Label: h.D(locales.StaffFieldReasons), Hint: h.D(locales.StaffFieldReasonsHint)}),
		}
	case casework.Decide:
		var outcomes []bot.Option
		for _, d := range bot.Decisions {
			outcomes = append(outcomes, bot.Option{ID: d, Label: h.D(locales.Key("decision." + d))})
		}
		return []bot.Block{
			field(bot.Form{ID: "outcome", Kind: "choice", Label: h.D(locales.StaffFieldOutcome), Options: outcomes}),
			field(bot.Form{ID: "reasons", Kind: "lines", Max: wordsMax, Label: h.D(locales.StaffFieldReasons), Hint: h.D(locales.StaffFieldReasonsHint)}),
			field(bot.Form{ID: "remedy", Kind: "lines", Max: wordsMax, Optional: true, Label: h.D(locales.StaffFieldRemedy), Hint: h.D(locales.StaffFieldRemedyHint)}),
		}
	}
	return []bot.Block{
		field(bot.Form{ID: "ready", Kind: "choice", Optional: true, Label: h.D(locales.StaffFieldReady), Options: k.ready(verb)}),
		field(bot.Form{ID: "words", Kind: "lines", Max: wordsMax, Optional: true, Label: h.D(locales.StaffFieldWords), Hint: h.D(locales.StaffFieldWordsHint)}),
	}
}

func (k Case) closing() []bot.Block {
	h := k.House
	var b []bot.Block
	open := 0
	for _, p := range k.C.Promises {
		if p.Verdict == bot.Open {
			open++
		}
	}
	if open > 0 {
		b = append(b, bot.Block{Kind: bot.Rich, Spans: []bot.Span{{Text: h.Words.Count(h.Language, locales.StaffCloseOpen, open), Bold: true}}})
	}
	b = append(b, bot.Block{Kind: bot.Small, Text: h.D(locales.StaffCloseTold)})
	pol := k.pol()
	for _, id := range lessons(pol) {
		b = append(b, field(bot.Form{ID: id, Kind: "lines", Max: wordsMax, Optional: len(pol.AskStaff) == 0,
			Label: hand{Work: &casework.Work{House: h}, c: k.C}.closingLabel(id)}))
	}
	return b
}

// lessons are what staff write down when they close a complaint: what the
// policy asks for, else what was learned, if they wish.
func lessons(pol *policy.Policy) []string {
	if len(pol.AskStaff) > 0 {
		return pol.AskStaff
	}
	return []string{"lesson"}
}

func (h hand) closingLabel(id string) string {
	if id == "lesson" {
		return h.D(locales.StaffLesson)
	}
	return h.Heading(h.Pack(h.c.Policy), id)
}

// referring is the dialog for what an outside body was given or said; what is
// known already stands in it.
func (k Case) referring() []bot.Block {
	h := k.House
	var bodies []bot.Option
	first, several := "", len(k.pol().Externals) > 1
	ids := append([]string(nil), k.pol().External...)
	for _, id := range slices.Sorted(maps.Keys(k.pol().Externals)) {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for _, id := range ids {
		bodies = append(bodies, bot.Option{ID: id, Label: bot.Cut(k.pol().Externals[id].Name, 75)})
		if _, ok := k.C.Referrals[id]; ok || first == "" {
			first = id
		}
	}
	var r bot.Referral
	if !several {
		r = k.C.Referrals[first]
	}
	return []bot.Block{
		field(bot.Form{ID: "external", Kind: "choice", Label: h.D(locales.StaffFieldBody), Options: bodies, Initial: first}),
		field(bot.Form{ID: "reference", Kind: "line", Max: 100, Optional: true, Label: h.D(locales.StaffFieldReference), Initial: r.Reference}),
		field(bot.Form{ID: "outcome", Kind: "lines", Max: wordsMax, Optional: true, Label: h.D(locales.StaffFieldBodyOutcome), Initial: r.Outcome}),
		field(bot.Form{ID: "done", Kind: "lines", Max: wordsMax, Optional: true, Label: h.D(locales.StaffFieldDone), Initial: r.Done}),
	}
}

// Compose makes the final words of a filled-in dialog, in the customer's
// language; errs names the fields that need something, by id.
func (k Case) Compose(verb string, values map[string]string) (words string, errs map[string]string) {
	return k.toward(verb).compose(verb, values)
}

func (k Case) compose(verb string, values map[string]string) (words string, errs map[string]string) {
	h := k.House
	errs = map[string]string{}
	get := func(id string) string { return strings.TrimSpace(locales.Clean(values[id])) }
	if verb == casework.Decline {
		if !slices.Contains(k.pol().RefuseReasons, values["reason"]) {
			errs["reason"] = h.D(locales.StaffErrorReason)
			return "", errs
		}
		return k.response(bot.Declined, strings.TrimSpace(h.Reason(k.C, k.lang(), values["reason"])+"\n"+get("words")), ""), nil
	}
	if verb == casework.Decide {
		outcome, reasons, remedy := values["outcome"], get("reasons"), get("remedy")
		if !slices.Contains(bot.Decisions, outcome) {
			errs["outcome"] = h.D(locales.StaffErrorOutcome)
		}
		if reasons == "" {
			errs["reasons"] = h.D(locales.StaffErrorReasons)
		}
		if len(errs) > 0 {
			return "", errs
		}
		return k.response(outcome, reasons, remedy), nil
	}
	var parts []string
	if n, err := strconv.Atoi(values["ready"]); err == nil && h.Words.Has(readyKey(verb, n)) {
		parts = append(parts, k.t(readyKey(verb, n)))
	} else if values["ready"] == askFor {
		parts = append(parts, k.t(locales.ReadyAuthorisation))
	}
	if s := get("words"); s != "" {
		parts = append(parts, s)
	}
	if len(parts) == 0 {
		errs["words"] = h.D(locales.StaffErrorWords)
		return "", errs
	}
	head := k.t(locales.Key("letter."+verb), "Ref", string(k.C.Ref))
	words = head + "\n\n" + strings.Join(parts, "\n\n")
	if verb == casework.Ask {
		words += h.Standing(k.C, k.lang(), k.Now)
	}
	if verb == casework.Update {
		words += h.FirmerLine(k.C, k.lang(), bot.EvUpdated, k.Now)
	}
	return words, nil
}

// response is the formal response: outcome, reasons, remedy, and what the
// customer may do if they disagree.
func (k Case) response(outcome, reasons, remedy string) string {
	head := locales.LetterDecide
	if k.C.Round > 1 {
		head = locales.LetterDecideAgain
	}
	parts := []string{
		k.t(head, "Ref", string(k.C.Ref)),
		k.t(locales.Key("response." + outcome)),
		k.t(locales.ResponseReasons) + "\n" + reasons,
	}
	if remedy != "" {
		parts = append(parts, k.t(locales.ResponseRemedy)+"\n"+remedy)
	}
	if k.C.Wall != nil {
		parts = append(parts, k.t(locales.ResponseSenior, "Role", k.House.SeniorName(k.C, k.lang())))
	}
	pol := k.pol()
	rights := ""
	switch {
	case len(pol.Disputes) > 0 && k.C.Round < pol.Rounds:
		own, ok := pol.SayIn(k.lang(), "dispute")
		rights = own
		if !ok && k.Customer.HasChat() {
			rights = k.t(locales.ResponseDispute)
		}
		if rights != "" {
			parts = append(parts, rights)
		}
		if !k.Customer.HasChat() {
			parts = append(parts, k.t(locales.ResponseDisputePaper))
		}
	case k.C.Round > 1:
		parts = append(parts, k.t(locales.ResponseFinal))
	}
	for _, id := range pol.External {
		// The pack's own words about disputes may name the body already.
		if url := pol.Externals[id].URL; url == "" || !strings.Contains(rights, url) {
			parts = append(parts, k.external(id, locales.ResponseExternal))
		}
	}
	for _, t := range pol.Topics {
		if t.ID == k.C.Topic && t.Notice != "" {
			parts = append(parts, k.external(t.Notice, locales.ResponseRegulator))
		}
	}
	return strings.Join(parts, "\n\n")
}

// external tells of an outside body, by its name in the customer's language.
func (k Case) external(id string, key locales.Key) string {
	pol := k.pol()
	e := pol.Externals[id]
	name, ok := pol.Say(k.lang(), "external."+id)
	if !ok {
		name = e.Name
	}
	return strings.TrimSpace(k.t(key, "Name", name) + "\n" + e.URL)
}

// Preview shows the final words before they are sent.
func (k Case) Preview(m Meta, words string) bot.View {
	h := k.House
	k = k.toward(m.Verb)
	m.Version = k.C.Version
	b := []bot.Block{{Kind: bot.Rich, Spans: []bot.Span{{Text: k.previewHead(m.Verb), Bold: true}}},
		{Kind: bot.Plain, Text: words}}
	return bot.View{ID: ViewPreview, Title: h.D(locales.StaffTitlePreview), Submit: h.D(locales.StaffDialogSend),
		Close: h.D(locales.StaffDialogBack), Blocks: b, Meta: m.Text()}
}

// Changed warns that the complaint moved on since the dialog was opened.
func (k Case) Changed(m Meta) []bot.Block {
	if m.Version == k.C.Version {
		return nil
	}
	return []bot.Block{{Kind: bot.Rich, Spans: []bot.Span{{Text: k.House.D(locales.StaffPreviewChanged), Bold: true}}},
		{Kind: bot.Plain, Text: bot.Cut(strings.TrimSpace(k.shown())+" ", 1000)}}
}
