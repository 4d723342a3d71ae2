package desk

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/flows/conduct"
	"github.com/heedbot/heed/locales"
)

// Ids of the dialogs about conduct: one acts when it is sent off, the other
// goes on to what the customer will read.
const (
	ViewConduct = "conduct"
	ViewMeasure = "measure"
)

// reasonMax is the longest reason, in letters: it travels with a dialog.
const reasonMax = 500

// conductDialog fills in the dialog of a verb of its own; false for another's.
func (k Case) conductDialog(verb string, v *bot.View) bool {
	h, l := k.House, k.ladder()
	m, _ := ParseMeta(v.Meta)
	if !conductNeeds(verb) {
		return false
	}
	v.ID, v.Submit = ViewConduct, h.D(locales.StaffDialogSave)
	switch verb {
	case casework.Flag:
		v.Blocks = k.flagging(m.More["message"])
	case casework.Unflag:
		v.Blocks = append(k.flagged(l.Flags, m.More["flag"]), k.reason(false, locales.StaffFieldReasonHint))
	case casework.ReportAuthority:
		v.Blocks = append([]bot.Block{{Kind: bot.Small, Text: h.D(locales.StaffConductRecordOnly)}}, k.basis(verb, m)...)
		v.Blocks = append(v.Blocks, field(bot.Form{ID: "authority", Kind: "line", Max: 200, Label: h.D(locales.StaffFieldAuthority)}),
			k.reason(false, locales.StaffFieldReasonHint))
	case casework.Warn, casework.StopReplying, casework.Block:
		v.ID, v.Submit = ViewMeasure, h.D(locales.StaffDialogPreview)
		v.Blocks = append(k.about(), k.basis(verb, m)...)
		if verb == casework.Warn {
			v.Blocks = append(v.Blocks, field(bot.Form{ID: "own", Kind: "lines", Max: reasonMax, Optional: true,
				Label: h.D(locales.StaffFieldOwnSentence), Hint: h.D(locales.StaffFieldOwnHint)}))
			break
		}
		v.Blocks = append(v.Blocks, k.until(locales.StaffFieldUntil), k.reason(false, locales.StaffFieldReasonTold))
	case casework.Renew:
		v.Blocks = append(k.measures(m, func(n int) conduct.No { return l.Renew(conduct.Actor{Manager: true}, n) }),
			k.until(locales.StaffFieldUntilNew), k.reason(false, locales.StaffFieldReasonTold))
	case casework.Lift:
		v.Blocks = append(k.measures(m, func(n int) conduct.No { return l.Lift(conduct.Actor{Manager: true}, n) }),
			bot.Block{Kind: bot.Small, Text: h.D(locales.StaffConductLiftTold)}, k.reason(false, locales.StaffFieldReasonHint))
	case casework.Review:
		v.Blocks = append(k.measures(m, func(n int) conduct.No {
			return l.Review(conduct.Actor{Manager: true}, n, !k.Customer.HasChat())
		}), k.outcome(), k.reason(false, locales.StaffFieldReasonTold))
	case casework.Unshown:
		v.ID, v.Submit, v.Close = ViewRead, "", h.D(locales.StaffDialogDone)
		v.Blocks = k.kept()
	}
	return true
}

func (k Case) ladder() conduct.Ladder { return k.House.Ladder(k.C, k.Customer, k.Now) }

// flagging asks which message is abusive, and in which of the policy's ways.
func (k Case) flagging(message string) []bot.Block {
	h := k.House
	var messages, kinds []bot.Option
	for _, s := range casework.Words(k.C) {
		label := h.Short(k.pol(), s.At) + " · "
		if s.Changed {
			label += h.D(locales.StaffConductChanged) + " "
		}
		if len(messages) < optionsMost {
			messages = append(messages, bot.Option{ID: s.Key, Label: bot.Cut(label+oneLine(s.Text), labelMax)})
		}
	}
	for _, id := range k.ladder().Kinds() {
		kinds = append(kinds, bot.Option{ID: id, Label: bot.Cut(h.Kind(k.pol(), h.Language, id), labelMax)})
	}
	return []bot.Block{
		{Kind: bot.Small, Text: h.D(locales.StaffConductFair)},
		field(bot.Form{ID: "message", Kind: "choice", Label: h.D(locales.StaffFieldMessage), Options: messages, Initial: among(messages, message)}),
		field(bot.Form{ID: "kind", Kind: "choice", Label: h.D(locales.StaffFieldKind), Options: kinds}),
		k.reason(true, locales.StaffFieldReasonHint),
	}
}

