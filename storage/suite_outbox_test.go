package storage

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
)

func headOfLine(t *testing.T, open opener) {
	s, _ := open(t)
	saying(t, s, words("1", "a", chat9), words("2", "b", chat9))
	lane := bot.OutLane(chat9, "")
	x := claim(t, s, lane, t0)
	equal(t, "head", x.ID, "1")
	equal(t, "attempts", x.Attempts, 1)
	equal(t, "text", x.Message.Text, "a")
	noClaim(t, s, lane, t0) // leased
	must(t, s.Later(bg, lane, "1", t0.Add(time.Hour)))
	noClaim(t, s, lane, t0.Add(time.Hour-time.Millisecond))
	x = claim(t, s, lane, t0.Add(time.Hour))
	if x.ID != "1" || x.Attempts != 2 || x.Doubtful {
		t.Fatalf("given back: %s, attempt %d, doubtful %v", x.ID, x.Attempts, x.Doubtful)
	}
	must(t, s.Settle(bg, lane, bot.Settlement{Out: "1", State: bot.Failed, At: t0, Why: "refused"}))
	equal(t, "after a failure", claim(t, s, lane, t0.Add(time.Hour)).ID, "2")
	sent(t, s, lane, "2", "77")
	noClaim(t, s, lane, t0.Add(1000*time.Hour))
}

func waitsForNamed(t *testing.T, open opener) {
	s, _ := open(t)
	card := post("card")
	reply, private := post("reply"), post("private")
	reply.Thread = "card"
	private.Private, private.Post, private.Thread = &bot.Private{User: "U1"}, nil, "card"
	orphan := post("orphan")
	orphan.Edits = "never said"
	circle := post("circle")
	circle.Edits = "circle"
	saying(t, s, card, reply, private, orphan, circle)

	// The private answer has a lane of its own, and comes round first.
	noClaim(t, s, private.Lane(), t0)
	if slices.Contains(dueAt(t, s, t0.Add(time.Hour)), private.Lane()) {
		t.Fatal("a message that waits for another makes its lane spin")
	}
	equal(t, "card", claim(t, s, card.Lane(), t0).ID, "card")
	sent(t, s, card.Lane(), "card", "111.222")
	for _, o := range []bot.Outbound{private, reply} {
		if !slices.Contains(dueAt(t, s, t0), o.Lane()) {
			t.Fatalf("%s is not due though its card is posted", o.ID)
		}
		x := claim(t, s, o.Lane(), t0)
		if x.ID != o.ID || x.ThreadID != "111.222" || x.EditID != "" {
			t.Fatalf("%s came with thread %q and edit %q", x.ID, x.ThreadID, x.EditID)
		}
	}
	equal(t, "edit of nothing", claim(t, s, orphan.Lane(), t0).EditID, "")
	equal(t, "edit of itself", claim(t, s, circle.Lane(), t0).ID, "circle")
}

func leaseOver(t *testing.T, open opener) {
	s, _ := open(t)
	saying(t, s, words("1", "a", chat9))
	lane := bot.OutLane(chat9, "")
	claim(t, s, lane, t0)
	_, next, err := s.Due(bg, t0, 10)
	must(t, err)
	if !next.Equal(t0.Add(time.Minute)) {
		t.Fatalf("next is %v, not the end of the lease", next)
	}
	quiet, err := s.Quiet(bg, t0)
	must(t, err)
	equal(t, "quiet while sending", quiet, false)
	noClaim(t, s, lane, t0.Add(time.Minute-time.Millisecond))
	x := claim(t, s, lane, t0.Add(time.Minute))
	if !x.Doubtful || x.Attempts != 2 {
		t.Fatalf("doubtful %v, attempt %d", x.Doubtful, x.Attempts)
	}
	must(t, s.Later(bg, lane, "1", t0.Add(2*time.Minute)))
	equal(t, "still doubtful when given back", claim(t, s, lane, t0.Add(2*time.Minute)).Doubtful, true)
}

func doubtAfterRestart(t *testing.T, open opener) {
	s, again := open(t)
	saying(t, s, words("1", "a", chat9), words("2", "b", chat9))
	lane := bot.OutLane(chat9, "")
	claim(t, s, lane, t0)
	s = again()
	if !slices.Contains(dueAt(t, s, t0), lane) {
		t.Fatal("not due after a restart")
	}
	x := claim(t, s, lane, t0)
	if x.ID != "1" || !x.Doubtful {
		t.Fatalf("%s, doubtful %v", x.ID, x.Doubtful)
	}
	sent(t, s, lane, "1", "5")
	equal(t, "the next is not doubtful", claim(t, s, lane, t0).Doubtful, false)
}

