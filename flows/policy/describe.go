package policy

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/heedbot/heed/locales"
)

// Describe gives the policy in plain words, in a language the program speaks; in another it is English with the pack's
// own words. It is text of a heading and its lines, one part after the other.
func (p *Policy) Describe(words *locales.Catalog, lang string) string {
	t := tongue{p, words, lang}
	var parts []string
	part := func(head locales.Key, lines []string) {
		lines = slices.DeleteFunc(lines, func(l string) bool { return l == "" })
		if len(lines) > 0 {
			parts = append(parts, t.text(head)+"\n  "+strings.Join(lines, "\n  "))
		}
	}
	about := t.text(locales.AboutPolicyHead, "Title", p.Called(lang), "Version", p.Version)
	for _, k := range []string{"urgent", "policy"} {
		if s, ok := p.Say(lang, k); ok {
			about += "\n\n" + s
		}
	}
	parts = append(parts, about)
	part(locales.PolicyWho, t.who())
	part(locales.PolicyHow, t.how())
	part(locales.PolicyLanguages, []string{t.languages()})
	if len(p.Topics) > 1 {
		part(locales.PolicyTopics, t.topics())
	} else {
		part(locales.PolicyRoute, t.topics())
	}
	part(locales.PolicyAsk, t.questions())
	part(locales.PolicyPromises, t.promises())
	part(locales.PolicyAgain, t.again())
	part(locales.PolicyOutside, t.outside())
	part(locales.PolicySurvey, t.survey())
	part(locales.PolicyDecline, t.decline())
	part(locales.PolicyConduct, t.conduct())
	part(locales.PolicyDays, t.days())
	return strings.Join(parts, "\n\n") + "\n"
}

func (t tongue) who() []string {
	if s, ok := t.p.Say(t.lang, "who"); ok {
		return []string{s}
	}
	var lines []string
	for _, c := range t.p.Complainants {
		lines = append(lines, t.text(locales.Key("policy.who_"+c)))
	}
	return lines
}

func (t tongue) how() []string {
	lines := t.p.Channels(t.words, t.lang)
	var always []string
	for _, topic := range t.p.Topics {
		if topic.AnyChannel {
			always = append(always, t.named("topic", topic.ID))
		}
	}
	if len(always) > 0 {
		lines = append(lines, t.text(locales.PolicyHowAny, "Topics", t.words.List(t.lang, always)))
	}
	if t.p.SameChannel {
		lines = append(lines, t.text(locales.PolicySameChannel))
	}
	if t.p.Hotline != "" {
		lines = append(lines, t.text(locales.AboutPolicyHotline, "Number", t.p.Hotline))
	}
	for _, c := range t.p.Contacts {
		lines = append(lines, t.text(locales.AboutPolicyContact, "Contact", c))
	}
	for _, id := range sortedKeys(t.p.Links) {
		if url := t.p.Links[id]; url != "" {
			lines = append(lines, strings.TrimSpace(t.named("link", id)+" "+url))
		}
	}
	return lines
}

// Channels says, for customers, how one can complain and how not.
func (p *Policy) Channels(words *locales.Catalog, lang string) []string {
	t := tongue{p, words, lang}
	lines := []string{t.text(locales.PolicyHowAccept, "Ways", t.one(t.ways(p.Accept)))}
	if len(p.Refuse) > 0 {
		lines = append(lines, t.text(locales.PolicyHowRefuse, "Ways", t.one(t.ways(p.Refuse))))
	}
	return lines
}

func (t tongue) ways(channels []string) []string {
	var list []string
	for _, c := range channels {
		list = append(list, t.text(locales.Key("policy.way."+c)))
	}
	return list
}

func (t tongue) languages() string {
	var list []string
	for _, l := range t.p.Languages {
		list = append(list, locales.Name(l))
	}
	return t.words.List(t.lang, list)
}

func (t tongue) topics() []string {
	var lines []string
	for _, topic := range t.p.Topics {
		name, mark := t.named("topic", topic.ID), ""
		if len(t.p.Topics) > 1 {
			mark = "  "
		}
		switch {
		case len(topic.Route) == 0:
			lines = append(lines, name)
		case len(t.p.Topics) == 1:
			lines = append(lines, t.inTurn(t.each("role", topic.Route)))
		default:
			lines = append(lines, t.text(locales.PolicyTopicRoute, "Topic", name, "Roles", t.inTurn(t.each("role", topic.Route))))
		}
		if topic.HideFromNamed {
			lines = append(lines, mark+t.text(locales.PolicyTopicHidden))
		}
		if topic.Reply == "written" {
			lines = append(lines, mark+t.text(locales.PolicyTopicWritten))
		}
		if topic.Notice != "" {
			lines = append(lines, mark+t.text(locales.PolicyTopicNotice, "Name", t.body(topic.Notice)))
		}
	}
	if len(t.p.CopyTo) > 0 {
		lines = append(lines, t.text(locales.PolicyCopy, "Roles", t.words.List(t.lang, t.each("role", t.p.CopyTo))))
	}
	return lines
}

