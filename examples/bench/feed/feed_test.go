package feed

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"testing"

	"github.com/gcmkit/gcmkit/examples/bench/task"
	"github.com/gcmkit/gcmkit/pledge"
)

// thousand returns 1,000 pledges.
func thousand(seed uint64) (*Generator, []byte) {
	g := New(seed)
	var b []byte
	for range 1000 {
		b = g.Append(b)
	}
	return g, b
}

func TestPledgesAreTheSameEverywhere(t *testing.T) {
	const want = "e3c3f9e23c734e1a7ab08d73bbf1d53226d494d948cf56cfbc093e86a239d6f5"
	_, b := thousand(1)
	sum := sha256.Sum256(b)
	if have := hex.EncodeToString(sum[:]); have != want {
		t.Errorf("their SHA-256 is %s, want %s: measurements of before can't be compared with new ones", have, want)
	}
	if _, c := thousand(2); bytes.Equal(b, c) {
		t.Error("another seed gives the same pledges")
	}
	if mean := len(b) / 1000; mean < 340 || mean > 370 {
		t.Errorf("%d bytes a pledge, want about 354", mean)
	}
}

func TestPledgesBreakNoRule(t *testing.T) {
	_, b := thousand(1)
	var all []pledge.Pledge
	for r, err := range pledge.NewDecoder(bytes.NewReader(b)).Records() {
		if err != nil || len(r.Problems) > 0 {
			t.Fatal(r.Problems, err)
		}
		all = append(all, r.Pledge)
	}
	if len(all) != 1000 {
		t.Fatalf("%d pledges", len(all))
	}
	report := pledge.ValidateFeed(slices.Values(all), &pledge.ValidateOptions{Profile: pledge.PublicationProfile})
	if !report.OK() {
		t.Error(report.Problems)
	}
}

// What makes a difference to a reader must be there.
func TestPledgesAreOfAllKinds(t *testing.T) {
	g, b := thousand(1)
	for _, part := range []string{
		`\"`, `\u00e9`, `\ud83d\udea2`, "é", "移", `"type":"common"`, `"type":"matching"`, `"principles":[`, `"contributions":[`,
		`"status":"withdrawn"`, `"implementation":{"global":true}`, `"language":"fr"`, `"links":["https://`, `Asociación `, `Asociaci\u00f3n `, `Sanctuary \"House\" `,
	} {
		if !bytes.Contains(b, []byte(part)) {
			t.Errorf("no %s in 1,000 pledges", part)
		}
	}
	all, clicks := g.Results()
	if n := 1000 - all.Total; n < 3 || n > 30 {
		t.Errorf("%d of 1,000 are withdrawn", n)
	}
	if slices.Contains(all.Objectives[:], 0) || slices.Contains(all.Regions[:], 0) || len(all.Months) != months {
		t.Errorf("something hasn't any pledge: %+v", all)
	}
	for i, c := range clicks {
		f := task.Clicks()[i]
		if len(c.Newest) == 0 || c.Total == 0 || c.Objectives[f.Objective] != c.Total || c.Regions[f.Region] != c.Total {
			t.Errorf("%+v selects %+v", f, c)
		}
	}
}

func TestPledgersAreDistinct(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range pledgers() {
		name, _, _ := bytes.Cut(p.json, []byte(`,"category"`))
		key := string(bytes.ToLower(name))
		if seen[key] {
			t.Errorf("%s is there twice", name)
		}
		seen[key] = true
	}
	if len(seen) != number {
		t.Errorf("%d pledgers, want %d", len(seen), number)
	}
}
