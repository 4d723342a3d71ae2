package storage

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/delivery"
)

// about gives posts about the complaint "R" in the channel "C1".
func aboutR(id string) bot.Outbound {
	o := post(id)
	o.Complaint = "R"
	return o
}

func threaded(id string) bot.Outbound {
	o := aboutR(id)
	o.Thread = "card"
	return o
}

func uploadR(id string) bot.Outbound {
	o := threaded(id)
	o.Post, o.Upload = nil, &bot.Upload{Evidence: "f", Blob: "b"}
	return o
}

func editing(id, of string) bot.Outbound {
	o := aboutR(id)
	o.Edits = of
	return o
}

var deleteLane = bot.OutLane(bot.Address{Channel: bot.Slack, Chat: "C1"}, "delete")

// says has a turn of the customer save the complaint and say things.
func says(t *testing.T, s *Store, lane bot.Lane, name string, turn bot.Turn) {
	t.Helper()
	must(t, s.Receive(bg, message(name, "9", "x", t0)))
	take(t, s, lane, t0, turn)
}

func posted(t *testing.T, s *Store, o bot.Outbound, platform string) {
	t.Helper()
	equal(t, "next to post", claim(t, s, o.Lane(), t0).ID, o.ID)
	sent(t, s, o.Lane(), o.ID, platform)
}

func stateOf(t *testing.T, s *Store, id string) string {
	t.Helper()
	row, err := s.read.Out(bg, id)
	must(t, err)
	return strings.TrimSpace(row.State + " " + row.Why)
}

// removed is the id that a message has since it was last removed.
func removed(t *testing.T, s *Store, was string) string {
	t.Helper()
	var id string
	must(t, s.readers.QueryRow("SELECT id FROM outbox WHERE was = ? ORDER BY rowid DESC", was).Scan(&id))
	return id
}

// deletions carries out what is to be deleted in "C1" and lists the platform's
// ids.
func deletions(t *testing.T, s *Store) string {
	t.Helper()
	return deletionsIn(t, s, "C1")
}

func deletionsIn(t *testing.T, s *Store, chat string) string {
	t.Helper()
	at := bot.Address{Channel: bot.Slack, Chat: chat}
	lane := bot.OutLane(at, "delete")
	var ids []string
	for {
		x, ok, err := s.Claim(bg, lane, t0, t0.Add(time.Minute))
		must(t, err)
		if !ok {
			return strings.Join(ids, " ")
		}
		if !x.Delete || x.Class != bot.Notice || x.About != "removal" || x.Complaint != "R" || x.To != at {
			t.Fatalf("to delete: %+v", x)
		}
		ids = append(ids, x.EditID)
		must(t, s.Settle(bg, lane, bot.Settlement{Out: x.ID, State: bot.Sent, At: t0}))
	}
}

