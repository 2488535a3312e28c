package record

import (
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"
)

// ConflictError says that somebody else has revised the pledge meanwhile.
type ConflictError struct {
	Expected uint64 // what the writer had seen
	Found    uint64 // the revision that came behind it
}

func (e *ConflictError) Error() string {
	return fmt.Sprintf("revision %d was followed by revision %d", e.Expected, e.Found)
}

// FullError says that the stream takes no more. Nothing was stored.
type FullError struct{ Err error }

func (e *FullError) Error() string { return "the stream is full: " + e.Err.Error() }

// Unwrap returns e.Err.
func (e *FullError) Unwrap() error { return e.Err }

// TooLargeError says that a pledge has too many bytes. Nothing was stored.
type TooLargeError struct{ Size, Most int }

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("the pledge has %d bytes as JSON, and %d are the most", e.Size, e.Most)
}

// RefusedError says that the stream will never take the revision. Nothing was
// stored.
type RefusedError struct{ Err error }

func (e *RefusedError) Error() string { return "the stream refuses it: " + e.Err.Error() }

// Unwrap returns e.Err.
func (e *RefusedError) Unwrap() error { return e.Err }

// UnknownError says that nobody has answered in time whether the revision is
// stored. Sending the same again gives the answer, and never stores it twice.
type UnknownError struct{ Err error }

func (e *UnknownError) Error() string { return "not known to be stored: " + e.Err.Error() }

// Unwrap returns e.Err.
func (e *UnknownError) Unwrap() error { return e.Err }

// Codes of the server's answers (jetstream_errors_generated.go of nats-server)
// that the client library has no names for.
const (
	codeResourcesExceeded = 10002
	codeInsufficient      = 10023
	codeStorageExceeded   = 10047
	codeStoreFailed       = 10077 // also where the stream's own limit is reached
)

// verdict is what an answer to publishing means.
type verdict uint8

const (
	again    verdict = iota // nobody knows, or not now
	conflict                // another revision is the last one
	full
	refused
)

func judge(err error) verdict {
	var api *jetstream.APIError
	if !errors.As(err, &api) {
		return again
	}
	switch api.ErrorCode {
	case jetstream.JSErrCodeStreamWrongLastSequence, jetstream.JSErrCodeStreamWrongLastSequenceConstant:
		return conflict
	case codeResourcesExceeded, codeInsufficient, codeStorageExceeded, codeStoreFailed:
		return full
	case jetstream.JSErrCodeStreamMessageExceedsMaximum, jetstream.JSErrCodeBadRequest:
		return refused
	}
	return again
}
