package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/slack"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/flows/desk"
	"github.com/heedbot/heed/locales"
	"github.com/heedbot/heed/storage"
)

// most rows of one list in /sla.
const listed = 10

// views answers what staff cannot wait for: dialogs, their errors, and the
// slash commands. It reads; what changes anything is kept as an act.
type views struct {
	store  *storage.Store
	house  *casework.House
	people interface {
		Staff(ctx context.Context, id bot.StaffID) bot.Staff
	}
	links interface {
		Permalink(ctx context.Context, channel, ts string) (string, error)
	}
	now func() time.Time
}

func (v *views) line(k locales.Key, args ...any) *bot.Post {
	p := desk.Line(v.house, k, args...)
	return &p
}

// load reads what a dialog shows of a complaint.
func (v *views) load(ctx context.Context, ref bot.Ref) (desk.Case, bool, error) {
	c, owner, ok, err := v.store.Complaint(ctx, ref)
	if err != nil || !ok {
		return desk.Case{}, false, err
	}
	last, err := v.store.LastWords(ctx, ref)
	return desk.Case{House: v.house, Now: v.now(), C: &c, Customer: owner, Last: last}, true, err
}

// Open answers a button: by a dialog, by keeping the act, or by saying why
// not.
func (v *views) Open(ctx context.Context, who bot.StaffID, act bot.Act) (slack.Opening, error) {
	if k := desk.Refused(v.people.Staff(ctx, who)); k != "" {
		return slack.Opening{Private: v.line(k)}, nil
	}
	if act.Verb == casework.TakeOver {
		return slack.Opening{Keep: &act}, nil
	}
	k, ok, err := v.load(ctx, act.Complaint)
	if err != nil {
		return slack.Opening{}, fmt.Errorf("open a dialog: %w", err)
	}
	if !ok {
		return slack.Opening{Private: v.line(locales.StaffNoComplaint)}, nil
	}
	if why, by := desk.Unfit(v.house, k.C, act.Verb); why != "" {
		return slack.Opening{Private: &bot.Post{Text: strings.ReplaceAll(why, casework.Someone, "@"+string(by)),
			Blocks: []bot.Block{{Kind: bot.Rich, Spans: casework.Spans(why, by)}}}}, nil
	}
	if !desk.NeedsDialog(act.Verb) {
		return slack.Opening{Keep: &act}, nil
	}
	view := k.Dialog(act.Verb, desk.Meta{Chat: act.Chat, Thread: act.Thread})
	return slack.Opening{View: &view}, nil
}

// Submit answers a dialog sent off. The words of one that is previewed are
// kept, so that what is sent is what was shown.
func (v *views) Submit(ctx context.Context, who bot.StaffID, view, meta string, values map[string]string) (slack.Submission, error) {
	m, ok := desk.ParseMeta(meta)
	if !ok {
		return v.stop(locales.StaffNoComplaint), nil
	}
	if k := desk.Refused(v.people.Staff(ctx, who)); k != "" {
		return v.stop(k), nil
	}
	k, ok, err := v.load(ctx, m.Ref)
	if err != nil {
		return slack.Submission{}, fmt.Errorf("take a dialog: %w", err)
	}
	if !ok {
		return v.stop(locales.StaffNoComplaint), nil
	}
	act := bot.Act{Verb: m.Verb, Complaint: m.Ref, By: who, Version: m.Version, Fields: map[string]string{}, Chat: m.Chat, Thread: m.Thread}
	switch view {
	case desk.ViewCompose:
		return v.compose(ctx, who, k, m, values)
	case desk.ViewPreview:
		by, ref, words, ok, err := v.store.Dialog(ctx, m.Dialog)
		if err != nil {
			return slack.Submission{}, fmt.Errorf("read what was previewed: %w", err)
		}
		if !ok || by != who || ref != m.Ref {
			return v.stop(locales.StaffNoWords), nil
		}
		act.Fields["words"], act.Fields["outcome"] = words, m.Outcome
	default:
		if p := values["person"]; view == desk.ViewAssign && desk.Refused(v.people.Staff(ctx, bot.StaffID(p))) != "" {
			return slack.Submission{Errors: map[string]string{"person": v.house.D(locales.StaffErrorPerson)}}, nil
		}
		for id, s := range values {
			act.Fields[id] = s
		}
	}
	return slack.Submission{Keep: &act}, nil
}

func (v *views) compose(ctx context.Context, who bot.StaffID, k desk.Case, m desk.Meta, values map[string]string) (slack.Submission, error) {
	words, errs := k.Compose(m.Verb, values)
	if len(errs) > 0 {
		return slack.Submission{Errors: errs}, nil
	}
	if why, by := desk.Unfit(v.house, k.C, m.Verb); why != "" {
		return v.told(casework.Spans(why, by), words), nil
	}
	m.Dialog, m.Outcome = rand.Text(), values["outcome"]
	if err := v.store.SaveDialog(ctx, m.Dialog, who, m.Ref, words, v.now()); err != nil {
		return slack.Submission{}, fmt.Errorf("keep the words of a dialog: %w", err)
	}
	moved := k.Changed(m)
	p := k.Preview(m, words)
	p.Blocks = append(moved, p.Blocks...)
	return slack.Submission{Push: &p}, nil
}

// stop puts a dialog in the place of the one sent off that says why nothing
// was done; told does so with the words, so that they are not lost.
func (v *views) stop(k locales.Key) slack.Submission {
	return v.told([]bot.Span{{Text: v.house.D(k)}}, "")
}

func (v *views) told(why []bot.Span, words string) slack.Submission {
	b := []bot.Block{{Kind: bot.Rich, Spans: why}}
	if words != "" {
		b = append(b, bot.Block{Kind: bot.Plain, Text: words})
	}
	return slack.Submission{Update: &bot.View{ID: "told", Title: "heed", Close: v.house.D(locales.StaffDialogDone), Blocks: b}}
}

