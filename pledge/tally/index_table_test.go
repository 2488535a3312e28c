package tally

import (
	"encoding/binary"
	"runtime"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally/internal/fast"
)

// feedOf returns a pledge a line with these IDs, the later ones with later
// revisions.
func feedOf(ids []ID) []byte {
	var b []byte
	for n, id := range ids {
		f := Facets{ID: id, Updated: instantOf(n)}
		b = append(b, `{"id":"`+f.ID.String()+`","updated":"`+f.Updated.String()+`","objectives":[1],"announced":"2022-05-20"}`+"\n"...)
	}
	return b
}

func indexOf(t *testing.T, feed []byte) *Index {
	t.Helper()
	f := read(t, string(feed))
	if f.ProblemCount != 0 {
		t.Fatal(f.Problems)
	}
	return f.Index
}

// alike returns IDs that a Bloom filter doesn't tell apart.
func alike(n int) (all []ID) {
	for i := range n {
		var id ID
		head := uint64(i + 1)
		binary.LittleEndian.PutUint64(id[:], head)
		binary.LittleEndian.PutUint64(id[8:], head*0x9e3779b97f4a7c15)
		all = append(all, id)
	}
	return all
}

func TestWhoOnlyCountsNeedsNoTableOfIDs(t *testing.T) {
	numbers := make([]ID, 3*blockRows+5)
	for n := range numbers {
		numbers[n] = numbered(n)
	}
	same := alike(500)
	f := fast.NewBloom(500)
	if f.Add((*[16]byte)(&same[0])); !f.Has((*[16]byte)(&same[499])) {
		t.Fatal("a Bloom filter tells the IDs apart")
	}
	for name, ids := range map[string][]ID{"numbers": numbers, "with the same hash": same} {
		x := indexOf(t, feedOf(ids))
		if x.rows.Len() != 0 || x.Len() != len(ids) || x.Count(Query{}).Total != len(ids) {
			t.Errorf("%s: %d pledges of %d in the table, %d counted", name, x.rows.Len(), x.Len(), x.Count(Query{}).Total)
		}
		for n, id := range ids {
			if f, ok := x.Get(id); !ok || f.Updated != instantOf(n) {
				t.Fatalf("%s: pledge %d is %v", name, n, f)
			}
		}
		if x.apart != nil && cap(x.apart) > 0 && x.apart[:1][0].ids != nil {
			t.Errorf("%s: filters are kept that nobody needs", name)
		}
		if x.rows.Len() != len(ids) || x.Len() != len(ids) {
			t.Errorf("%s: %d pledges of %d in the table once they are asked for", name, x.rows.Len(), x.Len())
		}
	}
}

// The two revisions stand anywhere: in a block, in blocks side by side and far
// apart, first and last.
func TestTwoRevisionsInAFeedAreOnePledge(t *testing.T) {
	const pledges = 2*blockRows + 100
	for _, at := range [][2]int{{0, 1}, {0, pledges - 1}, {blockRows - 1, blockRows}, {63, 64}, {100, blockRows + 100}, {pledges - 2, pledges - 1}} {
		for name, ids := range map[string][]ID{"numbers": nil, "with the same hash": alike(pledges)} {
			if ids == nil {
				for n := range pledges {
					ids = append(ids, numbered(n))
				}
			}
			ids[at[1]] = ids[at[0]]
			x := indexOf(t, feedOf(ids))
			c := x.Count(Query{})
			if c.Total != pledges-1 || x.Len() != pledges-1 || c.Objectives[1] != pledges-1 || c.Months[0].Number != pledges-1 {
				t.Errorf("%s, %v: %d pledges, %d counted, %v", name, at, x.Len(), c.Total, c.Months)
			}
			if f, ok := x.Get(ids[at[0]]); !ok || f.Updated != instantOf(at[1]) {
				t.Errorf("%s, %v: %v counts", name, at, f)
			}
			if !x.Remove(ids[at[0]]) || x.Remove(ids[at[0]]) || x.Len() != pledges-2 {
				t.Errorf("%s, %v: it was there twice", name, at)
			}
		}
	}
}

