package main

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/gcmkit/gcmkit/examples/registry/internal/natsd"
	"github.com/gcmkit/gcmkit/examples/registry/internal/record"
	"github.com/gcmkit/gcmkit/examples/registry/internal/recordtest"
	"github.com/gcmkit/gcmkit/examples/registry/internal/replica"
	"github.com/gcmkit/gcmkit/pledge"
)

// How long a node takes to read the record, with a snapshot and without.
func BenchmarkStart(b *testing.B) {
	const n = 100_000
	stream, _, _ := recordtest.Open(b, natsd.Config{Sync: deadline}, record.Options{})
	for i := range n {
		var p pledge.Pledge
		if err := p.UnmarshalJSON(body(i)); err == nil {
			b.Fatal("a body with an id")
		}
		p.ID = pledge.IDFromRef("benchmark", fmt.Sprint(i))
		if _, err := stream.Append(b.Context(), record.Revision{Pledge: p, Action: record.Import, Writer: "benchmark"}); err != nil {
			b.Fatal(err)
		}
	}
	read := func(b *testing.B, r *replica.Replica) {
		ctx, cancel := context.WithCancel(b.Context())
		defer cancel()
		if r.Applied() == n {
			return
		}
		_ = stream.Follow(ctx, r.Applied(), func(e record.Entry) error {
			err := r.Apply(e)
			if e.Sequence == n {
				cancel()
			}
			return err
		})
		if r.Applied() != n {
			b.Fatal(r.Applied())
		}
	}
	file := filepath.Join(b.TempDir(), "snapshot")
	var all replica.Replica
	read(b, &all)
	if _, err := all.Save(file); err != nil {
		b.Fatal(err)
	}
	b.Run("record", func(b *testing.B) {
		for b.Loop() {
			var r replica.Replica
			read(b, &r)
		}
		b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "pledges/s")
	})
	b.Run("snapshot", func(b *testing.B) {
		for b.Loop() {
			var r replica.Replica
			if _, err := r.Load(file, record.State{Last: n, Messages: n}); err != nil {
				b.Fatal(err)
			}
			read(b, &r)
		}
		b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "pledges/s")
	})
}