func editsReplaced(t *testing.T, open opener) {
	s, _ := open(t)
	card := post("card")
	edit := func(id string) bot.Outbound {
		o := post(id)
		o.Edits = "card"
		return o
	}
	lane := saying(t, s, card, edit("e1"), edit("e2"))
	out := card.Lane()
	claim(t, s, out, t0)
	sent(t, s, out, "card", "1.1")
	x := claim(t, s, out, t0)
	if x.ID != "e2" || x.EditID != "1.1" {
		t.Fatalf("%s with id %q", x.ID, x.EditID)
	}
	must(t, s.Later(bg, out, "e2", t0)) // begun: it stays
	must(t, s.Receive(bg, message("m", "9", "x", t0)))
	take(t, s, lane, t0, bot.Turn{Say: []bot.Outbound{edit("e3")}})
	must(t, s.Receive(bg, message("m2", "9", "x", t0)))
	take(t, s, lane, t0, bot.Turn{Say: []bot.Outbound{edit("e4")}})
	for _, id := range []string{"e2", "e4"} {
		equal(t, "edit", claim(t, s, out, t0).ID, id)
		sent(t, s, out, id, "1.1")
	}
	noClaim(t, s, out, t0)

	// One that was the head goes; what came behind it must not be stranded.
	for i, say := range [][]bot.Outbound{{edit("e5"), {ID: "in thread", To: card.To, Thread: "card", Post: &bot.Post{}}}, {edit("e6")}} {
		must(t, s.Receive(bg, message("n"+key(i), "9", "x", t0)))
		take(t, s, lane, t0, bot.Turn{Say: say})
	}
	for _, id := range []string{"in thread", "e6"} {
		if !slices.Contains(dueAt(t, s, t0), out) {
			t.Fatalf("the lane is not due with %s in it", id)
		}
		equal(t, "next", claim(t, s, out, t0).ID, id)
		sent(t, s, out, id, "1.2")
	}
}

func fleeting(t *testing.T, open opener) {
	s, _ := open(t)
	toast := bot.Outbound{ID: "toast", To: chat9, Class: bot.Fleeting, Expires: t0.Add(time.Second), Toast: &bot.Toast{PressID: "p"}}
	lane := saying(t, s, toast, words("1", "a", chat9))
	x := claim(t, s, bot.OutLane(chat9, ""), t0.Add(time.Second))
	equal(t, "after the expired one", x.ID, "1")
	row, err := s.read.Out(bg, "toast")
	must(t, err)
	equal(t, "state and why", row.State+" "+row.Why, "failed expired")
	idle(t, s, lane, t0.Add(time.Hour)) // a toast's end is no input
}

func settlement(t *testing.T, open opener) {
	s, again := open(t)
	o := words("1", "a", chat9)
	o.Complaint, o.Counts, o.By, o.About, o.Class = "R", []bot.EventKind{bot.EvReplied}, "U1", "reply", bot.Human
	lane := saying(t, s, o, post("card"))
	out := bot.OutLane(chat9, "")
	claim(t, s, out, t0)
	end := bot.Settlement{Out: "1", State: bot.Possibly, At: t0}
	must(t, s.Settle(bg, out, end))
	must(t, s.Settle(bg, out, end))
	s = again()
	must(t, s.Settle(bg, out, end))
	sit := take(t, s, lane, t0, bot.Turn{})
	got := sit.Input.Settled
	if sit.Input.Kind != bot.InSettled || got == nil || got.Complaint != "R" || got.By != "U1" || got.About != "reply" ||
		got.Class != bot.Human || !slices.Equal(got.Counts, o.Counts) || got.State != bot.Possibly || !got.At.Equal(t0) {
		t.Fatalf("settlement: %+v", got)
	}
	if sit.Out == nil || sit.Out.Message.Text != "a" {
		t.Fatal("the turn does not know which message it was")
	}
	idle(t, s, lane, t0)
	// What was possibly sent is found to be sent; that is final.
	sent(t, s, out, "1", "42")
	must(t, s.Settle(bg, out, bot.Settlement{Out: "1", State: bot.Failed, At: t0}))
	sit = take(t, s, lane, t0, bot.Turn{})
	if sit.Input.Settled.State != bot.Sent || !slices.Equal(sit.Input.Settled.Platform, []string{"42"}) {
		t.Fatalf("settlement: %+v", sit.Input.Settled)
	}
	claim(t, s, post("card").Lane(), t0)
	sent(t, s, post("card").Lane(), "card", "1.1")
	idle(t, s, lane, t0) // the desk's posts merely settle
	if s.Settle(bg, out, bot.Settlement{Out: "nope", State: bot.Sent, At: t0}) == nil {
		t.Fatal("a message nobody said was settled")
	}
}

