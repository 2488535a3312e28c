package gcm

// Dates are in the proleptic Gregorian calendar, as in ISO 8601 and RFC 3339.

const (
	minYear = 1
	maxYear = 9999
)

func isLeap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

// daysIn returns the number of days of a month.
func daysIn(year, month int) int {
	const lengths = "\x1f\x1c\x1f\x1e\x1f\x1e\x1f\x1f\x1e\x1f\x1e\x1f" // 31, 28, 31, 30...
	if month == 2 && isLeap(year) {
		return 29
	}
	return int(lengths[month-1])
}

// dayNumber counts the days from 1 January of the year 1, which is day 0.
func dayNumber(year, month, day int) int {
	n := day - 1 + int(daysBefore[month-1])
	if month > 2 && daysIn(year, 2) == 29 {
		n++
	}
	y := year - 1
	return n + 365*y + y/4 - y/100 + y/400
}

// daysBefore is how many days of a common year are before each month.
var daysBefore = [...]uint16{0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334}

// civilDay is the inverse of dayNumber, for days of the years 1 to 9999.
func civilDay(n int) (year, month, day int) {
	// In 400 years there are 146,097 days, and the last of each of 4
	// centuries, 25 times 4 years and 4 years may be a day longer than the
	// others: the quotient of 4 stays within the period.
	const days1, days4, days100, days400 = 365, 1461, 36524, 146097
	year = 1 + 400*(n/days400)
	n %= days400
	c := min(n/days100, 3)
	n -= c * days100
	year += 100*c + 4*(n/days4)
	n %= days4
	y := min(n/days1, 3)
	n -= y * days1
	year += y

	for month = 1; n >= daysIn(year, month); month++ {
		n -= daysIn(year, month)
	}
	return year, month, n + 1
}

// appendDigits appends n with at least width digits.
func appendDigits(b []byte, n, width int) []byte {
	if width > 1 || n > 9 {
		b = appendDigits(b, n/10, width-1)
	}
	return append(b, '0'+byte(n%10))
}

// two reads two digits at s[i]; it is more than 9999 if they aren't there.
func two(s string, i int) int {
	if len(s) < i+2 || s[i]-'0' > 9 || s[i+1]-'0' > 9 {
		return 1 << 16
	}
	return int(s[i]-'0')*10 + int(s[i+1]-'0')
}

// pattern is what eight bytes are to be: digits where text has a 0, and elsewhere
// the same. A byte of room is 0x7f less what the byte may be more than in text: 9 or
// nothing.
type pattern struct{ text, room uint64 }

func datePattern() pattern { return pattern{0x2d30302d30303030, 0x7f76767f76767676} } // 0000-00-
func timePattern() pattern { return pattern{0x303a30303a303054, 0x767f76767f76767f} } // T00:00:0
func zonePattern() pattern { return pattern{0x5a30303a30303a30, 0x7f76767f76767f76} } // 0:00:00Z

// pairs reads several numbers of two digits at once, if eight bytes at s[i] are as a
// pattern has it. The number that begins at one of them is that byte of numbers.
func pairs(s string, i int, p pattern) (numbers uint64, ok bool) {
	const high = 0x8080808080808080
	digits := eight(s[i:]) ^ p.text
	return digits*10 + digits>>8, (digits|(digits+p.room))&high == 0
}

// eight returns the first eight bytes as a number.
func eight(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}
