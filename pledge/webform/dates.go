package webform

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/gcmkit/gcmkit/gcm"
)

// DefaultZone is the time zone of the form's dates: that in which the pages of
// the site show them, eight hours before UTC. It is a new one each time.
func DefaultZone() *time.Location { return time.FixedZone("UTC+08:00", 8*60*60) }

// DateOrder says whether the month or the day stands first in a date such as
// 06/02/2022.
type DateOrder uint8

// The orders. The zero DateOrder has the importer find it out.
const (
	AnyOrder DateOrder = iota
	MonthFirst
	DayFirst
)

var dateOrders = [...]string{"any", "month-first", "day-first"}

// String returns the code, such as "day-first".
func (o DateOrder) String() string { return code("DateOrder", dateOrders[:], int(o)) }

// MarshalText returns the code.
func (o DateOrder) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// UnmarshalText accepts the codes.
func (o *DateOrder) UnmarshalText(text []byte) error {
	return uncode(o, "order of dates", dateOrders[:], text)
}

// weekdays are the abbreviations that stand in front of a date: those of
// English, which has the month first, and of French and Spanish.
var weekdays = map[string]struct {
	day   time.Weekday
	order DateOrder
}{
	"mon": {time.Monday, MonthFirst}, "tue": {time.Tuesday, MonthFirst}, "wed": {time.Wednesday, MonthFirst}, "thu": {time.Thursday, MonthFirst},
	"fri": {time.Friday, MonthFirst}, "sat": {time.Saturday, MonthFirst}, "sun": {time.Sunday, MonthFirst},
	"lun": {time.Monday, DayFirst}, "mar": {time.Tuesday, DayFirst}, "mer": {time.Wednesday, DayFirst}, "mie": {time.Wednesday, DayFirst},
	"jeu": {time.Thursday, DayFirst}, "jue": {time.Thursday, DayFirst}, "ven": {time.Friday, DayFirst}, "vie": {time.Friday, DayFirst},
	"sam": {time.Saturday, DayFirst}, "sab": {time.Saturday, DayFirst}, "dim": {time.Sunday, DayFirst}, "dom": {time.Sunday, DayFirst},
}

// stamp is a date and time without a zone, as far as it is read: which of the
// first two numbers is the month may be open.
type stamp struct {
	year    int
	a, b    int // in the order of the text
	minute  int // of the day
	weekday string
	fixed   DateOrder // what its form says: a year in front has the month next
}

// parseStamp reads "Thu, 06/02/2022 - 23:57", "dim 31/07/2022 - 21:59",
// "31.7.22", "2022-06-02T23:57:10", "6/2/2022 9:57 PM". Seconds are passed over,
// for most exports have none, and one entry has to have one revision.
func parseStamp(s string) (t stamp, ok bool) {
	if len(s) > len("2022-06-02") && s[len("2022-06-02")] == 'T' {
		s = s[:len("2022-06-02")] + " " + s[len("2022-06-02T"):]
	}
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' || r == '\u00a0' || r == '\u202f' })
	if len(words) > 0 {
		if name := fold(words[0]); len(name) >= 3 && weekdays[name[:3]].order != AnyOrder {
			t.weekday, words = name[:3], words[1:]
		}
	}
	if len(words) > 1 && (words[1] == "-" || words[1] == "–") {
		words = append(words[:1], words[2:]...)
	}
	if len(words) == 0 || len(words) > 3 || !t.date(words[0]) {
		return t, false
	}
	if len(words) == 1 {
		return t, true
	}
	half := ""
	if len(words) == 3 {
		half = strings.ToLower(strings.ReplaceAll(words[2], ".", ""))
	}
	return t, t.clock(words[1], half)
}

func (t *stamp) date(s string) bool {
	sep := strings.IndexAny(s, "/.-")
	if sep < 0 {
		return false
	}
	all := strings.Split(s, s[sep:sep+1])
	if len(all) != 3 {
		return false
	}
	var n [3]int
	for i, digits := range all {
		var err error
		if n[i], err = strconv.Atoi(digits); err != nil || len(digits) > 4 || digits[0] == '+' || digits[0] == '-' {
			return false
		}
	}
	switch {
	case len(all[0]) == 4:
		t.year, t.a, t.b, t.fixed = n[0], n[1], n[2], MonthFirst
	case len(all[2]) == 4:
		t.a, t.b, t.year = n[0], n[1], n[2]
	case len(all[2]) == 2:
		t.a, t.b, t.year = n[0], n[1], 2000+n[2]
	default:
		return false
	}
	return true
}

