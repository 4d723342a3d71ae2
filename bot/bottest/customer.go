package bottest

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/heedbot/heed/bot"
)

// What a customer can do:
//
//	/status words                 a command; /start {code}
//	{name} or "words"             words
//	repeat 5000 {name}            the words so many times
//	[button.done]                 presses the newest button with this label: a key of the words or of the pack
//	[button.change What=label.summary]
//	[button.withdraw Ref=#1]      with what the label is filled with
//	[#1]                          a button whose label begins with a reference
//	[=Polski]                     a label as it is; [language other] the name of the language after theirs
//	[old button.done]             the oldest button with this label
//	complains {name}              answers the first questions, skips the others and submits; also
//	complains topic.staff {name}  with these options, by the keys of their names, where they are offered;
//	                              else about the service, or with the first option
//	floods 30 {name}              the words, numbered, in so many messages that are answered together later
//	quickly photo a.jpg           any of these, where that may be answered together with others later
//	photo a.jpg 20480             a file: photo, document, video, voice, audio; its bytes are what the name says;
//	document a.pdf 900 caption {words}      "as exe": they are something else; "gone": it cannot be fetched
//	album a.jpg b.jpg             photos sent as one
//	sticker · poll · location · contact · empty
//	edit 2 {words}                changes their second message with words; edit last
//	again                         the platform repeats the last update
//	block · unblock
//	forge                         presses a button that is not ours; forge anna: one of hers
//	unread                        something arrives that nobody can decode
//	phone pt-BR · phone none      the language of their phone; name "…": the name it shows
func (p *Player) customer(ph *phone, s string) error {
	words := tokens(s)
	switch {
	case strings.HasPrefix(s, "["):
		return p.press(ph, strings.TrimSuffix(strings.TrimPrefix(s, "["), "]"))
	case strings.HasPrefix(s, "/"):
		name, arg, _ := strings.Cut(strings.TrimPrefix(s, "/"), " ")
		arg, err := p.refsIn(arg)
		if err != nil {
			return err
		}
		return p.says(ph, bot.Input{Kind: bot.InMessage, Text: strings.TrimSpace("/" + name + " " + arg), Command: name, Argument: arg}, "")
	case isWords(s):
		text, err := p.words(s, ph.speaks(p))
		if err != nil {
			return err
		}
		return p.says(ph, bot.Input{Kind: bot.InMessage, Text: text}, "")
	}
	switch words[0] {
	case "complains":
		return p.complains(ph, words[1:])
	case "repeat":
		n, err := strconv.Atoi(words[1])
		if err != nil {
			return err
		}
		text, err := p.words(words[2], ph.speaks(p))
		if err != nil {
			return err
		}
		return p.says(ph, bot.Input{Kind: bot.InMessage, Text: strings.Repeat(text, n)}, "")
	case "floods":
		return p.floods(ph, words)
	case "quickly":
		ph.hasty = true
		defer func() { ph.hasty = false }()
		return p.customer(ph, strings.TrimPrefix(s, "quickly "))
	case "photo", "document", "video", "voice", "audio":
		return p.file(ph, words)
	case "album":
		return p.album(ph, words[1:])
	case "sticker", "poll":
		return p.says(ph, bot.Input{Kind: bot.InMessage, Unsupported: words[0]}, "("+words[0]+")")
	case "location":
		return p.says(ph, bot.Input{Kind: bot.InMessage, Text: "location: 51.5, -0.1"}, "(location)")
	case "contact":
		return p.says(ph, bot.Input{Kind: bot.InMessage, Text: "Jo Doe, +44 20 7946 0000"}, "(contact)")
	case "empty":
		return p.says(ph, bot.Input{Kind: bot.InMessage}, "(an empty message)")
	case "edit":
		return p.edit(ph, words[1], words[2])
	case "again":
		if len(ph.mine) == 0 {
			return errors.New("nothing was sent yet")
		}
		p.show("0", ph.says(), "(the platform repeats the last update)")
		p.flush()
		if err := p.receive(ph.mine[len(ph.mine)-1]); err != nil {
			return err
		}
		_, err := p.drain()
		return err
	case "block", "unblock":
		ph.away = words[0] == "block"
		kind := bot.InUnblocked
		if ph.away {
			kind = bot.InBlocked
		}
		return p.sends(ph, bot.Input{Kind: kind}, "("+words[0]+"s the bot)")
	case "forge":
		return p.forge(ph, words[1:])
	case "unread":
		p.show("0", ph.says(), "(something nobody can decode)")
		p.flush()
		if err := p.receive(bot.Input{Channel: bot.Telegram, Account: "4242", Kind: bot.InUnread}); err != nil {
			return err
		}
		_, err := p.drain()
		return err
	case "phone":
		ph.tag = words[1]
		if ph.tag == "none" {
			ph.tag = ""
		}
		return nil
	case "name":
		name, err := p.words(words[1], ph.speaks(p))
		ph.shown = name
		return err
	}
	return fmt.Errorf("a customer cannot %q", words[0])
}