func lostFile(t *testing.T, open opener) {
	s, _ := open(t)
	lane := customer(t, s, "9")
	file := func(id string) bot.Outbound {
		o := post(id)
		o.Post, o.Upload, o.Complaint, o.About = nil, &bot.Upload{Evidence: "f-" + id, Blob: "b"}, "R", "evidence"
		return o
	}
	take(t, s, lane, t0, bot.Turn{Complaints: []bot.Complaint{newComplaint("R", lane)}, Say: []bot.Outbound{file("1"), file("2"), file("3")}})
	must(t, s.Receive(bg, act("by the desk", bot.Act{})))
	take(t, s, bot.DeskLane, t0, bot.Turn{Say: []bot.Outbound{file("4")}})
	for id, state := range map[string]bot.State{"1": bot.Failed, "2": bot.Possibly, "3": bot.Sent, "4": bot.Failed} {
		claim(t, s, file(id).Lane(), t0)
		must(t, s.Settle(bg, file(id).Lane(), bot.Settlement{Out: id, State: state, At: t0, Why: "big"}))
	}
	told := map[string]bot.State{}
	for range 3 {
		sit := take(t, s, lane, t0, bot.Turn{})
		st := sit.Input.Settled
		if st == nil || st.Complaint != "R" || st.About != "evidence" || sit.Out == nil || sit.Out.Upload == nil {
			t.Fatalf("the customer's lane is told %+v about %+v", st, sit.Out)
		}
		told[st.Evidence] = st.State
	}
	if len(told) != 3 || told["f-1"] != bot.Failed || told["f-2"] != bot.Possibly || told["f-4"] != bot.Failed {
		t.Fatalf("told of %v", told)
	}
	idle(t, s, lane, t0)
	idle(t, s, bot.DeskLane, t0)
}

func lostCopy(t *testing.T, open opener) {
	s, _ := open(t)
	lane := customer(t, s, "9")
	copied := func(id, room string) bot.Outbound {
		o := post(id)
		o.To.Chat, o.Complaint, o.About = room, "R", "copy"
		return o
	}
	edit := copied("3", "C0TECH")
	edit.Edits = "2"
	all := []bot.Outbound{copied("1", "C0CEO"), copied("2", "C0TECH"), edit}
	take(t, s, lane, t0, bot.Turn{Complaints: []bot.Complaint{newComplaint("R", lane)}, Say: all})
	for i, state := range []bot.State{bot.Failed, bot.Sent, bot.Failed} {
		claim(t, s, all[i].Lane(), t0)
		must(t, s.Settle(bg, all[i].Lane(), bot.Settlement{Out: all[i].ID, State: state, At: t0, Why: "no", Platform: []string{"1.1"}}))
	}
	sit := take(t, s, lane, t0, bot.Turn{})
	if st := sit.Input.Settled; st == nil || st.Out != "1" || st.About != "copy" || st.State != bot.Failed || st.Complaint != "R" {
		t.Fatalf("the customer's lane is told %+v", st)
	}
	idle(t, s, lane, t0)
}

func heldLease(t *testing.T, open opener) {
	s, _ := open(t)
	saying(t, s, words("1", "a", chat9))
	lane := bot.OutLane(chat9, "")
	must(t, s.Hold(bg, lane, "1", t0.Add(time.Hour))) // nobody has it yet
	claim(t, s, lane, t0)
	must(t, s.Hold(bg, lane, "1", t0.Add(time.Hour)))
	noClaim(t, s, lane, t0.Add(time.Hour-time.Millisecond))
	equal(t, "doubtful", claim(t, s, lane, t0.Add(time.Hour)).Doubtful, true)
	sent(t, s, lane, "1", "5")
	must(t, s.Hold(bg, lane, "1", t0.Add(2*time.Hour)))
	noClaim(t, s, lane, t0.Add(3*time.Hour)) // it has ended
}

