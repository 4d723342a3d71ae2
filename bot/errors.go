package bot

import (
	"errors"
	"time"
)

// A door returns one of these verdicts with an error of Send or Fetch.
// Anything else means: surely not sent, try again with growing pauses.
type verdictError struct {
	error
	kind  string
	after time.Duration
}

func (e *verdictError) Unwrap() error { return e.error }

const (
	kindUndeliverable = "undeliverable"
	kindBlocked       = "blocked"
	kindWatched       = "watched"
	kindAfter         = "after"
	kindClosed        = "closed"
	kindAmbiguous     = "ambiguous"
)

// Undeliverable marks a message that will never be taken.
func Undeliverable(err error) error { return &verdictError{error: err, kind: kindUndeliverable} }

// Blocked marks a customer who cannot be written to any more; it is
// Undeliverable too.
func Blocked(err error) error { return &verdictError{error: err, kind: kindBlocked} }

// Watched marks a message that was not sent because someone it must be kept
// from would have seen it, or because the channel is open to everyone.
func Watched(err error) error { return &verdictError{error: err, kind: kindWatched} }

// TryAfter asks for a pause of the whole account before the next attempt.
func TryAfter(err error, d time.Duration) error {
	return &verdictError{error: err, kind: kindAfter, after: d}
}

// WindowClosed marks a message that came too late for the platform's reply
// window; it is Undeliverable too.
func WindowClosed(err error) error { return &verdictError{error: err, kind: kindClosed} }

// Ambiguous marks a message that may have been sent: nobody knows.
func Ambiguous(err error) error { return &verdictError{error: err, kind: kindAmbiguous} }

func kind(err error) *verdictError {
	var v *verdictError
	if errors.As(err, &v) {
		return v
	}
	return &verdictError{}
}

// IsUndeliverable tells whether trying again is pointless.
func IsUndeliverable(err error) bool {
	k := kind(err).kind
	return k == kindUndeliverable || k == kindBlocked || k == kindClosed
}

// IsBlocked tells whether the customer cannot be written to any more.
func IsBlocked(err error) bool { return kind(err).kind == kindBlocked }

// IsWatched tells whether the message was held back from someone.
func IsWatched(err error) bool { return kind(err).kind == kindWatched }

// IsWindowClosed tells whether the message came too late for the platform.
func IsWindowClosed(err error) bool { return kind(err).kind == kindClosed }

// IsAmbiguous tells whether the message may have been sent.
func IsAmbiguous(err error) bool { return kind(err).kind == kindAmbiguous }

// Pause is how long the account must be left alone; 0 if it need not.
func Pause(err error) time.Duration { return kind(err).after }
