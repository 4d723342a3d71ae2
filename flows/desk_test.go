package flows_test

import (
	"cmp"
	"context"
	"strconv"
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
	world  *world
	store  *storage.Store
	house  *casework.House
	player *bottest.Player
}

func (v *views) now() time.Time { return v.player.Now() }

func (v *views) load(ctx context.Context, ref bot.Ref) (*desk.Case, error) {
	c, owner, ok, err := v.store.Complaint(ctx, ref)
	if err != nil || !ok {
		return nil, err
	}
	last, err := v.store.LastWords(ctx, ref)
	return &desk.Case{Now: v.now(), House: v.house, C: &c, Customer: owner, Last: last}, err
}

func answer(a desk.Answer) bottest.Answer {
	return bottest.Answer{Keep: a.Keep, View: cmp.Or(a.View, a.Push, a.Update), Private: a.Private, Errors: a.Errors}
}

// Open implements bottest.Desk.
func (v *views) Open(ctx context.Context, who bot.Staff, act bot.Act) (bottest.Answer, error) {
	k, err := v.load(ctx, act.Complaint)
	return answer(desk.Open(v.house, who, v.now(), k, act)), err
}

// Submit implements bottest.Desk.
func (v *views) Submit(ctx context.Context, who bot.Staff, view, meta string, values map[string]string) (bottest.Answer, error) {
	v.world.sent++
	sent := desk.Sent{View: view, Values: values, Dialog: "dialog" + strconv.Itoa(v.world.sent)}
	sent.Meta, _ = desk.ParseMeta(meta)
	k, err := v.load(ctx, sent.Meta.Ref)
	if err != nil {
		return bottest.Answer{}, err
	}
	by, ref, words, _, err := v.store.Dialog(ctx, sent.Meta.Dialog)
	if err != nil {
		return bottest.Answer{}, err
	}
	if by == who.ID && ref == sent.Meta.Ref {
		sent.Kept = words
	}
	sent.Person = v.player.Who(bot.StaffID(values["person"]))
	a := desk.Submit(v.house, who, v.now(), k, sent)
	if a.Push != nil {
		err = v.store.SaveDialog(ctx, sent.Dialog, who.ID, sent.Meta.Ref, a.Words, v.now())
	}
	return answer(a), err
}

// Command implements bottest.Desk.
func (v *views) Command(ctx context.Context, who bot.Staff, command, text string) (bottest.Answer, error) {
	q, p := desk.Command(v.house, who, v.now(), command, text)
	switch {
	case p != nil:
		return bottest.Answer{Private: p}, nil
	case q.Log:
		return v.Open(ctx, who, bot.Act{Verb: casework.Log, By: who.ID, Chat: bottest.DeskID})
	case q.Mine:
		return v.mine(ctx, who.ID)
	case q.Ref == "":
		return v.sla(ctx, q.Month)
	}
	k, err := v.load(ctx, q.Ref)
	if err != nil {
		return bottest.Answer{}, err
	}
	if k == nil {
		p := desk.Line(v.house, locales.StaffNoComplaint)
		return bottest.Answer{Private: &p}, nil
	}
	if k.Files, err = v.store.EvidenceOf(ctx, q.Ref); err != nil {
		return bottest.Answer{}, err
	}
	found := desk.Found(*k, "")
	return bottest.Answer{Private: &found}, nil
}

func (v *views) sla(ctx context.Context, month time.Time) (bottest.Answer, error) {
	now, s := v.now(), desk.Sla{Month: month}
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
	figures, err := v.store.KeptIn(ctx, month, month.AddDate(0, 1, 0), now)
	if err != nil {
		return bottest.Answer{}, err
	}
	for _, f := range figures {
		s.Figures = append(s.Figures, desk.Figure(f))
	}
	surveys, err := v.store.Surveys(ctx, month, month.AddDate(0, 1, 0))
	if err != nil {
		return bottest.Answer{}, err
	}
	s.Surveys = desk.Surveys{Delivered: surveys.Delivered, Answered: surveys.Answered, Declined: surveys.Declined, Answers: surveys.Answers}
	p := s.Post(v.house)
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
		rs = append(rs, desk.Row{Ref: c.Ref, Topic: c.Topic, Promise: desk.DueFirst(c)})
	}
	p := desk.Mine(v.house, rs)
	return bottest.Answer{Private: &p}, nil
}
