// Package flows is the first place to look when behaviour should change: what
// is asked, what staff can press, what customers are told and when. It is
// values and pure functions: time and chance come with each situation.
package flows

import (
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
	"github.com/heedbot/heed/flows/desk"
	"github.com/heedbot/heed/flows/intake"
	"github.com/heedbot/heed/locales"
)

// Flows make a turn of each situation.
type Flows struct{ House *casework.House }

// Hear takes what a customer did.
func (f Flows) Hear(s bot.Situation) (bot.Turn, error) {
	w := casework.New(f.House, s)
	intake.Hear(w)
	return w.Turn(), nil
}

// Act takes what a member of staff did, or what nobody could read.
func (f Flows) Act(s bot.Situation) (bot.Turn, error) {
	w := casework.New(f.House, s)
	switch s.Input.Kind {
	case bot.InUnread:
		w.Notice(w.D(locales.StaffUnread, "Channel", title(s.Input.Channel)))
	case bot.InWarning:
		if s.Input.Text == "horizon" {
			until := s.Input.Argument
			if day, err := time.Parse(time.DateOnly, until); err == nil {
				until = locales.Medium(w.Language, day)
			}
			w.Notice(w.D(locales.StaffHorizon, "Until", until))
		}
	case bot.InPassed:
		intake.Passed(w)
	case bot.InJoined:
		w.Joined()
	default:
		desk.Act(w)
	}
	return w.Turn(), nil
}

// Wake takes a timer.
func (f Flows) Wake(s bot.Situation) (bot.Turn, error) {
	w := casework.New(f.House, s)
	if !intake.Wake(w) {
		desk.Wake(w)
	}
	return w.Turn(), nil
}

// Settle takes the end of a delivery or of a file's fetching.
func (f Flows) Settle(s bot.Situation) (bot.Turn, error) {
	w := casework.New(f.House, s)
	if s.Input.Kind == bot.InFetched {
		intake.Fetched(w)
	} else {
		desk.Settled(w)
	}
	return w.Turn(), nil
}

// title is a platform's name as people write it.
func title(c bot.Channel) string {
	if c == "" {
		return "?"
	}
	return strings.ToUpper(string(c[:1])) + string(c[1:])
}
