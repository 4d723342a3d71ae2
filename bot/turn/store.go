package turn

import (
	"context"
	"time"

	"github.com/heedbot/heed/bot"
)

// Store keeps lanes: their inputs, timers and everything their turns record.
type Store interface {
	// Peek gives the lane's next input that is due at now, without taking it.
	// A due timer is an input.
	Peek(ctx context.Context, lane bot.Lane, now time.Time) (bot.Input, bool, error)
	// Turn takes the lane's next due input in one transaction: it numbers the
	// turn, loads the situation, lets decide make a turn of it, saves that and
	// marks the input done. It is false when nothing is due. An error, of
	// decide or of its own, leaves everything as it was.
	Turn(ctx context.Context, lane bot.Lane, now time.Time, decide func(bot.Situation) (bot.Turn, error)) (bool, error)
	// Falter notes that the turn on this input failed and lets it wait; after
	// five failures the input is set aside, shown to the operator, and the lane
	// goes on. It tells whether that happened.
	Falter(ctx context.Context, lane bot.Lane, in bot.Input, now time.Time, why string) (aside bool, err error)
}
