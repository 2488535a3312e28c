package schema_test

import (
	"bytes"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// The two benchmarks do the same work on the same records, those of the
// reference feed, from the bytes on: is each one sound, as published?
//
//	go test -run '^$' -bench . ./pledge/schema

func BenchmarkGoRules(b *testing.B) {
	options := pledge.ValidateOptions{Profile: pledge.PublicationProfile}
	benchmark(b, func(record []byte) bool {
		var p pledge.Pledge
		if p.UnmarshalJSON(record) != nil {
			return false
		}
		return p.Validate(&options).OK()
	})
}

func BenchmarkJSONSchema(b *testing.B) {
	s := compile(b).record
	benchmark(b, func(record []byte) bool {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(record))
		return err == nil && s.Validate(v) == nil
	})
}

func benchmark(b *testing.B, sound func(record []byte) bool) {
	var all [][]byte
	for r, err := range pledge.NewDecoder(bytes.NewReader(data.Reference())).Records() {
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, r.Pledge.AppendJSON(nil))
	}
	sound(all[0]) // what is built once
	b.ReportAllocs()
	for b.Loop() {
		for _, record := range all {
			if !sound(record) {
				b.Fatalf("not sound: %s", record)
			}
		}
	}
	b.ReportMetric(float64(b.N*len(all))/b.Elapsed().Seconds(), "records/s")
}
