package webform

import (
	"strconv"
	"strings"
	"time"

	"github.com/gcmkit/gcmkit/gcm"
)

// weekdays are the abbreviations that stand in front of a date: those of
// English, French and Spanish.
var weekdays = map[string][]time.Weekday{
	"mon": {time.Monday}, "tue": {time.Tuesday}, "wed": {time.Wednesday}, "thu": {time.Thursday},
	"fri": {time.Friday}, "sat": {time.Saturday}, "sun": {time.Sunday},
	"lun": {time.Monday}, "mar": {time.Tuesday}, "mer": {time.Wednesday}, "mie": {time.Wednesday},
	"jeu": {time.Thursday}, "jue": {time.Thursday}, "ven": {time.Friday}, "vie": {time.Friday},
	"sam": {time.Saturday}, "sab": {time.Saturday}, "dim": {time.Sunday}, "dom": {time.Sunday},
}

// instant reads a date and time of the export, "Thu, 06/02/2022 - 23:57": the
// month comes first, and as no time zone is given it is taken as UTC. A day of
// the week that isn't that of the date shows that the day came first, and
// makes the date malformed, for what else would be wrong then nobody knows.
// RFC 3339, its date and time without a zone, and seconds since 1970 will do
// as well.
func instant(s string) (gcm.Instant, bool) {
	if t, err := gcm.ParseInstant(s); err == nil {
		return t, true
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && len(s) >= 9 && len(s) <= 11 {
		t := gcm.InstantOfUnix(n, 0)
		return t, t.IsValid()
	}
	day, rest := "", s
	if before, after, ok := strings.Cut(s, ","); ok {
		day, rest = fold(before), after
	}
	for _, layout := range [...]string{
		"01/02/2006 - 15:04", "01/02/2006 - 15:04:05", "1/2/2006 15:04", "01/02/2006",
		"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04:05", "2006-01-02",
	} {
		t, err := time.Parse(layout, strings.TrimSpace(rest))
		if err != nil {
			continue
		}
		if day != "" && !isWeekday(day, t.Weekday()) {
			return gcm.Instant{}, false
		}
		u := gcm.InstantOfUnix(t.Unix(), 0)
		return u, u.IsValid()
	}
	return gcm.Instant{}, false
}

func isWeekday(name string, day time.Weekday) bool {
	if len(name) < 3 {
		return false
	}
	for _, d := range weekdays[name[:3]] {
		if d == day {
			return true
		}
	}
	return false
}
