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
	"github.com/heedbot/heed/bot/turn"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/flows/desk"
	"github.com/heedbot/heed/locales"
	"github.com/heedbot/heed/storage"
)

// most rows of one list in /sla.
const listed = 10

// views answers what staff cannot wait for: dialogs, their errors, and the
// slash commands. It reads; what changes anything is kept as an act.
//
// What it reads of complaints it reads through the eyes of the person who
// asks, and there is no other way from here to the store.
type views struct {
	store interface {
		As(v bot.Sight) *storage.Seen
		Dialog(ctx context.Context, id string) (by bot.StaffID, ref bot.Ref, words string, ok bool, err error)
		SaveDialog(ctx context.Context, id string, by bot.StaffID, ref bot.Ref, words string, at time.Time) error
		Receive(ctx context.Context, arrivals ...bot.Arrival) error
	}
	house  *casework.House
	people turn.People
	links  interface {
		Permalink(ctx context.Context, channel, ts string) (string, error)
	}
	now func() time.Time
}

// seen is the store as a person may see it.
func (v *views) seen(who bot.Staff) *storage.Seen { return v.store.As(v.house.Sight(who)) }

// words is the house as a person reads it.
func (v *views) words(who bot.Staff) *casework.House { return v.house.In(who.Locale) }

// load reads what a dialog shows of a complaint; nil if there is none that this
// person may see.
func (v *views) load(ctx context.Context, who bot.Staff, ref bot.Ref) (*desk.Case, error) {
	if ref == "" {
		return nil, nil
	}
	seen := v.seen(who)
	c, owner, ok, err := seen.Complaint(ctx, ref)
	if err != nil || !ok {
		return nil, err
	}
	last, err := seen.LastWords(ctx, ref)
	if err != nil {
		return nil, err
	}
	k := &desk.Case{House: v.words(who), Now: v.now(), C: &c, Customer: owner, Last: last, Directory: v.people.Directory(ctx, false)}
	if len(owner.Unshown[ref].Files) > 0 {
		if k.Files, err = seen.EvidenceOf(ctx, ref); err != nil {
			return nil, err
		}
	}
	return k, nil
}

// looked keeps for the record that someone read a walled complaint.
func (v *views) looked(ctx context.Context, who bot.Staff, k *desk.Case) error {
	if k == nil || k.C.Wall == nil {
		return nil
	}
	act := bot.Act{Verb: casework.Look, Complaint: k.C.Ref, By: who.ID}
	return v.store.Receive(ctx, bot.Arrival{Input: bot.Input{Key: "look:" + rand.Text(), Channel: bot.Slack, Kind: bot.InAct, At: v.now(), Act: &act}})
}

// Open answers a button.
func (v *views) Open(ctx context.Context, who bot.StaffID, act bot.Act) (slack.Opening, error) {
	staff := v.people.Staff(ctx, who)
	k, err := v.load(ctx, staff, act.Complaint)
	if err != nil {
		return slack.Opening{}, fmt.Errorf("open a dialog: %w", err)
	}
	a := desk.Open(v.words(staff), staff, v.now(), k, act)
	if a.View != nil {
		if err := v.looked(ctx, staff, k); err != nil {
			return slack.Opening{}, fmt.Errorf("note who looked: %w", err)
		}
	}
	return slack.Opening{View: a.View, Keep: a.Keep, Private: a.Private}, nil
}

// Submit answers a dialog sent off. The words of one that is previewed are
// kept first, so that what is sent is what was shown.
func (v *views) Submit(ctx context.Context, who bot.StaffID, view, meta string, values map[string]string) (slack.Submission, error) {
	sent := desk.Sent{View: view, Values: values, Dialog: rand.Text()}
	sent.Meta, _ = desk.ParseMeta(meta)
	staff := v.people.Staff(ctx, who)
	k, err := v.load(ctx, staff, sent.Meta.Ref)
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
	a := desk.Submit(v.words(staff), staff, v.now(), k, sent)
	if a.Push != nil {
		if err := v.store.SaveDialog(ctx, sent.Dialog, who, sent.Meta.Ref, a.Words, v.now()); err != nil {
			return slack.Submission{}, fmt.Errorf("keep the words of a dialog: %w", err)
		}
	}
	return slack.Submission{Errors: a.Errors, Push: a.Push, Update: a.Update, Keep: a.Keep}, nil
}

// Command answers /sla and /complaint.
func (v *views) Command(ctx context.Context, who bot.StaffID, command, text, channel string) (slack.Reply, error) {
	staff := v.people.Staff(ctx, who)
	q, p := desk.Command(v.words(staff), staff, v.now(), command, text)
	switch {
	case p != nil:
		return slack.Reply{Post: p}, nil
	case q.Log:
		view := desk.LogDialog(v.words(staff), v.now(), desk.Meta{Chat: channel})
		return slack.Reply{View: &view}, nil
	case q.Conduct:
		return v.conduct(ctx, staff, q.Quarter)
	case q.Mine:
		return v.mine(ctx, staff)
	case q.Ref != "":
		return v.found(ctx, staff, q.Ref)
	}
	return v.sla(ctx, staff, q.Month)
}

