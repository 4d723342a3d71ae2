package bottest

import (
	"context"
	"strconv"
	"strings"

	"github.com/heedbot/heed/bot"
)

// phone is one customer's side of the chat.
type phone struct {
	name     string // in the script
	chat     string
	tag      string // the client's language
	shown    string // the name the platform shows
	language string // in which the program speaks to them
	got      []bot.Message
	mine     []bot.Input // what they sent, oldest first
	albums   int
	away     bool // they have blocked the bot
	waiting  bool // they said something and had no answer yet
	hasty    bool // they go on without waiting for one
}

func (p *Player) phone(name string) *phone {
	if ph, ok := p.phones[name]; ok {
		return ph
	}
	n := len(p.phones) + 1
	ph := &phone{name: name, chat: strconv.Itoa(1000 + n), tag: p.Language, shown: strings.ToUpper(name[:1]) + name[1:]}
	p.phones[name] = ph
	return ph
}

// speaks is the language to look labels up in.
func (ph *phone) speaks(p *Player) string {
	if ph.language != "" {
		return ph.language
	}
	return p.Language
}

// phones is the customers' platform on paper. It refuses what the platform
// would refuse.
type phones struct{ p *Player }

// Send implements delivery.Door.
func (d phones) Send(ctx context.Context, s bot.Sending) (string, error) {
	p := d.p
	ph := p.phoneOf(s.To.Chat)
	if ph == nil {
		p.wrong("a message to nobody: chat %q", s.To.Chat)
		return "", bot.Undeliverable(errNo)
	}
	if s.Toast != nil && p.down(bot.Telegram) {
		return "", errBusy
	}
	if s.Toast != nil {
		if s.Toast.Text != "" {
			p.show(ph.key(), ph.bot(), "("+s.Toast.Text+")")
		}
		return "", nil
	}
	m := s.Message
	if m == nil {
		p.wrong("the customer's platform was given something that is not a message")
		return "", bot.Undeliverable(errNo)
	}
	if p.down(bot.Telegram) {
		return "", errBusy
	}
	if p.crash.now(crashBefore) {
		return "", p.die()
	}
	p.answers++
	ph.waiting = false
	if ph.away {
		return "", bot.Blocked(errGone)
	}
	p.inspect(ph, s)
	p.keys++
	id := "m" + strconv.Itoa(p.keys)
	switch p.desk.phoneFault.next() {
	case "ambiguous":
		p.take(ph, *m, " (heed does not know that this arrived)")
		return "", bot.Ambiguous(errLost)
	case "lost":
		p.show(ph.key(), ph.bot(), "(a message was lost on the way, and nobody knows)")
		return "", bot.Ambiguous(errLost)
	case "undeliverable":
		p.show(ph.key(), ph.bot(), "(a message was refused by the platform)")
		return "", bot.Undeliverable(errNo)
	case "blocked":
		p.show(ph.key(), ph.bot(), "(a message was refused: the customer has blocked the bot)")
		return "", bot.Blocked(errGone)
	case "fails":
		return "", errBusy
	}
	p.take(ph, *m, "")
	if p.crash.now(crashAfter) {
		return "", p.die()
	}
	return id, nil
}

// take puts a message on the phone.
func (p *Player) take(ph *phone, m bot.Message, note string) {
	ph.got = append(ph.got, m)
	p.noteCode(m.Text)
	text := legible(m.Text) + note
	if len(m.Choices) > 0 {
		text += "\n"
		for i, c := range m.Choices {
			switch {
			case i == 0:
			case m.Wide:
				text += "\n"
			default:
				text += " "
			}
			text += "[" + c.Label + "]"
		}
	}
	p.show(ph.key(), ph.bot(), text)
}

func (ph *phone) key() string { return "1 " + ph.name }

func (ph *phone) bot() string {
	if ph.name == "customer" {
		return "bot> "
	}
	return "bot to " + ph.name + "> "
}

func (ph *phone) says() string {
	if ph.name == "customer" {
		return "customer> "
	}
	return "customer " + ph.name + "> "
}
