package flows_test

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/bottest"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/flows/desk"
	"github.com/heedbot/heed/locales"
	"github.com/heedbot/heed/storage"
)

// views answers staff as the program does, by the same reads.
type views struct {
	store *storage.Store
	house *casework.House
	now   func() time.Time
}

func (v *views) line(k locales.Key) bottest.Answer {
	p := desk.Line(v.house, k)
	return bottest.Answer{Private: &p}
}

func (v *views) load(ctx context.Context, ref bot.Ref) (desk.Case, bool, error) {
	c, owner, ok, err := v.store.Complaint(ctx, ref)
	if err != nil || !ok {
		return desk.Case{}, false, err
	}
	last, err := v.store.LastWords(ctx, ref)
	return desk.Case{Now: v.now(), House: v.house, C: &c, Customer: owner, Last: last}, true, err
}

// Open implements bottest.Desk.
func (v *views) Open(ctx context.Context, who bot.Staff, act bot.Act) (bottest.Answer, error) {
	if k := desk.Refused(who); k != "" {
		return v.line(k), nil
	}
	if act.Verb == casework.TakeOver {
		return bottest.Answer{Keep: &act}, nil
	}
	k, ok, err := v.load(ctx, act.Complaint)
	if err != nil {
		return bottest.Answer{}, err
	}
	if !ok {
		return v.line(locales.StaffNoComplaint), nil
	}
	if why, by := desk.Unfit(v.house, k.C, act.Verb); why != "" {
		return bottest.Answer{Private: &bot.Post{Blocks: []bot.Block{{Kind: bot.Rich, Spans: casework.Spans(why, by)}}}}, nil
	}
	if !desk.NeedsDialog(act.Verb) {
		return bottest.Answer{Keep: &act}, nil
	}
	view := k.Dialog(act.Verb, desk.Meta{Chat: act.Chat, Thread: act.Thread})
	return bottest.Answer{View: &view}, nil
}

// Submit implements bottest.Desk.
func (v *views) Submit(ctx context.Context, who bot.Staff, view, meta string, values map[string]string) (bottest.Answer, error) {
	m, ok := desk.ParseMeta(meta)
	if !ok {
		return v.line(locales.StaffNoComplaint), nil
	}
	if k := desk.Refused(who); k != "" {
		return v.line(k), nil
	}
	k, ok, err := v.load(ctx, m.Ref)
	if err != nil {
		return bottest.Answer{}, err
	}
	if !ok {
		return v.line(locales.StaffNoComplaint), nil
	}
	act := bot.Act{Verb: m.Verb, Complaint: m.Ref, By: who.ID, Version: m.Version, Fields: map[string]string{}, Chat: m.Chat, Thread: m.Thread}
	switch view {
	case desk.ViewCompose:
		words, errs := k.Compose(m.Verb, values)
		if len(errs) > 0 {
			return bottest.Answer{Errors: errs}, nil
		}
		if why, by := desk.Unfit(v.house, k.C, m.Verb); why != "" {
			return bottest.Answer{View: &bot.View{ID: "told", Title: "heed", Close: v.house.D(locales.StaffDialogCancel), Blocks: []bot.Block{
				{Kind: bot.Rich, Spans: casework.Spans(why, by)}, {Kind: bot.Plain, Text: words}}}}, nil
		}
		m.Dialog, m.Outcome = strconv.FormatInt(v.now().UnixNano(), 36)+string(who.ID), values["outcome"]
		if err := v.store.SaveDialog(ctx, m.Dialog, who.ID, m.Ref, words, v.now()); err != nil {
			return bottest.Answer{}, err
		}
		moved := k.Changed(m)
		p := k.Preview(m, words)
		p.Blocks = append(moved, p.Blocks...)
		return bottest.Answer{View: &p}, nil
	case desk.ViewPreview:
		by, ref, words, ok, err := v.store.Dialog(ctx, m.Dialog)
		if err != nil {
			return bottest.Answer{}, err
		}
		if !ok || by != who.ID || ref != m.Ref {
			return v.line(locales.StaffNoWords), nil
		}
		act.Fields["words"], act.Fields["outcome"] = words, m.Outcome
	default:
		for id, s := range values {
			act.Fields[id] = s
		}
	}
	return bottest.Answer{Keep: &act}, nil
}

// Command implements bottest.Desk.
func (v *views) Command(ctx context.Context, who bot.Staff, command, text string) (bottest.Answer, error) {
	if k := desk.Refused(who); k != "" {
		return v.line(k), nil
	}
	switch {
	case command == "/sla" && !who.Is(bot.Manager):
		return v.line(locales.StaffNotManagers), nil
	case command == "/sla":
		return v.sla(ctx)
	case strings.TrimSpace(text) == "mine":
		return v.mine(ctx, who.ID)
	}
	ref, ok := bot.ParseRef(text)
	if !ok {
		return v.line(locales.StaffUsageComplaint), nil
	}
	k, ok, err := v.load(ctx, ref)
	if err != nil {
		return bottest.Answer{}, err
	}
	if !ok {
		return v.line(locales.StaffNoComplaint), nil
	}
	if k.Files, err = v.store.EvidenceOf(ctx, ref); err != nil {
		return bottest.Answer{}, err
	}
	p := desk.Found(k, "")
	return bottest.Answer{Private: &p}, nil
}

func (v *views) sla(ctx context.Context) (bottest.Answer, error) {
	now := v.now()
	month := now.In(v.house.Policy.Zone)
	s := desk.Sla{Month: time.Date(month.Year(), month.Month(), 1, 0, 0, 0, 0, v.house.Policy.Zone)}
	var err error
	if s.ByStage, err = v.store.OpenByStage(ctx); err != nil {
		return bottest.Answer{}, err
	}
	next, err := v.store.DueNext(ctx, now, 10)
	if err != nil {
		return bottest.Answer{}, err
	}
	overdue, err := v.store.Overdue(ctx, now, 10)
	if err != nil {
		return bottest.Answer{}, err
	}
	s.Next, s.Overdue = rows(next), rows(overdue)
	figures, err := v.store.KeptIn(ctx, s.Month, s.Month.AddDate(0, 1, 0))
	if err != nil {
		return bottest.Answer{}, err
	}
	for _, f := range figures {
		d := desk.Figure{Promise: f.Promise, Kept: f.Kept, Late: f.Late, Missed: f.Missed, Void: f.Void}
		if p, ok := v.house.Policy.Promise(f.Promise); ok {
			d.Until = p.Until
		}
		s.Figures = append(s.Figures, d)
	}
	p := s.Post(v.house, now)
	return bottest.Answer{Private: &p}, nil
}

func rows(rs []storage.PromiseRow) []desk.Row {
	var out []desk.Row
	for _, r := range rs {
		out = append(out, desk.Row{Ref: r.Complaint, Topic: r.Topic, Promise: r.Promise})
	}
	return out
}

func (v *views) mine(ctx context.Context, who bot.StaffID) (bottest.Answer, error) {
	cs, err := v.store.Mine(ctx, who)
	if err != nil {
		return bottest.Answer{}, err
	}
	var rs []desk.Row
	for _, c := range cs {
		r := desk.Row{Ref: c.Ref, Topic: c.Topic}
		for _, p := range c.Promises {
			if p.Verdict == bot.Open && (r.Promise.ID == "" || p.Due.Before(r.Promise.Due)) {
				r.Promise = p
			}
		}
		rs = append(rs, r)
	}
	p := desk.Mine(v.house, rs)
	return bottest.Answer{Private: &p}, nil
}