func removals(t *testing.T, open opener) {
	s, again := open(t)
	lane := customer(t, s, "9")
	c := newComplaint("R", lane)
	c.Card = "card"
	other, room := threaded("other complaint's"), aboutR("elsewhere")
	other.Complaint, other.Thread, room.To.Chat = "S", "", "C2"
	there := room
	there.ID = "there"
	private := threaded("private")
	private.Post, private.Thread, private.Private, private.Class = nil, "", &bot.Private{User: "U1"}, bot.Fleeting
	failed := aboutR("failed card")
	take(t, s, lane, t0, bot.Turn{Complaints: []bot.Complaint{c}, Say: []bot.Outbound{
		aboutR("card"), threaded("reply"), uploadR("file"), editing("edit", "card"),
		other, room, there, private, failed, editing("in its place", "failed card"), aboutR("refused"),
		threaded("queued"), uploadR("queued file"), editing("queued edit", "reply"),
	}})
	posted(t, s, aboutR("card"), "1.1")
	posted(t, s, threaded("reply"), "1.2")
	posted(t, s, uploadR("file"), "F1")
	posted(t, s, editing("edit", "card"), "1.1")
	for _, o := range []bot.Outbound{failed, aboutR("refused")} {
		claim(t, s, o.Lane(), t0)
		must(t, s.Settle(bg, o.Lane(), bot.Settlement{Out: o.ID, State: bot.Failed, At: t0, Why: "no"}))
	}
	posted(t, s, editing("in its place", "failed card"), "1.4")
	posted(t, s, there, "3.1")

	turn := bot.Turn{
		Remove: []bot.Removal{{Complaint: "R"}},
		Say:    []bot.Outbound{editing("edit of the card", "card"), editing("edit of a queued one", "queued"), threaded("in the old thread"), aboutR("fresh")},
	}
	says(t, s, lane, "wall", turn)
	s = again()
	for _, id := range []string{"queued", "queued file", "elsewhere"} {
		equal(t, id, stateOf(t, s, removed(t, s, id)), "failed taken_back")
	}
	for id, state := range map[string]string{"private": "queued", "other complaint's": "queued", "fresh": "queued"} {
		equal(t, id, stateOf(t, s, id), state)
	}
	for _, id := range []string{"edit of the card", "edit of a queued one", "queued edit"} {
		if _, err := s.read.Out(bg, id); err == nil {
			t.Errorf("the %s survived", id)
		}
	}
	says(t, s, lane, "twice", bot.Turn{Remove: turn.Remove[:1:1]})
	// The fresh one of the first time is taken back the second time: it is of
	// the complaint, and was not sent.
	equal(t, "fresh", stateOf(t, s, removed(t, s, "fresh")), "failed taken_back")
	equal(t, "deleted", deletions(t, s), "1.1 1.2 F1 1.4")
	equal(t, "deleted elsewhere", deletionsIn(t, s, "C2"), "3.1")
	says(t, s, lane, "once more", bot.Turn{Remove: turn.Remove})
	equal(t, "deleted again", deletions(t, s), "")
	says(t, s, lane, "later", bot.Turn{Say: []bot.Outbound{editing("a later edit", "card"), aboutR("new card")}})
	if _, err := s.read.Out(bg, "a later edit"); err == nil {
		t.Error("what was deleted is edited")
	}
	posted(t, s, aboutR("new card"), "2.1")
	noClaim(t, s, threaded("in the old thread").Lane(), t0)
	equal(t, "in the old thread", stateOf(t, s, removed(t, s, "in the old thread")), "failed taken_back")
	idle(t, s, lane, t0.Add(time.Hour)) // none of it is for a turn to know
	if due := dueAt(t, s, t0.Add(time.Hour)); slices.Contains(due, aboutR("card").Lane()) {
		t.Fatal("the old thread is due still")
	}
}

func removedInFlight(t *testing.T, open opener) {
	s, again := open(t)
	lane := customer(t, s, "9")
	in := map[string]bot.Outbound{}
	var all []bot.Outbound
	for _, id := range []string{"arrives", "comes back", "doubtful", "possibly", "refused"} {
		in[id] = aboutR(id)
		all = append(all, in[id])
	}
	behind := aboutR("behind")
	behind.Thread = "comes back"
	take(t, s, lane, t0, bot.Turn{Complaints: []bot.Complaint{newComplaint("R", lane)}, Say: append(all, aboutR("there"), behind)})
	for _, id := range []string{"arrives", "comes back", "doubtful", "possibly", "refused"} {
		claim(t, s, in[id].Lane(), t0)
	}
	posted(t, s, aboutR("there"), "0.1")
	gone := []bot.Removal{{Complaint: "R"}}
	says(t, s, lane, "wall", bot.Turn{Remove: gone})
	says(t, s, lane, "again", bot.Turn{Remove: gone})
	equal(t, "deleted at once", deletions(t, s), "0.1")
	noClaim(t, s, deleteLane, t0)

	posted2 := func(id, platform string, state bot.State) {
		t.Helper()
		end := bot.Settlement{Out: id, State: state, At: t0}
		if platform != "" {
			end.Platform = []string{platform}
		}
		must(t, s.Settle(bg, in[id].Lane(), end))
	}
	posted2("arrives", "1.1", bot.Sent)
	posted2("possibly", "", bot.Possibly)
	posted2("refused", "", bot.Failed)
	must(t, s.Later(bg, in["comes back"].Lane(), "comes back", t0)) // it surely was not sent
	noClaim(t, s, in["comes back"].Lane(), t0)
	equal(t, "what was not sent", stateOf(t, s, removed(t, s, "comes back")), "failed taken_back")
	equal(t, "what was to stand below it", stateOf(t, s, removed(t, s, "behind")), "failed taken_back")
	s = again()
	x := claim(t, s, in["doubtful"].Lane(), t0)
	if !x.TakenBack || !x.Doubtful {
		t.Fatalf("what may have been sent comes back as %+v", x)
	}
	posted2("doubtful", "1.3", bot.Sent)
	// Deleted are the two that arrived; the two that did not need nothing.
	got := strings.Fields(deletions(t, s))
	slices.Sort(got)
	equal(t, "deleted", strings.Join(got, " "), "1.1 1.3")
	// What may be there under an id that nobody knows is for staff to look for.
	st := take(t, s, lane, t0, bot.Turn{}).Input.Settled
	if st == nil || st.About != "removal" || st.State != bot.Failed || st.Why != delivery.WhyUnknown || st.Complaint != "R" {
		t.Fatalf("of what is possibly there the turn is told %+v", st)
	}
	idle(t, s, lane, t0.Add(time.Hour))
}

