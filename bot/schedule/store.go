package schedule

import (
	"context"
	"time"

	"github.com/heedbot/heed/bot"
)

// Store knows which lanes have something to do.
type Store interface {
	// Due lists the lanes that have something to do at now: an input, a due
	// timer, a message to send, a file to fetch; at most limit of them. Next is
	// the earliest instant after now at which another will be; zero if none.
	Due(ctx context.Context, now time.Time, limit int) (lanes []bot.Lane, next time.Time, err error)
	// Woken receives after a commit that gave a lane something to do. One
	// pending signal stands for any number of commits.
	Woken() <-chan struct{}
}
