package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// cluster is three nodes in processes of their own, with wires between them.
type cluster struct {
	t     testing.TB
	nodes [3]*process
	wires [3][3]*wire // from the one to the other
	args  [3][]string
	dirs  [3]string
}

// freeAddress returns an address that nobody listens on.
func freeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func newCluster(t testing.TB) *cluster {
	t.Helper()
	c := &cluster{t: t}
	dir := t.TempDir()
	secret := filepath.Join(dir, "secret") // that the first one makes
	var addresses [3]string
	for i := range addresses {
		addresses[i] = freeAddress(t)
		c.dirs[i] = filepath.Join(dir, fmt.Sprint("node-", i))
	}
	for i := range c.nodes {
		var routes []string
		for j := range c.nodes {
			if i != j {
				c.wires[i][j] = newWire(t, addresses[j])
				routes = append(routes, c.wires[i][j].listener.Addr().String())
			}
		}
		c.args[i] = []string{
			"-name", fmt.Sprint("node-", i), "-cluster", addresses[i], "-routes", strings.Join(routes, ","), "-cluster-secret", secret,
			// Nobody is to find a way around the wires.
			"-advertise", "127.0.0.1:1", "-write-timeout", "5s",
		}
	}
	for i := range c.nodes {
		c.nodes[i] = begin(t, c.dirs[i], c.args[i]...)
	}
	for _, n := range c.nodes {
		n.waitReady()
	}
	return c
}

// cutOff cuts a node off from the others, or mends the wires.
func (c *cluster) cutOff(i int, cut bool) {
	for j := range c.nodes {
		if i != j {
			c.wires[i][j].set(cut)
			c.wires[j][i].set(cut)
		}
	}
}

// leader returns which node orders the writes.
func (c *cluster) leader() (leader int) {
	c.t.Helper()
	eventually(c.t, "a leader", func() error {
		for _, n := range c.nodes {
			_, _, body, err := n.get("/readyz", nil)
			if err != nil {
				continue
			}
			for i := range c.nodes {
				if strings.Contains(string(body), fmt.Sprint("leader node-", i)) {
					leader = i
					return nil
				}
			}
		}
		return fmt.Errorf("nobody knows one")
	})
	return leader
}

// sightings are the events that a reader has seen, wherever it was connected.
type sightings struct {
	mu   sync.Mutex
	last string
	seen []uint64
}

// follow reads events from one node after the other, and changes after a few.
func (s *sightings) follow(ctx context.Context, t testing.TB, nodes func() []*process) {
	for i := 0; ctx.Err() == nil; i++ {
		all := nodes()
		n := 0
		// A node that is gone or cut off has nothing to say: then another one.
		attempt, cancel := context.WithTimeout(ctx, 2*time.Second)
		s.mu.Lock()
		last := s.last
		s.mu.Unlock()
		_ = all[i%len(all)].follow(attempt, last, func(e event) bool {
			if e.kind != "pledge" {
				t.Errorf("an event of the kind %q after %s", e.kind, last)
				return false
			}
			id, err := strconv.ParseUint(sequenceOf(e.id), 10, 64)
			if err != nil {
				t.Error(err)
			}
			s.mu.Lock()
			s.last, s.seen = e.id, append(s.seen, id)
			s.mu.Unlock()
			n++
			return n < 7
		})
		cancel()
		if n == 0 {
			time.Sleep(20 * time.Millisecond)
		}
	}
}

// check says whether a reader has seen every revision once, in order.
func (s *sightings) check(t testing.TB, from, to uint64) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, id := range s.seen {
		if id != from+uint64(i) {
			t.Fatalf("the reader saw %d where %d was due", id, from+uint64(i))
		}
	}
	if len(s.seen) == 0 || s.seen[len(s.seen)-1] != to {
		t.Errorf("the reader saw %d revisions, not up to %d", len(s.seen), to)
	}
}

