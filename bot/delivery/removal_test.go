package delivery_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/delivery"
)

// remove has a turn of a customer take the complaint "R" out of the channel.
func (p *post) remove() {
	p.Helper()
	p.n++
	in := bot.Input{Key: "remove" + string(rune('0'+p.n)), Channel: bot.Telegram, Kind: bot.InMessage, Chat: "1", At: p.now}
	if err := p.store.Receive(p.Context(), bot.Arrival{Input: in}); err != nil {
		p.Fatal(err)
	}
	p.turns(func(s bot.Situation) bot.Turn {
		if s.Input.Key != in.Key {
			return bot.Turn{}
		}
		return bot.Turn{Remove: []bot.Removal{{Complaint: "R"}}}
	})
}

func ofR(o bot.Outbound) bot.Outbound {
	o.Complaint = "R"
	return o
}

// deleted lists what the desk was asked to delete.
func (s *slack) deleted() string {
	var ids []string
	for _, x := range s.took {
		if x.Delete {
			ids = append(ids, x.EditID)
		}
	}
	slices.Sort(ids)
	return strings.Join(ids, " ")
}

func TestWhatWasPostedIsDeleted(t *testing.T) {
	p, s := newDesk(t)
	p.say("1", ofR(card("card", "card")), ofR(inThread("reply", "reply")), ofR(file("file")), ofR(edit("edit", "edited")))
	p.deliver() // as p1 to p4
	p.remove()
	if ends := p.deliver(); len(ends) != 0 || s.deleted() != "p1 p2 p3" {
		t.Errorf("deleted %q, the lane is told %+v", s.deleted(), ends)
	}
}

func TestWhatNeverArrivedIsDeletedWithoutAsking(t *testing.T) {
	p, s := newDesk(t)
	o := card("gone", "")
	o.Post, o.Delete, o.Edits = nil, true, "never said"
	p.say("1", o)
	if ends := p.deliver(); len(ends) != 0 || len(p.sent) != 0 {
		t.Errorf("the desk got %q, the lane is told %+v", s.got(), ends)
	}
}

func TestADeletionThatIsRefusedIsTold(t *testing.T) {
	p, s := newDesk(t)
	p.answer = func(_ context.Context, x bot.Sending) error {
		if x.Delete {
			return bot.Undeliverable(errors.New("cant_delete_message"))
		}
		return nil
	}
	p.say("1", ofR(card("card", "card")))
	p.deliver()
	p.remove()
	ends := p.deliver()
	if s.deleted() != "" || len(ends) != 1 || ends[0].About != "removal" || ends[0].State != bot.Failed || ends[0].Why != delivery.WhyRefused {
		t.Errorf("the lane is told %+v", ends)
	}
}

func TestADeletionInDoubtIsMadeAgain(t *testing.T) {
	p, s := newDesk(t)
	tries := 0
	p.answer = func(_ context.Context, x bot.Sending) error {
		if x.Delete {
			if tries++; tries < 3 {
				return bot.Ambiguous(errors.New("cut off"))
			}
		}
		return nil
	}
	s.find = func(x bot.Sending) (string, bool, error) {
		t.Errorf("%s is looked for", x.ID)
		return "", false, nil
	}
	p.say("1", ofR(card("card", "card")))
	p.deliver()
	p.remove()
	if ends := p.deliver(); len(ends) != 0 || s.deleted() != "p1" || tries != 3 {
		t.Errorf("deleted %q after %d attempts, the lane is told %+v", s.deleted(), tries, ends)
	}
}

func TestADeletionThatNeverWorksIsTold(t *testing.T) {
	for name, trouble := range map[string]error{"doubt": bot.Ambiguous(errors.New("internal_error")), "refusal": errors.New("fatal_error")} {
		t.Run(name, func(t *testing.T) {
			p, _ := newDesk(t)
			p.answer = func(_ context.Context, x bot.Sending) error {
				if x.Delete {
					return trouble
				}
				return nil
			}
			p.say("1", ofR(card("card", "card")))
			p.deliver()
			p.remove()
			ends := p.deliver()
			if len(ends) != 1 || ends[0].Why != delivery.WhyGaveUp || ends[0].About != "removal" {
				t.Errorf("the lane is told %+v", ends)
			}
			if took := p.now.Sub(start); took < 24*time.Hour || took > 30*time.Hour {
				t.Errorf("given up after %v", took)
			}
		})
	}
}

func TestWhatIsRemovedWhileItIsSent(t *testing.T) {
	for _, c := range []struct {
		name    string
		out     bot.Outbound
		trouble error
		found   bool
		deleted string
		told    string // why, of the removal
		sent    int    // times it was sent at all
	}{
		{"it arrives", card("card", "card"), nil, false, "p1", "", 1},
		{"it surely does not", card("card", "card"), errors.New("no route"), false, "", "", 1},
		{"nobody knows, and it is found", card("card", "card"), bot.Ambiguous(errors.New("cut off")), true, "found", "", 1},
		{"nobody knows, and it is not found", card("card", "card"), bot.Ambiguous(errors.New("cut off")), false, "", "", 1},
		{"a file that is not found", file("card"), bot.Ambiguous(errors.New("cut off")), false, "", delivery.WhyUnknown, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, s := newDesk(t)
			c.out.Thread = ""
			attempts := 0
			p.answer = func(_ context.Context, x bot.Sending) error {
				if x.Delete {
					return nil
				}
				if attempts++; attempts == 1 {
					p.remove() // just now
				}
				return c.trouble
			}
			s.find = func(bot.Sending) (string, bool, error) { return "found", c.found, nil }
			p.say("1", ofR(c.out))
			ends := p.deliver()
			told := ""
			for _, e := range ends {
				if e.About != "removal" {
					t.Errorf("the lane is told %+v", e)
				}
				told += e.Why
			}
			if s.deleted() != c.deleted || told != c.told || attempts != c.sent {
				t.Errorf("sent %d times, deleted %q, told %q", attempts, s.deleted(), told)
			}
		})
	}
}

func TestWhatSomeoneWouldSeeIsHeldBackAndTold(t *testing.T) {
	p, s := newDesk(t)
	p.answer = func(_ context.Context, x bot.Sending) error {
		if x.Walled {
			return bot.Watched(errors.New("in the channel"))
		}
		return nil
	}
	o := ofR(card("card", "card"))
	o.Walled, o.Hidden, o.About = true, []bot.StaffID{"U1"}, "card"
	p.say("1", o, card("other", "other"))
	ends := p.deliver()
	if s.got() != "other" || len(ends) != 1 || ends[0].Out != "card" || ends[0].Why != delivery.WhyWatched || ends[0].State != bot.Failed ||
		ends[0].Complaint != "R" || ends[0].About != "card" {
		t.Errorf("the desk got %q, the lane is told %+v", s.got(), ends)
	}
	if len(p.sent) != 2 {
		t.Errorf("tried %d times", len(p.sent))
	}
}
