package calendar

import "fmt"

// Change is what an operator changes in a holiday table. Open wins over Close, Close over the ICS file, the file over the
// table, the table over the weekday.
type Change struct {
	Open, Close []string // "2026-08-10" or "2026-08-10..2026-08-21"
	ICS         string   // text of an iCalendar file, see ParseICS; may be empty
}

// Apply gives the table with the change. The years it covers stay the same. The error names what cannot be read.
func (c Change) Apply(d Days) (Days, error) {
	if c.ICS != "" {
		over, err := ParseICS(d.Name(), c.ICS)
		if err != nil {
			return Days{}, fmt.Errorf("change calendar: %w", err)
		}
		d = d.Overlay(over)
	}
	changed, err := d.Override(c.Open, c.Close)
	if err != nil {
		return Days{}, fmt.Errorf("change calendar: %w", err)
	}
	return changed, nil
}