func TestClusterLosesNothingWhileOneNodeIsKilledAndOneIsCutOff(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute: elections have their time")
	}
	t.Parallel()
	total := size(600, 10_000)
	c := newCluster(t)
	nodes := c.nodes[:]
	// All write with the tokens that they know; each node has its own.
	people := newCrowd(nodes...)

	// A first revision, so that there is an id from which readers can go on.
	people.submit(t, 1, 0, 1, nil)
	for _, n := range nodes {
		n.waitFor(1)
	}
	watching, stopWatching := context.WithCancel(t.Context())
	defer stopWatching()
	reader := &sightings{last: nodes[0].cursor()}
	var wg sync.WaitGroup
	wg.Go(func() {
		reader.follow(watching, t, func() []*process { return *people.nodes.Load() })
	})
	written := make(chan struct{})
	go func() {
		defer close(written)
		people.submit(t, 8, 1, total, nil)
	}()

	// The one that orders the writes is cut off: it may go on for a while
	// without knowing, and acknowledge nothing.
	people.waitAcks(t, total/5)
	cut := c.leader()
	c.cutOff(cut, true)
	people.waitAcks(t, total/5*2)
	// It still answers readers, with what it had.
	if status, _, _, err := c.nodes[cut].get("/pledges.json", nil); err != nil || status != 200 {
		t.Error("the node that is cut off doesn't answer readers: ", status, err)
	}
	eventually(t, "unready", func() error {
		status, _, body, err := c.nodes[cut].get("/readyz", nil)
		if err == nil && status != 503 {
			err = fmt.Errorf("%d: %s", status, body)
		}
		return err
	})
	c.cutOff(cut, false)
	c.nodes[cut].waitReady()

	// The one that orders them now is killed, and its disk is gone. Before that
	// all three have everything again: two disks at once are more than is promised.
	people.waitAcks(t, total/5*3)
	eventually(t, "whole again", func() error {
		_, _, body, err := c.nodes[cut].get("/readyz", nil)
		if err == nil && !strings.Contains(string(body), "all on 3 of 3 servers") {
			err = fmt.Errorf("%s", body)
		}
		return err
	})
	killed := c.leader()
	c.nodes[killed].kill()
	for _, name := range []string{"store", "snapshot"} {
		if err := os.RemoveAll(filepath.Join(c.dirs[killed], name)); err != nil {
			t.Fatal(err)
		}
	}
	rest := append([]*process(nil), nodes[:killed]...)
	rest = append(rest, nodes[killed+1:]...)
	people.nodes.Store(&rest)
	people.waitAcks(t, total/5*4)
	// With two of three gone nobody acknowledges anything.
	c.cutOff(cut, true)
	last := slices.IndexFunc(nodes, func(n *process) bool { return n != nodes[cut] && n != nodes[killed] })
	if cut == killed {
		last = (cut + 1) % 3
		c.cutOff(last, true)
	}
	eventually(t, "told that nobody knows", func() error {
		_, err := nodes[last].submit(total)
		var status *statusError
		if !errors.As(err, &status) || status.status != 503 {
			return fmt.Errorf("%v", err)
		}
		return nil
	})
	c.cutOff(last, false)
	c.cutOff(cut, false)
	back := begin(t, c.dirs[killed], c.args[killed]...)
	back.waitReady()
	c.nodes[killed] = back

	<-written
	people.submit(t, 1, total, total+1, nil) // it may be there, or not
	if total++; len(people.acked) != total {
		t.Fatalf("%d of %d were acknowledged", len(people.acked), total)
	}
	// Readers converge: the same bytes under the same tag.
	sequence := uint64(total)
	feed, tag := c.nodes[0].waitFor(sequence)
	for i, n := range c.nodes {
		again, tagAgain := n.waitFor(sequence)
		if !bytes.Equal(again, feed) || tagAgain != tag {
			t.Errorf("node %d serves another feed: %s, not %s", i, tagAgain, tag)
		}
		people.check(t, n)
	}
	eventually(t, "all events read", func() error {
		reader.mu.Lock()
		defer reader.mu.Unlock()
		if sequenceOf(reader.last) != strconv.FormatUint(sequence, 10) {
			return fmt.Errorf("%s of %d", reader.last, sequence)
		}
		return nil
	})
	stopWatching()
	wg.Wait()
	reader.check(t, 2, sequence)
}
