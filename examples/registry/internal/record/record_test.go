package record_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/gcmkit/gcmkit/examples/registry/internal/natsd"
	"github.com/gcmkit/gcmkit/examples/registry/internal/record"
	"github.com/gcmkit/gcmkit/examples/registry/internal/recordtest"
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/google/uuid"
	"github.com/nats-io/nats.go/jetstream"
)

func instant(s string) gcm.Instant {
	i, err := gcm.ParseInstant(s)
	if err != nil {
		panic(err)
	}
	return i
}

func first(title string) record.Revision {
	id, err := pledge.NewID()
	if err != nil {
		panic(err)
	}
	return record.Revision{
		Pledge: pledge.Pledge{ID: id, Title: title, Updated: instant("2026-01-01T00:00:00Z")},
		Action: record.Submit, Writer: "test",
	}
}

func appendIt(t testing.TB, s *record.Stream, r record.Revision) record.Entry {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	e, err := s.Append(ctx, r)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// read follows the stream up to a sequence.
func read(t testing.TB, s *record.Stream, after, upTo uint64) (all []record.Entry) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	done := errors.New("done")
	err := s.Follow(ctx, after, func(e record.Entry) error {
		all = append(all, e)
		if e.Sequence == upTo {
			return done
		}
		return nil
	})
	if !errors.Is(err, done) {
		t.Fatal(err)
	}
	return all
}

func TestWhatIsAppendedIsReadBackInOrder(t *testing.T) {
	dir := t.TempDir()
	s, server, _ := recordtest.Open(t, natsd.Config{Dir: dir}, record.Options{})
	var want []record.Entry
	for i := range 20 {
		want = append(want, appendIt(t, s, first(fmt.Sprint("pledge ", i))))
	}
	check := func(s *record.Stream) {
		t.Helper()
		for after := range uint64(len(want)) {
			got := read(t, s, after, uint64(len(want)))
			for i, e := range got {
				w := want[after+uint64(i)]
				if e.Err != nil || e.Sequence != w.Sequence || e.ID != w.ID || e.Writer != "test" || e.Action != record.Submit || e.Pledge.Title != w.Pledge.Title {
					t.Fatalf("%+v, not %+v", e, w)
				}
			}
		}
	}
	check(s)
	server.Stop()
	s, _, _ = recordtest.Open(t, natsd.Config{Dir: dir}, record.Options{})
	check(s)
	if state, err := s.State(t.Context()); err != nil || state.Last != 20 || state.Messages != 20 {
		t.Error(state, err)
	}
}

// Whoever has no answer sends again, with another time perhaps, at any time.
func TestSameOperationIsStoredOnce(t *testing.T) {
	dir := t.TempDir()
	s, server, _ := recordtest.Open(t, natsd.Config{Dir: dir}, record.Options{})
	r := first("once")
	e := appendIt(t, s, r)
	revised := r
	revised.Previous, revised.Action = e.Sequence, record.Revise
	revised.Pledge.Title = "twice"
	second := appendIt(t, s, revised)

	again := func(s *record.Stream) {
		t.Helper()
		later := r
		later.Pledge.Updated = instant("2026-06-01T00:00:00Z")
		if got := appendIt(t, s, later); got.Sequence != e.Sequence || got.Pledge.Updated != r.Pledge.Updated {
			t.Errorf("the first came back as %+v", got)
		}
		laterRevision := revised
		laterRevision.Pledge.Updated = instant("2026-06-01T00:00:00Z")
		if got := appendIt(t, s, laterRevision); got.Sequence != second.Sequence {
			t.Errorf("the second came back as %+v", got)
		}
		if state, err := s.State(t.Context()); err != nil || state.Messages != 2 {
			t.Error(state, err)
		}
	}
	again(s)

	// A server forgets message ids after a while, and so it does for streams
	// without a window: the record doesn't depend on it.
	server.Stop()
	s, _, js := recordtest.Open(t, natsd.Config{Dir: dir}, record.Options{})
	stream, err := js.Stream(t.Context(), record.Name)
	if err != nil {
		t.Fatal(err)
	}
	config := stream.CachedInfo().Config
	config.Duplicates = 100 * time.Millisecond
	if _, err := js.UpdateStream(t.Context(), config); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		// Until the id is forgotten this is answered as a duplicate.
		m := fmt.Sprint("pledges.", r.Pledge.ID)
		ack, err := js.Publish(t.Context(), m, []byte("{}"), jetstream.WithMsgID(e.ID), jetstream.WithExpectLastSequencePerSubject(e.Sequence))
		if err != nil {
			break // forgotten, and then refused as it isn't the last
		}
		if !ack.Duplicate {
			t.Fatal("stored")
		}
		if time.Now().After(deadline) {
			t.Fatal("the id isn't forgotten")
		}
	}
	again(s)
}

