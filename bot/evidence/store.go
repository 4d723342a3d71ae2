package evidence

import (
	"context"
	"time"

	"github.com/heedbot/heed/bot"
)

// Store keeps the rows of files that customers named.
type Store interface {
	// Wanted gives the file's row and how often fetching it has been tried;
	// false when it is not wanted any more.
	Wanted(ctx context.Context, id string) (e bot.Evidence, tries int, ok bool, err error)
	// Fetched ends the fetch: it becomes an input of the owner's lane.
	Fetched(ctx context.Context, f bot.Fetched, at time.Time) error
	// FetchLater notes a failed attempt, to be made again at the instant.
	FetchLater(ctx context.Context, id string, at time.Time) error
}
