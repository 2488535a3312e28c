package tally

import (
	"strconv"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
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

func BenchmarkReader(b *testing.B) {
	feed := benchFeed(10_000)
	b.SetBytes(int64(len(feed)))
	b.ReportAllocs()
	for b.Loop() {
		var r Reader
		for rest := feed; len(rest) > 0; {
			n := min(64<<10, len(rest))
			if _, err := r.Write(rest[:n]); err != nil {
				b.Fatal(err)
			}
			rest = rest[n:]
		}
		if _, err := r.Close(); err != nil {
			b.Fatal(err)
		}
	}
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
			{"type", Query{Type: gcm.Individual}},
			{"region", Query{Region: gcm.Africa}},
			{"objective and region", Query{Objective: 7, Region: gcm.Africa}},
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
