package schema_test

import (
	"bytes"
	_ "embed"
	"slices"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

//go:embed testdata/feeds.txt
var feedTable string

// A feedRow is one line of testdata/feeds.txt.
type feedRow struct {
	name, rules, gap string
	feed             []byte
}

func feeds(t testing.TB) (all []feedRow) {
	for n, line := range strings.Split(feedTable, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		c := strings.SplitN(line, "|", 4)
		if len(c) != 4 {
			t.Fatalf("line %d doesn't have four columns", n+1)
		}
		all = append(all, feedRow{strings.TrimSpace(c[0]), strings.TrimSpace(c[1]), strings.TrimSpace(c[2]), bytes.TrimSpace([]byte(c[3]))})
	}
	return all
}

func TestSchemaAndGoCodeAgreeOnFeeds(t *testing.T) {
	s := compile(t).feed
	for _, row := range feeds(t) {
		t.Run(row.name, func(t *testing.T) {
			got := codes(brokenInFeed(t, row.feed))
			if got != row.rules {
				t.Errorf("the Go code finds %q, want %q", got, row.rules)
			}
			agree(t, "feed", row.gap, got, validate(s, row.feed))
		})
	}
}

// brokenInFeed returns what the Go code says a feed breaks: the rules of
// reading it or, if it can be read, those of its pledges as published.
func brokenInFeed(t *testing.T, feed []byte) (all []broken) {
	d := pledge.NewDecoder(bytes.NewReader(feed))
	var pledges []pledge.Pledge
	var failed error
	for r, err := range d.Records() {
		if err != nil {
			failed = err // of the header, which is read once more below
			break
		}
		for _, p := range r.Problems {
			all = append(all, broken{p.Rule, fieldOf(p.Path)})
		}
		pledges = append(pledges, r.Pledge)
	}
	if bytes.HasPrefix(feed, []byte("{")) {
		_, problems, _ := tally.ReadHeader(feed)
		for _, p := range problems {
			all = append(all, broken{p.Rule, p.Path})
		}
	}
	if len(all) > 0 {
		return all
	}
	if failed != nil {
		t.Fatal(failed)
	}
	for _, p := range pledge.ValidateFeed(slices.Values(pledges), &pledge.ValidateOptions{Profile: pledge.PublicationProfile}).Problems {
		if p.Severity == pledge.Error {
			all = append(all, broken{p.Rule, fieldOf(p.Path)})
		}
	}
	return all
}

func TestExampleFeedsAreSound(t *testing.T) {
	s := compile(t).feed
	for name, feed := range map[string][]byte{"published": data.Published(), "reference": data.Reference()} {
		if err := validate(s, feed); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
