package tally

import (
	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
	"github.com/gcmkit/gcmkit/pledge/tally/internal/fast"
)

// Snapshot is counts with what a reader must know to trust them: whose they
// are, of when, and what was counted. Its zero value counts nothing of no feed.
type Snapshot struct {
	Header
	Sources    []Header    // of the feeds that were merged, if there are several
	Latest     gcm.Instant // of the newest revision; zero if none states it
	Definition string      // what the numbers mean, [Definition] unless the publisher says more
	Unread     int         // records that couldn't be read, and so aren't counted
	Query      Query
	Search     string // of what the query selects only pledges with these words are counted; "" for all, see [Feed.Search]
	Counts     Counts
	TotalOnly  bool // of Counts only Total is known, see [Snapshot.Narrow]

	// Items are the newest pledges that the query selects, the newest first; of a
	// search, those that it found, the best ones first:
	// [MaxItems] of them, or all if there are fewer. They are left out where
	// only numbers are known.
	Items []Item
}

// Narrow returns the snapshot for a query. A snapshot holds the counts of one
// query only, so this is possible for that same query; and from the counts of
// everything, for a query that is a single objective, principle, region, State,
// category, type, nature or status, of which only the total is known then.
// Otherwise it returns a [*NarrowError].
func (s *Snapshot) Narrow(q Query) (*Snapshot, error) {
	if q == s.Query {
		return s, nil
	}
	n, ok := s.Counts.single(q)
	if !ok || s.TotalOnly || s.Search != "" || s.Query != (Query{}) {
		return nil, &NarrowError{Have: s.Query, Want: q}
	}
	narrow := *s
	narrow.Query, narrow.Counts, narrow.TotalOnly, narrow.Items = q, Counts{Total: n}, true, nil
	return &narrow, nil
}

// single returns the total of a query of one value, which the counts of
// everything hold.
func (c *Counts) single(q Query) (int, bool) {
	for d := range Dimensions() {
		if d == ByTheme {
			continue
		}
		v := q.asked(d).single()
		var single Query
		single.asked(d).add(v)
		if v == 0 || q != single || d == ByStatus && gcm.Status(v) == gcm.Withdrawn {
			continue
		}
		if counts := c.Of(d); counts != nil {
			return at(counts, v)
		}
		if d != ByState {
			break
		}
		for _, s := range c.States {
			if int(s.State) == v {
				return s.Number, true
			}
		}
		return 0, true
	}
	return 0, false
}

func at(counts []int, i int) (int, bool) {
	if i <= 0 || i >= len(counts) {
		return 0, false
	}
	return counts[i], true
}

// NarrowError says that a snapshot of one query can't answer another.
type NarrowError struct {
	Have, Want Query
}

func (e *NarrowError) Error() string {
	return "tally: a snapshot of " + gcm.Quote(e.Have.String()) + " can't answer " + gcm.Quote(e.Want.String())
}

// AppendJSON appends the snapshot as a JSON object: the members of the header,
// sources, latest, definition, unread, query, search, counts and items. Where only the
// total is known, it is the only member of counts. Equal snapshots give equal bytes.
// A [Reader] reads it back.
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
	o.TextIf("search", s.Search)
	if s.TotalOnly { // what isn't known is no 0
		o.Open("counts")
		o.Int("total", int64(s.Counts.Total))
		o.Close()
	} else {
		o.Name("counts")
		o.B = s.Counts.AppendJSON(o.B)
	}
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
		case "search":
			s.Search = cut(r.Text(), mostOfText)
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
	r.Object(func(name string) {
		switch name {
		case "id":
			i.ID = wire.ID(r)
		case "title":
			i.Title = cut(r.Text(), mostOfText)
		case "language":
			i.Language = whole(r.Text(), mostOfLanguage)
		case "pledger":
			i.Pledger = cut(r.Text(), mostOfText)
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
			if s := r.Text(); fast.IsLink(s) {
				i.Link = s
			}
		default:
			r.Skip()
		}
	})
	return i
}
