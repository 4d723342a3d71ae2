package conduct_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/conduct"
	"github.com/heedbot/heed/flows/policy"
)

var (
	now   = time.Date(2026, 3, 16, 12, 0, 0, 0, time.UTC)
	rules = &policy.Conduct{
		Kinds: []string{"threatening", "dissatisfaction"}, NotAbuse: []string{"dissatisfaction"}, FlaggedBy: "staff",
		Steps: []policy.ConductStep{
			{Do: bot.StepWarn, By: "staff"},
			{Do: bot.StepStop, By: "manager", Needs: bot.StepWarn},
			{Do: bot.StepBlock, By: "manager", Needs: bot.StepWarn},
			{Do: bot.StepReport, By: "manager"},
		},
	}
	steps = []string{bot.StepWarn, bot.StepStop, bot.StepBlock, bot.StepReport}
)

const (
	ann = "ann" // an agent, who flagged the message
	ben = "ben" // another agent
	mia = "mia" // a manager, who flagged the message
	eva = "eva" // another manager
)

func day(n int) time.Time { return now.AddDate(0, 0, n-16) }

// flag is one of a message that the customer wrote on a day of March.
func flag(n, said int, by bot.StaffID) bot.Flag {
	return bot.Flag{N: n, Complaint: "A", Kind: "threatening", Said: day(said), By: by, At: day(said)}
}

func warned(n, flag, told int) bot.Step {
	m := bot.Step{N: n, Complaint: "A", Do: bot.StepWarn, Flag: flag, By: ben, At: day(told)}
	if told > 0 {
		m.Told = day(told)
	}
	return m
}

func restricted(n int, do string, flag, from, until int) bot.Step {
	return bot.Step{N: n, Complaint: "A", Do: do, Flag: flag, By: eva, At: day(from), Told: day(from), Until: day(until)}
}

func dropped(f bot.Flag) bot.Flag { f.Dropped = eva; return f }

func overturned(m bot.Step) bot.Step {
	m.Asked, m.Reviewed, m.Ended, m.EndedBy, m.Overturned = now, now, now, eva, true
	return m
}

