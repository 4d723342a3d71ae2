package bottest

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
)

// fault is what is to happen to a message instead of arriving.
type fault struct {
	kind string
	left int
}

var (
	errLost   = errors.New("the line broke")
	errNo     = errors.New("bad request")
	errGone   = errors.New("forbidden: bot was blocked by the user")
	errBusy   = errors.New("service unavailable")
	errNoFile = errors.New("no such file")
	errSeen   = errors.New("someone it is kept from would see it")
)

func (f *fault) next() string {
	if f.left <= 0 {
		return ""
	}
	f.left--
	return f.kind
}

type faulty interface{ set(f fault) }

type (
	phoneFaults struct{ p *Player }
	deskFaults  struct{ p *Player }
)

func (f *phoneFaults) set(x fault) { f.p.desk.phoneFault = x }
func (f *deskFaults) set(x fault)  { f.p.desk.postFault = x }

// fault arms what goes wrong with the next message.
func (p *Player) fault(what string, on faulty) error {
	kind, times, _ := strings.Cut(what, " ")
	n := 1
	if times != "" {
		var err error
		if n, err = strconv.Atoi(times); err != nil {
			return err
		}
	}
	switch kind {
	case "ambiguous", "lost", "undeliverable", "blocked", "fails":
		on.set(fault{kind, n})
		return nil
	}
	return fmt.Errorf("there is no fault %q", kind)
}

// outage takes a platform out of service for a while: "telegram 3h".
func (p *Player) outage(what string) error {
	name, amount, _ := strings.Cut(what, " ")
	ch := bot.Channel(name)
	if ch != bot.Telegram && ch != bot.Slack {
		return fmt.Errorf("there is no platform %q", name)
	}
	until, err := p.After(p.now, amount)
	if err != nil {
		return err
	}
	p.outages[ch] = until
	p.write("~~ " + name + " is out of service until " + p.clock(until))
	return nil
}

// down tells whether a platform is out of service.
func (p *Player) down(ch bot.Channel) bool { return p.now.Before(p.outages[ch]) }

// clock writes an instant as it stands above what is said then.
func (p *Player) clock(t time.Time) string {
	t = t.In(p.Zone)
	form := "Mon 2 Jan 2006, 15:04"
	if t.Second() != 0 {
		form += ":05"
	}
	return t.Format(form)
}
