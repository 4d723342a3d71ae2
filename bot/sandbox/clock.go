// Package sandbox holds chat platforms that run inside the process: servers as strict as the real ones, for the
// demo and for tests. It depends on the standard library only.
package sandbox

import "time"

// Clock tells a sandbox the time. Dates in messages, expiry and flood limits follow it.
type Clock interface {
	Now() time.Time
}

// RealClock is the machine's clock.
type RealClock struct{}

// Now returns the machine's time.
func (RealClock) Now() time.Time { return time.Now() }
