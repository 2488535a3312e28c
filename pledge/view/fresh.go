package view

import (
	"cmp"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/view/locale"
)

// How fresh numbers are, as the names of parts. A fourth state, that the source
// can't be read any more, is for the page to know; see [View.Stale].
const (
	current = "fresh-current"
	ageing  = "fresh-ageing"
	stale   = "fresh-stale"
)

// fresh returns how fresh the numbers are, and how old in words; nothing if it
// isn't known. A date that is still to come says nothing, but for the one day by
// which calendars and clocks may differ.
func (r *renderer) fresh() (name, age string) {
	_, _, at, offset := r.when()
	if !at.IsValid() || !r.o.Now.IsValid() {
		return "", ""
	}
	days := day(r.o.Now, 0) - day(at, offset)
	switch {
	case days < -1:
		return "", ""
	case r.o.Live:
		return current, r.say(locale.Live)
	case days <= cmp.Or(r.o.Current, 7):
		name = current
	case days <= cmp.Or(r.o.Ageing, 31):
		name = ageing
	default:
		name = stale
	}
	return name, r.age(days)
}

// age returns how old something is: in days for a month, in months for a year, in
// halves of years up to five, and in years. It is rounded down, as people say it.
func (r *renderer) age(days int) string {
	halves := int(int64(days) * 800 / 146097) // there are 146,097 days in 400 years
	switch {
	case days <= 0:
		return r.say(locale.Today)
	case days < 31:
		return r.counted(locale.AgeDays, days)
	case halves < 2:
		return r.counted(locale.AgeMonths, int(int64(days)*4800/146097))
	case halves%2 == 1 && halves < 10:
		return r.counted(locale.AgeHalfYears, halves/2)
	}
	return r.counted(locale.AgeYears, halves/2)
}

// day numbers the days of clocks that are so many minutes ahead of UTC.
func day(t gcm.Instant, offset int) int {
	const seconds = 24 * 60 * 60
	sec, _ := t.Unix()
	sec += int64(offset) * 60
	n := sec / seconds
	if sec%seconds < 0 {
		n--
	}
	return int(n)
}
