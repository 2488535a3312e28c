package tally

import (
	"strconv"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
)

// Header says whose the pledges of a feed are, and as of when. The zero value
// states nothing.
type Header struct {
	Feed         string // URI of the feed
	Title        string
	Publisher    string
	License      string
	AsOf         gcm.Instant // when the feed was complete and right
	AsOfOffset   int         // minutes by which the clocks that AsOf is stated by are ahead of UTC
	Illustrative bool        // made up to show how things look, nobody's record

	// Sequence grows with every change of the feed; 0 where nobody counts them.
	// It is what a stream of changes continues from. Below 2^53 a script can
	// hold it.
	Sequence uint64
}

// member reads the member of a feed object or a snapshot that is part of the
// header; it reports whether name is one.
func (h *Header) member(r *wire.Reader, name string) bool {
	switch name {
	case "feed":
		h.Feed = r.Text()
	case "title":
		h.Title = r.Text()
	case "publisher":
		h.Publisher = r.Text()
	case "license":
		h.License = r.Text()
	case "as_of":
		h.AsOf, h.AsOfOffset = wire.InstantAt(r)
	case "illustrative":
		h.Illustrative, _ = r.Bool()
	case "sequence":
		h.Sequence = readNumber[uint64](r, 64)
	default:
		return false
	}
	return true
}

// Day returns the day of AsOf by the clocks of the feed, which is what its
// publisher calls it; the zero Date if none is stated.
func (h *Header) Day() gcm.Date { return h.AsOf.DateAt(h.AsOfOffset) }

// AppendJSON appends the members of the header to a JSON object that has been
// opened, leaving out what isn't stated.
func (h *Header) AppendJSON(b []byte) []byte {
	o := wire.Object{B: b}
	o.TextIf("feed", h.Feed)
	o.TextIf("title", h.Title)
	o.TextIf("publisher", h.Publisher)
	o.TextIf("license", h.License)
	if h.AsOf.IsValid() {
		o.Text("as_of", h.AsOf.StringAt(h.AsOfOffset))
	}
	o.BoolIf("illustrative", h.Illustrative)
	if h.Sequence != 0 {
		o.Name("sequence")
		o.B = strconv.AppendUint(o.B, h.Sequence, 10)
	}
	return o.B
}

// ReadHeader reads the header of a feed object, whose records may be left out.
// It reports problems of single values, and false if the object isn't JSON, or has
// the id of a pledge.
func ReadHeader(object []byte) (Header, []Problem, bool) {
	var h Header
	var r wire.Reader
	pledge := false
	problems, ok := r.Read(object, func(name string) {
		switch {
		case name == "id" && wire.ID(&r) != [16]byte{}:
			pledge = true
		case name != "id" && !h.member(&r, name):
			r.Skip()
		}
	})
	all := appendProblems(nil, HeaderRecord, 0, problems)
	if pledge {
		return h, append([]Problem{{Record: HeaderRecord, Path: "/id", Rule: RuleUnknown, Value: "an id, which a pledge has and a feed hasn't"}}, all...), false
	}
	return h, all, ok
}
