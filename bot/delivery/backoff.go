package delivery

import "time"

// pauses follow the first attempts; the last one is repeated. With its spread
// it stays under five minutes: a customer is to hear within five minutes of a
// platform's return.
var pauses = [...]time.Duration{
	time.Second, 2 * time.Second, 5 * time.Second, 15 * time.Second,
	time.Minute, 4 * time.Minute,
}

const (
	// giveUp is how long a message that cannot be sent is kept trying: longer
	// than a platform was ever out.
	giveUp = 72 * time.Hour
	// giveUpDoubt is how long one is looked for of which nobody knows whether
	// it arrived: it holds up those behind it.
	giveUpDoubt = 24 * time.Hour
)

func pauseAfter(attempt int) time.Duration {
	return pauses[min(max(attempt, 1), len(pauses))-1]
}

// backoff is the pause after the n-th attempt, spread by a tenth either way so
// that many lanes do not return at once.
func backoff(attempt int, chance float64) time.Duration {
	p := pauseAfter(attempt)
	return p + time.Duration((chance-0.5)*0.2*float64(p))
}

// waited tells whether the pauses before this attempt add up to so much. It is
// counted in attempts because those survive a restart.
func waited(attempt int, most time.Duration) bool {
	var sum time.Duration
	for n := 1; n < attempt && sum < most; n++ {
		sum += pauseAfter(n)
	}
	return sum >= most
}