func TestOnlyOneOfThoseWhoReviseTheSameRevisionWins(t *testing.T) {
	s, _, _ := recordtest.Open(t, natsd.Config{}, record.Options{})
	r := first("contested")
	e := appendIt(t, s, r)
	const writers = 8
	var wg sync.WaitGroup
	won := make(chan record.Entry, writers)
	for i := range writers {
		wg.Go(func() {
			mine := r
			mine.Previous, mine.Action, mine.Writer = e.Sequence, record.Revise, fmt.Sprint("writer ", i)
			ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
			defer cancel()
			e, err := s.Append(ctx, mine)
			var conflict *record.ConflictError
			switch {
			case err == nil:
				won <- e
			case !errors.As(err, &conflict) || conflict.Expected != mine.Previous || conflict.Found != 2:
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if len(won) != 1 {
		t.Errorf("%d have won", len(won))
	}
	all, err := s.Revisions(t.Context(), r.Pledge.ID)
	if err != nil || len(all) != 2 || all[1].Writer != (<-won).Writer {
		t.Error(all, err)
	}
}

func TestFullStreamRefusesAndKeepsWhatItHas(t *testing.T) {
	s, _, _ := recordtest.Open(t, natsd.Config{}, record.Options{MaxBytes: 8 << 10})
	kept := 0
	for {
		_, err := s.Append(t.Context(), first("one of many"))
		var full *record.FullError
		if errors.As(err, &full) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if kept++; kept > 100 {
			t.Fatal("it is never full")
		}
	}
	if got := read(t, s, 0, uint64(kept)); len(got) != kept || kept == 0 {
		t.Errorf("%d of %d", len(got), kept)
	}
}

func TestStreamThatForgetsIsRefused(t *testing.T) {
	for name, spoil := range map[string]func(*jetstream.StreamConfig){
		"age":      func(c *jetstream.StreamConfig) { c.MaxAge = time.Hour },
		"memory":   func(c *jetstream.StreamConfig) { c.Storage = jetstream.MemoryStorage },
		"subject":  func(c *jetstream.StreamConfig) { c.MaxMsgsPerSubject = 1 },
		"oldest":   func(c *jetstream.StreamConfig) { c.Discard = jetstream.DiscardOld },
		"delete":   func(c *jetstream.StreamConfig) { c.DenyDelete = false },
		"subjects": func(c *jetstream.StreamConfig) { c.Subjects = []string{"pledges.>"} },
	} {
		t.Run(name, func(t *testing.T) {
			server, err := natsd.Start(natsd.Config{Dir: t.TempDir()})
			if err != nil {
				t.Fatal(err)
			}
			defer server.Stop()
			conn, err := server.Connect()
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			js, err := jetstream.New(conn)
			if err != nil {
				t.Fatal(err)
			}
			config := jetstream.StreamConfig{
				Name: record.Name, Subjects: []string{"pledges.*"}, Storage: jetstream.FileStorage,
				Discard: jetstream.DiscardNew, DenyDelete: true, DenyPurge: true, Replicas: 1,
			}
			spoil(&config)
			if _, err := js.CreateStream(t.Context(), config); err != nil {
				t.Fatal(err)
			}
			_, err = record.Open(t.Context(), js, record.Options{})
			var unfit *record.UnfitError
			if !errors.As(err, &unfit) {
				t.Errorf("error %v", err)
			}
		})
	}
}

func TestStrangersMessageIsNoPledge(t *testing.T) {
	s, _, js := recordtest.Open(t, natsd.Config{}, record.Options{})
	if _, err := js.Publish(t.Context(), "pledges.x", []byte("hello")); err != nil {
		t.Fatal(err)
	}
	other := uuid.MustParse("0190a0b0-c0d0-7e0f-8a1b-2c3d4e5f6071")
	appendIt(t, s, first("a pledge"))
	all := read(t, s, 0, 2)
	if all[0].Err == nil || all[0].Sequence != 1 || all[1].Err != nil {
		t.Error(all)
	}
	if none, err := s.Revisions(t.Context(), other); err != nil || len(none) != 0 {
		t.Error(none, err)
	}
}

func TestAppendEndsWithItsContextWhereNobodyAnswers(t *testing.T) {
	s, server, _ := recordtest.Open(t, natsd.Config{}, record.Options{})
	server.Stop()
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	_, err := s.Append(ctx, first("nobody"))
	var unknown *record.UnknownError
	if !errors.As(err, &unknown) {
		t.Error(err)
	}
}

// A server that is restarted is found again, and nothing is read twice.
func TestFollowingOutlivesTheServer(t *testing.T) {
	s, server, _ := recordtest.Open(t, natsd.Config{}, record.Options{})
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	got := make(chan uint64, 10)
	followed := make(chan error, 1)
	go func() {
		followed <- s.Follow(ctx, 0, func(e record.Entry) error {
			got <- e.Sequence
			return nil
		})
	}()
	next := func(want uint64) {
		t.Helper()
		select {
		case n := <-got:
			if n != want {
				t.Fatalf("%d, not %d", n, want)
			}
		case <-ctx.Done():
			t.Fatal("nothing came")
		}
	}
	appendIt(t, s, first("before"))
	next(1)
	if err := server.Restart(); err != nil {
		t.Fatal(err)
	}
	appendIt(t, s, first("after"))
	next(2)
	appendIt(t, s, first("and another"))
	next(3)
	cancel()
	if err := <-followed; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// What it costs to have every pledge on the disk before it is acknowledged, for
// one writer and for several.
func BenchmarkAppend(b *testing.B) {
	for _, c := range []struct {
		name string
		sync time.Duration
	}{{"always", 0}, {"each-second", time.Second}} {
		for _, writers := range []int{1, 16} {
			b.Run(fmt.Sprintf("sync=%s/writers=%d", c.name, writers), func(b *testing.B) {
				s, _, _ := recordtest.Open(b, natsd.Config{Sync: c.sync}, record.Options{})
				b.ResetTimer()
				var wg sync.WaitGroup
				for w := range writers {
					wg.Go(func() {
						for range b.N/writers + min(1, max(0, b.N%writers-w)) {
							appendIt(b, s, first("a pledge of a benchmark"))
						}
					})
				}
				wg.Wait()
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pledges/s")
			})
		}
	}
}
