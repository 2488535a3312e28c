package tally

import (
	"bytes"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/objectives"
)

// benchFeed is a feed of n records, one a line, of about 335 bytes each.
func benchFeed(n int) []byte {
	var b []byte
	for i := range n {
		month := 1 + i%12
		b = append(b, `{"id":"00000000-0000-4000-8000-`...)
		id := strconv.Itoa(100_000_000_000 + i)
		b = append(b, id...)
		b = append(b, `","updated":"2022-0`...)
		b = strconv.AppendInt(b, int64(1+i%9), 10)
		b = append(b, `-18T09:30:00Z","title":"Pledge `...)
		b = append(b, id...)
		b = append(b, ` on something that matters to migrants and their families","type":"individual","status":"planned","objectives":[`...)
		b = strconv.AppendInt(b, int64(1+i%23), 10)
		b = append(b, ',')
		b = strconv.AppendInt(b, int64(1+(i/7)%23), 10)
		b = append(b, `],"pledgers":[{"name":"Pledger `...)
		b = strconv.AppendInt(b, int64(i%20_000), 10)
		b = append(b, `","category":"civil-society","state":"`...)
		b = append(b, [...]string{"DEU", "KEN", "MEX", "PHL", "FJI"}[i%5]...)
		b = append(b, `"}],"announced":"`...)
		b = strconv.AppendInt(b, int64(2018+i%8), 10)
		b = append(b, '-')
		if month < 10 {
			b = append(b, '0')
		}
		b = strconv.AppendInt(b, int64(month), 10)
		b = append(b, "\"}\n"...)
	}
	return b
}

// BenchmarkReader reads a pledge a line, in one goroutine and in several, the same
// as a feed object, and that with what lists show, in pieces as a file or a page
// gives them. It says how much memory the index takes.
func BenchmarkReader(b *testing.B) {
	const pledges = 100_000
	lines := benchFeed(pledges)
	array := append(bytes.ReplaceAll(append([]byte(`{"pledges":[`), lines[:len(lines)-1]...), []byte("\n"), []byte(",\n")), "]}"...)
	for _, c := range []struct {
		name    string
		feed    []byte
		workers int
		items   bool
	}{
		{"lines", lines, 1, false},
		{"lines by two", lines, 2, false},
		{"feed", array, 1, false},
		{"feed by two", array, 2, false},
		{"feed with items", array, 1, true},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.feed)))
			var before, after runtime.MemStats
			var f *Feed
			for b.Loop() {
				f = nil
				b.StopTimer()
				runtime.GC()
				runtime.ReadMemStats(&before)
				b.StartTimer()
				r := Reader{Workers: c.workers, Items: c.items}
				if _, err := r.ReadFrom(onlyReader{bytes.NewReader(c.feed)}); err != nil {
					b.Fatal(err)
				}
				var err error
				if f, err = r.Close(); err != nil {
					b.Fatal(err)
				}
			}
			runtime.GC()
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/pledges, "B/pledge")
			b.ReportMetric(float64(b.N)*pledges/b.Elapsed().Seconds(), "records/s")
			runtime.KeepAlive(f)
		})
	}
}

// BenchmarkPut puts a revision of one of many pledges, alone and with a count
// between any two, so that each one copies a block.
func BenchmarkPut(b *testing.B) {
	for _, n := range []int{10_000, 1_000_000} {
		x := manyPledgers(n)
		revision := int64(0)
		for _, counted := range []bool{false, true} {
			name := strconv.Itoa(n)
			if counted {
				name += " counted"
			}
			b.Run(name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					revision++
					name := "Organization " + strconv.Itoa(int(revision)%1000)
					x.Put(Facets{
						ID:       numbered(int(revision * 7919 % int64(n))),
						Updated:  gcm.InstantOfUnix(revision, 0),
						Pledgers: []Pledger{{PledgerKey(name, gcm.CivilSociety, 0), gcm.CivilSociety, 0}},
					})
					if counted {
						x.Version() // what a count works on
					}
				}
			})
		}
	}
}

// BenchmarkFirstPuts puts revisions into an index of 1,000,000 pledges that was just
// read, until its table of IDs is whole. It says how long the longest Put takes.
func BenchmarkFirstPuts(b *testing.B) {
	const pledges = 1_000_000
	ids := make([]ID, pledges)
	for n := range ids {
		ids[n] = numbered(n)
	}
	feed := feedOf(ids)
	longest, puts := time.Duration(0), 0
	for b.Loop() {
		b.StopTimer()
		var r Reader
		r.Write(feed)
		f, err := r.Close()
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		for n := 0; len(f.Index.apart) > 0; n++ {
			start := time.Now()
			f.Index.Put(Facets{ID: ids[n*7919%pledges], Updated: instantOf(pledges + n)})
			longest, puts = max(longest, time.Since(start)), puts+1
		}
	}
	b.ReportMetric(float64(longest.Microseconds())/1000, "ms-longest")
	b.ReportMetric(float64(puts)/float64(b.N), "puts")
}

// BenchmarkCount counts everything there is in Counts, under filters that
// select all, most, a fifth, and few of the pledges.
func BenchmarkCount(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		var r Reader
		r.Write(benchFeed(n))
		f, err := r.Close()
		if err != nil {
			b.Fatal(err)
		}
		for _, c := range []struct {
			name string
			q    Query
		}{
			{"all", Query{}},
			{"type", Query{Type: AnyOf(gcm.Individual)}},
			{"region", Query{Region: AnyOf(gcm.Africa)}},
			{"objective and region", Query{Objective: AnyOf(objectives.Objective(7)), Region: AnyOf(gcm.Africa)}},
		} {
			b.Run(strconv.Itoa(n)+" "+c.name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					f.Index.Count(c.q)
				}
			})
		}
	}
}
