package gcm_test

import (
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
)

func TestForumsAreEveryFourYears(t *testing.T) {
	var years []int
	for f := range gcm.Forums(2034) {
		years = append(years, f.Year)
		scheduled := f.Year <= 2026
		if f.Start.IsValid() != scheduled || f.End.IsValid() != scheduled {
			t.Errorf("the forum of %d is from %v to %v", f.Year, f.Start, f.End)
		}
		if scheduled && (f.Start.Year() != f.Year || f.End.Year() != f.Year || !f.Start.Before(f.End)) {
			t.Errorf("the forum of %d is from %v to %v", f.Year, f.Start, f.End)
		}
	}
	if len(years) != 4 || years[0] != 2022 || years[1] != 2026 || years[2] != 2030 || years[3] != 2034 {
		t.Errorf("forums up to 2034: %v", years)
	}
	for f := range gcm.Forums(2021) {
		t.Errorf("there was a forum in %d", f.Year)
	}
	for range gcm.Forums(9999) {
		break // an iterator that goes on after this panics
	}
	last := 0
	for f := range gcm.Forums(1_000_000) {
		last = f.Year
	}
	if last != 9998 {
		t.Errorf("the last forum is in %d", last)
	}
}

func TestForumsThatWereHeld(t *testing.T) {
	want := []gcm.Forum{
		{Year: 2022, Start: date(t, "2022-05-17"), End: date(t, "2022-05-20"), Declaration: "A/RES/76/266"},
		{Year: 2026, Start: date(t, "2026-05-05"), End: date(t, "2026-05-08")},
	}
	i := 0
	for f := range gcm.Forums(2026) {
		if f != want[i] {
			t.Errorf("the forum is %v, want %v", f, want[i])
		}
		i++
	}
}

func TestForumOnADate(t *testing.T) {
	for in, year := range map[string]int{
		"2022-05-16": 0, "2022-05-17": 2022, "2022-05-20": 2022, "2022-05-21": 0,
		"2026-05-05": 2026, "2026-05-08": 2026, "2026-05": 0, "2026": 0, "2024-05-06": 0, "2030-05-06": 0, "": 0,
	} {
		f, ok := gcm.ForumOn(date(t, in))
		if f.Year != year || ok != (year != 0) {
			t.Errorf("on %q: the forum of %d, %v, want %d", in, f.Year, ok, year)
		}
	}
}

func TestNextForumBeginsAfterTheDate(t *testing.T) {
	for in, year := range map[string]int{
		"0001":       2022,
		"2018-12-19": 2022,
		"2021":       2022,
		"2022-05-16": 2022,
		"2022-05-17": 2026,
		"2022":       2026,
		"2026-04":    2026,
		"2026-05":    2030,
		"2026":       2030,
		"2029-12-31": 2030,
		"2030-06":    2030, // its days are not known
		"2030":       2030,
		"2031":       2034,
		"9998":       9998,
		"9999":       0,
		"":           0,
	} {
		if f := gcm.NextForum(date(t, in)); f.Year != year {
			t.Errorf("after %q: the forum of %d, want %d", in, f.Year, year)
		}
	}
}