// optionsMost and labelMax are Slack's limits of a choice: options, and letters
// of one of them (Slack docs, option object).
const (
	optionsMost = 100
	labelMax    = 75
)

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// among gives the id if it is one of the options, else the only option there is.
func among(list []bot.Option, id string) string {
	if offered(list, id) {
		return id
	}
	if len(list) == 1 {
		return list[0].ID
	}
	return ""
}

// basis asks on which flagged message a step is to rest.
func (k Case) basis(verb string, m Meta) []bot.Block {
	return k.flagged(k.ladder().Bases(stepOf(verb)), m.More["flag"])
}

func (k Case) flagged(flags []bot.Flag, n string) []bot.Block {
	h := k.House
	var list []bot.Option
	for _, f := range flags {
		if f.Complaint == k.C.Ref && f.Dropped == "" && len(list) < optionsMost {
			label := h.Short(k.pol(), f.Said) + " · " + h.Kind(k.pol(), h.Language, f.Kind) + " · " + oneLine(f.Words)
			list = append(list, bot.Option{ID: strconv.Itoa(f.N), Label: bot.Cut(label, labelMax)})
		}
	}
	return []bot.Block{field(bot.Form{ID: "flag", Kind: "choice", Label: h.D(locales.StaffFieldFlag), Options: list, Initial: among(list, n)})}
}

// measures asks which measure it is about.
func (k Case) measures(m Meta, rule func(n int) conduct.No) []bot.Block {
	h := k.House
	var list []bot.Option
	for _, s := range slices.Backward(k.ladder().Steps) {
		if rule(s.N) == conduct.OK && len(list) < optionsMost {
			label := h.D(locales.Key("staff.conduct.did_"+s.Do)) + " · " + h.Short(k.pol(), s.At)
			list = append(list, bot.Option{ID: strconv.Itoa(s.N), Label: bot.Cut(label, labelMax)})
		}
	}
	return []bot.Block{field(bot.Form{ID: "measure", Kind: "choice", Label: h.D(locales.StaffFieldMeasure), Options: list, Initial: among(list, m.More["measure"])})}
}

func (k Case) reason(optional bool, hint locales.Key) bot.Block {
	h := k.House
	return field(bot.Form{ID: "reason", Kind: "lines", Max: reasonMax, Optional: optional, Label: h.D(locales.StaffFieldWhy),
		Hint: h.D(hint, "Language", h.Tongue(k.lang()))})
}

func (k Case) until(label locales.Key) bot.Block {
	return field(bot.Form{ID: "until", Kind: "date", Label: k.House.D(label), Hint: k.House.D(locales.StaffFieldUntilHint, "Most", conduct.MostDays),
		Initial: conduct.Usual(k.pol().Zone, k.Now)})
}

func (k Case) outcome() bot.Block {
	h := k.House
	return field(bot.Form{ID: "outcome", Kind: "choice", Label: h.D(locales.StaffFieldReviewed), Options: []bot.Option{
		{ID: outcomeStands, Label: h.D(locales.StaffConductStands)}, {ID: outcomeLifted, Label: h.D(locales.StaffConductLifts)}}})
}

// Outcomes of a review.
const (
	outcomeStands = "stands"
	outcomeLifted = "lifted"
)

// kept shows managers what is kept while the customer is blocked.
func (k Case) kept() []bot.Block {
	h := k.House
	held := k.Customer.Unshown[k.C.Ref]
	b := []bot.Block{{Kind: bot.Small, Text: h.D(locales.StaffConductKeptWhy)}}
	// A dialog holds 100 blocks and each its 3,000 letters; the newest matter most.
	const most = 40
	parts := held.Parts[max(len(held.Parts)-most, 0):]
	for _, p := range slices.Backward(parts) {
		b = append(b, bot.Block{Kind: bot.Rich, Spans: []bot.Span{{Text: h.D(locales.StaffConductKeptHead, "At", h.Short(k.pol(), p.At)), Bold: true}}},
			bot.Block{Kind: bot.Plain, Text: bot.Cut(p.Text, wordsMax)})
	}
	if n := len(held.Files); n > 0 {
		b = append(b, bot.Block{Kind: bot.Small, Text: h.Words.Count(h.Language, locales.StaffConductNKeptFiles, n)})
		var names []string
		for _, id := range held.Files {
			if i := slices.IndexFunc(k.Files, func(e bot.Evidence) bool { return e.ID == id }); i >= 0 {
				names = append(names, "• "+h.FileName(h.Language, &k.Files[i]))
			}
		}
		if len(names) > 0 {
			b = append(b, bot.Block{Kind: bot.Plain, Text: bot.Cut(strings.Join(names, "\n"), wordsMax)})
		}
	}
	return b
}

