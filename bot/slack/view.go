package slack

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"github.com/heedbot/heed/bot"
)

// Limits of dialogs (Slack docs, Views and Block Kit reference). A choice's
// option is documented with two limits for its value; the smaller is kept to.
const (
	viewBlocks = 100
	viewBytes  = 250_000
	titleMax   = 24
	metaMax    = 3000
	inputMax   = 3000
	hintMax    = 2000
	optionsMax = 100
	optionMax  = 75
)

// dialog gives a view Slack's form. A view that Slack would refuse is an
// error: dialogs are ours, so it is ours to mend.
func dialog(v bot.View) (slack.ModalViewRequest, error) {
	fail := func(err error) (slack.ModalViewRequest, error) {
		return slack.ModalViewRequest{}, fmt.Errorf("dialog %s: %w", v.ID, err)
	}
	p := &page{dialog: true}
	if err := p.put(v.Blocks); err != nil {
		return fail(err)
	}
	switch {
	case v.Title == "":
		return fail(errors.New("no title"))
	case p.fields > 0 && v.Submit == "":
		return fail(errors.New("fields, and no word to send it off with"))
	case len(p.pieces) > viewBlocks:
		return fail(fmt.Errorf("%d blocks: %w", len(p.pieces), errLimit))
	case bot.Measure(v.Meta, bot.UTF16) > metaMax:
		return fail(fmt.Errorf("meta: %w", errLimit))
	case len(v.ID) > idMax:
		return fail(fmt.Errorf("id: %w", errLimit))
	}
	out := slack.ModalViewRequest{
		Type: slack.VTModal, Title: plain(label(v.Title, titleMax)),
		CallbackID: v.ID, PrivateMetadata: v.Meta,
		Blocks: slack.Blocks{BlockSet: make([]slack.Block, 0, len(p.pieces))},
	}
	if v.Submit != "" {
		out.Submit = plain(label(v.Submit, titleMax))
	}
	if v.Close != "" {
		out.Close = plain(label(v.Close, titleMax))
	}
	for _, x := range p.pieces {
		out.Blocks.BlockSet = append(out.Blocks.BlockSet, x.block)
	}
	raw, err := json.Marshal(out)
	if err != nil {
		return fail(err)
	}
	if len(raw) > viewBytes {
		return fail(errLimit)
	}
	return out, nil
}

func (p *page) field(b bot.Block) error {
	f := b.Field
	switch {
	case !p.dialog:
		return errors.New("fields stand in dialogs only")
	case f == nil || f.ID == "" || f.Label == "" || len(f.ID) > idMax:
		return errors.New("a field without id or label")
	case p.ids[f.ID]:
		return fmt.Errorf("field %s twice", f.ID)
	}
	e, err := element(*f)
	if err != nil {
		return fmt.Errorf("field %s: %w", f.ID, err)
	}
	in := &slack.InputBlock{
		Type: slack.MBTInput, BlockID: p.id(bot.Block{ID: f.ID}),
		Label: plain(fit(f.Label, hintMax)), Element: e, Optional: f.Optional,
	}
	if f.Hint != "" {
		in.Hint = plain(fit(f.Hint, hintMax))
	}
	p.fields++
	p.add(in, false)
	return nil
}

// clockForm is how Slack writes a time of day (Slack docs, Time picker element).
const clockForm = "15:04"

// written tells whether s is empty or exactly as the form has it: Parse alone
// takes 7:30 for 07:30, which Slack does not.
func written(s, form string) bool {
	t, err := time.Parse(form, s)
	return s == "" || err == nil && t.Format(form) == s
}

func element(f bot.Form) (slack.BlockElement, error) {
	switch f.Kind {
	case "line", "lines":
		most := f.Max
		if most <= 0 || most > inputMax {
			most = inputMax
		}
		e := &slack.PlainTextInputBlockElement{
			Type: slack.METPlainTextInput, ActionID: f.ID, Multiline: f.Kind == "lines", MaxLength: most,
		}
		if f.Initial != "" {
			e.InitialValue = fit(f.Initial, most)
		}
		return e, nil
	case "date":
		if !written(f.Initial, time.DateOnly) {
			return nil, fmt.Errorf("%q is no date such as 2026-12-24", f.Initial)
		}
		return &slack.DatePickerBlockElement{Type: slack.METDatepicker, ActionID: f.ID, InitialDate: f.Initial}, nil
	case "time":
		if !written(f.Initial, clockForm) {
			return nil, fmt.Errorf("%q is no time such as 17:30", f.Initial)
		}
		return &slack.TimePickerBlockElement{Type: slack.METTimepicker, ActionID: f.ID, InitialTime: f.Initial}, nil
	case "person":
		return &slack.SelectBlockElement{Type: slack.OptTypeUser, ActionID: f.ID, InitialUser: f.Initial}, nil
	case "choice":
		if len(f.Options) == 0 || len(f.Options) > optionsMax {
			return nil, fmt.Errorf("%d options: %w", len(f.Options), errLimit)
		}
		e := &slack.SelectBlockElement{Type: slack.OptTypeStatic, ActionID: f.ID}
		seen := map[string]bool{}
		for _, o := range f.Options {
			if o.ID == "" || o.Label == "" || bot.Measure(o.ID, bot.UTF16) > optionMax || seen[o.ID] {
				return nil, fmt.Errorf("option %q: empty, twice or %w", o.ID, errLimit)
			}
			seen[o.ID] = true
			var about *slack.TextBlockObject
			if o.About != "" {
				about = plain(label(o.About, optionMax))
			}
			x := slack.NewOptionBlockObject(o.ID, plain(label(o.Label, optionMax)), about)
			e.Options = append(e.Options, x)
			if o.ID == f.Initial {
				e.InitialOption = x
			}
		}
		return e, nil
	}
	return nil, fmt.Errorf("unknown kind %q", f.Kind)
}
