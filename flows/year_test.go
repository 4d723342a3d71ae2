package flows_test

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/policy"
)

// A year of complaints, on a clock that jumps from one instant at which
// something is to be done to the next. What it shows is read from the record
// alone: each complaint's events are recounted (yearCount) by the rules of its
// pack, and the customers' phones say what arrived and when.
//
// HEED_YEAR is how many complaints each pack gets, HEED_YEAR_SEED the chance
// they are made of; the same seed gives the same year.
const (
	yearUsual = 40
	yearSeed  = 20261
	// yearWhole is from how many complaints on everything is to happen.
	yearWhole = 250
)

// yearOwn is a pack that counts as none of the built-in ones does.
const yearOwn = `
pack: river-trains
version: "1"
title: {en: Complaint policy}
languages: [en, pl]
timezone: Europe/Warsaw
calendar: pl
week: mon-fri
hours: "mon-fri 09:00-17:00"
contact_hours: "09:00-18:00"
channels: {accept: [chat, letter, email]}
topics:
  ride: {}
  data: {}
ask:
  - {id: topic, type: choice, required: true}
  - {id: summary, type: text, required: true}
promises:
  - {id: receipt, from: received,     within: 1h,   until: replied, by: bot}
  - {id: word,    from: received,     within: 12bh, until: replied}
  - {id: confirm, from: received,     within: 8bh,  until: acknowledged}
  - {id: report,  from: acknowledged, within: 5wd,  until: first_update, pause: true}
  - {id: answer,  from: first_update, within: 21d,  until: response, roll: next, pause: true}
  - {id: data,    from: received,     within: 30d,  until: response, roll: next, when: {topic: data}, source: law}
  - {id: hours,   from: received,     within: 60bh, until: first_update, pause: true, when: {topic: ride}}
  - {id: again,   from: disputed,     within: 10wd, until: second_response, pause: true}
late: literal
waiting: {remind: 2wd}
after_response: {dispute: [appeal], rounds: 3}
survey: {after: closed, delay: 24h, scale: [good, fair, poor]}
texts:
  en: {topic.ride: A journey, topic.data: My personal data, survey.good: Good, survey.fair: Fair, survey.poor: Poor}
`

func TestYear(t *testing.T) {
	n, seed := yearNumber(t, "HEED_YEAR", yearUsual), yearNumber(t, "HEED_YEAR_SEED", yearSeed)
	for _, name := range append(policy.Names(), "own") {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if name == "own" {
				n := max(n*3/20, 1) // 300 where the others have 2,000
				pol, err := policy.Parse("own.yaml", yearOwn, "")
				if err != nil {
					t.Fatal(err)
				}
				yearOf(t, pol, n, seed)
				return
			}
			pol, err := policy.Builtin(name)
			if err != nil {
				t.Fatal(err)
			}
			yearOf(t, pol, n, seed)
		})
	}
}

func yearNumber(t *testing.T, name string, usual int) int {
	t.Helper()
	s := os.Getenv(name)
	if s == "" {
		return usual
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		t.Fatalf("%s=%s: write a number", name, s)
	}
	return n
}

// yearOf lives through the year and looks at what is left of it.
func yearOf(t *testing.T, pol *policy.Policy, n, seed int) {
	t.Helper()
	w := newYear(t, pol, n, seed)
	t.Logf("seed %d: %d complaints to %s, from %s to %s", seed, n, pol.Name, w.begin.Format(time.DateOnly), w.end.Format(time.DateOnly))
	for _, o := range w.outages {
		t.Logf("%s is out of service from %s for %s", o.channel, o.from.In(pol.Zone).Format("Mon 2 Jan 15:04:05"), o.to.Sub(o.from))
	}
	began := time.Now()
	w.live()
	took := time.Since(began)
	sum := yearSum{}
	for _, ref := range slices.Sorted(mapsKeys(w.cases)) {
		w.check(ref, sum)
	}
	w.checkWhole()
	if got := len(w.cases); got < n*19/20 {
		t.Errorf("%d complaints were made, %d were meant", got, n)
	}
	if len(pol.Promises) > 0 && n >= yearWhole {
		// A year in which something never happened shows nothing of it.
		for _, k := range []string{"promises kept", "promises late", "promises missed", "promises void", "promises open",
			"promises not kept in time by chat", "promises not kept in time on paper", "… told by then, by chat", "… told by then, on paper",
			"… with the customer within 5 minutes of the platform's return"} {
			if sum[k] == 0 {
				t.Errorf("%s: not once", k)
			}
		}
	}
	for _, k := range slices.Sorted(mapsKeys(sum)) {
		t.Logf("%6d %s", sum[k], k)
	}
	t.Logf("%d complaints, %d turns, %d messages to customers, %d posts; history %s; lived in %s", len(w.cases), w.turns, w.arrivedAll, w.posts.Load(), w.digest(), took.Round(time.Millisecond))
}

// yearSum counts what was seen, by what it was.
type yearSum map[string]int

func mapsKeys[K cmp.Ordered, V any](m map[K]V) func(func(K) bool) {
	return func(yield func(K) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// wrong reports what is not as the record says, with all that happened.
func (w *yearWorld) wrong(ref bot.Ref, evs []bot.Event, format string, args ...any) {
	w.t.Helper()
	w.faults++
	if w.faults > 8 {
		if w.faults == 9 {
			w.t.Error("… and more")
		}
		w.t.Fail()
		return
	}
	account := ""
	for _, e := range evs {
		account += fmt.Sprintf("\n%3d %s", e.N, e.At.In(w.pol.Zone).Format("Mon 2 Jan 15:04:05"))
		if !e.Noted.Truncate(time.Second).Equal(e.At.Truncate(time.Second)) {
			account += " (noted " + e.Noted.In(w.pol.Zone).Format("2 Jan 15:04:05") + ")"
		}
		account += " " + string(e.Kind)
		for _, k := range slices.Sorted(mapsKeys(e.Data)) {
			if v := e.Data[k]; v != "" && k != "out" && k != "policy" {
				account += " " + k + "=" + v
			}
		}
	}
	w.t.Errorf("%s %s: %s%s", w.pol.Name, ref, fmt.Sprintf(format, args...), account)
}
