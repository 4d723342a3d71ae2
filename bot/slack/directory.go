package slack

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"

	"github.com/heedbot/heed/bot"
)

const (
	usersPage = 200 // Slack docs, users.list
	// refreshTimeout is the longest that asking about everyone takes: some
	// thousands of people, with the pauses that Slack asks for.
	refreshTimeout = 2 * time.Minute
	// changedMax is up to how many changed people are asked about one by one.
	changedMax = 20
)

// everyone is what Slack said about all people together.
type everyone struct {
	people  *memo[people]
	dirty   map[bot.StaffID]bool // changed since they were asked about
	running chan struct{}        // closed when the refresh ends; nil where none runs
	cancel  context.CancelFunc   // of the refresh
	told    atomic.Pointer[told]
}

// people are the persons of the workspace, without their roles.
type people struct {
	list []bot.Staff
	at   time.Time // when all of them were asked for
}

// told is a directory as it was made of two answers.
type told struct {
	people    *said[people]
	named     *said[roster]
	directory bot.Directory
}

// changed notes that somebody is not as they were.
func (c *crew) changed(id bot.StaffID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.dirty == nil {
		c.dirty = map[bot.StaffID]bool{}
	}
	c.dirty[id] = true
	c.people.forget()
}

// Directory gives everyone of the workspace who is a person and not
// deactivated, with their roles (users.list), and who is in the channels of the
// desk and of the roles. It is kept for five minutes, roles and channels for
// one, less where Slack reports a change; when Slack cannot be asked, what it
// said within the last hour holds. Where something is out of date it is asked
// for anew, once at a time and for at most two minutes; with wait true
// Directory waits for that, up to four seconds, else it answers at once. Known
// is false while nothing is known. What it gives must not be changed.
func (d *Door) Directory(ctx context.Context, wait bool) bot.Directory {
	var late <-chan time.Time
	if wait {
		t := time.NewTimer(askTimeout)
		defer t.Stop()
		late = t.C
	}
	// Twice: what was asked for already may be older than a change.
	for range 2 {
		if d.upToDate() {
			break
		}
		done := d.refresh(ctx)
		if !wait {
			break
		}
		select {
		case <-done:
			continue
		case <-late:
		case <-ctx.Done():
		}
		break
	}
	return d.directory()
}

// upToDate tells whether nothing has to be asked.
func (d *Door) upToDate() bool {
	named, _ := d.crew.memos("")
	now := d.now()
	p := d.crew.people.fresh(now, usersFresh)
	return p != nil && now.Sub(p.value.at).Abs() < usersFresh && named.fresh(now, rosterFresh) != nil
}

// directory makes a directory of what is known.
func (d *Door) directory() bot.Directory {
	named, _ := d.crew.memos("")
	now := d.now()
	_, one := d.crew.people.known(now)
	_, other := named.known(now)
	if !one || !other {
		return bot.Directory{}
	}
	p, r := d.crew.people.last.Load(), named.last.Load()
	if t := d.crew.told.Load(); t != nil && t.people == p && t.named == r {
		return t.directory
	}
	out := bot.Directory{Known: true, People: make([]bot.Staff, 0, len(p.value.list)), Rooms: maps.Clone(r.value.rooms)}
	inside := map[bot.StaffID]bool{}
	for _, id := range r.value.rooms[d.Channel] {
		inside[id] = true
	}
	serving := map[bot.StaffID]bool{} // at the desk, able to act
	for _, s := range p.value.list {
		if inside[s.ID] && r.value.serves(s) {
			serving[s.ID] = true
		}
	}
	for _, s := range p.value.list {
		s = r.value.give(s)
		s.Alone = len(s.Roles) > 0 && (len(serving) == 0 || len(serving) == 1 && serving[s.ID])
		out.People = append(out.People, s)
	}
	d.crew.told.Store(&told{p, r, out})
	return out
}

