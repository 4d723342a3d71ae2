package desk

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

// asked is before the id of each of the policy's questions in the dialog.
const asked = "ask_"

// LogDialog takes down a complaint that came without a messenger: by letter,
// telephone, e-mail, form or in person, with the time at which it really came.
func LogDialog(h *casework.House, now time.Time, m Meta) bot.View {
	pol := h.Policy
	m.Ref, m.Version, m.Verb = "", 0, casework.Log
	here := now.In(pol.Zone)
	b := []bot.Block{
		{Kind: bot.Small, Text: h.D(locales.StaffLogHint)},
		field(bot.Form{ID: "channel", Kind: "choice", Label: h.D(locales.StaffFieldChannel), Options: channels(h)}),
		field(bot.Form{ID: "date", Kind: "date", Label: h.D(locales.StaffFieldDate), Initial: here.Format(time.DateOnly)}),
		field(bot.Form{ID: "time", Kind: "time", Label: h.D(locales.StaffFieldTime), Hint: zoneHint(h, pol), Initial: here.Format("15:04")}),
		field(bot.Form{ID: "language", Kind: "choice", Label: h.D(locales.StaffFieldLanguage), Options: tongues(h)}),
		field(bot.Form{ID: "name", Kind: "line", Max: 200, Optional: true, Label: h.D(locales.StaffFieldName)}),
		field(bot.Form{ID: "contact", Kind: "lines", Max: 500, Optional: true, Label: h.D(locales.StaffFieldContact), Hint: h.D(locales.StaffFieldContactHint)}),
	}
	for _, q := range pol.Ask {
		if f, ok := question(h, q); ok {
			b = append(b, field(f))
		}
	}
	if _, ok := pol.Ask.Find("summary"); !ok {
		f, _ := question(h, bot.Question{ID: "summary", Type: "text", Required: true})
		b = append(b, field(f))
	}
	return bot.View{ID: ViewLog, Title: h.D(locales.StaffTitleLog), Submit: h.D(locales.StaffDialogSave),
		Close: h.D(locales.StaffDialogCancel), Blocks: b, Meta: m.Text()}
}

// question is a question of the policy as staff fill it in for the customer.
// Files cannot be put into a dialog.
func question(h *casework.House, q bot.Question) (bot.Form, bool) {
	f := bot.Form{ID: asked + q.ID, Kind: "line", Max: 500, Label: h.Heading(h.Policy, q.ID), Optional: q.ID != "summary" && q.ID != "topic"}
	switch q.Type {
	case "files":
		return f, false
	case "choice":
		if len(q.Options) == 0 {
			return f, false
		}
		f.Kind, f.Max = "choice", 0
		for _, o := range q.Options {
			f.Options = append(f.Options, bot.Option{ID: o, Label: bot.Cut(h.Picked(h.Policy, q.ID, o), 75)})
		}
	case "text":
		f.Kind, f.Max = "lines", wordsMax
	}
	return f, true
}

// channels are the ways in which a complaint can have come, those that the
// policy refuses last: choosing one shows what to tell the customer.
func channels(h *casework.House) []bot.Option {
	var list, refused []bot.Option
	for _, c := range []string{"form", "email", "letter", "phone", "office", "in_person"} {
		o := bot.Option{ID: c, Label: h.D(locales.Key("staff.way." + c))}
		switch {
		case slices.Contains(h.Policy.Accept, c):
			list = append(list, o)
		case slices.Contains(h.Policy.Refuse, c) || anyTopic(h.Policy, c):
			refused = append(refused, o)
		}
	}
	if len(list)+len(refused) == 0 {
		// A policy that knows the chat alone: what came otherwise is not lost.
		list = append(list, bot.Option{ID: "letter", Label: h.D(locales.Key("staff.way.letter"))})
	}
	return append(list, refused...)
}

func anyTopic(p *policy.Policy, channel string) bool {
	return slices.ContainsFunc(p.Topics, func(t policy.Topic) bool { return p.Accepts(channel, t.ID) })
}

// tongues are the languages a customer can be written to in, the policy's
// first.
func tongues(h *casework.House) []bot.Option {
	var list []bot.Option
	have := h.Words.Languages()
	for _, l := range append(slices.Clone(h.Policy.Languages), have...) {
		o := bot.Option{ID: l, Label: h.Tongue(l)}
		if slices.Contains(have, l) && !slices.Contains(list, o) {
			list = append(list, o)
		}
	}
	return list
}

func zoneHint(h *casework.House, pol *policy.Policy) string {
	if z, ok := pol.Say(h.Language, "zone"); ok {
		return z
	}
	return pol.Zone.String()
}

// instant reads a date and a time in the policy's zone. Of an hour that comes
// twice it takes the first: what is promised then falls earlier.
func instant(zone *time.Location, date, clock string) (time.Time, error) {
	t, err := time.ParseInLocation("2006-01-02 15:04", date+" "+clock, zone)
	if err != nil {
		return time.Time{}, errors.New("no such date or time")
	}
	if early := t.Add(-time.Hour); early.Format("15:04") == t.Format("15:04") {
		t = early
	}
	return t, nil
}

