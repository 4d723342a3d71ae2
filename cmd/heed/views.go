package main

import (
	"context"
	"crypto/rand"
	"fmt"
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

// load reads what a dialog shows of a complaint; nil if there is none.
func (v *views) load(ctx context.Context, ref bot.Ref) (*desk.Case, error) {
	if ref == "" {
		return nil, nil
	}
	c, owner, ok, err := v.store.Complaint(ctx, ref)
	if err != nil || !ok {
		return nil, err
	}
	last, err := v.store.LastWords(ctx, ref)
	if err != nil {
		return nil, err
	}
	return &desk.Case{House: v.house, Now: v.now(), C: &c, Customer: owner, Last: last}, nil
}

// Open answers a button.
func (v *views) Open(ctx context.Context, who bot.StaffID, act bot.Act) (slack.Opening, error) {
	k, err := v.load(ctx, act.Complaint)
	if err != nil {
		return slack.Opening{}, fmt.Errorf("open a dialog: %w", err)
	}
	a := desk.Open(v.house, v.people.Staff(ctx, who), v.now(), k, act)
	return slack.Opening{View: a.View, Keep: a.Keep, Private: a.Private}, nil
}

// Submit answers a dialog sent off. The words of one that is previewed are
// kept first, so that what is sent is what was shown.
func (v *views) Submit(ctx context.Context, who bot.StaffID, view, meta string, values map[string]string) (slack.Submission, error) {
	sent := desk.Sent{View: view, Values: values, Dialog: rand.Text()}
	sent.Meta, _ = desk.ParseMeta(meta)
	k, err := v.load(ctx, sent.Meta.Ref)
	if err != nil {
		return slack.Submission{}, fmt.Errorf("take a dialog: %w", err)
	}
	if sent.Meta.Dialog != "" {
		by, ref, words, _, err := v.store.Dialog(ctx, sent.Meta.Dialog)
		if err != nil {
			return slack.Submission{}, fmt.Errorf("read what was previewed: %w", err)
		}
		if by == who && ref == sent.Meta.Ref {
			sent.Kept = words
		}
	}
	if p := values["person"]; p != "" {
		sent.Person = v.people.Staff(ctx, bot.StaffID(p))
	}
	a := desk.Submit(v.house, v.people.Staff(ctx, who), v.now(), k, sent)
	if a.Push != nil {
		if err := v.store.SaveDialog(ctx, sent.Dialog, who, sent.Meta.Ref, a.Words, v.now()); err != nil {
			return slack.Submission{}, fmt.Errorf("keep the words of a dialog: %w", err)
		}
	}
	return slack.Submission{Errors: a.Errors, Push: a.Push, Update: a.Update, Keep: a.Keep}, nil
}

// Command answers /sla and /complaint.
func (v *views) Command(ctx context.Context, who bot.StaffID, command, text, channel string) (slack.Reply, error) {
	q, p := desk.Command(v.house, v.people.Staff(ctx, who), v.now(), command, text)
	switch {
	case p != nil:
		return slack.Reply{Post: p}, nil
	case q.Log:
		view := desk.LogDialog(v.house, v.now(), desk.Meta{Chat: channel})
		return slack.Reply{View: &view}, nil
	case q.Mine:
		return v.mine(ctx, who)
	case q.Ref != "":
		return v.found(ctx, q.Ref)
	}
	return v.sla(ctx, q.Month)
}

func (v *views) sla(ctx context.Context, month time.Time) (slack.Reply, error) {
	now := v.now()
	sla := desk.Sla{Month: month}
	var err error
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
	figures, err := v.store.KeptIn(ctx, month, month.AddDate(0, 1, 0), now)
	if err != nil {
		return slack.Reply{}, fmt.Errorf("count kept promises: %w", err)
	}
	for _, f := range figures {
		sla.Figures = append(sla.Figures, desk.Figure(f))
	}
	surveys, err := v.store.Surveys(ctx, month, month.AddDate(0, 1, 0))
	if err != nil {
		return slack.Reply{}, fmt.Errorf("count surveys: %w", err)
	}
	sla.Surveys = desk.Surveys{Delivered: surveys.Delivered, Answered: surveys.Answered, Declined: surveys.Declined, Answers: surveys.Answers}
	p := sla.Post(v.house)
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

func (v *views) mine(ctx context.Context, who bot.StaffID) (slack.Reply, error) {
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
		rs = append(rs, storage.PromiseRow{Complaint: c.Ref, Topic: c.Topic, Stage: c.Stage, Card: ts, Promise: desk.DueFirst(c)})
	}
	p := desk.Mine(v.house, v.rows(ctx, rs))
	return slack.Reply{Post: &p}, nil
}

func (v *views) found(ctx context.Context, ref bot.Ref) (slack.Reply, error) {
	k, err := v.load(ctx, ref)
	if err != nil {
		return slack.Reply{}, fmt.Errorf("look a complaint up: %w", err)
	}
	if k == nil {
		p := desk.Line(v.house, locales.StaffNoComplaint)
		return slack.Reply{Post: &p}, nil
	}
	if k.Files, err = v.store.EvidenceOf(ctx, ref); err != nil {
		return slack.Reply{}, fmt.Errorf("list a complaint's files: %w", err)
	}
	_, ts, err := v.store.CardOf(ctx, ref)
	if err != nil {
		return slack.Reply{}, fmt.Errorf("find a card: %w", err)
	}
	p := desk.Found(*k, v.link(ctx, ts))
	return slack.Reply{Post: &p}, nil
}
