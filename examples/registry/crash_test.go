package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// crowd submits pledges from many writers at once, each of them again and again
// until it is acknowledged, at whichever node is current.
type crowd struct {
	nodes atomic.Pointer[[]*process]
	acks  atomic.Int64

	mu    sync.Mutex
	acked map[int]answer
}

func newCrowd(nodes ...*process) *crowd {
	c := &crowd{acked: make(map[int]answer)}
	c.nodes.Store(&nodes)
	return c
}

// submit submits the pledges from one number to below another. It returns when
// all are acknowledged, or gives up when told to.
func (c *crowd) submit(t testing.TB, writers, from, to int, giveUp <-chan struct{}) {
	var next atomic.Int64
	next.Store(int64(from))
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for {
				n := int(next.Add(1)) - 1
				if n >= to {
					return
				}
				begin := time.Now()
				for try := 0; ; try++ {
					nodes := *c.nodes.Load()
					a, err := nodes[(w+try)%len(nodes)].submit(n)
					if err == nil {
						c.acks.Add(1)
						c.mu.Lock()
						c.acked[n] = a
						c.mu.Unlock()
						break
					}
					var status *statusError
					if errors.As(err, &status) && status.status != 503 && status.status != 507 {
						t.Errorf("pledge %d: %v", n, err)
						return
					}
					select {
					case <-giveUp:
						return
					case <-time.After(50 * time.Millisecond):
					}
					if time.Since(begin) > deadline {
						t.Errorf("pledge %d is never taken: %v", n, err)
						return
					}
				}
			}
		})
	}
	wg.Wait()
}

// check says whether a node has every acknowledged pledge, once and under the
// sequence that its writer was told.
func (c *crowd) check(t testing.TB, p *process) {
	t.Helper()
	pledges, sequence := p.pledges()
	if sequence != uint64(len(pledges)) {
		t.Errorf("%d revisions of %d pledges: some were stored twice", sequence, len(pledges))
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	sequences := make(map[uint64]int)
	for n, a := range c.acked {
		if got, ok := pledges[a.ID]; !ok || got.Title != fmt.Sprintf("Pledge number %d", n) {
			t.Errorf("pledge %d was acknowledged as %s, and is lost", n, a.ID)
		}
		if other, taken := sequences[a.Sequence]; taken || a.Sequence == 0 || a.Sequence > sequence {
			t.Errorf("pledges %d and %d were acknowledged as revision %d of %d", n, other, a.Sequence, sequence)
		}
		sequences[a.Sequence] = n
	}
}

func (c *crowd) waitAcks(t testing.TB, n int) {
	t.Helper()
	eventually(t, fmt.Sprintf("%d acknowledged", n), func() error {
		if got := c.acks.Load(); got < int64(n) {
			return fmt.Errorf("%d", got)
		}
		return nil
	})
}

func TestKilledInTheMiddleOfSubmissionsLosesNoneAndHasNoneTwice(t *testing.T) {
	t.Parallel()
	total, kills := size(1000, 10_000), size(3, 10)
	dir := t.TempDir()
	node := spawn(t, dir, "-snapshot-every", "200ms")
	c := newCrowd(node)
	done := make(chan struct{})
	go func() {
		defer close(done)
		c.submit(t, 16, 0, total, nil)
	}()
	for k := range kills {
		c.waitAcks(t, total*(k+1)/(kills+1))
		node.kill()
		node = spawn(t, dir, "-snapshot-every", "200ms")
		c.nodes.Store(&[]*process{node})
	}
	<-done
	if len(c.acked) != total {
		t.Fatalf("%d of %d were acknowledged", len(c.acked), total)
	}
	feed, tag := node.waitFor(uint64(total))
	c.check(t, node)

	// With a snapshot, without, and with one that is no longer whole.
	for _, spoil := range []func(file string) error{
		func(string) error { return nil },
		os.Remove,
		func(file string) error {
			info, err := os.Stat(file)
			if err != nil {
				return err
			}
			return os.Truncate(file, info.Size()*2/3)
		},
	} {
		node.stop()
		if err := spoil(filepath.Join(dir, "snapshot")); err != nil {
			t.Fatal(err)
		}
		node = spawn(t, dir)
		again, tagAgain := node.waitFor(uint64(total))
		if !bytes.Equal(again, feed) || tagAgain != tag {
			t.Errorf("after a restart the feed is another one: %s, not %s", tagAgain, tag)
		}
	}
	if log := node.logged(); !strings.Contains(log, "the snapshot can't be used") {
		t.Error("nobody was told of a snapshot that wasn't whole")
	}
}

// Nobody sends again: what wasn't acknowledged may be there, once, or not.
func TestKilledWithoutSecondAttemptsKeepsWhatItAcknowledged(t *testing.T) {
	t.Parallel()
	total := size(600, 10_000)
	dir := t.TempDir()
	node := spawn(t, dir)
	c := newCrowd(node)
	giveUp, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		c.submit(t, 16, 0, total, giveUp)
	}()
	c.waitAcks(t, total/2)
	close(giveUp)
	node.kill()
	<-done
	node = spawn(t, dir)
	c.check(t, node) // as of its start, with all that is stored
	if pledges, _ := node.pledges(); len(pledges) > len(c.acked)+16 {
		t.Errorf("%d pledges, and only %d were acknowledged to 16 writers", len(pledges), len(c.acked))
	}
}

