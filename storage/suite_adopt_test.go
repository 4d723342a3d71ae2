package storage

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
)

// letter is a customer without a chat, who has a complaint "L" with a promise
// and two files, one still to be fetched; a message to the desk with a file;
// three timers; a link code, and a button's token.
func letter(t *testing.T, s *Store) (lane bot.Lane, code string) {
	t.Helper()
	lane = bot.TurnLane("letter")
	must(t, s.Receive(bg, act("log", bot.Act{Customer: "letter", New: true})))
	code = bot.NewCode(bot.NewChance([32]byte{7}))
	c := newComplaint("L", lane)
	c.Card, c.Files = "card", []string{"scan", "photo"}
	take(t, s, lane, t0, bot.Turn{
		Customer:   &bot.Customer{ID: "letter", Name: "N", Contact: "5 High Street"},
		Complaints: []bot.Complaint{c},
		Events:     []bot.Event{bot.Event{Complaint: "L", Kind: bot.EvReceived, At: t0, Noted: t0, Words: "w"}.Seal(1, "")},
		Evidence: []bot.Evidence{
			{ID: "scan", Customer: "letter", Complaint: "L", At: t0, State: bot.FileWanted, File: bot.File{Handle: "h"}},
			{ID: "photo", Customer: "letter", At: t0, State: bot.FileKept},
		},
		Say: []bot.Outbound{post("card"), fileFor("L")},
		Set: []bot.Timer{
			{Key: "L/remind", Kind: "remind", Due: t0.Add(time.Hour), Complaint: "L"},
			{Key: "both", Kind: "the letter's", Due: t0.Add(time.Hour)},
			{Key: "L/print", Kind: "print", Due: t0.Add(time.Hour), Complaint: "L"},
		},
		Tokens: []bot.Token{
			{Token: code, Customer: "letter", Action: bot.Action{Verb: "link", Ref: "L"}},
			{Token: "button", Customer: "letter", Action: bot.Action{Verb: "rate", Ref: "L"}},
		},
	})
	return lane, code
}

func fileFor(ref bot.Ref) bot.Outbound {
	o := post("upload")
	o.Post, o.Upload, o.Complaint = nil, &bot.Upload{Evidence: "photo", Blob: "b"}, ref
	return o
}

// adopts has a customer with a chat and a complaint of their own adopt the
// letter's, and gives their lane.
func adopts(t *testing.T, s *Store) bot.Lane {
	t.Helper()
	lane := customer(t, s, "9")
	take(t, s, lane, t0, bot.Turn{
		Complaints: []bot.Complaint{newComplaint("M", lane)},
		Set:        []bot.Timer{{Key: "both", Kind: "the adopter's", Due: t0.Add(2 * time.Hour)}},
	})
	must(t, s.Receive(bg, message("link", "9", "x", t0)))
	take(t, s, lane, t0, bot.Turn{Adopt: "letter", Stop: []string{"L/print"}})
	return lane
}

func adoption(t *testing.T, open opener) {
	s, again := open(t)
	from, code := letter(t, s)
	to := adopts(t, s)
	s = again()
	id := to.Customer()

	got, owner, _, err := s.Complaint(bg, "L")
	must(t, err)
	want := newComplaint("L", to)
	want.Card, want.Files = "card", []string{"scan", "photo"}
	if !reflect.DeepEqual(got, want) || owner.ID != id || owner.Name != "Name of 9" {
		t.Fatalf("complaint of %s: %+v", owner.ID, got)
	}
	es, err := s.EventsOf(bg, "L")
	must(t, err)
	must(t, bot.Verify(es))
	equal(t, "events", len(es), 1)

	must(t, s.Receive(bg, act("about the complaint", bot.Act{Complaint: "L"})))
	sit := take(t, s, to, t0, bot.Turn{})
	equal(t, "input", sit.Input.Key, "about the complaint")
	if len(sit.Complaints) != 2 || !reflect.DeepEqual(sit.Complaints[0], want) || sit.Complaints[1].Ref != "M" {
		t.Fatalf("complaints: %+v", sit.Complaints)
	}
	if len(sit.Evidence) != 2 || sit.Evidence[0].ID != "scan" || sit.Evidence[1].ID != "photo" ||
		sit.Evidence[0].Customer != id || sit.Evidence[1].Customer != id {
		t.Fatalf("evidence: %+v", sit.Evidence)
	}

	must(t, s.Receive(bg, act("about the customer", bot.Act{Customer: "letter"})))
	equal(t, "input of the desk", take(t, s, bot.DeskLane, t0, bot.Turn{}).Input.Key, "about the customer")

	must(t, s.Receive(bg, message("code", "9", code, t0)))
	if sit = take(t, s, to, t0, bot.Turn{}); sit.Pressed != nil {
		t.Fatalf("a link code is good twice: %+v", sit.Pressed)
	}
	m := message("press", "9", "", t0)
	m.Input.Kind, m.Input.Token = bot.InPress, "button"
	must(t, s.Receive(bg, m))
	if sit = take(t, s, to, t0, bot.Turn{}); sit.Pressed == nil || sit.Pressed.Customer != id || sit.Pressed.Action.Ref != "L" {
		t.Fatalf("pressed: %+v", sit.Pressed)
	}

	var timers []string
	for _, now := range []time.Time{t0.Add(time.Hour), t0.Add(2 * time.Hour)} {
		timers = append(timers, take(t, s, to, now, bot.Turn{}).Input.Timer.Kind)
		idle(t, s, to, now)
	}
	equal(t, "timers", strings.Join(timers, ", "), "remind, the adopter's")
	idle(t, s, from, t0.Add(1000*time.Hour))
}

