package desk

import (
	"time"

	"github.com/heedbot/heed/bot"
	"github.com/heedbot/heed/flows/casework"
)

// conduct takes an act of its own; false for another's.
func (h hand) conduct() bool { return false }

// conductNeeds tells whether a press opens a dialog of its own.
func conductNeeds(verb string) bool { return false }

// conductDialog fills in the dialog of a verb of its own; false for another's.
func (k Case) conductDialog(verb string, v *bot.View) bool { return false }

// conductLacking says what a dialog of its own lacks, by field.
func (k Case) conductLacking(s Sent) map[string]string { return nil }

// conductUnfit says why an act of its own does not fit now; "" if it fits.
func conductUnfit(h *casework.House, c *bot.Complaint, cust bot.Customer, who bot.Staff, verb string, now time.Time) string {
	return ""
}
