package desk

import (
	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/locales"
)

// doubt deals with a message that did not surely arrive: it did, or it is sent
// again.
func (h hand) doubt() {
	o := h.S.Out
	if o == nil || o.Text() == "" {
		h.Private(h.Aside().D(locales.StaffNoMessage), "")
		return
	}
	state, ok := h.c.Doubt[o.ID]
	if !ok || h.act.Verb == casework.Arrived && state != bot.Possibly {
		h.Private(h.Aside().D(locales.StaffDoubtOver), "")
		return
	}
	delete(h.c.Doubt, o.ID)
	kind, s, meant := saying(h.c, o.ID)
	if h.act.Verb == casework.Arrived {
		if meant {
			s.State = string(bot.Sent)
			h.c.Said[kind] = s
		}
		// It arrived when it went out, not when somebody looked.
		at := s.At
		if !meant {
			at = h.S.Now
		}
		h.EventAt(h.c, bot.EvDelivered, at, string(h.act.By), "", map[string]string{"out": o.ID, "about": o.About, "confirmed": "yes"})
		h.Keep(h.c, o.Counts, at)
		conductTold(h.Work, h.c, o.ID, at)
		if meant {
			arrived(h.Work, h.c, kind, at)
		}
		h.Recorded(h.c, &bot.Settlement{Out: o.ID, State: bot.Sent, At: at}, nil)
		return
	}
	h.Recorded(h.c, &bot.Settlement{Out: o.ID, State: bot.Queued, At: h.S.Now}, nil)
	var choices []bot.Choice
	if o.Message != nil {
		choices = o.Message.Choices
	}
	out := h.Say(o.Text(), choices, casework.Said{About: o.About, Complaint: h.c, Counts: o.Counts, By: h.act.By, Again: true})
	conductResent(h.Work, o.ID, out)
	if meant {
		h.Spoke(h.c, kind, out, h.act.By)
	}
	h.Touch(h.c)
	h.Record(h.c, out, h.D(locales.StaffToldByPerson, "What", h.D(locales.Key("said."+o.About))), o.Text())
}

// saying finds what a message meant.
func saying(c *bot.Complaint, out string) (bot.EventKind, bot.Saying, bool) {
	for k, s := range c.Said {
		if s.Out == out && out != "" && !casework.Preparing(k) {
			return k, s, true
		}
	}
	return "", bot.Saying{}, false
}