// blocks returns the files that hold the messages, the last one last.
func blocks(t testing.TB, dir string) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(dir, "store", "jetstream", "*", "streams", "GCM_PLEDGES", "msgs", "*.blk"))
	if err != nil || len(all) == 0 {
		t.Fatal(all, err)
	}
	slices.SortFunc(all, func(a, b string) int { return len(a) - len(b) })
	return all
}

// fill submits pledges one after the other, stops the node and returns the feed.
func fill(t testing.TB, dir string, n int) (feed []byte) {
	t.Helper()
	node := spawn(t, dir)
	c := newCrowd(node)
	c.submit(t, 1, 0, n, nil)
	feed, _ = node.waitFor(uint64(n))
	node.kill()
	return feed
}

// A power cut in the middle of a write leaves a part of what was being written,
// and nobody was told that it was stored.
func TestTornTailOfTheStoreCostsNothingAcknowledged(t *testing.T) {
	t.Parallel()
	const n = 40
	for _, part := range []int{1, 21, 500} {
		t.Run(fmt.Sprint(part), func(t *testing.T) {
			dir := t.TempDir()
			before := fill(t, dir, n)
			all := blocks(t, dir)
			last := all[len(all)-1]
			content, err := os.ReadFile(last)
			if err != nil {
				t.Fatal(err)
			}
			// The beginning of a record is as good as that of any other.
			if err := os.WriteFile(last, append(content, content[:part]...), 0o600); err != nil {
				t.Fatal(err)
			}
			node := spawn(t, dir)
			if after, _ := node.waitFor(n); !bytes.Equal(before, after) {
				t.Error("the feed is another one")
			}
			c := newCrowd(node)
			c.submit(t, 4, 0, n+20, nil) // the old ones again, and new ones
			node.waitFor(n + 20)
			c.check(t, node)
		})
	}
}

// Where the disk has lied, or somebody has cut the file, what is gone is gone. The
// rest is there, the snapshot that knows more is kept for whoever looks into it,
// and it isn't passed off as the record.
func TestStoreThatLostItsEndStartsWithTheRestAndSaysSo(t *testing.T) {
	t.Parallel()
	const n = 40
	for name, end := range map[string]func(*process){
		"stopped": (*process).stop, // the server has written how far it was
		"killed":  (*process).kill,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			node := spawn(t, dir, "-snapshot-every", "20ms")
			c := newCrowd(node)
			c.submit(t, 1, 0, n, nil)
			eventually(t, "in a snapshot", func() error {
				head, err := os.ReadFile(filepath.Join(dir, "snapshot"))
				if err == nil && !bytes.HasPrefix(head, fmt.Appendf(nil, "gcm-registry-snapshot 1 %d %d\n", n, n)) {
					err = errors.New("not yet")
				}
				return err
			})
			end(node)
			all := blocks(t, dir)
			last := all[len(all)-1]
			info, err := os.Stat(last)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Truncate(last, info.Size()-10); err != nil {
				t.Fatal(err)
			}
			node = spawn(t, dir)
			if pledges, sequence := node.pledges(); len(pledges) != n-1 || sequence != n-1 {
				t.Errorf("%d pledges, sequence %d", len(pledges), sequence)
			}
			if kept, _ := filepath.Glob(filepath.Join(dir, "snapshot.refused-*")); len(kept) != 1 || !strings.Contains(node.logged(), "revisions are lost") {
				t.Errorf("kept: %q", kept)
			}
			// Its writer still has it.
			c.nodes.Store(&[]*process{node})
			c.submit(t, 1, n-1, n, nil)
			node.waitFor(c.acked[n-1].Sequence)
			if pledges, _ := node.pledges(); len(pledges) != n {
				t.Errorf("%d pledges", len(pledges))
			}
			// From now on that is the record.
			node.stop()
			node = spawn(t, dir)
			if pledges, _ := node.pledges(); len(pledges) != n || strings.Contains(node.logged(), "the snapshot can't be used") {
				t.Errorf("%d pledges", len(pledges))
			}
		})
	}
}