// Command answers /sla and /complaint.
func (v *views) Command(ctx context.Context, who bot.StaffID, command, text, _ string) (slack.Reply, error) {
	s := v.people.Staff(ctx, who)
	if k := desk.Refused(s); k != "" {
		return slack.Reply{Post: v.line(k)}, nil
	}
	text = strings.TrimSpace(text)
	switch command {
	case "/sla":
		if !s.Is(bot.Manager) {
			return slack.Reply{Post: v.line(locales.StaffNotManagers)}, nil
		}
		return v.sla(ctx, text)
	case "/complaint":
		return v.complaint(ctx, who, text)
	}
	return slack.Reply{Post: v.line(locales.StaffUsageComplaint)}, nil
}

func (v *views) sla(ctx context.Context, text string) (slack.Reply, error) {
	now := v.now()
	zone := v.house.Policy.Zone
	month := now.In(zone)
	switch words := strings.Fields(text); {
	case len(words) == 0 || words[0] == "now":
	case words[0] == "month" && len(words) == 2:
		t, err := time.ParseInLocation("2006-01", words[1], zone)
		if err != nil {
			return slack.Reply{Post: v.line(locales.StaffUsageSla)}, nil
		}
		month = t
	default:
		return slack.Reply{Post: v.line(locales.StaffUsageSla)}, nil
	}
	first := time.Date(month.Year(), month.Month(), 1, 0, 0, 0, 0, zone)
	var sla desk.Sla
	var err error
	sla.Month = first
	if sla.ByStage, err = v.store.OpenByStage(ctx); err != nil {
		return slack.Reply{}, fmt.Errorf("count open complaints: %w", err)
	}
	next, err := v.store.DueNext(ctx, now, listed)
	if err != nil {
		return slack.Reply{}, fmt.Errorf("list what is due next: %w", err)
	}
	overdue, err := v.store.Overdue(ctx, now, listed)
	if err != nil {
		return slack.Reply{}, fmt.Errorf("list what is overdue: %w", err)
	}
	sla.Next, sla.Overdue = v.rows(ctx, next), v.rows(ctx, overdue)
	figures, err := v.store.KeptIn(ctx, first, first.AddDate(0, 1, 0))
	if err != nil {
		return slack.Reply{}, fmt.Errorf("count kept promises: %w", err)
	}
	for _, f := range figures {
		d := desk.Figure{Promise: f.Promise, Kept: f.Kept, Late: f.Late, Missed: f.Missed, Void: f.Void}
		if p, ok := v.house.Policy.Promise(f.Promise); ok {
			d.Until = p.Until
		}
		sla.Figures = append(sla.Figures, d)
	}
	p := sla.Post(v.house, now)
	return slack.Reply{Post: &p}, nil
}

// rows adds the links to the threads, all asked for at once: Slack leaves
// three seconds in all.
func (v *views) rows(ctx context.Context, rs []storage.PromiseRow) []desk.Row {
	out := make([]desk.Row, len(rs))
	var group sync.WaitGroup
	for i, r := range rs {
		out[i] = desk.Row{Ref: r.Complaint, Topic: r.Topic, Promise: r.Promise}
		group.Go(func() { out[i].Link = v.link(ctx, r.Card) })
	}
	group.Wait()
	return out
}

// link is the address of a thread; empty where there is none, or Slack does
// not say in time.
func (v *views) link(ctx context.Context, ts string) string {
	if ts == "" {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	url, err := v.links.Permalink(ctx, v.house.Desk.Chat, ts)
	if err != nil {
		return ""
	}
	return url
}

func (v *views) complaint(ctx context.Context, who bot.StaffID, text string) (slack.Reply, error) {
	if strings.EqualFold(text, "mine") {
		cs, err := v.store.Mine(ctx, who)
		if err != nil {
			return slack.Reply{}, fmt.Errorf("list a person's complaints: %w", err)
		}
		var rs []storage.PromiseRow
		for _, c := range cs {
			_, ts, err := v.store.CardOf(ctx, c.Ref)
			if err != nil {
				return slack.Reply{}, fmt.Errorf("find a card: %w", err)
			}
			r := storage.PromiseRow{Complaint: c.Ref, Topic: c.Topic, Stage: c.Stage, Card: ts}
			for _, p := range c.Promises {
				if p.Verdict == bot.Open && (r.Promise.ID == "" || p.Due.Before(r.Promise.Due)) {
					r.Promise = p
				}
			}
			rs = append(rs, r)
		}
		p := desk.Mine(v.house, v.rows(ctx, rs))
		return slack.Reply{Post: &p}, nil
	}
	if text == "" || text == "help" {
		return slack.Reply{Post: v.line(locales.StaffUsageComplaint)}, nil
	}
	ref, ok := bot.ParseRef(text)
	if !ok {
		return slack.Reply{Post: v.line(locales.StaffNotARef)}, nil
	}
	k, ok, err := v.load(ctx, ref)
	if err != nil {
		return slack.Reply{}, fmt.Errorf("look a complaint up: %w", err)
	}
	if !ok {
		return slack.Reply{Post: v.line(locales.StaffNoComplaint)}, nil
	}
	files, err := v.store.EvidenceOf(ctx, ref)
	if err != nil {
		return slack.Reply{}, fmt.Errorf("list a complaint's files: %w", err)
	}
	k.Files = files
	_, ts, err := v.store.CardOf(ctx, ref)
	if err != nil {
		return slack.Reply{}, fmt.Errorf("find a card: %w", err)
	}
	p := desk.Found(k, v.link(ctx, ts))
	return slack.Reply{Post: &p}, nil
}
