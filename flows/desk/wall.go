package desk

import (
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
)

// wall takes an act of its own; false for another's.
func (h hand) wall() bool { return false }

// wallNeeds tells whether a press opens a dialog of its own.
func wallNeeds(verb string) bool { return false }

// wallDialog fills in the dialog of a verb of its own; false for another's.
func (k Case) wallDialog(verb string, v *bot.View) bool { return false }

// wallLacking says what a dialog of its own lacks, by field.
func (k Case) wallLacking(s Sent) map[string]string { return nil }

// wallUnfit says why an act of its own does not fit now; "" if it fits.
func wallUnfit(h *casework.House, c *bot.Complaint, cust bot.Customer, who bot.Staff, verb string, now time.Time) string {
	return ""
}