// No call puts more than some blocks into the table of IDs, whatever it asks for, and
// each is answered as if the table were whole.
func TestTheTableOfIDsIsMadeInSteps(t *testing.T) {
	const blocks, most = 12, (blocksAtOnce+1)*blockRows + 1
	for seed := range uint64(4) {
		ids := make([]ID, blocks*blockRows+100)
		for n := range ids {
			ids[n] = numbered(n)
		}
		s := newSource(seed)
		x := indexOf(t, feedOf(ids))
		total, removed := len(ids), map[int]bool{}
		for calls := 0; len(x.apart) > 0; calls++ {
			before, apart, n := x.rows.Len(), len(x.apart), s.IntN(len(ids))
			there := !removed[n]
			switch s.IntN(6) {
			case 0:
				if f, ok := x.Get(ids[n]); ok != there || ok && f.Updated != instantOf(n) {
					t.Fatalf("pledge %d is %v, %v", n, f, ok)
				}
			case 1:
				if _, ok := x.Row(ids[n]); ok != there {
					t.Fatalf("pledge %d is there: %v", n, ok)
				}
			case 2:
				if x.Remove(ids[n]) != there {
					t.Fatalf("pledge %d is not removed", n)
				} else if there {
					total, removed[n] = total-1, true
				}
			case 3:
				if o := x.Put(Facets{ID: numbered(len(ids) + 1 + calls), Updated: instantOf(calls)}); o != Added {
					t.Fatalf("a new pledge: %d", o)
				}
				total++
			case 4:
				if _, ok := x.Get(numbered(2 * len(ids))); ok {
					t.Fatal("a pledge is there that nobody put")
				}
			default:
				if there && x.Put(Facets{ID: ids[n]}) != Ignored {
					t.Fatalf("an earlier revision of pledge %d counts", n)
				} else if !there {
					x.Row(ids[n])
				}
			}
			if grown := x.rows.Len() - before; grown > most || len(x.apart) >= apart {
				t.Fatalf("a call puts %d pledges into the table, %d blocks of %d are left", grown, len(x.apart), apart)
			}
			if calls > blocks/blocksAtOnce+1 {
				t.Fatalf("%d calls, and there are blocks left", calls)
			}
		}
		if x.rows.Len() != total || x.Len() != total || x.Count(Query{}).Total != total {
			t.Errorf("%d pledges in the table, %d, and %d counted, want %d", x.rows.Len(), x.Len(), x.Count(Query{}).Total, total)
		}
	}
}

// To look for a pledge where the table isn't made yet, few blocks are looked through.
func TestFewBlocksAreLookedThroughForAPledge(t *testing.T) {
	const blocks = 20
	ids := make([]ID, blocks*blockRows)
	for n := range ids {
		ids[n] = numbered(n)
	}
	x := indexOf(t, feedOf(ids))
	looks := 0
	for n := range 1000 {
		id := numbered(len(ids) + n)
		for _, a := range x.apart {
			if a.ids.Has((*[16]byte)(&id)) {
				looks++
			}
		}
	}
	if len(x.apart) != blocks || looks > 1000*blocks/12 {
		t.Errorf("of %d blocks %.1f are looked through for one that isn't there", len(x.apart), float64(looks)/1000)
	}
}

// The figures are those of the documentation of Index.
func TestAnIndexTakesLittleMemory(t *testing.T) {
	const pledges = 20 * blockRows
	ids := make([]ID, pledges)
	for n := range ids {
		ids[n] = numbered(n)
	}
	feed := feedOf(ids)
	used := func() float64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC() // what a pool has goes in two steps
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc)
	}
	before := used()
	x := indexOf(t, feed)
	if each := (used() - before) / pledges; each > 40 {
		t.Errorf("%.1f bytes a pledge", each)
	}
	x.Get(ids[0])
	if each := (used() - before) / pledges; each > 40+20 {
		t.Errorf("%.1f bytes a pledge with a table of IDs", each)
	}
	before = used()
	var small Index
	small.Put(Facets{ID: ids[0], Announced: gcm.DateOf(2022, 5, 20), Pledgers: []Pledger{{Key: "FJI"}}, Implementing: []gcm.State{1}})
	if all := used() - before; all > 120_000 {
		t.Errorf("%.0f bytes for one pledge", all)
	}
	runtime.KeepAlive(x)
	runtime.KeepAlive(&small)
	runtime.KeepAlive(feed)
	runtime.KeepAlive(ids)
}

func instantOf(n int) gcm.Instant { return gcm.InstantOfUnix(1_600_000_000+int64(n), 0) }
