package gcm

import "cmp"

// A Date is a day, or only a month, or only a year: 2026-05-08, 2026-05 or 2026.
// Pledges are announced and due at such partial dates, and a month that is not
// known stays unknown. A Date has no time zone.
//
// The zero Date is not valid and means that none is stated. Dates can be
// compared with ==, which asks for the same precision too.
type Date struct {
	year       uint16
	month, day uint8
}

// DateOf returns the date of a year from 1 to 9999, a month, and a day. If day is 0 it
// is the whole month, and if month is 0 as well the whole year. It returns the zero
// Date if there is no such date, such as 30 February.
func DateOf(year, month, day int) Date {
	switch {
	case year < minYear || year > maxYear,
		month < 0 || month > 12,
		month == 0 && day != 0,
		day < 0 || month > 0 && day > daysIn(year, month):
		return Date{}
	}
	return Date{uint16(year), uint8(month), uint8(day)}
}

// ParseDate reads one of the ISO 8601 forms "2026", "2026-05" and "2026-05-08". A year
// has four digits, from 0001. Anything else is an error that unwraps to [ErrSyntax],
// and so is a day that its month doesn't have.
func ParseDate(s string) (Date, error) {
	if d, rest := cutDate(s); d.IsValid() && rest == "" {
		return d, nil
	}
	return Date{}, &ParseError{What: "date", Input: s, Err: ErrSyntax}
}

// cutDate reads the longest date that s begins with.
func cutDate(s string) (d Date, rest string) {
	if len(s) >= len("2026-05-08") { // mostly
		n, ok := pairs(s, 0, datePattern())
		if day := two(s, 8); ok && day > 0 {
			return DateOf(int(n&0xff)*100+int(n>>16&0xff), int(n>>40&0xff), day), s[10:]
		}
	}
	year := 100*two(s, 0) + two(s, 2)
	if year < minYear || year > maxYear {
		return Date{}, s
	}
	month, day, end := 0, 0, 4
	if n := cutPart(s, 4); n > 0 {
		month, end = n, 7
		if n := cutPart(s, 7); n > 0 {
			day, end = n, 10
		}
	}
	return DateOf(year, month, day), s[end:]
}

// cutPart reads a hyphen at s[i] and a number of two digits; 0 if they aren't
// there.
func cutPart(s string, i int) int {
	if n := two(s, i+1); n <= 99 && s[i] == '-' {
		return n
	}
	return 0
}

// IsValid reports whether d is a date, and not the zero Date.
func (d Date) IsValid() bool { return d.year != 0 }

// Year returns the year, 1 to 9999; 0 if d is not valid.
func (d Date) Year() int { return int(d.year) }

// Month returns the month, 1 to 12; 0 if it is not stated.
func (d Date) Month() int { return int(d.month) }

// Day returns the day of the month, 1 to 31; 0 if it is not stated.
func (d Date) Day() int { return int(d.day) }

// First returns the first day that d covers: 2026-05-01 for 2026-05.
func (d Date) First() Date {
	if d.IsValid() {
		d.month, d.day = max(d.month, 1), max(d.day, 1)
	}
	return d
}

// Last returns the last day that d covers: 2026-05-31 for 2026-05.
func (d Date) Last() Date {
	if !d.IsValid() || d.day != 0 {
		return d
	}
	if d.month == 0 {
		d.month = 12
	}
	d.day = uint8(daysIn(d.Year(), d.Month()))
	return d
}

// Before reports whether every day that d covers comes before every day that e
// covers. So 2026 is neither before nor after 2026-05. A date that is not
// valid is neither before nor after anything.
func (d Date) Before(e Date) bool {
	return d.IsValid() && e.IsValid() && d.Last().Compare(e.First()) < 0
}

// After reports whether every day that d covers comes after every day that e
// covers: whether e is before d.
func (d Date) After(e Date) bool { return e.Before(d) }

// Compare orders dates by the first day that they cover, and the less precise
// first if that is the same: 2026, 2026-01, 2026-01-01, 2026-01-02. The zero
// Date is the first of all. The result is -1, 0 or +1.
func (d Date) Compare(e Date) int {
	return cmp.Or(
		cmp.Compare(d.First().number(), e.First().number()),
		cmp.Compare(d.number(), e.number()),
	)
}

// number orders dates of the same precision.
func (d Date) number() int { return d.Year()<<16 | d.Month()<<8 | d.Day() }

// String returns the ISO 8601 form, "" for the zero Date.
func (d Date) String() string { return string(d.append(nil)) }

// AppendText appends what String returns.
func (d Date) AppendText(b []byte) ([]byte, error) { return d.append(b), nil }

// MarshalText returns what String returns.
func (d Date) MarshalText() ([]byte, error) { return d.append(nil), nil }

// UnmarshalText reads what [ParseDate] reads; empty text gives the zero Date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	v, err := ParseDate(string(text))
	if err == nil {
		*d = v
	}
	return err
}

func (d Date) append(b []byte) []byte {
	if !d.IsValid() {
		return b
	}
	b = appendDigits(b, d.Year(), 4)
	for _, n := range [...]int{d.Month(), d.Day()} {
		if n != 0 {
			b = appendDigits(append(b, '-'), n, 2)
		}
	}
	return b
}
