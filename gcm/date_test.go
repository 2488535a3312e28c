package gcm_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/gcmkit/gcmkit/gcm"
)

func TestParseDateReadsYearMonthOrDay(t *testing.T) {
	for in, want := range map[string][3]int{
		"2026":       {2026, 0, 0},
		"2026-05":    {2026, 5, 0},
		"2026-05-08": {2026, 5, 8},
		"2024-02-29": {2024, 2, 29},
		"2000-02-29": {2000, 2, 29},
		"0001":       {1, 0, 0},
		"0001-01-01": {1, 1, 1},
		"9999-12-31": {9999, 12, 31},
	} {
		d, err := gcm.ParseDate(in)
		if got := [3]int{d.Year(), d.Month(), d.Day()}; got != want || err != nil || !d.IsValid() {
			t.Errorf("ParseDate(%q) = %v, %v, want %v", in, got, err, want)
		}
		if d.String() != in {
			t.Errorf("ParseDate(%q) is written as %q", in, d)
		}
	}
}

func TestParseDateIsStrict(t *testing.T) {
	for _, in := range []string{
		"", " ", "26", "02026", "2026-", "2026-5", "2026-05-", "2026-05-8", "2026-05-008", "2026/05/08", "20260508",
		"0000", "2026-00", "2026-13", "2026-05-00", "2026-04-31", "2025-02-29", "1900-02-29", "2026-01-32",
		"2026-05-08T00:00:00Z", "2026-05-08 ", " 2026", "-2026", "+2026", "２０２６", "4/JUL/23", "2026-W19",
	} {
		d, err := gcm.ParseDate(in)
		var pe *gcm.ParseError
		if d.IsValid() || !errors.Is(err, gcm.ErrSyntax) || !errors.As(err, &pe) || pe.Input != in || pe.What != "date" {
			t.Errorf("ParseDate(%q) = %v, %v", in, d, err)
		}
	}
}

func TestDateOfWhatIsNoDateIsZero(t *testing.T) {
	for _, d := range [][3]int{
		{}, {0, 5, 8}, {10000, 0, 0}, {-1, 0, 0}, {2026, 0, 8}, {2026, 13, 0}, {2026, -1, 0}, {2026, 5, -1}, {2026, 2, 29}, {2026, 5, 32},
		{65537, 1, 1}, {2026, 257, 1}, {2026, 1, 257}, // not cut to 16 or 8 bits
	} {
		if got := gcm.DateOf(d[0], d[1], d[2]); got != (gcm.Date{}) {
			t.Errorf("DateOf%v = %v", d, got)
		}
	}
}

func TestFirstAndLastDayOfADate(t *testing.T) {
	for _, test := range [][3]string{
		{"2026", "2026-01-01", "2026-12-31"},
		{"2026-05", "2026-05-01", "2026-05-31"},
		{"2024-02", "2024-02-01", "2024-02-29"},
		{"2026-05-08", "2026-05-08", "2026-05-08"},
		{"", "", ""},
	} {
		d := date(t, test[0])
		if d.First().String() != test[1] || d.Last().String() != test[2] {
			t.Errorf("%v is from %v to %v, want %v", d, d.First(), d.Last(), test[1:])
		}
	}
}

func TestCompareOrdersDates(t *testing.T) {
	var dates []gcm.Date
	for _, s := range []string{"", "2025", "2025-12-31", "2026", "2026-01", "2026-01-01", "2026-01-02", "2026-02", "2026-02-01", "2027"} {
		dates = append(dates, date(t, s))
	}
	for i, d := range dates {
		for j, e := range dates {
			if got, want := d.Compare(e), compare(i, j); got != want {
				t.Errorf("%v.Compare(%v) = %d, want %d", d, e, got, want)
			}
		}
	}
}

func TestBeforeMeansEveryDayBefore(t *testing.T) {
	for _, test := range []struct {
		d, e          string
		before, after bool
	}{
		{"2025", "2026", true, false},
		{"2026", "2026-05", false, false},
		{"2026-04", "2026-05-08", true, false},
		{"2026-05", "2026-05-08", false, false},
		{"2026-05-08", "2026-05-08", false, false},
		{"2026-05-09", "2026-05-08", false, true},
		{"2026-05-31", "2026-06", true, false},
		{"2027", "2026-12-31", false, true},
		{"", "2026", false, false},
		{"2026", "", false, false},
	} {
		d, e := date(t, test.d), date(t, test.e)
		if d.Before(e) != test.before || d.After(e) != test.after || e.After(d) != test.before {
			t.Errorf("%v and %v: before %v, after %v", d, e, d.Before(e), d.After(e))
		}
	}
}

func TestDateAsText(t *testing.T) {
	type pledge struct {
		Deadline gcm.Date `json:"deadline,omitzero"`
	}
	for text, want := range map[string]pledge{`{"deadline":"2026-05"}`: {gcm.DateOf(2026, 5, 0)}, `{}`: {}} {
		var got pledge
		if err := json.Unmarshal([]byte(text), &got); got != want || err != nil {
			t.Errorf("%s is read as %v, %v", text, got, err)
		}
		if data, err := json.Marshal(want); string(data) != text || err != nil {
			t.Errorf("%v is written as %s, %v", want, data, err)
		}
	}
	d := gcm.DateOf(2026, 0, 0)
	if b, err := d.AppendText([]byte("by ")); string(b) != "by 2026" || err != nil {
		t.Errorf("AppendText gives %q, %v", b, err)
	}
	if err := d.UnmarshalText([]byte("soon")); err == nil || d.Year() != 2026 {
		t.Errorf("unreadable text gives %v, %v", d, err)
	}
	if err := d.UnmarshalText(nil); err != nil || d.IsValid() {
		t.Errorf("empty text gives %v, %v", d, err)
	}
}

// Package time is the reference.
func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026", "2026-05", "2026-05-08", "2026-02-29", "0000", "2026-13", "20-05-08", "2026-5-8", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got, err := gcm.ParseDate(in)
		layouts := []string{"2006", "2006-01", "2006-01-02"}
		i := slices.IndexFunc(layouts, func(layout string) bool { return len(layout) == len(in) })
		var want time.Time
		ok := false
		if i >= 0 {
			var err error
			want, err = time.Parse(layouts[i], in)
			ok = err == nil && want.Year() > 0
		}
		if ok != (err == nil) {
			t.Fatalf("ParseDate(%q) = %v, %v; package time: %v", in, got, err, want)
		}
		if ok && (got.String() != in || got.First().String() != want.Format("2006-01-02")) {
			t.Errorf("ParseDate(%q) = %v, package time: %v", in, got, want)
		}
	})
}

// date reads a date; "" is the zero Date.
func date(t *testing.T, s string) (d gcm.Date) {
	t.Helper()
	if err := d.UnmarshalText([]byte(s)); err != nil {
		t.Fatal(err)
	}
	return d
}

func compare(i, j int) int {
	switch {
	case i < j:
		return -1
	case i > j:
		return +1
	}
	return 0
}