// logged checks the dialog and makes an act of it, or says why the complaint is
// not taken this way.
func logged(h *casework.House, s Sent, now time.Time, act bot.Act) Answer {
	v := s.Values
	errs := map[string]string{}
	at, err := instant(h.Policy.Zone, v["date"], v["time"])
	switch {
	case err != nil:
		errs["date"] = h.D(locales.StaffErrorDate)
	case at.After(now):
		errs["date"] = h.D(locales.StaffErrorFuture)
	case at.Before(now.AddDate(-2, 0, 0)):
		errs["date"] = h.D(locales.StaffErrorLongAgo)
	}
	if !offered(channels(h), v["channel"]) {
		errs["channel"] = h.D(locales.StaffErrorChannel)
	}
	if !offered(tongues(h), v["language"]) {
		errs["language"] = h.D(locales.StaffErrorLanguage)
	}
	for _, q := range h.Policy.Ask {
		if o := v[asked+q.ID]; q.Type == "choice" && q.ID != "topic" && o != "" && !slices.Contains(q.Options, o) {
			errs[asked+q.ID] = h.D(locales.StaffErrorOption)
		}
	}
	if q, ok := h.Policy.Ask.Find("topic"); ok && !slices.Contains(q.Options, v[asked+"topic"]) {
		errs[asked+"topic"] = h.D(locales.StaffErrorTopic)
	}
	if strings.TrimSpace(locales.Clean(v[asked+"summary"])) == "" {
		errs[asked+"summary"] = h.D(locales.StaffErrorSummary)
	}
	if len(errs) > 0 {
		return Answer{Errors: errs}
	}
	if !h.Policy.Accepts(v["channel"], v[asked+"topic"]) && slices.Contains(h.Policy.Refuse, v["channel"]) {
		say := func(k Case) string {
			if words, ok := h.Policy.SayIn(k.lang(), "refused."+v["channel"]); ok {
				return words
			}
			return k.t(locales.RefusedChannel)
		}
		k := Case{House: h, Customer: bot.Customer{Language: v["language"]}}
		// On top of the dialog, which keeps all that was written in it.
		told := []bot.Block{
			{Kind: bot.Rich, Spans: []bot.Span{{Text: h.D(locales.StaffLogRefused, "Way", h.D(locales.Key("staff.way."+v["channel"])), "Language", h.Tongue(v["language"]))}}},
			{Kind: bot.Plain, Text: say(k)}}
		return Answer{Push: &bot.View{ID: ViewRead, Title: h.D(locales.StaffTitleLog), Close: h.D(locales.StaffDialogBack), Blocks: append(told, k.meaning(say)...)}}
	}
	for id, value := range v {
		act.Fields[id] = locales.Clean(value)
	}
	act.Fields["at"] = at.UTC().Format(time.RFC3339)
	act.Customer, act.New = bot.CustomerID("p"+strings.ToLower(s.Dialog)), true
	return Answer{Keep: &act}
}

func offered(list []bot.Option, id string) bool {
	return slices.ContainsFunc(list, func(o bot.Option) bool { return o.ID == id })
}

// take makes the complaint.
func (h hand) take() {
	f := h.act.Fields
	at, err := time.Parse(time.RFC3339, f["at"])
	if err != nil || h.Customer.ID == "" || len(h.Complaints()) > 0 {
		h.Private(h.Aside().D(locales.StaffNoSuchAct), f[asked+"summary"])
		return
	}
	h.Customer.Name, h.Customer.Contact = strings.TrimSpace(f["name"]), strings.TrimSpace(f["contact"])
	h.Customer.Language, h.Customer.Chosen, h.Customer.Greeted = f["language"], true, false
	h.Customer.Drafts++
	d := &bot.Draft{N: h.Customer.Drafts, Policy: h.Policy.Hash, Started: h.S.Now, Touched: h.S.Now, Answers: map[string]bot.Answer{}}
	for id, value := range f {
		q, ok := strings.CutPrefix(id, asked)
		value = strings.TrimSpace(value)
		if !ok || value == "" {
			continue
		}
		if known, _ := h.Policy.Ask.Find(q); known.Type == "choice" {
			d.Answers[q] = bot.Answer{Option: value}
		} else {
			d.Answers[q] = bot.Answer{Parts: []bot.Part{{Text: value, At: at}}, Done: true}
		}
	}
	h.Customer.Draft = d
	c := h.Lodge(at, h.act.By, bot.Channel(f["channel"]))
	text := h.D(locales.StaffLogged, "Way", h.D(locales.Key("staff.way."+f["channel"])), "At", h.Short(h.Policy, at))
	for _, p := range c.Promises {
		if p.Overdue(h.S.Now) {
			text += "\n" + h.D(locales.StaffLoggedLate, "What", h.D(locales.Key("staff.promise."+string(p.Until))), "Due", h.Short(h.Policy, p.Due))
		}
	}
	h.Thread(c, bot.Post{Text: text, Blocks: []bot.Block{{Kind: bot.Rich, Spans: []bot.Span{{User: string(h.act.By)}, {Text: " " + text}}}}})
	k := locales.StaffLoggedAs
	if c.Wall != nil {
		k = locales.StaffLoggedWalled
	}
	h.Private(h.Aside().D(k, "Ref", string(c.Ref)), "")
}
