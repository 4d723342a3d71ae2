package storage

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
)

// buttoned is a post in the thread with a button.
func buttoned(id, action string) bot.Outbound {
	o := threaded(id)
	o.Post.Blocks = []bot.Block{{Kind: bot.Buttons, Buttons: []bot.Button{{Action: action, Value: id}}}}
	return o
}

// inRoom is what is shown of a message in a channel.
func inRoom(o bot.Outbound, chat string) bot.Outbound {
	o.To.Chat = chat
	return o
}

// moveTo is a turn that takes the complaint "R" into another channel, where its
// card and one more line are posted.
func moveTo(chat, line string, more ...bot.Outbound) bot.Turn {
	to := inRoom(aboutR("card"), chat)
	return bot.Turn{
		Remove: []bot.Removal{{Complaint: "R", Again: &bot.Again{To: to.To, Thread: "card", Walled: true, Hidden: []bot.StaffID{"U1"}}}},
		Say:    append([]bot.Outbound{to, inRoom(threaded(line), chat)}, more...),
	}
}

// delivered posts all that waits in the thread of the card, under the platform ids
// p1, p2 and so on, and lists the ids in which it was said and what it says.
func delivered(t *testing.T, s *Store, chat, p string) string {
	t.Helper()
	lane := inRoom(aboutR("card"), chat).Lane()
	var got []string
	for n := 1; ; n++ {
		x, ok, err := s.Claim(bg, lane, t0, t0.Add(time.Minute))
		must(t, err)
		if !ok {
			return strings.Join(got, ", ")
		}
		if x.To.Chat != chat || x.ThreadID != "" && x.ThreadID != p+"1" || x.Post != nil && len(x.Post.Mention) > 0 {
			t.Fatalf("in %s is posted %+v", chat, x)
		}
		what := x.ID
		if x.Post != nil && x.Post.Text != x.ID {
			what += "=" + x.Post.Text
		}
		id := fmt.Sprint(p, n)
		if x.EditID != "" {
			id = x.EditID
			what += "@" + id
		}
		got = append(got, what)
		sent(t, s, lane, x.ID, id)
	}
}

func moves(t *testing.T, open opener) {
	s, again := open(t)
	lane := customer(t, s, "9")
	c := newComplaint("R", lane)
	c.Card = "card"
	called := threaded("note")
	called.Post.Mention = []string{"U2"}
	copied := inRoom(aboutR("copy"), "C9")
	copied.About = "copy"
	below := inRoom(threaded("below the copy"), "C9")
	below.Thread = "copy"
	refused := threaded("refused")
	take(t, s, lane, t0, bot.Turn{Complaints: []bot.Complaint{c}, Say: []bot.Outbound{
		aboutR("card"), called, uploadR("file"), refused, buttoned("prepared", "record"), copied, below,
	}})
	posted(t, s, aboutR("card"), "a1")
	posted(t, s, called, "a2")
	posted(t, s, uploadR("file"), "F1")
	claim(t, s, refused.Lane(), t0)
	must(t, s.Settle(bg, refused.Lane(), bot.Settlement{Out: "refused", State: bot.Failed, At: t0, Why: "refused"}))
	posted(t, s, buttoned("prepared", "record"), "a5")
	posted(t, s, copied, "c1")
	old, newer := editing("edit 1", "note"), editing("edit 2", "note")
	old.Thread, newer.Thread = "card", "card"
	says(t, s, lane, "edit", bot.Turn{Say: []bot.Outbound{old}})
	posted(t, s, old, "a2")
	says(t, s, lane, "edit again", bot.Turn{Say: []bot.Outbound{newer}}) // nobody has sent it yet

	all := ", note=edit 2, file, refused, prepared"
	says(t, s, lane, "move 1", moveTo("direct:U2", "line 1"))
	s = again()
	equal(t, "deleted", deletions(t, s), "a1 a2 F1 a5")
	equal(t, "deleted of the copy", deletionsIn(t, s, "C9"), "c1")
	equal(t, "posted", delivered(t, s, "direct:U2", "b"), "card"+all+", line 1")
	noClaim(t, s, below.Lane(), t0)
	row, err := s.read.Out(bg, "prepared")
	must(t, err)
	o, err := decode[bot.Outbound](row.Body)
	must(t, err)
	if !o.Walled || !slices.Equal(o.Hidden, []bot.StaffID{"U1"}) || len(o.Post.Blocks) != 1 || o.Post.Blocks[0].Buttons[0].Action != "record" {
		t.Fatalf("the prepared message is now %+v", o)
	}
	channel, ts, err := s.As(eyes).CardOf(bg, "R")
	must(t, err)
	equal(t, "card", channel+" "+ts, "direct:U2 b1")

	// What is said of a message finds it where it is.
	later := inRoom(editing("edit 3", "note"), "direct:U2")
	later.Thread = "card"
	says(t, s, lane, "edit there", bot.Turn{Say: []bot.Outbound{later}})
	equal(t, "edited", delivered(t, s, "direct:U2", "b"), "edit 3@b2")

	// Back where it came from, and an edit said before its card.
	back := moveTo("C1", "line 2")
	early := editing("edit 4", "prepared")
	early.Thread = "card"
	back.Say = append([]bot.Outbound{early}, back.Say...)
	says(t, s, lane, "move 2", back)
	s = again()
	equal(t, "deleted there", deletionsIn(t, s, "direct:U2"), "b1 b2 b3 b4 b5 b6")
	equal(t, "posted", delivered(t, s, "C1", "d"), "card, note=edit 3, file, refused, prepared, line 1, edit 4@d5, line 2")
	says(t, s, lane, "move 3", moveTo("C3", "line 3"))
	equal(t, "deleted the third time", deletions(t, s), "d1 d2 d3 d4 d5 d6 d8")
	equal(t, "posted", delivered(t, s, "C3", "e"), "card, note=edit 3, file, refused, prepared=edit 4, line 1, line 2, line 3")
	equal(t, "deleted before", deletionsIn(t, s, "direct:U2")+deletionsIn(t, s, "C9"), "")

	// Without a new place an id is free all the same.
	says(t, s, lane, "away", bot.Turn{Remove: []bot.Removal{{Complaint: "R"}}, Say: []bot.Outbound{inRoom(aboutR("card"), "C4")}})
	equal(t, "deleted at last", len(strings.Fields(deletionsIn(t, s, "C3"))), 8)
	equal(t, "posted", delivered(t, s, "C4", "f"), "card")
	idle(t, s, lane, t0.Add(time.Hour))
	queue, err := s.Queue(bg)
	must(t, err)
	// The refused one; what was taken back is no trouble.
	equal(t, "failed", queue[bot.Failed], 1)
}