func adoptionLater(t *testing.T, open opener) {
	s, _ := open(t)
	letter(t, s)
	upload := fileFor("L")
	claim(t, s, upload.Lane(), t0) // on its way when the two become one
	_, _, wanted, err := s.Wanted(bg, "scan")
	must(t, err)
	equal(t, "wanted", wanted, true)
	to := adopts(t, s)

	e, _, wanted, err := s.Wanted(bg, "scan")
	must(t, err)
	if !wanted || e.Customer != to.Customer() || e.File.Handle != "h" {
		t.Fatalf("wanted: %v, %+v", wanted, e)
	}
	must(t, s.Fetched(bg, bot.Fetched{Evidence: "scan", State: bot.FileKept}, t0))
	sit := take(t, s, to, t0, bot.Turn{})
	if sit.Input.Fetched == nil || sit.Input.Fetched.Evidence != "scan" {
		t.Fatalf("after the fetch: %+v", sit.Input)
	}
	must(t, s.Settle(bg, upload.Lane(), bot.Settlement{Out: "upload", State: bot.Possibly, At: t0}))
	must(t, s.Settle(bg, upload.Lane(), bot.Settlement{Out: "upload", State: bot.Failed, At: t0}))
	for _, state := range []bot.State{bot.Possibly, bot.Failed} {
		sit = take(t, s, to, t0, bot.Turn{})
		if sit.Input.Settled == nil || sit.Input.Settled.State != state || sit.Out == nil || sit.Out.Upload == nil {
			t.Fatalf("after the delivery: %+v", sit.Input)
		}
	}
	idle(t, s, to, t0)
}

func adoptedInputs(t *testing.T, open opener) {
	s, _ := open(t)
	from, _ := letter(t, s)
	for i := range 5 {
		must(t, s.Receive(bg, act(key(i), bot.Act{Complaint: "L"})))
	}
	now := t0
	for range 5 { // the first is set aside
		in, _, err := s.Peek(bg, from, now)
		must(t, err)
		_, err = s.Falter(bg, from, in, now, "why")
		must(t, err)
		now = now.Add(2 * time.Minute)
	}
	equal(t, "taken before", take(t, s, from, now, bot.Turn{}).Input.Key, key(1))
	failing, _, err := s.Peek(bg, from, now)
	must(t, err)

	to := customer(t, s, "9")
	take(t, s, to, now, bot.Turn{})
	for i := range 9 { // so that the adopter's numbers are the higher ones
		must(t, s.Receive(bg, message("before"+key(i), "9", "x", t0)))
		take(t, s, to, now, bot.Turn{})
	}
	must(t, s.Receive(bg, message("link", "9", "x", t0), message("behind", "9", "x", t0)))
	take(t, s, to, now, bot.Turn{Adopt: "letter"})
	must(t, s.Receive(bg, message("after", "9", "x", t0), act("about it", bot.Act{Complaint: "L"})))
	equal(t, "first", take(t, s, to, now, bot.Turn{}).Input.Key, "behind")

	// Its turn began before the adoption, and fails after it.
	_, err = s.Falter(bg, from, failing, now, "why")
	must(t, err)
	idle(t, s, to, now)
	lanes, next, err := s.Due(bg, now, 10)
	must(t, err)
	for _, l := range lanes {
		if l == from || l == to {
			t.Fatalf("%s is due while its first input waits", l)
		}
	}
	if !next.Equal(now.Add(time.Second)) {
		t.Fatalf("next is %v", next)
	}
	now = now.Add(time.Second)
	var got []string
	for range 5 {
		got = append(got, take(t, s, to, now, bot.Turn{}).Input.Key)
	}
	equal(t, "order", strings.Join(got, " "), "k0002 k0003 k0004 after about it")
	idle(t, s, to, now)
	n, err := s.Aside(bg)
	must(t, err)
	equal(t, "aside", n, 1)
	must(t, s.Receive(bg, act(key(3), bot.Act{Complaint: "L"})))
	idle(t, s, to, now) // a repetition of an adopted one is no news
}

