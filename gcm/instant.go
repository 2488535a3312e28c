package gcm

import "cmp"

// An Instant is a point in time, with a precision of a nanosecond, in the years 1 to
// 9999 UTC. It does what a page needs of package time, which pages don't contain.
//
// The zero Instant is not valid and means that none is stated. Instants can be
// compared with ==: the offset that one was written with is not kept.
type Instant struct {
	seconds int64 // since the second before the year 1 began; 0 is no instant
	nanos   int32
}

const (
	daySeconds  = 24 * 60 * 60
	maxSeconds  = (365*maxYear + 2424) * daySeconds                  // 2,424 leap days in 9,999 years
	unixSeconds = (365*1969+1969/4-1969/100+1969/400)*daySeconds + 1 // the seconds at 1970-01-01T00:00:00Z
)

// InstantOfUnix returns the instant that comes sec seconds and nsec nanoseconds
// after 1 January 1970 UTC. It returns the zero Instant if nsec is not within
// 0 to 999,999,999, or the year not within 1 to 9999.
func InstantOfUnix(sec int64, nsec int32) Instant {
	if sec < 1-unixSeconds || sec > maxSeconds-unixSeconds || nsec < 0 || nsec > 999_999_999 {
		return Instant{}
	}
	return Instant{sec + unixSeconds, nsec}
}

// ParseInstant reads an RFC 3339 date and time with any offset, such as
// "2022-05-20T09:30:00.5+02:00". Digits beyond the ninth decimal of a second are
// dropped. Anything else is an error that unwraps to [ErrSyntax]. So is a leap second,
// which no Instant can hold, and a year that is not within 1 to 9999, as it is written
// or in UTC.
func ParseInstant(s string) (Instant, error) {
	t, _, err := ParseInstantAt(s)
	return t, err
}

// ParseInstantAt is [ParseInstant] that also returns the offset from UTC that the
// text states, in minutes, positive in the east.
func ParseInstantAt(s string) (t Instant, offset int, err error) {
	if t, offset, ok := parseInstant(s); ok {
		return t, offset / 60, nil
	}
	return Instant{}, 0, &ParseError{What: "instant", Input: s, Err: ErrSyntax}
}

func parseInstant(s string) (t Instant, offset int, ok bool) {
	date, s := cutDate(s)
	if date.Day() == 0 || len(s) < len("T00:00:00") || s[0]|0x20 != 't' || s[3] != ':' || s[6] != ':' {
		return t, 0, false
	}
	var hour, minute, second, nanos int
	ok = false
	if len(s) == len("T00:00:00Z") { // mostly
		head, ok1 := pairs(s, 0, timePattern())
		tail, ok2 := pairs(s, 2, zonePattern())
		hour, minute, second, ok = int(head>>8&0xff), int(head>>32&0xff), int(tail>>40&0xff), ok1 && ok2
	}
	if !ok {
		var ok1, ok2 bool
		hour, minute, second = two(s, 1), two(s, 4), two(s, 7)
		nanos, s, ok1 = cutFraction(s[9:])
		offset, ok2 = parseOffset(s)
		ok = ok1 && ok2
	}
	if !ok || hour > 23 || minute > 59 || second > 59 {
		return t, 0, false
	}
	days := dayNumber(date.Year(), date.Month(), date.Day())
	seconds := int64(days)*daySeconds + int64(hour*60*60+minute*60+second-offset)
	if seconds < 0 || seconds >= maxSeconds {
		return t, 0, false
	}
	return Instant{seconds + 1, int32(nanos)}, offset, true
}

// cutFraction reads a point and digits, if there is a point.
func cutFraction(s string) (nanos int, rest string, ok bool) {
	if s == "" || s[0] != '.' {
		return 0, s, true
	}
	s = s[1:]
	for n := 100_000_000; s != "" && s[0]-'0' <= 9; n /= 10 {
		nanos += n * int(s[0]-'0')
		s, ok = s[1:], true
	}
	return nanos, s, ok
}