// shown are the customer's newest words that were passed on to staff.
func (k Case) shown() string {
	if len(k.Customer.Unshown[k.C.Ref].Parts) == 0 {
		return k.Last
	}
	for _, s := range casework.Words(k.C) {
		if !s.Changed {
			return s.Text
		}
	}
	return ""
}

// conductLacking says what a dialog of its own lacks, by field.
func (k Case) conductLacking(s Sent) map[string]string {
	if s.View != ViewConduct && s.View != ViewMeasure {
		return nil
	}
	h, l, actor, verb := k.House, k.ladder(), k.actor(s.By), s.Meta.Verb
	errs := map[string]string{}
	no := func(id string, why conduct.No) {
		if why != conduct.OK {
			errs[id] = refusal(h, k.C, l, why)
		}
	}
	flag, measure := number(s.Values["flag"]), number(s.Values["measure"])
	var after time.Time
	switch verb {
	case casework.Flag:
		if said, ok := k.spoken(s.Values["message"]); !ok {
			errs["message"] = h.D(locales.StaffConductNoMessage)
		} else {
			no("message", l.FlagAgain(k.flagOf(said)))
		}
		no("kind", l.Flag(actor, s.Values["kind"]))
		return errs
	case casework.Unflag:
		no("flag", l.Unflag(actor, flag))
	case casework.Renew:
		no("measure", l.Renew(actor, measure))
		m, _ := l.Measure(measure)
		after = m.Until
	case casework.Lift:
		no("measure", l.Lift(actor, measure))
	case casework.Review:
		no("measure", l.Review(actor, measure, !k.Customer.HasChat()))
		if o := s.Values["outcome"]; o != outcomeStands && o != outcomeLifted {
			errs["outcome"] = h.D(locales.StaffConductNoOutcome)
		}
	default:
		no("flag", l.Take(actor, stepOf(verb), flag))
	}
	if _, asked := s.Values["until"]; asked {
		if _, ok := conduct.Day(s.Values["until"], k.pol().Zone, k.Now, after); !ok {
			errs["until"] = h.D(locales.StaffConductNoDay, "Most", conduct.MostDays)
		}
	}
	if verb != casework.Warn && blank(s.Values["reason"]) {
		errs["reason"] = h.D(locales.StaffConductNoReason)
	}
	if verb == casework.ReportAuthority && blank(s.Values["authority"]) {
		errs["authority"] = h.D(locales.StaffConductNoAuthority)
	}
	return errs
}

func blank(s string) bool { return strings.TrimSpace(locales.Clean(s)) == "" }

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// spoken finds a message of the customer by its key.
func (k Case) spoken(key string) (casework.Spoken, bool) {
	all := casework.Words(k.C)
	i := slices.IndexFunc(all, func(s casework.Spoken) bool { return s.Key == key })
	if i < 0 {
		return casework.Spoken{}, false
	}
	return all[i], true
}

// flagOf is the flag that a message would carry.
func (k Case) flagOf(s casework.Spoken) bot.Flag {
	return bot.Flag{Complaint: k.C.Ref, Walled: k.C.Wall != nil, Message: s.Message, Said: s.At, Words: bot.Cut(s.Text, 1000)}
}

// measured answers the dialog of a step that the customer is told of, with the
// words they will read.
func (k Case) measured(s Sent) Answer {
	if errs := k.conductLacking(s); len(errs) > 0 {
		return Answer{Errors: errs}
	}
	i := slices.IndexFunc(k.Customer.Flags, func(f bot.Flag) bool { return f.N == number(s.Values["flag"]) })
	f := k.Customer.Flags[i]
	until, _ := conduct.Day(s.Values["until"], k.pol().Zone, k.Now, time.Time{})
	own := strings.TrimSpace(locales.Clean(s.Values["own"]))
	say := func(k Case) string {
		return k.stepWords(stepOf(s.Meta.Verb), f, until, own+strings.TrimSpace(locales.Clean(s.Values["reason"])))
	}
	words := say(k)
	m := s.Meta
	m.Dialog, m.Reason = s.Dialog, s.Values["reason"]
	m.More = map[string]string{"flag": s.Values["flag"], "until": s.Values["until"]}
	p := k.Preview(m, words)
	p.Blocks = slices.Concat(k.Changed(m), p.Blocks, k.meaning(say))
	return Answer{Push: &p, Words: words}
}
