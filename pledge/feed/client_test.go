package feed

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/google/uuid"
)

// message is what a reader of the stream understands of it. Its id is the
// sequence alone.
type message struct {
	id, event, data string
}

// idAt returns the id of what a server has come to at a sequence.
func idAt(s *Server, sequence uint64) string {
	s.history.mu.RLock()
	defer s.history.mu.RUnlock()
	return string(cursor{sequence, s.history.markAt(sequence), true}.append(nil))
}

// eventsAfter is the address of what comes after a sequence.
func eventsAfter(s *Server, sequence uint64) string { return "/events?after=" + idAt(s, sequence) }

// parser reads messages as the HTML standard says (9.2.6): independently of how
// this package writes them.
type parser struct {
	in    *bufio.Reader
	last  string // event id
	retry string
	beats int
}

func (p *parser) next() (message, error) {
	var m message
	var data []string
	for {
		line, err := p.in.ReadString('\n')
		if err != nil {
			return m, err // what isn't complete doesn't count
		}
		line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
		if line == "" {
			if data == nil {
				m = message{}
				continue
			}
			if m.event == "heartbeat" {
				p.beats++
				m, data = message{}, nil
				continue
			}
			m.id, _, _ = strings.Cut(p.last, "-")
			m.data = strings.Join(data, "\n")
			return m, nil
		}
		field, value, _ := strings.Cut(line, ":")
		value = strings.TrimPrefix(value, " ")
		switch field {
		case "id":
			p.last = value
		case "event":
			m.event = value
		case "data":
			data = append(data, value)
		case "retry":
			p.retry = value
		}
	}
}

// listen opens a stream, by the header that browsers send when they come back.
func listen(ctx context.Context, url, last string) (*parser, error) {
	r, err := http.NewRequestWithContext(ctx, "GET", url, nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Accept", "text/event-stream")
	if last != "" {
		r.Header.Set("Last-Event-ID", last)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	context.AfterFunc(ctx, func() { answer.Body.Close() })
	if answer.StatusCode != 200 || answer.Header.Get("Content-Type") != "text/event-stream" || answer.Header.Get("Cache-Control") != "no-store, no-transform" || answer.Header.Get("X-Accel-Buffering") != "no" || answer.Header.Get("Content-Encoding") != "identity" || answer.Header.Get("Access-Control-Allow-Origin") != "*" {
		return nil, fmt.Errorf("%s %v", answer.Status, answer.Header)
	}
	return &parser{in: bufio.NewReader(answer.Body)}, nil
}

// start serves a server on loopback.
func start(t *testing.T, s *Server) string {
	server := httptest.NewServer(s)
	t.Cleanup(func() {
		s.Shutdown(context.Background())
		server.Close()
	})
	return server.URL
}

// replica is what a reader makes of the stream, as the widget does: the pledges
// of a feed, or the numbers of a snapshot, and the revisions after that.
type replica struct {
	last     uint64
	restarts int
	pledges  map[uuid.UUID]pledge.Pledge
	seen     []uint64 // sequences of revisions, in the order in which they came
}

// take takes a message in. A fresh start gives the numbers only, so the pledges
// are read anew then.
func (r *replica) take(m message, reread func() (tally.Header, map[uuid.UUID]pledge.Pledge)) error {
	sequence, err := strconv.ParseUint(m.id, 10, 64)
	if err != nil {
		return err
	}
	switch m.event {
	case "snapshot":
		var reader tally.Reader
		io.WriteString(&reader, m.data)
		feed, err := reader.Close()
		if err != nil || !feed.IsSnapshot() || feed.Sequence != sequence {
			return fmt.Errorf("a snapshot at %d: %v %s", sequence, err, m.data)
		}
		r.restarts++
		h, pledges := reread()
		if h.Sequence < sequence {
			return fmt.Errorf("a feed at %d after a snapshot at %d", h.Sequence, sequence)
		}
		r.pledges, r.last = pledges, h.Sequence
	case "pledge":
		var p pledge.Pledge
		if err := p.UnmarshalJSON([]byte(m.data)); err != nil {
			return err
		}
		if sequence <= r.last { // it was in the feed already
			return nil
		}
		r.pledges[p.ID], r.last = p, sequence
		r.seen = append(r.seen, sequence)
	default:
		return fmt.Errorf("an event %q", m.event)
	}
	return nil
}

// book returns what the replica counts.
func (r *replica) book() *pledge.Book {
	b := new(pledge.Book)
	for _, id := range slices.SortedFunc(maps.Keys(r.pledges), func(a, b uuid.UUID) int { return strings.Compare(a.String(), b.String()) }) {
		b.Put(r.pledges[id])
	}
	return b
}

// countsOf returns the snapshot of a book in one line, without its header.
func countsOf(b *pledge.Book) string {
	return string(b.Snapshot(tally.Header{Sequence: 1}, tally.Query{}).AppendJSON(nil))
}
