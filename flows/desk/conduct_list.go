package desk

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/locales"
)

// MeasureRow is a measure in force, in a list.
type MeasureRow struct {
	Measure bot.Step // of the complaint Measure.Complaint
	Link    string   // to the thread; empty where Slack would not say
}

// What figures about conduct are grouped by.
const (
	ByLanguage = "language"
	ByTopic    = "topic"
	ByAgent    = "agent"
)

// ConductFigure counts what was found and done in a quarter, and the complaints
// that came in it, of one language, topic or member of staff.
type ConductFigure struct {
	By         string         // ByLanguage, ByTopic or ByAgent
	Of         string         // the language, the topic, the member of staff
	Steps      map[string]int // by step
	Received   int
	Flags      int // messages flagged
	Dropped    int // of those: a manager found no abuse
	Stepped    int // complaints in which a step was taken, each once; 0 where that was not counted
	Overturned int // steps that a review found should not have been
}

// leastForRate is how many complaints a percentage needs: of fewer, one more or
// less would change it by more than five points.
const leastForRate = 20

// conductSteps are the steps in the order in which they are counted.
var conductSteps = []string{bot.StepWarn, bot.StepStop, bot.StepBlock, bot.StepReport}

func (f ConductFigure) total() int {
	n := 0
	for _, do := range conductSteps {
		n += f.Steps[do]
	}
	return n
}

// Conduct is the answer to /complaint conduct: every measure in force, and the
// figures of the quarter that holds an instant. Rates are complaints with a step
// among those received, by language and by topic; both numbers are shown. Of a
// member of staff there is no rate: they choose neither their customers nor how
// many they have.
func Conduct(h *casework.House, measures []MeasureRow, figures []ConductFigure, quarter time.Time) bot.Post {
	head := h.D(locales.StaffMeasuresHead)
	b := []bot.Block{{Kind: bot.Heading, Text: head}, {Kind: bot.Rich, Spans: []bot.Span{{Text: h.D(locales.StaffMeasuresInForce), Bold: true}}}}
	if len(measures) == 0 {
		b = append(b, bot.Block{Kind: bot.Plain, Text: h.D(locales.StaffMeasuresNone)})
	}
	var spans []bot.Span
	for i, r := range measures {
		if i > 0 {
			spans = append(spans, bot.Span{Text: "\n"})
		}
		m := r.Measure
		line := h.D(locales.StaffMeasuresLine, "What", h.D(locales.Key("staff.conduct.did_"+m.Do)), "Kind", h.Kind(h.Policy, h.Language, m.Kind),
			"Since", h.Short(h.Policy, m.At), "Until", h.Short(h.Policy, m.Until))
		if m.Told.IsZero() {
			line = h.Words.Next(h.Language, line, h.D(locales.StaffConductNotTold))
		}
		if !m.Asked.IsZero() && m.Reviewed.IsZero() {
			line = h.Words.Next(h.Language, line, h.D(locales.StaffMeasuresAsked))
		}
		spans = append(spans, bot.Span{Text: string(m.Complaint), URL: r.Link, Bold: r.Link == ""}, bot.Span{Text: " · " + line + " · "}, bot.Span{User: string(m.By)})
	}
	if len(spans) > 0 {
		b = append(b, bot.Block{Kind: bot.Rich, Spans: spans})
	}
	in := quarter.In(h.Policy.Zone)
	b = append(b, bot.Block{Kind: bot.Line}, bot.Block{Kind: bot.Rich, Spans: []bot.Span{{
		Text: h.D(locales.StaffMeasuresQuarter, "Year", strconv.Itoa(in.Year()), "Quarter", (int(in.Month())+2)/3), Bold: true}}})
	empty := true
	for _, by := range []string{ByLanguage, ByTopic, ByAgent} {
		if lines := grouped(h, figures, by); len(lines) > 0 {
			empty = false
			b = append(b, bot.Block{Kind: bot.Rich, Spans: append([]bot.Span{{Text: h.D(locales.Key("staff.measures.by_" + by)), Bold: true}}, lines...)})
		}
	}
	if empty {
		b = append(b, bot.Block{Kind: bot.Plain, Text: h.D(locales.StaffMeasuresNoFigures)})
	} else {
		b = append(b, bot.Block{Kind: bot.Small, Text: h.D(locales.StaffMeasuresEven, "Least", leastForRate)})
	}
	return bot.Post{Text: head, Blocks: b}
}