func movedInFlight(t *testing.T, open opener) {
	s, again := open(t)
	lane := customer(t, s, "9")
	note := threaded("note")
	out := note.Lane()
	take(t, s, lane, t0, bot.Turn{Complaints: []bot.Complaint{newComplaint("R", lane)}, Say: []bot.Outbound{aboutR("card"), note}})
	posted(t, s, aboutR("card"), "a1")
	claim(t, s, out, t0) // on its way
	says(t, s, lane, "there", moveTo("C2", "line 1"))
	equal(t, "posted", delivered(t, s, "C2", "b"), "card, note, line 1")
	edit := inRoom(editing("record", "note"), "C2")
	edit.Thread = "card"
	says(t, s, lane, "record", bot.Turn{Say: []bot.Outbound{edit}})
	claim(t, s, edit.Lane(), t0) // on its way too
	says(t, s, lane, "and back", moveTo("C1", "line 2"))
	noClaim(t, s, out, t0) // the first is still being sent
	must(t, s.Hold(bg, out, "note", t0.Add(time.Hour)))
	noClaim(t, s, out, t0.Add(time.Minute))
	s = again()
	x := claim(t, s, out, t0)
	if x.ID != "note" || !x.TakenBack || !x.Doubtful || x.ThreadID != "a1" || x.To.Chat != "C1" {
		t.Fatalf("what may have been sent comes back as %+v", x)
	}
	sent(t, s, out, "note", "a2") // it is found
	sent(t, s, out, "note", "a3") // said twice
	sent(t, s, edit.Lane(), "record", "b2")
	if got := strings.Fields(deletions(t, s)); !slices.Equal(got, []string{"a1", "a2"}) {
		t.Fatalf("deleted: %v", got)
	}
	equal(t, "posted", delivered(t, s, "C1", "d"), "card, note=record, line 1, line 2")
	row, err := s.read.Out(bg, "note")
	must(t, err)
	equal(t, "note", row.PlatformID, "d2")
	idle(t, s, lane, t0.Add(time.Hour))
}

func editOfItsOwn(t *testing.T, open opener) {
	s, _ := open(t)
	lane := customer(t, s, "9")
	note, lost := threaded("note"), editing("in its place", "note")
	lost.Thread = "card"
	take(t, s, lane, t0, bot.Turn{Complaints: []bot.Complaint{newComplaint("R", lane)}, Say: []bot.Outbound{
		aboutR("card"), note, lost, editing("of nothing", "never said"),
	}})
	posted(t, s, aboutR("card"), "a1")
	claim(t, s, note.Lane(), t0)
	must(t, s.Settle(bg, note.Lane(), bot.Settlement{Out: "note", State: bot.Failed, At: t0, Why: "no"}))
	posted(t, s, lost, "a2")
	posted(t, s, editing("of nothing", "never said"), "a3")
	says(t, s, lane, "move", moveTo("C2", "line 1"))
	equal(t, "deleted", deletions(t, s), "a1 a2 a3")
	equal(t, "posted", delivered(t, s, "C2", "b"), "card, note=in its place, line 1")
}

