package policy

import (
	"fmt"
	"slices"
	"strings"
)

// fact is one thing that a policy says, by its key; words are texts, which are long and whose change is told without them.
type fact struct {
	key, value string
	words      bool
}

func (f fact) String() string {
	if f.words || f.value == "" {
		return f.key
	}
	return f.key + ": " + f.value
}

type facts []fact

func (fs facts) find(key string) (fact, bool) {
	i := slices.IndexFunc(fs, func(f fact) bool { return f.key == key })
	if i < 0 {
		return fact{}, false
	}
	return fs[i], true
}

// facts lists all that the policy says but its days, defaults included, in the order of README.md.
func (p *Policy) facts() facts {
	var fs facts
	put := func(key string, value any) { fs = append(fs, fact{key: key, value: fmt.Sprint(value)}) }
	list := func(key string, ids []string) { put(key, strings.Join(ids, ", ")) }
	table := func(key string, m map[string]string) {
		for _, k := range sortedKeys(m) {
			put(key+"."+k, m[k])
		}
	}
	put("pack", p.Name)
	put("version", p.Version)
	table("title", p.Title)
	list("sources", p.Sources)
	list("languages", p.Languages)
	table("register", p.Register)
	put("timezone", p.Zone)
	put("calendar", p.source.calendar)
	put("week", p.Calendar.Week)
	put("hours", p.Calendar.Hours)
	put("staff_hours", p.Staff)
	put("contact_hours", p.Contact)
	list("complainants", p.Complainants)
	list("channels.accept", p.Accept)
	list("channels.refuse", p.Refuse)
	put("hotline", p.Hotline)
	table("links", p.Links)
	list("contact", p.Contacts)
	list("roles", p.Roles)
	list("topics", p.topicIDs())
	for _, t := range p.Topics {
		put("topics."+t.ID, t)
	}
	var asked []string
	for _, q := range p.Ask {
		asked = append(asked, q.ID)
	}
	list("ask", asked)
	for _, q := range p.Ask {
		put("ask."+q.ID, said(string(q.Type), ifSo(q.Required, "required"), listed("options", q.Options), condition(q.When)))
	}
	for _, pr := range p.Promises {
		put("promises."+pr.ID, pr)
	}
	put("late", map[bool]string{true: "chain", false: "literal"}[p.Chain])
	list("after_response.dispute", p.Disputes)
	put("after_response.rounds", p.Rounds)
	list("after_response.route", p.DisputeRoute)
	list("after_response.external", p.External)
	for _, id := range sortedKeys(p.Externals) {
		put("externals."+id, p.Externals[id])
	}
	put("reply", map[bool]string{true: "same_channel", false: "any"}[p.SameChannel])
	list("on_receipt.copy", p.CopyTo)
	put("on_close.file", p.File)
	list("on_close.ask_staff", p.AskStaff)
	list("refuse_reasons", p.RefuseReasons)
	if c := p.Conduct; c != nil {
		list("conduct.kinds", c.Kinds)
		list("conduct.not_abuse", c.NotAbuse)
		put("conduct.flagged_by", c.FlaggedBy)
		for _, s := range c.Steps {
			put("conduct.steps."+s.Do, said("by "+s.By, ifSo(s.Needs != "", "needs "+s.Needs)))
		}
		put("conduct.review_by", c.ReviewBy)
		put("conduct.support_staff", c.SupportStaff)
		put("conduct.include", c.Include)
	}
	if s := p.Survey; s != nil {
		put("survey.after", s.After)
		put("survey.delay", map[bool]string{true: "at once", false: s.Delay.String()}[s.Delay.N == 0])
		put("survey.remind", s.Remind)
		list("survey.scale", s.Scale)
		put("survey.comment", s.Comment)
	}
	put("waiting.remind", p.WaitingRemind)
	list("tone", p.Tone)
	list("kpis", p.KPIs)
	table("people", p.People)
	put("review.every", p.Review.Every)
	put("review.last", p.Review.Last)
	list("review.also_on", p.Review.AlsoOn)
	put("publish.staff", p.Publish.Staff)
	put("publish.new_staff", p.Publish.NewStaff)
	put("publish.public", p.Publish.Public)
	for _, lang := range sortedKeys(p.Texts) {
		for _, k := range sortedKeys(p.Texts[lang]) {
			fs = append(fs, fact{"texts." + lang + "." + k, p.Texts[lang][k], true})
		}
	}
	return fs
}

// said joins what there is to say.
func said(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}

func ifSo(holds bool, words string) string {
	if holds {
		return words
	}
	return ""
}

func listed(name string, ids []string) string {
	return ifSo(len(ids) > 0, name+" "+strings.Join(ids, " "))
}

func condition(m map[string]string) string {
	var parts []string
	for _, k := range sortedKeys(m) {
		parts = append(parts, "when "+k+" is "+m[k])
	}
	return strings.Join(parts, ", ")
}

// String gives the topic on one line: what the pack says of it.
func (t Topic) String() string {
	return said(listed("route", t.Route), ifSo(t.Notice != "", "notice "+t.Notice), ifSo(t.HideFromNamed, "hidden from named staff"),
		ifSo(t.Reply != "", "reply "+t.Reply), ifSo(t.AnyChannel, "any channel"))
}

// String gives the promise on one line: "7wd from first_update until response, pause".
func (pr Promise) String() string {
	return said(fmt.Sprintf("%s from %s until %s", pr.Rule, pr.From, pr.Until), ifSo(pr.ByBot, "by bot"), condition(pr.When),
		ifSo(pr.Pause, "pause"), ifSo(pr.Source != "", "source "+pr.Source))
}

// String gives the body on one line.
func (e External) String() string {
	var letters []string
	for _, l := range e.Letter {
		letters = append(letters, fmt.Sprintf("letter after %s from %s", l.After, l.ReceivedFrom))
	}
	return said(append([]string{e.Name, e.URL, ifSo(e.Binding, "binding")}, letters...)...)
}