// body is an outside body's name.
func (t tongue) body(id string) string {
	if s, ok := t.p.Say(t.lang, "external."+id); ok {
		return s
	}
	return t.p.Externals[id].Name
}

func (t tongue) questions() []string {
	var lines []string
	for _, q := range t.p.Ask {
		label := t.named("label", q.ID)
		switch {
		case q.Type == "choice" && len(q.Options) == 0:
			continue // not asked
		case !q.Required:
			label = t.text(locales.PolicyAskOptional, "What", label)
		}
		lines = append(lines, label)
	}
	return lines
}

func (t tongue) promises() []string {
	if len(t.p.Promises) == 0 {
		return []string{t.text(locales.PolicyNoPromises)}
	}
	var lines []string
	chained := false
	for _, pr := range t.p.Promises {
		lines = append(lines, t.step(pr))
		chained = chained || slices.ContainsFunc(t.p.Promises, func(other Promise) bool { return other.Until == pr.From })
	}
	if chained && t.p.Chain {
		lines = append(lines, t.text(locales.PolicyLate))
	}
	return lines
}

func (t tongue) again() []string {
	if len(t.p.Disputes) == 0 {
		return []string{t.text(locales.PolicyFinal)}
	}
	var lines []string
	if len(t.p.DisputeRoute) > 0 {
		lines = append(lines, t.text(locales.PolicyAgainRoute, "Roles", t.inTurn(t.each("role", t.p.DisputeRoute))))
	}
	if s, ok := t.p.Say(t.lang, "dispute"); ok {
		lines = append(lines, strings.FieldsFunc(s, func(r rune) bool { return r == '\n' })...)
	} else {
		for _, d := range t.p.Disputes {
			lines = append(lines, t.text(locales.Key("policy.again_"+d)))
		}
	}
	return append(lines, t.words.Count(t.lang, locales.PolicyRounds, t.p.Rounds))
}

func (t tongue) outside() []string {
	var lines []string
	for _, id := range sortedKeys(t.p.Externals) {
		e := t.p.Externals[id]
		lines = append(lines, strings.TrimSpace(t.body(id)+" "+e.URL))
		if e.Binding {
			lines = append(lines, "  "+t.text(locales.PolicyOutsideBinding))
		}
		for _, l := range e.Letter {
			if from, err := time.Parse(time.DateOnly, l.ReceivedFrom); err == nil && l.ReceivedFrom != "" {
				lines = append(lines, "  "+t.text(locales.PolicyOutsideSince, "Date", locales.Date(t.lang, from)))
			}
			lines = append(lines, "  "+t.text(locales.PolicyOutsideLetter, "Within", span(t.words, t.lang, l.After), "From", t.from("received")))
		}
	}
	return lines
}

func (t tongue) survey() []string {
	if t.p.Survey == nil {
		return nil
	}
	return []string{t.text(locales.PolicySurveyAsk, "Answers", strings.Join(t.each("survey", t.p.Survey.Scale), " / "))}
}

func (t tongue) decline() []string {
	if len(t.p.RefuseReasons) == 0 {
		return []string{t.text(locales.PolicyDeclineNever)}
	}
	return t.each("reason", t.p.RefuseReasons)
}

func (t tongue) conduct() []string {
	c := t.p.Conduct
	if c == nil {
		return nil
	}
	var lines []string
	if slices.Contains(c.NotAbuse, "dissatisfaction") {
		lines = append(lines, t.text(locales.PolicyConductFair))
	}
	for _, s := range c.Steps {
		by := t.text(locales.Key("policy.conduct_by_" + s.By))
		if s.Needs != "" {
			by = t.text(locales.ListClause, "A", by, "B", t.text(locales.PolicyConductNeeds))
		}
		lines = append(lines, t.text(locales.PolicyConductLine, "Step", t.text(locales.Key("policy.conduct_"+s.Do)), "By", by))
	}
	return lines
}

func (t tongue) days() []string {
	lines := []string{
		t.text(locales.PolicyDaysZone, "Zone", t.p.Zone.String()),
		t.text(locales.PolicyDaysWeek, "Week", t.week()),
	}
	if !t.p.Calendar.Hours.Empty() {
		lines = append(lines, t.text(locales.PolicyDaysHours, "Hours", t.p.Calendar.Hours.String()))
	}
	if !t.p.Horizon().IsZero() {
		lines = append(lines, t.text(locales.PolicyDaysHolidays, "Calendar", t.p.source.calendar, "Year", strconv.Itoa(t.p.Horizon().Year())))
	}
	return lines
}

// week gives the worked days in words: "Monday to Friday".
func (t tongue) week() string {
	var parts []string
	for _, stretch := range strings.Split(t.p.Calendar.Week.String(), ",") {
		from, to, isRange := strings.Cut(stretch, "-")
		day := t.text(locales.Key("policy.day." + from))
		if isRange {
			day = t.text(locales.PolicyDaysRange, "A", day, "B", t.text(locales.Key("policy.day."+to)))
		}
		parts = append(parts, day)
	}
	return t.words.List(t.lang, parts)
}