// refresh asks anew for what is out of date, unless that is under way. The
// caller's context may end long before: others wait for the answer too.
func (d *Door) refresh(ctx context.Context) <-chan struct{} {
	named, _ := d.crew.memos("")
	c := &d.crew
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.running != nil {
		return c.running
	}
	done := make(chan struct{})
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), refreshTimeout)
	c.running, c.cancel = done, cancel
	go func() {
		defer func() {
			if r := recover(); r != nil {
				d.panicked(r)
			}
			cancel()
			c.mu.Lock()
			c.running, c.cancel = nil, nil
			c.mu.Unlock()
			close(done)
		}()
		named.get(ctx, d.now, rosterFresh, d.roster)
		if p := c.people.last.Load(); p != nil && d.now().Sub(p.value.at).Abs() >= usersFresh {
			c.people.forget()
		}
		c.people.get(ctx, d.now, usersFresh, d.everyone)
	}()
	return done
}

// rest ends a refresh and waits for it.
func (c *crew) rest() {
	c.mu.Lock()
	done, cancel := c.running, c.cancel
	c.mu.Unlock()
	if done != nil {
		cancel()
		<-done
	}
}

// everyone asks who is in the workspace; where that is known and few have
// changed, only about those.
func (d *Door) everyone(ctx context.Context) (people, error) {
	c := &d.crew
	c.mu.Lock()
	dirty := c.dirty
	c.dirty = nil
	c.mu.Unlock()
	old, at := c.people.last.Load(), d.now()
	var out people
	var err error
	if old != nil && at.Sub(old.value.at).Abs() < usersFresh && len(dirty) <= changedMax {
		out.at = old.value.at
		out.list, err = d.amend(ctx, old.value.list, dirty)
	} else {
		out.at = at
		out.list, err = d.list(ctx)
	}
	if err != nil {
		for id := range dirty {
			c.changed(id)
		}
		return people{}, err
	}
	return out, nil
}

// amend asks about those who changed.
func (d *Door) amend(ctx context.Context, list []bot.Staff, changed map[bot.StaffID]bool) ([]bot.Staff, error) {
	list = slices.Clone(list)
	for _, id := range slices.Sorted(maps.Keys(changed)) {
		u, err := d.userInfo(ctx, id)
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(list, func(s bot.Staff) bool { return s.ID == id })
		s, ok := d.listed(u)
		switch {
		case ok && i >= 0:
			list[i] = s
		case ok:
			list = append(list, s)
		case i >= 0:
			list = slices.Delete(list, i, i+1)
		}
	}
	return list, nil
}

// list asks for all people, with the pauses that Slack asks for.
func (d *Door) list(ctx context.Context) ([]bot.Staff, error) {
	var out []bot.Staff
	page := d.client().GetUsersPaginated(slack.GetUsersOptionLimit(usersPage))
	for {
		err := d.ask(ctx, "users.list", func(ctx context.Context) error {
			next, err := page.Next(ctx)
			if err == nil {
				page = next
			}
			return err
		})
		if p := bot.Pause(err); p > 0 && mend(code(err)) == "" && waits(ctx, p) {
			continue
		}
		if err != nil {
			d.log().Warn("slack could not be asked who is in the workspace", "err", err)
			return nil, err
		}
		for i := range page.Users {
			if s, ok := d.listed(&page.Users[i]); ok {
				out = append(out, s)
			}
		}
		if page.Cursor == "" {
			return out, nil
		}
		if len(out) >= usersMax {
			d.log().Warn("there are more people in the workspace than are looked at", "looked at", len(out))
			return out, nil
		}
	}
}

// waits waits, and is false if the time is not there.
func waits(ctx context.Context, pause time.Duration) bool {
	if end, ok := ctx.Deadline(); ok && time.Until(end) < pause {
		return false
	}
	t := time.NewTimer(pause)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// listed is somebody as the directory has them; false for what is no person,
// and for who is gone.
func (d *Door) listed(u *slack.User) (bot.Staff, bool) {
	if u == nil || u.ID == "" {
		return bot.Staff{}, false
	}
	s := person(u)
	if s.Trouble != "" && s.Trouble != guest {
		return bot.Staff{}, false
	}
	p := u.Profile
	names := []string{p.DisplayName, p.RealName, u.RealName, p.FirstName + " " + p.LastName, u.Name}
	for _, n := range append(names, d.Nicknames[u.ID]...) {
		if n = strings.TrimSpace(n); n != "" && !slices.Contains(s.Names, n) {
			s.Names = append(s.Names, n)
		}
	}
	return s, true
}
