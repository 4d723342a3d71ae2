package desk

import (
	"cmp"
	"slices"

	"github.com/heedbot/heed/bot"
)

// ConductCount counts the complaints, flags and steps of one language, topic
// and member of staff.
type ConductCount struct {
	Language, Topic string
	Agent           bot.StaffID
	Received, Flags int
	Dropped         int            // flags that a manager found to be no abuse
	Steps           map[string]int // by step
}

// ConductFigures puts counts together by language, by topic and by agent, each
// in order.
func ConductFigures(counts []ConductCount) []ConductFigure {
	type group struct{ by, of string }
	all := map[group]*ConductFigure{}
	for _, c := range counts {
		for _, g := range []group{{ByLanguage, c.Language}, {ByTopic, c.Topic}, {ByAgent, string(c.Agent)}} {
			f := all[g]
			if f == nil {
				f = &ConductFigure{By: g.by, Of: g.of, Steps: map[string]int{}}
				all[g] = f
			}
			f.Received += c.Received
			f.Flags += c.Flags
			f.Dropped += c.Dropped
			for step, n := range c.Steps {
				f.Steps[step] += n
			}
		}
	}
	var list []ConductFigure
	for _, f := range all {
		list = append(list, *f)
	}
	slices.SortFunc(list, func(a, b ConductFigure) int { return cmp.Or(cmp.Compare(a.By, b.By), cmp.Compare(a.Of, b.Of)) })
	return list
}