// complains plays the questions of intake in one line of a script, without
// showing them.
func (p *Player) complains(ph *phone, words []string) error {
	said := words[len(words)-1]
	wants := append(words[:len(words)-1:len(words)-1], "topic.service")
	lang := ph.speaks(p)
	text, err := p.words(said, lang)
	if err != nil {
		return err
	}
	p.show("0", ph.says(), "(complains, as ever: “"+legible(text)+"”)")
	p.flush()
	p.mute = true
	defer func() { p.mute = false }()
	if err := p.customer(ph, "/complain"); err != nil {
		return err
	}
	given := false
	for range questionsMost {
		if p.offered(ph, "button.submit") {
			p.mute = false
			return p.customer(ph, "[button.submit]")
		}
		// Typed, not pressed: that takes half the time.
		answer := text
		switch {
		case p.wanted(ph, wants) != "":
			answer = p.wanted(ph, wants)
		case given && p.offered(ph, "button.done"):
			answer = p.Text(lang, "button.done")
		case p.offered(ph, "button.skip"):
			answer = p.Text(lang, "button.skip")
		case p.first(ph) != "":
			answer = p.first(ph)
		default:
			given = true
		}
		if err := p.says(ph, bot.Input{Kind: bot.InMessage, Text: answer}, ""); err != nil {
			return err
		}
	}
	return errors.New("the questions have no end")
}

// questionsMost is how many messages a complaint may take.
const questionsMost = 40

// wanted is the label of an option that the script wants and their newest
// message offers; "" if there is none.
func (p *Player) wanted(ph *phone, wants []string) string {
	for _, k := range wants {
		if p.offered(ph, k) {
			return p.Text(ph.speaks(p), k)
		}
	}
	return ""
}

// first is the label of the first option that their newest message offers; ""
// if there is none.
func (p *Player) first(ph *phone) string {
	for _, c := range ph.got[len(ph.got)-1].Choices {
		if !slices.ContainsFunc(plainButtons, func(k string) bool { return p.Text(ph.speaks(p), k) == c.Label }) {
			return c.Label
		}
	}
	return ""
}

// plainButtons stand below questions and are no option.
var plainButtons = []string{"button.done", "button.clear", "button.skip", "button.back", "button.cancel"}

// offered tells whether their newest message has the button.
func (p *Player) offered(ph *phone, key string) bool {
	last := ph.got[len(ph.got)-1]
	return slices.ContainsFunc(last.Choices, func(c bot.Choice) bool { return c.Label == p.Text(ph.speaks(p), key) })
}

// floods sends the words in so many messages, each with its number.
func (p *Player) floods(ph *phone, words []string) error {
	if len(words) != 3 {
		return errors.New("write how many, and the words")
	}
	n, err := strconv.Atoi(words[1])
	if err != nil {
		return err
	}
	text, err := p.words(words[2], ph.speaks(p))
	if err != nil {
		return err
	}
	ph.hasty = true
	defer func() { ph.hasty = false }()
	for i := range n {
		if err := p.says(ph, bot.Input{Kind: bot.InMessage, Text: text + " " + strconv.Itoa(i+1)}, ""); err != nil {
			return err
		}
	}
	return nil
}

// says sends something that must be answered.
func (p *Player) says(ph *phone, in bot.Input, shown string) error {
	if shown == "" {
		shown = legible(in.Text)
	}
	p.quoted = append(p.quoted, in.Text)
	if len([]rune(in.Text)) > 12 {
		p.typed = append(p.typed, in.Text)
	}
	ph.waiting = true
	if err := p.sends(ph, in, shown); err != nil {
		return err
	}
	if ph.waiting && in.Group == "" && !ph.hasty && !p.down(bot.Telegram) {
		return errors.New("this was not answered")
	}
	return nil
}

// sends hands an input over and does all that follows at once.
func (p *Player) sends(ph *phone, in bot.Input, shown string) error {
	p.keys++
	in.Key, in.Channel, in.Account, in.Chat = "update:"+strconv.Itoa(p.keys), bot.Telegram, "4242", ph.chat
	in.Person = bot.Person{ID: ph.chat, Name: ph.shown, Language: ph.tag}
	if in.MessageID == "" {
		in.MessageID = strconv.Itoa(p.keys)
	}
	ph.mine = append(ph.mine, in)
	p.show("0", ph.says(), shown)
	p.flush()
	if err := p.receive(in); err != nil {
		return err
	}
	_, err := p.drain()
	return err
}