// parseOffset reads "Z" or an offset from UTC, in seconds.
func parseOffset(s string) (seconds int, ok bool) {
	if s == "Z" || s == "z" {
		return 0, true
	}
	if s == "" || s[0] != '+' && s[0] != '-' {
		return 0, false
	}
	hour, minute := two(s, 1), two(s, 4)
	if len(s) != len("+00:00") || s[3] != ':' || hour > 23 || minute > 59 {
		return 0, false
	}
	seconds = hour*60*60 + minute*60
	if s[0] == '-' {
		seconds = -seconds
	}
	return seconds, true
}

// IsValid reports whether t is an instant, and not the zero Instant.
func (t Instant) IsValid() bool { return t.seconds != 0 }

// Unix returns the seconds since 1 January 1970 UTC, and the nanoseconds since
// that second began. Both are 0 if t is not valid.
func (t Instant) Unix() (sec int64, nsec int32) {
	if !t.IsValid() {
		return 0, 0
	}
	return t.seconds - unixSeconds, t.nanos
}

// Date returns the day in UTC; the zero Date if t is not valid.
func (t Instant) Date() Date {
	if !t.IsValid() {
		return Date{}
	}
	return DateOf(civilDay(int((t.seconds - 1) / daySeconds)))
}

// DateAt returns the day on clocks that are so many minutes ahead of UTC; the day
// in UTC if that is a day or more, or theirs is not within the years 1 to 9999.
func (t Instant) DateAt(offset int) Date {
	local, _ := t.at(offset)
	return local.Date()
}

// at returns what clocks that are so many minutes ahead of UTC show, as if it were
// UTC, and whether that is within the years.
func (t Instant) at(offset int) (local Instant, ok bool) {
	local = Instant{t.seconds + int64(offset)*60, t.nanos}
	if !t.IsValid() || offset <= -24*60 || offset >= 24*60 || local.seconds < 1 || local.seconds > maxSeconds {
		return t, false
	}
	return local, true
}

// Compare orders instants by time, the zero Instant first. The result is -1, 0
// or +1.
func (t Instant) Compare(u Instant) int {
	return cmp.Or(cmp.Compare(t.seconds, u.seconds), cmp.Compare(t.nanos, u.nanos))
}

// String returns the RFC 3339 form in UTC, with as many decimals of a second as
// it takes: "2022-05-20T07:30:00.5Z"; "" for the zero Instant.
func (t Instant) String() string { return string(t.append(nil)) }

// StringAt returns the RFC 3339 form by clocks that are so many minutes ahead of
// UTC, "2022-05-20T09:30:00.5+02:00"; that of String where [Instant.DateAt] returns
// the day in UTC.
func (t Instant) StringAt(offset int) string {
	local, ok := t.at(offset)
	if !ok || offset == 0 {
		return t.String()
	}
	b := local.append(nil)
	b[len(b)-1] = '+'
	if offset < 0 {
		b[len(b)-1], offset = '-', -offset
	}
	return string(appendDigits(append(appendDigits(b, offset/60, 2), ':'), offset%60, 2))
}

// AppendText appends what String returns.
func (t Instant) AppendText(b []byte) ([]byte, error) { return t.append(b), nil }

// MarshalText returns what String returns.
func (t Instant) MarshalText() ([]byte, error) { return t.append(nil), nil }

// UnmarshalText reads what [ParseInstant] reads; empty text gives the zero
// Instant.
func (t *Instant) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*t = Instant{}
		return nil
	}
	v, err := ParseInstant(string(text))
	if err == nil {
		*t = v
	}
	return err
}

func (t Instant) append(b []byte) []byte {
	if !t.IsValid() {
		return b
	}
	second := int((t.seconds - 1) % daySeconds)
	b = append(t.Date().append(b), 'T')
	b = append(appendDigits(b, second/3600, 2), ':')
	b = append(appendDigits(b, second/60%60, 2), ':')
	b = appendDigits(b, second%60, 2)
	if t.nanos != 0 {
		b = appendDigits(append(b, '.'), int(t.nanos), 9)
		for b[len(b)-1] == '0' {
			b = b[:len(b)-1]
		}
	}
	return append(b, 'Z')
}