func (t *stamp) clock(s, half string) bool {
	all := strings.Split(s, ":")
	if len(all) < 2 || len(all) > 3 {
		return false
	}
	hour, err := strconv.Atoi(all[0])
	minute, e := strconv.Atoi(all[1])
	if err != nil || e != nil || hour < 0 || hour > 23 || minute < 0 || minute > 59 || len(all[1]) != 2 {
		return false
	}
	switch {
	case half == "":
	case hour < 1 || hour > 12 || half != "am" && half != "pm":
		return false
	case half == "am":
		hour %= 12
	default:
		hour = hour%12 + 12
	}
	t.minute = hour*60 + minute
	return true
}

// in returns the time in an order, and whether there is such a day, on the day
// of the week that stands in front.
func (t stamp) in(o DateOrder, zone *time.Location) (time.Time, bool) {
	month, day := t.a, t.b
	if o == DayFirst {
		month, day = t.b, t.a
	}
	if t.fixed != AnyOrder && t.fixed != o || month < 1 || month > 12 {
		return time.Time{}, false
	}
	at := time.Date(t.year, time.Month(month), day, t.minute/60, t.minute%60, 0, 0, zone)
	if at.Day() != day || t.weekday != "" && weekdays[t.weekday].day != at.Weekday() {
		return time.Time{}, false
	}
	return at, true
}

// order returns the order that is the only one in which the date is one. Where
// both are, the language of the weekday says it, if there is one.
func (t stamp) order() DateOrder {
	_, m := t.in(MonthFirst, time.UTC)
	_, d := t.in(DayFirst, time.UTC)
	switch {
	case m && !d:
		return MonthFirst
	case d && !m:
		return DayFirst
	case m && d && t.weekday != "":
		return weekdays[t.weekday].order
	}
	return AnyOrder
}

// clock is what dates of a file are read by.
type clock struct {
	zone   *time.Location
	order  DateOrder // of dates that may be either; AnyOrder if nobody knows
	is1904 bool      // a spreadsheet's days are counted from 1904
}

// instant reads a date and time of the export. doubt says that the month and
// the day may be the other way round.
func (c *clock) instant(s string) (t gcm.Instant, doubt, ok bool) {
	if t, err := gcm.ParseInstant(s); err == nil {
		return t, false, true
	}
	if n, err := strconv.ParseInt(strings.TrimSuffix(s, ".0"), 10, 64); err == nil && n >= 1e8 && n < 1e11 {
		return instantOf(time.Unix(n, 0))
	}
	if days, err := strconv.ParseFloat(s, 64); err == nil && days >= 20_000 && days < 80_000 && s[0] != '+' {
		// Of a spreadsheet: the days since 1899-12-30 or 1904-01-01.
		first := time.Date(1899, 12, 30, 0, 0, 0, 0, c.zone)
		if c.is1904 {
			first = time.Date(1904, 1, 1, 0, 0, 0, 0, c.zone)
		}
		day, part := math.Modf(days)
		at := first.AddDate(0, 0, int(day))
		return instantOf(at.Add(time.Duration(math.Round(part*24*60)) * time.Minute))
	}
	st, ok := parseStamp(s)
	if !ok {
		return t, false, false
	}
	order := st.order()
	if order == AnyOrder {
		order = c.order
	}
	if order == AnyOrder {
		order, doubt = MonthFirst, st.a != st.b // as on the English pages
	}
	at, ok := st.in(order, c.zone)
	if !ok {
		return t, false, false
	}
	t, _, ok = instantOf(at)
	return t, doubt, ok
}

func instantOf(at time.Time) (t gcm.Instant, doubt, ok bool) {
	t = gcm.InstantOfUnix(at.Unix()-(at.Unix()%60+60)%60, 0)
	return t, false, t.IsValid()
}

// orders counts which orders the dates of a file are in.
type orders struct{ month, day int }

// see looks at the dates of a row: created, completed, changed.
func (o *orders) see(dates []string) {
	switch rowOrder(dates) {
	case MonthFirst:
		o.month++
	case DayFirst:
		o.day++
	}
}

// order returns the order of those that say one, if they say the same.
func (o *orders) order() DateOrder {
	switch {
	case o.month > 0 && o.day == 0:
		return MonthFirst
	case o.day > 0 && o.month == 0:
		return DayFirst
	}
	return AnyOrder
}

// rowOrder returns the only order in which the dates of a row, created,
// completed and changed, are dates and none is before the one in front.
func rowOrder(dates []string) DateOrder {
	good := func(o DateOrder) bool {
		var last time.Time
		for _, s := range dates {
			st, ok := parseStamp(s)
			if !ok || st.fixed != AnyOrder {
				continue
			}
			if own := st.order(); own != AnyOrder && own != o {
				return false
			}
			at, ok := st.in(o, time.UTC)
			if !ok || at.Before(last) {
				return false
			}
			last = at
		}
		return true
	}
	m, d := good(MonthFirst), good(DayFirst)
	switch {
	case m && !d:
		return MonthFirst
	case d && !m:
		return DayFirst
	}
	return AnyOrder
}
