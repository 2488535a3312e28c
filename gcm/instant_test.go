package gcm_test

import (
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/gcmkit/gcmkit/gcm"
)

func TestParseInstantReadsRFC3339(t *testing.T) {
	for in, want := range map[string]string{
		"2022-05-20T00:00:00Z":                 "2022-05-20T00:00:00Z",
		"2022-05-20T09:30:00+02:00":            "2022-05-20T07:30:00Z",
		"2022-05-20T00:00:00-00:30":            "2022-05-20T00:30:00Z",
		"2022-01-01T00:00:00+23:59":            "2021-12-31T00:01:00Z",
		"2022-05-20t00:00:00z":                 "2022-05-20T00:00:00Z",
		"2022-05-20T00:00:00.5Z":               "2022-05-20T00:00:00.5Z",
		"2022-05-20T00:00:00.120000000Z":       "2022-05-20T00:00:00.12Z",
		"2022-05-20T00:00:00.000000000000001Z": "2022-05-20T00:00:00Z",
		"2022-05-20T23:59:59.9999999999Z":      "2022-05-20T23:59:59.999999999Z",
		"1970-01-01T00:00:00Z":                 "1970-01-01T00:00:00Z",
		"0001-01-01T00:00:00Z":                 "0001-01-01T00:00:00Z",
		"9999-12-31T23:59:59.999999999Z":       "9999-12-31T23:59:59.999999999Z",
		"2024-02-29T12:00:00-12:00":            "2024-03-01T00:00:00Z",
	} {
		i, err := gcm.ParseInstant(in)
		if i.String() != want || err != nil || !i.IsValid() {
			t.Errorf("ParseInstant(%q) = %v, %v, want %s", in, i, err, want)
		}
	}
}

func TestParseInstantIsStrict(t *testing.T) {
	for _, in := range []string{
		"", "2022", "2022-05-20", "2022-05-20T00:00:00", "2022-05-20 00:00:00Z", "2022-05-20T00:00Z",
		"2022-05-20T24:00:00Z", "2022-05-20T00:60:00Z", "2022-05-20T23:59:60Z", "2022-02-30T00:00:00Z",
		"2022-05-20T0:00:00Z", "2022-05-20T00:00:00.Z", "2022-05-20T00:00:00,5Z", "2022-05-20T00:00:00+0200",
		"2022-05-20T00:00:00+24:00", "2022-05-20T00:00:00+02:60", "2022-05-20T00:00:00+02", "2022-05-20T00:00:00ZZ",
		"2022-05T00:00:00Z", "0000-12-31T23:59:59Z", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
		"Thu, 06/02/2022 - 23:57",
	} {
		i, err := gcm.ParseInstant(in)
		var pe *gcm.ParseError
		if i.IsValid() || !errors.Is(err, gcm.ErrSyntax) || !errors.As(err, &pe) || pe.Input != in || pe.What != "instant" {
			t.Errorf("ParseInstant(%q) = %v, %v", in, i, err)
		}
	}
}

func TestInstantOfUnixAgreesWithPackageTime(t *testing.T) {
	first := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	last := time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC).Unix()
	seconds := []int64{first, first + 1, -1, 0, 1, 86399, 86400, last - 1, last}
	random := rand.New(rand.NewPCG(20, 5))
	for range 20_000 {
		seconds = append(seconds, first+random.Int64N(last-first+1))
	}
	for _, sec := range seconds {
		nsec := random.Int32N(1_000_000_000)
		i, want := gcm.InstantOfUnix(sec, nsec), time.Unix(sec, int64(nsec)).UTC()
		if got := i.String(); got != want.Format(time.RFC3339Nano) {
			t.Errorf("%d.%09d is %s, want %s", sec, nsec, got, want.Format(time.RFC3339Nano))
		}
		if got := i.Date().String(); got != want.Format(time.DateOnly) {
			t.Errorf("the day of %v is %s", i, got)
		}
		if s, n := i.Unix(); s != sec || n != nsec {
			t.Errorf("the Unix time of %v is %d, %d", i, s, n)
		}
		if back, err := gcm.ParseInstant(i.String()); back != i || err != nil {
			t.Errorf("%v is read as %v, %v", i, back, err)
		}
	}
}

