package webform

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"runtime"
	"testing"

	"github.com/gcmkit/gcmkit/pledge"
)

// endless is a file of a header and n rows that is never in memory as a whole.
type endless struct {
	next []byte
	row  func(n int) []byte
	n    int
	of   int
}

func (e *endless) Read(b []byte) (int, error) {
	if len(e.next) == 0 {
		if e.n == e.of {
			return 0, io.EOF
		}
		e.n++
		e.next = e.row(e.n)
	}
	n := copy(b, e.next)
	e.next = e.next[n:]
	return n, nil
}

// manyRows returns a file with the rows of the sample, n of them, under other
// numbers.
func manyRows(t testing.TB, n int) io.Reader {
	f := framer{in: bufio.NewReader(bytes.NewReader(sample(t))), comma: ','}
	var rows [][]byte
	for {
		r, err := f.next()
		if err != nil {
			break
		}
		rows = append(rows, bytes.Clone(r.raw))
	}
	header, rows := rows[0], rows[1:len(rows)-1] // without the last, which has no number
	return io.MultiReader(bytes.NewReader(header), &endless{of: n, row: func(i int) []byte {
		_, rest, _ := bytes.Cut(rows[i%len(rows)], []byte(","))
		return append(fmt.Appendf(nil, "%d,", i), rest...)
	}})
}

// An importer holds a row, two buffers, what is read ahead and a capped report,
// however long the file is, and of each row its number: after collecting garbage
// the heap is as large at the end as after the first thousand rows, within a
// generous 4 MB and 128 bytes a row. The file of fifty
// thousand rows has 55 MB.
func TestLongFilesTakeNoMoreMemoryThanShortOnes(t *testing.T) {
	n, step := 50_000, 12_500
	if testing.Short() || slowly {
		n, step = 10_000, 5_000
	}
	const bound = 4 << 20
	im := NewImporter(manyRows(t, n), nil)
	var first uint64
	read := 0
	for record, err := range im.Records() {
		if err != nil {
			t.Fatal(err)
		}
		read++
		if read != 1000 && record.Row%step > 1 {
			continue
		}
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		switch {
		case read == 1000:
			first = m.HeapAlloc
		case first > 0 && m.HeapAlloc > first+bound+128*uint64(record.Row):
			t.Fatalf("%d bytes after row %d, %d at first", m.HeapAlloc, record.Row, first)
		}
	}
	r := im.Report()
	checkTotals(t, r)
	if r.Rows != n || r.Pledges != read {
		t.Errorf("%d rows of %d, %d pledges of %d", r.Rows, n, r.Pledges, read)
	}
}

func BenchmarkImport(b *testing.B) {
	if info, err := os.Stat("testdata/export.csv"); err == nil {
		b.SetBytes(info.Size() / 7)
	}
	im := NewImporter(manyRows(b, b.N), nil)
	b.ReportAllocs()
	b.ResetTimer()
	for _, err := range im.Records() {
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkExport(b *testing.B) {
	all, _, err := Import(bytes.NewReader(sample(b)), nil)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.ResetTimer()
	if err := Export(io.Discard, func(yield func(p pledge.Pledge) bool) {
		for i := range b.N {
			if !yield(all[i%len(all)]) {
				return
			}
		}
	}); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
