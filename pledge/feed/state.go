package feed

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math/bits"
	"runtime/debug"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// state is what answers depend on. It never changes.
type state struct {
	header tally.Header
	mark   mark
	latest gcm.Instant
	tag    string // tells this state from all others; part of entity tags
}

// digest tells two books of pledges apart. It is the sum of a hash of each
// pledge, so a revision changes it without a look at the others, and the order
// in which pledges have come doesn't matter.
type digest [2]uint64

// digestOf returns the hash of a pledge, and what is countable of it as JSON: each
// member is encoded once.
func digestOf(p *pledge.Pledge) (h digest, encoded []byte) {
	c := countable(p)
	rest := uncounted(p, &c)
	encoded = c.AppendJSON(nil)
	sum := sha256.Sum256(rest.AppendJSON(encoded))
	return digest{binary.BigEndian.Uint64(sum[:]), binary.BigEndian.Uint64(sum[8:])}, encoded
}

func (d *digest) add(h digest) {
	var carry uint64
	d[1], carry = bits.Add64(d[1], h[1], 0)
	d[0], _ = bits.Add64(d[0], h[0], carry)
}

func (d *digest) remove(h digest) {
	var borrow uint64
	d[1], borrow = bits.Sub64(d[1], h[1], 0)
	d[0], _ = bits.Sub64(d[0], h[0], borrow)
}

// program tells builds of the program apart, of which two may render or
// compress in different ways.
var program = programDigest()

func programDigest() [32]byte {
	if info, ok := debug.ReadBuildInfo(); ok {
		return sha256.Sum256([]byte(info.String()))
	}
	return [32]byte{}
}

// stateOf returns the state of a book with a digest.
func stateOf(h tally.Header, d digest, latest gcm.Instant) *state {
	if h.AsOf.IsValid() && latest.Compare(h.AsOf) > 0 {
		h.AsOf = latest
	}
	b := append([]byte(nil), program[:]...)
	b = binary.BigEndian.AppendUint64(b, d[0])
	b = binary.BigEndian.AppendUint64(b, d[1])
	sum := sha256.Sum256(h.AppendJSON(append(b, '{')))
	at := &state{header: h, mark: d.mark(), latest: latest}
	at.tag = string(at.cursor().append(nil)) + "-" + hex.EncodeToString(sum[:8])
	return at
}

// cursor is that of a reader who has seen this state.
func (at *state) cursor() cursor { return cursor{at.header.Sequence, at.mark, true} }

func (d digest) mark() mark { return mark(d[0]) }
