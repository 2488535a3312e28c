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

// fresh returns how fresh the numbers are, with the message for it and their
// age in days; nothing if it isn't known. A date that is still to come says
// nothing, but for the one day by which calendars and clocks may differ.
func (r *renderer) fresh() (message locale.Message, name string, days int) {
	_, _, at := r.when()
	if !at.IsValid() || !r.o.Now.IsValid() {
		return 0, "", 0
	}
	days = day(r.o.Now) - day(at)
	switch {
	case days < -1:
		return 0, "", 0
	case r.o.Live:
		return locale.FreshCurrent, current, 0
	case days <= cmp.Or(r.o.Current, 7):
		return locale.FreshCurrent, current, max(days, 0)
	case days <= cmp.Or(r.o.Ageing, 31):
		return locale.FreshAgeing, ageing, days
	}
	return locale.FreshStale, stale, days
}

// day numbers the days in UTC.
func day(t gcm.Instant) int {
	const seconds = 24 * 60 * 60
	sec, _ := t.Unix()
	n := sec / seconds
	if sec%seconds < 0 {
		n--
	}
	return int(n)
}
