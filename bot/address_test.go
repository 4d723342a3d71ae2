package bot

import (
	"regexp"
	"strings"
	"testing"
)

func TestAHiddenLaneNamesNobody(t *testing.T) {
	chat := Address{Channel: Telegram, Account: "1", Chat: "4915112345678"}
	lane := OutLane(chat, "")
	if h := lane.Hidden(); !regexp.MustCompile(`^o:[0-9a-f]{8}$`).MatchString(h) || h != lane.Hidden() {
		t.Errorf("hidden as %q", h)
	}
	seen := map[string]Lane{}
	for _, l := range []Lane{lane, OutLane(chat, "2"), TurnLane("x"), EvidenceLane("x"), DeskLane, "odd", ""} {
		h := l.Hidden()
		if other, ok := seen[h]; ok {
			t.Errorf("%q and %q are both %q", l, other, h)
		}
		if seen[h] = l; strings.Contains(h, "4915112345678") || strings.Contains(h, "odd") {
			t.Errorf("hidden as %q", h)
		}
	}
	if DeskLane.Hidden() != string(DeskLane) {
		t.Errorf("the desk's lane hides nobody and is %q", DeskLane.Hidden())
	}
}