// grouped are the lines of one group of figures.
func grouped(h *casework.House, figures []ConductFigure, by string) []bot.Span {
	var out []bot.Span
	for _, f := range figures {
		if f.By != by || f.Flags+f.total() == 0 && (by == ByAgent || f.Received == 0) {
			continue
		}
		out = append(out, bot.Span{Text: "\n"})
		switch {
		case by == ByAgent && f.Of != "":
			out = append(out, bot.Span{User: f.Of})
		default:
			out = append(out, bot.Span{Text: groupName(h, by, f.Of)})
		}
		out = append(out, bot.Span{Text: h.Words.Colon(h.Language, "", f.line(h)+f.steps(h))})
	}
	return out
}

// line says a figure in words.
func (f ConductFigure) line(h *casework.House) string {
	switch {
	case f.By == ByAgent:
		return h.D(locales.StaffMeasuresAgent, "Flags", f.Flags, "Dropped", f.Dropped, "Steps", f.total(), "Overturned", f.Overturned)
	case f.Stepped == 0 && f.total() > 0:
		return h.D(locales.StaffMeasuresRateUnknown, "Steps", f.total(), "Received", f.Received)
	case f.Received < leastForRate:
		return h.D(locales.StaffMeasuresRateSmall, "With", f.Stepped, "Received", f.Received)
	}
	return h.D(locales.StaffMeasuresRate, "With", f.Stepped, "Received", f.Received, "Percent", (f.Stepped*100+f.Received/2)/f.Received)
}

func groupName(h *casework.House, by, id string) string {
	switch {
	case id == "":
		return h.D(locales.StaffMeasuresNobody)
	case by == ByLanguage:
		return h.Tongue(id)
	case by == ByTopic:
		return h.Topic(h.Policy, h.Language, id)
	}
	return id
}

// steps says which steps they were; "" where there were none.
func (f ConductFigure) steps(h *casework.House) string {
	var list []string
	for _, do := range conductSteps {
		if n := f.Steps[do]; n > 0 {
			list = append(list, h.Words.Colon(h.Language, h.D(locales.Key("staff.conduct.did_"+do)), strconv.Itoa(n)))
		}
	}
	if len(list) == 0 {
		return ""
	}
	return h.Words.Note(h.Language, "", strings.Join(list, " · "))
}

// ConductCount counts the complaints, flags and steps of one language, topic
// and member of staff.
type ConductCount struct {
	Language, Topic string
	Agent           bot.StaffID
	Received, Flags int
	Dropped         int            // flags that a manager found to be no abuse
	Steps           map[string]int // by step
	// Overturned are steps that a review found should not have been; Stepped the
	// complaints in which any was taken.
	Overturned, Stepped int
}

// ConductFigures puts counts together by language, by topic and by agent, each
// in order.
func ConductFigures(counts []ConductCount) []ConductFigure {
	type group struct{ by, of string }
	all := map[group]*ConductFigure{}
	for _, c := range counts {
		for _, g := range []group{{ByLanguage, c.Language}, {ByTopic, c.Topic}, {ByAgent, string(c.Agent)}} {
			f := all[g]
			if f == nil {
				f = &ConductFigure{By: g.by, Of: g.of, Steps: map[string]int{}}
				all[g] = f
			}
			f.Received += c.Received
			f.Flags += c.Flags
			f.Dropped += c.Dropped
			f.Overturned += c.Overturned
			f.Stepped += c.Stepped
			for step, n := range c.Steps {
				f.Steps[step] += n
			}
		}
	}
	var list []ConductFigure
	for _, f := range all {
		list = append(list, *f)
	}
	slices.SortFunc(list, func(a, b ConductFigure) int { return cmp.Or(cmp.Compare(a.By, b.By), cmp.Compare(a.Of, b.Of)) })
	return list
}

// quarter reads "" or "2026-Q3" as the first instant of a quarter.
func quarter(text string, now time.Time) (time.Time, bool) {
	if text == "" {
		return time.Date(now.Year(), (now.Month()-1)/3*3+1, 1, 0, 0, 0, 0, now.Location()), true
	}
	year, q, ok := strings.Cut(strings.ToUpper(text), "-Q")
	y, err := time.Parse("2006", year)
	n := number(q)
	if !ok || err != nil || n < 1 || n > 4 || len(q) != 1 {
		return time.Time{}, false
	}
	return time.Date(y.Year(), time.Month(n*3-2), 1, 0, 0, 0, 0, now.Location()), true
}

func firstWord(s string) string {
	w, _, _ := strings.Cut(s, " ")
	return w
}