// press presses a button.
func (p *Player) press(ph *phone, what string) error {
	old := false
	if rest, ok := strings.CutPrefix(what, "old "); ok {
		what, old = rest, true
	}
	match, err := p.label(ph, what)
	if err != nil {
		return err
	}
	var found *bot.Choice
	for i := range ph.got {
		for j := range ph.got[i].Choices {
			if c := &ph.got[i].Choices[j]; match(c.Label) && !(old && found != nil) {
				found = c
			}
		}
	}
	if found == nil {
		return fmt.Errorf("no message has the button %s", what)
	}
	note := ""
	if old {
		note = " (an old one)"
	}
	return p.presses(ph, found.Token, "["+found.Label+"]"+note)
}

func (p *Player) presses(ph *phone, token, shown string) error {
	return p.says(ph, bot.Input{Kind: bot.InPress, Token: token, PressID: "press" + strconv.Itoa(p.keys)}, shown)
}

// label tells which label a script means.
func (p *Player) label(ph *phone, what string) (func(string) bool, error) {
	if s, ok := strings.CutPrefix(what, "="); ok {
		return func(l string) bool { return l == s }, nil
	}
	if strings.HasPrefix(what, "#") {
		ref, err := p.ref(what)
		return func(l string) bool { return strings.HasPrefix(l, string(ref)) }, err
	}
	if what == "language other" {
		i := slices.Index(p.Languages, ph.speaks(p))
		want := p.Text(p.Languages[(i+1)%len(p.Languages)], "name")
		return func(l string) bool { return l == want }, nil
	}
	lang := ph.speaks(p)
	parts := strings.Fields(what)
	var args []string
	for _, a := range parts[1:] {
		k, v, _ := strings.Cut(a, "=")
		if strings.HasPrefix(v, "#") {
			ref, err := p.ref(v)
			if err != nil {
				return nil, err
			}
			v = string(ref)
		} else {
			v = p.Text(lang, v)
		}
		args = append(args, k, v)
	}
	want := p.Text(lang, parts[0], args...)
	if want == "" {
		return nil, fmt.Errorf("there are no words for %s", parts[0])
	}
	if p.Features.LabelMax > 0 {
		want = bot.Cut(want, p.Features.LabelMax)
	}
	return func(l string) bool { return l == want }, nil
}

func (p *Player) forge(ph *phone, from []string) error {
	token := "Zm9yZ2VkIGJ1dHRvbiEh"
	if len(from) > 0 {
		other := p.phones[from[0]]
		if other == nil {
			return fmt.Errorf("there is no customer %s", from[0])
		}
		token = ""
		for _, m := range other.got {
			for _, c := range m.Choices {
				token = c.Token
			}
		}
	}
	return p.presses(ph, token, "(presses a forged button)")
}

// edit changes a message that had words.
func (p *Player) edit(ph *phone, which, words string) error {
	var texts []bot.Input
	for _, in := range ph.mine {
		if in.Kind == bot.InMessage && in.Text != "" && in.Command == "" {
			texts = append(texts, in)
		}
	}
	n := len(texts)
	if which != "last" {
		var err error
		if n, err = strconv.Atoi(which); err != nil {
			return err
		}
	}
	if n < 1 || n > len(texts) {
		return fmt.Errorf("they sent %d messages with words", len(texts))
	}
	text, err := p.words(words, ph.speaks(p))
	if err != nil {
		return err
	}
	p.typed, p.quoted = append(p.typed, text), append(p.quoted, text)
	return p.sends(ph, bot.Input{Kind: bot.InEdit, Text: text, MessageID: texts[n-1].MessageID}, fmt.Sprintf("(edits “%s”) %s", legible(bot.Cut(texts[n-1].Text, 40)), legible(text)))
}

// refsIn puts the references in the place of #1, #2 … and of {ref}, and a link
// code in that of {code}.
func (p *Player) refsIn(s string) (string, error) {
	words := strings.Fields(s)
	for i, w := range words {
		var err error
		switch {
		case strings.HasPrefix(w, "#"):
			var ref bot.Ref
			ref, err = p.ref(w)
			words[i] = string(ref)
		case w == "{ref}" || w == "{code}":
			words[i], err = p.words(w, p.Language)
		}
		if err != nil {
			return "", err
		}
	}
	return strings.Join(words, " "), nil
}
