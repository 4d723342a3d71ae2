package bottest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/heedbot/heed/bot"
)

// crew are the people of every script.
var crew = map[string]bot.Staff{
	"ann": {ID: "U0ANN", Name: "Ann Oakhurst", Roles: []bot.Role{bot.Agent}},
	"ben": {ID: "U0BEN", Name: "Ben Thornbury", Roles: []bot.Role{bot.Agent}},
	"mia": {ID: "U0MIA", Name: "Mia Kettering", Roles: []bot.Role{bot.Agent, bot.Manager}},
	"oli": {ID: "U0OLI", Name: "Oli Farnworth"},
}

// ManagerID is the manager that every script has.
const ManagerID = "U0MIA"

// Who gives the member of staff with an id.
func Who(id bot.StaffID) bot.Staff {
	for _, s := range crew {
		if s.ID == id {
			return s
		}
	}
	return bot.Staff{ID: id, Trouble: "unknown"}
}

func nameOf(id bot.StaffID) string {
	for name, s := range crew {
		if s.ID == id {
			return name
		}
	}
	return string(id)
}

type people struct{}

// Staff implements turn.People.
func (people) Staff(_ context.Context, id bot.StaffID) bot.Staff { return Who(id) }

// What staff can do, about the newest complaint or, with #2 in front, another:
//
//	acknowledge · escalate · arrived · resend · take_over
//	reply "words" · update ready=1 · ask ready=2 {words}
//	decide upheld "reasons" "remedy"
//	assign ben · note "words" · close · close "lesson"
//	open reply                    opens the dialog; then: fill "words" shows the preview, send sends it
//	types "words"                 in the thread
//	/sla · /complaint #1 · /complaint mine
func (p *Player) staff(name, s string) error {
	defer p.flush()
	who, ok := crew[name]
	if !ok {
		return fmt.Errorf("nobody is called %q", name)
	}
	says := "staff " + name + "> "
	ref := bot.Ref("")
	if len(p.refs) > 0 {
		ref = p.refs[len(p.refs)-1]
	}
	if strings.HasPrefix(s, "#") {
		n, rest, _ := strings.Cut(s, " ")
		var err error
		if ref, err = p.ref(n); err != nil {
			return err
		}
		says, s = "staff "+name+" "+n+"> ", rest
	}
	words := tokens(s)
	verb, words := words[0], words[1:]
	lang := p.speech(ref)
	shown := verb
	values := map[string]string{}
	var free []string
	for _, w := range words {
		switch k, v, ok := strings.Cut(w, "="); {
		case isWords(w):
			text, err := p.words(w, lang)
			if err != nil {
				return err
			}
			free = append(free, text)
			shown += " “" + legible(text) + "”"
		case ok:
			values[k] = v
			shown += " " + w
		default:
			values["what"] = w
			shown += " " + w
		}
	}
	p.show("0", says, shown)
	p.flush()
	switch {
	case strings.HasPrefix(verb, "/"):
		return p.command(who, s)
	case verb == "types":
		p.secrets = append(p.secrets, free...)
		return nil
	case verb == "fill":
		return p.fill(who, fields(p.dialogs[who.ID], values, free))
	case verb == "send":
		return p.fill(who, nil)
	}
	open := verb == "open"
	if open {
		verb = values["what"]
	}
	a, err := p.pressed(who, verb, ref)
	if err != nil {
		return err
	}
	if a.View == nil {
		return p.answered(who, a)
	}
	p.dialogs[who.ID] = a.View
	if open {
		p.view(who)
		return p.drained()
	}
	if verb == "note" || verb == "close" {
		p.secrets = append(p.secrets, free...)
	}
	if err := p.fill(who, fields(a.View, values, free)); err != nil {
		return err
	}
	if p.dialogs[who.ID] != nil && p.dialogs[who.ID] != a.View && p.dialogs[who.ID].Submit != "" {
		// The preview: the words are in the chat a moment later.
		p.entries = slices.DeleteFunc(p.entries, func(e entry) bool { return strings.HasPrefix(e.key, "4") })
		return p.fill(who, nil)
	}
	return nil
}

