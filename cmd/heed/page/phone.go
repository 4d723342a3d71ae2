package page

import (
	"cmp"
	"context"
	"mime"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/heedbot/heed/bot/sandbox"
)

// Limits of the demo's own.
const (
	mostPhones = 12
	longName   = 60
	firstPhone = 1001
	// A bot can fetch 20 MB at most (Telegram Bot API 10.1, getFile).
	tooBig = 25 << 20
)

// phone is a customer's, as the page knows it. Blocked is kept here because
// only the person's own app shows it.
type phone struct {
	*sandbox.Phone
	user    sandbox.User
	blocked bool
}

// handset is a phone as the page shows it.
type handset struct {
	ID       int64       `json:"id"`
	Name     string      `json:"name"`
	Language string      `json:"language"`
	About    string      `json:"about"`
	Blocked  bool        `json:"blocked"`
	Action   string      `json:"action"`
	Spinning int         `json:"spinning"`
	Commands []menuEntry `json:"commands"`
	Keyboard [][]string  `json:"keyboard"`
	Toasts   int         `json:"toasts"`
	Toast    string      `json:"toast"`
	Messages []chatEntry `json:"messages"`
}

type menuEntry struct {
	Name  string `json:"name"`
	About string `json:"about"`
}

type chatEntry struct {
	ID       int64            `json:"id"`
	Bot      bool             `json:"bot"`
	At       int64            `json:"at"` // milliseconds since 1970
	Time     string           `json:"time"`
	Day      string           `json:"day"`
	Kind     string           `json:"kind"`
	Text     string           `json:"text"`
	Entities []sandbox.Entity `json:"entities"`
	Edited   bool             `json:"edited"`
	Deleted  bool             `json:"deleted"`
	Reaction string           `json:"reaction"`
	Reply    string           `json:"reply"`
	Buttons  [][]chatButton   `json:"buttons"`
	Files    []file           `json:"files"`
}

type chatButton struct {
	Text string `json:"text"`
	Data string `json:"data"`
	URL  string `json:"url"`
}

type file struct {
	Name string `json:"name"`
	MIME string `json:"mime"`
	Size int64  `json:"size"`
	URL  string `json:"url"`
}

func (s *site) handsets() []handset {
	s.mu.Lock()
	phones := make([]phone, 0, len(s.phones))
	for _, p := range s.phones {
		phones = append(phones, *p)
	}
	s.mu.Unlock()
	all := []handset{}
	for _, p := range phones {
		all = append(all, s.handset(p))
	}
	return all
}

func (s *site) handset(p phone) handset {
	h := handset{ID: p.user.ID, Name: strings.TrimSpace(p.user.FirstName + " " + p.user.LastName), Language: p.user.LanguageCode,
		About: s.Telegram.Description(p.user.LanguageCode), Blocked: p.blocked, Action: p.Action(), Spinning: p.Spinning(),
		Commands: []menuEntry{}, Keyboard: p.Keyboard(), Messages: []chatEntry{}}
	for _, c := range p.Commands() {
		h.Commands = append(h.Commands, menuEntry{c.Command, c.Description})
	}
	if toasts := p.Toasts(); len(toasts) > 0 {
		h.Toasts, h.Toast = len(toasts), toasts[len(toasts)-1]
	}
	texts := map[int64]string{}
	for _, m := range p.Messages() {
		e := chatEntry{ID: m.ID, Bot: m.FromBot, At: m.At.UnixMilli(), Time: s.time(m.At), Day: s.day(p.user.LanguageCode, m.At),
			Kind: m.Kind, Text: m.Text, Entities: m.Entities, Edited: m.Edited, Deleted: m.Deleted, Reaction: m.Reaction}
		for _, row := range m.Buttons {
			var bs []chatButton
			for _, b := range row {
				bs = append(bs, chatButton{b.Text, b.Data, b.URL})
			}
			e.Buttons = append(e.Buttons, bs)
		}
		for _, f := range m.Files {
			e.Files = append(e.Files, file{f.Name, f.MIME, f.Size, "/file/telegram/" + f.ID})
		}
		texts[m.ID] = cmp.Or(m.Text, m.Kind)
		if m.ReplyTo != 0 {
			e.Reply = texts[m.ReplyTo]
		}
		h.Messages = append(h.Messages, e)
	}
	return h
}

type newPhone struct {
	Name     string `json:"name"`
	Language string `json:"language"`
}

func (s *site) addPhone(_ context.Context, in newPhone) (any, error) {
	name := strings.Join(strings.Fields(in.Name), " ")
	switch {
	case name == "":
		return nil, refuse("Give the customer a name.")
	case utf8.RuneCountInString(name) > longName:
		return nil, refuse("This name is too long for a phone: 60 letters at most.")
	}
	ok := false
	for _, l := range s.languages() {
		ok = ok || l.Tag == in.Language
	}
	if !ok {
		return nil, refuse("The demo has no phone in this language.")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.phones) == mostPhones {
		return nil, refuse("Twelve phones are on the table already. Use one of them.")
	}
	first, last, _ := strings.Cut(name, " ")
	u := sandbox.User{ID: firstPhone + int64(len(s.phones)), FirstName: first, LastName: last, LanguageCode: in.Language}
	s.phones = append(s.phones, &phone{Phone: s.Telegram.Phone(u), user: u})
	s.changed()
	return map[string]int64{"id": u.ID}, nil
}