// TestEveryStateEveryActorEveryStep holds the ladder against a table written by
// hand. In each row a message is flagged last by ann or by mia, and everyone
// tries every step on that message: first the answers for warn, stop, block and
// report of the person who flagged it, then of the other of their rank, where
// that differs.
func TestEveryStateEveryActorEveryStep(t *testing.T) {
	const low = "ok not_manager not_manager not_manager"
	for _, row := range []struct {
		state string
		on    int // the flag tried
		flags func(by bot.StaffID) []bot.Flag
		steps []bot.Step
		// answers, for warn, stop_replying, block, report_authority
		agents, flagger, manager string
	}{
		{"nothing is flagged", 1, func(bot.StaffID) []bot.Flag { return nil }, nil,
			"no_flag not_manager not_manager not_manager", "no_flag no_flag no_flag no_flag", "no_flag no_flag no_flag no_flag"},
		{"flagged", 1, func(by bot.StaffID) []bot.Flag { return []bot.Flag{flag(1, 1, by)} }, nil,
			low, "ok unwarned unwarned same_person", "ok unwarned unwarned ok"},
		{"found to be no abuse", 1, func(by bot.StaffID) []bot.Flag { return []bot.Flag{dropped(flag(1, 1, by))} }, nil,
			"dropped not_manager not_manager not_manager", "dropped dropped dropped dropped", "dropped dropped dropped dropped"},
		{"the request is on its way", 1, func(by bot.StaffID) []bot.Flag { return []bot.Flag{flag(1, 1, by)} }, []bot.Step{warned(1, 1, 0)},
			"warned not_manager not_manager not_manager", "warned untold untold same_person", "warned untold untold ok"},
		{"the request is on its way, and they wrote again", 2, func(by bot.StaffID) []bot.Flag { return []bot.Flag{flag(1, 1, ann), flag(2, 3, by)} }, []bot.Step{warned(1, 1, 0)},
			"untold not_manager not_manager not_manager", "untold untold untold same_person", "untold untold untold ok"},
		{"the request has arrived", 1, func(by bot.StaffID) []bot.Flag { return []bot.Flag{flag(1, 1, by)} }, []bot.Step{warned(1, 1, 2)},
			"warned not_manager not_manager not_manager", "warned before before same_person", "warned before before ok"},
		{"an older message was flagged afterwards", 2, func(by bot.StaffID) []bot.Flag { return []bot.Flag{flag(1, 1, ann), flag(2, 1, by)} }, []bot.Step{warned(1, 1, 2)},
			"warned not_manager not_manager not_manager", "warned before before same_person", "warned before before ok"},
		{"written in the very second it arrived", 2, func(by bot.StaffID) []bot.Flag { return []bot.Flag{flag(1, 1, ann), flag(2, 2, by)} }, []bot.Step{warned(1, 1, 2)},
			"warned not_manager not_manager not_manager", "warned before before same_person", "warned before before ok"},
		{"it goes on", 2, func(by bot.StaffID) []bot.Flag { return []bot.Flag{flag(1, 1, ann), flag(2, 3, by)} }, []bot.Step{warned(1, 1, 2)},
			low, "ok same_person same_person same_person", "ok ok ok ok"},
		{"it goes on, but the request was taken back", 2, func(by bot.StaffID) []bot.Flag { return []bot.Flag{flag(1, 1, ann), flag(2, 3, by)} }, []bot.Step{overturned(warned(1, 1, 2))},
			low, "ok unwarned unwarned same_person", "ok unwarned unwarned ok"},
		{"it goes on, but what the request rested on was no abuse", 2, func(by bot.StaffID) []bot.Flag { return []bot.Flag{dropped(flag(1, 1, ann)), flag(2, 3, by)} }, []bot.Step{warned(1, 1, 2)},
			low, "ok unwarned unwarned same_person", "ok unwarned unwarned ok"},
		{"no replies are in force", 2, func(by bot.StaffID) []bot.Flag { return []bot.Flag{flag(1, 1, ann), flag(2, 3, by)} }, []bot.Step{warned(1, 1, 2), restricted(2, bot.StepStop, 2, 4, 30)},
			low, "ok in_force rested same_person", "ok in_force rested ok"},
		{"no replies are in force, and it goes on", 3, func(by bot.StaffID) []bot.Flag {
			return []bot.Flag{flag(1, 1, ann), flag(2, 3, ann), flag(3, 5, by)}
		}, []bot.Step{warned(1, 1, 2), restricted(2, bot.StepStop, 2, 4, 30)},
			low, "ok in_force same_person same_person", "ok in_force ok ok"},
		{"a block is in force, and it goes on", 3, func(by bot.StaffID) []bot.Flag {
			return []bot.Flag{flag(1, 1, ann), flag(2, 3, ann), flag(3, 5, by)}
		}, []bot.Step{warned(1, 1, 2), restricted(2, bot.StepBlock, 2, 4, 30)},
			low, "ok in_force in_force same_person", "ok in_force in_force ok"},
		{"no replies have lapsed, unnoticed", 2, func(by bot.StaffID) []bot.Flag { return []bot.Flag{flag(1, 1, ann), flag(2, 3, by)} }, []bot.Step{warned(1, 1, 2), restricted(2, bot.StepStop, 2, 4, 16)},
			low, "ok rested rested same_person", "ok rested rested ok"},
		{"no replies have lapsed, and it goes on", 3, func(by bot.StaffID) []bot.Flag {
			return []bot.Flag{flag(1, 1, ann), flag(2, 3, ann), flag(3, 15, by)}
		}, []bot.Step{warned(1, 1, 2), restricted(2, bot.StepStop, 2, 4, 14)},
			low, "ok same_person same_person same_person", "ok ok ok ok"},
		{"no replies were found to be wrong", 2, func(by bot.StaffID) []bot.Flag { return []bot.Flag{flag(1, 1, ann), flag(2, 3, by)} }, []bot.Step{warned(1, 1, 2), overturned(restricted(2, bot.StepStop, 2, 4, 30))},
			low, "ok rested rested same_person", "ok rested rested ok"},
		{"the request was taken back", 1, func(by bot.StaffID) []bot.Flag { return []bot.Flag{flag(1, 1, by)} }, []bot.Step{overturned(warned(1, 1, 2))},
			"rested not_manager not_manager not_manager", "rested unwarned unwarned same_person", "rested unwarned unwarned ok"},
		{"it was reported", 2, func(by bot.StaffID) []bot.Flag { return []bot.Flag{flag(1, 1, ann), flag(2, 3, by)} }, []bot.Step{warned(1, 1, 2), {N: 2, Complaint: "A", Do: bot.StepReport, Flag: 2, By: eva}},
			low, "ok same_person same_person rested", "ok ok ok rested"},
	} {
		t.Run(row.state, func(t *testing.T) {
			for _, try := range []struct {
				who    bot.StaffID
				by     bot.StaffID
				answer string
			}{
				{ann, ann, row.agents}, {ben, ann, row.agents}, {mia, mia, row.flagger}, {eva, mia, row.manager}, {mia, ann, row.manager},
			} {
				l := conduct.Ladder{Policy: rules, Flags: row.flags(try.by), Steps: row.steps, Complaint: "A", Now: now}
				var got []string
				for _, do := range steps {
					no := l.Take(actor(try.who), do, row.on)
					got = append(got, or(no))
					if any := l.Any(actor(try.who), do); no == conduct.OK && any != conduct.OK {
						t.Errorf("%s may %s on flag %d, and yet on none: %s", try.who, do, row.on, any)
					}
				}
				if s := strings.Join(got, " "); s != try.answer {
					t.Errorf("%s, on what %s flagged:\n got %s\nwant %s", try.who, try.by, s, try.answer)
				}
			}
		})
	}
}