// speech is the language of a complaint's customer.
func (p *Player) speech(ref bot.Ref) string {
	if _, owner, ok, err := p.program.Store.Complaint(p.ctx, ref); err == nil && ok && owner.Language != "" {
		return owner.Language
	}
	return p.Language
}

// fields puts what a script says into a dialog's fields, in their order.
func fields(v *bot.View, values map[string]string, free []string) map[string]string {
	out := maps.Clone(values)
	what := out["what"]
	delete(out, "what")
	if v == nil {
		return out
	}
	for _, b := range v.Blocks {
		f := b.Field
		if f == nil {
			continue
		}
		switch {
		case f.Kind == "person" && what != "":
			out[f.ID] = string(crew[what].ID)
		case f.Kind == "choice" && f.ID != "ready" && what != "":
			out[f.ID] = what
		case (f.Kind == "lines" || f.Kind == "line") && len(free) > 0:
			out[f.ID], free = free[0], free[1:]
		}
	}
	return out
}

// pressed presses a button of the complaint's card or thread.
func (p *Player) pressed(who bot.Staff, verb string, ref bot.Ref) (Answer, error) {
	b, at, old, ok := p.find(verb, ref)
	if !ok {
		return Answer{}, fmt.Errorf("no post has the button %s", verb)
	}
	if old {
		p.show("0", "     ", "(on a card as it was before)")
	}
	act := bot.Act{Verb: b.Action, By: who.ID, Chat: "C0DESK", Thread: at, Fields: map[string]string{}}
	q, err := url.ParseQuery(b.Value)
	if err != nil {
		return Answer{}, err
	}
	for k := range q {
		switch v := q.Get(k); k {
		case "ref":
			act.Complaint = bot.Ref(v)
		case "v":
			act.Version, _ = strconv.Atoi(v)
		case "out":
			act.Out = v
		case "customer":
			act.Customer = bot.CustomerID(v)
		default:
			act.Fields[k] = v
		}
	}
	return p.program.Desk.Open(p.ctx, who, act)
}

// fill sends the open dialog off.
func (p *Player) fill(who bot.Staff, values map[string]string) error {
	v := p.dialogs[who.ID]
	if v == nil {
		return errors.New("they have no dialog open")
	}
	a, err := p.program.Desk.Submit(p.ctx, who, v.ID, v.Meta, values)
	if err != nil {
		return err
	}
	if a.View != nil {
		p.dialogs[who.ID] = a.View
		p.view(who)
		return nil
	}
	if a.Errors == nil {
		delete(p.dialogs, who.ID)
	}
	return p.answered(who, a)
}

// view shows the dialog a person looks at.
func (p *Player) view(who bot.Staff) {
	v := p.dialogs[who.ID]
	buttons := ""
	for _, s := range []string{v.Submit, v.Close} {
		if s != "" {
			buttons += " [" + s + "]"
		}
	}
	ls := append([]string{"** " + v.Title + " **"}, lines(bot.Post{Blocks: v.Blocks})...)
	p.show("4", "dialog "+nameOf(who.ID)+"> ", strings.Join(append(ls, strings.TrimSpace(buttons)), "\n"))
}

func (p *Player) drained() error {
	_, err := p.drain()
	return err
}

func (p *Player) answered(who bot.Staff, a Answer) error {
	switch {
	case a.Keep != nil:
		a.Keep.By = who.ID
		if err := p.receive(bot.Input{Channel: bot.Slack, Kind: bot.InAct, Act: a.Keep, At: p.now}); err != nil {
			return err
		}
	case a.Private != nil:
		p.show("3", "only "+nameOf(who.ID)+"> ", strings.Join(lines(*a.Private), "\n"))
	case len(a.Errors) > 0:
		for _, k := range slices.Sorted(maps.Keys(a.Errors)) {
			p.show("4", "dialog "+nameOf(who.ID)+"> ", k+": "+a.Errors[k])
		}
	}
	return p.drained()
}

func (p *Player) command(who bot.Staff, s string) error {
	name, text, _ := strings.Cut(s, " ")
	text, err := p.refsIn(text)
	if err != nil {
		return err
	}
	a, err := p.program.Desk.Command(p.ctx, who, name, text)
	if err != nil {
		return err
	}
	return p.answered(who, a)
}
