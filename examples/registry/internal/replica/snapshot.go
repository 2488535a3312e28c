package replica

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"github.com/gcmkit/gcmkit/examples/registry/internal/record"
	"github.com/gcmkit/gcmkit/pledge"
)

// A snapshot is what a replica had read up to a sequence, so that a node that
// starts reads only what came behind it. It is a convenience: the record is the
// stream, and a snapshot that isn't whole is left alone.
//
//	gcm-registry-snapshot 1 SEQUENCE MESSAGES
//	SEQUENCE {"id":...}      a pledge a line, with the sequence of its revision
//	sha256 HEX               of all that is above
//
// MESSAGES is how many there were up to the sequence: if the stream has fewer now, it
// has lost some, and the snapshot isn't what the record says any more.
//
// It is taken while the node goes on, so it may hold some revisions that are
// later than its own sequence. Reading them again changes nothing.
const snapshotMagic = "gcm-registry-snapshot 1 "

// maxLine is how long a line of a snapshot may be: a pledge that the API has
// taken is far smaller.
const maxLine = 4 << 20

// SnapshotError says that a file is no snapshot that could be trusted.
type SnapshotError struct {
	File string
	Line int
	What string
}

func (e *SnapshotError) Error() string {
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.What)
}

// Save writes a snapshot to a file, which is replaced at once and only by one
// that is on the disk. It returns the snapshot's sequence.
func (r *Replica) Save(file string) (sequence uint64, err error) {
	dir := filepath.Dir(file)
	tmp, err := os.CreateTemp(dir, filepath.Base(file)+".*.tmp")
	if err != nil {
		return 0, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, tmp.Close(), os.Remove(tmp.Name()))
		}
	}()
	sum := sha256.New()
	out := bufio.NewWriterSize(io.MultiWriter(tmp, sum), 1<<16)
	r.mu.RLock()
	sequence, messages := r.applied, r.messages
	r.mu.RUnlock()
	fmt.Fprintf(out, "%s%d %d\n", snapshotMagic, sequence, messages)
	var line []byte
	for known := range r.book.All() {
		// Both of one moment.
		p, at, _ := r.Get(known.ID)
		line = strconv.AppendUint(line[:0], at, 10)
		line = append(line, ' ')
		line = append(p.AppendJSON(line), '\n')
		out.Write(line) // the error stays, and Flush returns it
	}
	if err := out.Flush(); err != nil {
		return 0, err
	}
	if _, err := fmt.Fprintf(tmp, "sha256 %x\n", sum.Sum(nil)); err != nil {
		return 0, err
	}
	if err := tmp.Sync(); err != nil {
		return 0, err
	}
	if err := tmp.Close(); err != nil {
		return 0, errors.Join(err, os.Remove(tmp.Name()))
	}
	if err := os.Rename(tmp.Name(), file); err != nil {
		return 0, errors.Join(err, os.Remove(tmp.Name()))
	}
	return sequence, syncDir(dir)
}

// syncDir makes sure that a new name is on the disk. Where directories can't be
// synced, there is nothing to be done.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, os.ErrInvalid) && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return nil
}

// Load begins with a snapshot, of a stream in such a state. The
// replica must not have read anything. On an error it still hasn't: a
// *[SnapshotError] for a snapshot that can't be trusted, and the file's own,
// such as fs.ErrNotExist.
func (r *Replica) Load(file string, stream record.State) (sequence uint64, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.applied != 0 || r.book.Len() != 0 {
		return 0, errNotEmpty
	}
	// Twice, since nothing may come into the book of a file that isn't whole.
	sequence, messages, err := readSnapshot(file, stream, nil)
	if err != nil {
		return 0, err
	}
	_, _, err = readSnapshot(file, stream, func(at uint64, p pledge.Pledge) error {
		r.setSequence(p.ID, at)
		_, err := r.book.Put(p)
		return err
	})
	if err != nil {
		return 0, err
	}
	r.applied, r.messages = sequence, messages
	return sequence, nil
}

// readSnapshot checks a snapshot and, unless put is nil, decodes its pledges.
func readSnapshot(file string, stream record.State, put func(at uint64, p pledge.Pledge) error) (sequence, messages uint64, err error) {
	f, err := os.Open(file)
	if err != nil {
		return 0, 0, err
	}
	defer f.Close()
	s := snapshotReader{in: bufio.NewScanner(f), sum: sha256.New(), file: file}
	s.in.Buffer(make([]byte, 0, 1<<16), maxLine)
	head, err := s.next()
	if err != nil {
		return 0, 0, err
	}
	if _, err := fmt.Sscanf(string(head), snapshotMagic+"%d %d", &sequence, &messages); err != nil {
		return 0, 0, s.wrong("isn't the head of a snapshot")
	}
	if sequence > stream.Last {
		return 0, 0, s.wrong(fmt.Sprintf("is up to sequence %d, and the stream ends with %d: revisions are lost, or the stream is another one", sequence, stream.Last))
	}
	if since := stream.Last - sequence; messages+since != stream.Messages {
		return 0, 0, s.wrong(fmt.Sprintf("is of %d messages, and the stream has %d with %d later ones: revisions are lost, or the stream is another one", messages, stream.Messages, since))
	}
	for {
		above := s.sum.Sum(nil)
		line, err := s.next()
		if err != nil {
			return 0, 0, err
		}
		if sum, ok := bytes.CutPrefix(line, []byte("sha256 ")); ok {
			if string(sum) != hex.EncodeToString(above) {
				return 0, 0, s.wrong("the checksum is another one")
			}
			if s.in.Scan() {
				return 0, 0, s.wrong("goes on behind its end")
			}
			return sequence, messages, s.in.Err()
		}
		number, object, _ := bytes.Cut(line, []byte(" "))
		at, err := strconv.ParseUint(string(number), 10, 64)
		if err != nil {
			return 0, 0, s.wrong("a line without a sequence")
		}
		if at > stream.Last {
			return 0, 0, s.wrong(fmt.Sprintf("has revision %d, and the stream ends with %d: revisions are lost, or the stream is another one", at, stream.Last))
		}
		if put == nil {
			continue
		}
		var p pledge.Pledge
		if err := p.UnmarshalJSON(object); err != nil && !tolerable(err, &p) {
			return 0, 0, s.wrong(err.Error())
		}
		if err := put(at, p); err != nil {
			return 0, 0, s.wrong(err.Error())
		}
	}
}

// tolerable says that a pledge could be read but for what this version doesn't
// know, as from the stream.
func tolerable(err error, p *pledge.Pledge) bool {
	var problems *pledge.ProblemsError
	return errors.As(err, &problems) && p.ID != [16]byte{}
}

type snapshotReader struct {
	in   *bufio.Scanner
	sum  hash.Hash
	file string
	line int
}

func (s *snapshotReader) next() ([]byte, error) {
	s.line++
	if !s.in.Scan() {
		if err := s.in.Err(); err != nil && !errors.Is(err, bufio.ErrTooLong) {
			return nil, err
		}
		return nil, s.wrong("ends too early")
	}
	s.sum.Write(s.in.Bytes())
	s.sum.Write([]byte{'\n'})
	return s.in.Bytes(), nil
}

func (s *snapshotReader) wrong(what string) error { return &SnapshotError{s.file, s.line, what} }
