package bottest

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
)

// roomed is a player who has begun a script with these lines.
func roomed(t *testing.T, setup string) *Player {
	t.Helper()
	s, err := ReadSetup(setup)
	if err != nil {
		t.Fatal(err)
	}
	p := &Player{World: World{Setup: s, Zone: time.UTC}}
	p.begin()
	return p
}

const boarded = "rooms C0BOARD=eva,mia\nroles senior_management=C0BOARD technical=U0SAM\nnicknames ben=Benny,Benek\n"

func TestWhoIsInARoleIsInItsRoom(t *testing.T) {
	p := roomed(t, boarded)
	if !p.Who("U0EVA").Is(bot.Senior) || !p.Who("U0MIA").Is(bot.Senior) || p.Who("U0ANN").Is(bot.Senior) || !p.Who("U0SAM").Is("technical") {
		t.Error("the wrong people are of senior management")
	}
	p.inside["C0BOARD"] = []string{"mia", "ann"}
	if p.Who("U0EVA").Is(bot.Senior) || !p.Who("U0ANN").Is(bot.Senior) {
		t.Error("who comes and goes is not noticed")
	}
	p.inside[DeskID] = []string{"ben", "oli"}
	if !p.Who("U0OLI").Is(bot.Agent) || p.Who("U0ANN").Is(bot.Agent) || !p.Who("U0MIA").Is(bot.Manager) {
		t.Error("who comes to the desk is not noticed")
	}
	d := p.Directory()
	ben, ok := d.Person("U0BEN")
	if !ok || !reflect.DeepEqual(ben.Names, []string{"Ben Thornbury", "Benny", "Benek"}) {
		t.Errorf("ben is called %v", ben.Names)
	}
	if want := map[string][]bot.StaffID{"C0BOARD": {"U0MIA", "U0ANN"}, DeskID: {"U0BEN", "U0OLI"}}; !reflect.DeepEqual(d.Rooms, want) {
		t.Errorf("the rooms hold %v", d.Rooms)
	}
}

func TestAGuestIsOnlyWhatTheyAreNamedFor(t *testing.T) {
	lines := "guests oli ann sam\ncrew ann ben sam\nrooms C0CEO=oli\nroles agent=U0SAM ceo=C0CEO\n"
	p := roomed(t, lines)
	for _, id := range []bot.StaffID{"U0OLI", "U0ANN"} {
		if s := p.Who(id); s.Trouble != "guest" || len(s.Roles) > 0 {
			t.Errorf("%s is %+v", id, s)
		}
	}
	if s := p.Who("U0SAM"); s.Trouble != "" || !reflect.DeepEqual(s.Roles, []bot.Role{bot.Agent}) {
		t.Errorf("sam is %+v", s)
	}
}

