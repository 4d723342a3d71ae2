package policy

import "time"

// Diff says what a new pack changes for the next complaint; at is when one would be received.
func Diff(old, new *Policy, at time.Time) string { return "" }
