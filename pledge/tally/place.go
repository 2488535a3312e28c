package tally

import (
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
)

// place is the States in which a pledge is implemented: a byte for each, once, in
// the order in which they are stated. Many pledges are implemented in one and the
// same place.
type place string

func placeOf(states []gcm.State) place {
	if len(states) == 0 {
		return ""
	}
	var b strings.Builder
	var seen [1 << 8]bool
	for _, s := range states {
		if !seen[s] {
			seen[s] = true
			b.WriteByte(byte(s))
		}
	}
	return place(b.String())
}

func (p place) states() (all []gcm.State) {
	for _, s := range []byte(p) {
		all = append(all, gcm.State(s))
	}
	return all
}

func (p place) has(s gcm.State) bool { return strings.IndexByte(string(p), byte(s)) >= 0 }

// usePlace returns the number of a place, 0 of the one without States.
func (x *Index) usePlace(p place) uint32 {
	if p == "" {
		return 0
	}
	n, added := x.places.use(p)
	if added {
		x.places.values[n] = p
	}
	return n
}

func (x *Index) releasePlace(n uint32) {
	if n != 0 {
		x.places.release(x.places.values[n], n)
	}
}
