package intake

import (
	"strconv"
	"strings"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/flows/conduct"
	"github.com/heedbot/heed/locales"
)

// shut takes what a blocked customer sends outside a draft: it is kept and not
// passed on. Commands and buttons work as ever, and so does a new complaint. It
// is false where it may be for a complaint in which nothing blocks them, or
// they are giving an account.
func (t talk) shut(text string) bool {
	chosen := t.Complaint(t.Customer.Focus)
	if chosen != nil && !chosen.Stage.Open() {
		chosen = nil
	}
	t.Hears(chosen)
	if t.Customer.Draft != nil && chosen == nil || !t.allShut(chosen) {
		return false
	}
	if t.Customer.Draft == nil && text != "" && len(t.S.Input.Files) == 0 && t.typedCommand(text) {
		return true
	}
	t.Customer.Focus = ""
	if chosen == nil {
		chosen = t.newest()
	}
	if text != "" || len(t.S.Input.Files) > 0 {
		t.keep(chosen, text)
	}
	return true
}

// allShut tells whether what comes now is kept and not shown, whichever
// complaint it is for: the chosen one, else any that is open, else the newest.
func (t talk) allShut(chosen *bot.Complaint) bool {
	may := t.OpenComplaints()
	switch {
	case chosen != nil:
		may = []*bot.Complaint{chosen}
	case len(may) == 0 && t.newest() != nil:
		may = []*bot.Complaint{t.newest()}
	}
	for _, c := range may {
		if _, shut := t.Shut(c); !shut {
			return false
		}
	}
	return len(may) > 0
}

// newest is the complaint that words without a place belong to: the newest open
// one, else the newest; nil if there is none.
func (t talk) newest() *bot.Complaint {
	if open := t.OpenComplaints(); len(open) > 0 {
		return casework.Newest(open)
	}
	if all := t.Complaints(); len(all) > 0 {
		return all[len(all)-1]
	}
	return nil
}

// keep keeps this message without showing it to staff. The customer hears only
// what they must know: which file could not be kept, and dates that run again.
func (t talk) keep(c *bot.Complaint, text string) {
	taken, refused := t.take(c.Ref)
	var parts []bot.Part
	if text != "" {
		parts = []bot.Part{t.part(text)}
	}
	t.mustSay(c, append(refused, t.Unshow(c, parts, taken)))
}

func (t talk) mustSay(c *bot.Complaint, lines []string) {
	var say []string
	for _, l := range lines {
		if l != "" {
			say = append(say, l)
		}
	}
	if len(say) > 0 {
		t.Say(strings.Join(say, "\n\n"), nil, casework.Said{About: "notice", Complaint: c})
	}
}

// confirm answers what was added to a complaint. While the customer is not
// replied to, it says so once and is silent then, but for what they must know.
func (t talk) confirm(c *bot.Complaint, answer, dates string, refused []string) {
	m, stopped := t.Stopped(c)
	_, blocked := t.Blocked(c)
	_, shut := t.Shut(c)
	switch {
	case !stopped, blocked && !shut:
		t.Say(running(answer, dates), nil, casework.Said{About: "added", Complaint: c})
	case shut || !t.Quieted(m):
		t.mustSay(c, append(refused, dates))
	default:
		text := t.T(locales.MeasureKeptStop, "Ref", string(c.Ref), "Until", t.When(t.PolicyOf(c), t.Lang(), m.Until))
		t.mustSay(c, append(refused, running(text, dates)))
	}
}

// rewritten takes a change to a message that is kept and not shown, or any
// change while the customer is blocked. It is false for others.
func (t talk) rewritten(text string) bool {
	for _, c := range t.Complaints() {
		if _, blocked := t.Blocked(c); !blocked {
			continue
		}
		h := t.Customer.Unshown[c.Ref]
		if _, ok := revise(h.Parts, t.S.Input.MessageID, text); ok {
			t.Event(c, bot.EvRevised, "customer", text, map[string]string{"shown": "no"})
			return true
		}
		if _, shut := t.Shut(c); !shut {
			continue
		}
		for id, a := range c.Answers {
			for _, p := range a.Parts {
				if p.Message != "" && p.Message == t.S.Input.MessageID {
					// What staff saw stays as they saw it; the change is kept.
					t.UnshowChange(c, id, bot.Part{Message: p.Message, Text: text, At: t.S.Input.At})
					return true
				}
			}
		}
	}
	return false
}

