package bottest

// crash is where the program is to die.
type crash struct {
	at   string
	died bool
}

const (
	crashTurn     = "in a turn"
	crashBefore   = "before sending"
	crashAfter    = "after sending"
	crashUnposted = "before posting"
	crashPosted   = "after posting"
	crashFetching = "while fetching"
)

func (c *crash) now(at string) bool { return c.at == at && !c.died }

// die ends everything under way, as kill -9 would: nothing is noted any more.
func (p *Player) die() error {
	p.crash.died = true
	p.cancel()
	return errCrash
}
