package main

import (
	"fmt"
	"strconv"
)

// number returns 1,000,000.
func number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func plural(n int, what string) string {
	if n == 1 {
		return "one " + what
	}
	return number(n) + " " + what + "s"
}

// secondsText returns a time with three digits and its unit.
func secondsText(s float64) string {
	switch {
	case s < 1e-3:
		return threeDigits(s*1e6) + " µs"
	case s < 1:
		return threeDigits(s*1e3) + " ms"
	}
	return threeDigits(s) + " s"
}

// bytesText returns a size in decimal units.
func bytesText(n int64) string {
	switch {
	case n >= 1e9:
		return threeDigits(float64(n)/1e9) + " GB"
	case n >= 1e6:
		return threeDigits(float64(n)/1e6) + " MB"
	}
	return threeDigits(float64(n)/1e3) + " kB"
}

func threeDigits(f float64) string {
	switch {
	case f < 10:
		return fmt.Sprintf("%.2f", f)
	case f < 100:
		return fmt.Sprintf("%.1f", f)
	}
	return number(int(f + 0.5))
}

// factor returns by what b is multiplied to give a: 0.31, 1.3, 17.
func factor(a, b float64) string {
	switch f := a / b; {
	case f < 1.1: // or it would be 1.0
		return fmt.Sprintf("%.2f", f)
	case f < 10:
		return fmt.Sprintf("%.1f", f)
	default:
		return number(int(f + 0.5))
	}
}
