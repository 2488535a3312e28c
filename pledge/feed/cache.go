package feed

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// slot is the place of an answer.
type slot struct {
	building chan struct{} // holds one while somebody builds
	built    atomic.Pointer[rendering]
}

// cache keeps renderings. What it keeps beside those that are pinned is bounded;
// where that is too much, some others go, whichever come first.
type cache struct {
	most     int
	builders chan struct{} // as many build at once

	mu     sync.Mutex
	pinned map[request]*slot
	slots  map[request]*slot
	bytes  map[request]int // that slots take
	size   int
}

func newCache(most int) cache {
	return cache{
		most:     most,
		builders: make(chan struct{}, runtime.GOMAXPROCS(0)),
		pinned:   map[request]*slot{},
		slots:    map[request]*slot{},
		bytes:    map[request]int{},
	}
}

// overhead is about what a slot takes beside its rendering.
const overhead = 1024

func (c *cache) slot(key request) *slot {
	c.mu.Lock()
	defer c.mu.Unlock()
	if key.pinned() {
		if c.pinned[key] == nil {
			c.pinned[key] = newSlot()
		}
		return c.pinned[key]
	}
	s := c.slots[key]
	if s == nil {
		s = newSlot()
		c.slots[key] = s
		c.account(key, overhead)
	}
	return s
}

func newSlot() *slot { return &slot{building: make(chan struct{}, 1)} }

// take notes how much a rendering takes, with what is made of it later.
func (c *cache) take(key request, r *rendering) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.slots[key] != nil {
		c.account(key, overhead+2*len(r.body))
	}
}

// account says what a slot takes, and makes room.
func (c *cache) account(key request, n int) {
	c.size += n - c.bytes[key]
	c.bytes[key] = n
	for other, n := range c.bytes {
		if c.size <= c.most {
			return
		}
		delete(c.slots, other)
		delete(c.bytes, other)
		c.size -= n
	}
}

// get returns the rendering of a key that is current by the word of good, and
// otherwise builds it. Others who want the same meanwhile wait for it. The error
// is that of the context.
func (c *cache) get(ctx context.Context, key request, good func(*rendering) bool, build func() *rendering) (*rendering, error) {
	s := c.slot(key)
	if r := s.built.Load(); r != nil && good(r) {
		return r, nil
	}
	if err := enter(ctx, s.building); err != nil {
		return nil, err
	}
	defer func() { <-s.building }()
	if r := s.built.Load(); r != nil && good(r) {
		return r, nil
	}
	if err := enter(ctx, c.builders); err != nil {
		return nil, err
	}
	defer func() { <-c.builders }()
	r := build()
	s.built.Store(r)
	c.take(key, r)
	return r, nil
}

func enter(ctx context.Context, room chan struct{}) error {
	select {
	case room <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