func failedRemoval(t *testing.T, open opener) {
	s, _ := open(t)
	lane := customer(t, s, "9")
	take(t, s, lane, t0, bot.Turn{Complaints: []bot.Complaint{newComplaint("R", lane)}, Say: []bot.Outbound{aboutR("card")}})
	posted(t, s, aboutR("card"), "1.1")
	gone := []bot.Removal{{Complaint: "R"}}
	// The desk's lane removes it; the complaint's own lane is told.
	must(t, s.Receive(bg, act("desk", bot.Act{})))
	take(t, s, bot.DeskLane, t0, bot.Turn{Remove: gone})
	x := claim(t, s, deleteLane, t0)
	must(t, s.Settle(bg, deleteLane, bot.Settlement{Out: x.ID, State: bot.Failed, At: t0, Why: "refused"}))
	sit := take(t, s, lane, t0, bot.Turn{})
	if st := sit.Input.Settled; st == nil || st.About != "removal" || st.Complaint != "R" || st.State != bot.Failed || sit.Out == nil || !sit.Out.Delete {
		t.Fatalf("the turn is told %+v about %+v", sit.Input.Settled, sit.Out)
	}
	idle(t, s, bot.DeskLane, t0)
	says(t, s, lane, "again", bot.Turn{Remove: gone})
	equal(t, "tried again", deletions(t, s), "1.1")
	idle(t, s, lane, t0)
}

func watchedInputs(t *testing.T, open opener) {
	s, _ := open(t)
	lane := customer(t, s, "9")
	take(t, s, lane, t0, bot.Turn{Complaints: []bot.Complaint{newComplaint("R", lane)}})
	kept := func(o bot.Outbound) bot.Outbound {
		o.Walled, o.Hidden, o.About = true, []bot.StaffID{"U1"}, "about "+o.ID
		return o
	}
	all := []bot.Outbound{kept(aboutR("card")), kept(threaded("reply")), kept(editing("edit", "card")), kept(uploadR("file"))}
	// Said by the desk's lane: whose complaint it is must know.
	must(t, s.Receive(bg, act("desk", bot.Act{})))
	take(t, s, bot.DeskLane, t0, bot.Turn{Say: all})
	for _, o := range all {
		equal(t, "next", claim(t, s, o.Lane(), t0).ID, o.ID)
		must(t, s.Settle(bg, o.Lane(), bot.Settlement{Out: o.ID, State: bot.Failed, At: t0, Why: delivery.WhyWatched}))
		st := take(t, s, lane, t0, bot.Turn{}).Input.Settled
		if st == nil || st.Out != o.ID || st.Complaint != "R" || st.About != o.About || st.Why != delivery.WhyWatched || st.State != bot.Failed {
			t.Fatalf("of %s the turn is told %+v", o.ID, st)
		}
	}
	idle(t, s, bot.DeskLane, t0)
	idle(t, s, lane, t0)
}
