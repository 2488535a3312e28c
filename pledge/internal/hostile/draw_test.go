package hostile

import (
	"bytes"
	"errors"
	"maps"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// What CI draws has everything in it that this package is for, and most of it can
// still be counted: else nothing would be compared.
func TestHostileFeedsHaveEverythingInThem(t *testing.T) {
	if usual < 2000 || runtime.GOOS == "js" {
		t.Skip("looks at many feeds, which are the same ones everywhere")
	}
	met := map[string]int{}
	records, whole := 0, 0
	for seed := range uint64(2000) {
		c := Draw(seed)
		r := Recount(c.Feed, c.Limits, All)
		records += r.Records
		switch {
		case r.Broken >= 0:
			met["ends too early"]++
		case r.BadHeader:
			met["bad header"]++
		case r.Records > 0 && r.Lost == r.Records:
			met["nothing can be read"]++
		default:
			whole++
		}
		if len(r.pledges) >= 17 {
			met["many"]++
		}
		if len(r.pledges) < r.Records-r.Lost {
			met["revisions"]++
		}
		if len(r.pledges) > 4096 && r.Broken < 0 {
			met["more than a block"]++
		}
		if r.Snapshot {
			met["counts"]++
		}
		for _, p := range r.Problems {
			met[p.Rule]++
			if p.Record < 0 {
				met["in the header"]++
			}
		}
		for _, p := range r.pledges {
			met["status "+p.status.String()]++
		}
		for _, text := range []string{"\ufeff", "\r\n", `\ud83d`, "\x00", "-0", "e999", `"counts"`, "\u0301", "İ", "ß", ".5000000009Z", "[[[[", `"pledges":[`} {
			if bytes.Contains(c.Feed, []byte(text)) {
				met[text]++
			}
		}
	}
	t.Logf("%d feeds of 2000 can be counted, %d records", whole, records)
	for _, what := range []string{"ends too early", "bad header", "nothing can be read", "many", "revisions", "more than a block", "counts", "in the header",
		"syntax", "duplicate-key", "utf-8", "too-large", "too-deep", "broken", "type", "malformed", "unknown", "required", "too-many", "status withdrawn", "status ",
		"\ufeff", "\r\n", `\ud83d`, "\x00", "-0", "e999", `"counts"`, "\u0301", "İ", "ß", ".5000000009Z", "[[[[", `"pledges":[`} {
		if met[what] < 1 {
			t.Errorf("%q is met %d times", what, met[what])
		}
	}
	for _, what := range slices.Sorted(maps.Keys(met)) {
		t.Logf("%6d %q", met[what], what)
	}
	if whole < 1000 {
		t.Errorf("of 2000 feeds only %d can be counted", whole)
	}
}

func TestASeedDrawsTheSameFeedEachTime(t *testing.T) {
	for seed := range uint64(50) {
		a, b := Draw(seed), Draw(seed)
		if !bytes.Equal(a.Feed, b.Feed) || a.Limits != b.Limits {
			t.Errorf("seed %d draws two", seed)
		}
	}
}

// The least feed that fails is what one wants to see of one that does.
func TestShrinkLeavesWhatFails(t *testing.T) {
	for seed := range uint64(2000) {
		c := Draw(seed)
		check := func(c *Case, _ *rand.Rand) error {
			if strings.Contains(string(c.Feed), "climate") {
				return errors.New("climate")
			}
			return nil
		}
		if len(c.Feed) > 500 && c.try(check) != nil {
			if least := c.shrink(check); string(least.Feed) != "climate" {
				t.Errorf("seed %d: %q", seed, least.Feed)
			}
			return
		}
	}
	t.Error("no feed has it")
}
