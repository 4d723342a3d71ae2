package desk

import (
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

// ConductFigure counts the steps of the ladder that were taken in a quarter,
// and the complaints that came in it, of one language, topic or agent.
type ConductFigure struct {
	By       string         // ByLanguage, ByTopic or ByAgent
	Of       string         // the language, the topic, the member of staff
	Steps    map[string]int // by step
	Received int
	Flags    int // messages flagged
	Dropped  int // of those: a manager found no abuse
}

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
// figures of the quarter that holds an instant. Rates are steps per complaint
// received; both numbers are shown.
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
			line += " " + h.D(locales.StaffConductNotTold)
		}
		if !m.Asked.IsZero() && m.Reviewed.IsZero() {
			line += " " + h.D(locales.StaffMeasuresAsked)
		}
		spans = append(spans, bot.Span{Text: string(m.Complaint), URL: r.Link, Bold: r.Link == ""}, bot.Span{Text: " · " + line + " · "}, bot.Span{User: string(m.By)})
	}
	if len(spans) > 0 {
		b = append(b, bot.Block{Kind: bot.Rich, Spans: spans})
	}
	in := quarter.In(h.Policy.Zone)
	b = append(b, bot.Block{Kind: bot.Line}, bot.Block{Kind: bot.Rich, Spans: []bot.Span{{
		Text: h.D(locales.StaffMeasuresQuarter, "Year", in.Year(), "Quarter", (int(in.Month())+2)/3), Bold: true}}})
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
		b = append(b, bot.Block{Kind: bot.Small, Text: h.D(locales.StaffMeasuresEven)})
	}
	return bot.Post{Text: head, Blocks: b}
}

// grouped are the lines of one group of figures.
func grouped(h *casework.House, figures []ConductFigure, by string) []bot.Span {
	var out []bot.Span
	for _, f := range figures {
		if f.By != by || f.Received+f.Flags+f.total() == 0 {
			continue
		}
		out = append(out, bot.Span{Text: "\n"})
		switch {
		case by == ByAgent && f.Of != "":
			out = append(out, bot.Span{User: f.Of})
		default:
			out = append(out, bot.Span{Text: groupName(h, by, f.Of)})
		}
		line := h.D(locales.StaffMeasuresNoRate, "Steps", f.total())
		if f.Received > 0 {
			line = h.D(locales.StaffMeasuresRate, "Steps", f.total(), "Received", f.Received, "Percent", (f.total()*100+f.Received/2)/f.Received)
		}
		out = append(out, bot.Span{Text: ": " + line + f.steps(h) + f.flagged(h)})
	}
	return out
}

func groupName(h *casework.House, by, id string) string {
	switch {
	case id == "":
		return h.D(locales.StaffMeasuresNobody)
	case by == ByLanguage:
		return locales.Name(id)
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
			list = append(list, h.D(locales.Key("staff.conduct.did_"+do))+" "+strconv.Itoa(n))
		}
	}
	if len(list) == 0 {
		return ""
	}
	return " (" + strings.Join(list, ", ") + ")"
}

// flagged says how many messages were flagged; "" where none was.
func (f ConductFigure) flagged(h *casework.House) string {
	if f.Flags == 0 {
		return ""
	}
	return "; " + h.D(locales.StaffMeasuresFlags, "Flags", f.Flags, "Dropped", f.Dropped)
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
