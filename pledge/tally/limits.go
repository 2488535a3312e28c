package tally

import (
	"errors"

	"github.com/gcmkit/gcmkit/pledge/internal/frame"
	"github.com/gcmkit/gcmkit/pledge/internal/lex"
	"github.com/gcmkit/gcmkit/pledge/internal/wire"
)

// MaxRecord is how many bytes a pledge may have as JSON, 1 MiB, unless a reader's
// [Limits] say otherwise.
const MaxRecord = frame.MaxRecord

// Limits bound what a feed may ask of its reader. A zero field means its
// default.
type Limits struct {
	Record   int   // size of one record in bytes, and of what a feed says beside its pledges; 1 MiB
	Records  int   // number of records; 10,000,000
	Depth    int   // nesting inside a record; 32
	Total    int64 // size of the feed in bytes; none
	Snapshot int   // size of a [Snapshot] in bytes, if it is more than Record; 8 MiB
}

// How many values the lists of a pledge may have, repeated ones included. A record
// with more isn't read, by any reader: a part of a list would be another pledge.
const (
	MaxPledgers      = wire.MaxPledgers      // 500: all States and as many bodies
	MaxThemes        = wire.MaxThemes        // 64
	MaxImplementing  = wire.MaxStates        // 197: as many States as there are
	MaxContributions = wire.MaxContributions // 100
	MaxLinks         = wire.MaxLinks         // 50, of a pledge and of a report
	MaxReports       = wire.MaxReports       // 100
	MaxIndicators    = wire.MaxIndicators    // 50 of a report
)

// AppendText appends s as a JSON string. What isn't UTF-8 becomes U+FFFD.
func AppendText(b []byte, s string) []byte { return lex.Append(b, s) }

// ErrTexts is returned by [ParseTexts].
var ErrTexts = errors.New("tally: not a JSON object of strings")

// ParseTexts reads a JSON object of strings, such as what a page wants to see;
// see [ParseQuery]. The error is [ErrTexts].
func ParseTexts(object string) (map[string]string, error) {
	texts, only := make(map[string]string), true
	var l lex.Lexer
	l.Reset(object)
	l.Object(func(name string) {
		value, ok := l.Text()
		if !ok {
			only = false
			l.Skip()
		}
		texts[name] = value
	})
	if l.End(); l.Err() != nil || !only {
		return nil, ErrTexts
	}
	return texts, nil
}