// giveUnshown puts held words of a blocked customer where they chose. It is
// false where they are shown.
func (t talk) giveUnshown(c *bot.Complaint) bool {
	m, shut := t.Shut(c)
	if !shut {
		return false
	}
	dates := t.giveTo(c)
	t.saysUnshown(c, m)
	t.mustSay(c, []string{dates})
	return true
}

// saysUnshown tells a blocked customer who adds something what becomes of it.
func (t talk) saysUnshown(c *bot.Complaint, m bot.Step) {
	t.Say(t.T(locales.MeasureKeptBlock, "Until", t.When(t.PolicyOf(c), t.Lang(), m.Until)), nil, casework.Said{About: "notice", Complaint: c})
}

// appeals takes the words on the button for a review where they are typed. It
// is false where there is nothing to review.
func (t talk) appeals() bool {
	var last *bot.Step
	for i := range t.Customer.Steps {
		m := &t.Customer.Steps[i]
		c := t.Complaint(m.Complaint)
		if c == nil {
			continue
		}
		switch t.Ladder(c, t.Customer, t.S.Now).Appeal(m.N) {
		case conduct.OK:
			last = m
		case conduct.Asked, conduct.Reviewed:
			if last == nil || !last.Asked.IsZero() {
				last = m
			}
		}
	}
	if last == nil {
		return false
	}
	t.appeal(last.Complaint, strconv.Itoa(last.N))
	return true
}

// appeal takes that the customer asks for a review of a measure. That stops
// nothing.
func (t talk) appeal(ref bot.Ref, number string) {
	n, err := strconv.Atoi(number)
	c := t.Complaint(ref)
	if err != nil || c == nil {
		t.present()
		return
	}
	said := casework.Said{About: "appeal", Complaint: c}
	switch t.Ladder(c, t.Customer, t.S.Now).Appeal(n) {
	case conduct.OK:
	case conduct.Asked:
		t.Say(t.T(locales.MeasureAsked), nil, said)
		return
	case conduct.Reviewed:
		t.Say(t.T(locales.MeasureReviewed), nil, said)
		return
	default:
		t.Say(t.T(locales.MeasureOver), nil, said)
		return
	}
	m := t.Measure(n)
	m.Asked = t.S.Input.At
	t.Event(c, bot.EvAppealed, "customer", "", map[string]string{"measure": number})
	t.Appealed(c, *m)
	k := locales.MeasureAppealed
	if !conduct.Restricts(m.Do) {
		k = locales.MeasureAppealedWarn
	}
	t.Say(t.T(k, "Ref", string(ref)), nil, said)
}

// measured are the lines and the button by which a customer sees that they are
// restricted, and how to have that reviewed; the button alone where they were
// only asked to stop.
func (t talk) measured(c *bot.Complaint) (line string, cs []bot.Choice) {
	l := t.Ladder(c, t.Customer, t.S.Now)
	m, stopped := l.Stopped()
	if b, blocked := l.Blocked(); blocked {
		m = b
	}
	if !stopped {
		for _, s := range l.Steps {
			if s.Do == bot.StepWarn && s.Complaint == c.Ref && l.Appeal(s.N) == conduct.OK {
				return "", []bot.Choice{t.Work.Appeal(s)}
			}
		}
		return "", nil
	}
	if l.Appeal(m.N) == conduct.OK {
		cs = []bot.Choice{t.Work.Appeal(m)}
	}
	return t.T(locales.Key("measure.status_"+m.Do), "Until", t.When(t.PolicyOf(c), t.Lang(), m.Until)), cs
}
