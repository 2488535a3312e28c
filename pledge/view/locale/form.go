package locale

import (
	"strconv"

	"github.com/gcmkit/gcmkit/gcm"
)

// A Form is a plural category of CLDR: the form that words take beside a
// number. The zero Form is [Other], which is the form of every number in
// Chinese, and of the most numbers in most languages.
type Form uint8

// The forms, numbered as in golang.org/x/text/feature/plural.
const (
	Other Form = iota
	Zero
	One
	Two
	Few
	Many
)

var formNames = [...]string{"other", "zero", "one", "two", "few", "many"}

// String returns CLDR's name of the form, "few"; "Form(77)" for what is none.
func (f Form) String() string {
	if int(f) >= len(formNames) {
		return "Form(" + strconv.Itoa(int(f)) + ")"
	}
	return formNames[f]
}

// Plural returns the form that words take beside the whole number n, without
// decimals. A negative number takes the form of its absolute value.
//
// The rules are those of CLDR 48 for cardinal numbers. French and Spanish have
// many for whole millions (1 000 000 d’engagements); Russian has other for
// fractions only, so it never comes up here.
func Plural(lang gcm.Language, n int) Form {
	u := magnitude(n)
	switch lang {
	case gcm.French:
		if u <= 1 {
			return One
		}
		return wholeMillions(u)
	case gcm.Spanish:
		if u == 1 {
			return One
		}
		return wholeMillions(u)
	case gcm.Arabic:
		return arabic(u)
	case gcm.Russian:
		return russian(u)
	case gcm.Chinese:
		return Other
	}
	if u == 1 {
		return One
	}
	return Other
}

func wholeMillions(u uint64) Form {
	if u != 0 && u%1_000_000 == 0 {
		return Many
	}
	return Other
}

func arabic(u uint64) Form {
	switch tail := u % 100; {
	case u == 0:
		return Zero
	case u == 1:
		return One
	case u == 2:
		return Two
	case tail >= 3 && tail <= 10:
		return Few
	case tail >= 11:
		return Many
	}
	return Other
}

func russian(u uint64) Form {
	last, teens := u%10, u%100 >= 11 && u%100 <= 14
	switch {
	case last == 1 && !teens:
		return One
	case last >= 2 && last <= 4 && !teens:
		return Few
	}
	return Many
}

// magnitude is the absolute value of n, which for the least int is no int.
func magnitude(n int) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}
