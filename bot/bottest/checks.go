package bottest

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/heedbot/heed/bot"
)

// buttonMost is the most a button's token may hold: callback_data of the
// Telegram Bot API, in bytes.
const buttonMost = 64

// inspect looks at a message on its way to a customer: it must be one that
// the platform takes, in the customer's language, and without a word that is
// for colleagues only.
func (p *Player) inspect(ph *phone, s bot.Sending) {
	m, f := s.Message, p.Features
	if n := bot.Measure(m.Text, f.TextUnit); n > f.TextMax || strings.TrimSpace(m.Text) == "" {
		p.wrong("a message of %d units (%s)", n, s.About)
	}
	if len(m.Choices) > f.Choices {
		p.wrong("a message with %d buttons (%s)", len(m.Choices), s.About)
	}
	seen := map[string]bool{}
	for _, c := range m.Choices {
		if c.Token == "" || len(c.Token) > buttonMost || seen[c.Token] || strings.TrimSpace(c.Label) == "" {
			p.wrong("a button %q that the platform would refuse (%s)", c.Label, s.About)
		}
		seen[c.Token] = true
	}
	all := m.Text
	for _, c := range m.Choices {
		all += "\n" + c.Label
	}
	p.inspectWords(all, ph.language, s.About)
}

// inspectWords looks at words to a customer, however they get there. They name
// nobody of the staff, unless the customer did.
func (p *Player) inspectWords(all, language, about string) {
	for name, who := range crew {
		named := strings.Contains(all, who.Name) && !slices.ContainsFunc(p.quoted, func(t string) bool { return strings.Contains(t, who.Name) })
		if strings.Contains(all, string(who.ID)) || named {
			p.wrong("a message that names %s of the staff (%s)", name, about)
		}
	}
	for _, w := range p.secrets {
		if w != "" && strings.Contains(all, w) {
			p.wrong("a message with words meant for colleagues (%s)", about)
		}
	}
	for _, trace := range []string{"<no value>", "{{", "}}", "%!"} {
		if strings.Contains(all, trace) && !slices.ContainsFunc(p.typed, func(t string) bool { return strings.Contains(t, trace) }) {
			p.wrong("a message with a hole in it: %q (%s)", trace, about)
		}
	}
	if language == "" || language == "en" {
		return
	}
	for _, w := range p.Foreign {
		if strings.Contains(all, w) && !slices.ContainsFunc(p.typed, func(t string) bool { return strings.Contains(t, w) }) {
			p.wrong("English in a message to someone who reads %s: %q (%s)", language, w, about)
		}
	}
}

// inspectDesk looks at what someone at the desk reads: no English of the
// program's where that is not their language.
func (p *Player) inspectDesk(all, language, what string) {
	if language == "" || language == "en" {
		return
	}
	for _, w := range p.ForeignDesk {
		if strings.Contains(all, w) && !slices.ContainsFunc(p.typed, func(t string) bool { return strings.Contains(t, w) }) {
			p.wrong("English before a colleague who reads %s: %q (%s)", language, w, what)
		}
	}
}

// tongue is the language of someone's answers that only they see.
func (p *Player) tongue(id bot.StaffID) string {
	if l := p.Setup.Locales[nameOf(id)]; len(l) > 0 {
		lang, _, _ := strings.Cut(l[0], "-")
		return lang
	}
	return p.Language
}

// checks is what must hold at the end of every conversation: histories are
// whole and give the complaints as they are kept, no verdict ever changed,
// every message had an answer, no turn failed, nothing is set aside, nothing a
// customer wrote is in the log, and nobody could read what was hidden from them.
func (p *Player) checks() error {
	if _, err := p.drain(); err != nil {
		return err
	}
	var errs []error
	for _, f := range p.faults {
		errs = append(errs, errors.New(f))
	}
	for _, ph := range p.phones {
		if ph.waiting {
			errs = append(errs, fmt.Errorf("%s said something and was never answered", ph.name))
		}
	}
	for _, ref := range p.refs {
		if err := p.whole(ref); err != nil {
			errs = append(errs, fmt.Errorf("complaint %s: %w", p.number(ref), err))
		}
	}
	errs = append(errs, p.leftovers()...)
	n, err := p.program.Store.Aside(p.ctx)
	if err != nil || n > 0 {
		errs = append(errs, fmt.Errorf("%d inputs are set aside: %w", n, err))
	}
	log := p.log.String()
	for l := range strings.Lines(log) {
		if strings.Contains(l, "level=ERROR") {
			errs = append(errs, fmt.Errorf("the log: %s", strings.TrimSpace(l)))
		}
	}
	for _, w := range p.typed {
		if strings.Contains(log, bot.Cut(w, 60)) {
			errs = append(errs, errors.New("the log holds what a customer wrote"))
		}
	}
	return errors.Join(errs...)
}

func (p *Player) whole(ref bot.Ref) error {
	c, _, ok, err := p.program.Store.Complaint(p.ctx, ref)
	if err != nil || !ok {
		return fmt.Errorf("it is not kept: %w", err)
	}
	es, err := p.program.Store.EventsOf(p.ctx, ref)
	if err != nil {
		return err
	}
	if err := replay(c, es); err != nil {
		return err
	}
	for _, pr := range c.Promises {
		k := fmt.Sprintf("%s %s round %d", ref, pr.ID, pr.Round)
		if was, ok := p.settled[k]; ok && was != pr.Verdict {
			return fmt.Errorf("the verdict of %s fell as %s and is kept as %s", k, was, pr.Verdict)
		}
		if (pr.Verdict == bot.Kept || pr.Verdict == bot.Late) && pr.Verdict != pr.Judge(pr.Met) {
			return fmt.Errorf("%s is %s, and was met %s of %s", k, pr.Verdict, stamp(pr.Met), stamp(pr.Due))
		}
	}
	return nil
}
