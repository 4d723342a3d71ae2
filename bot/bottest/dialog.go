package bottest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/heedbot/heed/bot"
)

// dialog is what a member of staff has open, with what they have put in.
type dialog struct {
	view   *bot.View
	values map[string]string // by field; they stay when the dialog comes back with errors
}

// fields puts what a line says into a dialog's fields, and takes it out of the
// line: what has a field's name, then, in the order of the fields, a bare word
// for a person or a choice and words without a name for texts. The language not
// said is the given one. The error tells what the platform's client would not
// let a person enter.
func (d *deed) fields(v *bot.View, language string) (map[string]string, error) {
	out := map[string]string{}
	for _, f := range forms(v) {
		name := f.ID
		if _, ok := d.values[name]; !ok {
			name = strings.TrimPrefix(name, "ask_")
		}
		s, ok := d.values[name]
		delete(d.values, name)
		switch {
		case ok:
		case (f.Kind == "person" || f.Kind == "choice" && f.ID != "ready") && len(d.bare) > 0:
			s = d.next()
		case (f.Kind == "lines" || f.Kind == "line") && len(d.free) > 0:
			s, d.free = d.free[0], d.free[1:]
		case f.ID == "language" && language != "":
			s = language
		default:
			continue
		}
		if f.Kind == "person" {
			s = nameOf(bot.StaffID(s)) // an id does as well
		}
		if who, ok := crew[s]; ok && offers(f, string(who.ID)) {
			s = string(who.ID) // a choice among colleagues
		}
		if err := enterable(f, s); err != nil {
			return nil, err
		}
		if who, ok := crew[s]; ok && f.Kind == "person" {
			s = string(who.ID)
		}
		out[f.ID] = s
	}
	return out, nil
}

func forms(v *bot.View) []bot.Form {
	var fs []bot.Form
	for _, b := range v.Blocks {
		if b.Field != nil {
			fs = append(fs, *b.Field)
		}
	}
	return fs
}

// offers tells whether a choice has the option.
func offers(f bot.Form, id string) bool {
	return f.Kind == "choice" && slices.ContainsFunc(f.Options, func(o bot.Option) bool { return o.ID == id })
}

// enterable tells whether a person could put the value into the field.
func enterable(f bot.Form, s string) error {
	switch f.Kind {
	case "choice":
		if s != "" && !offers(f, s) {
			var ids []string
			for _, o := range f.Options {
				ids = append(ids, o.ID)
			}
			return fmt.Errorf("%s is one of %s, not %q", f.ID, strings.Join(ids, ", "), s)
		}
	case "person":
		if _, ok := crew[s]; !ok {
			return fmt.Errorf("%s is a person, and nobody is called %q", f.ID, s)
		}
	case "date", "time":
		form := map[string]string{"date": time.DateOnly, "time": "15:04"}[f.Kind]
		if _, err := time.Parse(form, s); s != "" && err != nil {
			return fmt.Errorf("%s is a %s such as %s, not %q", f.ID, f.Kind, form, s)
		}
	case "line":
		if strings.Contains(s, "\n") {
			return fmt.Errorf("%s is one line", f.ID)
		}
	}
	if f.Max > 0 && utf8.RuneCountInString(s) > f.Max {
		return fmt.Errorf("%s takes %d letters", f.ID, f.Max)
	}
	return nil
}

// complete fills in the open dialog and those that follow it, as far as the
// line has something for them, and sends each off. What was shown on the way
// is left out: a moment later it is in the chat.
func (p *Player) complete(who bot.Staff, d *deed) error {
	for range dialogsMost {
		v := p.dialogs[who.ID].view
		if v.Submit == "" {
			p.view(who) // words to read
			return p.drained()
		}
		values, err := d.fields(v, p.Language)
		if err != nil {
			return err
		}
		next, err := p.submit(who, values)
		if err != nil {
			return err
		}
		if next {
			continue
		}
		if p.dialogs[who.ID] != nil {
			return nil // it lacks something, and that was shown
		}
		return d.unused()
	}
	return errors.New("one dialog follows another without end")
}

// dialogsMost is how many may follow one another.
const dialogsMost = 5

// fill puts what a line says into the open dialog, sends it off, and shows
// what comes next.
func (p *Player) fill(who bot.Staff, d *deed) error {
	open := p.dialogs[who.ID]
	if open == nil {
		return errors.New("they have no dialog open")
	}
	values, err := d.fields(open.view, p.Language)
	if err != nil {
		return err
	}
	next, err := p.submit(who, values)
	if err != nil {
		return err
	}
	if next {
		p.view(who)
	}
	return d.unused()
}

// submit sends the open dialog off with more values than it had. Next is true
// where another one took its place.
func (p *Player) submit(who bot.Staff, more map[string]string) (next bool, err error) {
	open := p.dialogs[who.ID]
	values := map[string]string{}
	for _, f := range forms(open.view) {
		s, ok := more[f.ID]
		if !ok {
			if s, ok = open.values[f.ID]; !ok {
				s, ok = f.Initial, f.Initial != ""
			}
		}
		if ok {
			values[f.ID] = s
		}
	}
	open.values = values
	a, err := p.program.Desk.Submit(p.ctx, who, open.view.ID, open.view.Meta, values)
	if err != nil {
		return false, err
	}
	if a.View != nil {
		p.dialogs[who.ID] = &dialog{view: a.View, values: map[string]string{}}
		return true, nil
	}
	if a.Errors == nil {
		delete(p.dialogs, who.ID)
	}
	return false, p.answered(who, a)
}

// view shows the dialog a person looks at.
func (p *Player) view(who bot.Staff) {
	v := p.dialogs[who.ID].view
	buttons := ""
	for _, s := range []string{v.Submit, v.Close} {
		if s != "" {
			buttons += " [" + s + "]"
		}
	}
	ls := append([]string{"** " + v.Title + " **"}, p.reads(bot.Post{Blocks: v.Blocks})...)
	p.show("4", "dialog "+nameOf(who.ID)+"> ", strings.Join(append(ls, strings.TrimSpace(buttons)), "\n"))
}