func placeTaken(t *testing.T, open opener) {
	s, _ := open(t)
	card, edit, reply, later := post("card"), post("edit"), post("reply"), post("later")
	edit.Edits, reply.Thread, later.Edits = "card", "card", "card"
	lane := customer(t, s, "9")
	c := newComplaint("R", lane)
	c.Card = "card"
	take(t, s, lane, t0, bot.Turn{Complaints: []bot.Complaint{c}, Say: []bot.Outbound{card, edit, reply}})
	out := card.Lane()
	claim(t, s, out, t0)
	must(t, s.Settle(bg, out, bot.Settlement{Out: "card", State: bot.Failed, At: t0, Why: "refused"}))
	equal(t, "nothing to edit", claim(t, s, out, t0).EditID, "")
	sent(t, s, out, "edit", "7.7")
	equal(t, "the thread", claim(t, s, out, t0).ThreadID, "7.7")
	sent(t, s, out, "reply", "7.8")
	_, ts, err := s.As(eyes).CardOf(bg, "R")
	must(t, err)
	equal(t, "card", ts, "7.7")
	must(t, s.Receive(bg, message("m", "9", "x", t0)))
	take(t, s, lane, t0, bot.Turn{Say: []bot.Outbound{later}})
	equal(t, "edited", claim(t, s, out, t0).EditID, "7.7")
	sent(t, s, out, "later", "9.9") // an odd answer moves nothing
	_, ts, err = s.As(eyes).CardOf(bg, "R")
	must(t, err)
	equal(t, "card", ts, "7.7")
}

func hiddenLanes(t *testing.T, open opener) {
	s, _ := open(t)
	must(t, s.Close())
	secret := bot.OutLane(bot.Address{Channel: bot.Telegram, Chat: "4915112345678"}, "")
	_, _, err := s.Claim(bg, secret, t0, t0)
	_, _, perr := s.Peek(bg, secret, t0)
	_, terr := s.Turn(bg, secret, t0, fails)
	_, ferr := s.Falter(bg, secret, bot.Input{}, t0, "why")
	for _, err := range []error{err, perr, terr, ferr} {
		if err == nil || strings.Contains(err.Error(), "4915112345678") {
			t.Fatalf("the error says %v", err)
		}
	}
}

func fetching(t *testing.T, open opener) {
	s, again := open(t)
	lane := customer(t, s, "1")
	f := bot.Evidence{ID: "f", Customer: lane.Customer(), State: bot.FileWanted, At: t0, File: bot.File{Handle: "h"}}
	take(t, s, lane, t0, bot.Turn{Evidence: []bot.Evidence{f}})
	if got := dueAt(t, s, t0); !slices.Equal(got, []bot.Lane{bot.EvidenceLane("f")}) {
		t.Fatalf("due: %v", got)
	}
	must(t, s.FetchLater(bg, "f", t0.Add(time.Minute)))
	lanes, next, err := s.Due(bg, t0, 10)
	must(t, err)
	if len(lanes) != 0 || !next.Equal(t0.Add(time.Minute)) {
		t.Fatalf("due %v, next %v", lanes, next)
	}
	// Naming the complaint meanwhile does not hurry the fetch.
	f.Complaint = "R"
	must(t, s.Receive(bg, message("m", "1", "x", t0)))
	take(t, s, lane, t0, bot.Turn{Complaints: []bot.Complaint{newComplaint("R", lane)}, Evidence: []bot.Evidence{f}})
	equal(t, "due", len(dueAt(t, s, t0)), 0)
	e, tries, ok, err := s.Wanted(bg, "f")
	must(t, err)
	if !ok || tries != 1 || e != f {
		t.Fatalf("wanted: %+v %d %v", e, tries, ok)
	}
	end := bot.Fetched{Evidence: "f", State: bot.FileKept, SHA256: "abc", Size: 3, Blob: "b"}
	must(t, s.Fetched(bg, end, t0.Add(time.Minute)))
	must(t, s.Fetched(bg, end, t0.Add(time.Hour)))
	s = again()
	if _, _, ok, err = s.Wanted(bg, "f"); ok || err != nil {
		t.Fatalf("still wanted: %v", err)
	}
	f.State = bot.FileKept
	sit := take(t, s, lane, t0.Add(time.Minute), bot.Turn{Evidence: []bot.Evidence{f}})
	if sit.Input.Kind != bot.InFetched || *sit.Input.Fetched != end {
		t.Fatalf("fetched: %+v", sit.Input)
	}
	idle(t, s, lane, t0.Add(time.Hour))
	es, err := s.As(eyes).EvidenceOf(bg, "R")
	must(t, err)
	if len(es) != 1 || es[0] != f {
		t.Fatalf("evidence: %+v", es)
	}
}
