package delivery

import (
	"context"
	"time"

	"github.com/heedbot/heed/bot"
)

// Store keeps the outgoing lanes. A row that is removed while it is being sent
// is still meant by the id it was claimed under, though another row has that now.
type Store interface {
	// Claim leases the head of the lane until the given instant and marks it
	// as sending. It is false when the lane is empty, when its head is not due
	// yet, or when another holds the lease. A row found in sending, its lease
	// over, comes back as doubtful. What was removed meanwhile comes only if it
	// may have been sent, as TakenBack.
	Claim(ctx context.Context, lane bot.Lane, now, until time.Time) (bot.Sending, bool, error)
	// Settle ends a row: sent, possibly sent, or failed. What was said to a
	// customer becomes an input of the customer's lane in the same transaction
	// (the desk's posts merely settle, but for a file that did not surely arrive,
	// a deletion that failed, and what was held back as WhyWatched). An edit sent as a new message, because the one it edits
	// never arrived, takes that one's place for all that name it.
	Settle(ctx context.Context, lane bot.Lane, s bot.Settlement) error
	// Hold changes until when a leased row is leased. It stays in sending, so it
	// comes back as doubtful.
	Hold(ctx context.Context, lane bot.Lane, out string, until time.Time) error
	// Later gives the row back to the lane, to be tried again at the instant.
	Later(ctx context.Context, lane bot.Lane, out string, at time.Time) error
}
