package desk

import (
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/conduct"
	"github.com/heedbot/heed/locales"
)

// stepWords are what the customer is told of a step: the agent's own sentence
// in a request to stop, the manager's reason for a restriction.
func (k Case) stepWords(do string, f bot.Flag, until time.Time, own string) string {
	h, pol := k.House, k.pol()
	args := []any{"Title", pol.Called(k.lang()), "Kind", h.Kind(pol, k.lang(), f.Kind), "Date", h.When(pol, k.lang(), f.Said), "Until", h.When(pol, k.lang(), until),
		"Words", bot.Cut(oneLine(f.Words), quoteMax), "Months", conduct.WarningMonths}
	parts := []string{k.t(locales.LetterReply, "Ref", string(k.C.Ref))}
	if do == bot.StepWarn {
		parts = append(parts, k.t(locales.MeasureWarnFeel), k.t(locales.MeasureWarnWhat, args...)+"\n"+k.t(locales.MeasureMessage, args...),
			k.t(locales.MeasureWarnAsk))
		if own != "" {
			parts = append(parts, own)
		}
		parts = append(parts, k.t(locales.MeasureWarnCounts, args...), k.goesOn())
		if next := k.next(); len(next) > 0 {
			parts = append(parts, k.t(locales.MeasureNext)+"\n• "+strings.Join(next, "\n• "))
		}
	} else {
		parts = append(parts, k.t(locales.MeasureAgain, args...)+"\n"+k.t(locales.MeasureMessage, args...),
			k.t(locales.Key("measure.now_"+do), args...), k.t(locales.MeasureReason)+"\n"+own, k.t(locales.Key("measure.still_"+do), args...))
	}
	return strings.Join(append(parts, k.appeal()), "\n\n")
}

// quoteMax is how much of a customer's message is quoted to them, in letters.
const quoteMax = 200

// goesOn tells that the complaint is looked into as before.
func (k Case) goesOn() string {
	for _, p := range k.C.Promises {
		if p.Verdict == bot.Open {
			return k.t(locales.MeasureGoesOnDates)
		}
	}
	if !k.C.Stage.Open() {
		return k.t(locales.MeasureRights)
	}
	return k.t(locales.MeasureGoesOn)
}

// next are the steps that may follow on a request to stop.
func (k Case) next() []string {
	var list []string
	for _, s := range k.pol().Conduct.Steps {
		if s.Needs == bot.StepWarn && (s.Do == bot.StepStop || s.Do == bot.StepBlock && k.Customer.HasChat()) {
			list = append(list, k.t(locales.Key("measure.next_"+s.Do)))
		}
	}
	return list
}

// appeal tells how to ask for a review.
func (k Case) appeal() string {
	if k.Customer.HasChat() {
		return k.t(locales.MeasureAppeal)
	}
	return k.t(locales.MeasureAppealPaper)
}

// Words about a measure that goes on, or has ended.
const (
	wordsRenewed = "renewed"
	wordsLifted  = "lifted"
	wordsStands  = "stands"
	wordsRight   = "right" // the customer was right to ask for a review
	wordsLapsed  = "lapsed"
	wordsLate    = "_late" // follows the two words of a review, where it was over before
)

// became tells the customer what became of a measure, and what ended with it.
func (k Case) became(what string, m bot.Step, with []bot.Step, reason string) string {
	h, pol := k.House, k.pol()
	args := []any{"Until", h.When(pol, k.lang(), m.Until), "Title", pol.Called(k.lang())}
	parts := []string{k.t(locales.LetterReply, "Ref", string(k.C.Ref))}
	other, holds := k.ladder().Stopped()
	late := strings.HasSuffix(what, wordsLate)
	switch {
	case late:
		parts = append(parts, k.t(locales.Key("measure."+what), args...))
	case m.Ended.IsZero() || !conduct.Restricts(m.Do) || !holds:
		parts = append(parts, k.t(locales.Key("measure."+what+"_"+m.Do), args...))
		if len(with) > 0 {
			parts = append(parts, k.over(with))
			if !holds {
				parts = append(parts, k.t(locales.MeasureAgainAll))
			}
		}
	default:
		if what == wordsRight {
			parts = append(parts, k.t(locales.MeasureRight))
		}
		parts = append(parts, k.over([]bot.Step{m}))
	}
	if reason != "" {
		parts = append(parts, k.t(locales.MeasureReason)+"\n"+reason)
	}
	if holds && !m.Ended.IsZero() && !late && (conduct.Restricts(m.Do) || len(with) > 0) {
		parts = append(parts, k.t(locales.MeasureHolds)+"\n"+k.t(locales.Key("measure.status_"+other.Do), "Until", h.When(pol, k.lang(), other.Until)))
	}
	if what == wordsRenewed {
		parts = append(parts, k.t(locales.Key("measure.still_"+m.Do), args...))
		if m.Asked.IsZero() {
			parts = append(parts, k.appeal())
		}
	}
	return strings.Join(parts, "\n\n")
}

// over tells that restrictions are over, and what became of what was kept.
func (k Case) over(list []bot.Step) string {
	var lines []string
	shown := false
	for _, m := range list {
		lines = append(lines, k.t(locales.Key("measure.over_"+m.Do)))
		shown = shown || m.Do == bot.StepBlock
	}
	if _, blocked := k.ladder().Blocked(); shown && !blocked {
		lines = append(lines, k.t(locales.MeasureShown))
	}
	return strings.Join(lines, "\n")
}
