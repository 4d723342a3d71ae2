package delivery

import "time"

// pauses follow the first attempts; the last one is repeated.
var pauses = [...]time.Duration{
	time.Second, 2 * time.Second, 5 * time.Second, 15 * time.Second,
	time.Minute, 5 * time.Minute, 15 * time.Minute,
}

// giveUp is how long a message that cannot be sent is kept trying.
const giveUp = 24 * time.Hour

func pauseAfter(attempt int) time.Duration {
	return pauses[min(max(attempt, 1), len(pauses))-1]
}

// backoff is the pause after the n-th attempt, spread by a tenth either way so
// that many lanes do not return at once.
func backoff(attempt int, chance float64) time.Duration {
	p := pauseAfter(attempt)
	return p + time.Duration((chance-0.5)*0.2*float64(p))
}

// waited tells whether the pauses before this attempt add up to giveUp. It is
// counted in attempts because those survive a restart.
func waited(attempt int) bool {
	var sum time.Duration
	for n := 1; n < attempt && sum < giveUp; n++ {
		sum += pauseAfter(n)
	}
	return sum >= giveUp
}
