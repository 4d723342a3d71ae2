package locales

import "time"

// Date writes a day, DateTime a day and a time, Month a month of a year.
func Date(lang string, t time.Time) string     { return t.Format("Monday, 2 January 2006") }
func DateTime(lang string, t time.Time) string { return t.Format("Monday, 2 January 2006 at 15:04") }
func Month(lang string, t time.Time) string    { return t.Format("January 2006") }
