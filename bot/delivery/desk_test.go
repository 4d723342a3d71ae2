package delivery_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/bot/delivery"
)

var channel = bot.Address{Channel: bot.Slack, Account: "T1", Chat: "C1"}

func card(id, text string) bot.Outbound {
	return bot.Outbound{ID: id, To: channel, Class: bot.Notice, Post: &bot.Post{Text: text}}
}

func inThread(id, text string) bot.Outbound {
	o := card(id, text)
	o.Thread = "card"
	return o
}

func edit(id, text string) bot.Outbound {
	o := card(id, text)
	o.Edits = "card"
	return o
}

func file(id string) bot.Outbound {
	o := inThread(id, "")
	o.Post, o.Upload, o.About = nil, &bot.Upload{Evidence: "f1", Blob: "b", Name: "bill.pdf", Size: 9}, "evidence"
	return o
}

// slack is a desk that can be asked what it was given.
type slack struct {
	door
	took []bot.Sending
	find func(bot.Sending) (string, bool, error)
}

func (s *slack) Send(ctx context.Context, x bot.Sending) (string, error) {
	id, err := s.door.Send(ctx, x)
	if err == nil {
		s.took = append(s.took, x)
	}
	return id, err
}

func (s *slack) Find(_ context.Context, x bot.Sending) (string, bool, error) {
	if s.find == nil {
		return "", false, nil
	}
	return s.find(x)
}

func newDesk(t *testing.T) (*post, *slack) {
	p := newPost(t)
	s := &slack{door: door{p}}
	p.courier.Doors[bot.Slack] = s
	return p, s
}

func (s *slack) got() string {
	var ids []string
	for _, x := range s.took {
		ids = append(ids, x.ID)
	}
	return strings.Join(ids, " ")
}

func TestAFileHasItsOwnTime(t *testing.T) {
	p, _ := newDesk(t)
	var had, leased time.Duration
	p.answer = func(ctx context.Context, s bot.Sending) error {
		if s.Upload == nil {
			return nil
		}
		end, _ := ctx.Deadline()
		had = time.Until(end)
		if _, next, err := p.store.Due(t.Context(), p.now, 10); err == nil {
			leased = next.Sub(p.now)
		}
		return nil
	}
	p.say("1", card("card", "card"), file("file"))
	p.deliver()
	if had < 4*time.Minute || leased <= had {
		t.Errorf("a file has %v to be sent and is leased for %v", had.Round(time.Second), leased)
	}
}

func TestWhatIsAlwaysInDoubtIsGivenUp(t *testing.T) {
	for name, out := range map[string]bot.Outbound{"a file": file("stuck"), "a post": inThread("stuck", "stuck")} {
		t.Run(name, func(t *testing.T) {
			p, s := newDesk(t)
			p.answer = func(_ context.Context, x bot.Sending) error {
				if x.ID == "stuck" {
					return bot.Ambiguous(errors.New("internal_error"))
				}
				return nil
			}
			p.say("1", card("card", "card"), out, inThread("next", "next"))
			ends := p.deliver()
			if s.got() != "card next" {
				t.Fatalf("the thread got %q", s.got())
			}
			if took := p.now.Sub(start); took < 24*time.Hour || took > 30*time.Hour {
				t.Errorf("given up after %v", took)
			}
			if n := len(p.sent); n > 400 {
				t.Errorf("sent %d times", n)
			}
			if out.Upload != nil && (len(ends) != 1 || ends[0].Evidence != "f1" || ends[0].State != bot.Failed || ends[0].About != "evidence") {
				t.Errorf("the customer's lane is told %+v", ends)
			}
		})
	}
}

func TestOneDoubtAfterALongOutageIsNotTheEnd(t *testing.T) {
	p, s := newDesk(t)
	back := start.Add(65 * time.Hour)
	doubted := false
	p.answer = func(context.Context, bot.Sending) error {
		switch {
		case p.now.Before(back):
			return bot.TryAfter(errors.New("is_archived"), time.Minute)
		case !doubted:
			doubted = true
			return bot.Ambiguous(errors.New("cut off"))
		}
		return nil
	}
	p.say("1", card("card", "card"))
	p.deliver()
	if s.got() != "card" {
		t.Errorf("the desk got %q", s.got())
	}
}

func TestTheDesksPostsAreNeverGivenUp(t *testing.T) {
	for name, trouble := range map[string]error{
		"channel archived": bot.TryAfter(errors.New("is_archived"), time.Minute), "no network": errors.New("no route"),
	} {
		t.Run(name, func(t *testing.T) {
			p, s := newDesk(t)
			monday := start.Add(65 * time.Hour)
			p.answer = func(context.Context, bot.Sending) error {
				if p.now.Before(monday) {
					return trouble
				}
				return nil
			}
			p.say("1", card("card", "card"), inThread("post", "post"))
			p.deliverUntil(monday.Add(5 * time.Minute))
			if s.got() != "card post" {
				t.Errorf("five minutes after the repair the desk has %q", s.got())
			}
			if len(p.sent) > 1000 {
				t.Errorf("tried %d times", len(p.sent))
			}
		})
	}
}

func TestAFileThatNeverPassesFreesItsThread(t *testing.T) {
	p, s := newDesk(t)
	p.answer = func(_ context.Context, x bot.Sending) error {
		if x.Upload != nil {
			return errors.New("the connection was cut")
		}
		return nil
	}
	p.say("1", card("card", "card"), file("file"), inThread("next", "next"))
	ends := p.deliver()
	if s.got() != "card next" || len(ends) != 1 || ends[0].Why != delivery.WhyGaveUp || ends[0].Evidence != "f1" {
		t.Errorf("the desk got %q, the lane was told %+v", s.got(), ends)
	}
}

func TestAnEditTakesTheFailedCardsPlace(t *testing.T) {
	p, s := newDesk(t)
	p.answer = func(_ context.Context, x bot.Sending) error {
		if x.ID == "card" {
			return bot.Undeliverable(errors.New("invalid_blocks"))
		}
		return nil
	}
	p.say("1", card("card", "card"), inThread("early", "early"))
	p.deliver()
	if s.got() != "early" || s.took[0].ThreadID != "" {
		t.Fatalf("while there is no card the desk got %+v", s.took)
	}
	p.say("1", edit("e1", "mended"), inThread("late", "late"))
	p.deliver()
	p.say("1", edit("e2", "again"))
	p.deliver()
	if s.got() != "early e1 late e2" {
		t.Fatalf("the desk got %q", s.got())
	}
	mended, late, again := s.took[1], s.took[2], s.took[3]
	if mended.EditID != "" || late.ThreadID == "" || again.EditID != late.ThreadID {
		t.Errorf("edit %q, thread %q, next edit %q", mended.EditID, late.ThreadID, again.EditID)
	}
}

func TestNoLogNamesAChat(t *testing.T) {
	p := newPost(t)
	var log bytes.Buffer
	p.courier.Log = slog.New(slog.NewTextHandler(&log, nil))
	p.answer = func(context.Context, bot.Sending) error { panic("lost") }
	p.say("4915112345678", human("a"))
	p.deliver()
	if !strings.Contains(log.String(), "door panicked") || strings.Contains(log.String(), "4915112345678") {
		t.Errorf("logged %s", log.String())
	}
}