func adoptedChat(t *testing.T, open opener) {
	s, _ := open(t)
	from := customer(t, s, "old phone")
	take(t, s, from, t0, bot.Turn{Complaints: []bot.Complaint{newComplaint("R", from)}})
	to := customer(t, s, "9")
	take(t, s, to, t0, bot.Turn{Adopt: from.Customer()})
	must(t, s.Receive(bg, message("m", "old phone", "x", t0)))
	sit := take(t, s, to, t0, bot.Turn{})
	if sit.Input.Key != "m" || sit.Customer.Chat != chat9 || len(sit.Complaints) != 1 {
		t.Fatalf("a message from the adopted chat: %+v, %+v", sit.Input, sit.Customer)
	}
	idle(t, s, from, t0)
}

func noAdoption(t *testing.T, open opener) {
	s, _ := open(t)
	from, code := letter(t, s)
	to := customer(t, s, "9")
	take(t, s, to, t0, bot.Turn{Complaints: []bot.Complaint{newComplaint("M", to)}})
	for i, other := range []bot.CustomerID{"nobody", "nul\x00", "desk", to.Customer(), ""} {
		must(t, s.Receive(bg, message(key(i), "9", "x", t0)))
		take(t, s, to, t0, bot.Turn{Adopt: other})
	}
	// The desk is nobody's lane, and an event out of its order fails a turn.
	must(t, s.Receive(bg, act("desk", bot.Act{}), message("fails", "9", "x", t0)))
	twice := bot.Event{Complaint: "L", Kind: bot.EvLinked, At: t0, Noted: t0}.Seal(1, "")
	for lane, made := range map[bot.Lane]bot.Turn{
		bot.DeskLane: {Adopt: "letter"},
		to:           {Adopt: "letter", Events: []bot.Event{twice}},
	} {
		if _, err := s.Turn(bg, lane, t0, func(bot.Situation) (bot.Turn, error) { return made, nil }); err == nil {
			t.Errorf("lane %s: the turn was saved", lane)
		}
	}
	sit := take(t, s, to, t0, bot.Turn{})
	if len(sit.Complaints) != 1 || sit.Customer.Name != "Name of 9" || len(sit.Evidence) != 0 {
		t.Fatalf("the one who adopted nobody has %+v", sit.Complaints)
	}
	must(t, s.Receive(bg, message("code", "9", code, t0)))
	if sit = take(t, s, to, t0, bot.Turn{}); sit.Pressed == nil || sit.Pressed.Customer != "letter" {
		t.Fatalf("pressed: %+v", sit.Pressed)
	}
	must(t, s.Receive(bg, act("of the letter", bot.Act{Customer: "letter"})))
	sit = take(t, s, from, t0, bot.Turn{})
	if len(sit.Complaints) != 1 || len(sit.Evidence) != 2 || sit.Customer.Contact != "5 High Street" || sit.N != 2 {
		t.Fatalf("turn %d of the letter: %+v", sit.N, sit)
	}
	equal(t, "timer", take(t, s, from, t0.Add(time.Hour), bot.Turn{}).Input.Kind, bot.InTimer)
}

