package feed

import (
	"bytes"
	"compress/gzip"
	"io"
	"sync"
	"time"

	"github.com/andybalholm/brotli"
)

// rendering is an answer as it was at some state. It never changes.
type rendering struct {
	*state
	built time.Time
	body  []byte

	gzip, brotli func() []byte // compressed when first asked for, and then kept
}

func newRendering(at *state, body []byte, by *compressors) *rendering {
	return &rendering{
		state:  at,
		built:  time.Now(),
		body:   body,
		gzip:   sync.OnceValue(func() []byte { return by.compress(gzipped, body) }),
		brotli: sync.OnceValue(func() []byte { return by.compress(brotlied, body) }),
	}
}

// leastToCompress is of how many bytes compressing begins to pay.
const leastToCompress = 512

// coded returns the bytes in a coding.
func (r *rendering) coded(c coding) []byte {
	switch c {
	case gzipped:
		return r.gzip()
	case brotlied:
		return r.brotli()
	}
	return r.body
}

// compressor writes compressed bytes.
type compressor interface {
	io.WriteCloser
	Reset(io.Writer)
}

// compressors are there to be used again: making one takes longer than what it
// does for a small answer. The zero value is ready.
type compressors struct {
	pools [brotliLarge + 1]sync.Pool
}

// What a compressor does. The second one for brotli packs more, and takes as
// long as gzip; but it takes its time for small answers, too.
const (
	gzipAll = iota
	brotliSmall
	brotliLarge
)

const (
	large       = 64 << 10
	brotliLevel = 5
)

func (c *compressors) compress(to coding, body []byte) []byte {
	which := gzipAll
	if to == brotlied {
		which = brotliSmall
		if len(body) >= large {
			which = brotliLarge
		}
	}
	var b bytes.Buffer
	z, ok := c.pools[which].Get().(compressor)
	if ok {
		z.Reset(&b)
	} else {
		z = newCompressor(which, &b)
	}
	z.Write(body) // a buffer takes everything
	z.Close()
	c.pools[which].Put(z)
	return b.Bytes()
}

func newCompressor(which int, w io.Writer) compressor {
	switch which {
	case brotliSmall:
		return brotli.NewWriterLevel(w, brotliLevel)
	case brotliLarge:
		return brotli.NewWriterV2(w, brotliLevel)
	}
	return gzip.NewWriter(w)
}
