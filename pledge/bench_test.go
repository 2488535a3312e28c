package pledge_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
)

func referencePledges(tb testing.TB) (all []pledge.Pledge) {
	tb.Helper()
	for r, err := range pledge.NewDecoder(bytes.NewReader(data.Reference())).Records() {
		if err != nil || r.Lost {
			tb.Fatal(r, err)
		}
		all = append(all, r.Pledge)
	}
	return all
}

func TestExampleFeedsHaveNoErrorsAsRecords(t *testing.T) {
	for name, feed := range map[string][]byte{"reference": data.Reference(), "published": data.Published()} {
		var all []pledge.Pledge
		for r, err := range pledge.NewDecoder(bytes.NewReader(feed)).Records() {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, r.Pledge)
		}
		r := pledge.ValidateFeed(slices.Values(all), &pledge.ValidateOptions{Profile: pledge.PublicationProfile})
		for _, p := range r.Problems {
			if p.Severity == pledge.Error {
				t.Errorf("%s, record %d: %v", name, p.Index, p.Problem)
			}
			t.Logf("%s, record %d: %v", name, p.Index, p.Problem)
		}
		t.Log(name, r.Criteria)
	}
}

// Records of the reference feed a second, one at a time.
func BenchmarkValidate(b *testing.B) {
	all := referencePledges(b)
	for _, profile := range []pledge.Profile{pledge.SubmissionProfile, pledge.PublicationProfile} {
		b.Run(profile.String(), func(b *testing.B) {
			o := &pledge.ValidateOptions{Profile: profile, Language: gcm.English}
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				all[n%len(all)].Validate(o)
				n++
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "records/s")
		})
	}
}

// Whole feeds: each pledge, and what they are to each other.
func BenchmarkValidateFeed(b *testing.B) {
	all := referencePledges(b)
	o := &pledge.ValidateOptions{Profile: pledge.PublicationProfile}
	b.ReportAllocs()
	for b.Loop() {
		pledge.ValidateFeed(slices.Values(all), o)
	}
	b.ReportMetric(float64(b.N*len(all))/b.Elapsed().Seconds(), "records/s")
}
