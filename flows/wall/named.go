package wall

import "github.com/heedbot/heed/bot"

// Named gives the people whom an answer to "who was it?" may mean, in the order
// of people. Somebody is sure only where the text has their full name, in any
// order and without regard to case, accents and script, or a nickname or handle
// that is none of their names' parts, and nobody else's. Bots and deactivated
// people are left out. Only the first 4,000 letters are read.
func Named(text string, people []bot.Staff) []bot.Hidden {
	return judge(look(text, people, false))
}

// Mentioned gives the people whose full name, or whose own nickname or handle
// of four letters or more, is in an account in free words; all of them unsure,
// in the order of people. Nicknames count with a capital or after @ only.
func Mentioned(prose string, people []bot.Staff) []bot.Hidden {
	h, all := look(prose, people, true)
	var found []bot.Hidden
	for _, x := range judged(h, all) {
		if x.sure || x.best == whole {
			found = append(found, bot.Hidden{Staff: x.id, Unsure: true})
		}
	}
	return found
}

// suspect is somebody whom a text may mean.
type suspect struct {
	id    bot.StaffID
	clues []clue
	best  weight
	sure  bool
}

// look reads a text for each person.
func look(text string, people []bot.Staff, strict bool) (*heard, []suspect) {
	r := &reader{heard: listen(text), strict: strict}
	if len(r.atoms) == 0 {
		return r.heard, nil
	}
	var all []suspect
	index := map[bot.StaffID]int{}
	for _, s := range people {
		if s.ID == "" || s.Trouble == "bot" || s.Trouble == "deactivated" {
			continue
		}
		clues := r.person(s)
		if len(clues) == 0 {
			continue
		}
		if i, ok := index[s.ID]; ok {
			all[i].clues = append(all[i].clues, clues...)
			continue
		}
		index[s.ID] = len(all)
		all = append(all, suspect{id: s.ID, clues: clues})
	}
	return r.heard, all
}

func judge(h *heard, all []suspect) []bot.Hidden {
	var found []bot.Hidden
	for _, x := range judged(h, all) {
		found = append(found, bot.Hidden{Staff: x.id, Unsure: !x.sure})
	}
	return found
}

// many stands for more than one owner of a letter.
const many = -1

// letter is what is known of one letter of the text: how much the best clue
// over it says, and whose full name, nickname, pair of parts or exact word it
// is in; 0 is nobody, else the owner's number from 1.
type letter struct {
	best                       weight
	named, nick, paired, exact int
}

func own(to *int, by int) {
	switch {
	case *to == 0:
		*to = by
	case *to != by:
		*to = many
	}
}

// judged weighs the clues to all people against each other. What a better clue
// covers whole is no clue to somebody else.
func judged(h *heard, all []suspect) []suspect {
	over := make([]letter, len(h.letters))
	for i, x := range all {
		for _, c := range x.clues {
			for p := c.from; p < c.to; p++ {
				o := &over[p]
				o.best = max(o.best, c.weight)
				if c.weight == whole {
					own(&o.named, i+1)
				}
				if c.nick {
					own(&o.nick, i+1)
				}
				if c.weight >= pair {
					own(&o.paired, i+1)
				}
				if c.weight >= part {
					own(&o.exact, i+1)
				}
			}
		}
	}
	var found []suspect
	for i, x := range all {
		for _, c := range x.clues {
			if !lasts(over[c.from:c.to], c) {
				continue
			}
			x.best = max(x.best, c.weight)
			mine := true
			for _, o := range over[c.from:c.to] {
				mine = mine && (c.weight == whole && o.named == i+1 || c.nick && (o.exact == i+1 || c.weight == pair && o.paired == i+1))
			}
			x.sure = x.sure || mine
		}
		if x.best > 0 {
			found = append(found, x)
		}
	}
	return found
}

// lasts tells whether a clue counts beside the better ones.
func lasts(over []letter, c clue) bool {
	for _, o := range over {
		if o.best <= max(c.weight, part) && (c.weight > blurred || o.nick == 0) {
			return true
		}
	}
	return false
}
