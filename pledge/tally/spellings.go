//go:build !gcmwords

package tally

import "github.com/gcmkit/gcmkit/gcm"

// addSpellings adds other spellings of the names of States. A page has none: they take room
// there.
func addSpellings(names *[1 << 8]string) {
	for s, spelling := range gcm.StateSpellings() {
		names[s] += " " + spelling
	}
}