func adoptedMeasures(t *testing.T, open opener) {
	s, _ := open(t)
	from, _ := letter(t, s)
	measure := func(n, flag int, ref bot.Ref) bot.Step {
		return bot.Step{N: n, Flag: flag, Complaint: ref, Do: bot.StepStop, Kind: "insult", By: "U1", At: t0, Until: t0.AddDate(0, 0, n), Reason: "r"}
	}
	timer := func(n int, ref bot.Ref) bot.Timer {
		k := "measure_lapse"
		return bot.Timer{Key: k + ":" + strconv.Itoa(n), Kind: k, Due: t0.AddDate(0, 0, n), Complaint: ref, Round: n}
	}
	button := func(n int) bot.Action { return bot.Action{Verb: "conduct_review", Ref: "L", Option: strconv.Itoa(n)} }
	theirs := bot.Customer{
		ID: "letter", Name: "N", Contact: "5 High Street",
		Flags:   []bot.Flag{{N: 1, Complaint: "L", By: "U1", At: t0, Words: "theirs 1"}, {N: 2, Complaint: "L", By: "U1", At: t0, Words: "theirs 2"}},
		Steps:   []bot.Step{measure(1, 1, "L"), measure(2, 2, "L")},
		Unshown: map[bot.Ref]bot.Held{"L": {Files: []string{"scan"}}},
		Informs: []bot.Ref{"X", "Y"},
	}
	must(t, s.Receive(bg, act("measures", bot.Act{Customer: "letter"})))
	take(t, s, from, t0, bot.Turn{
		Customer: &theirs, Set: []bot.Timer{timer(1, "L"), timer(2, "L")},
		Tokens: []bot.Token{{Token: "review 1", Customer: "letter", Action: button(1)}, {Token: "review 2", Customer: "letter", Action: button(2)}},
	})
	to := customer(t, s, "9")
	ours := bot.Customer{
		ID: to.Customer(), Chat: chat9, Name: "Name of 9",
		Flags: []bot.Flag{{N: 1, Complaint: "M", By: "U1", At: t0, Words: "ours"}}, Steps: []bot.Step{measure(1, 1, "M")},
		Unshown: map[bot.Ref]bot.Held{"M": {Files: []string{"m"}}}, Informs: []bot.Ref{"Y", "Z"},
	}
	take(t, s, to, t0, bot.Turn{Customer: &ours, Complaints: []bot.Complaint{newComplaint("M", to)}, Set: []bot.Timer{timer(1, "M")}})
	saved := ours
	saved.Greeted = true // what the turn itself saves stays
	must(t, s.Receive(bg, message("link", "9", "x", t0)))
	take(t, s, to, t0, bot.Turn{Customer: &saved, Adopt: "letter"})
	if len(ours.Unshown) != 1 || len(saved.Flags) != 1 {
		t.Fatal("the turn's own customer was changed")
	}

	must(t, s.Receive(bg, message("m", "9", "x", t0)))
	got := take(t, s, to, t0, bot.Turn{}).Customer
	want := saved
	want.Flags = []bot.Flag{ours.Flags[0], theirs.Flags[1], theirs.Flags[0]}
	want.Flags[2].N = 3
	want.Steps = []bot.Step{ours.Steps[0], theirs.Steps[1], theirs.Steps[0]}
	want.Steps[2].N, want.Steps[2].Flag = 3, 3
	want.Unshown = map[bot.Ref]bot.Held{"L": theirs.Unshown["L"], "M": ours.Unshown["M"]}
	want.Informs = []bot.Ref{"Y", "Z", "X"}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("customer:\n got %+v\nwant %+v", got, want)
	}
	list, err := s.As(bot.Sight{Staff: "U1", Rank: bot.RankAgent}).Measures(bg, t0)
	must(t, err)
	equal(t, "in force", len(list), 3)
	figures, err := s.As(bot.Sight{Staff: "U1", Rank: bot.RankAgent}).Conduct(bg, t0, t0.AddDate(0, 1, 0))
	must(t, err)
	flags, steps := 0, 0
	for _, f := range figures {
		flags, steps = flags+f.Flags, steps+f.Steps[bot.StepStop]+f.Steps[bot.StepBlock]
	}
	if flags != 3 || steps != 3 {
		t.Fatalf("%d flags and %d restrictions are counted", flags, steps)
	}
	// The timers and buttons go with their measures.
	for i, x := range []struct {
		token, option string
	}{{"review 1", "3"}, {"review 2", "2"}} {
		m := message(key(i), "9", "", t0)
		m.Input.Kind, m.Input.Token = bot.InPress, x.token
		must(t, s.Receive(bg, m))
		equal(t, x.token, take(t, s, to, t0, bot.Turn{}).Pressed.Action.Option, x.option)
	}
	var fired []string
	for _, day := range []int{1, 2} {
		now := t0.AddDate(0, 0, day)
		for {
			in, ok, err := s.Peek(bg, to, now)
			must(t, err)
			if !ok {
				break
			}
			take(t, s, to, now, bot.Turn{})
			if in.Timer.Round > 0 {
				fired = append(fired, in.Timer.Key+" "+strconv.Itoa(in.Timer.Round)+" "+string(in.Timer.Complaint))
			}
		}
	}
	slices.Sort(fired)
	equal(t, "timers", strings.Join(fired, ", "), "measure_lapse:1 1 M, measure_lapse:2 2 L, measure_lapse:3 3 L")
}

func adoptedInforms(t *testing.T, open opener) {
	s, _ := open(t)
	letter(t, s)
	other := customer(t, s, "8")
	c := newComplaint("X", other)
	c.Mandate = &bot.Mandate{State: bot.MandateConfirmed, Informed: &bot.Informed{Customer: "letter", Language: "en", Since: t0}}
	take(t, s, other, t0, bot.Turn{Complaints: []bot.Complaint{c}})
	must(t, s.Receive(bg, act("informs", bot.Act{Customer: "letter"})))
	take(t, s, "c:letter", t0, bot.Turn{Customer: &bot.Customer{ID: "letter", Informs: []bot.Ref{"X", "NONE"}}})
	to := adopts(t, s)
	got, _, _, err := s.Complaint(bg, "X")
	must(t, err)
	c.Mandate.Informed.Customer = to.Customer()
	if !reflect.DeepEqual(got, c) {
		t.Fatalf("the complaint informs %+v", got.Mandate.Informed)
	}
}