func actor(who bot.StaffID) conduct.Actor {
	return conduct.Actor{ID: who, Manager: who == mia || who == eva}
}

func or(no conduct.No) string {
	if no == conduct.OK {
		return "ok"
	}
	return string(no)
}

// TestAloneDecidesNothing: who is alone at the desk may review a measure of
// their own, for nobody else can, but not confirm what they flagged themselves.
func TestAloneDecidesNothing(t *testing.T) {
	alone := conduct.Actor{ID: mia, Manager: true, Alone: true}
	l := conduct.Ladder{Policy: rules, Complaint: "A", Now: now, Flags: []bot.Flag{flag(1, 1, ann), flag(2, 3, mia)}, Steps: []bot.Step{warned(1, 1, 2)}}
	if no := l.Take(alone, bot.StepBlock, 2); no != conduct.SamePerson {
		t.Errorf("a block of what they flagged themselves: %s", or(no))
	}
	m := restricted(2, bot.StepStop, 2, 4, 30)
	m.By, m.Asked = mia, day(5)
	l.Flags[1].By = ann
	l.Steps = append(l.Steps, m)
	if no := l.Review(alone, 2, false); no != conduct.OK {
		t.Errorf("a review by the only one there is: %s", or(no))
	}
	alone.Alone = false
	if no := l.Review(alone, 2, false); no != conduct.OwnMeasure {
		t.Errorf("a review of one's own measure: %s", or(no))
	}
}

// TestWhatAPolicySays: the pack's words decide who may what, and what there is.
func TestWhatAPolicySays(t *testing.T) {
	strict := *rules
	strict.FlaggedBy = "manager"
	strict.Steps = []policy.ConductStep{{Do: bot.StepWarn, By: "manager"}, {Do: bot.StepBlock, By: "staff", Needs: bot.StepWarn}}
	l := conduct.Ladder{Policy: &strict, Complaint: "A", Now: now, Flags: []bot.Flag{flag(1, 1, eva), flag(2, 3, eva)}, Steps: []bot.Step{warned(1, 1, 2)}}
	for what, no := range map[string]conduct.No{
		"not_manager a": l.Flag(actor(ann), "threatening"),
		"ok b":          l.Flag(actor(mia), "threatening"),
		"no_kind c":     l.Flag(actor(mia), "dissatisfaction"),
		"no_kind d":     l.Flag(actor(mia), "shouting"),
		"not_manager e": l.Take(actor(ann), bot.StepWarn, 2),
		"not_manager f": l.Take(actor(ann), bot.StepBlock, 2), // never below a manager
		"ok g":          l.Take(actor(mia), bot.StepBlock, 2),
		"no_step h":     l.Take(actor(mia), bot.StepStop, 2),
		"no_flag i":     conduct.Ladder{Policy: &strict, Complaint: "B", Now: now, Flags: l.Flags, Steps: l.Steps}.Take(actor(mia), bot.StepBlock, 2),
		"no_ladder j":   conduct.Ladder{Now: now}.Flag(actor(mia), "threatening"),
		"no_ladder k":   conduct.Ladder{Now: now, Complaint: "A", Flags: l.Flags}.Take(actor(mia), bot.StepWarn, 1),
		"not_manager l": l.Unflag(actor(ann), 2),
		"ok m":          l.Unflag(actor(mia), 2),
		"bears n":       l.Unflag(actor(mia), 1),
		"no_flag o":     l.Unflag(actor(mia), 7),
		"dropped p":     conduct.Ladder{Complaint: "A", Flags: []bot.Flag{dropped(flag(1, 1, ann))}, Now: now}.Unflag(actor(mia), 1),
		"ok q":          conduct.Ladder{Complaint: "A", Flags: l.Flags, Steps: []bot.Step{overturned(warned(1, 1, 2))}, Now: now}.Unflag(actor(mia), 1),
	} {
		if want, _, _ := strings.Cut(what, " "); or(no) != want {
			t.Errorf("%s: %s", what, or(no))
		}
	}
	if got := l.Kinds(); !slices.Equal(got, []string{"threatening"}) {
		t.Errorf("kinds: %q", got)
	}
}

