package locales

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// calendar is how a language writes dates. In the patterns {w} is the weekday,
// {d} the day, {m} the month inside a date, {s} the short month, {l} the month
// standing alone, {n} the month's number, {y} the year and {t} the time.
type calendar struct {
	weekdays string // Sunday first; _ stands for a space
	months   string // as they stand after a day; empty where the number is used
	short    string
	alone    string // as they stand without a day; empty where that is the same
	full     string
	at       string
	long     string
	medium   string
	month    string
	hour     string // how the hour is printed
}

// calendars follows Unicode CLDR 48. Polish has the genitive inside a date and
// the nominative outside of one.
var calendars = map[string]calendar{
	"en": {
		weekdays: "Sunday Monday Tuesday Wednesday Thursday Friday Saturday",
		months:   "January February March April May June July August September October November December",
		short:    "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec",
		full:     "{w}, {d} {m} {y}", at: "{w}, {d} {m} {y} at {t}", long: "{d} {m} {y}", medium: "{d} {s} {y}",
		month: "{l} {y}", hour: "%02d",
	},
	"fr": {
		weekdays: "dimanche lundi mardi mercredi jeudi vendredi samedi",
		months:   "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
		short:    "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
		full:     "{w} {d} {m} {y}", at: "{w} {d} {m} {y} à {t}", long: "{d} {m} {y}", medium: "{d} {s} {y}",
		month: "{l} {y}", hour: "%02d",
	},
	"pl": {
		weekdays: "niedziela poniedziałek wtorek środa czwartek piątek sobota",
		months:   "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
		short:    "sty lut mar kwi maj cze lip sie wrz paź lis gru",
		alone:    "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
		full:     "{w}, {d} {m} {y}", at: "{w}, {d} {m} {y} {t}", long: "{d} {m} {y}", medium: "{d} {s} {y}",
		month: "{l} {y}", hour: "%02d",
	},
	"it": {
		weekdays: "domenica lunedì martedì mercoledì giovedì venerdì sabato",
		months:   "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
		short:    "gen feb mar apr mag giu lug ago set ott nov dic",
		full:     "{w} {d} {m} {y}", at: "{w} {d} {m} {y} alle ore {t}", long: "{d} {m} {y}", medium: "{d} {s} {y}",
		month: "{l} {y}", hour: "%02d",
	},
	"vi": {
		weekdays: "Chủ_Nhật Thứ_Hai Thứ_Ba Thứ_Tư Thứ_Năm Thứ_Sáu Thứ_Bảy",
		full:     "{w}, {d} tháng {n}, {y}", at: "lúc {t} {w}, {d} tháng {n}, {y}", long: "{d} tháng {n}, {y}", medium: "{d} thg {n}, {y}",
		month: "tháng {n} năm {y}", hour: "%02d",
	},
	"zh-Hans": {
		weekdays: "星期日 星期一 星期二 星期三 星期四 星期五 星期六",
		full:     "{y}年{n}月{d}日{w}", at: "{y}年{n}月{d}日{w} {t}", long: "{y}年{n}月{d}日", medium: "{y}年{n}月{d}日",
		month: "{y}年{n}月", hour: "%02d",
	},
	"lo": {
		weekdays: "ວັນອາທິດ ວັນຈັນ ວັນອັງຄານ ວັນພຸດ ວັນພະຫັດ ວັນສຸກ ວັນເສົາ",
		months:   "ມັງກອນ ກຸມພາ ມີນາ ເມສາ ພຶດສະພາ ມິຖຸນາ ກໍລະກົດ ສິງຫາ ກັນຍາ ຕຸລາ ພະຈິກ ທັນວາ",
		short:    "ມ.ກ. ກ.ພ. ມ.ນ. ມ.ສ. ພ.ພ. ມິ.ຖ. ກ.ລ. ສ.ຫ. ກ.ຍ. ຕ.ລ. ພ.ຈ. ທ.ວ.",
		full:     "{w}, {d} {m} {y}", at: "{w}, {d} {m} {y}, {t}", long: "{d} {m} {y}", medium: "{d} {s} {y}",
		month: "{l} {y}", hour: "%d",
	},
}

// Date writes a day with its weekday. Like all the others here it writes the
// instant in its own zone, and in English for a language that is not ours.
func Date(lang string, t time.Time) string {
	c := calendarOf(lang)
	return c.write(c.full, t)
}

// DateTime writes a day with its weekday, and the time by a 24-hour clock.
func DateTime(lang string, t time.Time) string {
	c := calendarOf(lang)
	return c.write(c.at, t)
}

// Long writes a day without its weekday.
func Long(lang string, t time.Time) string {
	c := calendarOf(lang)
	return c.write(c.long, t)
}

// Medium writes a day without its weekday and with the month cut short.
func Medium(lang string, t time.Time) string {
	c := calendarOf(lang)
	return c.write(c.medium, t)
}

// Month writes a month with its year, as it stands alone.
func Month(lang string, t time.Time) string {
	c := calendarOf(lang)
	return c.write(c.month, t)
}

func calendarOf(lang string) calendar {
	if c, ok := calendars[lang]; ok {
		return c
	}
	return calendars[english]
}

func (c calendar) write(pattern string, t time.Time) string {
	alone := c.alone
	if alone == "" {
		alone = c.months
	}
	m := int(t.Month()) - 1
	return strings.NewReplacer(
		"{w}", name(c.weekdays, int(t.Weekday())),
		"{d}", strconv.Itoa(t.Day()),
		"{m}", name(c.months, m),
		"{s}", name(c.short, m),
		"{l}", name(alone, m),
		"{n}", strconv.Itoa(m+1),
		"{y}", strconv.Itoa(t.Year()),
		"{t}", fmt.Sprintf(c.hour+":%02d", t.Hour(), t.Minute()),
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