func onlyPending(t *testing.T, open opener) {
	s, _ := open(t)
	lane := customer(t, s, "9")
	done := editing("recorded", "done")
	done.Thread = "card"
	take(t, s, lane, t0, bot.Turn{Complaints: []bot.Complaint{newComplaint("R", lane)}, Say: []bot.Outbound{
		aboutR("card"), threaded("note"), uploadR("file"), buttoned("flag", "flag"), buttoned("prepared", "record"),
		buttoned("done", "record"), done, buttoned("doubt", "arrived"), buttoned("doubt 2", "resend"),
	}})
	turn := moveTo("C2", "line")
	turn.Remove[0].Again.Pending = true
	says(t, s, lane, "move", turn)
	equal(t, "posted", delivered(t, s, "C2", "b"), "card, prepared, doubt, doubt 2, line")
	// Without a card they stand in the channel.
	turn.Say = nil
	turn.Remove[0].Again.To.Chat = "C3"
	says(t, s, lane, "move without a card", turn)
	for _, id := range []string{"prepared", "doubt", "doubt 2"} {
		x := claim(t, s, inRoom(aboutR(id), "C3").Lane(), t0)
		equal(t, "posted", x.ID+" "+x.ThreadID, id+" ")
	}
}

func watchedTwice(t *testing.T, open opener) {
	s, _ := open(t)
	lane := customer(t, s, "9")
	take(t, s, lane, t0, bot.Turn{Complaints: []bot.Complaint{newComplaint("R", lane)}})
	watched := func(chat, out string) {
		t.Helper()
		x := claim(t, s, inRoom(aboutR("card"), chat).Lane(), t0)
		equal(t, "next", x.ID, out)
		must(t, s.Settle(bg, x.Lane(), bot.Settlement{Out: out, State: bot.Failed, At: t0, Why: bot.WhyWatched}))
	}
	for i, chat := range []string{"C2", "C3", "C2"} {
		says(t, s, lane, fmt.Sprint("move ", i), moveTo(chat, fmt.Sprint("line ", i)))
		watched(chat, "card")
		sit := take(t, s, lane, t0, bot.Turn{})
		if st := sit.Input.Settled; st == nil || st.Out != "card" || st.Why != bot.WhyWatched || sit.Out == nil || sit.Out.To.Chat != chat {
			t.Fatalf("of %s the turn is told %+v about %+v", chat, st, sit.Out)
		}
	}
	// What is refused where the complaint is no longer is nobody's business.
	claim(t, s, inRoom(aboutR("card"), "C2").Lane(), t0)
	says(t, s, lane, "away", moveTo("C4", "line 4"))
	must(t, s.Settle(bg, inRoom(aboutR("card"), "C2").Lane(), bot.Settlement{Out: "line 0", State: bot.Failed, At: t0, Why: bot.WhyWatched}))
	idle(t, s, lane, t0.Add(time.Hour))
}

func failedMove(t *testing.T, open opener) {
	s, again := open(t)
	lane := customer(t, s, "9")
	take(t, s, lane, t0, bot.Turn{Complaints: []bot.Complaint{newComplaint("R", lane)}, Say: []bot.Outbound{aboutR("card"), threaded("note"), threaded("next")}})
	posted(t, s, aboutR("card"), "a1")
	must(t, s.Receive(bg, message("move", "9", "x", t0)))
	_, err := s.Turn(bg, lane, t0, func(bot.Situation) (bot.Turn, error) {
		return moveTo("C2", "line", bot.Outbound{ID: "of no kind"}), nil
	})
	equal(t, "the turn fails", err != nil, true)
	s = again()
	equal(t, "deleted", deletions(t, s), "")
	noClaim(t, s, inRoom(aboutR("card"), "C2").Lane(), t0)
	row, err := s.read.Out(bg, "card")
	must(t, err)
	equal(t, "card", row.Chat+" "+row.PlatformID, "C1 a1")
	// What the turn says under an id of its own takes the place of what was.
	turn := moveTo("C2", "note")
	take(t, s, lane, t0, turn)
	equal(t, "posted", delivered(t, s, "C2", "b"), "card, next, note")
	equal(t, "deleted", deletions(t, s), "a1")
}

func voidCodes(t *testing.T, open opener) {
	s, _ := open(t)
	lane, other := customer(t, s, "9"), customer(t, s, "8")
	token := func(name, verb string, ref bot.Ref, of bot.Lane) bot.Token {
		return bot.Token{Token: name, Customer: of.Customer(), Action: bot.Action{Verb: verb, Ref: ref}}
	}
	take(t, s, lane, t0, bot.Turn{Complaints: []bot.Complaint{newComplaint("R", lane)}, Tokens: []bot.Token{
		token("link", "link", "R", lane), token("inform", "inform", "R", lane), token("inform other", "inform", "R", other),
		token("button", "status", "R", lane), token("of another", "link", "R2", lane), token("of none", "link", "", lane),
	}})
	says(t, s, lane, "void", bot.Turn{Void: []bot.Ref{"R", "none\x00"}, Tokens: []bot.Token{token("fresh", "link", "R", lane)}})
	var left []string
	rows, err := s.readers.Query("SELECT token FROM tokens ORDER BY token")
	must(t, err)
	defer rows.Close()
	for rows.Next() {
		var k string
		must(t, rows.Scan(&k))
		left = append(left, k)
	}
	must(t, rows.Err())
	equal(t, "left", strings.Join(left, ", "), "button, fresh, of another, of none")
}
