package casework

import "github.com/heedbot/heed/bot"

// mandateButtons are what can be done about a representative's authority.
func (w *Work) mandateButtons(c *bot.Complaint) []bot.Button { return nil }

// mandateLines are what the card says of it.
func (w *Work) mandateLines(c *bot.Complaint) []string { return nil }
