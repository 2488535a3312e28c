package record

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go/jetstream"
)

// Append stores a revision and returns it as it is stored, once it is: on the
// disks of a majority of the stream's servers, or on the one that there is.
//
// It may be repeated, at any time and at any node. Two things keep a pledge from
// being stored twice. The server takes a revision only behind the one that its
// writer has seen; and where another is there already, the message id says
// whether it is this very one. Then that is returned, though with the dates that
// it was stored with.
//
// The errors are a *[ConflictError], *[FullError], *[RefusedError] or, when the
// context ends, an *[UnknownError].
func (s *Stream) Append(ctx context.Context, r Revision) (Entry, error) {
	m, id := r.message(), r.messageID()
	pause := 50 * time.Millisecond
	unsure := false // whether an attempt before may have stored it
	for {
		attempt, cancel := context.WithTimeout(ctx, 3*time.Second)
		ack, err := s.js.PublishMsg(attempt, m)
		cancel()
		if err == nil {
			if !ack.Duplicate {
				return Entry{Revision: r, Sequence: ack.Sequence, ID: id}, nil
			}
			var e Entry
			if e, err = s.get(ctx, ack.Sequence); err == nil {
				return e, nil
			}
		}
		switch judge(err) {
		case full:
			if unsure {
				return Entry{}, &UnknownError{err}
			}
			return Entry{}, &FullError{err}
		case refused:
			return Entry{}, &RefusedError{err}
		case conflict:
			e, found := s.next(ctx, r.Pledge.ID, r.Previous)
			if found && e.ID == id {
				return e, nil
			}
			if found {
				return Entry{}, &ConflictError{Expected: r.Previous, Found: e.Sequence}
			}
			// It is on its way to a majority, and may never get there.
			unsure = true
		default:
			unsure = true
		}
		select {
		case <-ctx.Done():
			return Entry{}, &UnknownError{err}
		case <-time.After(pause):
		}
		pause = min(2*pause, time.Second)
	}
}

// get returns what is stored under a sequence.
func (s *Stream) get(ctx context.Context, sequence uint64) (Entry, error) {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	m, err := s.stream.GetMsg(ctx, sequence)
	if err != nil {
		return Entry{}, err
	}
	e := entry(m.Sequence, m.Subject, m.Header, m.Data)
	return e, e.Err
}

// next returns the first revision of a pledge behind a sequence.
func (s *Stream) next(ctx context.Context, id uuid.UUID, sequence uint64) (Entry, bool) {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	m, err := s.stream.GetMsg(ctx, sequence+1, jetstream.WithGetMsgSubject(subject(id)))
	if err != nil {
		if !errors.Is(err, jetstream.ErrMsgNotFound) {
			s.log.Debug("the revision that came first can't be read", "error", err)
		}
		return Entry{}, false
	}
	return entry(m.Sequence, m.Subject, m.Header, m.Data), true
}

// Revisions returns all revisions of a pledge, the oldest first.
func (s *Stream) Revisions(ctx context.Context, id uuid.UUID) (all []Entry, err error) {
	var after uint64
	for {
		attempt, cancel := context.WithTimeout(ctx, 3*time.Second)
		m, err := s.stream.GetMsg(attempt, after+1, jetstream.WithGetMsgSubject(subject(id)))
		cancel()
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		all = append(all, entry(m.Sequence, m.Subject, m.Header, m.Data))
		after = m.Sequence
	}
}
