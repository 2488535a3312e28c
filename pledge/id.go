package pledge

import "github.com/google/uuid"

// references is the name space of [IDFromRef]: the version 5 UUID of the
// Compact's own address in the name space of URLs.
var references = uuid.NewSHA1(uuid.NameSpaceURL, []byte("https://undocs.org/A/RES/73/195"))

// NewID returns an ID for a new pledge, a version 7 UUID: later ones sort
// later. The error is that of the machine's source of randomness.
func NewID() (uuid.UUID, error) { return uuid.NewV7() }

// IDFromRef returns the ID of a pledge that comes from elsewhere, a version 5
// UUID made of where it comes from (the URI of the source) and of the number
// it has there: importing it again gives the same ID.
func IDFromRef(source, ref string) uuid.UUID {
	return uuid.NewSHA1(uuid.NewSHA1(references, []byte(source)), []byte(ref))
}
