package trim

import (
	"bytes"
	"encoding/binary"
	"sort"
	"strconv"

	"github.com/gcmkit/gcmkit/wasm/build/internal/wasmbin"
)

const (
	// gap is how many zeros are worth a new segment. Of 0, 8, 16, 64, 256 and
	// 4,096 it gives the smallest file after brotli.
	gap = 64

	// most is how large an image may be, so that a broken offset doesn't take
	// all memory there is.
	most = 256 << 20
)

// image is the data of a program as it lies in memory.
type image struct {
	base  uint64 // address of the first byte
	bytes []byte
}

// readImage lays the segments of a data section out in memory. The linker
// writes them section by section, and not all in the order of addresses.
func readImage(body []byte) (*image, error) {
	type segment struct {
		start uint64
		data  []byte
	}
	bad := func(i int, what string) (*image, error) {
		return nil, &LayoutError{"data segment " + strconv.Itoa(i), what}
	}
	r := wasmbin.Reader{B: body}
	n := r.Number()
	var all []segment
	for i := range n {
		if r.Byte() != 0 {
			return bad(i, "not active in memory 0")
		}
		start, ok := offset(&r)
		data := r.Bytes(r.Number())
		if !ok || r.B == nil {
			return bad(i, "malformed")
		}
		all = append(all, segment{start, data})
	}
	if len(r.B) > 0 {
		return bad(n, "bytes behind the last one")
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].start < all[j].start })
	m := new(image)
	for i, s := range all {
		if i == 0 {
			m.base = s.start
		}
		end := m.base + uint64(len(m.bytes))
		if s.start < end {
			return bad(i, "overlaps another at "+at(s.start))
		}
		if s.start-m.base > most {
			return bad(i, "out of bounds at "+at(s.start))
		}
		m.bytes = append(append(m.bytes, make([]byte, s.start-end)...), s.data...)
	}
	return m, nil
}

// segments writes the image as a data section.
func (m *image) segments() []byte {
	var all []byte
	count := 0
	b := m.bytes
	address := m.base
	for {
		skip := len(b) - len(bytes.TrimLeft(b, "\x00"))
		b, address = b[skip:], address+uint64(skip)
		if len(b) == 0 {
			return append(binary.AppendUvarint(nil, uint64(count)), all...)
		}
		n := bytes.Index(b, zeros[:])
		if n < 0 {
			n = len(bytes.TrimRight(b, "\x00"))
		}
		all = appendOffset(append(all, 0), address)
		all = append(binary.AppendUvarint(all, uint64(n)), b[:n]...)
		b, address = b[n:], address+uint64(n)
		count++
	}
}

var zeros [gap]byte

// has reports whether n bytes at an address are in the image.
func (m *image) has(address, n uint64) bool {
	size := uint64(len(m.bytes))
	return address >= m.base && address-m.base <= size && n <= size-(address-m.base)
}

// at returns n bytes at an address that the image has.
func (m *image) at(address, n uint64) []byte {
	start := address - m.base
	return m.bytes[start : start+n : start+n]
}

func (m *image) word(address uint64) uint64 {
	return binary.LittleEndian.Uint64(m.at(address, 8))
}

func (m *image) half(address uint64) uint32 {
	return binary.LittleEndian.Uint32(m.at(address, 4))
}