// hold gives a phone. A person who writes has unblocked the bot by that.
func (s *site) hold(id int64, writes bool) (*sandbox.Phone, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.phones {
		if p.user.ID == id {
			p.blocked = p.blocked && !writes
			return p.Phone, nil
		}
	}
	return nil, refuse("There is no such phone. Reload the page.")
}

type words struct {
	Phone   int64  `json:"phone"`
	Message int64  `json:"message"`
	Text    string `json:"text"`
}

func (s *site) phoneText(_ context.Context, in words) (any, error) {
	if strings.TrimSpace(in.Text) == "" {
		return nil, refuse("Write something first.")
	}
	p, err := s.hold(in.Phone, true)
	if err != nil {
		return nil, err
	}
	return map[string]int64{"id": p.Text(in.Text).ID}, nil
}

func (s *site) phoneEdit(_ context.Context, in words) (any, error) {
	if strings.TrimSpace(in.Text) == "" {
		return nil, refuse("An edited message cannot be empty.")
	}
	p, err := s.hold(in.Phone, false)
	if err != nil {
		return nil, err
	}
	p.Edit(in.Message, in.Text)
	return struct{}{}, nil
}

type push struct {
	Phone   int64  `json:"phone"`
	Message int64  `json:"message"`
	Data    string `json:"data"`
}

func (s *site) phonePress(_ context.Context, in push) (any, error) {
	p, err := s.hold(in.Phone, false)
	if err != nil {
		return nil, err
	}
	p.Press(in.Message, in.Data)
	return struct{}{}, nil
}

type parcel struct {
	Phone   int64    `json:"phone"`
	Caption string   `json:"caption"`
	Files   []packed `json:"files"`
}

type packed struct {
	Kind string `json:"kind"` // photo, document or voice
	Name string `json:"name"`
	MIME string `json:"mime"`
	Body []byte `json:"body"` // base64
}

func (s *site) phoneFiles(_ context.Context, in parcel) (any, error) {
	if len(in.Files) == 0 || len(in.Files) > 10 {
		return nil, refuse("Send one to ten files.")
	}
	var album []sandbox.File
	for _, f := range in.Files {
		switch f.Kind {
		case "photo", "document", "voice":
		default:
			return nil, refuse("A phone sends photos, documents and voice messages.")
		}
		if f.Body == nil {
			f.Body = []byte{}
		}
		album = append(album, sandbox.File{Kind: f.Kind, Name: f.Name, MIME: f.MIME, Body: f.Body})
	}
	p, err := s.hold(in.Phone, true)
	if err != nil {
		return nil, err
	}
	f := album[0]
	switch {
	case len(album) > 1:
		p.Album(in.Caption, album...)
	case f.Kind == "photo":
		p.Photo(in.Caption, f.Body)
	case f.Kind == "voice":
		p.Voice(f.Name, f.MIME, f.Body, in.Caption)
	default:
		p.Document(f.Name, f.MIME, f.Body, in.Caption)
	}
	return struct{}{}, nil
}

type other struct {
	Phone int64  `json:"phone"`
	Kind  string `json:"kind"` // sticker, location, contact or big
}

func (s *site) phoneOther(_ context.Context, in other) (any, error) {
	p, err := s.hold(in.Phone, true)
	if err != nil {
		return nil, err
	}
	switch in.Kind {
	case "sticker":
		p.Sticker("😀")
	case "location":
		p.Location(51.5074, -0.1278)
	case "contact":
		p.Contact("+442079460000", p.User().FirstName)
	case "big":
		p.DocumentOfSize("all-my-calls.zip", "application/zip", tooBig)
	default:
		return nil, refuse("A phone cannot send this.")
	}
	return struct{}{}, nil
}

type block struct {
	Phone   int64 `json:"phone"`
	Blocked bool  `json:"blocked"`
}

func (s *site) phoneBlock(_ context.Context, in block) (any, error) {
	p, err := s.hold(in.Phone, false)
	if err != nil {
		return nil, err
	}
	if in.Blocked {
		p.Block()
	} else {
		p.Unblock()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, q := range s.phones {
		if q.user.ID == in.Phone {
			q.blocked = in.Blocked
		}
	}
	s.changed()
	return struct{}{}, nil
}

// disposition makes a browser save a file under its name.
func disposition(name string) string {
	if d := mime.FormatMediaType("attachment", map[string]string{"filename": name}); d != "" {
		return d
	}
	return "attachment"
}

// stamp is when something with a Slack ts happened.
func stamp(ts string) time.Time {
	sec, micro, _ := strings.Cut(ts, ".")
	return time.Unix(number(sec), number(micro)*1000)
}
