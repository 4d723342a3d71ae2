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

func (v *views) seen(who bot.Staff) *storage.Seen { return v.store.As(v.house.Sight(who)) }

func (v *views) words(who bot.Staff) *casework.House { return v.house.In(who.Locale) }

func (v *views) load(ctx context.Context, who bot.Staff, ref bot.Ref) (*desk.Case, error) {
	seen := v.seen(who)
	c, owner, ok, err := seen.Complaint(ctx, ref)
	if err != nil || !ok {
		return nil, err
	}
	last, err := seen.LastWords(ctx, ref)
	k := &desk.Case{Now: v.now(), House: v.words(who), C: &c, Customer: owner, Last: last, Directory: v.player.Directory()}
	if len(owner.Unshown[ref].Files) > 0 && err == nil {
		k.Files, err = v.seen(who).EvidenceOf(ctx, ref)
	}
	return k, err
}

func (v *views) looked(ctx context.Context, who bot.Staff, k *desk.Case) error {
	if k == nil || k.C.Wall == nil {
		return nil
	}
	v.world.sent++
	act := bot.Act{Verb: casework.Look, Complaint: k.C.Ref, By: who.ID}
	return v.store.Receive(ctx, bot.Arrival{Input: bot.Input{Key: "look" + strconv.Itoa(v.world.sent), Channel: bot.Slack, Kind: bot.InAct, At: v.now(), Act: &act}})
}

func answer(a desk.Answer) bottest.Answer {
	return bottest.Answer{Keep: a.Keep, View: cmp.Or(a.View, a.Push, a.Update), Private: a.Private, Errors: a.Errors}
}

// Open implements bottest.Desk.
func (v *views) Open(ctx context.Context, who bot.Staff, act bot.Act) (bottest.Answer, error) {
	k, err := v.load(ctx, who, act.Complaint)
	if err != nil {
		return bottest.Answer{}, err
	}
	a := desk.Open(v.words(who), who, v.now(), k, act)
	if a.View != nil {
		err = v.looked(ctx, who, k)
	}
	return answer(a), err
}

// Submit implements bottest.Desk.
func (v *views) Submit(ctx context.Context, who bot.Staff, view, meta string, values map[string]string) (bottest.Answer, error) {
	v.world.sent++
	sent := desk.Sent{View: view, Values: values, Dialog: "dialog" + strconv.Itoa(v.world.sent)}
	sent.Meta, _ = desk.ParseMeta(meta)
	k, err := v.load(ctx, who, sent.Meta.Ref)
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
	a := desk.Submit(v.words(who), who, v.now(), k, sent)
	if a.Push != nil {
		err = v.store.SaveDialog(ctx, sent.Dialog, who.ID, sent.Meta.Ref, a.Words, v.now())
	}
	return answer(a), err
}

// Command implements bottest.Desk.
func (v *views) Command(ctx context.Context, who bot.Staff, command, text string) (bottest.Answer, error) {
	q, p := desk.Command(v.words(who), who, v.now(), command, text)
	switch {
	case p != nil:
		return bottest.Answer{Private: p}, nil
	case q.Log:
		return v.Open(ctx, who, bot.Act{Verb: casework.Log, By: who.ID, Chat: bottest.DeskID})
	case q.Conduct:
		return v.conduct(ctx, who, q.Quarter)
	case q.Mine:
		return v.mine(ctx, who)
	case q.Ref == "":
		return v.sla(ctx, who, q.Month)
	}
	k, err := v.load(ctx, who, q.Ref)
	if err != nil {
		return bottest.Answer{}, err
	}
	if k == nil || desk.Permitted(v.house, k.C, who, "/complaint") != "" {
		p := desk.Line(v.words(who), locales.StaffNoComplaint)
		return bottest.Answer{Private: &p}, nil
	}
	if err := v.looked(ctx, who, k); err != nil {
		return bottest.Answer{}, err
	}
	if k.Files, err = v.seen(who).EvidenceOf(ctx, q.Ref); err != nil {
		return bottest.Answer{}, err
	}
	found := desk.Found(*k, "")
	return bottest.Answer{Private: &found}, nil
}

func (v *views) sla(ctx context.Context, who bot.Staff, month time.Time) (bottest.Answer, error) {
	now, s, seen := v.now(), desk.Sla{Month: month}, v.seen(who)
	var err error
	if s.ByStage, err = seen.OpenByStage(ctx); err != nil {
		return bottest.Answer{}, err
	}
	next, err := seen.DueNext(ctx, now, 10)
	if err != nil {
		return bottest.Answer{}, err
	}
	overdue, err := seen.Overdue(ctx, now, 10)
	if err != nil {
		return bottest.Answer{}, err
	}
	s.Next, s.Overdue = rows(next), rows(overdue)
	figures, err := seen.KeptIn(ctx, month, month.AddDate(0, 1, 0), now)
	if err != nil {
		return bottest.Answer{}, err
	}
	for _, f := range figures {
		s.Figures = append(s.Figures, desk.Figure(f))
	}
	surveys, err := seen.Surveys(ctx, month, month.AddDate(0, 1, 0))
	if err != nil {
		return bottest.Answer{}, err
	}
	s.Surveys = desk.Surveys{Delivered: surveys.Delivered, Answered: surveys.Answered, Declined: surveys.Declined, Answers: surveys.Answers}
	p := s.Post(v.words(who))
	return bottest.Answer{Private: &p}, nil
}

func (v *views) conduct(ctx context.Context, who bot.Staff, quarter time.Time) (bottest.Answer, error) {
	seen := v.seen(who)
	measures, err := seen.Measures(ctx, v.now())
	if err != nil {
		return bottest.Answer{}, err
	}
	counts, err := seen.Conduct(ctx, quarter, quarter.AddDate(0, 3, 0))
	if err != nil {
		return bottest.Answer{}, err
	}
	var list []desk.MeasureRow
	for _, m := range measures {
		list = append(list, desk.MeasureRow{Measure: m.Step})
	}
	var all []desk.ConductCount
	for _, c := range counts {
		all = append(all, desk.ConductCount(c))
	}
	p := desk.Conduct(v.words(who), list, desk.ConductFigures(all), quarter)
	return bottest.Answer{Private: &p}, nil
}

func rows(rs []storage.PromiseRow) []desk.Row {
	var out []desk.Row
	for _, r := range rs {
		out = append(out, desk.Row{Ref: r.Complaint, Topic: r.Topic, Promise: r.Promise})
	}
	return out
}

func (v *views) mine(ctx context.Context, who bot.Staff) (bottest.Answer, error) {
	cs, err := v.seen(who).Mine(ctx)
	if err != nil {
		return bottest.Answer{}, err
	}
	var rs []desk.Row
	for _, c := range cs {
		rs = append(rs, desk.Row{Ref: c.Ref, Topic: c.Topic, Promise: desk.DueFirst(c)})
	}
	p := desk.Mine(v.words(who), rs)
	return bottest.Answer{Private: &p}, nil
}
