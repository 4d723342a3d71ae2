package storage

import (
	"maps"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
)

func surveys(t *testing.T, open opener) {
	s, again := open(t)
	lane := customer(t, s, "1")
	from, to := t0, t0.AddDate(0, 1, 0)
	at := func(days int) time.Time { return t0.AddDate(0, 0, days) }
	asked := func(days int) bot.Event {
		return bot.Event{Kind: bot.EvDelivered, At: at(days), Data: map[string]string{"about": "survey", "out": "o"}}
	}
	rate := func(days int, answer string) bot.Event {
		return bot.Event{Kind: bot.EvRated, At: at(days), Data: map[string]string{"answer": answer}}
	}
	about := func(kind bot.EventKind, about string) bot.Event {
		return bot.Event{Kind: kind, At: at(3), Data: map[string]string{"about": about}}
	}
	turn := bot.Turn{}
	cs := map[bot.Ref]*bot.Complaint{}
	add := func(ref bot.Ref, es ...bot.Event) {
		c := cs[ref]
		if c == nil {
			c = &bot.Complaint{Ref: ref, Customer: lane.Customer(), Stage: bot.Closed}
			cs[ref] = c
		}
		for _, e := range es {
			sealed, err := c.Apply(e)
			must(t, err)
			turn.Events = append(turn.Events, sealed)
		}
		turn.Complaints = append(turn.Complaints, *c)
	}
	add("ON THE FIRST INSTANT", asked(0), rate(1, "satisfied"))
	add("REMINDED", asked(1), asked(8), rate(9, "dissatisfied"))
	add("ANSWERED NEXT MONTH", asked(20), rate(40, "satisfied"))
	add("DECLINED", asked(2), rate(2, bot.RatherNot))
	add("DECLINED, THEN RATED", asked(2), rate(2, bot.RatherNot), rate(3, "neutral"))
	add("CHANGED LATER", asked(4), rate(5, "satisfied"), rate(50, "dissatisfied"), rate(51, bot.RatherNot))
	add("SILENT", asked(5), about(bot.EvDelivered, "receipt"))
	add("ASKED LAST MONTH", asked(-1), asked(7), rate(8, "satisfied"))
	add("TOLD OUT OF ORDER", asked(7), asked(-2), rate(8, "satisfied"))
	add("NEXT MONTH", bot.Event{Kind: bot.EvDelivered, At: to, Data: map[string]string{"about": "survey"}}, rate(40, "satisfied"))
	add("NOT DELIVERED", about(bot.EvFailed, "survey"), about(bot.EvPossibly, "survey"), rate(8, "satisfied"))
	add("SOMETHING ELSE", about(bot.EvDelivered, "reply"), rate(8, "satisfied"))
	take(t, s, lane, t0, turn)

	s = again()
	got, err := s.As(eyes).Surveys(bg, from, to)
	must(t, err)
	want := map[string]int{"satisfied": 3, "dissatisfied": 1, "neutral": 1}
	if got.Delivered != 7 || got.Answered != 5 || got.Declined != 1 || !maps.Equal(got.Answers, want) {
		t.Fatalf("surveys: %+v", got)
	}

	// What happens to the complaints later changes nothing.
	turn = bot.Turn{}
	later := cs["REMINDED"]
	later.Survey = &bot.Survey{Answer: "satisfied"}
	add("REMINDED", asked(70), rate(71, "satisfied"))
	must(t, s.Receive(bg, message("later", "1", "x", t0)))
	take(t, s, lane, t0, turn)
	same, err := s.As(eyes).Surveys(bg, from, to)
	must(t, err)
	if !maps.Equal(same.Answers, want) {
		t.Fatalf("surveys, later: %+v", same)
	}
	none, err := s.As(eyes).Surveys(bg, to.AddDate(1, 0, 0), to.AddDate(2, 0, 0))
	must(t, err)
	if none.Delivered != 0 || len(none.Answers) != 0 {
		t.Fatalf("surveys of a month without any: %+v", none)
	}
}
