package record

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Follow calls apply for every entry behind a sequence, in order, each once, and
// goes on until the context ends or apply fails. It returns the error of either.
// Where the connection or a server goes away it begins again at the place it had
// reached, as soon as it can.
func (s *Stream) Follow(ctx context.Context, after uint64, apply func(Entry) error) error {
	var told string
	for pause := 100 * time.Millisecond; ; {
		before := after
		err := s.follow(ctx, &after, apply)
		var failed *applyError
		if errors.As(err, &failed) {
			return failed.err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if after > before {
			pause, told = 100*time.Millisecond, ""
		}
		if text := fmt.Sprint(err); text != told {
			told = text
			s.log.Info("following the stream again", "after", after, "reason", text)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
		pause = min(2*pause, time.Second)
	}
}

// applyError tells apply's errors from those of the connection.
type applyError struct{ err error }

func (e *applyError) Error() string { return e.err.Error() }

func (s *Stream) follow(ctx context.Context, after *uint64, apply func(Entry) error) error {
	opening, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	consumer, err := s.js.OrderedConsumer(opening, Name, jetstream.OrderedConsumerConfig{
		DeliverPolicy: jetstream.DeliverByStartSequencePolicy,
		OptStartSeq:   *after + 1,
		// It would otherwise be on the server for minutes after a crash.
		InactiveThreshold: 30 * time.Second,
		MaxResetAttempts:  3,
	})
	if err != nil {
		return err
	}
	messages, err := consumer.Messages(
		jetstream.PullMaxMessages(1000),
		jetstream.PullExpiry(10*time.Second),
		jetstream.PullHeartbeat(2*time.Second),
	)
	if err != nil {
		return err
	}
	defer messages.Stop()
	defer context.AfterFunc(ctx, messages.Stop)()
	for {
		m, err := messages.Next()
		if err != nil {
			return err
		}
		meta, err := m.Metadata()
		if err != nil {
			return err
		}
		sequence := meta.Sequence.Stream
		if sequence <= *after {
			continue
		}
		if sequence != *after+1 {
			// Nothing can be deleted, so a disk has lost them. Going on beats
			// stopping, as long as somebody is told.
			s.log.Error("messages are missing from the stream", "from", *after+1, "to", sequence-1)
		}
		e := entry(sequence, m.Subject(), m.Headers(), m.Data())
		if err := apply(e); err != nil {
			return &applyError{fmt.Errorf("applying message %d: %w", sequence, err)}
		}
		*after = sequence
	}
}