// TestAMeasureGoesOnOrEnds tries renewing, lifting, asking for a review and
// answering it in every state of a measure.
func TestAMeasureGoesOnOrEnds(t *testing.T) {
	asked := func(m bot.Step) bot.Step { m.Asked = day(5); return m }
	answered := func(m bot.Step) bot.Step { m.Asked, m.Reviewed = day(5), day(6); return m }
	lifted := func(m bot.Step) bot.Step { m.Ended, m.EndedBy = day(7), mia; return m }
	block := restricted(1, bot.StepBlock, 1, 4, 30)
	for _, row := range []struct {
		state string
		m     bot.Step
		// renew, lift, appeal, review by mia, review by eva who took it
		want string
	}{
		{"in force", block, "ok ok ok unasked unasked"},
		{"review asked", asked(block), "ok ok asked ok own_measure"},
		{"reviewed", answered(block), "ok ok reviewed reviewed reviewed"},
		{"lifted", lifted(block), "over over over over over"},
		{"lapsed, unnoticed", restricted(1, bot.StepBlock, 1, 4, 16), "over over over over over"},
		{"lapsed with a review unanswered", asked(restricted(1, bot.StepBlock, 1, 4, 10)), "over over asked ok own_measure"},
		{"a request to stop", warned(1, 1, 4), "timeless ok ok unasked unasked"},
		{"a request taken back", lifted(warned(1, 1, 4)), "timeless over over over over"},
		{"a report", bot.Step{N: 1, Do: bot.StepReport, By: eva}, "timeless no_measure no_measure no_measure no_measure"},
		{"another's number", bot.Step{N: 7, Do: bot.StepBlock}, "no_measure no_measure no_measure no_measure no_measure"},
	} {
		l := conduct.Ladder{Policy: rules, Complaint: "A", Now: now, Steps: []bot.Step{row.m}}
		got := strings.Join([]string{or(l.Renew(actor(mia), 1)), or(l.Lift(actor(mia), 1)), or(l.Appeal(1)),
			or(l.Review(actor(mia), 1, false)), or(l.Review(actor(eva), 1, false))}, " ")
		if got != row.want {
			t.Errorf("%s:\n got %s\nwant %s", row.state, got, row.want)
		}
		for _, who := range []bot.StaffID{ann, ben} {
			for what, no := range map[string]conduct.No{"renew": l.Renew(actor(who), 1), "lift": l.Lift(actor(who), 1), "review": l.Review(actor(who), 1, true)} {
				if no != conduct.NotManager {
					t.Errorf("%s: %s by an agent: %s", row.state, what, or(no))
				}
			}
		}
	}
}

// TestInForceByTheClock: a restriction ends with its date, whether that was
// noticed or not, and the longest one counts.
func TestInForceByTheClock(t *testing.T) {
	l := conduct.Ladder{Now: now, Steps: []bot.Step{restricted(1, bot.StepStop, 1, 4, 30), restricted(2, bot.StepBlock, 2, 5, 20), restricted(3, bot.StepBlock, 3, 5, 16)}}
	stop, stopped := l.Stopped()
	block, blocked := l.Blocked()
	if !stopped || stop.N != 1 || !blocked || block.N != 2 {
		t.Errorf("stopped %v by %d, blocked %v by %d", stopped, stop.N, blocked, block.N)
	}
	l.Now = day(20)
	if _, blocked := l.Blocked(); blocked {
		t.Error("blocked beyond the date")
	}
	l.Now = day(30)
	if _, stopped := l.Stopped(); stopped {
		t.Error("not replied to beyond the date")
	}
}

func TestDatesOfARestriction(t *testing.T) {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	evening := time.Date(2026, 3, 16, 23, 30, 0, 0, zone)
	for date, want := range map[string]bool{
		"2026-03-16": false, "2026-03-17": true, "2026-09-12": true, "2026-09-13": false, "2025-12-01": false, "soon": false, "": false, "2026-02-30": false,
	} {
		until, ok := conduct.Day(date, zone, evening, time.Time{})
		if ok != want {
			t.Errorf("until %s: %v", date, ok)
		}
		if ok && until.Format("2006-01-02 15:04:05") != date+" 23:59:59" {
			t.Errorf("until %s is %s", date, until)
		}
	}
	lasts, _ := conduct.Day("2026-04-01", zone, evening, time.Time{})
	if _, ok := conduct.Day("2026-04-01", zone, evening, lasts); ok {
		t.Error("renewed until the day on which it ends anyway")
	}
	if _, ok := conduct.Day("2026-04-02", zone, evening, lasts); !ok {
		t.Error("not renewed by a day")
	}
	if got := conduct.Usual(zone, evening); got != "2026-04-15" {
		t.Errorf("offered: %s", got)
	}
	for days, want := range map[int]time.Time{30: day(16).AddDate(0, 0, 23), 14: day(23), 13: day(16).Add(13 * 12 * time.Hour), 2: day(17)} {
		if got := conduct.Remind(now, now.AddDate(0, 0, days)); !got.Equal(want) {
			t.Errorf("of %d days managers are reminded %s, not %s", days, got, want)
		}
	}
}
