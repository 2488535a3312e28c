// Package frame cuts a stream of JSON into records without understanding them.
//
// It knows three containers: a feed object, whose records are the elements of
// its member "pledges"; a JSON array of records; and one JSON value a line. It
// tracks brackets and strings only, so a record that is broken inside (a wrong
// number, a duplicate key, invalid UTF-8) is cut out like any other and costs
// nothing but itself. Whether the record is JSON at all is for its reader to
// say.
package frame

import (
	"errors"
	"strconv"
)

// Limits bound what one stream may ask of its reader. A zero field means its
// default.
type Limits struct {
	// Record is the size of one record, and of the feed object without its
	// records, in bytes; 1 MiB by default. A larger record is passed over and
	// reported, it isn't held in memory.
	Record int
	// Records is how many records are read; 10,000,000 by default.
	Records int
	// Depth is how deep arrays and objects may nest inside a record; 32 by
	// default.
	Depth int
	// Total is the size of the stream in bytes; without a limit by default.
	Total int64
	// Snapshot is the size of an object that is the first record by itself, if
	// it is more than Record; 8 MiB by default. Over Record it is too large, and
	// handed on all the same: it may be no record.
	Snapshot int
}

// MaxRecord is the size of a record by default, in bytes.
const MaxRecord = 1 << 20

// WithDefaults returns the limits with the defaults in the place of zeros.
func (l Limits) WithDefaults() Limits {
	if l.Record <= 0 {
		l.Record = MaxRecord
	}
	if l.Records <= 0 {
		l.Records = 10_000_000
	}
	if l.Depth <= 0 {
		l.Depth = 32
	}
	if l.Snapshot <= 0 {
		l.Snapshot = 8 << 20
	}
	return l
}

// Form is the container that records come in.
type Form uint8

// The forms, in the order in which a stream can turn out to be one: it starts
// unknown.
const (
	Unknown Form = iota
	Array        // [record, record]
	Feed         // {"pledges": [record, record], ...}
	Lines        // a record a line, or a single one
)

// Fault says why a record can't be handed on, though the stream goes on.
type Fault string

// The faults.
const (
	TooLarge Fault = "too-large" // over Limits.Record
	TooDeep  Fault = "too-deep"  // over Limits.Depth
	Broken   Fault = "broken"    // brackets or quotes don't pair up
)

// Record is one record as it stands in the stream.
type Record struct {
	Index  int    // 0 for the first
	Offset int64  // of its first byte, from the start of the stream
	Bytes  []byte // valid until the next call of the splitter, and not to be appended to; nil with a fault, but for the first object that is within Limits.Snapshot
	Fault  Fault  // empty where Bytes holds the record
}

// ErrMore is returned by [Splitter.Next] when the input so far holds no
// further whole record.
var ErrMore = errors.New("frame: more input needed")

// ErrEnd is returned by [Splitter.Next] after the last record of a stream
// that is whole.
var ErrEnd = errors.New("frame: end of records")

// Error ends a stream: what follows it can't be cut into records.
type Error struct {
	Offset int64  // of the byte that doesn't fit, from the start of the stream
	Record int    // how many records came before it
	What   string // what was found or missing
}

func (e *Error) Error() string {
	return e.What + " at byte " + strconv.FormatInt(e.Offset, 10) +
		", after " + strconv.Itoa(e.Record) + " records"
}