func TestInstantOfUnixOutOfRangeIsZero(t *testing.T) {
	first := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	last := time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC).Unix()
	for _, test := range []struct {
		sec  int64
		nsec int32
	}{{first - 1, 0}, {last + 1, 0}, {math.MinInt64, 0}, {math.MaxInt64, 0}, {0, -1}, {0, 1_000_000_000}} {
		if i := gcm.InstantOfUnix(test.sec, test.nsec); i != (gcm.Instant{}) {
			t.Errorf("InstantOfUnix(%d, %d) = %v", test.sec, test.nsec, i)
		}
	}
}

func TestZeroInstantIsNotTheEpoch(t *testing.T) {
	var zero gcm.Instant
	epoch := gcm.InstantOfUnix(0, 0)
	if zero == epoch || zero.IsValid() || !epoch.IsValid() || zero.String() != "" || zero.Date().IsValid() {
		t.Errorf("zero is %q, the epoch %q", zero, epoch)
	}
	if s, n := zero.Unix(); s != 0 || n != 0 {
		t.Errorf("the Unix time of zero is %d, %d", s, n)
	}
}

func TestCompareOrdersInstants(t *testing.T) {
	instants := []gcm.Instant{{}, gcm.InstantOfUnix(-1, 999_999_999), gcm.InstantOfUnix(0, 0), gcm.InstantOfUnix(0, 1), gcm.InstantOfUnix(1, 0)}
	for i, t1 := range instants {
		for j, t2 := range instants {
			if got, want := t1.Compare(t2), compare(i, j); got != want {
				t.Errorf("%v.Compare(%v) = %d, want %d", t1, t2, got, want)
			}
		}
	}
}

func TestInstantAsText(t *testing.T) {
	type feed struct {
		AsOf gcm.Instant `json:"as_of,omitzero"`
	}
	for text, want := range map[string]feed{`{"as_of":"1970-01-01T00:00:00Z"}`: {gcm.InstantOfUnix(0, 0)}, `{}`: {}} {
		var got feed
		if err := json.Unmarshal([]byte(text), &got); got != want || err != nil {
			t.Errorf("%s is read as %v, %v", text, got, err)
		}
		if data, err := json.Marshal(want); string(data) != text || err != nil {
			t.Errorf("%v is written as %s, %v", want, data, err)
		}
	}
	i := gcm.InstantOfUnix(0, 0)
	if b, err := i.AppendText([]byte("at ")); string(b) != "at 1970-01-01T00:00:00Z" || err != nil {
		t.Errorf("AppendText gives %q, %v", b, err)
	}
	if err := i.UnmarshalText([]byte("now")); err == nil || !i.IsValid() {
		t.Errorf("unreadable text gives %v, %v", i, err)
	}
	if err := i.UnmarshalText(nil); err != nil || i.IsValid() {
		t.Errorf("empty text gives %v, %v", i, err)
	}
}

func TestInstantByOtherClocks(t *testing.T) {
	at := func(s string) gcm.Instant {
		i, err := gcm.ParseInstant(s)
		if err != nil {
			t.Fatal(err)
		}
		return i
	}
	for _, test := range []struct {
		instant   string
		offset    int
		day, text string
	}{
		{"2022-05-19T22:00:00Z", 120, "2022-05-20", "2022-05-20T00:00:00+02:00"},
		{"2022-05-20T03:29:59.5Z", -210, "2022-05-19", "2022-05-19T23:59:59.5-03:30"},
		{"2022-05-20T03:30:00Z", 0, "2022-05-20", "2022-05-20T03:30:00Z"},
		{"2022-05-20T12:00:00Z", 1439, "2022-05-21", "2022-05-21T11:59:00+23:59"},
		{"2022-05-20T12:00:00Z", 1440, "2022-05-20", "2022-05-20T12:00:00Z"},
		{"2022-05-20T12:00:00Z", -1440, "2022-05-20", "2022-05-20T12:00:00Z"},
		{"0001-01-01T00:00:00Z", -1, "0001-01-01", "0001-01-01T00:00:00Z"},
		{"9999-12-31T23:59:59Z", 1, "9999-12-31", "9999-12-31T23:59:59Z"},
	} {
		i := at(test.instant)
		if day, text := i.DateAt(test.offset).String(), i.StringAt(test.offset); day != test.day || text != test.text {
			t.Errorf("%s at %d is %s, %s", test.instant, test.offset, day, text)
		}
	}
	if none := (gcm.Instant{}); none.DateAt(120) != (gcm.Date{}) || none.StringAt(120) != "" {
		t.Errorf("no instant is %v, %q", none.DateAt(120), none.StringAt(120))
	}
}

