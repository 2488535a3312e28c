// Package recordtest opens records for tests.
package recordtest

import (
	"context"
	"testing"
	"time"

	"github.com/gcmkit/gcmkit/examples/registry/internal/natsd"
	"github.com/gcmkit/gcmkit/examples/registry/internal/record"
	"github.com/nats-io/nats.go/jetstream"
)

// Open starts a server and opens its stream; both end with the test. Without
// c.Dir the store is an empty one.
func Open(t testing.TB, c natsd.Config, o record.Options) (*record.Stream, *natsd.Server, jetstream.JetStream) {
	t.Helper()
	if c.Dir == "" {
		c.Dir = t.TempDir()
	}
	server, err := natsd.Start(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Stop)
	conn, err := server.Connect()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	s, err := record.Open(ctx, js, o)
	if err != nil {
		t.Fatal(err)
	}
	return s, server, js
}
