package tally

import (
	"strconv"

	"github.com/gcmkit/gcmkit/pledge/internal/wire"
)

// AppendJSON appends the snapshot as a JSON object: the members of the header,
// latest, sequence, definition, unread, query and counts. Equal snapshots give
// equal bytes. A [Reader] reads it back.
func (s *Snapshot) AppendJSON(b []byte) []byte {
	o := wire.Object{B: s.Header.AppendJSON(append(b, '{'))}
	o.CodeIf("latest", s.Latest)
	if s.Sequence != 0 {
		o.Name("sequence")
		o.B = strconv.AppendUint(o.B, s.Sequence, 10)
	}
	o.TextIf("definition", s.Definition)
	if s.Unread != 0 {
		o.Int("unread", int64(s.Unread))
	}
	o.BoolIf("total_only", s.TotalOnly)
	o.Name("query")
	o.B = s.Query.appendJSON(o.B)
	o.Name("counts")
	o.B = s.Counts.AppendJSON(o.B)
	return o.End()
}

// MarshalJSON is [Snapshot.AppendJSON].
func (s Snapshot) MarshalJSON() ([]byte, error) { return s.AppendJSON(nil), nil }

// decodeSnapshot reads what AppendJSON writes.
func decodeSnapshot(object []byte) (s *Snapshot, problems []wire.Problem, ok bool) {
	s = new(Snapshot)
	r := new(wire.Reader)
	problems, ok = r.Read(object, func(name string) {
		switch name {
		case "latest":
			s.Latest = wire.Instant(r)
		case "sequence":
			s.Sequence = readNumber[uint64](r, 64)
		case "definition":
			s.Definition = r.Text()
		case "unread":
			s.Unread = readCount(r)
		case "total_only":
			s.TotalOnly, _ = r.Bool()
		case "query":
			s.Query = readQuery(r)
		case "counts":
			s.Counts = readCounts(r)
		default:
			if !s.Header.member(r, name) {
				r.Skip()
			}
		}
	})
	return s, problems, ok
}
