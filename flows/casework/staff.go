package casework

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/policy"
	"github.com/heedbot/heed/locales"
)

// Escalated calls these people into the complaint's thread, with the reason and
// the person who calls them, if it is one.
func (w *Work) Escalated(c *bot.Complaint, by bot.StaffID, why string, call []string) {
	spans := []bot.Span{{Text: why, Bold: true}}
	if by != "" {
		spans = append(spans, bot.Span{Text: " · "}, bot.Span{User: string(by)})
		call = slices.DeleteFunc(slices.Clone(call), func(id string) bool { return id == string(by) })
	}
	w.Thread(c, bot.Post{Text: why, Mention: call, Blocks: []bot.Block{{Kind: bot.Rich, Spans: spans}}})
}

// Refusal tells a customer which file could not be taken and why.
func (w *Work) Refusal(e *bot.Evidence) string {
	name := bot.Cut(w.FileName(w.Lang(), e), 60)
	if e.Why == bot.WhyBig && w.S.Features.FileMax > 0 {
		return w.T(locales.FileTooBig, "Name", name, "Max", w.S.Features.FileMax>>20)
	}
	switch e.Why {
	case bot.WhyBig:
		return w.T(locales.FileBig, "Name", name)
	case bot.WhyEmpty:
		return w.T(locales.FileEmpty, "Name", name)
	case bot.WhyType:
		return w.T(locales.FileType, "Name", name)
	}
	return w.T(locales.FileGone, "Name", name)
}

// Unfinished shows staff an account that the customer left unfinished, to be
// taken over. One that holds nothing yet is not shown.
func (w *Work) Unfinished(d *bot.Draft) {
	pol := w.Pack(d.Policy)
	var b []bot.Block
	for _, q := range pol.Ask {
		a := d.Answers[q.ID]
		text := strings.TrimSpace(a.Text())
		if a.Option != "" {
			text = w.Picked(pol, q.ID, a.Option)
		}
		if n := len(a.Files); n > 0 {
			text = strings.TrimSpace(text + "\n" + w.Words.Count(w.Language, locales.ReviewFiles, n))
		}
		if text == "" {
			continue
		}
		b = append(b, bot.Block{Kind: bot.Rich, Spans: []bot.Span{{Text: w.Heading(pol, q.ID), Bold: true}}},
			bot.Block{Kind: bot.Plain, Text: bot.Cut(text, cardWords)})
	}
	if !substance(d) {
		return
	}
	head := w.D(locales.StaffUnfinished)
	b = append([]bot.Block{
		{Kind: bot.Heading, Text: head},
		{Kind: bot.Rich, Spans: []bot.Span{{Text: w.D(locales.StaffUnfinishedWhy, "Since", w.Short(pol, d.Touched))}}},
		{Kind: bot.Pairs, Pairs: []bot.Pair{
			{Label: w.D(locales.StaffCardCustomer), Value: or(w.Customer.Name, "–")},
			{Label: w.D(locales.StaffCardLanguage), Value: w.Tongue(w.Lang())},
		}},
	}, b...)
	v := url.Values{"customer": {string(w.Customer.ID)}, "draft": {strconv.Itoa(d.N)}}
	b = append(b, bot.Block{Kind: bot.Buttons, ID: "acts", Buttons: []bot.Button{
		{Action: TakeOver, Value: v.Encode(), Label: w.D(locales.StaffButtonTakeOver), Style: "primary"}}})
	o := bot.Outbound{ID: w.id(), To: w.Desk, Class: bot.Notice, About: "unfinished", Post: &bot.Post{Text: head, Blocks: b}}
	if behind := w.DraftWall(d); behind != nil {
		people := w.keepers(behind)
		if len(people) == 0 {
			// Nobody may see it yet: it is looked again.
			w.Set(bot.Timer{Key: DraftListed, Kind: DraftListed, Due: w.S.Now.Add(wallRest), Draft: d.N})
			return
		}
		// To the people themselves: nobody can join that.
		o.To, o.Walled, o.Hidden = w.room(direct(people)), true, behind.Names()
	}
	w.TakeBack(d)
	d.Listed, d.Shown, d.ShownIn = w.S.Now, o.ID, o.To.Chat
	w.turn.Say = append(w.turn.Say, o)
}

// TakeBack deletes the post by which staff were shown an unfinished account.
func (w *Work) TakeBack(d *bot.Draft) {
	if d.Shown == "" {
		return
	}
	w.turn.Say = append(w.turn.Say, bot.Outbound{ID: w.id(), To: w.room(d.ShownIn), Class: bot.Notice, Edits: d.Shown, Delete: true, About: "unfinished"})
	d.Shown, d.ShownIn = "", ""
}

// DraftWall is the wall that the complaint a draft would become has; nil if the
// whole desk may see it.
func (w *Work) DraftWall(d *bot.Draft) *bot.Wall {
	c := &bot.Complaint{Policy: d.Policy, Topic: d.Answers["topic"].Option, Answers: d.Answers}
	hide, _ := w.search(c)
	if !walledDraft(w.Pack(d.Policy), d) && len(hide) == 0 {
		return nil
	}
	behind := &bot.Wall{Hidden: hide}
	w.closeWall(behind)
	return behind
}

// walledDraft tells whether a draft is about a member of staff, by its topic or
// in the customer's own words.
func walledDraft(p *policy.Policy, d *bot.Draft) bool {
	return walls(p, d.Answers["topic"].Option) || d.Answers[policy.StaffAbout].Option == "yes"
}

// substance tells whether there is anything to read in a draft.
func substance(d *bot.Draft) bool {
	for _, a := range d.Answers {
		if len(a.Parts) > 0 || len(a.Files) > 0 {
			return true
		}
	}
	return false
}

// Notice posts a line to the desk's channel that belongs to no complaint.
func (w *Work) Notice(text string) {
	w.turn.Say = append(w.turn.Say, bot.Outbound{ID: w.id(), To: w.Desk, Class: bot.Notice, About: "notice",
		Post: &bot.Post{Text: text, Blocks: []bot.Block{{Kind: bot.Rich, Spans: []bot.Span{{Text: text}}}}}})
}
