package main

import (
	"context"
	"fmt"
	"net"
	"slices"
	"time"
)

// Delivery is what the stream takes with many readers.
type Delivery struct {
	Readers    int     `json:"readers"`
	Writes     int     `json:"writes"`
	EventBytes int     `json:"event_bytes"`
	P50        float64 `json:"p50_ms"` // from the write until a reader has the whole event
	P99        float64 `json:"p99_ms"`
	Max        float64 `json:"max_ms"`

	ReaderBytes int     `json:"reader_bytes"`  // resident memory of the server for one more reader
	InUseBytes  int     `json:"in_use_bytes"`  // of these, heap and stacks of Go
	KernelBytes int     `json:"kernel_bytes"`  // of both ends of the connection; 0 if unknown
	EventCPU    float64 `json:"event_cpu_us"`  // of the server for one event to one reader
	ReaderCPU   float64 `json:"reader_cpu_us"` // of the server to let one reader in
}

// deliver opens the stream for so many readers and writes revisions, one each
// interval.
func (m *measurement) deliver(ctx context.Context, readers, writes int, interval time.Duration) (d Delivery, err error) {
	before, err := m.server.do(order{Write: 1, Look: true})
	if err != nil {
		return d, err
	}
	kernel := tcpMemory()
	m.say("opening %d streams", readers)
	g, err := open(ctx, m.server.address, readers, before.Sequence)
	if err != nil {
		return d, err
	}
	defer g.close()
	opened, err := m.server.do(order{Look: true})
	if err != nil {
		return d, err
	}
	d = Delivery{Readers: readers, Writes: writes}
	d.ReaderBytes = per(opened.Resident-before.Resident, readers)
	d.InUseBytes = per(opened.InUse-before.InUse, readers)
	d.KernelBytes = max(0, per(tcpMemory()-kernel, readers))
	d.ReaderCPU = (opened.CPU - before.CPU) * 1e6 / float64(readers)

	m.say("writing %d revisions, one every %v", writes, interval)
	written := map[uint64]int64{}
	tick := time.NewTicker(interval)
	defer tick.Stop()
	idle, err := m.server.do(order{})
	if err != nil {
		return d, err
	}
	for range writes {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return d, context.Cause(ctx)
		}
		r, err := m.server.do(order{Write: 1})
		if err != nil {
			return d, err
		}
		written[r.Sequence] = r.At
	}
	if err := g.wait(ctx, readers*writes, time.Minute); err != nil {
		return d, err
	}
	after, err := m.server.do(order{})
	if err != nil {
		return d, err
	}
	d.EventCPU = (after.CPU - idle.CPU) * 1e6 / float64(readers*writes)
	g.close()
	d.P50, d.P99, d.Max, err = g.times(written)
	d.EventBytes = per(g.size(), readers*writes)
	return d, err
}

// times returns how long events took to arrive, in milliseconds. It is an error
// if a reader hasn't got each of them once.
func (g *group) times(written map[uint64]int64) (p50, p99, most float64, err error) {
	var took []int64
	for i, r := range g.readers {
		if r.err != nil {
			return 0, 0, 0, fmt.Errorf("reader %d: %w", i, r.err)
		}
		if len(r.got) != len(written) {
			return 0, 0, 0, fmt.Errorf("reader %d has got %d of %d events", i, len(r.got), len(written))
		}
		for _, a := range r.got { // each later than the one before, so none twice
			at, ok := written[a.sequence]
			if !ok {
				return 0, 0, 0, fmt.Errorf("reader %d has got an event %d, which nobody has written", i, a.sequence)
			}
			took = append(took, a.at-at)
		}
	}
	if len(took) == 0 {
		return 0, 0, 0, nil
	}
	slices.Sort(took)
	at := func(part float64) float64 { return float64(took[int(part*float64(len(took)-1))]) / 1e6 }
	return at(0.5), at(0.99), at(1), nil
}

// Silent is what becomes of readers that never read, and of others beside them.
type Silent struct {
	Readers int     `json:"readers"`
	Dropped int     `json:"dropped"`
	Beside  int     `json:"beside"` // readers that read
	Writes  int     `json:"writes"` // as fast as the server takes them
	Seconds float64 `json:"seconds"`
	Bytes   int64   `json:"bytes"` // that the readers have got together
}

// silence opens streams that nobody reads beside some that are read, and writes
// until the system has no more room for the silent ones. Those that are read get
// everything.
func (m *measurement) silence(ctx context.Context, silent, beside int) (s Silent, err error) {
	r, err := m.server.do(order{Write: 1, Look: true})
	if err != nil {
		return s, err
	}
	m.say("opening %d streams that nobody reads, and %d beside them", silent, beside)
	dropped := r.Stats.Dropped
	for range silent {
		conn, err := dial(ctx, m.server.address, r.Sequence)
		if err != nil {
			return s, err
		}
		defer conn.Close()
		conn.(*net.TCPConn).SetReadBuffer(4 << 10)
	}
	g, err := open(ctx, m.server.address, beside, r.Sequence)
	if err != nil {
		return s, err
	}
	defer g.close()
	start := time.Now()
	const most = 4000
	for s.Writes = 0; s.Writes < most && s.Dropped < silent; {
		// Some at a time, so that the history doesn't outrun those that read.
		const some = 200
		if r, err = m.server.do(order{Write: some, Long: true}); err != nil {
			return s, err
		}
		s.Writes += some
		if err := g.wait(ctx, beside*s.Writes, time.Minute); err != nil {
			return s, err
		}
		s.Dropped = int(r.Stats.Dropped - dropped)
	}
	for deadline := time.Now().Add(3 * writeTimeout); s.Dropped < silent && time.Now().Before(deadline); {
		time.Sleep(50 * time.Millisecond)
		if r, err = m.server.do(order{}); err != nil {
			return s, err
		}
		s.Dropped = int(r.Stats.Dropped - dropped)
	}
	s.Readers, s.Beside, s.Seconds = silent, beside, time.Since(start).Seconds()
	g.close()
	if s.Bytes = g.size(); s.Dropped != silent {
		return s, fmt.Errorf("%d of %d readers that never read were dropped", s.Dropped, silent)
	}
	return s, nil
}

func per(n int64, readers int) int {
	if readers == 0 {
		return 0
	}
	return int(n / int64(readers))
}