// put has Slack take a post.
func put(t *testing.T, p *Player, s bot.Sending) string {
	t.Helper()
	s.Attempts = 1
	if s.Post == nil && !s.Delete {
		s.Post = &bot.Post{Text: "A card", Blocks: []bot.Block{{Kind: bot.Buttons, Buttons: []bot.Button{{Action: "note", Value: "ref=" + string(s.Complaint), Label: "Note"}}}}}
	}
	s.To.Channel = bot.Slack
	id, err := slackPaper{p}.Send(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestAPersonPressesWhatTheySee(t *testing.T) {
	p := roomed(t, boarded)
	put(t, p, bot.Sending{Outbound: bot.Outbound{ID: "1", To: bot.Address{Chat: DeskID}, Complaint: "AAA", About: "card"}})
	put(t, p, bot.Sending{Outbound: bot.Outbound{ID: "2", To: bot.Address{Chat: "C0BOARD"}, Complaint: "BBB", About: "card"}})
	put(t, p, bot.Sending{Outbound: bot.Outbound{ID: "3", To: bot.Address{Chat: bot.Direct + "U0EVA,U0SAM"}, Complaint: "CCC", About: "card"}})
	for _, c := range []struct {
		ref bot.Ref
		can []string
	}{{"AAA", []string{"ann", "ben", "mia"}}, {"BBB", []string{"eva", "mia"}}, {"CCC", []string{"eva", "sam"}}} {
		for name, who := range crew {
			_, _, _, err := p.find(who.ID, "note", c.ref, 1)
			if can := slices.Contains(c.can, name); (err == nil) != can || err != nil && !strings.Contains(err.Error(), "cannot see") {
				t.Errorf("%s and the button of %s: %v", name, c.ref, err)
			}
		}
	}
	if _, _, _, err := p.find("U0ANN", "close", "AAA", 1); err == nil || strings.Contains(err.Error(), "cannot see") {
		t.Errorf("a button that nobody has: %v", err)
	}
	p.flush()
	if got := p.out.String(); !strings.Contains(got, "\ndirect eva, sam #3> [Note]") {
		t.Errorf("shown as\n%s", got)
	}
}

func TestWhatIsWalledIsRefusedWhereItWouldBeSeen(t *testing.T) {
	p := roomed(t, boarded+"public C0CEO\nrooms C0CEO=mia\n")
	send := func(chat string, walled bool, hidden ...bot.StaffID) error {
		p.keys++
		s := bot.Sending{Attempts: 1, Outbound: bot.Outbound{ID: "out" + chat + string(rune('a'+p.keys)), To: bot.Address{Channel: bot.Slack, Chat: chat}, Walled: walled, Hidden: hidden, Post: &bot.Post{Text: "words"}}}
		_, err := slackPaper{p}.Send(t.Context(), s)
		return err
	}
	for _, c := range []struct {
		chat    string
		hidden  bot.StaffID
		watched bool
	}{
		{"C0BOARD", "U0BEN", false}, {"C0BOARD", "U0EVA", true}, {"C0CEO", "U0BEN", true}, {DeskID, "U0BEN", true},
		{bot.Direct + "U0MIA", "U0EVA", false}, {bot.Direct + "U0MIA,U0EVA", "U0EVA", true},
	} {
		if err := send(c.chat, true, c.hidden); bot.IsWatched(err) != c.watched || !c.watched && err != nil {
			t.Errorf("a post to %s hidden from %s: %v", c.chat, c.hidden, err)
		}
		if err := send(c.chat, false); err != nil {
			t.Errorf("a post to %s hidden from nobody: %v", c.chat, err)
		}
	}
	p.inside["C0BOARD"] = []string{"mia"}
	if err := send("C0BOARD", true, "U0EVA"); err != nil {
		t.Errorf("she has left, and yet: %v", err)
	}
}

func TestDeletionsAreShownTogether(t *testing.T) {
	p := roomed(t, boarded)
	var ids []string
	for _, n := range []string{"1", "2", "3"} {
		ids = append(ids, put(t, p, bot.Sending{Outbound: bot.Outbound{ID: n, To: bot.Address{Chat: DeskID}, Complaint: "AAA", About: "card"}}))
	}
	ids = append(ids, put(t, p, bot.Sending{Outbound: bot.Outbound{ID: "4", To: bot.Address{Chat: "C0BOARD"}, Complaint: "AAA", About: "copy"}}))
	p.flush()
	p.out.Reset()
	for i, id := range append(ids, ids[0]) { // the first one once more
		chat := DeskID
		if i == 3 {
			chat = "C0BOARD"
		}
		put(t, p, bot.Sending{EditID: id, Outbound: bot.Outbound{ID: "d" + id, To: bot.Address{Chat: chat}, Complaint: "AAA", Delete: true}})
	}
	p.flush()
	if got := strings.TrimSpace(p.out.String()); got != "desk> (deleted) 3 posts\ndesk #senior_management> (deleted) 1 post" {
		t.Errorf("shown as\n%s", got)
	}
	if len(p.desk.posts)+len(p.desk.order)+len(p.faults) > 0 {
		t.Errorf("%d posts are left; %v", len(p.desk.posts), p.faults)
	}
}

// desks answers everything with the same.
type desks struct {
	Desk
	a Answer
}

func (d desks) Command(context.Context, bot.Staff, string, string) (Answer, error) { return d.a, nil }

func TestWhatAPersonIsNotToReadIsFound(t *testing.T) {
	ref := bot.Ref("KXM-4FQ-7TA")
	words := bot.Answer{Parts: []bot.Part{{Text: "Ben Thornbury shouted at me"}}}
	walled := bot.Complaint{Ref: ref, Home: "C0BOARD", Answers: map[string]bot.Answer{"what": words}, Wall: &bot.Wall{Hidden: []bot.Hidden{{Staff: "U0BEN"}}}}
	post := func(text string) *bot.Post {
		return &bot.Post{Text: "News", Blocks: []bot.Block{{Kind: bot.Plain, Text: text}}}
	}
	out := func(chat string, about bot.Ref, text string) func(*Player) {
		return func(p *Player) {
			put(t, p, bot.Sending{Outbound: bot.Outbound{ID: "x", To: bot.Address{Chat: chat}, Complaint: about, Walled: about != "", Post: post(text)}})
		}
	}
	told := func(who bot.StaffID, text string) func(*Player) {
		return func(p *Player) {
			d := overheard{p, desks{a: Answer{Private: post(text)}}}
			if _, err := d.Command(t.Context(), p.Who(who), "/complaint", "mine"); err != nil {
				t.Error(err)
			}
		}
	}
	for name, c := range map[string]struct {
		do    func(*Player)
		wrong bool
	}{
		"the board is told":              {out("C0BOARD", ref, "words"), false},
		"the desk is told":               {out(DeskID, ref, "words"), true},
		"the desk is told the reference": {out(DeskID, "", "about "+string(ref)), true},
		"the desk is told the words":     {out(DeskID, "", "> Ben Thornbury shouted at me"), true},
		"the desk is told of another":    {out(DeskID, "", "AAA-BBB-CCC"), false},
		"it does not say it is walled": {func(p *Player) {
			put(t, p, bot.Sending{Outbound: bot.Outbound{ID: "x", To: bot.Address{Chat: "C0BOARD"}, Complaint: ref, Post: post("words")}})
		}, true},
		"ben is told":                      {told("U0BEN", "It is "+string(ref)), true},
		"ben is told that there is none":   {told("U0BEN", "There is no such complaint."), false},
		"ben is told the customer's words": {told("U0BEN", "Ben Thornbury shouted at me, twice"), true},
		"mia is told":                      {told("U0MIA", "It is "+string(ref)), false},
		"ben joins the room": {func(p *Player) {
			out("C0BOARD", ref, "words")(p)
			p.inside["C0BOARD"] = []string{"eva", "mia", "ben"}
		}, true},
		"it was at the desk before": {func(p *Player) {
			delete(p.cases, ref)
			put(t, p, bot.Sending{Outbound: bot.Outbound{ID: "x", To: bot.Address{Chat: DeskID}, Complaint: ref, About: "card", Post: post("words")}})
			p.watch(walled)
		}, true},
		"it was at the desk and is deleted": {func(p *Player) {
			delete(p.cases, ref)
			id := put(t, p, bot.Sending{Outbound: bot.Outbound{ID: "x", To: bot.Address{Chat: DeskID}, Complaint: ref, About: "card", Post: post("words")}})
			p.watch(walled)
			put(t, p, bot.Sending{EditID: id, Outbound: bot.Outbound{ID: "y", To: bot.Address{Chat: DeskID}, Complaint: ref, Walled: true, Delete: true}})
		}, false},
	} {
		p := roomed(t, boarded)
		p.refs = []bot.Ref{ref}
		p.watch(walled)
		c.do(p)
		errs := p.leftovers()
		for _, f := range p.faults {
			errs = append(errs, errors.New(f))
		}
		if (len(errs) > 0) != c.wrong {
			t.Errorf("%s: %v", name, errs)
		}
	}
}

func TestACustomerMayNameStaffAndTheProgramMayNot(t *testing.T) {
	p := roomed(t, "")
	p.inspectWords("Ben Thornbury has your complaint", "en", "receipt")
	if len(p.faults) != 1 {
		t.Errorf("a name that nobody said: %v", p.faults)
	}
	p.faults, p.quoted = nil, []string{"It was Ben Thornbury."}
	p.inspectWords("You wrote: It was Ben Thornbury.", "en", "summary")
	if len(p.faults) != 0 {
		t.Errorf("a name that the customer said: %v", p.faults)
	}
}
