package bot

import (
	"crypto/sha256"
	"encoding/hex"
)

// Channel is the kind of a platform.
type Channel string

const (
	Telegram Channel = "telegram"
	Zalo     Channel = "zalo"
	ZaloBot  Channel = "zalobot"
	Viber    Channel = "viber"
	Slack    Channel = "slack"
)

// Address is a place words can be sent to: a customer's chat, or a Slack
// channel.
type Address struct {
	Channel Channel `json:"channel"`
	Account string  `json:"account,omitempty"` // our bot there; empty where there is only one
	Chat    string  `json:"chat"`              // the platform's own id of the chat or channel
}

// Lane is a queue whose order matters. The letter before the colon says
// which kind it is.
type Lane string

const (
	turnLane     = "c:" // the inputs and timers of one customer
	outLane      = "o:" // the messages to one chat or one Slack thread
	evidenceLane = "e:" // the fetching of one file
)

// DeskLane is the turn lane of inputs that belong to no customer.
const DeskLane Lane = turnLane + "desk"

// TurnLane is the lane of a customer's inputs, timers and settlements.
func TurnLane(c CustomerID) Lane { return Lane(turnLane + string(c)) }

// EvidenceLane is the lane in which a file is fetched.
func EvidenceLane(id string) Lane { return Lane(evidenceLane + id) }

// OutLane is the outgoing lane of an address. A Slack channel has a lane for
// each thread, so that one complaint's trouble does not hold up another's.
func OutLane(to Address, thread string) Lane {
	l := outLane + string(to.Channel) + ":" + to.Account + ":" + to.Chat
	if thread != "" {
		l += ":" + thread
	}
	return Lane(l)
}

// Hidden stands for the lane in logs and errors: its letter and a short hash,
// the same each time. A lane's own name may hold the id of a person's chat.
func (l Lane) Hidden() string {
	if l == DeskLane {
		return string(l)
	}
	sum := sha256.Sum256([]byte(l))
	hash := hex.EncodeToString(sum[:4])
	if k := l.Kind(); k != 0 {
		return string(rune(k)) + ":" + hash
	}
	return hash
}

// Kind is the lane's letter: 'c', 'o' or 'e'; 0 for a malformed lane.
func (l Lane) Kind() byte {
	if len(l) < 3 || l[1] != ':' {
		return 0
	}
	return l[0]
}

// Customer is the customer of a turn lane; empty for other lanes and for the
// desk's own.
func (l Lane) Customer() CustomerID {
	if l.Kind() != 'c' || l == DeskLane {
		return ""
	}
	return CustomerID(l[2:])
}

// Evidence is the id of an evidence lane's file.
func (l Lane) Evidence() string {
	if l.Kind() != 'e' {
		return ""
	}
	return string(l[2:])
}
