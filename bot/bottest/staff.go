package bottest

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/heedbot/heed/bot"
)

// What staff can do, about the newest complaint or, with #2 in front, another:
//
//	acknowledge · escalate · arrived · resend · take_over
//	reply "words" · update ready=1 · ask ready=2 {words}
//	decide upheld "reasons" "remedy"
//	assign ben · note "words" · close · close "lesson"
//	press hand_over note="words"  any button, by its action: the newest one of the complaint, where this person sees it.
//	                              A dialog that opens is filled in and sent off, and so is the one that follows
//	record how=letter date=2026-12-24 time=10:00   the same; of the newest prepared message, with last=2 of the second newest
//	log channel=letter summary={what} …   /complaint log, filled in and sent off
//	shortcut log summary={what} … the same by the shortcut
//	open reply                    opens a dialog and shows it; "open log", "open shortcut log" too; with last=2 as above
//	fill "words" · fill words="…" fills it in and sends it off: what it lacks, or a preview, or what comes next is shown
//	send                          sends a preview off, or a dialog as it stands
//	types "words"                 in the thread
//	/sla · /complaint #1 · /complaint mine · /complaint log (opens it)
//
// A field is name=value, for the policy's questions by their ids; a language not given is the one played. Words go between quotes or are a {text} of the script. Words without a name go into the fields
// for words, in their order; one bare word is the person or the choice. A choice takes the id of an option, a person a
// name of the crew.
func (p *Player) staff(name, s string) error {
	defer p.flush()
	if _, ok := crew[name]; !ok {
		return fmt.Errorf("nobody is called %q", name)
	}
	who := p.Who(crew[name].ID)
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
	d, err := p.deed(s, p.speech(ref))
	if err != nil {
		return err
	}
	p.show("0", says, d.shown)
	p.flush()
	switch {
	case strings.HasPrefix(d.verb, "/"):
		return p.command(who, s)
	case d.verb == "types":
		p.secrets = append(p.secrets, d.said...)
		return nil
	case d.verb == "fill":
		return p.fill(who, d)
	case d.verb == "send":
		return p.fill(who, &deed{})
	}
	open := d.verb == "open"
	if open || d.verb == "press" {
		d.verb = d.next()
	}
	a, err := p.asked(who, d, ref)
	if err != nil {
		return err
	}
	if a.View == nil {
		if err := p.answered(who, a); err != nil || a.Keep == nil {
			return err
		}
		return d.unused()
	}
	p.dialogs[who.ID] = &dialog{view: a.View, values: map[string]string{}}
	if open || a.View.Submit == "" {
		p.view(who)
		if err := p.drained(); err != nil {
			return err
		}
		return d.unused()
	}
	switch d.verb {
	case "note", "close", "hand_over":
		p.secrets = append(p.secrets, d.said...)
	case "log", "heard":
		p.quoted = append(p.quoted, d.said...)
	}
	return p.complete(who, d)
}

// asked does what opens a dialog or acts at once: a press, the command to log
// a complaint, the shortcut.
func (p *Player) asked(who bot.Staff, d *deed, ref bot.Ref) (Answer, error) {
	switch d.verb {
	case "log":
		return p.program.Desk.Command(p.ctx, who, "/complaint", "log")
	case "shortcut":
		return p.program.Desk.Open(p.ctx, who, bot.Act{Verb: d.next(), By: who.ID, Fields: map[string]string{}})
	}
	n := 1
	if s, ok := d.values["last"]; ok {
		var err error
		if n, err = strconv.Atoi(s); err != nil || n < 1 {
			return Answer{}, fmt.Errorf("last=%s: write a number", s)
		}
		delete(d.values, "last")
	}
	return p.pressed(who, d.verb, ref, n)
}

// deed is what a line has a member of staff do.
type deed struct {
	verb   string
	bare   []string          // words that are neither of these
	values map[string]string // name=value
	free   []string          // words of theirs without a name
	said   []string          // all words of theirs
	shown  string
}

func (p *Player) deed(s, lang string) (*deed, error) {
	ts := tokens(s)
	d := &deed{verb: ts[0], shown: ts[0], values: map[string]string{}}
	for _, t := range ts[1:] {
		k, v, named := strings.Cut(t, "=")
		if isWords(t) {
			v, named = t, false
		}
		switch {
		case isWords(v):
			text, err := p.words(v, lang)
			if err != nil {
				return nil, err
			}
			d.said = append(d.said, text)
			shown := "“" + legible(text) + "”"
			if named {
				d.values[k] = text
				shown = k + "=" + shown
			} else {
				d.free = append(d.free, text)
			}
			d.shown += " " + shown
		case named:
			d.values[k] = v
			d.shown += " " + t
		default:
			d.bare = append(d.bare, t)
			d.shown += " " + t
		}
	}
	return d, nil
}

// next takes the next bare word; "" if there is none.
func (d *deed) next() string {
	if len(d.bare) == 0 {
		return ""
	}
	w := d.bare[0]
	d.bare = d.bare[1:]
	return w
}

// unused is the error of a line that says more than there was to fill in.
func (d *deed) unused() error {
	left := append(slices.Sorted(maps.Keys(d.values)), d.bare...)
	if n := len(d.free); n > 0 {
		left = append(left, strconv.Itoa(n)+" texts")
	}
	if len(left) == 0 {
		return nil
	}
	return fmt.Errorf("there was nothing to put this into: %s", strings.Join(left, ", "))
}

// speech is the language of a complaint's customer.
func (p *Player) speech(ref bot.Ref) string {
	if _, owner, ok, err := p.program.Store.Complaint(p.ctx, ref); err == nil && ok && owner.Language != "" {
		return owner.Language
	}
	return p.Language
}

// pressed presses a button of the complaint's card or thread.
func (p *Player) pressed(who bot.Staff, verb string, ref bot.Ref, n int) (Answer, error) {
	b, at, old, err := p.find(who.ID, verb, ref, n)
	if err != nil {
		return Answer{}, err
	}
	if old {
		p.show("0", "     ", "(on a card as it was before)")
	}
	act := bot.Act{Verb: b.Action, By: who.ID, Chat: p.desk.posts[at].chat, Thread: at, Fields: map[string]string{}}
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
		p.show("3", "only "+nameOf(who.ID)+"> ", strings.Join(p.reads(*a.Private), "\n"))
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
	if a.View != nil {
		p.dialogs[who.ID] = &dialog{view: a.View, values: map[string]string{}}
		p.view(who)
		return p.drained()
	}
	return p.answered(who, a)
}
