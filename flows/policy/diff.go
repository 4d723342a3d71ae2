package policy

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/heedbot/heed/bot"
)

// Diff says what a new pack or calendar changes for the next complaint, a line a change: by key, then the dates that a
// complaint received at an instant would have under both, then the days that are worked under one only. It says so if
// nothing changes. Complaints already received keep the old policy, and the last line says that.
func Diff(old, new *Policy, at time.Time) string {
	lines := compare(old.facts(), new.facts())
	lines = append(lines, dates(old, new, at)...)
	lines = append(lines, days(old, new, at)...)
	if len(lines) == 0 {
		lines = []string{"Nothing changes."}
	}
	return strings.Join(lines, "\n") + fmt.Sprintf("\nComplaints already received keep version %s.\n", old.Version)
}

// compare lists the facts that differ: what is new (+), what is gone (-), and what is otherwise (~).
func compare(old, new facts) []string {
	var lines []string
	for _, f := range new {
		was, ok := old.find(f.key)
		switch {
		case !ok:
			lines = append(lines, "+ "+f.String())
		case was.value != f.value && f.words:
			lines = append(lines, "~ "+f.key+": other words")
		case was.value != f.value:
			lines = append(lines, fmt.Sprintf("~ %s: %s -> %s", f.key, orNone(was.value), orNone(f.value)))
		}
	}
	for _, f := range old {
		if _, ok := new.find(f.key); !ok {
			lines = append(lines, "- "+f.String())
		}
	}
	return lines
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// dates lists the due instants that differ for a complaint received, or a disagreement told, at an instant.
func dates(old, new *Policy, at time.Time) []string {
	var topics []string
	for _, id := range append(old.topicIDs(), new.topicIDs()...) {
		topics = add(topics, id)
	}
	var about, all []string
	sharing := map[string][]string{} // topics, by what is said of them
	say := func(what string, was, will []bot.Promise) {
		for _, pr := range will {
			i := slices.IndexFunc(was, func(o bot.Promise) bool { return o.ID == pr.ID })
			if i >= 0 && was[i].Due.Equal(pr.Due) {
				continue
			}
			before := "not promised"
			if i >= 0 {
				before = when(was[i].Due.In(old.Zone))
			}
			about = append(about, fmt.Sprintf("%s: %s -> %s", what+pr.ID, before, when(pr.Due.In(new.Zone))))
		}
		for _, pr := range was {
			if !slices.ContainsFunc(will, func(n bot.Promise) bool { return n.ID == pr.ID }) {
				about = append(about, fmt.Sprintf("%s: %s -> not promised", what+pr.ID, when(pr.Due.In(old.Zone))))
			}
		}
	}
	for _, topic := range topics {
		about = nil
		_, inOld := old.Topic(topic)
		_, inNew := new.Topic(topic)
		if !inOld || !inNew {
			continue // the topic itself is new or gone
		}
		say("", old.Start(topic, at), new.Start(topic, at))
		say("after a disagreement, ", old.Dispute(topic, at), new.Dispute(topic, at))
		if len(about) > 0 {
			same := "    " + strings.Join(about, "\n    ")
			all = add(all, same)
			sharing[same] = append(sharing[same], topic)
		}
	}
	var lines []string
	for _, same := range all {
		lines = append(lines, fmt.Sprintf("A complaint about %s received %s would have other dates:", strings.Join(sharing[same], ", "), when(at.In(new.Zone))), same)
	}
	return lines
}

// days lists the dates from an instant on that are worked under one of the policies only, as far as both know the holidays.
func days(old, new *Policy, at time.Time) []string {
	first, last := at.In(new.Zone), new.Horizon()
	if end := old.Horizon(); end.Before(last) {
		last = end
	}
	type stretch struct {
		from, to time.Time
		works    bool
	}
	var all []stretch
	for d := noon(first, old.Zone); !d.After(last); d = d.AddDate(0, 0, 1) {
		was := old.Calendar.WorkingDay(d)
		works := new.Calendar.WorkingDay(noon(d, new.Zone))
		// A changed week is a change by its key; a day off that only the week made is not listed again.
		if was == works || old.Calendar.Week[d.Weekday()] != new.Calendar.Week[d.Weekday()] {
			continue
		}
		if n := len(all); n > 0 && all[n-1].works == works && all[n-1].to.AddDate(0, 0, 1).Equal(d) {
			all[n-1].to = d
			continue
		}
		all = append(all, stretch{d, d, works})
	}
	var lines []string
	for _, s := range all {
		span := s.from.Format("Mon 2006-01-02")
		if !s.to.Equal(s.from) {
			span += " to " + s.to.Format("Mon 2006-01-02")
		}
		lines = append(lines, span+": "+map[bool]string{true: "will be worked", false: "will not be worked"}[s.works])
	}
	if a, b := old.Horizon(), new.Horizon(); a.Year() != b.Year() {
		lines = append(lines, fmt.Sprintf("Holidays are known until: %d -> %d", a.Year(), b.Year()))
	}
	return lines
}

func noon(t time.Time, zone *time.Location) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, zone)
}