// Digits are read several at once, so every byte is tried in every place.
func TestAnInstantWithAnotherByte(t *testing.T) {
	const right = "2022-05-20T09:30:07Z"
	for i := range right {
		for c := range 1 << 8 {
			in := right[:i] + string([]byte{byte(c)}) + right[i+1:]
			got, err := gcm.ParseInstant(in)
			want, ok := parseTime(in)
			if ok != (err == nil) || ok && got.String() != want.UTC().Format(time.RFC3339) {
				t.Fatalf("ParseInstant(%q) = %v, %v; package time: %v", in, got, err, want)
			}
			date, err := gcm.ParseDate(in[:10])
			if day, wrong := time.Parse(time.DateOnly, in[:10]); (wrong == nil) != (err == nil) || err == nil && date.String() != day.Format(time.DateOnly) {
				t.Fatalf("ParseDate(%q) = %v, %v; package time: %v", in[:10], date, err, wrong)
			}
		}
	}
}

// Package time is the reference.
func FuzzParseInstant(f *testing.F) {
	for _, s := range []string{
		"2022-05-20T00:00:00Z", "2022-05-20T09:30:00.123456789+02:00", "2022-05-20T23:59:60Z", "0001-01-01T00:00:00+00:01",
		"9999-12-31T23:59:59-23:59", "2022-05-20t00:00:00z", "2022-05-20T00:00:00.0000000000000Z", "2022-05-20T00:00:00,5Z", "0001-01-10T0:00:00Z", "2022-05-20T00:00:00+24:60", "",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got, err := gcm.ParseInstant(in)
		want, ok := parseTime(in)
		if ok != (err == nil) {
			t.Fatalf("ParseInstant(%q) = %v, %v; package time: %v", in, got, err, want)
		}
		at, offset, err := gcm.ParseInstantAt(in)
		if _, seconds := want.Zone(); at != got || ok != (err == nil) || ok && offset*60 != seconds {
			t.Fatalf("ParseInstantAt(%q) = %v, %d, %v; package time: %v", in, at, offset, err, want)
		}
		if y := want.Year(); ok && y >= 1 && y <= 9999 && (at.StringAt(offset) != want.Format(time.RFC3339Nano) || at.DateAt(offset).String() != want.Format(time.DateOnly)) {
			t.Errorf("%q is on %v at %d, %s; package time: %v", in, at.DateAt(offset), offset, at.StringAt(offset), want)
		}
		if ok && got.String() != want.UTC().Format(time.RFC3339Nano) {
			t.Errorf("ParseInstant(%q) = %v, package time: %v", in, got, want.UTC())
		}
	})
}

// parseTime reads an instant with package time, which wants capital letters, has
// more years, and is lenient in three ways (https://go.dev/issue/54580).
func parseTime(s string) (time.Time, bool) {
	s = strings.NewReplacer("t", "T", "z", "Z").Replace(s)
	t, err := time.Parse(time.RFC3339, s)
	if err != nil || t.Year() < 1 || t.UTC().Year() < 1 || t.UTC().Year() > 9999 {
		return t, false
	}
	oneDigitHour := s[len("2006-01-02T1")] == ':'
	comma := strings.Contains(s, ",")
	zone := s[len(s)-len("07:00"):]
	farZone := !strings.HasSuffix(s, "Z") && (zone[:2] > "23" || zone[3:] > "59")
	return t, !oneDigitHour && !comma && !farZone
}
