package fast

import (
	"bytes"
	"slices"
	"testing"

	"github.com/gcmkit/gcmkit/pledge/internal/intern"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
)

// slowly is a [Slow] reader that numbers all pledgers of an array from 100 on.
type slowly struct {
	pledgers *[]uint32
	fields   []Field
}

func (s *slowly) Value(record []byte, i int, field Field) int {
	s.fields = append(s.fields, field)
	end := i + bytes.IndexByte(record[i:], ']') + 1
	for n := range bytes.Count(record[i:end], []byte("{")) {
		*s.pledgers = append(*s.pledgers, uint32(100+n))
	}
	return end
}

// scanned returns the numbers of the pledgers of a record, as a scanner that knows "a"
// and "b" resolves them.
func scanned(t *testing.T, record string, pledgers *[]uint32) (fields []Field) {
	t.Helper()
	s := Scanner{Pledgers: new(intern.Texts), Places: new(intern.Texts)}
	s.Init()
	s.Pledgers.Add(`{"name":"a"}`, 1)
	s.Pledgers.Add(`{"name":"b"}`, 2)
	var f Fields
	p := Pending{Text: []byte(record)}
	slow := &slowly{pledgers: pledgers}
	if n := s.Scan(append([]byte(record), make([]byte, Margin)...), len(record), &f, &p, slow); n != len(record) {
		t.Fatalf("%d bytes of %.100q are a record, not %d", n, record, len(record))
	}
	s.Wait(&p)
	s.Prefetch()
	if !s.Resolve(&p, &f, pledgers, slow) {
		t.Fatalf("%.100q isn't plain", record)
	}
	return slow.fields
}

func TestKnownPledgersAreNotReadAgain(t *testing.T) {
	var got []uint32
	if fields := scanned(t, `{"pledgers":[{"name":"b"},{"name":"a"}]}`, &got); !slices.Equal(got, []uint32{2, 1}) || len(fields) != 0 {
		t.Errorf("got %d, and read %d", got, fields)
	}
}

// Where one of them isn't known all are read, each once.
func TestPledgersOfWhomOneIsUnknownAreReadOnce(t *testing.T) {
	var got []uint32
	if fields := scanned(t, `{"pledgers":[{"name":"a"},{"name":"c"},{"name":"b"}]}`, &got); !slices.Equal(got, []uint32{100, 101, 102}) || !slices.Equal(fields, []Field{FieldPledgers}) {
		t.Errorf("got %d, and read %d", got, fields)
	}
}

// A list of more than the limit is left to who says so, though all of it is known.
func TestTooManyKnownPledgersAreReadSlowly(t *testing.T) {
	for n, want := range map[int][]Field{wire.MaxPledgers: nil, wire.MaxPledgers + 1: {FieldPledgers}} {
		list := bytes.Repeat([]byte(`{"name":"a"},`), n)
		var got []uint32
		fields := scanned(t, `{"pledgers":[`+string(list[:len(list)-1])+`]}`, &got)
		if !slices.Equal(fields, want) {
			t.Errorf("of %d pledgers it read %d, want %d", n, fields, want)
		}
	}
}
