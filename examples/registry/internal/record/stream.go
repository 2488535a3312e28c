package record

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Name is that of the stream.
const Name = "GCM_PLEDGES"

// MaxMessage is how many bytes a message may have, headers included.
const MaxMessage = 256 << 10

// Options say how the stream is made where there is none. The zero value is a
// stream on one server without a limit.
type Options struct {
	// Replicas is on how many servers each message is stored before it is
	// acknowledged; 1 by default. A stream that has another number gets this one.
	Replicas int
	// MaxBytes limits the stream; beyond it writers are refused. 0: no limit.
	MaxBytes int64
	// Log gets what happens behind the scenes; nothing is logged by default.
	Log *slog.Logger
}

// Stream is the record. It is safe for concurrent use.
type Stream struct {
	js     jetstream.JetStream
	stream jetstream.Stream
	log    *slog.Logger
}

// State is where the stream stands.
type State struct {
	Last     uint64 // sequence of the last message, 0 for none
	Messages uint64
	Bytes    uint64
	Leader   string // name of the server that orders the writes; "" without a cluster
	Replicas int
	// Current is how many servers have all messages, as the leader sees it.
	Current int
}

// duplicates is how long the server itself knows a message again. It is only a
// short cut: see Append.
const duplicates = 2 * time.Minute

// Open finds or makes the stream, and waits for as long as the context allows: a
// cluster needs some seconds to choose who leads it.
func Open(ctx context.Context, js jetstream.JetStream, o Options) (*Stream, error) {
	s := &Stream{js: js, log: o.Log}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	config := jetstream.StreamConfig{
		Name:        Name,
		Description: "Revisions of pledges to the Global Compact for Migration",
		Subjects:    []string{subjectPrefix + "*"},
		Storage:     jetstream.FileStorage,
		Retention:   jetstream.LimitsPolicy,
		Discard:     jetstream.DiscardNew, // a full record refuses, it doesn't forget
		Replicas:    max(o.Replicas, 1),
		MaxMsgs:     -1, MaxMsgsPerSubject: -1, MaxConsumers: -1,
		MaxBytes:   o.MaxBytes,
		MaxMsgSize: MaxMessage,
		Duplicates: duplicates,
		DenyDelete: true,
		DenyPurge:  true,
		// Only the leader answers, so that nobody is told what was.
		AllowDirect: false,
	}
	if config.MaxBytes == 0 {
		config.MaxBytes = -1
	}
	var told string
	for {
		err := s.open(ctx, config)
		var unfit *UnfitError
		if err == nil || errors.As(err, &unfit) {
			return s, err
		}
		if text := err.Error(); text != told && ctx.Err() == nil {
			told = text
			s.log.Info("waiting for the stream", "stream", Name, "reason", text)
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("stream %s: %w", Name, err)
		case <-time.After(250 * time.Millisecond):
		}
	}
}

func (s *Stream) open(ctx context.Context, config jetstream.StreamConfig) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	stream, err := s.js.Stream(ctx, Name)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		stream, err = s.js.CreateStream(ctx, config)
		if err == nil {
			s.log.Info("stream made", "stream", Name, "replicas", config.Replicas)
		}
	}
	if err != nil {
		return err
	}
	found := stream.CachedInfo().Config
	if err := fit(found, config); err != nil {
		return err
	}
	if found.Replicas != config.Replicas || found.MaxBytes != config.MaxBytes {
		found.Replicas, found.MaxBytes = config.Replicas, config.MaxBytes
		if stream, err = s.js.UpdateStream(ctx, found); err != nil {
			return err
		}
		s.log.Info("stream changed", "stream", Name, "replicas", config.Replicas, "max_bytes", config.MaxBytes)
	}
	s.stream = stream
	return nil
}

// UnfitError says that there is a stream of that name which can lose pledges.
type UnfitError struct{ What string }

func (e *UnfitError) Error() string {
	return "the stream " + Name + " that there is can't be the record: " + e.What
}

// fit checks what the guarantees rest on.
func fit(found, want jetstream.StreamConfig) error {
	switch {
	case len(found.Subjects) != 1 || found.Subjects[0] != want.Subjects[0]:
		return &UnfitError{fmt.Sprintf("its subjects are %q, not %q", found.Subjects, want.Subjects)}
	case found.Storage != want.Storage:
		return &UnfitError{"it isn't stored in files"}
	case found.Retention != want.Retention || found.MaxAge != 0 || found.MaxMsgs > 0 || found.MaxMsgsPerSubject > 0:
		return &UnfitError{"it forgets messages"}
	case found.Discard != want.Discard:
		return &UnfitError{"when it is full it forgets the oldest"}
	case !found.DenyDelete || !found.DenyPurge || found.AllowRollup:
		return &UnfitError{"messages can be deleted from it"}
	case found.PersistMode != want.PersistMode || found.NoAck:
		return &UnfitError{"it acknowledges before it has stored"}
	}
	return nil
}

// Missing returns how many messages are gone. Nothing can be deleted, so a disk has
// lost them.
func (s State) Missing() uint64 { return s.Last - s.Messages }

// Tail returns the sequence of the last message that is there, 0 for none. It is
// less than the last sequence if the store has lost its end.
func (s *Stream) Tail(ctx context.Context) (uint64, error) {
	m, err := s.stream.GetLastMsgForSubject(ctx, subjectPrefix+"*")
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return m.Sequence, nil
}

// ErrNoLeader says that there is nobody who orders the writes.
var ErrNoLeader = errors.New("the stream has no leader")

// State asks the leader where the stream stands.
func (s *Stream) State(ctx context.Context) (State, error) {
	info, err := s.stream.Info(ctx)
	if err != nil {
		return State{}, err
	}
	state := State{
		Last: info.State.LastSeq, Messages: info.State.Msgs, Bytes: info.State.Bytes,
		Replicas: info.Config.Replicas, Current: 1,
	}
	if info.Cluster != nil && state.Replicas > 1 {
		// One that has lost the others answers still.
		if state.Leader = info.Cluster.Leader; state.Leader == "" {
			return State{}, ErrNoLeader
		}
		for _, peer := range info.Cluster.Replicas {
			if peer.Current && !peer.Offline {
				state.Current++
			}
		}
	}
	return state, nil
}
