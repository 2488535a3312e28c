// Package cost holds that work grows no faster than what there is to work on. It
// is for tests only.
//
// Work is counted, never timed: the statements that run, the objects and the bytes
// that are allocated. Package entrances, a program, feeds everything of this
// module that takes foreign input the shapes of [Feeds], and counts statements as
// well, as it is built with -cover; the test of this package runs it. What isn't in
// there uses [Doubling] with [Allocated] and, where memory is moved and not
// allocated, with a number of its own.
package cost

import (
	"runtime"
	"testing"
)

// Most is by how much work may grow where there is twice as much to work on: two
// times, and something for a logarithm and for tables that grow in steps.
const Most = 2.5

// few is what doesn't grow with the input: what else is going on in a process, and a
// buffer of a fixed size.
var few = Work{Objects: 64, Bytes: 64 << 10}

// Work is what was done. A zero number wasn't counted.
type Work struct {
	Statements uint64 // that ran, or other steps
	Objects    uint64 // allocated
	Bytes      uint64 // of these
}

// Allocated returns what do allocates. Nothing else may run at the same time.
func Allocated(do func()) Work {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return Work{Objects: after.Mallocs - before.Mallocs, Bytes: after.TotalAlloc - before.TotalAlloc}
}

// Doubling fails t if work grows by more than [Most] from n to 2n, or from 2n to
// 4n. Small numbers hide what is quadratic: the work for n should be mostly for
// what grows.
func Doubling(t testing.TB, n int, work func(n int) Work) {
	t.Helper()
	Check(t, n, [3]Work{work(n), work(2 * n), work(4 * n)})
}

// Check is [Doubling] for what was counted for n, 2n and 4n.
func Check(t testing.TB, n int, work [3]Work) {
	t.Helper()
	for i := 1; i < len(work); i++ {
		grown := func(what string, from, to, few uint64) {
			t.Helper()
			if float64(to) > Most*float64(from)+float64(few) {
				t.Errorf("%d %s for %d, but %d for %d: %.2f times as many", from, what, n<<(i-1), to, n<<i, float64(to)/float64(max(from, 1)))
			}
		}
		grown("statements", work[i-1].Statements, work[i].Statements, few.Statements)
		grown("objects", work[i-1].Objects, work[i].Objects, few.Objects)
		grown("bytes", work[i-1].Bytes, work[i].Bytes, few.Bytes)
	}
}
