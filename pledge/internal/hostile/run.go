package hostile

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

var (
	count = flag.Int("feeds", usual, "how many hostile feeds to draw")
	seed  = flag.Uint64("seed", 0, "the first one")
)

// Check checks what is made of a case. It draws what it does with it from r, and so
// does the same each time.
type Check func(c *Case, r *rand.Rand) error

// Run checks feeds of so many seeds as the flag -feeds says. Of the first seed that
// fails it reports the least feed that still does, and how to try it again.
func Run(t *testing.T, check Check) {
	t.Helper()
	var (
		next, done atomic.Uint64
		failed     atomic.Pointer[Case]
		wait       sync.WaitGroup
	)
	end := *seed + uint64(*count)
	next.Store(*seed)
	progress := time.Now()
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for failed.Load() == nil {
				n := next.Add(1) - 1
				if n >= end {
					return
				}
				if c := Draw(n); c.try(check) != nil {
					failed.CompareAndSwap(nil, c)
				}
				if n := done.Add(1); n%10_000 == 0 {
					fmt.Printf("%d of %d feeds, %v\n", n, *count, time.Since(progress).Round(time.Second))
				}
			}
		})
	}
	wait.Wait()
	c := failed.Load()
	if c == nil {
		return
	}
	whole := c.try(check)
	least := c.shrink(check)
	t.Fatalf("seed %d: %v\n\nof the least feed that fails, with limits %+v and query %v: %v\n%q\n\ntry again by\n\tgo test -run '^%s$' -seed %d -feeds 1 in the directory of the test",
		c.Seed, whole, c.Limits, c.Query, least.try(check), least.Feed, t.Name(), c.Seed)
}

// try checks the case; a panic is an error, too.
func (c *Case) try(check Check) (err error) {
	defer func() {
		if r := recover(); r != nil {
			stack := make([]byte, 4<<10)
			err = fmt.Errorf("panic: %v\n%s", r, stack[:runtime.Stack(stack, false)])
		}
	}()
	return check(c, rand.New(rand.NewPCG(c.Seed, 0x7279)))
}

// shrink leaves out parts, and then bytes, without which the check fails as well.
func (c *Case) shrink(check Check) *Case {
	least := *c
	least.without(check)
	if len(least.Feed) < 4<<10 {
		var each [][]byte
		for i := range least.Feed {
			each = append(each, least.Feed[i:i+1])
		}
		least.parts = each
		least.without(check)
	}
	return &least
}

// without leaves out runs of parts, shorter and shorter ones.
func (c *Case) without(check Check) {
	for n := len(c.parts) / 2; n > 0; n /= 2 {
		for i := 0; i+n <= len(c.parts); {
			fewer := *c
			fewer.parts = slices.Concat(c.parts[:i], c.parts[i+n:])
			if fewer.Feed = bytes.Join(fewer.parts, nil); fewer.try(check) != nil {
				*c = fewer
			} else {
				i += n
			}
		}
	}
}
