package feed

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gcmkit/gcmkit/gcm"
)

func TestAnswerIsRenderedOnceForAll(t *testing.T) {
	s := newServer(t, 30, Options{})
	var all sync.WaitGroup
	for range 50 {
		for _, path := range []string{"/pledges.json", "/counts.json?region=africa"} {
			all.Go(func() {
				if answer, _ := ask(t, s, "GET", path, "Accept-Encoding", "br"); answer.StatusCode != 200 {
					t.Error(answer.Status)
				}
			})
		}
	}
	all.Wait()
	if n := s.Stats().Rendered; n != 2 {
		t.Errorf("rendered %d times", n)
	}
	ask(t, s, "GET", "/counts.json", "If-None-Match", `"`+s.state.Load().tag+`"`)
	if n := s.Stats().Rendered; n != 2 {
		t.Error("what a reader has needn't be rendered")
	}
}

// Under constant writes an answer is rendered now and then, under its own tag;
// once it is quiet it is the last one.
func TestConstantWritesDoNotCostConstantRendering(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, 1, Options{Rebuild: 250 * time.Millisecond})
		seen := map[string]string{}
		for n := range 1000 {
			s.Apply(uint64(n+2), numbered(n%50, n+1))
			answer, body := ask(t, s, "GET", "/pledges.json")
			tag := answer.Header.Get("ETag")
			if old, ok := seen[tag]; ok && old != body {
				t.Fatalf("%s names two feeds", tag)
			}
			if sequence, _, _ := strings.Cut(strings.Trim(tag, `"`), "-"); !strings.Contains(body, `"sequence":`+sequence+",") {
				t.Fatalf("%s is the tag of %.200s", tag, body)
			}
			seen[tag] = body
			time.Sleep(10 * time.Millisecond)
		}
		if n := s.Stats().Rendered; n < 38 || n > 41 {
			t.Errorf("rendered %d times in 10 seconds", n)
		}
		time.Sleep(250 * time.Millisecond)
		if _, body := ask(t, s, "GET", "/pledges.json"); !strings.Contains(body, `"sequence":1001,`) {
			t.Errorf("%.200s", body)
		}
	})
}

func TestCacheIsBounded(t *testing.T) {
	const most = 100_000
	s := newServer(t, 10, Options{CacheBytes: most})
	for n := range 500 {
		ask(t, s, "GET", "/snapshot.json?topic=t"+strconv.Itoa(n))
		c := &s.cache
		size := 0
		for key, n := range c.bytes {
			if size += n; c.slots[key] == nil {
				t.Fatal("what it takes is of a slot that isn't there")
			}
		}
		if size != c.size || size > most || len(c.slots) != len(c.bytes) {
			t.Fatalf("%d bytes, by its count %d, of %d slots", size, c.size, len(c.slots))
		}
	}
	if len(s.cache.slots) < 10 {
		t.Errorf("%d slots", len(s.cache.slots))
	}
	ask(t, s, "GET", "/pledges.json")
	ask(t, s, "GET", "/pledges.json")
	if len(s.cache.pinned) != 1 {
		t.Errorf("%d pinned", len(s.cache.pinned))
	}
}

// Who goes while others render doesn't wait, and leaves nothing.
func TestReaderThatGoesDoesNotWait(t *testing.T) {
	c := newCache(1 << 20)
	key := request{resource: Snapshot, language: gcm.French}
	building, done := make(chan struct{}), make(chan struct{})
	ended := make(chan error)
	go func() {
		_, err := c.get(context.Background(), key, func(*rendering) bool { return false }, func() *rendering {
			close(building)
			<-done
			return newRendering(&state{}, []byte("x"), nil)
		})
		ended <- err
	}()
	<-building
	ctx, cancel := context.WithCancelCause(t.Context())
	gone := errors.New("gone")
	cancel(gone)
	if _, err := c.get(ctx, key, func(*rendering) bool { return false }, nil); err != gone {
		t.Error(err)
	}
	close(done)
	if err := <-ended; err != nil {
		t.Error(err)
	}
	r, err := c.get(t.Context(), key, func(*rendering) bool { return true }, nil)
	if err != nil || string(r.body) != "x" {
		t.Errorf("%v %v", r, err)
	}
}

// A panic while rendering is the request's, and not the next one's.
func TestPanicWhileRenderingHoldsNobodyUp(t *testing.T) {
	c := newCache(1 << 20)
	never := func(*rendering) bool { return false }
	func() {
		defer func() { recover() }()
		c.get(t.Context(), everything, never, func() *rendering { panic(http.ErrAbortHandler) })
	}()
	r, err := c.get(t.Context(), everything, never, func() *rendering { return newRendering(&state{}, nil, nil) })
	if r == nil || err != nil {
		t.Error(err)
	}
}