func (v *views) sla(ctx context.Context, who bot.Staff, month time.Time) (slack.Reply, error) {
	now, seen := v.now(), v.seen(who)
	sla := desk.Sla{Month: month}
	var err error
	if sla.ByStage, err = seen.OpenByStage(ctx); err != nil {
		return slack.Reply{}, fmt.Errorf("count open complaints: %w", err)
	}
	next, err := seen.DueNext(ctx, now, listed)
	if err != nil {
		return slack.Reply{}, fmt.Errorf("list what is due next: %w", err)
	}
	overdue, err := seen.Overdue(ctx, now, listed)
	if err != nil {
		return slack.Reply{}, fmt.Errorf("list what is overdue: %w", err)
	}
	sla.Next, sla.Overdue = v.rows(ctx, next), v.rows(ctx, overdue)
	figures, err := seen.KeptIn(ctx, month, month.AddDate(0, 1, 0), now)
	if err != nil {
		return slack.Reply{}, fmt.Errorf("count kept promises: %w", err)
	}
	for _, f := range figures {
		sla.Figures = append(sla.Figures, desk.Figure(f))
	}
	surveys, err := seen.Surveys(ctx, month, month.AddDate(0, 1, 0))
	if err != nil {
		return slack.Reply{}, fmt.Errorf("count surveys: %w", err)
	}
	sla.Surveys = desk.Surveys{Delivered: surveys.Delivered, Answered: surveys.Answered, Declined: surveys.Declined, Answers: surveys.Answers}
	p := sla.Post(v.words(who))
	return slack.Reply{Post: &p}, nil
}

// conduct answers /complaint conduct for the quarter that begins at an instant.
func (v *views) conduct(ctx context.Context, who bot.Staff, quarter time.Time) (slack.Reply, error) {
	seen := v.seen(who)
	measures, err := seen.Measures(ctx, v.now())
	if err != nil {
		return slack.Reply{}, fmt.Errorf("list the measures in force: %w", err)
	}
	counts, err := seen.Conduct(ctx, quarter, quarter.AddDate(0, 3, 0))
	if err != nil {
		return slack.Reply{}, fmt.Errorf("count how customers were treated: %w", err)
	}
	list := make([]desk.MeasureRow, len(measures))
	var group sync.WaitGroup
	for i, m := range measures {
		list[i] = desk.MeasureRow{Measure: m.Step}
		group.Go(func() { list[i].Link = v.link(ctx, m.CardChat, m.Card) })
	}
	group.Wait()
	var all []desk.ConductCount
	for _, c := range counts {
		all = append(all, desk.ConductCount(c))
	}
	p := desk.Conduct(v.words(who), list, desk.ConductFigures(all), quarter)
	return slack.Reply{Post: &p}, nil
}

// rows adds the links to the threads, all asked for at once: Slack leaves
// three seconds in all.
func (v *views) rows(ctx context.Context, rs []storage.PromiseRow) []desk.Row {
	out := make([]desk.Row, len(rs))
	var group sync.WaitGroup
	for i, r := range rs {
		out[i] = desk.Row{Ref: r.Complaint, Topic: r.Topic, Promise: r.Promise}
		group.Go(func() { out[i].Link = v.link(ctx, r.CardChat, r.Card) })
	}
	group.Wait()
	return out
}

// link is the address of a thread; empty where there is none, or Slack does
// not say in time.
func (v *views) link(ctx context.Context, chat, ts string) string {
	if ts == "" || strings.HasPrefix(chat, bot.Direct) {
		return "" // a conversation has no address of its own
	}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	url, err := v.links.Permalink(ctx, chat, ts)
	if err != nil {
		return ""
	}
	return url
}

func (v *views) mine(ctx context.Context, who bot.Staff) (slack.Reply, error) {
	seen := v.seen(who)
	cs, err := seen.Mine(ctx)
	if err != nil {
		return slack.Reply{}, fmt.Errorf("list a person's complaints: %w", err)
	}
	var rs []storage.PromiseRow
	for _, c := range cs {
		chat, ts, err := seen.CardOf(ctx, c.Ref)
		if err != nil {
			return slack.Reply{}, fmt.Errorf("find a card: %w", err)
		}
		rs = append(rs, storage.PromiseRow{Complaint: c.Ref, Topic: c.Topic, Stage: c.Stage, Card: ts, CardChat: chat, Promise: desk.DueFirst(c)})
	}
	p := desk.Mine(v.words(who), v.rows(ctx, rs))
	return slack.Reply{Post: &p}, nil
}

func (v *views) found(ctx context.Context, who bot.Staff, ref bot.Ref) (slack.Reply, error) {
	k, err := v.load(ctx, who, ref)
	if err != nil {
		return slack.Reply{}, fmt.Errorf("look a complaint up: %w", err)
	}
	if k == nil || desk.Permitted(v.house, k.C, who, "/complaint") != "" {
		p := desk.Line(v.words(who), locales.StaffNoComplaint)
		return slack.Reply{Post: &p}, nil
	}
	if err := v.looked(ctx, who, k); err != nil {
		return slack.Reply{}, fmt.Errorf("note who looked: %w", err)
	}
	seen := v.seen(who)
	if k.Files, err = seen.EvidenceOf(ctx, ref); err != nil {
		return slack.Reply{}, fmt.Errorf("list a complaint's files: %w", err)
	}
	chat, ts, err := seen.CardOf(ctx, ref)
	if err != nil {
		return slack.Reply{}, fmt.Errorf("find a card: %w", err)
	}
	p := desk.Found(*k, v.link(ctx, chat, ts))
	return slack.Reply{Post: &p}, nil
}
