package tally

import (
	"bytes"

	"github.com/gcmkit/gcmkit/pledge/internal/wire"
)

// ID is the UUID of a pledge. The zero value is no ID. It is the same sixteen
// bytes as a uuid.UUID, without that package's weight on a page.
type ID [16]byte

// ParseID parses the 36-character form of a UUID, and no other.
func ParseID(s string) (ID, error) {
	id, err := wire.ParseID(s)
	return id, err
}

// IsZero reports whether id is no ID.
func (id ID) IsZero() bool { return id == ID{} }

// Compare orders IDs by their bytes.
func (id ID) Compare(other ID) int { return bytes.Compare(id[:], other[:]) }

// String returns the 36-character form.
func (id ID) String() string {
	const digits = "0123456789abcdef"
	b := make([]byte, 0, 36)
	for i, c := range id {
		if i == 4 || i == 6 || i == 8 || i == 10 {
			b = append(b, '-')
		}
		b = append(b, digits[c>>4], digits[c&15])
	}
	return string(b)
}
