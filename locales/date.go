package locales

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/BurntSushi/toml"
)

// calendar is how a language writes dates: the section of that name in its
// file. Polish has the genitive inside a date and the nominative outside of one.
type calendar struct {
	Weekdays string // Sunday first; _ stands for a space
	Months   string // as they stand after a day
	Short    string
	Alone    string // as they stand without a day
	Full     string
	At       string
	Long     string
	Medium   string
	Month    string
	Brief    string // the medium day with the time
	Time     string // half past nine
}

// calendars are those of the program's languages.
var calendars = sync.OnceValue(func() map[string]calendar { return readCalendars(files, languages) })

// readCalendars gives the calendar of each language. One without is an error of
// whoever built the program, and writes as English does.
func readCalendars(from fs.FS, ours table) map[string]calendar {
	all := map[string]calendar{}
	for _, lang := range ours.tags() {
		if c, err := readCalendar(from, lang); err == nil {
			all[lang] = c
		}
	}
	return all
}

func readCalendar(from fs.FS, lang string) (calendar, error) {
	src, err := fs.ReadFile(from, lang+".toml")
	if err != nil {
		return calendar{}, fmt.Errorf("read the calendar of %s: %w", lang, err)
	}
	var file struct{ Calendar calendar }
	if err := toml.Unmarshal(src, &file); err != nil {
		return calendar{}, fmt.Errorf("read the calendar of %s: %w", lang, err)
	}
	c := file.Calendar
	if len(strings.Fields(c.Weekdays)) != 7 || len(strings.Fields(c.Months)) != 12 || len(strings.Fields(c.Short)) != 12 || len(strings.Fields(c.Alone)) != 12 {
		return calendar{}, fmt.Errorf("read the calendar of %s: it needs 7 weekdays and three times 12 months", lang)
	}
	return c, nil
}

// Date writes a day with its weekday. Like all the others here it writes the
// instant in its own zone, and in English for a language that is not ours.
func Date(lang string, t time.Time) string {
	c := calendarOf(lang)
	return c.write(c.Full, t)
}

// DateTime writes a day with its weekday, and the time by a 24-hour clock.
func DateTime(lang string, t time.Time) string {
	c := calendarOf(lang)
	return c.write(c.At, t)
}

// Long writes a day without its weekday.
func Long(lang string, t time.Time) string {
	c := calendarOf(lang)
	return c.write(c.Long, t)
}

// Medium writes a day without its weekday and with the month cut short.
func Medium(lang string, t time.Time) string {
	c := calendarOf(lang)
	return c.write(c.Medium, t)
}

// Brief writes a day as Medium does, with the time.
func Brief(lang string, t time.Time) string {
	c := calendarOf(lang)
	return c.write(c.Brief, t)
}

// Clock writes a time given as 15:04.
func Clock(lang, at string) string { return calendarOf(lang).clock(at) }

func (c calendar) clock(at string) string {
	if strings.HasPrefix(c.Time, "9") {
		return strings.TrimPrefix(at, "0")
	}
	return at
}

// Month writes a month with its year, as it stands alone.
func Month(lang string, t time.Time) string {
	c := calendarOf(lang)
	return c.write(c.Month, t)
}

func calendarOf(lang string) calendar {
	if c, ok := calendars()[lang]; ok {
		return c
	}
	return calendars()[english]
}

func (c calendar) write(pattern string, t time.Time) string {
	m := int(t.Month()) - 1
	return strings.NewReplacer(
		"{w}", name(c.Weekdays, int(t.Weekday())),
		"{d}", strconv.Itoa(t.Day()),
		"{m}", name(c.Months, m),
		"{s}", name(c.Short, m),
		"{l}", name(c.Alone, m),
		"{y}", strconv.Itoa(t.Year()),
		"{t}", c.clock(t.Format("15:04")),
	).Replace(pattern)
}

// name picks the i-th of a list; an underscore in a name stands for a space.
func name(list string, i int) string {
	names := strings.Fields(list)
	if i >= len(names) {
		return ""
	}
	return strings.ReplaceAll(names[i], "_", " ")
}
