// Package record keeps every revision of every pledge in a JetStream stream, in
// the order in which they came. The stream is the record: what isn't in it never
// happened, and what is in it stays.
package record

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/google/uuid"
	"github.com/nats-io/nats.go"
)

// MaxImport is how many bytes a pledge may have as JSON that is imported. A later
// revision of it, such as a withdrawal, still fits into a message.
const MaxImport = MaxMessage - 8<<10

// Fits returns a *[TooLargeError] for a pledge that is too large to be imported.
func Fits(p *pledge.Pledge) error {
	if n := len(p.AppendJSON(nil)); n > MaxImport {
		return &TooLargeError{Size: n, Most: MaxImport}
	}
	return nil
}

// Mark tells a revision from others that have its sequence: records that were
// restored from a backup and went on use sequences again.
func Mark(p *pledge.Pledge) string {
	sum := sha256.Sum256(p.AppendJSON(nil))
	return hex.EncodeToString(sum[:8])
}

// Action says what a writer did. The record keeps it beside the pledge, for
// audits; feeds don't show it.
type Action string

// The actions.
const (
	Submit   Action = "submit"
	Revise   Action = "revise"
	Withdraw Action = "withdraw"
	Import   Action = "import"
)

// Revision is one revision of a pledge that is to be kept.
type Revision struct {
	Pledge pledge.Pledge
	// Previous is the sequence of the revision that this one replaces, and that
	// its writer has seen; 0 for the first of a pledge.
	Previous uint64
	Action   Action
	// Writer is the name of the token that it was written with.
	Writer string
}

// Entry is a revision that is kept.
type Entry struct {
	Revision
	// Sequence is its place in the stream, from 1.
	Sequence uint64
	// ID is that of the message: the same operation has the same.
	ID string
	// Err says that the message isn't a revision, which only a stranger to this
	// program can have written. There is nothing but its sequence then.
	Err error
}

// Names of headers beside those of NATS.
const (
	actionHeader   = "Gcm-Action"
	writerHeader   = "Gcm-Writer"
	previousHeader = "Gcm-Previous"
)

const subjectPrefix = "pledges."

func subject(id uuid.UUID) string { return subjectPrefix + id.String() }

// messageID names the operation: whoever sends it twice, to whichever node, sends
// the same. When it was made is left out, as that is this program's to say and
// differs from one attempt to the next; the dates of an import are its content.
func (r *Revision) messageID() string {
	p := r.Pledge
	if r.Action != Import {
		p.Updated = gcm.Instant{}
	}
	h := sha256.New()
	h.Write(binary.BigEndian.AppendUint64(nil, r.Previous))
	h.Write([]byte(string(r.Action) + "\x00" + r.Writer + "\x00"))
	h.Write(p.AppendJSON(nil))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}

// message returns what is published.
func (r *Revision) message() *nats.Msg {
	m := nats.NewMsg(subject(r.Pledge.ID))
	m.Header.Set(nats.MsgIdHdr, r.messageID())
	m.Header.Set(nats.ExpectedLastSubjSeqHdr, fmt.Sprint(r.Previous))
	m.Header.Set(actionHeader, string(r.Action))
	m.Header.Set(writerHeader, r.Writer)
	m.Header.Set(previousHeader, fmt.Sprint(r.Previous))
	m.Data = r.Pledge.AppendJSON(nil)
	return m
}

// entry reads a message of the stream.
func entry(sequence uint64, subject string, h nats.Header, data []byte) Entry {
	e := Entry{Sequence: sequence, ID: h.Get(nats.MsgIdHdr)}
	e.Action, e.Writer = Action(h.Get(actionHeader)), h.Get(writerHeader)
	_, e.Err = fmt.Sscan(h.Get(previousHeader), &e.Previous)
	if e.Err != nil {
		e.Err = fmt.Errorf("message %d: header %s: %w", sequence, previousHeader, e.Err)
		return e
	}
	if err := e.Pledge.UnmarshalJSON(data); err != nil {
		// What this version can't read of a revision that another has written
		// is left out, like in any feed; without an id there is no pledge.
		var problems *pledge.ProblemsError
		if !errors.As(err, &problems) || e.Pledge.ID == uuid.Nil {
			e.Err = fmt.Errorf("message %d: %w", sequence, err)
			return e
		}
	}
	if id, _ := strings.CutPrefix(subject, subjectPrefix); id != e.Pledge.ID.String() {
		e.Err = fmt.Errorf("message %d: the pledge %s under the subject %q", sequence, e.Pledge.ID, subject)
	}
	return e
}
