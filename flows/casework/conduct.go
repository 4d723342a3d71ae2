package casework

import "github.com/heedbot/heed/bot"

// conductButtons are what can be done about how the customer treats staff.
func (w *Work) conductButtons(c *bot.Complaint) []bot.Button { return nil }

// conductLines are what the card says of it.
func (w *Work) conductLines(c *bot.Complaint) []string { return nil }
