package gcm

import (
	"testing"
	"time"
)

// Package time is the reference, over all the days there are.
func TestDayNumbersAreThoseOfPackageTime(t *testing.T) {
	day := time.Date(minYear, 1, 1, 0, 0, 0, 0, time.UTC)
	for n := 0; day.Year() <= maxYear; n++ {
		year, month, d := day.Date()
		if got := dayNumber(year, int(month), d); got != n {
			t.Fatalf("dayNumber(%d, %d, %d) = %d, want %d", year, month, d, got, n)
		}
		if y, m, dd := civilDay(n); y != year || m != int(month) || dd != d {
			t.Fatalf("civilDay(%d) = %d, %d, %d, want %v", n, y, m, dd, day)
		}
		day = day.AddDate(0, 0, 1)
	}
}

func TestInstantBoundsAreThoseOfPackageTime(t *testing.T) {
	first := time.Date(minYear, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	last := time.Date(maxYear, 12, 31, 23, 59, 59, 0, time.UTC).Unix()
	if got := int64(1 - unixSeconds); got != first {
		t.Errorf("the first second is %d, want %d", got, first)
	}
	if got := int64(maxSeconds - unixSeconds); got != last {
		t.Errorf("the last second is %d, want %d", got, last)
	}
}
