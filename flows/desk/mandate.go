package desk

import (
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
)

// mandate takes an act of its own; false for another's.
func (h hand) mandate() bool { return false }

// mandateNeeds tells whether a press opens a dialog of its own.
func mandateNeeds(verb string) bool { return false }

// mandateDialog fills in the dialog of a verb of its own; false for another's.
func (k Case) mandateDialog(verb string, v *bot.View) bool { return false }

// mandateLacking says what a dialog of its own lacks, by field.
func (k Case) mandateLacking(s Sent) map[string]string { return nil }

// mandateUnfit says why an act of its own does not fit now; "" if it fits.
func mandateUnfit(h *casework.House, c *bot.Complaint, cust bot.Customer, who bot.Staff, verb string, now time.Time) string {
	return ""
}
