package desk

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

// Row is one promise in a list.
type Row struct {
	Ref     bot.Ref
	Topic   string
	Promise bot.Promise
	Link    string // to the thread; empty where Slack would not say
}

// Figure counts how promises of one kind ended in a period. Void ones are
// counted apart: nobody could have kept them.
type Figure struct {
	Promise                  string
	Until                    bot.EventKind // what ends it
	Kept, Late, Missed, Void int
	Overdue                  int // due then, and open still
}

// due counts what could have been kept and was due.
func (f Figure) due() int { return f.Kept + f.Late + f.Missed + f.Overdue }

// Surveys counts the surveys that reached their customers in a period, those
// answered, those whose customer would rather not say, and the answers.
type Surveys struct {
	Delivered, Answered, Declined int
	Answers                       map[string]int // of the scale
}

// satisfied counts the answers above the middle of the scale.
func (s Surveys) satisfied(scale []string) int {
	n := 0
	for _, a := range scale[:len(scale)/2] {
		n += s.Answers[a]
	}
	return n
}

// Sla is what managers ask for.
type Sla struct {
	ByStage map[bot.Stage]int
	Next    []Row
	Overdue []Row
	Month   time.Time // any instant of the month
	Figures []Figure
	Surveys Surveys
}

// Post is the answer to /sla.
func (s Sla) Post(h *casework.House) bot.Post {
	pol := h.Policy
	b := []bot.Block{{Kind: bot.Heading, Text: h.D(locales.StaffSlaHead)}}
	var pairs []bot.Pair
	total := 0
	for _, st := range []bot.Stage{bot.Received, bot.Acknowledged, bot.Examined, bot.Decided, bot.Disputed} {
		n := s.ByStage[st]
		total += n
		pairs = append(pairs, bot.Pair{Label: h.D(locales.Key("stage." + string(st))), Value: strconv.Itoa(n)})
	}
	pairs = append([]bot.Pair{{Label: h.D(locales.StaffSlaOpen), Value: strconv.Itoa(total)}}, pairs...)
	b = append(b, bot.Block{Kind: bot.Pairs, Pairs: pairs}, bot.Block{Kind: bot.Line})
	b = append(b, rows(h, h.D(locales.StaffSlaOverdue), s.Overdue, h.D(locales.StaffSlaNoOverdue))...)
	b = append(b, rows(h, h.D(locales.StaffSlaNext), s.Next, h.D(locales.StaffSlaNoNext))...)
	b = append(b, bot.Block{Kind: bot.Line}, bot.Block{Kind: bot.Rich, Spans: []bot.Span{
		{Text: h.D(locales.StaffSlaMonth, "Month", locales.Month(h.Language, s.Month.In(pol.Zone))), Bold: true}}})
	b = append(b, bot.Block{Kind: bot.Plain, Text: strings.Join(s.figures(h), "\n")})
	if lines := s.measures(h); len(lines) > 0 {
		b = append(b, bot.Block{Kind: bot.Plain, Text: strings.Join(lines, "\n")})
	}
	return bot.Post{Text: h.D(locales.StaffSlaHead), Blocks: b}
}

// figures are how each promise was kept, in the order of the policy, then all
// of them together.
func (s Sla) figures(h *casework.House) []string {
	pol := h.Policy
	if len(pol.Promises) == 0 && len(s.Figures) == 0 {
		return []string{h.D(locales.StaffSlaNoPromises)}
	}
	place := func(f Figure) int {
		i := slices.IndexFunc(pol.Promises, func(p policy.Promise) bool { return p.ID == f.Promise })
		if i < 0 {
			i = len(pol.Promises) // of an earlier policy
		}
		return i
	}
	fs := slices.Clone(s.Figures)
	slices.SortStableFunc(fs, func(a, b Figure) int { return place(a) - place(b) })
	var lines []string
	kept, due := 0, 0
	for _, f := range fs {
		if f.due()+f.Void == 0 {
			continue
		}
		kept, due = kept+f.Kept, due+f.due()
		what := f.Promise
		if k := locales.Key("staff.promise." + string(f.Until)); h.Words.Has(k) {
			what = h.D(k)
		}
		if p, ok := pol.Promise(f.Promise); ok && p.Source != "" {
			what = h.Words.Note(h.Language, what, h.D(locales.Key("staff.source."+p.Source)))
		}
		line := h.D(locales.StaffSlaFigure, "What", what, "Kept", f.Kept, "Of", f.due(), "Late", f.Late, "Missed", f.Missed, "Void", f.Void)
		if f.Overdue > 0 {
			line = h.D(locales.StaffSlaOverdueOpen, "Line", line, "N", f.Overdue)
		}
		lines = append(lines, line)
	}
	if due == 0 {
		return append(lines, h.D(locales.StaffSlaNothing))
	}
	return append(lines, h.D(locales.StaffSlaRate, "Kept", kept, "Of", due, "Percent", (kept*100+due/2)/due))
}

