package tally

import (
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
)

// AppendJSON appends the snapshot as a JSON object: the members of the header,
// sources, latest, definition, unread, query, counts and items. Equal snapshots
// give equal bytes. A [Reader] reads it back.
func (s *Snapshot) AppendJSON(b []byte) []byte {
	o := wire.Object{B: s.Header.AppendJSON(append(b, '{'))}
	wire.ArrayIf(&o, "sources", s.Sources, func(b []byte, h Header) []byte { return append(h.AppendJSON(append(b, '{')), '}') })
	o.CodeIf("latest", s.Latest)
	o.TextIf("definition", s.Definition)
	if s.Unread != 0 {
		o.Int("unread", int64(s.Unread))
	}
	o.BoolIf("total_only", s.TotalOnly)
	o.Name("query")
	o.B = s.Query.appendJSON(o.B)
	o.Name("counts")
	o.B = s.Counts.AppendJSON(o.B)
	wire.ArrayIf(&o, "items", s.Items, appendItem)
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
		case "sources":
			r.Array(func() { s.Sources = append(s.Sources, readSource(r)) })
		case "items":
			r.Array(func() { s.Items = append(s.Items, readItem(r)) })
		default:
			if !s.Header.member(r, name) {
				r.Skip()
			}
		}
	})
	return s, problems, ok
}

func readSource(r *wire.Reader) (h Header) {
	r.Object(func(name string) {
		if !h.member(r, name) {
			r.Skip()
		}
	})
	return h
}

func appendItem(b []byte, i Item) []byte {
	o := wire.Begin(b)
	o.Text("id", i.ID.String())
	o.TextIf("title", i.Title)
	o.TextIf("language", i.Language)
	o.TextIf("pledger", i.Pledger)
	o.TextIf("state", i.State.Alpha3())
	if i.More != 0 {
		o.Int("more", int64(i.More))
	}
	o.CodeIf("announced", i.Announced)
	o.CodeIf("status", i.Status)
	if !i.Objectives.IsEmpty() {
		o.Name("objectives")
		numbers, _ := i.Objectives.MarshalJSON()
		o.B = append(o.B, numbers...)
	}
	o.CodeIf("updated", i.Updated)
	o.TextIf("link", i.Link)
	return o.End()
}

// readItem reads what appendItem writes. What it wouldn't have written, such as
// a link that isn't one of https, it leaves out.
func readItem(r *wire.Reader) (i Item) {
	t := new(texts)
	r.Object(func(name string) {
		switch name {
		case "id":
			i.ID = wire.ID(r)
		case "title":
			t.setTitle(r.Text())
		case "language":
			t.setLanguage(r.Text())
		case "pledger":
			t.setPledger(r.Text())
		case "state":
			i.State = wire.Enum(r, gcm.StateFromAlpha3)
		case "more":
			i.More = readCount(r)
		case "announced":
			i.Announced = wire.Date(r)
		case "status":
			i.Status = wire.Enum(r, gcm.StatusFromCode)
		case "objectives":
			i.Objectives = wire.Objectives(r)
		case "updated":
			i.Updated = wire.Instant(r)
		case "link":
			t.addLink(r.Text())
		default:
			r.Skip()
		}
	})
	i.say(t)
	return i
}