// measures are the policy's own figures, each with what it was made of. What the
// policy sets no target for is not measured: no figure is better than a
// flattering one.
func (s Sla) measures(h *casework.House) []string {
	var lines []string
	survey := false
	for _, kpi := range h.Policy.KPIs {
		switch {
		case kpi == "timely_response_rate":
			lines = append(lines, s.timely(h))
		case h.Policy.Survey == nil:
			if !survey {
				lines = append(lines, h.D(locales.StaffSlaNoSurvey))
			}
			survey = true
		case kpi == "satisfaction_rate":
			lines = append(lines, rate(h, locales.StaffSlaSatisfied, locales.StaffSlaSatisfiedZero, s.Surveys.satisfied(h.Policy.Survey.Scale), s.Surveys.Answered))
		case kpi == "survey_return_rate":
			lines = append(lines, rate(h, locales.StaffSlaReturned, locales.StaffSlaReturnedZero, s.Surveys.Answered, s.Surveys.Delivered, "Declined", s.Surveys.Declined))
		}
	}
	return lines
}

// responses are the events that answer a complaint.
var responses = []bot.EventKind{bot.EvReplied, bot.EvResponse, bot.EvSecond}

func (s Sla) timely(h *casework.House) string {
	if !slices.ContainsFunc(h.Policy.Promises, func(p policy.Promise) bool { return slices.Contains(responses, p.Until) }) {
		return h.D(locales.StaffSlaTimelyNone)
	}
	kept, of := 0, 0
	for _, f := range s.Figures {
		if slices.Contains(responses, f.Until) {
			kept, of = kept+f.Kept, of+f.due()
		}
	}
	return rate(h, locales.StaffSlaTimely, locales.StaffSlaTimelyZero, kept, of)
}

func rate(h *casework.House, k, zero locales.Key, n, of int, more ...any) string {
	if of == 0 {
		return h.D(zero)
	}
	return h.D(k, append([]any{"N", n, "Of", of, "Percent", (n*100 + of/2) / of}, more...)...)
}

func rows(h *casework.House, head string, rs []Row, none string) []bot.Block {
	b := []bot.Block{{Kind: bot.Rich, Spans: []bot.Span{{Text: head, Bold: true}}}}
	if len(rs) == 0 {
		return append(b, bot.Block{Kind: bot.Plain, Text: none})
	}
	var spans []bot.Span
	for i, r := range rs {
		if i > 0 {
			spans = append(spans, bot.Span{Text: "\n"})
		}
		line := ""
		if r.Promise.ID != "" {
			line = " · " + h.D(locales.Key("staff.promise."+string(r.Promise.Until))) + " · " + h.Short(h.Policy, r.Promise.Due)
		}
		spans = append(spans, bot.Span{Text: string(r.Ref), URL: r.Link, Bold: r.Link == ""}, bot.Span{Text: line})
	}
	return append(b, bot.Block{Kind: bot.Rich, Spans: spans})
}

// Found is the answer to /complaint with a reference.
func Found(k Case, link string) bot.Post {
	h := k.House
	w := casework.New(h, bot.Situation{Now: k.Now, Customer: k.Customer, Complaints: []bot.Complaint{*k.C}, Evidence: k.Files, Directory: k.Directory})
	p := w.Card(k.C)
	var b []bot.Block
	for _, x := range p.Blocks {
		// A private answer is for reading; what can be pressed is in the thread.
		if x.Kind != bot.Buttons && x.Kind != bot.Small {
			b = append(b, x)
		}
	}
	if link != "" {
		b = append(b, bot.Block{Kind: bot.Rich, Spans: []bot.Span{{Text: h.D(locales.StaffOpenThread), URL: link}}})
	}
	return bot.Post{Text: p.Text, Blocks: b}
}

// DueFirst is the open promise of a complaint that is due first; zero if none
// is open.
func DueFirst(c bot.Complaint) bot.Promise {
	var first bot.Promise
	for _, p := range c.Promises {
		if p.Verdict == bot.Open && (first.ID == "" || p.Due.Before(first.Due)) {
			first = p
		}
	}
	return first
}

// Mine is the answer to /complaint mine.
func Mine(h *casework.House, rs []Row) bot.Post {
	head := h.D(locales.StaffMineHead)
	return bot.Post{Text: head, Blocks: rows(h, head, rs, h.D(locales.StaffMineNone))}
}

// Line is a private answer of one line.
func Line(h *casework.House, k locales.Key, args ...any) bot.Post {
	s := h.D(k, args...)
	return bot.Post{Text: s, Blocks: []bot.Block{{Kind: bot.Rich, Spans: []bot.Span{{Text: s}}}}}
}
